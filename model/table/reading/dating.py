"""What a table says of itself between the lines: its date and period, the era of its rules, its title."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from model.table.league import Period, folded
from model.words.numbers import Cell, shown

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_D = r"(?<![0-9])([0-3]?[0-9])\s*(?:[/.\-]|\s*thang\s*)\s*([01]?[0-9])"
_Y = r"\s*(?:[/.\-]|,?\s*nam\s*)\s*(20[0-9]{2})(?![0-9])"
_DAY = re.compile(_D + _Y)
_RANGE = re.compile(rf"{_D}(?:{_Y})?\s*(?:[-–_]|den(?: het)?(?: ngay)?)\s*{_D}{_Y}")
_ISO = re.compile(r"(?<![0-9])(20[0-9]{2})(?:([\-_/.])([01]?[0-9])\2([0-3]?[0-9])|([01][0-9])([0-3][0-9]))(?![0-9])")
_UNTIL = re.compile(r"(?:den|het|thoi diem|chot|cap nhat)(?: ngay)?\s*:?\s*$")
# A rule's date is never that of a table; a letter's, or that beside a signature, only where no other is stated.
_RULE = re.compile(
    rf"(?:\bqd\b|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|luat)[^;]{{0,60}}?ngay\s*{_DAY.pattern}"
)
_SIGNED = re.compile(
    rf"(?:cong van|\bcv\b|ke hoach|van ban|bao cao so|to trinh|thong bao)[^;]{{0,60}}?ngay\s*{_DAY.pattern}"
    rf"|[a-z]\s*,\s*ngay\s*{_DAY.pattern}"
)
_MONTHS = re.compile(r"(?<![0-9])(1[0-2]|[2-9]) thang (?:dau )?(?:nam )?(20[0-9]{2})")
_MONTH = re.compile(r"(?:thang|\bt)\s*\.?\s*([01]?[0-9])\s*(?:nam|[/.\-_])?\s*(20[0-9]{2})")
_QUARTER = re.compile(r"(?:quy|\bq)\s*\.?\s*(iv|i{1,3}|[1-4])\s*(?:nam|[/.\-_])?\s*(20[0-9]{2})")
_LEVELS = {
    "commune": r"\b(cap xa|xa phuong|phuong xa)\b",
    "department": r"\b(cap so|so nganh|so ban nganh)\b",
    "province": r"\b(cap tinh|tinh thanh|tinh tp)\b",
}
_LETTERS = 4_000  # of a title, in which its date is looked for
_COMMUNES = date(2025, 7, 1)  # since when communes and wards are as they are


def dated(texts: Iterable[str]) -> tuple[date | None, Period | None]:
    """The day and period that titles, a sheet's name or a file's name state; the first of them that states any."""
    for text in texts:
        plain = _RULE.sub(" ", _ISO.sub(_turned, folded(text[:_LETTERS])))
        for said in (_SIGNED.sub(" ", plain), plain):
            day, covered = _ranged(said) or _on_a_day(said) or _in_a_period(said) or (None, None)
            if day is not None:
                return day, covered
    return None, None


def _turned(iso: re.Match[str]) -> str:
    return f" {iso[4] or iso[6]}/{iso[3] or iso[5]}/{iso[1]} "


def _ranged(plain: str) -> tuple[date, Period] | None:
    """The last of the days that a text says the figures go from and to."""
    for d, m, y, until_d, until_m, until_y in _RANGE.findall(plain):
        first, last = _date(y or until_y, m, d), _date(until_y, until_m, until_d)
        if first and last and first < last:
            return last, _between(first, last)
    return None


def _on_a_day(plain: str) -> tuple[date, Period | None] | None:
    """The day that a text names, by preference one up to which the figures are said to go, else the last."""
    days = [(_UNTIL.search(plain[: m.start()]) is not None, _date(m[3], m[2], m[1])) for m in _DAY.finditer(plain)]
    found = sorted((until, day) for until, day in days if day is not None)
    return (found[-1][1], _since(found[-1][1], plain)) if found else None


def _in_a_period(plain: str) -> tuple[date, Period] | None:
    """The last day of the months, month or quarter that a text names."""
    for pattern, months in ((_MONTHS, 0), (_MONTH, 1), (_QUARTER, 3)):
        for part, year in pattern.findall(plain):
            last = _ROMAN.get(part, 0) or int(part)
            first = _date(year, 1 + (months or 1) * (last - 1), 1)
            if first is not None:
                end = _end(first, months or 1)
                kind = {0: "year_to_date", 1: "month", 3: "quarter"}[months]
                return end, _since(end, plain) or period(kind, end)
    return None


def level(texts: Iterable[str]) -> str | None:
    """The level of units that a heading or a title speaks of; the first of them that speaks of one."""
    for text in texts:
        plain = re.sub(r"[^a-z0-9]+", " ", folded(text))
        for found, words in _LEVELS.items():
            if re.search(words, plain):
                return found
    return None


def period(kind: str, last: date) -> Period:
    """The period of that kind that ends on a day: its month, its quarter, or the year to date."""
    starts = {"month": last.replace(day=1), "quarter": last.replace(month=3 * ((last.month - 1) // 3) + 1, day=1)}
    year = last.replace(month=1, day=1)
    since = max(year, _COMMUNES) if last >= _COMMUNES else year
    return Period(kind=kind, first=starts.get(kind, since), last=last)


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
    elif first == period("quarter", last).first and (last == _end(first, 3) or first != period("", last).first):
        kind = "quarter"
    return Period(kind=kind, first=first, last=last)


def _since(last: date, plain: str) -> Period | None:
    return period("year_to_date", last) if re.search(r"luy ke|tu dau nam|year to date", plain) else None
