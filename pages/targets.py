"""Plans: what it takes to reach a rank, a score, a band, or to pass a unit; what is kept and handed over; checks."""

from datetime import date

import streamlit as st

from model.plan import question as asking
from model.plan.prepared import prepared
from model.words.problems import Problem
from model.words.texts import plain
from pages.ui import frame, session, show, typed
from pages.ui.targets import best, kept, own_plan, planner, planner_form, progress

t = frame.start("targets")
show.problems(t)
frame.where(t)
st.header(t("targets.title"), anchor=False)

base, unit, ask = session.base(), session.unit(), asking.supposed(session.choice().ask)
view = kept.view(t)
if view == "track":
    progress.progress(base, date.today(), t)
    session.write_link()
    st.stop()

if base.standing.score[unit] != base.standing.score[unit]:
    st.info(t("targets.no_score"))
    st.stop()

if view == "kept":
    asked = prepared(base, unit, ask, asking.time(base, ask, date.today()), session.past())
    kept.keep_present(t)
    own_plan.plan(asked, t)
    kept.entries(asked, t)
    kept.compare(asked, t)
    own_plan.papers(asked, t)
    kept.file(t)
    session.write_link()
    st.stop()

planner_form.question(base, unit, ask, date.today(), t)
try:
    asked = prepared(base, unit, ask, asking.time(base, ask, date.today()), session.past())
    planner_form.assumptions(asked, t)
    typed.stop(t)
    planner.notices(asked, t)
    if not asked.found:
        st.info(t("targets.no_means"))
        session.write_link()
        st.stop()
    planner.headline(asked, t)
except Problem as problem:
    st.error(plain(problem.text(t.language)))
    session.write_link()
    st.stop()

if asked.answer.status == "reached":
    planner.plans(asked, t)
    planner.last_day(asked, t)
planner.price_list(asked, t)
best.effort(asked, t)
best.two_rates(asked, t)

session.write_link()
