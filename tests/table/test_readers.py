"""Tables as people have them: a corpus of files with what each must be read as, and what corrections change."""

import io
import runpy
import tomllib
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from model.rules.files import load
from model.table import leagues as tables
from model.table.league import Period, columns
from model.table.reading import sheets
from model.table.reading.findings import said
from model.table.reading.reading import Corrections, read, reading
from model.words.problems import LANGUAGES, Problem, sentences
from spaced import spaced

CORPUS = Path(__file__).parents[1] / "readers"
EXPECTED = tomllib.loads((CORPUS / "expected.toml").read_text(encoding="utf-8"))
NO_FILES = {"make.py", "expected.toml"}


def seen(name, data=None, told=None):
    """What a reading found, in the words of expected.toml."""
    try:
        found = read((CORPUS / name).read_bytes() if data is None else data, name, tables.lists(), told)
    except Problem as problem:
        said_in_every_language(problem, name)
        return {"refused": problem.code}
    for finding in found.findings:
        well_said(finding)
    said = {"header": found.header, "findings": sorted([f.row, f.why.code, f.done.code] for f in found.findings)}
    said |= {"sheet": found.sheet} if found.sheet else {}
    said |= {"asked": list(found.asked)} if found.asked else {}
    if found.league is None:
        said_in_every_language(found.refusal, name)
        return said | {"refused": found.refusal.code}
    league = found.league
    said |= {"edition": league.edition, "sure": found.edition_sure, "level": league.level, "list": found.listed}
    said |= {"as_of": league.as_of} if league.as_of else {}
    if league.period:
        said["period"] = f"{league.period.kind} {league.period.first} {league.period.last}"
    if found.derivable:
        said["derivable"] = found.derivable
    if found.past:
        said["past"] = {f"{one.as_of}": stated(one) for one in found.past}
    return said | {"units": stated(league)}


def stated(league):
    """All that is reported of each unit."""
    return {f"{code} {league.names[i]}": figures(league, i) for i, code in enumerate(league.codes)}


def figures(league, i):
    """All that is reported of a unit: points, score, counts or rates."""
    edition = load(league.edition)
    told = {c.key: f"{points / 100:g}" for c, points in zip(edition.components, league.published[i], strict=True)}
    told["score"] = f"{league.published_score[i] / 100:g}"
    for j, key in enumerate(columns(edition)):
        told[key] = f"{league.rate[i, j]:.6g}"
        if not np.isnan(league.due[i, j]):
            told[key] = f"{league.done[i, j]:.0f}/{league.due[i, j]:.0f}"
    return ", ".join(f"{key} {value}" for key, value in told.items() if value != "nan")


def said_in_every_language(problem, name):
    """A refusal is one sentence in each language, and names the file."""
    assert set(sentences()[problem.code]) == set(LANGUAGES)
    for text in problem.both.values():
        assert name in text and len(text.splitlines()) == 1 and "{" not in text
    assert problem.text("vi") != problem.text("en")


def well_said(finding):
    """A finding is one line in each language, with its place: whatever is wrong with a cell has row and column."""
    for language in LANGUAGES:
        text = spaced(finding.text(language))
        assert len(text.splitlines()) == 1 and "{" not in text
        assert all(" ".join(str(place).split()) in text for place in (finding.sheet, finding.row or "", finding.column))
        assert text.endswith(spaced(finding.done.text(language)))
    assert finding.text("vi") != finding.text("en")
    assert not finding.why.code.startswith("cell_") or finding.row and finding.column
    assert finding.stops == (finding.done.code == "done_row_out")


def test_the_corpus_and_its_expectations_are_of_the_same_files():
    files = {path.name for path in CORPUS.iterdir() if path.is_file()} - NO_FILES
    assert files == set(EXPECTED) and len(files) >= 45


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.filterwarnings("error")
def test_a_file_is_read_as_expected(name):
    assert seen(name) == EXPECTED[name]


def test_the_workbooks_of_the_corpus_are_those_that_its_script_makes():
    made = runpy.run_path(str(CORPUS / "make.py"))["files"]()
    assert len(made) > 20
    for name, data in made.items():
        assert opened_parts(data) == opened_parts((CORPUS / name).read_bytes()), name


def opened_parts(data):
    """A zip's parts unpacked, since libraries may press them differently; other bytes as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError):
        return len(data) // 4000 if data.startswith(b"PK") else data


# Files too large to keep: what is built, and why it is refused.


def wide(n):
    head = ["Tên đơn vị", "Tổng điểm", *(f"cột {i}" for i in range(n - 2))]
    return "\n".join([",".join(head), ",".join(["Xã A", "90", *["1"] * (n - 2)])]).encode()


def long(n):
    return ("Tên đơn vị,Tổng điểm\n" + "".join(f"Xã {i},9\n" for i in range(n - 1))).encode()


def bomb(part):
    """A workbook one of whose parts unpacks to far more than it should."""
    whole = io.BytesIO()
    xlsx = io.BytesIO((CORPUS / "xep_hang.xlsx").read_bytes())
    with zipfile.ZipFile(xlsx) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != part:
                new.writestr(one.filename, old.read(one))
        new.writestr(part, bytes(70 * 2**20))
    return whole.getvalue()


def formatted(rows):
    """A workbook of one table, and under it rows that hold nothing but a format."""
    whole = io.BytesIO()
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(10, 10 + rows))
    xlsx = io.BytesIO((CORPUS / "hai_bang.xlsx").read_bytes())
    with zipfile.ZipFile(xlsx) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            text = old.read(one)
            if one.filename.endswith("sheet2.xml"):
                text = text.replace(b"</sheetData>", blank + b"</sheetData>")
            new.writestr(one.filename, text)
    return whole.getvalue()


TOO_LARGE = {
    "more than 200 columns": (lambda: wide(201), "file_columns"),
    "more than 50,000 rows": (lambda: long(50_001), "file_rows"),
    "more than 20 MB": (lambda: b"Xa A,9\n" * (3 * 2**20), "file_large"),
    "a sheet that unpacks without end": (lambda: bomb("xl/worksheets/sheet1.xml"), "file_unpacked"),
    "styles that unpack without end": (lambda: bomb("xl/styles.xml"), "file_unpacked"),
    "a million empty formatted rows": (lambda: formatted(1_000_000), "file_cells file_work"),
}


@pytest.mark.parametrize("what", TOO_LARGE)
def test_a_file_is_refused_for(what):
    build, code = TOO_LARGE[what]
    found = seen("lon.xlsx", build())
    assert list(found) == ["refused"] and found["refused"] in code.split()


def test_what_is_just_not_too_large_is_read():
    assert len(seen("rong.csv", wide(200))["units"]) == 1
    assert len(read(long(50_000), "dai.csv").league.codes) == 49_999


def test_empty_formatted_rows_change_nothing():
    assert seen("hai_bang.xlsx", formatted(100_000)) == EXPECTED["hai_bang.xlsx"]


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"PK", b"PK\3\4", b"{", b"[[[[", b"<", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.7"]
)
def test_scraps_are_refused(data):
    assert set(seen("manh.bin", data)) <= {"refused", "header", "findings"}


def test_a_workbook_of_facts_alone_is_empty():
    book = Workbook()
    book.active.title = "about"
    book.active.append(["edition", "766-2026"])
    whole = io.BytesIO()
    book.save(whole)
    assert seen("about.xlsx", whole.getvalue()) == {"refused": "file_empty"}


# Corrections: each changes what it should and nothing else.


def corrected(name, **told):
    return seen(name, told=Corrections(**told))


def changed(name, **told):
    """What a correction changed in a reading: {key: value now}."""
    before, now = EXPECTED[name], corrected(name, **told)
    return {key: now.get(key) for key in {**before, **now} if before.get(key) != now.get(key)}


def test_nothing_told_changes_nothing():
    assert all(changed(name) == {} for name in EXPECTED)


@pytest.mark.parametrize("name", [name for name, what in EXPECTED.items() if "header" in what])
def test_an_opened_file_may_be_read_again(name):
    file = sheets.opened((CORPUS / name).read_bytes(), name)
    before = [[list(row) for row in sheet.rows] for sheet in file.sheets]
    first, _, third = (reading(file, tables.lists(), told) for told in (None, Corrections(listed="-"), None))
    assert (first.findings, first.columns, first.near) == (third.findings, third.columns, third.near) or all(
        str(a) == str(b) for a, b in zip(first.findings, third.findings, strict=True)
    )
    assert before == [sheet.rows for sheet in file.sheets]


def test_another_sheet():
    told = corrected("hai_bang.xlsx", sheet="Ghi chú")
    assert told["units"] == {"10273 Xã Phú Xuyên": "score 94.73"}
    assert (told["sheet"], told["header"], told["findings"]) == ("Ghi chú", 2, [[0, "score_alone", "done_held_whole"]])
    assert "as_of" not in told


def test_a_sheet_that_is_not_there_is_no_header():
    assert corrected("hai_bang.xlsx", sheet="Không có")["refused"] == "file_header"


def test_another_header_row():
    told = corrected("bang_nho_o_tren.csv", header=4)
    assert told == EXPECTED["bang_nho_o_tren.csv"]
    assert (
        corrected("hai_bang_mot_trang.csv", header=6)["units"].keys()
        == EXPECTED["hai_bang_mot_trang.csv"]["units"].keys()
    )


def test_a_header_row_of_which_nothing_is_known_waits_for_its_columns():
    assert corrected("khong_tieu_de.csv", header=1)["refused"] == "file_no_units"
    told = corrected("khong_tieu_de.csv", header=1, columns={1: "name", 2: "points.progress", 3: "score"})
    assert told["units"] == {"00340 Phường Yên Sở": "progress 18, score 90.1"}
    assert corrected("khong_tieu_de.csv", header=99, columns={1: "name", 3: "score"})["refused"] == "file_no_units"


def test_a_header_row_is_told_of_the_sheet_that_is_shown():
    assert changed("hai_bang.xlsx", header=1) == {}
    told = corrected("hai_bang.xlsx", header=2)
    assert (told["sheet"], told["header"], told["refused"]) == ("Tháng 9.2026", 2, "file_no_units")


def test_a_header_row_told_of_a_table_without_rows_is_none():
    assert seen("ngoac.csv", b'""\n', Corrections(header=1))["refused"] == "file_header"


def test_a_column_is_what_it_is_told_to_be():
    assert changed("nhieu_cot_diem.csv", columns={2: "score"})["units"] == {
        "10273 Xã Phú Xuyên": "score 93",
        "00340 Phường Yên Sở": "score 94",
    }
    told = changed("nhieu_cot_diem.csv", columns={5: "score"})
    assert told["units"]["10273 Xã Phú Xuyên"] == "score 92" and set(told) == {"units", "findings"}
    told = changed("toan_quoc_khong_ma.csv", columns={2: "name", 3: "none"})
    assert told["units"].keys() >= {"H05 Bắc Ninh"} and told["list"] == "provinces"


def test_columns_swapped_by_their_portal_codes_can_be_swapped_back():
    told = changed("dich_vu_cu.csv", columns={6: "points.online_payment", 7: "points.online_services"})
    assert set(told) == {"units"}
    assert "online_services 7.16, online_payment 6.36" in told["units"]["H15.198 Xã Xuân Lãnh"]


def test_a_unit_of_rates_is_told():
    assert changed("khong_ro_ty_le.csv", rates={3: "fraction"}) == {
        "asked": None,
        "findings": [],
        "units": {
            "10273 Xã Phú Xuyên": "progress 19.53, filed_online 0.9, paid_online 1",
            "00340 Phường Yên Sở": "progress 18, filed_online 0.85, paid_online 0",
            "00328 Phường Lĩnh Nam": "progress 17.77, filed_online 1, paid_online 1",
        },
    }
    told = changed("khong_ro_ty_le.csv", rates={3: "percent"})
    assert set(told) == {"asked", "findings", "units"}
    assert told["units"]["10273 Xã Phú Xuyên"] == "progress 19.53, filed_online 0.9, paid_online 0.01"


def test_an_edition_is_told():
    assert changed("own.csv", edition="766-2026") == {"edition": "766-2026", "sure": True}
    told = changed("own.csv", edition="766-2025-5")
    assert [code for _, code, _ in told["findings"]] == ["column_no_place"] * 2 + ["component_derivable"]
    with pytest.raises(Problem, match="766-2031"):
        read(b"a", "a.csv", told=Corrections(edition="766-2031"))


def test_a_list_is_told():
    told = changed("cap_viet_nhieu_cach.csv", listed="-")
    assert told["list"] == "" and "phu-xuyen Phú Xuyên" in told["units"]
    assert changed("own.csv", listed="hanoi") == {} and changed("own.csv", listed="-") == {"list": ""}
    assert changed("own.csv", listed="dak_lak") == {"list": ""}  # in which none of its units is


def test_a_level_is_told():
    told = corrected("lan_cap.csv", level="Sở, ngành")
    assert list(told["units"]) == ["so-y-te Sở Y tế", "so-xay-dung Sở Xây dựng"] and told["level"] == "department"
    assert Counter(code for _, code, _ in told["findings"]) == {"row_level": 3, "score_alone": 1}
    assert changed("lan_cap.csv", level="không có") == {}


def test_a_unit_is_told_by_its_row():
    told = changed("ma_khac.csv", codes={5: "00199"})
    assert "00199 Phường Láng" in told["units"] and set(told) == {"units", "findings"}
    assert [5, "unit_other", "done_kept"] in told["findings"]


def test_a_title_a_date_and_a_period_are_told():
    assert changed("own.csv", title="Của tôi") == {}
    data = (CORPUS / "own.csv").read_bytes()
    assert read(data, "own.csv", told=Corrections(title="Của tôi")).league.title == {"vi": "Của tôi", "en": "Của tôi"}
    day = date(2026, 3, 20)
    assert changed("own.csv", as_of=day) == {"as_of": day, "edition": "766-2026", "sure": True}
    assert changed("own.csv", as_of=day, period="month")["period"] == "month 2026-03-01 2026-03-20"
    assert changed("own.csv", period="month") == {}  # of what day nobody knows
    assert changed("quy_3_2025.csv", period="-") == {"period": None}
    assert changed("quy_3_2025.csv", as_of=date(2025, 8, 5))["period"] == "quarter 2025-07-01 2025-08-05"


def test_what_stands_beside_a_table_counts_and_what_is_told_counts_more():
    file = replace(
        sheets.opened((CORPUS / "own.csv").read_bytes(), "own.csv"), about='edition = "766-2026"\nas_of = 2026-09-01\n'
    )
    assert reading(file).league.as_of == date(2026, 9, 1)
    told = Corrections(edition="766-2025", as_of=date(2025, 9, 1), title="X", period="year_to_date")
    league = reading(file, told=told).league
    assert (league.edition, league.as_of, league.title["vi"]) == ("766-2025", date(2025, 9, 1), "X")
    assert league.period == Period(kind="year_to_date", first=date(2025, 7, 1), last=date(2025, 9, 1))


def test_codes_of_our_own_form_are_never_overruled_by_names():
    file = sheets.opened((CORPUS / "ma_khac.csv").read_bytes(), "ma_khac.csv")
    league = reading(replace(file, about='edition = "766-2025"\n'), tables.lists()).league
    assert league.codes == ("H26.101", "H26.102", "H26.103", "H26.104")


def test_many_findings_of_one_kind_are_counted():
    data = b"unit_name,progress_points,published_score\n" + b"".join(b"U%d,-1,9\n" % i for i in range(50)) + b"V,1,9\n"
    found = read(data, "a.csv").findings
    assert Counter(f.why.code for f in found) == {"cell_negative": 50}
    assert len(said(found, "vi")) == 21 and said(found, "vi", 60)[-1].startswith("dòng 51")


@pytest.mark.parametrize("more", [False, True])
def test_what_stands_below_a_thousand_blank_rows_is_not_read_and_that_is_said(more):
    book = Workbook()
    for row in (["Tên đơn vị", "Tiến độ giải quyết"], ["Xã Phú Xuyên", 19.5]):
        book.active.append(row)
    book.active.cell(3000, 1).number_format = "0.00"
    if more:
        book.active.cell(3000, 1).value = "Xã Chương Mỹ"
    whole = io.BytesIO()
    book.save(whole)
    found = read(whole.getvalue(), "t.xlsx")
    assert len(found.league.codes) == 1
    assert [f.why.code for f in found.findings if f.why.code == "rows_unread"] == ["rows_unread"] * more
