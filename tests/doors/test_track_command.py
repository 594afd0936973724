"""python -m model track: a plan's workbook against a newer table, as the engine has it, in figures and in words."""

import io
import json
from datetime import date

import openpyxl
import pytest
from test_command_line import refused, run

from model.plan.action_book import read
from model.plan.track import track
from model.plan.track_lines import REASONS, STATES
from model.words.problems import LANGUAGES
from model.words.texts import words
from spaced import spaced
from strategies import sample

WAS, NOW, UNIT = "dak_lak_2026-09-17", "dak_lak_2026-10-10", "H15.141"
TODAY = date(2026, 10, 12)
AT = ["--today", TODAY.isoformat()]
MADE = [WAS, "--unit", UNIT, "--rank", "30", "--by", "2026-12-31", "--today", "2026-09-18"]


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """The path of a plan's workbook."""
    path = tmp_path_factory.mktemp("plans") / "plan.xlsx"
    assert run("report", "plan", *MADE, "--out", str(path))[0] == 0
    return path


def told(*arguments, language="en"):
    status, out, err = run("track", *map(str, arguments), "--lang", language)
    assert (status, err) == (0, ""), err
    return json.loads(out)


def edited(plan, tmp_path, change):
    """The path of the plan's workbook with something in it changed."""
    book = openpyxl.load_workbook(plan)
    change(book)
    book.save(tmp_path / "edited.xlsx")
    return tmp_path / "edited.xlsx"


def without(key):
    """A change that takes one fact out of the sheet `about`."""

    def change(book):
        sheet = book["about"]
        for row in sheet.iter_rows():
            if row[0].value == key:
                row[0].value = f"# {key}"

    return change


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_the_engines(plan, language):
    made, problems = read(plan.read_bytes(), plan.name, sample(NOW).edition)
    found, answer = track(made, sample(NOW), TODAY, sample(WAS)), told(plan, NOW, *AT, language=language)
    assert not problems and (made.level, made.period) == ("commune", "year_to_date")
    assert answer["unit_code"] == UNIT and answer["as_of"] == "2026-10-10" and answer["not_compared"] == []
    names = {"left": "left", "a_week": "a_week", "more_a_week": "more_a_week", "planned_more_a_week": "planned"}
    names |= {key: key for key in ("state", "reason", "path", "actual", "done", "due", "expected", "possible")}
    for line, one in zip(answer["lines"], found.lines, strict=True):
        assert {key: line[key] for key in names} == {key: getattr(one, name) for key, name in names.items()}
        assert line["text"] and line["key"] == one.line.key and line["target"] == one.line.target
    assert answer["states"] == {state: found.count(state) for state in STATES} and answer["states"]["red"] == 1
    for name in ("start", "actual", "path", "planned"):
        place = getattr(found, name)
        assert answer["standing"][name] == {"score": round(place.score / 100, 2), "rank": place.rank}
    moved = answer["rank_moved"]
    parts = [*moved["own"].values(), *(moved[key] for key in ("risen", "fallen", "came", "went", "ties"))]
    assert sum(parts) == pytest.approx(moved["to"] - moved["from"]) == pytest.approx(-9)
    assert [one["day"] for one in answer["weekly"]][:2] == ["2026-09-18", "2026-09-25"]
    assert answer["weekly"][-1] == {
        "day": "2026-12-31",
        "score": round(found.planned.score / 100, 2),
        "lines": pytest.approx([line.target for line in made.lines]),
    }


def test_three_sentences_say_where_it_stands_what_presses_and_why_the_rank_moved(plan):
    said = [spaced(text) for text in told(plan, NOW, *AT, language="vi")["said"]]
    assert len(said) == 3
    assert said[0].startswith("Số liệu đến 10/10/2026: xã Krông Bông đạt 69,40 điểm, hạng 51/102; nếu mọi dòng đúng")
    assert "Trong 8 dòng theo dõi được có 4 dòng đúng tiến độ, 3 dòng chậm, 1 dòng khó đạt." in said[1]
    assert "Còn phải làm 661 hồ sơ, mà đến 31/12/2026 dự kiến chỉ phát sinh thêm 656." in said[1]
    assert said[2].startswith("So với bảng số liệu khi lập kế hoạch, hạng từ 60 thành 51: điểm của đơn vị góp +")


def test_without_the_plans_own_table_the_rank_is_not_explained(plan, tmp_path):
    own = edited(plan, tmp_path, without("league"))
    answer = told(own, NOW, *AT)
    assert answer["rank_moved"] is None and answer["standing"]["start"] is None
    assert "not at hand" in answer["said"][2]
    assert told(own, NOW, *AT, "--since", WAS)["rank_moved"]["from"] == 60


def test_a_table_that_cannot_be_compared_says_what_still_can_be_told(plan):
    same = told(plan, WAS, *AT)
    assert "the very day" in same["not_compared"][0] and same["standing"]["actual"]["rank"] == 60
    assert {line["reason"] for line in same["lines"]} == {"not_compared"}
    assert same["lines"][0]["actual"] == same["lines"][0]["before"]
    other = told(plan, "provinces_2026-10-10", *AT)
    assert "none of them is Xã Krông Bông" in spaced(other["not_compared"][0])
    assert other["standing"]["actual"] is None and other["standing"]["planned"] is None


def test_a_plan_of_another_edition_is_told_and_nothing_is_judged(plan):
    status, out, err = run("track", str(plan), "hanoi_2025-08-25", *AT)
    answer = json.loads(out)
    assert status == 0 and "edition" in err and answer["states"]["none"] == len(answer["lines"])


def test_a_plan_that_does_not_say_whose_it_is_asks_for_the_unit(plan, tmp_path):
    nobody = edited(plan, tmp_path, without("unit"))
    assert "--unit" in refused("track", str(nobody), NOW)
    status, out, _ = run("track", str(nobody), NOW, "--unit", UNIT, *AT)
    assert status == 0 and json.loads(out)["unit_code"] == UNIT
    assert "not of" in refused("track", str(plan), NOW, "--unit", "H15.198")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_state_has_its_words(language):
    known = words(language).group("track")
    assert set(REASONS) | {f"state_{state}" for state in STATES} <= set(known)


def test_what_is_no_plan_is_refused(tmp_path):
    path = tmp_path / "empty.xlsx"
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    path.write_bytes(book.getvalue())
    assert "empty.xlsx" in refused("track", str(path), NOW)
    assert "none.xlsx" in refused("track", str(tmp_path / "none.xlsx"), NOW)


def test_a_name_of_any_length_and_markup_stands_as_text(plan, tmp_path):
    long = "<b>*x*</b>" * 30

    def change(book):
        sheet = book[book.sheetnames[0]]
        for row in sheet.iter_rows():
            if row[-1].value == "on_time":
                row[1].value = long

    answer = told(edited(plan, tmp_path, change), NOW, *AT)
    assert answer["lines"][0]["name"] == long
