"""One line of a plan beside a newer table: the path, what came, what is left, and the pace it takes now.

A line's path begins at the rate of before and comes to its target on the line's date. Where the target is in whole
things, the same number more is done each day beyond what goes on at the rate of before, of as many as are due by then
at the pace of the newer table [A]; any other rate, and points, grow evenly themselves [A].
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from model.peers.calendar import arrivals, last_figures
from model.plan.action import ActionPlan, Line
from model.plan.plan import at_odds, comes
from model.score.baseline import Baseline

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

    @property
    def lag(self) -> float:
        """By how much of its whole way a line lies behind its path."""
        if self.path is None or self.actual is None or self.line.target is None or self.line.before is None:
            return 0.0
        way = abs(self.line.target - self.line.before)
        return abs(self.path - self.actual) / way if way else 0.0


def tracked(plan: ActionPlan, now: Baseline, unit: int, today: date, barred: bool) -> tuple[Tracked, ...]:
    """Every line of a plan beside a table of the unit's; `barred` where the table can't judge them."""
    day = last_figures(now.league) or today
    asked = path(plan, [day], now)[:, 0]
    return tuple(
        _line(plan, line, now, unit, (day, today), _or_none(rate), barred)
        for line, rate in zip(plan.lines, asked, strict=True)
    )


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


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
