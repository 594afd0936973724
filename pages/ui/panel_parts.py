"""The parts of the live panel that pages mount: numbers and words in, the reader's changes out."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from model.report.choice import OWN
from model.words.texts import Words, words
from pages.panel.panel_data import (
    FOLLOWING,
    MOUNT_SCRIPTS,
    PICKER_SCRIPTS,
    SCRIPTS,
    STYLES,
    panel_data,
    panel_text,
    picker_data,
    sentence_data,
)
from pages.ui import session

_SCRIPTS = {"panel": (*SCRIPTS, *FOLLOWING), "picker": PICKER_SCRIPTS}  # others use the panel's


def levers(t: Words) -> None:
    """The live panel of the unit chosen; what is supposed it has from `scenario`."""
    _mounted("panel", t, {})


def scenario(t: Words) -> None:
    """What the panel is told and what it hands on, apart from all that stays while a lever moves."""
    revision, told = session.told()
    state = {"told": {"revision": revision, "scenario": told.texts()}, "history": session.history()}
    _mounted("scenario", t, state, on_scenario_change=_scenario_changed, on_act_change=_acted)


def effect(t: Words) -> None:
    """The change by component and who is overtaken, painted by the panel in every frame."""
    _mounted("effect", t, {})


def sentence(text: str, t: Words) -> None:
    """The sentence, written anew by the panel when a lever moves."""
    _mounted("sentence", t, {"said": text})


def sweep(t: Words) -> None:
    """Score and rank along one lever, painted by the panel."""
    _mounted("sweep", t, {"chart": session.choice().chart})


def unit_picker(t: Words) -> None:
    """The unit's picker, which invites whoever has chosen none, and remembers the choice in the browser."""
    base, choice = session.base(), session.choice()
    invite = not choice.unit and base.league.level == "commune"
    kept = choice.unit if not session.is_own(choice.league) and choice.unit != OWN else ""
    remembered = {"place": f"{choice.league}/{kept}" if kept else "", "ask": session.unasked()}
    state = {"at": session.unit(), "invite": invite, "remembered": remembered}
    _mounted("picker", t, state, on_act_change=_picked)


def _mounted(part: str, t: Words, state: dict[str, Any], **callbacks: Any) -> None:
    """A part of the panel, given its constant data as one text, and what changes."""
    made: dict[str, Callable[[Words], str]]
    made = {"panel": _constant, "picker": _names, "sentence": _stated, "sweep": _swept}
    constant = made[part](t) if part in made else "{}"  # of the rest the panel knows all there is to know
    _component(part)(key=part, data=[constant, state | {"part": part, "unit": session.panel_unit()}], **callbacks)


def _picked() -> None:
    session.acted(str(session.shown("picker")["act"]))


def _scenario_changed() -> None:
    session.accepted(session.shown("scenario")["scenario"])


def _acted() -> None:
    session.acted(str(session.shown("scenario")["act"]))


def _component(part: str) -> Any:
    """A part, registered on each run (0.01 ms): a runtime that starts later in the same process knows it too."""
    kind = part if part in _SCRIPTS else "part"
    script, style = _texts(kind)
    css = style if part != "scenario" else None  # which nobody sees, and every lever released sends anew
    name = f"index766_{kind}" if css else "index766_scenario"
    return st.components.v2.component(name, html='<div class="panel">\n</div>', css=css, js=script)


@cache
def _texts(kind: str) -> tuple[str, str]:
    scripts = (*_SCRIPTS[kind], *MOUNT_SCRIPTS) if kind in _SCRIPTS else ("part.js",)
    styles = (*STYLES, "following.css", "mount.css")
    script, style = ("\n".join(map(panel_text, names)) for names in (scripts, styles))
    return script, style


def _names(t: Words) -> str:
    return _once("picker", _prepared_names, _shared_names, (session.base_key(), t.language))


def _constant(t: Words) -> str:
    key = session.base_key(), session.unit(), session.ask_key(), t.language, date.today()
    return _once("panel", _prepared, _shared, key)


def _stated(t: Words) -> str:
    return json.dumps(sentence_data(session.base(), session.unit(), t), ensure_ascii=False)


@cache
def _swept(t: Words) -> str:
    return json.dumps({"words": t.group("effect")}, ensure_ascii=False)


def _once(name: str, make: Callable[..., str], shared: Callable[..., str], key: tuple[Any, ...]) -> str:
    """What is made once for a key: for everybody, or of the reader's own table for their session alone."""
    if session.is_own(session.choice().league):
        return str(session.kept(name, key, lambda: make(*key)))
    return shared(*key)


def _prepared(base_key: tuple[Any, ...], unit: int, ask_key: tuple[Any, ...], language: str, today: date) -> str:
    found = panel_data(session.base(), [unit], session.choice().ask, words(language), today)
    return json.dumps(found, ensure_ascii=False)


def _prepared_names(base_key: tuple[Any, ...], language: str) -> str:
    return json.dumps(picker_data(session.base(), words(language)), ensure_ascii=False)


_shared = st.cache_resource(max_entries=64)(_prepared)
_shared_names = st.cache_resource(max_entries=64)(_prepared_names)
