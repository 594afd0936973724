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
from model.score.baseline import Baseline
from model.table.league import folded
from model.table.writing import stem
from model.words.numbers import plain_day, plain_number, plain_percent
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import peers as movers
from pages.ui import session, show, typed
from pages.ui.controls import Column, Field

_TEXTS, _LONGEST = ("owner", "beside", "note"), 200  # letters of an agency's name
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
    _lines(asked, entry.plan, t)
    new = Field("new", t("own_plan.add"), hint=t("own_plan.add_help"), most=LETTERS)
    typed.form(f"own_plan.add.{shelf.round}", [new], t("own_plan.add_do"), _add, t)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        peers, head = movers.told(asked.base, asked.ask, asked.time.by, t), _letterhead()
        paper, book = partial(_plan_paper, asked, entry.plan, peers, head, t), partial(_workbook, asked, entry.plan, t)
        _download(asked.base, asked.unit, t, "plan", ".docx", paper)
        _download(asked.base, asked.unit, t, "plan", ".xlsx", book)
    brought = partial(_bring, asked, t)
    st.file_uploader(t("own_plan.bring"), type="xlsx", key=f"own_plan.file.{shelf.round}", on_change=brought)


def papers(asked: Prepared, t: Words) -> None:
    """Papers of the present unit that need no plan, and who issues them."""
    st.subheader(t("own_plan.papers"), anchor=False)
    if not word.at_hand():
        st.button(t("own_plan.fetch_word"), key="fetch_word", icon=":material/description:", on_click=_fetch_word)
        if session.shown("word.failed"):
            st.info(t("own_plan.no_word"))
    head = _letterhead()  # what a button makes, it makes outside the session
    r = review(asked.base, asked.unit, date.today(), session.before(), session.choice().scenario)
    with st.container(horizontal=True):
        _download(asked.base, asked.unit, t, "week", ".docx", lambda: report_paper(r, head, t))
        _download(asked.base, asked.unit, t, "week", ".txt", lambda: chat(r, t))
        _download(asked.base, asked.unit, t, "brief", ".html", lambda: brief(r, t))
        _download(asked.base, asked.unit, t, "ranking", ".xlsx", lambda: ranking_book(r, t))
    with st.expander(t("own_plan.head")):
        st.caption(t("own_plan.head_help"))
        known = session.shelf().kept.head
        boxes = [Field(key, t(f"own_plan.head_{key}"), known.get(key, ""), most=_LONGEST) for key in HEAD]
        typed.form("own_plan.head", boxes, t("own_plan.head_keep"), _head, t)


def week_paper(base: Baseline, unit: int, t: Words) -> None:
    """The button that hands over a unit's week, in the form of a paper."""
    head, past = _letterhead(), session.before()
    _download(base, unit, t, "week", ".docx", lambda: report_paper(review(base, unit, date.today(), past), head, t))


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


def _lines(asked: Prepared, plan: ActionPlan, t: Words) -> None:
    """The table of lines, which may be edited."""
    rows = pd.DataFrame(
        [_row(asked, plan, line, t) for line in plan.lines], index=list(map(str, range(len(plan.lines))))
    )
    columns = {t(f"action.{key}"): Column("text") for key in ("target", "owner", "beside", "by", "note")}
    columns[t("action.take")] = Column("choice", {take: t(f"action.take_{take}") for take in TAKES})
    if plan.lines:
        reached = session.take_ticket("plan_opened")
        told = partial(_edited, asked, t)
        show.editor(rows, columns, told, key="own_plan.lines", caption=t("own_plan.lines"), reached=reached)


def _row(asked: Prepared, plan: ActionPlan, line: Line, t: Words) -> dict[str, str]:
    """A line as its row shows it; what could not be read as it was written."""
    week = plan.per_week(line)
    cells: dict[str, str] = {
        "name": plan_paper.line_name(asked.base, line, t),
        "before": plan_paper.figure(asked.base, line, line.before, t) if line.key else "",
        "target": line.unread.get("target")
        or (plan_paper.figure(asked.base, line, line.target, t) if line.key else ""),
        "more": "" if line.more is None else t.count(line.more),
        "week": "" if week is None else t.count(week),
        "take": line.take,
        "owner": line.owner,
        "beside": line.beside,
        "by": f"{line.by:%d/%m/%Y}" if line.by else "",
        "note": line.note,
    }
    return {t(f"action.{key}"): line.unread.get(key, cell) if key != "take" else cell for key, cell in cells.items()}


def _edited(asked: Prepared, t: Words, cells: list[tuple[str, str, str]]) -> None:
    """The open plan with what cells of its lines now say; what can't be used is said, and kept as it was written."""
    shelf, fields = session.shelf(), {t(f"action.{key}"): key for key in (*_TEXTS, "target", "by", "take")}
    if shelf.shown is None or (plan := (entry := shelf.kept.entries[shelf.shown]).plan) is None:
        return
    lines, mistakes = list(plan.lines), list[str]()
    for row, head, text in cells:
        if head in fields and row.isdecimal() and int(row) < len(lines):
            lines[int(row)] = _with_cell(asked, lines[int(row)], fields[head], tidy(text), mistakes, t)
    _put(asked, replace(entry, plan=replace(plan, lines=tuple(lines))), mistakes)


def _with_cell(asked: Prepared, line: Line, field: str, text: str, mistakes: list[str], t: Words) -> Line:
    """A line with one cell edited."""
    if field == "target":
        return _aimed(asked, line, text, mistakes, t)
    rest = {key: value for key, value in line.unread.items() if key != field}
    if field == "by":
        day = plain_day(text)
        mistakes += [t("own_plan.bad_day", value=text)] if text and day is None else []
        return replace(line, by=day, unread=rest if day or not text else {**rest, "by": text})
    if field == "take":
        names = {take: folded(t(f"action.take_{take}")) for take in TAKES}
        take = next((take for take in TAKES if folded(text) in (take, names[take])), line.take)
        return replace(line, take=take, unread=rest)
    changes: dict[str, Any] = {field: text}
    return replace(line, **changes)


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


def _add(texts: dict[str, str]) -> None:
    """A task of one's own words more."""
    shelf, name = session.shelf(), tidy(texts["new"])
    if name and (at := shelf.shown) is not None and (entry := shelf.kept.entries[at]).plan is not None:
        lines = (*entry.plan.lines, Line(name=name, by=entry.plan.by))
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


def _head(texts: dict[str, str]) -> None:
    shelf = session.shelf()
    at = shelf.shown
    shelf.put(replace(shelf.kept, head={key: tidy(text) for key, text in texts.items() if text.strip()}))
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


def _fetch_word() -> None:
    session.show("word.failed", not word.fetched())


def _download(base: Baseline, unit: int, t: Words, kind: str, ending: str, make: Any) -> None:
    """A button that makes a paper when it is pressed; none for a form that can't be made yet."""
    if ending == ".docx" and not word.at_hand():
        return
    st.download_button(
        t(f"own_plan.{kind}_{ending[1:]}"),
        make,
        file_name=f"{kind}_{stem(base.league)}_{base.league.codes[unit]}{ending}",
        mime=_FORMS[ending],
        key=f"paper.{kind}{ending}",
        icon=":material/download:",
        on_click="ignore",
    )
