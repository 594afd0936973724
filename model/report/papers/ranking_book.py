"""The ranking as a workbook: every unit with each component's points and rank, two charts, sources and ties."""

import io
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np

from model.peers.history import matched
from model.report.papers import remarks
from model.report.papers.review import Review
from model.report.papers.review_said import league, standing
from model.rules.formulas import band, ranks
from model.table.reading.grid import letters
from model.table.writing import Cell, put
from model.words.texts import Words

_HEAD = 5  # the row of the headings
_OWN, _GREY = "FFF2B3", "EEEEEE"
_DRAWN = 60  # units of a chart on each side of ours; of a small league all
_BLUE, _RED = "0F5499", "C0392B"
_LETTERS = 100  # of a line of text on the last sheet
_RANK, _POINTS = "0", "0.00"


def ranking_book(r: Review, t: Words) -> bytes:
    """The ranking of a league as an .xlsx, one unit's row marked; no text in it is a formula."""
    from openpyxl import Workbook  # heavy: only for who takes a workbook

    book, order = Workbook(), list(map(int, r.base.by_rank))
    sheet = book.active
    sheet.title = t("ranking_book.sheet")
    columns = list(_columns(r, t))
    put(sheet, 1, 1, t("ranking_book.title", league=r.base.league.title.get(t.language) or r.base.league.key))
    put(sheet, 2, 1, standing(r, t)[0])
    put(sheet, 3, 1, remarks.mark(r.base, t) or t("paper.still"))
    for at, (head, form, cells) in enumerate(columns, start=1):
        put(sheet, _HEAD, at, head, heading=True)
        for row, unit in enumerate(order, start=_HEAD + 1):
            put(sheet, row, at, cells[unit], form)
    own = _HEAD + 1 + order.index(r.unit)
    _set_out(sheet, len(columns), _HEAD + len(order), own)
    _charts(book.create_sheet(t("ranking_book.charts")), sheet, r, own, _HEAD + len(order), t)
    _about(book.create_sheet(t("ranking_book.about")), r, t)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _columns(r: Review, t: Words) -> Iterator[tuple[str, str, list[Cell]]]:
    """Each column's heading, the form of its figures, and a cell for every unit, "" for nothing."""
    base, edition = r.base, r.base.edition
    found = [band(edition, float(score)) for score in base.standing.score]
    yield t("effect.rank_axis"), _RANK, _ranks(base.rank)
    yield t("data.code"), "@", list(base.league.codes)
    yield t("effect.unit"), "@", list(base.league.names)
    yield t("effect.total"), _POINTS, _points(base.standing.score)
    yield t("panel.band"), "@", [t.of(one.name) if one else "" for one in found]
    if r.past is not None:
        rows = matched(r.past, base)
        yield t("ranking_book.change"), _POINTS, _points(r.changes)
        yield t("ranking_book.rank_before"), _RANK, _ranks(np.where(rows < 0, np.nan, r.past.rank[rows]))
    for c, points in zip(edition.components, base.standing.components.T, strict=True):
        most = t.number(c.max_points, 0)
        yield t("ranking_book.points", name=t.of(c.name), most=most), _POINTS, _points(points)
        yield t("ranking_book.rank", name=t.of(c.name)), _RANK, _ranks(ranks(points))


def _set_out(sheet: Any, wide: int, last: int, own: int) -> None:
    """Frozen panes, a filter, our row marked, one page wide on its side with the headings on every page."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="BBBBBB")
    for at in range(1, wide + 1):
        sheet.column_dimensions[letters(at - 1)].width = {1: 7, 2: 12, 3: 30, 5: 14}.get(at, 13)
        first = sheet.cell(_HEAD + 1, at)
        first.border = Border(line, line, line, line)
        first.alignment = Alignment(horizontal="center" if at == 1 else None, indent=int(at in (2, 5)))
        for row in range(_HEAD, last + 1):
            _like(first, sheet.cell(row, at))  # a hundred times as fast as to set each cell out anew
        for row, colour in ((_HEAD, _GREY), (own, _OWN)):
            cell = sheet.cell(row, at)
            cell.fill, cell.font = PatternFill("solid", fgColor=colour), Font(bold=True)
        sheet.cell(_HEAD, at).alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    sheet.row_dimensions[_HEAD].height = 62
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 4)
    sheet.auto_filter.ref = f"A{_HEAD}:{letters(wide - 1)}{last}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    _on_its_side(sheet, 0)


def _like(one: Any, other: Any) -> None:
    """Sets a cell out like another, but for the mark that its text is no formula."""
    marked = other.quotePrefix
    other._style = copy(one._style)
    other.quotePrefix = marked


def _charts(sheet: Any, table: Any, r: Review, own: int, last: int, t: Words) -> None:
    """Everybody's score, ours set off, and how much of each component we have beside the middle of the league."""
    from openpyxl.chart import BarChart, LineChart, Reference
    from openpyxl.chart.marker import DataPoint, Marker
    from openpyxl.chart.shapes import GraphicalProperties

    first, end = max(_HEAD + 1, own - _DRAWN), min(last, own + _DRAWN)
    if last - _HEAD <= 2 * _DRAWN + 10:
        first, end = _HEAD + 1, last
    scores = LineChart()
    scores.title, scores.legend = t("ranking_book.scores"), None
    scores.y_axis.scaling.min = 10 * (float(np.nanmin(r.base.standing.score)) // 1000)
    scores.add_data(Reference(table, min_col=4, min_row=first, max_row=end))
    scores.set_categories(Reference(table, min_col=3, min_row=first, max_row=end))
    line, point = scores.series[0], DataPoint(idx=own - first, marker=Marker("diamond", size=12))
    line.graphicalProperties.line.solidFill, line.smooth, line.marker = _BLUE, False, Marker("none")
    point.marker.graphicalProperties = GraphicalProperties(solidFill=_RED)
    point.graphicalProperties = GraphicalProperties(solidFill=_RED)
    line.dPt.append(point)
    _drawn(sheet, scores, "A2")
    rows = [(t("effect.component"), t("ranking_book.ours"), t("ranking_book.middle")), *_shares(r, t)]
    for row, cells in enumerate(rows, start=24):
        for at, value in enumerate(cells, start=1):
            put(sheet, row, at, value, "0.0%", heading=row == 24)
    parts = BarChart()
    parts.title, parts.gapWidth = t("ranking_book.parts"), 60
    end = 23 + len(rows)
    parts.add_data(Reference(sheet, min_col=2, max_col=3, min_row=24, max_row=end), titles_from_data=True)
    parts.set_categories(Reference(sheet, min_col=1, min_row=25, max_row=end))
    for series, colour in zip(parts.series, (_RED, _BLUE), strict=True):
        series.graphicalProperties.solidFill = colour
    parts.y_axis.scaling.min, parts.y_axis.scaling.max, parts.y_axis.number_format = 0, 1, "0%"
    parts.legend.position = "b"
    _drawn(sheet, parts, f"A{end + 2}")
    put(sheet, 1, 1, remarks.mark(r.base, t) or t("ranking_book.behind"))
    for column, width in zip("ABC", (34, 18, 18), strict=True):
        sheet.column_dimensions[column].width = width
    _on_its_side(sheet, 1)


def _drawn(sheet: Any, chart: Any, at: str) -> None:
    """A chart of a page's width with its axes shown."""
    chart.width, chart.height = 27, 10.5
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, at)


def _shares(r: Review, t: Words) -> list[tuple[Cell, Cell, Cell]]:
    """Of each component, the share of its points that we have and that the middle unit has."""
    points = r.base.standing.components / r.base.edition.component_max
    middle = [float(np.median(column[~np.isnan(column)])) if (~np.isnan(column)).any() else "" for column in points.T]
    names = [t.of(c.name) for c in r.base.edition.components]
    ours = ["" if np.isnan(x) else float(x) for x in points[r.unit]]
    return list(zip(names, ours, middle, strict=True))


def _about(sheet: Any, r: Review, t: Words) -> None:
    """Where the figures come from, how ties rank and who is tied."""
    from openpyxl.styles import Alignment

    base = r.base
    mark = remarks.mark(base, t)
    groups: dict[float, list[int]] = {}
    for i in map(int, base.by_rank):
        if not np.isnan(base.rank[i]):
            groups.setdefault(float(base.rank[i]), []).append(i)
    tied = [
        t("ranking_book.tied", rank=t.count(rank), names=", ".join(base.league.names[i] for i in units))
        for rank, units in groups.items()
        if len(units) > 1
    ]
    lines = [*([mark] if mark else []), *remarks.sources(base, t), *remarks.assumptions(base, t), *league(r, t)]
    for row, text in enumerate([*lines, *(tied or [t("ranking_book.tied_none")])], start=1):
        put(sheet, row, 1, text)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 15 * (1 + len(text) // _LETTERS)
    sheet.column_dimensions["A"].width = 1.1 * _LETTERS
    _on_its_side(sheet, 0)


def _on_its_side(sheet: Any, pages: int) -> None:
    """A4 on its side, one page wide; `pages` high, 0 for as many as it takes."""
    page = sheet.page_setup
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 9, 1, pages
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _points(hundredths: np.ndarray) -> list[Cell]:
    return ["" if np.isnan(value) else float(value) / 100 for value in hundredths]


def _ranks(values: np.ndarray) -> list[Cell]:
    return ["" if np.isnan(rank) else int(rank) for rank in values]
