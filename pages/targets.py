"""Targets: what it takes to reach a rank, a score, a band, or to pass a unit, and until when."""

from datetime import date

import streamlit as st

from model.peers.calendar import arrivals
from model.plan import plan
from model.plan import prices as outlook
from model.plan import question as asking
from model.score.scenario import Scenario
from model.words.problems import Problem
from model.words.texts import plain
from pages.ui import frame
from pages.ui.session import state as session
from pages.ui.simulator import controls
from pages.ui.targets import planner, planner_form

t = frame.start("targets")
frame.problems(t)
st.header(t("targets.title"), anchor=False)
league = frame.pick_league(t)
frame.about_league(league, t)
controls.unit_picker(t)

base, unit, ask, today = session.base(), session.unit(), session.choice().ask, date.today()
if base.standing.score[unit] != base.standing.score[unit]:
    st.info(t("targets.no_score"))
    st.stop()

by = asking.until(base, ask, today)
planner_form.question(base, unit, ask, by, t)
start, peers = asking.start(base, by, today), asking.everyone(base, ask, by, session.past()).without(unit)
own = asking.ourselves(base, unit, Scenario(), ask, by, session.past())
means = asking.means(ask, arrivals(base, unit, by))
found, left_out = plan.reaches(base, unit, means)
if not found:
    st.info(t("targets.no_means"))
    planner_form.assumptions(base, ask, means, found, left_out, t)
    session.write_link()
    st.stop()

try:
    needed = asking.needed(base, unit, ask, peers, own)
except Problem as problem:
    st.error(plain(problem.text(t.language)))
    st.stop()
answer = plan.answer(base, unit, needed, means, peers.expected, found)
planner.headline(base, unit, ask, answer, peers, own, by, t)
if answer.status == "reached":
    planner.plans(base, unit, ask, answer, peers, own, found, means, start, by, t)
    planner.clock(outlook.last_day(base, unit, needed, found, start, by), by, t)

st.subheader(t("targets.prices"), anchor=False)
planner.price_list(base, outlook.prices(base, unit, found), t)
planner_form.assumptions(base, ask, means, found, left_out, t)

session.write_link()
