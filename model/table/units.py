"""Units by name: what makes two names the same, the official lists, and who stands in a list under which code."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from model.rules.edition import Words
from model.table.league import bare, folded, folded_name

_OFFICE = re.compile(r"^(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|uy ban nhan dan)[\s.:]+)+")
_COMMUNE = "xã|phường|thị trấn|đặc khu|xa|phuong|thi tran|dac khu"
_KIND_AFTER = re.compile(rf"^(.+?)\s*(?:[-–,]\s*|\()({_COMMUNE}|tỉnh|tinh|thành phố|thanh pho|tp)\)?$")
_PART_OF = re.compile(
    rf"^(?:đảng ủy|đảng uỷ|hđnd|hđnd và ubnd|trung tâm pvhcc|ttpvhcc|trung tâm phục vụ hành chính công|bộ phận một cửa)"
    rf"(?: ubnd)? (?=(?:{_COMMUNE}|p|x)[. ])"
)
# What stands before or behind a name and is no part of it: a bullet or number, quotes, "(mới)", the province.
_BEFORE = re.compile(r"^[\s\"'“”«»‘’*•+–—-]*(?:[0-9]{1,3}\s*[.)\-–/]\s*(?=\D))?[\s\"“”«»*•+–—-]*")
_BEHIND = re.compile(
    r"(?:[\s\"“”«».;,:*†‡⁰¹²³⁴-ₜ①-⓿-]|\s*[(\[](?:[0-9]{1,2}[*)]*|[*]{1,3}|mới|cũ|sau sắp xếp|sáp nhập|[^()]* cũ)[)\]]"
    r"|\s*(?:[-–,]|\()\s*(?:(?:tỉnh|t\.|thành phố|tp\.?)\s*[^\d,()–-]{2,30}|hà nội|tphn|hcm|hồ chí minh|huế|đà nẵng|"
    r"hải phòng|cần thơ)\)?)+$"
)
_SHORT = {"p": "phường", "x": "xã", "tp": "thành phố", "tt": "thị trấn", "đk": "đặc khu", "t": "tỉnh"}
_SHORTENED = re.compile(r"^(?:(p|x|tp|tt|đk|t)\.\s*|(p|x|tp|tt)\s+)(?=\w)")
_LETTERS = 100  # of a name
_PROVINCE = re.compile(r"(?:^|[.\-_])(H[0-9]{2})(?:[.\-_]|$)", re.IGNORECASE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_KINDS = {
    "commune": "xa|phuong|thi tran|dac khu",
    "province": "tinh|thanh pho",
    "department": "sở|ban|chi cục|cục|văn phòng|công an|bảo hiểm|thanh tra|trung tâm|viện|trường|kho bạc|thuế",
    "other": "bộ",
}
_SUMS = re.compile(
    r"(diem )?(tong|cong|trung binh|tb|binh quan|total|average|mean|sum|max|min)( (so|diem|chung|cong))*"
    r"|(diem )?(tong cong|tong so|tong diem|trung binh|tb|binh quan|toan tinh|toan thanh pho|toan tp|toan quoc|ca nuoc"
    r"|ca tinh|chung toan|tong toan) .*"
    r"|(khoi|cum) (cac )?(xa|phuong|so|ban|tinh|huyen|thi dua|dac khu|co quan|don vi).*|cac (xa|phuong|so|don vi)\b.*"
    r"|(tong cong|toan tinh|toan thanh pho|toan tp|toan quoc|ca nuoc|ca tinh)"
    r"|(don vi |diem |muc )?(toi da|cao nhat|thap nhat|lon nhat|nho nhat|chuan)|thang diem|grand total|maximum|minimum"
)


@dataclass(frozen=True)
class Listed:
    """An official list of units: {code: name}, from a sample league of that name."""

    key: str
    names: Mapping[str, str]
    level: str
    title: Words = field(default_factory=dict)
    province: str = ""  # the code of the province that its units are of: H26


@dataclass(frozen=True)
class Match:
    """Units told by their list: their codes (n,), what was read differently, and near misses to choose among."""

    listed: str = ""
    codes: Sequence[str] = ()
    read_as: Mapping[int, str] = field(default_factory=dict)  # {row: official name}, spelt otherwise in the table
    other_name: Mapping[int, str] = field(default_factory=dict)  # {row: official name} where code and name disagree
    by_name: Mapping[int, str] = field(default_factory=dict)  # {row: official name} where the list lacks the code
    near: Mapping[int, Sequence[str]] = field(default_factory=dict)  # {row: codes that may be meant}, not in the list


@lru_cache(2**16)
def same_name(name: str) -> str:
    """What two spellings of one name share: case, spaces and the place of the tone mark are nothing (Hoà = Hòa)."""
    words = []
    for word in unicodedata.normalize("NFD", spelt_out(name)).split():
        letters = "".join(c for c in word if c not in _TONES)
        if letters[-1:] == "y" and letters[-2:-1] not in ("", *"aeiouăâêôơưy") and len(letters) > 1:
            letters = letters[:-1] + "i"  # Mỹ and Mĩ are one name
        words.append(unicodedata.normalize("NFC", letters + "".join(c for c in word if c in _TONES)))
    return " ".join(words)


@lru_cache(2**16)
def spelt_out(name: str) -> str:
    """A name in lower case without shorthand: "phường ba đình" of "P.Ba Đình" and of "UBND phường Ba Đình"."""
    plain = " ".join(unicodedata.normalize("NFC", name).casefold().replace("’", "'").split())
    if len(plain) <= _LETTERS:  # names of units are short, and these patterns slow on what is none
        plain = _BEHIND.sub("", _BEFORE.sub("", plain)) or plain
        plain = _PART_OF.sub("", _KIND_AFTER.sub(r"\2 \1", plain))
    return _SHORTENED.sub(lambda short: _SHORT[short[1] or short[2]] + " ", _OFFICE.sub("", plain))


@lru_cache(2**16)
def level_of(name: str) -> str | None:
    """The level that a name's first word tells: commune, department, province, other; None where it tells none."""
    plain = " ".join(spelt_out(name).replace(".", " ").split())
    bare_letters = folded(plain)
    for level, kind in _KINDS.items():
        marked = (
            level in ("department", "other") and plain != bare_letters
        )  # "Trưởng phòng" is no "Trường", "Viên An" no "Viện"
        first = kind if marked else folded(kind)
        if re.match(rf"(?:{first}) ", plain if marked else bare_letters):
            return level
    return None


def is_sum(name: str) -> bool:
    """Whether a row's name is that of a total or an average, not a unit's."""
    return _SUMS.fullmatch(" ".join(re.sub(r"[^a-z ]+", " ", folded(name)).split())) is not None


def made_code(name: str) -> str:
    """A code for a unit that has none: its name without diacritics, the same in every table."""
    return re.sub(r"[^a-z0-9]+", "-", folded_name(name)).strip("-") or "-"


def matched(
    codes: Sequence[str], names: Sequence[str], lists: Sequence[Listed], asked: str = "", sure: bool = False
) -> Match:
    """The units of a table, empty codes allowed, found in the list asked for or else the one that most are in.

    A code decides where the list has it, leading zeros apart, and a code of another province says that the unit is not
    of the list; else the name, else the name without diacritics or kind
    where only one unit is called so; where codes are `sure`, a name never decides against one. A list that fewer than
    half of the units are in is not taken by itself.
    """
    units = [_Named(code, name) for code, name in zip(codes, names, strict=True)]
    best: Listed | None = None
    most: Mapping[int, str] = {}
    for candidate in lists:
        known = _known(units, candidate, sure, len(units) if asked else len(units) // 2)
        wanted = candidate.key == asked if asked else 2 * len(known) >= len(units)
        if wanted and len(known) > len(most):
            best, most = candidate, known
    return _match(units, best, most)


class _Named:
    """A unit of a table or a list, and what its name is compared by."""

    def __init__(self, code: str, name: str) -> None:
        self.code, self.name = code, name
        self.same, self.fold, self.bare, self.kind = _compared(name)


@lru_cache(2**16)
def _compared(name: str) -> tuple[str, str, str, str | None]:
    """What a name is compared by: as `same_name`, as `folded_name`, without its kind, and the level it tells."""
    plain = spelt_out(name)
    return same_name(name), folded_name(plain), bare(plain), level_of(name)


def _known(units: Sequence[_Named], listed: Listed, sure: bool, most: int) -> dict[int, str]:
    """{row: code} of the units that a list has, by code or else by name; cut short where it lacks more than `most`."""
    at_code = {code.lstrip("0"): code for code in listed.names}
    index = [_by(_official(listed), key) for key in ("same", "fold", "bare")]
    known = {}
    for i, unit in enumerate(units):
        code = at_code.get(unit.code.lstrip("0")) if unit.code else None
        if code is None and not (unit.code and sure) and not _elsewhere(unit, listed):
            named = _called(unit, index, listed.level)
            code = named[0] if len(named) == 1 else None
        if code is not None:
            known[i] = code
        elif i - len(known) >= most:
            break
    return known


def _called(unit: _Named, index: Sequence[Mapping[str, list[str]]], level: str) -> list[str]:
    """Codes of the listed units of that name; of those of no other kind where only the bare name is the same."""
    loose = index[2].get(unit.bare) if unit.kind is None or unit.kind == level == "province" else None
    return next(filter(None, [index[0].get(unit.same), index[1].get(unit.fold), loose]), [])


def _elsewhere(unit: _Named, listed: Listed) -> bool:
    """Whether a unit's code is of another province than a list's: H99.101, 000.12.H99."""
    own = _PROVINCE.search(unit.code) if listed.province else None
    return own is not None and own[1].upper() != listed.province


def _match(units: Sequence[_Named], listed: Listed | None, known: Mapping[int, str]) -> Match:
    """The units as their list has them, and what differs."""
    codes = [known.get(i) or unit.code or made_code(unit.name) for i, unit in enumerate(units)]
    if listed is None:
        return Match(codes=codes)
    index = [_by(_official(listed), key) for key in ("same", "fold", "bare")]
    read_as, other, by_name = dict[int, str](), dict[int, str](), dict[int, str]()
    near = dict[int, Sequence[str]]()
    for i, unit in enumerate(units):
        official = listed.names.get(known.get(i, ""))
        if official is None:
            elsewhere = _elsewhere(unit, listed)
            near[i] = [] if elsewhere else _called(unit, index, listed.level) or _close(unit, index[1])
        elif unit.code and unit.code.lstrip("0") != known[i].lstrip("0"):
            by_name[i] = official
        elif unit.name and unit.same != same_name(official):
            plain = bare(spelt_out(official))
            if unit.bare == plain and not _called_so(unit, index, known[i]):
                read_as[i] = official
            else:
                other[i] = official
                near[i] = list(dict.fromkeys([known[i], *_called(unit, index, listed.level)]))
    return Match(listed.key, codes, read_as, other, by_name, near)


def _called_so(unit: _Named, index: Sequence[Mapping[str, list[str]]], code: str) -> bool:
    """Whether a unit's name is that of another unit of its list than its code says."""
    return code not in index[0].get(unit.same, [code])


def _close(unit: _Named, index: Mapping[str, list[str]]) -> list[str]:
    """Codes of units with nearly that name."""
    return [code for close in get_close_matches(unit.fold, index, 3, 0.85) for code in index[close]]


def _official(listed: Listed) -> list[_Named]:
    return _named(tuple(listed.names.items()))


@cache
def _named(names: tuple[tuple[str, str], ...]) -> list[_Named]:
    return [_Named(code, name) for code, name in names]


def _by(units: Sequence[_Named], key: str) -> dict[str, list[str]]:
    """{key of a name: codes of the units called so}."""
    index: dict[str, list[str]] = {}
    for unit in units:
        index.setdefault(getattr(unit, key), []).append(unit.code)
    return index
