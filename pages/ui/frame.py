"""What every page starts with: style, title, menu, language, and the league with where it comes from."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from model.report import tables
from model.score.baseline import Baseline
from model.table.league import League
from model.words.texts import Words, plain
from pages.ui import keeper, session

_STYLE = Path(__file__).with_name("frame.css")
_PILLS = 8  # leagues that stand side by side; more are picked from a list
_KINDS = {"published": ":material/verified:", "illustrative": ":material/science:", "own": ":material/person:"}


def start(page: str) -> Words:
    """The page's frame, drawn; the texts of the reader's language."""
    st.set_page_config(page_title="Index 766", page_icon="📊", layout="wide", initial_sidebar_state="collapsed")
    session.arrive(page)
    t = session.language()
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.title(t("app.title"), anchor=False, width="content")
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="menu"):
            st.page_link("app.py", label=t("app.simulator"))
            st.page_link("pages/targets.py", label=t("app.targets"))
            st.page_link("pages/ranking.py", label=t("app.ranking"))
            st.page_link("pages/training.py", label=t("app.training"))
            st.page_link("pages/data.py", label=t("app.data"))
            st.page_link("pages/method.py", label=t("app.method"))
        st.button(t("app.other_language"), key="language", on_click=session.switch_language, type="tertiary")
    keeper.keep()
    return t


def above_is_true() -> None:
    """A whole run, where a fragment changed what is drawn above it: league, targets or language."""
    if not session.take_ticket("listed"):  # a run of the fragment alone
        session.list_shelf()
    if session.shown("drawn") != _above():
        st.rerun()


def _above() -> tuple[object, ...]:
    return session.base_key(), session.language().language


def pick_league(t: Words) -> League:
    """The league chosen, its picker drawn."""
    leagues = session.leagues()
    session.show("league", session.choice().league)
    few = len(leagues) <= _PILLS
    pick: Any = st.pills if few else st.selectbox
    pick(
        t("league.pick"),
        list(leagues),
        key="league",
        on_change=_league_picked,
        label_visibility="collapsed",
        format_func=lambda key: _short_title(leagues[key], t, plain if few else str),
        **({"required": True} if few else {}),
    )
    session.show("drawn", _above())
    return session.base().league


def about_league(league: League, t: Words) -> None:
    """One line of where the league comes from; one click away what is made up in it, and why eras differ."""
    base = session.base()
    why = "  \n" + tables.eras(base, t) if different_era(base) else ""
    if league.level == "other" and session.edition(base.edition.key).variants:
        why += "  \n" + t("league.level_unknown")
    with st.container(horizontal=True, vertical_alignment="center", key="about"):
        kind = f"{_KINDS[league.origin]} **{t(f'league.{league.origin}')}**"
        units, rules = t("league.units", n=t.count(len(league.codes))), plain(t.of(base.edition.title))
        st.caption(" · ".join(filter(None, (kind, tables.covers(league, t), units, rules))) + why)
        box = st.popover(t("league.about"), type="tertiary", key="drawer.about", on_change="rerun")
        if not box.open:
            return
        with box:
            st.markdown(t("league.source", source=plain(t.of(league.source))))
            if different_era(base):
                st.markdown(tables.eras_why(base, t))
            if league.origin == "illustrative":
                st.warning(t("league.illustrative_long"))
                for unit, cells in tables.published_cells(base, t):
                    st.markdown(f"**{plain(unit)}**: {plain(cells)}.")
                real = _real_one(league)
                if real is not None:
                    label = t("league.real_one", name=plain(t.of(real.title)))
                    st.button(label, key="real", on_click=session.pick_league, args=(real.key,))
            for text in (t.of(league.note), t.of(base.edition.about)):
                if text:
                    st.markdown(plain(text))
            if base.ranked < len(league.codes):
                st.markdown(t("league.unranked", n=len(league.codes) - base.ranked))


def _real_one(league: League) -> League | None:
    """A published league of the same edition and level as a made-up one."""
    alike = (league.edition, league.level)
    found = (one for one in session.leagues().values() if (one.edition, one.level) == alike)
    return next((one for one in found if one.origin == "published"), None)


def different_era(base: Baseline) -> bool:
    """Whether a commune here may wonder about the 94.73 points of Phú Xuyên's era."""
    later = not base.edition.key.startswith("766-2025") and base.league.origin == "published"
    return later and base.league.level == "commune" and base.ranked > 0


def _short_title(league: League, t: Words, safe: Callable[[str], str]) -> str:
    mark = f" · {t('league.illustrative').lower()}" if league.origin == "illustrative" else ""
    title = safe(t.of(league.title).split(",")[0][:40])
    return f"{title} · {t.day(league.as_of)}{mark}" if league.as_of else f"{title}{mark}"


def _league_picked() -> None:
    session.pick_league(session.shown("league"))
