"""The reader of workbooks: the same cells as openpyxl finds where that opens them, and those it stumbles over."""

import io
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from clerks import TABLES, workbook
from model.table.reading.limits import weighed
from model.table.reading.sheets import opened
from model.table.reading.workbook import Book
from model.words.numbers import Month, Share, Unstored
from packages import HEAD, NS, book, row, sheet

HERE = Path(__file__).parents[1]
FILES = {path.name: path.read_bytes() for path in sorted((HERE / "readers").glob("*.xlsx"))}
FILES |= {what: workbook(what) for what in TABLES}


def cells(data):
    """{sheet: {(row, column): value}} as our reader has them."""
    ours = Book(weighed(zipfile.ZipFile(io.BytesIO(data)), "a.xlsx"))
    found = {}
    for page in ours.pages:
        rows = ours.rows(page).cells
        found[page.name] = {(r, c): value for r, own in rows.items() for c, value in own.items()}
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_what_openpyxl_reads(name):
    try:
        theirs = load_workbook(io.BytesIO(FILES[name]), data_only=True)
        ours = cells(FILES[name])
    except Exception:
        pytest.skip("a damaged workbook, which the corpus has")
    for one in theirs.worksheets:
        expected = {
            (each.row - 1, each.column - 1): each.value
            for line in one.iter_rows()
            for each in line
            if each.value not in (None, "")
        }
        plain = {at: value for at, value in ours[one.title].items() if not isinstance(value, Unstored)}
        assert plain == expected


FORMATS = {
    "0%": (0.98, Share(0.98)),
    "0.0%": (0.985, Share(0.985)),
    '0"%"': (98, Share(0.98)),
    "0\\%": (98, Share(0.98)),
    "#,##0": (3483, 3483),
    "0.00": (19.53, 19.53),
    "General": (19.53, 19.53),
    '#,##0 "đ"': (5, 5),
    "[Red]0.00": (1.5, 1.5),
    "dd/mm/yyyy": (46295, datetime(2026, 9, 30)),
    "d/m/yyyy h:mm": (46295.5, datetime(2026, 9, 30, 12)),
    "[$-42A]dd mmmm yyyy": (46295, datetime(2026, 9, 30)),
    "mm/yyyy": (46266, Month(2026, 9, 1)),
    '"Tháng" mm-yyyy': (46266, Month(2026, 9, 1)),
    "h:mm": (0.5, time(12)),
    "[h]:mm": (1.5, timedelta(days=1.5)),
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_number_is_what_its_format_shows(form):
    value, shown = FORMATS[form]
    made, whole = Workbook(), io.BytesIO()
    made.active["A1"] = value
    made.active["A1"].number_format = form
    made.save(whole)
    (found,) = cells(whole.getvalue())["Sheet"].values()
    assert found == shown and type(found) is type(shown)


def test_a_raised_digit_of_a_rich_text_is_a_mark():
    raised = TextBlock(InlineFont(vertAlign="superscript"), "1)")
    made, whole = Workbook(), io.BytesIO()
    made.active["A1"] = CellRichText("90,1", raised)
    made.save(whole)
    assert cells(whole.getvalue())["Sheet"] == {(0, 0): "90,1¹"}


def test_shared_texts_truths_errors_and_empty_results_are_read():
    texts = f'{HEAD}<sst {NS}><si><t>một</t><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    texts += "<si><r><t>h</t></r><r><t>ai</t></r></si></sst>"
    own = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="b"><v>true</v></c><c t="e"><v>#N/A</v></c>'
        '<c t="str"><f>A1</f><v></v></c><c><f>A1+1</f></c><c t="d"><v>2026-09-30</v></c>'
        '<c t="str"><v>a_x000D_b</v></c></row>'
    )
    links = (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/worksheet" Target="worksheets\\SHEET1.XML"/>'
        '<Relationship Id="rId2" Type="x/sharedStrings" Target="/XL/sharedStrings.xml"/></Relationships>'
    )
    data = book([sheet([own])], {"xl/sharedStrings.xml": texts, "xl/_rels/workbook.xml.rels": links})
    assert list(cells(data)["S1"].values()) == ["một", "hai", True, "#N/A", "=A1+1", datetime(2026, 9, 30), "a\rb"]


def test_a_workbook_of_figures_needs_neither_styles_nor_shared_texts_nor_a_manifest():
    data = book([sheet([row(["Tên đơn vị", "Tổng điểm"]), row(["Xã A", 90])])])
    bare = book(
        [sheet([row(["Tên đơn vị", "Tổng điểm"]), row(["Xã A", 90])])],
        {"xl/styles.xml": "<a", "xl/sharedStrings.xml": "", "[Content_Types].xml": ""},
    )
    assert opened(bare, "a.xlsx").sheets == opened(data, "a.xlsx").sheets
