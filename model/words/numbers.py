"""Numbers as written (19,53 · 19.53/20 · 98 % · 3.483): what a cell states depends on what its column holds."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from math import isfinite

import numpy as np

from model.words.problems import Problem


class Share(float):
    """A number that its workbook shows as a percentage: a fraction."""


class Unstored(str):
    """A formula of which the workbook keeps no result."""


class Month(datetime):
    """The first day of a month that a workbook shows without a day."""


Cell = str | float | date | time | timedelta | None
_NOTHING = {"-", "–", "—", "…", "...", "x", "n/a", "na", "null", "none", "nan", "ko", "không", "không có", "k"}
_MEANT = {  # signs as phones, typographers and spreadsheets write them; pages/panel/numbers.js has the same
    " ": "\t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
    "": "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d",
    "+": "\ufe62\uff0b",
    "%": "\u066a\ufe6a\uff05",
    "/": "\u2044\u2215\uff0f",
    ",": "\uff0c",
    ".": "\uff0e",
    "'": "\u00b4\u2018\u2019\u02bc\u2032\uff07",
}
_FULL = dict(zip("０１２３４５６７８９", "0123456789", strict=True))
_SIGNS = str.maketrans({written: meant for meant, many in _MEANT.items() for written in many} | _FULL)
_SPACES = re.compile(" +")
_DIGITS_ALONE = re.compile("[0-9]*")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([., '])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_COUNTS = re.compile(r"(?:(?:[0-9]{1,12}|nan)\n)*+(?:[0-9]{1,12}|nan)")
_DECIMALS = re.compile(r"(?:(?:[0-9]{1,15}(?:[.,][0-9]{1,15})?|nan)\n)*+(?:[0-9]{1,15}(?:[.,][0-9]{1,15})?|nan)")
_POWER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
_DIGITS = 400  # read of a number; the rest changes none
_POINTS = re.compile(r"(?<!\s)\s*(đ|đ\.|điểm|points?)$")
_MARKS = re.compile(  # of notes, behind a figure or a name: raised or circled digits, stars, (1), [2]
    r"(?<=[\w%.,)])(?:\s?[⁰¹²³⁴-ₜ①-⓿❶-➓*†‡]|\s?[(\[][0-9]{1,2}[*)\]]{1,2})+\s*$"
)
_LABELS = {
    "rate": "t[ỷỉ] lệ",
    "points": "điểm(?: số)?",
    "score": "điểm(?: số)?",
    "due": "tổng(?: số)?|mẫu số",
    "done": "số lượng|tử số",
}
_OUT_OF = re.compile(r"(.+?)/([^/]+)")


def shown(cell: Cell) -> str:
    """A cell as its reader would name it."""
    if type(cell) is str:  # by far the most
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{100 * cell:.10g} %"
    if isinstance(cell, Month):
        return f"tháng {cell:%m/%Y}"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def empty(cell: Cell) -> bool:
    """Whether a cell states that nothing is reported: blank, a dash, "không có"."""
    return cell is None or isinstance(cell, str) and (not cell.strip() or cell.strip().casefold() in _NOTHING)


def unmarked(cell: Cell) -> Cell:
    """A cell without the marks of notes behind its figure or name: 90,1¹ · 18* · 87,29(1)."""
    if not isinstance(cell, str) or cell[-1:].isalnum() and cell.isascii():
        return cell
    return cell if isinstance(cell, Unstored) or len(cell) > _DIGITS else _MARKS.sub("", cell)


def of_several(cell: Cell, kind: str) -> Cell:
    """What a cell of several labelled figures says of that kind: 40% of "Số lượng: 16 Tỷ lệ: 40% Điểm số: 1"."""
    if not isinstance(cell, str) or ":" not in cell or len(cell) > _DIGITS or kind not in _LABELS:
        return cell
    found = re.search(rf"(?:{_LABELS[kind]})\s*:\s*([0-9][0-9.,]*\s*%?)", unicodedata.normalize("NFC", cell.casefold()))
    return found[1].strip() if found else cell


def points(cell: Cell, limit: float) -> float:
    """Points in [0, limit], from 19,53 · 19.53 · 19.53/20 · 19,53 điểm; raises Problem."""
    text = cell
    if isinstance(cell, str) and not _PLAIN.fullmatch(cell):
        text = _POINTS.sub("", cleaned(cell).casefold())
        if (parts := _OUT_OF.fullmatch(text)) is not None and plain_number(parts[1]) is not None:
            text = parts[1]
            most = plain_number(parts[2])
            if most is None or abs(most - limit) > 0.005:
                raise Problem("cell_out_of", value=shown(cell), limit=f"{limit:g}")
    value = _number(text, cell)
    if value > limit + 1e-9:
        raise Problem("cell_over", value=shown(cell), limit=f"{limit:g}")
    return min(value, limit)


def count(cell: Cell) -> float:
    """A whole number of things, its thousands marked or not (3.483, 3,483, 3 483); raises Problem."""
    if isinstance(cell, str) and cell.isdigit() and cell.isascii() and len(cell) <= 12:
        return float(cell)
    if isinstance(cell, str) and (grouped := _GROUPED.fullmatch(cleaned(cell))):
        value = float(cleaned(cell).replace(grouped[1], "")[:_DIGITS])
    else:
        value = _number(cell, cell)
    if value < 0:
        raise Problem("cell_negative", value=shown(cell))
    if value >= 1e12:
        raise Problem("cell_over", value=shown(cell), limit="10^12")
    if value != int(value):
        raise Problem("cell_whole", value=shown(cell))
    return value


def plain_column(cells: list[Cell], kind: str, limit: float, unit: str) -> np.ndarray | None:
    """The figures of cells that are all plainly what their column holds, shape (n,), nan where empty; None of others.

    `kind` is "points", "count" or "rate"; what `points`, `count` and `rate` say of each of the cells, for a whole
    column at once.
    """
    types = set(map(type, cells)) - {type(None)}
    if types == {str} and kind == "rate" and all(not cell or cell[-1] == "%" for cell in cells):  # type: ignore[index]
        bare = [cell and cell[:-1].rstrip(" ") for cell in cells]  # type: ignore[index]
        if sum(map(bool, bare)) < sum(map(bool, cells)):  # a sign by itself
            return None
        cells, unit = bare, "percent"
    if types == {str}:
        text = "\n".join([cell or "nan" for cell in cells])  # type: ignore[misc]
        written = text.count("nan") > len(cells) - sum(map(bool, cells))  # by somebody, who means something else
        if written or not (_COUNTS if kind == "count" else _DECIMALS).fullmatch(text):
            return None
        values = np.fromiter(map(float, text.replace(",", ".").split("\n")), float)
    elif types <= {int, float} or types == {Share} and kind == "rate":
        values = np.array(cells, dtype=float)
        unit = "fraction" if types == {Share} else unit
    else:
        return None
    most = {"points": limit, "count": 1e12 - 1, "rate": 100.0 if unit == "percent" else 1.0}[kind]
    known = values[~np.isnan(values)]
    if ((known < 0) | (known > most + (1e-9 if kind != "count" else 0))).any():
        return None
    if kind == "count" and (known != np.floor(known)).any():
        return None
    return values if kind != "rate" else np.minimum(values / 100 if unit == "percent" else values, 1.0)


def lost_thousands(cell: Cell) -> int | None:
    """The count 3483 that a workbook holds as 3.483, its thousands mark taken for a decimal point; else None."""
    if isinstance(cell, float) and not isinstance(cell, Share) and 1 <= cell < 1000 and cell != int(cell):
        whole = round(1000 * cell)
        return whole if abs(1000 * cell - whole) < 1e-6 else None
    return None


def rate(cell: Cell, unit: str) -> float:
    """A fraction; bare numbers are in `unit`, "percent" or "fraction"; a percent sign wins. Raises Problem."""
    text = cleaned(cell) if isinstance(cell, str) else ""
    marked = text.endswith("%")
    value = _number(text[:-1] if marked else cell, cell)
    hundred = marked or unit == "percent" and not isinstance(cell, Share)
    if value > (100 if hundred else 1) + 1e-9:
        raise Problem("cell_over", value=shown(cell), limit="100 %" if hundred else "1")
    return min(value / 100 if hundred else value, 1.0)


def rate_unit(cells: list[Cell], heading: str) -> str | None:
    """What bare numbers of a column of rates are in: "percent" or "fraction"; None where its figures can't tell."""
    bare = [value for cell in cells if not isinstance(cell, Share) and (value := plain(cell)) is not None]
    if not bare:
        return "fraction"  # there is nothing that could be taken for the wrong one
    if max(bare) > 1:
        return "percent"
    return "fraction" if "%" not in heading and any(0 < value < 1 for value in bare) else None


def plain(cell: Cell) -> float | None:
    """The finite number that a cell states by itself, decimal point or comma alike; None where it states none."""
    if isinstance(cell, str):
        return plain_number(cell)
    return float(cell) if isinstance(cell, (int, float)) and isfinite(cell) else None


def cleaned(text: str) -> str:
    """A number's text with plain signs: one minus, one slash, one kind of space, none at the ends or after a sign."""
    bare = text.translate(_SIGNS).strip(" ")
    if " " not in bare:
        return bare
    spaced = _SPACES.sub(" ", bare)
    return spaced[0] + spaced[2:] if spaced[:2] in ("+ ", "- ") else spaced


def plain_number(text: str) -> float | None:
    """The finite number that a text states; None where it states none.

    Comma and point are decimal marks where one stands alone (1.234 is 1,234), and tell themselves apart where there
    are more (1.234,5 · 1,234.5 · 1.234.567); spaces and apostrophes mark thousands.
    """
    bare = text if _PLAIN.fullmatch(text) else cleaned(text)
    if _PLAIN.fullmatch(bare) or _POWER.fullmatch(bare):
        return _finite(bare)
    whole, mark, rest = bare, "", ""
    if len({*" ',."} & {*bare}) > 1:
        mark = max(",.", key=bare.rfind)
        whole, _, rest = bare.rpartition(mark)
    grouped = _GROUPED.fullmatch(whole)
    if grouped is None or grouped[1] == mark or not _DIGITS_ALONE.fullmatch(rest):
        return None
    return _finite(f"{whole.replace(grouped[1], '')}.{rest or 0}")


def plain_count(text: str) -> int | None:
    """The whole number below 10^12 that a text states, thousands marked (3.483) or not; None where it states none."""
    bare = cleaned(text)
    if (grouped := _GROUPED.fullmatch(bare)) and bare[0] not in "+-":
        bare = bare.replace(grouped[1], "")
    return int(bare) if re.fullmatch(r"[0-9]{1,12}", bare) else None


def plain_day(text: str) -> date | None:
    """The day that a text states as 2026-12-31 or 31/12/2026, its year with four digits; None where it states none."""
    bare = cleaned(text)
    parts = re.fullmatch(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", bare) or re.fullmatch(
        r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})", bare
    )
    try:
        return date(**{name: int(value) for name, value in parts.groupdict().items()}) if parts else None
    except ValueError:
        return None


def plain_counts(text: str) -> tuple[int, int] | None:
    """What a text such as 2.700/2.735 states as done of due; None where it states none, be it of more done than due."""
    done, slash, due = cleaned(text).partition("/")
    both = plain_count(done), plain_count(due)
    return (both[0], both[1]) if slash and both[0] is not None and both[1] is not None else None


def plain_percent(text: str) -> float | None:
    """The fraction that a text states in per cent, its sign written or not (98,5 · 98,5 %); None where none."""
    value = plain_number(cleaned(text).removesuffix("%"))
    return None if value is None else value / 100


def _number(text: Cell, cell: Cell) -> float:
    """The number from 0 up that a cell states; raises Problem."""
    if isinstance(cell, Unstored):
        raise Problem("cell_unstored", value=shown(cell))
    if isinstance(cell, (date, time, timedelta)):
        raise Problem("cell_date", value=shown(cell))
    value = plain(text)
    if value is None or isinstance(cell, bool):
        raise Problem("cell_number", value=shown(cell))
    if value < 0:
        raise Problem("cell_negative", value=shown(cell))
    return value


def _finite(text: str) -> float | None:
    value = float(text.replace(",", ".")[:_DIGITS])
    return value + 0.0 if isfinite(value) else None  # no minus before nothing
