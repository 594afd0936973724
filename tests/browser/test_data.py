"""A table of one's own, in a real browser: brought, corrected, simulated, and safe from a broken file after it."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

HEAD = [
    "Hạng",
    "Tên đơn vị",
    "Công khai\n(18đ)",
    "Tiến độ (20đ)",
    "DVC TT (12đ)",
    "Thanh toán (10đ)",
    "Hài lòng (18đ)",
    "Số hóa (22đ)",
    "TỔNG ĐIỂM (100đ)",
    "Nộp qua mạng (%)",
]
ROWS = [
    [1, "Xã Phú Xuyên", 16.4, "19,53", 10, 9.6, 18, 21.2, 94.73, 91.27],
    [2, "Phường Ba Đình", 16.4, "18,53", 10, 9.6, 17, 21.2, 92.73, 80],
    [3, "Phường Hoàn Kiếm", "16,4", "17.53/20", 10, 9.6, 17, 21.2, 91.73, 75.5],
]


def workbook(folder: Path) -> Path:
    book = Workbook()
    book.active.append(["KẾT QUẢ BỘ CHỈ SỐ 766, lũy kế đến ngày 25/8/2025"])
    book.active.append([])
    for row in (HEAD, *ROWS):
        book.active.append(row)
    path = folder / "Bảng điểm.xlsx"
    book.save(path)
    return path


def bring(visitor, path: Path) -> None:
    visitor.page.locator("input[type=file]").set_input_files(path)
    visitor.page.get_by_text(re.compile(f"(Đã đọc: |Tệp ){re.escape(path.stem)}")).first.wait_for()
    visitor.rest()


def test_a_workbook_is_brought_a_column_corrected_and_its_lever_moved(visit, url, tmp_path) -> None:
    visitor = visit()
    visitor.page.goto(f"{url}/data")
    visitor.rest()
    bring(visitor, workbook(tmp_path))
    page = visitor.page
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("3")
    column = page.get_by_role("combobox", name="Nộp qua mạng")
    column.click()  # as a hand would: filled from afar, the page scrolls, which shuts the list
    column.fill("nộp trực tuyến")
    page.get_by_role("option", name="tỷ lệ: Hồ sơ nộp trực tuyến", exact=True).click()
    visitor.rest()
    expect(page.get_by_test_id("stMetricValue").nth(2)).to_have_text("1")
    visitor.page.get_by_role("button", name="Dùng bảng này").click()
    page.get_by_role("link", name="Mở mô phỏng").click()
    visitor.settle()
    expect(page.locator(".figure.score strong")).to_have_text("92,73")
    assert visitor.rank.startswith("2/3")
    visitor.slider("filed_online").focus()
    page.keyboard.press("Home")
    visitor.until_rank("3/3")

    page.get_by_role("link", name="Số liệu", exact=True).click()
    visitor.rest()
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(workbook(tmp_path).read_bytes()[:3000])
    bring(visitor, broken)
    expect(page.get_by_role("alert").filter(has_text="bị hỏng")).to_be_visible()
    page.get_by_role("link", name="Mô phỏng", exact=True).click()
    visitor.settle()
    visitor.until_rank("3/3")
    assert "own-" in page.url and not [c for c in visitor.complaints if "404" not in c]


@pytest.mark.thorough
def test_a_table_saved_from_the_page_is_the_same_table_when_brought_again(visit, url, tmp_path) -> None:
    visitor = visit(390, 844)
    visitor.page.goto(f"{url}/data")
    visitor.rest()
    bring(visitor, workbook(tmp_path))
    visitor.page.get_by_role("button", name="Dùng bảng này").click()
    visitor.rest()
    for form in (".xlsx", ".zip"):
        with visitor.page.expect_download() as saved:
            visitor.page.get_by_role("button", name=form).first.click()
        path = tmp_path / saved.value.suggested_filename
        saved.value.save_as(path)
        bring(visitor, path)
        expect(visitor.page.get_by_test_id("stMetricValue").first).to_have_text("3")
        expect(visitor.page.get_by_text("Không thấy chỗ nào đáng ngờ")).to_be_visible()
        visitor.page.get_by_role("button", name="Bỏ qua tệp này").click()
        visitor.rest()


def test_a_table_pasted_with_tabs_is_read(visit, url) -> None:
    visitor = visit()
    visitor.page.goto(f"{url}/data")
    visitor.rest()
    visitor.page.get_by_role("tab", name="Dán bảng").click()
    lines = ["\t".join(str(cell).replace("\n", " ") for cell in row) for row in (HEAD, *ROWS)]
    visitor.page.get_by_role("textbox").first.fill("\n".join(lines))
    visitor.page.get_by_role("button", name="Đọc bảng đã dán").click()
    visitor.rest()
    expect(visitor.page.get_by_test_id("stMetricValue").first).to_have_text("3")


@pytest.mark.thorough
def test_a_reload_keeps_the_table_and_the_scenario_another_tab_has_the_table_too_and_nobody_else_does(
    visit, url, tmp_path
) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{url}/data")
    visitor.rest()
    bring(visitor, workbook(tmp_path))
    page.get_by_role("button", name="Dùng bảng này").click()
    page.get_by_role("link", name="Mở mô phỏng").click()
    visitor.settle()
    visitor.entry("digitization").fill("10")
    page.keyboard.press("Enter")
    visitor.until_link("digitization=10")
    score = visitor.score
    page.reload()
    visitor.settle()
    visitor.until_score(score)
    assert "own-" in page.url and "digitization=10" in page.url
    second = page.context.new_page()
    second.goto(f"{url}/data")
    second.get_by_role("button", name="Xóa bảng này").wait_for()
    other = visit()
    other.go(page.url)
    expect(other.page.get_by_text("bảng riêng")).to_be_visible()
    assert "own-" not in other.page.url
    second.get_by_role("button", name="Xóa bảng này").click()
    visitor.until_no_link("own-")


@pytest.mark.thorough
def test_a_server_that_was_started_again_gets_table_and_scenario_back_from_the_open_tab(
    visit, serve, port, tmp_path
) -> None:
    visitor = visit()
    page = visitor.page
    with serve(port) as address:
        page.goto(f"{address}/data")
        visitor.rest()
        bring(visitor, workbook(tmp_path))
        page.get_by_role("button", name="Dùng bảng này").click()
        page.get_by_role("link", name="Mở mô phỏng").click()
        visitor.settle()
        visitor.entry("digitization").fill("10")
        page.keyboard.press("Enter")
        visitor.until_link("digitization=10")
        score = visitor.score
    with serve(port):
        visitor.until_link("own-")
        visitor.until_score(score)
        assert "digitization=10" in page.url
        expect(page.get_by_text("bảng riêng")).to_have_count(0)


def test_a_table_of_totals_alone_ranks_by_them(visit, url, tmp_path) -> None:
    visitor = visit()
    visitor.page.goto(f"{url}/data")
    visitor.rest()
    path = tmp_path / "tong.csv"
    path.write_text("Hạng;Đơn vị;Tổng điểm\n1;Xã Xuân Lãnh;73,41\n2;Xã Ea Súp;73,35\n", "utf-8")
    bring(visitor, path)
    visitor.page.get_by_role("button", name="Dùng bảng này").click()
    visitor.page.get_by_role("link", name="Mở mô phỏng").click()
    visitor.settle()
    assert visitor.score in ("73,41", "73,35")
    assert not [c for c in visitor.complaints if "404" not in c]
