"""Headings: where a table's header stands, and what each of its columns holds, guessed from what it is called."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from model.rules.edition import Edition
from model.table.league import columns
from model.table.league import folded as _folded
from model.words.numbers import Cell, plain, shown

_DEPTH = 300  # rows among which a header is looked for
_HEIGHT = 3  # rows that a header may have
_LOOKED = 15_000  # texts among which the headers of all sheets of a file are looked for
_LETTERS = 200  # of a heading, by which it is told
_FIGURES = ("points.", "done.", "due.", "rate.", "score")
_COUNTED = re.compile(r"(tong )?so (luong )?(ho so|thu tuc|tthc|dich vu|dvc|pakn|phan anh|luot|don vi)\b")
_BEFORE = re.compile(r"\b(thang|ky|quy|nam|tuan|lan) truoc\b|\b(tang|giam|chenh lech|so voi)\b")
_MAXIMUM = re.compile(r"[(\[]?\s*(toi da\s*)?/?[0-9]+([.,][0-9]+)?\s*(d|diem|points?)\.?\s*[)\]]?")
folded = lru_cache(10_000)(_folded)  # each heading is looked at in several ways
IDLE = ("row", "rank", "band", "level", "type", "group", "none")  # nothing is computed from these


@dataclass(frozen=True)
class Heading:
    """A column's heading and what it is taken to hold: `role` is one of `roles(...)`; not `sure` where guessed."""

    text: str
    role: str = "none"
    sure: bool = False
    most: float | None = None  # the maximum that the heading prints: (18đ)


@dataclass(frozen=True)
class Header:
    """Where the rows under a header begin (0-based), its own rows, and its headings; a sheet of criteria is `long`."""

    first: int
    height: int
    headings: tuple[Heading, ...]

    @property
    def long(self) -> bool:
        """Whether each row is one criterion of a unit."""
        return any(h.role == "criterion" for h in self.headings)


def roles(edition: Edition) -> tuple[str, ...]:
    """Everything a column may be taken for in a table of units."""
    keys = columns(edition)
    measured = tuple(f"{what}.{key}" for key in keys for what in ("done", "due", "rate"))
    parts = tuple(f"points.{c.key}" for c in edition.components)
    return ("code", "name", "score", *parts, "rank", "level", *measured, "none")


def header(rows: Sequence[Sequence[Cell]], edition: Edition, at: int | None = None, sheets: int = 1) -> Header | None:
    """The header that names most columns, in the row asked for or anywhere; None where none names units and figures.

    In a file of many sheets each is searched less far.
    """
    best, most, left = None, 0, max(200, _LOOKED // sheets)
    for first in range(min(len(rows), _DEPTH)) if at is None else (at,):
        left -= len(rows[first])
        if left < 0 and at is None:
            break
        for height in range(1, _HEIGHT + 1):
            block = rows[first : first + height]
            if len(block) < height or any(_is_data(row) for row in block):
                break
            found = Header(first, height, tuple(_read(block, edition)))
            worth = _worth(found)
            if worth > most:
                best, most = found, worth
    return best


def plainest(rows: Sequence[Sequence[Cell]], edition: Edition, at: int) -> Header:
    """A header of that one row, whatever it names."""
    return Header(at, 1, tuple(_read(rows[at : at + 1], edition)))


def is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers its columns: (1) (2) (3), A B 1 2 3=1+2."""
    texts = [re.sub(r"[()\[\]]|=.*|\.0$", "", shown(cell)[:_LETTERS]).strip() for cell in row if shown(cell)]
    counted = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    letters = [text for text in texts if re.fullmatch("[A-Za-z]", text)]
    return len(texts) > 2 and len(counted) + len(letters) == len(texts) and _runs(counted) and len(counted) > 1


def is_maxima(row: Sequence[Cell]) -> bool:
    """Whether a row only says of its columns what they are out of: (18đ), 20 điểm."""
    texts = [shown(cell) for cell in row if shown(cell)]
    return bool(texts) and all(map(_is_maximum, texts))


def _is_maximum(text: str) -> bool:
    return _MAXIMUM.fullmatch(" ".join(folded(text).split())) is not None


def criterion_of(text: str, edition: Edition) -> str | None:
    """The criterion that a row of a detail sheet names, by its number (2.1) or its name; None where it names none."""
    return _entries(edition).criteria.get(_words(text)) or _numbered(text, edition)


def component_of(text: str, edition: Edition) -> str | None:
    """The component that a row names; None where it names none."""
    key = _entries(edition).components.get(_words(re.sub(r"^\s*([IVX]+|[0-9]+)[.)\s]+", "", text)))
    return key if key in edition.component_index else None


def _runs(counted: list[int]) -> bool:
    return all(later - sooner == 1 for sooner, later in zip(counted, counted[1:], strict=False))


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds figures, and so is none of a header's."""
    return not is_numbering(row) and any(plain(cell) is not None or _looks_counted(cell) for cell in row)


def _looks_counted(cell: Cell) -> bool:
    return isinstance(cell, str) and re.match(r"\s*[0-9]+([.,][0-9]+)?\s*(%|/\s*[0-9])", cell[:_LETTERS]) is not None


def _worth(found: Header) -> int:
    """How much a header names; nothing where it names no unit and no figure, or a column that should have a row."""
    names = [h.role for h in found.headings]
    measured = any(role.startswith(_FIGURES) or role in ("done", "due", "rate", "points") for role in names)
    if not measured or not {"name", "code", "criterion"} & set(names):
        return 0
    told = {h.role for h in found.headings if h.role != "none"}
    sure = {h.role for h in found.headings if h.sure and h.role != "none"}
    return 4 * len(told) + 2 * len(sure) - found.height


def _read(block: Sequence[Sequence[Cell]], edition: Edition) -> list[Heading]:
    width = max(map(len, block), default=0)
    texts = [[shown(row[i])[:_LETTERS] if i < len(row) else "" for i in range(width)] for row in block]
    own = [[text for row in texts if (text := row[i])] for i in range(width)]
    long = any(_words(text) in _entries(edition).detail for column in own for text in column)
    found = []
    for i, column in enumerate(own):
        own_rows = [at for at, row in enumerate(texts) if row[i] and not _is_maximum(row[i])]
        lowest = max(own_rows, default=0)
        last = texts[lowest][i]
        parents = [_above(row, i) for row in texts[:lowest]]
        found.append(_heading(" ".join(column), last, [p for p in parents if p and p != last], edition, long))
    return found


def is_figure(role: str) -> bool:
    """Whether columns of a role hold points, counts or rates."""
    return role.startswith(_FIGURES)


def _above(row: Sequence[str], i: int) -> str:
    """A cell's text, or of what it is merged with to its left."""
    return next((row[j] for j in range(i, -1, -1) if row[j]), "")


def _heading(text: str, last: str, parents: list[str], edition: Edition, long: bool) -> Heading:
    """What one column holds: its lowest heading by itself, or as a measure of what stands above it."""
    known = _entries(edition)
    words, most = _words(last), _most(text)
    if not words and "%" not in last:
        return Heading(text)
    exact = known.own.get(last.strip().casefold()) or known.own.get("_".join(last.casefold().split()))
    if exact:
        return Heading(text, exact, True, most)
    if long:
        role = known.detail.get(words) or known.measures.get(words) or known.columns.get(words)
        return Heading(text, role or "none", role is not None, most)
    measure = known.measures.get(words) or ("rate" if not words else None)
    for parent in reversed(parents):
        if measure and (key := known.criteria.get(_words(parent)) or _numbered(parent, edition)):
            return Heading(text, f"{measure}.{key}" if measure != "points" else "none", True, most)
        if measure == "points" and (part := known.components.get(_words(parent))):
            return Heading(text, f"points.{part}", True, most)
    if (words in known.columns or words in known.components) and not _says_rate(last):
        role = known.columns.get(words) or f"points.{known.components[words]}"
        return Heading(text, role, True, most)
    return Heading(text, _guessed(words, last, edition), False, most)


@lru_cache(10_000)
def _guessed(words: str, text: str, edition: Edition) -> str:
    """The role of a heading that only contains what is known: the longest of it counts."""
    known, rated = _entries(edition), _says_rate(text)
    near = (phrase for word in dict.fromkeys(words.split()) for phrase in known.phrases.get(word, ()))
    found = [(name, kind, key) for name, kind, key in near if f" {name} " in f" {words} "]
    inside = sorted(found, key=lambda one: ("column", "component", "criterion", "rate").index(one[1]))
    inside = [found for found in inside if found[1] != ("component" if rated or _COUNTED.match(words) else "rate")]
    if not rated:
        inside = [found for found in inside if found[1] != "rate"]
    if any(kind != "column" for _, kind, _ in inside):
        inside = [found for found in inside if found[1:] != ("column", "score")]  # "Điểm số hóa" is no "Điểm số"
    if (key := _numbered(text, edition)) is not None:
        inside.append((words, "criterion", key))
    if not inside or _BEFORE.search(words):
        return "none"
    _, kind, key = max(inside, key=lambda found: len(found[0]))
    if kind in ("column", "component"):
        return key if kind == "column" else f"points.{key}"
    measure = next((what for name, what in known.measures.items() if f" {name} " in f" {words} "), None)
    if measure is None or rated and measure == "points":
        measure = "done" if _COUNTED.match(words) and not rated else "rate"
    return "none" if measure == "points" else f"{measure}.{key}"


def _says_rate(text: str) -> bool:
    return "%" in text or re.search(r"\bt[iy] le\b", folded(text)) is not None


@dataclass(frozen=True)
class _Known:
    """What headings are looked up in: {words: role, component, criterion or measure}; phrases by their first words."""

    own: Mapping[str, str]
    columns: Mapping[str, str]
    components: Mapping[str, str]
    criteria: Mapping[str, str]
    detail: Mapping[str, str]
    measures: Mapping[str, str]
    phrases: Mapping[str, list[tuple[str, str, str]]]


@cache
def _entries(edition: Edition) -> _Known:
    data = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
    by_words = {part: {word: key for key, words in rows.items() for word in words} for part, rows in data.items()}
    components = by_words["components"]
    components |= {_words(name): c.key for c in edition.components for name in (*c.name.values(), c.code)}
    criteria = {_words(name): c.key for c in edition.criteria for name in c.name.values()}
    criteria |= {_words(lever.name[lang]): lever.key for lever in edition.levers for lang in lever.name}
    own = {"unit_code": "code", "unit_name": "name", "published_score": "score", "published_rank": "rank"}
    own |= {f"{key}_points": f"points.{key}" for key in data["components"]} | {"unit_type": "type"}
    own |= {f"{key}_{what}": f"{what}.{key}" for key in columns(edition) for what in ("done", "due")}
    own |= {key: f"rate.{key}" for key in columns(edition)}
    phrases = [(name, "column", key) for name, key in by_words["columns"].items() if " " in name]
    phrases += [(name, "component", key) for name, key in components.items() if " " in name or len(name) > 3]
    phrases += [(name, "criterion", key) for name, key in {**by_words["criteria"], **criteria}.items() if " " in name]
    phrases += [(name, "rate", key) for name, key in by_words["rates"].items()]
    first: dict[str, list[tuple[str, str, str]]] = {}
    for phrase in phrases:
        first.setdefault(phrase[0].split()[0], []).append(phrase)
    return _Known(own, by_words["columns"], components, criteria, by_words["detail"], by_words["measures"], first)


@lru_cache(10_000)
def _words(text: str) -> str:
    """A heading as it is looked up: folded, without what stands in brackets, without signs."""
    inner = re.sub(r"[(\[][^)\]]*[)\]]?", " ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded(inner)).split())


@lru_cache(10_000)
def _most(text: str) -> float | None:
    """The maximum that a heading prints: (18đ), (tối đa 18 điểm), (/18)."""
    found = re.search(r"[(\[/][^()\[\]/]*?([0-9]+(?:[.,][0-9]+)?)\s*(d\b|diem|points?|[)\]]|$)", folded(text))
    return float(found[1].replace(",", ".")) if found else None


def _numbered(text: str, edition: Edition) -> str | None:
    """The criterion whose number a text begins with: "2.1", "2.1. Hồ sơ đúng hạn", "Tiêu chí 3.5a"."""
    found = re.match(
        r"\s*(?:tieu chi|tc|chi so|cs|tu so|mau so|t[iy] le|ts|ms)?\s*([0-9]+\.[0-9]+[a-z]?)(?![0-9%])", folded(text)
    )
    return next((c.key for c in edition.criteria if found and c.number == found[1]), None)
