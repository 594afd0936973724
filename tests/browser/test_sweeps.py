"""Every way of looking: zoomed in four times, with more space in texts, in forced colours, with less motion."""
# ruff: noqa: E501 (scripts of the page)

import pytest

UNIT = "unit=H15.141"
PAGES = (
    f"?{UNIT}&on_time=0.98",
    f"targets?{UNIT}&plan.rank=20",
    f"ranking?{UNIT}",
    f"training?{UNIT}",
    "data?",
    "method?",
)
SPACED = """(() => { const style = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    + " p { margin-bottom: 2em !important }";
  const into = (root) => { const node = document.createElement("style"); node.textContent = style; (root.head || root).append(node);
    root.querySelectorAll("*").forEach((one) => one.shadowRoot && into(one.shadowRoot)); };
  into(document); })()"""
WIDER = """() => { // what reaches beyond the screen and can't be scrolled to within its own box
  const found = [document.documentElement.scrollWidth > innerWidth ? `page ${document.documentElement.scrollWidth}` : ""];
  const rolls = (node) => { for (let at = node; at && at !== document.body; at = at.parentElement || at.getRootNode().host)
    if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX) && !at.matches(".stMain, [data-testid=stAppViewContainer], .stApp")) return true;
    return false; };
  const look = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.shadowRoot) look(node.shadowRoot);
    const box = node.getBoundingClientRect();
    if (node.matches("button, input, a, p, h1, h2, h3, select, label") && box.width && box.right > innerWidth + 1 && node.checkVisibility() && !rolls(node))
      found.push(`${node.tagName}.${node.className} ${Math.round(box.right)}: ${node.textContent.slice(0, 40)}`); });
  look(document);
  return found.filter(Boolean); }"""
FOCUS = """() => { let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const seen = at === document.body || at.type === "range" || getComputedStyle(at).outlineStyle !== "none"; // a slider's thumb has it
  return seen ? "" : at.outerHTML.slice(0, 150); }"""
MOVING = "() => document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 50 && one.playState === 'running').length"


@pytest.fixture(scope="module")
def window(chromium):
    page = chromium.new_context(viewport={"width": 1366, "height": 768}).new_page()
    yield page
    page.context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("page", PAGES)
def test_a_page_bears_four_times_zoom_more_space_in_texts_forced_colours_and_no_motion(window, arrived, url, page):
    at = arrived(window)
    window.set_viewport_size({"width": 1366, "height": 768})
    window.emulate_media(forced_colors="none", reduced_motion="reduce")
    window.goto(f"{url}/{page}&lang=vi")
    window.locator(".masthead nav a").first.wait_for()
    at.quiet()
    assert window.evaluate(MOVING) == 0
    window.emulate_media(forced_colors="active")
    for _ in range(14):
        window.keyboard.press("Tab")
        assert window.evaluate(FOCUS) == ""
    window.emulate_media(forced_colors="none")
    window.evaluate(SPACED)
    for size in ((1366, 768), (390, 844)):
        window.set_viewport_size({"width": size[0], "height": size[1]})
        at.quiet()
        assert window.evaluate(WIDER) == [], size
    window.reload()
    window.set_viewport_size({"width": 341, "height": 192})
    window.locator(".masthead nav a").first.wait_for()
    at.quiet()
    assert window.evaluate(WIDER) == []
