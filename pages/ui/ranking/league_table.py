"""The league as a table and as a picture, below the line that stands above every view of the ranking page."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from model.plan.question import everyone
from model.rules.formulas import band, place
from model.score.baseline import Baseline
from model.score.scenario import effect, standing
from model.table.league import is_meant, kind_of
from model.words.texts import Words, plain
from pages.ui import charts, peers, session, show, typed


def pick_view(known: tuple[str, ...], t: Words) -> str:
    """Which view of the page is shown, its picker drawn."""
    chosen = session.choice().view
    session.show("view", chosen if chosen in known else known[0])
    st.segmented_control(
        t("ranking.view"),
        known,
        key="view",
        required=True,
        label_visibility="collapsed",
        format_func=lambda one: t(f"ranking.view_{one}"),
        on_change=lambda: session.look_at(view=session.shown("view")),
    )
    return str(session.shown("view"))


def headline(base: Baseline, unit: int, by: date, t: Words) -> None:
    """Where the unit stands, as published and as supposed, and what is assumed of the others."""
    score, rank, n = float(base.standing.score[unit]), base.rank[unit], base.ranked
    if np.isnan(rank):
        st.info(t("ranking.unranked", unit=plain(base.league.names[unit])))
        return
    kind = t(f"ranking.kind_{base.league.origin}")
    said = t(
        "ranking.stands", unit=plain(base.league.names[unit]), score=t.points(score), rank=int(rank), n=n, kind=kind
    )
    scenario = session.choice().scenario
    if scenario.changes:
        result = effect(base, unit, scenario)
        said += " " + t("ranking.supposed", score=t.points(result.after.score), rank=int(result.rank_after), n=n)
    told = peers.told(base, session.choice().ask, by, t)
    st.markdown(f"{said}  \n{t('ranking.assumed', told=told, by=t.day(by))}")


def league(base: Baseline, unit: int, by: date, t: Words) -> None:
    """All units by rank, to be filtered and searched, our own always in sight; and where each leads or lags."""
    if not base.ranked:
        st.info(t("ranking.none_ranked"))
        return
    rows = base.by_rank
    shown = rows[_filtered(base, rows, t)]
    own, written = _shown(base, unit, np.array([unit]), by, t)
    at = np.flatnonzero(shown == unit)
    told = {"own": own, "mine": int(at[0]) if len(at) else None}
    table = _shown(base, unit, shown, by, t)[0]
    show.table(table, written, key="league_table", caption=t("ranking.view_table"), **told)
    if not len(shown):
        st.info(t("ranking.no_match"))
    st.caption(t("ranking.table_note", shown=t.count(len(shown)), n=t.count(len(rows))))
    st.subheader(t("ranking.heat"), anchor=False)
    ranked = rows[~np.isnan(base.rank[rows])]
    n = charts.together(len(ranked))
    st.caption(t("ranking.heat_help_many", n=n) if n > 1 else t("ranking.heat_help"))
    if len(ranked) > 1:
        picture = charts.heat(base, ranked, unit, t)
        st.vega_lite_chart(charts.table(picture), charts.heat_spec(t.language, len(ranked)), key="heat")


def _filtered(base: Baseline, rows: np.ndarray, t: Words) -> np.ndarray:
    """Which rows the filters leave, shape (rows,)."""
    search, bands, kinds = st.columns([1, 1.4, 1], gap="small", vertical_alignment="bottom")
    with search:
        text = typed.text_box(t("ranking.search"), "find", placeholder=t("panel.search"))
    band_names = {b.key: t.of(b.name) for b in base.edition.bands}
    wanted = bands.pills(
        t("panel.band"), list(band_names), selection_mode="multi", key="bands", format_func=show.labels(band_names)
    )
    found_kinds = sorted({kind_of(name) for name in base.league.names} - {""})
    kept = (
        kinds.pills(t("ranking.kind"), found_kinds, selection_mode="multi", key="kinds") if len(found_kinds) > 1 else []
    )
    keep = np.ones(len(rows), dtype=bool)
    if not (text or wanted or kept):
        return keep
    for at, i in enumerate(rows):
        name, found = base.league.names[i], band(base.edition, float(base.standing.score[i]))
        keep[at] = (
            (not text or is_meant(text, base.league.codes[i], name))
            and (not wanted or found is not None and found.key in wanted)
            and (not kept or kind_of(name) in kept)
        )
    return keep


def _shown(
    base: Baseline, unit: int, rows: np.ndarray, by: date, t: Words
) -> tuple[pd.DataFrame, dict[str, Callable[[float], str]]]:
    """Rows of the league's table, numbers as numbers so that they sort as such, and how each column is written."""
    edition, score = base.edition, base.standing.score
    table: dict[str, object] = {
        t("effect.rank_axis"): base.rank[rows],
        t("effect.unit"): [base.league.names[i] for i in rows],
        t("effect.total"): score[rows],
    }
    written: dict[str, Callable[[float], str]] = {t("effect.rank_axis"): t.count, t("effect.total"): t.points}
    later = _later(base, unit, by)
    if later is not None:
        ranks = place(later, later)
        table |= {t("ranking.then"): later[rows], t("ranking.then_rank"): ranks[rows]}
        table[t("ranking.places")] = (base.rank - ranks)[rows]
        written |= {t("ranking.then"): t.points, t("ranking.then_rank"): t.count, t("ranking.places"): _moved(t)}
    table[t("panel.band")] = [t.of(b.name) if (b := band(edition, float(score[i]))) else "–" for i in rows]
    for k, component in enumerate(edition.components):
        table[t.of(component.name)] = base.standing.components[rows, k]
        written[t.of(component.name)] = t.points
    return pd.DataFrame(table), written


def _moved(t: Words) -> Callable[[float], str]:
    return lambda places: "–" if np.isnan(places) else f"+{t.count(places)}" if places > 0 else t.count(places)


def _later(base: Baseline, unit: int, by: date) -> np.ndarray | None:
    """Everyone's expected score at the date with our scenario, (n,); None where nothing moves."""
    ask, scenario = session.choice().ask, session.choice().scenario
    if ask.moves in ("", "still", "uncertain") and not scenario.changes:
        return None
    expected = everyone(base, ask, by, session.past()).expected.copy()
    expected[unit] = standing(base, unit, scenario).score
    return expected
