"""Ranking: the whole league, how likely a rank is when peers move, what is safe or lost, and what moved a rank."""

from datetime import date

import streamlit as st

from model.plan.question import until
from model.report.choice import VIEWS
from pages.ui import frame, peers, session, show, typed
from pages.ui.ranking import chances, compare, league_table, over_time, rank_changes

t = frame.start("ranking")
show.problems(t)
frame.where(t)
st.header(t("ranking.title"), anchor=False)

base, unit, ask = session.base(), session.unit(), session.choice().ask
by = until(base, ask, date.today())
left, right = st.columns([2.6, 1], gap="small", vertical_alignment="bottom")
with left:
    view = league_table.pick_view(VIEWS, t)
with right:
    if view != "time":  # which tells what has been
        peers.kind(ask, t)
if view not in ("compare", "calibration", "time"):  # neither depends on it
    peers.details(base, ask, by, t, own=True)
if view != "time":
    league_table.headline(base, unit, by, t)
typed.stop(t)
views = (
    league_table.league,
    chances.chances,
    rank_changes.moved,
    over_time.over_time,
    compare.compare,
    chances.calibrated,
)
views[VIEWS.index(view)](base, unit, by, t)

session.write_link()
