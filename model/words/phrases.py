"""Sentences with blanks, filled as each language writes: {n}, a noun by its number, a name within a sentence."""

import re
import string
from typing import Any

LANGUAGES = ("vi", "en")
_PARTED = re.compile(  # with the number bold or not; pages/panel/dom.js has the same
    r"[0-9]\*{0,2} (?=\*{0,2}[%\w])|(?:[Hh]ạng|[Rr]ank|[±≤≥<>]) (?=\*{0,2}[0-9])"
)
_RANGE = re.compile("(?<=[0-9%])–(?=[0-9−])")
_KIND = re.compile(r"(^|, )(Xã|Phường|Đặc khu|Thị trấn) ")


def filled(text: str, /, **details: object) -> str:
    """A text with its blanks filled: {n}, {n:unit|units} the noun for n (told as 1 or not), {names:mid} `within`.

    It is `unbroken`, as are the numbers that model/words/texts.py writes.
    """
    return unbroken(_BLANKS.vformat(text, (), details))


def noun(number: object, forms: str) -> str:
    """The one of "unit|units" that goes with a number as it is written or counted."""
    return forms.split("|")[number not in (1, "1")]


def within(names: str) -> str:
    """Units' names, joined by commas, within a Vietnamese sentence: the words for their kinds in lower case."""
    return _KIND.sub(lambda kind: kind[0].lower(), names)


def unbroken(text: str) -> str:
    """A text whose numbers stay on one line with the word or sign that follows, with the rank or sign before, and with
    the number that a range leads to."""
    return _RANGE.sub("–\u2060", _PARTED.sub(lambda found: found[0][:-1] + "\u00a0", text))


class _Blanks(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "mid":
            return within(str(value))
        return noun(value, format_spec) if "|" in format_spec else str(super().format_field(value, format_spec))


_BLANKS = _Blanks()
