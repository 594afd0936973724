"""A table as people have it, read into a league, with a list of what was found doubtful and what was done about it.

    file -> sheets -> header -> columns -> rows -> figures -> league

Whatever was guessed on the way can be corrected; an error stops its row, not the file; nothing is dropped in silence.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

import numpy as np

from model.rules.edition import LEVELS, Edition
from model.rules.files import load
from model.table.league import League, Period, frozen
from model.table.reading import about as beside
from model.table.reading import dating as guesses
from model.table.reading import details, headings, rows
from model.table.reading.cells import Figures, Reader
from model.table.reading.findings import COLUMN_OUT, LEFT, Finding, Findings
from model.table.reading.grid import Column, Grid
from model.table.reading.headings import Header
from model.table.reading.sheets import BLANK_ROWS, Opened, Sheet, opened
from model.table.units import Listed, level_of
from model.words.numbers import shown
from model.words.problems import Problem

LATEST = "766-2026"  # by whose names headings are recognised where no edition is named
FIVE = "-5"  # what the editions of five components add to their key


@dataclass(frozen=True)
class Corrections:
    """What the reader of a table is told instead of guessing; rows and columns count from 1, as a spreadsheet's do."""

    sheet: str = ""
    header: int = 0
    columns: Mapping[int, str] = field(default_factory=dict)  # {column: role}
    rates: Mapping[int, str] = field(default_factory=dict)  # {column: "percent" or "fraction"}
    codes: Mapping[int, str] = field(default_factory=dict)  # {row: code of its unit}
    edition: str = ""
    listed: str = ""  # the official list; "-" for none
    level: str = ""  # of the rows to keep, in the table's own words
    units: str = ""  # the level of the units, one of LEVELS, where nothing tells it
    title: str = ""
    as_of: date | None = None
    period: str = ""  # its kind; "-" for none


@dataclass(frozen=True)
class Reading:
    """What was found in a file, and the league that it makes; `refusal` where nothing usable remains."""

    file: str
    sheets: tuple[str, ...]
    sheet: str
    header: int  # its first row; 0 where none was found
    columns: tuple[Column, ...]
    body: int = 0  # rows above the first row of figures
    findings: tuple[Finding, ...] = ()
    league: League | None = None
    refusal: Problem | None = None
    edition_sure: bool = False
    listed: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    near: rows.Near = field(default_factory=dict)
    asked: tuple[int, ...] = ()  # columns of rates of which nothing tells whether they are percentages


def read(data: bytes, name: str, lists: Sequence[Listed] = (), told: Corrections | None = None) -> Reading:
    """A file's reading; raises Problem where the file can't be opened at all."""
    return reading(opened(data, name), lists, told)


def reading(file: Opened, lists: Sequence[Listed] = (), told: Corrections | None = None) -> Reading:
    """An opened file's reading; raises Problem where what stands beside the table is wrong."""
    told = told or Corrections()
    about = beside.parsed(file.about, file.name) if file.about else {}
    names = tuple(sheet.name for sheet in file.sheets)
    by = load(told.edition or about.get("edition") or LATEST)
    sheet, header = _chosen(file.sheets, by, told)
    found = Findings(sheet.name)
    if header is None:
        seen = tuple(Grid.of(sheet, None, told.columns).columns)
        refusal = Problem("file_header", file=f"{file.name} ({sheet.name})" if sheet.name else file.name)
        return Reading(file.name, names, sheet.name, 0, seen, refusal=refusal)
    grid = _grid(file, sheet, header, by, told, found)
    if sheet.unread_from:
        found.add(Problem("rows_unread", limit=BLANK_ROWS), LEFT, sheet.unread_from)
    if not told.sheet:
        _others(file, sheet, by, found)
    if not header.long:
        rows.above(sheet, header.first, found)
    rows.one_column_each(grid, told.columns, found)
    rows.units_only(grid, found)
    day, period = _dates(file, sheet, header, told, about)
    edition, sure = _edition(grid, day, told, about)
    levels = rows.one_level(grid, told.level, found)
    listed, near = rows.matched(grid, lists, told.listed, told.codes, found, sure=bool(file.about))
    reader = Reader(grid, load(edition), found, told.rates, about.get("rates"))
    figures = reader.figures() if grid.rows else None
    league = None
    if figures is not None and figures.any():
        reader.doubts(figures)
        known = about | {"edition": edition, "as_of": day, "period": period}
        known.setdefault(
            "level", _level(grid, next((one for one in lists if one.key == listed), None), _above(sheet, header))
        )
        if told.units in LEVELS:
            known["level"] = told.units
        if told.title or "title" not in known:
            title = told.title or guesses.title(sheet.rows[: header.first], PurePath(file.name).stem)
            known["title"] = {"vi": title, "en": title}
        league = _league(file, grid, figures, known)
    return Reading(
        file.name,
        names,
        sheet.name,
        header.first + 1,
        tuple(grid.columns),
        body=header.first + header.height,
        findings=tuple(found),
        league=league,
        refusal=None if league else Problem("file_no_units", file=file.name),
        edition_sure=sure,
        listed=listed,
        levels=levels,
        near=near,
        asked=tuple(reader.asked),
    )


def _chosen(sheets: Sequence[Sheet], by: Edition, told: Corrections) -> tuple[Sheet, Header | None]:
    """The sheet asked for, or that with most figures and rows; one whose rows are criteria, or nothing, comes last."""
    found: list[tuple[tuple[bool, int], Sheet, Header | None]] = []
    for sheet in sheets:
        if told.sheet in ("", sheet.name):
            header = headings.header(sheet.rows, by, sheets=len(sheets))
            named = sum(headings.is_figure(h.role) for h in header.headings) if header else 0
            worth = (header is not None and not header.long, named * len(sheet.rows).bit_length())
            found.append((worth, sheet, header))
    _, sheet, header = max(found or [((False, 0), sheets[0], None)], key=lambda one: one[0])
    if told.header and found and sheet.rows:
        at = min(told.header, len(sheet.rows)) - 1
        header = headings.header(sheet.rows, by, at) or headings.plainest(sheet.rows, by, at)
    return sheet, header


def _grid(file: Opened, sheet: Sheet, header: Header, by: Edition, told: Corrections, found: Findings) -> Grid:
    """The table of units that a sheet holds, with what the file's sheets of criteria add to it."""
    seen = {one.name: headings.header(one.rows, by, sheets=len(file.sheets)) for one in file.sheets}
    criteria = {name: h for name, h in seen.items() if h is not None and h.long}
    if header.long:
        return details.table(file, criteria, by, found)
    grid = Grid.of(sheet, header, told.columns)
    details.join(grid, file, {name: h for name, h in criteria.items() if name != sheet.name}, by, found)
    return grid


def _others(file: Opened, chosen: Sheet, by: Edition, found: Findings) -> None:
    """A finding for every other sheet that holds a table of units."""
    for sheet in file.sheets:
        header = headings.header(sheet.rows, by, sheets=len(file.sheets)) if sheet is not chosen else None
        if header is not None and not header.long:
            found.add(Problem("sheet_other"), COLUMN_OUT, sheet=sheet.name)


def _dates(
    file: Opened, sheet: Sheet, header: Header, told: Corrections, about: Mapping[str, Any]
) -> tuple[date | None, Period | None]:
    """The day and period of the figures: told, stated beside the table, or found in titles and names."""
    day, period = guesses.dated([_above(sheet, header), sheet.name, file.name])
    day = told.as_of or about.get("as_of") or day
    period = about.get("period") or period
    kind = told.period or (period.kind if period and told.as_of else "")
    if kind and day:
        return day, None if kind == "-" else guesses.period(kind, day)
    return day, period


def _edition(grid: Grid, day: date | None, told: Corrections, about: Mapping[str, Any]) -> tuple[str, bool]:
    """The edition told, stated or guessed, and whether it is more than a guess; of five components where printed."""
    stated: str = told.edition or about.get("edition", "")
    if stated:
        return stated, True
    at = grid.at("score")
    leader = float(np.nanmax(rows.loose(grid, at), initial=-1)) if at is not None else -1
    edition, sure = guesses.era(day, leader if leader >= 0 else None)
    return edition + (FIVE if grid.at("points.online") is not None else ""), sure


def _above(sheet: Sheet, header: Header) -> str:
    """What a sheet says above its header."""
    return " ".join(shown(cell) for row in sheet.rows[: header.first] for cell in row if cell is not None)


def _level(grid: Grid, listed: Listed | None, above: str) -> str:
    """The level of the units kept: their list's, or that of most of their names, of their heading, of the title."""
    told = Counter(level for row in grid.rows if (level := level_of(row.unit[1])))
    if listed or told:
        return listed.level if listed else told.most_common(1)[0][0]
    headings_of_names = [column.heading for column in grid.columns if column.role == "name"]
    return guesses.level([*headings_of_names, above, grid.sheet]) or "other"


def _league(file: Opened, grid: Grid, figures: Figures, known: dict[str, Any]) -> League:
    """The league of a grid's units and figures, with what is known of it beside."""
    codes = tuple(row.unit[0] for row in grid.rows)
    for what in ("published_cells", "claims", "marks"):
        known[what] = {code: value for code, value in known.get(what, {}).items() if code in codes}
    known.setdefault("source", Problem("source_own", file=file.name).both)
    return League(
        **{key: value for key, value in known.items() if key != "rates"},
        key=PurePath(file.name).stem,
        codes=codes,
        names=tuple(row.unit[1] for row in grid.rows),
        done=frozen(figures.done),
        due=frozen(figures.due),
        rate=frozen(figures.rate),
        published=frozen(figures.points),
        published_score=frozen(figures.score),
    )
