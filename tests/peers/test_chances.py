"""The chance of a rank: laws, closed forms, every subset of few peers, and a million draws."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, norm

from model.peers.chances import Forecast, _Field, needed_for, rank_chances, score_for, scores_for
from model.peers.forecast import PeerMovement, forecast, own_forecast
from model.peers.history import measures
from model.peers.probability import normal_sf, poisson_binomial
from model.plan.plan import Means, answer, score_for_rank
from model.rules.files import load
from model.rules.formulas import place
from model.score.scenario import Scenario
from model.table import leagues as tables
from model.words.problems import Problem
from strategies import baselines, sample

RULES = load("766-2026")
TOP = 10_000
scores = st.integers(0, TOP) | st.sampled_from([0, 1, 50, TOP - 50, TOP - 1, TOP])
spreads = st.sampled_from([0.0, 0.0, 0.01, 0.3, 0.73, 5.0])
shares = st.sampled_from([0.0, 0.0, 0.1, 0.5])


@st.composite
def forecasts(draw, most=6):
    """Few peers near one another, some certain, some jumping, some outside 0 to 100 or without a score."""
    n, centre = draw(st.integers(0, most)), draw(scores)
    near = st.integers(-60, 60).map(lambda d: float(np.clip(centre + d, 0, TOP)))
    expected = st.one_of(near, near, scores.map(float), st.sampled_from([np.nan, -250.0, TOP + 331.0]))
    rows = [(draw(expected), draw(spreads), draw(shares), draw(shares)) for _ in range(n)]
    parts = np.array(rows, dtype=float).reshape(n, 4).T
    return Forecast.of(*parts, jump=1200.0)


@st.composite
def owns(draw):
    return Forecast.of(float(draw(scores)), draw(spreads), draw(shares), draw(shares), 1200.0)


def one(unit):
    """What a unit may score, hundredths (x,), and how likely, (x,), by scipy's normal distribution point by point."""
    mu, sd = float(unit.expected), 100 * float(unit.spread)
    points, masses = [], []
    for moved, share in ((0, 1 - unit.down - unit.up), (-unit.jump, unit.down), (unit.jump, unit.up)):
        at = mu + moved + (np.arange(-np.ceil(9 * sd) - 1, np.ceil(9 * sd) + 2) if sd else np.zeros(1))
        edges = norm.cdf((np.append(at, at[-1] + 1) - 0.5 - mu - moved) / sd) if sd else np.array([0, 1])
        points.append(np.clip(at, min(0.0, mu), max(float(TOP), mu)))
        masses.append(share * np.diff(edges))
    x, where = np.unique(np.concatenate(points), return_inverse=True)
    return x, np.bincount(where, np.concatenate(masses))


def by_hand(peers, own):
    """The distribution of the rank, by every subset of peers at every own score."""
    each = [one(peers[i]) for i in np.flatnonzero(~np.isnan(peers.expected))]
    scores, weights = one(own)
    above = [np.append(np.cumsum(p[::-1])[::-1], 0)[np.searchsorted(x, scores, side="right")] for x, p in each]
    pmf = np.zeros(len(each) + 1)
    for subset in product((0, 1), repeat=len(each)):
        chance = np.ones(scores.size)
        for ahead, p in zip(subset, above, strict=True):
            chance = chance * (p if ahead else 1 - p)
        pmf[sum(subset)] += weights @ chance
    return pmf


def test_the_tail_of_the_normal_distribution_is_that_of_scipy():
    z = np.concatenate([np.linspace(-12, 12, 200_001), [np.inf, -np.inf]])
    assert np.abs(normal_sf(z) - norm.sf(z)).max() < 5e-16
    middle = z[np.abs(z) < 8]
    assert np.abs(normal_sf(middle) / norm.sf(middle) - 1).max() < 1e-11


@given(st.integers(0, 700), st.integers(0, 2**32), st.sampled_from([0.01, 0.5, 1.0]))
@example(256, 1, 1.0)
@example(257, 1, 1.0)
def test_counts_are_those_of_draws_multiplied_out_one_by_one(n, seed, most):
    dice = np.random.default_rng(seed)
    chance = most * dice.random((3, n))
    chance[dice.random((3, n)) < 0.2] = 0
    chance[dice.random((3, n)) < 0.2] = 1
    for row, found in zip(chance, poisson_binomial(chance), strict=True):
        wanted = np.ones(1)
        for p in row:
            wanted = np.append(wanted * (1 - p), 0) + np.append(0, wanted * p)
        assert np.abs(found - wanted).max() < 1e-14 and found.min() >= 0


@pytest.mark.parametrize("n", [1, 7, 126, 1_000, 3_321])
@pytest.mark.parametrize("above", [-73, 0, 200])
def test_equal_peers_stand_above_as_often_as_the_binomial_distribution_says(n, above):
    found = rank_chances(RULES, Forecast.of(np.full(n, 6000.0), 0.73), Forecast.of(6000.0 + above))
    wanted = binom.pmf(np.arange(n + 1), n, norm.sf((above + 0.5) / 73))
    assert np.abs(found.pmf - wanted).max() < 1e-13


@given(forecasts(4), owns())
def test_the_chance_of_a_rank_is_that_of_every_subset_of_peers(peers, own):
    found, pmf = rank_chances(RULES, peers, own), by_hand(peers, own)
    assert found.pmf.shape == pmf.shape and np.abs(found.pmf - pmf).max() < 1e-9


@given(baselines(), st.integers(0, 2**32))
def test_with_everyone_certain_the_rank_is_the_engines_own(base, seed):
    score = base.standing.score
    known = np.flatnonzero(~np.isnan(score))
    if not known.size:
        return
    unit = int(known[seed % known.size])
    certain = Forecast.of(score)
    found = rank_chances(base.edition, certain.without(unit), certain[unit])
    rank = int(base.rank[unit])
    assert found.pmf.size == base.ranked and found.pmf[rank - 1] == 1 and found.most_likely == rank
    assert found.interval == (rank, rank)


def test_tied_units_share_the_better_rank():
    peers = Forecast.of(np.array([9357.0, 9338.0, np.nan]))
    assert rank_chances(RULES, peers, Forecast.of(9357.0)).pmf.tolist() == [1, 0, 0]
    assert rank_chances(RULES, peers, Forecast.of(9338.0)).pmf.tolist() == [0, 1, 0]
    assert rank_chances(RULES, peers, Forecast.of(9337.0)).pmf.tolist() == [0, 0, 1]
    # one peer of three is on our score for sure, another one by a toss of petitions: rank 1 unless it stays above
    toss = Forecast.of(np.array([7000.0, 8200.0]), 0.0, np.array([0.0, 0.25]), 0.0, 1200.0)
    found = rank_chances(RULES, toss, Forecast.of(7000.0))
    assert found.pmf.tolist() == [0.25, 0.75, 0]


@given(forecasts(8), owns(), st.integers(0, 2**32))
def test_no_order_of_peers_matters_and_the_figures_agree_among_themselves(peers, own, seed):
    found = rank_chances(RULES, peers, own)
    shuffled = peers[np.random.default_rng(seed).permutation(peers.expected.size)]
    assert np.abs(found.pmf - rank_chances(RULES, shuffled, own).pmf).max() < 1e-12
    assert found.pmf.min() >= 0 and found.pmf.sum() == pytest.approx(1, abs=1e-12)
    ranks = range(1, found.pmf.size + 1)
    chances = [found.at_most(rank) for rank in ranks]
    assert chances == sorted(chances) and chances[-1] == 1 and found.at_most(0) == 0
    assert found.at_most(found.pmf.size + 5) == 1
    for share in (0.05, 0.5, 0.95, 1.0):
        assert found.quantile(share) == next(r for r in ranks if found.at_most(r) >= share - 1e-9)
    low, high = found.interval
    assert found.at_most(high) - found.at_most(low - 1) >= 0.9 - 2e-9
    assert found.pmf[found.most_likely - 1] == found.pmf.max()


@given(forecasts(8), owns(), st.integers(0, TOP), st.integers(0, 400))
def test_more_points_never_lower_the_chance_of_a_rank(peers, own, start, more):
    less = Forecast.of(float(start), own.spread, own.down, own.up, own.jump)
    ahead = Forecast.of(float(min(TOP, start + more)), own.spread, own.down, own.up, own.jump)
    gain = rank_chances(RULES, peers, ahead).cumulative - rank_chances(RULES, peers, less).cumulative
    assert gain.min() > -1e-9


@given(forecasts(8), owns(), st.integers(0, 99), st.sampled_from([0.01, 0.5, 0.8, 0.95, 1.0]))
def test_the_score_for_a_rank_is_the_lowest_that_gives_it_its_chance(peers, own, at, probability):
    rank = 1 + at % (1 + int((~np.isnan(peers.expected)).sum()))
    found = score_for(RULES, peers, rank, probability, own)

    def chance(expected):
        around = Forecast.of(expected, own.spread, own.down, own.up, own.jump)
        return rank_chances(RULES, peers, around).at_most(rank)

    if found is None:
        assert chance(float(TOP)) < probability
    else:
        assert chance(found) >= probability - 2e-9
        assert found == 0 or chance(found - 1) < probability


@given(baselines(), st.integers(0, 99), st.sampled_from([0.01, 0.95, 1.0]))
def test_among_certain_peers_the_score_for_a_rank_is_the_planners(base, at, probability):
    peers = base.standing.score
    rank = 1 + at % (1 + int((~np.isnan(peers)).sum()))
    wanted = score_for_rank(peers, rank)
    found = score_for(base.edition, Forecast.of(peers), rank, probability)
    assert found == (None if wanted > TOP else max(0.0, wanted))


def test_a_rank_that_no_score_reaches_is_told_so():
    beyond = Forecast.of(np.array([TOP + 331.0, 5000.0]))
    assert score_for(RULES, beyond, 1, 0.5) is None
    assert score_for(RULES, beyond, 2, 0.5) == 5000
    near = Forecast.of(np.full(3, float(TOP)), 1.0)
    assert scores_for(RULES, near, [1], [0.122, 0.5, 1])[1] == {0.122: TOP - 1, 0.5: TOP, 1: TOP}  # none above 100
    unsure = Forecast.of(0.0, 1.0)
    assert score_for(RULES, near, 1, 0.99, unsure) is None
    with pytest.raises(Problem) as refusal:
        needed_for(RULES, near, 1, 0.99, unsure)
    assert refusal.value.code == "chance_out_of_reach" and "99\u00a0%" in refusal.value.text("en")


@pytest.mark.parametrize("unit", [20, 60])
def test_a_plan_for_a_rank_with_80_percent_gives_it_80_percent(unit):
    base = sample("dak_lak_2026-10-10")
    peers = forecast(base, PeerMovement("uncertain", jumps=True), 30).without(unit)
    needed = needed_for(base.edition, peers, 10, 0.8)
    found = answer(base, unit, needed, Means())
    assert found.status == "reached" and found.needed == needed
    for plan in found.plans:
        assert rank_chances(base.edition, peers, Forecast.of(plan.score)).at_most(10) >= 0.8
    short = rank_chances(base.edition, peers, Forecast.of(needed - 1))
    assert short.at_most(10) < 0.8


def test_units_without_a_score_are_no_peers_and_without_ours_there_is_no_chance():
    peers = Forecast.of(np.array([np.nan, 5000.0]), 1.0)
    assert rank_chances(RULES, peers, Forecast.of(5000.0)).pmf.size == 2
    assert rank_chances(RULES, peers[:1], Forecast.of(1.0, 2.0)).pmf.tolist() == [1]
    with pytest.raises(Problem, match="no score"):
        rank_chances(RULES, peers, Forecast.of(np.nan))


@pytest.mark.parametrize("wrong", [{"spread": -1}, {"spread": np.nan}, {"down": -0.1}, {"up": 0.6, "down": 0.6}])
def test_a_forecast_that_is_none_is_refused(wrong):
    with pytest.raises(Problem) as refusal:
        Forecast.of(np.zeros(2), **wrong)
    assert refusal.value.code == "chance_forecast"


def test_questions_that_make_no_sense_are_refused():
    peers = Forecast.of(np.zeros(4), 1.0)
    for rank, probability, code in (
        (0, 0.5, "plan_rank"),
        (6, 0.5, "plan_rank"),
        (1, 0, "chance_probability"),
        (1, 1.1, "chance_probability"),
        (1, np.nan, "chance_probability"),
    ):
        with pytest.raises(Problem) as refusal:
            score_for(RULES, peers, rank, probability)
        assert refusal.value.code == code
    with pytest.raises(Problem) as refusal:
        rank_chances(replace(RULES, ties="dense"), peers, Forecast.of(1.0))
    assert refusal.value.code == "chance_ties"


def every_hundredth(peers, own):
    """The distribution of the rank by scipy's normal distribution, draw by draw, at every single score of our own."""
    known = peers[~np.isnan(peers.expected)]
    scores, weights = one(own)
    scores, weights = scores[weights > 1e-14], weights[weights > 1e-14]
    above = np.zeros((scores.size, known.expected.size))
    gap = scores[:, None] - known.expected
    sure = known.spread == 0
    for moved, share in ((0, 1 - known.down - known.up), (-known.jump, known.down), (known.jump, known.up)):
        normal = norm.sf((gap - moved + 0.5) / np.where(sure, 1, 100 * known.spread))
        above += share * np.where(sure, gap < moved, normal)
    above[scores >= TOP] = 0.0  # nobody's expected score is beyond the ends here
    pmf = np.zeros((known.expected.size + 1, scores.size))
    pmf[0] = 1.0
    for done, p in enumerate(above.T, 1):
        pmf[1 : done + 1] += p * (pmf[:done] - pmf[1 : done + 1])
        pmf[0] *= 1 - p
    return pmf @ weights


def made_up(units, seed=766, middle=6_500, spread=0.73, jumps=1.0):
    """A league of so many units around a score, most of which jump up or down."""
    dice = np.random.default_rng(seed)
    expected = np.clip(np.round(dice.normal(middle, 600, units)), 0, TOP)
    fall = dice.random(units) < 0.75
    return Forecast.of(expected, spread, jumps * np.where(fall, 9 / 78, 0), jumps * np.where(fall, 0, 0.2), 1_200.0)


def assert_as_at_every_hundredth(peers, own):
    found, wanted = rank_chances(RULES, peers, own).pmf, every_hundredth(peers, own)
    assert found.shape == wanted.shape and np.abs(np.cumsum(found) - np.cumsum(wanted)).max() < 1e-9


@pytest.mark.parametrize("league", [name for name in tables.samples() if not name.startswith("provinces")])
@pytest.mark.parametrize("place_of", [0.0, 0.6])
@pytest.mark.parametrize(("spread", "own_spread", "jumps"), [(None, 0.73, True), (0.2, 1.5, False), (2.0, 0.1, True)])
def test_thinned_sums_are_those_over_every_hundredth_on_the_samples(league, place_of, spread, own_spread, jumps):
    base = sample(league)
    unit = int(np.argsort(base.rank)[int(place_of * (base.ranked - 1))])
    measure = measures()["766-2026", "commune"]
    movement = PeerMovement("uncertain", spread=spread, jumps=jumps)
    peers = forecast(base, movement, measure.days, measure=measure).without(unit)
    assert_as_at_every_hundredth(peers, own_forecast(base, unit, Scenario(), own_spread, jumps, measure=measure))


@pytest.mark.sweep(5)
@pytest.mark.parametrize("units", [300, 3_321, 20_000])
@pytest.mark.parametrize("jumps", [0.0, 0.001, 1.0])
@pytest.mark.parametrize("spread", [0.0, 0.05, 0.73, 5.0])
def test_large_leagues_are_counted_by_kind_as_one_by_one(units, jumps, spread):
    field = _Field(RULES, made_up(units, spread=spread, jumps=jumps))
    every = np.linspace(4_000, 9_000, min(200, 2**19 // units)).round()
    for scores in (every, every[-20:] + 900):  # of near and of far
        few = np.linspace(0, scores.size - 1, 7).astype(int)
        wanted = poisson_binomial(field.above(scores[few]))
        found = field.by_kind(scores)[few]
        assert np.abs(np.cumsum(found, axis=1) - np.cumsum(wanted, axis=1)).max() < 1e-10


@pytest.mark.parametrize("middle", [400, 9_500])
def test_sums_that_end_at_nought_or_at_a_hundred_points_are_graded_there(middle):
    everyone = made_up(90, middle=middle)
    for at in (30.0, 400.0) if middle == 400 else (9_700.0, 9_960.0):
        assert_as_at_every_hundredth(everyone, Forecast.of(at, 0.73, 0.1, 0.1, 1_200.0))


def test_peers_whose_spreads_all_differ_are_counted_too():
    peers = made_up(40, spread=np.linspace(0.5, 1.5, 40))
    assert_as_at_every_hundredth(peers, Forecast.of(6_900.0, 0.73))


@given(st.integers(0, 2**32), st.sampled_from([0.3, 0.73, 3.0]), st.sampled_from([0.3, 0.73, 3.0]), scores)
@settings(max_examples=20)
def test_any_small_league_is_summed_as_over_every_hundredth(seed, spread, own_spread, at):
    peers = made_up(seed % 20, seed, middle=seed % TOP, spread=spread)
    assert_as_at_every_hundredth(peers, Forecast.of(float(at), own_spread, 0.1, 0.0, 1_200.0))


def test_halving_the_step_changes_nothing_in_a_league_of_all_communes():
    everyone = made_up(3_321)
    unit = int(np.argsort(everyone.expected)[-332])
    field, own = _Field(RULES, everyone.without(unit)), everyone[unit]
    step = field.step(own)
    assert step >= 4
    whole, half = (field.mixed(*field.own_scores(own, h)) for h in (step, step // 2))
    assert np.abs(np.cumsum(whole - half)).max() < 1e-9


def off(field, own, step):
    """How far a sum over every step-th hundredth of our score is from that over every one, at most at any rank."""
    every, some = (field.mixed(*field.own_scores(own, h)) for h in (1, step))
    return np.abs(np.cumsum(some / some.sum() - every / every.sum())).max()


def test_the_step_taken_is_as_good_as_every_hundredth_in_many_random_leagues():
    dice, steps, worst = np.random.default_rng(766), [], []
    for seed in range(60):
        spread, own_spread = 10 ** dice.uniform(-1.3, 0.6, 2)
        jumps, middle = dice.choice([0.0, 1.0]), dice.uniform(2_000, 9_000)
        peers = made_up(int(dice.integers(1, 200)), seed, middle, spread, jumps)
        own = Forecast.of(np.round(dice.normal(middle, 400)), own_spread, *(jumps * dice.uniform(0, 0.3, 2)), 1_200.0)
        field = _Field(RULES, peers)
        steps.append(step := field.step(own))
        assert off(field, own, step) < 1e-9
        worst.append(off(field, own, 4 * step))
    assert np.median(steps) > 4 and max(worst) > 1e-9  # else the bound would be idle, or the measure blind


@pytest.mark.parametrize("own_spread", [0.0, 0.73])
def test_the_score_for_a_rank_in_a_large_league_is_the_lowest_that_gives_it_its_chance(own_spread):
    peers = made_up(1_500)
    found = score_for(RULES, peers, 10, 0.8, Forecast.of(0.0, own_spread))
    chance = [rank_chances(RULES, peers, Forecast.of(found - less, own_spread)).at_most(10) for less in (0, 1)]
    assert chance[0] >= 0.8 > chance[1]


def drawn(peers, own, draws, seed):
    """How often each rank comes in so many draws, shape (n,): drawn, rounded, kept within 0 to 100, counted."""
    dice = np.random.default_rng(seed)
    known = peers[~np.isnan(peers.expected)]

    def scores(forecast, rows):
        shape = (rows, *forecast.expected.shape)
        toss = dice.random(shape)
        jump = np.where(toss < forecast.down, -forecast.jump, np.where(toss > 1 - forecast.up, forecast.jump, 0.0))
        score = np.floor(forecast.expected + jump + 100 * forecast.spread * dice.standard_normal(shape) + 0.5)
        return np.clip(score, np.minimum(0, forecast.expected), np.maximum(TOP, forecast.expected))

    hits, step = np.zeros(known.expected.size + 1), 20_000
    for _ in range(draws // step):
        above = (scores(known, step) > scores(own, step)[:, None]).sum(axis=1)
        hits += np.bincount(above, minlength=hits.size)
    return hits / draws


def within_four_errors(league, place_of, own_spread, jumps, draws):
    base = sample(league)
    unit = int(np.argsort(base.rank)[int(place_of * (base.ranked - 1))])
    measure = measures()["766-2026", "commune"]
    peers = forecast(base, PeerMovement("uncertain", jumps=jumps), measure.days, measure=measure).without(unit)
    own = own_forecast(base, unit, Scenario(), own_spread, jumps, measure=measure)
    exact = rank_chances(base.edition, peers, own)
    often = drawn(peers, own, draws, seed=766)
    for stated, seen in ((exact.pmf, often), (exact.cumulative, np.cumsum(often))):
        error = np.sqrt(np.clip(stated * (1 - stated), 0, None) / draws)
        assert np.all(np.abs(stated - seen) <= 4 * error + 1 / draws)  # the last for what is too rare to be counted


def test_the_exact_chances_are_those_of_many_draws():
    within_four_errors("dak_lak_2026-10-10", 0.5, 0.73, True, 200_000)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "league", [name for name in tables.samples() if not name.startswith("provinces")]
)  # unmeasured
@pytest.mark.parametrize(("place_of", "own_spread", "jumps"), [(0.0, 0.0, False), (0.3, 0.73, True), (0.9, 0.0, True)])
def test_the_exact_chances_are_those_of_a_million_draws(league, place_of, own_spread, jumps):
    within_four_errors(league, place_of, own_spread, jumps, 1_000_000)


def test_the_road_of_certain_scores_ends_where_place_does():
    base = sample("hanoi_2025-08-25")
    peers = np.delete(base.standing.score, 3)
    for score in (0.0, 8000.0, 9473.0, 10_000.0):
        assert rank_chances(base.edition, Forecast.of(peers), Forecast.of(score)).most_likely == place(score, peers)
