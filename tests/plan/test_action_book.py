"""A plan's workbook: it reads back to the same plan, and what was edited wrongly is named by its cell and kept."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.plan import plan as planning
from model.plan.action import TAKES, ActionPlan, Line, outcome, taken_plan, taken_scenario, tidy
from model.plan.action_book import COLUMNS, read, written
from model.plan.plan import Means, answer, scenario_of
from model.rules.files import load
from model.score.scenario import Counts, Scenario, effect
from model.table import leagues as tables
from model.words.phrases import unbroken
from model.words.problems import LANGUAGES, Problem
from model.words.texts import words
from strategies import sample

EDITION = load("766-2026")
TODAY, BY = date(2026, 11, 25), date(2026, 12, 31)
texts = st.text(max_size=40).map(tidy)
days = st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31))
rates = st.none() | st.floats(0, 1, allow_nan=False)


@st.composite
def lines(draw, key):
    """A line of a lever or a component, or with no key a task of one's own words."""
    shared = {"owner": draw(texts), "beside": draw(texts), "note": draw(texts), "by": draw(days)}
    shared["take"] = draw(st.sampled_from(TAKES))
    if not key:
        return Line(name=draw(texts.filter(bool)), **shared)
    due = draw(st.none() | st.integers(1, 10**6))
    target = draw(rates) if due is None else draw(st.integers(0, due)) / due
    start = None if due is None else draw(st.integers(0, due))
    if key in EDITION.component_index:
        target = None if target is None else target * EDITION.components[EDITION.component_index[key]].max_points
        due = start = None
    return Line(key=key, before=draw(rates), target=target, due=due, start=start, **shared)


@st.composite
def plans(draw):
    """A plan of any lines, each key once."""
    keys = draw(st.lists(st.sampled_from([*EDITION.lever_index, *EDITION.component_index]), unique=True, max_size=6))
    keys += [""] * draw(st.integers(0, 2))
    rows = tuple(draw(lines(key)) for key in draw(st.permutations(keys)))
    wanted = {"rank": draw(st.none() | st.integers(1, 3321)), "score": draw(st.none() | st.floats(0, 100))}
    about = {"league": draw(texts), "unit": draw(texts.filter(bool)), "unit_name": draw(texts)}
    dates = {"figures": draw(days), "today": draw(days), "by": draw(days)}
    return ActionPlan(edition=EDITION.key, **about, **dates, **wanted, lines=rows)


@settings(max_examples=60, deadline=None)
@given(plans(), st.sampled_from(LANGUAGES))
def test_a_plan_reads_back_from_its_workbook_as_it_was_written(plan, language):
    assert read(written(plan, EDITION, ["=1+1", ""], words(language)), "plan.xlsx", EDITION) == (plan, [])


def reached(name="dak_lak_2026-10-10", code="H15.141", places=5):
    """A sample league, a unit and its planner's answer to be some places better, taken over."""
    base = sample(name)
    unit = base.league.index(code)
    peers = np.delete(base.standing.score, unit)
    rank = int(base.rank[unit]) - places
    found = answer(base, unit, planning.score_for_rank(peers, rank), Means(more={}), peers)
    return base, unit, found.plans[0], taken_plan(base, unit, found.plans[0], TODAY, BY, rank, found.needed)


def edited(plan, change, language="vi"):
    """What is read of a plan's workbook after `change(sheet, head)` has worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(written(plan, EDITION, [], words(language))))
    change(book.worksheets[0], 3)
    whole = io.BytesIO()
    book.save(whole)
    return read(whole.getvalue(), "plan.xlsx", EDITION)


def column(key):
    return COLUMNS.index(key) + 1


def test_a_planners_answer_taken_over_reaches_what_it_claims_and_the_same_things_a_week():
    base, unit, plan, taken = reached()
    effect_, problems = outcome(base, unit, taken)
    assert (float(effect_.after.score), float(effect_.rank_after), problems) == (plan.score, plan.rank, [])
    assert taken.scenario() == scenario_of(plan)
    for line in taken.lines:
        move = plan.moves[line.key]
        assert (line.more, taken.per_week(line)) == (move.more, move.per_week((BY - TODAY).days / 7))


@pytest.mark.parametrize("name", tables.samples())
def test_a_scenario_taken_over_is_in_whole_things_and_no_worse_than_supposed(name):
    base = sample(name)
    for unit in (0, len(base.league.codes) - 1):
        for i, lever in enumerate(base.edition.levers):
            rate = float(base.anchors.levers[unit, i])
            try:
                then = effect(base, unit, supposed := Scenario({lever.key: (1 + rate) / 2 if rate == rate else 1.0}))
            except Problem:
                continue
            taken = taken_scenario(base, unit, supposed, TODAY, BY)
            if lever.better == "higher":
                assert outcome(base, unit, taken)[0].after.score >= then.after.score
            counted = base.anchors.due[unit, i] > 0 and lever.kind != "flow"
            assert isinstance(taken.scenario().changes[lever.key], Counts) or not counted or taken.lines[0].due is None


def test_a_scenario_claims_no_things_that_would_make_late_dossiers_timely():
    base, unit, _, _ = reached()
    taken = taken_scenario(base, unit, Scenario({"on_time": 1.0, "digitized": 0.5}), TODAY, BY)
    late, digitized = taken.lines
    assert (late.target, late.due, late.more, taken.per_week(late)) == (1.0, None, None, None)
    assert digitized.done - digitized.start == digitized.more > 0
    counts = taken_scenario(base, unit, Scenario({"on_time": Counts(2800, 2800)}), TODAY, BY)
    assert counts.lines[0].more is None and counts.scenario() == Scenario({"on_time": Counts(2800, 2800)})


def test_a_line_marked_maybe_or_no_is_not_counted_until_it_is():
    base, unit, _, taken = reached()
    none = replace(taken, lines=tuple(replace(line, take="maybe") for line in taken.lines))
    assert outcome(base, unit, none)[0].after.score == base.standing.score[unit]
    assert outcome(base, unit, none, ("yes", "maybe"))[0].after.score == outcome(base, unit, taken)[0].after.score


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edited_target_moves_the_things_to_do_and_an_edited_number_moves_the_target(language):
    _, _, _, taken = reached()
    line = taken.lines[0]

    def by_rate(sheet, head):
        sheet.cell(head + 1, column("target")).value = line.target - 10 / line.due

    def by_things(sheet, head):
        sheet.cell(head + 1, column("more")).value = line.more - 10

    for change in (by_rate, by_things):
        plan, problems = edited(taken, change, language)
        assert (plan.lines[0].more, plan.lines[0].done, problems) == (line.more - 10, line.done - 10, [])
        assert plan.lines[1:] == taken.lines[1:]


WRONG = [
    ("target", "chín mươi", "action_target"),
    ("target", "120 %", "action_target"),
    ("more", "nhiều", "action_more"),
    ("more", "10000000", "action_more"),
    ("take", "chắc", "action_take"),
    ("by", "cuối năm", "action_day"),
    ("by", "31/02/2026", "action_day"),
    ("key", "đúng hạn", "action_key"),
]


@pytest.mark.parametrize(("field", "text", "code"), WRONG)
def test_what_is_edited_wrongly_is_named_by_its_cell_kept_and_written_again(field, text, code):
    _, _, _, taken = reached()

    def change(sheet, head):
        sheet.cell(head + 1, column(field)).value = text

    plan, problems = edited(taken, change)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].details["cell"] == f"{'ABCDEFGHIJKL'[column(field) - 1]}4" and text in problems[0].text(
        "vi"
    ).replace("\u00a0", " ")
    assert plan.lines[0].unread[field] == text
    assert plan.lines[1:] == taken.lines[1:]
    again = openpyxl.load_workbook(io.BytesIO(written(plan, EDITION, [], words("en")))).worksheets[0]
    assert again.cell(4, column(field)).value == text


def test_figures_that_only_follow_are_told_and_written_as_they_are():
    _, _, _, taken = reached()

    def change(sheet, head):
        sheet.cell(head + 1, column("week")).value = 99999
        sheet.cell(head + 1, column("before")).value = 0.5

    plan, problems = edited(taken, change)
    assert (plan, [problem.code for problem in problems]) == (taken, ["action_follows", "action_now"])


def test_a_row_and_a_column_of_ones_own_are_kept():
    _, _, _, taken = reached()

    def change(sheet, head):
        sheet.cell(head, 13).value = "Kinh phí"
        sheet.cell(head + 1, 13).value = "5 triệu"
        row = head + 1 + len(taken.lines)
        for key, value in {"name": "Tập huấn", "target": "2 lớp", "owner": "Văn phòng", "take": "có"}.items():
            sheet.cell(row, column(key)).value = value

    plan, problems = edited(taken, change)
    assert [problem.code for problem in problems] == ["action_columns"]
    assert plan.lines[0].note == "Kinh phí: 5 triệu"
    assert plan.lines[-1] == Line(name="Tập huấn", owner="Văn phòng", unread={"target": "2 lớp"})


def test_without_its_facts_a_plan_keeps_its_targets_and_says_what_is_missing():
    _, _, _, taken = reached()

    def change(sheet, head):
        del sheet.parent["about"]

    plan, problems = edited(taken, change)
    assert problems[0].code == "action_no_facts"
    assert [line.target for line in plan.lines] == pytest.approx([line.target for line in taken.lines])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"a,b\n1,2\n"])
def test_a_file_that_is_no_workbook_is_refused(data):
    with pytest.raises(Problem):
        read(data, "plan.xlsx", EDITION)


def test_a_workbook_without_a_plan_is_refused_by_name():
    book, whole = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Chỉ tiêu", "Điểm"])
    book.save(whole)
    with pytest.raises(Problem, match="plan.xlsx"):
        read(whole.getvalue(), "plan.xlsx", EDITION)


def test_a_plan_of_other_rules_is_told_by_the_titles_of_both():
    other = load("766-2025")
    plan = ActionPlan(edition=other.key, league="x", unit="1", unit_name="Xã Một", lines=(Line(name="Việc"),))
    _, problems = read(written(plan, other, ["một"], words("vi")), "plan.xlsx", EDITION)
    (why,) = (problem for problem in problems if problem.code == "action_edition")
    for language in ("vi", "en"):
        assert all(unbroken(one.title[language]) in why.text(language) for one in (other, EDITION))
        assert "766-20" not in why.text(language)


def test_no_text_of_a_plan_is_a_live_formula():
    plan = ActionPlan(edition=EDITION.key, league="x", unit="1", unit_name="=1", lines=(Line(name="=HYPERLINK(1)"),))
    for sheet in openpyxl.load_workbook(io.BytesIO(written(plan, EDITION, ["@x"], words("vi")))):
        assert all(cell.data_type != "f" for row in sheet for cell in row)
