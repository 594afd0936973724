"""What is on screen taken along: kept under a name, or the simulator as one file."""

from datetime import date

import streamlit as st

from model.table.writing import stem
from model.words.texts import Words
from pages.panel import one_file
from pages.ui import session
from pages.ui.targets import kept


def take_along(t: Words) -> None:
    """The button that hands over the simulator as one file, with what is on screen in it."""
    base, unit, now = session.base(), session.unit(), session.current()  # what is supposed when the button is pressed
    st.download_button(
        t("alone.take"),
        lambda: one_file.page(base, unit, now.choice, t, date.today()),
        file_name=f"{stem(base.league)}_{base.league.codes[unit]}.html",
        mime="text/html",
        key="alone",
        icon=":material/download:",
        help=t("alone.take_help"),
        on_click="ignore",
    )


def keep(t: Words) -> None:
    """The box that keeps the present scenario under a name; nothing where nothing is supposed."""
    if not session.choice().scenario.changes:
        return
    if session.take_ticket("kept"):  # by a run of the fragment alone, in which nothing is handed to the browser
        session.give_ticket("kept_said")
        st.rerun()
    if session.take_ticket("kept_said"):
        st.success(t("kept.done"), icon=":material/check:")
    with st.popover(t("kept.keep_here"), icon=":material/bookmark_add:"):
        kept.keep_form(t)
