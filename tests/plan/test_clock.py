"""One clock: what a plan promises is what days lived one by one come to; what an effort gives is the best of all."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from test_plan import brute, made, one_unit, rules, some_means, some_unit

from model.peers.calendar import Clock, arrivals, clock, last_deadline, to_come
from model.plan.best import best
from model.plan.plan import Means, answer, carried, reaches, scenario_of
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect
from model.table.league import Period
from model.words.problems import Problem
from strategies import sample

COUNTED = ("dak_lak_2026-10-10", "dak_lak_2026-09-17", "hanoi_2025-08-25", "provinces_2026-10-10")


def lived(base, unit, key, move, time):
    """(due, done) of a lever at the deadline, day by day: at the old rate, with the plan's work from today."""
    edition, period = base.edition, base.league.period
    i = edition.lever_index[key]
    lever, due, rate = edition.levers[i], float(base.anchors.due[unit, i]), float(base.anchors.levers[unit, i])
    group = [j for j, other in enumerate(edition.levers) if other.group == lever.group]
    a_day = float(np.nanmax(base.anchors.due[unit, group])) / ((period.last - period.first).days + 1)
    done, day = rate * due, period.last
    while day < time.by:
        day += timedelta(days=1)
        came = 0.0 if lever.kind == "stock" else a_day
        due, done = due + came, done + rate * came
        if day > time.today:
            done += move.more / (time.by - time.today).days
    return due, done


@pytest.mark.sweep(5)
@pytest.mark.parametrize("seed", range(10))
def test_every_plan_ends_where_days_lived_one_by_one_end(seed):
    dice, plans = np.random.default_rng(seed), 0
    for _ in range(30):
        base = sample(str(dice.choice(COUNTED)))
        unit, first = int(dice.integers(len(base.league.codes))), base.league.period.last
        today = first + timedelta(days=int(dice.integers(0, (date(first.year, 12, 30) - first).days)))
        by = today + timedelta(days=int(dice.integers(1, (date(first.year, 12, 31) - today).days + 1)))
        time = clock(base.league, today, by)
        now = carried(base, unit, arrivals(base, unit, today), {})
        coming = arrivals(base, unit, by, today)
        found, _ = reaches(now, unit, means := Means(more=coming, beyond_pace=True))
        top = answer(now, unit, 1e9, means).best_score
        needed = float(np.ceil(base.standing.score[unit] + dice.random() * (top - base.standing.score[unit])))
        for plan in answer(now, unit, needed, means, found=found).plans:
            plans += 1
            assert effect(base, unit, scenario_of(plan)).after.score == plan.score >= needed
            for key, move in plan.moves.items():
                due, done = lived(base, unit, key, move, time)
                assert abs(move.due - due) <= 1.01 and abs(move.done - done) <= 2.01, (key, move)
                assert 1 <= move.more <= move.arriving + move.open
                quota = move.per_week(time.weeks)
                assert (quota - 1) * max(1, time.weeks) < move.more <= quota * max(1, time.weeks) + 1e-6
                assert quota <= np.ceil(move.arriving / max(1, time.weeks)) + move.open
    assert plans > 20


def test_what_came_may_have_been_done_at_another_rate_and_all_else_stands():
    base = sample(COUNTED[0])
    unit, at = base.league.index("H15.141"), base.edition.lever_index["on_time"]
    came = arrivals(base, unit, date(2026, 11, 25))
    worse = carried(base, unit, came, {"on_time": 0.5})
    rate, due = float(base.anchors.levers[unit, at]), float(base.anchors.due[unit, at])
    then = (rate * due + 0.5 * came["dossiers"]) / (due + came["dossiers"])
    assert worse.anchors.levers[unit, at] == then and worse.anchors.due[unit, at] == due + came["dossiers"]
    assert worse.standing.score[unit] == effect(base, unit, Scenario({"on_time": then})).after.score
    assert worse.standing.score[unit] < base.standing.score[unit] and worse.rank[unit] > base.rank[unit]
    others = np.arange(base.rank.size) != unit
    np.testing.assert_array_equal(worse.standing.score[others], base.standing.score[others])
    same = carried(base, unit, came, {})
    assert same.standing is base.standing and same.anchors.levers[unit, at] == rate
    plan = answer(worse, unit, float(worse.standing.score[unit]) + 20, Means(more={"dossiers": 100})).plans[0]
    told = scenario_of(plan, {"on_time": then})
    assert effect(base, unit, told).after.score == plan.score


def test_time_is_cut_at_the_figures_today_and_the_deadline():
    league = sample(COUNTED[0]).league  # 10 October 2026
    cut = clock(league, date(2026, 11, 25), date(2026, 12, 31))
    assert cut == Clock(date(2026, 10, 10), date(2026, 11, 25), date(2026, 12, 31))
    assert (cut.weeks, cut.age) == (36 / 7, 46)
    assert clock(league, date(2026, 9, 1), date(2026, 10, 20)).today == date(2026, 10, 10)
    over = clock(league, date(2027, 1, 1), date(2026, 12, 31))
    assert (over.over, over.today, cut.over) == (True, date(2026, 10, 10), False)
    bare = replace(league, period=None, as_of=None)
    assert clock(bare, date(2026, 5, 5), date(2026, 6, 1)) == Clock(
        date(2026, 5, 5), date(2026, 5, 5), date(2026, 6, 1), undated=True
    )
    for today, by in ((date(2026, 11, 25), date(2026, 11, 24)), (date(2026, 11, 25), date(2027, 1, 1))):
        with pytest.raises(Problem) as problem:
            clock(league, today, by)
        assert problem.value.code == "plan_by" and problem.value.details["last"] == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kind", "first", "last", "end"),
    [
        ("month", date(2026, 2, 1), date(2026, 2, 9), date(2026, 2, 28)),
        ("month", date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 5, 9), date(2026, 6, 30)),
        ("year_to_date", date(2026, 1, 1), date(2026, 5, 9), date(2026, 12, 31)),
    ],
)
def test_figures_of_a_month_or_quarter_are_planned_within_it(kind, first, last, end):
    league = replace(sample(COUNTED[0]).league, period=Period(kind=kind, first=first, last=last))
    assert last_deadline(league, date(2030, 1, 1)) == end
    assert clock(league, last, end).by == end
    with pytest.raises(Problem):
        clock(league, last, end + timedelta(days=1))


def test_what_comes_before_today_and_after_adds_up_to_all_that_comes():
    base = sample(COUNTED[0])
    today, by = date(2026, 11, 25), date(2026, 12, 31)
    past, left, all_ = to_come(base, today), to_come(base, by, today), to_come(base, by)
    for group in all_:
        assert np.abs(past[group] + left[group] - all_[group]).max() <= 1
    assert arrivals(base, base.league.index("H15.141"), by, today)["dossiers"] == 288


@pytest.mark.parametrize("seed", range(8))
def test_the_best_of_an_effort_is_the_best_of_all_ways_there_are(seed):
    dice, moved = np.random.default_rng(seed), 0
    for _ in range(40):
        edition = rules(dice)
        counts = some_unit(dice)
        base = made(edition, dice, counts)
        means = some_means(edition, dice, counts)
        every = brute(base, means, [key for key in counts if key in edition.lever_index])
        allowed = float(dice.choice([0, dice.choice(every.cost), dice.random() * every.cost.max(), 1e6]))
        found = best(base, 0, allowed, reaches(base, 0, means)[0])
        assert found.plan.score == every.score[every.cost <= allowed + 1e-9].max()
        assert found.plan.cost <= allowed + 1e-6
        cheapest = every.cost[every.score >= found.plan.score].min()
        assert found.plan.cost == pytest.approx(cheapest, abs=1e-6)
        for cost, score in zip(found.efforts, found.scores, strict=True):
            assert cost == pytest.approx(every.cost[every.score >= score].min(), abs=1e-6)
        assert found.scores[-1] == every.score.max()
        moved += bool(found.plan.moves)
    assert moved > 10


def test_the_curve_bends_where_the_next_effort_takes_up_another_lever():
    edition = sample(COUNTED[0]).edition
    counts = {"procedures_paid_online": (0, 8), "procedures_integrated": (0, 8)}
    points = np.array([c.max_points / 2 for c in edition.components])

    base = baseline(edition, one_unit(edition, counts, {}, points))
    means = Means(more={}, efforts={"procedures_paid_online": 1.0, "procedures_integrated": 3.0})
    found = best(base, 0, 1e6, reaches(base, 0, means)[0])
    assert [(bend.effort, bend.levers) for bend in found.bends] == [
        (0.0, ("procedures_paid_online",)),
        (7.0, ("procedures_integrated",)),
    ]
