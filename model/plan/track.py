"""A plan checked against a newer table: how far the two compare, where its lines stand, and where that leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from model.peers.attribution import RankChange, between
from model.peers.calendar import last_deadline, last_figures
from model.peers.history import of_one_league, other_period
from model.plan.action import ActionPlan, outcome
from model.plan.question import Question, today_of
from model.plan.track_lines import Tracked, path, tracked
from model.rules.files import title
from model.rules.formulas import hundredths, place
from model.score.baseline import Baseline
from model.table.league import LEVEL_NAMES, PERIODS
from model.words.problems import Problem

STALE = 7  # days after which a table no longer tells how things stand this week


@dataclass(frozen=True)
class Place:
    """A score in hundredths, and its rank in a table; nan where not known."""

    score: float
    rank: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Track:
    """A plan beside a newer table `now`, of which `unit` is the plan's row; None where the unit is not in it.

    start: in the plan's own table, where that is at hand. actual: as the new table has it; path, planned: with the
    lines on their path, and at their targets, all else as in the new table. limits: why something can't be compared;
    notes: what is to be known beside. moved: why the rank is another, or why that can't be told.
    """

    plan: ActionPlan
    now: Baseline
    unit: int | None
    day: date | None
    today: date
    lines: tuple[Tracked, ...]
    start: Place | None
    actual: Place | None
    path: Place | None
    planned: Place | None
    moved: RankChange | Problem | None
    limits: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def worst(self) -> tuple[Tracked, ...]:
        """The lines that are red, then those that are amber, the farthest behind in their share of the way first."""
        some = [one for one in self.lines if one.state in ("red", "amber")]
        return tuple(sorted(some, key=lambda one: (one.state != "red", -one.lag)))

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(one.state == state for one in self.lines)


def track(plan: ActionPlan, now: Baseline, today: date, was: Baseline | None = None) -> Track:
    """A plan against a newer table of its league, as far as they can be compared.

    `was` is the table that the plan was made of, if it is at hand. Weeks are counted from the new table's day, since
    what was done and what came after it nobody knows; today tells which dates have passed.
    """
    was = _own_table(plan, was)
    unit, notes = _row(plan, now)
    limits = [] if unit is None else list(_limits(plan, now, was))
    if unit is None:
        gone = Problem("track_unit_gone", unit=plan.unit_name or plan.unit, n=len(now.league.codes))
        lines = tuple(Tracked(line=line, reason="unit_gone") for line in plan.lines)
        return _track(plan, now, today, lines, limits=(gone,), planned=_wanted(plan, now))
    lines = tracked(plan, now, unit, today, bool(limits))
    day = last_figures(now.league)
    if day is not None and not limits and (today - day).days > STALE:
        notes.append(Problem("track_stale", n=(today - day).days, day=day))
    start = None if was is None else _place(was, was.league.index(plan.unit))
    found = _track(plan, now, today, lines, unit=unit, start=start, actual=_place(now, unit), notes=tuple(notes))
    if limits:
        return replace(found, limits=tuple(limits))
    return replace(
        found,
        path=_outcome(now, unit, plan, [one.path for one in lines]),
        planned=_outcome(now, unit, plan, [line.target for line in plan.lines]),
        moved=_moved(was, now, unit),
    )


def owned(plan: ActionPlan, now: Baseline, unit: str | None) -> ActionPlan:
    """The plan with its unit stated where its file lacks it; raises Problem where nothing says whose it is."""
    if unit is None and not plan.unit:
        raise Problem("track_no_unit")
    if unit is None:
        return plan
    at = now.league.index(unit)
    if plan.unit not in ("", now.league.codes[at]):
        raise Problem("paper_other_unit", one=plan.unit_name, other=now.league.names[at])
    return replace(plan, unit=now.league.codes[at], unit_name=plan.unit_name or now.league.names[at])


def weeks(plan: ActionPlan) -> tuple[date, ...]:
    """The days on which a plan is checked, a week apart, from its first to its deadline; empty where not known."""
    first = plan.today or plan.figures
    if first is None or plan.by is None or plan.by < first:
        return ()
    return (*(first + timedelta(days=n) for n in range(0, (plan.by - first).days, 7)), plan.by)


def score_path(found: Track, days: Sequence[date]) -> np.ndarray:
    """The score in hundredths with all lines on their path, all else as in the new table, (days,); nan if unknown."""
    if found.unit is None or found.path is None:
        return np.full(len(days), np.nan)
    rates = path(found.plan, days, found.now)
    known = [[None if np.isnan(rate) else float(rate) for rate in day] for day in rates.T]
    places = [_outcome(found.now, found.unit, found.plan, one) for one in known]
    return np.array([one.score for one in places])


def corrected(found: Track) -> Question | None:
    """The question that asks for the plan's target anew, of the new table; None where the unit is not in it.

    A plan that wants neither a rank nor a score wants the score that its lines lead to.
    """
    plan, planned = found.plan, found.planned or found.actual
    if found.unit is None or planned is None:
        return None
    first = today_of(found.now, Question(), found.today)
    in_time = plan.by is not None and first <= plan.by <= last_deadline(found.now.league, first)
    by = plan.by if in_time else None
    if plan.rank is not None:
        return Question(goal="rank", rank=min(plan.rank, max(1, found.now.ranked)), by=by)
    score = plan.score if plan.score is not None else planned.score / 100
    return None if np.isnan(score) else Question(goal="score", score=float(score), by=by)


def _own_table(plan: ActionPlan, was: Baseline | None) -> Baseline | None:
    """The table that the plan was made of; None where the one at hand is another."""
    if was is None or plan.unit not in was.league.codes or was.edition.key != plan.edition:
        return None
    return was if plan.figures is None or last_figures(was.league) == plan.figures else None


def _row(plan: ActionPlan, now: Baseline) -> tuple[int | None, list[Problem]]:
    """The plan's unit in the new table, by code or else by an only name, and what is odd about it."""
    league = now.league
    if plan.unit in league.codes:
        at = league.codes.index(plan.unit)
        renamed = plan.unit_name not in ("", league.names[at])
        return at, [Problem("track_renamed", one=plan.unit_name, other=league.names[at])] if renamed else []
    try:
        at = league.index(plan.unit_name)
    except Problem:
        return None, []
    return at, [Problem("track_by_name", unit=league.names[at], one=plan.unit, other=league.codes[at])]


def _limits(plan: ActionPlan, now: Baseline, was: Baseline | None) -> list[Problem]:
    """Why the lines can't be judged by the new table."""
    league, found = now.league, list[Problem]()
    level = plan.level or (was.league.level if was else "")
    period = plan.period if plan.period in PERIODS else ""
    period = period or (was.league.period.kind if was and was.league.period else "")
    if was is not None and not of_one_league(was.league, league):
        found.append(Problem("track_other_league", one=was.league.title, other=league.title))
    if plan.edition and plan.edition != now.edition.key:
        found.append(Problem("history_edition", one=title(plan.edition), other=now.edition.title))
    if level and level != league.level:
        found.append(Problem("history_level", one=LEVEL_NAMES.get(level, level), other=LEVEL_NAMES[league.level]))
    kind = league.period.kind if league.period else ""
    if period and period != kind:
        found.append(other_period(period, kind))
    day = last_figures(league)
    if day is None:
        found.append(Problem("track_no_day"))
    elif plan.figures is not None and day <= plan.figures:
        found.append(Problem("track_older" if day < plan.figures else "track_same", day=day, figures=plan.figures))
    elif plan.figures is not None and league.period is not None and league.period.first > plan.figures:
        found.append(Problem("track_anew", first=league.period.first, figures=plan.figures))
    return found


def _outcome(now: Baseline, unit: int, plan: ActionPlan, rates: Sequence[float | None]) -> Place:
    """Where the plan's lines lead at other rates, all else as the table has it."""
    lines = tuple(replace(line, target=rate, due=None) for line, rate in zip(plan.lines, rates, strict=True))
    done = outcome(now, unit, replace(plan, lines=lines))[0]
    return Place(float(done.after.score), done.rank_after)


def _wanted(plan: ActionPlan, now: Baseline) -> Place | None:
    """The rank that the score wanted would take in a table that lacks the unit; None for one of another level."""
    if plan.score is None or plan.level not in ("", now.league.level):
        return None
    score = hundredths(np.array(plan.score))
    return Place(float(score), float(place(score, now.standing.score)))


def _moved(was: Baseline | None, now: Baseline, unit: int) -> RankChange | Problem | None:
    if was is None:
        return None
    try:
        return between(was, now, unit)
    except Problem as why:
        return why


def _track(plan: ActionPlan, now: Baseline, today: date, lines: tuple[Tracked, ...], **known: object) -> Track:
    """A track of which only some is known."""
    empty: dict[str, object] = dict.fromkeys(("unit", "start", "actual", "path", "planned", "moved"))
    rest = empty | {"limits": (), "notes": ()} | known
    return Track(plan=plan, now=now, day=last_figures(now.league), today=today, lines=lines, **rest)  # type: ignore[arg-type]


def _place(base: Baseline, unit: int) -> Place:
    return Place(float(base.standing.score[unit]), float(base.rank[unit]))
