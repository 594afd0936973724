"""The front door: what one sees and can do in the first ten seconds, and the browser's own habits."""

import re
from itertools import product
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from browser.engine import by_points, by_rates, listed, supposed
from model.score.scenario import Scenario
from model.words.texts import words
from strategies import sample

SIZES = ((1366, 768), (390, 844))
MENU = {
    "vi": ["Mô phỏng", "Kế hoạch", "Xếp hạng", "Đào tạo", "Số liệu", "Cách tính"],
    "en": ["Simulator", "Plan", "Ranking", "Training", "Data", "Method"],
}
PATHS = ("", "targets", "ranking", "training", "data", "method")
ASKED = ["on_time", "paid_online"]  # levers that leaders ask for
ROWS = """panel => { // components, each with its levers, from the top of the page to its foot
  panel.querySelectorAll("details").forEach((node) => { node.open = true; });
  const top = (node) => node.getBoundingClientRect().top;
  const downwards = (root, what) => [...root.querySelectorAll(what)].sort((a, b) => top(a) - top(b));
  return downwards(panel, ".component").map((part) =>
    [part.getAttribute("aria-label"), downwards(part, "[data-lever]").map((row) => row.dataset.lever)]); }"""

SLOW_LINE = """(() => { // what is sent takes 150 ms, and what comes too
  const Quick = WebSocket;
  WebSocket = class extends Quick {
    send(data) { setTimeout(() => super.send(data), 150); }
    set onmessage(hear) { this.addEventListener("message", (event) => setTimeout(hear, 150, event)); }
  }; })();"""


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


@pytest.mark.sweep(3)
@pytest.mark.parametrize(("language", "size"), list(product(MENU, SIZES)))
def test_what_if_payment_were_98_per_cent_is_answered_from_a_cold_visit_by_one_click_without_scrolling(
    visit, url, language, size
):
    at = visit(*size).go(url if language == "vi" else f"{url}/?lang=en")
    before = at.rank
    chip = at.page.locator("[data-preset=paid_98]")
    assert whole(at, chip)
    chip.click()
    expect(at.page.locator(".figure.rank strong")).not_to_have_text(before)
    assert at.entry("paid_online").input_value() == "98\u00a0%"
    assert at.page.locator(".stMain").evaluate("node => node.scrollTop") == 0
    assert whole(at, at.page.locator(".figure.rank strong"))
    assert at.rank == "44/102"
    assert (
        at.page.locator("[data-supposed=paid_online]").inner_text().replace("\u00a0", " ").split("\n")[:2]
        == {
            "vi": ["Hồ sơ thanh toán trực tuyến", "85,79 % → 98 %"],
            "en": ["Dossiers paid online", "85.79 % → 98 %"],
        }[language]
    )


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, SIZES, strict=True)))
def test_each_component_in_the_row_leads_to_its_levers_none_of_which_has_a_component_s_name(visit, url, language, size):
    at = visit(*size).go(f"{url}/?lang={language}")
    expect(at.page.locator(".parts button")).to_have_count(6)
    at.page.locator("[data-part=digitization]").click()
    focused = at.page.locator(".st-key-panel .panel").evaluate(
        "panel => panel.getRootNode().activeElement.closest('.component').getAttribute('aria-label')"
    )
    assert focused == at.page.locator("[data-part=digitization] span").first.inner_text()
    panel = at.page.locator(".st-key-panel .panel")
    components = panel.locator(".parts button span:first-child").all_inner_texts()
    levers = panel.locator("[data-lever] label").all_text_contents()  # folded away or not
    assert len(components) == 6 and len(levers) > 12
    assert not {name.casefold() for name in components} & {name.casefold() for name in levers}
    for name in components:
        expect(panel.get_by_role("region", name=name, exact=True)).to_have_count(1)
        expect(panel.get_by_role("slider", name=name, exact=True, include_hidden=True)).to_have_count(0)


def stand_by_what_they_bring(at, league, code, language):
    """Levers asked for stand first and open; then come components and levers by what the engine says that they bring,
    components moved in points after those moved by rates. No edition lists them so."""
    base = sample(league)
    unit, named = base.league.index(code), {words(language).of(c.name): c.key for c in base.edition.components}
    rates = by_rates(base, unit)
    asked = [key for key in ASKED if key in rates]
    assert asked and all(at.slider(key).is_visible() for key in asked)
    shown = {named[name]: rows for name, rows in at.page.locator(".st-key-panel .panel").evaluate(ROWS)}
    parts = list(shown)
    assert parts[:2] == ["progress", "online_payment"] and [shown[part][0] for part in parts[: len(asked)]] == asked
    assert {key for rows in shown.values() for key in rows if key not in parts} == set(rates)
    brought = []
    for part, rows in shown.items():
        brings = [rates[key] for key in rows if key in rates and key not in asked]
        assert brings == sorted(brings, reverse=True), rows
        brought.append((max(brings, default=0), by_points(base, unit, part) if part in rows else 0))
    assert brought[2:] == sorted(brought[2:], reverse=True), parts
    assert parts[2:] != [part for part in named.values() if part in parts[2:]]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("league", "code", "language", "size"),
    [
        ("hanoi_2025-08-25", "00640", "vi", SIZES[1]),
        ("dak_lak_2026-10-10", "H15.181", "en", SIZES[1]),
        ("provinces_2026-10-10", "H15", "vi", SIZES[0]),
        ("provinces_2025-10-16", "H05", "en", SIZES[0]),
        ("an_giang_2025-10-16", "H01.187", "en", SIZES[1]),
    ],
)
def test_levers_asked_for_stand_first_and_the_others_by_what_the_engine_says_that_they_bring(
    visit, url, league, code, language, size
):
    at = visit(*size).go(f"{url}/?league={league}&unit={code}&lang={language}")
    stand_by_what_they_bring(at, league, code, language)


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, SIZES, strict=True)))
def test_whatever_is_supposed_by_link_preset_hand_or_undo_is_listed_with_its_way_back_and_never_folded_away(
    visit, url, language, size
):
    at = visit(*size).go(f"{url}/?digitized=0.5&e_results=0.9&lang={language}")
    supposed = at.page.locator(".supposed li")

    def listed(*levers):
        expect(supposed).to_have_count(len(levers))
        for lever in levers:
            assert at.page.locator(f"[data-supposed={lever}]").is_visible() and at.slider(lever).is_visible(), lever

    listed("digitized", "e_results")
    at.page.locator("[data-preset=all_on_time]").click()
    listed("digitized", "e_results", "on_time")
    slider = at.slider("paid_online")
    slider.scroll_into_view_if_needed()
    middle = {"x": 4.0, "y": slider.bounding_box()["height"] / 2}
    (slider.tap if size[0] < 600 else slider.click)(position=middle)
    listed("digitized", "e_results", "on_time", "paid_online")
    at.page.locator("[data-supposed=e_results] button").click()
    listed("digitized", "on_time", "paid_online")
    at.until_no_link("e_results")
    at.page.locator("[data-act=undo]").click()
    listed("digitized", "e_results", "on_time", "paid_online")
    at.page.locator("[data-act=reset]").click()
    listed()
    at.page.locator("[data-act=undo]").click()
    listed("digitized", "e_results", "on_time", "paid_online")
    at.until_link("digitized=0.5")


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "size"), list(product(MENU, SIZES)))
def test_a_component_supposed_in_points_is_told_from_a_lever_and_listed_as_the_engine_has_it(
    visit, url, language, size
):
    base = sample("provinces_2025-10-16")
    scenario = Scenario({"satisfaction": 16.5, "on_time": 0.97, "digitization": 21.0})
    link = "&".join(f"{key}={text}" for key, text in scenario.texts().items())
    at = visit(*size).go(f"{url}/?league={base.league.key}&unit=H15&{link}&lang={language}")
    assert listed(at) == supposed(base, base.league.index("H15"), scenario, language)
    components = {words(language).of(c.name) for c in base.edition.components}
    assert not components & {name for _, name, *_ in listed(at)}


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


@pytest.mark.sweep(4)
@pytest.mark.parametrize(("size", "language"), list(product(reversed(SIZES), MENU)))
def test_a_click_with_control_opens_a_page_in_a_new_tab_with_the_same_state(visit, url, size, language):
    at = visit(*size).go(f"{url}/?unit=H15.141&lang={language}")
    at.slider("on_time").focus()
    at.page.keyboard.press("End")
    at.until_link("on_time=1")
    state = set(parse_qsl(urlsplit(at.page.url).query))
    with at.page.context.expect_page() as opened:
        at.page.get_by_role("link", name=MENU[language][2]).click(modifiers=["Control"])
    opened.value.wait_for_url("**/ranking?**")
    score = {"vi": "70,29", "en": "70.29"}[language]
    expect(opened.value.get_by_test_id("stMarkdownContainer").filter(has_text=score).first).to_be_visible()
    assert state <= set(parse_qsl(urlsplit(opened.value.url).query))
    assert "/ranking" not in at.page.url and at.score == score  # the page at hand stays


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, SIZES, strict=True)))
def test_back_leaves_the_page_at_the_first_press_and_takes_the_scenario_along(visit, url, language, size):
    at = visit(*size)
    at.page.goto("about:blank")
    at.go(url if language == "vi" else f"{url}/?lang=en")
    at.slider("on_time").focus()
    for _ in range(3):
        at.page.keyboard.press("ArrowRight")
        at.quiet()
    at.until_link("on_time=0.98")
    at.page.get_by_role("link", name=MENU[language][1]).click()
    at.page.wait_for_url("**/targets?**")
    at.quiet()
    at.page.go_back()
    at.page.wait_for_url(re.compile(r"/\?.*on_time=0\.98"))
    at.settle()
    assert at.entry("on_time").input_value() == "98\u00a0%"
    at.page.go_back()
    at.page.wait_for_url("about:blank")


def test_who_clicks_on_over_a_slow_line_keeps_the_page_and_what_is_supposed(visit, url):
    at, came = visit(), []
    at.page.on("websocket", lambda line: line.on("framereceived", lambda data: came.append(data)))
    at.page.add_init_script(SLOW_LINE)
    at.page.goto(f"{url}/?lang=vi&unit=H15.141&on_time=0.98")
    at.settle()
    wanted = at.score
    for page, looked in (*((1, 1500), (4, 1500), (2, 30), (0, 1500)) * 2, (3, 30), (0, 1500)):
        at.page.get_by_role("link", name=MENU["vi"][page], exact=True).click()
        at.page.wait_for_timeout(looked)  # at a page that one wants to see; past another the finger goes on
    at.page.wait_for_function("location.pathname === '/'")
    at.settle()
    assert at.score == wanted and not at.complaints
    names = [ForwardMsg.FromString(one).HasField("ref_hash") for one in came]
    assert len(names) > 100 and not any(names)  # all is sent as it is, so that nothing can be missing


def test_over_a_slow_line_a_change_is_neither_lost_by_a_quick_click_nor_left_in_the_link(visit, url):
    at = visit()
    at.page.add_init_script(SLOW_LINE)
    at.page.goto(f"{url}/?lang=vi&unit=H15.141")
    at.settle()
    at.page.wait_for_timeout(2500)  # one looks at the page
    at.slider("on_time").focus()
    at.page.keyboard.press("End")
    at.page.wait_for_timeout(50)  # too soon for the browser to hear of the link that follows
    at.page.get_by_role("link", name=MENU["vi"][1]).click()
    at.page.wait_for_url("**/targets?**")
    at.until_link("on_time=1")
    at.page.get_by_role("link", name=MENU["vi"][0]).click()
    at.page.wait_for_function("location.pathname === '/'")
    at.settle()
    reset = at.page.locator(".st-key-panel [data-act=reset]")
    reset.click()
    at.until_no_link("on_time")
    at.slider("on_time").focus()
    at.page.keyboard.press("End")
    reset.click()
    at.page.wait_for_timeout(1000)  # in which a link may still come
    assert "on_time" not in at.page.url


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
    ("language", "typed", "found"),
    [
        ("vi", "krong buk", "unit=H15"),
        ("vi", "ha noi 126", "league=hanoi"),
        ("vi", "cach tinh", "/method"),
        ("vi", "so hoa", "chart="),
        *(
            pytest.param("en", *one, marks=pytest.mark.thorough)
            for one in (("xa krong buk", "unit=H15"), ("hanoi", "league=hanoi"))
        ),
        *(
            pytest.param("en", *one, marks=pytest.mark.thorough)
            for one in (("training", "/training"), ("digitized", "chart="))
        ),
    ],
)
def test_units_leagues_pages_and_levers_are_found_by_key_or_by_the_button_of_a_phone(
    visit, url, language, typed, found
):
    at = visit(*SIZES[language == "en"]).go(f"{url}/?lang={language}")
    if language == "en":
        at.page.locator(".tools .find").tap()
    else:
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


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "size", "pages"), [("vi", SIZES[0], (0, 1, 5)), ("en", SIZES[1], range(6))])
def test_each_page_s_title_names_it_its_unit_and_the_index(visit, url, language, size, pages):
    at = visit(*size).go(f"{url}/?unit=H15.198&lang={language}")
    index = {"vi": "Chỉ số 766", "en": "Index 766"}[language]
    for page in pages:
        name, unit = MENU[language][page], " · Xã Xuân Lãnh" if page < 4 else ""
        at.page.get_by_role("link", name=name, exact=True).click()
        expect(at.page).to_have_title(f"{name}{unit} · {index}")


@pytest.mark.sweep(2)
@pytest.mark.parametrize(
    ("size", "language", "invited", "named"),
    [
        (SIZES[0], "vi", "Chọn xã, phường của bạn", "Đơn vị"),
        (SIZES[1], "en", "Choose your commune or ward", "Unit"),
    ],
)
def test_the_unit_is_remembered_in_the_browser_a_link_wins_and_who_has_none_is_invited(
    visit, url, size, language, invited, named
):
    at = visit(*size).go(f"{url}/?lang={language}")
    label = at.page.locator("label[for=unit]")
    expect(label).to_have_text(invited)
    at.page.locator("#unit").click()
    at.page.keyboard.type("xuan lanh")
    at.page.keyboard.press("Enter")
    at.until_link("unit=H15.198")
    expect(label).to_have_text(named)
    at.go(f"{url}/?lang={language}")
    expect(at.page.locator("#unit")).to_have_value("Xã Xuân Lãnh")
    at.go(f"{url}/?unit=H15.141")
    expect(at.page.locator("#unit")).not_to_have_value("Xã Xuân Lãnh")


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, SIZES, strict=True)))
def test_choosing_a_league_opens_it_at_its_story_with_a_hint_what_to_try_its_levers_by_what_they_bring_there(
    visit, url, language, size
):
    at = visit(*size).go(f"{url}/?lang={language}")
    hint, preset = at.page.locator(".st-key-lead"), at.page.locator("[data-preset=all_on_time]")
    middle, leads = {
        "vi": ("Xã Krông Bông đứng giữa bảng: thử «Mọi hồ sơ đúng hạn»", "Xã Phú Xuyên đang dẫn đầu"),
        "en": ("Xã Krông Bông stands in the middle: try “Every dossier on time”", "Xã Phú Xuyên leads"),
    }[language]
    expect(hint).to_contain_text(middle)
    at.page.get_by_role("combobox", name={"vi": "Bảng số liệu", "en": "League"}[language]).click()
    at.page.get_by_role("option", name=re.compile("Hà Nội|Hanoi")).click()
    at.until_link("unit=10273")
    at.until_rank("1/126")
    expect(hint).to_contain_text(leads)
    stand_by_what_they_bring(at, "hanoi_2025-08-25", "10273", language)
    preset.click()
    at.until_link("on_time=1")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("language", "size", "parts"),
    [
        ("en", SIZES[0], ("points alone", "Rates implied by points", "Rates the unit knows of itself")),
        ("vi", SIZES[1], ("chỉ có điểm", "Tỷ lệ suy ra từ điểm", "Tỷ lệ đơn vị tự biết")),
    ],
)
def test_a_table_of_points_alone_opens_with_what_it_can_do(visit, url, language, size, parts):
    at = visit(*size).go(f"{url}/?league=provinces_2025-10-16&lang={language}")
    said = at.page.locator(".opening").inner_text()
    assert all(part in said for part in parts)
    assert at.page.locator(".presets button:disabled").count() == 0


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("language", "size", "why"),
    [
        ("vi", SIZES[0], "Xử lý mọi phản ánh (không có gì để tính)."),
        ("en", SIZES[1], "All petitions answered (nothing due)."),
    ],
)
def test_a_preset_that_does_nothing_says_why_in_words(visit, url, language, size, why):
    at = visit(*size).go(f"{url}/?unit=H15.198&lang={language}")
    assert at.page.locator(".idle").inner_text().replace("\u00a0", " ").endswith(why)


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, reversed(SIZES), strict=True)))
def test_on_a_phone_the_link_goes_to_its_own_share_sheet(visit, url, language, size):
    at = visit(*size)
    at.page.add_init_script(
        "Object.defineProperty(navigator, 'share', { value: async (given) => { window.sent = given; } });"
    )
    at.go(f"{url}/?unit=H15.198&on_time=1&lang={language}")
    at.page.locator(".tools .share").click()
    at.page.get_by_role("button", name={"vi": "Gửi đi", "en": "Send it"}[language]).click()
    title = {"vi": "Mô phỏng · Xã Xuân Lãnh · Chỉ số 766", "en": "Simulator · Xã Xuân Lãnh · Index 766"}[language]
    assert at.page.evaluate("window.sent") == {"title": title, "url": at.page.url} and "on_time=1" in at.page.url
    assert len(at.page.url) < 2000


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, SIZES, strict=True)))
def test_what_surrounds_the_figures_is_one_line_the_same_on_every_page(visit, url, language, size):
    at, told = visit(*size), set()
    for path in PATHS[:4]:
        at.page.goto(f"{url}/{path}?unit=H15.141&lang={language}")
        at.page.locator(".st-key-about").wait_for()
        at.quiet()
        line = at.page.locator(".st-key-about")
        told.add(line.inner_text())
        assert line.bounding_box()["height"] < 40
    (said,) = told
    for part in ("10/10/2026", "102 đơn vị", "+") if language == "vi" else ("10 October 2026", "102 units", "+"):
        assert part in said.replace("\u00a0", " ")


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


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "size"), list(zip(MENU, SIZES, strict=True)))
def test_a_link_that_is_too_long_is_said_to_be_and_goes_as_a_file(visit, url, language, size):
    at = visit(*size).go(f"{url}/?unit=H15.198&on_time=1&lang={language}")
    at.page.evaluate("history.replaceState(history.state, '', `${location.href}&more=${'x'.repeat(2000)}`)")
    at.page.locator(".tools .share").click()
    expect(at.page.locator("dialog [role=status]")).to_contain_text({"vi": "quá 2.000", "en": "2,000"}[language])
    expect(at.page.locator("dialog .copy")).to_be_hidden()
    with at.page.expect_download() as download:
        at.page.locator("dialog .file").click()
    assert download.value.suggested_filename.endswith("_H15.198.html")


HANOI = "league=hanoi_2025-08-25&unit=10273"
PAPERS = (  # how many rows of tables each has at least
    (f"?{HANOI}&on_time=0.9", 0),
    (f"targets?{HANOI}&plan.goal=score&plan.score=94.8", 3),
    (f"ranking?{HANOI}", 126),
    (f"ranking?{HANOI}&view=compare&other=group:alike", 7),
    (f"training?{HANOI}", 0),
    (f"data?{HANOI}", 0),
    (f"method?{HANOI}", 6),
)
BEYOND = """() => { // what reaches beyond the sheet, or is cut off by a box that scrolls
  const found = [];
  const cut = (node) => getComputedStyle(node).overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1;
  const look = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.shadowRoot) look(node.shadowRoot);
    if (!node.checkVisibility() || !node.matches("table, td, th, p, h1, h2, h3, input, .scroller")) return;
    const { width, right } = node.getBoundingClientRect();
    if (width > 1 && (cut(node) || right > innerWidth + 1)) found.push(node.outerHTML.slice(0, 200)); });
  look(document);
  return found; }"""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("size", "language", "page", "rows"),
    [(*look, *paper) for look in zip(SIZES, MENU, strict=True) for paper in (PAPERS[2], *PAPERS[:2], *PAPERS[3:])],
)
def test_on_paper_are_all_rows_and_columns_the_mark_on_each_sheet_and_nothing_to_press(
    visit, url, size, language, page, rows
):
    at = visit(*size)
    at.page.add_init_script(
        "window.print = () => { window.printed = true; throw new Error('as long as it is printed'); };"
    )
    at.page.goto(f"{url}/{page}&lang={language}")
    at.page.locator(".tools .print").wait_for()
    at.quiet()
    at.page.keyboard.press("Control+p")
    at.page.wait_for_function("window.printed", timeout=20_000)
    at.quiet()
    at.page.emulate_media(media="print")
    at.page.set_viewport_size({"width": 680, "height": 960})  # what an A4 sheet has between its margins
    at.quiet()
    assert at.page.locator(".paper tbody tr").count() >= rows
    mark = at.page.locator(".st-key-made_up")
    expect(mark).to_have_text({"vi": "Số liệu minh họa", "en": "Illustrative data"}[language])
    assert mark.evaluate("node => getComputedStyle(node).position") == "fixed"  # and so stands on every sheet
    pressed = at.page.locator("button:visible, a:visible, input[type=range]:visible").evaluate_all(
        "nodes => nodes.filter(node => !node.closest('.parts, th')).map(node => node.outerHTML)"
    )
    assert pressed == [] and at.page.locator(":placeholder-shown:visible").count() == 0
    assert at.page.locator("h1").is_visible() and at.page.evaluate(BEYOND) == []


@pytest.mark.thorough
def test_what_was_on_paper_is_a_screen_again(visit, url):
    at = visit()
    at.page.add_init_script("window.print = () => { window.rows = document.querySelectorAll('.paper tr').length; };")
    at.page.goto(f"{url}/ranking?{HANOI}")
    at.page.locator(".tools .print").wait_for()
    at.quiet()
    at.page.locator(".tools .print").click()
    at.page.wait_for_function("window.rows > 126", timeout=20_000)
    expect(at.page.locator("table.paper")).to_have_count(0)
