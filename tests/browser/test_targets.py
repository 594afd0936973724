"""A leader's road through the planner, in a real browser."""

from datetime import date
from itertools import product

import pytest
from playwright.sync_api import expect

from browser.engine import listed, planned, supposed
from model.plan.question import Question, written
from model.score.scenario import Scenario, effect
from model.words.texts import words
from strategies import sample

DAK_LAK = "dak_lak_2026-10-10"


def test_from_rank_40_to_a_plan_for_rank_10_and_back_in_the_simulator_in_under_six_clicks(visit, url):
    at = visit().go(f"{url}/?unit=H15.164")
    start = int(at.rank.split("/")[0])
    at.page.get_by_role("link", name="Kế hoạch", exact=True).click()  # 1
    wanted = at.page.get_by_label("Hạng mong muốn")
    wanted.click()  # 2
    wanted.fill("10")
    wanted.press("Enter")
    at.until_link("plan.rank=10")
    at.page.get_by_text("Hạng 10 trước ngày").wait_for()
    at.page.get_by_role("button", name="Đưa vào trang mô phỏng").first.click()  # 3
    at.page.locator(".figure.score strong").wait_for()
    at.settle()
    assert start == 40 and int(at.rank.split("/")[0]) <= 10
    assert "plan.rank=10" in at.page.url  # the link carries the ask, and the plan as the scenario
    moved = at.page.locator(".lever.moved")
    expect(at.page.locator(".supposed li")).to_have_count(moved.count())
    assert moved.count() > 0 and all(lever.is_visible() for lever in moved.all())  # none is folded away
    base = sample(DAK_LAK)
    unit = base.league.index("H15.164")
    assert listed(at) == supposed(base, unit, planned(base, unit, Question(rank=10)), "vi")
    at.page.get_by_role("button", name="Hoàn tác").click()
    at.until_rank(f"{start}/102")


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "size"), list(product(("vi", "en"), ((1366, 768), (390, 844)))))
def test_a_plan_taken_over_is_listed_lever_by_lever_as_the_engine_has_it_and_each_is_taken_back_alone(
    visit, url, language, size
):
    base, t = sample(DAK_LAK), words(language)
    unit, ask = base.league.index("H15.141"), Question(rank=5, today=date(2026, 11, 28), by=date(2026, 12, 31))
    plan = planned(base, unit, ask)
    asked = "&".join(f"{key}={text}" for key, text in written(ask).items())
    at = visit(*size)
    at.page.goto(f"{url}/targets?unit=H15.141&{asked}&lang={language}")
    at.page.get_by_role("button", name=t("targets.load")).first.click()
    at.settle()
    at.quiet()
    changes = dict(plan.changes)
    assert len(changes) > 2
    region = at.page.get_by_role("region", name={"vi": "Đang giả định", "en": "Supposed now"}[language])
    expect(region).to_be_visible()
    assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    while changes:
        now = Scenario(changes)
        at.until_score(t.points(float(effect(base, unit, now).after.score)))
        expect(region.get_by_role("listitem")).to_have_count(len(changes))
        assert listed(at) == supposed(base, unit, now, language)
        assert all(at.slider(key).is_visible() for key in changes)
        left = list(changes)[len(changes) // 2]
        (back,) = [name for key, *_, name in listed(at) if key == left]
        region.get_by_role("button", name=back, exact=True).click()
        del changes[left]
        at.until_no_link(f"&{left}=")
    expect(region).to_be_hidden()
    at.page.locator("[data-act=undo]").click()
    expect(at.page.locator(".supposed li")).to_have_count(1)


@pytest.mark.thorough
def test_a_shared_link_asks_and_answers_the_same_in_another_browser(visit, url):
    ask = "plan.goal=score&plan.score=72.5&plan.fixed=on_time,e_results&plan.more.dossiers=500"
    link = f"{url}/targets?unit=H15.141&{ask}"
    one, two = visit(), visit()
    for at in (one, two):
        at.page.goto(link)
        at.page.get_by_text("Hai tỷ lệ cùng lúc").wait_for()  # the last thing on the page
        at.rest()
    headline, lines = "[class*=st-key-chance_] [data-testid=stAlert]", "[data-testid=stMarkdownContainer] li"
    said = one.page.locator(headline).inner_text()
    assert "Mức 72,50\u00a0điểm" in said and one.page.locator(lines).count() > 0
    expect(two.page.locator(headline)).to_have_text(said, use_inner_text=True)
    expect(two.page.locator(lines)).to_have_text(one.page.locator(lines).all_inner_texts(), use_inner_text=True)


def test_on_a_phone_the_planner_is_no_wider_than_the_screen(visit, url):
    at = visit(390, 844)
    at.page.goto(f"{url}/targets")
    at.page.get_by_text("Đáng làm trước nhất").wait_for()
    assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_what_is_typed_is_answered_or_refused_where_it_stands(visit, url, size):
    at = visit(*size)
    at.page.goto(f"{url}/targets?unit=H15.141&plan.rank=20")
    load = at.page.get_by_role("button", name="Đưa vào trang mô phỏng")
    load.wait_for()
    wanted = at.page.get_by_label("Hạng mong muốn")
    for text in ("0", "−3", "200", "1,5", "abc", ""):
        wanted.fill(text)
        wanted.press("Enter")
        said = "Chưa ghi gì" if not text else f"«{text}» không dùng được"
        at.page.get_by_text(f"{said}: cần một số nguyên từ 1 đến 102.").wait_for()
        expect(load).to_have_count(0)
        assert "plan.rank=20" in at.page.url
    wanted.fill("12")
    wanted.press("Enter")
    load.wait_for()
    at.page.get_by_role("textbox", name="Trước ngày").fill("24/11/2026")
    at.page.get_by_role("textbox", name="Hôm nay").click()  # leaving a box is enough
    at.page.get_by_text("cần một ngày từ").wait_for()
    expect(load).to_have_count(0)
    assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
