"""Editions are files: the two that come with us, what is refused in a bad one, and adding one."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.rules import files as edition_files
from model.score.baseline import baseline
from model.table import leagues as tables
from model.words.problems import LANGUAGES, Problem
from strategies import EDITIONS, league

FOLDER = edition_files.FOLDER
BASE = (edition_files.FOLDER / "766-2026.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of editions of our own, with the two real ones in it."""
    for key in EDITIONS:
        (tmp_path / f"{key}.toml").write_bytes((edition_files.FOLDER / f"{key}.toml").read_bytes())
    monkeypatch.setattr(edition_files, "FOLDER", tmp_path)
    edition_files.load.cache_clear()
    yield tmp_path
    edition_files.load.cache_clear()


def test_both_editions_and_their_five_component_forms_load_under_their_keys():
    assert set(edition_files.available()) == {*EDITIONS, *(f"{key}-5" for key in EDITIONS)}
    assert [edition_files.load(key).key for key in EDITIONS] == list(EDITIONS)


@pytest.mark.parametrize("key", EDITIONS)
def test_every_criterion_carries_name_definition_evidence_and_known_sources(key):
    edition = edition_files.load(key)
    for c in edition.criteria:
        for words in (c.name, c.done, c.due):
            assert all(words[language].strip() for language in LANGUAGES), c.key
        assert c.evidence in "VSPA" and c.empty["evidence"] in "VSPA"
        assert set(c.source) <= set(edition.sources)


MAXIMA = {
    "transparency": 18,
    "progress": 20,
    "online_services": 12,
    "online_payment": 10,
    "satisfaction": 18,
    "digitization": 22,
}
TARGETS_2026 = {
    "services_online": 0.8,
    "filed_online": 0.5,
    "procedures_paid_online": 0.8,
    "procedures_integrated": 0.8,
    "reused": 0.8,
    "dossiers_satisfied": 0.9,
}


@pytest.mark.parametrize("key", EDITIONS)
def test_maxima_are_those_of_the_decision(key):
    assert {c.key: c.max_points for c in edition_files.load(key).components} == MAXIMA


def test_targets_are_1_but_for_those_that_the_portal_sets_lower():
    found = {key: {c.key: c.target for c in edition_files.load(key).criteria if c.target != 1} for key in EDITIONS}
    assert found == {"766-2026": TARGETS_2026, "766-2025": TARGETS_2026 | {"paid_online": 0.3, "digitized": 0.8}}


def test_transparency_is_inherited_in_2026_and_a_commune_s_own_in_2025():
    found = {key: [c.key for c in edition_files.load(key).criteria if "commune" in c.inherited_by] for key in EDITIONS}
    assert found == {"766-2025": [], "766-2026": ["published_on_time", "updated_on_time", "content_complete"]}


@pytest.mark.parametrize("key", EDITIONS)
def test_only_petitions_earn_full_points_where_nothing_is_due(key):
    full = {c.key for c in edition_files.load(key).criteria if c.empty["earns"] == "full"}
    assert full == {"petitions_on_time", "petitions_satisfied"}


GROUPS = "dossiers, fee_dossiers, procedures, fee_procedures, services, units, petitions"

# what is replaced in 766-2026.toml, by what, the key that is named, and the reason said
WRONG = {
    "maxima of criteria that do not add up": (
        "max_points = 20\ntarget",
        "max_points = 19\ntarget",
        "components.progress.max_points",
        "the maximum says 20 but its parts add up to 19.",
    ),
    "maxima of components that do not add up": (
        "total = 100",
        "total = 99",
        "total",
        "the maximum says 99 but its parts add up to 100.",
    ),
    "a criterion of no points": (
        "max_points = 20\ntarget",
        "max_points = 0\ntarget",
        "criteria.on_time.max_points",
        "must be above 0, not 0.",
    ),
    "an unknown component": (
        'component = "progress"',
        'component = "progres"',
        "criteria.on_time.component",
        "there is no component “progres”.",
    ),
    "a derived rate that names no lever": (
        "rate = { on_time = 1, complained = -1 }",
        "rate = {}",
        "criteria.dossiers_satisfied.rate",
        "must name at least one lever, with a coefficient other than 0.",
    ),
    "a derived rate that names an unknown lever": (
        "on_time = 1, complained = -1",
        "on_tim = 1, complained = -1",
        "criteria.dossiers_satisfied.rate",
        "there is no lever “on_tim”.",
    ),
    "a derived rate with a coefficient of 0": (
        "complained = -1",
        "complained = 0",
        "criteria.dossiers_satisfied.rate",
        "must name at least one lever, with a coefficient other than 0.",
    ),
    "a derived rate with a text in it": (
        "complained = -1",
        'complained = "x"',
        "criteria.dossiers_satisfied.rate.complained",
        "must be a number, not “x”.",
    ),
    "a derived rate that is no table": (
        "rate = { on_time = 1, complained = -1 }",
        "rate = 5",
        "criteria.dossiers_satisfied.rate",
        "missing, or not a table.",
    ),
    "a lever that nothing uses": (
        "on_time = 1, complained = -1",
        "on_time = 1, digitized = 1",
        "levers.complained",
        "no criterion uses this lever.",
    ),
    "a lever that points the wrong way": (
        'better = "lower"',
        'better = "higher"',
        "levers.complained.better",
        "“higher” can't be used; choose from: lower.",
    ),
    "a lever of an unknown direction": (
        'better = "lower"',
        'better = "less"',
        "levers.complained.better",
        "“less” can't be used; choose from: lower.",
    ),
    "a lever named as a criterion is": (
        "[levers.complained]",
        "[levers.reused]",
        "levers.reused",
        "this name is already that of a component, criterion or lever.",
    ),
    "a lever that is no table": (
        "[levers.complained]",
        "[levers]\ncomplained = 3\n[other]",
        "levers.complained",
        "missing, or not a table.",
    ),
    "a limit that is no lever": (
        'at_most = "petitions_on_time"',
        'at_most = "x"',
        "criteria.petitions_satisfied.at_most",
        "there is no lever “x”.",
    ),
    "a target of 0": (
        "target = 0.50",
        "target = 0",
        "criteria.filed_online.target",
        "a rate must be above 0 and at most 1, not 0.",
    ),
    "a target above 1": (
        "target = 0.50",
        "target = 50",
        "criteria.filed_online.target",
        "a rate must be above 0 and at most 1, not 50.",
    ),
    "a target just above 1": (
        "target = 0.50",
        "target = 1.01",
        "criteria.filed_online.target",
        "a rate must be above 0 and at most 1, not 1.01.",
    ),
    "a negative target": (
        "target = 0.50",
        "target = -0.5",
        "criteria.filed_online.target",
        "a rate must be above 0 and at most 1, not -0.5.",
    ),
    "a target that is no number": (
        "target = 0.50",
        'target = "half"',
        "criteria.filed_online.target",
        "must be a number, not “half”.",
    ),
    "a target that is nan": (
        "target = 0.50",
        "target = nan",
        "criteria.filed_online.target",
        "must be a number, not “nan”.",
    ),
    "a maximum that is nan": (
        "max_points = 20\ntarget",
        "max_points = nan\ntarget",
        "criteria.on_time.max_points",
        "must be a number, not “nan”.",
    ),
    "choices without the target": (
        "target = 0.50",
        "target = 0.50\ntarget_choices = [0.3]",
        "criteria.filed_online.target_choices",
        "must include the target in force, 0.5.",
    ),
    "choices above 1": (
        "target = 0.50",
        "target = 0.50\ntarget_choices = [0.5, 30]",
        "criteria.filed_online.target_choices",
        "a rate must be above 0 and at most 1, not 0.5, 30.",
    ),
    "choices that are no list": (
        "target = 0.50",
        "target = 0.50\ntarget_choices = 1",
        "criteria.filed_online.target_choices",
        "must be a list of the right kind, not “1”.",
    ),
    "choices that are texts": (
        "target = 0.50",
        'target = 0.50\ntarget_choices = ["a"]',
        "criteria.filed_online.target_choices",
        "must be a list of the right kind, not “a”.",
    ),
    "a misspelt key": (
        'evidence = "V"\nempty',
        'evidense = "V"\nempty',
        "criteria.on_time.evidense",
        "unknown key; check its spelling.",
    ),
    "a misspelt key of a band": (
        'vi = "Yếu", en = "Weak", evidence',
        'vi = "Yếu", en = "Weak", evidense',
        "bands.weak.evidense",
        "unknown key; check its spelling.",
    ),
    "a misspelt key at the top": ("decimals = 2", "decimal = 2", "decimal", "unknown key; check its spelling."),
    "a row with a key of its own": (
        'number = "2.1"',
        'number = "2.1"\nkey = "x"',
        "criteria.on_time.key",
        "unknown key; check its spelling.",
    ),
    "a missing key": ('number = "2.1"\n', "", "criteria.on_time.number", "missing, or not a table."),
    "a missing language": (
        ', en = "Dossiers settled early or on time"',
        "",
        "criteria.on_time.name",
        "needs a text in each language: vi, en.",
    ),
    "a missing language of a band": (', en = "Weak"', "", "bands.weak.name", "needs a text in each language: vi, en."),
    "a missing language of a group": (
        'vi = "hồ sơ có phí", en = "dossiers with a fee"',
        'vi = "x"',
        "groups.fee_dossiers",
        "needs a text in each language: vi, en.",
    ),
    "a missing language of a source": (
        "\nguide = { vi",
        "\nguide = { vn",
        "sources.guide",
        "needs a text in each language: vi, en.",
    ),
    "a name that is no table": (
        'name = { vi = "Tiến độ giải quyết", en = "Processing progress" }',
        'name = "x"',
        "components.progress.name",
        "needs a text in each language: vi, en.",
    ),
    "a wrong evidence mark": (
        'evidence = "V"\nempty',
        'evidence = "X"\nempty',
        "criteria.on_time.evidence",
        "“X” can't be used; choose from: V, S, P, A.",
    ),
    "a wrong evidence mark of a band": (
        '"Weak", evidence = "P"',
        '"Weak", evidence = "?"',
        "bands.weak.evidence",
        "“?” can't be used; choose from: V, S, P, A.",
    ),
    "a wrong evidence mark of emptiness": (
        'empty = { earns = "nothing", evidence = "V" }\nsource = ["portal_2026", "decision"]',
        'empty = { earns = "nothing" }\nsource = ["portal_2026", "decision"]',
        "criteria.on_time.empty.evidence",
        "“None” can't be used; choose from: V, S, P, A.",
    ),
    "an emptiness that earns something odd": (
        'empty = { earns = "full", evidence = "V" }',
        'empty = { earns = "half", evidence = "V" }',
        "criteria.petitions_on_time.empty.earns",
        "“half” can't be used; choose from: full, nothing.",
    ),
    "an emptiness that is no table": (
        'empty = { earns = "full", evidence = "V" }',
        "empty = 1",
        "criteria.petitions_on_time.empty",
        "missing, or not a table.",
    ),
    "an assumed rate above 1": (
        "assumed_rate = 1.0",
        "assumed_rate = 2",
        "criteria.certified_copies.assumed_rate",
        "a rate must be above 0 and at most 1, not 2.",
    ),
    "bands out of order": (
        "good = { from = 80",
        "good = { from = 60",
        "bands",
        "the edges must fall and end at 0, not 90, 60, 70, 50, 0.",
    ),
    "bands that end above 0": (
        "weak = { from = 0",
        "weak = { from = 10",
        "bands",
        "the edges must fall and end at 0, not 90, 80, 70, 50, 10.",
    ),
    "a band without an edge": ("weak = { from = 0, ", "weak = { ", "bands.weak.from", "missing, or not a table."),
    "a band whose edge is a text": (
        "weak = { from = 0",
        'weak = { from = "0"',
        "bands.weak.from",
        "must be a number, not “0”.",
    ),
    "an unknown source": (
        'source = ["portal_2026", "decision"]',
        'source = ["press"]',
        "criteria.on_time.source",
        "there is no source “press”.",
    ),
    "a source that is no list": (
        'source = ["portal_2026", "decision"]',
        'source = "guide"',
        "criteria.on_time.source",
        "must be a list of the right kind, not “guide”.",
    ),
    "an unknown group": (
        'group = "units"',
        'group = "unit"',
        "criteria.certified_copies.group",
        f"“unit” can't be used; choose from: {GROUPS}.",
    ),
    "an unknown level": (
        'inherited_by = ["commune", "department"]\nnote',
        'inherited_by = ["comune", "department"]\nnote',
        "components.transparency.inherited_by",
        "“comune” can't be used; choose from: commune, department, province, other.",
    ),
    "an unknown tie rule": (
        'ties = "competition"',
        'ties = "dense"',
        "ties",
        "“dense” can't be used; choose from: competition.",
    ),
    "an unknown rounding": (
        'rounding = "half_up"',
        'rounding = "half_even"',
        "rounding",
        "“half_even, 2” can't be used; choose from: half_up, 2.",
    ),
    "more decimals than the engine rounds to": (
        "decimals = 2",
        "decimals = 3",
        "rounding",
        "“half_up, 3” can't be used; choose from: half_up, 2.",
    ),
    "a preset of an unknown lever": (
        "set = { on_time = 1.0 }",
        "set = { on_tim = 1.0 }",
        "presets.all_on_time.set",
        "there is no lever “on_tim”.",
    ),
    "a preset above 1": (
        "paid_online = 0.98",
        "paid_online = 98",
        "presets.paid_98.set.paid_online",
        "a rate must be above 0 and at most 1, not 98.",
    ),
    "a preset of a text": (
        "paid_online = 0.98",
        'paid_online = "98%"',
        "presets.paid_98.set.paid_online",
        "must be a number, not “98%”.",
    ),
    "a preset of an unknown kind": (
        'all = "best"',
        'all = "better"',
        "presets.league_best.all",
        "“better” can't be used; choose from: best, target.",
    ),
    "a preset of an unknown group": (
        'one_more_due = "petitions"',
        'one_more_due = "letters"',
        "presets.petition_unanswered.one_more_due",
        f"“letters” can't be used; choose from: {GROUPS}.",
    ),
    "presets that are no table": ("[presets.all_on_time]", "[other]", "other", "unknown key; check its spelling."),
    "no components": (r"re:\n\[components(.|\n)*?(?=\n\[criteria)", "\n", "components", "missing, or not a table."),
    "no groups": (r"re:\n\[groups\](.|\n)*?(?=\n\[bands)", "\n", "groups", "missing, or not a table."),
    "a key that is not the file's name": (
        'key = "766-2026"',
        'key = "766"',
        "key",
        "must be the file's own name, not “766”.",
    ),
    "no key": ('key = "766-2026"\n', "", "key", "must be the file's own name, not “–”."),
    "an edition that extends a missing one": (
        'key = "766-2026"',
        'key = "766-2026"\nextends = "766-1999"',
        "extends",
        "there is no edition “766-1999” to extend, or it extends itself.",
    ),
    "an edition that extends itself": (
        'key = "766-2026"',
        'key = "766-2026"\nextends = "766-2026"',
        "extends",
        "there is no edition “766-2026” to extend, or it extends itself.",
    ),
    "an edition that extends its own heir": (
        'key = "766-2026"',
        'key = "766-2026"\nextends = "766-2025"',
        "extends",
        "there is no edition “766-2026” to extend, or it extends itself.",
    ),
    "an edition that extends a list": (
        'key = "766-2026"',
        'key = "766-2026"\nextends = ["766-2025"]',
        "extends",
        "there is no edition “766-2025” to extend, or it extends itself.",
    ),
    "a lever of an unknown kind": (
        'better = "lower"',
        'better = "lower"\nkind = "fast"',
        "levers.complained.kind",
        "“fast” can't be used; choose from: flow, mendable, stock.",
    ),
    "a lever of an unknown group": (
        'group = "dossiers"\nbetter',
        'group = "letters"\nbetter',
        "levers.complained.group",
        f"“letters” can't be used; choose from: {GROUPS}.",
    ),
    "a criterion named as a component is": (
        "[criteria.on_time]",
        "[criteria.progress]",
        "criteria.progress",
        "this name is already that of a component, criterion or lever.",
    ),
    "an unknown evidence mark of emptiness": (
        'empty = { earns = "full", evidence = "V" }',
        'empty = { earns = "full", evidence = "X" }',
        "criteria.petitions_on_time.empty.evidence",
        "“X” can't be used; choose from: V, S, P, A.",
    ),
    "choices a little above 1": (
        "max_points = 20\ntarget",
        "max_points = 20\ntarget_choices = [0.5, 1.5]\ntarget",
        "criteria.on_time.target_choices",
        "a rate must be above 0 and at most 1, not 0.5, 1.5.",
    ),
    "a target a little above 1": (
        "max_points = 20\ntarget = 1",
        "max_points = 20\ntarget = 1.5 #",
        "criteria.on_time.target",
        "a rate must be above 0 and at most 1, not 1.5.",
    ),
    "choices of 0": (
        "max_points = 20\ntarget",
        "max_points = 20\ntarget_choices = [0, 0.5]\ntarget",
        "criteria.on_time.target_choices",
        "a rate must be above 0 and at most 1, not 0, 0.5.",
    ),
    "an effort below 0": ("effort = 5", "effort = -5", "groups.petitions.effort", "must be a number, not “-5”."),
    "an effort that is a text": ("effort = 5", 'effort = "5"', "groups.petitions.effort", "must be a number, not “5”."),
    "an effort that is a truth": (
        "effort = 5",
        "effort = true",
        "groups.petitions.effort",
        "must be a number, not “True”.",
    ),
    "a missing key at the top": ('ties = "competition"', "", "ties", "missing, or not a table."),
    "a note in one language": (
        ', en = "The portal\'s own guide says 80 %; the 2026 data show 100 %." }',
        " }",
        "criteria.digitized.note",
        "needs a text in each language: vi, en.",
    ),
    "a number where a text belongs": (
        'number = "2.1"',
        "number = 2.1",
        "criteria.on_time.number",
        "must be text, not “2.1”.",
    ),
    "a limit that is a number": (
        'at_most = "petitions_on_time"',
        "at_most = 1",
        "criteria.petitions_satisfied.at_most",
        "must be text, not “1”.",
    ),
    "a source that is a list of numbers": (
        'source = ["portal_2026"]',
        "source = [1]",
        "criteria.published_on_time.source",
        "must be a list of the right kind, not “1”.",
    ),
    "a criterion of an unknown level": (
        'source = ["portal_2026"]\ninherited_by = ["commune", "department"]',
        'source = ["portal_2026"]\ninherited_by = ["commune", "ward"]',
        "criteria.published_on_time.inherited_by",
        "“ward” can't be used; choose from: commune, department, province, other.",
    ),
    "a criterion of fewer points than none": (
        "max_points = 20\ntarget",
        "max_points = -1\ntarget",
        "criteria.on_time.max_points",
        "must be above 0, not -1.",
    ),
    "an assumed rate below 0": (
        "assumed_rate = 1",
        "assumed_rate = -0.5 #",
        "criteria.certified_copies.assumed_rate",
        "a rate must be above 0 and at most 1, not -0.5.",
    ),
    "a preset below 0": (
        "paid_online = 0.98",
        "paid_online = -0.98",
        "presets.paid_98.set.paid_online",
        "a rate must be above 0 and at most 1, not -0.98.",
    ),
    "two bands of one edge": (
        "good = { from = 80",
        "good = { from = 90",
        "bands",
        "the edges must fall and end at 0, not 90, 90, 70, 50, 0.",
    ),
    "components that are no table": (
        "re:(?s)\\[components.*?(?=\\[criteria)",
        "[components]\n",
        "components",
        "missing, or not a table.",
    ),
    "no day from which it counts": ("since = 2026-01-01", "", "since", "missing, or not a table."),
    "a day as text": (
        "since = 2026-01-01",
        'since = "2026"',
        "since",
        "must be a day written as year-month-day without quotes, not “2026”.",
    ),
    "not TOML": ("total = 100", "total = ", "–", "the file can't be read (Invalid value (at line 9"),
    "not UTF-8": ("total = 100", b"# \xff\n", "–", "the file can't be read ('utf-8' codec can't decode byte 0xff"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_file_is_refused_with_its_name_key_and_reason_for(what, folder):
    old, new, key, reason = WRONG[what]
    path = folder / "766-2026.toml"
    if isinstance(new, bytes):
        path.write_bytes(new + BASE.encode())
    elif old.startswith("re:"):
        path.write_text(re.sub(old[3:], new, BASE, count=1), encoding="utf-8")
    else:
        assert old in BASE
        path.write_text(BASE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Problem) as problem:
        edition_files.load("766-2026")
    named = problem.value.details["file"]
    assert named == ("766-2025.toml" if "heir" in what else "766-2026.toml")
    assert problem.value.details["key"] == key
    english, vietnamese = problem.value.text("en"), problem.value.text("vi")
    for text in (english, vietnamese):
        assert named in text and key in text and "{" not in text
    assert f"Edition file {named}, key {key}: {reason}" in english and english != vietnamese


def test_an_edition_may_do_without_presets_and_its_groups_without_effort(folder):
    rules = re.sub(r"(?s)\[presets\..*", "", BASE).replace(", effort = 5", "").replace(", effort = 1 ", ", effort = 0 ")
    (folder / "766-2026.toml").write_text(rules, encoding="utf-8")
    edition = edition_files.load("766-2026")
    assert (
        edition.presets == ()
        and "effort" not in edition.groups["petitions"]
        and edition.groups["dossiers"]["effort"] == 0
    )


def test_an_assumed_rate_and_a_presets_may_be_0(folder):
    rules = BASE.replace("assumed_rate = 1", "assumed_rate = 0 #").replace("paid_online = 0.98", "paid_online = 0")
    (folder / "766-2026.toml").write_text(rules, encoding="utf-8")
    edition = edition_files.load("766-2026")
    assert edition.criteria[edition.criterion_index["certified_copies"]].assumed_rate == 0
    assert next(preset.set for preset in edition.presets if preset.key == "paid_98") == {"paid_online": 0}


def test_a_maximum_made_of_fractions_adds_up(folder):
    rules = BASE.replace("max_points = 4\ntarget", "max_points = 3.9\ntarget", 1).replace(
        "max_points = 2\ntarget", "max_points = 2.1\ntarget", 1
    )
    (folder / "766-2026.toml").write_text(rules, encoding="utf-8")
    edition = edition_files.load("766-2026")
    assert [c.max_points for c in edition.criteria if c.component == "transparency"] == [6, 3.9, 2.1, 6]


@pytest.mark.parametrize("key", EDITIONS)
def test_a_criterion_whose_rate_is_its_own_is_a_lever_of_the_same_words(key):
    edition = edition_files.load(key)
    for c in edition.criteria:
        assert c.derived == (c.key == "dossiers_satisfied" or len(c.rate) > 1), c.key
        if not c.derived:
            lever = edition.levers[edition.lever_index[c.key]]
            own = (lever.key, lever.name, lever.done, lever.due, lever.group, lever.kind, lever.at_most, lever.better)
            assert own == (c.key, c.name, c.done, c.due, c.group, c.kind, c.at_most, "higher")
            assert c.rate == {c.key: 1.0}
            assert lever.when_empty == {"full": 1.0, "nothing": 0.0}[c.empty["earns"]]


def test_an_unknown_edition_is_refused_and_the_known_ones_named():
    with pytest.raises(Problem, match="766-2031.*766-2025, .*766-2026"):
        edition_files.load("766-2031")


def test_what_is_wrong_in_an_edition_that_is_extended_is_named_there(folder):
    (folder / "766-2026.toml").write_text("total = ", encoding="utf-8")
    with pytest.raises(Problem, match=r"766-2026\.toml"):
        edition_files.load("766-2025")


def test_adding_a_file_is_adding_an_edition(folder):
    (folder / "766-2027.toml").write_text(
        '\ufeffkey = "766-2027"\nextends = "766-2026"\nsince = 2027-01-01\n[criteria.paid_online]\ntarget = 0.5\n',
        "utf-8",
    )
    assert edition_files.available() == (*EDITIONS, "766-2027")
    assert [edition_files.in_force(date(year, 3, 1)) for year in (2025, 2026, 2027)] == [*EDITIONS, "766-2027"]
    assert [edition_files.in_force(None, leader) for leader in (-1, 74, 95)] == ["766-2027", "766-2027", "766-2025"]
    edition = edition_files.load("766-2027")
    base = baseline(edition, league(edition, rates={"paid_online": [0.25]}))
    assert base.standing.criteria[0, edition.criterion_index["paid_online"]] == 300
    assert len(tables.find("dak_lak_2026-10-10", "766-2027").codes) == 102


def test_an_added_edition_may_bring_a_criterion_and_a_component_of_its_own(folder):
    rules = BASE.replace('key = "766-2026"', 'key = "next"').replace("total = 100", "total = 103")
    (folder / "next.toml").write_text(
        rules
        + """
[components.green]
code = "XANH"
name = { vi = "Xanh", en = "Green" }
max_points = 3
[criteria.paperless]
number = "6.1"
component = "green"
name = { vi = "Không giấy", en = "Paperless" }
done = { vi = "hồ sơ không giấy", en = "paperless" }
due = { vi = "hồ sơ", en = "dossiers" }
group = "dossiers"
max_points = 3
target = 0.5
evidence = "A"
""",
        encoding="utf-8",
    )
    edition = edition_files.load("next")
    base = baseline(edition, league(edition, counts={"paperless": [(1, 4), (0, 0)]}))
    assert base.standing.components[:, edition.component_index["green"]].tolist() == [150, 0]


FIVE = ("766-2025-5", "766-2026-5")


@pytest.mark.parametrize("key", FIVE)
def test_an_edition_of_five_components_has_the_same_criteria_and_100_points(key):
    five, six = edition_files.load(key), edition_files.load(key.removesuffix("-5"))
    assert [c.key for c in five.components] == ["transparency", "progress", "online", "satisfaction", "digitization"]
    assert {c.key: c.max_points for c in five.components}["online"] == 22
    assert five.total == sum(c.max_points for c in five.components) == 100
    merged = {"online_services": "online", "online_payment": "online"}
    assert [replace(c, component=merged.get(c.component, c.component)) for c in six.criteria] == list(five.criteria)
    assert five.levers == six.levers and five.bands == six.bands and five.title != six.title


@pytest.mark.parametrize("key", FIVE)
def test_five_components_give_the_same_score_as_six(key):
    five, six = edition_files.load(key), edition_files.load(key.removesuffix("-5"))
    counts = {"filed_online": [(1, 4), (0, 0)], "paid_online": [(1, 7), (5, 5)], "on_time": [(9, 10), (1, 3)]}
    found = [baseline(edition, league(edition, counts=counts)).standing for edition in (five, six)]
    assert np.array_equal(found[0].criteria, found[1].criteria, equal_nan=True)
    at = six.component_index
    pair = found[1].components[:, [at["online_services"], at["online_payment"]]].sum(axis=1)
    assert np.array_equal(found[0].components[:, five.component_index["online"]], pair, equal_nan=True)


WRONG_REPLACES = {
    "a component that is not there": (
        'replaces = ["online_services", "online_payment"]',
        'replaces = ["online_service"]',
    ),
    "itself": ('replaces = ["online_services", "online_payment"]', 'replaces = ["online"]'),
    "only one of the two": ('replaces = ["online_services", "online_payment"]', 'replaces = ["online_services"]'),
    "a maximum that is not theirs": ("max_points = 22", "max_points = 21"),
    "a text": ('replaces = ["online_services", "online_payment"]', 'replaces = "online_services"'),
    "a number": ('replaces = ["online_services", "online_payment"]', "replaces = 2"),
    "a list of lists": ('replaces = ["online_services", "online_payment"]', 'replaces = [["online_services"]]'),
    "what another has replaced": (
        "[components.online]",
        '[components.other]\nreplaces = ["online_services"]\ncode = "X"\nname = { vi = "x", en = "x" }\n'
        "max_points = 12\n[components.online]",
    ),
}


@pytest.mark.parametrize("what", WRONG_REPLACES)
def test_a_component_that_replaces_is_refused_by_name_for(what, folder):
    text = (FOLDER / "766-2026-5.toml").read_text(encoding="utf-8")
    old, new = WRONG_REPLACES[what]
    assert old in text
    (folder / "766-2026-5.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Problem) as problem:
        edition_files.load("766-2026-5")
    assert problem.value.code == "edition_wrong" and problem.value.details["file"] == "766-2026-5.toml"
    key = problem.value.details["key"]
    assert key.startswith("components.") and all(key in said for said in problem.value.both.values())


def test_an_edition_is_frozen():
    edition = edition_files.load("766-2026")
    with pytest.raises(AttributeError):
        edition.total = 1
    for array in (edition.form, edition.target, edition.max_points, edition.component_max, edition.membership):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
        assert array.dtype == float


def test_another_target_leaves_the_edition_as_it_was():
    edition = edition_files.load("766-2025")
    other = edition.with_targets({"paid_online": 1.0})
    i = edition.criterion_index["paid_online"]
    assert (edition.target[i], other.target[i]) == (0.3, 1.0)
    assert np.delete(other.target, i).tolist() == np.delete(edition.target, i).tolist()
    assert edition.with_targets({}) is edition


@pytest.mark.parametrize("targets", [{"paid_online": 0.5}, {"on_time": 0.9}, {"nothing": 1.0}])
def test_a_target_that_is_not_offered_is_refused(targets):
    with pytest.raises(Problem, match="not among its choices"):
        edition_files.load("766-2025").with_targets(targets)
