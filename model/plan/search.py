"""The search behind a plan: exact, in the engine's own whole hundredths, so no solver and none of its tolerances.

A score is a sum of whole hundredths. So of all the ways to move that each knot of levers offers, the cheapest choice of
one way per knot is found hundredth by hundredth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, floor, inf

import numpy as np

from model.plan.moves import CoupledLevers, LeverRange, Options, coupled
from model.score.baseline import Baseline, down_the_road

KINDS = ("least_effort", "fewest_levers", "most_even")


@dataclass(frozen=True)
class Move:
    """One lever's part of a plan: rates from and to, and things more to be done (None where no counts are known)."""

    before: float
    after: float
    done_more: int | None
    due: int | None = None
    done: int | None = None


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

    def solved(self, kind: str) -> dict[str, Move] | None:
        """The moves of the best plan of a kind, ties broken by effort and then by levers; None where there is none."""
        if kind == "most_even":
            share = self._share()
            held = {key: reach.within(share) for key, reach in self.reaches.items()}
            held = {key: reach for key, reach in held.items() if reach.room > 0}
            return Search(self.base, self.unit, self.gain, held).solved("least_effort")
        dearest = sum(float(ways.effort.max()) for ways in (self.knot, *self.single))
        rates = self._cheapest(1 + dearest if kind == "fewest_levers" else 1e-10)  # of equal effort, the fewer levers
        if rates is None:
            return None
        return {
            key: self._move(key, rates[key])
            for key, reach in self.reaches.items()
            if rates.get(key, reach.rate) != reach.rate
        }

    def _cheapest(self, lever: float) -> dict[str, float] | None:
        """The rates of the cheapest way, where each lever moved costs `lever` besides its effort.

        The knot gains first; then what is beside it in the crowded component, up to the room left there; then all the
        rest, which just adds up.
        """

        def cost(ways: Options) -> np.ndarray:
            return ways.effort + lever * ways.moved

        knot, crowded, size = self.knot, self.crowded, np.minimum(self.room, self.gain)
        own = {k: [ways for ways in self.single if ways.gains[:, k].any()] for k in range(size.size)}
        chains = {
            k: CostTable(size[k], [_table(w.gains[:, k], cost(w), size[k]) for w in own[k]]) for k in own if own[k]
        }
        plain = [k for k in chains if k != crowded]
        rest = CostTable(self.gain, [chains[k].costs for k in plain])
        beside, taken = np.zeros(1), np.zeros(knot.effort.size, int)
        if crowded is not None:
            beside, taken = chains[crowded].costs, np.minimum(knot.gains[:, crowded], size[crowded])
        after = np.maximum(np.arange(self.gain + 1)[:, None] - np.arange(beside.size), 0)
        costs = beside + rest.costs[after]  # (what is missing beside the knot, what of it the crowded component brings)
        missing, left = np.maximum(self.gain - knot.gains.sum(axis=1), 0), beside.size - 1 - taken
        total = cost(knot) + np.minimum.accumulate(costs, axis=1)[missing, left]
        best = int(np.argmin(total))
        if total[best] == inf:
            return None
        rates = dict(zip(knot.keys, knot.rates[best], strict=True))
        part = int(np.argmin(costs[missing[best], : left[best] + 1]))
        parts = dict(zip(plain, rest.split(int(after[missing[best], part])), strict=True))
        if crowded is not None:
            parts[crowded] = part
        for k, whole in parts.items():
            for ways, share in zip(own[k], chains[k].split(whole), strict=True):
                best = int(np.argmin(np.where(ways.gains[:, k] >= share, cost(ways), inf)))
                rates |= dict(zip(ways.keys, ways.rates[best], strict=True))
        return rates

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

    def _share(self) -> float:
        """The least share of headroom that brings the gain when every lever takes it."""
        anchors, at = self.base.anchors[self.unit], self.base.edition.lever_index
        needed, low, high = self.base.standing.score[self.unit] + self.gain, 0.0, 1.0
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
            return Move(reach.rate, reach.at(more), more, reach.due, reach.done + more)
        due = float(self.base.anchors.due[self.unit, self.base.edition.lever_index[key]])
        things = (rate - reach.rate) * due
        if np.isnan(due):
            return Move(reach.rate, float(rate), None)
        return Move(reach.rate, float(rate), ceil(things - 1e-6) if things > 0 else floor(things + 1e-6))


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
