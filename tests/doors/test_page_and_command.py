"""The planner's answer as the page has it: chance, curve and map are what command line, engine and draws say."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from test_command_line import answer

from model.peers.calendar import clock
from model.peers.history import default, jump_size, jumpers
from model.plan import question as asking
from model.plan.best import in_all
from model.plan.prepared import GRID, prepared
from model.plan.question import Question
from model.score.scenario import Scenario, effect
from strategies import sample

LEAGUE, CODE = "dak_lak_2026-10-10", "H15.141"
FIGURES, TODAY, BY = date(2026, 10, 10), date(2026, 11, 25), date(2026, 12, 31)
DRAWS = 200_000


def asked(by=BY, today=TODAY, code=CODE, **ask):
    base = sample(LEAGUE)
    question = asking.supposed(Question(**ask))
    return prepared(base, base.league.index(code), question, clock(base.league, today, by), None)


def drawn(found, score, seed):
    """How often a score meets the rank, drawn on its own: drift, a normal spread, and petitions lost and won back."""
    dice, base, ask = np.random.default_rng(seed), found.base, found.ask
    ahead, measure = (found.time.by - FIGURES).days, default(found.base)
    drift = measure.mean * ahead / measure.days
    spread = 100 * measure.spread * np.sqrt(ahead / measure.days)
    lost, won = (
        1 - (1 - share) ** (ahead / measure.days)
        for share in (measure.fell / measure.could_fall, measure.rose / measure.could_rise)
    )
    can_fall, can_rise = (np.delete(can, found.unit) for can in jumpers(base))
    peers = np.floor(np.delete(base.standing.score, found.unit) + 100 * drift + 0.5)  # expected in whole hundredths
    own_spread = spread if ask.own_spread is None else 100 * ask.own_spread
    hits = 0
    for _ in range(DRAWS // 5_000):
        toss = dice.random((5_000, peers.size))
        jump = np.where(
            ask.jumps & (toss < lost * can_fall), -1.0, np.where(ask.jumps & (toss > 1 - won * can_rise), 1, 0)
        )
        theirs = peers + jump_size(base.edition) * jump + spread * dice.standard_normal(toss.shape)
        ours = score + own_spread * dice.standard_normal(5_000)
        theirs, ours = (np.floor(np.clip(one, 0, 10_000) + 0.5) for one in (theirs, ours))
        hits += int(((theirs > ours[:, None]).sum(axis=1) < ask.rank).sum())
    return hits / DRAWS


@pytest.mark.parametrize(
    ("rank", "jumps", "own_spread"), [(20, True, None), (5, True, 0.0), (20, False, None), (5, False, 1.5)]
)
def test_the_chance_beside_a_target_is_that_of_many_draws_with_drift_and_jumps(rank, jumps, own_spread):
    found = asked(rank=rank, moves="uncertain", jumps=jumps, own_spread=own_spread)
    chance = found.chance_needed
    often = drawn(found, found.needed, seed=766 + rank)
    assert abs(chance - often) <= 4 * np.sqrt(chance * (1 - chance) / DRAWS)
    assert 0.05 < chance < 0.95  # or else nothing is told apart


@pytest.mark.parametrize(
    ("options", "ask"),
    [(["--jumps"], {"jumps": True, "own_spread": 0.0}), (["--own-spread=0.73"], {"own_spread": 0.73})],
)
def test_the_chance_beside_a_target_is_what_the_command_line_says_of_that_scenario(options, ask):
    by, rates = FIGURES + timedelta(days=60), {"on_time": 1.0, "paid_online": 1.0, "procedures_paid_online": 0.5}
    found = asked(by, FIGURES, rank=30, moves="uncertain", **ask)
    sets = [f"--set={key}={rate}" for key, rate in rates.items()]
    told = answer("chances", LEAGUE, "--unit", CODE, *sets, *options, "--by", by.isoformat())
    score = float(effect(found.base, found.unit, Scenario(rates)).after.score)
    assert told["days"] == 60 and told["at_most"]["30"] == found.chance(score)
    assert 0.01 < told["at_most"]["30"] < 0.99


def test_the_chance_of_the_page_and_of_the_plan_command_are_the_same():
    found = asked(rank=20)
    told = answer("plan", LEAGUE, "--unit", CODE, "--rank", "20", "--by", BY.isoformat(), "--today", TODAY.isoformat())
    own = asked(rank=20, moves="uncertain", jumps=True)
    needed = 100 * told["needed_score"]
    assert told["chance"] == found.chance(round(needed)) == own.chance(round(needed))


def test_the_best_of_so_much_a_week_is_that_of_the_weeks_left():
    found = asked(rank=20)
    told = answer(
        "best", LEAGUE, "--unit", CODE, "--effort", "300", "--by", BY.isoformat(), "--today", TODAY.isoformat()
    )
    best = found.best(300)
    assert told["effort_a_week"] == 300 and told["effort"] == in_all(300, 36 / 7) == 300 * 36 / 7
    assert (told["score"], told["cost"]) == (best.plan.score / 100, best.plan.cost) and best.plan.cost <= 300 * 36 / 7
    assert in_all(300, 0.5) == 300  # less than a week is worked as one
    assert found.best(0).plan.score == found.score < best.plan.score < found.best(10**7).plan.score


def test_every_point_of_the_curve_is_the_best_that_its_effort_gives():
    found = asked(rank=20)
    best, weeks = found.best(300), found.time.weeks
    assert (np.diff(best.efforts) > 0).all() and (np.diff(best.scores) > 0).all()
    for at in np.linspace(0, best.efforts.size - 1, 12).astype(int):
        plan = found.best(best.efforts[at] / weeks).plan
        assert (plan.score, plan.cost) == (best.scores[at], pytest.approx(best.efforts[at]))
        assert (
            effect(found.now, found.unit, Scenario({key: move.after for key, move in plan.moves.items()})).after.score
            == plan.score
        )
        if at:
            assert found.best((best.efforts[at] - 0.01) / weeks).plan.score < best.scores[at]
    assert [bend.effort for bend in best.bends] == sorted({bend.effort for bend in best.bends})
    for bend in best.bends:
        assert bend.score in best.scores and bend.levers


def test_a_map_shows_what_the_engine_gives_at_each_pair_of_rates():
    found = asked(rank=20)
    x, y = "on_time", "e_results"
    xs, ys, score, rank = found.surface(x, y)
    assert score.shape == rank.shape == (GRID, GRID) and (np.diff(xs) > 0).all() and (np.diff(ys) > 0).all()
    peers = np.delete(found.base.standing.score, found.unit)
    assert (found.peers.expected != peers).any()
    for i, j in ((0, 0), (3, 17), (20, 20), (40, 5), (40, 40)):
        there = effect(found.now, found.unit, Scenario({x: float(xs[i]), y: float(ys[j])})).after.score
        assert score[j, i] == there and rank[j, i] == 1 + (found.peers.expected > there).sum()
    for key, side in ((x, xs), (y, ys)):
        reach = found.found[key]
        assert side[0] <= reach.rate <= reach.high <= side[-1]


def test_a_target_past_an_effort_is_reached_by_more_of_it_and_no_less():
    found = asked(rank=20)
    plan = found.answer.plans[0]
    weeks = found.time.weeks
    assert found.best(plan.cost / weeks).plan.score >= found.needed
    assert found.best((plan.cost - 0.5) / weeks).plan.score < found.needed
    assert replace(found, ask=replace(found.ask, rank=1)).needed > found.needed
