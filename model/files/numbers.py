"""Numbers as written (19,53 · 19.53/20 · 98 % · 3.483): what a cell states depends on what its column holds."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from math import isfinite

from ..problems import Problem


class Share(float):
    """A number that its workbook shows as a percentage: a fraction."""


class Unstored(str):
    """A formula of which the workbook keeps no result."""


Cell = str | float | date | time | timedelta | None
_NOTHING = {"-", "–", "—", "…", "...", "x", "n/a", "na", "null", "none", "nan", "ko", "không", "không có", "k"}
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_POWER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
_DIGITS = 400  # read of a number; the rest changes none
_POINTS = re.compile(r"(?<!\s)\s*(đ|đ\.|điểm|points?)$")
_OUT_OF = re.compile(r"(.+?)/([^/]+)")


def shown(cell: Cell) -> str:
    """A cell as its reader would name it."""
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{100 * cell:.10g} %"
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def empty(cell: Cell) -> bool:
    """Whether a cell states that nothing is reported: blank, a dash, "không có"."""
    return cell is None or isinstance(cell, str) and (not cell.strip() or cell.strip().casefold() in _NOTHING)


def points(cell: Cell, limit: float) -> float:
    """Points in [0, limit], from 19,53 · 19.53 · 19.53/20 · 19,53 điểm; raises Problem."""
    text = cell
    if isinstance(cell, str) and not _PLAIN.fullmatch(cell):
        text = _POINTS.sub("", cell.strip().casefold())
        if (parts := _OUT_OF.fullmatch(text)) is not None and _decimal(parts[1]) is not None:
            text = parts[1]
            most = _decimal(parts[2])
            if most is None or abs(most - limit) > 0.005:
                raise Problem("cell_out_of", value=shown(cell), limit=f"{limit:g}")
    value = _number(text, cell)
    if value > limit + 1e-9:
        raise Problem("cell_over", value=shown(cell), limit=f"{limit:g}")
    return value


def count(cell: Cell) -> float:
    """A whole number of things, its thousands marked or not (3.483, 3,483, 3 483); raises Problem."""
    if isinstance(cell, str) and cell.isdigit() and cell.isascii() and len(cell) <= 12:
        return float(cell)
    if isinstance(cell, str) and (grouped := _GROUPED.fullmatch(_bare(cell))):
        value = float(_bare(cell).replace(grouped[1], "")[:_DIGITS])
    else:
        value = _number(cell, cell)
    if value < 0:
        raise Problem("cell_negative", value=shown(cell))
    if value >= 1e12:
        raise Problem("cell_over", value=shown(cell), limit="10^12")
    if value != int(value):
        raise Problem("cell_whole", value=shown(cell))
    return value


def lost_thousands(cell: Cell) -> int | None:
    """The count 3483 that a workbook holds as 3.483, its thousands mark taken for a decimal point; else None."""
    if isinstance(cell, float) and not isinstance(cell, Share) and 1 <= cell < 1000 and cell != int(cell):
        whole = round(1000 * cell)
        return whole if abs(1000 * cell - whole) < 1e-6 else None
    return None


def rate(cell: Cell, unit: str) -> float:
    """A fraction; bare numbers are in `unit`, "percent" or "fraction"; a percent sign wins. Raises Problem."""
    marked = isinstance(cell, str) and cell.strip().endswith("%")
    value = _number(cell.strip()[:-1] if marked and isinstance(cell, str) else cell, cell)
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
        return _decimal(cell)
    return float(cell) if isinstance(cell, (int, float)) and isfinite(cell) else None


def plain_number(text: str) -> float | None:
    """The finite number that a text states, with decimal point or comma; None where it states none."""
    bare = text.strip()
    return _finite(bare) if _PLAIN.fullmatch(bare) else None


def plain_count(text: str) -> int | None:
    """The whole number below 10^12 that a text states, thousands marked (3.483) or not; None where it states none."""
    bare = text.strip()
    if (grouped := _GROUPED.fullmatch(bare)) and grouped[1] != " " and bare[0] not in "+-":
        bare = bare.replace(grouped[1], "")
    return int(bare) if re.fullmatch(r"[0-9]{1,12}", bare) else None


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


def _decimal(text: str) -> float | None:
    """The number a text states as a decimal, thousands marked or not, where the two marks tell themselves apart."""
    if _PLAIN.fullmatch(text):
        return _finite(text)
    bare = _bare(text)
    if not bare.isascii() or bare.endswith("%"):
        return None
    if _PLAIN.fullmatch(bare) or _POWER.fullmatch(bare):
        return _finite(bare)
    whole, mark, rest = bare, "", ""
    if {",", "."} <= set(bare):
        mark = max(",.", key=bare.rfind)
        whole, _, rest = bare.rpartition(mark)
    grouped = _GROUPED.fullmatch(whole)
    if grouped is None or grouped[1] == mark or rest and not rest.isdigit():
        return None
    return _finite(f"{whole.replace(grouped[1], '')}.{rest or 0}")


def _finite(text: str) -> float | None:
    value = float(text.replace(",", ".")[:_DIGITS])
    return value if isfinite(value) else None


def _bare(text: str) -> str:
    """A number's text with plain spaces and a plain minus."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "")
    return " ".join(plain.split())
