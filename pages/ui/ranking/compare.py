"""Our unit beside another, the one at a rank, or the middle of a group of peers."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from model.peers import compare as peers
from model.plan.question import rival, suggested_rank
from model.report.choice import MOST_PEERS
from model.rules.formulas import place
from model.score.baseline import Baseline
from model.score.scenario import effect, resolved
from model.words.texts import Words, plain
from pages.ui import charts, session, show, typed

WAYS = ("unit", "rank", "group")


def compare(base: Baseline, unit: int, by: date, t: Words) -> None:
    """Our unit beside whom it is compared with: component by component, then rate by rate."""
    if base.ranked - (not np.isnan(base.rank[unit])) < 1:
        return
    way, _, which = session.choice().other.partition(":")
    way = way if which and way in WAYS else "unit"
    session.show("against", way)
    picker, control = st.columns([1, 1.6], gap="medium", vertical_alignment="top")
    picker.segmented_control(
        t("ranking.against"),
        WAYS,
        key="against",
        required=True,
        format_func=lambda one: t(f"ranking.against_{one}"),
        on_change=_turn,
        args=(base, unit),
    )
    with control:
        rows = {"unit": _one, "rank": _at_rank, "group": _group}[way](base, unit, which, t)
    if not len(rows):
        st.info(t("ranking.no_peers"))
    elif list(rows) == [unit]:
        st.info(t("ranking.is_ours", unit=plain(base.league.names[unit])))
    elif way == "group":
        _beside_group(base, unit, rows, t)
    else:
        _beside_one(base, unit, int(rows[0]), t)


def _turn(base: Baseline, unit: int) -> None:
    """The other way of comparing, as it is suggested."""
    rank, group = suggested_rank(base, unit, session.choice().ask), _most_alike(base, unit)
    suggested = {"rank": f"rank:{rank}", "group": f"group:{group}"}
    session.look_at(other=suggested.get(str(session.shown("against")), ""))


def _most_alike(base: Baseline, unit: int) -> str:
    """The group to begin with: the most alike that has peers."""
    known = [one for one in peers.groups(base, unit) if one != "list" and peers.group(base, unit, one).size]
    return known[-1] if known else "list"


def _one(base: Baseline, unit: int, _: str, t: Words) -> np.ndarray:
    """The row of the unit that is picked."""
    codes, stated = base.league.codes, session.choice().other
    others = [int(i) for i in base.by_rank if i != unit]
    chosen = stated if stated in codes and codes.index(stated) != unit else codes[rival(base, unit)]
    st.selectbox(
        t("ranking.other"),
        [codes[i] for i in others],
        key="other",
        index=others.index(codes.index(chosen)),
        format_func=lambda code: _ranked_name(base, codes.index(code), t),
        on_change=lambda: session.look_at(other=session.shown("other")),
    )
    return np.array([codes.index(chosen)])


def _at_rank(base: Baseline, unit: int, rank: str, t: Words) -> np.ndarray:
    """The row of the unit at the rank that is typed."""
    wanted = int(rank)
    typed.count_box(
        t("ranking.at_rank"),
        "other.rank",
        wanted,
        (1, base.ranked),
        lambda found: session.look_at(other=f"rank:{found}"),
        width=200,
    )
    typed.stop(t)
    return np.array([peers.at_rank(base, wanted)])


def _group(base: Baseline, unit: int, which: str, t: Words) -> np.ndarray:
    """The rows of the group that is picked, our own list to be made here."""
    known = peers.groups(base, unit)
    session.show("other.group", which if which in known else "list")
    names = {one: t(f"ranking.group_{one}", share=t.percent(peers.SIMILAR)) for one in known}
    chosen = st.selectbox(
        t("ranking.group"),
        known,
        key="other.group",
        format_func=show.labels(names),
        on_change=lambda: session.look_at(other=f"group:{session.shown('other.group')}"),
    )
    if chosen == "list":
        codes = base.league.codes
        session.show("peers", [code for code in session.choice().peers if code in codes])
        st.multiselect(
            t("ranking.own_list"),
            [codes[i] for i in base.by_rank[: base.ranked] if i != unit],
            key="peers",
            format_func=lambda code: _ranked_name(base, codes.index(code), t),
            max_selections=MOST_PEERS,
            placeholder=t("ranking.own_list_pick"),
            on_change=lambda: session.look_at(peers=tuple(session.shown("peers") or ())),
        )
    return peers.group(base, unit, str(chosen), session.choice().peers)


def _beside_one(base: Baseline, unit: int, other: int, t: Words) -> None:
    names, after = base.league.names, effect(base, unit, session.choice().scenario).after
    gap = after.score - base.standing.score[other]
    if not np.isnan(gap):
        key = "ranking.ahead" if gap > 0 else "ranking.behind" if gap < 0 else "ranking.level"
        st.markdown(t(key, unit=plain(names[unit]), other=plain(names[other]), gap=t.points(abs(gap))))
    parts = np.append(base.standing.components[other], [base.anchors.held[other], base.standing.score[other]])
    _tables(base, unit, {names[other]: parts}, {names[other]: base.anchors.levers[other]}, t)


def _beside_group(base: Baseline, unit: int, rows: np.ndarray, t: Words) -> None:
    """Ours beside the median and the best quarter of a group, each component and rate by itself."""
    after = effect(base, unit, session.choice().scenario).after
    half, quarter = peers.points_of(base, rows)
    ours = int(place(after.score, base.standing.score[rows]))
    details = {"n": len(rows), "median": t.points(half[-1]), "quarter": t.points(quarter[-1])}
    key = "ranking.among" if not np.isnan(quarter[-1]) else "ranking.among_few"
    place_ = {"unit": plain(base.league.names[unit]), "score": t.points(after.score), "place": ours}
    st.markdown(t(key, **details, **place_, of=len(rows) + 1))
    heads = t("ranking.median"), t("ranking.quarter")
    rates = peers.rates_of(base, rows)
    _tables(base, unit, dict(zip(heads, (half, quarter), strict=True)), dict(zip(heads, rates, strict=True)), t)
    st.caption(t("ranking.middle_note"))


def _tables(
    base: Baseline, unit: int, parts: Mapping[str, np.ndarray], rates: Mapping[str, np.ndarray], t: Words
) -> None:
    """Ours beside others, {head: every component, what is held, the score}, and {head: every lever's rate}.

    How far apart is told of the first.
    """
    after, held = effect(base, unit, session.choice().scenario).after, float(base.anchors.held[unit])
    ours = np.append(after.components, [held, after.score])
    names = [*(t.of(c.name) for c in base.edition.components), t("effect.held"), t("effect.total")]
    apart = ours - next(iter(parts.values()))
    shown = [k for k in range(len(ours)) if k != len(ours) - 2 or any(row[k] for row in (ours, *parts.values()))]
    drawn = [k for k in shown[:-1] if not np.isnan(apart[k])]
    picture = {"name": np.array([names[k] for k in drawn]), "value": apart[drawn] / 100}
    st.vega_lite_chart(charts.table(picture), charts.gap_spec(t.language), key="gaps")
    heads = [t("effect.component"), base.league.names[unit], *parts, t("ranking.apart")]
    cells = [
        (names[k], t.points(ours[k]), *(t.points(row[k]) for row in parts.values()), t.signed(apart[k])) for k in shown
    ]
    show.table(pd.DataFrame(cells, columns=_told_apart(heads)), key="compared", last=1)
    show.drawer("rates", t("ranking.rates"), lambda: _rates(base, unit, rates, t), t("ranking.rates_help"))


def _told_apart(heads: list[str]) -> list[str]:
    """Column names, none twice: two units may bear one name."""
    return [head if heads.index(head) == i else f"{head} ({i})" for i, head in enumerate(heads)]


def _ranked_name(base: Baseline, i: int, t: Words) -> str:
    return f"{t.count(base.rank[i])}. {base.league.names[i]} · {t.points(base.standing.score[i])}"


def _rates(base: Baseline, unit: int, others: Mapping[str, np.ndarray], t: Words) -> pd.DataFrame:
    """Every lever's rate, ours and that of others {head: rates (levers,)}, and how far ours is from the first."""
    levers, _ = resolved(base, unit, session.choice().scenario)
    rows = []
    for i, lever in enumerate(base.edition.levers):
        rates = [levers[i], *(theirs[i] for theirs in others.values())]
        if not np.isnan(rates).all():
            told = ["–" if np.isnan(value) else t.percent(value) for value in rates]
            rows.append((t.of(lever.name), *told, t.number(100 * (rates[0] - rates[1]), 1)))
    heads = [t("targets.lever"), base.league.names[unit], *others, t("ranking.points_apart")]
    return pd.DataFrame(rows, columns=_told_apart(heads))
