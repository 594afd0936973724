"""Units by name: what makes two names the same, the official lists, and who stands in a list under which code."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from ..edition import Words
from ..league import bare, folded

_SHORT = {"p.": "phường", "x.": "xã", "tp.": "thành phố", "tp": "thành phố", "tt.": "thị trấn"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_KINDS = {
    "commune": r"(xa|phuong|thi tran|dac khu|x|p|tt) ",
    "province": r"(tinh|thanh pho|tp) ",
    "other": r"(so|ban|chi cuc|cuc|van phong|cong an|bao hiem|thanh tra|trung tam|vien|truong|bo|kho bac|thue) ",
}
_SUMS = re.compile(
    r"(tong|cong|trung binh|binh quan|total|average|mean|sum)( (so|diem|chung|cong))*"
    r"|(tong cong|tong so|trung binh|binh quan|toan tinh|toan thanh pho|toan quoc|ca nuoc|ca tinh).*"
)


@dataclass(frozen=True)
class Listed:
    """An official list of units: {code: name}, from a sample league of that name."""

    key: str
    names: Mapping[str, str]
    level: str
    title: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """Units told by their list: their codes (n,), what was read differently, and near misses to choose among."""

    listed: str = ""
    codes: Sequence[str] = ()
    read_as: Mapping[int, str] = field(default_factory=dict)  # {row: official name}, spelt otherwise in the table
    other_name: Mapping[int, str] = field(default_factory=dict)  # {row: official name} where code and name disagree
    near: Mapping[int, Sequence[str]] = field(default_factory=dict)  # {row: codes that may be meant}


def same_name(name: str) -> str:
    """What two spellings of one name share: case, spaces and the place of the tone mark are nothing (Hoà = Hòa)."""
    first, *rest = unicodedata.normalize("NFC", name).casefold().replace("’", "'").split() or [""]
    words = []
    for word in unicodedata.normalize("NFD", " ".join([_SHORT.get(first, first), *rest])).split():
        letters = "".join(c for c in word if c not in _TONES)
        words.append(unicodedata.normalize("NFC", letters + "".join(c for c in word if c in _TONES)))
    return " ".join(words)


def level_of(name: str) -> str | None:
    """The level that a name's first word tells: commune, province, other (an office); None where it tells none."""
    plain = folded(re.sub(r"([xXpP]|TT)\.(?=\S)", r"\1. ", name)).replace(".", " ")
    return next((level for level, kind in _KINDS.items() if re.match(kind, " ".join(plain.split()))), None)


def is_sum(name: str) -> bool:
    """Whether a row's name is that of a total or an average, not a unit's."""
    return _SUMS.fullmatch(" ".join(re.sub(r"[^a-z ]+", " ", folded(name)).split())) is not None


def made_code(name: str) -> str:
    """A code for a unit that has none: its name without diacritics, the same in every table."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or "-"


def matched(codes: Sequence[str], names: Sequence[str], lists: Sequence[Listed], asked: str = "") -> Match:
    """The units of a table, empty codes allowed, found in the list asked for or else the one that most are in.

    A code decides where the list has it, leading zeros apart; else the name, else the name without diacritics or kind
    where only one unit is called so. A list that fewer than half of the units are in is not taken by itself.
    """
    units = [_Named(code, name) for code, name in zip(codes, names, strict=True)]
    best, most = Match(codes=[unit.code or made_code(unit.name) for unit in units]), 0
    for candidate in lists:
        found = _found(units, candidate)
        hits = sum(code in candidate.names for code in found.codes)
        wanted = candidate.key == asked if asked else 2 * hits >= len(units)
        if wanted and hits > most:
            best, most = found, hits
    return best


class _Named:
    """A unit of a table or a list, and what its name is compared by."""

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name
        self.same, self.fold, self.bare, self.kind = same_name(name), folded(name), bare(name), level_of(name)


def _found(units: Sequence[_Named], listed: Listed) -> Match:
    """The units as one list has them."""
    official = _official(listed.key, tuple(listed.names.items()))
    at_code = {code.lstrip("0"): code for code in listed.names}
    index = [_by(official, key) for key in ("same", "fold", "bare")]
    codes: list[str] = []
    read_as, other, near = dict[int, str](), dict[int, str](), dict[int, Sequence[str]]()
    for i, unit in enumerate(units):
        hits = [index[0].get(unit.same), index[1].get(unit.fold), None if unit.kind else index[2].get(unit.bare)]
        named = next(filter(None, hits), [])
        known = at_code.get(unit.code.lstrip("0")) if unit.code else None
        if known is None and not unit.code and len(named) == 1:
            known = named[0]
        codes.append(known or unit.code or made_code(unit.name))
        if known is None and not unit.code:
            near[i] = named or _close(unit, index[1])
        elif known is not None and unit.name and unit.same != same_name(listed.names[known]):
            (read_as if unit.bare == bare(listed.names[known]) else other)[i] = listed.names[known]
    return Match(listed.key, codes, read_as, other, {i: close for i, close in near.items() if close})


def _close(unit: _Named, index: Mapping[str, list[str]]) -> list[str]:
    """Codes of units with nearly that name."""
    return [code for close in get_close_matches(unit.fold, index, 3, 0.85) for code in index[close]]


@cache
def _official(_: str, names: tuple[tuple[str, str], ...]) -> list[_Named]:
    return [_Named(code, name) for code, name in names]


def _by(units: Sequence[_Named], key: str) -> dict[str, list[str]]:
    """{key of a name: codes of the units called so}."""
    index: dict[str, list[str]] = {}
    for unit in units:
        index.setdefault(getattr(unit, key), []).append(unit.code)
    return index
