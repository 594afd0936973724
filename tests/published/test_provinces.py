"""The 34 provinces on 10 October 2026, with counts of 16 rates."""

import csv

import numpy as np
import pytest

from model.score.scenario import Scenario, effect
from model.table import leagues as tables
from strategies import sample

BASE = sample("provinces_2026-10-10")
PETITIONS = ("petitions_on_time", "petitions_satisfied")


def test_all_34_sums_are_as_published():
    assert len(BASE.league.codes) == 34
    np.testing.assert_array_equal(BASE.league.published.sum(axis=1), BASE.league.published_score)
    np.testing.assert_array_equal(BASE.standing.score, BASE.league.published_score)


def test_all_34_ranks_are_as_published():
    with (tables.SAMPLES / "provinces_2026-10-10.csv").open(encoding="utf-8-sig") as file:
        assert BASE.rank.tolist() == [float(row["published_rank"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("component", ["transparency", "progress", "online_payment", "satisfaction", "digitization"])
def test_every_component_but_online_services_is_reproduced_for_all_34(component):
    k = BASE.edition.component_index[component]
    np.testing.assert_array_equal(BASE.standing.modelled[:, k], BASE.league.published[:, k])
    assert not BASE.anchors.direct[:, k].any()


def test_online_services_came_as_points_alone_and_move_in_points():
    direct = {c.key for c, d in zip(BASE.edition.components, BASE.anchors.direct.all(axis=0), strict=True) if d}
    assert direct == {"online_services"}


def test_payment_leaves_one_lever_and_so_implies_how_many_fee_procedures_are_integrated():
    i, unit = BASE.edition.lever_index["procedures_integrated"], BASE.league.index("Đắk Lắk")
    assert BASE.anchors.source[unit, i] == "published" and BASE.anchors.levers[unit, i] == 56 / 376
    assert (np.delete(BASE.anchors.source[:, i], unit) == "implied").all()


def test_hanoi_is_last_with_55_23_and_gains_by_its_petitions():
    unit = BASE.league.index("Hà Nội")
    assert BASE.standing.score[unit] == 5523 and BASE.rank[unit] == 34
    found = effect(BASE, unit, Scenario({"petitions_on_time": 1.0, "petitions_satisfied": 1.0}))
    lost = 1200 - BASE.standing.criteria[unit, [BASE.edition.criterion_index[k] for k in PETITIONS]].sum()
    assert found.after.score - found.before.score == lost > 500 and found.rank_after < 34


def test_the_34_provinces_of_october_2025_imply_on_time_and_keep_the_rest_of_satisfaction_in_points():
    base = sample("provinces_2025-10-16")
    k, i = base.edition.component_index["satisfaction"], base.edition.lever_index["on_time"]
    np.testing.assert_array_equal(base.league.published.sum(axis=1), base.league.published_score)
    np.testing.assert_allclose(base.anchors.levers[:, i], base.league.published[:, 1] / 2000, atol=1e-12)
    rest = base.league.published[:, k] - base.anchors.sums[:, k]
    assert (rest > 0).all() and (rest <= 1210).all()
    lost = effect(base, 0, Scenario({"satisfaction": float(base.anchors.least[0, k]) / 100}))
    assert lost.after.score - lost.before.score == -rest[0]
