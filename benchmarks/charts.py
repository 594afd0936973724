"""The charts of the comparison page, through Altair: with their data, or once without."""

from collections.abc import Callable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from model.score.baseline import Baseline
from model.score.scenario import Effect
from model.words.texts import Words

NO_DATA = alt.NamedData(name="none")


def strip(data: Any) -> Any:
    """All units at their scores, the chosen one before and after."""
    score = alt.X("score:Q", scale=alt.Scale(zero=False))
    peers = alt.Chart(data).transform_filter("datum.kind == 'peer'").mark_tick()
    unit = alt.Chart(data).transform_filter("datum.kind != 'peer'").mark_tick(thickness=4)
    return alt.layer(
        peers.encode(x=score, tooltip=["name:N", "score:Q"]), unit.encode(x=score, color="kind:N")
    ).properties(height=80)


def waterfall(data: Any) -> Any:
    """From the published score over the components that change to the scenario's."""
    y = alt.Y("step:N", sort=None, axis=alt.Axis(title=None))
    x = alt.X("from:Q", scale=alt.Scale(zero=False))
    bars = (
        alt.Chart(data).transform_filter("datum.kind != 'total'").mark_bar().encode(y=y, x=x, x2="to:Q", color="kind:N")
    )
    totals = alt.Chart(data).transform_filter("datum.kind == 'total'").mark_tick(thickness=4).encode(y=y, x=x)
    text = alt.Chart(data).mark_text(align="left", dx=6).encode(y=y, x="to:Q", text="label:N")
    return alt.layer(bars, totals, text)


def steps(base: Baseline, effect: Effect, t: Words) -> pd.DataFrame:
    """The steps of the waterfall; columns step, from, to, label, kind."""
    level = float(effect.before.score)
    rows = [("before", level, level, t.points(level), "total")]
    for k, component in enumerate(base.edition.components):
        move = float(effect.after.components[k] - effect.before.components[k])
        if move:
            rows.append((component.key, level, level + move, t.signed(move), "up" if move > 0 else "down"))
            level += move
    rows.append(("after", level, level, t.points(level), "total"))
    frame = pd.DataFrame(rows, columns=["step", "from", "to", "label", "kind"])
    return frame.assign(**{"from": frame["from"] / 100, "to": frame["to"] / 100})


def along_score(data: Any) -> Any:
    """The score along a lever."""
    return _along(data, "score")


def along_rank(data: Any) -> Any:
    """The rank along a lever."""
    return _along(data, "rank")


@cache
def ready(chart: Callable[[Any], alt.LayerChart]) -> dict[str, Any]:
    """The specification of a chart without its data."""
    whole = chart(NO_DATA).to_dict(validate=False)
    layers = [{key: value for key, value in layer.items() if key != "data"} for layer in whole["layer"]]
    return {"layer": layers} | ({"height": whole["height"]} if "height" in whole else {})


def _along(data: Any, field: str) -> Any:
    at = alt.Chart(data).encode(x="x:Q", y=alt.Y(f"{field}:Q", scale=alt.Scale(zero=False, reverse=field == "rank")))
    points = at.transform_filter("datum.kind != 'line'").mark_point(size=130)
    return alt.layer(at.transform_filter("datum.kind == 'line'").mark_line(), points).properties(height=150)
