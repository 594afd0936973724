"""What moved a rank: parts that add up to the last digit, and Shapley's rule against every order of going."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.peers.attribution import HELD, between, shared, under
from model.score.baseline import baseline
from model.score.scenario import effect
from model.table import leagues as tables
from model.table.league import frozen
from model.words.problems import Problem
from strategies import any_scenario, cases, sample

EARLIER, LATER = "dak_lak_2026-09-17", "dak_lak_2026-10-10"
HISTORIES = [(EARLIER, LATER)]
few = st.integers(0, 4).map(float)
maybe = st.one_of(few, few, few, st.just(np.nan))


def middle(own, peers):
    """1 + above + tied / 2, peers without a score left out."""
    score = sum(own)
    ranked = [p for p in peers if not np.isnan(p)]
    return Fraction(2 + 2 * sum(p > score for p in ranked) + sum(p == score for p in ranked), 2)


def by_every_order(own_before, own_after, before, after):
    """Each player's average effect over all orders, our parts first and then the peers."""
    players = len(own_before) + len(before)
    parts, orders = [Fraction(0)] * players, list(permutations(range(players)))
    for order in orders:
        state, last = [*own_before, *before], middle(own_before, before)
        for player in order:
            state[player] = [*own_after, *after][player]
            now = middle(state[: len(own_before)], state[len(own_before) :])
            parts[player] += now - last
            last = now
    return [part / len(orders) for part in parts]


@given(st.lists(st.tuples(few, few), min_size=1, max_size=3), st.lists(st.tuples(maybe, maybe), max_size=3))
def test_parts_are_the_average_effect_over_all_orders_in_which_parts_and_peers_may_go(own, peers):
    own_before, own_after = zip(*own, strict=True)
    before, after = zip(*peers, strict=True) if peers else ((), ())
    keys, codes = [f"part {i}" for i in range(len(own))], tuple(f"peer {i}" for i in range(len(peers)))
    found = shared(
        dict(zip(keys, own_before, strict=True)),
        dict(zip(keys, own_after, strict=True)),
        codes,
        np.array(before, dtype=float),
        np.array(after, dtype=float),
    )
    wanted = by_every_order(own_before, own_after, before, after)
    assert [*found.own.values(), *(found.peers.get(code, Fraction(0)) for code in codes)] == wanted
    assert found.ties == (found.after - middle(own_after, after)) - (found.before - middle(own_before, before))
    assert sum(found.parts) == found.after - found.before
    one_date = [w for w, b, a in zip(wanted[len(own) :], before, after, strict=True) if np.isnan(a) != np.isnan(b)]
    assert found.came + found.went == sum(one_date) and found.came >= 0 >= found.went
    assert found.risen >= 0 >= found.fallen


def test_parts_that_can_be_worked_out_by_hand():
    # 1,2,3 of 4: ours gains 1 point by one part among peers at 50, 52 and 51; one of them falls from 52 to 40
    found = shared(
        {"a": 50.0, "b": 1.0}, {"a": 50.0, "b": 2.0}, ("x", "y", "z"), *np.array([[50, 52, 51], [50, 40, 51]])
    )
    assert (found.before, found.after) == (2, 1)
    # over x nothing; past z, tied before, half a place; of y's one and a half... y falls alone: 1 or 1/2 place
    assert found.own == {"a": 0, "b": Fraction(-1, 2) + Fraction(-1, 4)}
    assert found.peers == {"y": Fraction(-3, 4)} and found.fallen == Fraction(-3, 4) and found.risen == 0
    assert found.ties == Fraction(1, 2)  # no longer sharing the better place with z


def test_a_tie_broken_for_the_better_by_nobody_but_us_moves_no_rank():
    found = shared({"a": 70.0}, {"a": 71.0}, ("x", "y"), *np.array([[70.0, 70.0], [70.0, 70.0]]))
    assert (found.before, found.after, found.own["a"], found.ties) == (1, 1, -1, 1)


@pytest.mark.parametrize("history", HISTORIES)
def test_what_moved_every_unit_between_two_dates_adds_up_to_its_change_of_rank(history):
    earlier, later = map(sample, history)
    for unit, code in enumerate(later.league.codes):
        found = between(earlier, later, unit)
        was = earlier.league.codes.index(code)
        assert (found.before, found.after) == (earlier.rank[was], later.rank[unit])
        assert sum(found.parts) == found.after - found.before
        assert found.risen + found.fallen + found.came + found.went == sum(found.peers.values())
        assert set(found.own) == {*earlier.edition.component_index, HELD}


def test_a_component_that_rose_never_worsens_the_rank_and_one_that_stood_still_has_no_part():
    earlier, later = sample(EARLIER), sample(LATER)
    for unit, code in enumerate(later.league.codes):
        was = earlier.league.codes.index(code)
        moved = later.standing.components[unit] - earlier.standing.components[was]
        for change, part in zip(moved, between(earlier, later, unit).own.values(), strict=False):
            assert part * int(np.sign(change)) <= 0 and (change != 0 or part == 0)


@pytest.mark.parametrize("league", tables.samples())
def test_what_a_scenario_moves_adds_up_on_every_unit_of_every_sample(league):
    base = sample(league)
    for unit in range(len(base.league.codes)):
        for seed in range(3):
            scenario = any_scenario(base, unit, seed, [0.2, 0.5, 1.0][seed])
            found, outcome = under(base, unit, scenario), effect(base, unit, scenario)
            assert (found.before, found.after) == (outcome.rank_before, outcome.rank_after)
            assert sum(found.parts) == found.after - found.before
            assert not found.peers and found.own[HELD] == 0


@given(cases(), st.integers(0, 2**32))
def test_a_scenario_and_moving_peers_together_add_up_too(case, seed):
    base, unit, scenario = case
    if np.isnan(base.rank[unit]):
        with pytest.raises(Problem) as refusal:
            under(base, unit, scenario)
        assert refusal.value.code == "movement_unranked"
        return
    dice = np.random.default_rng(seed)
    peers = np.delete(base.standing.score, unit)
    peers = dice.permutation(peers) + dice.choice([0, 0, 1, -100], peers.size)
    found = under(base, unit, scenario, peers)
    after = effect(base, unit, scenario).after.score
    assert found.after == 1 + np.sum(peers > after)
    assert sum(found.parts) == found.after - found.before


def test_peers_ranked_on_only_one_date_have_a_part_of_their_own():
    earlier, later = sample(EARLIER), sample(LATER)
    score = later.league.published_score.copy()
    gone = later.league.codes.index("H15.198")  # the first
    components = later.league.published.copy()
    components[gone], score[gone] = np.nan, np.nan
    rate = later.league.rate.copy()
    rate[gone] = np.nan
    without = replace(
        later.league,
        published=frozen(components),
        published_score=frozen(score),
        rate=frozen(rate),
        due=frozen(np.where(np.isnan(rate), np.nan, later.league.due)),
    )
    fewer = baseline(later.edition, without)
    assert np.isnan(fewer.rank[gone])
    unit = later.league.codes.index("H15.147")
    found = between(earlier, fewer, unit)
    assert found.went == -1 and found.came == 0 and found.peers["H15.198"] == -1
    assert (
        sum(found.parts)
        == found.after - found.before
        == fewer.rank[unit] - earlier.rank[earlier.league.codes.index("H15.147")]
    )
    with pytest.raises(Problem, match="not ranked in both"):
        between(earlier, fewer, gone)


def test_two_tables_that_make_no_history_are_refused():
    september, october = sample(EARLIER), sample(LATER)
    monthly = replace(september.league, period=replace(september.league.period, kind="month"))
    for one, other, code in (
        (october, september, "history_dates"),
        (october, october, "history_dates"),
        (sample("hanoi_2025-08-25"), october, "history_edition"),
        (baseline(september.edition, monthly), october, "history_period"),
    ):
        with pytest.raises(Problem) as refusal:
            between(one, other, 0)
        assert refusal.value.code == code and refusal.value.both


def test_many_parts_are_shared_by_the_weights_of_their_subsets():
    own = {f"p{i}": 10.0 for i in range(7)}
    more = {f"p{i}": 11.0 + i for i in range(7)}
    codes, peers = ("x",), np.array([80.0])
    found = shared(own, more, codes, peers, peers)
    # one peer 10 points ahead: a part's share is how often it is the one that takes us level or past, over all orders
    steps = np.arange(1, 8)
    for i in range(7):
        wanted = Fraction(0)
        others = [int(s) for j, s in enumerate(steps) if j != i]
        for size in range(7):
            cases_ = list(combinations(others, size))
            gained = sum((np.sign(10 - sum(c)) - np.sign(10 - sum(c) - int(steps[i])) for c in cases_), start=0)
            wanted -= Fraction(int(gained), 2 * 7 * len(cases_))
        assert found.own[f"p{i}"] == wanted
    assert sum(found.parts) == -1
