"""Đắk Lắk's 102 communes, as the National Public Service Portal published them on two days of 2026."""

import numpy as np
import pytest

from model.plan.plan import Means, answer
from model.score.levers import slopes
from model.score.presets import apply_preset
from model.score.scenario import Scenario, effect
from strategies import sample

OCTOBER = "dak_lak_2026-10-10"
days = pytest.mark.parametrize("name", ["dak_lak_2026-09-17", OCTOBER])


@days
@pytest.mark.parametrize("component", ["progress", "online_payment", "satisfaction", "digitization"])
def test_reproduced_from_the_counts_to_the_last_digit_for_all_102(name, component):
    base = sample(name)
    k = base.edition.component_index[component]
    assert len(base.league.codes) == 102
    np.testing.assert_array_equal(base.standing.modelled[:, k], base.league.published[:, k])


@days
def test_transparency_is_inherited_alike_by_every_commune(name):
    base = sample(name)
    k = base.edition.component_index["transparency"]
    assert len(set(base.league.published[:, k])) == 1 and not base.anchors.direct[:, k].any()


@days
def test_every_score_is_the_sum_of_its_components(name):
    base = sample(name)
    np.testing.assert_array_equal(base.standing.score, base.league.published_score)
    assert not base.anchors.held.any()


@days
def test_ranks_agree_with_the_portal_but_for_ties_that_it_runs_through(name):
    base = sample(name)
    order = np.argsort(-base.standing.score, kind="stable")
    for i, j in zip(order[:-1], order[1:], strict=True):
        tied = base.standing.score[i] == base.standing.score[j]
        assert base.rank[j] == base.rank[i] if tied else base.rank[j] > base.rank[i]


def petition_units():
    """Base, which communes had a petition, and which of them had none on time or satisfied."""
    base = sample(OCTOBER)
    rates = base.anchors.levers[:, [base.edition.lever_index[k] for k in ("petitions_on_time", "petitions_satisfied")]]
    had = ~base.anchors.empty[:, base.edition.lever_index["petitions_on_time"]]
    return base, had, had & (rates == 0).all(axis=1)


def places(base, units, preset):
    """Places that a preset moves each unit by."""
    found = [effect(base, int(i), apply_preset(base, int(i), Scenario(), preset)[0]) for i in units]
    return np.array([f.rank_after - f.rank_before for f in found])


def test_29_communes_had_a_petition_and_in_25_none_was_on_time_or_satisfied():
    _, had, lost = petition_units()
    assert (had.sum(), lost.sum()) == (29, 25)


def test_one_unanswered_petition_would_cost_each_of_the_other_73_between_28_and_76_places_median_45():
    base, had, _ = petition_units()
    lost = places(base, np.flatnonzero(~had), "petition_unanswered")
    assert (lost.size, lost.min(), lost.max(), np.median(lost)) == (73, 28, 76, 45)


def test_answering_all_would_gain_the_25_between_30_and_48_places_median_44():
    base, _, lost = petition_units()
    gained = -places(base, np.flatnonzero(lost), "petitions_answered")
    assert (gained.size, gained.min(), gained.max(), np.median(gained)) == (25, 30, 48, 44)


def test_29_communes_stand_where_a_dossier_on_time_moves_two_components():
    base = sample(OCTOBER)
    on_time, complained = (base.anchors.levers[:, base.edition.lever_index[k]] for k in ("on_time", "complained"))
    below = on_time < 0.9 + complained
    assert below.sum() == 29
    slope = [slopes(base, i, Scenario())[base.edition.lever_index["on_time"]] for i in range(102)]
    np.testing.assert_array_equal(np.array(slope) > 20.001, below)


def test_98_percent_paid_online_earns_5_88_of_6_not_9_8_of_10():
    base = sample(OCTOBER)
    after = effect(base, 0, Scenario({"paid_online": 0.98})).after
    assert after.criteria[base.edition.criterion_index["paid_online"]] == 588


def test_answering_petitions_is_how_communes_without_an_answer_gain_most_places_with_the_fewest_levers():
    base, _, unanswered = petition_units()
    for unit in np.flatnonzero(unanswered)[::5]:
        needed = float(base.standing.score[unit]) + 1200
        due = int(base.anchors.due[unit, base.edition.lever_index["petitions_on_time"]])
        petitions = ("petitions_on_time", "petitions_satisfied")
        means = Means(more={}, kinds=dict.fromkeys(petitions, "mendable"))
        plan = next(p for p in answer(base, unit, needed, means).plans if set(p.moves) == set(petitions))
        assert {move.done_more for move in plan.moves.values()} == {due} and plan.cost == 10 * due
