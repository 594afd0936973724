"""Charts: figures in, frames and Vega-Lite specifications out, built once per language. No Streamlit.

Nothing that changes with the figures stands in a specification, so that the browser keeps the view and swaps the data.
"""

from datetime import datetime
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from model.peers.calibration import Calibration
from model.peers.expected import Outlook
from model.peers.series import Series
from model.score.baseline import Baseline
from model.score.scenario import Effect, Scenario, resolved, sweep
from model.words.texts import Words, words

LINE, OWN, WARM = "#76879a", "#2b7bd0", "#c8601a"  # seen on light and on dark
GRID = 101  # points along a sweep
_LINES = 450  # of a picture of all units that can be told apart


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
        from pyarrow import table as arrow
    except ImportError:  # in the browser, where an empty module stands in for Arrow
        return pd.DataFrame(columns)
    return arrow(columns)


def heat(base: Baseline, rows: np.ndarray, unit: int, t: Words) -> dict[str, np.ndarray]:
    """Where each ranked unit leads or lags: its place in every component among the league, 0 last to 100 first.

    Neighbours share a line where there are more units than lines can be told apart (`together`): its share and points
    are their means, but for ours, which are its own points.
    """
    components = base.standing.components[rows]
    n, parts = components.shape
    share = np.empty_like(components)
    for k in range(parts):
        ordered = np.sort(components[:, k])
        middle = np.searchsorted(ordered, components[:, k]) + np.searchsorted(ordered, components[:, k], side="right")
        share[:, k] = 100 * (middle - 1) / (2 * max(1, n - 1))
    first = np.arange(0, n, together(n))
    last = np.append(first[1:], n) - 1
    counts = (last - first + 1)[:, None]
    shares, points = np.add.reduceat(share, first) / counts, np.add.reduceat(components, first) / counts
    own = np.logical_or.reduceat(rows == unit, first)
    points[own] = components[rows == unit]
    names = [_span(base, rows[low], rows[high], t) for low, high in zip(first, last, strict=True)]
    return {
        "place": np.repeat(np.arange(first.size), parts),
        "component": np.tile(np.array([t.of(c.name) for c in base.edition.components]), first.size),
        "share": shares.ravel(),
        "points": np.array([t.points(value) for value in points.ravel()]),
        "unit": np.repeat(np.array(names), parts),
        "own": np.repeat(own, parts),
    }


def together(n: int) -> int:
    """How many neighbours of n units share a line of the picture."""
    return -(-n // _LINES)


def _span(base: Baseline, first: int, last: int, t: Words) -> str:
    """The rank and name of a unit, or of the first and the last of neighbours."""
    said = [f"{t.count(base.rank[i])}. {base.league.names[i]}" for i in dict.fromkeys((first, last))]
    return " – ".join(said)


@cache
def heat_spec(language: str, n: int) -> dict[str, Any]:
    """The specification of the picture of n units by components, our own row framed."""
    t = words(language)
    x = alt.X("component:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, orient="top", labelLimit=150))
    y = alt.Y("place:O", sort=None, axis=None)
    tips = [
        alt.Tooltip("unit:N", title=t("effect.unit")),
        alt.Tooltip("component:N", title=t("effect.component")),
        alt.Tooltip("points:N", title=t("effect.score_axis")),
    ]
    colour = alt.Color(
        "share:Q",
        scale=alt.Scale(domain=[0, 50, 100], range=[WARM, "#d9dfe6", "#1f6fc4"], interpolate="rgb"),
        legend=alt.Legend(title=t("ranking.heat_legend"), orient="bottom", gradientLength=260, titleLimit=400),
    )
    tall = 16 * n if n <= 45 else max(720, min(9 * n, 900))
    cells = alt.Chart().mark_rect().encode(x=x, y=y, color=colour, tooltip=tips)
    own = (
        alt.Chart().transform_filter("datum.own").mark_rect(filled=False, stroke="#111", strokeWidth=2).encode(x=x, y=y)
    )
    name = (
        alt.Chart()
        .transform_filter("datum.own")
        .mark_text(align="center", fontWeight="bold", fontSize=11, color="#111")
        .encode(x=x, y=y, text="points:N")
    )
    layers = [cells, own] if together(n) > 1 else [cells, own, name]  # a line of two pixels has no room for figures
    return bare(alt.layer(*layers).properties(height=tall, description=t("ranking.heat_alt")))


@cache
def chances_spec(language: str) -> dict[str, Any]:
    """The specification of the chance of every rank; the 5–95 % interval is darker."""
    t = words(language)
    whole = alt.Axis(title=t("effect.rank_axis"), format="d", tickMinStep=1)
    x = alt.X("rank:Q", axis=whole, scale=alt.Scale(zero=False, nice=False, padding=6))
    y = alt.Y("chance:Q", axis=axis(t("chances.chance_axis"), t))
    tips = [alt.Tooltip("rank:Q", title=t("effect.rank_axis")), alt.Tooltip("chance:Q", title="%", format=".1f")]
    bars = {True: alt.Chart().transform_filter("datum.inside"), False: alt.Chart().transform_filter("!datum.inside")}
    return bare(
        alt.layer(
            bars[False].mark_bar(color=LINE, opacity=0.5, width={"band": 0.9}, size=5).encode(x=x, y=y, tooltip=tips),
            bars[True].mark_bar(color=OWN, size=5).encode(x=x, y=y, tooltip=tips),
        ).properties(height=230, description=t("chances.alt"))
    )


@cache
def gap_spec(language: str) -> dict[str, Any]:
    """The specification of points ahead or behind, component by component."""
    t = words(language)
    return _bars(t("ranking.gap_axis"), t("ranking.gap_alt"), t)


@cache
def places_spec(language: str) -> dict[str, Any]:
    """The specification of the parts of a rank's change, places won to the right."""
    t = words(language)
    return _bars(t("rank_changes.axis"), t("rank_changes.alt"), t)


def calibration(both: dict[bool, Calibration], t: Words) -> dict[str, np.ndarray]:
    """Foretold chances and how often they came true, in per cent, with and without jumps."""
    found = [(jumps, one, ~np.isnan(one.stated)) for jumps, one in both.items()]
    return {
        "stated": np.concatenate([100 * one.stated[known] for _, one, known in found]),
        "frequency": np.concatenate([100 * one.frequency[known] for _, one, known in found]),
        "kind": np.concatenate(
            [np.full(known.sum(), t(f"chances.kind_{'jumps' if j else 'still'}")) for j, _, known in found]
        ),
    }


@cache
def calibration_spec(language: str) -> dict[str, Any]:
    """The specification of foretold against came true; on the diagonal chances are right."""
    t = words(language)
    scale = alt.Scale(domain=[0, 100])
    x = alt.X("stated:Q", axis=axis(t("chances.stated_axis"), t), scale=scale)
    y = alt.Y("frequency:Q", axis=axis(t("chances.frequency_axis"), t), scale=scale)
    kinds = [t("chances.kind_jumps"), t("chances.kind_still")]
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=kinds, range=[OWN, WARM]), legend=alt.Legend(title=None, orient="top")
    )
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=None)
    diagonal = (
        alt.Chart()
        .transform_calculate(even="datum.stated")
        .mark_line(color=LINE, strokeDash=[4, 4])
        .encode(x=x, y=alt.Y("even:Q", axis=axis(t("chances.frequency_axis"), t), scale=scale))
    )
    line = alt.Chart().mark_line(opacity=0.6).encode(x=x, y=y, color=colour)
    dots = alt.Chart().mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=colour, shape=shape)
    return bare(alt.layer(diagonal, line, dots).properties(height=320, description=t("chances.calibration_alt")))


@cache
def history_spec(language: str, of_rank: bool) -> dict[str, Any]:
    """The specification of lines over days, our own broad; the first rank is on top."""
    t = words(language)
    days = alt.Axis(title=None, format=t("history.day_format"), tickCount="day", grid=False, labelOverlap=True)
    x = alt.X("day:T", axis=days)
    title = t("effect.rank_axis") if of_rank else t("effect.points_axis")
    whole = alt.Axis(title=title, tickMinStep=1, labelExpr="datum.value < 1 ? '' : datum.label", minExtent=40)
    scale = alt.Scale(zero=False, reverse=of_rank, nice=not of_rank, padding=8)
    y = alt.Y("value:Q", axis=whole if of_rank else axis(title, t), scale=scale)
    legend = alt.Legend(title=None, orient="top", labelLimit=200)
    colour = alt.Color("unit:N", sort=None, legend=legend, scale=alt.Scale(range=[OWN, WARM, LINE, "#7b5ea7"]))
    broad = alt.condition("datum.own", alt.value(4), alt.value(1.8))
    tips = [alt.Tooltip("unit:N", title=t("effect.unit")), alt.Tooltip("value:Q", title=title, format=".2~f")]
    tips.append(alt.Tooltip("day:T", title=t("history.day"), format="%d/%m/%Y"))
    shape = alt.Shape("unit:N", sort=None, legend=None)
    line = alt.Chart().mark_line().encode(x=x, y=y, color=colour, strokeWidth=broad, detail="stretch:N")
    dots = (
        alt.Chart()
        .mark_point(filled=True, size=60, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=tips)
    )
    return bare(alt.layer(line, dots).properties(height=300, description=t("history.alt")))


def outlook(row: Series, unit: int, found: Outlook, names: tuple[str, str]) -> dict[str, np.ndarray]:
    """A unit's scores as they came since the last break and as foretold; columns day, value, low, high, kind."""
    came = [(row.days[i], row.score[i, unit]) for i in row.distinct if not np.isnan(row.score[i, unit])]
    days = [*(day for day, _ in came), *found.days]
    scores = np.array([score for _, score in came])
    return {
        "day": np.array([datetime(d.year, d.month, d.day).isoformat() for d in days]),
        "value": np.concatenate([scores, found.middle]) / 100,
        "low": np.concatenate([scores, found.low]) / 100,
        "high": np.concatenate([scores, found.high]) / 100,
        "kind": np.array([names[0]] * len(came) + [names[1]] * len(found.days)),
    }


@cache
def outlook_spec(language: str) -> dict[str, Any]:
    """The specification of scores that came and those foretold, dashed within their band."""
    t = words(language)
    names = [t("history.kind_came"), t("history.kind_expected")]
    x = alt.X("day:T", axis=alt.Axis(title=None, format=t("history.day_format"), grid=False, labelOverlap=True))
    scale, title = alt.Scale(zero=False, padding=8), t("effect.score_axis")
    y = alt.Y("value:Q", axis=axis(title, t), scale=scale)
    legend = alt.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=3)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[OWN, WARM]), legend=legend)
    dashes = alt.StrokeDash("kind:N", scale=alt.Scale(domain=names, range=[[1, 0], [5, 4]]), legend=None)
    tips = [
        alt.Tooltip("kind:N", title=" "),
        alt.Tooltip("day:T", title=t("history.day"), format="%d/%m/%Y"),
        alt.Tooltip("value:Q", title=title, format=".2f"),
    ]
    low = alt.Y("low:Q", axis=axis(title, t), scale=scale)
    band = alt.Chart().mark_area(color=WARM, opacity=0.18).encode(x=x, y=low, y2="high:Q")
    line = alt.Chart().mark_line(point=True).encode(x=x, y=y, color=colour, strokeDash=dashes, tooltip=tips)
    return bare(alt.layer(band, line).properties(height=240, description=t("history.expected_alt")))


def _bars(title: str, description: str, t: Words) -> dict[str, Any]:
    """Named bars to either side of nothing, in the order given."""
    y = alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=230))
    x = alt.X("value:Q", axis=axis(title, t))
    colour = alt.condition("datum.value >= 0", alt.value(OWN), alt.value(WARM))
    bars = alt.Chart().mark_bar().encode(x=x, y=y, color=colour)
    return bare(alt.layer(bars).properties(height=alt.Step(26), description=description))


def axis(title: str, t: Words) -> alt.Axis:
    """An axis whose numbers have the language's signs for decimals and thousands."""
    grouped = f"replace(replace(datum.label, regexp(',', 'g'), ' '), '.', '{t('decimal')}')"
    written = f"replace({grouped}, regexp(' ', 'g'), '{t('thousands')}')"
    return alt.Axis(title=title, labelExpr=written, tickCount=6, grid=True, minExtent=40)


def bare(chart: alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    """A specification without data, which Streamlit brings along."""
    whole = chart.to_dict(validate=False)
    layers = [{key: value for key, value in layer.items() if key != "data"} for layer in whole["layer"]]
    quiet = {
        "aria": False,
        "mark": {"tooltip": None},
    }  # told by its sentence and its table: names of fields are no words
    return {"layer": layers, "height": whole["height"], "description": whole["description"], "config": quiet}
