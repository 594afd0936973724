"""Files people have, opened into sheets of cells: workbooks, CSV in its encodings, pasted text, JSON, our own zip.

Nothing is evaluated, executed or fetched: of a formula the stored result is read. What is too large, encrypted, broken
or of another kind is refused in one sentence.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from model.table.reading import letters, messages, objects, separated
from model.table.reading.limits import spent, unpacked, weighed
from model.table.reading.workbook import Book
from model.table.writing import ABOUT, about_of, unguarded
from model.words.numbers import Cell, Unstored
from model.words.problems import Problem

BYTES = 20 * 2**20  # of a file
ROWS, COLUMNS = 50_000, 200  # of a table
_LETTERS = 32_767  # of a cell, as in Excel
BLANK_ROWS = 1000  # in a row, after which nothing is looked for
_UNSEEN: dict[int, str] = dict.fromkeys([*range(32), *range(127, 160), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF], " ")
_ODD = re.compile(rf"[{''.join(map(chr, _UNSEEN.keys() - {9, 10, 13}))}ÐƉðɖ]")
_UNSEEN |= {0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x256: "đ"}  # letters of other languages that look like ours


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells, the first being the row that a spreadsheet numbers 1; rows differ in width."""

    name: str
    rows: list[list[Cell]]
    unread_from: int = 0  # the row, as a spreadsheet counts, from which on there is more that nobody looked for
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()  # from 0
    hidden_rows: int = 0  # how many
    unclosed: tuple[int, ...] = ()  # rows, as a spreadsheet counts, with a quote that is never closed


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
    _of_another_kind(data.lstrip()[:4000], name)
    text = decoded(data, name)
    if text.lstrip()[:1] == "<":
        raise Problem("file_web_page", file=name)
    return pasted(text, name)


def _of_another_kind(start: bytes, name: str) -> None:
    """Raises Problem that says what a file is and how to save it as one that can be read."""
    if re.match(rb"(?i)([\w-]+: .*\r?\n(\s.*\r?\n)*)*(mime-version|content-type|message-id|subject):", start):
        raise Problem("file_mhtml", file=name)
    if start.startswith(b"{\\rtf"):
        raise Problem("file_rtf", file=name)
    if re.match(rb"TABLE\r?\n0,1\r?\n", start) or start.startswith(b"ID;P"):
        raise Problem("file_exchange", file=name)
    if start.startswith(b"%PDF"):
        raise Problem("file_pdf", file=name)
    if re.match(rb"\x89PNG|\xff\xd8\xff|GIF8|BM..\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP", start, re.DOTALL):
        raise Problem("file_picture", file=name)
    if start.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise Problem("file_packed", file=name)


def pasted(text: str, name: str) -> Opened:
    """A table as text: JSON of the portal's service, separated rows, or a message; raises Problem."""
    if text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        spent(sum(map(text.count, "[{,")), name)
        return Opened(name, [Sheet("", _within(objects.rows(text.strip("\ufeff \t\r\n"), name), name))])
    return Opened(name, [_separated(text, name)])


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
    letters.check([[line] for line in data[:50_000].decode("cp1252", "replace").splitlines()], name)
    return _in("cp1258", data, name)


def _in(encoding: str, data: bytes, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Problem("file_encoding", file=name) from None
    if encoding == "cp1258" and re.search("[\x00-\x08\x0e-\x1f]", text):
        raise Problem("file_kind", file=name)
    return text


def _separated(text: str, name: str) -> Sheet:
    """The table of a separated text, or of a message that names a unit a line."""
    cells, unclosed, found = 0, list[int](), list[list[Cell]]()
    wrapped = "'" in text or '="' in text
    for row, odd in messages.rows(text) or separated.rows(text):
        cells = spent(cells + len(row) + 1, name)
        if wrapped:
            row = [unguarded(_unwrapped(cell)) if "'" in cell or '="' in cell else cell for cell in row]
        found.append([*row])
        if odd:
            unclosed.append(len(found))
    letters.check(found, name)
    short = max(map(len, text.split("\n"))) < _LETTERS
    clean = short and '"' not in text and _ODD.search(text) is None and unicodedata.is_normalized("NFC", text)
    return Sheet("", _within(found, name, clean), unclosed=tuple(unclosed))


def _unwrapped(text: str) -> str:
    """A cell's text; of ="00004", by which Excel is told to keep a text, the text."""
    kept = re.fullmatch(r'="([^"]*)"', text.strip())
    return kept[1] if kept else text


def _archive(data: bytes, name: str) -> Opened:
    """A workbook, or a zip of one table and its TOML."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {part.filename: part for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Problem("file_broken", file=name, error=error) from None
    if any(part.flag_bits & 1 for part in parts.values()):
        raise Problem("file_locked", file=name)
    if any(re.match(r"/?xl[/\\].*\.xml$", part, re.IGNORECASE) for part in parts):
        return _workbook(archive, name)
    tables = [part for part in parts if part.lower().endswith(".csv")]
    if len(tables) != 1:
        raise _packed(parts, name)
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


def _packed(parts: Collection[str], name: str) -> Problem:
    """What a zip is that is neither a workbook nor our own form."""
    lower = {part.lower().replace("\\", "/") for part in parts}
    if "xl/workbook.bin" in lower:
        return Problem("file_xlsb", file=name)
    if {"content.xml", "mimetype"} <= lower:
        return Problem("file_ods", file=name)
    if "word/document.xml" in lower:
        return Problem("file_word", file=name)
    if "ppt/presentation.xml" in lower or "index/document.iwa" in lower or "[content_types].xml" in lower:
        return Problem("file_kind", file=name)
    inside = [part for part in parts if not part.endswith("/") and not PurePath(part).name.startswith(".")][:5]
    return Problem("file_zip", file=name, inside=inside) if inside else Problem("file_empty", file=name)


def _workbook(archive: zipfile.ZipFile, name: str) -> Opened:
    """A workbook's sheets, of which no more than the limits is ever unpacked."""
    try:
        book = Book(weighed(archive, name))
        sheets = list(_sheets(book, name))
    except Problem:
        raise
    except Exception as error:  # a damaged workbook fails in many ways
        raise Problem("file_broken", file=name, error=type(error).__name__) from None
    if not any(sheet.rows for sheet in sheets if sheet.name != ABOUT):
        raise Problem("file_empty", file=name)
    facts = [sheet for sheet in sheets if sheet.name == ABOUT]
    kept = [sheet for sheet in sheets if sheet.name != ABOUT and sheet.rows]
    return Opened(name, kept, about_of([list(row) for row in facts[0].rows]) if facts else "")


def _sheets(book: Book, name: str) -> Iterator[Sheet]:
    cells = 0
    for page in book.pages:
        found = book.rows(page)
        numbers = sorted(found.cells)
        last = next((a for a, b in zip(numbers, numbers[1:], strict=False) if b - a > BLANK_ROWS), None)
        if numbers and numbers[0] > BLANK_ROWS:
            last = -1
        rows: list[list[Cell]] = []
        for number in numbers if last is None else [n for n in numbers if n <= last]:
            own = found.cells[number]
            width = max(own) + 1
            if width > COLUMNS and not all(_clean(cell) is None for at, cell in own.items() if at >= COLUMNS):
                raise Problem("file_columns", file=name, limit=COLUMNS)
            cells = spent(cells + min(width, COLUMNS) + number - len(rows) + 1, name)
            rows += [[]] * (number - len(rows))
            rows.append([own.get(at) for at in range(min(width, COLUMNS))])
        letters.check(rows, name)
        unread = 0 if last is None else next(n for n in numbers if n > last) + 1
        yield Sheet(
            page.name,
            _within(rows, name),
            unread,
            page.hidden,
            frozenset(found.hidden_columns),
            found.hidden_rows,
        )


def _within(rows: Iterable[list[Cell]], name: str, clean_already: bool = False) -> list[list[Cell]]:
    """Rows with clean texts and nothing empty at their ends; raises Problem where they are too many or too wide."""
    if clean_already:
        rows = ([cell and (cell.strip() or None) for cell in row] for row in rows)  # type: ignore[union-attr]
    kept: list[list[Cell]] = []
    filled = 0
    for row in rows:
        clean = row if clean_already else [_clean(cell) for cell in row]
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
