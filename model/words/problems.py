"""What can be wrong with a file, a link or a request, said in the reader's language."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from model.words.phrases import LANGUAGES as LANGUAGES
from model.words.texts import words


class Amount(float):
    """A detail that is a number of points or per cent: two decimals, written as on the pages."""


class Share(float):
    """A detail that is a rate, 1.00 for all: written in per cent as on the pages."""


class Problem(ValueError):
    """A refusal that names what is wrong: `code` keys problems.toml, `details` fill its sentence."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code, self.details = code, details

    def text(self, language: str) -> str:
        """The sentence for a reader of `language` ("vi" or "en")."""
        details = {
            key: value if isinstance(value, (int, np.integer)) and key != "value" else _readable(value, language)
            for key, value in self.details.items()  # a `value` is quoted as it was written
        }
        return words(language).filled(sentences()[self.code][language], **details)

    @property
    def both(self) -> dict[str, str]:
        """The sentence in every language."""
        return {language: self.text(language) for language in LANGUAGES}

    def __str__(self) -> str:
        """The English sentence with ordinary spaces, as one searches a log for it."""
        return self.text("en").replace("\u00a0", " ")


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every sentence of problems.toml: {code: {language: sentence}}."""
    return tomllib.loads(Path(__file__).with_name("problems.toml").read_text(encoding="utf-8"))


def _readable(value: object, language: str) -> str:
    """A detail as it is read: a name or a day in the language, a list with commas, no text over 200 characters."""
    if isinstance(value, Amount):
        return words(language).number(value, 2)
    if isinstance(value, Share):
        return words(language).percent(value)
    if isinstance(value, date):
        return words(language).day(value)
    if isinstance(value, dict):
        value = value.get(language, value)
    elif isinstance(value, (list, tuple)):
        return ", ".join(_readable(item, language) for item in value)
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else text[:199] + "…"
