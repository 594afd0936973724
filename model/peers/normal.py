"""The normal distribution, for whole arrays: the standard library has it for one number at a time."""

from math import erfc, sqrt

import numpy as np

_END, _STEPS = 9.0, 64  # beyond nine standard deviations lies less than 2e-19; nodes stand 1/64 apart
_NODES = np.arange(-_END * _STEPS, _END * _STEPS + 1) / _STEPS
_TAIL = np.array([0.5 * erfc(node / sqrt(2)) for node in _NODES])
_DENSITY = np.exp(-0.5 * _NODES**2) / np.sqrt(2 * np.pi)


def tail(z: np.ndarray) -> np.ndarray:
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
