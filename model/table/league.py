"""A league: the units ranked together, as published."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import numpy as np

from model.rules.edition import Edition, Words
from model.rules.formulas import hundredths
from model.words.problems import Problem

LEVEL_NAMES = {
    "commune": {"vi": "cấp xã", "en": "communes"},
    "department": {"vi": "sở, ngành", "en": "departments"},
    "province": {"vi": "cấp tỉnh", "en": "provinces"},
    "other": {"vi": "chưa rõ cấp", "en": "unknown level"},
}
PERIODS = ("month", "quarter", "year_to_date")
PERIOD_NAMES = {
    "month": {"vi": "số liệu tháng", "en": "a month"},
    "quarter": {"vi": "số liệu quý", "en": "a quarter"},
    "year_to_date": {"vi": "lũy kế từ đầu năm", "en": "the year to date"},
}
MARKS = ("own", "earlier")  # of rates that did not come with the table: known of oneself, or of an earlier table
ORIGINS = ("published", "illustrative", "own")
_MARKS = str.maketrans(
    dict.fromkeys("'’‘‛ʼʻʽʹˈ´`′‵＇.\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
)


@dataclass(frozen=True, kw_only=True)
class Period:
    """What the figures cover: a month, a quarter or the year to date, first and last day included."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True, eq=False)
class League:
    """Published figures of n units; nan where not reported.

    `done`, `due` and `rate` have shape (n, reported), along `columns(edition)`; `published` holds component points
    in hundredths, shape (n, components), and `published_score` hundredths, shape (n,).
    """

    key: str
    edition: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    done: np.ndarray
    due: np.ndarray
    rate: np.ndarray
    published: np.ndarray
    published_score: np.ndarray
    title: Words = field(default_factory=dict)
    source: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)
    as_of: date | None = None
    period: Period | None = None
    level: str = "other"
    origin: str = "own"
    published_cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    claims: Mapping[str, Words] = field(default_factory=dict)
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # {code: {lever: "own" or "earlier"}}
    derived: tuple[str, ...] = ()  # components whose points are what the others leave of the total

    def index(self, unit: str) -> int:
        """The row of the unit with that code, or else that only name; raises Problem where there is none."""
        if unit in self.codes:
            return self.codes.index(unit)
        wanted = folded_name(unit)
        named = [i for i, name in enumerate(self.names) if wanted in (folded_name(name), bare(name))]
        if len(named) != 1:
            raise Problem("unit_unknown", unit=unit, league=self.title or self.key)
        return named[0]

    @property
    def story(self) -> str:
        """The unit of which a made-up league tells what was published; nothing where there is none."""
        return next(iter(self.published_cells), "") if self.origin == "illustrative" else ""

    def with_unit(
        self, edition: Edition, code: str, name: str, points: Mapping[str, float], rates: Mapping[str, float]
    ) -> "League":
        """The league with one more unit, of component points in [0, max] and rates in [0, 1], by key."""
        width = len(columns(edition))
        blank = np.full((1, width), np.nan)
        rate = np.array([[rates.get(key, np.nan) for key in columns(edition)]])
        own = hundredths(np.array([[points.get(c.key, np.nan) for c in edition.components]]))
        return replace(
            self,
            codes=(*self.codes, code),
            names=(*self.names, name),
            done=_stacked(self.done, blank),
            due=_stacked(self.due, blank),
            rate=_stacked(self.rate, rate),
            published=_stacked(self.published, own),
            published_score=_stacked(self.published_score, own.sum(axis=1)),
        )


def columns(edition: Edition) -> tuple[str, ...]:
    """What a table may report as a rate: every criterion, then every lever that is no criterion, at any level."""
    return edition.reported or tuple(dict.fromkeys((*edition.criterion_index, *edition.lever_index)))


def folded(text: str) -> str:
    """A text as it is looked up: lower case, without diacritics, đ as d, single spaces."""
    letters = unicodedata.normalize("NFD", text.lower())
    return " ".join((letters if letters.isascii() else letters.translate(_PLAIN)).split())


class _Plain(dict[int, str]):
    """What each letter is looked up as, kept once it was asked for; a mark is nothing."""

    def __missing__(self, letter: int) -> str:
        kept = "" if unicodedata.category(chr(letter))[0] == "M" else chr(letter)
        return self.setdefault(letter, kept)


_PLAIN = _Plain({ord(letter): "d" for letter in "đðɖ"} | {ord(mark): "'" for mark in "’ʼ"})


@lru_cache(2**14)
def folded_name(name: str) -> str:
    """A name as it is compared and searched: folded, without marks between letters; pages/panel/numbers.js's twin.

    Apostrophes and dots are nothing (Cư M'gar = Cư Mgar), as is a hyphen after a single letter (M-gar); another
    stands for a space (Bà Rịa-Vũng Tàu).
    """
    plain = re.sub("([a-z0-9]{2})-", r"\1 ", folded(name).translate(_MARKS))
    return " ".join(plain.replace("-", "").split())


def bare(name: str) -> str:
    """A folded name without the word for its kind: "phu xuyen" of "Xã Phú Xuyên"."""
    return re.sub(r"^(xa|phuong|dac khu|thi tran|tinh|thanh pho|tp) ", "", folded_name(name))


@lru_cache(2**14)
def kind_of(name: str) -> str:
    """The word for a unit's kind with which its name begins: Xã, Phường; nothing where it begins with none."""
    kind = folded_name(name).removesuffix(bare(name)).strip()
    return " ".join(name.split()[: len(kind.split())]).capitalize() if kind else ""


def is_meant(text: str, code: str, name: str) -> bool:
    """Whether a unit is among those that a search means: every word in its name, or digits in its code."""
    wanted, its = folded_name(text), folded_name(name)
    digits = re.search("[0-9]", wanted) is not None
    return all(word in its for word in wanted.split()) or digits and wanted in folded_name(code)


def frozen(array: np.ndarray) -> np.ndarray:
    """The same array, no longer writeable."""
    array.flags.writeable = False
    return array


def _stacked(*parts: np.ndarray) -> np.ndarray:
    return frozen(np.concatenate(parts))
