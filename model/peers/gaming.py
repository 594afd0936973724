"""Hints that a rate is being gamed: points gained by a smaller denominator rather than by more done."""

from dataclasses import dataclass

import numpy as np

from model.peers.history import days_between, matched
from model.score.baseline import Baseline, down_the_road
from model.score.scenario import Counts, Scenario, dues, resolved

_TINY = 1e-9


@dataclass(frozen=True)
class Hint:
    """One lever whose rate rose though no more was done, for fewer were due; `points` of score are owed to that.

    Counts of things before and after; nothing due counts as the edition says.
    """

    lever: str
    done_before: int
    due_before: int
    done_after: int
    due_after: int
    points: float


def under(base: Baseline, unit: int, scenario: Scenario) -> tuple[Hint, ...]:
    """The hints in a what-if by counts; raises Problem as `scenario.resolved` does."""
    if not any(isinstance(value, Counts) for value in scenario.changes.values()):
        return ()  # as many are due as before
    levers, _ = resolved(base, unit, scenario)
    before = base.anchors[unit]
    was = np.where(before.empty, 0.0, before.due)
    return _hints(base, unit, before.levers, was, levers, dues(base, unit, scenario))


def between(earlier: Baseline, later: Baseline, unit: int) -> tuple[Hint, ...]:
    """The hints in a history of a unit of the later table; none where the earlier one lacks it.

    Raises Problem where the two make no history (`history.days_between`).
    """
    days_between(earlier, later)
    row = int(matched(earlier, later)[unit])
    if row < 0:
        return ()
    before, after = earlier.anchors[row], later.anchors[unit]
    was, now = (np.where(side.empty, 0.0, side.due) for side in (before, after))
    return _hints(later, unit, before.levers, was, after.levers, now)


def _hints(
    base: Baseline, unit: int, rate_before: np.ndarray, was: np.ndarray, rate_after: np.ndarray, now: np.ndarray
) -> tuple[Hint, ...]:
    """What the smaller denominators are worth: the score less what as many done of as many due as before would earn.

    Rates and counts due before and after, (levers,) each. Taken one after another, a lever that limits another last, so
    that the points add up.
    """
    edition, anchors = base.edition, base.anchors[unit]
    done_before, done_after = np.rint(rate_before * was), np.rint(rate_after * now)
    smaller = (now < was) & (done_after <= done_before) & (rate_after > rate_before + _TINY)
    higher = np.array([lever.better == "higher" for lever in edition.levers])
    limits = {lever.at_most for lever in edition.levers}
    suspect = [int(i) for i in np.flatnonzero(smaller & higher)]
    honest, found = rate_after.copy(), {}
    score = float(down_the_road(edition, anchors, honest).score)
    for i in sorted(suspect, key=lambda i: edition.levers[i].key in limits):
        honest[i] = done_after[i] / was[i]
        less = float(down_the_road(edition, anchors, honest).score)
        done, due = (int(done_before[i]), int(done_after[i])), (int(was[i]), int(now[i]))
        found[i] = Hint(edition.levers[i].key, done[0], due[0], done[1], due[1], (score - less) / 100)
        score = less
    return tuple(found[i] for i in suspect)
