"""Sentences with blanks, filled as each language writes: {n}, a noun by its number, a name within a sentence."""

import re
import string
from typing import Any

LANGUAGES = ("vi", "en")
_KIND = re.compile(r"(^|, )(Xã|Phường|Đặc khu|Thị trấn) ")


def filled(text: str, /, **details: object) -> str:
    """A text with its blanks filled: {n}, {n:unit|units} the noun for n (told as 1 or not), {names:mid} `within`."""
    return _BLANKS.vformat(text, (), details)


def noun(number: object, forms: str) -> str:
    """The one of "unit|units" that goes with a number as it is written or counted."""
    return forms.split("|")[number not in (1, "1")]


def within(names: str) -> str:
    """Units' names, joined by commas, within a Vietnamese sentence: the words for their kinds in lower case."""
    return _KIND.sub(lambda kind: kind[0].lower(), names)


def unbroken(text: str) -> str:
    """A text whose numbers stay on one line with the word or the sign that follows, and ranks with their word."""
    return re.sub(r"(hạng|rank|Hạng) (?=[0-9])", "\\1\u00a0", re.sub(r"(?<=[0-9]) (?=[%\w])", "\u00a0", text))


class _Blanks(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "mid":
            return within(str(value))
        return noun(value, format_spec) if "|" in format_spec else str(super().format_field(value, format_spec))


_BLANKS = _Blanks()
