"""A unit's week or month as figures: where it stands, what has changed, and what next week takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from model.peers.calendar import last_deadline
from model.peers.history import days_between, matched
from model.plan import question as asking
from model.plan.plan import Plan
from model.plan.prepared import Prepared, prepared
from model.plan.question import Question
from model.score.baseline import Baseline
from model.score.levers import slopes
from model.score.scenario import Effect, Scenario, effect

_WEEK = timedelta(days=7)
_MOST = 3  # units that moved most are told


@dataclass(frozen=True, eq=False)
class Review:
    """What one unit's report tells; `past` is the table before, if there is one, `was` the unit's row in it."""

    base: Baseline
    unit: int
    today: date
    past: Baseline | None
    was: int | None
    supposed: Scenario

    @cached_property
    def now(self) -> Effect:
        """Where the unit stands, and who stands next above it."""
        return effect(self.base, self.unit, Scenario())

    @cached_property
    def change(self) -> float:
        """Hundredths by which the score has changed; nan where not known."""
        return float(self.changes[self.unit])

    @cached_property
    def rank_before(self) -> float:
        """The rank in the table before; nan where not known."""
        return float("nan") if self.past is None or self.was is None else float(self.past.rank[self.was])

    @cached_property
    def changes(self) -> np.ndarray:
        """Hundredths by which every unit's score has changed, (n,); nan where not known."""
        return self._since("score")

    @cached_property
    def component_changes(self) -> np.ndarray:
        """Hundredths by which the unit's components have changed, (components,); nan where not known."""
        own: np.ndarray = self._since("components")[self.unit]
        return own

    @property
    def first(self) -> tuple[int, ...]:
        """The units of rank 1."""
        return tuple(int(i) for i in np.flatnonzero(self.base.rank == 1))

    @property
    def to_first(self) -> float:
        """Hundredths to the first; 0 for the first itself."""
        return float(np.nanmax(self.base.standing.score) - self.now.before.score)

    @property
    def lead(self) -> float:
        """Hundredths between the unit and the next below; nan where there is none."""
        below = self.base.standing.score[self.base.standing.score < self.now.before.score]
        return float(self.now.before.score - below.max()) if below.size else float("nan")

    @property
    def last(self) -> tuple[int, ...]:
        """The units of the worst rank."""
        return tuple(int(i) for i in np.flatnonzero(self.base.rank == np.nanmax(self.base.rank)))

    def movers(self, sign: int) -> list[int]:
        """The units whose score rose (1) or fell (-1) most, at most three, the most moved first."""
        moved = np.where(np.isnan(self.changes), 0.0, sign * self.changes)
        order = np.argsort(-moved, kind="stable")[:_MOST]
        return [int(i) for i in order if moved[i] > 0]

    def rank_was(self, unit: int) -> float:
        """The rank of any unit in the table before; nan where not known."""
        row = -1 if self.past is None else int(matched(self.past, self.base)[unit])
        return float("nan") if self.past is None or row < 0 else float(self.past.rank[row])

    @cached_property
    def groups(self) -> tuple[float, float, int, int, int]:
        """The two highest bands' edges in points, and how many units stand in each and below both."""
        high, low = sorted((band.from_score for band in self.base.edition.bands), reverse=True)[:2]
        score = self.base.standing.score[~np.isnan(self.base.standing.score)] / 100
        top, good = int((score >= high).sum()), int(((score >= low) & (score < high)).sum())
        return high, low, top, good, int((score < low).sum())

    @cached_property
    def week(self) -> Prepared | None:
        """What it takes to reach the next above within a week, the others standing still; None for the first."""
        if not self.now.next_above:
            return None
        base, start = self.base, asking.today_of(self.base, Question(), self.today)
        by = min(start + _WEEK, last_deadline(base.league, start))
        wanted = float(self.now.before.score + self.now.gap) / 100
        ask = Question(
            goal="score", score=wanted, moves="still", by=by, today=start, bounds=_uncounted(base, self.unit)
        )
        return prepared(base, self.unit, ask, asking.time(base, ask, start), None)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of least effort for that; None where none gets there."""
        return self.week.answer.plans[0] if self.week is not None and self.week.answer.plans else None

    @cached_property
    def what_if(self) -> tuple[Scenario, Effect] | None:
        """What is supposed, or else the one rate brought to its target that gains most, and its effect."""
        if self.supposed.changes:
            return self.supposed, effect(self.base, self.unit, self.supposed)
        tried = [(one, effect(self.base, self.unit, one)) for one in _targets_met(self.base, self.unit)]
        best = max(tried, key=lambda pair: float(pair[1].after.score), default=None)
        return best if best is not None and best[1].after.score > self.now.before.score else None

    def _since(self, part: str) -> np.ndarray:
        """Now less before of a part of every unit's standing; nan where not known."""
        now = getattr(self.base.standing, part)
        if self.past is None:
            return np.full(now.shape, np.nan)
        rows = matched(self.past, self.base)
        before = getattr(self.past.standing, part)[rows]
        known = (rows >= 0).reshape(-1, *[1] * (now.ndim - 1))
        return np.where(known, now - before, np.nan)


def review(
    base: Baseline, unit: int, today: date, past: Baseline | None = None, supposed: Scenario | None = None
) -> Review:
    """What a report tells of one unit that has a score; raises Problem where the tables make no history.

    `supposed` is what its what-if supposes; the rate that gains most where it is not stated.
    """
    was = None
    if past is not None:
        days_between(past, base)
        row = int(matched(past, base)[unit])
        was = row if row >= 0 else None
    return Review(base, unit, today, past, was, supposed or Scenario())


def _uncounted(base: Baseline, unit: int) -> dict[str, float]:
    """Levers with a rate and no counts, that a plan may raise to the whole."""
    levers, due = base.anchors.levers[unit], base.anchors.due[unit]
    return {
        lever.key: 1.0
        for i, lever in enumerate(base.edition.levers)
        if lever.better == "higher" and np.isnan(due[i]) and not np.isnan(levers[i])
    }


def _targets_met(base: Baseline, unit: int) -> Sequence[Scenario]:
    """Scenarios of one rate each, brought to its criterion's target, of those that bring anything."""
    slope, levers = slopes(base, unit, Scenario()), base.anchors.levers[unit]
    found = []
    for c in base.edition.criteria:
        i = base.edition.lever_index.get(c.key)
        if i is not None and slope[i] > 0 and levers[i] < c.target:
            found.append(Scenario({c.key: c.target}))
    return found
