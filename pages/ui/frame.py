"""What every page starts with: style, title, menu, language, and the league with where it comes from."""

from datetime import date
from pathlib import Path

import numpy as np
import streamlit as st

from model.report import tables
from model.score.baseline import Baseline
from model.table.league import League
from model.words.texts import Words, plain
from pages.ui import keeper, masthead, panel_parts, session

_STYLE = Path(__file__).with_name("frame.css")
_KINDS = {"published": ":material/verified:", "illustrative": ":material/science:", "own": ":material/person:"}


def start(page: str) -> Words:
    """The page's frame, drawn; the texts of the reader's language."""
    session.arrive(page)
    t = session.language()
    title = masthead.title(page, t)
    st.set_page_config(page_title=title, page_icon="📊", layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    masthead.masthead(page, t)
    keeper.keep()
    return t


def above_is_true() -> None:
    """A whole run, where a fragment changed what is drawn above it: league, targets or language."""
    if not session.take_ticket("listed"):  # a run of the fragment alone
        session.list_shelf()
        session.go_on()
    if session.shown("drawn") != _above():
        st.rerun()


def _above() -> tuple[object, ...]:
    return session.base_key(), session.unit(), session.language().language


def where(t: Words) -> League:
    """Whose figures the page shows: the unit, its league and, in one line, what surrounds them. The league chosen."""
    leagues = session.leagues()
    session.show("league", session.choice().league)
    with st.container(horizontal=True, key="where"):
        panel_parts.unit_picker(t)
        st.selectbox(
            t("league.pick"),
            list(leagues),
            key="league",
            on_change=_league_picked,
            format_func=lambda key: _short_title(leagues[key], t),
        )
    about_league(session.base().league, t)
    if session.base().league.origin == "illustrative":
        with st.container(key="made_up"):  # for paper
            st.markdown(f"**{t('league.illustrative')}**")
    session.show("drawn", _above())
    return session.base().league


def lead(t: Words) -> None:
    """What one can do here, in one line, and where a league begins, what to try."""
    with st.container(key="lead"):
        st.markdown(_hint(session.base(), session.unit(), t) or t("app.lead"))


def _hint(base: Baseline, unit: int, t: Words) -> str:
    """What to try with a league's leader, or with the unit in its middle, while nothing has been chosen or supposed."""
    league, choice = base.league, session.choice()
    if choice.scenario.changes or np.isnan(base.anchors.due).all():
        return ""
    name = plain(league.names[unit])
    if league.codes[unit] == league.story and base.rank[unit] == 1:
        return t("app.hint_leader", unit=name)
    if choice.unit:
        return ""
    presets = base.edition.presets
    first = next((t.of(preset.name) for preset in presets if preset.set), "")
    unanswered = next((t.of(preset.name) for preset in presets if preset.one_more_due is not None), "")
    return t("app.hint_middle", unit=name, first=first, second=unanswered) if first and unanswered else ""


def about_league(league: League, t: Words) -> None:
    """One line of where the league comes from; one click away what is made up in it, and why eras differ."""
    base = session.base()
    line = f"{_KINDS[league.origin]} **{t(f'league.{league.origin}')}** · {' · '.join(_facts(base, t))}"
    with st.container(horizontal=True, vertical_alignment="center", key="about"):
        st.caption(line)
        box = st.popover(t("league.about"), type="tertiary", key="drawer.about", on_change="rerun")
        if not box.open:
            return
        with box:
            st.markdown(line)
            st.markdown(t("league.source", source=plain(t.of(league.source))))
            if different_era(base):
                st.markdown(tables.eras(base, t))
                st.markdown(tables.eras_why(base, t))
            if league.level == "other" and session.edition(base.edition.key).variants:
                st.markdown(t("league.level_unknown"))
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


def _facts(base: Baseline, t: Words) -> list[str]:
    """What a league covers and how old that is, by which rules, and how our unit moved since the table before."""
    league = base.league
    age = (date.today() - league.as_of).days if league.as_of else 0
    return list(
        filter(
            None,
            (
                tables.covers(league, t),
                t("league.age", n=t.count(age)) if age > 0 else "",
                t("league.units", n=t.count(len(league.codes))),
                plain(t.of(base.edition.title)),
                _since(base, t),
            ),
        )
    )


def _since(base: Baseline, t: Words) -> str:
    """How our unit's score and rank moved since the table before; nothing where there is none or it has neither."""
    then, code = session.before(), base.league.codes[session.unit()]
    if then is None or code not in then.league.codes or then.league.as_of is None:
        return ""
    unit = then.league.codes.index(code)
    was, now = (one.standing.score[row] for one, row in ((then, unit), (base, session.unit())))
    before, after = (one.rank[row] for one, row in ((then, unit), (base, session.unit())))
    if was != was or now != now:
        return ""
    ranks = {"then": t.count(before), "now": t.count(after)}
    return t("league.since", date=t.day(then.league.as_of), change=t.signed(now - was), **ranks)


def _real_one(league: League) -> League | None:
    """A published league of the same edition and level as a made-up one."""
    alike = (league.edition, league.level)
    found = (one for one in session.leagues().values() if (one.edition, one.level) == alike)
    return next((one for one in found if one.origin == "published"), None)


def different_era(base: Baseline) -> bool:
    """Whether a commune here may wonder about the 94.73 points of Phú Xuyên's era."""
    later = not base.edition.key.startswith("766-2025") and base.league.origin == "published"
    return later and base.league.level == "commune" and base.ranked > 0


def _short_title(league: League, t: Words) -> str:
    mark = f" · {t('league.illustrative').lower()}" if league.origin == "illustrative" else ""
    title = t.of(league.title).split(",")[0][:40]
    return f"{title} · {t.day(league.as_of)}{mark}" if league.as_of else f"{title}{mark}"


def _league_picked() -> None:
    session.pick_league(session.shown("league"))
