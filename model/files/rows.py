"""A grid's columns and rows on their way to a league: one column for each role, one row for each unit, one level."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..league import folded
from ..problems import Problem
from . import numbers, units
from .findings import COLUMN_OUT, KEPT, LEFT, READ_SO, ROW_OUT, Findings
from .grid import Grid, Row
from .headings import IDLE
from .numbers import shown

BOTH = 22  # points of the decision's group in which online services and payment stand together
_LEVELS = {
    "commune": {"vi": "cấp xã", "en": "commune"},
    "province": {"vi": "cấp tỉnh", "en": "province"},
    "other": {"vi": "cơ quan", "en": "office"},
}
Near = dict[int, tuple[str, tuple[str, ...]]]  # {row: name in the table, codes it may mean}


def one_column_each(grid: Grid, told: Mapping[int, str], found: Findings) -> None:
    """Every role held by one column: of names the one that tells most units apart, of others the surest, first."""
    _told_apart(grid, told)
    held = Counter(column.role for column in grid.columns)
    for role in (role for role, n in held.items() if n > 1 and role not in IDLE):
        first, *rest = sorted(
            (column for column in grid.columns if column.role == role),
            key=lambda c: (-len({shown(x) for x in grid.cells(c.index)}) if role == "name" else 0, not c.sure),
        )
        for extra in rest:
            grid.give(extra.index, "none")
            found.add(Problem("column_twice", first=first.heading), COLUMN_OUT, column=extra.heading)
    unread = [c.heading for c in grid.columns if c.role == "none" and c.heading and any(grid.cells(c.index))]
    if unread:
        found.add(Problem("columns_unread", columns=unread), COLUMN_OUT)


def _told_apart(grid: Grid, told: Mapping[int, str]) -> None:
    """A column of online services without one of payment beside it, held to be both where its figures say so."""
    at, payment = grid.at("points.online_services"), grid.at("points.online_payment")
    if at is None or payment is not None or at + 1 in told:
        return
    most = grid.columns[at].most
    if most == BOTH or most is None and _holds_both(grid, at):
        grid.give(at, "points.online", sure=most == BOTH)


def _holds_both(grid: Grid, at: int) -> bool:
    values, score = loose(grid, at), grid.at("score")
    if np.nanmax(values, initial=0) > 12:
        return True
    parts = [column.index for column in grid.columns if column.role.startswith("points.")]
    if score is None or len(parts) != 5:
        return False
    apart = np.abs(loose(grid, score) - sum(loose(grid, part) for part in parts))
    return bool(np.isfinite(apart).any() and np.nanmedian(apart) < 0.06)


def loose(grid: Grid, at: int) -> np.ndarray:
    """A column's figures as far as each can be read by itself, shape (rows,); nan where it can't."""
    found = [numbers.plain(cell.split("/")[0] if isinstance(cell, str) else cell) for cell in grid.cells(at)]
    return np.array([np.nan if value is None else value for value in found], dtype=float)


def units_only(grid: Grid, found: Findings) -> None:
    """Only rows that are units: no totals, no notes, none without a name, none twice."""
    first: dict[str, int] = {}
    kept: list[Row] = []
    for row in grid.rows:
        name, code = grid.name(row), grid.code(row)
        key = code or units.same_name(name)
        filled = any(not numbers.empty(grid.cell(row, column.index)) for column in grid.figures)
        if not code and (units.is_sum(name) or not name and filled and _says_total(row)):
            found.add(Problem("row_sum", name=name or _first(row)), LEFT, row.number)
        elif not filled and not code and (not name or units.level_of(name) is None):
            found.add(Problem("row_note", text=_first(row)), LEFT, row.number)
        elif not name and not code:
            found.add(Problem("row_nameless"), ROW_OUT, row.number)
        elif any(shown(cell) for cell in row.cells[grid.width :]) and not row.from_elsewhere:
            found.add(Problem("row_wide"), ROW_OUT, row.number)
        elif key in first:
            found.add(Problem("row_twice", name=name or code, first=first[key]), ROW_OUT, row.number)
        else:
            first[key] = row.number
            kept.append(row)
    grid.rows = kept


def _first(row: Row) -> str:
    return next((shown(cell) for cell in row.cells if shown(cell)), "")


def _says_total(row: Row) -> bool:
    return any("tong" in folded(shown(cell)) for cell in row.cells)


def one_level(grid: Grid, told: str, found: Findings) -> dict[str, int]:
    """The levels of the rows, counted; rows of one are kept, that asked for or the most numerous: a ranking has one."""
    at = grid.at("level")
    labels = [
        (shown(grid.cell(row, at)) if at is not None else units.level_of(grid.name(row))) or "" for row in grid.rows
    ]
    levels = dict(Counter(label for label in labels if label).most_common())
    if len(levels) > 1:
        kept = ("", told if told in levels else next(iter(levels)))
        for row, label in zip(grid.rows, labels, strict=True):
            if label not in kept:
                why = Problem("row_level", name=grid.name(row), level=_LEVELS.get(label, label))
                found.add(why, LEFT, row.number)
        grid.rows = [row for row, label in zip(grid.rows, labels, strict=True) if label in kept]
    return levels


def matched(
    grid: Grid, lists: Sequence[units.Listed], asked: str, told: Mapping[int, str], found: Findings
) -> tuple[str, Near]:
    """Every row under its code and name, of the official list where one has it: the list's key, and near misses."""
    codes = [told.get(row.number) or grid.code(row) for row in grid.rows]
    match = units.matched(codes, [grid.name(row) for row in grid.rows], [] if asked == "-" else lists, asked)
    official = next((listed.names for listed in lists if listed.key == match.listed), {})
    near: Near = {}
    first: dict[str, int] = {}
    kept: list[Row] = []
    for i, (row, code) in enumerate(zip(grid.rows, match.codes, strict=True)):
        name = grid.name(row)
        if code in first:
            found.add(Problem("row_twice", name=name or code, first=first[code]), ROW_OUT, row.number)
            continue
        if i in match.read_as:
            found.add(Problem("unit_read_as", name=name, official=match.read_as[i]), READ_SO, row.number)
        if i in match.other_name:
            why = Problem("unit_other", name=name, unit=code, official=match.other_name[i])
            found.add(why, KEPT, row.number)
        if i in match.near:
            near[row.number] = name, tuple(match.near[i])
            found.add(Problem("unit_near", name=name, near=[official[c] for c in match.near[i]]), KEPT, row.number)
        first[code] = row.number
        kept.append(replace(row, unit=(code, official.get(code) or name or code)))
    grid.rows = kept
    return match.listed, near
