"""Ranking: the whole league, how likely a rank is when peers move, what is safe or lost, and what moved a rank."""

from datetime import date

import streamlit as st

from model.plan import question as asking
from model.report.choice import VIEWS
from pages.ui import frame, typed
from pages.ui import peers as movers
from pages.ui.ranking import chances as odds
from pages.ui.ranking import league_table as standings
from pages.ui.ranking import rank_changes as reasons
from pages.ui.session import state as session
from pages.ui.simulator import controls

t = frame.start("ranking")
frame.problems(t)
st.header(t("ranking.title"), anchor=False)
league = frame.pick_league(t)
frame.about_league(league, t)
controls.unit_picker(t)

base, unit, ask = session.base(), session.unit(), session.choice().ask
by = asking.until(base, ask, date.today())
left, right = st.columns([2.6, 1], gap="small", vertical_alignment="bottom")
with left:
    view = standings.pick_view(VIEWS, t)
with right:
    movers.kind(ask, t)
if view not in ("compare", "calibration"):  # neither depends on it
    movers.details(base, ask, by, t, own=True)
standings.headline(base, unit, by, t)
typed.stop(t)
parts = (standings.league, odds.chances, reasons.moved, standings.compared, odds.calibration)
dict(zip(VIEWS, parts, strict=True))[view](base, unit, by, t)

session.write_link()
