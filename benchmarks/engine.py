"""What the engine takes, for 126, 3,321 and 20,000 units, beside the same formulas in bare numpy."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from benchmarks.leagues import SIZES, SMALL, samples
from model.rules import files as edition_files
from model.score.baseline import Baseline, baseline
from model.score.browser import browser_numbers
from model.score.levers import slopes
from model.score.scenario import Scenario, effect, sweep
from model.table import leagues as tables

HUGE = {"huge": 20_000}  # nearly as many as one file may hold
PLAIN = "plain numpy, whole league, once"


def plain(base: Baseline) -> np.ndarray:
    """The same formulas in bare numpy, once for a whole league: scores in hundredths and their ranks, shape (2, n)."""
    edition, levers = base.edition, base.anchors.levers
    rates = np.clip(np.nan_to_num(levers) @ edition.form.T, 0, 1)
    criteria = np.floor(100 * edition.max_points * np.minimum(1, rates / edition.target) + 0.5)
    moved = base.anchors.published + criteria @ edition.membership - base.anchors.sums
    score = np.clip(moved, 0, edition.component_max).sum(axis=1) + base.anchors.held
    return np.stack([score, 1 + score.size - np.searchsorted(np.sort(score), score, side="right")])


def median(what: Callable[[], object], seconds: float = 1.0) -> float:
    """Median milliseconds of at least five calls and up to so many seconds of them."""
    what()
    times: list[float] = []
    while len(times) < 5 or sum(times) < seconds and len(times) < 1_000:
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return 1e3 * float(np.median(times))


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--leagues", nargs="+", choices=[*SIZES, *HUGE], default=[*SIZES, *HUGE])
    leagues = {name: units for name, units in (SIZES | HUGE).items() if name in asked.parse_args().leagues}
    with TemporaryDirectory() as folder:
        tables.SAMPLES = samples(Path(folder), {name: units for name, units in leagues.items() if name != SMALL})
        measured = {units: _measured(league) for league, units in leagues.items()}
    times = pd.DataFrame(measured).rename_axis(index="median ms", columns="units")
    print(times.to_string(float_format="%.3f"))
    print(f"\nas multiples of {PLAIN}\n{(times / times.loc[PLAIN]).to_string(float_format='%.2f')}")
    smallest = times.columns[0]
    times = times.div(times[smallest], axis=0)
    print(f"\nas multiples of {smallest} units\n{times.to_string(float_format='%.1f')}")


def _measured(league: str) -> dict[str, float]:
    start = time.perf_counter()
    table = tables.find(league)
    read = 1e3 * (time.perf_counter() - start)
    edition = edition_files.load(table.edition)
    base = baseline(edition, table)
    unit = int(np.argsort(base.rank)[base.ranked // 2])
    scenario, grid = Scenario({"on_time": 0.9}), np.linspace(0, 1, 101)
    return {
        PLAIN: median(lambda: plain(base)),
        "baseline of the league": median(lambda: baseline(edition, table)),
        "effect of one scenario": median(lambda: effect(base, unit, scenario)),
        "sweep of 101 points": median(lambda: sweep(base, unit, scenario, "on_time", grid)),
        "slopes of every lever": median(lambda: slopes(base, unit, scenario)),
        "numbers for the browser": median(lambda: browser_numbers(base, [unit])),
        "table read from its file, once": read,
    }


if __name__ == "__main__":
    main()
