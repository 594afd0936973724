"""Phú Xuyên commune on 25 August 2025, the article's case, among an illustrative Hanoi."""

import numpy as np
import pytest

from model.score.baseline import baseline
from model.score.levers import hindrances
from model.score.scenario import Scenario, effect
from model.table.league import columns
from strategies import sample

BASE = sample("hanoi_2025-08-25")
UNIT = BASE.league.index("10273")


def points(component):
    return BASE.standing.components[UNIT, BASE.edition.component_index[component]]


def test_first_of_126_with_94_73():
    assert BASE.standing.score[UNIT] == 9473
    assert BASE.rank[UNIT] == 1 and len(BASE.league.codes) == 126


def test_published_components_are_reproduced_and_the_other_three_add_up_to_47_20():
    assert (points("progress"), points("online_services"), points("satisfaction")) == (1953, 1000, 1800)
    assert points("transparency") + points("online_payment") + points("digitization") == 4720


def test_3483_dossiers_received_3179_filed_online_and_98_percent_paid_online():
    at = columns(BASE.edition).index
    assert BASE.league.due[UNIT, at("on_time")] == 3483
    assert (BASE.league.done[UNIT, at("filed_online")], BASE.league.due[UNIT, at("filed_online")]) == (3179, 3483)
    assert BASE.league.rate[UNIT, at("paid_online")] == pytest.approx(0.98, abs=0.0005)


def test_19_53_implies_97_65_percent_on_time_and_the_claim_of_100_stands_beside_it():
    assert BASE.league.rate[UNIT, columns(BASE.edition).index("on_time")] == pytest.approx(0.9765, abs=0.0005)
    assert "100 %" in BASE.league.claims["10273"]["vi"]


@pytest.mark.parametrize("rate", [0.30, 0.5, 0.98, 1.0])
def test_past_the_2025_target_more_paid_online_changes_nothing_and_it_says_so(rate):
    found = effect(BASE, UNIT, Scenario({"paid_online": rate}))
    assert found.after.score == found.before.score
    assert hindrances(BASE, UNIT, Scenario())["paid_online"] == "at_target"


def test_with_the_target_at_100_percent_it_does():
    strict = baseline(BASE.edition.with_targets({"paid_online": 1.0}), BASE.league)
    assert "paid_online" not in hindrances(strict, UNIT, Scenario())
    assert effect(strict, UNIT, Scenario({"paid_online": 1.0})).after.score > strict.standing.score[UNIT]
    assert effect(strict, UNIT, Scenario({"paid_online": 0.3})).after.score < strict.standing.score[UNIT]


def test_the_league_is_illustrative_and_says_which_of_its_cells_are_published():
    assert BASE.league.origin == "illustrative" and set(BASE.league.published_cells) == {"10273"}
    assert {"progress_points", "published_score"} <= set(BASE.league.published_cells["10273"])


def test_it_has_what_real_tables_have():
    league = BASE.league
    paid = league.rate[:, columns(BASE.edition).index("paid_online")]
    assert not {"petitions_on_time", "published_on_time"} & set(BASE.edition.lever_index)
    assert np.isnan(league.published).any() or np.isnan(league.done).any()
    assert len(set(BASE.standing.score)) < 126
    assert np.nanmin(paid) < 0.15  # a few below the target of 2025


def test_what_is_inferred_of_it_follows_from_its_points_and_its_own_rates():
    at = dict(zip(BASE.edition.lever_index, BASE.anchors.levers[UNIT], strict=True))
    told = dict(zip(BASE.edition.lever_index, BASE.anchors.source[UNIT], strict=True))
    assert (at["dossiers_synced"], at["services_used"]) == (1.0, 0.5)
    assert told["dossiers_synced"] == told["services_used"] == "implied"
    assert told["paid_online"] == told["filed_online"] == "own"


def test_the_others_have_the_shape_of_an_giang():
    real, others = sample("an_giang_2025-10-16").league, np.arange(126) != UNIT
    for share in (0.1, 0.25, 0.5, 0.75, 0.9):
        for k in range(6):
            ours, theirs = BASE.league.published[others, k], real.published[:, k]
            apart = np.nanquantile(ours, share) - np.nanquantile(theirs, share)
            assert abs(apart) <= (30 if share > 0.1 or k else 180), (k, share)
        apart = np.quantile(BASE.league.published_score[others], share) - np.quantile(real.published_score, share)
        assert abs(apart) <= (20 if share > 0.1 else 60)


def test_ranking_follows_names_and_codes_of_the_decision():
    assert len(set(BASE.league.codes)) == 126 and BASE.league.names[UNIT] == "Xã Phú Xuyên"
    assert BASE.league.level == "commune"
