"""python -m model report: papers read back, their figures those of the JSON, for every sample league and language."""

import html
import io
import re
from datetime import date

import docx
import numpy as np
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from test_command_line import answer, refused, run

from model.report.papers.report_paper import CHAT
from model.table import leagues as tables
from model.words.problems import LANGUAGES
from model.words.texts import words
from strategies import sample

EARLIER = {"dak_lak_2026-10-10": "dak_lak_2026-09-17", "an_giang_2025-10-16": "an_giang_2025-10-11"}
TODAY = ["--today", "2026-11-25"]
PLANNED = ["dak_lak_2026-10-10", "--unit", "H15.141", "--rank", "30", "--by", "2026-12-31", *TODAY]
each_league = pytest.mark.parametrize("name", tables.samples())
each_language = pytest.mark.parametrize("language", LANGUAGES)


def middle(name):
    """The code of the unit in the middle of a league's ranking."""
    base = sample(name)
    return base.league.codes[int(base.by_rank[base.ranked // 2])]


def paper(tmp_path, kind, ending, *arguments):
    """The bytes of a paper that a command writes without a word."""
    path = tmp_path / f"paper{ending}"
    status, out, err = run("report", kind, *arguments, "--out", str(path))
    assert (status, out, err) == (0, "", ""), err
    return path.read_bytes()


def document(data):
    return docx.Document(io.BytesIO(data))


def plain(text):
    return text.replace("\u00a0", " ")


def text_of(data):
    """All that a paper in Word's form says, tables and headers included."""
    found = document(data)
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    heads = [paragraph.text for section in found.sections for paragraph in section.header.paragraphs]
    return plain("\n".join([p.text for p in found.paragraphs] + cells + heads))


def rows_of(table):
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


def stands(name, code):
    return next(unit for unit in answer("score", name)["units"] if unit["unit_code"] == code)


@pytest.mark.sweep(3)
@each_language
@each_league
def test_a_report_says_the_scores_of_the_json(tmp_path, name, language):
    code, t, edition = middle(name), words(language), sample(name).edition
    since = ["--since", EARLIER[name]] if name in EARLIER else []
    data = paper(tmp_path, "week", ".docx", name, "--unit", code, "--lang", language, *since)
    unit, said = stands(name, code), text_of(data)
    assert f"{t.number(unit['score'], 2)} {'điểm' if language == 'vi' else 'points'}" in said
    assert f"{unit['rank']}/{sample(name).ranked}" in said
    told = rows_of(document(data).tables[1])
    assert [row[0] for row in told[1:-1]] == [t.of(c.name) for c in edition.components]
    for row, c in zip(told[1:-1], edition.components, strict=True):
        points = unit["components"][c.key]["points"]
        assert row[1:4] == [
            t.number(points, 2),
            t.number(c.max_points, 0),
            plain(f"{t.number(100 * points / c.max_points, 2)} %"),
        ]
    if since:
        before = stands(EARLIER[name], code)
        change = [
            unit["components"][c.key]["points"] - before["components"][c.key]["points"] for c in edition.components
        ]
        assert [row[4] for row in told[1:-1]] == [t.signed(round(100 * x)) for x in change]
        assert told[-1][4] == t.signed(round(100 * (unit["score"] - before["score"])))
        assert str(before["rank"]) in said
    else:
        assert {row[4] for row in told[1:]} == {"–"}


@pytest.mark.sweep(3)
@each_language
@each_league
def test_gaps_and_groups_of_a_report_are_those_of_the_table(tmp_path, name, language):
    code, t = middle(name), words(language)
    said = text_of(paper(tmp_path, "week", ".docx", name, "--unit", code, "--lang", language))
    units = answer("score", name)["units"]
    scores = sorted(unit["score"] for unit in units if unit["score"] is not None)
    ours = stands(name, code)["score"]
    above = min(score for score in scores if score > ours)
    for gap in (above - ours, scores[-1] - ours):
        assert t.number(round(gap, 2), 2) in said
    for count in (sum(s >= 90 for s in scores), sum(80 <= s < 90 for s in scores), sum(s < 80 for s in scores)):
        assert re.search(rf"\b{count} (đơn vị|units?)", said)
    best = [unit["unit_name"] for unit in units if unit["rank"] == 1]
    assert all(name_.lower() in said.lower() for name_ in best[:2])


@each_language
@each_league
def test_the_text_for_a_chat_is_short_and_says_the_same_figures(tmp_path, name, language):
    since = ["--since", EARLIER[name]] if name in EARLIER else []
    code, t = middle(name), words(language)
    said = paper(tmp_path, "week", ".txt", name, "--unit", code, "--lang", language, *since).decode()
    unit = stands(name, code)
    assert len(said) <= CHAT
    assert t.number(unit["score"], 2) in said and f"{unit['rank']}/{sample(name).ranked}" in said
    if len(said) < CHAT - 400:
        for c in sample(name).edition.components:
            assert f"{t.number(unit['components'][c.key]['points'], 2)}/{t.number(c.max_points, 0)}" in said


@each_language
@each_league
def test_one_page_shows_the_figures_of_the_json_and_loads_nothing(tmp_path, name, language):
    code, t = middle(name), words(language)
    page = paper(tmp_path, "brief", ".html", name, "--unit", code, "--lang", language).decode()
    unit = stands(name, code)
    assert f"<b>{t.number(unit['score'], 2)}</b>" in page and f"<b>{unit['rank']}/{sample(name).ranked}</b>" in page
    for c in sample(name).edition.components:
        assert f"<td>{t.number(unit['components'][c.key]['points'], 2)}/{t.number(c.max_points, 0)}</td>" in page
    assert "default-src 'none'" in page and "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert page.count('stroke-opacity=".45"') == sample(name).ranked - 1


@pytest.mark.sweep(3)
@each_language
@each_league
def test_a_ranking_holds_every_units_points_and_ranks_as_numbers_and_marks_ours(tmp_path, name, language):
    code, base = middle(name), sample(name)
    book = openpyxl.load_workbook(
        io.BytesIO(paper(tmp_path, "ranking", ".xlsx", name, "--unit", code, "--lang", language))
    )
    sheet, units = book.worksheets[0], answer("score", name)["units"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=6)}
    assert set(rows) == set(base.league.codes) and len(book.worksheets) == 3
    for unit in units:
        row = rows[unit["unit_code"]]
        assert [row[0].value, row[2].value, row[3].value] == [unit["rank"], unit["unit_name"], unit["score"]]
        points = [unit["components"][c.key]["points"] for c in base.edition.components]
        assert [cell.value for cell in row[5::2]] == points
        better = [
            sum(other["components"][c.key]["points"] > p for other in units)
            for c, p in zip(base.edition.components, points, strict=True)
        ]
        assert [cell.value for cell in row[6::2]] == [1 + n for n in better]
        assert row[2].font.bold == (unit["unit_code"] == code)
    assert sheet.freeze_panes == "D6" and sheet.auto_filter.ref.startswith("A5:")
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1
    assert sheet.print_title_rows == "$5:$5"
    assert len(book.worksheets[1]._charts) == 2
    assert not [c for s in book for row in s for c in row if c.data_type == "f"]


def test_a_ranking_names_who_is_tied(tmp_path):
    data = paper(tmp_path, "ranking", ".xlsx", "dak_lak_2026-10-10", "--unit", "H15.141", "--lang", "en")
    said = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[2].iter_rows()]
    units = answer("score", "dak_lak_2026-10-10")["units"]
    tied = {unit["rank"] for unit in units if unit["tied_with"]}
    told = {int(found[1]) for line in said if (found := re.match(r"Tied at rank (\d+)", plain(line or "")))}
    assert tied and told == tied


@each_language
def test_a_plans_paper_says_what_the_plan_of_the_json_says(tmp_path, language):
    t = words(language)
    data = paper(tmp_path, "plan", ".docx", *PLANNED, "--lang", language)
    found, said = answer("plan", *PLANNED), text_of(data)
    plan = found["plans"][0]
    annex = rows_of(document(data).tables[-1])
    assert len(annex[0]) == 10 and annex[0][1] == t("action.name")
    edition = sample("dak_lak_2026-10-10").edition
    assert len(annex) == 1 + len(plan["levers"])
    for row, (key, move) in zip(annex[1:], plan["levers"].items(), strict=True):
        name = t.of(edition.levers[edition.lever_index[key]].name)
        rates = [plain(t.percent(move["from"])), plain(t.percent(move["to"]))]
        assert row[1:6] == [name, *rates, t.count(move["more"]), t.count(move["per_week"])]
        assert row[8] == plain(t.day(date(2026, 12, 31)))
    assert f"{t.number(plan['score'], 2)}" in said and f"{plan['rank']}/102" in said
    assert plain(t.chance(plan["chance"])) in said


@pytest.mark.sweep(3)
@each_language
@each_league
def test_every_league_has_a_plans_paper_where_a_plan_reaches_more(tmp_path, name, language):
    base, code = sample(name), middle(name)
    score = base.standing.score[base.league.index(code)] / 100
    asked = [name, "--unit", code, "--score", f"{score + 0.01:.2f}", *TODAY]
    found = answer("plan", *asked)
    assert found["plans"], name
    said = text_of(paper(tmp_path, "plan", ".docx", *asked, "--lang", language))
    assert words(language).number(found["plans"][0]["score"], 2) in said


def test_a_plans_paper_has_the_decrees_form(tmp_path):
    found = document(paper(tmp_path, "plan", ".docx", *PLANNED))
    first, annex = found.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    for side, low, high in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)):
        assert low <= round(getattr(first, f"{side}_margin").mm) <= high, side
    assert first.different_first_page_header_footer and "PAGE" in first.header._element.xml
    assert not first.first_page_header.paragraphs[0].text
    assert annex.orientation == WD_ORIENT.LANDSCAPE and round(annex.page_width.mm) == 297
    heads = [cell.text for cell in found.tables[0].rows[0].cells]
    assert "ỦY BAN NHÂN DÂN XÃ KRÔNG BÔNG" in heads[0] and "/KH-UBND" in heads[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in heads[1]
    assert "Krông Bông, ngày 25 tháng 11 năm 2026" in plain(heads[1])
    sign = [cell.text for cell in found.tables[2].rows[0].cells]
    assert sign[0].startswith("Nơi nhận:") and sign[1].startswith("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    assert [p.text for p in found.paragraphs if p.style.name == "Heading 1"][:2] == ["I. MỤC TIÊU", "II. NHIỆM VỤ"]
    assert any(p.style.name == "Heading 2" for p in found.paragraphs)
    for table in (found.tables[1], found.tables[3]):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    styles = found.styles
    assert styles["Body Text"].font.name == styles["Heading 1"].font.name == "Times New Roman"
    assert 13 <= styles["Body Text"].font.size.pt <= 14
    assert {lang.get(qn("w:val")) for lang in styles.element.iter(qn("w:lang"))} == {"vi-VN"}


def test_who_issues_and_signs_a_paper_stands_on_it_as_given(tmp_path):
    told = {
        "parent": "Tỉnh ủy",
        "agency": "Văn phòng <b>",
        "number": "12",
        "place": "Huế",
        "title": "Chánh VP",
        "signer": "Trần A",
    }
    given = [part for name, text in told.items() for part in (f"--{name}", text)]
    said = text_of(
        paper(tmp_path, "week", ".docx", "provinces_2026-10-10", "--unit", "H15", *given, "--to", "UBND tỉnh;", *TODAY)
    )
    for text in ("TỈNH ỦY", "VĂN PHÒNG <B>", "12/BC", "Huế, ngày 25 tháng 11", "CHÁNH VP", "Trần A", "- UBND tỉnh;"):
        assert text in said


@each_language
def test_illustrative_figures_bear_their_mark_on_every_paper(tmp_path, language):
    mark, name = words(language)("paper.illustrative"), "hanoi_2025-08-25"
    unit = ["--unit", "10273", "--lang", language]
    plan = [name, *unit, "--score", "96", "--today", "2025-08-26"]
    found = document(paper(tmp_path, "plan", ".docx", *plan))
    assert [p.text for p in found.paragraphs].count(mark) == 2  # the annex too
    assert all(words(language)("league.illustrative") in s.header.paragraphs[-1].text for s in found.sections)
    assert mark in text_of(paper(tmp_path, "week", ".docx", name, *unit))
    assert mark in plain(paper(tmp_path, "week", ".txt", name, *unit).decode())
    assert mark in html.unescape(paper(tmp_path, "brief", ".html", name, *unit).decode())
    for kind, arguments, sheets in (("ranking", [name, *unit], (0, 1, 2)), ("plan", plan, (0,))):
        book = openpyxl.load_workbook(io.BytesIO(paper(tmp_path, kind, ".xlsx", *arguments)))
        for at in sheets:
            assert any(mark == cell.value for row in book.worksheets[at] for cell in row), (kind, at)


def test_published_figures_bear_no_mark(tmp_path):
    assert "MINH HỌA" not in text_of(paper(tmp_path, "plan", ".docx", *PLANNED))


HARMFUL = "Xã <script>alert(1)</script> & *b* =1+1 " + "dài " * 70


@pytest.fixture
def harmful(tmp_path):
    """The path of a table of three units whose names are long and full of markup."""
    rows = [
        "unit_code,unit_name,on_time_done,on_time_due,"
        + ",".join(f"{c.key}_points" for c in sample("dak_lak_2026-10-10").edition.components)
    ]
    rows += [f'{i},"{HARMFUL}hết {i}a",{90 + i},100,10,{18 + i / 5},8,5,18,{9 + i}' for i in range(3)]
    path = tmp_path / "own.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("week", ".docx"),
        ("week", ".txt"),
        ("brief", ".html"),
        ("ranking", ".xlsx"),
        ("plan", ".docx"),
        ("plan", ".xlsx"),
    ],
)
@each_language
def test_long_names_with_markup_are_harmless(tmp_path, harmful, kind, ending, language):
    goal = ["--score", "70"] if kind == "plan" else []
    path = tmp_path / f"paper{ending}"
    options = ["--edition", "766-2026", "--unit", "1", "--lang", language, *TODAY, *goal]
    status, _, err = run("report", kind, harmful, *options, "--out", str(path))
    assert status == 0, err
    data = path.read_bytes()
    if ending == ".docx":
        assert HARMFUL[3:180] in text_of(data)  # the reader keeps that much
    elif ending == ".txt":
        assert len(data.decode()) <= CHAT and HARMFUL[:30] in data.decode()
    elif ending == ".html":
        assert b"<script" not in data and b"&lt;script&gt;" in data
    else:
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert not [c for s in book for row in s for c in row if c.data_type == "f"]
        assert any(str(c.value).startswith(HARMFUL[:30]) for s in book for row in s for c in row)


def test_a_plans_workbook_edited_becomes_a_paper_with_owners_and_without_what_is_not_done(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(paper(tmp_path, "plan", ".xlsx", *PLANNED)))
    sheet = book.worksheets[0]
    head = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    sheet.cell(head + 1, 7).value, sheet.cell(head + 1, 8).value = "Văn phòng", "Công an"
    sheet.cell(head + 2, 11).value = "không"
    left_out = sheet.cell(head + 2, 2).value
    path = tmp_path / "edited.xlsx"
    book.save(path)
    data = paper(tmp_path, "plan", ".docx", *PLANNED[:3], "--plan", str(path), *TODAY)
    said = text_of(data)
    body = plain("\n".join(p.text for p in document(data).paragraphs))
    assert "chủ trì: Văn phòng; phối hợp: Công an" in said and "Văn phòng chủ trì:" in said
    assert left_out not in body and left_out in said
    found = answer("plan", *PLANNED)["plans"][0]
    assert words("vi").number(found["score"], 2) not in body.split("Mức phải đạt")[0]


def test_what_is_wrong_in_a_plans_workbook_is_said_by_its_cell(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(paper(tmp_path, "plan", ".xlsx", *PLANNED)))
    sheet = book.worksheets[0]
    head = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    sheet.cell(head + 1, 4).value = "chín mươi"
    book.save(tmp_path / "edited.xlsx")
    status, _, err = run(
        "report",
        "plan",
        *PLANNED[:3],
        "--plan",
        str(tmp_path / "edited.xlsx"),
        *TODAY,
        "--out",
        str(tmp_path / "a.docx"),
    )
    assert status == 0 and f"D{head + 1}" in err and "chín mươi" in err
    assert "chín mươi" in text_of((tmp_path / "a.docx").read_bytes())


def test_what_can_not_be_made_is_refused_in_one_line(tmp_path):
    out = ["--out", str(tmp_path / "a.docx")]
    unit = ["dak_lak_2026-10-10", "--unit", "H15.141"]
    assert ".txt" in refused("report", "week", *unit)
    assert ".xlsx" in refused("report", "ranking", *unit, *out)
    assert "--rank" in refused("report", "plan", *unit, *out)
    assert refused("report", "plan", *unit, "--rank", "102", *out)
    assert refused("report", "plan", *unit, "--score", "99", *out)
    assert refused("report", "week", *unit, "--since", "provinces_2026-10-10", *out)
    assert refused("report", "plan", *unit, "--plan", str(tmp_path / "none.xlsx"), *out)
    other = paper(tmp_path, "plan", ".xlsx", *PLANNED)
    (tmp_path / "other.xlsx").write_bytes(other)
    assert "Krông Bông" in refused(
        "report", "plan", unit[0], "--unit", "H15.198", "--plan", str(tmp_path / "other.xlsx"), *out
    )
    assert not (tmp_path / "a.docx").exists()


def test_the_first_of_a_league_is_told_its_lead(tmp_path):
    units = answer("score", "dak_lak_2026-10-10")["units"]
    first = next(unit for unit in units if unit["rank"] == 1)
    second = max(unit["score"] for unit in units if unit["rank"] != 1)
    said = text_of(paper(tmp_path, "week", ".docx", "dak_lak_2026-10-10", "--unit", first["unit_code"], *TODAY))
    assert f"Đang đứng đầu bảng; hơn đơn vị kế dưới {words('vi').number(first['score'] - second, 2)} điểm" in said


def test_what_next_week_takes_reaches_the_next_above(tmp_path):
    code = "H15.141"
    said = text_of(paper(tmp_path, "week", ".docx", "dak_lak_2026-10-10", "--unit", code, *TODAY, "--lang", "en"))
    above = answer("whatif", "dak_lak_2026-10-10", "--unit", code)["next_above"]
    asked = ["dak_lak_2026-10-10", "--unit", code, "--score", f"{above['score']}", "--by", "2026-12-02", *TODAY]
    plan = answer("plan", *asked)["plans"][0]
    assert np.isclose(above["gap"], 0.14) and above["unit_name"] in said
    for move in plan["levers"].values():
        rates = [plain(words("en").percent(move[end])) for end in ("from", "to")]
        assert f"{rates[0]} to {rates[1]}; {move['more']} more" in said


def test_a_what_if_is_the_one_that_is_supposed(tmp_path):
    supposed = ["dak_lak_2026-10-10", "--unit", "H15.141", "--set", "on_time=100%"]
    found = answer("whatif", *supposed)["scenario"]
    said = text_of(paper(tmp_path, "week", ".docx", *supposed, *TODAY))
    assert f"{words('vi').number(found['score'], 2)} điểm" in said and f"hạng {found['rank']}/102" in said


@each_language
def test_a_department_has_no_peoples_committee(tmp_path, language):
    parts = ",".join(f"{c.key}_points" for c in sample("dak_lak_2026-10-10").edition.components)
    rows = [f"unit_code,unit_name,{parts}", "1,Sở Nội vụ,10,18,8,5,18,9", "2,Sở Y tế,10,19,8,5,18,9"]
    (tmp_path / "so.csv").write_text("\n".join(rows), encoding="utf-8")
    about = 'edition = "766-2026"\nlevel = "department"\norigin = "own"\n'
    (tmp_path / "so.toml").write_text(about, encoding="utf-8")
    data = paper(tmp_path, "week", ".docx", str(tmp_path / "so.csv"), "--unit", "1", "--lang", language, *TODAY)
    heads, t = [cell.text for cell in document(data).tables[0].rows[0].cells], words(language)
    assert heads[0].startswith("SỞ NỘI VỤ") and "/BC" in heads[0] and "-UBND" not in heads[0]
    assert t("paper.signs_head").upper() in text_of(data)
