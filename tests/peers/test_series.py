"""A league's dated tables in a row: lines, breaks, repeats, movers, who may overtake, forecasts beside what came."""

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.peers.attribution import RankChange
from model.peers.calibration import calibration
from model.peers.forecast import PeerMovement, forecast
from model.peers.history import default, measured
from model.peers.series import change, crossings, judged, measure_of, movers, past, pooled, series, steps
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues as tables
from model.table.league import Period
from model.words.phrases import unbroken
from model.words.problems import LANGUAGES, Problem
from strategies import sample

DAYS = [f"2026-10-{day:02}" for day in (6, 7, 8, 9, 10)]


def table(name):
    league = tables.find(name)
    return baseline(load(league.edition), league)


@pytest.fixture(scope="module")
def provinces():
    return series([table(f"provinces_{day}") for day in reversed(DAYS)])


def moved(base, day, points):
    """The league's table of another day, each unit's progress points moved by so many hundredths."""
    k = base.edition.component_index["progress"]
    published, score = base.league.published.copy(), base.league.published_score.copy()
    published[:, k] = np.clip(published[:, k] + points, 0, 2000)
    score += published[:, k] - base.league.published[:, k]
    period = Period(kind="year_to_date", first=date(2026, 1, 1), last=day)
    return baseline(
        base.edition,
        replace(base.league, published=published, published_score=score, as_of=day, period=period),
    )


def test_the_tables_stand_in_the_order_of_their_days_and_the_seventh_repeats_the_sixth(provinces):
    assert [day.isoformat() for day in provinces.days] == DAYS
    assert provinces.repeats == {1} and not provinces.breaks and provinces.distinct == (0, 2, 3, 4)


def test_a_unit_s_line_is_what_each_table_publishes(provinces):
    unit = provinces.latest.league.codes.index("H20")
    assert provinces.score[:, unit].tolist() == [6826, 6826, 6846, 6861, 6880]
    assert provinces.rank[:, unit].tolist() == [1, 1, 1, 1, 1]
    assert provinces.points("progress")[:, unit].tolist() == [1767, 1767, 1769, 1769, 1769]


def test_every_line_s_score_and_components_are_those_of_the_table_s_own_unit(provinces):
    for i, one in enumerate(provinces.tables):
        for unit, code in enumerate(provinces.latest.league.codes):
            row = one.league.codes.index(code)
            assert provinces.score[i, unit] == one.standing.score[row] and provinces.rank[i, unit] == one.rank[row]


def test_between_editions_nothing_is_compared_and_the_reason_is_told():
    both = series([table("provinces_2025-10-11"), table("provinces_2025-10-16"), table("provinces_2026-10-10")])
    assert list(both.breaks) == [2] and both.breaks[2].code == "history_edition" and both.since == 2
    for language in LANGUAGES:  # by their titles, not by keys of ours
        told, titles = both.breaks[2].text(language), [both.tables[i].edition.title[language] for i in (1, 2)]
        assert all(unbroken(title) in told for title in titles) and "766-20" not in told
    with pytest.raises(Problem) as problem:
        change(both, 0)
    assert problem.value.code == "history_edition"
    assert [type(step) for step in steps(both, 0)] == [RankChange, Problem]
    with pytest.raises(Problem, match="two days"):
        pooled(both)
    assert not judged(both, True) and not crossings(both, 0, 365)


def test_the_change_since_a_day_is_last_less_first_and_the_farthest_moved_come_first(provinces):
    points, ranks = change(provinces, 0)
    first = {code: i for i, code in enumerate(provinces.tables[0].league.codes)}
    for unit, code in enumerate(provinces.latest.league.codes):
        was = first[code]
        assert points[unit] == provinces.latest.standing.score[unit] - provinces.tables[0].standing.score[was]
        assert ranks[unit] == provinces.tables[0].rank[was] - provinces.latest.rank[unit]
    named = [provinces.latest.league.names[i] for i in movers(provinces, 0, 3)]
    assert named[:2] == ["Khánh Hòa", "Quảng Trị"]
    assert np.all(np.diff(np.abs(ranks[movers(provinces, 0, 34)])) <= 0)


@given(st.lists(st.lists(st.integers(-300, 300), min_size=3, max_size=3), min_size=1, max_size=4), st.randoms())
def test_what_moved_a_rank_adds_up_over_every_step_and_over_all(changes, random):
    base = sample("provinces_2026-10-10")
    row = [base]
    for n, values in enumerate(changes, 1):
        points = np.array([values[random.randrange(3)] for _ in base.league.codes], dtype=float)
        row.append(moved(row[-1], date(2026, 10, 10) + timedelta(days=n), points))
    found = series(row)
    for unit in random.sample(range(34), 3):
        total = Fraction(0)
        for i, step in enumerate(steps(found, unit)):
            assert sum(step.parts) == step.after - step.before
            assert (step.before, step.after) == (found.rank[i, unit], found.rank[i + 1, unit])
            total += sum(step.parts)
        assert total == found.rank[-1, unit] - found.rank[0, unit]


def test_those_who_trade_places_are_the_ones_whose_straight_lines_cross(provinces):
    unit, days = provinces.latest.league.codes.index("H05"), 30
    found = crossings(provinces, unit, days)
    points, _ = change(provinces, 0)
    pace = points / 4
    for i, name in enumerate(provinces.latest.league.names):
        jump = abs(provinces.points("satisfaction")[-1, i] - provinces.points("satisfaction")[0, i]) > 600
        if i == unit or jump:
            continue
        now = provinces.score[-1, i] - provinces.score[-1, unit]
        then = now + days * (pace[i] - pace[unit])
        assert (i in [one.row for one in found]) == (now * then < 0 or (now != 0 and then == 0)), name
    assert [one.days for one in found] == sorted(one.days for one in found)


def test_of_two_tables_the_measure_is_that_of_their_step_and_over_more_variances_add():
    two = [sample("dak_lak_2026-09-17"), sample("dak_lak_2026-10-10")]
    alone, first = pooled(series(two)), measured(*two)
    counts = ("days", "mean", "spread", "fell", "could_fall", "rose", "could_rise")
    assert [getattr(alone, key) for key in counts] == [getattr(first, key) for key in counts]
    third = moved(two[1], date(2026, 10, 20), np.where(np.arange(102) % 2, 40.0, -20.0))
    more, second = pooled(series([*two, third])), measured(two[1], third)
    assert more.days == 33 and more.mean == pytest.approx(first.mean + second.mean)
    assert more.spread == pytest.approx(np.hypot(first.spread, second.spread))
    assert (more.fell, more.could_fall) == (first.fell, round((first.could_fall + second.could_fall) / 2))


def test_what_earlier_tables_tell_is_pooled_over_all_of_them_and_without_a_step_it_is_what_was_measured_once():
    rng, now = np.random.default_rng(20), sample("dak_lak_2026-10-10")
    earlier, middle = (moved(now, date(2026, 9, day), rng.integers(-60, 20, now.rank.size)) for day in (1, 20))
    told = past(series([now, earlier, middle]))
    assert (told.table, told.n) == (middle, 3) and told.measure == pooled(series([earlier, middle, now]))
    assert measure_of(now, told, 90) == told.measure != measured(middle, now)
    assert measure_of(now, past(series([middle, now])), 80) == measured(middle, now)
    assert past(series([now])) is None and measure_of(now, None, 92) == default(now)
    assert (told.first, told.days, told.reach) == (earlier, 39, 156)


def test_a_history_too_short_for_the_time_ahead_gives_way_to_what_was_measured_once_and_that_ends_too():
    now = sample("dak_lak_2026-10-10")
    short = past(series([moved(now, date(2026, 10, 7), np.arange(102) % 7.0), now]))
    assert measure_of(now, short, 12) == short.measure and measure_of(now, short, 13) == default(now)
    for before in (short, None):
        with pytest.raises(Problem) as problem:
            measure_of(now, before, 4 * 23 + 1)
        assert problem.value.code == "movement_far" and {"23", "92", "93"} <= set(
            re.findall(r"\d+", str(problem.value))
        )


def test_nobody_s_trend_and_no_pooled_movement_goes_on_for_more_than_four_times_the_days_seen(provinces):
    four = past(provinces)
    assert (four.measure.days, four.measure.reach, four.reach) == (4, 16, 16)
    for kind, more in (("trend", {"history": four.first}), ("uncertain", {"measure": four.measure})):
        forecast(provinces.latest, PeerMovement(kind), 16, **more)
        with pytest.raises(Problem) as problem:
            forecast(provinces.latest, PeerMovement(kind), 17, **more)
        assert problem.value.code == "movement_far"


def test_a_forecast_is_judged_by_the_day_after_it_with_what_was_known_before():
    two = [sample("dak_lak_2026-09-17"), sample("dak_lak_2026-10-10")]
    third = moved(two[1], date(2026, 10, 20), np.where(np.arange(102) % 3, 10.0, -10.0))
    found = judged(series([*two, third]), True)
    expected = []
    for earlier, later, measure in ((two[0], two[1], default(two[0])), (two[1], third, measured(*two))):
        one = calibration(earlier, later, True, measure)
        expected.append((int(((one.low <= one.rank) & (one.rank <= one.high)).sum()), one.rank.size))
    assert [(one.inside, one.n) for one in found] == expected
    assert [one.came for one in found] == [date(2026, 10, 10), date(2026, 10, 20)]


def test_what_has_no_day_or_the_same_or_no_unit_in_common_is_refused():
    base = sample("dak_lak_2026-10-10")
    undated = baseline(base.edition, replace(base.league, as_of=None, period=None))
    for other, code in (
        (undated, "series_no_day"),
        (base, "series_same_day"),
        (sample("provinces_2026-10-10"), "series_same_day"),
        (table("provinces_2026-10-09"), "series_other_league"),
    ):
        with pytest.raises(Problem) as problem:
            series([base, other])
        assert problem.value.code == code and all(problem.value.both.values())
