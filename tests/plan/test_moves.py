"""What a plan is searched in: reaches, ways and tables of least costs, each against counting by hand."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lopsided import lopsided
from model.plan import moves
from model.plan.moves import LeverRange, Options, coupled
from model.plan.plan import Means, answer, reaches, scenario_of, score_for_rank
from model.plan.search import CostTable, Move
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.scenario import Counts
from model.words.problems import Problem
from strategies import league

RULES = edition_files.load("766-2026")
PAID = RULES.levers[RULES.lever_index["paid_online"]]
COMPLAINED = RULES.levers[RULES.lever_index["complained"]]
WHOLE = LeverRange(PAID, 0.5, 0.4, 1.0, 3.0, True, 10, 23, 2, 13, 4)  # 10 of 20, and 3 to come
BARE = LeverRange(COMPLAINED, 0.3, 0.4, 0.1, 2.0)

costs = st.lists(st.integers(0, 9), min_size=1, max_size=6).map(lambda steps: np.cumsum([0, *steps]).astype(float))


@given(st.integers(0, 9), st.lists(costs, max_size=4))
def test_a_chain_gains_at_the_least_cost_of_all_ways_to_share_a_gain_out(size, tables):
    tables = [np.append(table, [np.inf] * size)[: size + 1] for table in tables]
    chain = CostTable(size, tables)
    every = list(product(range(size + 1), repeat=len(tables)))
    for gain in range(size + 1):
        paid = [sum(t[g] for t, g in zip(tables, parts, strict=True)) for parts in every if sum(parts) >= gain]
        assert chain.costs[gain] == min(paid, default=np.inf)
        if chain.costs[gain] < np.inf:
            parts = chain.split(gain)
            assert sum(parts) >= gain and len(parts) == len(tables)
            assert sum(t[g] for t, g in zip(tables, parts, strict=True)) == chain.costs[gain]


def test_gaining_a_little_may_be_cheapest_by_what_gains_a_lot():
    lot, little = np.array([0.0, 5, 5, 5]), np.array([0.0, 7, 8, 9])
    for tables in ([lot, little], [little, lot]):
        assert CostTable(3, tables).costs.tolist() == [0, 5, 5, 5]
        assert sorted(CostTable(3, tables).split(1)) in ([0, 1], [0, 2], [0, 3])


def test_a_rate_is_reached_by_whole_things_of_all_there_will_be():
    assert (WHOLE.at(2), WHOLE.at(13), WHOLE.room) == (12 / 23, 1.0, 0.5)
    rates = np.array([0.5, 12 / 23, 15 / 23, 1.0])
    assert WHOLE.more(rates).tolist() == [0, 2, 5, 13]
    assert WHOLE.cost(rates).tolist() == [0, 0, 3, 27]  # four come at the present pace and cost nothing
    assert replace(WHOLE, free=0).cost(rates).tolist() == [0, 6, 15, 39]


def test_without_counts_each_percentage_point_costs_its_effort_up_or_down():
    assert BARE.room == pytest.approx(0.2)
    assert BARE.cost(np.array([0.3, 0.25, 0.1])) == pytest.approx([0, 10, 40])


def test_a_share_of_the_headroom_holds_whole_things_and_rates_alike():
    half = WHOLE.within(0.5)
    assert (half.last, half.high) == (7, 17 / 23)  # 17/23 − 0.5 is 0.239, 18/23 − 0.5 is 0.283 of 0.5
    for share in (0.3, 0.7, 0.9):
        most = max(k for k in range(2, 14) if (WHOLE.at(k) - 0.5) / 0.5 <= share)
        assert (WHOLE.within(share).last, WHOLE.within(share).high) == (most, WHOLE.at(most))
    assert WHOLE.within(0.01).high == 0.5 and WHOLE.within(0.01).room == 0
    assert WHOLE.within(1.0) == WHOLE and BARE.within(1.0) == BARE
    assert BARE.within(0.5).high == pytest.approx(0.2) and BARE.within(0.25).high == pytest.approx(0.25)


def test_ways_of_two_knots_are_all_pairs_and_no_component_gains_more_than_it_has_room_for():
    one = Options(("a",), np.array([[0.0], [0.5]]), np.array([0.0, 3]), np.array([0, 1]), np.array([[0, 0], [4, 1]]))
    other = Options(
        ("b", "c"),
        np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]),
        np.array([0.0, 10, 20]),
        np.array([0, 1, 2]),
        np.array([[0, 0], [1, 0], [3, 9]]),
    )
    found = one.times(other, np.array([5, 7]))
    assert found.keys == ("a", "b", "c")
    assert found.rates.tolist()[4] == [0.5, 0.3, 0.4] and found.rates.shape == (6, 3)
    assert found.effort.tolist() == [0, 10, 20, 3, 13, 23] and found.moved.tolist() == [0, 1, 2, 1, 2, 3]
    assert found.gains.tolist() == [[0, 0], [1, 0], [3, 7], [4, 1], [5, 1], [5, 7]]


def test_levers_are_tied_by_a_shared_criterion_or_a_limit_and_the_limit_comes_first():
    keys = dict.fromkeys(("petitions_satisfied", "petitions_on_time", "on_time", "complained", "paid_online"), WHOLE)
    assert sorted(coupled(RULES, keys)) == [
        ("complained", "on_time"),
        ("paid_online",),
        ("petitions_on_time", "petitions_satisfied"),
    ]
    assert coupled(RULES, {"petitions_satisfied": WHOLE}) == [("petitions_satisfied",)]
    turned = {"petitions_on_time": "petitions_satisfied", "petitions_satisfied": None}
    levers = tuple(replace(lever, at_most=turned.get(lever.key, lever.at_most)) for lever in RULES.levers)
    assert ("petitions_satisfied", "petitions_on_time") in coupled(replace(RULES, levers=levers), keys)


def test_how_far_levers_reach_in_whole_things_by_kind():
    more = {"fee_dossiers": 10, "dossiers": 20, "petitions": 2}
    flow = reaches(lopsided(), 0, Means(more=more))[0][
        "paid_online"
    ]  # 30 of 40, 10 to come: 8 keep the rate or raise it
    assert (flow.done, flow.due, flow.first, flow.last, flow.free) == (30, 50, 8, 10, 0)
    assert (flow.rate, flow.low, flow.high, flow.effort) == (0.75, 30 / 50, 40 / 50, 1.0)
    paced = reaches(lopsided(), 0, Means(more=more, beyond_pace=True, efforts={"paid_online": 2.5}))[0]["paid_online"]
    assert (paced.free, paced.pace, paced.effort) == (7, 7, 2.5)  # 7.5 by itself: the eighth must be seen to
    kinds = {"paid_online": "mendable", "petitions_on_time": "stock"}
    found = reaches(lopsided(), 0, Means(more=more, kinds=kinds, still_open={"paid_online": 5}))[0]
    assert (found["paid_online"].last, found["paid_online"].high, found["paid_online"].low) == (20, 1.0, 30 / 50)
    assert (found["petitions_on_time"].due, found["petitions_on_time"].last) == (
        6,
        4,
    )  # one denominator: petitions come
    stock = reaches(lopsided(), 0, Means(more=more, kinds={"paid_online": "stock"}))[0]["paid_online"]
    assert (stock.due, stock.first, stock.last, stock.high) == (40, 1, 10, 1.0)
    bound = reaches(lopsided(), 0, Means(more=more, bounds={"paid_online": (0.2, 0.78)}))[0]["paid_online"]
    assert (bound.last, bound.high, bound.effort) == (9, 39 / 50, 1.0)
    none = reaches(lopsided(), 0, Means(more={}))[0]["paid_online"]
    assert (none.whole, none.low, none.high, none.effort) == (False, 0.75, 0.75, 0.0)
    still = reaches(lopsided(), 0, Means(more={}, still_open={"paid_online": 5}))[0]["paid_online"]
    assert (still.low, still.high) == (25 / 40, 0.75)


def test_how_far_levers_reach_in_rates():
    found, left_out = reaches(lopsided(), 0, Means(efforts={"digitized": 7.0}))
    digitized, complained = found["digitized"], found["complained"]
    assert (digitized.rate, digitized.low, digitized.high, digitized.effort) == (0.5, 0.0, 1.0, 7.0)
    assert (complained.low, complained.high, complained.effort) == (1.0, 0.0, 1.0)
    bounds = {"complained": (0.02, 0.3), "digitized": (0.4, 0.45)}
    held = reaches(lopsided(), 0, Means(bounds=bounds))[0]
    assert (held["complained"].low, held["complained"].high) == (0.3, 0.02)
    assert (held["digitized"].low, held["digitized"].high) == (0.4, 0.5)  # never below where it is
    assert left_out["certified_copies"] == "assumed" and "paid_online" not in left_out
    counted = reaches(lopsided(), 0, Means(more={}))[1]
    assert (counted["digitized"], counted["complained"]) == ("no_counts", "held")
    fixed = reaches(lopsided(), 0, Means(fixed=frozenset({"digitized"})))[0]["digitized"]
    assert (fixed.low, fixed.rate, fixed.high, fixed.effort, fixed.whole) == (0.5, 0.5, 0.5, 0.0, False)


def test_a_plan_is_a_scenario_in_counts_where_it_is_in_whole_things_and_else_in_rates():
    paid = frozenset(RULES.lever_index) - {"paid_online"}
    found = answer(lopsided(), 0, 6792.0 + 20, Means(more={"fee_dossiers": 10}, fixed=paid))
    assert found.plans[0].moves == {"paid_online": Move(0.75, 40 / 50, 10, 50, 40, pace=7, arriving=10)}  # 9: 18
    assert scenario_of(found.plans[0]).changes == {"paid_online": Counts(40, 50)}
    assert (found.plans[0].cost, found.plans[0].score, found.plans[0].rank) == (10, 6822, 2)
    bare = answer(lopsided(), 0, 6792.0 + 60, Means(fixed=paid)).plans[0]
    assert bare.moves["paid_online"].after == pytest.approx(0.85, abs=1e-3)
    assert bare.moves["paid_online"].done_more == 4  # of 40, rounded up
    assert scenario_of(bare).changes == {"paid_online": bare.moves["paid_online"].after}
    digitized = frozenset(RULES.lever_index) - {"digitized"}
    assert answer(lopsided(), 0, 6792.0 + 60, Means(fixed=digitized)).plans[0].moves["digitized"].done_more is None


def test_fewer_complaints_are_things_less_rounded_down():
    alone = frozenset(RULES.lever_index) - {"complained"}
    move = answer(lopsided(), 0, 6792.0 + 20, Means(fixed=alone)).plans[0].moves["complained"]
    assert move.done_more == -3  # 20 hundredths by 6.67 a percentage point are nearly 3 of a hundred dossiers
    assert move.after == pytest.approx(0.05 - 0.0290, abs=1e-3)


def test_complaints_that_count_half_move_twice_as_far():
    halved = tuple(
        replace(c, rate={"on_time": 1, "complained": -0.5}) if c.key == "dossiers_satisfied" else c
        for c in RULES.criteria
    )
    rules = replace(RULES, criteria=halved)
    counts = {"on_time": [(90, 100)], "dossiers_satisfied": [(85, 100)]}
    points = {c.key: [c.max_points / 2] for c in rules.components}
    base = baseline(rules, league(rules, counts=counts, points=points))
    alone = Means(fixed=frozenset(rules.lever_index) - {"complained"})
    found = answer(base, 0, float(base.standing.score[0]) + 20, alone)
    satisfied = 0.9 * 5.865 / 6  # for 5.87 points instead of 5.67
    assert found.plans[0].moves["complained"].after == pytest.approx((0.9 - satisfied) / 0.5, abs=1e-6)


def test_a_rank_that_is_none_and_a_unit_without_a_score_are_refused_in_whole_sentences():
    with pytest.raises(Problem) as problem:
        score_for_rank(np.array([50.0, np.nan, 70.0]), 4)
    assert problem.value.details == {"value": 4, "most": 3}
    assert [score_for_rank(np.array([50.0, np.nan, 70.0]), rank) for rank in (1, 2, 3)] == [70, 50, 0]
    with pytest.raises(Problem) as problem:
        answer(lopsided(), 3, 5000.0, Means())
    assert (problem.value.code, problem.value.details) == ("plan_no_score", {"unit": "Xã 3"})


@pytest.mark.parametrize("seed", range(2))
def test_where_not_every_count_is_tried_a_product_costs_at_most_one_thing_of_each_more_than_the_least(
    seed, monkeypatch
):
    dice, rules = np.random.default_rng(seed), edition_files.load("766-2025")
    due = int(dice.integers(300, 500))
    counts = {"dossiers_synced": [(due // 2, due)], "filed_online": [(due // 4, due)]}
    points = {c.key: [c.max_points] for c in rules.components if c.key not in ("transparency", "online_services")}
    points |= {"transparency": [9.0], "online_services": [7.5]}
    base = baseline(rules, league(rules, points=points, counts=counts, rates={"services_online": [1.0]}))
    efforts = {key: float(dice.choice([0.5, 1, 3])) for key in counts}
    kinds = dict.fromkeys(counts, "mendable")
    means = Means({"dossiers": due // 5}, efforts, kinds, fixed=frozenset({"on_time"}), beyond_pace=bool(seed % 2))
    found = reaches(base, 0, means)[0]
    gain = 0.7 * (answer(base, 0, 10_000, means, found=found).best_score - base.standing.score[0])
    costs = []
    for each in (0, due * 10):
        monkeypatch.setattr(moves, "_EACH", each)
        costs.append(answer(base, 0, float(base.standing.score[0]) + gain // 1, means, found=found).plans[0].cost)
    assert costs[1] > 0 and costs[1] - 1e-9 <= costs[0] <= costs[1] + sum(efforts.values())
