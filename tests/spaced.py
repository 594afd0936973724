"""Texts with ordinary spaces, as tests write them: what is on screen keeps a number and its unit on one line."""

from typing import Any

from model.words.texts import Words


def spaced(text: Any) -> Any:
    """A text with ordinary spaces; anything else as it is."""
    return text.replace("\u00a0", " ").replace("\u2060", "") if isinstance(text, str) else text


class Spaced(Words):
    """The words of one language, with ordinary spaces."""

    def __call__(self, key: str, **details: object) -> str:
        return spaced(super().__call__(key, **details))

    def of(self, words: Any) -> str:
        return spaced(super().of(words))

    def percent(self, rate: Any) -> str:
        return spaced(super().percent(rate))

    def chance(self, share: Any) -> str:
        return spaced(super().chance(share))
