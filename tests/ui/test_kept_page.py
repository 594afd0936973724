"""Scenarios and plans that the reader keeps: named, loaded, compared, edited, forgotten; figures are the engine's."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from test_app import app, said

from model.plan import question as asking
from model.plan.action import outcome, taken_plan
from model.plan.prepared import prepared
from model.plan.question import Question
from model.report.kept import read
from model.score.scenario import Scenario, effect
from model.words.problems import LANGUAGES
from model.words.texts import words
from pages.ui.targets import own_plan
from strategies import sample

BASE = sample("dak_lak_2026-10-10")
UNIT = "H15.141"
AT = BASE.league.index(UNIT)
TODAY = date(2026, 11, 25)
ASK = Question(rank=40, moves="still", today=TODAY, by=date(2026, 12, 31))
PLANNED = {"plan__rank": "40", "plan__moves": "still", "plan__today": "2026-11-25", "plan__by": "2026-12-31"}


def page(**link):
    """The page of plans with its second view open."""
    return look(app("pages/targets.py", unit=UNIT, **link))


def look(at):
    at.button_group(key="targets.view").set_value("kept")
    return at.run()


def press(at, key):
    at.button(key=key).click()
    return at.run()


def keep(at, name):
    at.text_input(key="kept.name").set_value(name)
    return press(at.run(), "kept.keep")


def shelf(at):
    return at.session_state["shelf_of_reader"]


def names(at):
    return [entry.name for entry in shelf(at).kept.entries]


def test_a_scenario_is_kept_under_a_name_renamed_doubled_deleted_and_that_is_undone():
    at = keep(page(on_time="1.0"), "Đúng hạn")
    done = effect(BASE, AT, Scenario({"on_time": 1.0}))
    entry = shelf(at).kept.entries[0]
    assert (entry.name, entry.score, entry.rank) == ("Đúng hạn", done.after.score / 100, done.rank_after)
    at.text_input(key="kept.rename.0").set_value("Hết tháng")
    at = press(at.run(), "kept.double.0")
    assert names(at) == ["Hết tháng", "Hết tháng (2)"]
    at = press(at, "kept.remove.0")
    assert names(at) == ["Hết tháng (2)"]
    assert names(press(at, "kept.undo")) == ["Hết tháng", "Hết tháng (2)"]


def test_loading_over_what_is_not_kept_asks_first():
    at = keep(page(on_time="1.0"), "a")
    at.session_state.session.choice = at.session_state.session.choice.__class__(
        unit=UNIT, scenario=Scenario({"paid_online": 1.0})
    )
    at = press(at.run(), "kept.load.0")
    assert words("vi")("kept.unsaved") in said(at)
    assert at.session_state.session.choice.scenario == Scenario({"paid_online": 1.0})
    assert press(at, "kept.not.0").session_state.session.choice.scenario == Scenario({"paid_online": 1.0})
    at = press(press(at, "kept.load.0"), "kept.sure.0")
    assert at.session_state.session.choice.scenario == Scenario({"on_time": 1.0})


def test_an_answer_taken_over_is_a_plan_with_the_score_and_the_rank_of_the_answer():
    at = app("pages/targets.py", unit=UNIT, **PLANNED)
    asked = prepared(BASE, AT, ASK, asking.time(BASE, ASK, TODAY), None)
    plan = asked.answer.plans[0]
    at = press(at, f"take.{plan.kind}")
    entry = shelf(at).kept.entries[0]
    assert entry.plan == taken_plan(BASE, AT, plan, TODAY, date(2026, 12, 31), 40, asked.needed)
    assert (entry.score, entry.rank) == (plan.score / 100, plan.rank)
    t = words("vi")
    assert t("targets.result", score=t.points(plan.score), rank=int(plan.rank), n=102) in said(at)
    assert "Hạng 40" in said(at) and not at.exception


def test_two_entries_stand_side_by_side_with_what_is_published():
    at = keep(page(on_time="1.0"), "a")
    at.session_state.session.choice = at.session_state.session.choice.__class__(
        unit=UNIT, scenario=Scenario({"paid_online": 1.0})
    )
    at = keep(at.run(), "b")
    at.multiselect(key="kept.compared").set_value([0, 1])
    at = at.run()
    table = next(frame.value for frame in at.dataframe if "a" in frame.value.columns)
    first, t = table.columns[0], words("vi")
    row = table.set_index(first).loc[t("effect.total")]
    for name, key in (("a", "on_time"), ("b", "paid_online")):
        done = effect(BASE, AT, Scenario({key: 1.0}))
        assert t.points(done.after.score) in row[name]
    assert row[t("effect.before")] == t.points(BASE.standing.score[AT])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_one_language_and_offers_every_paper(language):
    at = keep(page(lang=language, on_time="1.0"), "x")
    at = press(at, "kept.plan.0")
    keys = [element.key for element in at.get("download_button")]
    wanted = [
        "paper.plan.docx",
        "paper.plan.xlsx",
        "paper.week.docx",
        "paper.week.txt",
        "paper.brief.html",
        "paper.ranking.xlsx",
    ]
    assert set(wanted) <= {key for key in keys if key} or not keys
    text = said(at)
    assert words(language)("kept.title") in text and words(language)("own_plan.papers") in text
    assert not at.exception


def test_everything_is_forgotten_at_one_press():
    at = keep(page(on_time="1.0"), "a")
    at = press(at, "kept.forget")
    assert names(at) == [] and not shelf(at).undoable
    assert at.session_state.session.choice.scenario == Scenario()


def test_what_a_browser_kept_comes_back_and_what_it_spoilt_is_counted():
    at = keep(page(on_time="1.0"), "a")
    text = shelf(at).kept.text()
    fresh = page()
    shelf(fresh).restore(text.replace("}]", '}, {"name": 5}]', 1))
    fresh = fresh.run()
    assert names(fresh) == ["a"] and words("vi")("kept.lost", n=1) in said(fresh)
    assert read(text)[0] == shelf(fresh).kept


def test_a_score_that_is_another_today_is_told():
    at = keep(page(on_time="1.0"), "a")
    entry = shelf(at).kept.entries[0]
    shelf(at).kept = shelf(at).kept.put(0, entry.__class__(**{**entry.__dict__, "score": entry.score - 1}))
    t = words("vi")
    assert t("kept.drift", before=t.number(entry.score - 1, 2), now=t.number(entry.score, 2)) in said(at.run())


def edited(text, language="vi"):
    """A line of a plan whose target was typed anew, and what was said."""
    t, asked = words(language), prepared(BASE, AT, ASK, asking.time(BASE, ASK, TODAY), None)
    plan = taken_plan(BASE, AT, asked.answer.plans[0], TODAY)
    line = plan.lines[0]
    row = pd.Series(own_plan._row(asked, plan, line, t))
    mistakes = []
    made = own_plan._edited(
        asked,
        line,
        row | {t("action.target"): text} if isinstance(row, dict) else row.replace(row[t("action.target")], text),
        row,
        mistakes,
        t,
    )
    return line, made, mistakes


def test_a_target_typed_anew_moves_the_line_in_whole_things():
    line, made, mistakes = edited("100 %")
    assert (made.done, mistakes) == (line.due, [])
    assert made.more == line.due - line.start


@pytest.mark.parametrize("text", ["nhiều", "120 %", "-5"])
def test_a_target_that_can_not_be_used_is_said_and_kept_as_written(text):
    _, made, mistakes = edited(text)
    assert made.target is None and made.unread == {"target": text} and len(mistakes) == 1 and text in mistakes[0]
    assert outcome(BASE, AT, SimpleNamespace(scenario=lambda takes: Scenario()))[1] == []


def test_a_plan_without_dates_owners_or_lines_is_shown_too():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    entry = shelf(at).kept.entries[0]
    for lines in ((), tuple(replace(line, by=None, target=None) for line in entry.plan.lines)):
        shelf(at).kept = shelf(at).kept.put(0, replace(entry, plan=replace(entry.plan, lines=lines, by=None)))
        at = at.run()
        assert not at.exception and shelf(at).shown == 0
        assert shelf(at).kept.entries[0].plan.lines == lines


def typed(at, field, text):
    at.text_input(key=f"line.{field}").set_value(text)
    return at.run()


def test_a_plan_is_edited_line_by_line_and_its_total_follows():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    first = shelf(at).kept.entries[0].plan.lines[0]
    at = typed(typed(typed(at, "owner", "Văn phòng"), "by", "15/12/2026"), "target", "100 %")
    line = shelf(at).kept.entries[0].plan.lines[0]
    assert (line.owner, line.by, line.done) == ("Văn phòng", date(2026, 12, 15), first.due)
    assert shelf(at).kept.entries[0].score == outcome(BASE, AT, shelf(at).kept.entries[0].plan)[0].after.score / 100
    at.radio(key="line.take").set_value("no")
    at = at.run()
    assert shelf(at).kept.entries[0].plan.lines[0].take == "no"
    at = typed(at, "by", "cuối năm")
    assert shelf(at).kept.entries[0].plan.lines[0].unread == {"by": "cuối năm"}
    assert words("vi")("own_plan.bad_day", value="cuối năm") in said(at)
    assert at.text_input(key="line.by").value == "cuối năm"
    lines = shelf(at).kept.entries[0].plan.lines
    at = press(at, "line.drop")
    assert shelf(at).kept.entries[0].plan.lines == lines[1:]
    assert shelf(press(at, "kept.undo")).kept.entries[0].plan.lines == lines
    assert not at.exception


def test_a_task_of_ones_own_is_added_and_named():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    at = press(at, "own_plan.add")
    last = len(shelf(at).kept.entries[0].plan.lines) - 1
    at.selectbox(key="line.at").set_value(last)
    at = typed(at.run(), "name", "Tập huấn")
    assert shelf(at).kept.entries[0].plan.lines[-1].name == "Tập huấn"
