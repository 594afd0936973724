"""The simulator as one file, to be taken along."""

from datetime import date

import streamlit as st

from model.table.writing import stem
from model.words.texts import Words
from pages.panel import one_file
from pages.ui import session


def take_along(t: Words) -> None:
    """The button that hands over the simulator as one file, with what is on screen in it."""
    base, unit, choice = session.base(), session.unit(), session.choice()
    st.download_button(
        t("alone.take"),
        lambda: one_file.page(base, unit, choice, t, date.today()),
        file_name=f"{stem(base.league)}_{base.league.codes[unit]}.html",
        mime="text/html",
        key="alone",
        icon=":material/download:",
        help=t("alone.take_help"),
        on_click="ignore",
    )
