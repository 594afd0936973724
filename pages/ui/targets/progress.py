"""A plan checked against the table chosen: line by line, in a picture, in three sentences, and what follows from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import streamlit as st

from model.plan import action_book
from model.plan.action import ActionPlan
from model.plan.question import Question
from model.plan.track import Place, Track, corrected, owned, score_path, track, weeks
from model.plan.track_lines import Tracked, path
from model.report import track_said
from model.report.papers.plan_paper import figure, line_name
from model.score.baseline import Baseline
from model.score.scenario import Scenario
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import charts, session, show
from pages.ui.targets import own_plan, plan_charts

SIGNS = {"green": "✓", "amber": "▲", "red": "✕", "none": "–"}
_BROUGHT, _WHOLE = -1, -1  # of the plans to choose from, the one brought; of the lines to draw, the total


def progress(base: Baseline, today: date, t: Words) -> None:
    """The view: which plan, how it stands by the present table, and what follows."""
    plan = _chosen(t)
    if plan is None:
        st.info(t("track.none"))
    else:
        _checked(plan, base, today, t)
    _bring(t)


def _checked(plan: ActionPlan, base: Baseline, today: date, t: Words) -> None:
    """How a plan stands by the present table."""
    unit = None if plan.unit else base.league.codes[session.unit()]  # of a workbook without its facts
    found = track(owned(plan, base, unit), base, today, session.table_of(plan.league))
    _table(base, found, t)
    for why in found.limits:
        st.warning(plain(why.text(t.language)), icon=":material/rule:")
    for note in found.notes:
        st.caption(f":material/info: {plain(note.text(t.language))}")
    _headline(found, t)
    _lines(found, t)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _places(found, t)
    with right:
        _picture(found, t)
    _meeting(found, t)
    with st.container(horizontal=True):
        ask = corrected(found)
        if ask is not None and found.unit is not None:
            code = base.league.codes[found.unit]
            st.button(t("track.again"), key="track.again", type="primary", on_click=_again, args=(code, ask))
            if not np.isnan(base.standing.score[found.unit]):
                own_plan.week_paper(base, found.unit, t)


def _chosen(t: Words) -> ActionPlan | None:
    """The plan to check, the newest kept unless another was chosen; None where there is none."""
    shelf = session.shelf()
    plans = {at: entry for at, entry in enumerate(shelf.kept.entries) if entry.plan is not None}
    names = {at: entry.name for at, entry in plans.items()}
    if shelf.brought is not None:
        names[_BROUGHT] = t("track.from_file", unit=shelf.brought[0].unit_name or "–")
    if not names:
        return None
    at = shelf.tracked if shelf.tracked in names else _BROUGHT if shelf.brought is not None else max(names)
    session.show("track.plan", at)
    st.selectbox(t("track.pick"), list(names), key="track.plan", format_func=show.labels(names), on_change=_pick)
    if at == _BROUGHT and shelf.brought is not None:
        for line in shelf.brought[1]:
            st.error(plain(line))
        return shelf.brought[0]
    return plans[at].plan


def _pick() -> None:
    session.shelf().tracked = session.shown("track.plan")


def _bring(t: Words) -> None:
    """Where a plan's workbook is brought, and why the last one can't be used."""
    st.file_uploader(t("track.bring"), type="xlsx", key="track.file", on_change=_brought)
    if session.shelf().unread:
        st.error(plain(session.shelf().unread))


def _brought() -> None:
    shelf, file, language = session.shelf(), session.shown("track.file"), session.language().language
    if file is None:
        return
    try:
        plan, problems = action_book.read(file.getvalue(), file.name, session.base().edition)
    except Problem as problem:
        shelf.unread = problem.text(language)
        return
    shelf.unread, shelf.tracked = "", _BROUGHT
    shelf.brought = plan, [problem.text(language) for problem in problems]


def _table(base: Baseline, found: Track, t: Words) -> None:
    """Which table the plan is checked against, and where a newer one is brought."""
    league = plain(t.of(base.league.title) or base.league.key)
    day = {"day": t.day(found.day)} if found.day else {}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("track.newest" if day else "track.newest_undated", league=league, **day), width="content")
        st.page_link("pages/data.py", label=t("track.to_data"), icon=":material/upload:")


def _headline(found: Track, t: Words) -> None:
    """How many lines are in which state, framed by the worst; nothing where none is judged."""
    counts = {state: found.count(state) for state in ("green", "amber", "red")}
    if not any(counts.values()) or found.unit is None:
        return
    frame = st.error if counts["red"] else st.warning if counts["amber"] else st.success
    frame(t("track.headline", unit=plain(found.now.league.names[found.unit]), **counts))


def _lines(found: Track, t: Words) -> None:
    """Every line: its state in a word, by a sign and in colour, and why."""
    if not found.lines:
        return
    rows = pd.DataFrame([_row(found, one, t) for one in found.lines])
    show.table(rows, key="track.lines", caption=t("track.lines"), titled=True, tones=[one.state for one in found.lines])


def _row(found: Track, one: Tracked, t: Words) -> dict[str, str]:
    line = one.line
    cells = {
        t("action.name"): line_name(found.now, line, t) if one.reason != "unknown" or line.name else line.key,
        t("track.column_state"): f"{SIGNS[one.state]} {t(f'track.state_{one.state}')}",
        t("track.column_before"): _figure(found, one, line.before, t),
        t("track.column_path"): _figure(found, one, one.path, t),
        t("track.column_actual"): _figure(found, one, one.actual, t),
        t("action.target"): _figure(found, one, line.target, t),
        t("track.column_week"): track_said.week(found, one, t),
        t("track.column_why"): track_said.reason(found, one, t),
    }
    if one.expected is not None:
        cells[t("track.column_path")] += f" ({t.count(one.expected)})"
    if one.done is not None and one.due is not None:
        cells[t("track.column_actual")] += f" ({t.count(one.done)}/{t.count(one.due)})"
    return cells


def _figure(found: Track, one: Tracked, value: float | None, t: Words) -> str:
    return figure(found.now, one.line, value, t) if one.line.key else "–"


def _places(found: Track, t: Words) -> None:
    """Score and rank: as planned from, actual, on the path, at every target, and as wanted."""
    told = {name: getattr(found, name) for name in ("start", "actual", "path", "planned")}
    plan, rows = found.plan, list[tuple[str, str, str]]()
    for name, place in told.items():
        if place is not None and not (found.unit is None and name == "planned"):
            rows.append((t(f"track.place_{name}"), t.points(place.score), _rank(place, t)))
    if plan.score is not None or plan.rank is not None:
        score = "–" if plan.score is None else t.number(plan.score, 2)
        rows.append((t("track.place_wanted"), score, "–" if plan.rank is None else t.count(plan.rank)))
    if rows:
        heads = [t("track.places"), t("effect.score_axis"), t("effect.rank_axis")]
        show.table(pd.DataFrame(rows, columns=heads), key="track.places", caption=t("track.places"), fixed=True)


def _rank(place: Place, t: Words) -> str:
    return "–" if np.isnan(place.rank) else t.count(place.rank)


def _picture(found: Track, t: Words) -> None:
    """The path of a line or of the whole week by week with what came, as a picture and as a table."""
    days = weeks(found.plan)
    drawn = [i for i, one in enumerate(found.lines) if one.path is not None]
    if not days or not drawn or found.unit is None:
        return
    names = {i: line_name(found.now, found.lines[i].line, t) for i in drawn} | {_WHOLE: t("track.whole")}
    worst = next((found.lines.index(one) for one in found.worst), _WHOLE)
    if session.shown("track.picture") not in names:
        session.show("track.picture", worst if worst in names else _WHOLE)
    at = st.selectbox(t("track.picture"), list(names), key="track.picture", format_func=show.labels(names))
    at = at if at in names else _WHOLE
    planned = score_path(found, days) / 100 if at == _WHOLE else path(found.plan, days, found.now)[at]
    came = _came(found, at)
    rate = at != _WHOLE and found.lines[at].line.key in found.now.edition.lever_index
    kinds = [t("track.kind_path")] * len(days) + [t("track.kind_actual")] * len(came)
    values = np.array([*planned, *came.values()]) * (100 if rate else 1)
    picture = {
        "day": np.array([datetime(d.year, d.month, d.day).isoformat() for d in (*days, *came)]),
        "value": values,
        "kind": np.array(kinds),
        "dot": np.array([False] * len(days) + [True] * len(came)),
    }
    st.vega_lite_chart(charts.table(picture), plan_charts.track_spec(t.language), key="track.chart")
    heads = [t("history.day"), t("track.kind_path"), t("track.kind_actual")]
    show.drawer(
        "track",
        t("effect.data"),
        lambda: pd.DataFrame(_weekly(days, planned, came, rate, t), columns=heads),
        t("track.weekly_note"),
    )


def _came(found: Track, at: int) -> dict[date, float]:
    """{day: the total, or a line's figure} of every table of the league from the plan's figures to the newest."""
    row, plan, came = session.series(), found.plan, dict[date, float]()
    if row is not None and found.unit is not None and found.unit < row.rows.shape[1]:
        for day, table, rows in zip(row.days, row.tables, row.rows, strict=True):
            same = table.edition.key == found.now.edition.key and rows[found.unit] >= 0
            if same and (plan.figures is None or day >= plan.figures):
                came[day] = _value(table, int(rows[found.unit]), found, at)
    if found.day is not None and found.unit is not None:
        came[found.day] = _value(found.now, found.unit, found, at)
    return {day: value for day, value in came.items() if not np.isnan(value)}


def _value(table: Baseline, unit: int, found: Track, at: int) -> float:
    if at == _WHOLE:
        return float(table.standing.score[unit]) / 100
    key = found.lines[at].line.key
    if key in table.edition.lever_index:
        return float(table.anchors.levers[unit, table.edition.lever_index[key]])
    return float(table.standing.components[unit, table.edition.component_index[key]]) / 100


def _weekly(
    days: Sequence[date], planned: np.ndarray, came: dict[date, float], rate: bool, t: Words
) -> list[tuple[str, str, str]]:
    """The picture as rows, by day."""
    asked = dict(zip(days, planned, strict=True))

    def told(value: float | None) -> str:
        if value is None or np.isnan(value):
            return "–"
        return t.percent(value) if rate else t.number(value, 2)

    return [(t.day(day), told(asked.get(day)), told(came.get(day))) for day in sorted({*asked, *came})]


def _meeting(found: Track, t: Words) -> None:
    """Three sentences to be copied."""
    said = pd.DataFrame({t("track.meeting"): track_said.sentences(found, t)})
    show.table(said, key="track.meeting", caption=t("track.meeting"))


def _again(code: str, ask: Question) -> None:
    """The plan's target asked anew of the present table."""
    session.change(replace(session.choice(), unit=code, scenario=Scenario(), ask=ask))
    session.shelf().view = "ask"
