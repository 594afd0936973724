"""A lesson's one picture on screen, with its table behind it."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from model.score.baseline import Baseline
from model.training.lesson.pictures import Picture
from model.words.texts import Words
from pages.ui import charts
from pages.ui.show import drawer
from pages.ui.training import lesson_charts


def show(picture: Picture, base: Baseline, unit: int, big: bool, t: Words) -> None:
    """The picture drawn, large for a projector, and its figures one click away."""
    columns, kind = _columns(picture, t), _kind(picture)
    spec = lesson_charts.spec(kind, t.language, big, len(next(iter(columns.values()))))
    st.vega_lite_chart(charts.table(columns), spec, key=f"picture.{picture.kind}")
    st.caption(t(f"training.legend_{kind}"))
    drawer("picture", t("effect.data"), lambda: _table(columns, kind, t))


def _kind(picture: Picture) -> str:
    """What a picture is called: pairs are of a component's criteria and the most they earn, or of us and the mean."""
    return "pairs_most" if picture.kind == "pairs" and picture.of else picture.kind


def _columns(picture: Picture, t: Words) -> dict[str, np.ndarray]:
    """The picture's columns as a chart takes them: points for hundredths, per cent for fractions, texts as read."""
    columns = {key: _column(key, picture.kind, values, t) for key, values in picture.columns.items()}
    if picture.kind == "waterfall":
        columns["positive"] = columns["change"] >= 0
        columns["label"] = np.array([t.signed(100 * value) for value in columns["change"]])
    elif picture.kind == "components":
        columns["label"] = np.array([t.points(100 * value) for value in columns["points"]])
    return columns


def _column(key: str, kind: str, values: tuple[object, ...], t: Words) -> np.ndarray:
    if values and isinstance(values[0], dict):
        return np.array([t.of(value) for value in values])
    if key in ("rate", "still", "jumps"):
        return 100 * np.array(values, dtype=float)
    if key in ("points", "most", "score", "change", "from", "to", "ours", "other"):
        return np.array(values, dtype=float) / 100
    return np.array(values)


def _table(columns: dict[str, np.ndarray], kind: str, t: Words) -> pd.DataFrame:
    called = {"ours": "points", "other": "most"} if kind == "pairs_most" else {}
    drawn_only = ("positive", "own", "mark", "label")
    heads = {key: t(f"training.column_{called.get(key, key)}") for key in columns if key not in drawn_only}
    every = 10 if kind == "sweep" else 1
    return pd.DataFrame({head: [_written(x, key, t) for x in columns[key][::every]] for key, head in heads.items()})


def _written(value: Any, key: str, t: Words) -> str:
    if isinstance(value, str):
        return value
    return t.count(value) if key == "rank" else t.number(float(value), 2)
