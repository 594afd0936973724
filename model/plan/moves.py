"""Ways to move: how far each lever reaches, and the rates at which a criterion earns a hundredth more, combined."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from math import floor, inf

import numpy as np

from model.rules.edition import Criterion, Edition, Lever
from model.rules.formulas import component_sums, criterion_rates, earned, filled, least_rate, scales
from model.score.baseline import Baseline

_TINY = 1e-9
_HAIR = 1e-12  # of a rate: more than a double loses, less than anyone can tell
_EACH = 2_000  # things more that are all tried, beside a lever that scales; of more, those of `_tangents`
_ROWS = 10_000  # evaluated at once: more would be shared out to threads, which on a busy machine is slower


@dataclass(frozen=True)
class LeverRange:
    """How far one lever reaches: rates from the worse end `low` to the better `high`, now at `rate`.

    Where `whole`, its rate is (done + k) / due for k from `first` to `last` things more, `due` counting those to come:
    `arriving` of them; `open` are those of before that still can be mended. `pace` of the things more are done anyway
    at the rate so far.
    """

    lever: Lever
    rate: float
    low: float
    high: float
    effort: float
    whole: bool = False
    done: int = 0
    due: int = 0
    first: int = 0
    last: int = 0
    free: int = 0  # of the things more, those that cost nothing
    pace: int = 0
    arriving: int = 0
    open: int = 0
    kind: str = "flow"  # or mendable or stock

    @property
    def room(self) -> float:
        """How far the rate can move for the better."""
        return abs(self.high - self.rate)

    @property
    def price(self) -> float:
        """Effort of the whole rate, 0 to 1."""
        return self.effort * (self.due if self.whole else 100)

    def at(self, more: int) -> float:
        """The rate with that many things more done."""
        return (self.done + more) / self.due

    def more(self, rates: np.ndarray) -> np.ndarray:
        """Whole things more done at rates that `at` gives; 0 where the lever is not moved."""
        return np.where(rates == self.rate, 0.0, np.round(rates * self.due - self.done))

    def cost(self, rates: np.ndarray) -> np.ndarray:
        """Effort times whole things more that are not free, or times percentage points."""
        return self.effort * (
            np.maximum(self.more(rates) - self.free, 0) if self.whole else 100 * np.abs(rates - self.rate)
        )

    def within(self, share: float) -> "LeverRange":
        """The same, held to a share of its headroom."""
        if not self.whole:
            return replace(self, high=self.high if share >= 1 else self.rate + share * (self.high - self.rate))
        last = self.last
        if share < 1:
            last = min(last, floor((self.rate + share * self.room) * self.due - self.done) + 1)
            while last >= self.first and (self.at(last) - self.rate) / self.room > share:
                last -= 1
        return replace(self, last=last, high=self.rate if last < self.first else self.at(last))


@dataclass(frozen=True, eq=False)
class Options:
    """What a knot of levers can do: rates (w, levers of `keys`), efforts (w,), how many levers move (w,), and
    hundredths gained in every component (w, components), none more than the component has room for."""

    keys: tuple[str, ...]
    rates: np.ndarray
    effort: np.ndarray
    moved: np.ndarray
    gains: np.ndarray

    def times(self, other: "Options", room: np.ndarray) -> "Options":
        """Every pair of ways of two knots."""
        a, b = (grid.ravel() for grid in np.indices((self.effort.size, other.effort.size)))
        return Options(
            self.keys + other.keys,
            np.hstack([self.rates[a], other.rates[b]]),
            self.effort[a] + other.effort[b],
            self.moved[a] + other.moved[b],
            np.minimum(self.gains[a] + other.gains[b], room),
        )


class CoupledLevers:
    """Levers of one unit that share criteria, and the rules and figures of those criteria alone."""

    def __init__(self, base: Baseline, unit: int, keys: tuple[str, ...], reaches: Mapping[str, LeverRange]) -> None:
        edition, anchors = base.edition, base.anchors[unit]
        criteria = tuple(c for c in edition.criteria if set(c.levers) & set(keys))
        needed = {key for c in criteria for key in c.levers}
        needed |= {lever.at_most for lever in edition.levers if lever.key in needed and lever.at_most is not None}
        levers = tuple(lever for lever in edition.levers if lever.key in needed)
        columns = [edition.lever_index[lever.key] for lever in levers]
        self.keys, self.reaches, self.rules = keys, reaches, replace(edition, criteria=criteria, levers=levers)
        self.reported = anchors.reported[[edition.criterion_index[c.key] for c in criteria]]
        self.start, self.slack, self.column = anchors.levers[columns], anchors.slack[columns], self.rules.lever_index

    def ways(self, gain: int, room: np.ndarray) -> Options:
        """What the levers can do, up to a gain in any one criterion, and up to the room of components."""
        adding = any(len(set(c.levers) & set(self.keys)) > 1 for c in self.rules.criteria)
        orders = permutations(self.keys) if adding else [self.keys]  # the last of several that add up makes up the sum
        levers = np.concatenate([self._combined(order, gain) for order in orders])
        rates = levers[:, [self.column[key] for key in self.keys]]
        effort = np.sum([self.reaches[key].cost(rates[:, i]) for i, key in enumerate(self.keys)], axis=0)
        moved = np.sum([rates[:, i] != self.reaches[key].rate for i, key in enumerate(self.keys)], axis=0)
        gains = np.concatenate([self._gained(levers[i : i + _ROWS]) for i in range(0, len(levers), _ROWS)])
        gains = np.clip(gains, 0, room).astype(int)
        best = _least(np.column_stack([moved, gains]), effort)
        return Options(self.keys, rates[best], effort[best], moved[best], gains[best])

    def _gained(self, levers: np.ndarray) -> np.ndarray:
        return component_sums(self.rules, self._earned(levers) - self._earned(self.start))

    def _earned(self, levers: np.ndarray) -> np.ndarray:
        return earned(self.rules, criterion_rates(self.rules, levers, self.reported, self.slack))

    def _combined(self, order: tuple[str, ...], gain: int) -> np.ndarray:
        """Rates (w, levers), one lever after the other moved to where a criterion earns a hundredth more: with those
        before it as they are moved, and those after it where they are or as far as they go."""
        top = self.start.copy()
        top[[self.column[key] for key in order]] = [self.reaches[key].high for key in order]
        before = self._earned(self.start)
        upto = np.minimum(self._earned(top), before + gain)
        levers = self.start[None]
        for i, key in enumerate(order):
            column, reach, ahead = self.column[key], self.reaches[key], order[i + 1 :]
            after = np.isin(np.arange(self.start.size), [self.column[k] for k in ahead])
            edges = [
                values
                for others in ([levers, np.where(after, top, levers)] if ahead else [levers])
                for c, first, last in zip(self.rules.criteria, before, upto, strict=True)
                if last > first
                for values in _edges(self.rules, c, key, others, self.slack, np.arange(first + 1, last + 1))
            ]
            edges += self._tangents(key, ahead, before, upto, levers.shape[0])
            adding = {k for c in self.rules.criteria if key in c.rate for k in c.rate} & set(ahead)
            if reach.last - reach.first < _EACH:
                adding |= {k for c in self.rules.criteria if c.scaled_by and key in c.levers for k in c.levers} & set(
                    ahead
                )
            rates = _possible(reach, levers.shape[0], edges, any(self.reaches[k].whole for k in adding))
            new = np.diff(rates, axis=1, prepend=-inf) > 0
            limit = reach.lever.at_most
            if limit is not None and limit not in ahead and not reach.whole:  # no use beyond what limits it
                most = levers[:, self.column[limit]] + self.slack[column] + _TINY
                new &= rates <= np.fmax(most, reach.rate)[:, None]
            rows, values = np.nonzero(new)
            levers = levers[rows]
            levers[:, column] = rates[rows, values]
        return levers

    def _tangents(
        self, key: str, ahead: tuple[str, ...], before: np.ndarray, upto: np.ndarray, w: int
    ) -> list[np.ndarray]:
        """Of a lever that scales another or is scaled by it, the rates (w, h) at which a product of the two may come
        cheapest: where one more of either costs the same, and where either ceases to be free.

        Between edges cost is convex along a product. So where not all rates are tried, what is found costs at most one
        thing of each more than the cheapest there is.
        """
        found = []
        for c, first, last in zip(self.rules.criteria, before, upto, strict=True):
            other = next((k for k in c.levers if k != key and k in ahead), None)
            if c.scaled_by is None or key not in c.levers or other is None or not last > first:
                continue
            product = _least_rate(self.rules, c, np.arange(first + 1, last + 1))
            mine, its = (self.reaches[k].price for k in (key, other))
            rates = [np.sqrt(product * its / mine) if mine > 0 else product * np.inf]
            rates += [np.array([one.at(one.free)]) for one in (self.reaches[key],) if one.free]
            rates += [product / one.at(one.free) for one in (self.reaches[other],) if one.free]
            found.append(np.tile(np.concatenate(rates), (w, 1)))
        return found


def coupled(edition: Edition, keys: Mapping[str, LeverRange]) -> list[tuple[str, ...]]:
    """Levers that share a criterion or limit each other, together; a lever before the ones it limits."""
    tied: list[set[str]] = []
    ties = [set(c.levers) for c in edition.criteria]
    ties += [{lever.key, lever.at_most} for lever in edition.levers if lever.at_most is not None]
    for tie in [{key} for key in keys] + [tie & set(keys) for tie in ties]:
        met = [knot for knot in tied if knot & tie]
        tied = [knot for knot in tied if not knot & tie] + [tie.union(*met)] * bool(tie)
    first = [lever.key for lever in edition.levers if lever.at_most is None]
    return [tuple(sorted(knot, key=lambda key: (key not in first, key))) for knot in tied]


def _edges(
    edition: Edition, c: Criterion, key: str, levers: np.ndarray, slack: np.ndarray, wanted: np.ndarray
) -> Iterator[np.ndarray]:
    """The rates (w, h) of a lever, or of it as another's limit, at which a criterion comes to earn so many hundredths
    (h,), beside levers (w, levers)."""
    product, known = _least_rate(edition, c, wanted), np.nan_to_num(filled(edition, levers))
    formed = known @ edition.form[edition.criterion_index[c.key]]
    with np.errstate(divide="ignore", invalid="ignore"):
        if c.scaled_by == key:
            yield np.nan_to_num(product / formed[:, None], nan=np.inf)
        rate = np.nan_to_num(product / scales(edition, levers)[:, [edition.criterion_index[c.key]]], nan=np.inf)
    for own, share in c.rate.items():
        i = edition.lever_index[own]
        others = formed - share * known[:, i]
        if own == key:
            yield (rate - others[:, None]) / share
        elif edition.levers[i].at_most == key:
            yield (rate - others[:, None]) / share - slack[i]


def _least_rate(edition: Edition, c: Criterion, wanted: np.ndarray) -> np.ndarray:
    """The lowest rate at which a criterion earns so many hundredths (h,), a hair above where its rounding is exact."""
    exact = edition.by_percent[edition.criterion_index[c.key]]
    return least_rate(edition, c, wanted) + (_HAIR if exact else 0.0)


def _possible(reach: LeverRange, w: int, edges: list[np.ndarray], together: bool) -> np.ndarray:
    """The rates (w, r), ascending, that a lever can take at or next to those edges (w, …), where it is, and at its end;
    all it can take, where it adds up with others that move in whole things."""
    rates = np.hstack([np.full((w, 1), reach.high), *edges])
    if reach.whole:
        more = np.ceil(np.clip(rates, -9.0, 9.0) * reach.due - reach.done)  # an edge out of reach can be anywhere
        more = np.hstack([more - 1, more, more + 1])
        if together:
            more = np.tile(np.arange(reach.first, reach.last + 1.0), (w, 1))
        rates = (reach.done + np.clip(more, reach.first, reach.last)) / reach.due
    rates = np.clip(rates, min(reach.rate, reach.high), max(reach.rate, reach.high))
    return np.sort(np.hstack([np.full((w, 1), reach.rate), rates]), axis=1)


def _least(what: np.ndarray, effort: np.ndarray) -> np.ndarray:
    """Which of ways doing `what` (w, whole numbers) take the least effort (w,) of all that do the same."""
    what = what[:, what.any(axis=0)]
    same = np.ravel_multi_index(tuple(what.T), tuple(what.max(axis=0) + 1)) if what.size else np.zeros(effort.size, int)
    least = np.full(same.max() + 1, inf)
    np.minimum.at(least, same, effort)
    return np.flatnonzero(effort == least[same])
