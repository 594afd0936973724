"""One language at a time: what any page shows or speaks has no word of the other, and no sign meant for machines."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.views import UNIT, VIEWS, open_view, opened
from tongues import foreign

HEARD = Path(__file__).with_name("heard.js").read_text(encoding="utf-8")
PROPER = {  # on an English page, by why
    "the other language by its own name, and a kind of commune as it is filtered for": ("Tiếng Việt", "Phường", "Xã"),
    "the decision and the portal's guide by their titles": ("QĐ-TTg", "Mô tả công thức tính chỉ số"),
}
SIGN = re.compile(r"\\[^\w\s]|\*\*|Shapley|Poisson")  # of Markdown, and of statisticians
MARK = re.compile(r"\[[VSPA]\]")  # of evidence, which the method page alone explains


@pytest.fixture(scope="module")
def readers(chromium: Browser):
    """A window for each language, which all tests share."""
    pages = {
        language: chromium.new_context(viewport={"width": 1366, "height": 768}, locale=language).new_page()
        for language in ("vi", "en")
    }
    yield pages
    for page in pages.values():
        page.context.close()


def wrong(heard, language):
    """What of a page's texts is of another language, or an icon's name, or a sign of Markdown."""
    assert {kind for kind, _, _ in heard} >= {"lang", "text", "aria-label"}
    for kind, text, whose in heard:
        for proper in (one for names in PROPER.values() for one in names):
            text = re.sub(rf"\b{proper}\b", "", text) if language == "en" else text
        if kind == "lang":
            yield from () if text == language else [(kind, text, whose)]
        elif kind == "icon" or foreign(text, language) or SIGN.search(text):
            yield kind, text, whose


def here(readers, arrived, url, view, language):
    at = arrived(readers[language])
    open_view(at, url, view, language)
    return at


@pytest.mark.sweep(30)
@pytest.mark.parametrize(
    ("view", "language"),
    [*((view, "vi") for view in VIEWS), *((view, "en") for view in VIEWS if "#file" not in view)],
)  # in English not with a table of one's own, whose heads are in its own language
def test_a_page_says_nothing_in_the_other_language(readers, arrived, url, view, language):
    at = here(readers, arrived, url, view, language)
    for _ in opened(at):
        heard = at.page.evaluate(HEARD)
        assert not list(wrong(heard, language))
        assert view.startswith("method") or not [text for _, text, _ in heard if MARK.search(text)]


@pytest.mark.thorough
def test_lists_what_they_don_t_find_and_tools_that_appear_under_the_pointer_are_in_vietnamese(readers, arrived, url):
    at = here(readers, arrived, url, f"ranking?{UNIT}&view=time", "vi")
    page = at.page
    page.locator(".stMultiSelect input").wait_for()
    at.quiet()
    for kind in (".stSelectbox", ".stMultiSelect"):
        page.locator(f"{kind} input").first.click()
        page.get_by_role("listbox").wait_for()
        assert not list(wrong(page.evaluate(HEARD), "vi"))
        page.keyboard.type("qqq")
        page.get_by_text("Không tìm thấy", exact=True).wait_for()
        assert not list(wrong(page.evaluate(HEARD), "vi"))
        page.keyboard.press("Escape")
    page.get_by_test_id("stVegaLiteChart").first.hover()
    page.get_by_role("button", name="Lưu thành ảnh").hover()
    page.get_by_role("tooltip").wait_for()
    assert not list(wrong(page.evaluate(HEARD), "vi"))


def test_the_other_language_tells_all_of_it_anew(readers, arrived, url):
    at = here(readers, arrived, url, f"ranking?{UNIT}&view=time", "vi")
    for button, language in (("English", "en"), ("Tiếng Việt", "vi")):
        at.page.get_by_role("button", name=button, exact=True).click()
        at.page.wait_for_function("wanted => document.documentElement.lang === wanted", arg=language)
        at.quiet()
        assert not list(wrong(at.page.evaluate(HEARD), language))
