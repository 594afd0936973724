"""The 34 provinces on 10 October 2026: components only."""

import csv

import numpy as np

from model.score.scenario import Scenario, effect
from model.table import leagues as tables
from strategies import sample

BASE = sample("provinces_2026-10-10")


def test_all_34_sums_are_as_published():
    assert len(BASE.league.codes) == 34
    np.testing.assert_array_equal(BASE.league.published.sum(axis=1), BASE.league.published_score)
    np.testing.assert_array_equal(BASE.standing.score, BASE.league.published_score)


def test_all_34_ranks_are_as_published():
    with (tables.SAMPLES / "provinces_2026-10-10.csv").open(encoding="utf-8-sig") as file:
        assert BASE.rank.tolist() == [float(row["published_rank"]) for row in csv.DictReader(file)]


def test_every_component_moves_directly_even_transparency():
    assert BASE.anchors.direct.all()


def test_hanoi_is_last_with_55_23_and_full_satisfaction_would_bring_10_71():
    unit = BASE.league.index("Hà Nội") if "Hà Nội" in BASE.league.names else int(np.nanargmax(BASE.rank))
    assert BASE.standing.score[unit] == 5523 and BASE.rank[unit] == 34
    found = effect(BASE, unit, Scenario({"satisfaction": 18.0}))
    assert found.after.score - found.before.score == 1071 and found.rank_after < 34
