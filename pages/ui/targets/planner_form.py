"""The planner's question: target, dates and assumptions, as controls of a page."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from model.plan import question as asking
from model.plan.moves import LeverRange
from model.plan.prepared import Prepared
from model.plan.question import Question
from model.report import tables
from model.rules.edition import KINDS
from model.score.baseline import Baseline
from model.words.texts import Words
from pages.ui import peers as movers
from pages.ui import session, show, typed
from pages.ui.controls import Column

_TABLE = "levers"  # of what the plans assume, lever by lever


def question(base: Baseline, unit: int, ask: Question, today: date, t: Words) -> None:
    """The controls of the question: target, value, deadline, today, and how the others move."""
    goal, value, by, now, peers = st.columns([1.5, 1, 0.75, 0.75, 1], gap="small", vertical_alignment="top")
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
    starts = asking.today_of(base, ask, today)
    first, last = asking.days_allowed(base, starts)
    with by:
        wanted = ask.by or asking.until(base, ask, today)
        told = t("targets.by_help", day=t.day(last))
        typed.day_box(t("targets.by"), "ask.by", wanted, (starts, last), partial(movers.take, "by"), help=told)
    with now:
        told = t("targets.today_help")
        typed.day_box(t("targets.today"), "ask.today", starts, (first, last), partial(movers.take, "today"), help=told)
    with peers:
        movers.kind(ask, t)


def assumptions(asked: Prepared, t: Words) -> None:
    """What the plans assume, open to change: the others, what came and comes, kinds, efforts, what stays."""
    box = st.expander(t("targets.means"), key="drawer.means", on_change="rerun")
    if not box.open:
        return
    with box:
        movers.details(asked.base, asked.ask, asked.time.by, t, sure=asked.ask.goal == "rank")
        if asked.left_out:
            st.caption(t("targets.left_out", names=tables.reasons(asked.base, asked.left_out, t)))
        st.caption(t("targets.means_help"))
        if asked.means.more is not None:
            _counts(asked, t)
        _bounds(asked, t)
        if asked.found:
            _levers(asked, t)


def _counts(asked: Prepared, t: Words) -> None:
    """How many things came since the figures, and how many are to come."""
    groups = asked.base.edition.groups
    flowing = {reach.lever.group for reach in asked.found.values() if reach.lever.kind != "stock"}
    coming = [group for group in groups if group in flowing]
    arriving, limits = asked.means.more or {}, (0, asking.MOST["more"])
    for name, counts in (("past", asked.came), ("more", arriving)):
        if name == "past" and not asked.time.age:
            continue
        for column, group in zip(st.columns(max(1, len(coming))), coming, strict=False):
            label, key = t(f"targets.{name}", noun=t.of(groups[group])), f"ask.{name}.{group}"
            with column:
                typed.count_box(label, key, counts.get(group, 0), limits, partial(_asked_of, name, group))


def _bounds(asked: Prepared, t: Words) -> None:
    """How high levers without counts may go."""
    without = [key for key, why in asked.left_out.items() if why == "no_counts"]
    rates_alone = [key for key, reach in asked.found.items() if not reach.whole]
    for key in dict.fromkeys((*without, *rates_alone, *asked.ask.bounds)):
        name = t("targets.bound", name=tables.lever_name(asked.base, key, t))
        typed.percent_box(name, f"ask.bounds.{key}", asked.ask.bounds.get(key), partial(_asked_bound, key))


def _levers(asked: Prepared, t: Words) -> None:
    """The table of levers, which may be edited."""
    rows = pd.DataFrame([_row(asked, key, reach, t) for key, reach in asked.found.items()], index=list(asked.found))
    kinds = {kind: t(f"targets.{kind}") for kind in KINDS}
    columns = {t(f"targets.{name}"): Column("text") for name in ("effort_column", "since", "open")}
    columns |= {t("targets.fixed"): Column("check"), t("targets.kind"): Column("choice", kinds)}
    show.editor(rows, columns, partial(_edited, asked, t), key=_TABLE, caption=t("targets.assumed"))


def _row(asked: Prepared, key: str, reach: LeverRange, t: Words) -> dict[str, object]:
    lever, ask = reach.lever, asked.ask
    effort = ask.efforts.get(key, float(asked.base.edition.groups[lever.group].get("effort", 1)))
    return {
        t("targets.lever"): tables.lever_name(asked.base, key, t, raw=True),
        t("targets.now"): tables.rate_told(asked.base, asked.unit, key, reach.rate, t),
        t("targets.band_column"): f"{t.percent(reach.low)} – {t.percent(reach.high)}",
        t("targets.fixed"): str(int(key in ask.fixed)),
        t("targets.kind"): asked.means.kinds.get(key, lever.kind),
        t("targets.effort_column"): t.number(effort, 2).removesuffix(t("decimal") + "00"),
        t("targets.since"): t.percent(ask.since[key]) if key in ask.since else "",
        t("targets.open"): t.count(ask.still_open.get(key, 0)),
    }


def _edited(asked: Prepared, t: Words, cells: list[tuple[str, str, str]]) -> None:
    """The ask with what cells of the table of levers now say, each read or refused where it stands; one step back."""
    names = {t(f"targets.{name}"): name for name in ("fixed", "kind", "effort_column", "since", "open")}
    ask = session.choice().ask
    for key, head, text in cells:
        if key in asked.found and head in names:
            ask = _with_cell(asked, ask, key, names[head], show.cell(_TABLE, key, head), text)
    session.ask(ask)


def _with_cell(asked: Prepared, ask: Question, lever: str, column: str, cell: str, text: str) -> Question:
    """The ask with what one cell says, where that is not assumed anyway; as it is where the cell is refused."""
    own, t, most = asked.found[lever].lever, session.language(), asking.MOST
    stated: list[Any] = []
    usual: Any = None
    if column == "fixed":
        typed.take_choice(cell, text, {"1": t("targets.fixed_yes"), "0": t("targets.fixed_no")}, stated.append)
        return replace(ask, fixed=ask.fixed - {lever} | ({lever} if stated == ["1"] else set())) if stated else ask
    if column == "kind":
        name, usual = "kinds", own.kind
        typed.take_choice(cell, text, {kind: t(f"targets.{kind}") for kind in KINDS}, stated.append)
    elif column == "effort_column":
        name, usual = "efforts", float(asked.base.edition.groups[own.group].get("effort", 1))
        typed.take_number(cell, text, 0.0, most["efforts"], stated.append)
    elif column == "open":
        name, usual = "still_open", 0
        typed.take_count(cell, text, 0, most["still_open"], stated.append)
    else:
        name = "since"
        typed.take_percent(cell, text, stated.append)
    rest = {key: value for key, value in getattr(ask, name).items() if key != lever}
    if stated and stated[0] != usual:
        rest[lever] = stated[0]
    changes: dict[str, Any] = {name: rest} if stated else {}
    return replace(ask, **changes)


def _value(base: Baseline, unit: int, ask: Question, t: Words) -> None:
    """The control of the wanted rank, score, band or unit."""
    if ask.goal == "rank":
        movers.rank_box(t("targets.rank_value"), base, asking.suggested_rank(base, unit, ask))
    elif ask.goal == "score":
        movers.number_box(t("targets.score_value"), base, "score", asking.suggested_score(base, unit, ask))
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


def _asked_of(name: str, group: str, count: int) -> None:
    ask = session.choice().ask
    counts = {**(ask.past if name == "past" else ask.more), group: count}
    session.ask(replace(ask, past=counts) if name == "past" else replace(ask, more=counts))


def _asked_bound(key: str, high: float | None) -> None:
    ask = session.choice().ask
    rest = {k: bound for k, bound in ask.bounds.items() if k != key}
    session.ask(replace(ask, bounds=rest if high is None else rest | {key: high}))
