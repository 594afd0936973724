"""Rows of separated text: commas, semicolons, tabs or bars; a quote that is never closed swallows no row."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

MARKS = "\t;,|"
_SAMPLE = 200  # lines by which the separator is told
_JOINED = 40  # lines that one quoted cell may go over
_LINE = re.compile(r"\r*\n|\r")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+\|?\s*")  # under the header of a table in Markdown


def rows(text: str) -> Iterator[tuple[list[str], bool]]:
    """Cells of each row, numbered as a spreadsheet does, and whether a quote in it was never closed."""
    lines = _lines(text.lstrip("\ufeff"))
    stated = re.fullmatch(r'"?sep=(.)"?\s*', lines[0])  # Excel's own way of saying so
    mark = stated[1] if stated else separator(lines)
    if stated:
        lines[0] = ""
    if mark == "|":
        lines = [_unbarred(line) for line in lines]
    if not any('"' in line for line in lines):
        yield from ((line.split(mark) if line else [], False) for line in lines)
        return
    width = _usual([len(cells) for cells, _ in _rows(lines[:_SAMPLE], mark, 0)])
    yield from _rows(lines, mark, width)


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        return _LINE.split(text)
    return text.split("\n") if "\n" in text else re.split("[\u2028\u2029\x85]", text)


def separator(lines: list[str]) -> str:
    """The mark that cuts lines into most columns of even number."""
    sample = [line[:10_000] for line in lines[:_SAMPLE] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        cells = (_fields(line, mark) or line.split(mark) for line in sample)
        widths = Counter(len(found) for found in cells if len(found) > 1)  # a title has one cell whatever the separator
        usual = max(widths, key=lambda width: (widths[width], width), default=1)
        return widths[usual], usual

    return max(MARKS, key=evenness)


def _rows(lines: list[str], mark: str, width: int) -> Iterator[tuple[list[str], bool]]:
    at = 0
    while at < len(lines):
        cells, n, whole = _row(lines, at, mark, width)
        yield cells, not whole
        at += n


def _row(lines: list[str], at: int, mark: str, width: int) -> tuple[list[str], int, bool]:
    """Cells of the row that begins in a line, over how many lines it goes, and whether its quotes were closed.

    What a quote would swallow is rows of their own where they are as wide as rows are.
    """
    line = lines[at]
    cells = _fields(line, mark)
    if cells is not None and any(cell[-1:] == '"' and cell.count('"') == 1 for cell in cells):
        return [cell.removesuffix('"') for cell in cells], 1, False  # what was opened lines above
    if cells is not None and (len(cells) == width or not width or line.count(mark) + 1 != width):
        return cells, 1, True
    for n in range(2, min(_JOINED, len(lines) - at) + 1 if cells is None else 0):
        if lines[at + n - 1].count(mark) + 1 == width > 1:
            break
        if '"' in lines[at + n - 1] and (joined := _fields("\n".join(lines[at : at + n]), mark)) is not None:
            return joined, n, True
    return [cell.replace('"', "") for cell in line.split(mark)], 1, False


def _fields(line: str, mark: str) -> list[str] | None:
    """Cells of a line or lines, quoted ones without their quotes; None where a quote is not closed behind a cell."""
    if '"' not in line:
        return line.split(mark) if line else []
    quoted, found, at = _quoted(mark), list[str](), 0
    while at <= len(line):
        if (cell := quoted.match(line, at)) is not None:
            found.append(cell[1].replace('""', '"'))
            at = cell.end() + 1
            continue
        end = line.find(mark, at)
        end = len(line) if end < 0 else end
        text = line[at:end]
        if text.lstrip(" ").startswith('"') or "\n" in text:
            return None
        found.append(text)
        at = end + 1
    return found


@cache
def _quoted(mark: str) -> re.Pattern[str]:
    return re.compile(rf' *"((?:[^"]|"")*)" *(?={re.escape(mark)}|\Z)')


def _usual(widths: list[int]) -> int:
    several = Counter(width for width in widths if width > 1)
    return max(several, key=lambda width: (several[width], width), default=1)


def _unbarred(line: str) -> str:
    """A line of a table drawn with bars, without those at its ends and the marks of bold letters."""
    if _RULE.fullmatch(line.strip()):
        return ""
    bare = line.strip().removeprefix("|").removesuffix("|")
    return bare.replace("**", "")
