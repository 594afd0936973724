"""The live panel without Streamlit: a plain page, its files, and numbers from Python."""

from pathlib import Path

import pytest

from model.plan.question import Question
from model.rules.files import load
from model.score.baseline import baseline
from model.table.leagues import find
from model.words.texts import words
from pages.panel import panel_data

PANEL = Path(panel_data.__file__).parent


@pytest.fixture
def page(chromium):
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    page.set_content('<main class="panel"></main>')
    page.add_style_tag(path=PANEL / "panel.css")
    for name in panel_data.SCRIPTS:
        page.add_script_tag(path=PANEL / name)
    yield page
    page.close()


def opened(page, league="dak_lak_2026-10-10", language="vi", scenario=None):
    table = find(league)
    data = panel_data.panel_data(baseline(load(table.edition), table), [50], Question(), words(language))
    data |= {
        "unit": "x",
        "told": {"revision": 1, "scenario": scenario or {}},
        "history": {"undo": False, "redo": False},
    }
    page.evaluate(
        """data => {
          window.changed = []; window.acted = [];
          window.panel = createPanel(document.querySelector('.panel'),
            { changed: (scenario) => changed.push(scenario), act: (text) => acted.push(text) });
          panel.update(data);
        }""",
        data,
    )
    return data


def test_it_scores_moves_and_hands_on_the_scenario_on_release(page):
    opened(page)
    assert page.locator(".figure.score strong").inner_text() == "69,40"
    slider = page.locator("[data-lever=on_time] input[type=range]")
    slider.focus()
    page.keyboard.down("End")
    page.wait_for_timeout(60)
    assert page.locator(".figure.score strong").inner_text() == "70,29"
    assert page.evaluate("changed") == []
    page.keyboard.up("End")
    assert page.evaluate("changed") == [{"on_time": "1"}]


def test_what_is_held_for_a_while_is_handed_on_before_it_is_released(page):
    opened(page)
    page.locator("[data-lever=on_time] input[type=range]").focus()
    page.keyboard.down("PageUp")
    page.wait_for_function("changed.length === 1")


def test_keys_step_by_whole_percents_tens_and_ends_and_counts_step_one_by_one(page):
    opened(page)
    slider = page.locator("[data-lever=digitized] input[type=range]")
    entry = page.locator("[data-lever=digitized] .entry")
    slider.focus()
    seen = []
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "PageUp", "PageDown", "End", "Home", "Shift+ArrowRight"):
        page.keyboard.press(key)
        page.wait_for_timeout(40)
        seen.append(entry.input_value())
    assert seen == ["8 %", "9 %", "8 %", "18 %", "8 %", "100 %", "0 %", "0,1 %"]
    page.locator("[data-lever=procedures_integrated] input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(40)
    assert "9/33" in page.locator("[data-lever=procedures_integrated] .count").inner_text()


def test_a_scenario_from_outside_is_adopted_unless_a_finger_is_on_a_lever(page):
    data = opened(page)
    page.locator("[data-lever=on_time] input[type=range]").focus()
    page.keyboard.down("End")
    data |= {"told": {"revision": 2, "scenario": {"on_time": "0.5"}}}
    page.evaluate("data => panel.update(data)", data)
    page.wait_for_timeout(60)
    assert page.locator("[data-lever=on_time] .entry").input_value() == "100 %"
    page.keyboard.up("End")
    data |= {"told": {"revision": 3, "scenario": {"on_time": "0.5"}}}
    page.evaluate("data => panel.update(data)", data)
    page.wait_for_timeout(60)
    assert page.locator("[data-lever=on_time] .entry").input_value() == "50 %"


def test_a_screen_reader_hears_score_and_rank_politely_after_a_pause(page):
    opened(page, language="en")
    live = page.locator("[aria-live=polite]")
    page.locator("[data-lever=on_time] input[type=range]").focus()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('[aria-live]').textContent === '70.29 points, rank 43 of 102'")
    assert live.count() == 1
    assert "100 %" in page.locator("[data-lever=on_time] input[type=range]").get_attribute("aria-valuetext")
