"""Facts: figures of a known kind, as texts name them in their typed blanks {name:kind}."""

import string
from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from model.rules.edition import Words
from model.training.lines import Fact, Writers
from model.words.phrases import noun, within

# points and signed are hundredths, the latter a change; maximum is in points, written without idle zeros; rate and
# chance are fractions, the latter in whole percent; count and rank are whole; text is in every language; day a date.
KINDS = ("points", "signed", "maximum", "rate", "chance", "count", "rank", "text", "day")
Value = float | Words | date

__all__ = ["KINDS", "Fact", "Value", "Wording", "Writers", "blanks", "rendered", "writers"]


class Wording(Protocol):
    """A language's ways of writing numbers and dates, such as the pages have."""

    @property
    def language(self) -> str:
        """ "vi" or "en"."""

    def number(self, value: float, digits: int) -> str:
        """A number with so many decimals."""

    def points(self, hundredths: float) -> str:
        """Hundredths as points."""

    def signed(self, hundredths: float) -> str:
        """A change of points with its sign."""

    def percent(self, rate: float) -> str:
        """A fraction as a percentage."""

    def count(self, value: float) -> str:
        """A whole number."""

    def day(self, day: date) -> str:
        """A date."""


def writers(t: Wording, name: Callable[[str], str] = str) -> Writers:
    """What writes every kind of fact in the language of a `Wording`; `name` makes a text safe for where it goes."""
    return {
        "points": t.points,
        "signed": t.signed,
        "maximum": lambda value: t.number(value, 0 if float(value).is_integer() else 2),
        "rate": t.percent,
        "chance": lambda value: _chance(value, t),
        "count": t.count,
        "rank": t.count,
        "text": lambda value: name(value[t.language]),
        "day": t.day,
    }


def rendered(text: str, facts: Mapping[str, Fact], write: Writers) -> str:
    """A text of one language, its blanks written out; raises KeyError where a blank has no fact of its kind."""
    said = []
    for before, name, kind, _ in string.Formatter().parse(text):
        said.append(before)
        if name is not None and "|" in (kind or ""):
            said.append(noun(facts[name].value, kind or ""))
        elif name is not None and kind == "mid":
            said.append(within(write["text"](facts[name].value)))
        elif name is not None:
            if facts[name].kind != kind:
                raise KeyError(f"{name}:{kind}")
            said.append(write[facts[name].kind](facts[name].value))
    return "".join(said)


def blanks(text: str) -> tuple[tuple[str, str], ...]:
    """(name, kind) of every blank of a text, in order, nouns left out.

    Raises ValueError where its braces don't close.
    """
    found = [(name, kind or "") for _, name, kind, _ in string.Formatter().parse(text) if name is not None]
    return tuple((name, "text" if kind == "mid" else kind) for name, kind in found if "|" not in kind)


def _chance(share: float, t: Wording) -> str:
    """A chance in whole percent, never 0 or 100 where it is neither."""
    if 0 < share < 0.005:
        return f"< {t.percent(0.01)}"
    if 0.995 < share < 1 - 1e-12:
        return f"> {t.percent(0.99)}"
    return t.percent(round(share, 2))
