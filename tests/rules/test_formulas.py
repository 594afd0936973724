"""Points, sums and ranks: the arithmetic that everything stands on."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import files as edition_files
from model.rules.formulas import (
    anchored,
    band,
    component_sums,
    criterion_rates,
    earned,
    half_up,
    hundredths,
    place,
    points,
    ranks,
)
from strategies import EDITIONS

editions = pytest.mark.parametrize("edition", [edition_files.load(key) for key in EDITIONS], ids=EDITIONS)
scores = st.lists(st.one_of(st.just(np.nan), st.integers(0, 10000).map(float), st.sampled_from([9357.0, 9338.0])))


@editions
def test_a_rate_of_zero_earns_nothing_and_the_target_or_more_earns_all(edition):
    assert not points(edition, np.zeros(len(edition.criteria))).any()
    assert (points(edition, edition.target) == edition.max_points).all()
    assert (points(edition, np.ones(len(edition.criteria))) == edition.max_points).all()


@editions
@given(share=st.floats(0, 1), higher=st.floats(0, 1))
def test_below_the_target_points_are_in_proportion(edition, share, higher):
    earned = points(edition, edition.target * share)
    assert earned == pytest.approx(edition.max_points * share, abs=1e-12)
    assert (points(edition, edition.target * max(share, higher)) >= earned).all()


@editions
def test_a_missing_rate_earns_no_points_and_is_never_zero(edition):
    assert np.isnan(points(edition, np.full(len(edition.criteria), np.nan))).all()


@editions
def test_everything_at_its_target_earns_100_and_each_component_its_maximum(edition):
    full = component_sums(edition, earned(edition, edition.target))
    assert (full == edition.component_max).all()
    assert full.sum() == 100 * edition.total == 10000


def exactly(edition, c, done, due):
    """Hundredths that so many of so many earn: in whole numbers, or in decimals of exact doubles, by the rule."""
    if edition.components[edition.component_index[c.component]].rounding == "percent":
        percent = float(to_cents(100 * (done / due)))
        return 100 * to_cents(min(percent * c.max_points / (100 * c.target), c.max_points))
    share = Fraction(str(c.max_points)) * min(Fraction(1), Fraction(done, due) / Fraction(str(c.target)))
    return floor(100 * share + Fraction(1, 2))


def to_cents(value):
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_fifteen_of_160_dossiers_on_time_earn_1_88_for_1_875_rounds_half_up():
    edition = edition_files.load("766-2026")
    i = edition.criterion_index["on_time"]
    assert earned(edition, np.full(len(edition.criteria), 15 / 160))[i] == 188


def test_one_procedure_of_48_is_2_08_percent_and_earns_0_12_not_0_13():
    edition = edition_files.load("766-2026")
    rates = np.full(len(edition.criteria), 1 / 48)
    i = edition.criterion_index["published_on_time"]
    assert earned(edition, rates)[i] == 12 and hundredths(points(edition, rates))[i] == 13


def test_transparency_payment_and_online_services_round_the_rate_first_and_nothing_else_does():
    for key in EDITIONS:
        edition = edition_files.load(key)
        first = {c.key for c, by in zip(edition.criteria, edition.by_percent, strict=True) if by}
        parts = {"transparency", "online_services", "online_payment", "online"}
        assert first == {c.key for c in edition.criteria if c.component in parts}


@given(st.floats(0, 100) | st.integers(0, 20000).map(lambda n: n / 200) | st.integers(0, 99999).map(lambda n: n / 1000))
def test_half_a_hundredth_is_judged_by_the_exact_value_of_the_double(value):
    assert half_up(np.array([value, np.nan])).tolist()[0] == 100 * to_cents(value)
    assert np.isnan(half_up(np.array(np.nan)))


@editions
@given(due=st.integers(1, 20000), share=st.floats(0, 1))
def test_rounding_agrees_with_arithmetic_in_whole_numbers(edition, due, share):
    done = round(due * share)
    found = earned(edition, np.full(len(edition.criteria), done / due))
    assert found.tolist() == [exactly(edition, c, done, due) for c in edition.criteria]


@editions
@given(rate=st.floats(0, 1), more=st.floats(0, 1))
def test_more_of_a_rate_never_earns_less_after_rounding(edition, rate, more):
    low, high = (np.full(len(edition.criteria), r) for r in sorted((rate, more)))
    assert (earned(edition, low) <= earned(edition, high)).all()
    assert (earned(edition, high) <= 100 * edition.max_points).all()


@pytest.mark.thorough
@editions
def test_rounding_agrees_with_whole_numbers_for_every_count_up_to_500(edition):
    rules = {
        (c.max_points, c.target, by): i
        for i, (c, by) in enumerate(zip(edition.criteria, edition.by_percent, strict=True))
    }
    for due in range(1, 501):
        rates = np.arange(due + 1) / due
        found = earned(edition, np.tile(rates[:, None], len(edition.criteria)))
        for i in rules.values():
            assert found[:, i].tolist() == [exactly(edition, edition.criteria[i], n, due) for n in range(due + 1)]


@editions
def test_a_half_hundredth_rounds_up_and_a_hair_less_does_not(edition):
    assert hundredths(np.array([0.005, 0.015, 1.005, 2.675, 0.0049999])).tolist() == [1, 2, 101, 268, 0]


@given(share=st.floats(0, 1), synced=st.floats(0, 1))
def test_dossiers_filed_online_count_only_as_far_as_they_are_synced(share, synced):
    for key in EDITIONS:
        edition = edition_files.load(key)
        filed, at = edition.criterion_index["filed_online"], edition.lever_index
        levers = np.full(len(edition.levers), np.nan)
        levers[[at["filed_online"], at["dossiers_synced"]]] = share, synced
        nothing = np.full(len(edition.criteria), np.nan), np.zeros(len(edition.levers))
        assert criterion_rates(edition, levers, *nothing)[filed] == share * synced
        levers[at["dossiers_synced"]] = np.nan
        unsynced = criterion_rates(edition, levers, *nothing)[filed]
        assert unsynced == share if "2026" in key else np.isnan(unsynced)


@editions
def test_any_leading_shape_goes_down_the_road(edition):
    levers = np.random.default_rng(1).random((3, 2, len(edition.levers)))
    reported, slack = np.full((3, 2, len(edition.criteria)), np.nan), np.zeros_like(levers)
    rates = criterion_rates(edition, levers, reported, slack)
    assert rates.shape == (3, 2, len(edition.criteria))
    assert (rates[2, 1] == criterion_rates(edition, levers[2, 1], reported[2, 1], slack[2, 1])).all()


@editions
def test_a_component_adds_up_its_own_criteria_and_what_is_not_reported_adds_nothing(edition):
    criteria = np.arange(1.0, 1 + len(edition.criteria))
    criteria[[1, 4]] = np.nan
    expected = [
        sum(value for c, value in zip(edition.criteria, criteria, strict=True) if c.component == k.key and value > 0)
        for k in edition.components
    ]
    assert component_sums(edition, criteria).tolist() == expected
    assert component_sums(edition, criteria * np.nan).tolist() == [0] * len(expected)


def test_a_rate_of_several_levers_is_their_sum_or_its_own_as_reported_where_one_is_unknown():
    edition = edition_files.load("766-2026")
    i, at = edition.criterion_index["dossiers_satisfied"], edition.lever_index
    levers, none = np.full((4, len(edition.levers)), np.nan), np.zeros(len(edition.levers))
    levers[:, [at["on_time"], at["complained"]]] = [[0.9, 0.25], [0.1, 0.3], [0.9, np.nan], [0.9, -0.25]]
    reported = np.full(len(edition.criteria), 0.4)
    assert criterion_rates(edition, levers, reported, none)[:, i] == pytest.approx([0.65, 0, 0.4, 1])


def test_a_lever_counts_up_to_the_one_that_limits_it_and_what_was_published_beyond():
    edition = edition_files.load("766-2026")
    i, at = edition.criterion_index["petitions_satisfied"], edition.lever_index
    levers = np.full((4, len(edition.levers)), np.nan)
    levers[:, [at["petitions_on_time"], at["petitions_satisfied"]]] = [
        [0.5, 0.9],
        [0.5, 0.3],
        [0.5, 0.6],
        [np.nan, 0.9],
    ]
    slack = np.zeros(levers.shape)
    slack[2, at["petitions_satisfied"]] = 0.25
    found = criterion_rates(edition, levers, np.full(len(edition.criteria), np.nan), slack)
    assert found[:, i].tolist() == [0.5, 0.3, 0.6, 0.9]
    assert found[:, edition.criterion_index["petitions_on_time"]][:3].tolist() == [0.5] * 3


@editions
def test_what_the_model_moves_is_added_to_what_was_published_and_kept_within_the_component(edition):
    full = edition.component_max
    assert (anchored(edition, full - 100, full * 0, full * 0 + 50) == full - 50).all()
    assert (anchored(edition, full - 100, full * 0, full * 0 + 101) == full).all()
    assert (anchored(edition, full * 0 + 3, full, full * 0) == 0).all()


def test_ties_share_the_better_rank_and_the_next_is_passed_over():
    assert ranks(np.array([9338.0, 9357, 9357, 100, 9338, 9338])).tolist() == [3, 1, 1, 6, 3, 3]


@given(scores)
def test_ranks_agree_with_counting_who_stands_above(scores):
    found = ranks(np.array(scores, dtype=float))
    for score, rank in zip(scores, found, strict=True):
        assert np.isnan(rank) if np.isnan(score) else rank == 1 + sum(other > score for other in scores)


@given(scores, st.randoms(use_true_random=False))
def test_shuffling_units_shuffles_ranks_alike(scores, dice):
    order = dice.sample(range(len(scores)), len(scores))
    array = np.array(scores, dtype=float)
    np.testing.assert_array_equal(ranks(array[order]), ranks(array)[order])


@given(scores, st.integers(0, 10000).map(float) | st.just(np.nan))
def test_the_place_of_a_score_among_peers_is_its_rank_in_the_full_league(peers, score):
    full = ranks(np.array([*peers, score], dtype=float))
    np.testing.assert_array_equal(place(np.array(score), np.array(peers, dtype=float)), full[-1])


def test_a_league_in_which_nobody_has_a_score_ranks_nobody():
    assert np.isnan(ranks(np.full(3, np.nan))).all() and ranks(np.array([])).size == 0


@editions
def test_bands_begin_at_their_edge_and_a_missing_score_has_none(edition):
    edges = {
        9000: "excellent",
        8999: "good",
        8000: "good",
        7999: "fair",
        7000: "fair",
        6999: "average",
        5000: "average",
        4999: "weak",
        0: "weak",
        -300: "weak",
        10331: "excellent",
    }
    assert {score: band(edition, score).key for score in edges} == edges
    assert band(edition, np.nan) is None
