"""A table of units between its sheet and its numbers: columns with what they hold, rows with where they stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from model.table.league import folded
from model.table.reading.headings import Header, Heading, is_figure, is_maxima, is_numbering
from model.table.reading.sheets import Sheet
from model.words.numbers import Cell, shown


@dataclass(frozen=True)
class Column:
    """A column (0-based), its heading, and what it is taken to hold; `unit` is what bare rates are in."""

    index: int
    heading: str
    role: str
    sure: bool
    most: float | None = None
    unit: str = ""
    period: str = ""  # that the heading speaks of
    past: str = ""  # what it holds of an earlier table beside the latest
    maybe: str = ""  # what it would hold if its heading did not say more

    @property
    def label(self) -> str:
        """Its heading, or the letters that a spreadsheet names it by."""
        return self.heading or letters(self.index)


@dataclass(frozen=True)
class Row:
    """A row of figures, numbered as a spreadsheet does; `unit` is the code and name it was matched to."""

    number: int
    cells: list[Cell]
    unit: tuple[str, str] = ("", "")
    from_elsewhere: Mapping[int, tuple[str, int, str]] = field(default_factory=dict)  # {column: sheet, row, heading}


class Grid:
    """Columns and rows; `cell` is None beyond a row's end."""

    def __init__(self, sheet: str, columns: list[Column], rows: list[Row]) -> None:
        self.sheet, self.columns, self.rows = sheet, columns, rows
        self.width = len(columns)

    @classmethod
    def of(cls, sheet: Sheet, found: Header | None, told: Mapping[int, str]) -> "Grid":
        """A sheet's table under its header, roles as told where told (from column 1); all of the sheet without one."""
        first = found.first + found.height if found else 0
        width = max((len(row) for row in sheet.rows[found.first : first]), default=0) if found else 0
        below = sheet.rows[first:] if sheet.name or not found else []  # in a text, more cells are a comma too many
        width = max([width, *told, *map(len, below)])
        given = dict(enumerate(found.headings)) if found else {}
        columns = []
        for i in range(width):
            h = given.get(i, Heading(""))
            given_role = told.get(i + 1)
            past, maybe = ("", "") if given_role else (h.past, h.maybe)
            sure = h.sure or given_role is not None
            columns.append(
                Column(i, h.text, given_role or h.role, sure, h.most, period=h.period, past=past, maybe=maybe)
            )
        last = [folded(shown(cell)) for cell in sheet.rows[first - 1]] if found else []
        body = [
            Row(number, list(cells))
            for number, cells in enumerate(sheet.rows[first:], start=first + 1)
            if cells and not (found and _is_header(cells, number - first, last))
        ]
        return cls(sheet.name, columns, body)

    def of_period(self, period: str) -> "Grid":
        """The same units with what an earlier period beside the latest says of them."""
        columns = [
            replace(c, role=c.past if c.period == period and c.past else "none" if is_figure(c.role) else c.role)
            for c in self.columns
        ]
        return Grid(self.sheet, columns, list(self.rows))

    def of_rows(self, kept: list[Row]) -> "Grid":
        """The same columns with some of the rows."""
        return Grid(self.sheet, list(self.columns), kept)

    @property
    def figures(self) -> list[Column]:
        """Columns of points, counts and rates."""
        return [c for c in self.columns if is_figure(c.role)]

    def at(self, role: str) -> int | None:
        """The first column of a role."""
        return next((c.index for c in self.columns if c.role == role), None)

    def give(self, at: int, role: str, sure: bool = True, unit: str = "") -> None:
        """A column held to be of another role."""
        self.columns[at] = replace(self.columns[at], role=role, sure=sure, unit=unit)

    def cell(self, row: Row, at: int) -> Cell:
        """What a row has in a column."""
        return row.cells[at] if at < len(row.cells) else None

    def cells(self, at: int) -> list[Cell]:
        """A column from top to bottom."""
        try:
            return [row.cells[at] for row in self.rows]
        except IndexError:  # rows that end early
            return [row.cells[at] if at < len(row.cells) else None for row in self.rows]

    def name(self, row: Row) -> str:
        """The name of the unit that a row is of."""
        return self._text(row, "name")

    def code(self, row: Row) -> str:
        """The code of the unit that a row is of; the empty text where it has none."""
        return self._text(row, "code")

    def texts(self, role: str) -> list[str]:
        """What every row has in the column of a role, as `name` and `code` do."""
        at = self.at(role)
        return (
            [" ".join(shown(cell).split())[:200] for cell in self.cells(at)]
            if at is not None
            else [""] * len(self.rows)
        )

    def place(self, row: Row, at: int) -> tuple[str, int, str]:
        """Where a figure stood: sheet, row, heading."""
        return row.from_elsewhere.get(at, (self.sheet, row.number, self.columns[at].label))

    def _text(self, row: Row, role: str) -> str:
        at = self.at(role)
        cell = self.cell(row, at) if at is not None else None
        return " ".join(shown(cell).split())[:200]


def letters(at: int) -> str:
    """What a spreadsheet calls a column (0-based): A, B … Z, AA."""
    return (letters(at // 26 - 1) if at > 25 else "") + chr(65 + at % 26)


def _is_header(cells: list[Cell], nth: int, last: list[str]) -> bool:
    """Whether a row under a header numbers its columns, says their maxima, or repeats it atop a printed page."""
    if nth < 3 and (is_numbering(cells) or is_maxima(cells)):
        return True
    if len(cells) != len(last) or not last or shown(cells[-1])[:1].isdecimal() != last[-1][:1].isdecimal():
        return False
    return all(folded(shown(a)) == b for a, b in zip(reversed(cells), reversed(last), strict=True))
