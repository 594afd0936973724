"""A grid's columns and rows on their way to a league: one column for each role, one row for each unit, one level."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from model.table import units
from model.table.league import folded
from model.table.reading.findings import COLUMN_OUT, KEPT, LEFT, READ_SO, ROW_OUT, Findings
from model.table.reading.grid import Grid, Row
from model.table.reading.headings import IDLE
from model.table.reading.sheets import Sheet
from model.words import numbers
from model.words.numbers import Cell, Unstored, shown
from model.words.problems import Problem

BOTH = 22  # points of the decision's group in which online services and payment stand together
_LEVELS = {
    "commune": {"vi": "cấp xã", "en": "commune"},
    "province": {"vi": "cấp tỉnh", "en": "province"},
    "department": {"vi": "sở, ngành", "en": "department"},
    "other": {"vi": "cơ quan", "en": "office"},
}
Near = dict[int, tuple[str, tuple[str, ...]]]  # {row: name in the table, codes it may mean}


def one_column_each(grid: Grid, told: Mapping[int, str], found: Findings) -> None:
    """Every role held by one column: of names the one that tells most units apart, of others the surest, first."""
    _told_apart(grid, told)
    _counts_apart(grid, told)
    _one_name(grid, told, found)
    held = Counter(column.role for column in grid.columns)
    for role in (role for role, n in held.items() if n > 1 and role not in IDLE):
        first, *rest = sorted(
            (column for column in grid.columns if column.role == role),
            key=lambda c: (c.index + 1 not in told, not c.sure),
        )
        for extra in rest:
            grid.give(extra.index, "none")
            found.add(Problem("column_twice", first=first.label), COLUMN_OUT, column=extra.label)
    said = {finding.column for finding in found}
    idle = [c for c in grid.columns if c.role == "none" and c.index + 1 not in told and c.label not in said]
    unread = [column.label for column in idle if _filled(grid, column.index)]
    if unread:
        found.add(Problem("columns_unread", columns=unread), COLUMN_OUT)


def _filled(grid: Grid, at: int) -> bool:
    return any(shown(cell) for cell in grid.cells(at))


def _one_name(grid: Grid, told: Mapping[int, str], found: Findings) -> None:
    """Of several columns of names the finest kept; units of one name are told apart by the next, their province."""
    held = [column for column in grid.columns if column.role == "name"]
    if len(held) < 2:
        return
    names = {c.index: [shown(cell) for cell in grid.cells(c.index)] for c in held}

    def fine(at: int) -> tuple[bool, int, int, bool]:
        communes = sum(units.level_of(name) == "commune" for name in names[at])
        return at + 1 in told, len(set(names[at])), communes, grid.columns[at].sure

    best, *rest = sorted(names, key=fine, reverse=True)
    for at in rest:
        grid.give(at, "none")
        used = at == rest[0] and _beside(grid, best, at)
        why = Problem("column_beside" if used else "column_names", first=grid.columns[best].label)
        found.add(why, READ_SO if used else COLUMN_OUT, column=grid.columns[at].label)


def _beside(grid: Grid, best: int, at: int) -> bool:
    """Whether names that come twice were given what another column says, in brackets; codes need no such help."""
    twice = Counter(units.same_name(shown(grid.cell(row, best))) for row in grid.rows)
    alike = [
        row
        for row in grid.rows
        if twice[units.same_name(shown(grid.cell(row, best)))] > 1 and not grid.code(row) and shown(grid.cell(row, at))
    ]
    apart = [row for row in alike if not numbers.empty(grid.cell(row, best))]
    if len({shown(grid.cell(row, at)) for row in apart}) < 2:
        return False
    for row in apart:
        row.cells[best] = f"{shown(grid.cell(row, best))} ({shown(grid.cell(row, at))})"
    return True


def _told_apart(grid: Grid, told: Mapping[int, str]) -> None:
    """A column of online services without one of payment beside it, held to be both where its figures say so."""
    at, payment = grid.at("points.online_services"), grid.at("points.online_payment")
    if at is None or payment is not None or at + 1 in told:
        return
    most = grid.columns[at].most
    if most == BOTH or most is None and _holds_both(grid, at):
        grid.give(at, "points.online", sure=most == BOTH)


def _counts_apart(grid: Grid, told: Mapping[int, str]) -> None:
    """Columns guessed to be rates that hold counts: done where what was due is known, else nothing that is used."""
    for column in grid.columns:
        kind, _, key = column.role.partition(".")
        if kind == "rate" and not column.sure and column.index + 1 not in told and _counted(grid, column.index):
            grid.give(column.index, f"done.{key}" if grid.at(f"due.{key}") is not None else "none", sure=False)


def _counted(grid: Grid, at: int) -> bool:
    """Whether most figures of a column are no percentage: 3.216, or a whole number over a hundred."""
    texts = [shown(cell) for cell in grid.cells(at) if not numbers.empty(cell)]
    large = [re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+|[1-9][0-9]{2,}", text) is not None for text in texts]
    return 2 * sum(large) > len(texts)


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
        filled = any(_states_figure(grid.cell(row, column.index)) for column in grid.figures)
        if not code and (units.is_sum(name) or not name and filled and _says_total(row)):
            found.add(Problem("row_sum", name=name or _first(row)), LEFT, row.number)
        elif not filled and not code and (not name or units.level_of(name) is None):
            found.add(Problem("row_note", text=name or _first(row)), LEFT, row.number)
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


def _states_figure(cell: Cell) -> bool:
    """Whether a cell is meant for a figure, readable or not; a signature's place under a table is not."""
    return not numbers.empty(cell) and (
        not isinstance(cell, str)
        or isinstance(cell, Unstored)
        or re.match(r"\s*[-+−(<>=~≈]*\s*[.,]?\d|#", cell) is not None
    )


def _first(row: Row) -> str:
    return next((shown(cell) for cell in row.cells if shown(cell)), "")


def _says_total(row: Row) -> bool:
    return any("tong" in folded(shown(cell)) for cell in row.cells)


def one_level(grid: Grid, told: str, found: Findings) -> dict[str, int]:
    """The levels of the rows, counted; rows of one are kept, that asked for or the most numerous: a ranking has one."""
    labels = _labels(grid)
    levels = dict(Counter(label for label in labels if label).most_common())
    if len(levels) > 1:
        kept = ("", told if told in levels else next(iter(levels)))
        for row, label in zip(grid.rows, labels, strict=True):
            if label not in kept:
                why = Problem("row_level", name=grid.name(row), level=_LEVELS.get(label, label))
                found.add(why, LEFT, row.number)
        grid.rows = [row for row, label in zip(grid.rows, labels, strict=True) if label in kept]
    return levels


def _labels(grid: Grid) -> list[str]:
    """What each row says of its level, in words used most; of one level are "Cấp xã" and "phường", "Tỉnh" and "TP"."""
    at = grid.at("level")
    texts = [" ".join(shown(grid.cell(row, at)).split()) if at is not None else "" for row in grid.rows]
    meant = [
        units.level_of(re.sub(r"^cấp\s+|^UBND\s+cấp\s+", "", text, flags=re.IGNORECASE) + " –") or folded(text)
        if text
        else units.level_of(grid.name(row)) or ""
        for text, row in zip(texts, grid.rows, strict=True)
    ]
    words: dict[str, Counter[str]] = {}
    for text, level in zip(texts, meant, strict=True):
        words.setdefault(level, Counter())[text or level] += bool(text)
    return [words[level].most_common(1)[0][0] for level in meant]


def above(sheet: Sheet, first: int, found: Findings) -> None:
    """A finding where rows of figures stand above the header, as of another table."""
    n = sum(sum(numbers.plain(cell) is not None for cell in row) > 1 for row in sheet.rows[:first])
    if n:
        found.add(Problem("rows_above", n=n), LEFT)


def matched(
    grid: Grid, lists: Sequence[units.Listed], asked: str, told: Mapping[int, str], found: Findings, sure: bool = False
) -> tuple[str, Near]:
    """Every row under its code and name, of the official list where one has it: the list's key, and near misses.

    The codes of a table are `sure` where they come from our own form.
    """
    codes = [told.get(row.number) or grid.code(row) for row in grid.rows]
    match = units.matched(codes, [grid.name(row) for row in grid.rows], [] if asked == "-" else lists, asked, sure)
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
        if i in match.by_name:
            why = Problem("unit_by_name", unit=codes[i], official=match.by_name[i], known=code)
            found.add(why, READ_SO, row.number)
        if close := match.near.get(i):
            near[row.number] = name, tuple(close)
            found.add(Problem("unit_near", name=name, near=[official[c] for c in close]), KEPT, row.number)
        elif i in match.near:
            found.add(Problem("unit_unlisted", name=name or code), KEPT, row.number)
        first[code] = row.number
        kept.append(replace(row, unit=(code, official.get(code) or name or code)))
    grid.rows = kept
    return match.listed, near
