"""Sheets that list one unit's criteria, a row each: turned into one row of a table of units, or added to one."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from model.rules.edition import Edition
from model.table import units
from model.table.league import folded
from model.table.reading.findings import KEPT, LEFT, Findings
from model.table.reading.grid import Column, Grid, Row
from model.table.reading.headings import Header, component_of, criterion_of
from model.table.reading.sheets import Opened, Sheet
from model.words import numbers
from model.words.numbers import Cell, Share, shown
from model.words.problems import Problem

Found = dict[str, tuple[Cell, int, str]]  # {role: cell, row, heading}
_UNIT = re.compile(r"\s*(?:tên\s+)?(?:đơn vị|unit|xã, phường|cơ quan)\s*[:：]\s*(.+)", re.IGNORECASE)


def table(file: Opened, sheets: Mapping[str, Header], edition: Edition, notes: Findings) -> Grid:
    """The table of the units that the file's sheets of criteria are about."""
    units_found = [
        (sheet, name, found)
        for sheet in file.sheets
        if sheet.name in sheets
        for name, found in _units(sheet, sheets[sheet.name], file, edition, notes)
    ]
    roles = list(dict.fromkeys(role for _, _, found in units_found for role in found))
    heads = [Column(0, "", "name", True)]
    for i, role in enumerate(roles, start=1):
        heading = next(found[role][2] for _, _, found in units_found if role in found)
        heads.append(Column(i, heading, role, True))
    rows = []
    for number, (sheet, name, found) in enumerate(units_found, start=1):
        places = {i: (sheet.name, *found[role][1:]) for i, role in enumerate(roles, start=1) if role in found}
        rows.append(
            Row(number, [name, *(found[role][0] if role in found else None for role in roles)], ("", ""), places)
        )
    return Grid(units_found[0][0].name if units_found else "", heads, rows)


def join(grid: Grid, file: Opened, sheets: Mapping[str, Header], edition: Edition, notes: Findings) -> None:
    """The counts and rates of sheets of criteria added to their units' rows, where the table itself has none."""
    of_criteria = [sheet for sheet in file.sheets if sheet.name in sheets]
    at = {units.same_name(grid.name(row)): row for row in grid.rows} if of_criteria else {}
    for sheet in of_criteria:
        for name, found in _units(sheet, sheets[sheet.name], file, edition, notes):
            row = at.get(units.same_name(name))
            if row is None:
                notes.add(Problem("detail_unit", name=name), LEFT, sheet=sheet.name)
                continue
            notes.add(Problem("detail_joined", name=name), KEPT, sheet=sheet.name)
            for role, (cell, number, heading) in found.items():
                if not role.startswith("points.") and role != "score":
                    _put(grid, row, role, cell, (sheet.name, number, heading))


def _put(grid: Grid, row: Row, role: str, cell: Cell, place: tuple[str, int, str]) -> None:
    i = grid.at(role)
    if i is None:
        i = len(grid.columns)
        grid.columns.append(Column(i, place[2], role, True))
    if numbers.empty(grid.cell(row, i)):
        row.cells.extend([None] * (i + 1 - len(row.cells)))
        row.cells[i] = cell
        if isinstance(row.from_elsewhere, dict):
            row.from_elsewhere[i] = place


def _units(sheet: Sheet, found: Header, file: Opened, edition: Edition, notes: Findings) -> list[tuple[str, Found]]:
    """The units that one sheet is about: one, named in its title, or those of its column of names."""
    roles = {h.role: i for i, h in reversed(list(enumerate(found.headings)))}
    first = found.first + found.height
    by_unit: dict[str, list[tuple[int, list[Cell]]]] = {}
    name = _named(sheet, found, file)
    for number, cells in enumerate(sheet.rows[first:], start=first + 1):
        if "name" in roles and (own := shown(_cell(cells, roles["name"]))):
            name = own
        by_unit.setdefault(name, []).append((number, list(cells)))
    if "rate" in roles:
        _as_shares(by_unit.values(), roles["rate"], found.headings[roles["rate"]].text)
    return [(unit, _read(sheet, rows, roles, found, edition, notes)) for unit, rows in by_unit.items()]


def _as_shares(units_found: Iterable[list[tuple[int, list[Cell]]]], at: int, heading: str) -> None:
    """Bare rates as fractions, where the whole column tells what they are in; single ones would not."""
    cells = [row for rows in units_found for _, row in rows if at < len(row)]
    unit = numbers.rate_unit([row[at] for row in cells], heading)
    for row in cells if unit else ():
        value = numbers.plain(row[at])
        if value is not None and not isinstance(row[at], Share):
            row[at] = Share(value / 100 if unit == "percent" else value)


def _named(sheet: Sheet, found: Header, file: Opened) -> str:
    """The unit a sheet is about: said above its header, or a unit's name there, or the sheet's or the file's name."""
    above = [shown(cell) for row in sheet.rows[: found.first] for cell in row if shown(cell)]
    said = next((m[1] for text in above if (m := _UNIT.match(text))), None)
    said = said or next((text for text in above if units.level_of(text) is not None), None)
    said = said or (sheet.name if units.level_of(sheet.name) is not None else None)
    return " ".join((said or sheet.name or PurePath(file.name).stem).split())


def _read(
    sheet: Sheet,
    rows: list[tuple[int, list[Cell]]],
    roles: dict[str, int],
    found: Header,
    edition: Edition,
    notes: Findings,
) -> Found:
    """What a unit's rows state, by role in a table of units."""
    stated: Found = {}
    earned: dict[str, float] = {}
    for number, cells in rows:
        texts = [shown(_cell(cells, roles[role])) for role in ("criterion", "group") if role in roles]
        codes = [shown(_cell(cells, roles["code"]))] if "code" in roles else []
        key = next((key for text in (*texts[:1], *codes) if (key := criterion_of(text, edition))), None)
        named = next((text for text in texts if text), "")  # a group beside a name is no row of the group's points
        part = None if key else component_of(named, edition)
        total = any(folded(text).startswith("tong") for text in (*texts, *map(shown, cells[:2])))
        if key is not None:
            for what in ("done", "due", "rate"):
                if what in roles and not numbers.empty(_cell(cells, roles[what])):
                    heading = f"{found.headings[roles[what]].text} {key}"
                    stated[f"{what}.{key}"] = (_cell(cells, roles[what]), number, heading)
            _earn(earned, key, cells, roles, edition)
        elif (part or total) and "points" in roles and not numbers.empty(_cell(cells, roles["points"])):
            role = f"points.{part}" if part else "score"
            stated.setdefault(role, (_cell(cells, roles["points"]), number, found.headings[roles["points"]].text))
        elif any(shown(cell) for cell in cells):
            text = next((t for t in texts if t), None) or next(shown(c) for c in cells if shown(c))
            notes.add(Problem("detail_row", text=text), LEFT, number, sheet=sheet.name)
    for component in edition.components:
        own = [c.key for c in edition.criteria if c.component == component.key]
        if f"points.{component.key}" not in stated and all(key in earned for key in own):
            points = round(sum(earned[key] for key in own), 2)
            stated[f"points.{component.key}"] = (points, 0, found.headings[roles["points"]].text)
    return stated


def _earn(earned: dict[str, float], key: str, cells: list[Cell], roles: dict[str, int], edition: Edition) -> None:
    """A criterion's printed points, where it is one that has any."""
    at, known = roles.get("points"), key in edition.criterion_index
    if at is None or not known or numbers.empty(_cell(cells, at)):
        return
    try:
        earned[key] = numbers.points(_cell(cells, at), edition.criteria[edition.criterion_index[key]].max_points)
    except Problem:
        return  # points of a criterion are only added up; what its component earns is then left to the formula


def _cell(cells: list[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else None
