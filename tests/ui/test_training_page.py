"""The training page through app.py: lessons, predictions and questions tell what the engine computes."""

import re
from datetime import date

import numpy as np
import pytest
from test_app import app, drawn, link, said

from controls_shown import field, frames, sent
from model.rules.files import load
from model.score.baseline import baseline
from model.score.scenario import effect
from model.table import leagues as tables
from model.training.facts import writers
from model.training.lesson import lessons
from model.training.quiz import quiz as asking
from model.training.quiz.lines import told
from model.training.quiz.predict import prediction
from model.training.quiz.summary import summary
from model.words.problems import Problem
from model.words.texts import words
from spaced import spaced
from written import points

UNIT = "H15.141"


def base(name="dak_lak_2026-10-10"):
    league = tables.find(name)
    return baseline(load(league.edition), league)


def training(**more):
    at = app("pages/training.py", **{"unit": UNIT} | more)
    assert not at.exception
    return at


def plainly(text):
    return spaced(text).replace("\\", "")


@pytest.mark.sweep(3)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("league", tables.samples())
def test_every_lesson_that_holds_is_told_step_by_step_and_others_are_hidden_with_a_reason(league, language):
    at = app("pages/training.py", league=league, lang=language)
    shown = [option.split(". ", 1)[1] for option in at.selectbox(key="lesson").options]
    titles = [one.title[language] for one in lessons.lessons()]
    assert set(shown) <= set(titles) and len(shown) >= 1
    hidden = [title for title in titles if title not in shown]
    assert not at.exception and all(title in plainly(said(at)) for title in hidden)


def test_a_lesson_goes_forward_and_back_and_the_link_says_where():
    at = training(lesson="late")
    told_here = lessons.told(lessons.lesson("late"), base(), base().league.codes.index(UNIT))
    for step, one in enumerate(told_here.steps, start=1):
        assert plainly(one.said("vi", writers(words("vi")))) in plainly(said(at))
        assert not at.exception
        if step < len(told_here.steps):
            at.button(key="forward").click().run()
            assert link(at)["step"] == str(step + 1)
    assert at.button(key="forward").disabled
    at.button(key="back").click().run()
    assert link(at)["step"] == str(len(told_here.steps) - 1)


def step_shown(at):
    """All that a step shows: its words, figures, controls and the table behind its picture."""
    at = drawn(at, "picture")
    figures = [(one.label, one.value, one.delta) for one in at.metric]
    controls = [(one.label, one.value) for one in (*at.select_slider, *at.toggle)]
    return plainly(said(at)), figures, controls, [frame.values.tolist() for frame in frames(at)]


@pytest.mark.sweep(3)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("lesson", [one.key for one in lessons.lessons()])
def test_going_back_in_a_lesson_shows_each_earlier_step_as_it_was_whatever_was_moved_meanwhile(lesson, language):
    league, unit = ("hanoi_2025-08-25", "10273") if lesson == "lead" else ("dak_lak_2026-10-10", UNIT)
    codes = tables.find(league).codes
    steps = lessons.told(lessons.lesson(lesson), base(league), codes.index(unit)).steps
    at = training(league=league, unit=unit, lesson=lesson, lang=language)
    shown = [step_shown(at)]
    for _ in steps[1:]:
        shown.append(step_shown(at.button(key="forward").click().run()))
    for step, found in zip(steps, shown, strict=True):
        after = effect(base(league), codes.index(unit), step.scenario)
        assert found[1][0][1] == points(after.after.score, language)
        assert found[1][1][1] == f"{int(after.rank_after)}/{len(codes)}"
    sliders, moved = 0, 0
    for number in range(len(steps) - 1, 0, -1):
        for slider in at.select_slider:
            slider.set_value(0.0 if slider.value else 1.0).run()
            sliders, moved = sliders + 1, moved + (step_shown(at)[1] != shown[number][1])
        at.button(key="back").click().run()
        assert link(at)["step"] == str(number) and step_shown(at) == shown[number - 1]
    assert at.button(key="back").disabled and moved == sliders


def walked(league, unit):
    """Every step of every lesson that holds there, shown."""
    codes = tables.find(league).codes
    for lesson in lessons.lessons():
        try:
            steps = len(lessons.told(lesson, base(league), codes.index(unit)).steps)
        except Problem:
            continue
        for step in range(1, steps + 1):
            at = app("pages/training.py", league=league, unit=unit, lesson=lesson.key, step=str(step))
            assert not at.exception and len(at.metric) == 3, (unit, lesson.key, step)


@pytest.mark.thorough
def test_every_step_of_every_lesson_is_shown_for_a_unit_without_petitions():
    walked("dak_lak_2026-10-10", UNIT)


@pytest.mark.thorough
@pytest.mark.parametrize("league", tables.samples())
def test_every_step_of_every_lesson_is_shown_for_a_unit_near_the_bottom_of_every_league(league):
    walked(league, tables.find(league).codes[-2])


def test_the_control_of_a_step_moves_the_score_as_the_engine_does():
    at = training(lesson="late", step="5")
    slider = at.select_slider[0]
    slider.set_value(1.0).run()
    assert at.metric[0].value == "70,29" and at.metric[1].value == "43/102"


def test_a_prediction_unfolds_line_by_line_to_the_engine_s_answer():
    at = training(train="predict", seed="4")
    asked = prediction(base(), 4000, 1)
    write = writers(words("vi"))
    assert plainly(told(asked.prompt, "vi", write)) in plainly(said(at))
    sent(at, "guess", guesses="60 61,5 70")
    for _ in asked.steps[1:]:
        next(b for b in at.button if b.label == "Mở tiếp").click().run()
    text = plainly(said(at))
    assert all(plainly(told(line, "vi", write)) in text for line in asked.steps)
    assert f"Đáp án: **{write['points'](asked.answer.value)}**" in text and "3 số đoán" in text
    next(b for b in at.button if b.label == "Lượt tiếp").click().run()
    assert "Lượt 2" in said(at)


def test_a_guess_that_is_no_number_is_named_and_nothing_is_revealed():
    at = training(train="predict")
    sent(at, "guess", guesses="sáu mươi")
    assert "sáu mươi" in field(at, "guesses")["wrong"] and field(at, "guesses")["value"] == "sáu mươi"
    assert not any(b.label == "Mở tiếp" for b in at.button)


def test_a_round_all_answered_right_has_all_its_marks_and_a_reset_begins_anew():
    at = training(train="quiz", seed="9")
    asked = asking.questions(base(), 9, 8)
    for question in asked:
        assert plainly(told(question.prompt, "vi", writers(words("vi")))) in plainly(said(at))
        at.radio[0].set_value(question.right).run()
        next(b for b in at.button if b.label == "Trả lời").click().run()
        assert at.success[0].value == "Đúng." and not at.exception
        next(b for b in at.button if b.label in ("Câu tiếp", "Xem kết quả")).click().run()
    assert "Đúng **8/8** câu" in said(at)
    at.button(key="reset").click().run()
    assert "Câu 1/8" in said(at)


def test_the_same_seed_gives_the_same_round_and_another_seed_another():
    one, two, three = (said(training(train="quiz", seed=seed)) for seed in ("9", "9", "10"))
    assert one == two != three


def test_a_wrong_answer_is_shown_beside_the_right_one_with_what_to_remember():
    at = training(train="quiz", seed="9")
    question = asking.questions(base(), 9, 8)[0]
    at.radio[0].set_value((question.right + 1) % len(question.options)).run()
    next(b for b in at.button if b.label == "Trả lời").click().run()
    assert at.error[0].value == "Chưa đúng." and re.search(r"\*\*✓ [A-D]\.", said(at))
    assert "Cần nhớ" in at.info[0].value


def test_a_league_of_points_alone_still_teaches_and_asks():
    at = app("pages/training.py", league="provinces_2026-10-10", train="quiz", seed="2")
    assert not at.exception and "Câu 1/8" in said(at)


def test_a_lesson_or_a_step_that_is_none_is_named_and_left_out():
    at = app("pages/training.py", unit=UNIT, lesson="moon", step="x", train="sleep")
    assert not at.exception
    assert all(text in at.warning[0].value for text in ("moon", "sleep"))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("mode", ["lessons", "predict", "quiz"])
def test_made_up_figures_bear_their_mark_before_a_projector_too_and_real_ones_none(mode, language):
    mark = f"**{words(language)('league.illustrative')}**"
    at = app("pages/training.py", league="hanoi_2025-08-25", train=mode, lang=language)
    for _ in range(2):
        assert [text.value for text in at.markdown].count(mark) == 2 and not at.exception  # in sight, and on paper
        at.button(key="projector").click().run()
    assert mark not in said(training(train=mode, lang=language))


@pytest.mark.sweep(3)
@pytest.mark.parametrize("league", tables.samples())
def test_a_picture_s_legend_and_table_name_what_its_bars_are(league):
    """The light bars are the most that a criterion can earn, or the mean of the others, never just another."""
    unit, seen = tables.find(league).codes[1], set()
    for lesson in lessons.lessons():
        try:
            steps = lessons.told(lesson, base(league), tables.find(league).codes.index(unit)).steps
        except Problem:
            continue
        for number, step in enumerate(steps, start=1):
            if step.picture is None or step.picture.kind != "pairs" or step.picture.of in seen:
                continue
            seen.add(step.picture.of)
            at = app("pages/training.py", league=league, unit=unit, lesson=lesson.key, step=str(number))
            at = drawn(at, "picture")
            heads = list(frames(at)[0].columns)
            light = "Tối đa" if step.picture.of else "Trung bình các đơn vị khác"
            assert f"thanh nhạt: {light.lower()}" in said(at) and heads[2] == light
    assert seen or np.isnan(tables.find(league).due).all()  # points alone


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_lesson_s_slider_stands_at_the_very_rate_that_the_text_names(language):
    league, t = base(), words(language)
    unit, seen = league.league.codes.index(UNIT), 0
    for lesson in lessons.lessons():
        try:
            steps = lessons.told(lesson, league, unit).steps
        except Problem:
            continue
        for number, step in enumerate(steps, start=1):
            if not step.levers:
                continue
            at = training(lesson=lesson.key, step=str(number), lang=language)
            if at.toggle:  # counts are supposed or not
                continue
            for lever, slider in zip(step.levers, at.select_slider, strict=True):
                now = float(league.anchors.levers[unit, league.edition.lever_index[lever]])
                start = float(step.scenario.changes.get(lever, now))
                assert slider.value == start and t.percent(start) in slider.options
                assert t.percent(now) in slider.options and slider.options[0] == t.percent(0.0)
                seen += start != round(start, 2)
    assert seen >= 3


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_code_says_what_a_phone_opens_and_only_a_lesson_opens_at_the_step_shown(language):
    for mode in ("lessons", "predict", "quiz"):
        at = training(train=mode, seed="9", lang=language)
        at.session_state["phones"] = True
        told_here = said(at.run())
        others = {words(language)(f"training.phones_{other}") for other in ("lessons", "predict", "quiz")}
        own = words(language)(f"training.phones_{mode}")
        assert own in told_here and not any(other in told_here for other in others - {own})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_printed_summary_bears_the_mark_of_made_up_figures_and_of_no_others(language):
    t = words(language)
    for league, marked in (("hanoi_2025-08-25", 1), ("dak_lak_2026-10-10", 0)):
        asked = asking.questions(base(league), 9, 8)
        marks = asking.marked(asking.Round(league, "", 9, ()), asked)
        sheet = summary(base(league), 9, marks, "Lớp <A>", t, date(2026, 11, 1))
        assert sheet.count(f'<p class="mark">{t("league.illustrative")}</p>') == marked
        assert "Lớp &lt;A&gt;" in sheet
