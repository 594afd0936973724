"""Peers' movement, and what is measured of it on the two sample dates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.peers.calendar import gained
from model.peers.chances import rank_chances
from model.peers.forecast import KINDS, PeerMovement, forecast, own_forecast
from model.peers.history import default, jump_size, jumper, jumpers, matched, measured, measures, trends
from model.score.scenario import Counts, Scenario, effect
from model.words.problems import Problem
from strategies import baselines, sample

EARLIER, LATER = "dak_lak_2026-09-17", "dak_lak_2026-10-10"


@pytest.fixture(scope="module")
def history():
    return sample(EARLIER), sample(LATER)


def test_what_is_assumed_without_a_history_is_what_the_two_sample_dates_measure(history):
    found, assumed = measured(*history), default(history[0])
    assert (found.days, round(found.mean, 2), round(found.spread, 2)) == (assumed.days, assumed.mean, assumed.spread)
    counts = (found.fell, found.could_fall, found.rose, found.could_rise)
    assert counts == (assumed.fell, assumed.could_fall, assumed.rose, assumed.could_rise) == (9, 78, 4, 20)
    assert jump_size(history[0].edition) == 1200


def test_a_jump_is_left_out_of_the_measured_spread(history):
    earlier, later = history
    rows = matched(*history)
    change = (later.standing.score - earlier.standing.score[rows]) / 100
    assert np.sum(np.abs(change) > 6) == 13 and measured(*history).spread < 1 < change.std()
    steady = change[np.abs(change) < 6]
    assert (round(steady.min(), 2), round(steady.max(), 2)) == (-2.87, 3.6)
    assert measured(*history).spread == pytest.approx(np.sqrt(np.sum((steady - steady.mean()) ** 2) / (89 - 1)))


@given(st.floats(0, 400), st.floats(0, 400))
def test_chances_of_jumps_over_two_stretches_of_time_compound_and_variances_add(one, other):
    measure = measures()["766-2026", "commune"]
    both, parts = measure.over(one + other), (measure.over(one), measure.over(other))
    assert measure.drift(one + other) == pytest.approx(measure.drift(one) + measure.drift(other))
    assert both[0] ** 2 == pytest.approx(sum(p[0] ** 2 for p in parts))
    for k in (1, 2):
        assert 1 - both[k] == pytest.approx(np.prod([1 - p[k] for p in parts]))


def test_over_the_measured_days_the_chances_are_those_measured():
    measure = measures()["766-2026", "commune"]
    assert measure.over(23) == pytest.approx((0.73, 9 / 78, 4 / 20)) and measure.drift(23) == 0.24
    assert measure.over(0) == measure.over(-5) == (0, 0, 0) and measure.drift(-5) == 0


def test_an_giang_moved_little_in_five_days_and_nobody_jumped():
    history = sample("an_giang_2025-10-11"), sample("an_giang_2025-10-16")
    found, assumed = measured(*history), default(history[0])
    assert (found.days, round(found.mean, 2), round(found.spread, 2)) == (assumed.days, assumed.mean, assumed.spread)
    assert found.spread == pytest.approx(0.21, abs=0.005) and found.fell == found.could_fall == found.could_rise == 0
    assert not any(can.any() for can in jumpers(history[0])) and jump_size(history[0].edition) == 0


def test_where_edition_and_level_were_never_measured_there_is_no_chance_and_why():
    base = sample("provinces_2026-10-10")
    with pytest.raises(Problem) as refused:
        forecast(base, PeerMovement("uncertain"), 9)
    assert refused.value.code == "movement_unmeasured" and "cấp tỉnh" in refused.value.text("vi")
    assert forecast(base, PeerMovement("uncertain", 0.0, 0.5), 9).spread[0] == 0.5  # as somebody supposes


def test_the_measured_mean_counts_and_can_be_set_to_nothing():
    base = sample(LATER)
    moved, still = (forecast(base, PeerMovement("uncertain", gain), 23).expected for gain in (None, 0.0))
    assert np.array_equal(moved, still + 24)
    lost = []
    for unit in range(102):
        if 30 <= base.rank[unit] <= 70:
            own = own_forecast(base, unit, Scenario())
            chances = [
                rank_chances(base.edition, forecast(base, PeerMovement("uncertain", gain), 23).without(unit), own)
                for gain in (0.0, None)
            ]
            lost.append([found.at_most(int(base.rank[unit])) for found in chances])
    assert all(drifting < still for still, drifting in lost)
    assert min(drifting / still for still, drifting in lost) < 0.2  # from 37 % to 6 %, index766.md


def test_tables_of_two_levels_make_no_history():
    commune, province = sample("an_giang_2025-10-11"), sample("provinces_2025-10-16")
    with pytest.raises(Problem) as refused:
        measured(commune, province)
    assert refused.value.code == "history_level"


def test_only_units_with_no_petition_can_fall_and_only_those_that_lost_all_can_rise(history):
    base = history[0]
    fall, rise = jumpers(base)
    at = [base.edition.lever_index[key] for key in ("petitions_on_time", "petitions_satisfied")]
    none, lost = base.anchors.empty[:, at].all(axis=1), (base.anchors.levers[:, at] == 0).all(axis=1)
    assert np.array_equal(fall, none) and np.array_equal(rise, lost & ~none)
    unit = int(np.flatnonzero(fall)[0])
    assert jumper(base, unit, Scenario()) == (True, False)
    assert jumper(base, unit, Scenario({"petitions_on_time": Counts(0, 1)})) == (False, True)
    assert jumper(base, unit, Scenario({"petitions_on_time": Counts(1, 2)})) == (False, False)


@given(baselines(), st.sampled_from(KINDS), st.floats(-30, 30), st.booleans())
def test_a_forecast_is_made_of_whole_hundredths_within_the_scale_and_of_chances(base, kind, gain, jumps):
    if kind == "trend":
        with pytest.raises(Problem) as refusal:
            forecast(base, PeerMovement(kind), 9)
        assert refusal.value.code == "peers_no_history"
        return
    if kind == "uncertain" and (base.edition.key, base.league.level) not in measures():
        with pytest.raises(Problem) as refusal:
            forecast(base, PeerMovement(kind, gain, jumps=jumps), 9)
        assert refusal.value.code == "movement_unmeasured"
        return
    found, now = forecast(base, PeerMovement(kind, gain, jumps=jumps), 9), base.standing.score
    known = ~np.isnan(now)
    assert np.array_equal(np.isnan(found.expected), ~known)
    assert np.all(found.expected[known] == np.rint(found.expected[known]))
    assert np.all((found.expected >= np.minimum(0, now)) & (found.expected <= np.maximum(10_000, now)) | ~known)
    if kind == "still":
        assert np.array_equal(found.expected, now, equal_nan=True)
    assert (kind == "uncertain") == bool(np.all(found.spread > 0))
    assert np.all(found.down + found.up <= 1) and np.all(found.down * found.up == 0)
    if kind != "uncertain" or not jumps:
        assert not found.down.any() and not found.up.any()


def test_all_gain_alike_and_nobody_beyond_the_total():
    base = sample("hanoi_2025-08-25")
    moved = forecast(base, PeerMovement("gain", 1.5), 40)
    assert np.array_equal(moved.expected, gained(base, 1.5)) and not moved.spread.any()
    assert set(moved.expected - base.standing.score) == {150.0} and gained(base, 30.0).max() == 10_000


def test_each_goes_on_at_its_own_trend_but_a_jump_is_none(history):
    earlier, later = history
    again = forecast(later, PeerMovement("trend"), 23, earlier)
    rows, (fall, rise) = matched(*history), jumpers(earlier)
    change = later.standing.score - earlier.standing.score[rows]
    steady = np.abs(change) < 600
    assert np.array_equal(again.expected[steady], (later.standing.score + change)[steady])
    assert np.all(np.abs(again.expected - later.standing.score)[~steady] < 200)
    assert np.array_equal(forecast(later, PeerMovement("trend"), 0, earlier).expected, later.standing.score)
    assert trends(earlier, later).shape == (102,) and (fall | rise).any()


def test_an_unknown_movement_and_a_negative_spread_are_refused():
    base = sample(LATER)
    for movement, code in (
        (PeerMovement("drift"), "peers_kind"),
        (PeerMovement("uncertain", spread=-1), "chance_forecast"),
    ):
        with pytest.raises(Problem) as refusal:
            forecast(base, movement, 9)
        assert refusal.value.code == code


def test_our_own_score_is_certain_unless_given_a_spread_and_jumps_only_then():
    base = sample(LATER)
    scenario = Scenario({"on_time": 0.99})
    certain, unsure = (own_forecast(base, 3, scenario, spread, True) for spread in (0.0, 0.5))
    assert certain.expected == unsure.expected == effect(base, 3, scenario).after.score
    assert (certain.spread, certain.down, certain.up) == (0, 0, 0)
    assert (unsure.spread, unsure.up) == (0.5, 0) and unsure.down == pytest.approx(9 / 78)
    assert own_forecast(base, 3, scenario, 0.5, False).down == 0
