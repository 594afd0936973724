"""The planner's charts: figures in, columns and Vega-Lite specifications out, built once per language. No Streamlit."""

from collections.abc import Mapping
from functools import cache
from textwrap import wrap
from typing import Any

import altair as alt
import numpy as np

from model.plan.best import Best
from model.plan.prepared import Prepared
from model.report import tables
from model.score.scenario import Effect
from model.words.texts import Words, words
from pages.ui.charts import LINE, OWN, WARM, axis, bare

KINDS = ("least_effort", "fewest_levers", "most_even")


def bars(asked: Prepared, t: Words) -> dict[str, np.ndarray]:
    """Each lever's points from now to its limit, what pays most per effort first, and how far each plan goes.

    Columns name, points, kind: bar for the whole reach, else the plan's name.
    """
    at = {price.lever: _in_lines(tables.lever_name(asked.base, price.lever, t, raw=True)) for price in asked.prices}
    rows = [(at[price.lever], price.gain, "bar") for price in asked.prices]
    for plan in asked.answer.plans:
        brought = asked.brought(plan)
        name = t(f"targets.{plan.kind}")
        rows += [(at[key], brought[key] / 100, name) for key in plan.moves if key in at]
    names, points, kinds = zip(*rows, strict=True)
    return {"name": np.array(names), "points": np.array(points), "kind": np.array(kinds)}


def _in_lines(name: str) -> str:
    """A name in lines short enough to stand beside a chart on a phone."""
    return "\n".join(wrap(name, 28))


@cache
def bars_spec(language: str, n: int) -> dict[str, Any]:
    """The specification of the bars of n levers."""
    t = words(language)
    names = [t(f"targets.{kind}") for kind in KINDS]
    y = alt.Y(
        "name:N",
        sort=None,
        axis=alt.Axis(
            title=None,
            labelExpr="split(datum.label, '\\n')",
            labelLimit=220,
            labelLineHeight=11,
            labelOffset=-3,
            labelOverlap=False,
        ),
    )
    x = alt.X("points:Q", axis=axis(t("targets.bars_axis"), t))
    tips = [
        alt.Tooltip("name:N", title=t("targets.lever")),
        alt.Tooltip("points:Q", title=t("targets.gain"), format=".2f"),
    ]
    whole = alt.Chart().transform_filter("datum.kind == 'bar'").mark_bar(color=LINE, opacity=0.45)
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(domain=names, range=["circle", "diamond", "triangle-up"]),
        legend=alt.Legend(title=None, orient="top", columns=1),
    )
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=names, range=[OWN, WARM, "#5a8f3c"]),
        legend=alt.Legend(title=None, orient="top", columns=1),
    )
    marks = alt.Chart().transform_filter("datum.kind != 'bar'").mark_point(filled=True, size=90, opacity=1)
    layers = alt.layer(
        whole.encode(x=x, y=y, tooltip=tips), marks.encode(x=x, y=y, shape=shape, color=colour, tooltip=tips)
    )
    return bare(layers.properties(height=32 * n + 150, description=t("targets.bars_alt")))


def curve(asked: Prepared, best: Best, t: Words) -> dict[str, np.ndarray]:
    """Score against effort; columns effort, score, kind (line, bend or chosen), name of what comes next at a bend.

    label: a bend's number in the table, those of several where they stand too near one another to be told apart.
    """
    bends = best.bends
    names = [", ".join(tables.lever_name(asked.base, key, t, raw=True) for key in bend.levers) for bend in bends]
    n = best.efforts.size
    return {
        "effort": np.concatenate([best.efforts, [bend.effort for bend in bends], [best.plan.cost]]),
        "score": np.concatenate([best.scores, [bend.score for bend in bends], [best.plan.score]]) / 100,
        "kind": np.array(["line"] * n + ["bend"] * len(bends) + ["chosen"]),
        "name": np.array([""] * n + names + [""]),
        "label": np.array([""] * n + _apart(np.array([bend.effort for bend in bends])) + [""]),
    }


def _apart(efforts: np.ndarray) -> list[str]:
    """The numbers of bends at these efforts as the curve bears them, "2–3" at the first of those that lie together."""
    at = np.sqrt(efforts)
    near = np.append(np.diff(at) < 0.07 * at.max(initial=0.0), False)
    first = np.flatnonzero(~np.append(False, near[:-1]))
    labels = [""] * efforts.size
    for start, stop in zip(first, np.append(first[1:], efforts.size), strict=True):
        labels[start] = str(start + 1) if stop == start + 1 else f"{start + 1}–{stop}"
    return labels


@cache
def curve_spec(language: str) -> dict[str, Any]:
    """The specification of score against effort."""
    t = words(language)
    x = alt.X("effort:Q", axis=axis(t("targets.curve_axis"), t), scale=alt.Scale(type="sqrt"))
    y = alt.Y("score:Q", axis=axis(t("effect.score_axis"), t), scale=alt.Scale(zero=False))
    tips = [
        alt.Tooltip("effort:Q", title=t("targets.curve_axis"), format=".0f"),
        alt.Tooltip("score:Q", title=t("effect.score_axis"), format=".2f"),
        alt.Tooltip("name:N", title=t("targets.bend_next")),
    ]
    at = {kind: alt.Chart().transform_filter(f"datum.kind == '{kind}'") for kind in ("line", "bend", "chosen")}
    layers = alt.layer(
        at["line"].mark_line(color=LINE, interpolate="step-after").encode(x=x, y=y),
        at["bend"].mark_point(filled=True, size=60, color=WARM, opacity=1).encode(x=x, y=y, tooltip=tips),
        at["bend"].mark_text(align="left", dx=-3, dy=-11, fontSize=12, color=WARM).encode(x=x, y=y, text="label:N"),
        at["chosen"].mark_point(shape="diamond", size=130, strokeWidth=2, color=OWN).encode(x=x, y=y, tooltip=tips),
    )
    return bare(layers.properties(height=300, description=t("targets.curve_alt")))


def surface(
    asked: Prepared,
    x: str,
    y: str,
    found: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    names: list[str],
) -> dict[str, np.ndarray]:
    """The map's cells with their edges in percent, the target's line, the reachable frame and the present point.

    Columns x, x2, y, y2, score, rank, kind: cell, target, frame or now.
    """
    xs, ys, score, rank = found
    dx, dy = 0.6 * (xs[1] - xs[0]), 0.6 * (ys[1] - ys[0])  # a little over half: no seams between cells
    grid_x, grid_y = (side.ravel() for side in np.meshgrid(xs, ys))
    met = score >= asked.needed
    first = [(xs[i], ys[int(np.argmax(met[:, i]))]) for i in range(xs.size) if met[:, i].any() and not met[:, i].all()]
    a, b = asked.found[x], asked.found[y]
    extra = [(px - dx, px + dx, py - dy, py - dy, "target") for px, py in first]
    extra += [(a.rate, a.high, b.rate, b.high, "frame"), (a.rate, a.rate, b.rate, b.rate, "now")]
    x1, x2, y1, y2, kinds = zip(*extra, strict=True)
    blank = np.full(len(extra), np.nan)
    return {
        "x": 100 * np.append(grid_x - dx, x1),
        "x2": 100 * np.append(grid_x + dx, x2),
        "y": 100 * np.append(grid_y - dy, y1),
        "y2": 100 * np.append(grid_y + dy, y2),
        "score": np.append(score.ravel() / 100, blank),
        "rank": np.append(rank.ravel(), blank),
        "kind": np.array(["cell"] * grid_x.size + list(kinds)),
        "across": np.full(grid_x.size + len(extra), names[0]),
        "up": np.full(grid_x.size + len(extra), names[1]),
    }


@cache
def surface_spec(language: str) -> dict[str, Any]:
    """The specification of the map over two rates."""
    t = words(language)
    scale = alt.Scale(zero=False, nice=False)
    x, x2 = alt.X("x:Q", axis=axis(t("targets.map_x"), t), scale=scale), alt.X2("x2:Q")
    y, y2 = alt.Y("y:Q", axis=axis(t("targets.map_y"), t), scale=scale), alt.Y2("y2:Q")
    colour = alt.Color(
        "score:Q",
        scale=alt.Scale(range=["#d9dfe6", "#1f6fc4"], interpolate="rgb", zero=False),
        legend=alt.Legend(title=t("effect.score_axis"), orient="right", gradientLength=180),
    )
    tips = [
        alt.Tooltip("across:N", title=t("targets.map_x")),
        alt.Tooltip("x:Q", title="%", format=".1f"),
        alt.Tooltip("up:N", title=t("targets.map_y")),
        alt.Tooltip("y:Q", title="%", format=".1f"),
        alt.Tooltip("score:Q", title=t("effect.score_axis"), format=".2f"),
        alt.Tooltip("rank:Q", title=t("effect.rank_axis"), format=".0f"),
    ]
    at = {kind: alt.Chart().transform_filter(f"datum.kind == '{kind}'") for kind in ("cell", "target", "frame", "now")}
    layers = alt.layer(
        at["cell"].mark_rect().encode(x=x, x2=x2, y=y, y2=y2, color=colour, tooltip=tips),
        at["target"].mark_rule(color=WARM, strokeWidth=3).encode(x=x, x2=x2, y=y),
        at["frame"].mark_rect(filled=False, stroke="#111", strokeWidth=2).encode(x=x, x2=x2, y=y, y2=y2),
        at["now"].mark_point(shape="diamond", size=130, strokeWidth=2, color="#111").encode(x=x, y=y),
    )
    return bare(layers.properties(height=340, description=t("targets.map_alt")))


@cache
def track_spec(language: str) -> dict[str, Any]:
    """The specification of a plan's path over weeks, with what came."""
    t = words(language)
    days = alt.Axis(title=None, format=t("history.day_format"), grid=False, labelOverlap=True)
    x, scale = alt.X("day:T", axis=days), alt.Scale(zero=False, padding=8)
    y = alt.Y("value:Q", axis=axis("", t), scale=scale)
    names = [t("track.kind_path"), t("track.kind_actual")]
    legend = alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[LINE, OWN]), legend=legend)
    tips = [
        alt.Tooltip("kind:N", title=" "),
        alt.Tooltip("day:T", title=t("history.day"), format="%d/%m/%Y"),
        alt.Tooltip("value:Q", title=t("track.value"), format=".2f"),
    ]
    dashes = alt.StrokeDash("kind:N", scale=alt.Scale(domain=names, range=[[5, 4], [1, 0]]), legend=None)
    line = alt.Chart().mark_line().encode(x=x, y=y, color=colour, strokeDash=dashes)
    dots = (
        alt.Chart()
        .transform_filter("datum.dot")
        .mark_point(filled=True, size=80, opacity=1)
        .encode(x=x, y=y, color=colour, tooltip=tips)
    )
    return bare(alt.layer(line, dots).properties(height=230, description=t("track.alt")))


def compared(published: str, columns: Mapping[str, Effect]) -> dict[str, np.ndarray]:
    """The published score and that of each entry; columns name, score, kind (published or supposed)."""
    before = next(iter(columns.values())).before
    scores = [float(before.score), *(float(done.after.score) for done in columns.values())]
    kinds = ["published"] + ["supposed"] * len(columns)
    return {"name": np.array([published, *columns]), "score": np.array(scores) / 100, "kind": np.array(kinds)}


@cache
def compared_spec(language: str, n: int) -> dict[str, Any]:
    """The specification of n scores side by side."""
    t = words(language)
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=220, labelOverlap=False))
    x = alt.X("score:Q", scale=alt.Scale(zero=False, padding=24), axis=axis(t("effect.score_axis"), t))
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["published", "supposed"], range=[LINE, OWN]), legend=None)
    tips = [
        alt.Tooltip("name:N", title=t("kept.name")),
        alt.Tooltip("score:Q", title=t("effect.score_axis"), format=".2f"),
    ]
    marks = alt.Chart().mark_point(filled=True, size=160, opacity=1).encode(x=x, y=y, color=colour, tooltip=tips)
    return bare(alt.layer(marks).properties(height=34 * n + 50, description=t("kept.compare_alt")))
