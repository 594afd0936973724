"""What is the reader's own, kept by their own browser and never by the server, so that a reload does not lose it."""

import json
from base64 import b64decode
from binascii import Error
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import session


def keep() -> None:
    """Tables, scenarios and plans handed to the browser when they change, and taken back by a session that has none."""
    upload, shelf = session.upload(), session.shelf()
    data = {
        "fresh": {"tables": upload.fresh, "kept": shelf.fresh},
        "tables": upload.to_keep(),
        "kept": shelf.to_keep(),
        "forget": shelf.to_forget(),
        "refused": shelf.refused,
    }
    _component()(
        key="keeper",
        data=data,
        on_tables_change=_restored,
        on_kept_change=_brought_back,
        on_refused_change=_refused,
    )


def _restored() -> None:
    """The tables that the browser keeps, from before or of another of its tabs; what can't be used is passed over."""
    try:
        kept = json.loads(session.shown("keeper")["tables"])
        tables = {str(key): b64decode(text, validate=True) for key, text in kept.items()}
    except (KeyError, TypeError, ValueError, AttributeError, Error):
        return
    for key in [key for key in session.upload().leagues if key not in tables]:
        session.remove_league(key)  # by another tab
    session.upload().restore(tables)
    session.follow_again()


def _brought_back() -> None:
    """Scenarios and plans that the browser kept, from before a reload or in another of its tabs."""
    text = (session.shown("keeper") or {}).get("kept")
    if isinstance(text, str):
        session.shelf().restore(text)


def _refused() -> None:
    """The browser can keep nothing, which the page says."""
    if (session.shown("keeper") or {}).get("refused"):
        session.shelf().refused = True


def _component() -> Any:
    """The keeper, registered on each run, as the panel is."""
    return st.components.v2.component("index766_keeper", html="<span>\n</span>", js=_script())


@cache
def _script() -> str:
    return Path(__file__).with_name("keeper.js").read_text(encoding="utf-8")
