"""Scenarios: a sparse set of lever values for one unit, and what comes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from model.rules.edition import Edition, Lever
from model.rules.formulas import hundredths, place
from model.score.baseline import Baseline, Standing, down_the_road
from model.words.numbers import cleaned, plain_counts, plain_number, plain_percent
from model.words.problems import Amount, Problem


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
        changes[key] = _value(edition, key, cleaned(text))
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
    due = dues(base, unit, scenario)
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
        before,
        after,
        float(place(before.score, peers)),
        float(place(after.score, peers)),
        _rows(peers == before.score),
        _rows(peers == after.score),
        _rows(above_before & below_after),
        _rows(below_before & above_after),
        _rows(peers == nearest),
        float(nearest - after.score),
    )


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
        if dues(base, unit, scenario)[i] == 0:
            raise Problem("set_none_due", key=key, group=edition.groups[edition.levers[i].group])
        moved = np.tile(levers, (grid.size, 1))
        moved[:, i] = grid
        score = down_the_road(edition, anchors, moved, direct).score
    return score, place(score, np.delete(base.standing.score, unit))


def _value(edition: Edition, key: str, text: str) -> Value:
    if key in edition.component_index:
        limit = edition.components[edition.component_index[key]].max_points
        value = plain_number(text)
        if value is None or not 0 <= value <= limit:
            raise Problem("set_points", key=key, value=text, limit=f"{limit:g}")
        return value
    if key not in edition.lever_index:
        refuse_unknown(edition, key)
    if "/" in text:
        return _counts(key, text)
    value = plain_percent(text) if text.endswith("%") else plain_number(text)
    if value is None:
        raise Problem("set_value", key=key, value=text)
    if value > 1 and not text.endswith("%"):
        raise Problem("set_above_one", key=key, value=text)
    if not 0 <= value <= 1:
        raise Problem("set_range", key=key, value=text)
    return value


def _counts(key: str, text: str) -> Counts:
    stated = plain_counts(text)
    if stated is None:
        raise Problem("set_value", key=key, value=text)
    counts = Counts(*stated)
    if counts.done > counts.due:
        raise Problem("set_counts", key=key, value=text)
    return counts


def refuse_unknown(edition: Edition, key: str) -> None:
    """Raises Problem for a key that is no lever, saying why."""
    if key in edition.absent:
        raise Problem("set_absent", key=key, why=edition.absent[key])
    if key in edition.criterion_index:
        raise Problem("set_derived", key=key, levers=tuple(edition.criteria[edition.criterion_index[key]].rate))
    raise Problem("set_unknown", key=key, known=(*edition.lever_index, *edition.component_index))


def _movable(base: Baseline, unit: int, key: str) -> str:
    """The lever's key; raises Problem where it is none, or no lever for this unit."""
    if key not in base.edition.lever_index:
        refuse_unknown(base.edition, key)
    i = base.edition.lever_index[key]
    reason = fixed(base, base.edition.levers[i], base.anchors.levers[unit, i])
    if reason is not None:
        raise Problem(f"set_{reason}", key=key)
    return key


def fixed(base: Baseline, lever: Lever, rate: float) -> str | None:
    """Why a lever can't be moved at all, or None."""
    at = base.edition.criterion_index.get(lever.key)
    criterion = None if at is None else base.edition.criteria[at]
    if criterion is not None and base.league.level in criterion.inherited_by:
        return "inherited"
    if np.isnan(rate):
        return "assumed" if criterion is not None and criterion.assumed_rate is not None else "not_reported"
    return None


def dues(base: Baseline, unit: int, scenario: Scenario) -> np.ndarray:
    """Counts due of every lever under a scenario, shape (levers,), shared within a group of one denominator.

    nan where not reported; a lever known only as empty has 0. Raises Problem where shared counts disagree.
    """
    edition = base.edition
    due = np.where(base.anchors.empty[unit], 0, base.anchors.due[unit])
    for key, value in scenario.changes.items():
        if not isinstance(value, Counts) or key not in edition.lever_index:
            continue
        group = edition.levers[edition.lever_index[key]].group
        together = (
            [lever.key for lever in edition.levers if lever.group == group]
            if edition.groups[group].get("one_denominator")
            else [key]
        )
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
    if np.isnan(base.anchors.published[unit, at]) and base.anchors.total[unit]:
        raise Problem("set_within_total", key=key)
    least, most = base.anchors.least[unit, at], base.anchors.most[unit, at]
    if np.isnan(most):
        known = [
            lever.key
            for i, lever in enumerate(edition.levers)
            if not np.isnan(base.anchors.levers[unit, i])
            and any(c.component == key for c in edition.moved_by(lever.key))
        ]
        raise Problem("set_not_direct", key=key, levers=known)
    if isinstance(value, Counts) or not 0 <= value <= component.max_points:
        raise Problem("set_points", key=key, value=value, limit=f"{component.max_points:g}")
    if not least <= hundredths(np.asarray(value)) <= most:
        least, most = least / 100, most / 100
        raise Problem("set_points_between", key=key, value=value, least=Amount(least), limit=Amount(most))
    return float(hundredths(np.asarray(value)))


def _rows(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.flatnonzero(mask))
