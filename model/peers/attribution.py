"""What moved a rank, shared out exactly among our own components and every peer."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np

from model.peers.history import days_between, matched
from model.score.baseline import Baseline
from model.score.scenario import Scenario, standing
from model.words.problems import Problem

HELD = "held"
_GONE = -np.inf  # a peer without a score stands below everyone


@dataclass(frozen=True)
class RankChange:
    """What a rank's change is made of, in ranks: below 0 is for the better. All parts add up to after − before.

    own {component, or "held": part}. peers {code: part}: of those ranked at both dates `risen` past us and `fallen`
    behind us sum the parts above and below 0; `came` and `went` are the parts of peers ranked at only one of them.
    ties: how much of the change is owed to more or fewer peers sharing our score.
    """

    before: int
    after: int
    own: Mapping[str, Fraction]
    peers: Mapping[str, Fraction]
    risen: Fraction
    fallen: Fraction
    came: Fraction
    went: Fraction
    ties: Fraction

    @property
    def parts(self) -> tuple[Fraction, ...]:
        """Every part once, adding up to `after − before`."""
        return (*self.own.values(), self.risen, self.fallen, self.came, self.went, self.ties)


def between(earlier: Baseline, later: Baseline, unit: int) -> RankChange:
    """What moved the rank of a unit of the later table since the earlier one, units joined by their codes.

    Raises Problem where the two make no history (`history.days_between`) or rank the unit at only one of the dates.
    """
    days_between(earlier, later)
    was = int(matched(earlier, later)[unit])
    if was < 0 or np.isnan(earlier.rank[was]) or np.isnan(later.rank[unit]):
        raise Problem("movement_unranked", unit=later.league.names[unit])
    known = dict(zip(earlier.league.codes, earlier.standing.score, strict=True))
    now = dict(zip(later.league.codes, later.standing.score, strict=True))
    codes = tuple(code for code in {**now, **known} if code != later.league.codes[unit])
    return shared(
        _own(earlier, earlier.standing.components[was], was),
        _own(later, later.standing.components[unit], unit),
        codes,
        np.array([known.get(code, np.nan) for code in codes]),
        np.array([now.get(code, np.nan) for code in codes]),
    )


def under(base: Baseline, unit: int, scenario: Scenario, peers: np.ndarray | None = None) -> RankChange:
    """What moves the rank of a unit from the baseline to a scenario.

    Peers stand still, unless their scores in hundredths are given, (n − 1,), nan where missing. Raises Problem where
    the unit has no score, and as `scenario.resolved` does.
    """
    if np.isnan(base.rank[unit]):
        raise Problem("movement_unranked", unit=base.league.names[unit])
    before = np.delete(base.standing.score, unit)
    moved = standing(base, unit, scenario)
    return shared(
        _own(base, base.standing.components[unit], unit),
        _own(base, moved.components, unit),
        base.league.codes[:unit] + base.league.codes[unit + 1 :],
        before,
        before if peers is None else peers,
    )


def shared(
    own_before: Mapping[str, float],
    own_after: Mapping[str, float],
    codes: tuple[str, ...],
    peers_before: np.ndarray,
    peers_after: np.ndarray,
) -> RankChange:
    """The change of a rank shared out by Shapley's rule, exactly.

    The score is the sum of its parts in whole hundredths, {key: hundredths}; peers (n,), nan where not ranked. Rank is
    1 + above + tied / 2 − tied / 2: the middle of the places that the tied share, less what sharing the best of them
    is worth. The players, each going from before to after, are our own parts and the peers; each gets its average
    effect on above + tied / 2 over all orders in which they may go (Shapley, 1953). As that is a sum over peers, so is
    the average, and in each peer's own sum only we and that peer play a role: 2^(parts + 1) cases settle all orders.
    The tie part is the change of −tied / 2 itself.
    """
    keys = tuple(key for key in own_before if own_before[key] != own_after[key])
    was = np.where(np.isnan(peers_before), _GONE, peers_before)
    now = np.where(np.isnan(peers_after), _GONE, peers_after)
    some = np.arange(2 ** len(keys))
    chosen = some[:, None] >> np.arange(len(keys)) & 1
    steps = np.array([own_after[key] - own_before[key] for key in keys])
    scores = np.rint(sum(own_before.values()) + chosen @ steps)
    size, total = chosen.sum(axis=1), factorial(len(keys) + 1)
    weight = np.array([factorial(k) * factorial(len(keys) - k) for k in range(len(keys) + 1)], dtype=np.int64)
    halves = [np.sign(peers[None, :] - scores[:, None]).astype(np.int64) + 1 for peers in (was, now)]
    each = weight[size] @ (halves[1] - halves[0])
    still, gone = (side.sum(axis=1) for side in halves)
    own = dict.fromkeys(own_before, Fraction(0))
    for i, key in enumerate(keys):
        without = some[chosen[:, i] == 0]
        joined, k = without + 2**i, size[without]
        effect = weight[k] * (still[joined] - still[without]) + weight[k + 1] * (gone[joined] - gone[without])
        own[key] = Fraction(int(effect.sum()), 2 * total)
    above = [int((peers > score).sum()) for peers, score in ((was, scores[0]), (now, scores[-1]))]
    tied = [int((peers == score).sum()) for peers, score in ((was, scores[0]), (now, scores[-1]))]
    came, went = np.isnan(peers_before) & ~np.isnan(peers_after), ~np.isnan(peers_before) & np.isnan(peers_after)
    both = ~came & ~went
    groups = both & (each > 0), both & (each < 0), came, went
    risen, fallen, arrived, left = (Fraction(int(each[rows].sum()), 2 * total) for rows in groups)
    return RankChange(
        1 + above[0],
        1 + above[1],
        own,
        {codes[i]: Fraction(int(each[i]), 2 * total) for i in np.flatnonzero(each)},
        risen,
        fallen,
        arrived,
        left,
        Fraction(tied[0] - tied[1], 2),
    )


def _own(base: Baseline, components: np.ndarray, unit: int) -> dict[str, float]:
    """The parts of a unit's score, in hundredths; components that only a total is known to hold lie in what is held."""
    parts = {c.key: float(np.nan_to_num(components[k])) for k, c in enumerate(base.edition.components)}
    return parts | {HELD: float(base.anchors.held[unit])}
