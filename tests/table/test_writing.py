"""What is written reads back the same, and nothing in it is a formula."""

import csv
import io
import tomllib
import zipfile
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from model.rules.edition import LEVELS
from model.rules.files import load
from model.table import leagues as tables
from model.table import template
from model.table import writing as writers
from model.table.league import League, Period, columns, frozen
from model.table.reading import reading as readers
from model.table.reading.about import parsed
from strategies import EDITIONS, made_up

ARRAYS = ("done", "due", "rate", "published", "published_score")
FACTS = ("title", "source", "note", "as_of", "period", "level", "origin", "published_cells", "claims")
NASTY = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=1",
    "''-1",
    " =1",
    "＝1",
    'Xã A;=1+1;"=2',
    "Xã A\n-1",
    "<script>alert(1)</script>",
    "#N/A",
    '="00004"',
    "12",
    'Xã, “A” "B"',
]
FACES = st.text(st.sampled_from("'\"=+-@＝;,\t\r\n \u00a0aX"), max_size=8)


def saved(league, form=".zip"):
    return (writers.zipped if form == ".zip" else writers.workbook)(league, load(league.edition))


def read(data, name):
    """The league that the reader makes of a file's bytes."""
    return readers.read(data, name).league


def same(one, other):
    """Whether two leagues hold the same units, figures to the last bit, and facts."""
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    for name in ("key", "edition", "codes", "names", *FACTS):
        assert getattr(one, name) == getattr(other, name), name
    return True


def sheet_of(data, name=None):
    book = load_workbook(io.BytesIO(data))
    return book[name] if name else book.worksheets[0]


def values(data):
    return [["" if cell is None else cell for cell in row] for row in sheet_of(data).values]


def facts_of(data):
    """The TOML that a workbook's second sheet says, read as a session would read it: trimmed, texts on one line."""
    cells = [[c.strip() if isinstance(c, str) else c for c in row] for row in sheet_of(data, "about").values]
    return writers.about_of(cells)


def live(data):
    """Cells of a workbook that are formulas, by what the file itself says."""
    book = load_workbook(io.BytesIO(data))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type in "fe"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        raw = [part for part in parts.namelist() if "worksheets/" in part and b"<f>" in parts.read(part)]
        return cells + raw + [part for part in parts.namelist() if "externalLink" in part or "vba" in part.lower()]


def own(names=("Xã A", "Xã B"), **facts):
    """A league of the edition of 2026 in which the first unit reports a rate, the second a count."""
    edition, n = load("766-2026"), len(names)
    blank = np.full((n, len(columns(edition))), np.nan)
    done, due, rate = blank.copy(), blank.copy(), blank.copy()
    rate[0, 4] = 0.1 + 0.2
    done[-1, 4], due[-1, 4], rate[-1, 4] = 1, 3, 1 / 3
    published = np.full((n, len(edition.components)), np.nan)
    published[0, 1] = 1953
    return League(
        **{
            "key": "own",
            "edition": edition.key,
            "codes": tuple(f"{i:05}" for i in range(n)),
            "names": tuple(names),
            "done": frozen(done),
            "due": frozen(due),
            "rate": frozen(rate),
            "published": frozen(published),
            "published_score": frozen(np.full(n, np.nan)),
        }
        | facts
    )


SAID = {
    "title": {"vi": 'Bảng "tháng 9" \\ =1', "en": "=1+1"},
    "source": {"vi": " trước và sau ", "en": ""},
    "note": {"vi": "dòng 1\ndòng 2\t\x7f\u2028\u200b\ufffe", "en": "Ho\u0061\u0300 # “x” = 'y' " + 5000 * " long text"},
    "as_of": date(2026, 9, 30),
    "period": Period(kind="quarter", first=date(2026, 7, 1), last=date(2026, 9, 30)),
    "level": "commune",
    "origin": "published",
    "published_cells": {"00000": ("progress_points", 'a, "b"', "c d"), "H15.1": (), "Xã = 1": ("x",)},
    "claims": {
        "00001": {"vi": "một", "en": "one"},
        'a."b"\n': {"vi": "12", "en": "2026-01-01"},
        "": {"vi": "", "en": "[1]"},
    },
}


@pytest.mark.parametrize("form", [".zip", ".xlsx"])
@pytest.mark.parametrize("name", tables.samples())
def test_every_sample_league_reads_back_the_same(name, form):
    league = tables.find(name)
    assert same(league, read(saved(league, form), name + form))


@pytest.mark.parametrize("name", tables.samples())
def test_every_sample_league_saved_as_a_workbook_holds_the_same_cells_and_facts(name):
    league = tables.find(name)
    data = saved(league, ".xlsx")
    assert values(data) == writers.rows(league, load(league.edition))
    assert facts_of(data) == writers.about(league)
    assert live(data) == []


@settings(max_examples=40)
@given(st.sampled_from(EDITIONS), st.integers(0, 2**32), st.integers(1, 5), st.sampled_from(LEVELS))
def test_any_league_reads_back_to_the_last_bit(key, seed, n, level):
    league = made_up(load(key), seed, n, 0.3, level)
    assume(any(np.isfinite(getattr(league, name)).any() for name in ARRAYS))
    table = saved(league, ".zip"), saved(league, ".xlsx")
    for one in (read(table[0], "made.zip"), read(table[1], "made.xlsx")):
        assert same(replace(league, source=one.source, title=one.title), one)
    assert values(table[1]) == writers.rows(league, load(key))
    bare = np.isnan(league.due) & ~np.isnan(league.rate)
    assert ("rates" in tomllib.loads(facts_of(table[1]))) == bool(bare.any())


@pytest.mark.parametrize("rate", [0.1 + 0.2, 1 / 3, 1e-5, 5e-324, 1.0, 0.0, 1 - 2**-53])
def test_a_rate_without_counts_keeps_its_last_bit(rate):
    league = own(title={"vi": "Bảng", "en": "Table"}, source={"vi": "Nguồn", "en": "Source"})
    league = replace(league, rate=frozen(np.where(np.isnan(league.due) & ~np.isnan(league.rate), rate, league.rate)))
    assert same(league, read(saved(league), "x.zip")) and same(league, read(saved(league, ".xlsx"), "own.xlsx"))
    head, first, *_ = sheet_of(saved(league, ".xlsx")).iter_rows()
    at = [cell.value for cell in head].index("on_time")
    assert first[at].value == rate and first[at].number_format == "0.00%"


def test_only_what_is_reported_has_a_column_and_what_is_not_has_an_empty_cell():
    head, *body = writers.rows(own(), load("766-2026"))
    points = [f"{c.key}_points" for c in load("766-2026").components]
    assert head == ["unit_code", "unit_name", *points, "published_score", "on_time_done", "on_time_due", "on_time"]
    assert [row[-3:] for row in body] == [["", "", 0.1 + 0.2], [1, 3, ""]]
    assert [row[3] for row in body] == [19.53, ""] and type(body[1][-3]) is int


def test_points_in_the_csv_have_two_decimals_and_counts_none():
    text = zipfile.ZipFile(io.BytesIO(saved(own()))).read("own.csv").decode()
    assert text.startswith("\ufeffunit_code,unit_name,") and text.endswith(",1,3,\r\n")
    assert text.splitlines()[1] == "00000,Xã A,,19.53,,,,,,,,0.30000000000000004"


def test_every_fact_about_a_league_reads_back_whatever_its_text():
    league = own(**SAID)
    for text in (writers.about(league), facts_of(saved(league, ".xlsx"))):
        note = {language: writers.held(words) for language, words in league.note.items()}
        assert parsed(text, "own.toml") == {"edition": "766-2026", "rates": "fraction"} | SAID | {"note": note}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.text(max_size=30))
@example("_x000D_ \U0001f600 e\u0301 \x7f\x85", "\ud800\x00")
def test_any_text_is_one_line_of_toml_that_reads_back(title, code):
    league = own(title={"vi": title, "en": title}, claims={code: {"vi": code, "en": code}})
    text = writers.about(league)
    said = tomllib.loads(text)
    assert said["title"]["vi"] == writers.held(title)
    assert said["claims"] == {writers.held(code): {"vi": writers.held(code), "en": writers.held(code)}}
    assert all(line.isprintable() for line in text.split("\n")) and len(text.splitlines()) == len(text.split("\n")) - 1


@given(st.one_of(st.text(), FACES))
@example("'\t'=")
def test_guarding_a_text_can_be_undone_exactly(text):
    assert writers.unguarded(writers.guarded(text)) == text


@given(FACES)
def test_no_cell_of_a_guarded_text_starts_like_a_formula_however_it_is_cut(text):
    for mark in "\t;\n\r":
        for cell in writers.guarded(text).split(mark):
            assert not cell.strip(' \u00a0"').startswith(tuple("=+-@＝")), cell


@pytest.mark.parametrize("text", ["Xã Phú Xuyên", "TP. Huế", "00004", "'x", "a=b", "Bà Rịa - Vũng Tàu", ""])
def test_an_ordinary_text_is_left_as_it_is(text):
    assert writers.guarded(text) == writers.unguarded(text) == text


def test_nasty_names_come_back_and_run_nowhere():
    league = own(NASTY, codes=tuple(f"{name}{i}" for i, name in enumerate(NASTY)))
    text = zipfile.ZipFile(io.BytesIO(saved(league))).read("own.csv").decode("utf-8-sig")
    cells = [row[:2] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert [tuple(map(writers.unguarded, row)) for row in cells] == list(zip(league.codes, league.names, strict=True))
    assert not any(cell.lstrip().startswith(tuple("=+-@")) for row in cells for cell in row)
    data = saved(league, ".xlsx")
    assert live(data) == []
    names = [row[1] for row in sheet_of(data).iter_rows(min_row=2)]
    assert [cell.value for cell in names] == [name.replace("\r", "\n") for name in NASTY]
    assert all(cell.data_type == "s" for cell in names) and all(cell.quotePrefix for cell in names[:5])
    assert not names[NASTY.index("12")].quotePrefix and names[NASTY.index("12")].number_format == "@"


def test_a_character_that_no_file_can_hold_is_written_as_a_mark_in_its_place():
    league = own(("Xã \x00A\ud800", "\ufffe\x1bB"))
    text = zipfile.ZipFile(io.BytesIO(saved(league))).read("own.csv").decode()
    assert ",Xã \ufffdA\ufffd," in text and ",\ufffd\ufffdB," in text
    assert [row[1] for row in values(saved(league, ".xlsx"))[1:]] == ["Xã \ufffdA\ufffd", "\ufffd\ufffdB"]


def test_a_zip_is_the_same_bytes_each_time_and_anyone_may_read_its_files():
    assert saved(own()) == saved(own())
    parts = zipfile.ZipFile(io.BytesIO(saved(own()))).infolist()
    assert [part.filename for part in parts] == ["own.csv", "own.toml"]
    assert all(part.external_attr >> 16 == 0o644 for part in parts)


@pytest.mark.parametrize(
    ("key", "stem"), [("xã 2026-09", "xã 2026-09"), ("../../etc/x", "_.._etc_x"), ("a:b?.", "a_b_"), (". ", "league")]
)
def test_a_key_can_not_name_another_folder(key, stem):
    league = own(key=key)
    assert writers.stem(league) == stem
    assert zipfile.ZipFile(io.BytesIO(saved(league))).namelist() == [f"{stem}.csv", f"{stem}.toml"]


def test_a_workbook_is_easily_read_in_excel():
    league = tables.find("dak_lak_2026-10-10")
    sheet = sheet_of(saved(league, ".xlsx"))
    assert sheet.freeze_panes == "C2" and sheet["A1"].font.bold and sheet["C1"].alignment.wrap_text
    assert (sheet["A2"].number_format, sheet["C2"].number_format, sheet["J2"].number_format) == ("@", "0.00", "#,##0")
    assert sheet.column_dimensions["B"].width > 25


def test_what_people_type_into_the_sheet_of_facts_is_understood():
    typed = [
        ["# key", "value"],
        [],
        [None, "x"],
        ["edition", "766-2026", None],
        ["title", "Bảng “tháng 9”"],
        ["as_of", datetime(2026, 9, 30)],
        ["period.first", "1/7/2026"],
        ["source", None],
        ["note.vi", 2026],
    ]
    said = tomllib.loads(writers.about_of(typed))
    assert said == {
        "edition": "766-2026",
        "title": {"vi": "Bảng “tháng 9”", "en": "Bảng “tháng 9”"},
        "as_of": date(2026, 9, 30),
        "period": {"first": date(2026, 7, 1)},
        "note": {"vi": "2026"},
    }


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.text(max_size=5), st.floats(), st.dates(), FACES), max_size=4), max_size=4
    )
)
@example([["title", "[" * 20_000], ["as_of", "99/99/2026"], ["published_cells.a", '["x", 1'], ["a = [[", "x"]])
def test_reading_a_sheet_of_facts_never_fails(cells):
    assert isinstance(writers.about_of(cells), str)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("key", EDITIONS)
def test_a_template_has_the_units_the_headings_and_no_figures(key, language):
    edition, league = load(key), tables.find("hanoi_2025-08-25")
    data = template.template(edition, league.codes, league.names, language)
    sheet = sheet_of(data)
    title, headings, keys, *body = sheet.values
    assert edition.title[language] in title[0] and live(data) == [] and sheet.freeze_panes == "C4"
    assert [row[:2] for row in body] == list(zip(league.codes, league.names, strict=True))
    assert {cell for row in body for cell in row[2:]} == {None}
    points = [f"{c.key}_points" for c in edition.components]
    counts = [f"{column}_{end}" for column in columns(edition) for end in ("done", "due")]
    assert list(keys) == ["unit_code", "unit_name", *points, "published_score", *counts]
    assert headings[2].endswith({"vi": "(18đ)", "en": "(max 18)"}[language]) and all(headings)
    assert template._words()[language]["guide_sheet"] in load_workbook(io.BytesIO(data)).sheetnames
    assert tomllib.loads(facts_of(data)) == {"edition": key}


def test_a_template_checks_what_is_typed():
    sheet = sheet_of(template.template(load("766-2026"), ["00004"], ["Phường Ba Đình"], "vi"))
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == 7 + 2 * len(columns(load("766-2026"))) and all(
        rule.showErrorMessage for rule in rules.values()
    )
    first, count = rules["C4"], rules["J4"]
    assert (first.type, first.operator, first.formula1, first.formula2) == ("decimal", "between", "0", "18")
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert "18" in first.error and all(
        rule.error and rule.showErrorMessage and rule.allow_blank for rule in rules.values()
    )
    assert sheet["A4"].value == "00004" and sheet["A4"].number_format == "@"


def test_a_template_that_was_filled_in_is_a_league():
    units = tables.find("hanoi_2025-08-25")
    book = load_workbook(io.BytesIO(template.template(load("766-2025"), units.codes, units.names, "vi")))
    sheet, about, whole = book.worksheets[0], book["about"], io.BytesIO()
    for at, figure in ((4, 19.53), (9, 94.73), (10, 0), (11, 7)):
        sheet.cell(5, at).value = figure
    about["B3"], about["B4"] = "Tháng 9", datetime(2025, 9, 30)
    book.save(whole)
    league = read(whole.getvalue(), "x.xlsx")
    assert (league.edition, league.title["en"], league.as_of) == ("766-2025", "Tháng 9", date(2025, 9, 30))
    assert (league.codes, league.names) == (units.codes, units.names)
    assert (league.published[1, 1], league.published_score[1], league.due[1, 0]) == (1953, 9473, 7)
    assert np.isfinite(league.published).sum() == np.isfinite(league.due).sum() == 1


def test_a_template_takes_any_name_for_a_text():
    data = template.template(load("766-2026"), NASTY, NASTY, "en")
    assert live(data) == [] and sheet_of(data)["B4"].quotePrefix


def test_both_languages_of_a_template_say_the_same():
    words = template._words()
    assert words["vi"].keys() == words["en"].keys() and len(words["vi"]["guide"]) == len(words["en"]["guide"])
