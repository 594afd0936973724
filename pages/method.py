"""Method: the rules of an edition, each with its formula, evidence and source, checked live on the league chosen."""

import streamlit as st

from model.report import tables
from model.rules.edition import EVIDENCE
from pages.ui import frame, method, session, show

t = frame.start("method")
show.problems(t)
frame.where(t)
st.header(t("method.title"), anchor=False)
st.markdown(t("method.why"))
base = session.base()

st.subheader(t("method.check"), anchor=False)
method.check(base, t)

edition = method.pick_edition(base.edition, t)
st.caption(" · ".join(t(f"method.{mark}") for mark in EVIDENCE))
left, right = st.columns(2, gap="medium")
for i, component in enumerate(edition.components):
    with left if i % 2 == 0 else right:
        method.component(edition, component, t)

st.subheader(t("method.road"), anchor=False)
left, right = st.columns(2, gap="medium")
for i, (topic, told) in enumerate(tables.topics(edition, t)):
    with left if i % 2 == 0 else right:
        st.markdown(f"**{topic}.** {told}")
method.bands(edition, t)
method.sources(edition, t)
st.subheader(t("method.tool"), anchor=False)
st.markdown(t("method.tool_help"))
method.glossary(t)
method.access(t)

session.write_link()
