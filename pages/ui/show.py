"""What any page shows: tables, none of whose texts can act where it is saved, and what could not be used."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from model.report import tables
from model.words.texts import Words, plain
from pages.ui import session


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
            table(make())


def table(rows: pd.DataFrame, written: Mapping[str, Callable[[float], str]] | None = None, **options: Any) -> Any:
    """A table on screen, of which nothing can act where it is saved; `written` says how numbers are shown. For paper it
    is drawn whole."""
    shown = tables.safe(rows)
    if session.printing():
        return st.html(_whole(shown, written or {}))
    return st.dataframe(shown.style.format(dict(written)) if written else shown, **{"hide_index": True} | options)


def _whole(rows: pd.DataFrame, written: Mapping[str, Callable[[float], str]]) -> Markup:
    """A table with all its rows and columns."""
    heads = Markup().join(Markup("<th>{}</th>").format(name) for name in rows.columns)
    lines = (
        Markup().join(
            Markup("<td>{}</td>").format("" if pd.isna(cell) else written.get(name, str)(cell))
            for name, cell in zip(rows.columns, row, strict=True)
        )
        for row in rows.itertuples(index=False)
    )
    body = Markup().join(Markup("<tr>{}</tr>").format(line) for line in lines)
    return Markup('<table class="paper"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(heads, body)


def labels(names: Mapping[str, str]) -> Callable[[Any], str]:
    """What a widget calls its options, {option: name}; nothing for what is none."""
    return lambda option: names.get(option, "")
