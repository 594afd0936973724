"""Facts: typed values that texts name in their blanks {name} or {name:kind}; each reader's language writes its own."""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.words.phrases import noun, unbroken, within
from model.words.problems import LANGUAGES
from model.words.texts import Words

# points and signed are hundredths, the latter a change; maximum is in points, written without idle zeros; rate and
# chance are fractions, the latter in whole percent; count and rank are whole; text is in every language; day a date.
KINDS = ("points", "signed", "maximum", "rate", "chance", "count", "rank", "text", "day")
Value = float | Mapping[str, str] | date
Writers = Mapping[str, Callable[[Any], str]]  # {kind of fact: what writes it in one language}


@dataclass(frozen=True)
class Fact:
    """A value to be told, of one of KINDS."""

    kind: str
    value: Value


def writers(t: Words, name: Callable[[str], str] = str) -> Writers:
    """What writes every kind of fact in a language; `name` makes a text safe for where it goes."""
    return {
        "points": t.points,
        "signed": t.signed,
        "maximum": lambda value: t.number(value, 0 if float(value).is_integer() else 2),
        "rate": t.percent,
        "chance": t.chance,
        "count": t.count,
        "rank": t.count,
        "text": lambda value: name(t.of(value)),
        "day": t.day,
    }


def rendered(text: str, facts: Mapping[str, Fact], write: Writers) -> str:
    """A text of one language, its blanks written out; raises KeyError where a blank has no fact of its kind."""
    written = []
    for before, name, kind, _ in string.Formatter().parse(text):
        written.append(before)
        if name is None:
            continue
        fact = facts[name]
        if "|" in (kind or ""):
            written.append(noun(fact.value, kind or ""))
        elif kind == "mid":
            written.append(within(write["text"](fact.value)))
        elif kind in ("", fact.kind):
            written.append(write[fact.kind](fact.value))
        else:
            raise KeyError(f"{name}:{kind}")
    return unbroken("".join(written))


def blanks(text: str) -> tuple[tuple[str, str], ...]:
    """(name, kind) of every blank of a text, in order, nouns left out.

    Raises ValueError where its braces don't close.
    """
    found = [(name, kind or "") for _, name, kind, _ in string.Formatter().parse(text) if name is not None]
    return tuple((name, "text" if kind == "mid" else kind) for name, kind in found if "|" not in kind)


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


def words(text: Mapping[str, str]) -> Fact:
    """A text in every language."""
    return Fact("text", dict(text))


def named(name: str) -> Fact:
    """A unit's name, the same in every language."""
    return words(dict.fromkeys(LANGUAGES, name))
