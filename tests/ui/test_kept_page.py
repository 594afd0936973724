"""Scenarios and plans that the reader keeps: named, loaded, compared, edited, forgotten; figures are the engine's."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

import numpy as np
import pytest
from test_app import app, said

from controls_shown import edited, frames, sent, table, typed
from model.plan import question as asking
from model.plan.action import Line, outcome, taken_plan
from model.plan.prepared import prepared
from model.plan.question import Question
from model.report.kept import read
from model.score.scenario import Scenario, effect
from model.words.problems import LANGUAGES
from model.words.texts import words
from strategies import sample

BASE = sample("dak_lak_2026-10-10")
UNIT = "H15.141"
AT = BASE.league.index(UNIT)
TODAY = date(2026, 11, 25)
ASK = Question(rank=40, moves="still", today=TODAY, by=date(2026, 12, 31))
PLANNED = {"plan__rank": "40", "plan__moves": "still", "plan__today": "2026-11-25", "plan__by": "2026-12-31"}


def plain(text):
    return text.replace("\u00a0", " ")


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
    return sent(at, f"kept.keep.{shelf(at).round}", name=name)


def shelf(at):
    return at.session_state["shelf_of_reader"]


def names(at):
    return [entry.name for entry in shelf(at).kept.entries]


def test_a_scenario_is_kept_under_a_name_renamed_doubled_deleted_and_that_is_undone():
    at = keep(page(on_time="1.0"), "Đúng hạn")
    done = effect(BASE, AT, Scenario({"on_time": 1.0}))
    entry = shelf(at).kept.entries[0]
    assert (entry.name, entry.score, entry.rank) == ("Đúng hạn", done.after.score / 100, done.rank_after)
    at = press(typed(at, "kept.rename.0", "Hết tháng"), "kept.double.0")
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
    assert plain(t("targets.result", score=t.points(plan.score), rank=int(plan.rank), n=102)) in plain(said(at))
    assert "Hạng 40" in said(at) and not at.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_entries_stand_side_by_side_with_what_is_published(language):
    at = keep(page(on_time="1.0", lang=language), "a")
    at.session_state.session.choice = at.session_state.session.choice.__class__(
        unit=UNIT, scenario=Scenario({"paid_online": 1.0})
    )
    at = keep(at.run(), "b")
    at.multiselect(key="kept.compared").set_value([0, 1])
    at = at.run()
    table = next(frame for frame in frames(at) if "a" in frame.columns)
    t, rows = words(language), table.set_index(table.columns[0])
    score, published = BASE.standing.score, rows[t("effect.before")]
    still = {"score": t.points(score[AT]), "rank": t.count(BASE.rank[AT])}
    assert (published[t("effect.total")], published[t("effect.rank_axis")]) == (still["score"], still["rank"])
    text = plain(said(at))
    for name, key in (("a", "on_time"), ("b", "paid_online")):
        done = effect(BASE, AT, Scenario({key: 1.0}))
        gained = t.signed(done.after.score - score[AT])
        assert rows[name][t("effect.total")] == f"{t.points(done.after.score)} ({gained})"
        rank = 1 + int((np.delete(score, AT) > done.after.score).sum())  # the others as published, as is our own
        assert rows[name][t("effect.rank_axis")] == t.count(rank) and rank < BASE.rank[AT]
        gave = t("kept.gave", score=t.points(done.after.score), rank=rank, day=t.day(date.today()))
        assert plain(gave) in text
        for k, c in enumerate(BASE.edition.components):
            assert rows[name][c.name[language]] == t.points(done.after.components[k])
            assert published[c.name[language]] == t.points(BASE.standing.components[AT, k])
        i = BASE.edition.lever_index[key]
        lever = BASE.edition.levers[i].name[language]
        assert plain(rows[name][lever]) == "100 %" and rows[{"a": "b", "b": "a"}[name]][lever] == "–"
        assert plain(published[lever]) == plain(t.percent(BASE.anchors.levers[AT, i]))
    assert plain(t("action.above_still")) in text


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
    assert names(fresh) == ["a"] and plain(words("vi")("kept.lost", n=1)) in plain(said(fresh))
    assert read(text)[0] == shelf(fresh).kept


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"table": "x"}, "table"),
        ({"rules": "x"}, "rules"),
        ({"table": "x", "rules": "x"}, "table_rules"),
        ({"table": ""}, "other"),  # kept before this was noted
    ],
)
def test_a_score_that_is_another_today_is_told_with_what_changed_and_kept_anew_where_one_wants(other, why):
    at = keep(page(on_time="1.0"), "a")
    entry = shelf(at).kept.entries[0]
    assert len(entry.table) == len(entry.rules) == 12 and entry.table != entry.rules
    assert entry.score == round(effect(BASE, AT, Scenario({"on_time": 1.0})).after.score / 100, 2)
    shelf(at).kept = shelf(at).kept.put(0, replace(entry, score=entry.score - 1, **other))
    t = words("vi")
    told = plain(t("kept.drift", before=t.number(entry.score - 1, 2), now=t.number(entry.score, 2)))
    assert f"{told} {plain(t(f'kept.drift_{why}'))}" in plain(said(at.run()))
    at = press(at, "kept.renew.0")
    assert shelf(at).kept.entries == (entry,) and told not in plain(said(at))


def test_an_entry_is_a_link_too():
    at = keep(page(on_time="1.0"), "a")
    (link,) = [one.proto.url for one in at.get("link_button")]
    stated = dict(parse_qsl(link.removeprefix("./?")))
    assert stated["unit"] == UNIT and stated["on_time"] in ("1", "1.0")


def test_the_total_of_a_plan_counts_what_is_marked_yes_alone():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    entry = shelf(at).kept.entries[0]
    lines = tuple(replace(line, take="maybe" if i else "yes") for i, line in enumerate(entry.plan.lines))
    shelf(at).kept = shelf(at).kept.put(0, replace(entry, plan=replace(entry.plan, lines=lines)))
    text, asked = plain(said(at.run())), prepared(BASE, AT, ASK, asking.time(BASE, ASK, TODAY), None)
    sure, perhaps = (
        f"{outcome(asked.now, AT, replace(entry.plan, lines=lines), takes)[0].after.score / 100:.2f}".replace(".", ",")
        for takes in (("yes",), ("yes", "maybe"))
    )
    assert sure != perhaps and text.index(f"{sure} điểm") < text.index(f"{perhaps} điểm")


def test_a_plan_without_dates_owners_or_lines_is_shown_too():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    entry = shelf(at).kept.entries[0]
    for lines in ((), tuple(replace(line, by=None, target=None) for line in entry.plan.lines)):
        shelf(at).kept = shelf(at).kept.put(0, replace(entry, plan=replace(entry.plan, lines=lines, by=None)))
        at = at.run()
        assert not at.exception and shelf(at).shown == 0
        assert shelf(at).kept.entries[0].plan.lines == lines


def line(at, which=0):
    return shelf(at).kept.entries[0].plan.lines[which]


def test_cells_of_a_plan_are_edited_at_once_and_its_total_follows():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    first = line(at)
    cells = [("Chủ trì", "Văn phòng"), ("Thời hạn", "15/12/2026"), ("Mục tiêu", "100 %")]
    at = edited(at, "own_plan.lines", *(("0", head, text) for head, text in cells))
    assert (line(at).owner, line(at).by, line(at).done) == ("Văn phòng", date(2026, 12, 15), first.due)
    assert line(at).more == first.due - first.start
    entry = shelf(at).kept.entries[0]
    assert entry.score == outcome(BASE, AT, entry.plan)[0].after.score / 100
    assert line(edited(at, "own_plan.lines", ("0", "Làm?", "không"))).take == "no"
    assert line(press(at, "kept.undo")).take == "yes" and shelf(at).shown == 0


@pytest.mark.parametrize(
    ("head", "field", "text"),
    [("Mục tiêu", "target", "nhiều"), ("Mục tiêu", "target", "120 %"), ("Thời hạn", "by", "cuối năm")],
)
def test_a_cell_that_can_not_be_used_is_said_kept_and_shown_as_written(head, field, text):
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    at = edited(at, "own_plan.lines", ("0", head, text))
    assert getattr(line(at), field) is None and line(at).unread == {field: text}
    assert f"«{text}» không phải" in said(at)
    shown = table(at, "own_plan.lines")
    assert text in shown["rows"][0]


def test_a_task_of_ones_own_is_added():
    at = press(app("pages/targets.py", unit=UNIT, **PLANNED), "take.least_effort")
    at = sent(at, f"own_plan.add.{shelf(at).round}", new="Tập huấn")
    assert line(at, -1) == Line(name="Tập huấn", by=date(2026, 12, 31))
    assert table(at, "own_plan.lines")["rows"][-1][0] == "Tập huấn"


def test_who_issues_papers_is_kept():
    at = sent(page(), "own_plan.head", agency="UBND xã", signer="A")
    assert shelf(at).kept.head == {"agency": "UBND xã", "signer": "A"}


def test_where_papers_for_word_take_a_fetch_it_is_offered_and_its_failure_is_said_with_what_else_serves(monkeypatch):
    here = {"now": False, "next": False}
    monkeypatch.setattr("pages.ui.targets.own_plan.word.at_hand", lambda: here["now"])
    monkeypatch.setattr("pages.ui.targets.own_plan.word.fetched", lambda: here.update(now=here["next"]) or here["now"])
    at = page()
    papers = {button.proto.id.split("paper.")[-1] for button in at.get("download_button")}
    assert "week.docx" not in papers and "week.txt" in papers
    assert "không tạo được tệp Word" not in said(at)
    assert "không tạo được tệp Word" in said(press(at, "fetch_word"))
    here["next"] = True
    at = press(at, "fetch_word")
    papers = {button.proto.id.split("paper.")[-1] for button in at.get("download_button")}
    assert "week.docx" in papers and "fetch_word" not in [button.key for button in at.button]
