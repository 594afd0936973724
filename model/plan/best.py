"""The other way round: how high an effort takes a unit, and what more would bring; exact, by the same search."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.plan.moves import LeverRange
from model.plan.plan import Plan, outcome
from model.plan.search import Move, Search
from model.rules.formulas import place
from model.score.baseline import Baseline

_TINY = 1e-6  # of effort: below what anybody could state


@dataclass(frozen=True)
class Bend:
    """Where the curve bends: the effort, the score in hundredths, and the levers that the next effort takes up."""

    effort: float
    score: float
    levers: tuple[str, ...]


@dataclass(frozen=True)
class Best:
    """The best that an effort gives, and the curve: least efforts (k,) of scores in hundredths (k,), both rising."""

    plan: Plan
    efforts: np.ndarray
    scores: np.ndarray
    bends: tuple[Bend, ...]


def in_all(a_week: float, weeks: float) -> float:
    """The effort of so many weeks, by that of one; of less than a week, that of a whole one."""
    return a_week * max(1.0, weeks)


def best(
    base: Baseline, unit: int, effort: float, found: Mapping[str, LeverRange], peers: np.ndarray | None = None
) -> Best:
    """How high a unit gets for an effort, by levers that reach so far, among peers (n,), else as they stand."""
    peers = np.delete(base.standing.score, unit) if peers is None else peers
    now = float(base.standing.score[unit])
    top = float(outcome(base, unit, {key: reach.high for key, reach in found.items()}).score)
    gain = max(0, round(top - now))
    search = Search(base, unit, gain, {key: reach for key, reach in found.items() if reach.room > 0})
    costs = search.efforts()
    reached = int(np.flatnonzero(costs <= effort + _TINY)[-1])
    moves = (search.solved("least_effort", reached) or {}) if reached else {}
    score = float(outcome(base, unit, {key: move.after for key, move in moves.items()}).score)
    plan = Plan("best", float(costs[reached]), moves, score, float(place(np.array(score), peers)))
    last = np.flatnonzero(np.append(np.diff(costs) > 0, True) & (costs < np.inf))  # the most for each effort
    return Best(plan, costs[last], now + last, _bends(search, costs, last, now))


def _bends(search: Search, costs: np.ndarray, last: np.ndarray, now: float) -> tuple[Bend, ...]:
    """Where the best points for an effort bend and levers join that did not move before."""
    corners = _hull(costs[last], last.astype(float))
    used: set[str] = set()
    found = []
    for one, following in zip(corners, corners[1:], strict=False):
        moves: Mapping[str, Move] = search.solved("least_effort", int(last[following])) or {}
        joined = tuple(key for key in moves if key not in used)
        if joined:
            found.append(Bend(float(costs[last[one]]), now + float(last[one]), joined))
        used |= set(joined)
    return tuple(found)


def _hull(x: np.ndarray, y: np.ndarray) -> list[int]:
    """The places of the corners of the least concave line above points of rising x and y."""
    kept: list[int] = []
    for i in range(x.size):
        while len(kept) > 1:
            a, b = kept[-2], kept[-1]
            if (y[b] - y[a]) * (x[i] - x[b]) > (y[i] - y[b]) * (x[b] - x[a]):
                break
            kept.pop()
        kept.append(i)
    return kept
