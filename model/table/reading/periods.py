"""Periods that headings speak of (tháng 8, Quý II/2026, kỳ trước, hôm nay): which of the columns is the latest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*(?:[/.\-_]|,?\s*nam)?\s*(20[0-9]{2})(?![0-9]))?"
# Kinds in the order in which they are looked for, on texts without diacritics; the part of a year that a number means.
_SAID = {
    "iso": re.compile(r"(?<![0-9])(20[0-9]{2})[\-/.]?([01][0-9])[\-/.]?([0-3][0-9])(?![0-9])"),
    "day": re.compile(
        r"(?:\bngay\s*)?(?<![0-9/.])([0-3]?[0-9])(?:\s*/\s*|\s*thang\s*|[.\-](?=[01]?[0-9][.\-]20))"
        rf"(0?[1-9]|1[0-2])(?![0-9]|/[013-9]){_YEAR}"
    ),
    "months": re.compile(rf"(?<![0-9])(1[0-2]|[2-9]) thang(?: dau)?(?: nam)?{_YEAR}"),
    "month": re.compile(rf"(?:\bthang|\bt(?=[0-9]))\s*\.?\s*(0?[1-9]|1[0-2])(?![0-9]){_YEAR}"),
    "of": re.compile(r"(?<![0-9/])(0?[1-9]|1[0-2])\s*[/\-]\s*(20[0-9]{2})(?![0-9])"),
    "quarter": re.compile(rf"(?:\bquy|\bq)\s*\.?\s*(iv|i{{1,3}}|[1-4])\b{_YEAR}"),
    "week": re.compile(rf"\btuan(?: thu)?\s*([0-5]?[0-9])\b{_YEAR}"),
    "time": re.compile(r"\b(?:dot|lan|ky)(?: thu)?\s*([0-9]{1,2})\b"),
    "year": re.compile(r"(?:\bnam\s*)?(?<![0-9/.\-])(20[2-4][0-9])(?![0-9/\-])"),
}
_BEFORE = re.compile(
    r"\b(?:thang|ky|quy|nam|tuan|lan|ngay|dot)(?: lien)? (?:truoc|ngoai)(?: lien ke)?\b|\bhom qua\b|\bdau ky\b"
    r"|\bcung ky\b|\btruoc do\b|\b(?:previous|last) (?:month|quarter|year|week|period)\b|\byesterday\b"
)
_NOW = re.compile(
    r"\b(?:thang|ky|quy|nam|tuan|lan|ngay|dot) (?:nay|bao cao|hien tai)\b|\bhom nay\b|\bhien (?:tai|nay)\b|\bcuoi ky\b"
    r"|\b(?:this|current) (?:month|quarter|year|week|period)\b|\btoday\b"
)


@dataclass(frozen=True)
class When:
    """A period as said: before (−1), now (1), or a part of a year, which may not be said."""

    side: int
    year: int = 0
    part: float = 0.0


@lru_cache(20_000)
def cut(plain: str) -> tuple[str, str]:
    """A text without diacritics and without the period it speaks of, and that period as it is said."""
    for pattern in (_BEFORE, _NOW, *_SAID.values()):
        found = pattern.search(plain)
        if found and found[0].strip():
            rest, more = cut(plain[: found.start()] + " " + plain[found.end() :])
            return rest, f"{found[0].strip()} {more}".strip()
    return " ".join(re.sub(r"[(\[]\s*[)\]]", " ", plain).split()), ""


def when(said: str) -> When | None:
    """What a period as said means; None where nothing is said."""
    if not said:
        return None
    year = re.search(r"20[0-9]{2}", said)
    for kind, pattern in _SAID.items():
        if (found := pattern.search(said)) is not None:
            back = 12 if not year and re.search(r"cung ky|nam (truoc|ngoai)", said) else 0
            return When(0, int(year[0]) if year else 0, _part(kind, found) - back)
    return When(-1 if _BEFORE.search(said) else 1)


def _part(kind: str, found: re.Match[str]) -> float:
    if kind == "iso":
        return int(found[2]) - 1 + int(found[3]) / 32
    if kind == "day":
        return int(found[2]) - 1 + int(found[1]) / 32
    number = _ROMAN.get(found[1]) or int(found[1])
    return {"quarter": 3.0 * number, "week": number * 12 / 53, "year": 12.0}.get(kind, float(number))


def ranked(said: Sequence[str]) -> list[float]:
    """When each of the periods is, the later the larger, in the order in which they stand; what says none is now.

    Where no year is said, parts that fall once from a year's end to its start are of two years.
    """
    found = [when(text) or When(1) for text in said]
    years = [each.year for each in found if each.year]
    parts = [each.part for each in found if each.side == 0]
    drops = [b for a, b in zip(parts, parts[1:], strict=False) if b < a]
    turned = not years and len(drops) == 1 and max(parts, default=0) > 9 and drops[0] <= 4
    order, later, last = list[float](), 0, 0.0
    for each in found:
        if each.side:
            order.append(each.side * 1e6)
            continue
        later += turned and each.part < last
        last = each.part
        order.append(12.0 * (each.year or max(years, default=0) or later) + each.part)
    return order
