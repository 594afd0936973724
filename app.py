"""Simulator: a unit's rates in, its score and rank out."""

import streamlit as st

from model.peers import gaming as hints
from model.report import tables
from model.report.sentence import sentence
from model.score import scenario as what
from model.score.levers import unknown_changes
from model.words.problems import Amount, Problem
from pages.ui import charts, frame
from pages.ui import peers as movers
from pages.ui.ranking import rank_changes as reasons
from pages.ui.session import state as session
from pages.ui.simulator import controls

t = frame.start("simulator")
league = frame.pick_league(t)
frame.about_league(league, t)


@st.fragment
def simulator() -> None:
    """All that follows the panel: what stands above is not drawn again while a lever moves."""
    frame.above_is_true()
    frame.problems(t)
    base, unit, choice = session.base(), session.unit(), session.choice()
    effect = what.effect(base, unit, choice.scenario)
    here, beside = st.columns([0.56, 0.44], gap="medium")

    with here:
        controls.panel(t)

    with beside:
        st.subheader(t("effect.waterfall"), anchor=False)
        if session.skipped():
            st.info(t("effect.skipped", names=tables.reasons(base, session.skipped(), t)))
        controls.effect(t)
        if choice.scenario.changes:
            frame.drawer("waterfall", t("effect.data"), lambda: tables.components(base, unit, effect, t))
        movers.outcome(base, unit, choice.scenario, effect, t)
        for text in tables.reservations(base, unit, t):
            st.info(text)
        for part, (low, high) in unknown_changes(base, unit, choice.scenario).items():
            name = base.edition.components[base.edition.component_index[part]].name
            problem = Problem("scaled_unknown", name=name, low=Amount(low / 100), high=Amount(high / 100))
            st.info(problem.text(t.language))
        reasons.gaming(base, hints.under(base, unit, choice.scenario), t)
        st.caption(t("effect.sentence"))
        st.code(sentence(base, unit, choice.scenario, effect, t), language=None, wrap_lines=True)
        controls.take_along(t)

        st.subheader(t("effect.sweep"), anchor=False)
        key = controls.pick_sweep(t)
        if key is not None:
            curve = charts.along(base, unit, choice.scenario, key, effect)
            of_rate = key in base.edition.lever_index
            st.caption(t("effect.sweep_legend"))
            drawn = charts.table(curve)
            st.vega_lite_chart(drawn, charts.along_spec(t.language, "score", of_rate), key="sweep_score")
            st.vega_lite_chart(drawn, charts.along_spec(t.language, "rank", of_rate), key="sweep_rank")
            frame.drawer("sweep", t("effect.data"), lambda: tables.sweep(curve, of_rate, t))

        frame.drawer(
            "trace",
            t("effect.trace"),
            lambda: tables.trace(base, unit, effect, choice.scenario, t),
            t("effect.trace_help", digits=base.edition.decimals),
        )
        frame.drawer("ranking", t("effect.table"), lambda: tables.ranking(base, t))
        controls.known_rates(t)
        controls.own_unit(t)
    session.write_link()


simulator()
