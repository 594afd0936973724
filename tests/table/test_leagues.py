"""Tables at hand: the samples, files by their path, the facts beside them, and an administrator's folder."""

import os
import unicodedata
from datetime import date

import numpy as np
import pytest

from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues as tables
from model.table import writing as writers
from model.table.league import columns, folded
from model.table.reading.reading import reading
from model.words.problems import LANGUAGES, Problem

HEAD = "unit_code,unit_name,"


@pytest.fixture
def table(tmp_path):
    """A function that writes a CSV and the TOML beside it, and gives its league and findings."""

    def read(text, toml="", edition="766-2026"):
        path = tmp_path / "own.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if toml:
            (tmp_path / "own.toml").write_text(toml, encoding="utf-8")
        return tables.found(str(path), edition)

    return read


def cell(league, kind, key, row=0):
    """One figure of a league: done, due or rate of a criterion or lever."""
    return float(getattr(league, kind)[row, columns(load(league.edition)).index(key)])


@pytest.mark.parametrize("name", tables.samples())
def test_every_sample_league_is_read_whole_and_without_doubt(name):
    league, findings = tables.found(name)
    about = (tables.SAMPLES / f"{name}.toml").read_text(encoding="utf-8")
    assert findings == ()
    assert league.key == name and len(league.codes) == len(set(league.codes)) > 30
    assert league.edition in about and isinstance(league.as_of, date) and league.period.first < league.period.last
    assert league.level in ("commune", "province") and league.origin in ("published", "illustrative")
    assert league.title["vi"] and league.title["en"] and league.source["vi"]
    assert baseline(load(league.edition), league).ranked == np.sum(~np.isnan(league.published_score)) > 30


@pytest.mark.parametrize("name", tables.samples())
def test_a_league_can_not_be_written_to(name):
    league = tables.find(name)
    for array in (league.done, league.due, league.rate, league.published, league.published_score):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("name", tables.samples())
def test_a_sample_read_as_anybody_s_file_is_the_same_and_of_its_list(name):
    file = tables.file(tables.SAMPLES / f"{name}.csv")
    found = reading(file, tables.lists())
    assert (found.league.codes, found.league.names) == (tables.find(name).codes, tables.find(name).names)
    assert found.near == {} and found.listed in ("hanoi", "dak_lak", "an_giang", "provinces")
    invented = found.league.origin == "illustrative"  # a lesson in totals that do not add up
    assert {f.why.code for f in found.findings} == ({"row_apart"} if invented else set())


def test_the_lists_are_those_of_hanoi_dak_lak_an_giang_and_the_provinces():
    assert {(one.key, len(one.names), one.level) for one in tables.lists()} == {
        ("hanoi", 126, "commune"),
        ("dak_lak", 102, "commune"),
        ("an_giang", 102, "commune"),
        ("provinces", 34, "province"),
    }
    assert all(set(one.title) == set(LANGUAGES) for one in tables.lists())


def test_a_byte_order_mark_and_spaces_around_cells_are_nothing(table):
    league, findings = table(b"\xef\xbb\xbf" + "unit_code , unit_name,published_score\r\n A1 , Xã Một ,1\r\n".encode())
    assert (league.codes, league.names, findings) == (("A1",), ("Xã Một",), ())


def test_decimal_comma_and_decimal_point_are_the_same_number(table):
    league, _ = table(HEAD + 'progress_points,published_score\nA,Xã A,"19,53","94,73"\nB,Xã B,19.53,94.73\n')
    assert league.published[:, 1].tolist() == [1953, 1953] and league.published_score.tolist() == [9473, 9473]


@pytest.mark.parametrize(
    ("text", "toml", "rate"),
    [
        ("98", 'rates = "percent"', 0.98),
        ("98", "", 0.98),
        ("0.5", 'rates = "percent"', 0.005),
        ("1", 'rates = "percent"', 0.01),
        ("0.98", 'rates = "fraction"', 0.98),
        ("0.98", "", 0.98),
        ("1", 'rates = "fraction"', 1.0),
        ('"0,98"', 'rates = "fraction"', 0.98),
        ("98%", "", 0.98),
        ('"98,5 %"', "", 0.985),
        ("98%", 'rates = "fraction"', 0.98),
        ("98%", 'rates = "percent"', 0.98),
        ("0", 'rates = "percent"', 0.0),
        ("100", 'rates = "percent"', 1.0),
    ],
)
def test_a_rate_is_read_in_the_unit_that_its_toml_its_sign_or_its_size_tells(table, text, toml, rate):
    league, findings = table(f"{HEAD}on_time\nA,Xã A,{text}\n", toml)
    assert cell(league, "rate", "on_time") == pytest.approx(rate, abs=1e-15) and findings == ()


def test_counts_give_the_rate_and_win_over_a_rate_column(table):
    rows = "on_time_done,on_time_due,on_time\nA,Xã A,3,4,50%\nB,Xã B,,,50%\nC,Xã C,0,0,50%\nD,Xã D,3,4,75%\n"
    league, findings = table(HEAD + rows)
    assert [cell(league, "rate", "on_time", i) for i in (0, 1)] == [0.75, 0.5]
    assert np.isnan(cell(league, "rate", "on_time", 2)) and cell(league, "due", "on_time", 2) == 0
    assert [(f.row, f.column, f.why.code) for f in findings] == [(2, "on_time", "cell_rate_apart")]


@pytest.mark.parametrize("text", ["2735", "2.735", '"2,735"', "2 735", "2735.0", "2735.00", '"2735,0"'])
def test_a_count_may_carry_a_thousands_mark_or_a_spreadsheet_s_zero(table, text):
    league, findings = table(f"{HEAD}on_time_done,on_time_due\nA,Xã A,0,{text}\n")
    assert cell(league, "due", "on_time") == 2735 and findings == ()


def test_two_thousand_with_a_dot_is_not_two(table):
    league, _ = table(HEAD + "on_time_done,on_time_due\nA,Xã A,1.000,2.000\n")
    assert (cell(league, "done", "on_time"), cell(league, "due", "on_time")) == (1000, 2000)


def test_the_same_text_is_points_in_one_column_and_a_count_in_another(table):
    league, findings = table(HEAD + "progress_points,on_time_done,on_time_due\nA,Xã A,3.483,3.483,3.483\n")
    assert league.published[0, 1] == 348 and cell(league, "due", "on_time") == 3483 and findings == ()


def test_an_empty_cell_is_not_reported_and_never_zero(table):
    rows = "progress_points,on_time_done,on_time_due,published_score\nA,Xã A,,,,\nB,Xã B,0,0,9,0\n"
    league, findings = table(HEAD + rows)
    assert findings == ()
    assert np.isnan([league.published[0, 1], cell(league, "rate", "on_time"), league.published_score[0]]).all()
    assert (league.published[1, 1], cell(league, "rate", "on_time", 1), league.published_score[1]) == (0, 0, 0)
    base = baseline(load(league.edition), league)
    assert np.isnan(base.standing.criteria[0, base.edition.criterion_index["on_time"]])
    assert base.standing.criteria[1, base.edition.criterion_index["on_time"]] == 0


def test_a_column_that_is_not_there_is_not_reported(table):
    assert np.isnan(table("unit_code,unit_name,published_score\nA,Xã A,1\n")[0].published).all()


def test_short_rows_are_filled_and_blank_rows_passed_over(table):
    league, findings = table(HEAD + "progress_points,published_score\nA,Xã A,19\n,,,\n\nB,Xã B,18,90\n")
    assert league.codes == ("A", "B") and np.isnan(league.published_score[0]) and findings == ()


def test_columns_that_nothing_is_read_from_are_told(table):
    _, findings = table(HEAD + "on_tme_done,progress_points,Ghi chú,published_rank\nA,Xã A,1,2,x,1\n")
    assert [f.why.details for f in findings if f.why.code == "columns_unread"] == [
        {"columns": ["on_tme_done", "Ghi chú"]}
    ]


# a row between two good ones, then where it is told, why, and whether the row is left out
BAD = {
    "no code and no name": ("on_time_done,on_time_due", ",,1,2", "", "row_nameless", True),
    "a code twice": ("progress_points", "A,Xã B,1", "", "row_twice", True),
    "a row too wide": ("progress_points", "B,Xã B,1,2", "", "row_wide", True),
    "a text for a number": ("progress_points", "B,Xã B,cao", "progress_points", "cell_number", True),
    "a number beyond all numbers": ("on_time_done,on_time_due", f"B,Xã B,1,{'9' * 400}", "on_time_due", None, True),
    "two decimal marks": ("progress_points", "B,Xã B,1.9.5", "progress_points", "cell_number", True),
    "a negative count": ("on_time_done,on_time_due", "B,Xã B,-1,5", "on_time_done", "cell_negative", True),
    "half a dossier": ("on_time_done,on_time_due", "B,Xã B,1.5,5", "on_time_done", "cell_whole", True),
    "more done than due": ("on_time_done,on_time_due", "B,Xã B,6,5", "on_time_done", "cell_done_over", True),
    "done without due": ("on_time_done,on_time_due", "B,Xã B,6,", "on_time_done", "cell_alone", False),
    "due without done": ("on_time_done,on_time_due", "B,Xã B,,6", "on_time_due", "cell_alone", False),
    "more points than there are": ("progress_points", "B,Xã B,20.01", "progress_points", "cell_over", True),
    "points of another maximum": ("progress_points", "B,Xã B,17/18", "progress_points", "cell_out_of", True),
    "negative points": ("progress_points", "B,Xã B,-1", "progress_points", "cell_negative", True),
    "a score above 100": ("published_score", "B,Xã B,100.5", "published_score", "cell_over", True),
    "a rate above 100 %": ("on_time", "B,Xã B,101%", "on_time", "cell_over", True),
    "a negative rate": ("on_time", "B,Xã B,-1%", "on_time", "cell_negative", True),
    "a row of totals": ("progress_points", ",Tổng cộng,3", "", "row_sum", True),
    "a note": ("progress_points", ",Người lập biểu", "", "row_note", True),
}


@pytest.mark.parametrize("what", BAD)
def test_only_that_row_or_cell_is_left_out_and_told_by_its_place_for(what, table):
    head, row, column, code, out = BAD[what]
    filled = {"on_time": "50%", "on_time_done,on_time_due": "1,2"}.get(head, "1")
    text = f"{HEAD}{head}\nA,Xã A,{filled}\n{row}\nC,Xã C,{filled}\n"
    league, findings = table(text)
    assert league.codes == (("A", "C") if out else ("A", "B", "C"))
    (finding,) = findings
    assert (finding.row, finding.column) == (3, column) and finding.why.code == (code or finding.why.code)
    assert finding.done.code != "done_kept"
    for language, words in (("vi", ("dòng 3", f"cột {column}")), ("en", ("row 3", f"column {column}"))):
        said = finding.text(language)
        assert words[0] in said and (not column or words[1] in said) and len(said.splitlines()) == 1


NOTHING_LEFT = {
    "a file of spaces": (" \n\t\n", "file_empty"),
    "a header alone": (HEAD + "published_score\n", "file_no_units"),
    "blank rows alone": (HEAD + "published_score\n,,\n\n", "file_no_units"),
    "no figures": (HEAD + "published_score\nA,Xã A,\n", "file_no_units"),
    "no column of figures": ("unit_code,unit_name\nA,Xã A\n", "file_header"),
    "no column of units": ("published_score,progress_points\n9,9\n", "file_header"),
    "done without a column of due": (HEAD + "on_time_done\nA,Xã A,6\n", "file_no_units"),
    "rates of no known unit": (HEAD + "on_time\nA,Xã A,1\n", "file_no_units"),
}


@pytest.mark.parametrize("what", NOTHING_LEFT)
def test_a_table_is_refused_in_one_sentence_for(what, table):
    text, code = NOTHING_LEFT[what]
    with pytest.raises(Problem) as problem:
        table(text)
    assert problem.value.code == code
    assert all("own.csv" in said and len(said.splitlines()) == 1 for said in problem.value.both.values())


def test_a_fraction_above_one_stops_its_row(table):
    league, findings = table(HEAD + "on_time\nA,Xã A,98\nB,Xã B,0.5\n", 'rates = "fraction"')
    assert league.codes == ("B",) and findings[0].text("en").startswith("row 2, column on_time: “98” is above")


BAD_TOML = {
    "an unknown key": ('titel = "x"', "titel"),
    "an unknown level": ('level = "ward"', "level"),
    "an unknown origin": ('origin = "guess"', "origin"),
    "an unknown unit of rates": ('rates = "permille"', "rates"),
    "a title in one language": ('title = { vi = "x" }', "title"),
    "a title that is a text": ('title = "x"', "title"),
    "a title of numbers": ("title = { vi = 1, en = 2 }", "title"),
    "a day that is none": ('as_of = "2026-10-10"', "as_of"),
    "a moment for a day": ("as_of = 2026-10-10T01:02:03", "as_of"),
    "a period that is a text": ('period = "2026"', "period"),
    "a period of an unknown kind": ('period = { kind = "week", first = 2026-01-01, last = 2026-01-07 }', "period"),
    "a period without a last day": ('period = { kind = "month", first = 2026-01-01 }', "period"),
    "a period that ends before it starts": (
        'period = { kind = "month", first = 2026-02-01, last = 2026-01-01 }',
        "period",
    ),
    "an edition that is no text": ("edition = [766]", "edition"),
    "published cells that are no table": ("published_cells = 3", "published_cells"),
    "published cells that are no list": ('published_cells = { A = "progress" }', "published_cells"),
    "claims that are no table": ('claims = "x"', "claims"),
    "a claim in one language": ('claims = { A = { vi = "x" } }', "claims"),
}


@pytest.mark.parametrize("what", BAD_TOML)
def test_a_toml_is_refused_by_file_and_key_for(what, table):
    toml, key = BAD_TOML[what]
    with pytest.raises(Problem) as problem:
        table(HEAD + "published_score\nA,Xã A,1\n", toml, None)
    assert problem.value.code == "league_wrong"
    assert all(f"own.csv, {word} {key}" in problem.value.text(lang) for lang, word in (("vi", "khóa"), ("en", "key")))


@pytest.mark.parametrize("toml", ["title = ", "\0", "x = " + "[" * 3000, 'edition = "766-2031"'])
def test_a_toml_that_is_none_or_names_no_edition_is_refused(table, toml):
    with pytest.raises(Problem) as problem:
        table(HEAD + "published_score\nA,Xã A,1\n", toml, None)
    assert problem.value.code in ("league_toml", "edition_unknown")


def test_a_toml_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "own.csv").write_text(HEAD + "published_score\nA,Xã A,1\n", encoding="utf-8")
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\0")
    with pytest.raises(Problem, match="damaged"):
        tables.find(str(tmp_path / "own.csv"))


def test_the_edition_is_named_stated_or_guessed(table):
    text = HEAD + "published_score\nA,Xã A,{}\n"
    assert table(text.format(94), edition=None)[0].edition == "766-2025"
    assert table(text.format(74), edition=None)[0].edition == "766-2026"
    assert table(text.format(94), 'edition = "766-2026"', None)[0].edition == "766-2026"
    assert table(text.format(74), 'edition = "766-2026"', "766-2025")[0].edition == "766-2025"
    assert table(text.format(74), "as_of = 2025-08-25", None)[0].edition == "766-2025"


def test_an_unknown_edition_is_refused_before_the_file_is_looked_at():
    with pytest.raises(Problem, match="766-2031"):
        tables.find("nothing.csv", "766-2031")


@pytest.mark.parametrize("name", ["nothing", "no/such.csv", "/no.csv", "../sample_data/x", "", ".", "x" * 5000, "\0"])
def test_a_table_that_is_not_there_is_refused_and_the_samples_named(name):
    with pytest.raises(Problem, match="dak_lak_2026-10-10") as problem:
        tables.find(name)
    assert problem.value.code == "league_unknown"


def test_a_unit_is_found_by_code_or_by_name_without_diacritics():
    league = tables.find("dak_lak_2026-10-10")
    assert league.index("H15.198") == league.index("xa xuan lanh") == league.index(" XÃ  Xuân   Lãnh ") == 0


def test_two_ways_of_typing_a_name_are_one():
    assert folded("Xã Hòa Phú") == folded("xã hoà phú") == folded("Xa\u0303 Ho\u00e0 Phu\u0301") == "xa hoa phu"
    assert folded("Phường Đống Đa") == "phuong dong da"


@pytest.mark.parametrize("unit", ["H15", "Xuân", "", "không có"])
def test_a_unit_that_is_not_there_is_refused_by_name(unit):
    with pytest.raises(Problem, match="There is no unit"):
        tables.find("dak_lak_2026-10-10").index(unit)


def test_a_name_that_two_units_bear_needs_the_code(table):
    league, _ = table(HEAD + "published_score\nA,Xã Một,1\nB,Xã Mốt,2\n")
    assert league.index("B") == 1
    with pytest.raises(Problem, match="xa mot"):
        league.index("xa mot")


def test_communes_are_known_by_their_names_however_typed(table):
    names = unicodedata.normalize("NFD", HEAD + "published_score\nA,Xã Một,1\nB,PHƯỜNG Hai,2\nC,Đặc khu Ba,3\n")
    assert table(names)[0].level == "commune"
    assert table(HEAD + "published_score\nA,Một,1\nB,Sở Y tế,2\n")[0].level == "department"


def test_a_unit_entered_by_hand_takes_its_place_in_the_league():
    league = tables.find("dak_lak_2026-10-10")
    edition = load(league.edition)
    points = {
        "transparency": 11.85,
        "progress": 20,
        "online_services": 10,
        "online_payment": 10,
        "satisfaction": 18,
        "digitization": 22,
    }
    own = baseline(edition, league.with_unit(edition, "own", "Xã của tôi", points, {"paid_online": 0.98}))
    assert own.rank[-1] == 1 and own.standing.score[-1] == 9185 and own.ranked == 103
    assert own.standing.criteria[-1, edition.criterion_index["paid_online"]] == 588
    assert len(league.codes) == 102
    part = baseline(edition, league.with_unit(edition, "own", "Xã của tôi", {"progress": 20}, {}))
    assert np.isnan(part.rank[-1]) and part.ranked == 102


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An administrator's folder, named by the environment variable."""
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    return tmp_path


def test_a_folder_of_leagues_is_a_shelf_and_a_broken_file_in_it_is_told(folder):
    league = tables.find("dak_lak_2026-10-10")
    (folder / "thang 9.csv").write_text("Tên đơn vị,Tổng điểm\nXã Phú Xuyên,94.73\n", encoding="utf-8")
    (folder / "thang 9.toml").write_text('edition = "766-2026"', encoding="utf-8")
    (folder / "dak lak.zip").write_bytes(writers.zipped(league, load(league.edition)))
    (folder / "hong.xlsx").write_bytes(b"PK\3\4 broken")
    (folder / "rong.csv").write_bytes(b"")
    (folder / "ghi chu.md").write_text("no table", encoding="utf-8")
    (folder / "cu.csv").mkdir()
    leagues, problems = tables.shelf()
    assert list(leagues) == ["dak lak", "thang 9"]
    assert {key: league.key for key, league in leagues.items()} == {"dak lak": "dak lak", "thang 9": "thang 9"}
    assert leagues["thang 9"].codes == ("10273",) and leagues["thang 9"].edition == "766-2026"
    assert np.array_equal(leagues["dak lak"].published, league.published, equal_nan=True)
    assert [(problem.code, problem.details["file"]) for problem in problems] == [
        ("file_broken", "hong.xlsx"),
        ("file_empty", "rong.csv"),
    ]


def test_files_of_one_stem_are_leagues_of_their_own(folder):
    for end, score in (("csv", 90), ("txt", 91)):
        (folder / f"9.{end}").write_text(f"Tên đơn vị,Tổng điểm\nXã A,{score}\n", encoding="utf-8")
    leagues, _ = tables.shelf()
    assert {key: (one.key, one.published_score[0]) for key, one in leagues.items()} == {
        "9": ("9", 9000),
        "9.txt": ("9.txt", 9100),
    }


def test_a_shelf_s_stamp_tells_that_it_changed(folder):
    before = tables.shelf_stamp()
    (folder / "a.csv").write_text("x", encoding="utf-8")
    assert before == () != tables.shelf_stamp()


@pytest.mark.parametrize("named", [None, "", "/no/such/folder", __file__])
def test_without_a_folder_the_shelf_is_empty(named, monkeypatch):
    monkeypatch.delenv(tables.FOLDER, raising=False)
    if named is not None:
        monkeypatch.setenv(tables.FOLDER, named)
    assert tables.shelf() == ({}, ()) and tables.shelf_stamp() == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_told(folder):
    (folder / "a.csv").write_text("x", encoding="utf-8")
    (folder / "a.csv").chmod(0)
    assert [problem.code for problem in tables.shelf()[1]] == ["file_broken"]
