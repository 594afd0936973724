"""Who moves and how sure a rank is, in a real browser."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.thorough
def test_from_uncertain_peers_to_a_plan_with_a_chance(visit, url) -> None:
    at = visit()
    at.page.goto(f"{url}/ranking?unit=H15.141")
    at.rest()
    page = at.page
    page.get_by_role("radio", name="Khả năng đạt hạng").or_(
        page.get_by_text("Khả năng đạt hạng", exact=True)
    ).first.click()
    page.get_by_role("button", name="Tính với điểm không chắc chắn").click()
    expect(page.get_by_text("Với 90 % khả năng")).to_be_visible()
    at.until_link("plan.moves=uncertain")
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart).to_have_attribute("aria-label", re.compile("khả năng của từng hạng"))
    wanted = page.get_by_label("Hạng mong muốn")
    wanted.fill("20")
    wanted.press("Enter")
    at.until_link("plan.rank=20")
    page.get_by_role("button", name=re.compile("Lập kế hoạch cho hạng 20")).click()
    expect(page.get_by_text("Đạt hạng 20 với khả năng 80 %")).to_be_visible()
    at.until_link("plan.sure=0.8")
    assert not [c for c in at.complaints if "404" not in c]


def test_the_movement_chosen_is_told_under_the_live_figures(visit, url) -> None:
    at = visit(390, 844).go(f"{url}/?unit=H15.141&plan.moves=uncertain&plan.jumps=True")
    said = at.page.get_by_text("hạng dễ xảy ra nhất").first
    before = said.inner_text()
    at.slider("on_time").focus()
    at.page.keyboard.press("End")
    at.until_link("on_time=")
    expect(said).not_to_have_text(before)


@pytest.mark.thorough
def test_a_shared_link_shows_the_same_and_fits_a_phone(visit, url) -> None:
    one, two = visit(390, 844), visit(390, 844)
    for view in ("chances", "moved"):
        told = []
        for at in (one, two):
            at.page.goto(f"{url}/ranking?unit=H15.141&on_time=1&plan.moves=gain&plan.peers=0.3&view={view}")
            at.page.get_by_text("mỗi đơn vị khác tăng 0,30 điểm một tháng").first.wait_for()
            at.quiet()
            lines = at.page.get_by_test_id("stMarkdownContainer").all_inner_texts()
            told.append([line for line in lines if "hạng" in line])
            assert at.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert told[0] == told[1]


SCROLLER = """[...document.querySelectorAll("*")]
  .map((node) => node.shadowRoot?.querySelector(".scroller:has(.pinned)")).find(Boolean)"""
PINNED = f"""() => {{ // how far our own row lies below the head and above the lower edge, the first row below the head
  const scroller = {SCROLLER};
  const box = (selector) => scroller.querySelector(selector).getBoundingClientRect();
  const [head, own, first] = [box("thead th"), box("tr.pinned td"), box("tbody tr:first-child td")];
  const above = scroller.getBoundingClientRect().bottom - own.bottom;
  return [own.top - head.bottom, above, first.top - head.bottom].map(Math.round); }}"""
SCROLL = f"(top) => {SCROLLER}.scrollTo(0, top)"


def test_our_own_row_is_in_sight_where_it_is_below_the_head_or_above_the_lower_edge_and_covers_no_other(visit, url):
    at = visit()
    at.page.goto(f"{url}/ranking?lang=vi&league=hanoi_2025-08-25&unit=10273")  # the first of all
    at.quiet()
    for width in (1366, 1000):  # where heads of columns wrap
        at.page.set_viewport_size({"width": width, "height": 768})
        at.quiet()
        below, _, first = at.page.evaluate(PINNED)
        assert below == first == 0, width
        at.page.evaluate(SCROLL, 900)
        assert abs(at.page.evaluate(PINNED)[0]) <= 1, width
        at.page.evaluate(SCROLL, 0)
    at.page.goto(f"{url}/ranking?lang=vi&unit=H15.141")  # one in the middle
    at.quiet()
    assert at.page.evaluate(PINNED)[1] in (0, 1, 2)
