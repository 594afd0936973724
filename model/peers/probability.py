"""The two distributions that chances are made of, for whole arrays: the normal one and Poisson's binomial one."""

from collections.abc import Callable
from functools import reduce
from math import erfc, log, sqrt

import numpy as np

NOTHING = 1e-16  # a probability that is left out
_END, _STEPS = 9.0, 64  # beyond nine standard deviations lies less than 2e-19; nodes stand 1/64 apart
_NODES = np.arange(-_END * _STEPS, _END * _STEPS + 1) / _STEPS
_TAIL = np.array([0.5 * erfc(node / sqrt(2)) for node in _NODES])
_DENSITY = np.exp(-0.5 * _NODES**2) / np.sqrt(2 * np.pi)
_ALONE = 256  # draws of a single row up to which groups are convolved in pairs
_GROUP = 8  # draws multiplied out one by one
_WIDE, _NEAR = 30.0, 0.5  # variances told apart by kind, and how near to 1 Chebyshev's sums are the shorter way
_ROWS = 8  # of a product of matrices at once
_RARE = log(2 / NOTHING)


def normal_sf(z: np.ndarray) -> np.ndarray:
    """The chance that a standard normal exceeds z, any shape; within 5e-16, and held still beyond ±9.

    Taylor's series to the sixth order around the nearest of nodes where math.erfc gives it; derivatives of the density
    by Hermite polynomials, He(k + 1) = x He(k) − k He(k − 1) (Abramowitz and Stegun, 26.2.33).
    """
    held = np.clip(z, -_END, _END)
    at = np.rint(held * _STEPS).astype(np.intp)
    node = at / _STEPS
    step = node - held
    at += len(_NODES) // 2
    before, now, power = np.zeros_like(held), np.ones_like(held), step.copy()
    series = step.copy()
    for k in range(1, 6):
        before, now = now, node * now - (k - 1) * before
        power *= step / (k + 1)
        series += now * power
    found: np.ndarray = _TAIL[at] + _DENSITY[at] * series
    return found


def bernstein(variance: np.ndarray) -> np.ndarray:
    """How far a sum of draws may be from its mean, but for a chance of 1e-16, by its variance: Bernstein's bound."""
    found: np.ndarray = _RARE / 3 + np.sqrt(_RARE**2 / 9 + 2 * _RARE * variance)
    return found


def poisson_binomial(chance: np.ndarray) -> np.ndarray:
    """The distribution of how many of n independent draws succeed, by their chances (s, n): shape (s, n + 1).

    The polynomials (1 − p + p z) multiplied out draw by draw in small groups, whose products are convolved in pairs or
    multiplied on the unit circle. The errors stay below 1e-14 (see Hong, 2013, on ways to compute this distribution).
    """
    sure = (chance >= 1).all(axis=0)
    open_ = chance[:, ~sure & (chance > NOTHING / 10).any(axis=0)]
    rows, draws = open_.shape
    found = np.zeros((rows, chance.shape[1] + 1))
    single = rows == 1 and draws <= _ALONE
    terms = _multiplied_out(open_)
    if single:
        product = reduce(np.convolve, terms[:, 0].T)[None, : draws + 1]
    else:
        mean, variance = open_.sum(axis=1), (open_ * (1 - open_)).sum(axis=1)
        z, width = _circle(variance, draws)
        product = _from_circle(_on_circle(terms, z), width, mean, draws)
    first = int(sure.sum())
    found[:, first : first + draws + 1] = product
    return found


def poisson_binomial_mixed(chance: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The distributions of `poisson_binomial`, weighted (s,) and added up on the unit circle: shape (n + 1,)."""
    draws = chance.shape[1]
    width = draws + 1 + draws % 2
    z = np.exp(-2j * np.pi * np.arange(width // 2 + 1) / width)
    values = np.einsum("s,sp->p", weights, _on_circle(_multiplied_out(chance), z))
    return np.maximum(np.fft.irfft(values, n=width)[: draws + 1], 0.0)


def poisson_binomial_by_kind(tables: np.ndarray, counted: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The same for draws of few kinds on a line, from each of these places (s,): shape (s, n + 1).

    counted: how many draws of a kind stand at each place of the line (kinds, m). tables: the chance of a draw by how
    far it is, (kinds, ≥ m + rows), so that a draw at i has the chance tables[kind, row + i]. The logarithms of the
    polynomials are sums over draws, correlations with what is counted, and so taken by Fourier's transform on the
    line: of each logarithm, or of Chebyshev's polynomials where few of them do. The errors stay below 1e-10 for
    20,000 draws.
    """
    draws, length = int(counted.sum()), tables.shape[1]
    size = -(-length // 512) * 512
    line = np.conj(np.fft.rfft(counted, n=size, axis=1))

    def summed(kernel: np.ndarray) -> np.ndarray:
        """The sum over draws of a kernel (kinds, length), from each place, shape (s,)."""
        spectrum = (np.fft.rfft(kernel, n=size, axis=1) * line).sum(axis=0)
        found: np.ndarray = np.fft.irfft(spectrum, n=size)[rows]
        return found

    mean, variance = summed(tables), np.maximum(summed(tables * (1 - tables)), 0.0)
    found = np.zeros((rows.size, draws + 1))
    for part in (variance < _WIDE, variance >= _WIDE):
        if part.any():
            z, width = _circle(variance[part], draws)
            logs = _logarithms(tables, draws, z, lambda kernel: summed(kernel)[part])  # noqa: B023, called at once
            found[part] = _from_circle(np.exp(logs), width, mean[part], draws)
    return found


def _logarithms(
    tables: np.ndarray, draws: int, z: np.ndarray, summed: Callable[[np.ndarray], np.ndarray]
) -> np.ndarray:
    """The sums over draws of log(1 + p (z − 1)), shape (s, points), with `summed` for each of them.

    Near 1 by Chebyshev's polynomials Tm, of 2p − 1: the logarithm is log((1 + z) / (2 + 2b²)) − 2 Σ (−b)^m Tm / m,
    b = (√z − 1) / (√z + 1), from their generating function (Abramowitz and Stegun, 22.9.8); |b| = tan(angle / 4).
    """
    b = (np.sqrt(z) - 1) / (np.sqrt(z) + 1)
    near = np.abs(b) < _NEAR
    most = int((_RARE + log(draws)) / -log(np.abs(b[near]).max(initial=NOTHING))) + 1
    x = 2 * tables - 1
    before, now, sums = np.ones_like(x), x, []
    for _ in range(most):
        sums.append(summed(now))
        before, now = now, 2 * x * now - before
    order = np.arange(1, most + 1)[:, None]
    found = np.empty((len(sums[0]), z.size), dtype=complex)
    share = (-2 * (-b[near]) ** order / order).view(float)
    rows = np.stack(sums, axis=1)
    few = [rows[i : i + _ROWS] @ share for i in range(0, len(rows), _ROWS)]  # no threads here either
    found[:, near] = np.concatenate(few).view(complex)
    found[:, near] += draws * np.log((1 + z[near]) / (2 + 2 * b[near] ** 2))
    if not near.all():
        values, at = np.unique(tables, return_inverse=True)
        for i in np.flatnonzero(~near):
            log_ = np.log(1 + values * (z[i] - 1))[at.reshape(tables.shape)]
            found[:, i] = summed(log_.real) + 1j * summed(log_.imag)
    return found


def _multiplied_out(chance: np.ndarray) -> np.ndarray:
    """The products over groups of a few draws, by their chances (s, n): coefficients (terms, s, groups)."""
    rows, draws = chance.shape
    size = min(draws, _GROUP)
    groups = -(-draws // size) if size else 1
    spare = np.zeros((rows, groups * size))
    spare[:, :draws] = chance
    padded = spare.reshape(rows, size, groups).transpose(1, 0, 2)
    terms = np.zeros((size + 1, rows, groups))
    terms[0] = 1.0
    for i in range(size):
        risen = terms[: i + 1] * padded[i]
        terms[: i + 1] -= risen
        terms[1 : i + 2] += risen
    return terms


def _on_circle(terms: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The values at z (points,) of products of polynomials (terms, s, groups), shape (s, points)."""
    powers = z ** np.arange(len(terms))[:, None]
    # row by row, as one product of so many starts threads, which on a busy machine wait longer than they work
    values = np.ascontiguousarray(terms.transpose(1, 2, 0)) @ powers.view(float)
    found: np.ndarray = values.view(complex).prod(axis=1)
    return found


def _circle(variance: np.ndarray, draws: int) -> tuple[np.ndarray, int]:
    """Points of the unit circle that tell the distributions of these variances, and of how many they are the first.

    So many terms as Bernstein's inequality leaves to carry 1e-16; a point where every product is smaller, as its
    absolute value is at most exp(−variance (1 − cos)), is left out. Never −1 itself, where a factor may be 0.
    """
    half = int(np.ceil(bernstein(variance.max()))) + 1
    width = min(2 * half + 1, draws + 1 + draws % 2)
    turn = 2 * np.pi * np.arange(width // 2 + 1) / width
    return np.exp(-1j * turn[variance.min() * (1 - np.cos(turn)) < _RARE]), width


def _from_circle(values: np.ndarray, width: int, mean: np.ndarray, draws: int) -> np.ndarray:
    """The distributions (s, draws + 1) with these means whose generating functions have these values (s, points)."""
    wrapped = np.maximum(np.fft.irfft(values, n=width, axis=1), 0.0)
    start = np.clip(np.rint(mean).astype(int) - width // 2, 0, max(0, draws + 1 - width))
    places = start[:, None] + np.arange(min(width, draws + 1))
    found = np.zeros((len(values), draws + 1))
    np.put_along_axis(found, places, np.take_along_axis(wrapped, places % width, axis=1), axis=1)
    return found
