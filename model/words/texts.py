"""Words and numbers as they are read: every text on screen in the reader's language. No Streamlit."""

import re
import tomllib
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, SupportsFloat

import numpy as np

from model.words.phrases import LANGUAGES, filled, unbroken

FOLDER = Path(__file__).parent
_UNGROUPED = ("year", "row")


class Words:
    """The texts of one language, and its ways of writing numbers and dates."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.texts: dict[str, Any] = _joined(tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")))

    def __call__(self, key: str, **details: object) -> str:
        """The text at a dotted key, its {blanks} filled; whole numbers are grouped, but rows of a file and years."""
        text: Any = self.texts
        for part in key.split("."):
            text = text[part]
        return self.filled(str(text), **details) if details else str(text)

    def filled(self, text: str, /, **details: object) -> str:
        """A text of this language with its {blanks} filled, as `__call__` does."""
        return filled(text, **{key: self._told(key, value) for key, value in details.items()})

    def _told(self, key: str, value: object) -> object:
        return self.count(value) if isinstance(value, (int, np.integer)) and key not in _UNGROUPED else value

    def group(self, key: str) -> dict[str, Any]:
        """All texts under a key."""
        return dict(self.texts[key])

    def of(self, words: dict[str, str] | Any) -> str:
        """A text that the data carry in every language."""
        return unbroken(words[self.language]) if words else ""

    def number(self, value: SupportsFloat | None, digits: int) -> str:
        """A number with the language's decimal sign and grouping; a dash where missing."""
        if value is None or np.isnan(float(value)):
            return "–"
        return _written(float(value), digits, self.texts["decimal"], self.texts["thousands"])

    def points(self, hundredths: SupportsFloat) -> str:
        """Hundredths as points: 73,41."""
        return self.number(float(hundredths) / 100, 2)

    def signed(self, hundredths: SupportsFloat) -> str:
        """A change of points with its sign: +0,74."""
        return ("+" if float(hundredths) > 0 else "") + self.points(hundredths)

    def percent(self, rate: SupportsFloat) -> str:
        """A fraction as a percentage, without idle zeros, never parted from its sign: 98,5 %."""
        text = self.number(100 * float(rate), 2)
        return (text.rstrip("0").rstrip(self.texts["decimal"]) if self.texts["decimal"] in text else text) + "\u00a0%"

    def chance(self, share: SupportsFloat) -> str:
        """A chance in whole per cent, never 0 or 100 where it is neither: < 1 %."""
        exact = float(share)
        if 0 < exact < 0.005:
            return "<\u00a01\u00a0%"
        return ">\u00a099\u00a0%" if 0.995 < exact < 1 - 1e-12 else self.percent(round(exact, 2))

    def count(self, value: SupportsFloat) -> str:
        """A whole number, grouped: 2.735."""
        return self.number(value, 0)

    def day(self, day: date) -> str:
        """A date as it is written: 10/10/2026, or 10 October 2026."""
        months = self.texts.get("months")
        return self("date", day=day.day, month=months[day.month - 1] if months else day.month, year=day.year)


@lru_cache(2**15)  # a table of 3,321 units says some thousand numbers again and again
def _written(value: float, digits: int, decimal: str, thousands: str) -> str:
    exact = Decimal(value)  # halves go up, as the index itself rounds, and as the panel's toFixed does
    text = f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.translate({ord(","): thousands, ord("."): decimal, ord("-"): "−"})


def _joined(texts: Any) -> Any:
    """A table of texts, none of whose numbers parts from what follows."""
    if isinstance(texts, dict):
        return {key: _joined(one) for key, one in texts.items()}
    return unbroken(texts) if isinstance(texts, str) else texts


@cache
def words(language: str) -> Words:
    """The texts of a language: "vi" or "en"."""
    return Words(language if language in LANGUAGES else LANGUAGES[0])


def plain(text: str) -> str:
    """A name with nothing in it that Markdown would act on."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>$~:&-])", r"\\\1", text)


def listed(names: list[str], most: int, t: Words) -> str:
    """Names joined by commas, the rest counted."""
    return ", ".join(names[:most]) + (f" {t('effect.and_more', n=len(names) - most)}" if len(names) > most else "")
