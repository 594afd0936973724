"""How a table is laid out: in blocks side by side, with rows of many days, or with its units across."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from model.rules.edition import Edition
from model.table import units
from model.table.league import Period, folded
from model.table.reading import dating as guesses
from model.table.reading import headings, periods
from model.table.reading.findings import LEFT, READ_SO, Findings
from model.table.reading.grid import Grid, Row
from model.table.reading.headings import Header, is_figure
from model.table.reading.sheets import Sheet
from model.words.numbers import Cell, Month, shown
from model.words.problems import Problem

Dated = tuple[date, Period | None]


def blocks(grid: Grid, told: Mapping[int, str], found: Findings) -> None:
    """A list that goes on in blocks to the right, to save paper, laid one under the other."""
    heads = [" ".join(folded(c.heading).split()) for c in grid.columns]
    names = [i for i, c in enumerate(grid.columns) if c.role == "name"]
    if len(names) < 2 or told:
        return
    step = names[1] - names[0]
    block = heads[:step]
    width = len("\0".join(block).rstrip("\0").split("\0"))
    starts = [i for i in range(0, len(heads), step) if heads[i : i + width] == block[:width]]
    whole = len(starts) > 1 and not any(
        head for i, head in enumerate(heads) if i % step >= width or i >= step * len(starts)
    )
    if not whole or starts != list(range(0, step * len(starts), step)) or not any(c.role for c in grid.columns[:width]):
        return
    if not any(is_figure(c.role) for c in grid.columns[:width]):
        return
    rows = [
        replace(row, cells=row.cells[at : at + width])
        for at in starts
        for row in grid.rows
        if any(shown(cell) for cell in row.cells[at : at + width])
    ]
    grid.columns, grid.rows, grid.width = grid.columns[:width], rows, width
    found.add(Problem("table_blocks", n=len(starts)), READ_SO)


def series(grid: Grid, above: str, found: Findings) -> dict[Dated, list[Row]]:
    """The rows of each day or month that a column of days states, the latest last; {} where there is none.

    A row without a day, as of differences, is left out where others have one.
    """
    at = grid.at("day")
    if at is None:
        return {}
    year = re.search(r"20[2-4][0-9]", above)
    by_day: dict[Dated, list[Row]] = {}
    undated: list[Row] = []
    for row in grid.rows:
        day = _day(grid.cell(row, at), grid.columns[at].heading, year[0] if year else "")
        (by_day.setdefault(day, []) if day else undated).append(row)
    if not by_day:
        _undated(grid, at, found)
        return {}
    names = [
        {grid.code(row) or units.same_name(grid.name(row)) for row in by_day[day]}
        for day in sorted(by_day, key=lambda d: d[0])
    ]
    lacking = set().union(*names) - names[-1]
    if lacking:
        found.add(Problem("series_lacks", n=len(lacking)), LEFT)
    for row in undated:
        if any(shown(cell) for cell in row.cells):
            text = grid.name(row) or next(shown(cell) for cell in row.cells if shown(cell))
            found.add(Problem("row_undated", text=text), LEFT, row.number)
    return {day: by_day[day] for day in sorted(by_day, key=lambda dated: dated[0])}


def _undated(grid: Grid, at: int, found: Findings) -> None:
    """Of rows of months or quarters of no known year the latest alone kept, where units stand in several."""
    said = [periods.cut(folded(f"{grid.columns[at].heading} {shown(grid.cell(row, at))}"))[1] for row in grid.rows]
    names = [grid.code(row) or units.same_name(grid.name(row)) for row in grid.rows]
    kinds = list(dict.fromkeys(filter(None, said)))
    if len(kinds) < 2 or len(set(names)) == len(names):
        return
    order = dict(zip(kinds, periods.ranked(kinds), strict=True))
    latest = max(kinds, key=lambda kind: order[kind])
    kept = [row for row, kind in zip(grid.rows, said, strict=True) if kind == latest]
    found.add(Problem("series_undated", n=len(grid.rows) - len(kept)), LEFT, column=grid.columns[at].label)
    grid.rows = kept


def _day(cell: Cell, heading: str, year: str) -> Dated | None:
    """The day, or the last of a month or quarter, that a cell of a column of days states."""
    if isinstance(cell, datetime) and not isinstance(cell, Month):
        return cell.date(), None
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return cell, None
    text = shown(cell)
    for said in (text, f"{heading} {text}", f"{heading} {text} năm {year}", f"{text} năm {year}") if text else ():
        day, period = guesses.dated([said])
        if day is not None:
            return day, period
    return None


def across(sheet: Sheet, edition: Edition) -> bool:
    """Whether a sheet without a header has its units across and its components or criteria down."""
    rows = [row for row in sheet.rows[:60] if row]
    down = [shown(row[0]) for row in rows]
    named = sum(_figure(text, edition) for text in down)
    most = max((sum(units.level_of(shown(cell)) is not None for cell in row[1:]) for row in rows), default=0)
    return named > 1 and most > 1


def _figure(text: str, edition: Edition) -> bool:
    found: Header | None = headings.header([["Tên đơn vị", text]], edition, 0)
    return found is not None and is_figure(found.headings[1].role)


def dated_columns(grid: Grid, day: date | None, periods_said: Sequence[str]) -> dict[str, Dated | None]:
    """The day of each earlier period beside the latest, its year that of the table where none is said."""
    found: dict[str, Dated | None] = {}
    for said in periods_said:
        dated, period = guesses.dated([said])
        if dated is None and day is not None and re.search("[0-9]|quy", said):
            years = (day.year, day.year - 1)
            several = (guesses.dated([f"{said} nam {year}"]) for year in years)
            dated, period = next(((d, p) for d, p in several if d is not None and d < day), (None, None))
        found[said] = (dated, period) if dated is not None else None
    return found
