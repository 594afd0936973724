"""Keeping, planning and handing over, in a real browser: what is kept stays with the browser and nowhere else."""

import io
import json
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from model.plan.action_book import read
from model.rules.files import load
from model.table.leagues import find
from model.table.writing import workbook

ROOT = Path(__file__).parents[2]
PLANNED = "unit=H15.141&plan.rank=40&plan.moves=still&plan.by=2026-12-31&plan.today=2026-11-25"
KEPT = "localStorage.getItem('index766.kept')"


def on_disk():
    """Every file of ours with when it was written."""
    folders = ("model", "pages", "sample_data", "static", "tests")
    found = (path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts)
    return {path: path.stat().st_mtime_ns for path in found if path.is_file() and "node_modules" not in path.parts}


def view(at):
    at.page.get_by_text("Kịch bản và kế hoạch").click()
    at.page.get_by_text("Tệp và máy dùng chung").wait_for()
    at.rest()


def press(at, name, **more):
    at.page.get_by_role("button", name=name, **more).first.click()
    at.rest()


def download(at, name):
    with at.page.expect_download() as found:
        at.page.get_by_role("button", name=name).click()
    return Path(found.value.path()).read_bytes()


def test_a_plan_is_taken_handed_over_kept_brought_back_and_forgotten(visit, url):
    before, at = on_disk(), visit()
    at.page.goto(f"{url}/targets?{PLANNED}")
    at.page.get_by_text("Hai tỷ lệ cùng lúc").wait_for()
    press(at, "Lấy làm kế hoạch của mình")
    at.page.get_by_text("Tệp và máy dùng chung").wait_for()
    at.rest()
    kept = json.loads(at.page.evaluate(KEPT))["entries"]
    assert [entry["name"] for entry in kept] == ["Hạng 40, đến 31/12/2026"]
    said = "\n".join(p.text for p in docx.Document(io.BytesIO(download(at, "Kế hoạch (.docx)"))).paragraphs)
    assert f"{kept[0]['score']:.2f}".replace(".", ",") in said
    plan, problems = read(download(at, "Bảng kế hoạch để sửa"), "plan.xlsx", load("766-2026"))
    assert (len(plan.lines), problems) == (len(kept[0]["plan"]["lines"]), [])
    at.page.reload()
    view(at)
    assert at.page.get_by_text("Hạng 40, đến 31/12/2026").count() == 1
    press(at, "Mở kế hoạch")
    at.page.get_by_text("Làm các dòng «có»").wait_for()
    press(at, "Quên hết trên máy này")
    press(at, "Xóa hết")
    at.page.get_by_text("Chưa giữ kịch bản hay kế hoạch nào").wait_for()
    assert at.page.evaluate(KEPT) is None
    assert on_disk() == before


@pytest.mark.thorough
def test_on_friday_the_newest_table_shows_a_red_line_a_corrected_plan_and_the_week_s_paper(visit, url, tmp_path):
    at, newest = visit(), tmp_path / "moi.xlsx"
    league = find("dak_lak_2026-10-10")
    newest.write_bytes(workbook(league, load(league.edition)))
    made = "league=dak_lak_2026-09-17&unit=H15.141&plan.rank=30&plan.moves=still&plan.by=2026-12-31"
    at.page.goto(f"{url}/targets?{made}&plan.today=2026-09-18")
    at.page.get_by_text("Hai tỷ lệ cùng lúc").wait_for()
    press(at, "Lấy làm kế hoạch của mình")
    at.page.get_by_text("Tệp và máy dùng chung").wait_for()
    at.page.get_by_role("link", name="Số liệu", exact=True).click()
    at.page.get_by_role("tab", name="Dán bảng").wait_for()
    at.quiet()
    at.page.locator("input[type=file]").set_input_files(newest)
    press(at, "Dùng bảng này")
    at.page.get_by_role("link", name="Kế hoạch", exact=True).first.click()
    at.page.get_by_text("Theo dõi", exact=True).click()
    at.page.get_by_text("Từng dòng của kế hoạch").wait_for()
    at.quiet()
    red = at.page.locator("tr.red")
    expect(red).to_have_count(1)
    said = red.inner_text().replace("\u00a0", " ")
    assert "✕ Khó đạt" in said and "Còn phải làm 661 hồ sơ, mà đến 31/12/2026 dự kiến chỉ phát sinh thêm 656." in said
    paper = docx.Document(io.BytesIO(download(at, "Báo cáo (.docx)")))
    text = "\n".join(p.text for p in paper.paragraphs).replace("\u00a0", " ")
    assert "69,40" in text and "hạng 51/102" in text
    at.page.set_viewport_size({"width": 390, "height": 844})
    at.quiet()
    expect(at.page.locator("tr.red th")).to_be_visible()
    expect(at.page.locator("tr.red td").first).to_be_visible()
    assert at.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(at, "Lập lại kế hoạch từ số liệu này")
    at.page.get_by_text("Hai tỷ lệ cùng lúc").wait_for()
    at.until_link("plan.rank=30")
    at.until_link("plan.by=2026-12-31")
    assert "2026-10-10" in at.page.url
    press(at, "Lấy làm kế hoạch của mình")
    at.page.get_by_text("Tệp và máy dùng chung").wait_for()
    at.rest()
    kept = json.loads(at.page.evaluate(KEPT))["entries"]
    assert [entry["plan"]["figures"] for entry in kept] == ["2026-09-17", "2026-10-10"]
    assert not [c for c in at.complaints if "404" not in c]


@pytest.mark.thorough
def test_a_workbook_edited_comes_back_with_its_owners(visit, url):
    at = visit()
    at.page.goto(f"{url}/targets?{PLANNED}")
    at.page.get_by_text("Hai tỷ lệ cùng lúc").wait_for()
    press(at, "Lấy làm kế hoạch của mình")
    at.page.get_by_text("Tệp và máy dùng chung").wait_for()
    at.rest()
    book = openpyxl.load_workbook(io.BytesIO(download(at, "Bảng kế hoạch để sửa")))
    sheet = book.worksheets[0]
    head = next(cell.row for cell in sheet["A"] if cell.value == "STT")
    sheet.cell(head + 1, 7).value, sheet.cell(head + 1, 9).value = "Văn phòng", "cuối năm"
    whole = io.BytesIO()
    book.save(whole)
    file = {"name": "plan.xlsx", "mimeType": "application/octet-stream", "buffer": whole.getvalue()}
    at.page.locator("input[type=file]").first.set_input_files(file)
    at.page.get_by_text(f"Ô I{head + 1}: «cuối năm» không phải ngày").wait_for()
    at.rest()
    line = json.loads(at.page.evaluate(KEPT))["entries"][0]["plan"]["lines"][0]
    assert (line["owner"], line["by"], line["unread"]) == ("Văn phòng", None, {"by": "cuối năm"})


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_what_is_kept_is_no_wider_than_the_screen(visit, url, size):
    at = visit(*size)
    at.page.goto(f"{url}/targets?{PLANNED}&on_time=1.0")
    view(at)
    at.page.get_by_label("Tên", exact=True).first.fill("x" * 80)
    press(at, "Giữ kịch bản hiện tại")
    at.page.get_by_role("button", name="Nhân đôi").wait_for()
    assert at.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.thorough
def test_what_one_tab_keeps_another_has_too_and_none_takes_it_away(visit, url):
    at = visit()
    at.page.goto(f"{url}/targets?{PLANNED}&on_time=1.0")
    view(at)
    other = at.page.context.new_page()
    other.goto(f"{url}/targets?{PLANNED}")
    other.get_by_text("Kịch bản và kế hoạch").click()
    other.get_by_text("Chưa giữ kịch bản hay kế hoạch nào").wait_for()
    at.page.get_by_label("Tên", exact=True).first.fill("Chung")
    press(at, "Giữ kịch bản hiện tại")
    other.get_by_role("button", name="Nhân đôi").click()
    other.get_by_text("Chung (2)").wait_for()
    at.page.get_by_text("Chung (2)").wait_for()
    assert [entry["name"] for entry in json.loads(at.page.evaluate(KEPT))["entries"]] == ["Chung", "Chung (2)"]
    other.close()


def test_a_scenario_is_kept_from_the_simulator_too(visit, url):
    at = visit().go(f"{url}/?unit=H15.141&on_time=1.0")
    at.page.get_by_role("button", name="Giữ kịch bản").click()
    at.page.get_by_label("Tên", exact=True).fill("Thử")
    at.page.get_by_role("button", name="Giữ kịch bản hiện tại").click()
    at.page.get_by_text("Đã giữ; xem ở trang").wait_for()
    at.page.wait_for_function(f"({KEPT} || '').includes('Thử')")
