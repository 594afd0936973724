"""Method: the rules of an edition, each with its formula, evidence and source, checked live on the league chosen."""

import streamlit as st

from model.report import tables
from model.rules.edition import EVIDENCE
from pages.ui import frame
from pages.ui import method as rules
from pages.ui.session import state as session

t = frame.start("method")
frame.problems(t)
st.header(t("method.title"), anchor=False)
st.markdown(t("method.why"))
league = frame.pick_league(t)
frame.about_league(league, t)
base = session.base()

st.subheader(t("method.check"), anchor=False)
rules.check(base, t)

edition = rules.pick_edition(base.edition, t)
st.caption(" · ".join(t(f"method.{mark}") for mark in EVIDENCE))
left, right = st.columns(2, gap="medium")
for i, component in enumerate(edition.components):
    with left if i % 2 == 0 else right:
        rules.component(edition, component, t)

st.subheader(t("method.road"), anchor=False)
left, right = st.columns(2, gap="medium")
for i, (topic, told) in enumerate(tables.topics(edition, t)):
    with left if i % 2 == 0 else right:
        st.markdown(f"**{topic}.** {told}")
rules.bands(edition, t)
rules.sources(edition, t)

session.write_link()
