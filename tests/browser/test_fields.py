"""Fields and tables in a real browser, at both sizes: refused beside the box, answered as the engine answers."""

from datetime import date

import pytest
from playwright.sync_api import expect

from model.plan import question as asking
from model.plan.prepared import prepared
from model.plan.question import Question
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues
from model.words.texts import words
from strategies import before

UNIT = "H15.141"
SIZES = pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
LOAD = "Đưa vào trang mô phỏng"
REFUSED = (  # (goal, box, texts, what is said)
    ("rank", "Hạng mong muốn", ("0", "−3", "200", "1,5", "abc", ""), "cần một số nguyên từ 1 đến 102."),
    ("score", "Điểm mong muốn", ("-1", "101", "abc", ""), "cần một số từ 0 đến 100."),
    ("rank", "Trước ngày", ("30/02/2027", "1/1/2020", "abc", ""), "cần một ngày từ"),
    ("rank", "Hôm nay", ("30/02/2027", "9/10/2026", ""), "cần một ngày từ 10/10/2026 đến 31/12/2026"),
)
MEANS = (
    ("Còn phát sinh từ hôm nay đến hạn (hồ sơ)", ("-1", "1,5", "abc", ""), "cần một số nguyên từ 0 đến 10.000.000."),
    ("Công sức một việc, Hồ sơ giải quyết", ("-1", "abc", ""), "cần một số từ 0 đến 1.000.000.000."),
    ("Tỷ lệ từ ngày số liệu đến nay (%), Hồ sơ giải quyết", ("101", "abc"), "cần một số từ 0 đến 100."),
    ("Có thể trễ thêm, Hồ sơ giải quyết", ("-1", "0,5", ""), "cần một số nguyên từ 0 đến 10.000.000."),
)


def at_both(cases):
    """Every case at both sizes."""
    sizes = [(1366, 768), (390, 844)]
    return [pytest.param(size, *case, id=f"{case[-3]}-{size[0]}") for case in cases for size in sizes]


def planner(visit, url, size, more="", *, means=False):
    at = visit(*size)
    at.page.goto(f"{url}/targets?unit={UNIT}{more}")
    at.page.get_by_role("button", name=LOAD).wait_for()
    if means:
        at.page.get_by_text("Giả định của kế hoạch").click()
        at.page.get_by_role("table", name="Giả định từng tỷ lệ").wait_for()
    at.rest()
    return at


def refuse(at, name, texts, said):
    """Each text typed into a box and left there, refused beside it; no plan is shown meanwhile."""
    load = at.page.get_by_role("button", name=LOAD)
    for text in texts:
        box = at.page.get_by_role("textbox", name=name)
        box.fill(text)
        box.press("Enter" if text else "Tab")
        why = at.page.get_by_role("alert").filter(has_text=f"«{text}»" if text else "Chưa ghi gì").filter(has_text=said)
        why.wait_for()
        expect(load).to_have_count(0)
        expect(box).to_have_value(text)
        expect(box).to_have_attribute("aria-invalid", "true")
        assert "plan.more" not in at.page.url and "plan.efforts" not in at.page.url
    assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.sweep(8)
@pytest.mark.parametrize(("size", "goal", "name", "texts", "said"), at_both(REFUSED))
def test_what_a_box_of_the_planner_can_t_use_is_refused_beside_it_and_no_plan_is_shown(
    visit, url, size, goal, name, texts, said
):
    refuse(planner(visit, url, size, f"&plan.goal={goal}&plan.moves=still"), name, texts, said)


@pytest.mark.thorough
@pytest.mark.parametrize(("size", "name", "texts", "said"), at_both(MEANS))
def test_counts_shares_and_cells_that_can_t_be_used_are_refused_where_they_stand(visit, url, size, name, texts, said):
    refuse(planner(visit, url, size, means=True), name, texts, said)


@pytest.mark.thorough
@SIZES
def test_a_rank_and_a_date_that_can_be_used_are_answered_as_the_engine_answers_them(visit, url, size):
    at = planner(visit, url, size)
    wanted = at.page.get_by_role("textbox", name="Hạng mong muốn")
    wanted.fill("abc")
    wanted.press("Enter")
    at.page.get_by_role("alert").filter(has_text="«abc»").wait_for()
    wanted.fill("12")
    wanted.press("Tab")  # leaving the box is enough
    at.until_link("plan.rank=12")
    by = at.page.get_by_role("textbox", name="Trước ngày")
    by.fill("20/12/2026")
    by.press("Enter")
    at.until_link("plan.by=2026-12-20")
    at.quiet()
    base, past = (tables_of(key) for key in ("dak_lak_2026-10-10", "dak_lak_2026-09-17"))
    ask = asking.supposed(Question(rank=12, by=date(2026, 12, 20)))
    time = asking.time(base, ask, date.today())
    needed = words("vi").points(prepared(base, base.league.codes.index(UNIT), ask, time, before(past, base)).needed)
    expect(at.page.locator("[class*=st-key-chance_] [data-testid=stAlert]")).to_contain_text(f"{needed} điểm")
    assert at.page.get_by_role("alert").filter(has_text="không dùng được").count() == 0


def tables_of(key):
    league = leagues.find(key)
    return baseline(load(league.edition), league)


@pytest.mark.sweep(2)
@SIZES
def test_a_date_is_picked_by_keyboard_in_our_own_words(visit, url, size):
    at = planner(visit, url, size)
    pick = at.page.get_by_role("button", name="Chọn ngày từ lịch: Trước ngày")
    pick.press("Enter")
    days = at.page.get_by_role("dialog", name="Lịch chọn ngày")
    expect(days).to_contain_text("Tháng 12/2026")
    expect(days).to_contain_text("T2T3T4T5T6T7CN")
    box = days.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]
    for key in ("ArrowUp", "ArrowLeft", "Enter"):
        at.page.keyboard.press(key)
    at.until_link("plan.by=2026-12-23")
    expect(days).to_be_hidden()
    expect(at.page.get_by_role("textbox", name="Trước ngày")).to_have_value("23/12/2026")


@pytest.mark.sweep(2)
@SIZES
def test_a_block_from_a_spreadsheet_is_pasted_filled_down_and_undone_in_one_step(visit, url, size):
    at = planner(visit, url, size, means=True)
    cell = at.page.get_by_role("textbox", name="Công sức một việc, Hồ sơ giải quyết")
    cell.focus()
    cell.evaluate(
        """(node) => { const data = new DataTransfer(); data.setData("text", "2,5\\t98\\t1\\n3\\t\\t0\\n");
        node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    for part in ("plan.efforts.on_time=2.5", "plan.efforts.paid_online=3", "plan.since.on_time=0.98"):
        at.until_link(part)
    at.page.get_by_text("Đã dán 6 ô.").wait_for()
    at.quiet()
    cell.focus()
    at.page.keyboard.press("Enter")  # down
    at.page.keyboard.press("Control+d")  # the value above
    at.until_link("plan.efforts.paid_online=2.5")
    expect(at.page.get_by_role("textbox", name="Công sức một việc, Hồ sơ thanh toán")).to_have_value("2,50")


@pytest.mark.thorough
def test_the_league_is_a_table_to_be_sorted_by_its_heads_and_on_a_phone_a_list_of_cards(visit, url):
    at = visit()
    at.page.goto(f"{url}/ranking?unit={UNIT}&view=table")
    league = at.page.get_by_role("table", name="Bảng xếp hạng")
    league.wait_for()
    at.quiet()
    assert league.get_by_role("row").count() == 101  # a head, and a hundred of the 102 at once
    first = league.get_by_role("row").nth(1)
    head = league.get_by_role("columnheader", name="Số hóa hồ sơ")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    base = tables_of("dak_lak_2026-10-10")
    least = words("vi").points(base.standing.components[:, -1].min())
    expect(first).to_contain_text(least)
    phone = visit(390, 844)
    phone.page.goto(f"{url}/ranking?unit={UNIT}&view=table")
    phone.page.get_by_role("table", name="Bảng xếp hạng").wait_for()
    phone.quiet()
    row = phone.page.get_by_role("table", name="Bảng xếp hạng").get_by_role("row").nth(1)
    assert row.bounding_box()["width"] <= 390 and row.bounding_box()["height"] > 150
    assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
