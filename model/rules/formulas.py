"""The road from rates to ranks: pure functions over arrays of any leading shape.

Sources of the formulas: shared facts on Index 766, recomputed from the portal's published figures. Points are whole
hundredths from the rounding on, so that sums and ties are exact.
"""

import numpy as np

from model.rules.edition import Band, Edition

EPSILON = 1e-9  # lets 0.374999… count as the 0.375 that it is; part of the rule, the same in every language


def criterion_rates(edition: Edition, levers: np.ndarray, reported: np.ndarray, slack: np.ndarray) -> np.ndarray:
    """Rates of the criteria in [0, 1], shape (..., criteria); nan where not reported.

    A criterion's rate is its linear form of `levers` (..., levers); where a lever of it is unknown (nan), its own
    `reported` rate (..., criteria). A lever with `at_most` is first held to that lever plus `slack` (..., levers), by
    which the published figures already exceed it.
    """
    held = levers.copy()
    for i, lever in enumerate(edition.levers):
        if lever.at_most is not None:
            held[..., i] = _lower(levers[..., i], levers[..., edition.lever_index[lever.at_most]] + slack[..., i])
    unknown = np.isnan(held)
    formed = np.where(unknown, 0.0, held) @ edition.form.T
    incomplete = unknown.astype(float) @ np.abs(edition.form.T) > 0
    rates: np.ndarray = np.clip(np.where(incomplete, reported, formed), 0.0, 1.0)
    return rates


def points(edition: Edition, rates: np.ndarray) -> np.ndarray:
    """Points each criterion earns before rounding, `max_points * min(1, rate / target)`, shape (..., criteria)."""
    earned: np.ndarray = edition.max_points * np.minimum(1.0, rates / edition.target)
    return earned


def hundredths(value: np.ndarray) -> np.ndarray:
    """Points rounded half up to whole hundredths; nan stays nan."""
    return np.floor(100 * value + 0.5 + EPSILON)


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
