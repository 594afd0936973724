"""Every way of looking: zoomed in four times, with more space in texts, in forced colours, with less motion."""
# ruff: noqa: E501 (scripts of the page)

from pathlib import Path

import pytest

from browser.views import UNIT, VIEWS, open_view, opened, unfold

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
HERE = Path(__file__).parent
LAID_OUT, UNFOCUSED = ((HERE / name).read_text(encoding="utf-8") for name in ("laid_out.js", "focus.js"))
PLANTED = """<style>div { width: 5rem; white-space: nowrap; overflow: hidden } button { position: absolute; left: 0; width: 9rem; height: 2rem; outline: none }</style>
  <div>Hồ sơ đúng hạn, trước hạn</div><div title="Mọi hồ sơ đúng hạn" style="text-overflow: ellipsis">Mọi hồ sơ đúng hạn</div>
  <div style="height: 0.5rem">Nộp</div><div style="overflow: auto; height: 1rem">Kịch bản và kế hoạch</div>
  <button style="top: 9rem">Sang trái</button><button style="top: 10rem">Sang phải</button><p style="width: 120vw">Rộng</p>"""
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


@pytest.mark.thorough
def test_what_looks_for_such_faults_finds_those_that_are_planted_and_no_others(window):
    window.set_viewport_size({"width": 600, "height": 400})
    window.set_content(PLANTED)
    found = [f"{kind}: {whose.split('|')[0].strip()}" for kind, whose in window.evaluate(LAID_OUT)]
    assert found == [
        "cut off: DIV. Hồ sơ đúng hạn, trước hạn",
        "cut off below: DIV. Nộp",
        "overlap: BUTTON. Sang trái",
        "wider than the screen: 728",
    ]
    looked_at, *unseen = window.evaluate(UNFOCUSED)
    assert looked_at == len(unseen) == 2


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_text_is_cut_off_no_controls_overlap_and_nothing_reaches_beyond_the_screen(
    window, arrived, url, view, language
):
    at = arrived(window)
    window.set_viewport_size({"width": 1366, "height": 768})
    window.emulate_media(forced_colors="none", reduced_motion="reduce")
    open_view(at, url, view, language)
    for _ in opened(at):
        for width, height in ((1366, 768), (390, 844)):
            window.set_viewport_size({"width": width, "height": height})
            at.quiet()
            assert window.evaluate(LAID_OUT) == [], width
        window.set_viewport_size({"width": 1366, "height": 768})
    window.evaluate(SPACED)
    for width, height in ((1366, 768), (320, 640)):
        window.set_viewport_size({"width": width, "height": height})
        at.quiet()
        assert window.evaluate(LAID_OUT) == [], f"{width}, spaced"


@pytest.mark.thorough
@pytest.mark.parametrize("view", VIEWS)
def test_every_control_shows_that_it_has_the_focus_light_and_dark(window, arrived, url, view):
    at = arrived(window)
    window.set_viewport_size({"width": 1366, "height": 768})
    window.emulate_media(forced_colors="none", reduced_motion="reduce")
    open_view(at, url, view, "vi")
    unfold(at)
    for theme in ("light", "dark"):
        window.emulate_media(color_scheme=theme)
        at.quiet()
        window.keyboard.press("Tab")  # a focus that comes from keys is to be seen
        while window.evaluate("document.activeElement === document.body"):  # behind the last control
            window.keyboard.press("Tab")
        looked_at, *unseen = window.evaluate(UNFOCUSED)
        assert looked_at > 12 and unseen == []
        for slider in window.locator("[data-lever=on_time] input[type=range]").all():
            without = slider.screenshot()
            slider.focus()
            assert slider.screenshot() != without
