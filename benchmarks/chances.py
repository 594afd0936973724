"""The chances of a rank, exact, beside 10,000 draws of everyone's score, all ranked or only ours counted."""

import argparse
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.engine import median
from model.peers.chances import Forecast, rank_chances, scores_for
from model.rules import files as edition_files

DRAWS, BATCH = 10_000, 1_000  # in batches, as memory would not hold all draws of 3,321 units at once
EXACT = "exact, own score certain"


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--units", nargs="+", type=int, default=[126, 3_321])
    times = pd.DataFrame({units: _measured(units) for units in asked.parse_args().units})
    times = times.rename_axis(index="median ms", columns="units")
    print(times.to_string(float_format="%.2f"))
    print(f"\nas multiples of “{EXACT}”\n{(times / times.loc[EXACT]).to_string(float_format='%.1f')}")


def _measured(units: int) -> dict[str, float]:
    dice = np.random.default_rng(766)
    expected = np.round(dice.normal(6_500, 600, units))
    fall = dice.random(units) < 0.75  # as many have no petition to this day
    everyone = Forecast.of(expected, 0.73, np.where(fall, 9 / 78, 0), np.where(fall, 0, 4 / 20), 1_200.0)
    unit = int(np.argsort(expected)[-units // 10])
    peers, edition = everyone.without(unit), edition_files.load("766-2026")
    own, certain = everyone[unit], Forecast.of(expected[unit])
    return {
        EXACT: median(lambda: rank_chances(edition, peers, certain)),
        "exact, own score uncertain": median(lambda: rank_chances(edition, peers, own)),
        "exact, score for rank 10 with 50, 80, 95 %": median(
            lambda: scores_for(edition, peers, [10], [0.5, 0.8, 0.95])
        ),
        "drawn, all ranked with pandas": _drawn(everyone, unit, _pandas),
        "drawn, all ranked with numpy": _drawn(everyone, unit, _numpy),
        "drawn, only our rank counted": _drawn(everyone, unit, _counted),
    }


def _drawn(everyone: Forecast, unit: int, ranked: Callable[[np.ndarray, int], np.ndarray]) -> float:
    """Milliseconds, the better of two runs, to draw everyone's score and find how often our unit has which rank."""
    dice, taken = np.random.default_rng(1), []
    for _ in range(2):
        start, often = time.perf_counter(), np.zeros(everyone.expected.size + 1)
        for _ in range(DRAWS // BATCH):
            shape = (BATCH, everyone.expected.size)
            toss = dice.random(shape)
            score = everyone.expected + 100 * everyone.spread * dice.standard_normal(shape)
            score += everyone.jump * ((toss > 1 - everyone.up).astype(float) - (toss < everyone.down))
            score = np.clip(np.floor(score + 0.5), 0, 10_000)
            often += np.bincount(ranked(score, unit), minlength=often.size)
        taken.append(1e3 * (time.perf_counter() - start))
    return min(taken)


def _pandas(score: np.ndarray, unit: int) -> np.ndarray:
    own: np.ndarray = pd.DataFrame(score).rank(axis=1, method="min", ascending=False)[unit].to_numpy().astype(int)
    return own


def _numpy(score: np.ndarray, unit: int) -> np.ndarray:
    """Competition ranks of every draw's units: sorted, and each tie given the place of its first."""
    order = np.argsort(-score, axis=1, kind="stable")
    ordered = np.take_along_axis(score, order, axis=1)
    first = np.ones(score.shape, dtype=bool)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    place = np.maximum.accumulate(np.where(first, np.arange(1, score.shape[1] + 1), 0), axis=1)
    ranks = np.empty_like(place)
    np.put_along_axis(ranks, order, place, axis=1)
    return ranks[:, unit]


def _counted(score: np.ndarray, unit: int) -> np.ndarray:
    counted: np.ndarray = 1 + (score > score[:, [unit]]).sum(axis=1)
    return counted


if __name__ == "__main__":
    main()
