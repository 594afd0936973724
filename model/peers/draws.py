"""How many of many independent draws succeed: Poisson's binomial distribution, exactly."""

from functools import reduce

import numpy as np

NOTHING = 1e-16  # a probability that is left out
_ALONE, _GROUP = 256, 64  # draws multiplied out one by one, and in each of several groups
_SINGLE = 16  # in each group where there is one row: the groups' products are then convolved in pairs


def counts(chance: np.ndarray) -> np.ndarray:
    """The distribution of how many of n independent draws succeed, by their chances (s, n): shape (s, n + 1).

    The polynomials (1 − p + p z) multiplied out draw by draw, in groups whose products are multiplied in turn: a few by
    convolution, many in Fourier's space, over no more terms than Bernstein's inequality leaves to carry 1e-16. The
    errors stay below 1e-14 (see Hong, 2013, on ways to compute this distribution).
    """
    sure = (chance >= 1).all(axis=0)
    open_ = chance[:, ~sure & (chance > NOTHING / 10).any(axis=0)]
    rows, draws = open_.shape
    single = rows == 1 and draws <= _ALONE
    size = min(draws, _SINGLE) if single else draws if draws <= _ALONE else _GROUP
    groups = -(-draws // size) if size else 1
    padded = np.zeros((size, rows, groups))
    if size:
        spare = np.zeros((rows, groups * size))
        spare[:, :draws] = open_
        padded[:] = np.moveaxis(spare.reshape(rows, groups, size), 2, 0)
    terms = np.zeros((size + 1, rows, groups))
    terms[0] = 1.0
    for i in range(size):
        risen = terms[: i + 1] * padded[i]
        terms[: i + 1] *= 1 - padded[i]
        terms[1 : i + 2] += risen
    found = np.zeros((rows, chance.shape[1] + 1))
    first = int(sure.sum())
    if single:
        product = reduce(np.convolve, terms[:, 0].T)[None, : draws + 1]
    else:
        product = terms[:, :, 0].T if groups == 1 else _multiplied(terms, open_)
    found[:, first : first + draws + 1] = product
    return found


def _multiplied(terms: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Products over groups of polynomials (terms, s, groups), shape (s, draws + 1)."""
    rows, draws = chance.shape
    mean, variance = chance.sum(axis=1), (chance * (1 - chance)).sum(axis=1)
    rare = np.log(2 / NOTHING)
    half = np.ceil(rare / 3 + np.sqrt(rare**2 / 9 + 2 * rare * variance)).astype(int) + 1
    width = max(2 * int(half.max()) + 1, len(terms))
    width = min(-(-width // 64) * 64, -(-(draws + 1) // 64) * 64)
    spectrum = np.fft.rfft(np.moveaxis(terms, 0, 2), n=width, axis=2).prod(axis=1)
    wrapped = np.maximum(np.fft.irfft(spectrum, n=width, axis=1), 0.0)
    start = np.clip(np.rint(mean).astype(int) - width // 2, 0, max(0, draws + 1 - width))
    places = start[:, None] + np.arange(min(width, draws + 1))
    found = np.zeros((rows, draws + 1))
    np.put_along_axis(found, places, np.take_along_axis(wrapped, places % width, axis=1), axis=1)
    return found
