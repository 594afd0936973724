"""What every page starts with: style, title, menu, language, and the league with where it comes from."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from model.report import tables
from model.score.baseline import Baseline
from model.table.league import League
from model.words.texts import Words, plain
from pages.ui import keeper
from pages.ui.session import state as session

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


def problems(t: Words) -> None:
    """What of a link or of a change could not be used."""
    with st.container(key="problems"):  # always there, so that nothing below it is drawn anew when it empties
        if session.problems():
            lines = "\n".join(f"- {plain(problem.text(t.language))}" for problem in session.problems())
            st.warning(f"{t('app.problems')}\n{lines}", icon=":material/link_off:")


def uploader_words(t: Words) -> str:
    """A style that puts our words in the place of the file uploader's own, which are English only."""
    box = '[data-testid="stFileUploaderDropzone"]'
    hint, browse = (json.dumps(t(f"data.{key}"), ensure_ascii=False) for key in ("drop_here", "browse"))
    return (
        f'{box} [data-testid="stFileUploaderDropzoneInstructions"] * {{ display: none; }}\n'
        f'{box} [data-testid="stFileUploaderDropzoneInstructions"]::after {{ content: {hint}; }}\n'
        f"{box} button {{ font-size: 0; }} {box} button * {{ display: none; }}\n"
        f"{box} button::after {{ content: {browse}; font-size: 1rem; }}\n"
    )


def above_is_true() -> None:
    """A whole run, where a fragment changed what is drawn above it: league, targets or language."""
    if session.shown("drawn") != _above():
        st.rerun()


def _above() -> tuple[object, ...]:
    return session.base_key(), session.language().language


def pick_league(t: Words) -> League:
    """The league chosen, its picker drawn."""
    leagues = session.leagues()
    session.show("league", session.choice().league)
    few = len(leagues) <= _PILLS
    (st.pills if few else st.selectbox)(
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
    why = ""
    if different_era(base):
        why = "  \n" + tables.eras(base, t)
    if league.level == "other" and session.edition(base.edition.key).variants:
        why += "  \n" + t("league.level_unknown")
    with st.container(horizontal=True, vertical_alignment="center", key="about"):
        st.caption(
            " · ".join(
                filter(
                    None,
                    (
                        f"{_KINDS[league.origin]} **{t(f'league.{league.origin}')}**",
                        tables.covers(league, t),
                        t("league.units", n=t.count(len(league.codes))),
                        plain(t.of(base.edition.title)),
                    ),
                )
            )
            + why
        )
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


def drawer(key: str, title: str, table: Callable[[], pd.DataFrame], help_text: str = "") -> None:
    """A table behind a click; what nobody looks at is not computed."""
    box = st.expander(title, key=f"drawer.{key}", on_change="rerun")
    if box.open:
        with box:
            st.caption(help_text)
            show_table(table())


def show_table(
    table: pd.DataFrame, written: Mapping[str, Callable[[float], str]] | None = None, **options: Any
) -> None:
    """A table on screen, of which nothing can act where it is saved; `written` says how numbers are shown."""
    shown = tables.safe(table)
    st.dataframe(shown.style.format(dict(written)) if written else shown, **{"hide_index": True} | options)


def different_era(base: Baseline) -> bool:
    """Whether a commune here may wonder about the 94.73 points of Phú Xuyên's era."""
    of_2026 = base.edition.key.startswith("766-2026") and base.league.origin == "published"
    return of_2026 and base.league.level == "commune" and base.ranked > 0


def _short_title(league: League, t: Words, safe: Callable[[str], str]) -> str:
    mark = f" · {t('league.illustrative').lower()}" if league.origin == "illustrative" else ""
    title = safe(t.of(league.title).split(",")[0][:40])
    return f"{title} · {t.day(league.as_of)}{mark}" if league.as_of else f"{title}{mark}"


def _league_picked() -> None:
    session.pick_league(session.shown("league"))
