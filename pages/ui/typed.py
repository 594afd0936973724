"""Boxes that are typed into: numbers, dates and shares, each read in its one grammar, or refused where it stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from model.table.league import folded_name
from model.words.numbers import plain_count, plain_day, plain_number, plain_percent
from model.words.texts import Words
from pages.ui import controls, session
from pages.ui.controls import Field


def stop(t: Words) -> None:
    """The page's end where a box above refuses what stands in it: no answer to another question under a red frame."""
    if session.refusing():
        st.info(t("typed.first"))
        session.write_link()
        st.stop()


def count_box(
    label: str, key: str, value: int | None, limits: tuple[int, int], take: Callable[[int], None], **more: Any
) -> None:
    """A box for a whole number within limits, taken when it is one; `more` are its help, width and the like."""
    text = "" if value is None else session.language().count(value)
    _box(Field(key, label, text, "number"), lambda typed: take_count(key, typed, *limits, take), **more)


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
    _box(Field(key, label, text, "number"), lambda typed: take_number(key, typed, *limits, take, empty), **more)


def percent_box(label: str, key: str, value: float | None, take: Callable[[float | None], None], **more: Any) -> None:
    """A box for a share from 0 to 100 %, or for nothing."""
    text = "" if value is None else session.language().percent(value)
    _box(Field(key, label, text, "number"), lambda typed: take_percent(key, typed, take), **more)


def day_box(
    label: str,
    key: str,
    value: date | None,
    limits: tuple[date, date],
    take: Callable[[Any], None],
    may_be_empty: bool = False,
    **more: Any,
) -> None:
    """A box for a day within limits, written 31/12/2026 or 2026-12-31, or picked from a calendar."""
    field = Field(key, label, "" if value is None else f"{value:%d/%m/%Y}", "date").within(value or limits[1], *limits)
    _box(field, lambda typed: take_day(key, typed, *limits, take, may_be_empty), **more)


def text_box(
    label: str, key: str, value: str | None = None, take: Callable[[str], None] | None = None, **more: Any
) -> str:
    """A box for a short text, and what stands in it; kept in the session where nobody takes it."""
    kept = f"text.{key}"
    text = value if value is not None else str(session.shown(kept) or "")
    _box(Field(key, label, text), take or (lambda typed: session.show(kept, typed)), **more)
    return text


def form(
    key: str, fields: Sequence[Field], send: str, sent: Callable[[dict[str, str]], None], t: Words, **more: Any
) -> None:
    """Boxes handed on together by a button, each with what it refuses and why, and kept as typed until then."""
    kept = session.shown(f"form.{key}") or {}

    def taken(texts: dict[str, str]) -> None:
        for field in fields:
            session.accept(field.key)
        sent(texts)
        refused = any(session.refused(field.key) for field in fields)
        session.show(f"form.{key}", texts if refused else {})

    shown = [_refusing(replace(field, value=kept.get(field.key, field.value))) for field in fields]
    controls.fields(key, shown, t, taken, send=send, **more)


def take_count(key: str, text: str, low: int, high: int, take: Callable[[int], None]) -> None:
    """The whole number in a box taken, or said why not."""
    _take_within(key, text, plain_count, "count", low, high, take)


def take_number(
    key: str, text: str, low: float, high: float, take: Callable[[float], None], empty: float | None = None
) -> None:
    """The number in a box taken, or what none means, or said why not."""
    if empty is not None and not text.strip():
        session.accept(key)
        take(empty)
    else:
        _take_within(key, text, plain_number, "number", low, high, take)


def take_percent(key: str, text: str, take: Callable[[float | None], None]) -> None:
    """The share in a box taken, or that there is none, or said why not."""
    if text.strip():
        _take(key, text, plain_percent, (0.0, 1.0), "typed.bad_number", ("0", "100"), take)
    else:
        session.accept(key)
        take(None)


def take_choice(key: str, text: str, names: Mapping[str, str], take: Callable[[str], None]) -> None:
    """Which of {option: name} is stated taken, or said why none."""
    found = next((option for option, name in names.items() if folded_name(text) in (option, folded_name(name))), None)
    if found is None:
        refuse(key, text, "typed.bad_choice", names=", ".join(names.values()))
    else:
        session.accept(key)
        take(found)


def take_day(
    key: str, text: str, low: date, high: date, take: Callable[[Any], None], may_be_empty: bool = False
) -> None:
    """The day in a box taken, or that there is none, or said why not."""
    if may_be_empty and not text.strip():
        session.accept(key)
        take(None)
    else:
        _take(key, text, plain_day, (low, high), "typed.bad_day", (f"{low:%d/%m/%Y}", f"{high:%d/%m/%Y}"), take)


def refuse(key: str, text: str, wrong: str, **range_: str) -> bool:
    """What was typed into a box refused by a sentence that names the range, as it is written; False."""
    t = session.language()
    said = t("typed.named", value=" ".join(text.split())[:60]) if text.strip() else t("typed.nothing")
    session.refuse(key, text, t(wrong, said=said, **range_))
    return False


def _take_within(
    key: str, text: str, read: Callable[[str], Any], kind: str, low: float, high: float, take: Callable[[Any], None]
) -> None:
    t = session.language()
    _take(key, text, read, (low, high), f"typed.bad_{kind}", (t.count(low), t.count(high)), take)


def _take(
    key: str,
    text: str,
    read: Callable[[str], Any],
    limits: tuple[Any, Any],
    wrong: str,
    written: tuple[str, str],
    take: Callable[[Any], None],
) -> None:
    """What a box states taken where it lies within limits; else refused by a sentence that has these as written."""
    value = read(text)
    if value is None or not limits[0] <= value <= limits[1]:
        refuse(key, text, wrong, low=written[0], high=written[1])
    else:
        session.accept(key)
        take(value)


def _box(field: Field, taken: Callable[[str], None], help: str = "", width: Any = "stretch", **more: Any) -> None:
    """A box with a value, or with what it refuses and why."""
    field = _refusing(replace(field, hint=help, **more))
    controls.fields(field.key, [field], session.language(), lambda _, text: taken(str(text)), width=width)


def _refusing(field: Field) -> Field:
    wrong = session.refused(field.key)
    return replace(field, value=wrong[0], wrong=wrong[1]) if wrong else field
