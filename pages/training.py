"""Training: lessons, predict-then-reveal and a quiz on a real league, for a class before a projector."""

import streamlit as st

from model.report.choice import MODES
from pages.ui import frame, session, show
from pages.ui.training import classroom, lesson, predict, quiz

t = frame.start("training")
classroom.look()
show.problems(t)
with st.container(key="lobby"):
    league = frame.where(t)
    st.header(t("training.title"), anchor=False)
classroom.mark(league, t)
shown = dict(zip(MODES, (lesson.lesson, predict.predict, quiz.quiz), strict=True))
mode = classroom.pick_mode(MODES, t)
shown[mode](session.base(), session.unit(), t)
classroom.share(mode, t)

session.write_link()
