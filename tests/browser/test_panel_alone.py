"""The live panel without Streamlit: a plain page, its files, and numbers from Python."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

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
    data = panel_data.panel_data(
        baseline(load(table.edition), table), [50], Question(), words(language), date(2026, 11, 25)
    )
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
    expect(page.locator(".figure.score strong")).to_have_text("70,29")
    assert page.evaluate("changed") == []
    page.keyboard.up("End")
    assert page.evaluate("changed") == [{"on_time": "1"}]


def test_what_is_held_for_a_while_is_handed_on_before_it_is_released(page):
    opened(page)
    page.locator("[data-lever=on_time] input[type=range]").focus()
    page.keyboard.down("PageUp")
    page.wait_for_function("changed.length === 1")
