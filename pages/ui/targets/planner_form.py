"""The planner's question: target, date and assumptions, as controls of a page."""

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from model.plan import question as asking
from model.plan.moves import LeverRange
from model.plan.plan import Means
from model.plan.question import Question
from model.report import tables
from model.rules.edition import KINDS
from model.score.baseline import Baseline
from model.words.numbers import plain_percent
from model.words.texts import Words, plain
from pages.ui import peers as movers
from pages.ui import session, typed


def question(base: Baseline, unit: int, ask: Question, by: date, t: Words) -> None:
    """The controls of the question: target, value, date, and how the others move."""
    goal, value, date_, peers = st.columns([1.4, 1, 0.8, 1], gap="small", vertical_alignment="bottom")
    session.show("ask.goal", ask.goal)
    goal.segmented_control(
        t("targets.goal"),
        asking.GOALS,
        key="ask.goal",
        required=True,
        format_func=lambda g: t(f"targets.{g}"),
        on_change=session.asked,
        args=("goal",),
    )
    with value:
        _value(base, unit, ask, t)
    session.show("ask.by", by)
    last = base.league.period.last if base.league.period else base.league.as_of
    date_.date_input(
        t("targets.by"),
        key="ask.by",
        min_value=last,
        max_value=asking.year_end(base, by),
        format="DD/MM/YYYY",
        help=t("targets.by_help", day=t.day(asking.year_end(base, by))),
        on_change=session.asked,
        args=("by",),
    )
    with peers:
        movers.kind(ask, t)
    movers.details(base, ask, by, t, sure=ask.goal == "rank")
    typed.mistakes()


def assumptions(
    base: Baseline, ask: Question, means: Means, found: dict[str, LeverRange], left_out: dict[str, str], t: Words
) -> None:
    """What the plans assume, open to change: things to come, kinds, efforts, what stays; and what was left out."""
    if left_out:
        st.caption(t("targets.left_out", names=tables.reasons(base, left_out, t)))
    box = st.expander(t("targets.means"), key="drawer.means", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(t("targets.means_help"))
        coming = [
            g
            for g in base.edition.groups
            if any(r.lever.group == g and r.lever.kind != "stock" for r in found.values())
        ]
        for column, group in zip(st.columns(max(1, len(coming))), coming, strict=False):
            label, now = t("targets.more", noun=t.of(base.edition.groups[group])), int((means.more or {})[group])
            with column:
                typed.count_box(label, f"ask.more.{group}", now, (0, asking.MOST["more"]), partial(_asked_more, group))
        for key in [key for key, why in left_out.items() if why == "no_counts"] + list(ask.bounds):
            high = ask.bounds.get(key)
            session.show(f"ask.bounds.{key}", "" if high is None else t.percent(high))
            name = t("targets.bound", name=tables.lever_name(base, key, t))
            st.text_input(name, key=f"ask.bounds.{key}", on_change=_asked_bound, args=(key,))
        if not found:
            return
        levers = pd.Index(list(found), name=session.editor_round())  # no key: stlite 1.9 draws no keyed editor
        rows = pd.DataFrame([_row(base, key, reach, ask, means, t) for key, reach in found.items()], index=levers)
        most = asking.MOST
        kind, effort, fixed, still = (t(f"targets.{name}") for name in ("kind", "effort_column", "fixed", "open"))
        edited = st.data_editor(
            rows,
            hide_index=True,
            disabled=[t("targets.lever"), t("targets.now"), t("targets.band_column")],
            column_config={
                kind: st.column_config.SelectboxColumn(options=[t(f"targets.{k}") for k in KINDS], required=True),
                effort: st.column_config.NumberColumn(min_value=0.0, max_value=most["efforts"], required=True),
                still: st.column_config.NumberColumn(min_value=0, max_value=most["still_open"], step=1, required=True),
                fixed: st.column_config.CheckboxColumn(),
            },
        )
        if not edited.equals(rows):
            session.ask(_edited(ask, edited, found, base, t))
            st.rerun()


def _row(base: Baseline, key: str, reach: LeverRange, ask: Question, means: Means, t: Words) -> dict[str, object]:
    lever = reach.lever
    effort = ask.efforts.get(key, float(base.edition.groups[lever.group].get("effort", 1)))
    return {
        t("targets.lever"): tables.lever_name(base, key, t, raw=True),
        t("targets.now"): t.percent(reach.rate),
        t("targets.band_column"): f"{t.percent(reach.low)} – {t.percent(reach.high)}",
        t("targets.fixed"): key in ask.fixed,
        t("targets.kind"): t(f"targets.{means.kinds.get(key, lever.kind)}"),
        t("targets.effort_column"): effort,
        t("targets.open"): ask.still_open.get(key, 0),
    }


def _edited(ask: Question, edited: pd.DataFrame, found: dict[str, LeverRange], base: Baseline, t: Words) -> Question:
    """The ask with what the table of levers now says, where it differs from the edition's assumption."""
    kinds = {t(f"targets.{kind}"): kind for kind in KINDS}
    fixed, chosen, efforts, still = set(), {}, {}, {}
    for key, row in edited.iterrows():
        lever = found[str(key)].lever
        if row[t("targets.fixed")]:
            fixed.add(lever.key)
        if kinds[row[t("targets.kind")]] != lever.kind:
            chosen[lever.key] = kinds[row[t("targets.kind")]]
        if row[t("targets.effort_column")] != float(base.edition.groups[lever.group].get("effort", 1)):
            efforts[lever.key] = float(row[t("targets.effort_column")])
        if row[t("targets.open")]:
            still[lever.key] = int(row[t("targets.open")])
    return replace(ask, fixed=frozenset(fixed), kinds=chosen, efforts=efforts, still_open=still)


def _value(base: Baseline, unit: int, ask: Question, t: Words) -> None:
    """The control of the wanted rank, score, band or unit."""
    if ask.goal == "rank":
        movers.rank_box(t("targets.rank_value"), base, asking.suggested_rank(base, unit, ask))
    elif ask.goal == "score":
        session.show("ask.score", t.number(asking.suggested_score(base, unit, ask), 2))
        st.text_input(
            t("targets.score_value"),
            key="ask.score",
            on_change=movers.asked_number,
            args=(base, "score"),
        )
    elif ask.goal == "band":
        session.show("ask.band", asking.suggested_band(base, unit, ask))
        st.selectbox(
            t("targets.band_value"),
            [b.key for b in base.edition.bands],
            key="ask.band",
            format_func=lambda key: tables.band_name(base, key, t),
            on_change=session.asked,
            args=("band",),
        )
    else:
        session.show("ask.unit", asking.suggested_rival(base, unit, ask))
        others = [base.league.codes[i] for i in np.argsort(base.rank) if i != unit]
        st.selectbox(
            t("targets.pass_value"),
            others,
            key="ask.unit",
            format_func=lambda code: tables.unit_name(base, code, raw=True),
            on_change=session.asked,
            args=("unit",),
        )


def _asked_more(group: str, more: int) -> None:
    ask = session.choice().ask
    session.ask(replace(ask, more={**ask.more, group: more}))


def _asked_bound(key: str) -> None:
    ask, t = session.choice().ask, session.language()
    text = str(session.shown(f"ask.bounds.{key}")).strip()
    value = plain_percent(text)
    rest = {k: high for k, high in ask.bounds.items() if k != key}
    if text and (value is None or not 0 <= value <= 1):
        session.mistaken([t("targets.bad_number", value=plain(text), low=0, high=100)])
    else:
        session.ask(replace(ask, bounds=rest if value is None else rest | {key: value}))
