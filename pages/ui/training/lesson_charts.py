"""Specifications of a lesson's pictures, built once for each language and size. No Streamlit."""

from functools import cache
from typing import Any

import altair as alt

from model.words.texts import Words, words
from pages.ui.charts import LINE, OWN, WARM, axis, bare

_TALL = {"strip": 170}  # all others 300


@cache
def spec(kind: str, language: str, big: bool, n: int) -> dict[str, Any]:
    """The specification of a kind of picture of n rows; its texts large where big."""
    t = words(language)
    chart = _DRAWN[kind](t, n).properties(
        height=_TALL.get(kind, 300) * (1.4 if big else 1), description=t(f"training.alt_{kind}")
    )
    whole = bare(chart)
    size = 20 if big else 13
    whole["config"] |= {
        "axis": {"labelFontSize": size, "titleFontSize": size, "labelLimit": 420 if big else 230},
        "legend": {"labelFontSize": size, "titleFontSize": size, "labelLimit": 420},
        "text": {"fontSize": size},
    }
    return whole


def _components(t: Words, n: int) -> alt.LayerChart | alt.FacetChart:
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None))
    most = (
        alt.Chart()
        .mark_bar(color=LINE, opacity=0.3)
        .encode(x=alt.X("most:Q", axis=axis(t("effect.points_axis"), t)), y=y)
    )
    own = alt.Chart().mark_bar(color=OWN).encode(x=alt.X("points:Q", axis=axis(t("effect.points_axis"), t)), y=y)
    text = (
        alt.Chart()
        .mark_text(align="left", dx=4)
        .encode(x=alt.X("most:Q", axis=axis(t("effect.points_axis"), t)), y=y, text="label:N")
    )
    return alt.layer(most, own, text)


def _sweep(t: Words, n: int) -> alt.LayerChart | alt.FacetChart:
    x = alt.X("rate:Q", axis=axis(t("effect.rate_axis"), t))
    y = alt.Y("score:Q", axis=axis(t("effect.score_axis"), t), scale=alt.Scale(zero=False, nice=True))
    at = {mark: alt.Chart().transform_filter(f"datum.mark == '{mark}'") for mark in ("now", "then", "target")}
    return alt.layer(
        alt.Chart().mark_line(color=LINE, strokeWidth=3).encode(x=x, y=y),
        at["target"].mark_rule(color=WARM, strokeDash=[6, 4], strokeWidth=2).encode(x=x),
        at["now"].mark_point(shape="diamond", size=220, strokeWidth=3, color=OWN, filled=False).encode(x=x, y=y),
        at["then"].mark_point(shape="circle", size=220, color=OWN, filled=True, opacity=1).encode(x=x, y=y),
    )


def _waterfall(t: Words, n: int) -> alt.LayerChart | alt.FacetChart:
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None))
    x = alt.X("from:Q", axis=axis(t("effect.score_axis"), t), scale=alt.Scale(zero=False))
    colour = alt.condition("datum.positive", alt.value(OWN), alt.value(WARM))
    bars = alt.Chart().mark_bar().encode(x=x, x2="to:Q", y=y, color=colour)
    text = (
        alt.Chart()
        .transform_filter("datum.change != 0")
        .mark_text(align="left", dx=6)
        .encode(x=alt.X("to:Q", axis=axis(t("effect.score_axis"), t)), y=y, text="label:N")
    )
    return alt.layer(bars, text)


def _strip(t: Words, n: int) -> alt.LayerChart | alt.FacetChart:
    x = alt.X("score:Q", axis=axis(t("effect.score_axis"), t), scale=alt.Scale(zero=False))
    tips = [alt.Tooltip("name:N", title=t("effect.unit")), alt.Tooltip("rank:Q", title=t("effect.rank_axis"))]
    others = alt.Chart().transform_filter("!datum.own").mark_tick(color=LINE, thickness=2, size=60, opacity=0.7)
    own = alt.Chart().transform_filter("datum.own").mark_tick(color=OWN, thickness=6, size=110, opacity=1)
    return alt.layer(others.encode(x=x, tooltip=tips), own.encode(x=x, tooltip=tips))


def _chances(t: Words, n: int) -> alt.LayerChart | alt.FacetChart:
    x = alt.X("rank:Q", axis=axis(t("effect.rank_axis"), t), scale=alt.Scale(zero=False, nice=False))
    lines = []
    for key, colour, dash in (("still", WARM, [6, 4]), ("jumps", OWN, [1, 0])):
        y = alt.Y(f"{key}:Q", axis=axis(t("chances.chance_axis"), t))
        lines.append(
            alt.Chart().mark_line(color=colour, strokeWidth=4, strokeDash=dash, interpolate="step").encode(x=x, y=y)
        )
    return alt.layer(*lines)


def _pairs(t: Words, n: int) -> alt.LayerChart | alt.FacetChart:
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None))
    other = (
        alt.Chart()
        .mark_bar(color=LINE, opacity=0.5, height={"band": 0.85})
        .encode(x=alt.X("other:Q", axis=axis(t("effect.points_axis"), t)), y=y)
    )
    ours = (
        alt.Chart()
        .mark_bar(color=OWN, height={"band": 0.4})
        .encode(x=alt.X("ours:Q", axis=axis(t("effect.points_axis"), t)), y=y)
    )
    return alt.layer(other, ours)


_DRAWN = {
    "components": _components,
    "sweep": _sweep,
    "waterfall": _waterfall,
    "strip": _strip,
    "chances": _chances,
    "pairs": _pairs,
    "pairs_most": _pairs,
}
