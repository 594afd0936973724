"""The fields and tables that pages mount, in our own words: Streamlit's speak English and can't be told otherwise."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from model.words.texts import Words
from pages.panel.panel_data import STYLES, panel_text
from pages.ui import session

_SCRIPTS = {"fields": ("dom.js", "calendar.js", "fields.js"), "table": ("dom.js", "table.js")}


@dataclass(frozen=True)
class Field:
    """A field that is typed into: a "number", a "date" between two days, a "text" or a "long" one; `wrong` is why what
    stands in it can't be used, `bare` whether its label is read aloud alone."""

    key: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    unit: str = ""
    wrong: str = ""
    placeholder: str = ""
    most: int = 0
    day: str = ""
    low: str = ""
    high: str = ""
    bare: bool = False

    def within(self, day: date, low: date, high: date) -> "Field":
        """A date's field with the days that its calendar offers, and where that opens."""
        return Field(**asdict(self) | {"day": str(min(max(day, low), high)), "low": str(low), "high": str(high)})


@dataclass(frozen=True)
class Column:
    """How a table's column is edited: by "text", by "choice" of {key: name}, or as a "check" of 1 and 0."""

    edit: str
    options: Mapping[str, str] | None = None


def fields(
    key: str,
    shown: Sequence[Field],
    t: Words,
    taken: Callable[..., None],
    send: str = "",
    width: Any = "stretch",
) -> None:
    """Fields, each handed on as (its key, its text) once it is left; or with a button, all of them as {key: text}."""
    given = {"fields": [asdict(field) for field in shown], "send": send, "words": _words(t)}
    _mount("fields", key, given, width, "sent" if send else "typed", taken)


def table(
    key: str | None,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    t: Words,
    taken: Callable[[list[tuple[str, str, str]]], None] | None = None,
    columns: Mapping[str, Column] | None = None,
    **more: Any,
) -> None:
    """A table of texts; `columns` may be edited, and are handed on as (row's key, head, text)."""
    how = columns or {}
    told = [
        {"key": head, "head": head, "edit": how[head].edit, "options": list((how[head].options or {}).items())}
        if head in how
        else {"key": head, "head": head}
        for head in heads
    ]
    given = {"columns": told, "rows": rows, "words": _words(t), **more}

    _mount("table", key, given, "stretch", "edited", taken)


def _mount(
    part: str, key: str | None, given: Mapping[str, Any], width: Any, event: str, taken: Callable[..., None] | None
) -> None:
    """A field or table mounted, whose event is taken; each answer is counted, since equal ones are not drawn anew."""
    counter = f"answers.{key}"
    answers = session.shown(counter) or 0

    def answer() -> None:
        session.show(counter, answers + 1)
        if taken is not None and key is not None:
            taken(*session.shown(key)[event])

    script, style = _texts(part)
    component = st.components.v2.component(
        f"index766_{part}", html='<div class="panel">\n</div>', css=style, js=script
    )  # on each run, as the panel is
    data = [part, json.dumps({**given, "round": answers}, ensure_ascii=False)]
    callbacks: dict[str, Any] = {f"on_{event}_change": answer} if taken else {}
    component(key=key, data=data, width=width, **callbacks)


@cache
def _texts(part: str) -> tuple[str, str]:
    scripts, styles = (*_SCRIPTS[part], "mount.controls.js"), (STYLES[0], f"{part}.css", "mount.css")
    script, style = ("\n".join(map(panel_text, names)) for names in (scripts, styles))
    return script, style


@cache
def _words(t: Words) -> dict[str, Any]:
    months = t.texts.get("months") or [str(month) for month in range(1, 13)]
    words = t.group("controls") | {"decimal": t("decimal"), "thousands": t("thousands"), "months": months}
    return words | {"weekdays": words["weekdays"].split()}
