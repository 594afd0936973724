"""The parts of the data page: the door for files, what was found in one, and its corrections."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from model.peers.history import likely_period
from model.rules.edition import LEVELS, Edition
from model.rules.files import available
from model.score.baseline import baseline
from model.table import leagues as tables
from model.table.league import PERIODS, League
from model.table.reading.findings import Finding, said
from model.table.reading.reading import Reading
from model.table.reading.sheets import BYTES
from model.table.upload import PASTED
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import session, show, typed
from pages.ui.controls import Field

_LISTED = 12  # names shown for correction at once
_OF_A_KIND = 5  # findings of one kind said in sentences


def shelf(t: Words) -> None:
    """Files of the administrator's folder that can't be used."""
    for problem in session.shelf_problems():
        st.warning(t("data.shelf", problem=plain(problem.text(t.language))))


def door(t: Words) -> None:
    """Where a file is dropped or a table pasted."""
    file, text = st.tabs([t("data.file"), t("data.paste")])
    with file:
        st.file_uploader(
            t("data.file_label"), key=f"file.{session.upload().number}", on_change=_brought, help=t("data.forms")
        )
        st.caption(t("data.file_help", size=t.count(BYTES / 2**20)))
    with text:
        kept = session.shown("text.pasted") or ""
        box = Field("pasted", t("data.paste_label"), kept, "long", placeholder=t("data.paste_example"))
        typed.form("paste", [box], t("data.paste_read"), lambda texts: _pasted(texts["pasted"]), t)


def refused(problem: Problem, t: Words) -> None:
    """Why the last file can't be read, and that nothing is lost."""
    more = f" {t('data.kept')}" if session.upload().leagues or session.upload().reading() else ""
    st.error(plain(problem.text(t.language)) + more, icon=":material/block:")


def found(reading: Reading, t: Words) -> None:
    """What was read in the file, in one glance."""
    st.subheader(t("data.found", file=plain(reading.file)), anchor=False)
    league = reading.league
    if league is None:
        st.error(plain((reading.refusal or Problem("file_no_units", file=reading.file)).text(t.language)))
        return
    rules = session.edition(league.edition)
    points, rates = _reported(league, rules)
    stopped = len({(finding.sheet, finding.row) for finding in reading.findings if finding.stops})
    cells = st.container(horizontal=True, key="found")
    listed = next((one for one in tables.lists() if one.key == reading.listed), None)
    for label, value, help_text in (
        (t("data.units"), t.count(len(league.codes)), t("data.units_help")),
        (t("data.components"), f"{points}/{len(rules.components)}", t("data.components_help")),
        (t("data.rates"), t.count(rates), t("data.rates_help")),
        (t("data.stopped"), t.count(stopped), t("data.stopped_help")),
    ):
        cells.metric(label, value, help=help_text, width="content")
    st.caption(
        " · ".join(
            [
                t("data.as_of_known", date=t.day(league.as_of)) if league.as_of else t("data.as_of_unknown"),
                plain(t.of(rules.title)) + ("" if reading.edition_sure else f" ({t('data.guess')})"),
                t("data.listed", name=plain(t.of(listed.title))) if listed else t("data.unlisted"),
            ]
        )
    )
    if reading.past:
        st.caption(t("data.past", dates=", ".join(t.day(one.as_of) for one in reading.past if one.as_of)))


def corrections(reading: Reading, t: Words) -> None:
    """What was guessed of the whole table, each to be changed."""
    league = reading.league
    edition = league.edition if league else session.upload().told.edition or available()[-1]
    box = st.container(horizontal=True, key="corrections")
    if len(reading.sheets) > 1:
        _pick(box, "sheet", t("data.sheet"), {name: name for name in reading.sheets}, reading.sheet, 170)
    editions = {key: t.of(session.edition(key).title) for key in available()}
    _pick(box, "edition", t("data.edition"), editions, edition, 300)
    if len(reading.levels) > 1:
        levels = {key: f"{_level(key, t)} ({n})" for key, n in reading.levels.items()}
        _pick(box, "level", t("data.level"), levels, session.upload().told.level or next(iter(levels)), 170)
    if league is not None and (league.level == "other" or session.upload().told.units):
        _pick(box, "units", t("data.units_level"), {key: _level(key, t) for key in LEVELS}, league.level, 190)
    lists = {one.key: t.of(one.title) for one in tables.lists()} | {"-": t("data.no_list")}
    _pick(box, "listed", t("data.list"), lists, reading.listed or "-", 210)
    _day(box, league, t)
    kinds = {"-": t("data.period_unknown")} | {kind: t(f"data.{kind}") for kind in PERIODS}
    _pick(box, "period", t("data.period"), kinds, league.period.kind if league and league.period else "-", 200)
    if reading.derivable and league:
        rules = session.edition(league.edition)
        name = t.of(rules.components[rules.component_index[reading.derivable]].name)
        session.show("desk.derive", session.upload().told.derive)
        label, told = t("data.derive", name=plain(name)), ("derive",)
        box.checkbox(label, key="desk.derive", on_change=_told, args=told, help=t("data.derive_help"))
    with box:
        title = t.of(league.title) if league else ""
        typed.text_box(t("data.name"), "desk.title", title, lambda text: _stated(title=text), most=120, width=210)


def near_misses(reading: Reading, t: Words) -> None:
    """Names that stand in no list but nearly do, each to be settled."""
    listed = next((one for one in tables.lists() if one.key == reading.listed), None)
    near = list(reading.near.items())[:_LISTED] if listed else []
    if not near or listed is None:
        return
    st.markdown(f"**{t('data.near', n=len(reading.near))}**")
    boxes = st.columns(3, gap="small")
    for i, (row, (name, codes)) in enumerate(near):
        options = {"": t("data.as_it_is")} | {code: f"{listed.names[code]} ({code})" for code in codes}
        key = f"desk.near.{row}"
        session.show(key, "")
        boxes[i % 3].selectbox(
            t("data.near_label", name=plain(name), row=row),
            list(options),
            key=key,
            format_func=show.labels(options),
            on_change=_named,
            args=(row, key),
        )


def findings(reading: Reading, t: Words) -> None:
    """Everything doubtful, errors first, with its place and what was done: in sentences, and all of it in a table."""
    if not reading.findings and reading.league is None:
        return
    if not reading.findings:
        st.success(t("data.no_findings"), icon=":material/check:")
        return
    errors, doubts = ([f for f in reading.findings if f.stops == stops] for stops in (True, False))
    for kind, some, box in (("errors", errors, st.error), ("doubts", doubts, st.info)):
        if some:
            lines = "\n".join(f"- {plain(line)}" for line in said(some, t.language, _OF_A_KIND))
            rows = t.count(len({(finding.sheet, finding.row) for finding in some}))
            box(f"**{t(f'data.{kind}', n=t.count(len(some)), rows=rows)}**\n{lines}")
    show.drawer("findings", t("data.findings"), lambda: _all(errors + doubts, t))


def _all(found: list[Finding], t: Words) -> pd.DataFrame:
    heads = [t(f"data.{key}") for key in ("sheet", "row", "heading", "why_doubtful", "done")]
    cells = [(f.sheet, str(f.row or ""), f.column, f.why.text(t.language), f.done.text(t.language)) for f in found]
    return pd.DataFrame(cells, columns=heads)


def confirm(reading: Reading, t: Words) -> None:
    """The table as it would be used, and the buttons that use it or put it away."""
    league = reading.league
    if league is not None:
        base = baseline(session.edition(league.edition), league)
        if base.ranked < len(league.codes):
            parts = zip(base.edition.components, base.standing.components.T, strict=True)
            names = [t.of(c.name) for c, points in parts if np.isnan(points).any()]
            missing = {"names": plain(", ".join(names)), "ranked": base.ranked, "n": len(league.codes)}
            st.warning(t("data.unranked", **missing), icon=":material/leaderboard:")
        if league.as_of is None:
            st.warning(t("data.no_date"), icon=":material/event:")
        elif league.period is None:
            st.warning(t("data.no_period"), icon=":material/date_range:")
        _period_of(league, t)
        st.markdown(f"**{t('data.preview', n=len(league.codes[:5]))}**")
        show.table(_preview(league, t), key="preview")
    if reading.asked:
        st.warning(t("data.answer_first"), icon=":material/help:")
    with st.container(horizontal=True):
        st.button(
            t("data.use"),
            type="primary",
            key="use",
            on_click=_accepted,
            disabled=league is None or bool(reading.asked),
            icon=":material/check:",
        )
        st.button(t("data.put_away"), key="put_away", on_click=session.upload().clear)


def _period_of(league: League, t: Words) -> None:
    """Of which earlier table the kind of period is taken."""
    before = session.upload().period_of
    if before is not None and before.period is not None and league.period is not None:
        kind, day = t(f"data.{before.period.kind}"), t.day(before.period.last)
        st.caption(t("data.period_of", kind=kind, name=plain(t.of(before.title) or before.key), day=day))


def _as_before() -> None:
    """The kind of period that a table does not state is likely that of the table before it."""
    reading = session.upload().reading()
    if reading is not None and reading.league is not None and reading.league.period is None:
        session.upload().as_before(likely_period(reading.league, session.known_tables()))


def _pick(box: Any, what: str, label: str, options: dict[str, str], value: str, width: int) -> None:
    key = f"desk.{what}"
    session.show(key, value)
    box.selectbox(
        label, list(options), key=key, format_func=show.labels(options), on_change=_told, args=(what,), width=width
    )


def _day(box: Any, league: League | None, t: Words) -> None:
    limits, day = (date(2022, 6, 23), date.today()), league.as_of if league else None
    with box:
        typed.day_box(
            t("data.as_of"), "desk.as_of", day, limits, lambda as_of: _stated(as_of=as_of), may_be_empty=True, width=180
        )


def _level(key: str, t: Words) -> str:
    return t(f"data.level_{key}") if key in LEVELS else key


def _reported(league: League, rules: Edition) -> tuple[int, int]:
    """How many components have points, and how many rates are known, of any unit."""
    points = (~np.isnan(league.published)).any(axis=0)
    rates = (~np.isnan(league.rate)).any(axis=0) | (league.due == 0).any(axis=0)
    return int(points.sum()), int(rates.sum())


def _preview(league: League, t: Words) -> pd.DataFrame:
    rules = session.edition(league.edition)
    table: dict[str, Sequence[str]] = {t("data.code"): league.codes[:5], t("data.unit"): league.names[:5]}
    for k, component in enumerate(rules.components):
        table[t.of(component.name)] = [t.points(value) for value in league.published[:5, k]]
    return pd.DataFrame(table | {t("data.score"): [t.points(value) for value in league.published_score[:5]]})


def _brought() -> None:
    file = session.shown(f"file.{session.upload().number}")
    if file is not None:
        session.upload().bring(file.getvalue(), file.name)
        _as_before()


def _pasted(text: str) -> None:
    session.upload().bring(text if text.strip() else b"", PASTED)
    _as_before()
    session.show("text.pasted", text if session.upload().refusal else "")


def _told(what: str) -> None:
    _stated(**{what: session.shown(f"desk.{what}")})


def _stated(**what: object) -> None:
    session.upload().correct(**what)
    _as_before()


def _named(row: int, key: str) -> None:
    upload = session.upload()
    upload.correct(codes={**upload.told.codes, row: session.shown(key)})


def _accepted() -> None:
    session.upload().accept()
    if session.upload().added:
        session.pick_league(session.upload().added)
