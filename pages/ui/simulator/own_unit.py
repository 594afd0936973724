"""A unit of one's own, entered by hand and placed in the league."""

from dataclasses import replace

import streamlit as st

from model.report.choice import NAME_LENGTH, Choice
from model.rules.edition import Edition
from model.score.scenario import Scenario
from model.words.numbers import plain_percent, points
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import session, typed


def own_unit(t: Words) -> None:
    """A form that places a unit of one's own in the league."""
    edition, choice = session.base().edition, session.choice()
    box = st.expander(t("own.title"), icon=":material/add:", key="drawer.own", on_change="rerun")
    if not box.open:
        return
    if session.shown("own.name") is None and choice.own_name:
        _refill(choice)
    with box:
        st.caption(t("own.help"))
        with st.form("own", border=False):
            st.text_input(t("own.name"), key="own.name", max_chars=NAME_LENGTH)
            columns = st.columns(2)
            for i, component in enumerate(edition.components):
                columns[i % 2].text_input(
                    t("own.points", name=t.of(component.name), max=t.count(component.max_points)),
                    key=f"own.{component.key}",
                )
            st.caption(t("own.rates"))
            columns = st.columns(2)
            for i, (key, name) in enumerate(_reportable(edition, t).items()):
                columns[i % 2].text_input(name, key=f"own.{key}")
            st.form_submit_button(t("own.add"), on_click=_added, type="primary")
        typed.mistakes()
        if choice.own_name:
            st.button(t("own.remove"), key="own.remove", on_click=_removed)


def _reportable(edition: Edition, t: Words) -> dict[str, str]:
    """Names of the rates that a unit of one's own may state."""
    return {c.key: t.of(c.name) for c in edition.criteria if c.assumed_rate is None}


def _refill(choice: Choice) -> None:
    """The form filled with the unit that a link brought."""
    t = session.language()
    session.show("own.name", choice.own_name)
    for key, value in choice.own_points.items():
        session.show(f"own.{key}", t.number(value, 2))
    for key, rate in choice.own_rates.items():
        session.show(f"own.{key}", t.percent(rate).removesuffix(" %"))


def _added() -> None:
    """The form's unit placed in the league, or what is wrong with it said."""
    t, edition, mistakes = session.language(), session.base().edition, []
    components: dict[str, float] = {}
    rates: dict[str, float] = {}
    for c in edition.components:
        text = session.shown(f"own.{c.key}") or ""
        try:
            components |= {c.key: points(text, c.max_points)} if text.strip() else {}
        except Problem:
            mistakes.append(t("own.bad_points", value=plain(text), name=t.of(c.name), max=t.count(c.max_points)))
    for key, name in _reportable(edition, t).items():
        text = session.shown(f"own.{key}") or ""
        value = plain_percent(text)
        if text.strip() and (value is None or not 0 <= value <= 1):
            mistakes.append(t("own.bad_rate", value=plain(text), name=name))
        elif value is not None:
            rates[key] = value
    absent = [t.of(c.name) for c in edition.components if c.key not in components]
    if absent and not mistakes:
        mistakes.append(t("own.missing_points", names=", ".join(absent)))
    session.own_given(session.shown("own.name") or t("own.default_name"), components, rates, mistakes)


def _removed() -> None:
    session.change(replace(session.choice(), unit="", scenario=Scenario(), own_name="", own_points={}, own_rates={}))
