"""A plan checked against a newer table: line by line the path, what came, what is left, and the pace it takes now.

A line's path begins at the rate of before and comes to its target on the line's date. Where the target is in whole
things, the same number more is done each day beyond what goes on at the rate of before, of as many as are due by then
at the pace of the newer table [A]; any other rate, and points, grow evenly themselves [A].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from model.peers.attribution import RankChange, between
from model.peers.calendar import arrivals, last_deadline, last_figures
from model.peers.history import of_one_league, other_period
from model.plan.action import ActionPlan, Line, outcome
from model.plan.plan import at_odds, comes
from model.plan.question import Question, today_of
from model.rules.formulas import hundredths, place
from model.score.baseline import Baseline
from model.table.league import LEVEL_NAMES, PERIODS
from model.words.problems import Problem

REASONS = {
    "own_task": "none",
    "not_taken": "none",
    "unit_gone": "none",
    "unknown": "none",
    "not_compared": "none",
    "no_target": "none",
    "points_alone": "none",
    "none_due": "none",
    "reached": "green",
    "over": "red",
    "arrives": "red",
    "open": "red",
    "too_many": "red",
    "no_path": "none",
    "on_path": "green",
    "fell": "amber",
    "behind": "amber",
}  # {why a line stands as it does: its state}, the first that holds counts
STATES = ("red", "amber", "green", "none")
STALE = 7  # days after which a table no longer tells how things stand this week
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One line of a plan beside a newer table; None where not known.

    path, actual: the rate (points of a component) that the path asks for on the table's day, and the table's; source:
    where that is from. done, due, expected: of whole things, those done and due, and of the due those that the path
    asks for. left: things still to be done by the line's date; possible: the most that can be; arriving: how many more
    become due. weeks: from the table's day until the line's date. a_week: things to do in each of them, of
    `arriving_a_week`; more_a_week: those of them beyond what goes on at the rate of before; planned: the same as the
    plan had it. step: what the rate or the points must gain a week where nothing is counted.
    """

    line: Line
    reason: str
    path: float | None = None
    actual: float | None = None
    source: str = ""
    done: int | None = None
    due: int | None = None
    expected: int | None = None
    left: int | None = None
    possible: int | None = None
    arriving: int | None = None
    weeks: float | None = None
    a_week: int | None = None
    more_a_week: int | None = None
    planned: int | None = None
    arriving_a_week: float | None = None
    step: float | None = None

    @property
    def state(self) -> str:
        """Red, amber, green, or none where it can't be judged."""
        return REASONS[self.reason]


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
        return tuple(sorted(some, key=lambda one: (one.state != "red", -_lag(one))))

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
    lines = _lines(plan, now, unit, today, bool(limits))
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


def path(plan: ActionPlan, days: Sequence[date], now: Baseline) -> np.ndarray:
    """The rate, of a component the points, that each line's path asks for on each day, shape (lines, days).

    It stands still before the first day and after the line's own date; nan where a line has no target or no time.
    """
    first, shape = plan.today or plan.figures, (len(plan.lines), len(days))
    before, target = (
        np.array([_or_nan(getattr(line, name)) for line in plan.lines])[:, None] for name in ("before", "target")
    )
    gone = np.array([[_share(first, line.by or plan.by, day) for day in days] for line in plan.lines]).reshape(shape)
    due = np.array([[_due(now, line, line.by or plan.by, day) for day in days] for line in plan.lines]).reshape(shape)
    found: np.ndarray = before + (target - before) * gone / np.maximum(due, np.where(gone > 0, gone, 1.0))
    return found


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
    places = [_outcome(found.now, found.unit, found.plan, [*map(_or_none, rates[:, i])]) for i in range(len(days))]
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
        found.append(Problem("history_edition", one=plan.edition, other=now.edition.key))
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


def _lines(plan: ActionPlan, now: Baseline, unit: int, today: date, barred: bool) -> tuple[Tracked, ...]:
    day = last_figures(now.league) or today
    asked = path(plan, [day], now)[:, 0]
    return tuple(
        _line(plan, line, now, unit, (day, today), _or_none(rate), barred)
        for line, rate in zip(plan.lines, asked, strict=True)
    )


def _line(
    plan: ActionPlan,
    line: Line,
    now: Baseline,
    unit: int,
    times: tuple[date, date],
    asked: float | None,
    barred: bool,
) -> Tracked:
    """One line as it stands on the table's day, the first of the times, the second being today."""
    edition, (day, today) = now.edition, times
    until = line.by or plan.by
    if line.key not in edition.lever_index and line.key not in edition.component_index:
        return Tracked(line=line, reason="unknown" if line.key else "own_task")
    found = _stands(line, now, unit)
    if barred or line.take == "no":
        return replace(found, reason="not_taken" if line.take == "no" else "not_compared")
    found = replace(found, path=asked, planned=plan.per_week(line))
    if until is not None:
        found = _ahead(found, now, unit, day, until)
    if asked is not None and found.due is not None:
        found = replace(found, expected=_whole(asked * found.due, _better(now, line)))
    return replace(found, reason=_reason(found, now, over=until is not None and until <= max(day, today)))


def _stands(line: Line, now: Baseline, unit: int) -> Tracked:
    """Where the new table has a line's lever or component."""
    if line.key in now.edition.component_index:
        points = now.standing.components[unit, now.edition.component_index[line.key]] / 100
        return Tracked(line=line, reason="behind", actual=_or_none(points))
    i = now.edition.lever_index[line.key]
    rate, due = float(now.anchors.levers[unit, i]), float(now.anchors.due[unit, i])
    counted = not np.isnan(rate + due) and not at_odds(now, unit, now.edition.levers[i])
    return Tracked(
        line=line,
        reason="behind",
        actual=_or_none(rate),
        source=str(now.anchors.source[unit, i]),
        done=round(rate * due) if counted else None,
        due=int(due) if counted else None,
    )


def _ahead(found: Tracked, now: Baseline, unit: int, day: date, until: date) -> Tracked:
    """What is left to do from the table's day until the line's date, as things arrive at the new table's pace."""
    line, left_weeks = found.line, (until - day).days / 7
    found, spread = replace(found, weeks=left_weeks), max(1.0, left_weeks)
    if line.target is None or found.actual is None:
        return found
    if found.due is None or found.done is None:
        return replace(found, step=(line.target - found.actual) / spread)
    lever = now.edition.levers[now.edition.lever_index[line.key]]
    arriving = 0
    if comes(now, lever, lever.kind):
        if now.league.period is not None:
            arriving = arrivals(now, unit, max(until, day)).get(lever.group, 0)
        elif line.due is None:
            return found
        else:
            arriving = max(0, line.due - found.due)
    whole = found.due + arriving
    left = _whole(line.target * whole, _better(now, line)) - found.done
    possible = arriving if lever.kind == "flow" else whole - found.done
    if _better(now, line) < 0:
        return replace(found, left=left, possible=possible, arriving=arriving)
    left = max(0, left)
    more = max(0.0, left - arriving * (found.actual if line.before is None else line.before))
    return replace(
        found,
        left=left,
        possible=possible,
        arriving=arriving,
        a_week=_whole(left / spread, 1),
        more_a_week=_whole(more / spread, 1),
        arriving_a_week=arriving / spread,
    )


def _reason(found: Tracked, now: Baseline, over: bool) -> str:
    """Why a line that may be compared stands as it does; `over` where its date has passed."""
    line, better, actual = found.line, _better(now, found.line), found.actual
    if line.target is None:
        return "no_target"
    if actual is None:
        return "points_alone"
    if found.due == 0:
        return "none_due"
    if better * (actual - line.target) >= -_TINY:
        return "reached"
    if over:
        return "over"
    if found.left is not None and found.possible is not None:
        if better > 0 and found.left > found.possible:
            flow = now.edition.levers[now.edition.lever_index[line.key]].kind == "flow"
            return "arrives" if flow else "open"
        if better < 0 and found.left < 0:
            return "too_many"
    if found.path is None:
        return "no_path"
    if better * (actual - found.path) >= -_TINY:
        return "on_path"
    return "fell" if line.before is not None and better * (actual - line.before) < -_TINY else "behind"


def _better(now: Baseline, line: Line) -> int:
    """1 where more of a line's rate is better, −1 where less is."""
    at = now.edition.lever_index.get(line.key)
    return -1 if at is not None and now.edition.levers[at].better == "lower" else 1


def _whole(things: float, better: int) -> int:
    """The least whole number that suffices where more is better, else the most that is allowed."""
    return int(np.ceil(things - _TINY)) if better > 0 else int(np.floor(things + _TINY))


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


def _share(first: date | None, until: date | None, day: date) -> float:
    """How much of the time from the first day to a line's date has gone by, 0 to 1; nan where not known."""
    if first is None or until is None:
        return float("nan")
    if until <= first:
        return float(day >= until)
    return min(1.0, max(0.0, (day - first).days / (until - first).days))


def _due(now: Baseline, line: Line, until: date | None, day: date) -> float:
    """How much of what is due on a line's date is due by a day, at an even pace; 1 where nothing arrives or counts."""
    period, at = now.league.period, now.edition.lever_index.get(line.key)
    if line.start is None or line.due is None or period is None or until is None or at is None:
        return 1.0
    lever = now.edition.levers[at]
    if not comes(now, lever, lever.kind) or until < period.first:
        return 1.0
    days = (until - period.first).days + 1
    return min(1.0, max(0.0, ((day - period.first).days + 1) / days))


def _lag(one: Tracked) -> float:
    """By how much of its whole way a line lies behind its path."""
    if one.path is None or one.actual is None or one.line.target is None or one.line.before is None:
        return 0.0
    way = abs(one.line.target - one.line.before)
    return abs(one.path - one.actual) / way if way else 0.0


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
