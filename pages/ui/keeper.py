"""The reader's own tables, kept by the tab of their own browser, so that a reload does not lose them."""

import json
from base64 import b64decode
from binascii import Error
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import session


def keep() -> None:
    """Tables handed to the browser when they change, and taken back by a session that has none yet."""
    upload = session.upload()
    _component()(key="keeper", data={"fresh": upload.fresh, "tables": upload.to_keep()}, on_tables_change=_restored)


def _restored() -> None:
    """What the browser kept, read like any other file; what of it can't be used is passed over."""
    try:
        kept = json.loads(session.shown("keeper")["tables"])
        tables = {str(key): b64decode(text, validate=True) for key, text in kept.items()}
    except (KeyError, TypeError, ValueError, AttributeError, Error):
        return
    session.upload().restore(tables)
    session.follow_again()


def _component() -> Any:
    """The keeper, registered on each run, as the panel is."""
    return st.components.v2.component("index766_keeper", html="<span>\n</span>", js=_script())


@cache
def _script() -> str:
    return Path(__file__).with_name("keeper.js").read_text(encoding="utf-8")
