"""The two distributions that chances are made of, for whole arrays: the normal one and Poisson's binomial one."""

from functools import reduce
from math import erfc, log, sqrt

import numpy as np

NOTHING = 1e-16  # a probability that is left out
_END, _STEPS = 9.0, 64  # beyond nine standard deviations lies less than 2e-19; nodes stand 1/64 apart
_NODES = np.arange(-_END * _STEPS, _END * _STEPS + 1) / _STEPS
_TAIL = np.array([0.5 * erfc(node / sqrt(2)) for node in _NODES])
_DENSITY = np.exp(-0.5 * _NODES**2) / np.sqrt(2 * np.pi)
_ALONE, _SINGLE = 256, 16  # draws of a single row convolved in pairs of groups, and the draws of each group
_GROUP = 8  # draws multiplied out one by one, where there are more rows
_RARE = log(2 / NOTHING)
_AT_ONCE = 8  # frequencies whose kernels are transformed at once


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
    terms = _multiplied_out(open_, _SINGLE if single else _GROUP)
    if single:
        product = reduce(np.convolve, terms[:, 0].T)[None, : draws + 1]
    else:
        mean, variance = open_.sum(axis=1), (open_ * (1 - open_)).sum(axis=1)
        z, width = _circle(variance, draws)
        powers = z ** np.arange(len(terms))[:, None]
        values = (terms.reshape(len(terms), -1).T @ powers.view(float)).view(complex)
        product = _from_circle(values.reshape(rows, -1, z.size).prod(axis=1), width, mean, draws)
    first = int(sure.sum())
    found[:, first : first + draws + 1] = product
    return found


def poisson_binomial_by_kind(tables: np.ndarray, counted: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The same for draws of few kinds on a line, from each of these places (s,): shape (s, n + 1).

    counted: how many draws of a kind stand at each place of the line (kinds, m). tables: the chance of a draw by how
    far it is, (kinds, ≥ m + rows), so that a draw at i has the chance tables[kind, row + i]. The logarithms of the
    polynomials are sums over draws, correlations with what is counted, and so taken by Fourier's transform on the
    line, for each point of the unit circle. The errors stay below 1e-11 for 20,000 draws.
    """
    draws, length = int(counted.sum()), tables.shape[1]
    size = -(-length // 1024) * 1024
    line = np.conj(np.fft.fft(counted, n=size, axis=1))

    def summed(kernels: np.ndarray) -> np.ndarray:
        """Sums over draws of kernels (..., kinds, length), shape (..., s)."""
        spectrum = (np.fft.fft(kernels, n=size, axis=-1) * line).sum(axis=-2)
        found: np.ndarray = np.fft.ifft(spectrum, axis=-1)[..., rows]
        return found

    moments = summed(tables + 1j * tables * (1 - tables))
    mean, variance = moments.real, np.maximum(moments.imag, 0.0)
    z, width = _circle(variance, draws)
    values, at = np.unique(tables, return_inverse=True)
    at = at.reshape(tables.shape)
    product = np.empty((rows.size, z.size), dtype=complex)
    for i in range(0, z.size, _AT_ONCE):
        logs = np.log(1 + values * (z[i : i + _AT_ONCE, None] - 1))
        product[:, i : i + _AT_ONCE] = np.exp(summed(logs[:, at])).T
    return _from_circle(product, width, mean, draws)


def _multiplied_out(chance: np.ndarray, most: int) -> np.ndarray:
    """The products over groups of at most so many draws, by their chances (s, n): coefficients (terms, s, groups)."""
    rows, draws = chance.shape
    size = min(draws, most)
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
