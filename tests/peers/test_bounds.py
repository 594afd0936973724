"""Safe and impossible: bounds that held, that are where all and nothing is done, and ranks between them."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.peers.bounds import Possible, possible, reachable, within
from model.peers.calendar import arrivals, to_come
from model.peers.history import jumpers, matched
from model.score.baseline import baseline
from model.score.scenario import Counts, Scenario, effect
from strategies import baselines, league, sample

EARLIER, LATER = "dak_lak_2026-09-17", "dak_lak_2026-10-10"


@pytest.fixture(scope="module")
def history():
    return sample(EARLIER), sample(LATER)


def test_bounds_from_september_held_for_every_commune_in_october_and_without_jumps_for_all_but_those_that_fell(history):
    earlier, later = history
    rows, now = matched(*history), later.standing.score
    found = possible(earlier, date(2026, 10, 10))
    assert np.all((found.worst[rows] <= now) & (now <= found.best[rows]))
    calm = possible(earlier, date(2026, 10, 10), jumps=False)
    below = now < calm.worst[rows]
    assert below.sum() == 9 and np.all(now[below] - earlier.standing.score[rows][below] < -600)
    assert np.all(now <= calm.best[rows])


def test_things_to_come_arrive_at_the_pace_of_the_period_so_far():
    base = sample(EARLIER)
    coming = to_come(base, date(2026, 10, 10))  # 260 days so far, 23 ahead
    at = [base.edition.lever_index[key] for key in ("on_time", "digitized", "reused")]
    most = base.anchors.due[:, at].max(axis=1)
    assert np.array_equal(coming["dossiers"], [round(due * 23 / 260) for due in most])
    assert not coming["fee_procedures"].any()  # a stock
    assert arrivals(base, 5, date(2026, 10, 10)) == {group: counts[5] for group, counts in coming.items()}


def test_the_bounds_are_where_all_and_where_nothing_of_what_remains_and_comes_is_done():
    base, by = sample(LATER), date(2026, 12, 31)
    found = possible(base, by, {"online_services": None}, jumps=False)
    at, unit = base.edition.lever_index, base.league.codes.index("H15.131")
    more = arrivals(base, unit, by)
    assert more["dossiers"] == round(7672 * 82 / 283) and more["petitions"] == 0
    best, worst = {}, {}
    for key in (
        "on_time",
        "paid_online",
        "e_results",
        "digitized",
        "reused",
        "shared_to_store",
        "complained",
        "population_dossiers",
        "procedures_paid_online",
        "procedures_integrated",
        "population_procedures",
    ):
        lever = base.edition.levers[at[key]]
        rate, due = base.anchors.levers[unit, at[key]], base.anchors.due[unit, at[key]]
        come = 0 if lever.kind == "stock" else more[lever.group]
        done_best = due + come if lever.kind != "flow" else rate * due + come
        best[key], worst[key] = done_best / (due + come), rate * due / (due + come)
        if lever.better == "lower":
            best[key], worst[key] = worst[key], (rate * due + come) / (due + come)
    for end, rates in ((found.best, best), (found.worst, worst)):
        assert end[unit] == effect(base, unit, Scenario(rates)).after.score
    twice = possible(base, by, {"online_services": None}, jumps=False, pace=2.0)
    assert twice.best[unit] > found.best[unit] and twice.worst[unit] < found.worst[unit]


def test_with_jumps_anyone_may_get_a_petition_and_lost_ones_may_be_taken_back():
    base, by = sample(LATER), date(2026, 12, 31)
    calm, jumping = possible(base, by, jumps=False), possible(base, by)
    fall, rise = jumpers(base)
    assert np.all((calm.worst - jumping.worst)[fall] == 1200)
    none_comes = to_come(base, by)["petitions"] == 0
    assert np.all((jumping.best - calm.best)[rise & none_comes] == 1200)
    assert np.all((jumping.best - calm.best)[rise & ~none_comes] < 1200)
    assert np.all((jumping.best == calm.best)[fall]) and np.all((jumping.worst == calm.worst)[rise])


@given(baselines(), st.integers(0, 2**32), st.booleans())
def test_whatever_is_done_of_what_comes_lies_within_the_bounds(base, seed, jumps):
    by, dice = date(2026, 12, 31), np.random.default_rng(seed)
    found = possible(base, by, jumps=jumps)
    now = base.standing.score
    assert np.array_equal(np.isnan(found.worst), np.isnan(now)) and np.array_equal(np.isnan(found.best), np.isnan(now))
    known = ~np.isnan(now)
    assert np.all(found.worst[known] <= now[known]) and np.all(now[known] <= found.best[known])
    unit, coming = int(dice.integers(len(now))), to_come(base, by)
    inherited = {c.key for c in base.edition.criteria if base.league.level in c.inherited_by}
    changes, whole = {}, {}
    for i, lever in enumerate(base.edition.levers):
        due, rate = base.anchors.due[unit, i], base.anchors.levers[unit, i]
        if lever.key in inherited or np.isnan(rate) or np.isnan(due) or due == 0 or lever.better == "lower":
            continue
        if base.edition.groups[lever.group].get("one_denominator"):
            continue  # shared counts may be at odds in a made-up table
        more = int(coming[lever.group][unit]) if lever.kind != "stock" else 0
        done, more = int(round(rate * due)), int(dice.integers(0, more + 1))
        whole[lever.key] = more
        changes[lever.key] = Counts(done + int(dice.integers(0, more + 1)), int(due) + more)
    after = effect(base, unit, Scenario(changes)).after.score
    if known[unit]:
        assert found.worst[unit] - 2 <= after <= found.best[unit] + 2  # counts made whole may round a criterion up


def test_with_points_alone_everything_is_possible_unless_bounds_are_stated():
    base = sample("provinces_2025-10-16")
    keys = list(base.edition.component_index)
    wide = possible(base, date(2025, 12, 31))
    assert np.all(wide.best == 10_000 + base.anchors.held) and np.all(wide.worst == base.anchors.held)
    still = possible(base, date(2025, 12, 31), dict.fromkeys(keys))
    assert np.array_equal(still.worst, base.standing.score) and np.array_equal(still.best, base.standing.score)
    some = possible(base, date(2025, 12, 31), dict.fromkeys(keys) | {"progress": (15, 19.5)})
    moved = some.best - base.standing.score
    assert np.array_equal(moved, 1950 - base.standing.components[:, 1]) and np.all(some.worst <= some.best)


def test_where_nothing_is_due_yet_a_first_thing_may_come_and_where_no_period_is_known_any_number():
    edition = sample(LATER).edition
    shown = {c.key: [5.0, 5.0] for c in edition.components}
    counts = {
        "paid_online": [(0, 0), (6, 10)],
        "procedures_paid_online": [(1, 4)] * 2,
        "procedures_integrated": [(1, 4)] * 2,
    }
    base = baseline(edition, league(edition, points=shown, counts=counts))
    found = possible(base, date(2026, 12, 31), dict.fromkeys(set(shown) - {"online_payment"}))
    payment = effect(base, 0, Scenario({"procedures_paid_online": 1.0, "procedures_integrated": 1.0})).after.score + 600
    assert found.best[0] == min(payment, base.standing.score[0] + 500)
    assert found.worst[0] == base.standing.score[0]
    assert base.standing.score[1] - found.worst[1] == 360 and found.best[1] == base.standing.score[1] + 500


def test_ranks_still_possible_are_those_of_the_extremes_and_a_tie_overtakes_nobody():
    found = Possible(np.array([50, 70, 40, 60, np.nan, 80.0]), np.array([60, 75, 50, 65, np.nan, 90.0]))
    ours = reachable(found, 0)
    assert (ours.best_rank, ours.worst_rank) == (3, 4)
    assert ours.safe_from == (2,)  # at most level with our worst
    assert ours.lost_to == (1, 3, 5)  # at least level with our best
    last = reachable(found, 5)
    assert (last.best_rank, last.worst_rank, last.safe_from, last.lost_to) == (1, 1, (0, 1, 2, 3), ())


def test_bounds_stated_in_points_hold_for_everyone_alike():
    base = sample(LATER)
    found = within(base, 0.5, 1.0)
    assert np.array_equal(found.best - base.standing.score, np.full(102, 100.0))
    unit = int(np.flatnonzero(base.rank == 60)[0])
    ours = reachable(found, unit)
    low, high = base.standing.score[unit] - 50, base.standing.score[unit] + 100
    assert ours.best_rank == 1 + np.sum(base.standing.score - 50 > high) > 1
    assert ours.worst_rank == np.sum(base.standing.score + 100 > low) < 102
    assert len(ours.safe_from) == 102 - ours.worst_rank
