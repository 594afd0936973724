"""Rates that points imply: the engine's own points at them are the published ones, and their interval is rounding's."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.__main__ import main
from model.rules import files as edition_files
from model.rules.formulas import earned, half_up
from model.score.baseline import baseline, down_the_road
from model.score.levers import unknown_changes
from model.score.scenario import Scenario, effect
from model.table import leagues as tables
from strategies import EDITIONS, cases, league, sample

HAIR = 1e-9


def implied(base):
    return [tuple(map(int, at)) for at in np.argwhere(base.anchors.source == "implied")]


def own_points(base, unit, i, rate):
    """The points of the component that implied a lever, at another rate of it."""
    levers = base.anchors.levers[unit].copy()
    levers[i] = rate
    criterion = next(c for c in base.edition.criteria if base.edition.levers[i].key in c.rate)
    k = base.edition.component_index[criterion.component]
    found = down_the_road(base.edition, base.anchors[unit], levers)
    j = base.edition.criterion_index[criterion.key]
    return found.criteria[j], found.modelled[k], base.league.published[unit, k], 100 * criterion.max_points


@pytest.mark.parametrize("name", tables.samples())
def test_at_every_implied_rate_of_every_sample_the_engines_points_are_the_published_ones_with_nothing_held(name):
    base = sample(name)
    for unit, i in implied(base):
        _, modelled, published, _ = own_points(base, unit, i, base.anchors.levers[unit, i])
        assert modelled == published, (name, unit, base.edition.levers[i].key)


@pytest.mark.parametrize("name", tables.samples())
def test_beyond_the_ends_of_an_implied_interval_lie_the_neighbouring_hundredths(name):
    base = sample(name)
    for unit, i in implied(base)[::7]:
        low, high = base.anchors.low[unit, i], base.anchors.high[unit, i]
        now, *_, full = own_points(base, unit, i, base.anchors.levers[unit, i])
        scale = base.edition.levers[i].key != "filed_online"
        assert low <= base.anchors.levers[unit, i] <= high
        assert own_points(base, unit, i, min(1, low + HAIR))[0] == now == own_points(base, unit, i, high - HAIR)[0]
        if low > 0 and scale:
            assert own_points(base, unit, i, low - HAIR)[0] == now - 1
        if high < 1 and scale:
            assert own_points(base, unit, i, high + HAIR)[0] == now + 1
        assert base.anchors.bound[unit, i] == (now == full and high - low > 0.01)


@pytest.mark.parametrize("name", ["an_giang_2025-10-16", "provinces_2025-10-16"])
def test_what_if_on_time_were_98_percent_agrees_with_arithmetic_by_hand(name):
    base = sample(name)
    progress, satisfaction = (base.edition.component_index[key] for key in ("progress", "satisfaction"))
    for unit in range(len(base.league.codes)):
        published = base.league.published[unit]
        rate = published[progress] / 2000
        found = effect(base, unit, Scenario({"on_time": 0.98})).after.components
        was, now = (int(600 * min(1, r / 0.9) + 0.5 + 1e-9) for r in (rate, 0.98))
        assert found[progress] == 1960
        assert found[satisfaction] == min(1800, published[satisfaction] + now - was)
        others = [k for k in range(6) if k not in (progress, satisfaction)]
        assert (found[others] == published[others]).all()


@pytest.mark.parametrize("key", EDITIONS)
@given(points=st.integers(0, 2000), level=st.sampled_from(["commune", "department", "province", "other"]))
def test_progress_implies_on_time_everywhere(key, points, level):
    edition = edition_files.load(key)
    base = baseline(edition, league(edition, points={"progress": [points / 100]}, level=level))
    i = base.edition.lever_index["on_time"]
    assert base.anchors.source[0, i] == "implied"
    assert base.anchors.levers[0, i] == pytest.approx(points / 2000, abs=1e-12)
    width = base.anchors.high[0, i] - base.anchors.low[0, i]
    assert width == pytest.approx(0.0005 if 0 < points < 2000 else 0.00025, abs=1e-9)


@given(cases())
def test_implied_rates_of_any_table_earn_what_implied_them(case):
    base, unit, _ = case
    for i in np.flatnonzero(base.anchors.source[unit] == "implied"):
        if base.edition.levers[i].at_most is None:
            _, modelled, published, _ = own_points(base, unit, int(i), base.anchors.levers[unit, i])
            assert np.isnan(modelled) or modelled == published


def test_nothing_is_implied_where_two_levers_are_unknown():
    base = sample("an_giang_2025-10-16")
    told = {lever.key for i, lever in enumerate(base.edition.levers) if not np.isnan(base.anchors.levers[:, i]).all()}
    assert told == {"on_time", "dossiers_synced"}


def test_points_at_a_cap_imply_a_bound_and_nothing_false_follows():
    edition = edition_files.load("766-2025")
    points = {"satisfaction": [18.0, 17.0]}
    base = baseline(edition, league(edition, points=points))
    i = base.edition.lever_index["on_time"]
    assert base.anchors.bound[:, i].tolist() == [True, False]
    assert base.anchors.low[0, i] == pytest.approx(0.9, abs=0.001) and base.anchors.high[0, i] == 1.0
    for rate in (0.9, 0.95, 1.0):
        assert effect(base, 0, Scenario({"on_time": rate})).after.components[4] == 1800
    assert effect(base, 0, Scenario({"on_time": 0.45})).after.components[4] == 1500


def test_a_bound_tells_nothing_once_the_target_is_switched():
    edition = edition_files.load("766-2025")
    figures = {"points": {"online_payment": [10.0]}, "rates": {"procedures_paid_online": [1.0]}}
    table = league(edition, **figures)
    base, switched = baseline(edition, table), baseline(edition.with_targets({"paid_online": 1.0}), table, edition)
    i = base.edition.lever_index["paid_online"]
    assert base.anchors.levers[0, i] == 0.3 and base.anchors.bound[0, i]
    assert np.isnan(switched.anchors.levers[0, i]) and not switched.anchors.bound[0, i]


def test_the_command_line_tells_rates_their_intervals_and_where_they_come_from(capsys):
    assert main(["score", "an_giang_2025-10-16"]) == 0
    unit = next(u for u in json.loads(capsys.readouterr().out)["units"] if u["unit_code"] == "H01.187")
    assert set(unit["levers"]) == {"on_time", "dossiers_synced"}
    on_time = unit["levers"]["on_time"]
    assert on_time == {"rate": 0.9905, "low": 0.99025, "high": 0.99075, "source": "implied"}
    assert main(["whatif", "an_giang_2025-10-16", "--unit", "H01.187", "--set", "on_time=100%"]) == 0
    assert json.loads(capsys.readouterr().out)["change"]["components"]["progress"] == 0.19
    assert main(["whatif", "an_giang_2025-10-16", "--unit", "H01.187", "--set", "petitions_on_time=0/1"]) == 2
    assert "2025" in capsys.readouterr().err
    assert main(["score", "dak_lak_2026-10-10"]) == 0
    levers = json.loads(capsys.readouterr().out)["units"][0]["levers"]
    assert (levers["on_time"]["source"], levers["complained"]["source"]) == ("published", "derived")
    assert levers["on_time"]["low"] == levers["on_time"]["rate"] == levers["on_time"]["high"]


def test_every_hundredth_of_every_criterion_can_be_implied():
    for key in EDITIONS:
        edition = edition_files.load(key)
        for j, c in enumerate(edition.criteria):
            points = np.arange(int(100 * c.max_points) + 1.0)
            rates = np.minimum(c.target * points / (100 * c.max_points), c.target)
            found = earned(edition, np.tile(rates[:, None], len(edition.criteria)))[:, j]
            assert (found == points).all(), c.key


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.02, 1), st.floats(0, 1), st.floats(0.5, 1))
def test_where_the_share_filed_online_is_unknown_sync_moves_transparency_exactly_and_online_services_within_bounds(
    share, used, was, now, offered
):
    """Whatever the share is that made the published points: the true change lies within the bounds."""
    edition = edition_files.load("766-2025")
    real = {"dossiers_synced": [was], "filed_online": [share], "services_used": [used], "services_online": [offered]}
    full = baseline(edition, league(edition, rates=real)).standing
    points = {"transparency": full.components[:, 0] / 100, "online_services": full.modelled[:, 2] / 100}
    base = baseline(edition, league(edition, points=points, rates={"services_online": [offered]}))
    synced = base.anchors.levers[0, base.edition.lever_index["dossiers_synced"]]
    scenario = Scenario({"dossiers_synced": now})
    moved = effect(base, 0, scenario)
    assert moved.after.components[0] == own_hundredths(18, now)
    found = unknown_changes(base, 0, scenario)
    if synced == 0 or now == synced:
        assert not found
        return
    low, high = found["online_services"]
    change = 600 * (min(1, share * now / 0.5) - min(1, share * was / 0.5))
    slack = 1.5 + 600 * abs(was / synced - 1)  # the sync rate itself is known to its hundredth alone
    assert low - slack <= change <= high + slack
    assert moved.after.components[2] == base.standing.components[0, 2]


def own_hundredths(most, rate):
    return int(half_up(np.array(half_up(np.array(100 * rate)) / 100 * most / 100)))
