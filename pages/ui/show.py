"""What any page shows: tables, none of whose texts can act where it is saved, and what could not be used."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from model.report import tables
from model.table.league import folded_name
from model.words.texts import Words, plain
from pages.ui import controls, session

_NUMBER = re.compile("[–]?|[<>≤≥]?[+−]?[0-9][0-9.,/]*(\u00a0?%)?")
_SHORT = 14  # letters of a cell that stay on one line of paper


def problems(t: Words) -> None:
    """What of a link or of a change could not be used."""
    with st.container(key="problems"):  # always there, so that nothing below it is drawn anew when it empties
        if session.problems():
            lines = "\n".join(f"- {plain(problem.text(t.language))}" for problem in session.problems())
            st.warning(f"{t('app.problems')}\n{lines}", icon=":material/link_off:")


def drawer(key: str, title: str, make: Callable[[], pd.DataFrame], help_text: str = "") -> None:
    """A table behind a click; what nobody looks at is not computed."""
    box = st.expander(title, key=f"drawer.{key}", on_change="rerun")
    if box.open:
        with box:
            st.caption(help_text)
            table(make(), key=f"table.{key}", caption=title)


def table(
    rows: pd.DataFrame,
    written: Mapping[str, Callable[[float], str]] | None = None,
    *,
    key: str | None = None,
    caption: str = "",
    **more: Any,
) -> None:
    """A table on screen, of which nothing can act where it is saved; `written` says how numbers are shown.

    Of `more`: `mine` is the row of our own unit, `own` that row in a frame of its own, always in sight whether or not
    it is among the others, `last` how many rows stay at the end however it is sorted, `height` its pixels at most,
    `titled` whether its caption is seen, `fixed` whether it stays in its order, `tones` the colour of each row's second
    cell, which says the same in words: green, amber, red or none.
    """
    if session.printing():
        mine = more.get("mine")
        if "own" in more and mine is None:
            rows, mine = pd.concat([more["own"], rows]) if len(rows) else more["own"], 0
        st.html(_whole(tables.safe(rows), written or {}, mine))
    else:
        _draw(key, rows, written or {}, caption, **more)


def editor(
    rows: pd.DataFrame,
    columns: Mapping[str, controls.Column],
    taken: Callable[[list[tuple[str, str, str]]], None],
    *,
    key: str,
    caption: str,
    reached: bool = False,
) -> None:
    """A table some of whose columns may be edited, its rows named by its index; a cell that is refused says why.

    `reached` has the focus go to it, where what was pressed to come here is gone. `taken` gets [(row, head, text)];
    what it refuses it refuses as `cell(key, row, head)`. On paper it is read alone.
    """
    if session.printing():
        read = {head: partial(_as_read, column) for head, column in columns.items()}
        st.html(_whole(tables.safe(rows), read))
        return
    refused = {(row, head): session.refused(cell(key, row, head)) for row in rows.index for head in columns}
    wrong = {f"{row}/{head}": found for (row, head), found in refused.items() if found}
    told = {"taken": taken, "columns": columns, "keys": list(rows.index), "wrong": wrong, "reached": reached}
    _draw(key, rows, {}, caption, **told)


def cell(table: str, row: str, head: str) -> str:
    """A table's cell, as what is refused in it is kept."""
    return f"{table}/{row}/{head}"


def _draw(
    key: str | None, rows: pd.DataFrame, written: Mapping[str, Callable[[float], str]], caption: str, **more: Any
) -> None:
    t, name = session.language(), caption or session.language()("controls.table")
    own = {"own": _texts(more["own"], written)[0]} if "own" in more else {}
    given = {"caption": name, "file": _file(name), **more, **own}
    controls.table(key, list(map(str, rows.columns)), _texts(rows, written), t, **given)


def _texts(rows: pd.DataFrame, written: Mapping[str, Callable[[float], str]]) -> list[tuple[str, ...]]:
    """The cells of rows as they are shown."""
    safe = tables.safe(rows)
    columns = [[written.get(head, _text)(value) for value in safe[head]] for head in safe.columns]
    return list(zip(*columns, strict=True))


def _file(caption: str) -> str:
    return re.sub("[^a-z0-9]+", "-", folded_name(caption)).strip("-")


def _text(value: object) -> str:
    return "–" if value is None or value != value else str(value).replace(" %", "\u00a0%")


def _whole(rows: pd.DataFrame, written: Mapping[str, Callable[[Any], str]], mine: int | None = None) -> Markup:
    """A table with all its rows and columns, numbers under one another and our own row marked."""
    texts = [["" if pd.isna(one) else written.get(name, str)(one) for one in column] for name, column in rows.items()]
    kinds = ["number" if all(_NUMBER.fullmatch(text) for text in column) else "" for column in texts]
    heads = Markup().join(
        Markup('<th class="{}">{}</th>').format(kind, name) for kind, name in zip(kinds, rows.columns, strict=True)
    )
    lines = (_line(row, kinds, i == mine) for i, row in enumerate(zip(*texts, strict=True)))
    body = Markup().join(lines)
    return Markup('<table class="paper"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(heads, body)


def _line(row: Sequence[str], kinds: Sequence[str], mine: bool) -> Markup:
    """A row on paper; ours has its sign before the first cell that is no number."""
    sign = next((k for k, kind in enumerate(kinds) if not kind), 0) if mine else None
    cells = Markup().join(
        Markup('<td class="{} {}">{}</td>').format(
            kind, "short" if len(text) <= _SHORT else "", f"▶ {text}" if k == sign else text
        )
        for k, (kind, text) in enumerate(zip(kinds, row, strict=True))
    )
    return Markup('<tr class="{}">{}</tr>').format("mine" if mine else "", cells)


def _as_read(column: controls.Column, text: object) -> str:
    """What a cell that can be edited says where it can't be."""
    if column.edit == "check":
        return "✓" if str(text) in ("1", "True") else ""
    return str((column.options or {}).get(str(text), text))


def labels(names: Mapping[Any, str]) -> Callable[[Any], str]:
    """What a widget calls its options, {option: name}; nothing for what is none."""
    return lambda option: names.get(option, "")
