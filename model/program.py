"""The mixed-integer linear program behind a plan, over the same numbers that the engine uses.

One whole number of hundredths per criterion, p <= 100 * points + 1/2, makes the rounding exact; a component is at most
its maximum; the score, the sum of components and what is held, is at least what is wanted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from .baseline import Baseline
from .edition import Lever
from .scoring import EPSILON

KINDS = ("least_effort", "fewest_levers", "most_even")
_TINY = 1e-9


@dataclass(frozen=True)
class Reach:
    """How far one lever reaches: rates from `low` to `high`, now at `rate`.

    Where `whole`, its rate is (done + k) / due for k from `first` to `last` things more, `due` counting those to come.
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

    @property
    def room(self) -> float:
        """How far the rate can move for the better."""
        return abs(self.high - self.rate)

    def at(self, more: int) -> float:
        """The rate with that many things more done."""
        return (self.done + more) / self.due


@dataclass(frozen=True)
class Move:
    """One lever's part of a plan: rates from and to, and things more to be done (None where no counts are known)."""

    before: float
    after: float
    done_more: int | None
    due: int | None = None
    done: int | None = None


class Program:
    """The mixed-integer program of one unit: per lever an amount and whether it moves, per criterion its hundredths,
    per component its hundredths, and the largest share of any lever's headroom."""

    def __init__(self, base: Baseline, unit: int, needed: float, movable: Mapping[str, Reach]) -> None:
        self.base, self.unit, self.needed, self.reaches = base, unit, needed, movable
        self.keys = list(movable)
        n, edition = len(self.keys), base.edition
        touched = {c.key for key in self.keys for c in edition.moved_by(key)}
        anchors = base.anchors[unit]
        self.criteria = [
            i
            for i, c in enumerate(edition.criteria)
            if c.key in touched and not any(np.isnan(anchors.levers[edition.lever_index[key]]) for key in c.rate)
        ]
        self.components = sorted({edition.component_index[edition.criteria[i].component] for i in self.criteria})
        self.moves, self.points = n, 2 * n
        self.sums = self.points + len(self.criteria)
        self.share = self.sums + len(self.components)
        self.size = self.share + 1
        self.rows: list[np.ndarray] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self._levers()
        self._criteria()
        self._components()

    def solved(self, kind: str) -> dict[str, Move] | None:
        """The moves of the best plan of a kind, ties broken by effort; None where the solver finds none."""
        effort = np.zeros(self.size)
        effort[: self.moves] = [r.effort * (1 if r.whole else 100) for r in self.reaches.values()]
        if kind == "least_effort":
            return self._moves(self._solve(effort))
        aim = np.zeros(self.size)
        aim[self.share if kind == "most_even" else slice(self.moves, self.points)] = 1
        first = self._solve(aim)
        if first is None:
            return None
        limit = float(aim @ first)
        limit = round(limit) + 0.5 if kind == "fewest_levers" else limit + _TINY
        return self._moves(
            self._solve(effort, (aim, limit)) if kind == "fewest_levers" else self._even(effort, aim, limit)
        )

    def _even(self, effort: np.ndarray, aim: np.ndarray, limit: float) -> np.ndarray | None:
        found = self._solve(effort, (aim, limit))
        return found if found is not None else self._solve(effort, (aim, limit * (1 + 1e-6)))

    def _row(self, terms: Mapping[int, float], low: float = -np.inf, high: float = np.inf) -> None:
        row = np.zeros(self.size)
        for column, value in terms.items():
            row[column] += value
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def _levers(self) -> None:
        for i, reach in enumerate(self.reaches.values()):
            moves = self.moves + i
            first, last = (reach.first, reach.last) if reach.whole else (0.0, reach.room)
            self._row({i: 1, moves: -last}, high=0)
            if first:
                self._row({i: 1, moves: -first}, low=0)
            self._row(self._moved(i, 1 / reach.room) | {self.share: -1}, high=0)

    def _moved(self, i: int, scale: float) -> dict[int, float]:
        """How far lever i moves for the better, as terms."""
        reach = self.reaches[self.keys[i]]
        if not reach.whole:
            return {i: scale}
        return {i: scale / reach.due, self.moves + i: scale * (reach.done / reach.due - reach.rate)}

    def _rate(self, key: str, scale: float) -> tuple[dict[int, float], float]:
        """A lever's rate times `scale`: its terms and its constant."""
        if key not in self.reaches:
            return {}, scale * float(self.base.anchors.levers[self.unit, self.base.edition.lever_index[key]])
        reach = self.reaches[key]
        sign = 1 if reach.lever.better == "higher" else -1
        return self._moved(self.keys.index(key), scale * sign), scale * reach.rate

    def _criteria(self) -> None:
        edition, slack = self.base.edition, self.base.anchors.slack[self.unit]
        for at, i in enumerate(self.criteria):
            c = edition.criteria[i]
            scale = 100 * c.max_points / c.target
            terms: dict[int, float] = {self.points + at: 1}
            constant = 0.0
            for key, share in c.rate.items():
                more, fixed = self._rate(key, -scale * share)
                terms = {k: terms.get(k, 0) + more.get(k, 0) for k in terms | more}
                constant += fixed
            self._row(terms, high=0.5 + EPSILON - constant)
            lever = edition.levers[edition.lever_index[c.key]] if c.key in edition.lever_index else None
            if lever is not None and lever.at_most is not None:
                limit, fixed = self._rate(lever.at_most, -scale)
                self._row(
                    {self.points + at: 1} | limit,
                    high=0.5 + EPSILON - fixed + scale * float(slack[edition.lever_index[c.key]]),
                )

    def _components(self) -> None:
        edition, anchors = self.base.edition, self.base.anchors[self.unit]
        still = float(anchors.held)
        before = self.base.standing.criteria[self.unit]
        for k in range(len(edition.components)):
            if k not in self.components:
                still += float(self.base.standing.components[self.unit, k])
                continue
            own = [
                at for at, i in enumerate(self.criteria) if edition.component_index[edition.criteria[i].component] == k
            ]
            earned = sum(float(before[self.criteria[at]]) for at in own)
            terms: dict[int, float] = {self.sums + self.components.index(k): 1}
            terms |= {self.points + at: -1 for at in own}
            self._row(terms, high=float(anchors.published[k]) - earned)
        self._row({self.sums + i: 1 for i in range(len(self.components))}, low=self.needed - still)

    def _solve(self, aim: np.ndarray, limit: tuple[np.ndarray, float] | None = None) -> np.ndarray | None:
        from scipy.optimize import Bounds, LinearConstraint, milp  # heavy, so only where it is used

        edition = self.base.edition
        low, high, whole = np.zeros(self.size), np.full(self.size, np.inf), np.zeros(self.size)
        for i, reach in enumerate(self.reaches.values()):
            high[i], whole[i] = (reach.last, 1) if reach.whole else (reach.room, 0)
        high[self.moves : self.points], whole[self.moves : self.points] = 1, 1
        for at, i in enumerate(self.criteria):
            low[self.points + at], high[self.points + at] = -1e6, 100 * edition.criteria[i].max_points
            whole[self.points + at] = 1
        for at, k in enumerate(self.components):
            low[self.sums + at], high[self.sums + at] = -1e6, edition.component_max[k]
        high[self.share] = 1
        rows, lows, highs = list(self.rows), list(self.low), list(self.high)
        if limit is not None:
            rows.append(limit[0])
            lows.append(-np.inf)
            highs.append(limit[1])
        found = milp(
            aim,
            integrality=whole,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(np.array(rows), lows, highs),
            options={"mip_rel_gap": 0.0},
        )
        return None if found.x is None else np.asarray(found.x)

    def _moves(self, found: np.ndarray | None) -> dict[str, Move] | None:
        """The levers that move, each continuous one brought exactly to where its criteria round up."""
        if found is None:
            return None
        exact = self._exact(found)
        moves = {}
        for i, (key, reach) in enumerate(self.reaches.items()):
            if reach.whole:
                more = round(found[i])
                if more:
                    moves[key] = Move(reach.rate, reach.at(more), more, reach.due, reach.done + more)
            elif abs(exact[key] - reach.rate) > _TINY:
                due = float(self.base.anchors.due[self.unit, self.base.edition.lever_index[key]])
                change = exact[key] - reach.rate
                things = (
                    None if np.isnan(due) else (ceil if change > 0 else floor)(change * due - np.sign(change) * 1e-6)
                )
                moves[key] = Move(reach.rate, exact[key], things)
        return moves

    def _exact(self, found: np.ndarray) -> dict[str, float]:
        """The least rates of the continuous levers that earn what the solver found each criterion to earn."""
        edition, slack = self.base.edition, self.base.anchors.slack[self.unit]
        rates = {}
        for i, (key, reach) in enumerate(self.reaches.items()):
            rates[key] = reach.at(round(found[i])) if reach.whole and found[i] > 0.5 else reach.rate
            if reach.lever.better == "lower" and not reach.whole and found[i] > _TINY:
                rates[key] = max(reach.high, reach.rate - float(found[i]))
        for at, i in reversed(list(enumerate(self.criteria))):  # an `at_most` lever stands before what it limits
            c = edition.criteria[i]
            need = c.target * (round(found[self.points + at]) - 0.5) / (100 * c.max_points)
            risers = [key for key, share in c.rate.items() if share > 0]
            others = sum(
                share * rates.get(key, float(self.base.anchors.levers[self.unit, edition.lever_index[key]]))
                for key, share in c.rate.items()
                if share < 0
            )
            for key in risers:
                self._raise(rates, key, need - others)
                limit = edition.levers[edition.lever_index[key]].at_most
                if limit is not None:
                    self._raise(rates, limit, need - float(slack[edition.lever_index[key]]))
        return rates

    def _raise(self, rates: dict[str, float], key: str, need: float) -> None:
        if key in self.reaches and not self.reaches[key].whole and rates[key] < need:
            rates[key] = min(need, self.reaches[key].high)
