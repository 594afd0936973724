"""Boxes that are typed into: numbers, dates and shares, each read in its one grammar, or refused where it stands."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from model.words.numbers import plain_count, plain_day, plain_number, plain_percent
from model.words.texts import Words, plain
from pages.ui import session


def mistakes() -> None:
    """What was typed last and can't be used, where it stands in no box of ours."""
    for line in session.own_mistakes():
        st.error(line)


def stop(t: Words) -> None:
    """The page's end where a box above refuses what stands in it: no answer to another question under a red frame."""
    mistakes()
    if session.refusing():
        st.info(t("typed.first"))
        session.write_link()
        st.stop()


def count_box(
    label: str, key: str, value: int | None, limits: tuple[int, int], take: Callable[[int], None], **more: Any
) -> None:
    """A box for a whole number within limits, which is taken when it is one; `more` is the text input's."""
    text = "" if value is None else session.language().count(value)
    _box(label, key, text, partial(take_count, key, *limits, take), **more)


def number_box(
    label: str,
    key: str,
    value: float | None,
    limits: tuple[float, float],
    take: Callable[[float], None],
    empty: float | None = None,
    **more: Any,
) -> None:
    """A box for a number within limits; where it may be left empty, that means the number `empty`."""
    text = "" if value is None else session.language().number(value, 2)
    _box(label, key, text, partial(take_number, key, *limits, take, empty), **more)


def percent_box(label: str, key: str, value: float | None, take: Callable[[float | None], None], **more: Any) -> None:
    """A box for a share from 0 to 100 %, or for nothing."""
    text = "" if value is None else session.language().percent(value)
    _box(label, key, text, partial(take_percent, key, take), **more)


def day_box(
    label: str, key: str, value: date, limits: tuple[date, date], take: Callable[[date], None], **more: Any
) -> None:
    """A box for a day within limits, written 31/12/2026 or 2026-12-31."""
    _box(label, key, f"{value:%d/%m/%Y}", partial(take_day, key, *limits, take), **more)


def take_count(key: str, low: int, high: int, take: Callable[[int], None]) -> None:
    """The whole number in a box taken, or said why not."""
    _take_within(key, plain_count, "count", low, high, take)


def take_number(key: str, low: float, high: float, take: Callable[[float], None], empty: float | None = None) -> None:
    """The number in a box taken, or what none means, or said why not."""
    if empty is not None and not str(session.shown(key) or "").strip():
        session.accept(key)
        take(empty)
    else:
        _take_within(key, plain_number, "number", low, high, take)


def take_percent(key: str, take: Callable[[float | None], None]) -> None:
    """The share in a box taken, or that there is none, or said why not."""
    if str(session.shown(key) or "").strip():
        _take(key, plain_percent, (0.0, 1.0), "typed.bad_number", ("0", "100"), take)
    else:
        session.accept(key)
        take(None)


def take_day(key: str, low: date, high: date, take: Callable[[date], None]) -> None:
    """The day in a box taken, or said why not."""
    _take(key, plain_day, (low, high), "typed.bad_day", (f"{low:%d/%m/%Y}", f"{high:%d/%m/%Y}"), take)


def _take_within(
    key: str, read: Callable[[str], Any], kind: str, low: float, high: float, take: Callable[[Any], None]
) -> None:
    t = session.language()
    _take(key, read, (low, high), f"typed.bad_{kind}", (t.count(low), t.count(high)), take)


def _take(
    key: str,
    read: Callable[[str], Any],
    limits: tuple[Any, Any],
    wrong: str,
    written: tuple[str, str],
    take: Callable[[Any], None],
) -> None:
    """What a box states taken where it lies within limits; else refused by a sentence that has these as written."""
    text, t = str(session.shown(key) or ""), session.language()
    value = read(text)
    if value is None or not limits[0] <= value <= limits[1]:
        said = t("typed.named", value=plain(" ".join(text.split())[:60])) if text.strip() else t("typed.nothing")
        session.refuse(key, text, t(wrong, said=said, low=written[0], high=written[1]))
    else:
        session.accept(key)
        take(value)


def _box(label: str, key: str, text: str, changed: Callable[[], None], **more: Any) -> None:
    """A box with a value, or with what it refuses and why."""
    wrong = session.refused(key)
    session.show(key, wrong[0] if wrong else text)
    st.text_input(label, key=key, on_change=changed, **more)
    if wrong:
        st.error(wrong[1])
