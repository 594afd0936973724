"""Two units side by side."""

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from model.plan.question import rival
from model.score.baseline import Baseline
from model.score.scenario import effect, resolved
from model.words.texts import Words, plain
from pages.ui import charts, session, show


def compare(base: Baseline, unit: int, by: date, t: Words) -> None:
    """Our unit beside another: component by component, then rate by rate."""
    names, codes = base.league.names, base.league.codes
    others = [int(i) for i in base.by_rank if i != unit]
    if not others:
        return
    chosen = session.choice().other or codes[rival(base, unit)]
    st.selectbox(
        t("ranking.other"),
        [codes[i] for i in others],
        key="other",
        index=[codes[i] for i in others].index(chosen) if chosen in codes else 0,
        format_func=lambda code: _ranked_name(base, codes.index(code), t),
        on_change=lambda: session.look_at(other=session.shown("other")),
    )
    other = codes.index(chosen) if chosen in codes and codes.index(chosen) != unit else others[0]
    after = effect(base, unit, session.choice().scenario).after
    ours, theirs = after.components, base.standing.components[other]
    gap = after.score - base.standing.score[other]
    if not np.isnan(gap):
        key = "ranking.ahead" if gap > 0 else "ranking.behind" if gap < 0 else "ranking.level"
        st.markdown(t(key, unit=plain(names[unit]), other=plain(names[other]), gap=t.points(abs(gap))))
    parts = [(t.of(c.name), ours[k], theirs[k], ours[k] - theirs[k]) for k, c in enumerate(base.edition.components)]
    held = float(base.anchors.held[unit]), float(base.anchors.held[other])
    if any(abs(value) > 0 for value in held):
        parts.append((t("effect.held"), held[0], held[1], held[0] - held[1]))
    known = [part for part in parts if not np.isnan(part[3])]
    picture = {
        "name": np.array([part[0] for part in known]),
        "value": np.array([float(part[3]) / 100 for part in known]),
    }
    st.vega_lite_chart(charts.table(picture), charts.gap_spec(t.language), key="gaps")
    heads = [t("effect.component"), names[unit], names[other], t("ranking.apart")]
    cells = [(name, t.points(a), t.points(b), t.signed(d)) for name, a, b, d in parts]
    cells.append((t("effect.total"), t.points(after.score), t.points(base.standing.score[other]), t.signed(gap)))
    show.table(pd.DataFrame(cells, columns=_told_apart(heads)), key="compared", last=1)
    show.drawer("rates", t("ranking.rates"), lambda: _rates(base, unit, other, t), t("ranking.rates_help"))


def _told_apart(heads: list[str]) -> list[str]:
    """Column names, none twice: two units may bear one name."""
    return [head if heads.index(head) == i else f"{head} ({i})" for i, head in enumerate(heads)]


def _ranked_name(base: Baseline, i: int, t: Words) -> str:
    return f"{t.count(base.rank[i])}. {base.league.names[i]} · {t.points(base.standing.score[i])}"


def _rates(base: Baseline, unit: int, other: int, t: Words) -> pd.DataFrame:
    """Every lever's rate of both, and the points of its criterion."""
    levers, _ = resolved(base, unit, session.choice().scenario)
    rows = []
    for i, lever in enumerate(base.edition.levers):
        a, b = levers[i], base.anchors.levers[other, i]
        if not np.isnan([a, b]).all():
            rates = ["–" if np.isnan(value) else t.percent(value) for value in (a, b)]
            rows.append((t.of(lever.name), *rates, t.number(100 * (a - b), 1)))
    heads = [t("targets.lever"), base.league.names[unit], base.league.names[other], t("ranking.points_apart")]
    return pd.DataFrame(rows, columns=_told_apart(heads))
