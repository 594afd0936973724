"""Charts: figures in, frames and Vega-Lite specifications out, built once per language. No Streamlit.

Nothing that changes with the figures stands in a specification, so that the browser keeps the view and swaps the data.
"""

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from model.baseline import Baseline
from model.scenario import Effect, Scenario, resolved, sweep
from pages.ui.words import Words, words

_UP, _DOWN, _TOTAL, _OWN = "#1f9257", "#cf4436", "#76879a", "#2b7bd0"  # seen on light and on dark
GRID = 101  # points along a sweep


def waterfall(base: Baseline, effect: Effect, t: Words) -> pd.DataFrame:
    """Steps from the published score to the scenario's, where a component changes; columns step, from, to, kind."""
    level = float(effect.before.score)
    rows = [(f"{t.points(level)}  {t('effect.baseline')}", level, level, "total")]
    for k, component in enumerate(base.edition.components):
        move = float(effect.after.components[k] - effect.before.components[k])
        if move:
            rows.append(
                (f"{t.signed(move)}  {t.of(component.name)}", level, level + move, "up" if move > 0 else "down")
            )
            level += move
    rows.append((f"{t.points(level)}  {t('effect.scenario')}", level, level, "total"))
    frame = pd.DataFrame(rows, columns=["step", "from", "to", "kind"])
    return frame.assign(**{"from": frame["from"] / 100, "to": frame["to"] / 100})


@cache
def waterfall_spec(language: str) -> dict[str, Any]:
    """The waterfall's specification; figures stand with the step's name, so that they follow the page's theme."""
    t = words(language)
    y = alt.Y("step:N", sort=None, axis=alt.Axis(title=None, labelLimit=210))
    x = alt.X("from:Q", axis=_axis(t("effect.score_axis"), t), scale=alt.Scale(zero=False, nice=True))
    colour = alt.Color(
        "kind:N", legend=None, scale=alt.Scale(domain=["up", "down", "total"], range=[_UP, _DOWN, _TOTAL])
    )
    bars = alt.Chart().mark_bar(height=18).encode(y=y, x=x, x2="to:Q", color=colour)
    totals = (
        alt.Chart()
        .transform_filter("datum.kind == 'total'")
        .mark_tick(thickness=4, height=20)
        .encode(y=y, x=x, color=colour)
    )
    return _spec(alt.layer(bars, totals).properties(height=alt.Step(30), description=t("effect.waterfall_alt")))


def along(base: Baseline, unit: int, scenario: Scenario, key: str, effect: Effect) -> pd.DataFrame:
    """Score and rank along one lever's rate in percent, or a component's points; columns x, score, rank, kind.

    Kind is line for the curve, published and scenario for the two points where the unit stands.
    """
    edition, levers = base.edition, base.edition.lever_index
    if key in levers:
        high = 0.1 if edition.levers[levers[key]].better == "lower" else 1.0
        grid, scale = np.linspace(0, high, GRID), 100.0
        before, after = base.anchors.levers[unit, levers[key]], resolved(base, unit, scenario)[0][levers[key]]
    else:
        k = edition.component_index[key]
        grid, scale = np.linspace(0, edition.components[k].max_points, GRID), 1.0
        before, after = effect.before.components[k] / 100, effect.after.components[k] / 100
    score, rank = sweep(base, unit, scenario, key, grid)
    rows = pd.DataFrame({"x": grid * scale, "score": score / 100, "rank": rank, "kind": "line"})
    points = pd.DataFrame(
        {
            "x": [before * scale, after * scale],
            "score": [effect.before.score / 100, effect.after.score / 100],
            "rank": [effect.rank_before, effect.rank_after],
            "kind": ["published", "scenario"],
        }
    )
    return pd.concat([rows, points], ignore_index=True)


@cache
def along_spec(language: str, field: str, of_rate: bool) -> dict[str, Any]:
    """The specification of a sweep's score or rank."""
    t = words(language)
    x = alt.X("x:Q", axis=_axis(t("effect.rate_axis" if of_rate else "effect.points_axis"), t))
    y = alt.Y(
        f"{field}:Q",
        axis=_axis(t(f"effect.{field}_axis"), t),
        scale=alt.Scale(zero=False, domainMin=1, reverse=True) if field == "rank" else alt.Scale(zero=False, nice=True),
    )
    at = {kind: alt.Chart().transform_filter(f"datum.kind == '{kind}'") for kind in ("line", "published", "scenario")}
    curve = (
        at["line"].mark_line(color=_TOTAL, interpolate="step-after" if field == "rank" else "linear").encode(x=x, y=y)
    )
    before = (
        at["published"].mark_point(shape="diamond", size=130, strokeWidth=2, color=_OWN, filled=False).encode(x=x, y=y)
    )
    after = at["scenario"].mark_point(shape="circle", size=130, color=_OWN, filled=True, opacity=1).encode(x=x, y=y)
    return _spec(alt.layer(curve, before, after).properties(height=150, description=t("effect.sweep_alt")))


def _axis(title: str, t: Words) -> alt.Axis:
    """An axis whose numbers have the language's decimal sign."""
    return alt.Axis(
        title=title, labelExpr=f"replace(datum.label, '.', '{t('decimal')}')", tickCount=6, grid=True, minExtent=40
    )


def _spec(chart: alt.LayerChart) -> dict[str, Any]:
    """A specification without data, which Streamlit brings along."""
    whole = chart.to_dict(validate=False)
    layers = [{key: value for key, value in layer.items() if key != "data"} for layer in whole["layer"]]
    return {"layer": layers, "height": whole["height"], "description": whole["description"]}
