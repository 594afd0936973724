"""What a reader asks of the planner: target, date, assumptions; as parameters of the link and back. No Streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import numpy as np

from model.peers.calendar import Clock, arrivals, clock, days, last_deadline, last_figures, last_of
from model.peers.chances import Forecast, needed_for, rank_chances, score_for
from model.peers.forecast import KINDS as KINDS_OF_MOVE
from model.peers.forecast import PeerMovement, forecast, own_forecast
from model.peers.history import jump_size, jumper
from model.peers.series import Past, measure_of
from model.plan.plan import Means, carried, score_for_rank
from model.rules.edition import KINDS
from model.rules.formulas import hundredths
from model.score.baseline import Baseline
from model.score.scenario import Scenario, value_text
from model.words.numbers import plain_count, plain_number
from model.words.problems import Problem

GOALS = ("rank", "score", "band", "pass")
DAYS_A_MONTH = 365.25 / 12
MOST = {
    "more": 10**7,
    "past": 10**7,
    "still_open": 10**7,
    "efforts": 10**9,
    "bounds": 1,
    "since": 1,
}  # of what is asked lever by lever
_OF_GOAL = {"score": "score", "band": "band", "pass": "unit"}  # a rank is asked for by the ranking page, too
OF_MOVES = {"gain": ("peers",), "uncertain": ("spread", "jumps", "own_spread", "sure")}


@dataclass(frozen=True)
class Question:
    """A target with its date and assumptions; None and empty mean as the page suggests."""

    goal: str = "rank"
    rank: int | None = None
    score: float | None = None
    band: str = ""
    unit: str = ""
    by: date | None = None
    today: date | None = None  # from when work can be done; None for the day it is
    moves: str = ""  # how the other units move: one of model.peers.KINDS
    peers: float = 0.0  # points that every other unit gains a month, where they gain
    spread: float | None = None  # of every other unit's score in points, where uncertain; None as measured
    drift: float | None = None  # points that the others are expected to gain where uncertain; None as measured
    jumps: bool = False  # whether petitions may make the uncertain jump
    own_spread: float | None = None  # of our own score; None like the others'
    effort: float | None = None  # a week that there is, for the best it can give; None where nobody asks
    sure: float = 0.0  # the chance with which a rank is asked for; 0 where peers are certain
    within: float = 0.0  # points that nobody is supposed to gain or lose more than; 0 for all that can still come
    more: Mapping[str, int] = field(default_factory=dict)
    past: Mapping[str, int] = field(default_factory=dict)  # things that came from the figures' date to today
    since: Mapping[str, float] = field(default_factory=dict)  # rates at which these were done
    efforts: Mapping[str, float] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    still_open: Mapping[str, int] = field(default_factory=dict)
    bounds: Mapping[str, float] = field(default_factory=dict)  # highest rate of a lever without counts
    fixed: frozenset[str] = frozenset()


def supposed(ask: Question) -> Question:
    """The ask as a plan takes it: others are uncertain, petitions and all, unless it is asked otherwise."""
    return ask if ask.moves else replace(ask, moves="uncertain", jumps=True)


def today_of(base: Baseline, ask: Question, today: date) -> date:
    """The day from which work can be done: as asked or as it is, but the figures' own outside what they cover."""
    now, figures = ask.today or today, last_figures(base.league)
    return figures if figures and not figures <= now <= last_deadline(base.league, now) else now


def until(base: Baseline, ask: Question, today: date) -> date:
    """The date asked for, or else the end of the quarter, within what the figures cover and not before today."""
    now = today_of(base, ask, today)
    last = last_deadline(base.league, now)
    return ask.by if ask.by and now <= ask.by <= last else min(last_of("quarter", now), last)


def time(base: Baseline, ask: Question, today: date) -> Clock:
    """The year cut at the figures, today and the date asked for; raises Problem where that date can't be planned to."""
    return clock(base.league, ask.today or today, ask.by or until(base, ask, today))


def now(base: Baseline, unit: int, ask: Question, time: Clock) -> Baseline:
    """The baseline with what came to a unit until today, at the pace and the rates of before or as the ask says."""
    return carried(base, unit, came(base, unit, ask, time), ask.since)


def came(base: Baseline, unit: int, ask: Question, time: Clock) -> dict[str, int]:
    """Things that came to a unit from the figures' date to today, {group: count}."""
    return {**arrivals(base, unit, time.today), **ask.past}


def movement(base: Baseline, ask: Question, by: date) -> PeerMovement:
    """How the other units are supposed to move until the date."""
    gain = ask.peers * days(base.league, by) / DAYS_A_MONTH if ask.moves == "gain" else ask.drift
    return PeerMovement(ask.moves or "still", gain, ask.spread, ask.jumps)


def everyone(base: Baseline, ask: Question, by: date, past: Past | None) -> Forecast:
    """What every unit's score is expected to be at the date, as assumed; still where nothing tells how."""
    ahead = days(base.league, by)
    if ask.moves == "trend" and past is not None and ahead <= past.reach:
        return forecast(base, movement(base, ask, by), ahead, past.first)
    if ask.moves == "uncertain" and known(base, past, ahead):
        return forecast(base, movement(base, ask, by), ahead, measure=measure_of(base, past, ahead))
    moves = ask if ask.moves == "gain" else replace(ask, moves="still")
    return forecast(base, movement(base, moves, by), ahead)


def ourselves(base: Baseline, unit: int, scenario: Scenario, ask: Question, by: date, past: Past | None) -> Forecast:
    """What our own score is expected to be under a scenario; certain unless it is given a spread.

    A first petition of our own is no part of it (`first_petition`): averaged in, it would ask for points that no plan
    needs where none comes and that none suffices for where one does.
    """
    ahead = days(base.league, by)
    if ask.moves != "uncertain" or not known(base, past, ahead):
        return own_forecast(base, unit, scenario)
    measure = measure_of(base, past, ahead)
    spread = measure.over(ahead)[0] if ask.spread is None else ask.spread
    return own_forecast(base, unit, scenario, own_spread(base, ask, spread), False, ahead, measure)


def known(base: Baseline, past: Past | None, ahead: float) -> bool:
    """Whether anything tells how scores move within so many days (`peers.series.measure_of`)."""
    try:
        measure_of(base, past, ahead)
    except Problem:
        return False
    return True


def own_spread(base: Baseline, ask: Question, others: float) -> float:
    """Our own spread in points: as asked, else like the others'."""
    return ask.own_spread if ask.own_spread is not None else others


def at_score(own: Forecast, score: float) -> Forecast:
    """Our own forecast with another expected score in hundredths."""
    return replace(own, expected=np.asarray(score))


def first_petition(base: Baseline, unit: int, by: date, past: Past | None) -> tuple[float, float] | None:
    """The chance that a first petition is left unanswered by the date, and the points it costs; None where none can."""
    ahead = days(base.league, by)
    if not jumper(base, unit, Scenario())[0] or not known(base, past, ahead):
        return None
    return measure_of(base, past, ahead).over(ahead)[1], jump_size(base.edition) / 100


def chance(
    base: Baseline, unit: int, ask: Question, needed: float, peers: Forecast, own: Forecast, score: float
) -> float:
    """The chance that a score in hundredths meets the target, as it and the others may move."""
    ours = at_score(own, score)
    if ask.goal == "rank":
        return rank_chances(base.edition, peers, ours).at_most(suggested_rank(base, unit, ask))
    if ask.goal == "pass":  # a tie is not enough
        rival = base.league.codes.index(suggested_rival(base, unit, ask))
        row = rival - (rival > unit)
        return rank_chances(base.edition, peers[slice(row, row + 1)], at_score(own, score - 1)).at_most(1)
    return rank_chances(base.edition, Forecast.of(np.array([needed])), ours).at_most(1)


def needed_at(base: Baseline, unit: int, ask: Question, peers: Forecast, own: Forecast, sure: float) -> float | None:
    """The score in hundredths that takes the rank with such a chance; None where none does or no rank is asked for."""
    if ask.moves != "uncertain" or ask.goal != "rank":
        return None
    return score_for(base.edition, peers, suggested_rank(base, unit, ask), sure, own)


def means(ask: Question, arriving: Mapping[str, int] | None) -> Means:
    """What a plan may use: the reader's assumptions over the pace so far; rates alone where nothing is counted."""
    return Means(
        more=None if arriving is None else {**arriving, **ask.more},
        efforts=ask.efforts,
        kinds=ask.kinds,
        still_open=ask.still_open,
        bounds={key: (0.0, high) for key, high in ask.bounds.items()},
        fixed=ask.fixed,
        beyond_pace=True,
    )


def needed(base: Baseline, unit: int, ask: Question, peers: Forecast, own: Forecast) -> float:
    """The score in hundredths that the target takes among peers (n − 1,); raises Problem where no rank is such."""
    others = peers.expected
    if ask.goal == "score":
        return float(hundredths(np.array(suggested_score(base, unit, ask))))
    if ask.goal == "band":
        return 100 * next(b.from_score for b in base.edition.bands if b.key == suggested_band(base, unit, ask))
    if ask.goal == "pass":
        rival = base.league.codes.index(suggested_rival(base, unit, ask))
        return float(others[rival - (rival > unit)]) + 1
    rank = suggested_rank(base, unit, ask)
    if ask.moves == "uncertain" and ask.sure:
        return needed_for(base.edition, peers, rank, ask.sure, own if float(own.spread) > 0 else None)
    return score_for_rank(others, rank)


def suggested_rank(base: Baseline, unit: int, ask: Question) -> int:
    """The rank asked for, or half the present one."""
    now = base.rank[unit]
    return ask.rank or (1 if np.isnan(now) else max(1, int(now) // 2))


def suggested_score(base: Baseline, unit: int, ask: Question) -> float:
    """The score asked for, or the next whole point."""
    now = base.standing.score[unit]
    return ask.score if ask.score is not None else min(100.0, float(np.floor(now / 100) + 1))


def suggested_band(base: Baseline, unit: int, ask: Question) -> str:
    """The band asked for, or the next one up."""
    above = [b.key for b in base.edition.bands if 100 * b.from_score > base.standing.score[unit]]
    return ask.band or (above[-1] if above else base.edition.bands[0].key)


def suggested_rival(base: Baseline, unit: int, ask: Question) -> str:
    """The unit to pass: the one asked for, or the nearest above."""
    if ask.unit in base.league.codes and base.league.codes.index(ask.unit) != unit:
        return ask.unit
    return base.league.codes[rival(base, unit)]


def rival(base: Baseline, unit: int) -> int:
    """The row of the nearest unit above; of the next below for the first."""
    scores = base.standing.score
    above = np.flatnonzero(scores > scores[unit])
    ranked = [i for i in np.argsort(np.where(np.isnan(scores), np.inf, -scores)) if i != unit]
    return int(above[np.argmin(scores[above])]) if above.size else int(ranked[0])


def in_force(ask: Question) -> Question:
    """The ask without what its target and its movement of others do not use: what the screen shows, and the link."""
    default = Question()
    idle = {name for goal, name in _OF_GOAL.items() if ask.goal != goal}
    idle |= {name for kind, names in OF_MOVES.items() if ask.moves != kind for name in names}
    return replace(ask, **{name: getattr(default, name) for name in idle})


def written(ask: Question) -> dict[str, str]:
    """What of an ask is in force as {parameter: text}; `read` reads it back."""
    default, ask = Question(), in_force(ask)
    parts: dict[str, str] = {}
    for f in fields(Question):
        value = getattr(ask, f.name)
        if value == getattr(default, f.name):
            continue
        if isinstance(value, Mapping):
            parts |= {f"plan.{f.name}.{key}": _text(one) for key, one in value.items()}
        else:
            parts[f"plan.{f.name}"] = ",".join(sorted(value)) if isinstance(value, frozenset) else _text(value)
    return parts


def read(base: Baseline, rest: dict[str, str], problems: list[Problem]) -> Question:
    """The ask that a link's parameters state, taken out of `rest`; what can't be used is named and left out."""
    texts = {key: rest.pop(key) for key in [key for key in rest if key.startswith("plan.")]}
    ask = (
        Question(moves="gain") if "plan.peers" in texts and "plan.moves" not in texts else Question()
    )  # as links once were
    unused = {}
    for key, text in texts.items():
        try:
            ask = _with(base, ask, key.split(".")[1:], text)
        except (KeyError, ValueError):
            unused[key] = text
    used = in_force(ask)
    for f in fields(Question):
        if getattr(ask, f.name) != getattr(used, f.name):
            unused[f"plan.{f.name}"] = texts[f"plan.{f.name}"]
    problems += [Problem("link_unknown", key=key, value=text) for key, text in unused.items()]
    return used


def _with(base: Baseline, ask: Question, path: list[str], text: str) -> Question:
    """The ask with one parameter more; raises KeyError or ValueError where it can't be used."""
    edition = base.edition
    name, key = path[0], ".".join(path[1:])
    if name in (*MOST, "kinds"):
        known = edition.groups if name in ("more", "past") else edition.lever_index
        value = None if name == "kinds" else _number(text, whole=name in ("more", "past", "still_open"))
        if key not in known or not (text in KINDS if value is None else 0 <= value <= MOST[name]):
            raise KeyError(key)
        return _changed(ask, name, {**getattr(ask, name), key: text if value is None else value})
    if name == "fixed":
        levers = frozenset(text.split(","))
        if levers - set(edition.lever_index):
            raise KeyError(text)
        return replace(ask, fixed=levers)
    if name in ("by", "today"):
        return _changed(ask, name, _day(base, text))
    bands = tuple(b.key for b in edition.bands)
    known_texts = {"goal": GOALS, "moves": KINDS_OF_MOVE, "band": bands, "unit": base.league.codes}
    if name in known_texts:
        if text not in known_texts[name]:
            raise KeyError(text)
        return _changed(ask, name, text)
    if name == "jumps":
        if text not in ("True", "False"):
            raise ValueError(text)
        return replace(ask, jumps=text == "True")
    low, high = limits(base)[name]
    value = _number(text, whole=name == "rank")
    if not low <= value <= high:
        raise ValueError(text)
    return _changed(ask, name, value)


def _changed(ask: Question, name: str, value: Any) -> Question:
    changes: dict[str, Any] = {name: value}
    return replace(ask, **changes)


def limits(base: Baseline) -> dict[str, tuple[float, float]]:
    """The least and the most that each number of an ask may be."""
    return {
        "rank": (1, max(1, base.ranked)),
        "score": (0, base.edition.total),
        "peers": (-10, 10),
        "spread": (0, 20),
        "own_spread": (0, 20),
        "within": (0, 100),
        "drift": (-20, 20),
        "sure": (0, 0.999),
        "effort": (0, 10**7),
    }


def days_allowed(base: Baseline, today: date) -> tuple[date, date]:
    """The first and the last day that an ask may name: from the figures to the end of what they cover."""
    return last_figures(base.league) or today, last_deadline(base.league, today)


def _day(base: Baseline, text: str) -> date:
    """A date that an ask may name; raises ValueError for any other."""
    day, (first, last) = date.fromisoformat(text), days_allowed(base, date.today())
    if not first <= day <= last:
        raise ValueError(text)
    return day


def _number(text: str, whole: bool) -> float:
    value = plain_count(text) if whole else plain_number(text)
    if value is None:
        raise ValueError(text)
    return value


def _text(value: object) -> str:
    return value_text(value) if isinstance(value, float) else str(value)
