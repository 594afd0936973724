"""A first visit: shown around in three steps that cover nothing and can be left at once; the language is remembered."""

import pytest
from playwright.sync_api import expect

LEFT = "localStorage.getItem('index766.tour')"
FOCUSED = """() => { let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at.className; }"""


def tour(at):
    return at.page.locator(".tour")


def test_a_first_visit_is_shown_around_in_three_steps_that_move_nothing_left_by_a_key_and_called_again(visit, url):
    at = visit().go(url)
    expect(tour(at)).to_contain_text("Bước 1/3: chọn đơn vị")
    at.quiet()
    assert at.page.evaluate(FOCUSED) != "next"
    figures = at.page.locator(".bar").bounding_box()
    at.page.locator(".tour .next").focus()
    at.page.keyboard.press("Enter")
    expect(tour(at)).to_contain_text("Bước 2/3: kéo một tỷ lệ")
    at.page.keyboard.press("Enter")
    expect(tour(at)).to_contain_text("Bước 3/3")
    at.page.keyboard.press("Escape")
    expect(tour(at)).to_be_hidden()
    expect(at.page.locator(".st-key-lead")).to_be_visible()
    assert (at.page.evaluate(LEFT), at.page.evaluate(FOCUSED)) == ("left", "guide")
    assert abs(at.page.locator(".bar").bounding_box()["y"] - figures["y"]) < 8
    at.go(url)
    at.quiet()
    expect(tour(at)).to_be_hidden()
    at.page.get_by_role("link", name="Cách tính").click()
    at.page.get_by_role("button", name="Xem lại hướng dẫn nhanh").click()
    expect(tour(at)).to_contain_text("Bước 1/3")
    assert at.page.evaluate(FOCUSED) == "next"
    for _ in range(2):
        at.page.locator(".tour .next").click()
    at.page.get_by_role("button", name="Sang Kế hoạch").click()
    at.page.wait_for_url("**/targets?**")
    at.page.get_by_role("button", name="Hướng dẫn nhanh").click()
    expect(tour(at)).to_contain_text("Bước 1/3")
    assert not at.complaints


def test_who_comes_by_a_link_for_a_figure_is_not_shown_around_and_paper_has_no_steps(visit, url):
    at = visit().go(f"{url}/?on_time=0.98")
    at.quiet()
    expect(tour(at)).to_be_hidden()
    at.page.get_by_role("button", name="Hướng dẫn nhanh").click()
    expect(tour(at)).to_be_visible()
    at.page.emulate_media(media="print")
    expect(tour(at)).to_be_hidden()


@pytest.mark.thorough
def test_the_language_chosen_is_remembered_and_a_link_wins(visit, url):
    at = visit().go(url)
    at.page.get_by_role("button", name="English").click()
    at.until_link("lang=en")
    at.go(url)
    at.until_link("lang=en")
    expect(at.page.get_by_role("link", name="Method")).to_be_visible()
    at.go(f"{url}/?unit=H15.141")
    at.until_link("lang=en")
    at.go(f"{url}/?unit=H15.141&lang=vi")
    at.quiet()
    expect(at.page.get_by_role("link", name="Cách tính")).to_be_visible()


@pytest.mark.thorough
def test_single_keys_do_nothing_while_typing_and_can_be_switched_off_which_the_browser_remembers(visit, url):
    at = visit()
    step, lesson = at.page.locator(".st-key-steps"), f"{url}/training?train=lessons&lesson=lead&step=1&lang=vi"
    at.page.goto(lesson)
    expect(step).to_contain_text("1 /")
    at.quiet()
    at.page.keyboard.press("ArrowRight")
    expect(step).to_contain_text("2 /")
    at.page.get_by_role("button", name="Tìm").click()
    at.page.keyboard.press("ArrowRight")
    at.page.keyboard.press("Escape")
    at.quiet()
    expect(step).to_contain_text("2 /")
    at.page.goto(f"{url}/method?lang=vi")
    at.page.get_by_text("Phím đơn trên trang Đào tạo").click()
    at.page.wait_for_function("localStorage.getItem('index766.keys') === 'off'")
    at.page.goto(lesson)
    expect(step).to_contain_text("1 /")
    at.quiet()
    at.page.keyboard.press("ArrowRight")
    at.quiet()
    expect(step).to_contain_text("1 /")


RUNS = """() => { // how often the page's script has run from now on
  const app = document.querySelector('[data-testid="stApp"]');
  window.runs = 0;
  const count = () => { window.runs += app.dataset.testScriptState === "running"; };
  new MutationObserver(count).observe(app, { attributeFilter: ["data-test-script-state"] });
}"""


@pytest.mark.thorough
@pytest.mark.parametrize("keys", ["on", "off"])
def test_streamlits_own_keys_run_nothing_again_on_the_page_or_in_a_box_whether_single_keys_are_on_or_off(
    visit, url, keys
):
    at = visit()
    at.page.add_init_script(f"localStorage.setItem('index766.keys', '{keys}')")
    at.page.goto(f"{url}/ranking?unit=H15.141&view=time&lang=vi")
    boxes = ["#unit", ".stMultiSelect input"]
    at.page.locator(boxes[-1]).first.wait_for()
    at.quiet()
    at.page.evaluate(RUNS)
    for key in ("r", "c", "R", "C"):
        at.page.keyboard.press(key)
    for box in boxes:
        at.page.locator(box).first.click()
        at.page.keyboard.type("rcRC")
        assert at.page.locator(box).first.input_value().endswith("rcRC")
    at.quiet()
    assert at.page.evaluate("runs") == 0
    expect(at.page.get_by_role("dialog")).to_have_count(0)
