"""Four communes of 2026 whose figures can be redone by hand: no two alike, one of them half empty, one nearly all."""

from functools import cache

import numpy as np

from model.rules import files as edition_files
from model.score.baseline import Baseline, baseline
from strategies import league

NO = (np.nan, np.nan)
COUNTS = {
    "on_time": [(90, 100), (50, 80), (7, 7), (0, 0)],
    "dossiers_satisfied": [(85, 100), (30, 80), (7, 7), (0, 0)],
    "petitions_on_time": [(2, 4), (0, 0), (1, 1), NO],
    "petitions_satisfied": [(3, 4), (0, 0), (1, 1), NO],
    "paid_online": [(30, 40), (1, 8), NO, (5, 5)],
}
RATES = {"digitized": [0.5, np.nan, 0.8, np.nan]}
POINTS = {
    "transparency": [11.2, 11.2, 11.2, 11.2],
    "progress": [18.0, 12.5, 20.0, np.nan],
    "online_services": [9.23, 4.5, 7.0, 1.0],
    "online_payment": [5.0, 0.75, 6.66, 6.0],
    "satisfaction": [13.17, 14.0, 18.0, 12.0],
    "digitization": [8.01, 3.0, 21.0, np.nan],
}
SCORE = [64.61 + 3.31, 45.95 - 1.25, 83.86, np.nan]


@cache
def lopsided() -> Baseline:
    """The four, scored under 766-2026."""
    edition = edition_files.load("766-2026")
    made = league(edition, counts=dict(COUNTS), rates=dict(RATES), points=dict(POINTS), score=SCORE)
    return baseline(edition, made)
