"""What each lever pays, what is still to come and until when a target can be reached, worked out by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from lopsided import lopsided
from model.peers.calendar import arrivals, days, days_so_far, gained, to_come
from model.plan.plan import Means, reaches
from model.plan.prices import last_day, prices
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.table.league import Period
from strategies import league

MENDED = {"petitions_on_time": "mendable"}
COMING = Means(more={"dossiers": 20, "fee_dossiers": 10}, bounds={"digitized": (0.0, 0.9)}, kinds=MENDED)


def priced(unit, means):
    return {price.lever: price for price in prices(lopsided(), unit, reaches(lopsided(), unit, means)[0])}


def test_a_lever_in_whole_things_pays_its_slope_by_the_things_there_will_be():
    found = priced(0, COMING)["on_time"]  # 90 of 100, at best 110 of 120
    assert found.per_thing == found.per_effort == pytest.approx((20 + 6 / 0.9) / 120)
    assert found.gain == pytest.approx(0.33 + 0.11)  # 18.33 and 5.78 for 18.00 and 5.67
    assert (found.saturates, found.places) == (1.0, 0)
    paid = priced(0, COMING)["paid_online"]  # 30 of 40, at best 40 of 50
    assert (paid.per_thing, paid.gain) == (pytest.approx(6 / 50), pytest.approx(0.3))


def test_effort_divides_what_a_thing_pays_and_none_puts_a_lever_first():
    found = priced(0, COMING)["petitions_on_time"]  # 2 of 4; one more takes 5 dossiers' effort
    assert (found.per_thing, found.per_effort, found.gain) == (6 / 4, pytest.approx(6 / 4 / 5), 3.0)
    assert list(priced(0, COMING)) == ["petitions_on_time", "on_time", "paid_online", "digitized"]
    free = replace(COMING, efforts={"paid_online": 0.0, "on_time": 4.0})
    listed = priced(0, free)
    assert list(listed) == ["paid_online", "petitions_on_time", "on_time", "digitized"]
    assert listed["paid_online"].per_effort is None and listed["paid_online"].per_thing == pytest.approx(6 / 50)
    assert listed["on_time"].per_effort == pytest.approx((20 + 6 / 0.9) / 120 / 4)


def test_a_lever_without_counts_pays_by_percentage_points_and_its_things_are_unknown():
    found = priced(0, replace(COMING, efforts={"digitized": 2.0}))["digitized"]
    assert (found.per_thing, found.per_effort) == (None, pytest.approx(4 / 100 / 2))
    assert (found.gain, found.saturates) == (pytest.approx(4 * (0.9 - 0.5)), 1.0)


def test_complaints_pay_by_percentage_points_down_to_none():
    found = priced(0, Means())["complained"]
    assert found.per_thing == pytest.approx(6 / 0.9 / 100)  # one complaint of a hundred dossiers
    assert found.per_effort == pytest.approx(6 / 0.9 / 100)  # one percentage point
    assert found.gain == pytest.approx(0.33) and found.saturates == 0.0


def test_a_lever_saturates_at_its_target_and_complaints_where_satisfaction_is_full():
    edition = edition_files.load("766-2026")
    counts = {"on_time": [(97, 100)], "dossiers_satisfied": [(87, 100)], "reused": [(1, 10)]}
    points = {c.key: [c.max_points / 2] for c in edition.components}
    base = baseline(edition, league(edition, counts=counts, points=points))
    found = {price.lever: price for price in prices(base, 0, reaches(base, 0, Means())[0])}
    assert found["reused"].saturates == 0.8
    assert found["complained"].saturates == pytest.approx(0.07)  # 0.97 − 0.9
    assert found["on_time"].saturates == 1.0  # progress goes on after satisfaction is full
    assert priced(1, Means())["on_time"].saturates == 1.0  # satisfaction would go on to 1.15


def test_places_are_those_that_the_whole_reach_gains_among_todays_peers():
    edition = edition_files.load("766-2026")
    points = {c.key: [c.max_points / 2] * 4 for c in edition.components}
    points["online_payment"] = [3.0, 4.5, 5.0, 6.01]
    base = baseline(edition, league(edition, counts={"paid_online": [(0, 2), (0, 2), (1, 2), (1, 2)]}, points=points))
    found = {price.lever: price for price in prices(base, 0, reaches(base, 0, Means(more={"fee_dossiers": 1}))[0])}
    assert (found["paid_online"].places, found["paid_online"].gain) == (2, 2.0)  # a third: 5.00 ties with the second
    assert prices(base, 0, reaches(base, 0, Means(more={}))[0]) == ()


def dated(**more):
    edition = edition_files.load("766-2026")
    counts = {
        "on_time": [(9, 100), (8, 10)],
        "reused": [(9, 130), (0, 0)],
        "paid_online": [(1, 7), (np.nan, np.nan)],
        "population_procedures": [(1, 40), (2, 50)],
    }
    return baseline(edition, league(edition, counts=counts, **more))


YEAR = {
    "as_of": date(2026, 3, 31),
    "period": Period(kind="year_to_date", first=date(2026, 1, 1), last=date(2026, 3, 31)),
}


def test_things_come_at_the_pace_so_far_by_the_largest_count_of_a_group_and_no_stock():
    base = dated(**YEAR)
    assert (days_so_far(base.league), days(base.league, date(2026, 4, 30))) == (90, 30)
    found = to_come(base, date(2026, 4, 30))
    assert found["dossiers"].tolist() == [43, 3]  # a third of 130 and of 10
    assert found["fee_dossiers"].tolist() == [2, 0] and found["procedures"].tolist() == [0, 0]
    assert set(found) == {lever.group for lever in base.edition.levers}
    assert arrivals(base, 0, date(2026, 4, 30))["dossiers"] == 43


def test_nothing_comes_without_a_period_or_after_the_day():
    by = date(2026, 4, 30)
    assert not any(arrivals(dated(as_of=date(2026, 3, 31)), 0, by).values())
    assert not any(arrivals(dated(**YEAR), 0, date(2026, 3, 31)).values())
    assert days(dated(**YEAR).league, date(2026, 3, 1)) == 0
    assert days(dated(as_of=date(2026, 3, 31)).league, by) == 30 and days(dated().league, by) == 0
    assert days_so_far(dated(as_of=date(2026, 3, 31)).league) == 0


def test_a_gain_goes_no_further_than_0_and_the_total_unless_a_unit_stands_there_already():
    base = dated(**YEAR)
    base = replace(base, standing=replace(base.standing, score=np.array([-120.0, 50.0, 9990.0, 10_331.0, np.nan])))
    np.testing.assert_array_equal(gained(base, 0.4), [-80, 90, 10_000, 10_331, np.nan])
    np.testing.assert_array_equal(gained(base, -1.0), [-120, 0, 9890, 10_231, np.nan])
    np.testing.assert_array_equal(
        gained(base, np.array([0.0, 0.005, -0.004, 0.0, 1.0])), [-120, 51, 9990, 10_331, np.nan]
    )


START, BY = date(2026, 10, 1), date(2026, 10, 11)
ALONE = Means(more={"dossiers": 20}, fixed=frozenset(("petitions_on_time", "petitions_satisfied")))


def last(more, means=ALONE, start=START):
    """The last day for so many hundredths more of the first of the four, who has 90 of 100 on time and 20 to come."""
    return last_day(lopsided(), 0, 6792.0 + more, reaches(lopsided(), 0, means)[0], start, BY)


def test_the_last_day_is_the_last_on_which_the_rest_of_what_comes_is_still_enough():
    # each day 2 of the 20 come, of which 0.2 are late: 33 + 11 at first, then 30 + 10, then 27 + 9 hundredths
    assert last(44) == START and last(41) == START
    assert last(40) == last(37) == date(2026, 10, 2) and last(36) == date(2026, 10, 3)
    assert last(45) is None and last(0) == BY
    assert last(41, start=date(2026, 10, 6)) == date(2026, 10, 6)


def test_what_can_be_mended_can_wait_until_the_day_itself():
    assert last(44, replace(ALONE, kinds={"on_time": "mendable"})) == BY
    assert last(300, Means(more={"dossiers": 20}, kinds=MENDED)) == BY  # the petitions answered late
    assert last(300, Means()) == BY  # and rates without counts
