"""The first screen: the simulator at once, before Streamlit's own page; what was supposed in it goes on in the app."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from model.rules.files import load
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect
from model.table import leagues
from model.words.texts import words

SIZES = ((1366, 768), (390, 844))
SOON_LATE = """const { setTimeout } = self; // what takes 30 s takes 8
self.setTimeout = (run, ms, ...given) => setTimeout(run, ms === 30000 ? 8000 : ms, ...given);"""
FRAME, STREAMLIT = "#meanwhile", "**/static/js/index.*.js"


@contextmanager
def held_back(page):
    """Streamlit's script held back while the block lasts."""
    held = []
    page.route(STREAMLIT, lambda route: held.append(route))
    yield page.frame_locator(FRAME)
    for route in held:
        route.continue_()
    page.unroute(STREAMLIT)


def figures(where):
    return [where.locator(f".figure.{kind} strong").inner_text() for kind in ("score", "rank")]


def engine(language, league, unit, **changes):
    """Score and rank as the engine has them, written in a language."""
    table, t = leagues.find(league), words(language)
    base = baseline(load(table.edition), table)
    row = table.codes.index(unit)
    found = effect(base, row, Scenario(changes))
    return [t.points(found.after.score), f"{t.count(found.rank_after)}/{t.count(base.ranked)}"]


def gone(at):
    """The app alone on the page, its figures told."""
    expect(at.page.locator("#first")).to_have_count(0)
    at.settle()
    return figures(at.page)


@pytest.mark.sweep(3)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_score_and_rank_stand_there_before_streamlit_and_the_app_then_takes_their_place(visit, url, language, size):
    at = visit(*size)
    wanted = engine(language, "hanoi_2025-08-25", "00004", on_time=0.98)
    with held_back(at.page) as first:
        at.page.goto(f"{url}/?lang={language}&league=hanoi_2025-08-25&unit=00004&on_time=0.98", wait_until="commit")
        expect(first.locator(".figure.rank strong")).to_have_text(wanted[1])
        assert figures(first) == wanted
        expect(at.page.locator("#first [role=status]")).to_have_text(words(language)("first.meanwhile"))
        assert at.page.evaluate("document.documentElement.lang") == language
        for lever in ("on_time", "paid_online"):
            expect(first.locator(f"[data-lever={lever}] input[type=range]")).to_be_in_viewport(ratio=1)
        assert words(language)("league.illustrative") in first.locator(".covers").inner_text()
        wide = "document.getElementById('meanwhile').contentDocument.documentElement.scrollWidth"
        assert at.page.evaluate(wide) <= size[0]
        assert at.page.evaluate("document.getElementById('root').inert")  # nothing below is reached by keys
    assert gone(at) == wanted and not at.complaints
    assert at.page.evaluate("document.querySelector('.stMain').scrollTop") == 0
    assert not at.page.evaluate("document.getElementById('root').inert")


@pytest.mark.parametrize(
    ("size", "language"), [(SIZES[0], "vi"), pytest.param(SIZES[1], "en", marks=pytest.mark.thorough)]
)
def test_what_was_supposed_meanwhile_goes_on_in_the_app_and_can_be_taken_back(visit, url, size, language):
    at = visit(*size)
    with held_back(at.page) as first:
        at.page.goto(f"{url}/?lang={language}&unit=H15.141&view=chances", wait_until="commit")
        first.locator("[data-preset=paid_98]").click()
        slider = first.locator("[data-lever=on_time] input[type=range]")
        slider.focus()
        slider.press("End")
        wanted = engine(language, "dak_lak_2026-10-10", "H15.141", on_time=1.0, paid_online=0.98)
        expect(first.locator(".figure.score strong")).to_have_text(wanted[0])
    assert gone(at) == wanted
    at.until_link("on_time=1")
    at.until_link("paid_online=0.98")
    at.until_link("view=chances")  # which the first screen can't show
    assert at.page.evaluate("history.length") <= 2
    focused = "[...document.querySelectorAll('.st-key-panel *')].find((one) => one.shadowRoot).shadowRoot.activeElement"
    assert at.page.evaluate(f"{focused}?.closest('[data-lever]')?.dataset.lever") == "on_time"
    undo, redo = (at.page.locator(f".st-key-panel [data-act={act}]") for act in ("undo", "redo"))
    undo.click()  # to what the first screen opened with
    at.until_score(engine(language, "dak_lak_2026-10-10", "H15.141")[0])
    expect(undo).to_be_disabled()
    at.until_link("view=chances")
    redo.click()
    at.until_score(wanted[0])
    at.page.locator("[data-act=reset]").first.click()
    at.until_score(engine(language, "dak_lak_2026-10-10", "H15.141")[0])
    assert not at.complaints


@pytest.mark.thorough
@pytest.mark.parametrize("league", leagues.samples())
def test_of_every_league_the_first_screen_shows_what_the_app_then_does(visit, url, league):
    at = visit()
    with held_back(at.page) as first:
        at.page.goto(f"{url}/?lang=vi&league={league}", wait_until="commit")
        expect(first.locator(".figure.score strong")).to_contain_text(",")
        seen, unit = figures(first), first.locator("#unit").input_value()
    assert gone(at) == seen
    assert at.page.locator("#unit").input_value() == unit


@pytest.mark.thorough
def test_a_unit_chosen_meanwhile_is_the_app_s_and_a_finger_that_is_down_is_waited_for(visit, url):
    at = visit()
    with held_back(at.page) as first:
        at.page.goto(f"{url}/?lang=vi", wait_until="commit")
        box = first.locator("#unit")
        box.click()
        box.fill("krong buk")
        box.press("Enter")
        expect(first.locator(".figure.rank strong")).not_to_have_text("51/102")
        slider = first.locator("[data-lever=on_time] input[type=range]").bounding_box()
        at.page.mouse.move(slider["x"] + slider["width"] / 2, slider["y"] + slider["height"] / 2)
        at.page.mouse.down()
        at.page.mouse.move(slider["x"] + slider["width"] - 1, slider["y"] + slider["height"] / 2)
        wanted = figures(first)
    at.page.locator(".st-key-panel .figure.score strong").wait_for()
    at.page.wait_for_timeout(300)  # in which nothing may happen
    expect(at.page.locator(FRAME)).to_have_count(1)
    at.page.mouse.up()
    assert gone(at) == wanted
    at.until_link("on_time=1")


def test_an_entry_half_typed_is_waited_for(visit, url):
    at = visit()
    with held_back(at.page) as first:
        at.page.goto(f"{url}/?lang=vi&unit=H15.141", wait_until="commit")
        entry = first.locator("[data-lever=on_time] .entry")
        entry.click()
        entry.press_sequentially("98")
    at.page.locator(".st-key-panel .figure.score strong").wait_for()
    at.page.wait_for_timeout(2000)  # in which one looks the figure up, and nothing may happen
    entry.press("Enter")
    assert gone(at) == engine("vi", "dak_lak_2026-10-10", "H15.141", on_time=0.98)
    at.until_link("on_time=0.98")
    assert not at.complaints


def test_a_list_that_is_open_is_waited_for(visit, url):
    at = visit(*SIZES[1])
    at.page.add_init_script(SOON_LATE)
    with held_back(at.page) as first:
        at.page.goto(f"{url}/?lang=vi", wait_until="commit")
        first.locator("#unit").click()
    at.page.locator(".st-key-panel .figure.score strong").wait_for()
    at.page.wait_for_timeout(8000)  # in which one looks for one's commune, and nothing may happen
    expect(at.page.locator("#first [role=status]")).to_have_text(words("vi")("first.meanwhile"))  # the app is not late
    first.locator("#units li", has_text="Xã Krông Búk").click()
    assert gone(at) == engine("vi", "dak_lak_2026-10-10", "H15.137")
    at.until_link("unit=H15.137")
    assert not at.complaints


def test_what_the_browser_remembers_is_on_the_first_screen_already(visit, url):
    at = visit()
    at.page.goto(f"{url}/favicon.png")  # a page of the same origin
    at.page.evaluate("localStorage.setItem('index766.unit', 'hanoi_2025-08-25/00004')")
    at.page.evaluate("localStorage.setItem('index766.language', 'en')")
    with held_back(at.page) as first:
        at.page.goto(url, wait_until="commit")
        expect(first.locator(".figure.rank strong")).to_have_text(engine("en", "hanoi_2025-08-25", "00004")[1])
        assert at.page.evaluate("document.documentElement.lang") == "en"
    assert gone(at) == engine("en", "hanoi_2025-08-25", "00004")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "address",
    ["method", "?unit=own", "?known.on_time=0.5&unit=H15.141&lang=en", "?league=own-1"],
)
def test_where_the_file_would_show_something_else_there_is_a_line_to_read(visit, url, address):
    at = visit()
    at.page.goto(f"{url}/favicon.png")
    at.page.evaluate("localStorage.setItem('index766.language', 'en')")
    with held_back(at.page):
        at.page.goto(f"{url}/{address}", wait_until="commit")
        expect(at.page.locator("#first [role=status]")).to_have_text("Opening, one moment…")
        expect(at.page.locator("#first h1")).to_have_text("Index 766 simulator")
        expect(at.page.locator("#first .lead p")).to_have_text(words("en")("app.lead"))
        expect(at.page.locator(FRAME)).to_have_count(0)
    expect(at.page.locator("#first")).to_have_count(0)
    at.rest()
    assert not [one for one in at.complaints if "404" not in one]  # which Streamlit asks for below a page's address


@pytest.mark.thorough
@pytest.mark.parametrize("lost", [lambda route: route.fulfill(status=500, body="none"), lambda route: route.abort()])
def test_where_the_first_screen_does_not_come_streamlit_is_not_waited_for(visit, url, lost):
    at = visit()
    at.page.route("**/first/*.html", lost)
    at.page.goto(f"{url}/?lang=vi", wait_until="commit")
    assert gone(at)[1] == "51/102"
