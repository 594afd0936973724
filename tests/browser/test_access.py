"""Every ability: axe-core finds no fault of WCAG 2.2 AA, in either language, light or dark, wide or narrow."""

from datetime import date

import pytest

from axe import NARROW, QUICK, WIDE, faults
from browser.views import unfold
from model.report.choice import Choice
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues
from model.words.texts import words
from pages.panel import one_file

UNIT = "unit=H15.141"
PAGES = (
    f"?{UNIT}",
    f"?{UNIT}&on_time=0.98",
    f"targets?{UNIT}&plan.rank=20",
    f"ranking?{UNIT}&view=time",
    f"training?{UNIT}",
    "data?",
    "method?",
)
OTHERS = (
    *(f"ranking?{UNIT}&view={view}" for view in ("table", "chances", "moved", "compare", "calibration")),
    *(f"training?{UNIT}&train={mode}" for mode in ("predict", "quiz")),
)
ALL = tuple((*size, theme) for size in (WIDE, NARROW, (320, 640)) for theme in ("light", "dark"))


@pytest.fixture(scope="module")
def window(chromium):
    page = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
    yield page
    page.context.close()


@pytest.mark.sweep(8)
@pytest.mark.parametrize(
    ("page", "language", "looks"),
    [
        *((page, "vi", QUICK) for page in PAGES),
        *(
            pytest.param(page, language, ALL, marks=pytest.mark.thorough)
            for page in (*PAGES, *OTHERS)
            for language in ("vi", "en")
        ),
    ],
)
def test_no_page_has_a_fault_of_wcag_2_2_aa(window, arrived, url, page, language, looks):
    at = arrived(window)
    window.set_viewport_size({"width": 1366, "height": 768})
    window.goto(f"{url}/{page}&lang={language}")
    window.locator(".masthead nav a").first.wait_for()
    at.rest()
    at.quiet()
    unfold(at)
    assert not list(faults(window, looks, at.quiet))


def test_the_one_file_has_no_fault_of_wcag_2_2_aa(window, tmp_path):
    league = leagues.find("dak_lak_2026-10-10")
    base, t = baseline(load(league.edition), league), words("vi")
    made = tmp_path / "one.html"
    made.write_text(one_file.page(base, 0, Choice(unit=league.codes[0]), t, date(2026, 11, 25)), encoding="utf-8")
    window.goto(made.as_uri())
    window.locator(".figure.score strong").wait_for()
    assert not list(faults(window))


def test_on_time_is_within_ten_tabs_never_under_the_bar_moved_read_aloud_and_undone_by_keys_alone(visit, url):
    at = visit().go(f"{url}/?{UNIT}")
    at.page.wait_for_selector(".masthead nav a")
    at.quiet()
    start, box = (
        at.score,
        "[...document.querySelectorAll('.st-key-panel *')].find((node) => node.shadowRoot).shadowRoot",
    )
    at.page.keyboard.press("Tab")
    at.page.keyboard.press("Enter")  # to the content
    for _ in range(9):
        if at.page.evaluate(f"!!{box}.activeElement?.closest('[data-lever=on_time]')"):
            break
        at.page.keyboard.press("Tab")
    assert at.slider("on_time").evaluate("node => node.getRootNode().activeElement === node")
    bar = at.page.locator(".bar").bounding_box()
    assert at.slider("on_time").bounding_box()["y"] >= bar["y"] + bar["height"]
    at.page.keyboard.press("End")
    at.until_score("70,29")
    at.page.wait_for_function(f"{box}.querySelector('[aria-live]').textContent.includes('70,29')")
    at.quiet()
    at.page.keyboard.press("Control+z")
    at.until_score(start)


FOCUSED = """() => { let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const lever = at.closest('[data-lever]')?.dataset.lever;
  const own = at.matches('body, main, section') ? '' : at.innerText; // not all that stands in the page
  return [at.id, lever, at.getAttribute('aria-label') || own].join('|'); }"""
HIDDEN = """() => { let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const box = at.getBoundingClientRect(), bar = [...document.querySelectorAll('*')]
    .map((node) => node.shadowRoot?.querySelector('.bar')).find(Boolean)?.getBoundingClientRect();
  return !bar || box.height === 0 || at.getRootNode().querySelector('.bar')?.contains(at)
    ? false : box.bottom <= bar.bottom && box.top >= bar.top && box.right > bar.left && box.left < bar.right; }"""


def tab_to(page, part, most=150):
    """Tab, until what has the focus is named so; nothing on the way lies under the bar."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert not page.evaluate(HIDDEN), page.evaluate(FOCUSED)
        if part in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"{part} is not reached by Tab")


@pytest.mark.thorough
def test_unit_lever_undo_plan_and_paper_are_had_by_keys_alone(visit, url):
    at = visit().go(f"{url}/?lang=vi")
    page, keys = at.page, at.page.keyboard
    at.quiet()
    tab_to(page, "unit|")
    keys.type("xuan lanh")
    keys.press("Enter")
    at.until_link("unit=H15.198")
    at.quiet()
    start = at.score
    tab_to(page, "|on_time|")
    keys.press("End")
    at.until_link("on_time=1")
    keys.press("Control+z")
    at.until_score(start)
    at.quiet()
    keys.press("Control+k")
    page.get_by_role("dialog").get_by_role("option").nth(6).wait_for()
    keys.type("ke hoach")
    keys.press("Enter")
    page.wait_for_url("**/targets?**")
    page.get_by_text("Hai tỷ lệ cùng lúc").wait_for()
    at.quiet()
    tab_to(page, "Lấy làm kế hoạch của mình")
    keys.press("Enter")
    page.get_by_text("Tệp và máy dùng chung").wait_for()
    at.quiet()
    assert "Các dòng của kế hoạch" in page.evaluate(FOCUSED)  # the button is gone
    tab_to(page, "Kế hoạch (.docx)")
    with page.expect_download() as handed:
        keys.press("Enter")
    assert handed.value.suggested_filename.endswith(".docx")
