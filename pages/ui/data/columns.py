"""What each column of a table is taken for: the doubtful to be settled, all of them to be looked at and changed."""

import pandas as pd
import streamlit as st

from model.rules.edition import Edition
from model.rules.files import available
from model.table.reading.grid import Column
from model.table.reading.headings import roles
from model.table.reading.reading import Reading
from model.words.numbers import shown
from model.words.texts import Words, plain
from pages.ui import session, show, typed

_LISTED = 12  # columns shown for correction at once
_RATES = ("percent", "fraction")


def columns(reading: Reading, t: Words) -> None:
    """What each column is taken for: the doubtful ones to be settled, the others to be looked at and changed."""
    rules = session.edition(reading.league.edition if reading.league else available()[-1])
    if not reading.header:
        st.info(t("data.first_rows"))
        _header(reading, t)
        _raw(t)
        return
    if reading.league is None:
        _raw(t)
    doubtful = [c for c in reading.columns if c.heading and (not c.sure or c.index + 1 in reading.asked)]
    said = "data.columns_told" if doubtful else "data.columns_sure"
    st.markdown(f"**{t('data.columns')}** · {t(said, sure=len(reading.columns) - len(doubtful))}")
    names = role_names(rules, t)
    shown_columns = st.columns(3, gap="small")
    for i, column in enumerate(doubtful[:_LISTED]):
        with shown_columns[i % 3]:
            _column(column, names, reading, t)
    box = st.expander(t("data.all_columns", n=len(reading.columns)), key="drawer.columns", on_change="rerun")
    if box.open:
        with box:
            table = [
                (_letter(c.index), c.heading, _samples(c), names.get(c.role, t("data.role_idle")), _how(c, reading, t))
                for c in reading.columns
            ]
            heads = [t(f"data.{key}") for key in ("letter", "heading", "samples", "taken_for", "how")]
            show.table(pd.DataFrame(table, columns=heads), key="columns", caption=t("data.columns"))
            others = {c.index: c for c in reading.columns if c not in doubtful[:_LISTED]}
            chosen = st.selectbox(
                t("data.another"), list(others), key="another", format_func=lambda i: _column_name(others[i])
            )
            if chosen is not None:
                _column(others[chosen], names, reading, t)
            _header(reading, t)


def _header(reading: Reading, t: Words) -> None:
    more = {"help": t("data.header_help"), "width": 170}
    typed.count_box(t("data.header"), "desk.header", reading.header or None, (1, 300), _header_told, **more)


def _raw(t: Words) -> None:
    """The file as it stands, rows and columns named as a spreadsheet names them."""
    rows = session.upload().first_rows(15)
    heads = [_letter(i) for i in range(len(rows[0]) if rows else 0)]
    table = pd.DataFrame(rows, columns=heads, dtype=str)
    table.insert(0, t("data.row"), [str(i + 1) for i in range(len(rows))])
    show.table(table, key="raw", fixed=True)


def role_names(rules: Edition, t: Words) -> dict[str, str]:
    """What a column may be taken for, in the reader's words."""
    named = {lever.key: t.of(lever.name) for lever in rules.levers} | {c.key: t.of(c.name) for c in rules.criteria}
    named |= {c.key: t.of(c.name) for c in rules.components}
    found = {}
    for role in roles(rules):
        kind, _, key = role.partition(".")
        found[role] = t(f"data.role_{kind}", name=named[key]) if key else t(f"data.role_{kind}")
    return found


def _column(column: Column, names: dict[str, str], reading: Reading, t: Words) -> None:
    """One column: what it is taken for, and of rates what they are in."""
    options = list(names)
    key = f"desk.column.{session.upload().number}.{column.index}"
    session.show(key, column.role if column.role in names else "none")
    st.selectbox(
        _column_name(column),
        options,
        key=key,
        format_func=show.labels(names),
        on_change=_role_told,
        args=(column.index, key),
        help=t("data.samples") + ": " + plain(_samples(column)) if _samples(column) else None,
    )
    if column.role.startswith("rate."):
        unit = f"{key}.unit"
        session.show(unit, column.unit if column.unit in _RATES else None)
        label = t("data.rate_unit", value=plain(_samples(column).split(" · ")[0]))
        st.radio(
            label,
            _RATES,
            index=None,
            key=unit,
            horizontal=True,
            format_func=lambda u: t(f"data.{u}"),
            on_change=_unit_told,
            args=(column.index, unit),
        )


def _samples(column: Column) -> str:
    return " · ".join(shown(cell)[:24] for cell in session.upload().sample(column.index))


def _column_name(column: Column) -> str:
    return f"{_letter(column.index)}: {plain(column.heading) or '…'}"[:80]


def _letter(index: int) -> str:
    """A column as a spreadsheet names it."""
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def _how(column: Column, reading: Reading, t: Words) -> str:
    if column.index + 1 in session.upload().told.columns:
        return t("data.told")
    return t("data.sure") if column.sure else t("data.guess") if column.role != "none" else ""


def _role_told(index: int, key: str) -> None:
    upload = session.upload()
    upload.correct(columns={**upload.told.columns, index + 1: session.shown(key)})


def _unit_told(index: int, key: str) -> None:
    upload = session.upload()
    upload.correct(rates={**upload.told.rates, index + 1: session.shown(key)})


def _header_told(header: int) -> None:
    session.upload().correct(header=header)
