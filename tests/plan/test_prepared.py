"""A question made ready: what it hands on is the engine's, added up, mapped and turned round again."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.peers.calendar import arrivals
from model.plan import question as asking
from model.plan.prepared import GRID, prepared
from model.plan.question import Question
from model.score.scenario import Scenario, effect
from strategies import sample

TODAY, BY = date(2026, 10, 12), date(2026, 12, 31)


@pytest.fixture(scope="module")
def ready():
    """A commune of Đắk Lắk that wants two points more, and what its answer rests on."""
    base = sample("dak_lak_2026-10-10")
    unit = base.league.index("H15.138")
    ask = Question(goal="score", score=float(base.standing.score[unit]) / 100 + 2, moves="uncertain", by=BY)
    return prepared(base, unit, ask, asking.time(base, ask, TODAY), None)


def test_what_the_levers_of_a_plan_bring_is_each_after_those_before_it_and_adds_up(ready):
    for plan in ready.answer.plans:
        brought, rates, before = ready.brought(plan), {}, ready.score
        for key, move in plan.moves.items():
            rates[key] = move.after
            after = effect(ready.now, ready.unit, Scenario(dict(rates))).after.score
            assert brought[key] == pytest.approx(after - before)
            before = after
        assert plan.score > ready.score and sum(brought.values()) == pytest.approx(plan.score - ready.score)


def test_a_map_s_scores_are_the_engine_s_its_ranks_those_among_peers_as_they_are_expected(ready):
    x, y = list(ready.found)[:2]
    across, up, score, rank = ready.surface(x, y)
    assert across.shape == up.shape == (GRID,) and score.shape == rank.shape == (GRID, GRID)
    for i, j in ((0, 0), (3, 30), (17, 40), (40, 8)):
        done = effect(ready.now, ready.unit, Scenario({x: across[j], y: up[i]}))
        assert score[i, j] == done.after.score
        assert rank[i, j] == 1 + (ready.peers.expected > score[i, j]).sum()
    for key, along in ((x, across), (y, up)):
        now = ready.now.anchors.levers[ready.unit, ready.base.edition.lever_index[key]]
        assert 0 <= along[0] <= now <= ready.found[key].high <= along[-1] <= 1


def test_a_map_goes_as_far_as_the_rate_can_fall_twice_over_and_a_third_of_it_back(ready):
    key = next(iter(ready.found))
    now = ready.now.anchors.levers[ready.unit, ready.base.edition.lever_index[key]]
    reach = replace(ready.found[key], low=now - 0.006 * 3, high=now + 0.001)
    along = replace(ready, found={**ready.found, key: reach}).surface(key, key)[0]
    assert (along[0], along[-1]) == (pytest.approx(now - 0.012), pytest.approx(min(1, now + 0.036)))


def test_the_effort_of_a_plan_a_week_for_all_the_weeks_reaches_what_the_plan_reaches(ready):
    least = min((plan for plan in ready.answer.plans), key=lambda plan: plan.cost)
    found = ready.best(least.cost / ready.time.weeks)
    assert found.plan.score >= least.score >= ready.needed
    assert found.plan.cost <= least.cost + 1e-6
    assert found.plan.rank == 1 + (ready.peers.expected > found.plan.score).sum()
    assert ready.best(0.0).plan.score == ready.score and not ready.best(0.0).plan.moves


def test_where_the_curve_bends_lies_on_the_curve(ready):
    found = ready.best(50.0)
    curve = dict(zip(found.efforts.tolist(), found.scores.tolist(), strict=True))
    assert found.bends and np.isfinite(found.efforts).all()
    assert all(curve[bend.effort] == bend.score for bend in found.bends)
    joined = [key for bend in found.bends for key in bend.levers]
    assert len(joined) == len(set(joined)) and set(joined) <= set(ready.found)


def test_others_as_they_are_expected_decide_the_rank_of_the_best(ready):
    crowd = np.full_like(ready.peers.expected, ready.score + 1)
    ahead = replace(ready, peers=replace(ready.peers, expected=crowd))
    assert ahead.best(0.0).plan.rank == crowd.size + 1


def test_the_score_that_takes_a_rank_with_a_chance_has_that_chance_and_a_hundredth_less_has_not(ready):
    ask = Question(goal="rank", rank=20, moves="uncertain", by=BY, spread=1.0, own_spread=0.5)
    asked = prepared(ready.base, ready.unit, ask, ready.time, None)
    least = asked.needed_at(0.8)
    assert asked.chance(least) >= 0.8 > asked.chance(least - 1)
    assert ready.needed_at(0.8) is None  # no rank was asked for


def test_things_still_to_come_are_those_of_the_pace_so_far_and_of_what_the_ask_says(ready):
    come = arrivals(ready.base, ready.unit, BY, ready.time.today)
    assert any(come.values()) and ready.means.more == come
    for reach in ready.found.values():
        if reach.whole and reach.kind == "flow":
            assert reach.arriving == come[reach.lever.group]
