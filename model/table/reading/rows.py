"""A grid's columns and rows on their way to a league: one column for each role, one row for each unit, one level."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from model.rules.edition import Edition
from model.table import units
from model.table.league import folded
from model.table.reading.findings import COLUMN_OUT, KEPT, LEFT, READ_SO, ROW_OUT, Findings
from model.table.reading.grid import Column, Grid, Row
from model.table.reading.headings import IDLE, component_within
from model.table.reading.sheets import Sheet
from model.words import numbers
from model.words.numbers import Cell, Unstored, shown
from model.words.problems import Problem

_TITLE = 1_000  # letters of what stands above a table, in which a component is looked for
BOTH = 22  # points of the decision's group in which online services and payment stand together
_LEVELS = {
    "commune": {"vi": "cấp xã", "en": "commune"},
    "province": {"vi": "cấp tỉnh", "en": "province"},
    "department": {"vi": "sở, ngành", "en": "department"},
    "other": {"vi": "cơ quan", "en": "office"},
}
Near = dict[int, tuple[str, tuple[str, ...]]]  # {row: name in the table, codes it may mean}


def one_column_each(
    grid: Grid, told: Mapping[int, str], edition: Edition, hidden: Collection[int], above: str, found: Findings
) -> None:
    """Every role held by one column: of names the one that tells most units apart, of others the surest, first."""
    _told_apart(grid, told)
    _counts_apart(grid, told)
    _one_name(grid, told, found)
    _of_a_component(grid, told, edition, above, found)
    held = Counter(column.role for column in grid.columns)
    for role in (role for role, n in held.items() if n > 1 and role not in IDLE):
        first, *rest = sorted(
            (column for column in grid.columns if column.role == role),
            key=lambda c: (c.index + 1 not in told, c.index in hidden, not c.sure, _plainness(c)),
        )
        for extra in rest:
            grid.give(extra.index, "none")
            found.add(Problem("column_twice", first=first.label), COLUMN_OUT, column=extra.label)
    for column in grid.columns:
        if column.index in hidden and column.role not in IDLE:
            found.add(Problem("column_hidden"), READ_SO, column=column.label)
        if column.maybe and column.role == "none" and _filled(grid, column.index):
            name = _called(column.maybe, edition)
            found.add(Problem("column_maybe", name=name), COLUMN_OUT, column=column.label)
    said = {finding.column for finding in found}
    idle = [c for c in grid.columns if c.role == "none" and c.index + 1 not in told and c.label not in said]
    unread = [c.label for c in idle if not c.past and _filled(grid, c.index)]
    if unread:
        found.add(Problem("columns_unread", columns=unread), COLUMN_OUT)


def _plainness(column: Column) -> int:
    """Of several columns of codes, that called ID counts last."""
    return column.heading.strip().casefold() in ("id", "department id")


def _called(role: str, edition: Edition) -> object:
    """What a role is called: a component, a criterion, or the score."""
    names = {lever.key: lever.name for lever in edition.levers} | {c.key: c.name for c in edition.criteria}
    names |= {c.key: c.name for c in edition.components}
    return names.get(role.rpartition(".")[2]) or Problem("the_score").both


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


def _of_a_component(grid: Grid, told: Mapping[int, str], edition: Edition, above: str, found: Findings) -> None:
    """A column called total held to be of one component, where its maximum or the title over small figures says so."""
    at, most = grid.at("score"), grid.at("most")
    if at is None or at + 1 in told:
        return
    column = grid.columns[at]
    stated = {value for value in loose(grid, most) if np.isfinite(value)} if most is not None else set[float]()
    limit = stated.pop() if len(stated) == 1 else column.most
    titled = component_within(above[:_TITLE], edition)
    named = [c for c in edition.components if c.key == titled]
    others = any(c.role.startswith("points.") for c in grid.columns)
    if limit is None and named and not others and np.nanmax(loose(grid, at), initial=0) <= named[0].max_points:
        limit = named[0].max_points
    if limit is None or limit >= edition.total or limit <= 0:
        return
    if not any(c.max_points == limit for c in named):
        named = [c for c in edition.components if c.max_points == limit]
    if len(named) == 1 and not others and limit != BOTH:
        grid.give(at, f"points.{named[0].key}", sure=False)
        found.add(Problem("score_of", limit=f"{limit:g}", name=named[0].name), READ_SO, column=column.label)
    else:
        grid.give(at, "none", sure=False)
        found.add(Problem("score_of_other", limit=f"{limit:g}"), COLUMN_OUT, column=column.label)


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
    cells = grid.cells(at)
    plain = numbers.plain_column(cells, "points", np.inf, "")
    if plain is not None:
        return plain
    cells = list(map(numbers.unmarked, cells))
    found = [numbers.plain(cell.split("/")[0] if isinstance(cell, str) else cell) for cell in cells]
    return np.array([np.nan if value is None else value for value in found], dtype=float)


def units_only(grid: Grid, found: Findings) -> None:
    """Only rows that are units: no totals, no notes, none without a name, none twice."""
    first: dict[str, int] = {}
    kept: list[Row] = []
    figures, sections = [column.index for column in grid.figures], _sections(grid)
    for row, name, code in zip(grid.rows, grid.texts("name"), grid.texts("code"), strict=True):
        key = code or units.same_name(name)
        filled = any(_states_figure(grid.cell(row, at)) for at in figures)
        if not code and row.number in sections and units.level_of(name) is None:
            found.add(Problem("row_section", name=name or _first(row)), LEFT, row.number)
        elif not code and (units.is_sum(name) or not name and filled and _says_total(row)):
            found.add(Problem("row_sum", name=name or _first(row)), LEFT, row.number)
        elif not filled and not code and (not name or units.level_of(name) is None):
            found.add(Problem("row_note", text=name or _first(row)), LEFT, row.number)
        elif not name and not code:
            found.add(Problem("row_nameless"), ROW_OUT, row.number)
        elif len(row.cells) > grid.width and any(map(shown, row.cells[grid.width :])) and not row.from_elsewhere:
            found.add(Problem("row_wide"), ROW_OUT, row.number)
        elif key in first:
            found.add(Problem("row_twice", name=name or code, row=first[key]), ROW_OUT, row.number)
        else:
            first[key] = row.number
            kept.append(row)
    grid.rows = kept


def _sections(grid: Grid) -> set[int]:
    """Rows numbered I, II or A, B where most are numbered 1, 2: those of branches, which sum up what follows."""
    at = grid.at("row")
    if at is None:
        return set()
    texts = {row.number: shown(grid.cell(row, at)).strip(" .()") for row in grid.rows}
    counted = sum(text.isdecimal() for text in texts.values())
    lettered = {number for number, text in texts.items() if re.fullmatch("[IVX]{1,5}|[A-H]", text)}
    return lettered if counted >= len(lettered) else set()


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
    texts = [" ".join(shown(cell).split()) for cell in grid.cells(at)] if at is not None else [""] * len(grid.rows)
    meant = [
        units.level_of(re.sub(r"^cấp\s+|^UBND\s+cấp\s+", "", text, flags=re.IGNORECASE) + " –") or folded(text)
        if text
        else units.level_of(name) or ""
        for text, name in zip(texts, grid.texts("name"), strict=True)
    ]
    words: dict[str, Counter[str]] = {}
    for text, level in zip(texts, meant, strict=True):
        words.setdefault(level, Counter())[text or level] += bool(text)
    used_most = {level: counted.most_common(1)[0][0] for level, counted in words.items()}
    return [used_most[level] for level in meant]


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
    codes = [told.get(row.number) or code for row, code in zip(grid.rows, grid.texts("code"), strict=True)]
    names = grid.texts("name")
    match = units.matched(codes, names, [] if asked == "-" else lists, asked, sure)
    official = next((listed.names for listed in lists if listed.key == match.listed), {})
    near: Near = {}
    first: dict[str, int] = {}
    kept: list[Row] = []
    for i, (row, name, code) in enumerate(zip(grid.rows, names, match.codes, strict=True)):
        if code in first:
            found.add(Problem("row_twice", name=name or code, row=first[code]), ROW_OUT, row.number)
            continue
        if i in match.read_as:
            found.add(Problem("unit_read_as", name=name, official=match.read_as[i]), READ_SO, row.number)
        if i in match.other_name:
            why = Problem("unit_other", name=name, unit=code, official=match.other_name[i])
            found.add(why, KEPT, row.number)
        if i in match.by_name:
            why = Problem("unit_by_name", unit=codes[i], official=match.by_name[i], known=code)
            found.add(why, READ_SO, row.number)
        if i in match.other_name:
            near[row.number] = name, tuple(match.near[i])
        elif close := match.near.get(i):
            near[row.number] = name, tuple(close)
            found.add(Problem("unit_near", name=name, near=[official[c] for c in close]), KEPT, row.number)
        elif i in match.near:
            found.add(Problem("unit_unlisted", name=name or code), KEPT, row.number)
        first[code] = row.number
        said = name if i in match.other_name and row.number not in told else official.get(code)
        kept.append(Row(row.number, row.cells, (code, said or name or code), row.from_elsewhere))
    grid.rows = kept
    return match.listed, near
