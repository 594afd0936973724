"""The laws of what-ifs, on the sample leagues and on made-up ones that no table would dare."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.rules import files as edition_files
from model.score.baseline import baseline, down_the_road, exact_score
from model.score.levers import exceeded, hindrances, slopes
from model.score.presets import apply_preset
from model.score.scenario import Counts, Scenario, effect, parsed, resolved, standing, sweep, value_text
from model.table import leagues as tables
from model.words.problems import Problem
from strategies import EDITIONS, cases, league, movable, sample

GRID = np.linspace(0, 1, 21)


def refusal(base, unit, **changes):
    """Code and details of the refusal that a scenario meets."""
    with pytest.raises(Problem) as problem:
        effect(base, unit, Scenario(changes))
    assert all("{" not in text for text in problem.value.both.values())
    return problem.value.code, problem.value.details


def same(one, other):
    for f in fields(one):
        np.testing.assert_array_equal(getattr(one, f.name), getattr(other, f.name))


def at(standing, i):
    return type(standing)(*(getattr(standing, f.name)[i] for f in fields(standing)))


@given(cases())
def test_no_change_has_no_effect(case):
    base, unit, _ = case
    found = effect(base, unit, Scenario())
    same(found.before, at(base.standing, unit))
    same(found.after, found.before)
    np.testing.assert_array_equal([found.rank_before, found.rank_after], [base.rank[unit]] * 2)
    assert found.overtaken == found.overtaken_by == ()


@given(cases())
def test_setting_what_is_already_so_has_no_effect(case):
    base, unit, _ = case
    keys = [key for key in movable(base, unit) if not base.anchors.empty[unit, base.edition.lever_index[key]]]
    now = {key: float(base.anchors.levers[unit, base.edition.lever_index[key]]) for key in keys}
    same(standing(base, unit, Scenario(now)), at(base.standing, unit))


@given(cases())
def test_components_and_the_held_difference_add_up_to_the_score_and_stay_within_their_maxima(case):
    base, unit, scenario = case
    found = standing(base, unit, scenario)
    parts = np.nansum(found.components) if base.anchors.total[unit] else found.components.sum()
    np.testing.assert_array_equal(parts + base.anchors.held[unit], found.score)
    known = ~np.isnan(found.components)
    assert (found.components[known] >= 0).all()
    assert (found.components[known] <= base.edition.component_max[known]).all()
    assert (found.components[known] == np.round(found.components[known])).all()


@given(cases())
def test_a_score_is_missing_where_a_component_is_and_no_total_covers_it_and_then_so_is_the_rank(case):
    base, unit, scenario = case
    found = effect(base, unit, scenario)
    missing = np.isnan(found.after.components).any() and not base.anchors.total[unit]
    assert np.isnan(found.after.score) == missing == np.isnan(found.rank_after)


@given(cases())
def test_a_scenario_leaves_the_baseline_untouched(case):
    base, unit, scenario = case
    parts = (base.league, base.anchors, base.standing)
    arrays = [getattr(part, f.name) for part in parts for f in fields(part)] + [base.rank]
    arrays = [array for array in arrays if isinstance(array, np.ndarray)]
    before, told = [array.tobytes() for array in arrays], dict(scenario.changes)
    effect(base, unit, scenario)
    slopes(base, unit, scenario)
    hindrances(base, unit, scenario)
    for preset in base.edition.presets:
        apply_preset(base, unit, scenario, preset.key)
    assert [array.tobytes() for array in arrays] == before
    assert scenario.changes == told


@given(cases(), st.data())
def test_more_of_a_good_rate_never_lowers_the_score_or_worsens_the_rank(case, data):
    base, unit, scenario = case
    lever = sweepable(base, unit, scenario, data)
    score, rank = sweep(base, unit, scenario, lever.key, GRID if lever.better == "higher" else 1 - GRID)
    if not np.isnan(score).any():
        assert (np.diff(score) >= 0).all() and (np.diff(rank) <= 0).all()


@given(cases(), st.data())
def test_a_sweep_equals_the_effect_at_each_of_its_points(case, data):
    base, unit, scenario = case
    lever = sweepable(base, unit, scenario, data)
    score, rank = sweep(base, unit, scenario, lever.key, GRID)
    if isinstance(scenario.changes.get(lever.key), Counts):
        return  # the count due would go with the counts
    for i in (0, 3, 20):
        found = effect(base, unit, scenario.with_(lever.key, float(GRID[i])))
        np.testing.assert_array_equal([score[i], rank[i]], [found.after.score, found.rank_after])


def sweepable(base, unit, scenario, data):
    keys = [key for key in movable(base, unit) if hindrances(base, unit, scenario).get(key) != "none_due"]
    assume(keys)
    return base.edition.levers[base.edition.lever_index[data.draw(st.sampled_from(keys))]]


def test_a_component_moved_in_points_is_swept_in_points():
    base = sample("provinces_2026-10-10")
    score, rank = sweep(base, 3, Scenario(), "online_services", np.array([0.0, 12.0]))
    assert score[1] - score[0] == 1200
    assert rank[1] == effect(base, 3, Scenario({"online_services": 12.0})).rank_after


@given(cases())
def test_a_slope_is_the_finite_difference_of_the_exact_score(case):
    base, unit, scenario = case
    levers, direct = resolved(base, unit, scenario)
    found, step = slopes(base, unit, scenario), 1e-6
    assert (np.isnan(found) == np.isnan(levers)).all()
    for i, lever in enumerate(base.edition.levers):
        if np.isnan(levers[i]):
            continue
        toward = step if lever.better == "higher" else -step
        if not -1e-12 <= levers[i] + toward <= 1 + 1e-12:
            assert found[i] == 0
            continue
        moved = levers.copy()
        moved[i] += toward
        exact = (exact_score(base.edition, base.anchors[unit], at, direct) for at in (moved, levers))
        difference = float(next(exact) - next(exact))
        assert found[i] == pytest.approx(difference / toward, abs=1e-5)
        assert found[i] >= 0 if lever.better == "higher" else found[i] <= 0


@given(cases())
def test_every_lever_moves_the_score_or_says_why_not(case):
    base, unit, scenario = case
    levers, direct = resolved(base, unit, scenario)
    why, edition = hindrances(base, unit, scenario), base.edition
    for i, lever in enumerate(edition.levers):
        if why.get(lever.key) in ("inherited", "not_reported", "assumed", "none_due"):
            continue
        moved = levers.copy()
        moved[i] = 1.0 if lever.better == "higher" else 0.0
        exact = (exact_score(edition, base.anchors[unit], at, direct) for at in (moved, levers))
        gain = float(next(exact) - next(exact))
        assert (gain > 1e-9) == (lever.key not in why), (lever.key, gain, why.get(lever.key))
        if lever.key in why:
            before = down_the_road(edition, base.anchors[unit], levers, direct).components
            after = down_the_road(edition, base.anchors[unit], moved, direct).components
            assert not (after > before).any()


@given(cases())
def test_the_reason_a_lever_gives_is_true(case):
    base, unit, scenario = case
    edition, found = base.edition, standing(base, unit, scenario)
    levers, _ = resolved(base, unit, scenario)
    for key, reason in hindrances(base, unit, scenario).items():
        i = edition.lever_index[key]
        moved = edition.moved_by(key)
        known = [c for c in moved if not np.isnan(found.criteria[edition.criterion_index[c.key]])]
        components = found.components[[edition.component_index[c.component] for c in moved]]
        earned = [found.criteria[edition.criterion_index[c.key]] >= 100 * c.max_points for c in known]
        assert {
            "inherited": base.league.level in (moved[0].inherited_by),
            "not_reported": np.isnan(levers[i]),
            "assumed": np.isnan(levers[i]),
            "none_due": not np.isnan(levers[i]),
            "at_end": levers[i] >= 1 or levers[i] <= 0,
            "limited": edition.levers[i].at_most is not None,
            "at_target": any(earned),
            "component_full": (
                components == edition.component_max[[edition.component_index[c.component] for c in moved]]
            ).any(),
            "at_zero": True,
            "not_computable": np.isnan(components).any() or len(known) < len(moved),
        }[reason], (key, reason)


@given(cases())
def test_link_to_scenario_to_link_is_the_identity(case):
    base, _, scenario = case
    texts = scenario.texts()
    assert parsed(base.edition, texts.items()) == scenario
    assert parsed(base.edition, texts.items()).texts() == texts


@given(st.floats(0, 1))
def test_a_rate_survives_the_link_to_the_last_bit(rate):
    edition = edition_files.load("766-2026")
    assert parsed(edition, [("on_time", value_text(rate))]).changes["on_time"] == rate


def test_a_released_lever_is_as_if_it_had_never_been_set():
    scenario = Scenario({"on_time": 0.5})
    assert scenario.with_("reused", 0.1).with_("reused", None) == scenario
    assert scenario.with_("on_time", None) == Scenario()


@given(cases())
def test_overtaken_and_next_above_agree_with_looking_at_each_peer(case):
    base, unit, scenario = case
    found = effect(base, unit, scenario)
    before, after = float(found.before.score), float(found.after.score)
    peers = {i: s for i, s in enumerate(base.standing.score.tolist()) if i != unit and not np.isnan(s)}
    assert set(found.overtaken) == {i for i, s in peers.items() if before < s < after}
    assert set(found.overtaken_by) == {i for i, s in peers.items() if after < s < before}
    assert set(found.tied_before) == {i for i, s in peers.items() if s == before}
    assert set(found.tied_after) == {i for i, s in peers.items() if s == after}
    above = [s for s in peers.values() if s > after]
    assert set(found.next_above) == {i for i, s in peers.items() if above and s == min(above)}
    np.testing.assert_array_equal(found.gap, min(above) - after if above else np.nan)
    if not np.isnan(after):
        assert found.rank_after == 1 + len(above)


def test_a_unit_that_draws_level_has_overtaken_nobody_and_is_told_with_whom_it_is_tied():
    edition = edition_files.load("766-2026")
    points = {c.key: [c.max_points / 2] * 4 for c in edition.components} | {"online_services": [12, 8, 8, 2]}
    base = baseline(edition, league(edition, points=points, level="province"))
    found = effect(base, 3, Scenario({"online_services": 8.0}))
    assert (found.rank_before, found.rank_after, found.tied_after, found.overtaken) == (4, 2, (1, 2), ())
    assert found.next_above == (0,) and found.gap == 400
    assert effect(base, 3, Scenario({"online_services": 8.01})).overtaken == (1, 2)
    assert effect(base, 1, Scenario({"online_services": 0.0})).overtaken_by == (3,)


@pytest.mark.parametrize("name", ["dak_lak_2026-09-17", "dak_lak_2026-10-10"])
def test_on_time_moves_progress_by_0_20_a_point_and_satisfaction_by_0_0667_below_the_cap(name):
    base = sample(name)
    on_time, complained = (base.anchors.levers[:, base.edition.lever_index[key]] for key in ("on_time", "complained"))
    progress, satisfaction = (base.edition.component_index[key] for key in ("progress", "satisfaction"))
    for unit in np.flatnonzero(on_time < 0.98):
        below = on_time[unit] + 0.01 < 0.9 + complained[unit]
        above = on_time[unit] > 0.9 + complained[unit]
        found = effect(base, int(unit), Scenario({"on_time": float(on_time[unit]) + 0.01}))
        moved = (found.after.components - found.before.components) / 100
        assert moved[progress] == pytest.approx(0.20, abs=0.011)
        slope = slopes(base, int(unit), Scenario())[base.edition.lever_index["on_time"]] / 100
        if below:
            assert moved[satisfaction] == pytest.approx(0.0667, abs=0.011)
            assert slope == pytest.approx(0.2 + 0.06667, abs=1e-4)
        if above:
            assert moved[satisfaction] == 0
            assert slope == pytest.approx(0.2, abs=1e-6)


def test_one_unanswered_petition_costs_12_points_where_none_was_due():
    base = sample("dak_lak_2026-10-10")
    none = np.flatnonzero(base.anchors.empty[:, base.edition.lever_index["petitions_on_time"]])
    for unit in map(int, none):
        found = effect(base, unit, Scenario({"petitions_on_time": Counts(0, 1)}))
        assert found.after.score - found.before.score == -1200
        same(standing(base, unit, Scenario({"petitions_on_time": Counts(1, 1)})), found.before)
        assert standing(base, unit, Scenario({"petitions_satisfied": Counts(0, 1)})).score == found.before.score - 600


def petitions(edition="766-2026", on_time=(0, 4), satisfied=(0, 4), level="commune"):
    """A commune with petitions, and another without."""
    rules = edition_files.load(edition)
    counts = {
        "petitions_on_time": [on_time, (0, 0)],
        "petitions_satisfied": [satisfied, (0, 0)],
        "on_time": [(95, 100), (80, 100)],
        "dossiers_satisfied": [(95, 100), (80, 100)],
    }
    return baseline(rules, league(rules, counts=counts, points={"satisfaction": [18.0, 18.0]}, level=level))


def test_petitions_share_one_denominator():
    base = petitions()
    same(
        standing(base, 0, Scenario({"petitions_on_time": Counts(0, 0)})),
        standing(base, 0, Scenario({k: Counts(0, 0) for k in ("petitions_on_time", "petitions_satisfied")})),
    )
    code, details = refusal(base, 0, petitions_on_time=Counts(1, 5), petitions_satisfied=Counts(1, 4))
    assert code == "set_denominators" and details["values"] == ("1/5", "1/4")


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_petitions_earn_full_points(edition):
    base = petitions(edition, level="province")
    k = base.edition.component_index["satisfaction"]
    assert base.standing.modelled[1, k] == 600 + 600 + round(600 * 0.8 / 0.9)
    found = effect(base, 0, Scenario({"petitions_on_time": Counts(0, 0)}))
    assert found.after.modelled[k] - found.before.modelled[k] == 1200


def test_satisfied_petitions_count_only_up_to_those_on_time():
    base = petitions(on_time=(2, 4), satisfied=(1, 4))
    half = standing(base, 0, Scenario({"petitions_satisfied": 0.5}))
    same(standing(base, 0, Scenario({"petitions_satisfied": 1.0})), half)
    assert exceeded(base, 0, Scenario({"petitions_satisfied": 1.0})) == {"petitions_satisfied": "petitions_on_time"}
    assert exceeded(base, 0, Scenario({"petitions_satisfied": 0.5})) == {}
    assert hindrances(base, 0, Scenario({"petitions_satisfied": 0.5}))["petitions_satisfied"] == "limited"


def test_published_figures_with_more_petitions_satisfied_than_on_time_stand():
    base = petitions(on_time=(1, 4), satisfied=(3, 4))
    satisfied = base.edition.criterion_index["petitions_satisfied"]
    assert base.standing.criteria[0, satisfied] == 450
    same(standing(base, 0, Scenario()), at(base.standing, 0))
    assert standing(base, 0, Scenario({"petitions_satisfied": 1.0})).criteria[satisfied] == 450
    better = Scenario({"petitions_on_time": 0.5, "petitions_satisfied": 1.0})
    assert standing(base, 0, better).criteria[satisfied] == 600


def test_a_negative_complaint_share_as_in_september_is_no_gain_to_be_had():
    base = sample("dak_lak_2026-09-17")
    complained = base.anchors.levers[:, base.edition.lever_index["complained"]]
    assert (complained < 0).any()
    for unit in map(int, np.flatnonzero(complained < 0)):
        assert hindrances(base, unit, Scenario())["complained"] == "at_end"
        assert "complained" not in apply_preset(base, unit, Scenario(), "targets")[0].changes
        assert "complained" not in apply_preset(base, unit, Scenario(), "league_best")[0].changes


def test_an_unreported_petition_rate_stays_unknown_when_no_petition_is_due():
    rules = edition_files.load("766-2026")
    base = baseline(rules, league(rules, counts={"petitions_on_time": [(1, 1)]}, points={"satisfaction": [9.0]}))
    found = effect(base, 0, Scenario({"petitions_on_time": Counts(0, 0)}))
    assert found.after.components[rules.component_index["satisfaction"]] == 900
    assert np.isnan(found.after.criteria[rules.criterion_index["petitions_satisfied"]])


def test_dossiers_satisfied_with_nothing_due_earns_nothing_and_reveals_no_complaints():
    rules = edition_files.load("766-2026")
    counts = {"on_time": [(9, 10), (0, 0), (0, 0)], "dossiers_satisfied": [(0, 0), (0, 0), (5, 10)]}
    base = baseline(rules, league(rules, counts=counts, points={"satisfaction": [5.0, 5.0, 5.0]}))
    assert base.standing.criteria[:, rules.criterion_index["dossiers_satisfied"]].tolist() == [0, 0, 333]
    why = [hindrances(base, unit, Scenario())["complained"] for unit in range(3)]
    assert why == ["not_reported", "none_due", "not_reported"]
    for unit in range(3):
        same(standing(base, unit, Scenario()), at(base.standing, unit))


def test_a_complaint_share_that_no_dossier_backs_gives_way_to_the_one_that_satisfaction_reveals():
    rules = edition_files.load("766-2026")
    counts = {"on_time": [(9, 10)], "dossiers_satisfied": [(5, 10)], "complained": [(0, 0)]}
    base = baseline(rules, league(rules, counts=counts, points={"satisfaction": [5.0]}))
    same(standing(base, 0, Scenario()), at(base.standing, 0))
    assert base.anchors.levers[0, rules.lever_index["complained"]] == pytest.approx(0.4)


def test_in_a_table_with_only_some_components_a_slope_is_what_the_component_moves_by():
    rules = edition_files.load("766-2026")
    base = baseline(
        rules, league(rules, counts={"on_time": [(50, 100)], "paid_online": [(1, 2)]}, points={"progress": [10.0]})
    )
    assert np.isnan(base.standing.score[0])
    found = slopes(base, 0, Scenario())
    assert found[rules.lever_index["on_time"]] == pytest.approx(20)
    why = hindrances(base, 0, Scenario())
    assert "on_time" not in why
    assert why["paid_online"] == "not_computable"


def test_a_lever_whose_points_stay_at_zero_all_the_way_says_so():
    rules = edition_files.load("766-2026")
    counts = {
        "on_time": [(0, 100)],
        "dossiers_satisfied": [(0, 100)],
        "complained": [(30, 100)],
        "paid_online": [(100, 100)],
        "procedures_paid_online": [(0, 10)],
        "procedures_integrated": [(0, 10)],
    }
    base = baseline(
        rules,
        league(
            rules,
            counts=counts | {"dossiers_satisfied": [(0, 0)]},
            points={"online_payment": [1.0], "satisfaction": [12.0]},
        ),
    )
    assert hindrances(base, 0, Scenario())["complained"] == "at_zero"
    assert hindrances(base, 0, Scenario({"paid_online": 0.0}))["procedures_integrated"] == "at_zero"


def test_complaints_can_still_be_answered_where_they_outweigh_the_dossiers_on_time():
    rules = edition_files.load("766-2026")
    rates = {"on_time": [0.2], "complained": [0.5]}
    base = baseline(rules, league(rules, rates=rates, points={"satisfaction": [12.0]}))
    assert "complained" not in hindrances(base, 0, Scenario())


def test_a_paid_rate_past_its_target_moves_nothing_and_says_so():
    rules = edition_files.load("766-2025")
    base = baseline(rules, league(rules, counts={"paid_online": [(98, 100)]}, points={"online_payment": [9.0]}))
    assert hindrances(base, 0, Scenario())["paid_online"] == "at_target"
    strict = baseline(rules.with_targets({"paid_online": 1.0}), base.league)
    assert "paid_online" not in hindrances(strict, 0, Scenario())
    with pytest.raises(Problem, match="not among its choices"):
        rules.with_targets({"paid_online": 0.6})


REFUSALS = {
    "a derived rate": ({"dossiers_satisfied": 1.0}, "set_derived"),
    "a rate inherited from the province": ({"updated_on_time": 1.0}, "set_inherited"),
    "an inherited component": ({"transparency": 18.0}, "set_inherited"),
    "a rate that is not reported": ({"filed_online": 1.0}, "set_not_reported"),
    "a rate that is taken as full": ({"certified_copies": 0.0}, "set_assumed"),
    "a rate where none is due": ({"petitions_on_time": 0.5}, "set_none_due"),
    "points of a component with known levers": ({"progress": 20.0}, "set_not_direct"),
    "counts for a component": ({"online_services": Counts(1, 2)}, "set_points"),
    "more points than a component has": ({"online_services": 12.01}, "set_points"),
    "an unknown lever": ({"onn_time": 1.0}, "set_unknown"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_refused(what):
    changes, code = REFUSALS[what]
    assert refusal(sample("dak_lak_2026-10-10"), 0, **changes)[0] == code


def test_a_refusal_names_what_to_do_instead():
    base = sample("dak_lak_2026-10-10")
    assert refusal(base, 0, dossiers_satisfied=1.0)[1]["levers"] == ("on_time", "complained")
    assert "on_time" in refusal(base, 0, progress=20.0)[1]["levers"]
    points = refusal(base, 0, online_services=12.01)[1]
    assert points["value"] == 12.01 and points["limit"] == "12"
    with pytest.raises(Problem, match="petitions_on_time=0/1"):
        effect(base, 0, Scenario({"petitions_on_time": 0.5}))
    with pytest.raises(Problem, match="petitions_on_time=0/1"):
        sweep(base, 0, Scenario(), "petitions_on_time", GRID)


TEXTS = {
    "0.98": 0.98,
    "98%": 0.98,
    "98 %": 0.98,
    "98,5%": 0.985,
    "0,985": 0.985,
    "1": 1.0,
    "0": 0.0,
    "100%": 1.0,
    " 0.5 ": 0.5,
    "2700/2735": Counts(2700, 2735),
    "2.700/2.735": Counts(2700, 2735),
    "0/0": Counts(0, 0),
    "3 / 4": Counts(3, 4),
}
NO_TEXTS = {
    "1.5": "set_above_one",
    "98": "set_above_one",
    "101%": "set_range",
    "-0.1": "set_range",
    "-5%": "set_range",
    "": "set_value",
    "%": "set_value",
    "nan": "set_value",
    "inf": "set_value",
    "٠.٥": "set_value",
    "1/2/3": "set_value",
    "1.5/2": "set_value",
    "-1/2": "set_value",
    "a/b": "set_value",
    "1/": "set_value",
    "5/4": "set_counts",
    "0.5%%": "set_value",
    "0,9,8": "set_value",
    "0.500/1.000": "set_value",
    "9" * 400: "set_value",
    "9" * 400 + "%": "set_value",
    "1/" + "9" * 400: "set_value",
    "0x1": "set_value",
    "1_0%": "set_value",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_value_is_read(text):
    value = parsed(edition_files.load("766-2026"), [("on_time", text)]).changes["on_time"]
    assert value == (TEXTS[text] if isinstance(value, Counts) else pytest.approx(TEXTS[text], abs=1e-15))


@pytest.mark.parametrize("text", NO_TEXTS)
def test_a_value_of_no_use_is_refused(text):
    with pytest.raises(Problem) as problem:
        parsed(edition_files.load("766-2026"), [("on_time", text)])
    assert problem.value.code == NO_TEXTS[text]


@pytest.mark.parametrize("text", ["18.01", "-1", "1/2", "98%", "", "nan"])
def test_points_of_a_component_are_refused_outside_its_range(text):
    with pytest.raises(Problem, match="from 0 to 18"):
        parsed(edition_files.load("766-2026"), [("satisfaction", text)])


def test_a_lever_set_twice_is_refused_even_to_the_same_value():
    with pytest.raises(Problem, match="set twice"):
        parsed(edition_files.load("766-2026"), [("on_time", "1"), ("on_time", "1")])


@given(cases(), st.data())
def test_presets_can_be_applied_and_only_the_petition_lowers_anything(case, data):
    base, unit, _ = case
    preset = data.draw(st.sampled_from(base.edition.presets))
    before, (scenario, skipped) = standing(base, unit, Scenario()), apply_preset(base, unit, Scenario(), preset.key)
    after = standing(base, unit, scenario)
    lowered = (after.components < before.components).any() or (after.criteria < before.criteria).any()
    assert preset.key == "petition_unanswered" or not lowered
    assert not set(skipped) & set(scenario.changes)


@given(cases(), st.data())
def test_the_same_preset_twice_is_once(case, data):
    base, unit, scenario = case
    preset = data.draw(st.sampled_from([p for p in base.edition.presets if not p.one_more_due]))
    once = apply_preset(base, unit, scenario, preset.key)
    assert apply_preset(base, unit, once[0], preset.key) == once


def test_petitions_answered_after_one_was_left_unanswered_answers_that_one():
    base = petitions()
    left, _ = apply_preset(base, 1, Scenario(), "petition_unanswered")
    answered, skipped = apply_preset(base, 1, left, "petitions_answered")
    assert answered.changes == {k: Counts(1, 1) for k in ("petitions_on_time", "petitions_satisfied")} and not skipped


@given(cases(), st.data())
def test_a_preset_laid_over_a_scenario_can_be_applied_too(case, data):
    base, unit, scenario = case
    preset = data.draw(st.sampled_from([p for p in base.edition.presets if not p.one_more_due]))
    before = standing(base, unit, scenario)
    after = standing(base, unit, apply_preset(base, unit, scenario, preset.key)[0])
    assert not (after.components < before.components).any()


@given(cases())
def test_a_preset_names_every_lever_that_it_skips(case):
    base, unit, _ = case
    scenario, skipped = apply_preset(base, unit, Scenario(), "targets")
    unknown = {lever.key for i, lever in enumerate(base.edition.levers) if np.isnan(base.anchors.levers[unit, i])}
    assert unknown <= set(skipped)
    assert {c.key for k, c in enumerate(base.edition.components) if base.anchors.direct[unit, k]} <= set(skipped)
    assert set(skipped.values()) <= {"inherited", "not_reported", "assumed", "none_due"}


def test_one_more_petition_is_added_even_where_a_table_counts_petitions_twice_and_differently():
    base = petitions(on_time=(3, 3), satisfied=(2, 4))
    scenario, _ = apply_preset(base, 0, Scenario(), "petition_unanswered")
    assert scenario.changes == {"petitions_on_time": Counts(4, 5), "petitions_satisfied": Counts(2, 5)}
    assert standing(base, 0, scenario).components[4] < base.standing.components[0, 4]


def test_as_good_as_the_best_moves_components_in_points_where_nothing_else_is_known():
    base = sample("provinces_2025-10-16")
    last = int(np.nanargmax(base.rank))
    scenario, skipped = apply_preset(base, last, Scenario(), "league_best")
    best, direct = base.standing.components.max(axis=0), base.anchors.direct[last]
    assert (standing(base, last, scenario).components[direct] == best[direct]).all() and direct.sum() == 4
    assert standing(base, last, scenario).components[1] == best[1]  # by its lever
    assert "on_time" not in skipped and skipped["services_used"] == "not_reported"


def test_a_unit_alone_in_its_league_ranks_first_and_overtakes_nobody():
    rules = edition_files.load("766-2026")
    base = baseline(rules, league(rules, points={c.key: [0.0] for c in rules.components}, level="province"))
    found = effect(base, 0, Scenario({"on_time": 1.0}))
    assert (found.rank_before, found.rank_after, found.overtaken, found.next_above) == (1, 1, (), ())


def test_a_unit_with_nothing_reported_has_no_score_no_rank_and_every_lever_says_so():
    rules = edition_files.load("766-2026")
    points = {c.key: [np.nan, c.max_points] for c in rules.components}
    base = baseline(rules, league(rules, points=points))
    assert np.isnan(base.rank[0]) and base.rank[1] == base.ranked == 1
    assert set(hindrances(base, 0, Scenario())) == set(rules.lever_index)
    found = effect(base, 0, Scenario())
    assert np.isnan(found.rank_after) and found.next_above == found.tied_after == ()


def test_a_published_total_alone_ranks_and_what_no_component_explains_is_held():
    rules = edition_files.load("766-2026")
    base = baseline(rules, league(rules, points={"progress": [15.0, 20.0]}, score=[93.5, 90.0]))
    assert base.standing.score.tolist() == [9350, 9000] and base.rank.tolist() == [1, 2]
    assert base.anchors.held.tolist() == [7850, 7000]
    after = standing(base, 1, Scenario({"on_time": 0.9}))  # implied by the points: 20 of 20
    assert after.score == 8800 and np.isnan(after.components[rules.component_index["satisfaction"]])
    with pytest.raises(Problem, match="lies within the published total"):
        standing(base, 1, Scenario({"satisfaction": 18.0}))


@pytest.mark.parametrize("name", tables.samples())
def test_the_held_difference_stays_through_every_scenario(name):
    base = sample(name)
    shown = base.league.published_score[0] - base.league.published[0].sum()
    assert np.nan_to_num(shown) == base.anchors.held[0]
    moved = standing(base, 0, apply_preset(base, 0, Scenario(), "league_best")[0])
    assert moved.score - moved.components.sum() == base.anchors.held[0]
