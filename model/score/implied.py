"""Rates that published points imply: where what is known leaves one lever of a component, its points give its rate."""

from dataclasses import dataclass

import numpy as np

from model.rules.edition import Criterion, Edition
from model.rules.formulas import criterion_rates, earned, filled, least_rate, scales

_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Implied:
    """Rates of levers that points imply, nan where they imply none, and the interval that rounding leaves.

    Every array has shape (n, levers). `low` earns the points, as does every rate below `high`. Where `bound`, points
    sit at a cap: the rate may be anything from one end to the other, and `rate` is the one next to the cap. `by` is the
    component whose points tell it, −1 where none do.
    """

    rate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    bound: np.ndarray
    by: np.ndarray


def implied(edition: Edition, published: np.ndarray, levers: np.ndarray, reported: np.ndarray) -> Implied:
    """What component points (n, components) in hundredths imply beside levers (n, levers) and `reported` rates.

    Component after component: a rate that one of them implies may leave just one unknown in the next. Nothing is
    implied where two levers are unknown, or where no rate from 0 to 1 would earn the points.
    """
    rate, low, high = (np.full(levers.shape, np.nan) for _ in range(3))
    found = Implied(rate, low, high, np.zeros(levers.shape, dtype=bool), np.full(levers.shape, -1))
    known, slack = levers.copy(), np.zeros_like(levers)
    for k in range(len(edition.components)):
        members = np.flatnonzero(edition.membership[:, k])
        rates = criterion_rates(edition, known, reported, slack)
        points = earned(edition, rates)[:, members]
        alone = np.isnan(points).sum(axis=1) == 1
        left = published[:, k] - np.where(np.isnan(points), 0.0, points).sum(axis=1)
        for j, own in zip(members, points.T, strict=True):
            rows = np.flatnonzero(alone & np.isnan(own) & (left >= 0) & (left <= 100 * edition.max_points[j]))
            if rows.size:
                _imply(edition, edition.criteria[j], left, rows, known, found)
    return found


def _imply(
    edition: Edition, c: Criterion, left: np.ndarray, rows: np.ndarray, known: np.ndarray, found: Implied
) -> None:
    """Fill in the one unknown lever of a criterion that earns what is `left` (n,), for rows where there is just one."""
    full = 100 * c.max_points
    for key, share in c.rate.items():
        i, others = edition.lever_index[key], [edition.lever_index[k] for k in c.rate if k != key]
        at, scale = filled(edition, known), scales(edition, known)[:, edition.criterion_index[c.key]]
        one = rows[np.isnan(at[rows, i]) & ~np.isnan(at[rows][:, others]).any(axis=1) & (scale[rows] > 0)]
        form = np.delete(edition.form[edition.criterion_index[c.key]], i)
        points, rest = left[one], np.nan_to_num(np.delete(at[one], i, axis=1)) @ form
        low = np.where(points == 0, 0.0, least_rate(edition, c, points))
        high = np.where(points >= full, 1.0, np.minimum(least_rate(edition, c, points + 1), 1.0))
        centre = np.minimum(c.target * points / full, c.target)
        ends = np.sort([(low / scale[one] - rest) / share, (high / scale[one] - rest) / share], axis=0)
        rate = np.clip((centre / scale[one] - rest) / share, *np.clip(ends, 0.0, 1.0))
        fits = (ends[0] <= 1 + _TINY) & (ends[1] >= -_TINY)
        one, rate, ends, points = one[fits], rate[fits], np.clip(ends[:, fits], 0.0, 1.0), points[fits]
        known[one, i] = found.rate[one, i] = rate
        found.low[one, i], found.high[one, i] = ends
        found.bound[one, i] = (points >= full) & (c.target < 1)
        found.by[one, i] = edition.component_index[c.component]
