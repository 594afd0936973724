"""Scenarios: a sparse set of lever values for one unit, and what comes of them."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from .baseline import Baseline, Standing, down_the_road, exact_score
from .edition import Criterion, Edition, Lever
from .problems import Problem
from .scoring import hundredths, place
from .tables import plain_count, plain_number

_STEP = 1e-6  # of a rate, for slopes; the road is piecewise linear, so any step short of the next bend is exact


@dataclass(frozen=True)
class Counts:
    """A lever set by numbers of things: `done` of `due`."""

    done: int
    due: int

    def __str__(self) -> str:
        return f"{self.done}/{self.due}"


Value = float | Counts


@dataclass(frozen=True)
class Scenario:
    """What is supposed: {lever: rate or counts, component: points}; empty is the baseline."""

    changes: Mapping[str, Value] = field(default_factory=dict)

    def with_(self, key: str, value: Value | None) -> "Scenario":
        """The same with one key set, or released where the value is None."""
        rest = {k: v for k, v in self.changes.items() if k != key}
        return Scenario(rest if value is None else rest | {key: value})

    def texts(self) -> dict[str, str]:
        """{key: text} that `parsed` reads back to the same scenario."""
        return {key: value_text(value) for key, value in self.changes.items()}


@dataclass(frozen=True, eq=False)
class Effect:
    """A unit before and after a scenario, among peers who stand still; peers are rows of the league.

    Points and scores are hundredths, ranks nan where missing. `overtaken` stood above and now stand below;
    `overtaken_by` the reverse; `next_above` are the nearest who still stand above, by `gap`.
    """

    before: Standing
    after: Standing
    rank_before: float
    rank_after: float
    tied_before: tuple[int, ...]
    tied_after: tuple[int, ...]
    overtaken: tuple[int, ...]
    overtaken_by: tuple[int, ...]
    next_above: tuple[int, ...]
    gap: float


def parsed(edition: Edition, texts: Iterable[tuple[str, str]]) -> Scenario:
    """The scenario that (key, text) pairs state; raises Problem for an unknown key, a value of no use, or a repeat."""
    changes: dict[str, Value] = {}
    for key, text in texts:
        if key in changes:
            raise Problem("set_twice", key=key)
        changes[key] = _value(edition, key, text.strip())
    return Scenario(changes)


def value_text(value: Value) -> str:
    """A value as a link or a command line carries it, without loss."""
    return str(value) if isinstance(value, Counts) else np.format_float_positional(value, trim="-")


def resolved(base: Baseline, unit: int, scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Levers (levers,) and direct component points in hundredths (components,), nan where not set.

    Raises Problem where a key cannot be moved for this unit.
    """
    edition, anchors = base.edition, base.anchors[unit]
    levers = anchors.levers.copy()
    direct = np.full(len(edition.components), np.nan)
    due = _dues(base, unit, scenario)
    for i, lever in enumerate(edition.levers):
        if due[i] == 0 and not np.isnan(levers[i]):
            levers[i] = lever.when_empty
    for key, value in scenario.changes.items():
        if key in edition.component_index:
            direct[edition.component_index[key]] = _direct_points(base, unit, key, value)
        else:
            i = edition.lever_index[_movable(base, unit, key)]
            if isinstance(value, Counts):
                levers[i] = value.done / value.due if value.due else edition.levers[i].when_empty
            elif due[i] == 0:
                raise Problem("set_none_due", key=key, group=edition.groups[edition.levers[i].group])
            else:
                levers[i] = value
    return levers, direct


def standing(base: Baseline, unit: int, scenario: Scenario) -> Standing:
    """Where a scenario takes one unit; raises Problem as `resolved` does."""
    return down_the_road(base.edition, base.anchors[unit], *resolved(base, unit, scenario))


def effect(base: Baseline, unit: int, scenario: Scenario) -> Effect:
    """What a scenario changes for one unit, peers standing still; raises Problem as `resolved` does."""
    before, after = standing(base, unit, Scenario()), standing(base, unit, scenario)
    peers = base.standing.score.copy()
    peers[unit] = np.nan
    above_before, above_after = peers > before.score, peers > after.score
    below_before, below_after = peers < before.score, peers < after.score
    nearest = np.nanmin(peers[above_after]) if above_after.any() else np.nan
    return Effect(
        before, after, float(place(before.score, peers)), float(place(after.score, peers)),
        _rows(peers == before.score), _rows(peers == after.score),
        _rows(above_before & below_after), _rows(below_before & above_after),
        _rows(peers == nearest), float(nearest - after.score))


def sweep(base: Baseline, unit: int, scenario: Scenario, key: str, grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Score in hundredths and rank along a grid (g,) of one lever's rates, or of a direct component's points.

    Raises Problem where the lever can't be moved, or has no rate because nothing is due.
    """
    edition, anchors = base.edition, base.anchors[unit]
    levers, direct = resolved(base, unit, scenario)
    if key in edition.component_index:
        moved = np.tile(direct, (grid.size, 1))
        moved[:, edition.component_index[key]] = [_direct_points(base, unit, key, float(points)) for points in grid]
        score = down_the_road(edition, anchors, np.tile(levers, (grid.size, 1)), moved).score
    else:
        i = edition.lever_index[_movable(base, unit, key)]
        if _dues(base, unit, scenario)[i] == 0:
            raise Problem("set_none_due", key=key, group=edition.groups[edition.levers[i].group])
        moved = np.tile(levers, (grid.size, 1))
        moved[:, i] = grid
        score = down_the_road(edition, anchors, moved, direct).score
    return score, place(score, np.delete(base.standing.score, unit))


def slopes(base: Baseline, unit: int, scenario: Scenario) -> np.ndarray:
    """Points of score per 1.00 of each lever's rate, towards its better end, shape (levers,); nan where unknown.

    Taken before rounding; 0 where the lever has nothing left to give, below 0 for a lever better lower.
    """
    levers, _ = resolved(base, unit, scenario)
    step = _STEP * np.array([1.0 if lever.better == "higher" else -1.0 for lever in base.edition.levers])
    moved = np.clip(levers + np.diag(step), np.minimum(levers, 0), np.maximum(levers, 1))
    anchors = base.anchors[unit]
    gain = (exact_score(base.edition, anchors, moved) - exact_score(base.edition, anchors, levers)) / step
    return np.where(np.isnan(levers), np.nan, np.round(gain, 6) + 0.0)


def hindrances(base: Baseline, unit: int, scenario: Scenario) -> dict[str, str]:
    """{lever: why it brings nothing}, for the levers that can't raise the score alone, moved as far as they go.

    One of assumed, inherited, not_reported, none_due, at_end, limited (by its `at_most`), at_target, component_full,
    at_zero (its points stay 0 all the way), not_computable (it moves only points that are unknown).
    """
    levers, _ = resolved(base, unit, scenario)
    due, gain = _dues(base, unit, scenario), room(base, unit, levers)
    found = {}
    for i, lever in enumerate(base.edition.levers):
        reason = _fixed(base, lever, levers[i])
        if reason is None and due[i] == 0:
            reason = "none_due"
        elif reason is None and not gain[i] > 1e-9:
            reason = _idle(base, unit, i, levers)
        if reason is not None:
            found[lever.key] = reason
    return found


def exceeded(base: Baseline, unit: int, scenario: Scenario) -> dict[str, str]:
    """{lever set above the lever that limits it: that lever}; it counts only up to there."""
    levers, _ = resolved(base, unit, scenario)
    at = base.edition.lever_index
    return {lever.key: lever.at_most for lever in base.edition.levers
            if lever.at_most is not None and lever.key in scenario.changes
            and levers[at[lever.key]] > levers[at[lever.at_most]] + base.anchors.slack[unit, at[lever.key]]}


def apply_preset(base: Baseline, unit: int, scenario: Scenario, key: str) -> tuple[Scenario, dict[str, str]]:
    """The scenario with a preset of the edition laid over it, and {lever or component: why it was left out}.

    Nothing is made worse but by a preset that says so (`one_more_due`).
    """
    preset = next(p for p in base.edition.presets if p.key == key)
    if preset.one_more_due is not None:
        return _one_more_due(base, unit, scenario, preset.one_more_due)
    skipped = {}
    for target, value in (preset.set or _goals(base, unit, preset.all)).items():
        if target in base.edition.component_index:
            now = standing(base, unit, scenario).components[base.edition.component_index[target]] / 100
            scenario = scenario if now >= value else scenario.with_(target, value)
            continue
        levers, _ = resolved(base, unit, scenario)
        i = base.edition.lever_index[target]
        lever, due = base.edition.levers[i], _dues(base, unit, scenario)[i]
        reason = _fixed(base, lever, levers[i]) or ("none_due" if due == 0 else None)
        better = levers[i] < value if lever.better == "higher" else levers[i] > value
        if reason == "none_due" and not preset.set and not better:
            continue  # nothing due already earns in full
        if reason is not None:
            skipped[target] = reason
        elif better:
            scenario = scenario.with_(target, _in_kind(scenario.changes.get(target), value, lever))
    if preset.all == "target":
        skipped |= {c.key: "not_reported"
                    for c, d in zip(base.edition.components, base.anchors.direct[unit], strict=True) if d}
    return scenario, skipped


def _in_kind(now: Value | None, rate: float, lever: Lever) -> Value:
    """A rate, or counts at least as good, of as many as are now supposed to be due."""
    if not isinstance(now, Counts):
        return rate
    done = ceil(rate * now.due - 1e-9) if lever.better == "higher" else floor(rate * now.due + 1e-9)
    return Counts(done, now.due)


def _value(edition: Edition, key: str, text: str) -> Value:
    if key in edition.component_index:
        limit = edition.components[edition.component_index[key]].max_points
        value = plain_number(text)
        if value is None or not 0 <= value <= limit:
            raise Problem("set_points", key=key, value=text, limit=f"{limit:g}")
        return value
    if key not in edition.lever_index:
        _refuse_unknown(edition, key)
    if "/" in text:
        return _counts(key, text)
    value = plain_number(text.removesuffix("%"))
    if value is None:
        raise Problem("set_value", key=key, value=text)
    if text.endswith("%"):
        value /= 100
    elif value > 1:
        raise Problem("set_above_one", key=key, value=text)
    if not 0 <= value <= 1:
        raise Problem("set_range", key=key, value=text)
    return value


def _counts(key: str, text: str) -> Counts:
    first, _, second = text.partition("/")
    done, due = plain_count(first), plain_count(second)
    if done is None or due is None:
        raise Problem("set_value", key=key, value=text)
    if done > due:
        raise Problem("set_counts", key=key, value=text)
    return Counts(done, due)


def _refuse_unknown(edition: Edition, key: str) -> None:
    if key in edition.criterion_index:
        raise Problem("set_derived", key=key, levers=tuple(edition.criteria[edition.criterion_index[key]].rate))
    raise Problem("set_unknown", key=key, known=(*edition.lever_index, *edition.component_index))


def _movable(base: Baseline, unit: int, key: str) -> str:
    """The lever's key; raises Problem where it is none, or no lever for this unit."""
    if key not in base.edition.lever_index:
        _refuse_unknown(base.edition, key)
    i = base.edition.lever_index[key]
    reason = _fixed(base, base.edition.levers[i], base.anchors.levers[unit, i])
    if reason is not None:
        raise Problem(f"set_{reason}", key=key)
    return key


def _fixed(base: Baseline, lever: Lever, rate: float) -> str | None:
    """Why a lever can't be moved at all, or None."""
    at = base.edition.criterion_index.get(lever.key)
    criterion = None if at is None else base.edition.criteria[at]
    if criterion is not None and base.league.level in criterion.inherited_by:
        return "inherited"
    if np.isnan(rate):
        return "assumed" if criterion is not None and criterion.assumed_rate is not None else "not_reported"
    return None


def _idle(base: Baseline, unit: int, i: int, levers: np.ndarray) -> str:
    """Why a lever that can be moved brings nothing."""
    edition, lever = base.edition, base.edition.levers[i]
    if levers[i] >= 1 if lever.better == "higher" else levers[i] <= 0:
        return "at_end"
    limit = lever.at_most
    if limit is not None and levers[i] >= levers[edition.lever_index[limit]] + base.anchors.slack[unit, i]:
        return "limited"
    now = down_the_road(edition, base.anchors[unit], levers)
    reasons = {_stuck(edition, criterion, now) for criterion in edition.moved_by(lever.key)
               if not any(np.isnan(levers[edition.lever_index[k]]) for k in criterion.rate)}
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


def room(base: Baseline, unit: int, levers: np.ndarray) -> np.ndarray:
    """Points before rounding that each of levers (levers,) could bring alone, moved to its better end."""
    higher = np.array([lever.better == "higher" for lever in base.edition.levers])
    moved = np.tile(levers, (levers.size, 1))
    np.fill_diagonal(moved, np.where(higher, np.maximum(levers, 1), np.minimum(levers, 0)))
    anchors = base.anchors[unit]
    gain: np.ndarray = exact_score(base.edition, anchors, moved) - exact_score(base.edition, anchors, levers)
    return gain


def _dues(base: Baseline, unit: int, scenario: Scenario) -> np.ndarray:
    """Counts due of every lever under a scenario, shape (levers,), shared within a group of one denominator.

    nan where not reported; a lever known only as empty has 0. Raises Problem where shared counts disagree.
    """
    edition = base.edition
    due = np.where(base.anchors.empty[unit], 0, base.anchors.due[unit])
    for key, value in scenario.changes.items():
        if not isinstance(value, Counts) or key not in edition.lever_index:
            continue
        group = edition.levers[edition.lever_index[key]].group
        together = [lever.key for lever in edition.levers if lever.group == group] \
            if edition.groups[group].get("one_denominator") else [key]
        stated = {k: counts for k in together if isinstance(counts := scenario.changes.get(k), Counts)}
        if len({counts.due for counts in stated.values()}) > 1:
            raise Problem("set_denominators", keys=tuple(stated), values=tuple(map(str, stated.values())))
        due[[edition.lever_index[k] for k in together]] = value.due
    return due


def _direct_points(base: Baseline, unit: int, key: str, value: Value) -> float:
    """Hundredths that a component is set to; raises Problem where it can't be moved directly."""
    edition = base.edition
    at = edition.component_index[key]
    component = edition.components[at]
    if base.league.level in component.inherited_by:
        raise Problem("set_inherited", key=key)
    if not base.anchors.direct[unit, at]:
        known = [lever.key for i, lever in enumerate(edition.levers) if not np.isnan(base.anchors.levers[unit, i])
                 and any(c.component == key for c in edition.moved_by(lever.key))]
        raise Problem("set_not_direct", key=key, levers=known)
    if isinstance(value, Counts) or not 0 <= value <= component.max_points:
        raise Problem("set_points", key=key, value=value, limit=f"{component.max_points:g}")
    return float(hundredths(np.asarray(value)))


def _one_more_due(base: Baseline, unit: int, scenario: Scenario, group: str) -> tuple[Scenario, dict[str, str]]:
    levers, _ = resolved(base, unit, scenario)
    due, skipped = _dues(base, unit, scenario), {}
    members = [i for i, lever in enumerate(base.edition.levers) if lever.group == group]
    if base.edition.groups[group].get("one_denominator") and not np.isnan(due[members]).all():
        due[members] = np.nanmax(due[members])  # a table may count the shared denominator twice, and differ
    for i in members:
        lever = base.edition.levers[i]
        reason = _fixed(base, lever, levers[i]) or ("not_reported" if np.isnan(due[i]) else None)
        if reason is not None:
            skipped[lever.key] = reason
        else:
            done = 0 if due[i] == 0 else round(levers[i] * due[i])
            scenario = scenario.with_(lever.key, Counts(int(done), int(due[i]) + 1))
    return scenario, skipped


def _goals(base: Baseline, unit: int, kind: str | None) -> dict[str, float]:
    """Where every lever would go: its league's best, or the rate that earns all its points."""
    edition, goals = base.edition, {}
    for i, lever in enumerate(edition.levers):
        at = edition.criterion_index.get(lever.key)
        if kind == "target":
            goals[lever.key] = edition.criteria[at].target if at is not None else float(lever.better == "higher")
        else:
            seen = base.anchors.levers[~base.anchors.empty[:, i], i]
            seen = seen[~np.isnan(seen)]
            best = (seen.max() if lever.better == "higher" else max(0.0, seen.min())) if seen.size else np.nan
            goals[lever.key] = float(best)
    if kind == "best":
        for i, component in enumerate(edition.components):
            points = base.standing.components[:, i]
            if base.anchors.direct[unit, i] and not np.isnan(points).all():
                goals[component.key] = float(np.nanmax(points)) / 100
    return goals


def _rows(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(mask))
