"""The statutory table of dossiers received, settled and pending (II.06): what its counts say of two rates."""

from collections.abc import Sequence

from model.table.reading.findings import COLUMN_OUT, COUNTS, KEPT, READ_SO, Findings
from model.table.reading.grid import Column, Grid, Row
from model.words import numbers
from model.words.numbers import Cell
from model.words.problems import Problem

COUNTED = "counted"  # the role of a column whose counts are part of another's
_ON_TIME = ("form.settled.early", "form.settled.on_time", "form.pending.in_time")
_RECEIVED, _ONLINE, _CARRIED = "form.received.all", "form.received.online", "form.received.carried"
_PARTS = ("form.settled.all", "form.pending.all")


def counted(grid: Grid, found: Findings) -> None:
    """Columns of on_time = (early + on time + still in time) / received and of filed_online behind the others."""
    at = _places(grid)
    if not at:
        return
    if grid.at("due.on_time") is not None:
        found.add(Problem("statutory_twice"), COLUMN_OUT, column=grid.columns[at[_RECEIVED]].label)
        return
    made = [("done.on_time", _ON_TIME), ("due.on_time", (_RECEIVED,))]
    if _ONLINE in at and grid.at("due.filed_online") is None:
        made += [("done.filed_online", (_ONLINE,)), ("due.filed_online", (_RECEIVED,))]
    heads = {role: grid.columns[i].label for role, i in at.items()}
    width = len(grid.columns)
    for role, parts in made:
        grid.columns.append(Column(len(grid.columns), " + ".join(heads[part] for part in parts), role, True))
    for row in grid.rows:
        row.cells.extend([None] * (width - len(row.cells)))
        row.cells.extend(_summed([grid.cell(row, at[part]) for part in parts]) for _, parts in made)
    grid.width = len(grid.columns)
    found.add(Problem("statutory_read"), READ_SO)


def settled(grid: Grid, found: Findings) -> None:
    """Findings where units received what they neither settled nor have pending, and where some was carried over."""
    at = _places(grid)
    for row in grid.rows if at else ():
        _told_apart(grid, row, at, found)
    if _CARRIED in at and grid.at("due.filed_online") is not None:
        carried = sum(_number(cell) or 0 for cell in grid.cells(at[_CARRIED]))
        if carried:
            found.add(Problem("statutory_carried", n=f"{carried:.0f}"), KEPT, column=grid.columns[at[_CARRIED]].label)
    for i in at.values():
        grid.give(i, COUNTED)


def _places(grid: Grid) -> dict[str, int]:
    return {c.role: c.index for c in grid.columns if c.role.startswith("form.")}


def _told_apart(grid: Grid, row: Row, at: dict[str, int], found: Findings) -> None:
    """A finding where received are not those settled and pending."""
    whole = _number(grid.cell(row, at[_RECEIVED]))
    parts = [_number(grid.cell(row, at[part])) for part in _PARTS if part in at]
    known = [part for part in parts if part is not None]
    if whole is not None and len(known) == len(_PARTS) and whole != sum(known):
        why = Problem("statutory_apart", received=f"{whole:.0f}", parts=f"{sum(known):.0f}")
        found.add(why, COUNTS, row.number, grid.columns[at[_RECEIVED]].label)


def _summed(cells: Sequence[Cell]) -> Cell:
    """The sum of counts; the first cell that is none, for its error to be told; None where one is not reported."""
    if len(cells) == 1:
        return cells[0]
    values = [_number(cell) for cell in cells]
    if all(value is not None for value in values):
        return sum(value for value in values if value is not None)
    wrong = [cell for cell in cells if not numbers.empty(cell) and _number(cell) is None]
    return wrong[0] if wrong else None


def _number(cell: Cell) -> float | None:
    try:
        return None if numbers.empty(cell) else numbers.count(cell)
    except Problem:
        return None if numbers.lost_thousands(cell) is None else float(numbers.lost_thousands(cell) or 0)
