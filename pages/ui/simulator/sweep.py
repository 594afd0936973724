"""The sweep: score and rank along one lever or component."""

import streamlit as st

from model.report import tables
from model.score.baseline import Baseline
from model.score.levers import hindrances
from model.score.scenario import Effect, Scenario
from model.words.texts import Words
from pages.ui import charts, session, show

_NO_SWEEP = ("assumed", "inherited", "not_reported", "none_due")


def sweep(base: Baseline, unit: int, scenario: Scenario, effect: Effect, t: Words) -> None:
    """Two curves along what is picked, and their figures one click away."""
    st.subheader(t("effect.sweep"), anchor=False)
    key = _picked(base, unit, scenario, t)
    if key is None:
        return
    curve = charts.along(base, unit, scenario, key, effect)
    of_rate = key in base.edition.lever_index
    st.caption(t("effect.sweep_legend"))
    drawn = charts.table(curve)
    st.vega_lite_chart(drawn, charts.along_spec(t.language, "score", of_rate), key="sweep_score")
    st.vega_lite_chart(drawn, charts.along_spec(t.language, "rank", of_rate), key="sweep_rank")
    show.drawer("sweep", t("effect.data"), lambda: tables.sweep(curve, of_rate, t))


def _picked(base: Baseline, unit: int, scenario: Scenario, t: Words) -> str | None:
    """The lever or component whose sweep is shown, its picker drawn; None where the unit has nothing to move."""
    still = hindrances(base, unit, scenario)
    names = {lever.key: t.of(lever.name) for lever in base.edition.levers if still.get(lever.key) not in _NO_SWEEP}
    names |= {
        c.key: t.of(c.name)
        for c, direct in zip(base.edition.components, base.anchors.direct[unit], strict=True)
        if direct
    }
    if not names:
        st.caption(t("effect.no_sweep"))
        return None
    chart = session.choice().chart
    last = next((key for key in reversed(tuple(scenario.changes)) if key in names), next(iter(names)))
    chosen = chart if chart in names else last
    session.show("chart", chosen)
    st.selectbox(
        t("effect.sweep_pick"), list(names), key="chart", format_func=show.labels(names), on_change=_chart_picked
    )
    return chosen


def _chart_picked() -> None:
    session.look_at(chart=session.shown("chart"))
