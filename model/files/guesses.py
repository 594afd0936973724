"""What a table says of itself between the lines: its date and period, the era of its rules, its title."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from ..league import Period, folded
from .numbers import Cell, shown

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = re.compile(
    r"(?<![0-9])([0-3]?[0-9])\s*(?:[/.\-_]|\s*thang\s*)\s*([01]?[0-9])\s*(?:[/.\-_]|\s*nam\s*)\s*(20[0-9]{2})"
)
_ISO = re.compile(r"(?<![0-9])(20[0-9]{2})[\-_/.]([01]?[0-9])[\-_/.]([0-3]?[0-9])(?![0-9])")
_MONTH = re.compile(r"(?:thang|\bt)\s*\.?\s*([01]?[0-9])\s*(?:nam|[/.\-_])?\s*(20[0-9]{2})")
_QUARTER = re.compile(r"(?:quy|\bq)\s*\.?\s*(iv|i{1,3}|[1-4])\s*(?:nam|[/.\-_])?\s*(20[0-9]{2})")
_ERA = date(2026, 1, 1)  # from which figures follow the portal of 2026 [A]: its data were first seen in September 2026
_LEADER_2025 = 80.0  # a table led by more is of the portal of 2025 [A]: leaders stood at 90–95 then, at 69–74 in 2026
_COMMUNES = date(2025, 7, 1)  # since when communes and wards are as they are


def dated(texts: Iterable[str]) -> tuple[date | None, Period | None]:
    """The day and period that titles, a sheet's name or a file's name state; the first of them that states any."""
    for text in texts:
        plain = folded(text)
        days = [_date(y, m, d) for y, m, d in _ISO.findall(plain)]
        days += [_date(y, m, d) for d, m, y in _DAY.findall(_ISO.sub(" ", plain))]
        found = sorted({day for day in days if day is not None})
        if found:
            return found[-1], _between(found[0], found[-1]) if len(found) > 1 else _since(found[-1], plain)
        for pattern, months in ((_MONTH, 1), (_QUARTER, 3)):
            for part, year in pattern.findall(plain):
                last = int(part) if months == 1 and part.isdecimal() else _ROMAN.get(part, 0) or int(part)
                first = _date(year, 1 + months * (last - 1), 1)
                if first is not None:
                    end = _end(first, months)
                    kind = "month" if months == 1 else "quarter"
                    return end, _since(end, plain) or Period(kind=kind, first=first, last=end)
    return None, None


def period(kind: str, last: date) -> Period:
    """The period of that kind that ends on a day: its month, its quarter, or the year to date."""
    starts = {"month": last.replace(day=1), "quarter": last.replace(month=3 * ((last.month - 1) // 3) + 1, day=1)}
    year = last.replace(month=1, day=1)
    since = max(year, _COMMUNES) if last >= _COMMUNES else year
    return Period(kind=kind, first=starts.get(kind, since), last=last)


def era(as_of: date | None, leader: float | None) -> tuple[str, bool]:
    """The edition that a table of that day, led by that score, is of; and whether a day settles it."""
    if as_of is not None:
        return ("766-2026" if as_of >= _ERA else "766-2025"), True
    return ("766-2025" if leader is not None and leader > _LEADER_2025 else "766-2026"), False


def title(above: Sequence[Sequence[Cell]], name: str) -> str:
    """The title of a table: the longest text above its header, or else its file's name."""
    texts = [text for row in above for cell in row if len(text := shown(cell)) > 9]
    return max(texts, key=len, default=name)[:120]


def _date(year: str, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if date(2022, 6, 23) <= found <= datetime.now().date() + timedelta(days=366) else None


def _end(first: date, months: int) -> date:
    later = first.replace(day=28) + timedelta(days=31 * months - 24)
    return later.replace(day=1) - timedelta(days=1)


def _between(first: date, last: date) -> Period:
    kind = "year_to_date"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        kind = "month"
    elif first == period("quarter", last).first:
        kind = "quarter"
    return Period(kind=kind, first=first, last=last)


def _since(last: date, plain: str) -> Period | None:
    return period("year_to_date", last) if re.search(r"luy ke|tu dau nam|year to date", plain) else None
