"""Time of three plans for a unit with 20 levers among 3,321 peers, beside one what-if of the same unit."""

from time import perf_counter

import numpy as np

from model.plan.plan import Means, answer, score_for_rank
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect
from model.table import leagues as tables

PEERS = 3_321
MORE = {"dossiers": 600, "fee_dossiers": 300, "petitions": 1}


def main() -> None:
    """The table of a run, on standard output."""
    table = tables.find("hanoi_2025-08-25")
    base = baseline(edition_files.load(table.edition), table)
    jitter = np.random.default_rng(766).integers(-300, 100, PEERS)
    peers = np.resize(base.standing.score, PEERS) + jitter
    times: dict[str, list[float]] = {"whole": [], "continuous": [], "one what-if": []}
    for unit in range(0, len(table.codes), 6):
        rank = max(1, int((peers > base.standing.score[unit]).sum()) // 2)
        needed = score_for_rank(peers, rank)
        for name, means in (("whole", Means(more=MORE)), ("continuous", Means())):
            start = perf_counter()
            answer(base, unit, needed, means, peers)
            times[name].append(1e3 * (perf_counter() - start))
        start = perf_counter()
        effect(base, unit, Scenario({}))
        times["one what-if"].append(1e3 * (perf_counter() - start))
    one = np.median(times["one what-if"])
    for name, taken in times.items():
        middle, p95 = np.percentile(taken, [50, 95])
        print(f"{name:12} median {middle:7.1f} ms  p95 {p95:7.1f} ms  {middle / one:6.0f} what-ifs")


if __name__ == "__main__":
    main()
