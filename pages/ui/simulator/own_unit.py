"""A unit of one's own, entered by hand and placed in the league."""

from dataclasses import replace

import streamlit as st

from model.report.choice import NAME_LENGTH, Choice
from model.rules.edition import Edition
from model.score.scenario import Scenario
from model.words.numbers import plain_percent, points
from model.words.problems import Problem
from model.words.texts import Words
from pages.ui import session, typed
from pages.ui.controls import Field


def own_unit(t: Words) -> None:
    """A form that places a unit of one's own in the league."""
    edition, choice = session.base().edition, session.choice()
    box = st.expander(t("own.title"), icon=":material/add:", key="drawer.own", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(f"{t('own.help')} {t('own.rates')}.")
        typed.form("own", _fields(edition, choice, t), t("own.add"), _added, t)
        if choice.own_name:
            st.button(t("own.remove"), key="own.remove", on_click=_removed)


def _fields(edition: Edition, choice: Choice, t: Words) -> list[Field]:
    """Boxes for a name, the components' points and the rates, filled with the unit that is there already."""
    name = Field("own.name", t("own.name"), choice.own_name, most=NAME_LENGTH)
    parts = [
        Field(
            f"own.{c.key}",
            t("own.points", name=t.of(c.name), max=t.count(c.max_points)),
            t.number(choice.own_points[c.key], 2) if c.key in choice.own_points else "",
            "number",
        )
        for c in edition.components
    ]
    known = {key: t.number(100 * rate, 2) for key, rate in choice.own_rates.items()}
    rates = [
        Field(f"own.{key}", label, known.get(key, ""), "number", unit="%")
        for key, label in _reportable(edition, t).items()
    ]
    return [name, *parts, *rates]


def _reportable(edition: Edition, t: Words) -> dict[str, str]:
    """Names of the rates that a unit of one's own may state: those that count at its level and are no assumption."""
    return {c.key: t.of(c.name) for c in edition.criteria if c.assumed_rate is None and c.key not in edition.absent}


def _added(texts: dict[str, str]) -> None:
    """The form's unit placed in the league, unless a box refuses what stands in it."""
    t, edition = session.language(), session.base().edition
    components: dict[str, float] = {}
    rates: dict[str, float] = {}
    right = True
    for c in edition.components:
        key, text = f"own.{c.key}", texts.get(f"own.{c.key}", "")
        try:
            components[c.key] = points(text, c.max_points)
        except Problem:
            right = typed.refuse(key, text, "typed.bad_number", low="0", high=t.count(c.max_points))
    for rate in _reportable(edition, t):
        key, text = f"own.{rate}", texts.get(f"own.{rate}", "")
        value = plain_percent(text)
        if value is not None and 0 <= value <= 1:
            rates[rate] = value
        elif text.strip():
            right = typed.refuse(key, text, "typed.bad_number", low="0", high="100")
    if right:
        session.own_given(texts.get("own.name", "").strip()[:NAME_LENGTH] or t("own.default_name"), components, rates)


def _removed() -> None:
    session.change(replace(session.choice(), unit="", scenario=Scenario(), own_name="", own_points={}, own_rates={}))
