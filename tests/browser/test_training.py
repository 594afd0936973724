"""A class before a projector, and its phones, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues
from model.training.facts import writers
from model.training.lesson.handout import handout
from model.training.lesson.lessons import lesson
from model.words.texts import words

UNIT = "unit=H15.141"


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "projector"), [("vi", "Máy chiếu"), ("en", "Projector")])
def test_a_lesson_is_walked_by_keyboard_before_a_projector(visit, url, language, projector) -> None:
    at = visit(1920, 1080)
    page = at.page
    page.goto(f"{url}/training?{UNIT}&lesson=late&step=2&lang={language}")
    at.rest()
    page.get_by_role("button", name=projector).click()
    expect(page.locator(".st-key-lobby")).to_be_hidden()
    board = page.locator(".st-key-board .stMarkdown p").first
    expect(board).to_be_visible()
    assert board.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 30
    page.locator(".st-key-board").click(position={"x": 5, "y": 5})
    page.keyboard.press("ArrowRight")
    at.until_link("step=3")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    at.until_link("step=2")
    expect(page.locator("#root").get_by_text("2 / 6")).to_be_visible()
    at.rest()
    slider = page.locator(".st-key-board input[type=range]").first
    slider.focus()
    slider.press("End")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(re.compile("70[,.]29"))
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert not [c for c in at.complaints if "404" not in c]


@pytest.mark.thorough
def test_the_trainees_phones_open_the_same_step_from_the_code(visit, url) -> None:
    at, phone = visit(1920, 1080), visit(390, 844)
    at.page.goto(f"{url}/training?{UNIT}&lesson=petition&step=2")
    at.rest()
    at.page.get_by_role("button", name="Mở trên điện thoại").click()
    expect(at.page.get_by_test_id("stPopoverBody").locator("img.qr")).to_be_visible()
    address = at.page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    expect(at.page.get_by_test_id("stPopoverBody")).to_contain_text("chỉ mở được trên chính máy đang chạy")
    shown = at.page.locator(".st-key-board .stMarkdown p").first.inner_text()
    phone.page.goto(address)
    phone.rest()
    expect(phone.page.locator(".st-key-board .stMarkdown p").first).to_have_text(shown)
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("language", "answer", "onward", "marks"),
    [
        ("vi", "Trả lời", ("Câu tiếp", "Xem kết quả"), "Đúng"),
        ("en", "Answer", ("Next question", "See the marks"), "right"),
    ],
)
def test_a_quiz_is_answered_to_its_marks(visit, url, language, answer, onward, marks) -> None:
    at = visit(1920, 1080) if language == "vi" else visit(390, 844)
    page = at.page
    page.goto(f"{url}/training?{UNIT}&train=quiz&seed=5&lang={language}")
    at.rest()
    button = page.get_by_role("button", name=answer)
    expect(button).to_be_disabled()
    expect(button).not_to_have_css("color", "rgb(255, 255, 255)")  # white on white: nobody could read what waits
    for number in range(8):
        page.get_by_test_id("stRadio").get_by_text("A. ").click()
        expect(button).to_be_enabled()
        button.click()
        on = page.get_by_role("button", name=onward[number == 7])
        on.click()
        expect(on).to_be_hidden()
    expect(page.locator(".st-key-board .stMarkdown p").first).to_have_text(re.compile(f"{marks}|/8|of 8"))
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("in$|print$")).last.click()
    text = saved.value.path().read_text("utf-8")
    assert "/8" in text and "<script" not in text


@pytest.mark.sweep(4)
@pytest.mark.parametrize(
    ("width", "height", "projector"), [(1366, 768, False), (390, 844, False), (1366, 768, True), (1920, 1080, True)]
)
def test_made_up_figures_bear_their_mark_in_sight_from_the_top_of_the_screen_to_its_end(
    visit, url, width, height, projector
) -> None:
    at = visit(width, height)
    page = at.page
    for mode in ("lessons&lesson=lead&step=3", "predict", "quiz"):
        page.goto(f"{url}/training?league=hanoi_2025-08-25&train={mode}")
        at.rest()
        if projector:
            page.get_by_role("button", name="Máy chiếu").click()
            expect(page.locator(".st-key-lobby")).to_be_hidden()
        mark = page.locator(".st-key-mark")
        for end in (0, 1e6):
            page.get_by_test_id("stMain").evaluate("(main, end) => main.scrollTo(0, end)", end)
            expect(mark).to_be_in_viewport(ratio=0.99)
            assert mark.evaluate(
                """mark => { const at = mark.getBoundingClientRect();
                return mark.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)); }"""
            )
        expect(mark).to_have_text("Số liệu minh họa")


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_printed_handout_of_made_up_figures_bears_its_mark_on_every_sheet_beside_what_it_says(
    visit, language
) -> None:
    league = leagues.find("hanoi_2025-08-25")
    page, base = visit().page, baseline(load(league.edition), league)
    page.set_content(handout(lesson("payment"), base, 60, language, writers(words(language))))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1009})  # an A4 sheet within its margins
    mark = page.locator(".mark")
    assert mark.evaluate("node => getComputedStyle(node).position") == "fixed"  # which paper repeats
    box = mark.bounding_box()
    assert box["x"] + box["width"] <= 680 and box["y"] + box["height"] <= 1009
    ends = page.locator("h1, p:not(.mark), table, footer").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().right)"
    )
    assert max(ends) <= box["x"]


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("language", "rate"), [("vi", "97,65 %"), ("en", "97.65 %")])
def test_a_lesson_s_slider_shows_the_rate_that_its_text_names(visit, url, language, rate) -> None:
    at = visit()
    at.page.goto(f"{url}/training?league=hanoi_2025-08-25&train=lessons&lesson=lead&step=3&lang={language}")
    at.rest()
    board = at.page.locator(".st-key-board")
    expect(board.locator(".stMarkdown p").first).to_contain_text(rate)
    expect(board.get_by_test_id("stSliderThumbValue")).to_have_text(rate)
