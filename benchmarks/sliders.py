"""The simulator with Streamlit's sliders, for comparison only; it runs on the same engine.

Its one argument says how: "ordinary" builds every chart through Altair on every run, "ready" sends specifications that
were built once. Parameters of its link: league, unit, and levers in percent, such as on_time=50.
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from benchmarks import charts
from model.rules import files as edition_files
from model.rules.edition import Lever
from model.score.baseline import Baseline, baseline
from model.score.levers import hindrances
from model.score.scenario import Scenario, effect
from model.table import leagues as tables
from model.words.texts import words
from pages.ui import charts as figures

READY = sys.argv[1] == "ready"
STILL = ("assumed", "inherited", "not_reported", "none_due")


@st.cache_resource
def league(key: str) -> Baseline:
    table = tables.find(key)
    return baseline(edition_files.load(table.edition), table)


@st.cache_resource
def levers(key: str, unit: int) -> list[tuple[Lever, int]]:
    base = league(key)
    still = hindrances(base, unit, Scenario())
    return [
        (lever, round(100 * max(0.0, rate)))
        for lever, rate in zip(base.edition.levers, base.anchors.levers[unit], strict=True)
        if still.get(lever.key) not in STILL
    ]


def draw(chart: Callable[[Any], Any], frame: pd.DataFrame) -> None:
    if READY:
        st.vega_lite_chart(frame, charts.ready(chart), key=chart.__name__)
    else:
        st.altair_chart(chart(frame))


st.set_page_config(layout="wide")
t, link = words("vi"), st.query_params
base = league(link["league"])
unit = base.league.codes.index(
    st.selectbox("Đơn vị", base.league.codes, key="unit", index=base.league.codes.index(link["unit"]))
)
here, beside = st.columns(2)

changes = {}
with here:
    for lever, published in levers(link["league"], unit):
        percent = st.slider(t.of(lever.name), 0, 100, int(link.get(lever.key, published)), key=lever.key)
        if percent != published:
            changes[lever.key] = percent / 100

scenario = Scenario(changes)
after = effect(base, unit, scenario)
with beside:
    score, rank = st.columns(2)
    score.metric("Điểm", t.points(after.after.score), t.signed(after.after.score - after.before.score))
    rank.metric("Hạng", f"{t.count(after.rank_after)}/{base.ranked}", f"{after.rank_before - after.rank_after:+.0f}")
    peers = pd.DataFrame({"name": base.league.names, "score": base.standing.score / 100, "kind": "peer"})
    own = pd.DataFrame(
        {
            "name": base.league.names[unit],
            "kind": ["before", "after"],
            "score": np.array([after.before.score, after.after.score]) / 100,
        }
    )
    draw(charts.strip, pd.concat([peers.drop(unit), own]))
    draw(charts.waterfall, charts.steps(base, after, t))
    curve = pd.DataFrame(figures.along(base, unit, scenario, "on_time", after))
    draw(charts.along_score, curve)
    draw(charts.along_rank, curve)
