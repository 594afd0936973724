"""The chance of a rank: exact, with peers and our own score uncertain and independent of one another.

The number of peers above a score is a sum of independent yes-or-no draws, one to a peer: Poisson's binomial
distribution. Nothing is sampled; what is left out weighs less than 1e-12 in all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.peers.draws import NOTHING, counts
from model.peers.normal import tail
from model.rules.edition import Edition
from model.words.problems import Problem

INTERVAL = (0.05, 0.95)  # the quantiles between which a rank is said to lie
_TINY = 1e-12  # by which a sum of probabilities may fall short of a wanted one
_REACH = 8.5  # standard deviations beyond which lies less than that
_CELLS = 2**16  # numbers worked on at once, so that they stay in the cache


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

    def __getitem__(self, rows: "int | slice | np.ndarray") -> "Forecast":
        return Forecast(self.expected[rows], self.spread[rows], self.down[rows], self.up[rows], self.jump)

    def without(self, unit: int) -> "Forecast":
        """Everyone's but one unit's."""
        return self[np.arange(self.expected.size) != unit]

    @property
    def moves(self) -> tuple[tuple[float, np.ndarray], ...]:
        """(hundredths moved, chance) of staying, falling and rising."""
        return (0.0, 1 - self.down - self.up), (-self.jump, self.down), (self.jump, self.up)


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
        """The smallest rank with P(≤ rank) ≥ share, to within 1e-12."""
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
    scores, weights = _grid(own, field.total)
    pmf = np.zeros(field.size + 1)
    for rows in field.blocks(scores.size):
        pmf += weights[rows] @ counts(field.above(scores[rows]))
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
            values, at = np.unique(part, return_inverse=True)
            kind = kind * values.size + at
        self.kinds = [np.flatnonzero(kind == k) for k in np.unique(kind)]

    def above(self, scores: np.ndarray) -> np.ndarray:
        """P(a peer stands above a score in hundredths), shape (scores, peers)."""
        found = np.empty((scores.size, self.size))
        for members in self.kinds:
            gap = scores[:, None] - self.peers.expected[members]
            first, last = gap.min(), gap.max()
            one = self.peers[members[0]]
            if last - first < gap.size:  # every difference once
                table = _exceeds(one, np.arange(first, last + 1))
                found[:, members] = table[(gap - first).astype(np.intp)]
            else:
                found[:, members] = _exceeds(one, gap)
        for i in np.flatnonzero((scores < 0) | (scores >= self.total)):
            ends = np.minimum(self.peers.expected, 0), np.maximum(self.peers.expected, self.total)
            found[i] = np.where(scores[i] < ends[0], 1.0, np.where(scores[i] >= ends[1], 0.0, found[i]))
        return found

    def blocks(self, scores: int) -> Iterator[slice]:
        """So many scores, in slices that are worked on at once."""
        step = max(1, _CELLS // max(1, self.size))
        return (slice(i, i + step) for i in range(0, scores, step))


class _Curve:
    """P(at most so many peers stand above), by our score in whole hundredths, computed where it is asked for."""

    def __init__(self, field: _Field, ranks: np.ndarray, own: Forecast) -> None:
        self.field, self.ranks, self.own = field, ranks, own
        self.known = np.full((int(field.total) + 1, ranks.size), np.nan)

    def at(self, i: int, expected: float) -> float:
        """P(rank ≤ ranks[i]) with our score expected there."""
        scores, weights = _grid(
            Forecast.of(expected, self.own.spread, self.own.down, self.own.up, self.own.jump), self.field.total
        )
        rows = scores.astype(np.intp)
        new = rows[np.isnan(self.known[rows, i])]
        for part in self.field.blocks(new.size):
            cumulative = np.cumsum(counts(self.field.above(new[part].astype(float))), axis=1)
            self.known[new[part]] = cumulative[:, np.minimum(self.ranks - 1, self.field.size)]
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


def _exceeds(one: Forecast, gap: np.ndarray) -> np.ndarray:
    """P(score > s) of one unit, by the hundredths `gap` from its expected score to s; the ends not yet heeded."""
    found = np.zeros(gap.shape)
    with np.errstate(over="ignore"):  # a spread next to nothing: as good as certain
        for moved, share in one.moves:
            if share > 0:
                beyond = gap - moved
                found += share * (tail((beyond + 0.5) / (100 * one.spread)) if one.spread > 0 else beyond < 0)
    return found


def _grid(own: Forecast, total: float) -> tuple[np.ndarray, np.ndarray]:
    """The scores in hundredths that a unit may have, (g,), and their probabilities, (g,), adding up to 1."""
    half = float(np.ceil(_REACH * 100 * own.spread)) + 1 if own.spread > 0 else 0.0
    low, high = min(0.0, float(own.expected)), max(total, float(own.expected))
    spans = [own.expected + moved + np.arange(-half, half + 1) for moved, share in own.moves if share > 0]
    scores = np.unique(np.clip(np.concatenate(spans), low, high))
    beyond = [
        np.where(s < low, 1.0, np.where(s >= high, 0.0, _exceeds(own, s - own.expected))) for s in (scores - 1, scores)
    ]
    weights = beyond[0] - beyond[1]
    kept = weights > NOTHING
    return scores[kept], weights[kept] / weights[kept].sum()
