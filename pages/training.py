"""Training: lessons, predict-then-reveal and a quiz on a real league, for a class before a projector."""

import streamlit as st

from model.report.choice import MODES
from pages.ui import frame
from pages.ui.session import state as session
from pages.ui.simulator import controls
from pages.ui.training import classroom, lesson, predict, quiz

t = frame.start("training")
classroom.look()
frame.problems(t)
with st.container(key="lobby"):
    st.header(t("training.title"), anchor=False)
    league = frame.pick_league(t)
    frame.about_league(league, t)
    controls.unit_picker(t)
classroom.mark(league, t)
shown = dict(zip(MODES, (lesson.lesson, predict.predict, quiz.quiz), strict=True))
mode = classroom.pick_mode(MODES, t)
shown[mode](session.base(), session.unit(), t)
classroom.share(mode, t)

session.write_link()
