"""Files people have, opened into sheets of cells: workbooks, CSV in its encodings, pasted text, JSON, our own zip.

Nothing is evaluated, executed or fetched: of a formula the stored result is read. What is too large, encrypted, broken
or of another kind is refused in one sentence.
"""

import csv
import io
import json
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

from model.table.reading.limits import spent, unpacked, weighed
from model.table.writing import ABOUT, about_of, unguarded
from model.words.numbers import Cell, Share, Unstored
from model.words.problems import Problem

BYTES = 20 * 2**20  # of a file
ROWS, COLUMNS = 50_000, 200  # of a table
_LETTERS = 32_767  # of a cell, as in Excel
_SAMPLE = 200_000  # letters by which the separator is told
BLANK_ROWS = 1000  # in a row, after which nothing is looked for
_UNSEEN = dict.fromkeys([*range(32), *range(127, 160), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF], " ")


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells, the first being the row that a spreadsheet numbers 1; rows differ in width."""

    name: str
    rows: list[list[Cell]]
    unread_from: int = 0  # the row, as a spreadsheet counts, from which on there is more that nobody looked for


@dataclass(frozen=True)
class Opened:
    """A file's sheets, in order; `about` is the TOML text that came with our own form."""

    name: str
    sheets: list[Sheet]
    about: str = ""


def opened(data: bytes, name: str) -> Opened:
    """A file of any supported form, told by its content, not by its name; raises Problem."""
    if len(data) > BYTES:
        raise Problem("file_large", file=name, size=f"{len(data) / 2**20:.0f}", limit=BYTES // 2**20)
    if not data.strip():
        raise Problem("file_empty", file=name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Problem("file_locked" if locked else "file_old", file=name)
    if data.startswith(b"PK"):
        return _archive(data, name)
    if data.lstrip().startswith(b"%PDF"):
        raise Problem("file_kind", file=name)
    text = decoded(data, name)
    if text.lstrip()[:1] == "<":
        raise Problem("file_web_page", file=name)
    return pasted(text, name)


def pasted(text: str, name: str) -> Opened:
    """A table as text: JSON of the portal's service, or rows with commas, semicolons or tabs; raises Problem."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        return Opened(name, [Sheet("", _within(_objects(text.strip("\ufeff \t\r\n"), name), name))])
    return Opened(name, [Sheet("", _within(_lines(text, name), name))])


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1258; raises Problem where it is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _in(encoding, data, name)
    zeros = data[:4000:2].count(0), data[1:4000:2].count(0)
    if max(zeros) > len(data[:4000]) / 8:
        return _in("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if data.decode("utf-8", "replace").count("\ufffd") * 4 < len(data.translate(None, bytes(range(128)))):
            raise Problem("file_encoding", file=name) from None  # UTF-8 with a few broken characters
    return _in("cp1258", data, name)


def _in(encoding: str, data: bytes, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Problem("file_encoding", file=name) from None
    if encoding == "cp1258" and re.search("[\x00-\x08\x0e-\x1f]", text):
        raise Problem("file_kind", file=name)
    return text


def _lines(text: str, name: str) -> Iterator[list[Cell]]:
    """Rows of separated text; the separator is the one that cuts its rows into most columns of even number."""
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    stated = re.fullmatch(r'"?sep=(.)"?\s*', first)  # Excel's own way of saying so
    mark = stated[1] if stated else _separator(text, name)
    skipped: list[list[Cell]] = [[]] if stated else []  # so that rows keep the numbers a spreadsheet shows
    try:
        rows = csv.reader(io.StringIO(rest if stated else text.lstrip("\ufeff"), newline=""), delimiter=mark)
        yield from skipped
        cells = 0
        for row in rows:
            cells = spent(cells + len(row) + 1, name)
            yield [unguarded(_unwrapped(cell)) if "'" in cell or '="' in cell else cell for cell in row]
    except csv.Error as error:
        raise Problem("file_broken", file=name, error=error) from None


def _separator(text: str, name: str) -> str:
    """Tab, semicolon or comma."""
    sample = "".join(islice(io.StringIO(text), 200))[:_SAMPLE]

    def evenness(mark: str) -> tuple[int, int]:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample), delimiter=mark) if any(row)]
        except csv.Error:
            return 0, 0
        widths = [len(row) for row in rows if len(row) > 1]  # a title has one cell whatever the separator
        usual = max(set(widths), key=lambda w: (widths.count(w), w), default=1)
        return widths.count(usual), usual

    return max("\t;,", key=evenness)


def _unwrapped(text: str) -> str:
    """A cell's text; of ="00004", by which Excel is told to keep a text, the text."""
    kept = re.fullmatch(r'="([^"]*)"', text.strip())
    return kept[1] if kept else text


def _objects(text: str, name: str) -> Iterator[list[Cell]]:
    """Header and rows of the longest list of objects in a JSON text."""
    spent(sum(map(text.count, "[{,")), name)
    try:
        whole = json.loads(text, parse_constant=str, parse_int=float)
    except (ValueError, RecursionError) as error:
        raise Problem("file_json", file=name, error=error) from None
    found: list[dict[str, Any]] = []
    waiting = [whole]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            rows = [row for row in item if isinstance(row, dict)]
            found = max(found, rows, key=len)
        if isinstance(item, (list, dict)):
            waiting += item if isinstance(item, list) else item.values()
    if not found and isinstance(whole, dict):
        found = [whole]
    if not found:
        raise Problem("file_json", file=name, error="–")
    header = list(dict.fromkeys(key for row in found for key in row))
    if len(header) > COLUMNS:
        raise Problem("file_columns", file=name, limit=COLUMNS)
    yield list(header)
    for row in found:
        yield [value if isinstance(value, (str, int, float, type(None))) else "…" for value in map(row.get, header)]


def _archive(data: bytes, name: str) -> Opened:
    """A workbook, or a zip of one table and its TOML."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {part.filename: part for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Problem("file_broken", file=name, error=error) from None
    if any(part.flag_bits & 1 for part in parts.values()):
        raise Problem("file_locked", file=name)
    if any(part.startswith("xl/") and part.endswith(".xml") for part in parts):
        return _workbook(data, archive, name)
    tables = [part for part in parts if part.lower().endswith(".csv")]
    if len(tables) != 1:
        raise Problem("file_kind", file=name)
    about = [part for part in parts if part.lower().endswith(".toml")][:1]
    for part in (*tables, *about):
        if parts[part].file_size > BYTES:
            raise Problem("file_unpacked", file=name, limit=BYTES // 2**20)
    try:
        table, facts, *_ = *(unpacked(archive, parts[part]) for part in (*tables, *about)), b""
    except Exception as error:  # a damaged zip fails in many ways
        raise Problem("file_broken", file=name, error=error) from None
    inner = PurePath(tables[0]).name
    return Opened(inner, opened(table, inner).sheets, decoded(facts, name) if facts else "")


def _workbook(data: bytes, archive: zipfile.ZipFile, name: str) -> Opened:
    """A workbook's sheets, of which no more than the limits is ever unpacked."""
    try:
        data, formulas = weighed(archive, name)
        sheets = list(_sheets(data, name, formulas))
    except Problem:
        raise
    except Exception as error:  # the library has no one error for a damaged workbook
        raise Problem("file_broken", file=name, error=type(error).__name__) from None
    if not any(sheet.rows for sheet in sheets if sheet.name != ABOUT):
        raise Problem("file_empty", file=name)
    facts = [sheet for sheet in sheets if sheet.name == ABOUT]
    kept = [sheet for sheet in sheets if sheet.name != ABOUT and sheet.rows]
    return Opened(name, kept, about_of([list(row) for row in facts[0].rows]) if facts else "")


def _sheets(data: bytes, name: str, formulas: bool) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # heavy: only for who brings a workbook

    warnings.filterwarnings("ignore", module="openpyxl")  # what it says of styles and rules is nobody's concern here

    def book(stored: bool) -> Any:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=stored, keep_links=False)

    results, sources = book(True), book(False) if formulas else None
    if len({sheet._worksheet_path for sheet in results.worksheets}) < len(results.worksheets):
        raise Problem("file_broken", file=name, error="XML")  # one sheet many times over is no workbook of Excel's
    cells = 0
    for at, sheet in enumerate(results.worksheets):
        for each in (sheet, sources.worksheets[at]) if sources else (sheet,):
            each.reset_dimensions()  # what a file says of its own size is not to be trusted
        twins = sources.worksheets[at].iter_rows() if sources else iter(())
        rows: list[list[Cell]] = []
        unread = 0
        for row in sheet.iter_rows():
            cells = spent(cells + (len(row) + 1) * (2 if sources else 1), name)
            rows.append(_row(row, next(twins, ())))
            if len(rows) > BLANK_ROWS and not any(rows[-BLANK_ROWS:]):
                unread = len(rows) if _holds_more(data, sheet._worksheet_path, rows) else 0
                break
        yield Sheet(str(sheet.title), _within(rows, name), unread)


def _holds_more(data: bytes, path: str, rows: list[list[Cell]]) -> bool:
    """Whether a sheet's part has values beyond those of the rows that were read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        values = len(re.findall(rb"<(?:\w+:)?(?:v|is)[ >]", archive.read(path.lstrip("/"))))
    return values > sum(cell is not None for row in rows for cell in row)


def _row(cells: Iterable[Any], sources: Iterable[Any]) -> list[Cell]:
    """A row's values, percentages and formulas without a result marked as such; empty where it holds nothing."""
    row: list[Cell] = [_value(cell) for cell in cells]
    for i, source in enumerate(sources):
        if source.data_type == "f" and i < len(row) and row[i] is None:
            row[i] = Unstored(getattr(source.value, "text", None) or source.value)
    while row and row[-1] is None:
        row.pop()
    return row


def _value(cell: Any) -> Cell:
    value: Cell = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if "%" in str(cell.number_format):
            return Share(value)
        return value if abs(value) < 1e15 else str(value)
    return value


def _within(rows: Iterable[list[Cell]], name: str) -> list[list[Cell]]:
    """Rows with clean texts and nothing empty at their ends; raises Problem where they are too many or too wide."""
    kept: list[list[Cell]] = []
    filled = 0
    for row in rows:
        clean = [_clean(cell) for cell in row]
        while clean and clean[-1] in (None, ""):
            clean.pop()
        if len(clean) > COLUMNS:
            raise Problem("file_columns", file=name, limit=COLUMNS)
        filled += bool(clean)
        if filled > ROWS:
            raise Problem("file_rows", file=name, limit=ROWS)
        kept.append(clean)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _clean(cell: Cell) -> Cell:
    """A cell without characters that nobody sees, its letters composed; None where nothing is left."""
    if not isinstance(cell, str) or isinstance(cell, Unstored):
        return cell
    text = cell[:_LETTERS]
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return text.strip() or None
