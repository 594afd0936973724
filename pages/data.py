"""Data: bring your own table, see what was read in it and what is doubtful, correct it, use it, take it along."""

import streamlit as st

from pages.ui import frame, session, show
from pages.ui.data import bring, columns, own_tables

t = frame.start("data")
show.problems(t)
frame.where(t)
st.header(t("data.title"), anchor=False)
st.markdown(t("data.why"))

upload = session.upload()
bring.shelf(t)
bring.door(t)
if upload.refusal is not None:
    bring.refused(upload.refusal, t)
reading = upload.reading()
if reading is not None:
    bring.found(reading, t)
    bring.corrections(reading, t)
    columns.columns(reading, t)
    bring.near_misses(reading, t)
    bring.findings(reading, t)
    bring.confirm(reading, t)
own_tables.tables_of_session(t)
own_tables.template(t)

session.write_link()
