"""Scenarios and plans that the reader keeps: named, loaded, compared; in their own browser and nowhere else."""

from functools import partial
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st

from model.plan.action import outcome, taken_scenario, tidy
from model.plan.prepared import Prepared
from model.report import tables
from model.report.kept import NAME, Entry
from model.score.scenario import Effect, effect
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import charts, session, show, typed
from pages.ui.controls import Field
from pages.ui.targets import plan_charts

VIEWS = ("ask", "kept", "track")
COMPARED = (2, 4)  # entries side by side


def view(t: Words) -> str:
    """Whether the page asks, shows what is kept, or checks a plan; the control that says so."""
    session.show("targets.view", session.shelf().view)
    labels = {one: t(f"kept.view_{one}") for one in VIEWS}
    st.segmented_control(
        t("kept.view"),
        list(labels),
        key="targets.view",
        required=True,
        format_func=show.labels(labels),
        on_change=_looked,
        label_visibility="collapsed",
    )
    return session.shelf().view


def keep_present(t: Words) -> None:
    """What is supposed now, and the box to keep it under a name."""
    base, unit, scenario = session.base(), session.unit(), session.choice().scenario
    now = effect(base, unit, scenario)
    session.take_ticket("kept")  # said by what is listed below
    key = "kept.present" if scenario.changes else "kept.present_none"
    st.markdown(t(key, unit=plain(base.league.names[unit]), result=_result(base.ranked, now, t)))
    if not scenario.changes:
        return
    keep_form(t)


def keep_form(t: Words) -> None:
    """The box that keeps what is supposed now under a name."""
    name = Field("name", t("kept.name"), placeholder=t("kept.name_example"), most=NAME)
    typed.form(f"kept.keep.{session.shelf().round}", [name], t("kept.keep"), _keep, t)


def entries(asked: Prepared, t: Words) -> None:
    """Everything that is kept, each with what can be done with it."""
    shelf = session.shelf()
    st.subheader(t("kept.title"), anchor=False)
    st.caption(t("kept.where"))
    if shelf.refused:
        st.warning(t("kept.refused"))
    if shelf.lost:
        st.warning(t("kept.lost", n=shelf.lost))
    if not shelf.kept.entries:
        st.info(t("kept.none"))
    for at, entry in enumerate(shelf.kept.entries):
        with st.container(border=True, key=f"kept.entry.{at}"):
            _entry(asked, at, entry, t)
    if shelf.undoable:
        st.button(t("kept.undo"), key="kept.undo", icon=":material/undo:", on_click=shelf.undo)


def compare(asked: Prepared, t: Words) -> None:
    """Two to four entries of the present unit beside what is published: in a picture, and figure by figure."""
    base, unit = asked.base, asked.unit
    found = dict(_comparable(asked))
    st.subheader(t("kept.compare"), anchor=False)
    if len(found) < COMPARED[0]:
        st.caption(t("kept.compare_few", unit=plain(base.league.names[unit])))
        return
    known = session.shelf().kept.entries
    session.show("kept.compared", [at for at in session.shown("kept.compared") or () if at in found])
    picked = st.multiselect(
        t("kept.compare_pick"),
        list(found),
        key="kept.compared",
        max_selections=COMPARED[1],
        format_func=lambda at: known[at].name,
        placeholder=t("kept.compare_pick"),
    )
    if len(picked) < COMPARED[0]:
        return
    columns = {known[at].name: found[at] for at in picked}
    picture = plan_charts.compared(t("effect.before"), columns)
    st.vega_lite_chart(charts.table(picture), plan_charts.compared_spec(t.language, len(columns) + 1), key="compared")
    rows = _side_by_side(asked, {known[at].name: known[at] for at in picked}, columns, t)
    show.table(rows, key="compared.table", caption=t("kept.compare"))
    st.caption(t("action.above_still"))


def file(t: Words) -> None:
    """What is kept as a small file, brought back from one, and all of it forgotten."""
    shelf = session.shelf()
    st.subheader(t("kept.file"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            t("kept.save"),
            shelf.kept.text(),
            file_name="index766.json",
            mime="application/json",
            key="kept.save",
            icon=":material/download:",
            disabled=not shelf.kept.entries,
            on_click="ignore",
        )
        with st.popover(t("kept.forget"), icon=":material/delete_forever:"):
            st.markdown(t("kept.forget_sure"))
            st.button(t("kept.forget_do"), key="kept.forget", type="primary", on_click=session.forget_everything)
    st.file_uploader(t("kept.bring"), type="json", key="kept.brought", on_change=_bring)


def _entry(asked: Prepared, at: int, entry: Entry, t: Words) -> None:
    """One entry in a line: what it is, what it gave, and its buttons."""
    kind = t("kept.plan" if entry.plan else "kept.scenario")
    score = "–" if entry.score is None else t.number(entry.score, 2)
    rank = "–" if entry.rank is None else t.count(entry.rank)
    st.markdown(f"**{plain(entry.name)}** · {kind} · {t('kept.gave', score=score, rank=rank, day=t.day(entry.day))}")
    if drifted := session.drift(entry):
        now, changed = drifted
        said = t("kept.drift", before=score, now=t.number(now.score or 0.0, 2))
        what = "_".join(changed) or "other"
        why = t(f"kept.drift_{what}")
        st.caption(f"{said} {why}")
        st.button(
            t("kept.renew"), key=f"kept.renew.{at}", on_click=session.renew, args=(at,), help=t("kept.renew_help")
        )
    for problem in session.opened(entry)[1]:
        st.caption(plain(problem.text(t.language)))
    if session.shelf().waiting == at:
        st.warning(t("kept.unsaved"))
        with st.container(horizontal=True):
            st.button(t("kept.load_sure"), key=f"kept.sure.{at}", on_click=session.load, args=(at, True))
            st.button(t("kept.load_not"), key=f"kept.not.{at}", on_click=_wait, args=(None,))
    with st.container(horizontal=True):
        st.button(t("kept.load"), key=f"kept.load.{at}", on_click=session.load, args=(at,))
        st.link_button(t("kept.link"), f"./?{urlencode(entry.link)}", help=t("kept.link_help"))
        if entry.plan is None:
            st.button(
                t("kept.to_plan"),
                key=f"kept.plan.{at}",
                on_click=_to_plan,
                args=(asked, at, t("kept.plan_of", name=entry.name)),
            )
        else:
            st.button(t("kept.open"), key=f"kept.open.{at}", type="primary", on_click=_open, args=(at,))
        with st.popover(t("kept.rename")):
            typed.text_box(t("kept.name"), f"kept.rename.{at}", entry.name, partial(_rename, at))
        st.button(t("kept.double"), key=f"kept.double.{at}", on_click=_double, args=(at,))
        st.button(t("kept.remove"), key=f"kept.remove.{at}", on_click=_remove, args=(at,))


def _comparable(asked: Prepared) -> list[tuple[int, Effect]]:
    """The entries of the present league and unit, and what comes of each."""
    found = []
    for at, entry in enumerate(session.shelf().kept.entries):
        made, _ = session.opened(entry)
        league, unit = asked.base.league, asked.unit
        if made.league != league.key or made.unit != league.codes[unit]:
            continue
        try:
            done = outcome(asked.now, unit, entry.plan)[0] if entry.plan else effect(asked.base, unit, made.scenario)
        except Problem:
            continue
        found.append((at, done))
    return found


def _side_by_side(asked: Prepared, entries: dict[str, Entry], columns: dict[str, Effect], t: Words) -> pd.DataFrame:
    """Score, rank, chance and things to do, component by component, and the levers that differ; a column an entry."""
    base, before = asked.base, next(iter(columns.values())).before
    rows: dict[str, list[str]] = {t("effect.total"): [t.points(before.score)]}
    rows[t("effect.rank_axis")] = [t.count(base.rank[asked.unit])]
    chance = asked.chance(float(before.score))
    rows[t("kept.chance")] = ["–" if chance is None else t.chance(chance)]
    rows[t("action.more")] = ["–"]
    for name, done in columns.items():
        score, plan = float(done.after.score), entries[name].plan
        rows[t("effect.total")].append(f"{t.points(score)} ({t.signed(score - float(before.score))})")
        rows[t("effect.rank_axis")].append(t.count(done.rank_after))
        chance = asked.chance(score)
        rows[t("kept.chance")].append("–" if chance is None else t.chance(chance))
        made = plan or taken_scenario(base, asked.unit, session.opened(entries[name])[0].scenario, asked.time.today)
        things = [line.more for line in made.lines if line.more is not None and line.take == "yes"]
        rows[t("action.more")].append(t.count(sum(things)) if things else "–")
    for k, c in enumerate(base.edition.components):
        cells = [t.points(before.components[k]), *(t.points(done.after.components[k]) for done in columns.values())]
        rows[t.of(c.name)] = cells
    rows |= _levers(asked, entries, t)
    heads = [t("effect.before"), *columns]
    return pd.DataFrame(
        {t("report.component"): list(rows)} | {h: [r[i] for r in rows.values()] for i, h in enumerate(heads)}
    )


def _levers(asked: Prepared, entries: dict[str, Entry], t: Words) -> dict[str, list[str]]:
    """The levers that any of the entries moves: their rate now and in each, a dash where it stays."""
    base, rows = asked.base, dict[str, list[str]]()
    moved = {
        name: (entry.plan.scenario() if entry.plan else session.opened(entry)[0].scenario).changes
        for name, entry in entries.items()
    }
    for key in dict.fromkeys(key for changes in moved.values() for key in changes):
        if key in base.edition.lever_index:
            now = float(base.anchors.levers[asked.unit, base.edition.lever_index[key]])
            cells = ["–" if np.isnan(now) else t.percent(now)]
            cells += [tables.value_told(changes.get(key), t) for changes in moved.values()]
            rows[tables.lever_name(base, key, t, raw=True)] = cells
    return rows


def _result(n: int, done: Effect, t: Words) -> str:
    if np.isnan(done.rank_after):
        return "–"
    return t("targets.result", score=t.points(done.after.score), rank=t.count(done.rank_after), n=n)


def _looked() -> None:
    session.shelf().view = session.shown("targets.view") or VIEWS[0]


def _keep(texts: dict[str, str]) -> None:
    session.keep(tidy(texts["name"]) or session.language()("kept.unnamed"))
    session.give_ticket("kept")


def _to_plan(asked: Prepared, at: int, name: str) -> None:
    """A plan made of a kept scenario, kept beside it."""
    entry = session.shelf().kept.entries[at]
    made, _ = session.opened(entry)
    session.load(at, sure=True)
    base, unit = session.base(), session.unit()
    plan = taken_scenario(base, unit, made.scenario, asked.time.today, asked.time.by)
    session.keep(name, plan)
    session.give_ticket("plan_opened")


def _wait(at: int | None) -> None:
    session.shelf().waiting = at


def _open(at: int) -> None:
    session.load(at, sure=True)
    session.shelf().shown = at
    session.give_ticket("plan_opened")


def _rename(at: int, name: str) -> None:
    shelf = session.shelf()
    shelf.put(shelf.kept.renamed(at, name))


def _double(at: int) -> None:
    shelf = session.shelf()
    shelf.put(shelf.kept.added(shelf.kept.entries[at]))


def _remove(at: int) -> None:
    shelf = session.shelf()
    shelf.put(shelf.kept.without(at))


def _bring() -> None:
    brought = session.shown("kept.brought")
    if brought is not None:
        session.shelf().bring(brought.getvalue().decode("utf-8", "replace"))
