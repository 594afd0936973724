"""The live panel mounted: its numbers and words in, the reader's changes out. And the form for a unit of one's own."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from model.report.choice import NAME_LENGTH
from model.rules.edition import Edition
from model.score.levers import hindrances
from model.score.presets import apply_preset
from model.score.scenario import Scenario
from model.table.writing import stem
from model.words.numbers import plain_percent
from model.words.numbers import points as as_points
from model.words.problems import Problem
from model.words.texts import Words, plain, words
from pages.panel import one_file as alone
from pages.panel.panel_data import SCRIPTS, panel_data, panel_text
from pages.ui import typed
from pages.ui.session import state as session

_NO_SWEEP = ("assumed", "inherited", "not_reported", "none_due")


def panel(t: Words) -> None:
    """The live panel of the unit chosen."""
    revision, told = session.told()
    state = {"told": {"revision": revision, "scenario": told.texts()}, "history": session.history()}
    _mounted("panel", t, state, on_scenario_change=_scenario_changed, on_act_change=_acted)


def effect(t: Words) -> None:
    """The change by component and who is overtaken, painted by the panel in every frame."""
    _mounted("effect", t, {})


def unit_picker(t: Words) -> None:
    """The panel's unit picker alone, for pages without levers."""
    _mounted("picker", t, {"at": session.unit()}, on_act_change=_picked)


def _mounted(part: str, t: Words, state: dict[str, Any], **callbacks: Any) -> None:
    """A part of the panel, given its constant data as one text, and what changes."""
    bare = part == "effect"  # it is painted by the panel and needs nothing of its own
    constant = "{}" if bare else _constant(t)
    _component()(key=part, data=[constant, state | {"part": part, "unit": session.panel_unit()}], **callbacks)


def _picked() -> None:
    acted(str(session.shown("picker")["act"]))


def pick_sweep(t: Words) -> str | None:
    """The lever or component whose sweep is shown, its picker drawn; None where the unit has nothing to move."""
    base, unit, choice = session.base(), session.unit(), session.choice()
    still = hindrances(base, unit, choice.scenario)
    names = {lever.key: t.of(lever.name) for lever in base.edition.levers if still.get(lever.key) not in _NO_SWEEP}
    names |= {
        c.key: t.of(c.name)
        for c, direct in zip(base.edition.components, base.anchors.direct[unit], strict=True)
        if direct
    }
    if not names:
        st.caption(t("effect.no_sweep"))
        return None
    last = next((key for key in reversed(choice.scenario.changes) if key in names), next(iter(names)))
    chosen = choice.chart if choice.chart in names else last
    session.show("chart", chosen)
    st.selectbox(t("effect.sweep_pick"), list(names), key="chart", format_func=names.get, on_change=_chart_picked)
    return chosen


def take_along(t: Words) -> None:
    """The button that hands over the simulator as one file, with what is on screen in it."""
    base, unit, choice = session.base(), session.unit(), session.choice()
    st.download_button(
        t("alone.take"),
        lambda: alone.page(base, unit, choice, t, date.today()),
        file_name=f"{stem(base.league)}_{base.league.codes[unit]}.html",
        mime="text/html",
        key="alone",
        icon=":material/download:",
        help=t("alone.take_help"),
        on_click="ignore",
    )


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
            st.form_submit_button(t("own.add"), on_click=_own_added, type="primary")
        typed.mistakes()
        if choice.own_name:
            st.button(t("own.remove"), key="own.remove", on_click=_own_removed)


def _refill(choice: session.Choice) -> None:
    """The form filled with the unit that a link brought."""
    t = session.language()
    session.show("own.name", choice.own_name)
    for key, value in choice.own_points.items():
        session.show(f"own.{key}", t.number(value, 2))
    for key, rate in choice.own_rates.items():
        session.show(f"own.{key}", t.percent(rate).removesuffix(" %"))


def acted(text: str) -> None:
    """What a button of the panel asks for: undo, redo, reset, unit:CODE, preset:KEY or target:CRITERION:RATE."""
    kind, _, rest = text.partition(":")
    choice, base = session.choice(), session.base()
    if kind in ("undo", "redo"):
        session.undo() if kind == "undo" else session.redo()
    elif kind == "reset":
        session.change(replace(choice, scenario=Scenario()))
    elif kind == "unit" and rest in base.league.codes:
        session.change(replace(choice, unit=rest, scenario=Scenario()))
    elif kind == "preset" and rest in {preset.key for preset in base.edition.presets}:
        scenario, skipped = apply_preset(base, session.unit(), choice.scenario, rest)
        session.change(replace(choice, scenario=scenario), skipped=skipped)
    elif kind == "target":
        criterion, _, rate = rest.partition(":")
        session.switch_target(criterion, rate)


def _scenario_changed() -> None:
    session.accepted(session.shown("panel")["scenario"])


def _acted() -> None:
    acted(str(session.shown("panel")["act"]))


def _component() -> Any:
    """The panel, registered on each run (0.01 ms): a runtime that starts later in the same process knows it too."""
    script, style = _texts()
    return st.components.v2.component("index766_panel", html='<div class="panel">\n</div>', css=style, js=script)


@cache
def _texts() -> tuple[str, str]:
    script, style = (
        "\n".join(map(panel_text, names)) for names in ((*SCRIPTS, "mount.js"), ("panel.css", "mount.css"))
    )
    return script, style


def _constant(t: Words) -> str:
    key = session.base_key(), session.unit(), session.ask_key(), t.language
    if session.is_own(session.choice().league):
        return str(session.kept("panel", key, lambda: _prepared(*key)))
    return _shared(*key)


def _prepared(base_key: tuple[Any, ...], unit: int, ask_key: tuple[Any, ...], language: str) -> str:
    return json.dumps(panel_data(session.base(), [unit], session.choice().ask, words(language)), ensure_ascii=False)


_shared = st.cache_resource(max_entries=64)(_prepared)


def _reportable(edition: Edition, t: Words) -> dict[str, str]:
    """Names of the rates that a unit of one's own may state."""
    return {c.key: t.of(c.name) for c in edition.criteria if c.assumed_rate is None}


def _own_added() -> None:
    """The form's unit placed in the league, or what is wrong with it said."""
    t, edition, mistakes = session.language(), session.base().edition, []
    points, rates = {}, {}
    for c in edition.components:
        text = session.shown(f"own.{c.key}") or ""
        try:
            points |= {c.key: as_points(text, c.max_points)} if text.strip() else {}
        except Problem:
            mistakes.append(t("own.bad_points", value=plain(text), name=t.of(c.name), max=t.count(c.max_points)))
    for key, name in _reportable(edition, t).items():
        text = session.shown(f"own.{key}") or ""
        value = plain_percent(text)
        if text.strip() and (value is None or not 0 <= value <= 1):
            mistakes.append(t("own.bad_rate", value=plain(text), name=name))
        elif value is not None:
            rates[key] = value
    absent = [t.of(c.name) for c in edition.components if c.key not in points]
    if absent and not mistakes:
        mistakes.append(t("own.missing_points", names=", ".join(absent)))
    session.own_given(session.shown("own.name") or t("own.default_name"), points, rates, mistakes)


def _chart_picked() -> None:
    session.look_at(chart=session.shown("chart"))


def _own_removed() -> None:
    session.change(replace(session.choice(), unit="", scenario=Scenario(), own_name="", own_points={}, own_rates={}))
