"""A score foretold until the deadline with its band, by arithmetic of our own, and how such bands fare."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_series import moved

from model.peers.chances import Forecast
from model.peers.expected import by_day, by_rules, fared, outlook, quantile
from model.peers.history import jumpers, measured
from model.peers.series import series
from model.score.baseline import baseline
from model.table.league import Period
from model.words.problems import Problem
from strategies import sample

FIRST = date(2025, 10, 11)


def dated(base, day, points):
    """The league's table of another day, with so many hundredths of a whole score for each unit."""
    period = Period(kind="year_to_date", first=date(day.year, 1, 1), last=day)
    published = np.full_like(base.league.published, np.nan)
    return baseline(
        base.edition,
        replace(base.league, published=published, published_score=points, as_of=day, period=period),
    )


def wandering(seed, days, mean=2.0, spread=15.0):
    """Tables of An Giang's communes that follow the model: every day the same mean and spread in hundredths."""
    rng, base = np.random.default_rng(seed), sample("an_giang_2025-10-11")
    score, row, before = np.full(102, 5000.0), [], 0
    for day in days:
        gone = day - before
        score = score + rng.normal(mean * gone, spread * np.sqrt(gone), 102)
        row.append(dated(base, FIRST + timedelta(days=day), np.floor(score + 0.5)))
        before = day
    return series(row)


@pytest.fixture(scope="module")
def provinces():
    days = ("2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09", "2026-10-10")
    return series([sample(f"provinces_{day}") for day in days])


def test_the_middle_is_the_present_score_and_the_mean_pace_and_the_band_1_645_spreads_about_it(provinces):
    """Four days in three steps: 6 to 8, 8 to 9, 9 to 10 October; no petition is known of, so nobody jumps."""
    unit = provinces.latest.league.codes.index("H05")
    found = outlook(provinces, unit, date(2026, 10, 20))
    steps = [measured(provinces.tables[i], provinces.tables[j]) for i, j in ((0, 2), (2, 3), (3, 4))]
    mean = sum(one.mean for one in steps) / 4
    spread = np.sqrt(sum(one.spread**2 for one in steps) / 4)
    beyond = NormalDist().inv_cdf(0.95)
    assert found.days == tuple(date(2026, 10, 10) + timedelta(days=n) for n in range(11)) and not found.short
    for n in range(11):
        middle = provinces.score[-1, unit] + 100 * mean * n
        band = 100 * beyond * spread * np.sqrt(n)
        assert found.middle[n] == pytest.approx(middle, abs=0.51)
        assert found.low[n] == pytest.approx(middle - band, abs=1.01)
        assert found.high[n] == pytest.approx(middle + band, abs=1.01)
    assert found.steps == 3 and found.measure.days == 4


def test_a_forecast_ends_where_four_times_the_days_measured_end(provinces):
    far, near = (outlook(provinces, 0, date(2026, *day)) for day in ((12, 31), (10, 26)))
    assert far.days[-1] == near.days[-1] == date(2026, 10, 26) and far.short and not near.short
    assert far.by == date(2026, 12, 31) and np.array_equal(far.high, near.high)


def test_two_tables_foretell_nothing_and_a_unit_without_a_score_neither(provinces):
    two = series([sample("dak_lak_2026-09-17"), sample("dak_lak_2026-10-10")])
    with pytest.raises(Problem) as problem:
        outlook(two, 0, date(2026, 10, 20))
    assert problem.value.code == "expected_few" and all(problem.value.both.values())
    assert fared(two) == ()
    scores = provinces.latest.standing.score.copy()
    scores[0] = np.nan
    without = series([*provinces.tables[:-1], dated(provinces.latest, date(2026, 10, 10), scores)])
    with pytest.raises(Problem) as problem:
        outlook(without, 0, date(2026, 10, 20))
    assert problem.value.code == "plan_no_score"


@given(st.integers(0, 10**6), st.integers(3, 6))
@settings(max_examples=20)
def test_the_band_holds_its_middle_and_is_the_wider_the_further_ahead(seed, n):
    row = wandering(seed, range(0, 5 * n, 5), mean=seed % 7 - 3)
    found = outlook(row, seed % 102, FIRST + timedelta(days=400))
    assert np.all((found.low <= found.middle) & (found.middle <= found.high))
    inside = (found.low > 0) & (found.high < 10_000)
    assert np.all(np.diff((found.high - found.low)[inside]) >= -1)  # each end is a whole hundredth
    assert found.low[0] == found.middle[0] == found.high[0] == row.latest.standing.score[seed % 102]


@given(st.integers(0, 10_000), st.floats(0.01, 8), st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0.01, 0.99))
def test_a_quantile_is_the_first_hundredth_that_so_many_of_the_mixture_reach(expected, spread, down, up, share):
    one = Forecast.of(np.array([float(expected)]), spread, down, up, 1200.0)

    def at_most(score):
        if score >= 10_000:
            return 1.0
        parts = ((0, 1 - down - up), (-1200, down), (1200, up))
        return sum(p * NormalDist(expected + move, 100 * spread).cdf(score + 0.5) for move, p in parts)

    found = quantile(one, share, 100.0)[0]
    assert at_most(found) >= share - 1e-9 and (found == 0 or at_most(found - 1) < share + 1e-9)


def test_a_first_petition_is_part_of_the_band_of_those_it_can_cost_points_and_of_no_other():
    two = [sample("dak_lak_2026-09-17"), sample("dak_lak_2026-10-10")]
    row = series([*two, moved(two[1], date(2026, 10, 20), np.where(np.arange(102) % 2, 20.0, -20.0))])
    fall, rise = jumpers(row.latest)
    neither = int(np.flatnonzero(~fall & ~rise)[0])
    for unit, (below, above) in ((int(fall.argmax()), (True, False)), (neither, (False, False))):
        found = outlook(row, unit, date(2026, 12, 31))
        assert found.measure.over(72)[1] > 0.05
        assert (found.middle[-1] - found.low[-1] > 1000, found.high[-1] - found.middle[-1] > 1000) == (below, above)


def test_each_forecast_is_made_of_what_was_known_until_then_and_judged_by_every_later_table(provinces):
    found = fared(provinces)
    days = {(one.made.day, one.came.day): (one.inside, one.n) for one in found}
    assert list(days) == [(8, 9), (8, 10), (9, 10)]  # of the 6th nothing was known yet, and the 7th repeats it
    beyond = NormalDist().inv_cdf(0.95)
    for (made, came), steps in (((8, 9), [(0, 2)]), ((8, 10), [(0, 2)]), ((9, 10), [(0, 2), (2, 3)])):
        some = [measured(provinces.tables[i], provinces.tables[j]) for i, j in steps]
        gone, ahead = made - 6, came - made
        mean, spread = sum(s.mean for s in some) / gone, np.sqrt(sum(s.spread**2 for s in some) / gone)
        change = (provinces.score[came - 6] - provinces.score[made - 6]) / 100
        inside = np.abs(change - mean * ahead) <= beyond * spread * np.sqrt(ahead) + 0.01
        assert days[made, came] == (inside.sum(), 34)
    assert by_rules(found) == {("766-2026", "province"): (sum(one.inside for one in found), 102)}
    assert {day.day: n for day, (n, *_) in by_day(found).items()} == {9: 1, 10: 2}


@pytest.mark.parametrize("days", [range(0, 40), (0, 1, 5, 6, 13, 20, 22, 30, 31, 45)])
def test_of_histories_that_follow_the_model_nine_in_ten_scores_come_to_lie_in_their_band(days):
    inside, n = 0, 0
    for seed in range(6):
        for a, b in by_rules(fared(wandering(seed, days))).values():
            inside, n = inside + a, n + b
    assert n > 10_000 and inside / n == pytest.approx(0.9, abs=0.02)


def test_no_forecast_reaches_over_a_break():
    first = wandering(1, (0, 5, 10, 15))
    month = Period(kind="month", first=date(2025, 11, 1), last=date(2025, 11, 1))
    later = []
    for one in first.tables:
        day = one.league.as_of + timedelta(days=20)
        league = replace(one.league, as_of=day, period=replace(month, last=day))
        later.append(baseline(one.edition, league))
    found = fared(series([*first.tables, *later]))
    assert len(found) == 6 and all((one.came - one.made).days <= 10 for one in found)
    assert [(one.inside, one.n) for one in found[:3]] == [(one.inside, one.n) for one in found[3:]]
