"""The sweep: score and rank along one lever or component."""

import numpy as np
import pandas as pd
import streamlit as st

from model.report import tables
from model.score.baseline import Baseline
from model.score.levers import hindrances
from model.score.scenario import Effect, Scenario
from model.words.texts import Words
from pages.ui import charts, panel_parts, session, show

_NO_SWEEP = ("assumed", "inherited", "not_reported", "none_due")  # pages/panel/sweep.js has the same


def sweep(base: Baseline, unit: int, scenario: Scenario, effect: Effect, t: Words) -> None:
    """Two curves along what is picked, and their figures one click away."""
    st.subheader(t("effect.sweep"), anchor=False)
    panel_parts.sweep(t)
    key = _picked(base, unit, scenario)
    if key is not None:
        show.drawer("sweep", t("effect.data"), lambda: _table(base, unit, scenario, key, effect, t))


def _table(base: Baseline, unit: int, scenario: Scenario, key: str, effect: Effect, t: Words) -> pd.DataFrame:
    return tables.sweep(charts.along(base, unit, scenario, key, effect), key in base.edition.lever_index, t)


def _picked(base: Baseline, unit: int, scenario: Scenario) -> str | None:
    """The lever or component whose sweep is shown; None where the unit has nothing to move."""
    still, edition = hindrances(base, unit, scenario), base.edition
    keys = [lever.key for lever in edition.levers if still.get(lever.key) not in _NO_SWEEP]
    keys += [edition.components[k].key for k in np.flatnonzero(base.anchors.direct[unit])]
    chart = session.choice().chart
    last = next((key for key in reversed(tuple(scenario.changes)) if key in keys), next(iter(keys), None))
    return chart if chart in keys else last
