"""A plan's file: a workbook that people read, print and edit, and that reads back to the same plan.

The rates and counts that a line started from stand in the sheet `about`, so that a cell which somebody has changed is
told from one that only follows another. What can't be read is named by its cell and kept as it was written.
"""

import io
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from model.plan.action import TAKES, ActionPlan, Line, tidy
from model.rules.edition import Edition
from model.rules.files import title
from model.table.league import folded
from model.table.reading.grid import letters
from model.table.reading.limits import weighed
from model.table.reading.sheets import BYTES
from model.table.reading.workbook import Book, Rows
from model.table.writing import ABOUT, about_of, dotted, put, quoted, saved, spilt
from model.words.numbers import Cell, Share, plain_count, plain_day, plain_number, plain_percent, shown
from model.words.problems import LANGUAGES, Problem
from model.words.texts import Words, words

COLUMNS = ("no", "name", "before", "target", "more", "week", "owner", "beside", "by", "note", "take", "key")
_WIDTHS = (6, 36, 10, 10, 11, 9, 18, 18, 12, 24, 9, 22)
_TEXTS = ("owner", "beside", "note")
_STATED = ("edition", "league", "unit", "unit_name", "level", "period")
_DAYS = ("figures", "today", "by")
_EPOCH = date(1899, 12, 30)
_DATE, _LEAST_HEADINGS = "dd/mm/yyyy", 3
_SLIGHT = 1e-12


def written(plan: ActionPlan, edition: Edition, above: list[str], t: Words) -> bytes:
    """The plan as an .xlsx in a language: lines of text above, the table, how to edit it, and the facts behind it."""
    from openpyxl import Workbook  # heavy: only for who saves a workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    sheet = book.active
    sheet.title = t("action.sheet")
    for row, text in enumerate([t("action.title"), *above], start=1):
        put(sheet, row, 1, text)
    head = len(above) + 3
    for at, key in enumerate(COLUMNS, start=1):
        put(sheet, head, at, t(f"action.{key}"), heading=True)
    for row, line in enumerate(plan.lines, start=1):
        for at, key in enumerate(COLUMNS, start=1):
            value = line.unread.get(key, row if key == "no" else _cell(plan, line, key, edition, t))
            put(sheet, head + row, at, value, _form(line, key, edition, value))
    _set_out(sheet, head, plan, t)
    guide = book.create_sheet(t("action.guide_sheet"))
    for row, text in enumerate(t("action.guide").splitlines(), start=1):
        put(guide, row, 1, text)
        guide.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    guide.column_dimensions["A"].width = 85
    return saved(book, ("# key", "value"), [(key, *spilt(quoted(value))) for key, value in _facts(plan)])


def read(data: bytes, name: str, edition: Edition) -> tuple[ActionPlan, list[Problem]]:
    """The plan in a workbook and what in it could not be read, each by its cell; raises Problem for any other file."""
    pages = _pages(data, name)
    facts = _told(pages.pop(ABOUT, Rows()))
    found = ((rows, head) for rows in pages.values() if (head := _head(rows)) is not None)
    rows, head = next(found, (Rows(), -1))
    if head < 0:
        raise Problem("action_no_table", file=name)
    return _Reader(edition, facts, rows, head).plan()


class _Reader:
    """A table of lines read against the facts behind it."""

    def __init__(self, edition: Edition, facts: Mapping[str, Any], rows: Rows, head: int) -> None:
        self.edition, self.facts, self.rows, self.head = edition, facts, rows, head
        self.columns = dict(_columns(rows.cells[head]))
        self.problems: list[Problem] = []

    def plan(self) -> tuple[ActionPlan, list[Problem]]:
        stated: dict[str, Any] = {key: str(self.facts.get(key, "")) for key in _STATED}
        stated |= {key: plain_day(str(self.facts.get(key, ""))) for key in _DAYS}
        stated["rank"] = plain_count(str(self.facts.get("rank", "")))
        stated["score"] = plain_number(str(self.facts.get("score", "")))
        if not stated["unit"]:
            self._say(Problem("action_no_facts", sheet=ABOUT))
        elif stated["edition"] != self.edition.key:
            self._say(Problem("action_edition", one=title(stated["edition"]), other=self.edition.title))
        if unread := [shown(self.rows.cells[self.head][at]) for at in self._others()]:
            self._say(Problem("action_columns", columns=unread))
        empty = ActionPlan(**stated)
        lines: list[Line] = []
        for row in sorted(row for row in self.rows.cells if row > self.head):
            if any(shown(cell).strip() for at, cell in self.rows.cells[row].items() if at != self.columns.get("no")):
                lines.append(self._line(empty, row, {line.key for line in lines}))
        return replace(empty, lines=tuple(lines)), self.problems

    def _line(self, plan: ActionPlan, row: int, before: set[str]) -> Line:
        key = tidy(shown(self._at(row, "key")))
        known = key in self.edition.lever_index or key in self.edition.component_index
        if key and not known:
            self._say(Problem("action_key", **self._place(row, "key")))
        elif key in before and key:
            self._say(Problem("action_twice", **self._place(row, "key")))
        was = self._was(plan, key) if known and key not in before else Line()
        texts: dict[str, Any] = {field: tidy(shown(self._at(row, field))) for field in _TEXTS}
        name = tidy(shown(self._at(row, "name")))
        own = {tidy(text) for text in _names(self.edition, was.key).values()}
        texts["note"] = "; ".join(filter(None, [texts["note"], *self._kept(row)]))
        unread: dict[str, str] = {} if was.key or not key else {"key": key}
        take, until = self._taken(row, unread), self._until(row, unread)
        line = replace(was, name="" if name in own else name, **texts, take=take, by=until, unread=unread)
        return self._figures(plan, was, line, row) if was.key else self._own(line, row)

    def _own(self, line: Line, row: int) -> Line:
        """A task of one's own words: whatever stands where a lever has figures is kept as it stands."""
        texts = {field: tidy(shown(self._at(row, field))) for field in ("before", "target", "more", "week")}
        return replace(line, unread={**line.unread, **{key: text for key, text in texts.items() if text}})

    def _figures(self, plan: ActionPlan, was: Line, line: Line, row: int) -> Line:
        """The line with its target as it was edited: in its own cell, or else by the number of things."""
        target, text = _number(self._at(row, "target"), was.key in self.edition.component_index)
        limit = 1.0
        if was.key in self.edition.component_index:
            limit = self.edition.components[self.edition.component_index[was.key]].max_points
        if text or (target is not None and not 0 <= target <= limit):
            self._say(Problem("action_target", **self._place(row, "target")))
            shown_text = text or tidy(shown(self._at(row, "target")))
            return replace(line, target=None, unread={**line.unread, "target": shown_text})
        line = replace(line, target=was.target if _same(target, was.target) else target)
        more = shown(self._at(row, "more")).strip()
        if line.target == was.target and more and more != _text(was.more):
            line = self._by_things(line, more, row)
        else:
            self._follows("more", more, (was.more, line.more), row)
        self._follows("week", shown(self._at(row, "week")).strip(), (plan.per_week(was), plan.per_week(line)), row)
        now, odd = _number(self._at(row, "before"), was.key in self.edition.component_index)
        if odd or not _same(now, was.before):
            self._say(Problem("action_now", **self._place(row, "before")))
        return line

    def _by_things(self, line: Line, text: str, row: int) -> Line:
        """The line whose number of things was edited, its target following."""
        less = text[:1] in "-−"
        count = plain_count(text[1:] if less else text)
        done = None if count is None or line.start is None else line.start + (-count if less else count)
        if done is None or line.due is None or not 0 <= done <= line.due:
            most = None if line.start is None or line.due is None else line.due - line.start
            place = self._place(row, "more")
            self._say(Problem("action_no_counts" if most is None else "action_more", **place, most=most))
            return replace(line, unread={**line.unread, "more": tidy(text)})
        return replace(line, target=done / line.due)

    def _follows(self, field: str, text: str, numbers: tuple[int | None, int | None], row: int) -> None:
        """A finding where a cell that only follows the target was edited."""
        if text and text not in map(_text, numbers):
            now = _text(numbers[1]) or "–"
            self._say(Problem("action_follows", **self._place(row, field), now=now))

    def _taken(self, row: int, unread: dict[str, str]) -> str:
        text = tidy(shown(self._at(row, "take")))
        if not text or folded(text) in _takes():
            return _takes().get(folded(text), "yes")
        self._say(Problem("action_take", **self._place(row, "take")))
        unread["take"] = text
        return "maybe"

    def _until(self, row: int, unread: dict[str, str]) -> date | None:
        cell = self._at(row, "by")
        day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else plain_day(shown(cell))
        if day is None and (text := tidy(shown(cell))):
            self._say(Problem("action_day", **self._place(row, "by")))
            unread["by"] = text
        return day

    def _was(self, plan: ActionPlan, key: str) -> Line:
        """The line that was written under a key, as far as its facts tell."""
        facts = self.facts.get("lines", {}).get(key, {})
        figures: dict[str, Any] = {name: plain_number(str(facts.get(name, ""))) for name in ("before", "target")}
        figures |= {name: plain_count(str(facts.get(name, ""))) for name in ("due", "start")}
        return Line(key=key, by=plain_day(str(facts.get("until", ""))), **figures)

    def _kept(self, row: int) -> Iterator[str]:
        """What stands in columns that a plan has not."""
        for at in self._others():
            if text := tidy(shown(self.rows.cells[row].get(at))):
                yield f"{tidy(shown(self.rows.cells[self.head][at]))}: {text}"

    def _others(self) -> list[int]:
        heads = self.rows.cells[self.head]
        return [at for at, cell in heads.items() if at not in self.columns.values() and shown(cell).strip()]

    def _at(self, row: int, field: str) -> Cell:
        return self.rows.cells[row].get(self.columns[field]) if field in self.columns else None

    def _place(self, row: int, field: str) -> dict[str, object]:
        return {"cell": f"{letters(self.columns[field])}{row + 1}", "value": shown(self._at(row, field))}

    def _say(self, problem: Problem) -> None:
        self.problems.append(problem)


def _pages(data: bytes, name: str) -> dict[str, Rows]:
    """What each sheet of a workbook holds, by name; raises Problem."""
    if len(data) > BYTES:
        raise Problem("file_large", file=name, size=f"{len(data) / 2**20:.0f}", limit=BYTES // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = Book(weighed(archive, name))
        return {page.name: book.rows(page) for page in book.pages}
    except Problem:
        raise
    except Exception as error:  # a damaged workbook fails in many ways
        raise Problem("file_broken", file=name, error=type(error).__name__) from None


def _told(rows: Rows) -> Mapping[str, Any]:
    """The facts of the sheet `about`; nothing where they can't be read."""
    cells = [[row[at] for at in sorted(row)] for _, row in sorted(rows.cells.items())]
    try:
        return tomllib.loads(about_of([[shown(cell) for cell in row] for row in cells]))
    except (ValueError, RecursionError):
        return {}


def _head(rows: Rows) -> int | None:
    """The row of the headings; None where there is none."""
    heads = (row for row, cells in sorted(rows.cells.items()) if len(dict(_columns(cells))) >= _LEAST_HEADINGS)
    return next((row for row in heads if "name" in dict(_columns(rows.cells[row]))), None)


def _columns(cells: Mapping[int, Cell]) -> Iterator[tuple[str, int]]:
    """(field, column) of what is headed so in any language; a repeated heading counts where it stands first."""
    said = {folded(words(language)(f"action.{key}")): key for language in LANGUAGES for key in COLUMNS}
    for at in sorted(cells, reverse=True):
        if (key := said.get(folded(shown(cells[at]).strip()))) is not None:
            yield key, at


def _takes() -> dict[str, str]:
    """{what a cell says in any language: whether the line is to be done}."""
    return {folded(words(language)(f"action.take_{take}")): take for language in LANGUAGES for take in TAKES}


def _facts(plan: ActionPlan) -> Iterator[tuple[str, str]]:
    """Everything of a plan that its table does not tell: dotted keys and texts."""
    yield from ((key, getattr(plan, key)) for key in _STATED)
    yield from ((key, getattr(plan, key).isoformat()) for key in _DAYS if getattr(plan, key) is not None)
    yield from ((key, repr(getattr(plan, key))) for key in ("rank", "score") if getattr(plan, key) is not None)
    for line in plan.lines:
        if line.key:
            told = {"before": line.before, "target": line.target, "due": line.due, "start": line.start}
            told["until"] = None if line.by is None else line.by.isoformat()  # type: ignore[assignment]
            yield from ((dotted("lines", line.key, k), f"{v}") for k, v in told.items() if v is not None)


def _cell(plan: ActionPlan, line: Line, key: str, edition: Edition, t: Words) -> str | int | float:
    """What stands in a cell of the table, "" for nothing."""
    if key == "name":
        return line.name or (_names(edition, line.key).get(t.language, ""))
    if key == "take":
        return t(f"action.take_{line.take}")
    if key == "by":
        return "" if line.by is None else (line.by - _EPOCH).days
    value = plan.per_week(line) if key == "week" else getattr(line, key)
    return "" if value is None else value


def _form(line: Line, key: str, edition: Edition, value: object) -> str:
    """The form of a cell's number."""
    if isinstance(value, str):
        return "@"
    if key in ("before", "target"):
        return "0.00" if line.key in edition.component_index else "0.00%"
    return _DATE if key == "by" else "#,##0"


def _names(edition: Edition, key: str) -> Mapping[str, str]:
    """The name of a lever or a component in every language; nothing for a task of one's own."""
    if key in edition.lever_index:
        return edition.levers[edition.lever_index[key]].name
    return edition.components[edition.component_index[key]].name if key in edition.component_index else {}


def _number(cell: Cell, points: bool) -> tuple[float | None, str]:
    """The rate or the points that a cell states, or else its text; both nothing where it is empty."""
    text = tidy(shown(cell))
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return (cell if points or isinstance(cell, Share) or cell <= 1 else cell / 100) + 0.0, ""
    if not text:
        return None, ""
    value = plain_percent(text) if text.endswith("%") and not points else plain_number(text)
    if value is None:
        return None, text
    return (value if points or text.endswith("%") or value <= 1 else value / 100), ""


def _same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and abs(one - other) <= _SLIGHT)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _set_out(sheet: Any, head: int, plan: ActionPlan, t: Words) -> None:
    """Widths, borders, a landscape page, repeated headings, and what may be chosen."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    line, last = Side(style="thin", color="999999"), head + len(plan.lines)
    grey, red = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="FFD9D9")
    for at, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[letters(at - 1)].width = width
        for row in range(head, last + 1):
            cell = sheet.cell(row, at)
            cell.border = Border(line, line, line, line)
            middle = COLUMNS[at - 1] not in ("name", *_TEXTS, "key")
            side = "center" if row == head else "right" if middle else "left"
            cell.alignment = Alignment(wrap_text=True, vertical="center" if row == head else "top", horizontal=side)
            wrong = row > head and COLUMNS[at - 1] in plan.lines[row - head - 1].unread
            if row == head or wrong:
                cell.fill = red if wrong else grey
    sheet["A1"].font = Font(bold=True, size=14)
    choices = DataValidation(type="list", formula1=f'"{",".join(t(f"action.take_{take}") for take in TAKES)}"')
    choices.add(f"{letters(COLUMNS.index('take'))}{head + 1}:{letters(COLUMNS.index('take'))}{last + 100}")
    sheet.add_data_validation(choices)
    sheet.freeze_panes = sheet.cell(head + 1, 3)
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 9, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = f"A1:{letters(COLUMNS.index('take'))}{last}"
    sheet.print_title_rows = f"{head}:{head}"
