"""The front door: what one sees and can do in the first ten seconds, and the browser's own habits."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

SIZES = ((1366, 768), (390, 844))
MENU = {
    "vi": ["Mô phỏng", "Kế hoạch", "Xếp hạng", "Đào tạo", "Số liệu", "Cách tính"],
    "en": ["Simulator", "Plan", "Ranking", "Training", "Data", "Method"],
}
PATHS = ("", "targets", "ranking", "training", "data", "method")


def whole(at, locator) -> bool:
    """Whether an element is wholly in the window, and nothing lies over its middle."""
    box, size = locator.bounding_box(), at.page.viewport_size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and 0 <= box["x"] < size["width"]


@pytest.mark.sweep(3)
@pytest.mark.parametrize(("size", "language"), list(product(SIZES, MENU)))
def test_the_first_screen_holds_unit_score_rank_strip_and_both_levers_that_leaders_ask_for(visit, url, size, language):
    at = visit(*size).go(f"{url}/?lang={language}")
    bar = at.page.locator(".bar")
    for seen in ("#unit", ".figure.score strong", ".figure.rank strong", ".strip", ".parts"):
        assert whole(at, at.page.locator(seen)), seen
    for lever in ("on_time", "paid_online"):
        assert whole(at, at.slider(lever)) and whole(at, at.entry(lever)), lever
        if size[0] < 600:
            slider = at.slider(lever).bounding_box()
            assert slider["y"] + slider["height"] <= bar.bounding_box()["y"], lever
    assert at.page.locator(".stMain").evaluate("node => node.scrollTop") == 0


@pytest.mark.parametrize("size", SIZES)
def test_what_if_payment_were_98_per_cent_is_answered_from_a_cold_visit_by_one_click_without_scrolling(
    visit, url, size
):
    at = visit(*size).go(url)
    before = at.rank
    chip = at.page.locator("[data-preset=paid_98]")
    assert whole(at, chip)
    chip.click()
    expect(at.page.locator(".figure.rank strong")).not_to_have_text(before)
    assert at.entry("paid_online").input_value() == "98\u00a0%"
    assert at.page.locator(".stMain").evaluate("node => node.scrollTop") == 0
    assert whole(at, at.page.locator(".figure.rank strong"))
    assert at.page.locator("[data-supposed=paid_online]").inner_text().replace("\u00a0", " ").split("\n")[:2] == [
        "Hồ sơ thanh toán trực tuyến",
        "85,79 % → 98 %",
    ]


@pytest.mark.sweep(2)
@pytest.mark.parametrize("language", MENU)
def test_each_component_in_the_row_leads_to_its_levers(visit, url, language):
    at = visit().go(f"{url}/?lang={language}")
    expect(at.page.locator(".parts button")).to_have_count(6)
    at.page.locator("[data-part=digitization]").click()
    focused = at.page.locator(".st-key-panel .panel").evaluate(
        "panel => panel.getRootNode().activeElement.closest('.component').getAttribute('aria-label')"
    )
    assert focused == at.page.locator("[data-part=digitization] span").first.inner_text()


def test_whatever_is_supposed_is_listed_with_its_way_back_and_never_folded_away(visit, url):
    at = visit().go(f"{url}/?digitized=0.5&e_results=0.9")
    supposed = at.page.locator(".supposed li")
    expect(supposed).to_have_count(2)
    assert at.slider("e_results").is_visible() and at.slider("digitized").is_visible()
    at.page.get_by_role("button", name="Mọi hồ sơ đúng hạn").click()
    expect(supposed).to_have_count(3)
    at.slider("paid_online").focus()
    at.page.keyboard.press("End")
    expect(supposed).to_have_count(4)
    at.page.locator("[data-supposed=e_results] button").click()
    expect(supposed).to_have_count(3)
    at.until_no_link("e_results")
    at.until_link("digitized=0.5")


@pytest.mark.sweep(7)
@pytest.mark.parametrize(("page", "language"), [*zip(PATHS, ("vi", "en") * 3, strict=True), ("", "en")])
def test_the_menu_is_six_links_on_one_line_and_the_page_at_hand_is_marked(visit, url, page, language):
    at = visit(1366, 800)
    at.page.goto(f"{url}/{page}?lang={language}")
    at.quiet()
    links = at.page.get_by_role("navigation", name=re.compile("Các trang|Pages")).get_by_role("link")
    expect(links).to_have_text(MENU[language])
    assert [n for n, link in enumerate(links.all()) if link.get_attribute("aria-current")] == [PATHS.index(page)]
    for width in (1366, 768, 390):
        at.page.set_viewport_size({"width": width, "height": 800})
        at.quiet()
        boxes = [link.bounding_box() for link in links.all()]
        assert len({round(box["y"]) for box in boxes}) == 1 and boxes[-1]["x"] + boxes[-1]["width"] <= width, width
        assert at.page.locator(".st-key-masthead").bounding_box()["height"] < 160
        assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_click_with_control_opens_a_page_in_a_new_tab_with_the_same_state(visit, url):
    at = visit().go(url)
    at.slider("on_time").focus()
    at.page.keyboard.press("End")
    at.until_link("on_time=1")
    with at.page.context.expect_page() as opened:
        at.page.get_by_role("link", name="Xếp hạng").click(modifiers=["Control"])
    opened.value.wait_for_url("**/ranking?**")
    assert "/ranking?" in opened.value.url and "on_time=1" in opened.value.url
    assert "/ranking" not in at.page.url


def test_back_leaves_the_page_at_the_first_press_and_takes_the_scenario_along(visit, url):
    at = visit()
    at.page.goto("about:blank")
    at.go(url)
    at.slider("on_time").focus()
    for _ in range(3):
        at.page.keyboard.press("ArrowRight")
        at.quiet()
    at.until_link("on_time=0.98")
    at.page.get_by_role("link", name="Kế hoạch").click()
    at.page.wait_for_url("**/targets?**")
    at.quiet()
    at.page.go_back()
    at.page.wait_for_url(re.compile(r"/\?.*on_time=0\.98"))
    at.settle()
    assert at.entry("on_time").input_value() == "98\u00a0%"
    at.page.go_back()
    at.page.wait_for_url("about:blank")


def test_keys_undo_and_redo_but_not_while_something_is_being_typed(visit, url):
    at = visit().go(url)
    start = at.score
    at.page.get_by_role("button", name="Mọi hồ sơ đúng hạn").click()
    at.until_score("70,29")
    at.quiet()
    at.page.keyboard.press("Control+z")
    at.until_score(start)
    at.page.keyboard.press("Control+y")
    at.until_score("70,29")
    at.quiet()
    at.entry("paid_online").fill("5")
    at.page.keyboard.press("Control+z")
    at.quiet()
    assert at.score == "70,29"


@pytest.mark.sweep(2)
@pytest.mark.parametrize(
    ("typed", "found"),
    [("krong buk", "unit=H15"), ("ha noi 126", "league=hanoi"), ("cach tinh", "/method"), ("so hoa", "chart=")],
)
def test_units_leagues_pages_and_levers_are_found_by_key(visit, url, typed, found):
    at = visit().go(url)
    at.page.keyboard.press("Control+k")
    at.page.get_by_role("dialog").get_by_role("option").nth(6).wait_for()
    at.page.keyboard.type(typed)
    at.page.keyboard.press("Enter")
    at.page.wait_for_function("found => location.href.includes(found)", arg=found)


def test_a_lever_that_was_looked_for_is_under_the_keys(visit, url):
    at = visit().go(url)
    at.page.keyboard.press("Control+k")
    at.page.get_by_role("dialog").get_by_role("option").nth(6).wait_for()
    at.page.keyboard.type("hồ sơ được số hóa")
    at.page.keyboard.press("Enter")
    at.page.keyboard.press("End")
    at.until_link("digitized=1")


@pytest.mark.sweep(4)
@pytest.mark.parametrize("size", [(683, 384), (640, 384), (390, 422), (320, 400)])
def test_the_result_bar_leaves_half_the_window_at_double_zoom(visit, url, size):
    at = visit(*size).go(f"{url}/?on_time=0.9&league=hanoi_2025-08-25&unit=10273")
    bar = at.page.locator(".bar")
    stays = bar.evaluate("bar => getComputedStyle(bar).position") != "static"
    assert not stays or bar.bounding_box()["height"] <= size[1] / 2


def test_each_page_s_title_names_it_its_unit_and_the_index(visit, url):
    at = visit().go(f"{url}/?unit=H15.198")
    expect(at.page).to_have_title("Mô phỏng · Xã Xuân Lãnh · Chỉ số 766")
    at.page.get_by_role("link", name="Kế hoạch").click()
    expect(at.page).to_have_title("Kế hoạch · Xã Xuân Lãnh · Chỉ số 766")
    at.page.get_by_role("link", name="Cách tính").click()
    expect(at.page).to_have_title("Cách tính · Chỉ số 766")


def test_the_unit_is_remembered_in_the_browser_a_link_wins_and_who_has_none_is_invited(visit, url):
    at = visit().go(url)
    label = at.page.locator("label[for=unit]")
    expect(label).to_have_text("Chọn xã, phường của bạn")
    at.page.locator("#unit").click()
    at.page.keyboard.type("xuan lanh")
    at.page.keyboard.press("Enter")
    at.until_link("unit=H15.198")
    expect(label).to_have_text("Đơn vị")
    at.go(f"{url}/?lang=vi")
    expect(at.page.locator("#unit")).to_have_value("Xã Xuân Lãnh")
    at.go(f"{url}/?unit=H15.141")
    expect(at.page.locator("#unit")).not_to_have_value("Xã Xuân Lãnh")


def test_choosing_a_league_opens_it_at_its_story_with_a_hint_what_to_try(visit, url):
    at = visit().go(url)
    hint = at.page.locator(".st-key-lead")
    expect(hint).to_contain_text("Xã Krông Bông đứng giữa bảng: thử «Mọi hồ sơ đúng hạn»")
    at.page.get_by_role("combobox", name="Bảng số liệu").click()
    at.page.get_by_role("option", name=re.compile("Hà Nội")).click()
    at.until_link("unit=10273")
    at.until_rank("1/126")
    expect(hint).to_contain_text("Xã Phú Xuyên đang dẫn đầu")
    at.page.get_by_role("button", name="Mọi hồ sơ đúng hạn").click()
    at.until_link("on_time=1")


def test_a_table_of_points_alone_opens_with_what_it_can_do(visit, url):
    at = visit().go(f"{url}/?league=provinces_2025-10-16&lang=en")
    said = at.page.locator(".opening").inner_text()
    assert "points alone" in said and "Rates implied by points" in said and "Rates the unit knows of itself" in said
    assert at.page.locator(".presets button:disabled").count() == 0


def test_a_preset_that_does_nothing_says_why_in_words(visit, url):
    at = visit().go(f"{url}/?unit=H15.198")
    assert at.page.locator(".idle").inner_text().endswith("Xử lý mọi phản ánh (không có gì để tính).")


@pytest.mark.thorough
@pytest.mark.parametrize(("size", "language"), list(zip(SIZES, MENU, strict=True)))
def test_a_link_is_copied_from_every_page_even_where_the_browser_has_no_clipboard(visit, url, size, language):
    at = visit(*size)
    at.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.addEventListener('copy', () => {"
        " window.taken = document.activeElement.shadowRoot.activeElement.value; });"
    )
    at.go(f"{url}/?lang={language}&on_time=1")
    for path in PATHS:
        if path:
            at.page.locator(f"nav a[href^='{path}']").click()
            at.page.wait_for_url(f"**/{path}?**")
        at.quiet()
        at.page.locator(".tools .share").click()
        at.page.locator("dialog .copy").click()
        expect(at.page.locator("dialog [role=status]")).to_have_text({"vi": "Đã chép.", "en": "Copied."}[language])
        assert at.page.evaluate("window.taken") == at.page.url and "on_time=1" in at.page.url
        expect(at.page.locator("dialog .qr")).to_be_visible()
        at.page.locator("dialog .shut").click()


def test_a_link_that_is_too_long_is_said_to_be_and_goes_as_a_file(visit, url):
    at = visit().go(f"{url}/?unit=H15.198&on_time=1")
    at.page.evaluate("history.replaceState(history.state, '', `${location.href}&more=${'x'.repeat(2000)}`)")
    at.page.locator(".tools .share").click()
    expect(at.page.locator("dialog [role=status]")).to_contain_text("quá 2000")
    expect(at.page.locator("dialog .copy")).to_be_hidden()
    with at.page.expect_download() as download:
        at.page.locator("dialog .file").click()
    assert download.value.suggested_filename.endswith("_H15.198.html")


@pytest.mark.thorough
@pytest.mark.parametrize(("page", "rows"), [("ranking?league=hanoi_2025-08-25", 126), ("?league=hanoi_2025-08-25", 0)])
def test_on_paper_are_all_rows_the_mark_of_made_up_figures_and_nothing_to_press(visit, url, page, rows):
    at = visit()
    at.page.add_init_script(
        "window.print = () => {"
        " window.rows = document.querySelectorAll('.paper tbody tr').length; window.printed = true; };"
    )
    at.page.goto(f"{url}/{page}")
    at.page.locator(".tools .print").wait_for()
    at.quiet()
    at.page.keyboard.press("Control+p")
    at.page.wait_for_function("window.printed", timeout=20_000)
    assert at.page.evaluate("window.rows") >= rows
    at.quiet()
    at.page.emulate_media(media="print")
    assert at.page.locator(".st-key-made_up").is_visible()
    pressed = at.page.locator("button:visible, a:visible, input[type=range]:visible").evaluate_all(
        "nodes => nodes.filter(node => !node.closest('.parts, th')).map(node => node.outerHTML)"
    )
    assert pressed == []
    assert at.page.locator("h1").is_visible()
    if rows:
        at.page.emulate_media(media="screen")
        expect(at.page.locator("table.paper")).to_have_count(0)
