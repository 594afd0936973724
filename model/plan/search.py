"""The search behind a plan: exact, in the engine's own whole hundredths, so no solver and none of its tolerances.

A score is a sum of whole hundredths. So of all the ways to move that each knot of levers offers, the cheapest choice of
one way per knot is found hundredth by hundredth.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from math import ceil, floor, inf

import numpy as np

from model.plan.moves import CoupledLevers, LeverRange, Options, coupled
from model.score.baseline import Baseline, down_the_road

_TINY = 1e-9
_SLIGHT = 1e-10  # of effort a lever: of equal effort, the fewer levers
KINDS = ("least_effort", "fewest_levers", "most_even")


@dataclass(frozen=True)
class Move:
    """One lever's part of a plan: rates from and to, and things more to be done (None where no counts are known).

    `pace` of these are done anyway; `arriving` come, `open` are from before and can still be mended. Where rates move
    in whole things, `done` of `due` at the end.
    """

    before: float
    after: float
    done_more: int | None
    due: int | None = None
    done: int | None = None
    pace: int = 0
    arriving: int = 0
    open: int = 0

    @property
    def more(self) -> int | None:
        """Things to do beyond what goes on by itself; below 0 where fewer are wanted."""
        return None if self.done_more is None else self.done_more - self.pace

    def per_week(self, weeks: float) -> int | None:
        """Things to do in a week of the weeks left, rounded up; all of them where less than a week is left."""
        if self.more is None:
            return None
        quota = ceil(abs(self.more) / max(1.0, weeks) - _TINY)
        return quota if self.more >= 0 else -quota


class CostTable:
    """The least costs of gaining at least 0, 1, … `size` hundredths together, from tables of each one's least costs."""

    def __init__(self, size: int, tables: Sequence[np.ndarray]) -> None:
        self.tables, self.sums = tables, [np.append(0.0, np.full(size, inf))]
        for table in tables:
            self.sums.append(_joined(self.sums[-1], table))

    @property
    def costs(self) -> np.ndarray:
        """Least costs of all tables together, shape (size + 1,)."""
        return self.sums[-1]

    def split(self, gain: int) -> list[int]:
        """How much of a gain each table is to bring."""
        parts = []
        for table, others in zip(reversed(self.tables), reversed(self.sums[:-1]), strict=True):
            parts.append(int(np.argmin(table + others[np.maximum(gain - np.arange(table.size), 0)])))
            gain = max(gain - parts[-1], 0)
        return parts[::-1]


class Search:
    """The search for a unit's cheapest way to gain so many hundredths, by levers that reach so far."""

    def __init__(self, base: Baseline, unit: int, gain: int, movable: Mapping[str, LeverRange]) -> None:
        self.base, self.unit, self.gain, self.reaches = base, unit, gain, movable
        self.room = (base.edition.component_max - base.standing.components[unit]).astype(int)
        self.knot, self.crowded, self.single = self._parts(
            [CoupledLevers(base, unit, keys, movable).ways(gain, self.room) for keys in coupled(base.edition, movable)]
        )

    def solved(self, kind: str, gain: int | None = None) -> dict[str, Move] | None:
        """The moves of the best plan of a kind, ties broken by effort and then by levers; None where there is none.

        For a gain up to the one searched for, or that one.
        """
        gain = self.gain if gain is None else gain
        if kind == "most_even":
            share = self._share(gain)
            held = {key: reach.within(share) for key, reach in self.reaches.items()}
            held = {key: reach for key, reach in held.items() if reach.room > 0}
            return Search(self.base, self.unit, gain, held).solved("least_effort")
        dearest = sum(float(ways.effort.max()) for ways in (self.knot, *self.single))
        rates = self._costs(1 + dearest if kind == "fewest_levers" else _SLIGHT).rates(gain)
        if rates is None:
            return None
        return {
            key: self._move(key, rates[key])
            for key, reach in self.reaches.items()
            if rates.get(key, reach.rate) != reach.rate
        }

    def efforts(self) -> np.ndarray:
        """The least efforts of gaining at least 0, 1, … hundredths up to those searched for; inf where out of reach."""
        return self._costs(0.0).least()

    @cached_property
    def _costs(self) -> "Callable[[float], _Costs]":
        return cache(lambda lever: _Costs(self, lever))

    def _parts(self, offered: list[Options]) -> tuple[Options, int | None, list[Options]]:
        """The knots that gain in several components, as one; the component, if any, that they and others together could
        overfill; and the knots that gain in one component alone."""

        def merged(first: Options, others: list[Options]) -> Options:
            return reduce(lambda a, b: a.times(b, self.room), others, first)

        nothing = Options((), np.zeros((1, 0)), np.zeros(1), np.zeros(1), np.zeros((1, self.room.size), int))
        knot = merged(nothing, [ways for ways in offered if ways.gains.any(axis=0).sum() > 1])
        single = [ways for ways in offered if ways.gains.any(axis=0).sum() == 1]
        while True:
            beside = sum((ways.gains.max(axis=0) for ways in single), np.zeros(self.room.size, int))
            most = knot.gains.max(axis=0)
            crowded = np.flatnonzero((most > 0) & (beside > 0) & (most + beside > self.room))
            if crowded.size < 2:
                return knot, int(crowded[0]) if crowded.size else None, single
            knot = merged(knot, [ways for ways in single if ways.gains[:, crowded[0]].any()])
            single = [ways for ways in single if not ways.gains[:, crowded[0]].any()]

    def _share(self, gain: int) -> float:
        """The least share of headroom that brings the gain when every lever takes it."""
        anchors, at = self.base.anchors[self.unit], self.base.edition.lever_index
        needed, low, high = self.base.standing.score[self.unit] + gain, 0.0, 1.0
        levers = anchors.levers.copy()
        for _ in range(50):
            share = (low + high) / 2
            for key, reach in self.reaches.items():
                levers[at[key]] = reach.within(share).high
            enough = down_the_road(self.base.edition, anchors, levers).score >= needed
            low, high = (low, share) if enough else (share, high)
        return high + 1e-11  # past an edge by more than the engine's own epsilon

    def _move(self, key: str, rate: float) -> Move:
        reach = self.reaches[key]
        if reach.whole:
            more = int(reach.more(np.array(rate)))
            counts = (reach.pace, reach.arriving, reach.open)
            return Move(reach.rate, reach.at(more), more, reach.due, reach.done + more, *counts)
        due = float(self.base.anchors.due[self.unit, self.base.edition.lever_index[key]])
        things = (rate - reach.rate) * due
        if np.isnan(due):
            return Move(reach.rate, float(rate), None)
        mended = reach.lever.better == "higher" and reach.lever.kind != "flow"
        left = int(due) - round(reach.rate * due) if mended else 0
        return Move(reach.rate, float(rate), ceil(things - 1e-6) if things > 0 else floor(things + 1e-6), open=left)


class _Costs:
    """The least costs of a search's gains, where each lever moved costs `lever` besides its effort.

    The knot gains first; then what is beside it in the crowded component, up to the room left there; then all the rest,
    which just adds up.
    """

    def __init__(self, search: Search, lever: float) -> None:
        self.knot, self.crowded, self.gain, self.lever = search.knot, search.crowded, search.gain, lever
        size = np.minimum(search.room, self.gain)
        self.own = {k: [ways for ways in search.single if ways.gains[:, k].any()] for k in range(size.size)}
        self.chains = {
            k: CostTable(size[k], [_table(w.gains[:, k], self._cost(w), size[k]) for w in own])
            for k, own in self.own.items()
            if own
        }
        self.plain = [k for k in self.chains if k != self.crowded]
        self.rest = CostTable(self.gain, [self.chains[k].costs for k in self.plain])
        beside, taken = np.zeros(1), np.zeros(self.knot.effort.size, int)
        if self.crowded is not None:
            beside = self.chains[self.crowded].costs
            taken = np.minimum(self.knot.gains[:, self.crowded], size[self.crowded])
        self.after = np.maximum(np.arange(self.gain + 1)[:, None] - np.arange(beside.size), 0)
        self.costs = beside + self.rest.costs[self.after]  # (missing beside the knot, what the crowded part brings)
        self.cheapest = np.minimum.accumulate(self.costs, axis=1)
        self.gains, self.left = self.knot.gains.sum(axis=1), beside.size - 1 - taken

    def least(self) -> np.ndarray:
        """The least costs of gaining at least 0, 1, … hundredths, (gain + 1,); inf where out of reach."""
        return np.array([self._total(gain).min() for gain in range(self.gain + 1)])

    def rates(self, gain: int) -> dict[str, float] | None:
        """The rates of the cheapest way to gain so much; None where there is none."""
        total = self._total(gain)
        best = int(np.argmin(total))
        if total[best] == inf:
            return None
        missing = max(gain - int(self.gains[best]), 0)
        rates = dict(zip(self.knot.keys, self.knot.rates[best], strict=True))
        part = int(np.argmin(self.costs[missing, : self.left[best] + 1]))
        parts = dict(zip(self.plain, self.rest.split(int(self.after[missing, part])), strict=True))
        if self.crowded is not None:
            parts[self.crowded] = part
        for k, whole in parts.items():
            for ways, share in zip(self.own[k], self.chains[k].split(whole), strict=True):
                one = int(np.argmin(np.where(ways.gains[:, k] >= share, self._cost(ways), inf)))
                rates |= dict(zip(ways.keys, ways.rates[one], strict=True))
        return rates

    def _total(self, gain: int) -> np.ndarray:
        """The least cost of a gain by every way of the knot, (w,)."""
        total: np.ndarray = self._cost(self.knot) + self.cheapest[np.maximum(gain - self.gains, 0), self.left]
        return total

    def _cost(self, ways: Options) -> np.ndarray:
        cost: np.ndarray = ways.effort + self.lever * ways.moved
        return cost


def _table(gains: np.ndarray, cost: np.ndarray, size: int) -> np.ndarray:
    """The least cost of gaining at least 0, 1, … `size`, from ways that gain (w,) and cost (w,)."""
    table = np.full(size + 1, inf)
    np.minimum.at(table, np.minimum(gains, size), cost)
    return np.minimum.accumulate(table[::-1])[::-1]


def _joined(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Least costs of gaining together what two tables of least costs gain, in the length of the first."""
    few, many = sorted((table[table < inf] for table in (one, other)), key=lambda table: np.unique(table).size)
    joined = np.full(one.size, inf)
    most = min(one.size, few.size + many.size - 1)
    padded = np.concatenate([np.full(most, many[0]), many, np.full(most, inf)])
    for gain in np.flatnonzero(np.diff(few, append=inf) > 0):
        np.minimum(joined[:most], padded[most - gain : 2 * most - gain] + few[gain], out=joined[:most])
    return joined
