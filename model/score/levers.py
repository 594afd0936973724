"""Levers: what each can still bring at the present point, and why one brings nothing."""

import numpy as np

from model.rules.edition import Criterion, Edition
from model.score.baseline import Baseline, Standing, down_the_road, exact_score
from model.score.scenario import Scenario, dues, fixed, resolved

_STEP = 1e-6  # of a rate, for slopes; the road is piecewise linear, so any step short of the next bend is exact


def slopes(base: Baseline, unit: int, scenario: Scenario) -> np.ndarray:
    """Points of score per 1.00 of each lever's rate, towards its better end, shape (levers,); nan where unknown.

    Taken before rounding; 0 where the lever has nothing left to give, below 0 for a lever better lower.
    """
    levers, direct = resolved(base, unit, scenario)
    step = _STEP * np.array([1.0 if lever.better == "higher" else -1.0 for lever in base.edition.levers])
    moved = np.clip(levers + np.diag(step), np.minimum(levers, 0), np.maximum(levers, 1))
    anchors = base.anchors[unit]
    now = exact_score(base.edition, anchors, levers, direct)
    gain = (exact_score(base.edition, anchors, moved, direct) - now) / step
    return np.where(np.isnan(levers), np.nan, np.round(gain, 6) + 0.0)


def hindrances(base: Baseline, unit: int, scenario: Scenario) -> dict[str, str]:
    """{lever: why it brings nothing}, for the levers that can't raise the score alone, moved as far as they go.

    One of assumed, inherited, not_reported, none_due, at_end, limited (by its `at_most`), at_target, component_full,
    at_zero (its points stay 0 all the way), not_computable (it moves only points that are unknown).
    """
    levers, direct = resolved(base, unit, scenario)
    due, gain = dues(base, unit, scenario), room(base, unit, levers, direct)
    found = {}
    for i, lever in enumerate(base.edition.levers):
        reason = fixed(base, lever, levers[i])
        if reason is None and due[i] == 0:
            reason = "none_due"
        elif reason is None and not gain[i] > 1e-9:
            reason = _idle(base, unit, i, levers, direct)
        if reason is not None:
            found[lever.key] = reason
    return found


def exceeded(base: Baseline, unit: int, scenario: Scenario) -> dict[str, str]:
    """{lever set above the lever that limits it: that lever}; it counts only up to there."""
    levers, _ = resolved(base, unit, scenario)
    at = base.edition.lever_index
    return {
        lever.key: lever.at_most
        for lever in base.edition.levers
        if lever.at_most is not None
        and lever.key in scenario.changes
        and levers[at[lever.key]] > levers[at[lever.at_most]] + base.anchors.slack[unit, at[lever.key]]
    }


def room(base: Baseline, unit: int, levers: np.ndarray, direct: np.ndarray | None = None) -> np.ndarray:
    """Points before rounding that each of levers (levers,) could bring alone, moved to its better end."""
    higher = np.array([lever.better == "higher" for lever in base.edition.levers])
    moved = np.tile(levers, (levers.size, 1))
    np.fill_diagonal(moved, np.where(higher, np.maximum(levers, 1), np.minimum(levers, 0)))
    anchors = base.anchors[unit]
    now = exact_score(base.edition, anchors, levers, direct)
    gain: np.ndarray = exact_score(base.edition, anchors, moved, direct) - now
    return gain


def _idle(base: Baseline, unit: int, i: int, levers: np.ndarray, direct: np.ndarray) -> str:
    """Why a lever that can be moved brings nothing."""
    edition, lever = base.edition, base.edition.levers[i]
    slack = base.anchors.slack[unit, i]
    limit = 1.0 if lever.at_most is None else levers[edition.lever_index[lever.at_most]] + slack
    if limit < 1 and levers[i] >= limit:
        return "limited"
    if levers[i] >= 1 if lever.better == "higher" else levers[i] <= 0:
        return "at_end"
    now = down_the_road(edition, base.anchors[unit], levers, direct)
    reasons = {
        _stuck(edition, criterion, now)
        for criterion in edition.moved_by(lever.key)
        if not np.isnan(now.criteria[edition.criterion_index[criterion.key]])
    }
    return next((r for r in ("at_target", "component_full", "at_zero") if r in reasons), "not_computable")


def _stuck(edition: Edition, criterion: Criterion, now: Standing) -> str:
    """Why a criterion whose levers are known brings nothing more."""
    at = edition.component_index[criterion.component]
    if np.isnan(now.components[at]):
        return "not_computable"
    if now.components[at] >= edition.component_max[at]:
        return "component_full"
    earned = now.criteria[edition.criterion_index[criterion.key]]
    return "at_target" if earned >= 100 * criterion.max_points else "at_zero"


def unknown_changes(base: Baseline, unit: int, scenario: Scenario) -> dict[str, tuple[float, float]]:
    """{component: the least and the most hundredths by which it changes, beyond what the score counts}.

    For criteria of which only the scale is known and is moved: what of the component's published points may be theirs,
    times the scale's change, capped. Nothing of it is counted in the score, and nothing is made up.
    """
    levers, _ = resolved(base, unit, scenario)
    edition, anchors, found = base.edition, base.anchors[unit], {}
    points, unknown = base.standing.criteria[unit], np.isnan(base.standing.criteria[unit])
    for j, c in enumerate(edition.criteria):
        if c.scaled_by is None or not unknown[j] or c.constant is not None:
            continue
        k, i = edition.component_index[c.component], edition.lever_index[c.scaled_by]
        was, now = float(anchors.levers[i]), float(levers[i])
        if not was > 0 or now == was or np.isnan(anchors.published[k]):
            continue
        own, members = 100 * c.max_points, edition.membership[:, k] > 0
        rest = anchors.published[k] - np.nansum(points[members])
        others = 100 * edition.max_points[members & unknown].sum() - own
        ends = np.clip([rest - others - 0.5, rest + 0.5], 0.0, own * min(1.0, was / c.target))
        changes = list(np.minimum(own, ends * now / was) - ends)
        top = own * was / now if now > 0 else np.inf  # what just comes to be full
        changes += [own - top] if ends[0] <= top <= ends[1] else []
        if ends[1] >= own - 0.5:  # full already: by how much is not known
            changes.append(min(own, own * now / c.target) - own)
        found[c.component] = float(np.floor(min(changes))), float(np.ceil(max(changes)))
    return found
