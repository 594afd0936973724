"""The view that checks a plan: what it shows is the engine's, in both languages, and what follows is one click away."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from test_app import app, said

from controls_shown import table
from model.plan import question as asking
from model.plan.action import Line, taken_plan
from model.plan.action_book import written
from model.plan.prepared import prepared
from model.plan.question import Question
from model.plan.track import corrected, track
from model.report import track_said
from model.report.kept import Entry, Kept
from model.score.scenario import Scenario
from model.words.problems import LANGUAGES
from model.words.texts import words
from spaced import spaced
from strategies import sample

WAS, NOW, UNIT = sample("dak_lak_2026-09-17"), sample("dak_lak_2026-10-10"), "H15.141"
FIRST, BY = date(2026, 9, 18), date(2026, 12, 31)
FILE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def taken(rank=30):
    """A plan made of the earlier table for a rank."""
    unit, ask = WAS.league.index(UNIT), Question(rank=rank, moves="still", today=FIRST, by=BY)
    found = prepared(WAS, unit, ask, asking.time(WAS, ask, FIRST), None)
    return taken_plan(found.now, unit, found.answer.plans[0], FIRST, BY, rank, found.needed)


PLAN = taken()


def shelf(at):
    return at.session_state["shelf_of_reader"]


def page(*plans, **link):
    """The view with those plans kept, by name."""
    at = app("pages/targets.py", **({"unit": UNIT, "league": NOW.league.key} | link))
    entries = (Entry(name=name, link={"unit": UNIT}, day=FIRST, plan=plan) for name, plan in plans)
    shelf(at).kept = Kept(tuple(entries))
    return look(at)


def look(at):
    at.button_group(key="targets.view").set_value("track")
    return at.run()


def press(at, key):
    at.button(key=key).click()
    return at.run()


def rows(at, key="track.lines"):
    """The cells of a table by its heads."""
    shown = table(at, key)
    return [dict(zip([c["head"] for c in shown["columns"]], row, strict=True)) for row in shown["rows"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_s_state_figures_need_and_reason_are_the_engines(language):
    t, at = words(language), page(("Kế hoạch", PLAN), lang=language)
    found = track(PLAN, NOW, date.today(), WAS)
    assert table(at, "track.lines")["tones"] == [one.state for one in found.lines]
    for row, one in zip(rows(at), found.lines, strict=True):
        sign = {"green": "✓", "amber": "▲", "red": "✕"}[one.state]
        assert row[t("track.column_state")] == f"{sign} {t(f'track.state_{one.state}')}"
        assert row[t("track.column_path")] == spaced(f"{t.percent(one.path)} ({t.count(one.expected)})")
        actual = f"{t.percent(one.actual)} ({t.count(one.done)}/{t.count(one.due)})"
        assert row[t("track.column_actual")] == spaced(actual)
        assert row[t("track.column_why")] == spaced(track_said.reason(found, one, t))
        assert row[t("track.column_week")] == spaced(track_said.week(found, one, t))
        if one.left:
            assert spaced(row[t("track.column_week")]).startswith(t.count(one.a_week))
    counts = {state: found.count(state) for state in ("green", "amber", "red")}
    assert spaced(t("track.headline", unit="Xã Krông Bông", **counts)) in said(at)
    assert [row[t("track.meeting")] for row in rows(at, "track.meeting")] == [
        spaced(one) for one in track_said.sentences(found, t)
    ]
    places = [(row[t("effect.score_axis")], row[t("effect.rank_axis")]) for row in rows(at, "track.places")]
    told = (found.start, found.actual, found.path, found.planned)
    wanted = [(t.points(place.score), t.count(place.rank)) for place in told]
    assert places == [*wanted, (t.number(PLAN.score, 2), "30")]


def test_the_newest_kept_plan_is_checked_unless_another_is_chosen():
    at = page(("Đầu", taken(40)), ("Sau", PLAN))
    assert at.selectbox(key="track.plan").value == 1
    at.selectbox(key="track.plan").set_value(0)
    at = at.run()
    assert len(rows(at)) == len(taken(40).lines) and rows(at, "track.places")[-1]["Hạng"] == "40"


def test_without_a_plan_it_says_how_one_comes_here():
    at = page()
    assert spaced(words("vi")("track.none")) in said(at) and not at.exception


def brought(at, plan, language="vi", change=None):
    book = written(plan, NOW.edition, [], words(language))
    if change:
        opened, whole = openpyxl.load_workbook(io.BytesIO(book)), io.BytesIO()
        change(opened)
        opened.save(whole)
        book = whole.getvalue()
    at.file_uploader(key="track.file").upload("ke-hoach.xlsx", book, FILE)
    return at.run()


def test_a_workbook_is_checked_beside_the_plans_that_are_kept():
    at = brought(page(("Kế hoạch", taken(40))), PLAN)
    assert at.selectbox(key="track.plan").value == -1 and len(rows(at)) == len(PLAN.lines)
    assert shelf(at).kept.entries[0].plan != PLAN


def test_what_is_no_workbook_is_refused_and_the_plan_stays():
    at = page(("Kế hoạch", PLAN))
    at.file_uploader(key="track.file").upload("anh.xlsx", b"not a workbook", FILE)
    at = at.run()
    assert "anh.xlsx" in said(at) and len(rows(at)) == len(PLAN.lines) and not at.exception


def test_a_workbook_that_does_not_say_whose_it_is_is_taken_for_the_present_unit_s():
    def change(book):
        del book["about"]

    at = brought(page(), PLAN, change=change)
    assert not at.exception and "about" in said(at)
    assert rows(at, "track.places")[0]["Điểm"] == words("vi").points(NOW.standing.score[NOW.league.index(UNIT)])


def test_the_plan_of_another_unit_is_checked_by_its_own_row():
    at = page(("Kế hoạch", PLAN), unit="H15.198")
    assert rows(at, "track.places")[1]["Điểm"] == words("vi").points(NOW.standing.score[NOW.league.index(UNIT)])


def test_one_click_asks_for_the_same_target_of_the_newer_table():
    at = press(page(("Kế hoạch", PLAN), unit="H15.198", on_time="1.0"), "track.again")
    choice = at.session_state.session.choice
    assert (choice.unit, choice.scenario, choice.league) == (UNIT, Scenario(), NOW.league.key)
    assert choice.ask == corrected(track(PLAN, NOW, date.today(), WAS)) == Question(goal="rank", rank=30, by=BY)
    assert shelf(at).view == "ask" and "Hạng 30" in said(at) and not at.exception


def test_the_week_s_paper_is_one_click_away():
    at = page(("Kế hoạch", PLAN))
    assert any(one.proto.id.endswith("paper.week.docx") for one in at.get("download_button"))


def test_the_picture_shows_the_path_and_what_came_of_the_line_chosen():
    at = page(("Kế hoạch", PLAN))
    found = track(PLAN, NOW, date.today(), WAS)
    assert at.selectbox(key="track.picture").value == found.lines.index(found.worst[0])
    at.selectbox(key="track.picture").set_value(-1)
    at.session_state["drawer.track"] = True
    weekly = rows(at.run(), "table.track")
    t = words("vi")
    assert weekly[0] == {"Ngày": "17/9/2026", "Theo kế hoạch": "–", "Thực tế": t.points(found.start.score)}
    assert weekly[-1] == {"Ngày": "31/12/2026", "Theo kế hoạch": t.points(found.planned.score), "Thực tế": "–"}
    assert {"Ngày": "10/10/2026", "Theo kế hoạch": "–", "Thực tế": t.points(found.actual.score)} in weekly


@pytest.mark.parametrize(
    ("league", "said_of"), [("dak_lak_2026-09-17", "track_same"), ("provinces_2026-10-10", "track_unit_gone")]
)
def test_a_table_that_cannot_be_compared_says_why_and_judges_nothing(league, said_of):
    at = page(("Kế hoạch", PLAN), league=league, unit="")
    found = track(PLAN, sample(league), date.today(), WAS)
    assert [why.code for why in found.limits] == [said_of]
    shown = spaced(said(at).replace("\\", ""))
    assert spaced(found.limits[0].text("vi")) in shown and set(table(at, "track.lines")["tones"]) == {"none"}


def test_names_of_any_length_and_markup_stand_as_text():
    long = ("<img src=x onerror=alert(1)> *đậm* [x](http://x) " * 9)[:300]
    lines = (replace(PLAN.lines[0], name=long), Line(name=long), *PLAN.lines[1:])
    at = page((long, replace(PLAN, unit_name=long, lines=lines)))
    assert rows(at)[0]["Chỉ tiêu"] == long and rows(at)[1]["Vì sao"] == words("vi")("track.own_task")
    assert "<img" not in "".join(str(one.value) for one in at.markdown) and not at.exception
    assert "\\<img" in "".join(str(one.value) for one in at.caption)  # the unit's name is another now


def test_a_plan_without_dates_or_lines_is_shown_too():
    for plan in (replace(PLAN, today=None, by=None, figures=None), replace(PLAN, lines=())):
        assert not page(("Kế hoạch", plan)).exception
