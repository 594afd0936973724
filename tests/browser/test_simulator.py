"""The simulator as its users use it, in a real browser."""

import re

from playwright.sync_api import expect

SCROLLED = """top => { const main = document.querySelector(".stMain");
  return main.scrollTop > top || main.scrollTop + main.clientHeight >= main.scrollHeight - 1; }"""


def test_holding_the_keyboard_on_a_lever_moves_score_rank_and_chart(visit, url):
    at = visit().go(url)
    before = at.score, at.rank
    at.slider("on_time").focus()
    for _ in range(4):
        at.page.keyboard.press("ArrowRight")
    at.until_link("on_time=0.99")
    assert at.score != before[0] and at.rank != before[1]
    assert "+0,69" in at.page.locator(".fall").inner_text()
    assert "Tiến độ giải quyết +0,69" in at.page.locator(".fall").get_attribute("aria-label")
    expect(at.page.locator(".sentence")).to_contain_text("lên 99\u00a0%")
    assert at.page.locator(".curve").count() == 2
    assert not at.complaints


def test_dragging_with_the_mouse_recomputes_before_the_button_is_released(visit, url):
    at = visit().go(url)
    slider = at.slider("e_results") if at.slider("e_results").is_visible() else at.slider("digitized")
    slider.scroll_into_view_if_needed()
    box, before = slider.bounding_box(), at.score
    at.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    at.page.mouse.down()
    at.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2, steps=5)
    expect(at.page.locator(".figure.score strong")).not_to_have_text(before)
    at.page.mouse.up()
    at.until_link("digitized=1")


def test_a_shared_link_shows_the_same_thing_in_another_browser(visit, url):
    one = visit().go(f"{url}/?league=dak_lak_2026-10-10&unit=H15.198&lang=vi")
    one.entry("on_time").fill("2700/2735")
    one.entry("on_time").press("Enter")
    one.until_link("on_time=2700")
    two = visit().go(one.page.url)
    assert (two.score, two.rank) == (one.score, one.rank)
    assert two.entry("on_time").input_value() == one.entry("on_time").input_value()
    assert two.page.locator("#unit").input_value() == "Xã Xuân Lãnh"


def test_a_link_with_values_of_no_use_says_which_and_why_and_uses_the_rest(visit, url):
    at = visit().go(f"{url}/?unit=H15.198&on_time=98&paid_online=0.98&petitions_on_time=1&nonsense=1")
    alert = at.page.get_by_test_id("stAlert").inner_text()
    assert "on_time" in alert and "98%" in alert and "petitions_on_time=0/1" in alert and "nonsense" in alert
    assert at.entry("paid_online").input_value() == "98\u00a0%"
    assert "Traceback" not in at.page.content()


def test_undo_redo_and_reset_walk_through_what_was_done(visit, url):
    at = visit().go(url)
    start = at.score
    at.page.get_by_role("button", name="Mọi hồ sơ đúng hạn").click()
    at.until_link("on_time=1")
    at.until_score("70,29")
    moved = at.score
    at.page.get_by_role("button", name="Hoàn tác").click()
    at.until_no_link("on_time")
    at.until_score(start)
    assert start != moved
    at.page.get_by_role("button", name="Làm lại").click()
    at.until_score(moved)
    at.page.locator("[data-act=reset]").click()
    at.until_score(start)
    at.until_no_link("on_time")


def test_a_unit_is_found_without_diacritics_and_by_keyboard_alone(visit, url):
    at = visit().go(f"{url}/?league=hanoi_2025-08-25")
    at.page.locator("#unit").click()
    at.page.keyboard.type("phu xuyen")
    at.page.keyboard.press("Enter")
    at.until_link("unit=10273")
    at.settle()
    assert (at.score, at.rank) == ("94,73", "1/126")
    assert at.page.get_by_text("Số liệu minh họa").first.is_visible()


def test_no_scenario_is_lost_when_language_page_or_undo_come_in_mid_drag(visit, url):
    at = visit().go(url)
    at.slider("on_time").focus()
    at.page.keyboard.down("End")  # held: nothing released yet
    at.press_like_a_hand("button", "English")
    at.until_link("lang=en")
    at.until_link("on_time=1")
    at.page.keyboard.up("End")
    at.until_score("70.29")
    score = at.score
    at.slider("paid_online").evaluate("node => node.closest('details')?.setAttribute('open', '')")
    at.slider("paid_online").focus()
    at.page.keyboard.down("Home")
    at.press_like_a_hand("link", "Method")
    at.page.get_by_text("How Index 766 is computed").wait_for()
    at.until_link("paid_online=0")
    at.page.keyboard.up("Home")
    at.page.get_by_role("link", name="Simulator").click()
    at.settle()
    at.until_link("paid_online=0")
    assert at.entry("paid_online").input_value() == "0\u00a0%"
    assert at.entry("on_time").input_value() == "100\u00a0%"
    at.page.get_by_role("button", name="Undo").click()
    at.until_no_link("paid_online")
    at.until_score(score)


def test_the_exact_entry_takes_comma_point_counts_and_more_and_names_what_it_cannot_take(visit, url):
    at = visit().go(f"{url}/?unit=H15.198")
    for typed, link in (
        ("98,5", "on_time=0.985"),
        ("97.25 %", "on_time=0.9725"),
        ("2.700/2.735", "on_time=2700/2735"),
        ("+12", "on_time=2712/2735"),
    ):
        at.entry("on_time").fill(typed)
        at.entry("on_time").press("Enter")
        at.until_link(link)
    at.entry("on_time").fill("rất nhiều")
    at.entry("on_time").press("Enter")
    assert "Không hiểu «rất nhiều»" in at.page.locator("[data-lever=on_time] .wrong").inner_text()
    assert "on_time=2712" in at.page.url


def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_result_stays_in_sight(visit, url):
    at = visit(390, 844).go(f"{url}/?on_time=1")
    for _ in range(6):
        assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert at.page.locator(".figure.score strong").bounding_box()["y"] < 844
        top = at.page.locator(".stMain").evaluate("node => node.scrollTop")
        at.page.mouse.wheel(0, 700)
        at.page.wait_for_function(SCROLLED, arg=top)
    assert not at.complaints


def test_on_a_screen_the_result_bar_stays_in_sight_to_the_end_of_the_page(visit, url):
    at = visit().go(f"{url}/?on_time=1")
    at.page.locator(".stMain").evaluate("node => node.scrollTo(0, node.scrollHeight)")
    at.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    box = at.page.locator(".bar").bounding_box()
    assert 0 <= box["y"] < 100


def test_markup_in_a_link_is_shown_as_text_and_never_run(visit, url):
    name = "%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E"
    points = "".join(
        f"&own.{key}=5"
        for key in ("transparency", "progress", "online_services", "online_payment", "satisfaction", "digitization")
    )
    at = visit().go(f"{url}/?own.name={name}&unit=own{points}")
    assert at.page.locator("#unit").input_value() == "<img src=x onerror=window.hacked=1>"
    assert at.score == "30,00"
    assert at.page.evaluate("window.hacked") is None
    assert at.page.locator("img[src=x]").count() == 0


def test_every_control_of_the_panel_has_a_name(visit, url):
    at = visit().go(f"{url}/?league=provinces_2026-10-10")
    nameless = at.page.locator(".st-key-panel .panel").evaluate("""panel =>
        [...panel.querySelectorAll('input, button, summary')].filter(node =>
            !node.getAttribute('aria-label') && !node.textContent.trim() && !(node.labels && node.labels.length)
        ).map(node => node.outerHTML)""")
    assert nameless == []
    assert re.search(r"\d", at.page.locator(".st-key-panel input[type=range]").first.get_attribute("aria-valuetext"))
