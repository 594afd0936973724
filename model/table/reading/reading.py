"""A table as people have it, read into a league, with a list of what was found doubtful and what was done about it.

    file -> sheets -> header -> columns -> rows -> figures -> league, and those of earlier days beside it

Whatever was guessed on the way can be corrected; an error stops its row, not the file; nothing is dropped in silence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Any

import numpy as np

from model.rules.edition import LEVELS, Edition
from model.rules.files import in_force, load
from model.table.league import League, Period, folded, frozen
from model.table.reading import about as beside
from model.table.reading import dating as guesses
from model.table.reading import details, headings, layout, periods, rows, statutory
from model.table.reading.cells import Figures, Reader
from model.table.reading.findings import COLUMN_OUT, LEFT, PAST, READ_SO, Finding, Findings
from model.table.reading.grid import Column, Grid
from model.table.reading.headings import Header
from model.table.reading.sheets import BLANK_ROWS, Opened, Sheet, opened
from model.table.units import Listed, level_of
from model.words.numbers import Cell, shown
from model.words.problems import Problem

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
    derive: bool = False  # the one component without a column from the total


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
    past: tuple[League, ...] = ()  # the same table of earlier days, which stands in the same file
    derivable: str = ""  # the one component without points, where the total less the others may be its own


def read(data: bytes, name: str, lists: Sequence[Listed] = (), told: Corrections | None = None) -> Reading:
    """A file's reading; raises Problem where the file can't be opened at all."""
    return reading(opened(data, name), lists, told)


def reading(file: Opened, lists: Sequence[Listed] = (), told: Corrections | None = None) -> Reading:
    """An opened file's reading; raises Problem where what stands beside the table is wrong."""
    told = told or Corrections()
    about = beside.parsed(file.about, file.name) if file.about else {}
    by = load(told.edition or about.get("edition") or in_force(None))
    heads = [headings.header(one.rows, by, None, len(file.sheets), one.hidden_columns) for one in file.sheets]
    sheet, header, earlier = _chosen(file.sheets, heads, by, told)
    found = Findings(sheet.name)
    if header is None:
        return _without_header(file, sheet, by, told)
    _of_the_sheet(file, sheet, header, [] if told.sheet else heads, earlier, found)
    grid = _grid(file, sheet, header, heads, by, told, found)
    layout.blocks(grid, told.columns, found)
    statutory.counted(grid, found)
    rows.one_column_each(grid, told.columns, by, sheet.hidden_columns, _above(sheet, header), found)
    days = layout.series(grid, _above(sheet, header) + file.name, found)
    known = _Known(file, lists, told, about, _above(sheet, header), sheet.rows[: header.first])
    known.day, known.period = _dates(file, sheet, header, grid, days, told, about)
    past = [(dated, grid.of_rows(days.pop(dated))) for dated in list(days)[:-1]]
    if days:
        grid.rows = days.popitem()[1]
    made, levels, near = _made(grid, known, found, past)
    seen = tuple(grid.columns)
    refusal = None if made.league else Problem("file_no_units", file=file.name)
    return Reading(
        file.name,
        tuple(one.name for one in file.sheets),
        sheet.name,
        header.first + 1,
        seen,
        body=header.first + header.height,
        findings=tuple(found),
        league=made.league,
        refusal=refusal,
        edition_sure=made.sure,
        listed=known.listed,
        levels=levels,
        near=near,
        asked=tuple(made.asked),
        past=(*_of_sheets(file, earlier, by, known), *(one for one in made.past if one)) if made.league else (),
        derivable=made.derivable,
    )


@dataclass
class _Known:
    """What is known of a table beside its grid."""

    file: Opened
    lists: Sequence[Listed]
    told: Corrections
    about: Mapping[str, Any]
    above: str
    titles: Sequence[Sequence[Cell]]
    day: date | None = None
    period: Period | None = None
    listed: str = ""


@dataclass
class _Made:
    """What became of a grid."""

    league: League | None = None
    sure: bool = False
    asked: Sequence[int] = ()
    past: Sequence[League | None] = ()
    derivable: str = ""


def _without_header(file: Opened, sheet: Sheet, by: Edition, told: Corrections) -> Reading:
    """A refusal that says where the header is missed, or that the units stand across."""
    seen = tuple(Grid.of(sheet, None, told.columns).columns)
    where = f"{file.name} ({sheet.name})" if sheet.name else file.name
    refusal = Problem("file_across" if layout.across(sheet, by) else "file_header", file=where)
    return Reading(file.name, tuple(one.name for one in file.sheets), sheet.name, 0, seen, refusal=refusal)


def _chosen(
    sheets: Sequence[Sheet], heads: Sequence[Header | None], by: Edition, told: Corrections
) -> tuple[Sheet, Header | None, list[tuple[Sheet, Header]]]:
    """The sheet asked for, or that with most figures and rows, of such the latest; and those that are its past.

    Hidden sheets, those whose rows are criteria, and those without a table come last.
    """
    found: list[tuple[tuple[bool, bool, int], Sheet, Header | None]] = []
    for sheet, header in zip(sheets, heads, strict=True):
        if told.sheet in ("", sheet.name):
            named = sum(headings.is_figure(h.role) for h in header.headings) if header else 0
            seen = header is not None and not sheet.hidden
            worth = (seen, header is not None and not header.long, named * len(sheet.rows).bit_length())
            found.append((worth, sheet, header))
    _, sheet, header = max(found or [((False, False, 0), sheets[0], None)], key=lambda one: one[0])
    alike = [(s, h) for _, s, h in found if h is not None and header is not None and _alike(h, header) and not s.hidden]
    said = [periods.cut(folded(f"{one.name} {_above(one, h)}"))[1] for one, h in alike]
    earlier: list[tuple[Sheet, Header]] = []
    if len(alike) > 1 and all(said) and len(set(said)) == len(said):
        order = periods.ranked(said)
        *earlier, (sheet, header) = [alike[i] for i in sorted(range(len(alike)), key=lambda i: order[i])]
    if told.header and found and sheet.rows:
        at = min(told.header, len(sheet.rows)) - 1
        header = headings.header(sheet.rows, by, at) or headings.plainest(sheet.rows, by, at)
    return sheet, header, earlier


def _alike(one: Header, other: Header) -> bool:
    """Whether two sheets state the same of their units."""
    of = [{h.role for h in each.headings if headings.is_figure(h.role)} for each in (one, other)]
    return of[0] == of[1] and not one.long and not other.long


def _of_the_sheet(
    file: Opened,
    sheet: Sheet,
    header: Header,
    heads: Sequence[Header | None],
    earlier: Sequence[tuple[Sheet, Header]],
    found: Findings,
) -> None:
    """Findings about the sheet as a whole, and for every other that holds a table of units."""
    for row in sheet.unclosed:
        found.add(Problem("row_quote"), READ_SO, row)
    if sheet.hidden_rows:
        found.add(Problem("rows_hidden", n=sheet.hidden_rows), READ_SO)
    if sheet.unread_from:
        found.add(Problem("rows_unread", limit=BLANK_ROWS), LEFT, sheet.unread_from)
    past = [one for one, _ in earlier]
    for one, head in zip(file.sheets, heads, strict=False):
        if one is not sheet and head is not None and not head.long:
            if one in past:
                found.add(Problem("sheet_past"), PAST, sheet=one.name)
            else:
                found.add(Problem("sheet_hidden") if one.hidden else Problem("sheet_other"), COLUMN_OUT, sheet=one.name)
    if not header.long:
        rows.above(sheet, header.first, found)


def _grid(
    file: Opened,
    sheet: Sheet,
    header: Header,
    heads: Sequence[Header | None],
    by: Edition,
    told: Corrections,
    found: Findings,
) -> Grid:
    """The table of units that a sheet holds, with what the file's sheets of criteria add to it."""
    criteria = {one.name: h for one, h in zip(file.sheets, heads, strict=True) if h is not None and h.long}
    if header.long:
        return details.table(file, {**criteria, sheet.name: header}, by, found)
    grid = Grid.of(sheet, header, told.columns)
    details.join(grid, file, {name: h for name, h in criteria.items() if name != sheet.name}, by, found)
    return grid


def _made(
    grid: Grid, known: _Known, found: Findings, past: Sequence[tuple[layout.Dated, Grid]] = ()
) -> tuple[_Made, dict[str, int], rows.Near]:
    """The league of a grid of one day and of those before it, its levels, and names that stand in no list."""
    told = known.told
    rows.units_only(grid, found)
    statutory.settled(grid, found)
    levels = rows.one_level(grid, told.level, found)
    known.listed, near = rows.matched(grid, known.lists, told.listed, told.codes, found, sure=bool(known.file.about))
    beside = _beside(grid, known, found)
    made = _figured(grid, known, found)
    made.past = [_before(dated, one, known, told.listed or known.listed or "-") for dated, one in past]
    made.past += [_figured(one, _at(known, dated), Findings("")).league for dated, one in beside]
    return made, levels, near


def _at(known: _Known, dated: layout.Dated) -> _Known:
    """What is known of a table, of another day."""
    about = {key: value for key, value in known.about.items() if key not in ("as_of", "period")}
    return replace(known, about=about, day=dated[0], period=dated[1])


def _before(dated: layout.Dated, grid: Grid, known: _Known, listed: str) -> League | None:
    """The league of an earlier day: what was doubtful in it is not said again."""
    told = replace(known.told, listed=listed, codes={})
    return _made(grid, replace(_at(known, dated), told=told), Findings(""))[0].league


def _beside(grid: Grid, known: _Known, found: Findings) -> list[tuple[layout.Dated, Grid]]:
    """The grids of earlier periods that stand beside the latest; those of no known date are not kept."""
    past = [c for c in grid.columns if c.past]
    dated = layout.dated_columns(
        grid, known.day, list(dict.fromkeys(c.period for c in past if headings.is_figure(c.past)))
    )
    if not any(c.period for c in grid.columns if headings.is_figure(c.role)):
        dated = {}  # a month beside what is said of no month may be part of it
    for period in dict.fromkeys(c.period for c in past):
        labels = [c.label for c in past if c.period == period]
        found.add(Problem("columns_past", columns=labels), PAST if dated.get(period) else COLUMN_OUT)
    return [(day, grid.of_period(period)) for period, day in dated.items() if day is not None]


def _of_sheets(file: Opened, earlier: Sequence[tuple[Sheet, Header]], by: Edition, known: _Known) -> Iterator[League]:
    """The leagues of earlier sheets of a workbook."""
    for sheet, header in earlier:
        grid, titles = Grid.of(sheet, header, {}), sheet.rows[: header.first]
        said = periods.cut(folded(f"{sheet.name} {_above(sheet, header)}"))[1]
        day, period = guesses.dated([_above(sheet, header), sheet.name])
        dated = (day, period) if day else layout.dated_columns(grid, known.day, [said])[said]
        rows.one_column_each(grid, {}, by, sheet.hidden_columns, _above(sheet, header), Findings(""))
        if dated is not None:
            league = _before(dated, grid, replace(known, titles=titles), known.told.listed or known.listed or "-")
            if league is not None:
                yield league


def _figured(grid: Grid, known: _Known, found: Findings) -> _Made:
    """The league that a grid of matched units makes."""
    told, about = known.told, known.about
    edition, sure = _edition(grid, known.day, told, about)
    rules = load(edition)
    reader = Reader(grid, rules, found, told.rates, about.get("rates"))
    figures = reader.figures() if grid.rows else None
    if figures is None or not figures.any():
        return _Made(None, sure, reader.asked)
    derivable = figures.missing(rules)
    derived = (derivable,) if derivable and told.derive else ()
    if derived:
        figures.derive(rules, derivable)
    reader.doubts(figures, derivable if not derived else "")
    facts = dict(about) | {"edition": edition, "as_of": known.day, "period": known.period}
    listed = next((one for one in known.lists if one.key == known.listed), None)
    facts.setdefault("level", _level(grid, listed, known.above))
    if told.units in LEVELS:
        facts["level"] = told.units
    if told.title or "title" not in facts:
        title = told.title or guesses.title(known.titles, PurePath(known.file.name).stem)
        facts["title"] = {"vi": title, "en": title}
    if derived:
        facts["derived"] = derived
    return _Made(_league(known.file, grid, figures, facts), sure, reader.asked, derivable=derivable)


def _dates(
    file: Opened,
    sheet: Sheet,
    header: Header,
    grid: Grid,
    days: Mapping[layout.Dated, object],
    told: Corrections,
    about: Mapping[str, Any],
) -> tuple[date | None, Period | None]:
    """The day and period of the figures: told, stated beside the table, of its latest rows or columns, or titles."""
    day, period = guesses.dated([_above(sheet, header), sheet.name, file.name])
    said = next((c.period for c in grid.columns if c.period and headings.is_figure(c.role)), "")
    year = day.year if day else ""
    headed = guesses.dated([said]) if re.search("20[0-9]{2}", said) else guesses.dated([f"{said} nam {year}"])
    if said and headed[0] is not None:
        day, period = headed
    if days:
        day, period = list(days)[-1]
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
    edition = in_force(day, leader)
    return edition + (FIVE if grid.at("points.online") is not None else ""), day is not None


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
