"""The parts of the live panel that pages mount: numbers and words in, the reader's changes out."""

import json
from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from model.words.texts import Words, words
from pages.panel.panel_data import SCRIPTS, STYLES, panel_data, panel_text
from pages.ui import session


def levers(t: Words) -> None:
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
    constant = "{}" if part == "effect" else _constant(t)  # the panel paints the effect, which needs nothing of its own
    _component()(key=part, data=[constant, state | {"part": part, "unit": session.panel_unit()}], **callbacks)


def _picked() -> None:
    session.acted(str(session.shown("picker")["act"]))


def _scenario_changed() -> None:
    session.accepted(session.shown("panel")["scenario"])


def _acted() -> None:
    session.acted(str(session.shown("panel")["act"]))


def _component() -> Any:
    """The panel, registered on each run (0.01 ms): a runtime that starts later in the same process knows it too."""
    script, style = _texts()
    return st.components.v2.component("index766_panel", html='<div class="panel">\n</div>', css=style, js=script)


@cache
def _texts() -> tuple[str, str]:
    script, style = ("\n".join(map(panel_text, names)) for names in ((*SCRIPTS, "mount.js"), (*STYLES, "mount.css")))
    return script, style


def _constant(t: Words) -> str:
    key = session.base_key(), session.unit(), session.ask_key(), t.language, date.today()
    if session.is_own(session.choice().league):
        return str(session.kept("panel", key, lambda: _prepared(*key)))
    return _shared(*key)


def _prepared(base_key: tuple[Any, ...], unit: int, ask_key: tuple[Any, ...], language: str, today: date) -> str:
    found = panel_data(session.base(), [unit], session.choice().ask, words(language), today)
    return json.dumps(found, ensure_ascii=False)


_shared = st.cache_resource(max_entries=64)(_prepared)
