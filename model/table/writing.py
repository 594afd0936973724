"""Files of our own form: a league as CSV and TOML in a zip or as one workbook, and a workbook to fill in.

What is written reads back as the same league; its key is the file's stem. Texts lose only what `held` takes; in a
workbook a carriage return comes back as a line feed, and a code or name ends at 32,767 letters.
"""

import csv
import io
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from model.rules.edition import Edition
from model.table.league import League, columns
from model.words.problems import LANGUAGES

ABOUT = "about"  # the sheet of key | value that says what the TOML says beside a CSV
Cell = str | int | float
FORMATS = {"text": "@", "points": "0.00", "count": "#,##0", "rate": "0.00%"}
_LONG = 16_000  # characters of a fact in one cell: Excel takes 32,767 UTF-16 units
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}

# Where a spreadsheet may see a formula: where a text starts, or behind what separates cells under another regional
# setting (Vietnamese Excel cuts a CSV at semicolons); quotes and spaces may precede; ＝＋－＠ count in East Asian ones.
_START = r"(?:^|(?<=[;\t\r\n]))"
_LIVE = r"""(?=(?:['"]|[^\S\t\r\n])*[=+\-@＝＋－＠\t\r\n])"""


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet that opens a CSV could see a formula start."""
    return re.sub(_START + _LIVE, "'", text)


def unguarded(text: str) -> str:
    """The text that was `guarded`: unguarded(guarded(text)) == text for every text."""
    return re.sub(f"{_START}'{_LIVE}", "", text)


def held(text: str) -> str:
    """The text with U+FFFD for each character that XML or UTF-8 can't hold: control characters, lone surrogates."""
    return re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def stem(league: League) -> str:
    """The league's key as a file name without its ending; what no file name may hold is an underscore."""
    return re.sub(r'[\t\n\r\ufffd<>:"/\\|?*]', "_", held(league.key)).strip(" .") or "league"


def rows(league: League, edition: Edition) -> list[list[Cell]]:
    """The header and n rows in our own columns: points, whole counts, rates as fractions, "" where not reported.

    Of counts and rates only columns that some unit reports; a rate stands only where there are no counts.
    """
    return [list(row) for row in zip(*([key, *cells] for key, _, cells in _columns(league, edition)), strict=True)]


def about(league: League) -> str:
    """The TOML text of the facts about a league, a dotted key a line."""
    return "".join(f"{key} = {value}\n" for key, value in _facts(league))


def about_of(cells: Sequence[Sequence[object]]) -> str:
    """The TOML text that a sheet `about` says: dotted keys in its first column, values beside them.

    A row without key or value, or with # before its key, says nothing; a long value runs on in the next cells. TOML's
    texts and lists are read as such, anything else as a text; a title, source or note without a language is said in
    each; a day is a date, 2026-10-10 or 10/10/2026. Raises nothing: what is wrong shows where the TOML is read.
    """
    said = ""
    for row in cells:
        key, *rest = ["" if cell is None else str(cell) for cell in row] or [""]
        if key.strip() and not key.startswith("#") and (text := "".join(rest).strip()):
            value = text if text[0] in '"[' and _is_toml(f"v = {text}") else quoted(text)
            if key.endswith(("as_of", "first", "last")):
                value = _day(text) or value
            every = LANGUAGES if key in ("title", "source", "note") else ()
            said += "".join(f"{key}.{language} = {value}\n" for language in every) or f"{key} = {value}\n"
    return said


def zipped(league: League, edition: Edition) -> bytes:
    """A zip of <key>.csv (UTF-8 with its mark, commas) and <key>.toml; the same bytes each time."""
    table, whole = io.StringIO(newline=""), io.BytesIO()
    made = ([key, *(_typed(cell, kind) for cell in cells)] for key, kind, cells in _columns(league, edition))
    csv.writer(table).writerows(zip(*made, strict=True))
    with zipfile.ZipFile(whole, "w") as archive:
        for end, text in ((".csv", "\ufeff" + table.getvalue()), (".toml", about(league))):
            part = zipfile.ZipInfo(stem(league) + end, (1980, 1, 1, 0, 0, 0))
            part.create_system, part.external_attr = 3, 0o644 << 16
            archive.writestr(part, text.encode(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def workbook(league: League, edition: Edition) -> bytes:
    """One .xlsx: the table, numbers as numbers, and the sheet `about` that `about_of` reads."""
    from openpyxl import Workbook  # heavy: only for who saves a workbook

    book = Workbook()
    book.active.title = "table"
    for at, (key, kind, cells) in enumerate(_columns(league, edition), start=1):
        for row, cell in enumerate([key, *cells], start=1):
            put(book.active, row, at, cell, FORMATS[kind], heading=row == 1)
    set_out(book.active, 1)
    return saved(book, ("# key", "value"), [(key, *spilt(value)) for key, value in _facts(league)])


def _columns(league: League, edition: Edition) -> Iterator[tuple[str, str, list[Cell]]]:
    """Each column's key, its kind in FORMATS, and n cells, "" where not reported."""
    yield "unit_code", "text", [held(code) for code in league.codes]
    yield "unit_name", "text", [held(name) for name in league.names]
    for i, component in enumerate(edition.components):
        yield f"{component.key}_points", "points", _cells(league.published[:, i] / 100)
    yield "published_score", "points", _cells(league.published_score / 100)
    figures = {"_done": league.done, "_due": league.due, "": _uncounted(league)}
    for j, key in enumerate(columns(edition)):
        for end, figure in figures.items():
            if not np.isnan(figure[:, j]).all():
                yield key + end, "count" if end else "rate", _cells(figure[:, j], int if end else float)


def _uncounted(league: League) -> np.ndarray:
    """Rates reported without counts, shape (n, reported); nan elsewhere."""
    return np.where(np.isnan(league.due), league.rate, np.nan)


def _cells(figures: np.ndarray, number: type[int] | type[float] = float) -> list[Cell]:
    return ["" if np.isnan(figure) else number(figure) for figure in figures]


def _typed(cell: Cell, kind: str) -> str:
    """A cell as a CSV has it: points with two decimals, a rate with as many as it needs, texts guarded."""
    if isinstance(cell, float):
        return f"{cell:.2f}" if kind == "points" else np.format_float_positional(cell, trim="-")
    return guarded(str(cell))


def _facts(league: League) -> Iterator[tuple[str, str]]:
    """What is known about a league: dotted keys and values, both as TOML writes them."""
    yield "edition", quoted(league.edition)
    for field in ("title", "source", "note"):
        yield from ((dotted(field, lang), quoted(text)) for lang, text in getattr(league, field).items())
    if league.as_of:
        yield "as_of", league.as_of.isoformat()
    if league.period:
        yield "period.kind", quoted(league.period.kind)
        yield "period.first", league.period.first.isoformat()
        yield "period.last", league.period.last.isoformat()
    yield "level", quoted(league.level)
    yield "origin", quoted(league.origin)
    if not np.isnan(_uncounted(league)).all():
        yield "rates", quoted("fraction")
    if league.derived:
        yield "derived", f"[{','.join(map(quoted, league.derived))}]"
    for unit, cells in league.published_cells.items():
        yield dotted("published_cells", unit), f"[{','.join(map(quoted, cells))}]"
    for unit, words in league.claims.items():
        yield from ((dotted("claims", unit, lang), quoted(text)) for lang, text in words.items())
    for unit, marks in league.marks.items():
        yield from ((dotted("marks", unit, lever), quoted(mark)) for lever, mark in marks.items())


def dotted(*path: str) -> str:
    return ".".join(key if re.fullmatch("[A-Za-z0-9_-]+", key) else quoted(key) for key in path)


def quoted(text: str) -> str:
    """A TOML string that no cleaning changes: printable, on one line, its letters composed or else written in ASCII."""
    composed = unicodedata.is_normalized("NFC", text)
    shown = (
        _ESCAPES.get(c) or (c if c.isprintable() and (composed or c.isascii()) else f"\\U{ord(c):08X}")
        for c in held(text)
    )
    return '"' + "".join(shown) + '"'


def spilt(value: str) -> list[str]:
    """A value in as many cells as it takes; where it takes several, none starts or ends with a space."""
    value = value if len(value) <= _LONG else value.replace(" ", r"\u0020")
    return [value[i : i + _LONG] for i in range(0, len(value), _LONG)]


def _is_toml(text: str) -> bool:
    try:
        return bool(tomllib.loads(text))
    except (ValueError, RecursionError):
        return False


def _day(text: str) -> str:
    """The day that a text states, as TOML writes it; empty where it states none."""
    d = re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text)
    try:
        return datetime.fromisoformat(f"{d[3]}-{d[2]:0>2}-{d[1]:0>2}" if d else text).date().isoformat()
    except ValueError:
        return ""


def put(sheet: Any, row: int, at: int, value: Cell, form: str = "General", heading: bool = False) -> None:
    """Fills a cell that is never a formula; a float keeps all its digits, of which the library would write 16."""
    if value == "":
        return
    text = isinstance(value, str)
    cell = sheet.cell(row, at, _escaped(held(value)) if isinstance(value, str) else repr(value))
    cell.data_type, cell.number_format = "s" if text else "n", form
    if text and guarded(str(value)) != value:
        cell.quotePrefix = True
    if heading:
        from openpyxl.styles import Alignment, Font

        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def _escaped(text: str) -> str:
    """The text whose _x0041_ no spreadsheet takes for the letter of that number."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def set_out(sheet: Any, header: int) -> None:
    """Panes frozen below the header's row and behind the name, columns of sensible width."""
    sheet.freeze_panes = sheet.cell(header + 1, 3)
    for at in range(1, sheet.max_column + 1):
        sheet.column_dimensions[sheet.cell(header, at).column_letter].width = {1: 13, 2: 32}.get(at, 17)


def saved(book: Any, heading: Sequence[str], facts: Sequence[Sequence[str]]) -> bytes:
    """The workbook as a file, with the sheet `about` added."""
    sheet, whole = book.create_sheet(ABOUT), io.BytesIO()
    for row, cells in enumerate([heading, *facts], start=1):
        for at, text in enumerate(cells, start=1):
            put(sheet, row, at, text, heading=row == 1)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    book.save(whole)
    return whole.getvalue()
