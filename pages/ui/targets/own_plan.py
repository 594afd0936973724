"""A plan of one's own: its lines edited in a table, its total, its workbook, and papers to hand over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from model.plan import action_book
from model.plan.action import LETTERS, TAKES, ActionPlan, Line, outcome, tidy
from model.plan.prepared import Prepared
from model.report.kept import HEAD, Entry
from model.report.papers import plan_paper, word
from model.report.papers.brief import brief
from model.report.papers.letterhead import Letterhead
from model.report.papers.ranking_book import ranking_book
from model.report.papers.report_paper import chat, report_paper
from model.report.papers.review import review
from model.table.writing import stem
from model.words.numbers import plain_day, plain_number, plain_percent
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import peers as movers
from pages.ui import session, show

_FORMS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
    ".txt": "text/plain",
}


def plan(asked: Prepared, t: Words) -> None:
    """The plan that lies open: its total, its lines, its workbook; nothing where none does."""
    shelf = session.shelf()
    if shelf.shown is None or (entry := shelf.kept.entries[shelf.shown]).plan is None:
        return
    st.subheader(plain(entry.name), anchor=False)
    if (entry.plan.league, entry.plan.unit) != (asked.base.league.key, asked.base.league.codes[asked.unit]):
        st.info(t("own_plan.elsewhere", unit=plain(entry.plan.unit_name)))
        return
    _totals(asked, entry.plan, t)
    for line in shelf.mistakes:
        st.error(plain(line))
    _lines(asked, entry, entry.plan, t)
    if entry.plan.lines:
        _line_by_line(asked, entry.plan, t)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(t("own_plan.add"), key="own_plan.add", icon=":material/add:", on_click=_add, args=(t,))
        peers, head = movers.told(asked.base, asked.ask, asked.time.by, t), _letterhead()
        _download(asked, t, "plan", ".docx", partial(_plan_paper, asked, entry.plan, peers, head, t))
        _download(asked, t, "plan", ".xlsx", partial(_workbook, asked, entry.plan, t))
    brought = partial(_bring, asked, t)
    st.file_uploader(t("own_plan.bring"), type="xlsx", key=f"own_plan.file.{shelf.round}", on_change=brought)


def papers(asked: Prepared, t: Words) -> None:
    """Papers of the present unit that need no plan, and who issues them."""
    st.subheader(t("own_plan.papers"), anchor=False)
    if not word.available():
        st.info(t("own_plan.no_word"))
    head = _letterhead()  # what a button makes, it makes outside the session
    r = review(asked.base, asked.unit, date.today(), asked.past, session.choice().scenario)
    with st.container(horizontal=True):
        _download(asked, t, "week", ".docx", lambda: report_paper(r, head, t))
        _download(asked, t, "week", ".txt", lambda: chat(r, t))
        _download(asked, t, "brief", ".html", lambda: brief(r, t))
        _download(asked, t, "ranking", ".xlsx", lambda: ranking_book(r, t))
    with st.expander(t("own_plan.head")):
        st.caption(t("own_plan.head_help"))
        for key in HEAD:
            session.show(f"head.{key}", session.shelf().kept.head.get(key, ""))
            st.text_input(t(f"own_plan.head_{key}"), key=f"head.{key}", on_change=_head, args=(key,), max_chars=200)


def _totals(asked: Prepared, plan: ActionPlan, t: Words) -> None:
    """What the lines marked yes bring, what with those marked maybe, and the chance of what is wanted."""
    for key, takes in (("yes", ("yes",)), ("maybe", ("yes", "maybe"))):
        if key == "maybe" and not any(line.take == "maybe" for line in plan.lines):
            continue
        done, problems = outcome(asked.now, asked.unit, plan, takes)
        details = {"score": t.points(done.after.score), "rank": t.count(done.rank_after), "n": asked.base.ranked}
        said = t(f"action.above_{key}", result=f"**{t('targets.result', **details)}**")
        st.markdown(said)
        for problem in problems:
            st.warning(plain(problem.text(t.language)))
    st.caption(t("action.above_still"))


def _lines(asked: Prepared, entry: Entry, plan: ActionPlan, t: Words) -> None:
    """The table of lines, which may be edited."""
    rounds = pd.Index(range(len(plan.lines)), name=f"lines.{session.shelf().round}")
    rows = pd.DataFrame([_row(asked, plan, line, t) for line in plan.lines], index=rounds)
    takes = [t(f"action.take_{take}") for take in TAKES]
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=[t(f"action.{key}") for key in ("name", "before", "more", "week")],
        column_config={
            t("action.take"): st.column_config.SelectboxColumn(options=takes, required=True),
            t("action.by"): st.column_config.DateColumn(format="DD/MM/YYYY"),
        },
    )
    if not edited.equals(rows):
        lines, mistakes = [], list[str]()
        for line, (_, row), (_, before) in zip(plan.lines, edited.iterrows(), rows.iterrows(), strict=True):
            lines.append(_edited(asked, line, row, before, mistakes, t))
        _put(asked, replace(entry, plan=replace(plan, lines=tuple(lines))), mistakes)
        st.rerun()


def _row(asked: Prepared, plan: ActionPlan, line: Line, t: Words) -> dict[str, object]:
    week = plan.per_week(line)
    cells: dict[str, object] = {
        "name": plan_paper.line_name(asked.base, line, t),
        "before": plan_paper.figure(asked.base, line, line.before, t) if line.key else "",
        "target": line.unread.get("target")
        or (plan_paper.figure(asked.base, line, line.target, t) if line.key else ""),
        "more": "" if line.more is None else t.count(line.more),
        "week": "" if week is None else t.count(week),
        "take": t(f"action.take_{line.take}"),
        "owner": line.owner,
        "beside": line.beside,
        "by": line.by,
        "note": line.note,
    }
    return {t(f"action.{key}"): cell for key, cell in cells.items()}


def _edited(asked: Prepared, line: Line, row: Any, before: Any, mistakes: list[str], t: Words) -> Line:
    """The line as its row now stands."""
    texts: dict[str, Any] = {key: tidy(str(row[t(f"action.{key}")] or "")) for key in ("owner", "beside", "note")}
    takes = {t(f"action.take_{take}"): take for take in TAKES}
    day = row[t("action.by")]
    made = replace(line, **texts, take=takes[row[t("action.take")]], by=day if isinstance(day, date) else None)
    text = tidy(str(row[t("action.target")] or ""))
    return made if text == before[t("action.target")] else _aimed(asked, made, text, mistakes, t)


def _aimed(asked: Prepared, line: Line, text: str, mistakes: list[str], t: Words) -> Line:
    """The line with a target as typed; one that can't be used is said, and kept as it was written."""
    rest = {key: value for key, value in line.unread.items() if key != "target"}
    parts, limit = asked.base.edition.component_index, 1.0
    if line.key in parts:
        limit = asked.base.edition.components[parts[line.key]].max_points
    value = plain_number(text) if line.key in parts else plain_percent(text)
    if line.key and value is not None and 0 <= value <= limit:
        return replace(line, target=value if line.due is None else round(value * line.due) / line.due, unread=rest)
    if line.key and text:
        name = plan_paper.line_name(asked.base, line, t)
        mistakes.append(t("own_plan.bad_target", value=text, name=name))
    return replace(line, target=None, unread={**rest, "target": text} if text else rest)


def _line_by_line(asked: Prepared, plan: ActionPlan, t: Words) -> None:
    """One line at a time in boxes of their own, for a phone and for who uses no mouse."""
    with st.expander(t("own_plan.by_line")):
        names = {at: f"{at + 1}. {plan_paper.line_name(asked.base, line, t)}" for at, line in enumerate(plan.lines)}
        picked = st.selectbox(t("action.name"), list(names), key="line.at", format_func=show.labels(names))
        line = plan.lines[at := picked if picked in names else 0]
        texts = _texts(asked, line, t)
        for field in ("name", "target", "owner", "beside", "by", "note"):
            if field != "name" or not line.key:
                session.show(f"line.{field}", texts[field])
                args = (asked, at, field, t)
                st.text_input(t(f"action.{field}"), key=f"line.{field}", max_chars=LETTERS, on_change=_typed, args=args)
        session.show("line.take", line.take)
        takes = {take: t(f"action.take_{take}") for take in TAKES}
        st.radio(
            t("action.take"),
            TAKES,
            key="line.take",
            format_func=show.labels(takes),
            horizontal=True,
            on_change=_typed,
            args=(asked, at, "take", t),
        )
        st.button(t("own_plan.drop"), key="line.drop", on_click=_drop, args=(asked, at))


def _texts(asked: Prepared, line: Line, t: Words) -> dict[str, str]:
    """What stands in the boxes of a line; what could not be read as it was written."""
    target = plan_paper.figure(asked.base, line, line.target, t) if line.target is not None else ""
    by = f"{line.by:%d/%m/%Y}" if line.by else ""
    stated = {"name": line.name, "target": target, "by": by}
    return stated | {"owner": line.owner, "beside": line.beside, "note": line.note} | dict(line.unread)


def _typed(asked: Prepared, at: int, field: str, t: Words) -> None:
    """One box of a line typed anew."""
    shelf, text = session.shelf(), tidy(str(session.shown(f"line.{field}") or ""))
    if shelf.shown is None or (plan := (entry := shelf.kept.entries[shelf.shown]).plan) is None:
        return
    line, mistakes = plan.lines[at], list[str]()
    if field == "target":
        line = _aimed(asked, line, text, mistakes, t)
    elif field == "by":
        rest = {key: value for key, value in line.unread.items() if key != "by"}
        day = plain_day(text)
        line = replace(line, by=day, unread=rest if day or not text else {**rest, "by": text})
        mistakes += [t("own_plan.bad_day", value=text)] if text and day is None else []
    else:
        changes: dict[str, Any] = {field: text}
        line = replace(line, **changes)
    lines = (*plan.lines[:at], line, *plan.lines[at + 1 :])
    _put(asked, replace(entry, plan=replace(plan, lines=lines)), mistakes)


def _drop(asked: Prepared, at: int) -> None:
    """A line taken out, which can be undone."""
    shelf = session.shelf()
    if shelf.shown is not None and (plan := (entry := shelf.kept.entries[shelf.shown]).plan) is not None:
        lines = plan.lines[:at] + plan.lines[at + 1 :]
        _put(asked, replace(entry, plan=replace(plan, lines=lines)), [])


def _put(asked: Prepared, entry: Entry, mistakes: list[str]) -> None:
    """The open plan as it now is, with the score and rank that it gives."""
    shelf = session.shelf()
    at = shelf.shown
    if at is None or entry.plan is None:
        return
    done = outcome(asked.now, asked.unit, entry.plan)[0]
    score, rank = float(done.after.score), float(done.rank_after)
    known: dict[str, Any] = {} if np.isnan(rank) else {"score": score / 100, "rank": int(rank)}
    shelf.put(shelf.kept.put(at, replace(entry, **known)))
    shelf.shown, shelf.mistakes = at, mistakes


def _add(t: Words) -> None:
    """A task of one's own words more."""
    shelf = session.shelf()
    if (at := shelf.shown) is not None and (entry := shelf.kept.entries[at]).plan is not None:
        lines = (*entry.plan.lines, Line(name=t("own_plan.new"), by=entry.plan.by))
        shelf.put(shelf.kept.put(at, replace(entry, plan=replace(entry.plan, lines=lines))))
        shelf.shown = at


def _bring(asked: Prepared, t: Words) -> None:
    """The plan as it stands in a workbook that was edited; what in it can't be read is said by its cell."""
    shelf = session.shelf()
    brought = session.shown(f"own_plan.file.{shelf.round}")
    if brought is None or shelf.shown is None:
        return
    entry = shelf.kept.entries[shelf.shown]
    try:
        made, problems = action_book.read(brought.getvalue(), brought.name, asked.base.edition)
        if made.unit not in ("", asked.base.league.codes[asked.unit]):
            raise Problem("paper_other_unit", one=made.unit_name, other=asked.base.league.names[asked.unit])
    except Problem as problem:
        shelf.mistakes = [problem.text(t.language)]
        return
    made = made if made.unit or entry.plan is None else replace(entry.plan, lines=made.lines)
    _put(asked, replace(entry, plan=made), [problem.text(t.language) for problem in problems])


def _head(key: str) -> None:
    shelf = session.shelf()
    at = shelf.shown
    shelf.put(replace(shelf.kept, head={**shelf.kept.head, key: tidy(str(session.shown(f"head.{key}") or ""))}))
    shelf.shown = at


def _letterhead() -> Letterhead:
    head: Mapping[str, Any] = session.shelf().kept.head
    return Letterhead(day=date.today(), **head)


def _plan_paper(asked: Prepared, plan: ActionPlan, peers: str, head: Letterhead, t: Words) -> bytes:
    done = outcome(asked.now, asked.unit, plan)[0]
    chance = asked.chance(float(done.after.score)) if asked.ask.goal == "rank" and plan.rank is not None else None
    outlook = plan_paper.Outlook(peers=peers, chance=chance, arriving=dict(asked.means.more or {}))
    return plan_paper.plan_paper(asked.now, asked.unit, plan, outlook, head, t)


def _workbook(asked: Prepared, plan: ActionPlan, t: Words) -> bytes:
    return action_book.written(plan, asked.base.edition, plan_paper.above(asked.now, asked.unit, plan, t), t)


def _download(asked: Prepared, t: Words, kind: str, ending: str, make: Any) -> None:
    """A button that makes a paper when it is pressed; none for a form that can't be made here."""
    if ending == ".docx" and not word.available():
        return
    st.download_button(
        t(f"own_plan.{kind}_{ending[1:]}"),
        make,
        file_name=f"{kind}_{stem(asked.base.league)}_{asked.base.league.codes[asked.unit]}{ending}",
        mime=_FORMS[ending],
        key=f"paper.{kind}{ending}",
        icon=":material/download:",
        on_click="ignore",
    )
