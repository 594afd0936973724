"""A league of four whose every figure is worked out by hand, down the whole road and back through every preset."""

from dataclasses import replace

import numpy as np
import pytest

from lopsided import SCORE, lopsided
from model.rules import files as edition_files
from model.score.baseline import baseline, exact_score
from model.score.levers import hindrances, room, slopes
from model.score.presets import apply_preset, goals
from model.score.scenario import Counts, Scenario, dues, effect, parsed, standing, sweep
from model.words.problems import Problem
from strategies import league

RULES = edition_files.load("766-2026")
INHERITED = dict.fromkeys(("published_on_time", "updated_on_time", "content_complete"), "inherited")
NOBODYS = INHERITED | {"certified_copies": "assumed"}  # what none of the four can move
UNREPORTED = NOBODYS | dict.fromkeys(
    (
        *("dossiers_synced", "services_online", "services_used", "filed_online", "procedures_paid_online"),
        *("procedures_integrated", "e_results", "reused", "shared_to_store", "population_procedures"),
        "population_dossiers",
    ),
    "not_reported",
)


def lever(key, array=None):
    array = lopsided().anchors.levers if array is None else array
    return array[..., RULES.lever_index[key]].tolist()


def criterion(key, array):
    return array[..., RULES.criterion_index[key]].tolist()


def component(key, array):
    return array[..., RULES.component_index[key]].tolist()


def preset(key):
    return next(p for p in RULES.presets if p.key == key)


def test_rates_are_counts_divided_and_complaints_are_what_satisfaction_lacks():
    np.testing.assert_array_equal(lever("on_time"), [0.9, 50 / 80, 1, 0])
    np.testing.assert_array_equal(lever("paid_online"), [0.75, 1 / 8, np.nan, 1])
    np.testing.assert_array_equal(lever("complained"), [5 / 100, 20 / 80, 0, 0])
    np.testing.assert_array_equal(lever("complained", lopsided().anchors.due), [100, 80, 7, 0])
    assert (
        lever("complained", lopsided().anchors.empty)
        == lever("on_time", lopsided().anchors.empty)
        == [False, False, False, True]
    )


def test_complaints_that_no_whole_number_of_dossiers_makes_stay_as_they_are():
    counts = {"on_time": [(90, 100)], "dossiers_satisfied": [(71, 93)]}
    base = baseline(RULES, league(RULES, counts=counts))
    assert lever("complained", base.anchors.levers) == [0.9 - 71 / 93]


def test_complaints_that_count_half_are_twice_what_satisfaction_lacks():
    halved = tuple(
        replace(c, rate={"on_time": 1, "complained": -0.5}) if c.key == "dossiers_satisfied" else c
        for c in RULES.criteria
    )
    rules = replace(RULES, criteria=halved)
    base = baseline(rules, league(rules, counts={"on_time": [(90, 100)], "dossiers_satisfied": [(85, 100)]}))
    assert lever("complained", base.anchors.levers) == [0.1]
    assert base.standing.criteria[0, rules.criterion_index["dossiers_satisfied"]] == 567


def test_what_is_due_is_as_supposed_and_shared_by_petitions_alone():
    scenario = Scenario({"on_time": 1.0, "paid_online": Counts(1, 9), "petitions_satisfied": Counts(2, 7)})
    found = dues(lopsided(), 0, scenario)
    expected = {"on_time": 100, "paid_online": 9, "petitions_on_time": 7, "petitions_satisfied": 7, "complained": 100}
    assert {key: found[RULES.lever_index[key]] for key in expected} == expected
    assert dues(lopsided(), 3, Scenario())[RULES.lever_index["on_time"]] == 0
    assert np.isnan(dues(lopsided(), 2, scenario.with_("paid_online", None))[RULES.lever_index["paid_online"]])


def test_no_petition_counts_as_all_answered_and_an_unreported_one_as_nothing_known():
    for key in ("petitions_on_time", "petitions_satisfied"):
        assert lever(key)[1] == 1 and np.isnan(lever(key)[3])
        assert lever(key, lopsided().anchors.empty) == [False, True, False, False]
        np.testing.assert_array_equal(criterion(key, lopsided().anchors.reported)[1:], [1, 1, np.nan])


def test_a_rate_of_its_own_is_as_reported_nothing_where_none_is_due_and_full_where_it_is_assumed():
    np.testing.assert_array_equal(criterion("on_time", lopsided().anchors.reported), [0.9, 0.625, 1, 0])
    np.testing.assert_array_equal(criterion("digitized", lopsided().anchors.reported), [0.5, np.nan, 0.8, np.nan])
    assert criterion("certified_copies", lopsided().anchors.reported) == [1, 1, 1, 1]


def test_points_are_maximum_times_rate_by_target():
    found = lopsided().standing.criteria
    assert criterion("on_time", found) == [1800, 1250, 2000, 0]
    np.testing.assert_array_equal(criterion("paid_online", found), [450, 75, np.nan, 600])
    assert criterion("dossiers_satisfied", found) == [567, 250, 600, 0]  # 6 × 0.85 / 0.9, 6 × 0.375 / 0.9
    np.testing.assert_array_equal(criterion("petitions_satisfied", found), [450, 600, 600, np.nan])


def test_a_component_stands_as_published_and_is_modelled_only_where_all_its_criteria_are_known():
    np.testing.assert_array_equal(component("satisfaction", lopsided().standing.components), [1317, 1400, 1800, 1200])
    np.testing.assert_array_equal(component("satisfaction", lopsided().standing.modelled), [1317, 1450, 1800, np.nan])
    np.testing.assert_array_equal(component("progress", lopsided().standing.components), [1800, 1250, 2000, 0])
    assert np.isnan(component("online_payment", lopsided().standing.modelled)).all()
    assert component("digitization", lopsided().anchors.sums) == [400, 200, 520, 200]


def test_a_component_moves_in_points_only_where_no_lever_of_it_is_known_and_it_is_its_own():
    assert component("transparency", lopsided().anchors.direct) == [False] * 4
    assert component("online_services", lopsided().anchors.direct) == [True] * 4
    assert component("online_payment", lopsided().anchors.direct) == [False, False, True, False]
    assert component("digitization", lopsided().anchors.direct) == [False, True, False, True]


def test_the_published_score_stands_and_what_no_component_explains_is_held_through_a_scenario():
    assert lopsided().anchors.held.tolist() == [331, -125, 0, 0]
    np.testing.assert_array_equal(lopsided().standing.score, np.round(100 * np.array(SCORE)))
    np.testing.assert_array_equal(lopsided().rank, [2, 3, 1, np.nan])
    found = effect(lopsided(), 0, Scenario({"paid_online": 1.0}))
    assert (found.before.score, found.after.score) == (6792, 6792 + 150)
    assert effect(lopsided(), 1, Scenario({"paid_online": 1.0})).after.score == 4470 + 525
    assert exact_score(RULES, lopsided().anchors[0], lopsided().anchors.levers[0]) == pytest.approx(67.92)
    assert exact_score(RULES, lopsided().anchors[1], lopsided().anchors.levers[1]) == pytest.approx(44.70)


def test_more_petitions_satisfied_than_on_time_are_a_slack_that_stays():
    assert lever("petitions_satisfied", lopsided().anchors.slack) == [0.25, 0, 0, 0]
    found = standing(lopsided(), 0, Scenario({"petitions_on_time": 0.6, "petitions_satisfied": 1.0}))
    assert criterion("petitions_satisfied", found.criteria) == 510  # 6 × (0.6 + 0.25)


def test_a_slope_is_points_of_score_for_the_whole_of_a_rate():
    found = slopes(lopsided(), 0, Scenario())
    expected = {
        "on_time": 20 + 6 / 0.9,
        "paid_online": 6,
        "digitized": 4,
        "petitions_on_time": 6,
        "complained": -6 / 0.9,
    }
    assert {key: found[RULES.lever_index[key]] for key in expected} == pytest.approx(expected, abs=1e-5)
    assert found[RULES.lever_index["petitions_satisfied"]] == 0
    assert slopes(lopsided(), 2, Scenario())[RULES.lever_index["on_time"]] == 0


def test_a_lever_has_as_much_room_as_its_criteria_lack_up_to_their_targets():
    found = room(lopsided(), 0, lopsided().anchors.levers[0])
    expected = {
        "on_time": 2 + 6 * 0.05 / 0.9,
        "paid_online": 1.5,
        "digitized": 2,
        "petitions_on_time": 3,
        "petitions_satisfied": 0,
        "complained": 6 * 0.05 / 0.9,
    }
    assert {key: found[RULES.lever_index[key]] for key in expected} == pytest.approx(expected)


def test_every_lever_that_brings_nothing_says_why():
    limited = {"petitions_satisfied": "limited"}
    assert hindrances(lopsided(), 0, Scenario()) == UNREPORTED | limited
    petitions = dict.fromkeys(("petitions_on_time", "petitions_satisfied"), "none_due")
    assert hindrances(lopsided(), 1, Scenario()) == UNREPORTED | petitions | {"digitized": "not_reported"}
    ends = dict.fromkeys(("on_time", "petitions_on_time", "petitions_satisfied", "complained"), "at_end")
    assert hindrances(lopsided(), 2, Scenario()) == UNREPORTED | ends | {"paid_online": "not_reported"}
    nothing = {"on_time": "none_due", "complained": "none_due", "paid_online": "at_end", "digitized": "not_reported"}
    unknown = dict.fromkeys(("petitions_on_time", "petitions_satisfied"), "not_reported")
    assert hindrances(lopsided(), 3, Scenario()) == UNREPORTED | nothing | unknown


def test_as_good_as_the_best_is_the_best_of_the_league_where_something_is_due():
    found = goals(lopsided(), preset("league_best"))
    known = {key: value for key, value in found.items() if not np.isnan(value)}
    assert known == {
        **{"on_time": 1, "paid_online": 1, "digitized": 0.8, "petitions_on_time": 1, "petitions_satisfied": 1},
        **{"complained": 0, "transparency": 11.2, "progress": 20, "online_services": 9.23, "online_payment": 6.66},
        **{"satisfaction": 18, "digitization": 21},
    }
    assert {*found} == {*RULES.lever_index, *RULES.component_index}


def test_what_nothing_due_counts_as_is_nobodys_best():
    levers, empty = lopsided().anchors.levers.copy(), lopsided().anchors.empty.copy()
    i, k = RULES.lever_index["on_time"], RULES.lever_index["complained"]
    levers[:, i], empty[:, i] = [0.3, 0.4, 1.0, 1.0], [False, False, True, True]
    levers[:, k], empty[:, k] = [0.3, 0.2, 0.0, 0.0], [False, False, True, True]
    base = altered(levers, empty)
    found = goals(base, preset("league_best"))
    assert (found["on_time"], found["complained"]) == (0.4, 0.2)
    levers[1, k] = -0.01  # as in September, by denominators that differ: no rate to wish for
    assert goals(altered(levers, empty), preset("league_best"))["complained"] == 0
    levers[:, k] = np.nan
    assert np.isnan(goals(altered(levers, empty), preset("league_best"))["complained"])


def altered(levers, empty):
    return replace(lopsided(), anchors=replace(lopsided().anchors, levers=levers, empty=empty))


def test_at_its_target_is_the_rate_that_earns_all_points_and_no_complaint():
    targets = {"services_online": 0.8, "filed_online": 0.5, "procedures_paid_online": 0.8}
    targets |= {"procedures_integrated": 0.8, "reused": 0.8, "complained": 0.0}
    assert goals(lopsided(), preset("targets")) == dict.fromkeys(RULES.lever_index, 1.0) | targets
    assert goals(lopsided(), preset("paid_98")) == {"paid_online": 0.98}


def test_a_preset_moves_what_it_makes_better_and_names_what_it_leaves_out():
    none = "none_due"
    cases = {
        ("all_on_time", 2): ({}, {}),
        ("all_on_time", 3): ({}, {"on_time": none}),
        ("petitions_answered", 0): ({"petitions_on_time": 1.0, "petitions_satisfied": 1.0}, {}),
        ("petitions_answered", 1): ({}, {"petitions_on_time": none, "petitions_satisfied": none}),
        ("paid_98", 0): ({"paid_online": 0.98}, {}),
        ("paid_98", 2): ({}, {"paid_online": "not_reported"}),
        ("paid_98", 3): ({}, {}),
        ("league_best", 2): ({"online_services": 9.23}, UNREPORTED | {"paid_online": "not_reported"}),
        ("league_best", 1): (
            {"on_time": 1.0, "paid_online": 1.0, "complained": 0.0, "online_services": 9.23, "digitization": 21.0}
            | {"online_payment": 1.41},  # 5.25 of the lever, of 6.66
            UNREPORTED | {"digitized": "not_reported"},
        ),
        ("targets", 0): (
            {"on_time": 1.0, "paid_online": 1.0, "digitized": 1.0, "complained": 0.0}
            | {"petitions_on_time": 1.0, "petitions_satisfied": 1.0},
            UNREPORTED | {"online_services": "not_reported"},
        ),
        ("targets", 2): (
            {"digitized": 1.0},
            UNREPORTED | dict.fromkeys(("paid_online", "online_services", "online_payment"), "not_reported"),
        ),
    }
    for (key, unit), (changes, skipped) in cases.items():
        found, left_out = apply_preset(lopsided(), unit, Scenario(), key)
        assert (dict(found.changes), left_out) == (changes, skipped), (key, unit)


def test_a_preset_keeps_the_counts_supposed_and_never_falls_short_of_its_rate():
    supposed = Scenario({"paid_online": Counts(3, 7), "on_time": 0.5, "complained": Counts(2, 9)})
    assert apply_preset(lopsided(), 0, supposed, "paid_98")[0].changes["paid_online"] == Counts(7, 7)
    hundred = Scenario({"paid_online": Counts(0, 100)})
    assert apply_preset(lopsided(), 0, hundred, "paid_98")[0].changes["paid_online"] == Counts(98, 100)
    assert apply_preset(lopsided(), 0, supposed, "targets")[0].changes["complained"] == Counts(0, 9)
    best = apply_preset(
        altered(np.where(np.arange(4)[:, None] > 1, np.nan, lopsided().anchors.levers), lopsided().anchors.empty),
        0,
        Scenario({"complained": Counts(90, 100)}),
        "league_best",
    )
    assert best[0].changes["complained"] == Counts(5, 100)  # the best that is left is 0.05
    seven = Scenario({"complained": Counts(40, 70)})
    assert apply_preset(lopsided(), 0, seven, "league_best")[0].changes["complained"] == Counts(0, 70)


def test_components_in_points_are_never_lowered_by_a_preset():
    high = Scenario({"online_services": 12.0})
    assert apply_preset(lopsided(), 0, high, "league_best")[0].changes["online_services"] == 12.0


def test_one_more_petition_unanswered_leaves_the_others_as_they_were():
    cases = {
        0: ({"petitions_on_time": Counts(2, 5), "petitions_satisfied": Counts(3, 5)}, {}),
        1: ({"petitions_on_time": Counts(0, 1), "petitions_satisfied": Counts(0, 1)}, {}),
        2: ({"petitions_on_time": Counts(1, 2), "petitions_satisfied": Counts(1, 2)}, {}),
        3: ({}, {"petitions_on_time": "not_reported", "petitions_satisfied": "not_reported"}),
    }
    for unit, expected in cases.items():
        found, left_out = apply_preset(lopsided(), unit, Scenario(), "petition_unanswered")
        assert (dict(found.changes), left_out) == expected


SAID = {
    "dossiers_satisfied=1": "“dossiers_satisfied” follows from on_time, complained: set those instead.",
    "updated_on_time=1": "“updated_on_time” is inherited from the province and no lever for this unit.",
    "transparency=18": "“transparency” is inherited from the province and no lever for this unit.",
    "filed_online=1": "“filed_online” is not reported for this unit, so its change can't be computed.",
    "certified_copies=0": "“certified_copies” is not reported and taken as full, so it can't be moved.",
    "petitions_on_time=50%": "This unit has no petitions for “petitions_on_time”, so it has no rate to set; "
    "give counts, for example petitions_on_time=0/1.",
    "progress=20": "The component “progress” can't be set in points, because its levers are known: on_time.",
    "satisfaction=18": "The component “satisfaction” can't be set in points, because its levers are known: on_time, "
    "petitions_on_time, petitions_satisfied, complained.",
    "online_services=12.01": "The component “online_services” takes points from 0 to 12, not “12.01”.",
    "online_services=1/2": "The component “online_services” takes points from 0 to 12, not “1/2”.",
    "paid_online=x": "The value “x” of “paid_online” can't be used: write 0.98, 98% or counts such as 2700/2735.",
    "paid_online=1/x": "The value “1/x” of “paid_online” can't be used: write 0.98, 98% or counts such as 2700/2735.",
    "paid_online=9/8": "The counts 9/8 of “paid_online” can't be used: done can't exceed due.",
    "paid_online=98": "The value 98 of “paid_online” is above 1: write 98% or a fraction up to 1.",
    "paid_online=101%": "The rate “paid_online” must lie from 0 % to 100 %, not 101%.",
    "paid_online=1 paid_online=0": "“paid_online” is set twice.",
    "petitions_on_time=0/1 petitions_satisfied=1/2": "petitions_on_time, petitions_satisfied share one denominator "
    "but were given 0/1, 1/2.",
}


@pytest.mark.parametrize("texts", SAID)
def test_a_refusal_says_the_whole_sentence(texts):
    pairs = [tuple(text.split("=", 1)) for text in texts.split(" ")]
    with pytest.raises(Problem) as problem:
        effect(lopsided(), 1, parsed(RULES, pairs))
    assert str(problem.value) == SAID[texts]


def test_an_unknown_lever_is_told_all_that_there_are():
    with pytest.raises(Problem) as problem:
        parsed(RULES, [("paid", "1")])
    assert problem.value.details == {"key": "paid", "known": (*RULES.lever_index, *RULES.component_index)}


def test_a_plans_small_rate_is_read_as_a_program_prints_it():
    assert parsed(RULES, [("paid_online", "5e-05")]).changes == {"paid_online": 0.00005}
    assert parsed(RULES, [("paid_online", "1.25e-07")]).changes == {"paid_online": 0.000000125}


def test_a_lever_is_swept_down_its_rates_among_peers_who_stand_still():
    score, rank = sweep(lopsided(), 1, Scenario(), "paid_online", np.array([0.0, 0.5, 1.0]))
    assert score.tolist() == [4470 - 75, 4470 + 225, 4470 + 525] and rank.tolist() == [3, 3, 3]
    score, rank = sweep(lopsided(), 0, Scenario({"on_time": 1.0}), "online_services", np.array([0.0, 12.0]))
    start = 6792 - 923 + 200 + 33
    assert score.tolist() == [start, start + 1200] and rank.tolist() == [2, 2]
    with pytest.raises(Problem, match=r"This unit has no petitions for “petitions_on_time”"):
        sweep(lopsided(), 1, Scenario(), "petitions_on_time", np.array([0.0]))
