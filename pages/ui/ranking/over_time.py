"""The league over time: lines of chosen units, who moved most, who may trade places with us, and how it is known."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import streamlit as st

from model.peers.expected import Fared, Outlook, by_day, by_rules, fared, outlook
from model.peers.history import STRETCH, Measured
from model.peers.series import Series, change, crossings, movers, pooled
from model.report.tables import interval
from model.score.baseline import Baseline
from model.table.league import LEVEL_NAMES
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import charts, session, show

_COMPARED = 3  # units drawn beside our own
_MOVERS = 10


def over_time(base: Baseline, unit: int, by: date, t: Words) -> None:
    """The history of the league that is chosen, as far as tables of it are at hand."""
    row = session.series()
    if row is None:
        st.info(t("history.one_day", league=session.with_past(t)))
        return
    _covers(row, t)
    if unit >= len(row.latest.league.codes):
        st.info(t("history.by_hand"))
        return
    left, right = st.columns([2, 1], gap="small", vertical_alignment="bottom")
    with left:
        others = _others(base, unit, t)
    with right:
        what = _what(base, t)
    _lines(row, [unit, *others], what, t)
    _expected(row, unit, by, t)
    left, right = st.columns(2, gap="medium")
    with left:
        _movers(row, t)
    with right:
        _watch(row, unit, by, t)
    _known(row, t)


def _covers(row: Series, t: Words) -> None:
    """Which days there are, which of them only repeat others, and where nothing can be compared."""
    said = [t("history.covers", n=len(row.days), first=t.day(row.days[0]), last=t.day(row.days[-1]))]
    said += [t("history.repeats", day=t.day(row.days[i]), before=t.day(row.days[i - 1])) for i in sorted(row.repeats)]
    said += [
        t("history.breaks", day=t.day(row.days[i]), why=plain(why.text(t.language))) for i, why in row.breaks.items()
    ]
    st.caption("  \n".join(said))


def _others(base: Baseline, unit: int, t: Words) -> list[int]:
    """Rows of the units drawn beside our own: those just above and below, unless chosen otherwise."""
    ranked = [int(i) for i in base.by_rank if not np.isnan(base.rank[i])]
    at = ranked.index(unit) if unit in ranked else 0
    near = [i for i in (ranked[at - 1] if at else -1, *ranked[at + 1 : at + 2]) if i >= 0]
    names = {str(i): base.league.names[i] for i in ranked if i != unit}
    chosen = st.multiselect(
        t("history.beside"),
        list(names),
        default=[str(i) for i in near if str(i) in names],
        max_selections=_COMPARED,
        format_func=show.labels(names),
        key=f"history.beside.{base.league.key}.{base.league.codes[unit]}",
    )
    return [int(i) for i in chosen]


def _what(base: Baseline, t: Words) -> str:
    """What the lines show: rank, score, or the points of a component."""
    names = {"rank": t("effect.rank_axis"), "score": t("effect.total")}
    names |= {c.key: t.of(c.name) for c in base.edition.components}
    return str(
        st.selectbox(t("history.what"), list(names), format_func=show.labels(names), key="history.what") or "rank"
    )


def _lines(row: Series, units: Sequence[int], what: str, t: Words) -> None:
    """The lines as a picture, from where figures can be compared on, or all where that is one day; all as a table."""
    values = row.rank if what == "rank" else (row.score if what == "score" else row.points(what)) / 100
    stretch = np.array([sum(at <= i for at in row.breaks) for i in range(len(row.days))])
    named, first = row.latest.league.names, row.since if row.since < len(row.days) - 1 else 0
    parts = [(i, u) for u in units for i in range(first, len(row.days)) if not np.isnan(values[i, u])]
    picture = {
        "day": np.array([datetime(d.year, d.month, d.day).isoformat() for d in (row.days[i] for i, _ in parts)]),
        "value": np.array([values[i, u] for i, u in parts]),
        "unit": np.array([named[u] for _, u in parts]),
        "own": np.array([u == units[0] for _, u in parts]),
        "stretch": np.array([f"{named[u]} {stretch[i]}" for i, u in parts]),
    }
    spec = charts.history_spec(t.language, what == "rank")
    st.vega_lite_chart(charts.table(picture), spec, key=f"history.lines.{what == 'rank'}")
    write = t.count if what == "rank" else lambda points: t.number(points, 2)
    heads = {t("history.day"): [t.day(day) for day in row.days]}
    cells = {named[u]: [write(v) if not np.isnan(v) else "–" for v in values[:, u]] for u in units}
    show.drawer("history", t("effect.data"), lambda: pd.DataFrame(heads | cells), t("history.table_note"))


def _expected(row: Series, unit: int, by: date, t: Words) -> None:
    """What our score is expected to be until the deadline, with its band, or why that can't be told."""
    st.subheader(t("history.expected"), anchor=False)
    try:
        found = session.kept("outlook", (row, unit, by), lambda: outlook(row, unit, by))
    except Problem as why:
        st.caption(plain(why.text(t.language)))
        return
    scores = {"low": t.points(found.low[-1]), "high": t.points(found.high[-1]), "middle": t.points(found.middle[-1])}
    st.markdown(t("history.expected_said", day=t.day(found.days[-1]), **scores, **interval(t)))
    picture = charts.outlook(row, unit, found, (t("history.kind_came"), t("history.kind_expected")))
    st.vega_lite_chart(charts.table(picture), charts.outlook_spec(t.language), key="history.expected")
    if found.short:
        details = {"days": found.measure.days, "times": STRETCH, "day": t.day(found.days[-1]), "by": t.day(by)}
        st.caption(t("history.expected_short", **details))
    show.drawer("expected", t("effect.data"), lambda: _weekly(found, t), t("history.expected_note"))


def _weekly(found: Outlook, t: Words) -> pd.DataFrame:
    """The forecast week by week, and on its last day."""
    at = sorted({*range(0, len(found.days), 7), len(found.days) - 1})
    table = {t("history.day"): [t.day(found.days[i]) for i in at]}
    for key, scores in (("low", found.low), ("middle", found.middle), ("high", found.high)):
        table[t(f"history.expected_{key}")] = [t.points(scores[i]) for i in at]
    return pd.DataFrame(table)


def _movers(row: Series, t: Words) -> None:
    """The units whose rank moved most since a day that one may choose."""
    st.subheader(t("history.movers"), anchor=False)
    days = {i: t.day(row.days[i]) for i in row.distinct if i < len(row.days) - 1}
    if not days:
        st.caption(t("history.no_pace"))
        return
    since = st.selectbox(t("history.since"), list(days), format_func=lambda i: days.get(i, ""), key="history.since")
    chosen = since if since in days else min(days)
    points, ranks = change(row, chosen)
    found = movers(row, chosen, _MOVERS)
    if not found.size:
        st.caption(t("history.nobody_moved"))
        return
    show.table(
        pd.DataFrame(
            {
                t("effect.unit"): [row.latest.league.names[i] for i in found],
                t("effect.rank_axis"): row.latest.rank[found],
                t("history.ranks"): ranks[found],
                t("history.points"): points[found],
            }
        ),
        {
            t("effect.rank_axis"): t.count,
            t("history.ranks"): lambda n: ("+" if n > 0 else "") + t.number(n, 0),
            t("history.points"): t.signed,
        },
        key="history.movers",
    )


def _watch(row: Series, unit: int, by: date, t: Words) -> None:
    """Who trades places with us if everybody goes on as until now, no further ahead than the tables reach back."""
    st.subheader(t("history.watch"), anchor=False)
    if len(row.distinct) < 2:
        st.caption(t("history.no_pace"))
        return
    first, last = row.days[row.distinct[0]], row.days[-1]
    ahead = min((by - last).days, (last - first).days)
    until = t.day(last + timedelta(days=ahead))
    st.caption(t("history.watch_help", by=until, first=t.day(first), last=t.day(last)))
    found = crossings(row, unit, ahead)
    if not found:
        st.caption(t("history.watch_none"))
        return
    show.table(
        pd.DataFrame(
            {
                t("effect.unit"): [row.latest.league.names[one.row] for one in found],
                t("history.what_happens"): [t("history.passes" if one.gap < 0 else "history.falls") for one in found],
                t("history.gap"): [one.gap for one in found],
                t("history.in_days"): [np.ceil(one.days) for one in found],
            }
        ),
        {t("history.gap"): t.signed, t("history.in_days"): t.count},
        key="history.watch",
    )


def _known(row: Series, t: Words) -> None:
    """What the tables tell of how the league moves, and how earlier forecasts fared."""
    try:
        found: Measured = pooled(row)
    except Problem:
        return
    said = [
        t(
            "history.measured",
            n=len(row.distinct) - 1,
            days=found.days,
            mean=t.signed(100 * found.mean),
            spread=t.number(found.spread, 2),
        )
    ]
    seen = session.kept("fared", row, lambda: fared(row))
    for (edition, level), (inside, n) in by_rules(seen).items():
        rules = plain(t.of(session.edition(edition).title))
        details = {"edition": rules, "level": t.of(LEVEL_NAMES[level]), "inside": t.count(inside), "n": t.count(n)}
        said.append(t("history.fared", percent=t.percent(round(inside / n, 2)), **details, **interval(t)))
    st.caption("  \n".join(said))
    if seen:
        show.drawer("fared", t("history.fared_data"), lambda: _fared(seen, t), t("history.fared_note"))


def _fared(seen: Sequence[Fared], t: Words) -> pd.DataFrame:
    """What each day that came says of the forecasts before it."""
    found = by_day(seen)
    return pd.DataFrame(
        {
            t("history.day"): [t.day(day) for day in found],
            t("history.fared_forecasts"): [t.count(forecasts) for forecasts, _, _ in found.values()],
            t("history.fared_inside"): [f"{t.count(inside)}/{t.count(n)}" for _, inside, n in found.values()],
            t("history.fared_share"): [t.percent(round(inside / n, 2)) for _, inside, n in found.values()],
        }
    )
