"""The planner turned round: how high an effort takes a unit; and two rates at once."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from model.plan import question as asking
from model.plan.best import Bend
from model.plan.prepared import Prepared
from model.report import tables
from model.words.texts import Words
from pages.ui import charts, session, show, typed
from pages.ui import peers as movers
from pages.ui.targets import plan_charts, planner


def effort(asked: Prepared, t: Words) -> None:
    """The best that the effort of a week gives by the deadline, and the curve of score against effort."""
    box = st.expander(t("targets.best_title"), key="drawer.best", on_change="rerun")
    if not box.open:
        return
    with box:
        limits = asking.limits(asked.base)["effort"]
        typed.number_box(
            t("targets.best_effort"), "ask.effort", asked.ask.effort, limits, partial(movers.take, "effort"), width=300
        )
        typed.stop(t)
        week = asked.ask.effort or 0.0
        total = week * max(1.0, asked.time.weeks)
        best = asked.best(total)
        if asked.ask.effort is not None:
            told = planner.result(asked, best.plan.score, best.plan.rank, t)
            st.markdown(t("targets.best_said", week=t.count(week), total=t.count(total), result=told))
            st.markdown("\n".join(f"- {line}" for line in planner.lines(asked, best.plan, t)))
        st.vega_lite_chart(
            charts.table(plan_charts.curve(asked, best, t)), plan_charts.curve_spec(t.language), key="curve"
        )
        show.table(_bends(asked, best.bends, t), key="bends", caption=t("targets.best_title"))


def _bends(asked: Prepared, bends: Sequence[Bend], t: Words) -> pd.DataFrame:
    """Where the curve bends and what comes next."""
    return pd.DataFrame(
        [
            {
                t("targets.bend_from"): t.count(bend.effort),
                t("targets.score"): t.points(bend.score),
                t("targets.bend_next"): ", ".join(
                    tables.lever_name(asked.base, key, t, raw=True) for key in bend.levers
                ),
            }
            for bend in bends
        ]
    )


def two_rates(asked: Prepared, t: Words) -> None:
    """A map of the score over two rates, with the present point, the target's line and what can be reached."""
    keys = [price.lever for price in asked.prices]
    box = st.expander(t("targets.map_title"), key="drawer.map", on_change="rerun")
    if len(keys) < 2 or not box.open:
        return
    with box:
        across, up = st.columns(2)
        x = _pick(across, asked, "map.x", keys, keys[0], t)
        others = [key for key in keys if key != x]
        y = _pick(up, asked, "map.y", others, others[0], t)
        surface = asked.surface(x, y)
        names = [tables.lever_name(asked.base, key, t, raw=True) for key in (x, y)]
        frame_, spec = plan_charts.surface(asked, x, y, surface, names), plan_charts.surface_spec(t.language)
        st.vega_lite_chart(charts.table(frame_), spec, key="map")
        xs, ys, score, rank = surface
        reach = [asked.found[key] for key in (x, y)]
        i, j = (int(np.argmin(np.abs(side - one.high))) for side, one in zip((xs, ys), reach, strict=True))
        st.markdown(t("targets.map_said", result=planner.result(asked, float(score[j, i]), rank[j, i], t)))
        met = score[j, i] >= asked.needed
        st.markdown(t("targets.map_met" if met else "targets.map_not"))


def _pick(
    column: st.delta_generator.DeltaGenerator, asked: Prepared, key: str, keys: list[str], first: str, t: Words
) -> str:
    if session.shown(key) not in keys:
        session.show(key, first)
    name = t(f"targets.{key.replace('.', '_')}")
    return str(
        column.selectbox(name, keys, key=key, format_func=lambda k: tables.lever_name(asked.base, k, t, raw=True))
    )
