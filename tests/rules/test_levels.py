"""What counts differs by level within an edition: petitions and transparency of 2025, departments, an unknown level."""

import numpy as np
import pytest

from model.rules import files as edition_files
from model.rules.edition import LEVELS
from model.score.baseline import baseline
from model.score.levers import hindrances, slopes
from model.score.presets import apply_preset, goals
from model.score.scenario import Counts, Scenario, effect, parsed
from model.table.league import columns
from model.table.reading.reading import Corrections, reading
from model.table.reading.sheets import opened
from model.words.problems import Problem
from strategies import EDITIONS, league

RULES = edition_files.load("766-2025")
POINTS = {
    "transparency": [18.0, 9.0],
    "progress": [19.5, 17.0],
    "online_services": [10.0, 6.0],
    "online_payment": [8.5, 8.0],
    "satisfaction": [18.0, 17.67],
    "digitization": [20.0, 18.0],
}
RATES = {
    "published_on_time": [0.5, 0.5],
    "dossiers_synced": [1.0, 0.5],
    "on_time": [0.975, 0.85],
    "filed_online": [0.8, 0.6],
    "complained": [0.0, 0.0],
    "petitions_on_time": [0.0, 1.0],
    "petitions_satisfied": [0.0, 1.0],
}


def at(level, edition=RULES, **figures):
    return baseline(edition, league(edition, points=POINTS, rates=RATES, level=level, **figures))


@pytest.mark.parametrize("level", ["commune", "department"])
def test_in_2025_a_petition_is_no_lever_below_province_level_and_says_why(level):
    base = at(level)
    assert {"petitions_on_time", "petitions_satisfied"} <= set(base.edition.absent)
    assert not {"petitions_on_time", "petitions_satisfied"} & set(base.edition.lever_index)
    for key in ("petitions_on_time", "published_on_time"):
        with pytest.raises(Problem) as refused:
            parsed(base.edition, [(key, "1")])
        assert refused.value.code == "set_absent" and "2025" in refused.value.text("vi")
    for where in (hindrances(base, 0, Scenario()), *(goals(base, preset) for preset in base.edition.presets)):
        assert "petitions_on_time" not in where
    assert {p.key for p in base.edition.presets} == {"all_on_time", "paid_98", "league_best", "targets"}
    for preset in base.edition.presets:
        apply_preset(base, 0, Scenario(), preset.key)


def test_for_a_province_of_2025_it_is():
    base = at("province")
    assert "petitions_on_time" in base.edition.lever_index and not base.edition.absent
    lost = effect(base, 1, Scenario({"petitions_on_time": Counts(0, 1), "petitions_satisfied": Counts(0, 1)}))
    assert lost.after.score - lost.before.score == -1200


def test_an_absent_petition_earns_its_12_points_whatever_a_table_says():
    base, k = at("commune"), RULES.component_index["satisfaction"]
    assert base.standing.criteria[0, base.edition.criterion_index["petitions_on_time"]] == 600
    assert base.standing.modelled[0, k] == 1800


@pytest.mark.parametrize("level", ["commune", "department"])
def test_in_2025_one_point_of_sync_moves_all_of_transparency_and_the_dossiers_filed_online(level):
    base = at(level)
    i = base.edition.lever_index["dossiers_synced"]
    moved = effect(base, 1, Scenario({"dossiers_synced": 0.4}))
    change = dict(zip(RULES.component_index, moved.after.components - moved.before.components, strict=True))
    filed = 600 * (1 if level == "department" else 0.6) * np.array([0.4, 0.5]) / 0.5
    assert change["transparency"] == -180 and change["online_services"] == round(filed[0]) - min(600, round(filed[1]))
    worth = 18 + (6 * 0.6 / 0.5 if level == "commune" else 0)  # a department's are full from 50 % on
    assert slopes(base, 1, Scenario())[i] == pytest.approx(worth)


def test_a_departments_online_services_are_ten_points_and_no_levers():
    base = at("department")
    assert base.standing.modelled[0, RULES.component_index["online_services"]] == 1000
    assert not {"services_online", "services_used", "filed_online"} & set(base.edition.lever_index)


def test_where_the_level_is_unknown_nothing_that_depends_on_it_is_assumed():
    base = at("other")
    assert {"dossiers_synced", "petitions_on_time", "filed_online"} <= set(base.edition.absent)
    assert np.isnan(base.standing.criteria[0, base.edition.criterion_index["petitions_on_time"]])
    assert "on_time" in base.edition.lever_index


@pytest.mark.parametrize("key", EDITIONS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_table_has_the_same_columns_at_every_level_and_maxima_add_up(key, level):
    edition = edition_files.load(key)
    own = edition.at(level)
    assert columns(own) == columns(edition)
    assert set(own.absent) | set(own.lever_index) >= set(edition.lever_index)
    assert not set(own.absent) & set(own.lever_index)
    for c in own.criteria:
        assert c.absent is None or c.key in own.absent
    assert all(words[language].strip() for words in own.absent.values() for language in ("vi", "en"))


def test_what_is_said_of_a_component_is_said_of_the_level_on_screen():
    at_level = {level: RULES.at(level) for level in LEVELS}
    for k, component in enumerate(at_level["province"].components):
        said, below = component.note, at_level["commune"].components[k].note
        assert said is None or (said["vi"] != below["vi"] and "cấp tỉnh" in said["vi"])
    assert sum(c.note is not None for c in at_level["province"].components) == 4
    assert not edition_files.load("766-2026").at("province").components[2].note["vi"]


def test_targets_are_switched_at_every_level():
    switched = RULES.with_targets({"paid_online": 1.0})
    for level in LEVELS:
        own = switched.at(level)
        assert own.criteria[own.criterion_index["paid_online"]].target == 1.0


def test_departments_of_2026_inherit_transparency_as_communes_do():
    base = at("department", edition_files.load("766-2026"))
    assert hindrances(base, 0, Scenario())["published_on_time"] == "inherited"


def test_a_table_that_does_not_tell_its_level_can_be_told_it():
    text = "unit_name,progress_points,satisfaction_points\nMột,19,18\nHai,18,17\n".encode()
    read = reading(opened(text, "bang.csv"), (), Corrections(edition="766-2025"))
    assert read.league.level == "other"
    told = reading(opened(text, "bang.csv"), (), Corrections(edition="766-2025", units="commune"))
    assert told.league.level == "commune"
