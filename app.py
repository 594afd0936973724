"""Simulator: a unit's rates in, its score and rank out. And the app as `streamlit run app.py` serves it."""

import streamlit as st

from model.peers import gaming
from model.report import tables
from model.report.sentence import sentence
from model.score.scenario import effect
from model.words.texts import Words
from pages.ui import frame, panel_parts, peers, session, show
from pages.ui.ranking import rank_changes
from pages.ui.simulator import beside, known_rates, own_unit, sweep, take_along


@st.fragment
def supposed(t: Words) -> None:
    """All that runs when a lever is released: what follows from it the panel paints, or is folded away."""
    alone = not session.take_ticket("whole")
    if alone:
        frame.above_is_true()
    panel_parts.scenario(t)
    session.write_link()
    if alone:
        beside.is_true()


@st.fragment
def simulator(t: Words) -> None:
    """All that follows the panel: what stands above is not drawn again while a lever moves."""
    frame.above_is_true()
    show.problems(t)
    beside.note()
    session.give_ticket("whole")
    supposed(t)
    base, unit, choice = session.base(), session.unit(), session.choice()
    result = effect(base, unit, choice.scenario)
    here, right = st.columns([0.56, 0.44], gap="medium")

    with here:
        panel_parts.levers(t)

    with right:
        st.subheader(t("effect.waterfall"), anchor=False)
        if session.skipped():
            st.info(t("effect.skipped", names=tables.reasons(base, session.skipped(), t)))
        panel_parts.effect(t)
        if choice.scenario.changes:
            show.drawer("waterfall", t("effect.data"), lambda: tables.components(base, unit, result, t))
        peers.outcome(base, unit, choice.scenario, result, t)
        for text in tables.reservations(base, unit, t):
            st.info(text)
        rank_changes.hints(base, gaming.under(base, unit, choice.scenario), t)
        st.caption(t("effect.sentence"))
        panel_parts.sentence(sentence(base, unit, choice.scenario, result, t), t)
        take_along.take_along(t)
        take_along.keep(t)

        sweep.sweep(base, unit, choice.scenario, result, t)

        show.drawer(
            "trace",
            t("effect.trace"),
            lambda: tables.trace(base, unit, result, choice.scenario, t),
            t("effect.trace_help", digits=base.edition.decimals),
        )
        show.drawer("ranking", t("effect.table"), lambda: tables.ranking(base, t))
        known_rates.known_rates(t)
        own_unit.own_unit(t)


if __name__ == "__main__":  # run as a page
    t = frame.start("simulator")
    frame.lead(t)
    frame.where(t)
    simulator(t)
else:  # read as a server
    from starlette.middleware import Middleware

    from pages.first.served import FirstPage

    app = st.App("app.py", middleware=[Middleware(FirstPage)])
