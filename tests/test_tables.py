"""Tables people have: what is read from a CSV and the TOML beside it, and what is refused by file, row and column."""

import unicodedata
from datetime import date

import numpy as np
import pytest

from model import tables
from model.baseline import baseline
from model.edition_files import load
from model.league import columns, folded
from model.problems import Problem

HEAD = "unit_code,unit_name,"


@pytest.fixture
def table(tmp_path):
    """A function that writes a CSV and the TOML beside it, and reads them as a league of 766-2026."""

    def read(text, toml="", edition="766-2026"):
        path = tmp_path / "own.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        if toml:
            (tmp_path / "own.toml").write_text(toml, encoding="utf-8")
        return tables.read(path, edition)

    return read


def cell(league, kind, key, row=0):
    """One figure of a league: done, due or rate of a criterion or lever."""
    return float(getattr(league, kind)[row, columns(load(league.edition)).index(key)])


@pytest.mark.parametrize("name", tables.samples())
def test_every_sample_league_is_read_whole(name):
    league = tables.find(name)
    about = (tables.SAMPLES / f"{name}.toml").read_text(encoding="utf-8")
    assert len(league.codes) == len(set(league.codes)) > 30
    assert league.edition in about and isinstance(league.as_of, date) and league.period.first < league.period.last
    assert league.level in ("commune", "province") and league.origin in ("published", "illustrative")
    assert league.title["vi"] and league.title["en"] and league.source["vi"] and league.unused == ()
    assert baseline(load(league.edition), league).ranked == np.sum(~np.isnan(league.published_score))


@pytest.mark.parametrize("name", tables.samples())
def test_a_league_can_not_be_written_to(name):
    league = tables.find(name)
    for array in (league.done, league.due, league.rate, league.published, league.published_score):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_byte_order_mark_and_spaces_around_cells_are_nothing(table):
    league = table(b"\xef\xbb\xbf" + "unit_code , unit_name\r\n A1 , Xã Một \r\n".encode())
    assert (league.codes, league.names) == (("A1",), ("Xã Một",))


def test_decimal_comma_and_decimal_point_are_the_same_number(table):
    league = table(HEAD + 'progress_points,published_score\nA,Xã A,"19,53","94,73"\nB,Xã B,19.53,94.73\n')
    assert league.published[:, 1].tolist() == [1953, 1953] and league.published_score.tolist() == [9473, 9473]


@pytest.mark.parametrize(
    ("text", "toml", "rate"),
    [
        ("98", 'rates = "percent"', 0.98),
        ("0.5", 'rates = "percent"', 0.005),
        ("1", 'rates = "percent"', 0.01),
        ("0.98", 'rates = "fraction"', 0.98),
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
def test_a_rate_is_read_in_the_unit_that_its_toml_or_its_percent_sign_names(table, text, toml, rate):
    assert cell(table(f"{HEAD}on_time\nA,Xã A,{text}\n", toml), "rate", "on_time") == pytest.approx(rate, abs=1e-15)


def test_counts_give_the_rate_and_win_over_a_rate_column(table):
    league = table(HEAD + "on_time_done,on_time_due,on_time\nA,Xã A,3,4,50%\nB,Xã B,,,50%\nC,Xã C,0,0,50%\n")
    assert [cell(league, "rate", "on_time", i) for i in (0, 1)] == [0.75, 0.5]
    assert np.isnan(cell(league, "rate", "on_time", 2)) and cell(league, "due", "on_time", 2) == 0


@pytest.mark.parametrize("text", ["2735", "2.735", '"2,735"', "2735.0", "2735.00", '"2735,0"'])
def test_a_count_may_carry_a_thousands_mark_or_a_spreadsheet_s_zero(table, text):
    assert cell(table(f"{HEAD}on_time_done,on_time_due\nA,Xã A,0,{text}\n"), "due", "on_time") == 2735


def test_two_thousand_with_a_dot_is_not_two(table):
    league = table(HEAD + "on_time_done,on_time_due\nA,Xã A,1.000,2.000\n")
    assert (cell(league, "done", "on_time"), cell(league, "due", "on_time")) == (1000, 2000)


def test_an_empty_cell_is_not_reported_and_never_zero(table):
    league = table(HEAD + "progress_points,on_time_done,on_time_due,published_score\nA,Xã A,,,,\nB,Xã B,0,0,9,0\n")
    assert np.isnan([league.published[0, 1], cell(league, "rate", "on_time"), league.published_score[0]]).all()
    assert (league.published[1, 1], cell(league, "rate", "on_time", 1), league.published_score[1]) == (0, 0, 0)
    base = baseline(load(league.edition), league)
    assert np.isnan(base.standing.criteria[0, base.edition.criterion_index["on_time"]])
    assert base.standing.criteria[1, base.edition.criterion_index["on_time"]] == 0


def test_a_column_that_is_not_there_is_not_reported(table):
    assert np.isnan(table("unit_code,unit_name\nA,Xã A\n").published).all()


def test_short_rows_are_filled_and_blank_rows_passed_over(table):
    league = table(HEAD + "progress_points,published_score\nA,Xã A,19\n,,,\n\nB,Xã B,18,90\n")
    assert league.codes == ("A", "B") and np.isnan(league.published_score[0])


def test_columns_that_nothing_is_read_from_are_told(table):
    league = table(HEAD + "on_tme_done,progress_points,Ghi chú,published_rank\nA,Xã A,1,2,x,1\n")
    assert league.unused == ("on_tme_done", "Ghi chú")


# the table, then the code of the refusal and what its sentence names
BAD = {
    "no column of codes": ("unit,unit_name\nA,Xã A\n", "league_column", ["unit_code"]),
    "no column of names": ("unit_code,name\nA,Xã A\n", "league_column", ["unit_name"]),
    "a column twice": (HEAD + "on_time,on_time\nA,Xã A,1%,1%\n", "league_column_twice", ["on_time"]),
    "an empty file": ("", "league_empty", []),
    "a header alone": (HEAD + "\n", "league_empty", []),
    "blank rows alone": (HEAD + "\n,,\n\n", "league_empty", []),
    "a row too wide": ("unit_code,unit_name\nA,Xã A\nB,Xã B,1\n", "league_width", ["row 3"]),
    "a missing code": ("unit_code,unit_name\nA,Xã A\n,Xã B\n", "league_no_code", ["row 3", "unit_code"]),
    "a code twice": ("unit_code,unit_name\nA,Xã A\n\nA,Xã B\n", "league_unit_twice", ["row 4", "“A”", "row 2"]),
    "a text for a number": (
        HEAD + "progress_points\nA,Xã A,cao\n",
        "league_number",
        ["row 2", "progress_points", "“cao”"],
    ),
    "nan for a number": (HEAD + "progress_points\nA,Xã A,nan\n", "league_number", ["“nan”"]),
    "an exponent": (HEAD + "progress_points\nA,Xã A,1e1\n", "league_number", ["“1e1”"]),
    "a number beyond all numbers": (
        HEAD + f"on_time_done,on_time_due\nA,Xã A,1,{'9' * 400}\n",
        "league_number",
        ["on_time_due"],
    ),
    "two decimal marks": (HEAD + "progress_points\nA,Xã A,1.9.5\n", "league_number", ["“1.9.5”"]),
    "a negative count": (
        HEAD + "on_time_done,on_time_due\nA,Xã A,-1,5\n",
        "league_negative",
        ["row 2", "on_time_done"],
    ),
    "half a dossier": (
        HEAD + "on_time_done,on_time_due\nA,Xã A,1.5,5\n",
        "league_whole",
        ["row 2", "on_time_done", "1.5"],
    ),
    "more done than due": (
        HEAD + "on_time_done,on_time_due\nA,Xã A,6,5\n",
        "league_over",
        ["row 2", "on_time_done", "5"],
    ),
    "done without due": (HEAD + "on_time_done,on_time_due\nA,Xã A,6,\n", "league_pair", ["row 2", "on_time_due"]),
    "done without a column of due": (HEAD + "on_time_done\nA,Xã A,6\n", "league_pair", ["row 2", "on_time_due"]),
    "more points than a component has": (
        HEAD + "progress_points\nA,Xã A,20.01\n",
        "league_over",
        ["progress_points", "20"],
    ),
    "a score above 100": (HEAD + "published_score\nA,Xã A,100.5\n", "league_over", ["published_score", "100"]),
    "a rate of no known unit": (HEAD + "on_time\nA,Xã A,98\n", "league_rate_unit", ["row 2", "on_time", "rates ="]),
    "a rate above 100 %": (HEAD + "on_time\nA,Xã A,101%\n", "league_over", ["row 2", "on_time", "100"]),
    "a negative rate": (HEAD + "on_time\nA,Xã A,-1%\n", "league_negative", ["row 2", "on_time"]),
    "not UTF-8": ("unit_code,unit_name\nA,Xã".encode("utf-16"), "league_unreadable", ["UTF-8"]),
}


@pytest.mark.parametrize("what", BAD)
def test_a_table_is_refused_by_file_row_and_column_for(what, table):
    text, code, named = BAD[what]
    with pytest.raises(Problem) as problem:
        table(text)
    assert problem.value.code == code
    for sentence in problem.value.both.values():
        assert "own.csv" in sentence and len(sentence.splitlines()) == 1
    assert all(name in problem.value.text("en") for name in named)


def test_a_fraction_above_one_is_refused(table):
    with pytest.raises(Problem, match="own.csv, row 2, column on_time: “98”"):
        table(HEAD + "on_time\nA,Xã A,98\n", 'rates = "fraction"')


BAD_TOML = {
    "an unknown key": ('titel = "x"', "titel"),
    "an unknown level": ('level = "ward"', "level"),
    "an unknown origin": ('origin = "guess"', "origin"),
    "an unknown unit of rates": ('rates = "permille"', "rates"),
    "a title in one language": ('title = { vi = "x" }', "title"),
    "a title that is a text": ('title = "x"', "title"),
    "a title of numbers": ("title = { vi = 1, en = 2 }", "title"),
    "a day that is none": ('as_of = "2026-10-10"', "as_of"),
    "a period that is a text": ('period = "2026"', "period"),
    "a period of an unknown kind": ('period = { kind = "week", first = 2026-01-01, last = 2026-01-07 }', "period"),
    "a period without a last day": ('period = { kind = "month", first = 2026-01-01 }', "period"),
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
        table("unit_code,unit_name\nA,Xã A\n", toml, None)
    assert problem.value.code == "league_wrong"
    assert all(f"own.toml, {word} {key}" in problem.value.text(lang) for lang, word in (("vi", "khóa"), ("en", "key")))


def test_a_toml_that_is_none_is_refused_by_its_name(table):
    with pytest.raises(Problem, match=r"own\.toml can't be read"):
        table("unit_code,unit_name\nA,Xã A\n", "title = ")


def test_without_a_toml_the_edition_must_be_named(table):
    with pytest.raises(Problem, match="--edition .766-2025, 766-2026"):
        table("unit_code,unit_name\nA,Xã A\n", edition=None)
    assert table("unit_code,unit_name\nA,Xã A\n", edition="766-2025").edition == "766-2025"


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
    league = table("unit_code,unit_name\nA,Xã Một\nB,Xã Mốt\n")
    assert league.index("B") == 1
    with pytest.raises(Problem, match="xa mot"):
        league.index("xa mot")


def test_communes_are_known_by_their_names_however_typed(table):
    names = unicodedata.normalize("NFD", "unit_code,unit_name\nA,Xã Một\nB,PHƯỜNG Hai\nC,Đặc khu Ba\n")
    assert table(names).level == "commune"
    assert table("unit_code,unit_name\nA,Xã Một\nB,Sở Y tế\n").level == "other"


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
