"""Facts that a text tells: typed values, so that each reader's language writes its own numbers."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from model.rules.edition import Words
from model.words.phrases import filled

Writers = Mapping[str, Callable[[Any], str]]  # {kind of fact: what writes it in one language}


@dataclass(frozen=True)
class Fact:
    """A value to be told: hundredths of points ("points", or "signed" for a change), a fraction in [0, 1] ("rate"), a
    "count", a "rank", a "text" in every language, or a "day"."""

    kind: str
    value: float | Words | date


@dataclass(frozen=True)
class Line:
    """A text of quiz.toml by its dotted key, and the facts that fill its blanks."""

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def rendered(text: str, facts: Mapping[str, Fact], write: Writers) -> str:
    """A text of one language with its {blanks} filled; raises KeyError for a blank without its fact."""
    return filled(text, **{name: write[fact.kind](fact.value) for name, fact in facts.items()})


def told(line: Line, language: str, write: Writers) -> str:
    """A line as it is read in a language ("vi" or "en")."""
    return rendered(text(line.text)[language], line.facts, write)


def text(key: str) -> Words:
    """The text of quiz.toml at a dotted key, in every language."""
    found: Any = texts()
    for part in key.split("."):
        found = found[part]
    return dict(found)


@cache
def texts() -> dict[str, Any]:
    """Everything in quiz.toml."""
    return tomllib.loads(Path(__file__).with_name("quiz.toml").read_text(encoding="utf-8"))


def points(hundredths: float) -> Fact:
    """Points, of whole hundredths."""
    return Fact("points", float(hundredths))


def signed(hundredths: float) -> Fact:
    """A change of points, of hundredths."""
    return Fact("signed", float(hundredths))


def rate(fraction: float) -> Fact:
    """A rate, of a fraction; what a subtraction left of 14 digits is let go."""
    return Fact("rate", round(float(fraction), 12))


def count(number: float) -> Fact:
    """A number of things."""
    return Fact("count", float(number))


def rank(place: float) -> Fact:
    """A rank, 1 for the best."""
    return Fact("rank", float(place))


def words(text: Words) -> Fact:
    """A text in every language."""
    return Fact("text", dict(text))


def named(name: str) -> Fact:
    """A unit's name, the same in every language."""
    return Fact("text", {"vi": name, "en": name})


def plainly(language: str) -> Writers:
    """Plain writers of a language, for where no page writes: 1234 hundredths as 12,34 or 12.34."""

    def number(value: float, digits: int, sign: str = "") -> str:
        written = f"{value:{sign},.{digits}f}"
        return written.translate(str.maketrans(",.", ".,")) if language == "vi" else written

    return {
        "points": lambda v: number(v / 100, 2),
        "signed": lambda v: number(v / 100, 2, "+" if v else ""),
        "rate": lambda v: number(100 * v, 1) + " %",
        "count": lambda v: number(v, 0),
        "rank": lambda v: number(v, 0),
        "text": lambda v: str(v[language]),
        "day": lambda v: f"{v:%d/%m/%Y}" if language == "vi" else f"{v.day} {v:%B %Y}",
    }
