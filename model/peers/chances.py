"""The chance of a rank: exact, with peers and our own score uncertain and independent of one another.

The number of peers above a score is a sum of independent yes-or-no draws, one to a peer: Poisson's binomial
distribution. Nothing is sampled; what is left out weighs less than 1e-9 in all. An uncertain score of our own is
summed over: over every h-th hundredth where the sum is so smooth that a bound on it proves the rest to be nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from model.peers.probability import (
    NOTHING,
    bernstein,
    normal_sf,
    poisson_binomial,
    poisson_binomial_by_kind,
    poisson_binomial_mixed,
)
from model.rules.edition import Edition
from model.words.problems import Problem

INTERVAL = (0.05, 0.95)  # the quantiles between which a rank is said to lie
_TINY = 1e-9  # by which a sum of probabilities may fall short of a wanted one
_REACH, _END = 6.6, 9.0  # standard deviations beyond which lies 4e-11 of a normal distribution, and less than 1e-18
_CELLS = 2**14  # numbers worked on at once, so that they stay in the cache
_KINDS = 16  # kinds of peers up to which sums over many peers are correlations
_MANY, _AT_ONCE = 2**15, 2**22  # numbers from which they are, and how many of them are worked on at once
_GRADED = 36  # steps from the ends of all scores within which the sum's step is graded
_FEW = 256  # peers up to which distributions are best added up on the whole circle
_SHORT = 23.0  # −log of what a sum over every h-th hundredth may be off by, 1e-10
_SIDEWAYS = np.geomspace(0.25, 3.5, 24)  # of the smallest spread: how far from the real line a bound is sought
_GROWN = np.trapezoid(np.exp(np.linspace(0, _SIDEWAYS, 65) ** 2 / 2), axis=0) * _SIDEWAYS / 64


@dataclass(frozen=True, eq=False)
class Forecast:
    """What scores are expected to be; every array has shape (n,), or () for one unit.

    expected: whole hundredths, nan where missing. spread: points, the standard deviation of a normal distribution,
    0 for certain. down, up: chances of a jump by `jump` hundredths, beside the spread.
    """

    expected: np.ndarray
    spread: np.ndarray
    down: np.ndarray
    up: np.ndarray
    jump: float

    @classmethod
    def of(
        cls,
        expected: np.ndarray | float,
        spread: np.ndarray | float = 0.0,
        down: np.ndarray | float = 0.0,
        up: np.ndarray | float = 0.0,
        jump: float = 0.0,
    ) -> "Forecast":
        """The forecast of these scores, single figures being everyone's; raises Problem where they are no chances."""
        parts = (np.asarray(part, dtype=float) for part in (expected, spread, down, up))
        scores, spreads, downs, ups = np.broadcast_arrays(*parts)
        if not (np.all(spreads >= 0) and np.all(downs >= 0) and np.all(ups >= 0) and np.all(downs + ups <= 1 + _TINY)):
            raise Problem("chance_forecast")
        return cls(scores, spreads, downs, ups, jump)

    def __getitem__(self, rows: "int | slice | np.ndarray | tuple[slice, int | np.ndarray]") -> "Forecast":
        return Forecast(self.expected[rows], self.spread[rows], self.down[rows], self.up[rows], self.jump)

    def without(self, unit: int) -> "Forecast":
        """Everyone's but one unit's."""
        return self[np.arange(self.expected.size) != unit]

    @property
    def moves(self) -> tuple[tuple[float, np.ndarray], ...]:
        """(hundredths moved, chance) of staying, falling and rising."""
        return (0.0, 1 - self.down - self.up), (-self.jump, self.down), (self.jump, self.up)

    @property
    def places(self) -> list[float]:
        """The hundredths moved that have a chance."""
        return [moved for moved, share in self.moves if share.any()]


@dataclass(frozen=True, eq=False)
class Chances:
    """The distribution of a rank: `pmf` (n,) over ranks 1 to n."""

    pmf: np.ndarray

    @cached_property
    def cumulative(self) -> np.ndarray:
        """P(rank ≤ 1), …, P(rank ≤ n), shape (n,)."""
        found: np.ndarray = np.minimum(np.cumsum(self.pmf), 1.0)
        found[-1] = 1.0
        return found

    @property
    def most_likely(self) -> int:
        """The likeliest rank, the better of equals."""
        return 1 + int(np.argmax(self.pmf))

    def at_most(self, rank: int) -> float:
        """P(rank ≤ that); 0 below rank 1, 1 from rank n on."""
        return 0.0 if rank < 1 else float(self.cumulative[min(rank, self.pmf.size) - 1])

    def quantile(self, share: float) -> int:
        """The smallest rank with P(≤ rank) ≥ share, to within 1e-9."""
        return min(1 + int(np.searchsorted(self.cumulative, share - _TINY)), self.pmf.size)

    @property
    def interval(self) -> tuple[int, int]:
        """The 5 % and the 95 % quantile: at least 90 % lie from one to the other."""
        return self.quantile(INTERVAL[0]), self.quantile(INTERVAL[1])


def rank_chances(edition: Edition, peers: Forecast, own: Forecast) -> Chances:
    """The distribution of the rank of one unit, `own` of shape (), among peers (n,); those without a score don't count.

    Rank = 1 + peers strictly above (competition, the edition's `ties`). Scores are rounded half up to hundredths and
    kept within 0 to 100 points, the mass beyond going to the ends; a unit that a held difference already puts outside
    stays where it is. Raises Problem where our own score is missing, or for another rule of ties.
    """
    if np.isnan(own.expected):
        raise Problem("chance_no_score")
    field = _Field(edition, peers)
    scores, weights = field.own_scores(own, field.step(own))
    pmf = np.zeros(field.size + 1)
    for rows in field.blocks(scores):
        pmf += field.mixed(scores[rows], weights[rows])
    return Chances(pmf / pmf.sum())


def scores_for(
    edition: Edition,
    peers: Forecast,
    ranks: Sequence[int],
    probabilities: Sequence[float],
    own: Forecast | None = None,
) -> dict[int, dict[float, float | None]]:
    """{rank: {probability: the lowest own score in hundredths with P(≤ rank) ≥ probability}}.

    None where even the highest score does not give it. Our score is certain, or as uncertain around the one sought as
    `own` is around its own. The more points, the better the chance, so halving finds it; the answer and the score
    0.01 below are both computed. Raises Problem for a rank beyond the league's or a probability outside (0, 1].
    """
    field = _Field(edition, peers)
    for rank in ranks:
        if not 1 <= rank <= field.size + 1:
            raise Problem("plan_rank", value=rank, most=field.size + 1)
    for probability in probabilities:
        if not 0 < probability <= 1:
            raise Problem("chance_probability", value=probability)
    curve = _Curve(field, np.asarray(ranks, dtype=int), own or Forecast.of(0.0))
    return {rank: {p: curve.lowest(i, p) for p in probabilities} for i, rank in enumerate(ranks)}


def score_for(
    edition: Edition, peers: Forecast, rank: int, probability: float, own: Forecast | None = None
) -> float | None:
    """The one answer of `scores_for`: hundredths, or None where out of reach."""
    return scores_for(edition, peers, (rank,), (probability,), own)[rank][probability]


def needed_for(edition: Edition, peers: Forecast, rank: int, probability: float, own: Forecast | None = None) -> float:
    """The hundredths that `plan.answer` takes as needed for a rank with a probability, as `score_for` finds them.

    Raises Problem where no score up to the edition's total is enough.
    """
    found = score_for(edition, peers, rank, probability, own)
    if found is None:
        raise Problem(
            "chance_out_of_reach", rank=rank, probability=f"{100 * probability:g}", total=f"{edition.total:g}"
        )
    return found


class _Field:
    """Peers that have a score, sorted by the shape of their uncertainty, ready for any own score."""

    def __init__(self, edition: Edition, peers: Forecast) -> None:
        if edition.ties != "competition":
            raise Problem("chance_ties", value=edition.ties)
        known = peers[~np.isnan(peers.expected)]
        self.peers, self.size, self.total = known, known.expected.size, 100 * edition.total
        kind = np.zeros(self.size, dtype=np.intp)
        for part in (known.spread, known.down, known.up):
            if self.size and (part == part[0]).all():
                continue
            values, at = np.unique(part, return_inverse=True)
            kind = kind * values.size + at
        _, first, self.kind = np.unique(kind, return_index=True, return_inverse=True)
        self.tables = np.zeros((0, 0))  # the chance of standing above, by kind and hundredths from expected to score
        if 0 < first.size <= _KINDS and known.jump % 1 == 0:
            self.best = known.expected.max()
            gaps = np.arange(-self.best, self.total - known.expected.min())
            beyond = {spread: _noise(spread) for spread in set(known.spread[first].tolist())}
            self.tables = np.stack([_table(known[i], beyond[float(known.spread[i])], gaps) for i in first])

    def above(self, scores: np.ndarray) -> np.ndarray:
        """P(a peer stands above a score in hundredths), shape (scores, peers)."""
        inside = (scores >= 0) & (scores < self.total)
        if not inside.all():
            found = np.empty((scores.size, self.size))
            found[inside] = self.above(scores[inside])
            beyond = scores[~inside, None]
            ends = np.minimum(self.peers.expected, 0), np.maximum(self.peers.expected, self.total)
            above = exceeds(self.peers, beyond - self.peers.expected)
            found[~inside] = np.where(beyond < ends[0], 1.0, np.where(beyond >= ends[1], 0.0, above))
            return found
        if not self.tables.size:
            return exceeds(self.peers, scores[:, None] - self.peers.expected)
        first = (self.kind * self.tables.shape[1] + self.best - self.peers.expected).astype(np.intp)
        chances: np.ndarray = self.tables.ravel().take(scores.astype(np.intp)[:, None] + first)
        return chances

    def ranks(self, scores: np.ndarray) -> np.ndarray:
        """How many peers stand above each score in hundredths: their distributions (scores, peers + 1)."""
        inside = (scores >= 0) & (scores < self.total)
        if not self._many(scores) or not inside.all():
            return poisson_binomial(self.above(scores))
        return self.by_kind(scores)

    def by_kind(self, scores: np.ndarray) -> np.ndarray:
        """The same of scores within 0 to 100 points, where kinds are few: by what all peers of a kind add up to."""
        places = (self.best - self.peers.expected).astype(np.intp)
        counted = np.zeros((len(self.tables), places.max() + 1))
        np.add.at(counted, (self.kind, places), 1.0)
        low, high = int(scores.min()), int(scores.max())
        tables = self.tables[:, low : high + counted.shape[1]]
        return poisson_binomial_by_kind(tables, counted, scores.astype(np.intp) - low)

    def _many(self, scores: np.ndarray) -> bool:
        return bool(self.tables.size) and self.size > _FEW and scores.size * self.size > _MANY

    def mixed(self, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """The same distributions, weighted and added up: shape (peers + 1,)."""
        if scores.size > 1 and self.size <= _FEW:
            return poisson_binomial_mixed(self.above(scores), weights)
        found: np.ndarray = np.einsum("s,sr->r", weights, self.ranks(scores))
        return found

    def blocks(self, scores: np.ndarray) -> list[np.ndarray]:
        """The rows of scores that are worked on at once."""
        inside = (scores >= 0) & (scores < self.total)
        sizes = (_CELLS, _AT_ONCE if self._many(scores) else _CELLS)
        found: list[np.ndarray] = []
        for rows, size in zip((np.flatnonzero(~inside), np.flatnonzero(inside)), sizes, strict=True):
            step = max(1, size // max(1, self.size))
            found += [rows[i : i + step] for i in range(0, rows.size, step)]
        return found

    def own_scores(self, own: Forecast, step: int) -> tuple[np.ndarray, np.ndarray]:
        """The scores in hundredths to sum over, (g,), of those that a unit may have, and their weights, adding to 1."""
        half = float(np.ceil(_REACH * 100 * own.spread)) + 1 if own.spread > 0 else 0.0
        low, high = min(0.0, float(own.expected)), max(self.total, float(own.expected))
        ends = [np.clip((own.expected + moved - half, own.expected + moved + half), low, high) for moved in own.places]
        if self.within(own, half + _GRADED * step):
            spans = [np.arange(step * np.ceil(start / step), stop + 1, step) for start, stop in ends]
        else:
            spans = [np.arange(start, stop + 1) for start, stop in ends]
        scores = np.unique(np.concatenate(spans))
        times = _thinned(scores, step, self.total)
        scores, times = scores[times > 0], times[times > 0]
        both = np.stack([scores - 1, scores])
        beyond = np.where(both < low, 1.0, np.where(both >= high, 0.0, _looked_up(own, both)))
        weights = times * (beyond[0] - beyond[1])
        kept = weights > NOTHING
        return scores[kept], weights[kept] / weights[kept].sum()

    def within(self, own: Forecast, margin: float) -> bool:
        """Whether all that our score may be expected to become stands so far from 0 and from 100 points."""
        return all(margin < own.expected + moved < self.total - margin for moved in own.places)

    def step(self, own: Forecast, anywhere: bool = False) -> int:
        """The h for which a sum over every h-th hundredth of our score is as good as that over every one, h ≥ 1.

        By Poisson's summation both differ from the integral by at most 2 A / (exp(2πc / h) − 1) for any c, where A
        bounds the integral of the terms' absolute value, taken c off the real line (Trefethen and Weideman, 2014).
        Our density grows there by exp(c² / 2σ²) at most. A peer's chance p moves by δ = density × ∫ exp(y² / 2σ²) dy
        from 0 to c at most, so that a product of 1 + p (z − 1) over peers, |z − 1| = u, stays below
        exp(u Σδ − u² Σp(1 − p) / 2), as √(1 − x) ≤ 1 − x / 2 and log x ≤ x − 1; u ≤ 2. Every coefficient of the
        product, the chance of a rank, stays below its largest absolute value. The integral is a sum itself, over one
        spread after the other, with densities taken a fifth too high; the ends' grading (`_thinned`) takes the rest.
        """
        least = 100 * float(min(own.spread, self.peers.spread.min(initial=np.inf)))
        if least < 2:
            return 1
        if anywhere:
            scores = np.arange(0, self.total, min(least, self.total / 4)).round()
            weights = np.ones(scores.size)
        else:
            at = least * np.arange(-9, 10)
            scores = np.concatenate([own.expected + moved + at for moved, _ in own.moves]).round()
            density = np.exp(-0.5 * (at / (100 * own.spread)) ** 2) * least / (100 * float(own.spread))
            weights = np.concatenate([share * density for _, share in own.moves])
            scores, weights = scores.clip(0, self.total - 2)[weights > 0], weights[weights > 0]
        chance = self.above(scores)
        variance = np.maximum((chance * (1 - chance)).sum(axis=1), NOTHING)[:, None]
        density = 1.2 * (chance - self.above(scores + 1)).sum(axis=1)
        moved = least * _GROWN * density[:, None]
        rise = np.where(moved <= 2 * variance, moved**2 / (2 * variance), 2 * moved - 2 * variance)
        size = np.log(weights @ np.exp(np.minimum(rise, 500.0)))
        short = size + _SIDEWAYS**2 / 2 + _SHORT + np.log(2)
        plain = int((least * _SIDEWAYS * 2 * np.pi / short).max())
        if plain <= 1 or not anywhere and self.within(own, 100 * _REACH * float(own.spread) + 2 + _GRADED * plain):
            return max(1, plain)
        short = np.minimum(short + np.log(10), 8 * np.pi**2)
        turns = 4 * (2 * np.pi - np.sqrt(4 * np.pi**2 - short / 2))  # c / h: 2πc / h − c² / 8h² makes up for it
        return max(1, int((least * _SIDEWAYS / turns).max(where=short < 8 * np.pi**2, initial=1.0)))


class _Curve:
    """P(at most so many peers stand above), by our score in whole hundredths, computed where it is asked for."""

    def __init__(self, field: _Field, ranks: np.ndarray, own: Forecast) -> None:
        self.field, self.ranks, self.own = field, ranks, own
        self.step = field.step(own, anywhere=True)
        self.known = np.full((int(field.total) + 1, ranks.size), np.nan)
        self._settle()

    def _settle(self) -> None:
        """What Bernstein's inequality knows to within 1e-16, and the rest where sums over it are asked for."""
        scores = np.arange(0.0, self.field.total, 64.0)
        chance = self.field.above(scores)
        mean, reach = chance.sum(axis=1), bernstein((chance * (1 - chance)).sum(axis=1))
        for i, rank in enumerate(self.ranks):
            safe, lost = scores[rank - mean >= reach], scores[mean - (rank - 1) >= reach]
            if lost.size:
                self.known[: int(lost[-1]) + 1, i] = 0.0
            if safe.size:
                self.known[int(safe[0]) :, i] = 1.0
        unknown = np.flatnonzero(np.isnan(self.known).any(axis=1))
        if self.own.spread > 0 and unknown.size:
            self._fill(unknown[_thinned(unknown.astype(float), self.step, self.field.total) > 0])

    def _fill(self, new: np.ndarray) -> None:
        for part in self.field.blocks(new.astype(float)):
            cumulative = np.cumsum(self.field.ranks(new[part].astype(float)), axis=1)
            self.known[new[part]] = cumulative[:, np.minimum(self.ranks - 1, self.field.size)]

    def at(self, i: int, expected: float) -> float:
        """P(rank ≤ ranks[i]) with our score expected there."""
        own = Forecast.of(expected, self.own.spread, self.own.down, self.own.up, self.own.jump)
        scores, weights = self.field.own_scores(own, self.step)
        rows = scores.astype(np.intp)
        self._fill(rows[np.isnan(self.known[rows, i])])
        return float(weights @ self.known[rows, i])

    def lowest(self, i: int, probability: float) -> float | None:
        """The lowest expected score in hundredths that gives P(rank ≤ ranks[i]) ≥ probability; None if none does."""
        short, enough = -1, int(self.field.total)
        if self.at(i, enough) < probability - _TINY:
            return None
        while enough - short > 1:
            middle = (short + enough) // 2
            if self.at(i, middle) < probability - _TINY:
                short = middle
            else:
                enough = middle
        return float(enough)


def _beyond(spread: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """P(a rounded normal of this spread in points > gap in hundredths)."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):  # next to no spread is as good as none
        found: np.ndarray = np.where(spread > 0, normal_sf((gap + 0.5) / (100 * spread)), gap < 0)
    return found


def exceeds(one: Forecast, gap: np.ndarray) -> np.ndarray:
    """P(score > s), by the hundredths `gap` (..., n) from expected scores to s; the ends not yet heeded."""
    found = np.zeros(gap.shape)
    for moved, share in one.moves:
        if share.any():
            found += share * _beyond(one.spread, gap - moved)
    return found


@lru_cache(maxsize=32)
def _noise(spread: float) -> np.ndarray:
    """P(a rounded normal of this spread in points > gap), for the hundredths around 0 where it is not for sure."""
    half = np.ceil(100 * _END * spread) + 1
    found = _beyond(np.asarray(spread), np.arange(-half, half + 1))
    found.setflags(write=False)
    return found


def _looked_up(own: Forecast, scores: np.ndarray) -> np.ndarray:
    """P(our own score > s) by the same, of any shape."""
    beyond, found = _noise(float(own.spread)), np.zeros(scores.shape)
    for moved, share in own.moves:
        if share > 0:
            at = scores - float(own.expected) - moved + beyond.size // 2
            found += share * beyond.take(at.astype(np.intp), mode="clip")
    return found


def _table(one: Forecast, beyond: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """P(score > s) of one unit for all gaps of a line, (gaps,), by its `_noise`."""
    found = np.zeros(gaps.size)
    for moved, share in one.moves:
        if share > 0:
            first = int(moved - beyond.size // 2 - gaps[0])
            start, stop = np.clip((first, first + beyond.size), 0, gaps.size)
            found[:start] += share
            found[start:stop] += share * beyond[start - first : stop - first]
    return found


def _thinned(scores: np.ndarray, step: int, total: float) -> np.ndarray:
    """How often to take each whole hundredth, (g,), in a sum over every step-th: 0 or step, but for the ends.

    Where clipped scores end a sum, it goes over from a step to the double one by a smooth share, the chance of a normal
    distribution with a spread of twice the step, and over all hundredths at the end itself; beyond it all are taken.
    """
    inside = np.minimum(scores, total - scores)
    if step == 1 or inside.min() > _GRADED * step:
        return np.where(scores % step == 0, float(step), 0.0)
    steps = [1]
    while steps[-1] < step:
        steps.append(min(2 * steps[-1], step))
    found, before = np.zeros(scores.size), np.ones(scores.size)
    for this, next_ in zip(steps, [*steps[1:], 0], strict=True):
        after = np.zeros(scores.size)
        if next_:
            wide = 2.0 * next_
            after = normal_sf(_END - scores / wide) * normal_sf(_END - (total - scores) / wide)
        found += np.where(scores % this == 0, this * (before - after), 0.0)
        before = after
    found[(inside <= 0)] = 1.0
    return found
