"""A plan's progress in words: why a line stands as it does, what it takes a week, and three sentences for a meeting."""

from fractions import Fraction

import numpy as np

from model.peers.attribution import RankChange
from model.plan.track import Place, Track
from model.plan.track_lines import Tracked
from model.report.papers.plan_paper import figure, line_name
from model.words.texts import Words


def reason(found: Track, one: Tracked, t: Words) -> str:
    """Why a line stands as it does, in a sentence."""
    until = one.line.by or found.plan.by
    key = "track.reached_open" if one.reason == "reached" and until is None else f"track.{one.reason}"
    if one.reason == "fell" and _less(found, one):
        key = "track.fell_less"
    return t(
        key,
        noun=_noun(found, one, t),
        by=t.day(until) if until else "–",
        day=t.day(found.day) if found.day else "–",
        left=t.count(one.left or 0),
        possible=t.count(one.possible or 0),
        before=figure(found.now, one.line, one.line.before, t),
        lag=_lag(found, one, t),
    )


def week(found: Track, one: Tracked, t: Words) -> str:
    """What a line takes a week from now, beside what arrives and what the plan had; a dash where not known."""
    if one.weeks is None or one.weeks <= 0 or one.reason == "own_task":
        return "–"
    if one.step is not None:
        return t("track.week_step", step=_step(found, one, t))
    if one.a_week is None:
        return "–"
    if not one.left:
        return t("track.week_none")
    noun = _noun(found, one, t)
    said = t("track.week_things", week=t.count(one.a_week), noun=noun)
    if one.arriving and one.arriving_a_week is not None:
        said = t("track.week_of", week=t.count(one.a_week), of=t.count(one.arriving_a_week), noun=noun)
    if not one.more_a_week:
        said += t("track.week_pace")
    elif one.planned is not None:
        said += t("track.week_more", more=t.count(one.more_a_week), planned=t.count(one.planned))
    return said


def sentences(found: Track, t: Words) -> list[str]:
    """Three sentences for a meeting: where the unit stands, how the lines stand, and why the rank is another."""
    if found.unit is None or found.actual is None:
        return [*(why.text(t.language) for why in found.limits), *_would(found, t)]
    unit, n = found.now.league.names[found.unit], found.now.ranked
    day = t.day(found.day) if found.day else "–"
    details = {"unit": unit, "day": day, "n": n, "score": t.points(found.actual.score), "rank": _rank(found.actual, t)}
    if found.path is None:
        return [t("track.said_alone", **details), *(why.text(t.language) for why in found.limits)]
    path = {"path": t.points(found.path.score), "path_rank": _rank(found.path, t)}
    return [t("track.said_standing", **details, **path), _lines(found, t), _moved(found, t)]


def _would(found: Track, t: Words) -> list[str]:
    """Where the score wanted would stand in a table without the unit."""
    if found.planned is None:
        return []
    return [t("track.said_would", score=t.points(found.planned.score), rank=_rank(found.planned, t))]


def _lines(found: Track, t: Words) -> str:
    """How many lines are in which state, the most pressing of them, and where all of them would lead."""
    numbers = {state: found.count(state) for state in ("green", "amber", "red")}
    if not sum(numbers.values()):
        return t("track.said_no_lines")
    said = t("track.said_lines", n=sum(numbers.values()), **numbers)
    if found.worst:
        one = found.worst[0]
        said += t("track.said_worst", name=line_name(found.now, one.line, t), reason=reason(found, one, t))
    if found.planned is not None:
        said += t("track.said_left", score=t.points(found.planned.score), rank=_rank(found.planned, t))
    return said


def _moved(found: Track, t: Words) -> str:
    """Why the rank is another than in the plan's own table."""
    if found.moved is None:
        return t("track.said_rank_unknown")
    if not isinstance(found.moved, RankChange):
        return t("track.said_rank_not", why=found.moved.text(t.language))
    moved = found.moved
    own = sum(moved.own.values(), Fraction(0))
    peers = sum(moved.parts, Fraction(0)) - own
    key = "track.said_rank_same" if moved.before == moved.after else "track.said_rank"
    return t(key, before=moved.before, after=moved.after, own=_places(-own, t), peers=_places(-peers, t))


def _places(part: Fraction, t: Words) -> str:
    return ("+" if part > 0 else "") + t.number(float(part), 2)


def _rank(place: Place, t: Words) -> str:
    return "–" if np.isnan(place.rank) else t.count(place.rank)


def _lag(found: Track, one: Tracked, t: Words) -> str:
    """By how much a line is off its path, in things, in percentage points or in points."""
    if one.path is None or one.actual is None:
        return ""
    less, gap = _less(found, one), abs(one.path - one.actual)
    key = "lag_more" if less else "lag"
    if one.expected is not None and one.done is not None:
        return t(f"track.{key}_things", n=t.count(abs(one.expected - one.done)), noun=_noun(found, one, t))
    if one.line.key in found.now.edition.component_index:
        return t("track.lag_points", n=t.number(gap, 2))
    return t(f"track.{key}_rate", n=t.number(100 * gap, 2))


def _step(found: Track, one: Tracked, t: Words) -> str:
    step = one.step or 0.0
    points = one.line.key in found.now.edition.component_index
    return ("+" if step > 0 else "") + (t.number(step, 2) if points else t.percent(step))


def _less(found: Track, one: Tracked) -> bool:
    at = found.now.edition.lever_index.get(one.line.key)
    return at is not None and found.now.edition.levers[at].better == "lower"


def _noun(found: Track, one: Tracked, t: Words) -> str:
    edition = found.now.edition
    at = edition.lever_index.get(one.line.key)
    return "" if at is None else t.of(edition.groups[edition.levers[at].group])
