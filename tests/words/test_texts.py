"""The texts themselves: no figure that is not computed, nouns that go with their numbers, names within sentences."""

import ast
import json
import re
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.peers.chances import INTERVAL, Chances
from model.report import tables
from model.rules.files import available, load
from model.score.baseline import baseline
from model.table import leagues as at_hand
from model.table.reading.sheets import BYTES
from model.training.facts import Fact, rendered
from model.training.lesson.lessons import lessons
from model.training.quiz.lines import texts
from model.words.phrases import filled
from model.words.problems import LANGUAGES, Problem, sentences
from model.words.texts import words
from pages.panel.panel_data import panel_text
from spaced import Spaced

ROOT = Path(__file__).parents[2]

# Texts with a digit that state no figure of a league, an edition or the code, by why.
JUSTIFIED = {
    "an era by its year": ("league.eras_why",),
    "the ends of a rate, in per cent or as a fraction, of a chance, of points or of a rank": (
        *("data.fraction", "ranking.heat_legend"),
        *("hindrance.at_zero", "method.nothing", "panel.negative", "data.components_help", "method.anchoring_text"),
        *(
            "chances.possible_help",
            "method.empty",
            "problem.chance_forecast",
            "problem.chance_probability",
            "problem.chance_spread",
        ),
        *("problem.column_rate_unit", "problem.edition_bands", "problem.edition_no_lever", "problem.edition_positive"),
        *("problem.edition_target", "problem.lesson_no_lever", "problem.plan_amount", "problem.plan_rank"),
        *("problem.set_above_one", "problem.set_points", "problem.set_range", "problem.lesson_key"),
    ),
    "an example of what can be typed": (
        *("panel.entry", "panel.entry_wrong", "panel.entry_none_due", "panel.entry_unclear", "problem.set_value"),
        *("training.phones_here", "training.example_score", "training.example_rank", "problem.set_none_due"),
        *("problem.as_of_wrong", "known.value_help"),
    ),
    "the days of a week, as a calendar has them": ("controls.weekdays",),
    "an example of the rule of ties": ("method.ties_text", "quiz.tie.lesson"),
    "a formula, whose 1 is a whole or one more": ("effect.trace_help", "quiz.tie.steps.shared"),
    "an encoding, a font or a kind of file by its name": (
        *("problem.file_encoding", "problem.file_packed", "problem.letters_doubled", "problem.letters_lost"),
        *("problem.letters_tcvn3", "problem.letters_vni"),
    ),
    "the decision by its number and date": ("paper.basis",),
    "the scale of the whole index": ("problem.score_of", "problem.score_of_other"),
}
NAME = re.compile(r"[Ii]ndex 766|[Cc]hỉ số 766")
NOUNS = "units|places|days|ranks|petitions|dossiers|others|guesses|things|columns|questions|components|services"


def flat(table, path=""):
    """{dotted key: text} of a table of texts."""
    found = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{path}{key}.")
        elif isinstance(value, str):
            found[path + key] = value
    return found


def every_text():
    """(key, language, text) of all that a reader may be told, but for the editions' own words and single names."""
    for language in LANGUAGES:
        for key, one in flat(words(language).texts).items():
            yield key, language, one
        for code, one in sentences().items():
            yield f"problem.{code}", language, one[language]
        for lesson in lessons():
            said = [lesson.title, lesson.why, *(step.text for step in lesson.steps)]
            yield from ((f"lesson.{lesson.key}", language, one[language]) for one in said)
    for key, one in flat(texts()).items():
        path, _, language = key.rpartition(".")
        yield f"quiz.{path}", language, one


ALL = sorted(set(every_text()))


def digits(text):
    """What of a text is a figure: digits outside blanks and outside the index's name."""
    return re.findall(r"\d+", NAME.sub("", re.sub(r"{[^}]*}", "", text)))


def test_no_text_states_a_figure_that_is_not_computed():
    known = {key for keys in JUSTIFIED.values() for key in keys}
    loose = {(key, one) for key, _, one in ALL if digits(one) and key not in known}
    assert not loose, "\n".join(f"{key}: {one}" for key, one in sorted(loose))


def test_every_justified_text_is_there_and_has_a_digit():
    with_digits = {key for key, _, one in ALL if digits(one)}
    assert {key for keys in JUSTIFIED.values() for key in keys} <= with_digits


def test_figures_in_an_editions_own_words_are_those_of_its_rules():
    for key in available():
        edition = load(key)
        for preset in edition.presets:
            for name in preset.name.values():
                for percent in re.findall(r"(\d+) %", name):
                    assert int(percent) in {round(100 * value) for value in dict(preset.set).values()}, preset.key
        for part in edition.components:
            if "Decision 766" in (part.note or {}).get("en", ""):
                whole = load(key.removesuffix("-5")).components
                stated = sorted(int(n) for n in re.findall(r"\((\d+) points\)", part.note["en"]))
                apart = {c.key: c.max_points for c in whole}
                assert stated == sorted(apart[k] for k in ("online_services", "online_payment"))
                assert sum(stated) == part.max_points
        for c in edition.criteria:
            if c.target_choices and digits((c.note or {}).get("en", "")):
                told = {float(n) / 100 for n in re.findall(r"(\d+) %", c.note["en"])}
                assert told <= set(c.target_choices), c.key


def test_no_noun_stands_in_the_plural_whatever_its_number():
    fixed = [
        (key, one)
        for key, language, one in ALL
        if language == "en" and re.search(rf"{{(?!unit|limit)[a-z_.]+(:count)?}} (more |other )?({NOUNS})\b", one)
    ]
    assert not fixed, fixed


def test_a_noun_goes_with_a_number_that_its_text_tells():
    for key, _, one in ALL:
        for name in re.findall(r"{([\w.]+):[^}]*\|[^}]*}", one):
            assert re.search(rf"{{{re.escape(name)}(:count)?}}", one), key


def test_a_unit_within_a_vietnamese_sentence_is_told_with_a_small_letter():
    for key, language, one in ALL:
        for found in re.finditer(r"{(unit|peer)(:\w+)?}", one):
            before = one[: found.start()].removesuffix("**")
            starts = not before or re.search(r"[.!?](\*\*)? $", before)
            if language == "vi" and not key.startswith("problem."):
                assert (found[2] == ":mid") != bool(starts), (key, one)
            assert language == "vi" or found[2] != ":mid", key


RANGES = "hạng\u00a0**2–\u20604**; 9\u00a0%–\u206010\u00a0%; 2 – 4"
CASES = [
    ("{n} {n:unit|units}", {"n": 1}, "1\u00a0unit"),
    ("{n} {n:unit|units}", {"n": "1"}, "1\u00a0unit"),
    ("{n} {n:unit|units}", {"n": 0}, "0\u00a0units"),
    ("{n} {n:unit|units}", {"n": "1,001"}, "1,001\u00a0units"),
    ("+{gain} {gain:point|points}", {"gain": "0.1"}, "+0.1\u00a0points"),
    ("{n} {n:row of figures stands|rows of figures stand}", {"n": 2}, "2\u00a0rows of figures stand"),
    ("với {unit:mid}.", {"unit": "Xã Xuân Lãnh"}, "với xã Xuân Lãnh."),
    ("với {unit}.", {"unit": "Xã Xuân Lãnh"}, "với Xã Xuân Lãnh."),
    ("với {names:mid}", {"names": "Phường Xã, Đặc khu Côn Đảo, Xãng"}, "với phường Xã, đặc khu Côn Đảo, Xãng"),
    ("{names:mid} và {n} khác", {"names": "Thị trấn Xã Đoài", "n": 3}, "thị trấn Xã Đoài và 3\u00a0khác"),
    (
        "cần **{n} điểm**, hạng **{rank}**",
        {"n": "1,5", "rank": 3},
        "cần **1,5\u00a0điểm**, hạng\u00a0**3**",
    ),
    ("**{n}** hồ sơ, {p} %, ± {p} (≤ {p})", {"n": 4, "p": 9}, "**4**\u00a0hồ sơ, 9\u00a0%, ±\u00a09 (≤\u00a09)"),
    ("hạng **{a}–{b}**; {p} %–{q} %; {a} – {b}", {"a": 2, "b": 4, "p": 9, "q": 10}, RANGES),
]


@pytest.mark.parametrize(("sentence", "details", "wanted"), CASES)
def test_blanks_are_filled_with_nouns_by_number_and_names_within_a_sentence(sentence, details, wanted):
    assert filled(sentence, **details) == wanted


def test_the_panel_fills_blanks_as_python_does():
    script = f"""
        {panel_text("dom.js")}
        const cases = {json.dumps([case[:2] for case in CASES], ensure_ascii=False)};
        console.log(JSON.stringify(cases.map(([sentence, details]) => filled(sentence, details))));
    """
    run = subprocess.run(["node", "-e", script], capture_output=True, text=True)
    assert json.loads(run.stdout) == [case[2] for case in CASES], run.stderr


def test_a_lesson_fills_its_typed_blanks_alike():
    facts = {"n": Fact("count", 1.0), "unit": Fact("text", {"vi": "Xã Xuân Lãnh"})}
    write = {"count": words("vi").count, "text": lambda value: value["vi"]}
    assert rendered("Với {unit:mid}, {n:count} {n:place|places}", facts, write) == "Với xã Xuân Lãnh, 1\u00a0place"
    assert rendered("{unit:text} có {n:count}", facts, write) == "Xã Xuân Lãnh có 1"


def test_a_refusal_has_its_noun_by_number():
    assert "1\u00a0unit;" in Problem("lesson_few_units", n=1, least=4).text("en")
    assert "4\u00a0units" in Problem("lesson_few_units", n=4, least=9).text("en")
    assert Problem("rows_above", n=1).text("en") == "1\u00a0row of figures stands above the header."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interval_that_is_told_is_the_one_that_is_computed(language):
    told = tables.interval(words(language))
    assert told == {"first": "5\u00a0%", "last": "95\u00a0%", "share": "90\u00a0%"}
    pmf = np.full(100, 0.01)  # the 5 % quantile of a hundred equal ranks is rank 5, the 95 % one rank 95
    assert Chances(pmf).interval == (5, 95)


def base(name="dak_lak_2026-10-10"):
    league = at_hand.find(name)
    return baseline(load(league.edition), league)


@pytest.mark.parametrize(("language", "comma"), [("vi", ","), ("en", ".")])
def test_why_eras_differ_is_told_with_published_figures_and_the_editions_own_targets(language, comma):
    told = tables.eras(base(), words(language))
    assert f"94{comma}73" in told and f"73{comma}41" in told
    assert "mà xã Phú Xuyên" in told if language == "vi" else "Xã Phú Xuyên had" in told
    why = tables.eras_why(base(), words(language))
    past, now = (tomllib.loads((ROOT / f"model/rules/editions/766-{y}.toml").read_text("utf-8")) for y in (2025, 2026))
    for key in ("paid_online", "digitized"):
        for rules in (past, now):
            assert f"{100 * rules['criteria'][key]['target']:g}\u00a0%" in why


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_tell_the_figures_of_the_edition_at_hand(language):
    t, rules = Spaced(language), load("766-2026")
    told = " ".join(text for _, text in tables.topics(rules, t))
    assert all(part in told for part in ("90 %", "12", "18", " 2 "))
    changed = {"petitions_on_time": {"max_points": 5.0}, "dossiers_satisfied": {"target": 0.85}}
    criteria = tuple(replace(c, **changed.get(c.key, {})) for c in rules.criteria)
    told = " ".join(text for _, text in tables.topics(replace(rules, criteria=criteria), t))
    assert "85 %" in told and "90 %" not in told and "11" in told and "12" not in told
    few = replace(rules, criteria=tuple(c for c in rules.criteria if c.component == "progress"))
    assert [name for name, _ in tables.topics(few, t)] == [
        t(f"method.{key}") for key in ("anchoring", "rounding", "ties", "peers")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_levers_left_out_at_their_target_are_told_with_their_own_target(language):
    t, rules = Spaced(language), load("766-2026")
    targets = {"filed_online": "50 %", "services_online": "80 %", "reused": "80 %", "paid_online": "100 %"}
    for key, rate in targets.items():
        told = tables.reasons(base(), {key: "at_target"}, t)
        assert re.findall(r"\d+ %", told) == [rate], told
    both = tables.reasons(base(), {"reused": "at_target", "paid_online": "at_target", "on_time": "held"}, t)
    names = {key: t.of(rules.levers[rules.lever_index[key]].name) for key in ("reused", "paid_online", "on_time")}
    assert both.count(";") == 2 and all(name in both for name in names.values())
    assert both.index(names["reused"]) < both.index("80 %") < both.index(names["paid_online"]) < both.index("100 %")
    limited = tables.reasons(base(), {"petitions_satisfied": "limited"}, t)
    assert t.of(rules.levers[rules.lever_index["petitions_on_time"]].name) in limited


def test_sizes_that_are_told_are_those_that_hold():
    assert BYTES / 2**20 == 20 and INTERVAL == (0.05, 0.95)


def test_every_constant_of_a_module_is_used():
    """A name in capitals, set at the head of a module, is read there or imported somewhere in the product."""
    sources = {
        path: path.read_text("utf-8")
        for folder in ("model", "pages", "static")
        for path in (ROOT / folder).rglob("*.py")
    } | {ROOT / "app.py": (ROOT / "app.py").read_text("utf-8")}
    whole = "\n".join(sources.values())
    outside = set(re.findall(r"\b\w+\.([A-Z_]+)\b|^    ([A-Z_]+),$", whole, re.M))
    outside = {name for pair in outside for name in pair} | {
        name for line in re.findall(r"import (.*)", whole) for name in re.findall(r"\w+", line)
    }
    for path, source in sources.items():
        for node in ast.parse(source).body:
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            for name in (target.id for target in targets if isinstance(target, ast.Name)):
                used = len(re.findall(rf"\b{name}\b", source)) > 1
                assert used or name.startswith("__") or name in outside and name[0] != "_", f"{path.name}: {name}"
