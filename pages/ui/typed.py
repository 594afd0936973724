"""Numbers typed into a page's boxes: read in the one grammar of numbers, or refused in the reader's language."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from model.words.numbers import plain_count, plain_number
from model.words.texts import plain
from pages.ui import session


def mistakes() -> None:
    """What was typed last and can't be used."""
    for line in session.own_mistakes():
        st.error(line)


def count_box(
    label: str, key: str, value: int | None, limits: tuple[int, int], take: Callable[[int], None], **more: Any
) -> None:
    """A box for a whole number within limits, which is taken when it is one; `more` is the text input's."""
    session.show(key, "" if value is None else session.language().count(value))
    st.text_input(label, key=key, on_change=take_count, args=(key, *limits, take), **more)


def take_count(key: str, low: int, high: int, take: Callable[[int], None]) -> None:
    """The whole number in a box taken, or said why not."""
    _take(key, plain_count, "targets.bad_count", low, high, take)


def take_number(key: str, low: float, high: float, take: Callable[[float], None]) -> None:
    """The number in a box taken, or said why not."""
    _take(key, plain_number, "targets.bad_number", low, high, take)


def _take(
    key: str, read: Callable[[str], Any], wrong: str, low: float, high: float, take: Callable[[Any], None]
) -> None:
    text, t = str(session.shown(key) or ""), session.language()
    value = read(text)
    if value is None or not low <= value <= high:
        session.mistaken([t(wrong, value=plain(text), low=t.count(low), high=t.count(high))])
    else:
        session.mistaken([])
        take(value)
