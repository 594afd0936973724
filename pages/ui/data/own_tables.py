"""The reader's own tables: used, taken along, put away; and a template for one."""

from functools import partial

import streamlit as st

from model.peers.history import history
from model.rules.files import available
from model.table import leagues as tables
from model.table import template as templates
from model.table import writing as writers
from model.table.league import League
from model.words.texts import Words, plain
from pages.ui import session


def tables_of_session(t: Words) -> None:
    """The tables of this session: used, taken along, put away; and which of them make a history."""
    upload = session.upload()
    if upload.added:
        st.success(t("data.added"), icon=":material/check:")
        with st.container(horizontal=True):
            st.page_link("app.py", label=t("data.to_simulator"), icon=":material/tune:")
            st.page_link("pages/targets.py", label=t("app.targets"), icon=":material/flag:")
    if not upload.leagues:
        return
    st.subheader(t("data.own"), anchor=False)
    st.caption(t("data.own_help"))
    for key, league in upload.leagues.items():
        with st.container(border=True, key=f"table.{key}"):
            _table(key, league, t)


def template(t: Words) -> None:
    """A workbook to fill in, of the official units, for the edition chosen."""
    with st.expander(t("data.template"), icon=":material/download:"):
        st.markdown(t("data.template_help"))
        box = st.container(horizontal=True, vertical_alignment="bottom")
        lists = {one.key: one for one in tables.lists()}
        key = box.selectbox(
            t("data.list"), list(lists), format_func=lambda k: t.of(lists[k].title), key="template.list"
        )
        rules = box.selectbox(
            t("data.edition"),
            list(available()),
            format_func=lambda k: t.of(session.edition(k).title),
            key="template.edition",
        )
        units = lists[key]
        box.download_button(
            t("data.template_get"),
            lambda: templates.template(
                session.edition(rules), list(units.names), list(units.names.values()), t.language
            ),
            file_name=f"mau_{key}_{rules}.xlsx",
            icon=":material/download:",
            on_click="ignore",
        )


def _table(key: str, league: League, t: Words) -> None:
    left, right = st.columns([0.55, 0.45], vertical_alignment="center")
    dates = history(league, [other for other in session.leagues().values() if other is not league])
    with left:
        day = t.day(league.as_of) if league.as_of else t("data.as_of_unknown")
        st.markdown(f"**{plain(t.of(league.title))}** · {day} · {t('league.units', n=t.count(len(league.codes)))}")
        if len(dates) > 1:
            st.caption(t("data.history", dates=", ".join(t.day(d.as_of) for d in dates if d.as_of)))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        current = session.choice().league == key
        st.button(
            t("data.in_use") if current else t("data.use_this"),
            key=f"use.{key}",
            disabled=current,
            on_click=session.pick_league,
            args=(key,),
        )
        rules, name = session.edition(league.edition), writers.stem(league)
        for form, make in (("xlsx", writers.workbook), ("zip", writers.zipped)):
            st.download_button(
                f".{form}",
                partial(make, league, rules),
                file_name=f"{name}.{form}",
                key=f"{form}.{key}",
                icon=":material/download:",
                help=t(f"data.save_{form}"),
                on_click="ignore",
            )
        st.button(t("data.remove"), key=f"remove.{key}", on_click=session.remove_league, args=(key,))
