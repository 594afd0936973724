"""Findings: what was doubtful in a table, where it stood, and what was done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from model.words.problems import Problem

KEPT = Problem("done_kept")
LEFT = Problem("done_left")
ROW_OUT = Problem("done_row_out")
CELL_OUT = Problem("done_cell_out")
COLUMN_OUT = Problem("done_column_out")
READ_SO = Problem("done_read_so")
ASKED = Problem("done_asked")
COUNTS = Problem("done_counts")
HELD = Problem("done_held")
RANKED = Problem("done_ranked")
PAST = Problem("done_past")
UNKNOWN = Problem("done_unknown")
HELD_WHOLE = Problem("done_held_whole")


@dataclass(frozen=True)
class Finding:
    """Something doubtful: where, why, what was done. Rows count as a spreadsheet does; 0 where it is no one row."""

    sheet: str
    row: int
    column: str
    why: Problem
    done: Problem

    @property
    def stops(self) -> bool:
        """Whether a row of figures was left out for it."""
        return self.done is ROW_OUT

    def text(self, language: str) -> str:
        """The finding as one line."""
        place = [
            Problem("place_sheet", sheet=self.sheet).text(language) if self.sheet else "",
            Problem("place_row", row=self.row).text(language) if self.row else "",
            Problem("place_column", column=self.column).text(language) if self.column else "",
        ]
        said = f"{self.why.text(language)} {self.done.text(language)}"
        return ": ".join(filter(None, (", ".join(filter(None, place)), said)))


class Findings(list[Finding]):
    """The findings of one reading, of `sheet` where no other is named."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.sheet = sheet

    def add(self, why: Problem, done: Problem, row: int = 0, column: str = "", sheet: str | None = None) -> None:
        """One more."""
        why.__traceback__ = why.__context__ = None  # which would keep the frames it was raised in
        self.append(Finding(self.sheet if sheet is None else sheet, row, column, why, done))


def said(findings: Iterable[Finding], language: str, most: int = 20) -> list[str]:
    """Findings as lines, of each kind at most so many and the rest counted."""
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.why.code, []).append(finding)
    return list(chain.from_iterable(_lines(same, language, most) for same in kinds.values()))


def _lines(same: list[Finding], language: str, most: int) -> list[str]:
    more = [Problem("and_more", n=len(same) - most).text(language)] if len(same) > most else []
    return [finding.text(language) for finding in same[:most]] + more
