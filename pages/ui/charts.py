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

_LINE, _OWN = "#76879a", "#2b7bd0"  # seen on light and on dark
GRID = 101  # points along a sweep


def along(base: Baseline, unit: int, scenario: Scenario, key: str, effect: Effect) -> dict[str, np.ndarray]:
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
    return {
        "x": np.append(grid, [before, after]) * scale,
        "score": np.append(score, [effect.before.score, effect.after.score]) / 100,
        "rank": np.append(rank, [effect.rank_before, effect.rank_after]),
        "kind": np.array(["line"] * grid.size + ["published", "scenario"]),
    }


def table(columns: dict[str, np.ndarray]) -> Any:
    """Columns as a chart takes them: an Arrow table where there is Arrow, since pandas costs a run 2 ms on its way."""
    try:
        import pyarrow
    except ImportError:  # in the browser
        return pd.DataFrame(columns)
    return pyarrow.table(columns)


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
        at["line"].mark_line(color=_LINE, interpolate="step-after" if field == "rank" else "linear").encode(x=x, y=y)
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
