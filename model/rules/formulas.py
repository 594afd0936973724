"""The road from rates to ranks: pure functions over arrays of any leading shape.

Sources of the formulas: shared facts on Index 766, recomputed from the portal's published figures. Points are whole
hundredths from the rounding on, so that sums and ties are exact.
"""

import numpy as np

from model.rules.edition import Band, Criterion, Edition

EPSILON = 1e-9  # of the rule "points": lets 0.374999… count as the 0.375 that it is; the same in every language
_SPLIT = 2.0**27 + 1  # halves the digits of a double


def criterion_rates(edition: Edition, levers: np.ndarray, reported: np.ndarray, slack: np.ndarray) -> np.ndarray:
    """Rates of the criteria in [0, 1], shape (..., criteria); nan where not reported.

    A criterion's rate is its linear form of `levers` (..., levers); where a lever of it is unknown (nan) or where there
    is none, its own `reported` rate (..., criteria). A lever with `at_most` is first held to that lever plus `slack`
    (..., levers), by which the published figures already exceed it. What a criterion is `scaled_by` multiplies its
    rate.
    """
    held = filled(edition, levers)
    for i, lever in enumerate(edition.levers):
        if lever.at_most is not None:
            held[..., i] = _lower(levers[..., i], levers[..., edition.lever_index[lever.at_most]] + slack[..., i])
    unknown = np.isnan(held)
    formed = np.where(unknown, 0.0, held) @ edition.form.T
    incomplete = (unknown.astype(float) @ np.abs(edition.form.T) > 0) | edition.leverless
    if not np.isnan(edition.when_unknown).all():
        guessed = np.isnan(levers).astype(float) @ np.abs(edition.form.T) > 0
        incomplete |= guessed & ~np.isnan(reported)
    rates: np.ndarray = np.clip(np.where(incomplete, reported, formed), 0.0, 1.0) * scales(edition, held)
    return rates


def filled(edition: Edition, levers: np.ndarray) -> np.ndarray:
    """Levers (..., levers) with what the edition takes an unknown one for; a copy."""
    found: np.ndarray = np.where(np.isnan(levers), edition.when_unknown, levers)
    return found


def scales(edition: Edition, levers: np.ndarray) -> np.ndarray:
    """What each criterion's rate is multiplied by, 1 for nearly all, shape (..., criteria); nan where unknown."""
    own = np.where(edition.scale < 0, np.nan, levers[..., edition.scale])
    found: np.ndarray = np.where(np.isnan(own), edition.unknown_scale, np.clip(own, 0.0, 1.0))
    return found


def points(edition: Edition, rates: np.ndarray) -> np.ndarray:
    """Points each criterion earns before rounding, `max_points * min(1, rate / target)`, shape (..., criteria)."""
    earned: np.ndarray = edition.max_points * np.minimum(1.0, rates / edition.target)
    return earned


def hundredths(value: np.ndarray) -> np.ndarray:
    """Points rounded half up to whole hundredths; nan stays nan."""
    return np.floor(100 * value + 0.5 + EPSILON)


def half_up(value: np.ndarray) -> np.ndarray:
    """Whole hundredths of doubles of 0 or more, rounded half up on their exact binary value; nan stays nan.

    As JavaScript's toFixed(2) does. 100 × value is taken as a sum of two doubles without error (Dekker, 1971).
    """
    product = 100 * value
    scaled = _SPLIT * value
    high = scaled - (scaled - value)
    error = (100 * high - product) + 100 * (value - high)
    whole = np.floor(product)
    beyond = product - whole - 0.5
    rounded: np.ndarray = np.where((beyond > 0) | ((beyond == 0) & (error >= 0)), whole + 1, whole)
    return rounded


def earned(edition: Edition, rates: np.ndarray) -> np.ndarray:
    """Points each criterion earns in whole hundredths, by its component's rule of rounding, shape (..., criteria).

    By the rule "percent" the rate is rounded to 2 decimals of a per cent first: p × max_points / (100 × target), in
    this order of operations, cut at the maximum.
    """
    percent = half_up(100 * rates) / 100
    by_percent = np.minimum(percent * edition.max_points / (100 * edition.target), edition.max_points)
    found: np.ndarray = np.where(edition.by_percent, half_up(by_percent), hundredths(points(edition, rates)))
    return found


def least_rate(edition: Edition, c: Criterion, wanted: np.ndarray) -> np.ndarray:
    """The lowest rate at which a criterion earns so many hundredths (h,), above 0; past its ends where none does."""
    rate: np.ndarray = c.target * (wanted - 0.5) / (100 * c.max_points)
    if not edition.by_percent[edition.criterion_index[c.key]]:
        return rate
    steps = np.floor(10_000 * rate)[:, None] + np.arange(-1, 3)  # of a hundredth of a per cent
    points = np.minimum(steps / 100 * c.max_points / (100 * c.target), c.max_points)
    least: np.ndarray = steps[:, 0] + np.argmax(half_up(np.maximum(points, 0)) >= wanted[:, None], axis=1)
    return (least - 0.5) / 10_000


def component_sums(edition: Edition, criteria: np.ndarray) -> np.ndarray:
    """What the reported criteria add up to in each component, shape (..., components)."""
    sums: np.ndarray = np.where(np.isnan(criteria), 0.0, criteria) @ edition.membership
    return sums


def anchored(edition: Edition, published: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Components moved from where they were published by what the model moves, kept within [0, max].

    All in hundredths, shape (..., components). `before` and `after` are the model's sums at the baseline and in the
    scenario; `published` is nan where a component is known neither from print nor in full from its criteria.
    """
    moved: np.ndarray = np.clip(published + (after - before), 0.0, edition.component_max)
    return moved


def ranks(scores: np.ndarray) -> np.ndarray:
    """Competition ranks of scores (n,), 1 for the highest, ties sharing the better; nan where the score is missing."""
    known = np.sort(scores[~np.isnan(scores)])
    above = known.size - np.searchsorted(known, scores, side="right")
    return np.where(np.isnan(scores), np.nan, 1.0 + above)


def place(scores: np.ndarray, peers: np.ndarray) -> np.ndarray:
    """The rank that scores of any shape would take among fixed peers (n,), missing peers left out."""
    known = np.sort(peers[~np.isnan(peers)])
    return np.where(np.isnan(scores), np.nan, 1.0 + known.size - np.searchsorted(known, scores, side="right"))


def band(edition: Edition, score: float) -> Band | None:
    """The band of a score in hundredths; None where it is missing."""
    if np.isnan(score):
        return None
    return next((b for b in edition.bands if score >= 100 * b.from_score), edition.bands[-1])


def _lower(value: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """The lower of the two; the value where the limit is unknown."""
    return np.where(value > limit, limit, value)
