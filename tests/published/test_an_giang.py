"""An Giang's 102 communes on two days of October 2025, component points alone, edition 766-2025."""

import numpy as np
import pytest

from model.score.scenario import Scenario, effect
from strategies import sample

DAYS = ("an_giang_2025-10-11", "an_giang_2025-10-16")
days = pytest.mark.parametrize("name", DAYS)


def of(base, component):
    return base.league.published[:, base.edition.component_index[component]]


@days
def test_all_102_sums_are_as_published(name):
    base = sample(name)
    assert len(base.league.codes) == base.ranked == 102 and base.league.level == "commune"
    np.testing.assert_array_equal(base.league.published.sum(axis=1), base.league.published_score)


@days
def test_satisfaction_is_12_and_six_times_on_time_over_90_percent_for_all_102(name):
    base = sample(name)
    on_time = of(base, "progress") / 2000
    by_hand = 1200 + np.minimum(600, 600 * on_time / 0.9)
    assert np.abs(by_hand - of(base, "satisfaction")).max() <= 0.51
    np.testing.assert_array_equal(base.standing.modelled[:, 4], of(base, "satisfaction"))


def test_the_six_below_the_cap_are_these():
    found = {}
    for name in DAYS:
        base = sample(name)
        below = np.flatnonzero(of(base, "satisfaction") < 1800)
        found[name] = {base.league.names[i] for i in below}
        assert (of(base, "progress")[below] < 1800).all() and len(below) == 3
        for i in below:
            more = effect(base, int(i), Scenario({"on_time": 1.0}))
            assert more.after.components[4] == 1800 and more.after.components[1] == 2000
    assert found == dict.fromkeys(DAYS, {"Đặc khu Phú Quốc", "Đặc khu Thổ Châu", "Xã Ô Lâm"})


@days
def test_transparency_implies_how_many_dossiers_were_synced(name):
    base = sample(name)
    synced = base.anchors.levers[:, base.edition.lever_index["dossiers_synced"]]
    assert np.abs(100 * 18 * synced - of(base, "transparency")).max() <= 0.5
    assert (base.anchors.source[:, base.edition.lever_index["dossiers_synced"]] == "implied").all()


def test_the_share_filed_online_that_points_allow_two_communes_overlaps_between_the_dates():
    """Online services are 2 + 4 × used + 6 × share × synced / 0.5: between none and all services used."""
    for commune in ("An Minh", "Vĩnh Trạch"):
        spans = []
        for name in DAYS:
            base = sample(name)
            unit = next(i for i, full in enumerate(base.league.names) if full.endswith(f" {commune}"))
            synced = base.anchors.levers[unit, base.edition.lever_index["dossiers_synced"]]
            points = of(base, "online_services")[unit] / 100
            assert synced < 0.5
            low, high = ((points - 2 - used) / 6 * 0.5 / synced for used in (4, 0))
            spans.append((max(0.0, low), min(1.0, high)))
        assert max(low for low, _ in spans) < min(high for _, high in spans)


@days
def test_a_petition_never_appears_and_the_old_portals_rank_neither(name):
    base = sample(name)
    assert not {"petitions_on_time", "petitions_satisfied"} & set(base.edition.lever_index)
    ordered = np.sort(base.rank)
    assert ordered[0] == 1 and ordered[-1] <= 102
