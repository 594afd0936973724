"""Twenty tables as clerks write them: merged titles, notes, units in the head, subtotals, filters, signatures below.

Each is a list of sheets (title, rows, options of openpyxl); names and figures are made up, official unit names aside.
"""

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

A, B, C = "Xã Phú Xuyên", "Phường Yên Sở", "Phường Lĩnh Nam"
NATION = ["ỦY BAN NHÂN DÂN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
MOTTO = ["THÀNH PHỐ HÀ NỘI", None, None, "Độc lập - Tự do - Hạnh phúc"]
SIGNED = [[], [None, None, None, "Hà Nội, ngày 05 tháng 10 năm 2026"], ["NGƯỜI LẬP BIỂU", None, None, "CHỦ TỊCH"]]
SIX = ["Công khai, minh bạch", "Tiến độ giải quyết", "Dịch vụ công trực tuyến"]
SIX += ["Thanh toán trực tuyến", "Mức độ hài lòng", "Số hóa hồ sơ"]


def table(*rows, above=(), below=(), merges=(), **more):
    return [("Sheet1", [*above, *rows, *below], {"merges": merges, **more})]


TABLES = {
    "a ranking under the nation's motto, with signatures below": table(
        ["TT", "Đơn vị", "Tổng điểm", "Xếp hạng", "Xếp loại", "Ghi chú"],
        [1, A, 94.73, 1, "Xuất sắc", None],
        [2, B, 90.1, 2, "Xuất sắc", "Tăng 2 bậc"],
        [3, C, 87.29, 3, "Tốt", None],
        above=[NATION, MOTTO, [], ["KẾT QUẢ BỘ CHỈ SỐ 766 THÁNG 9/2026"], ["(Kèm theo Báo cáo số 12/BC-UBND)"], []],
        below=SIGNED,
        merges=["A1:C1", "A4:F4"],
    ),
    "subtotals by branch, numbered in Roman": table(
        ["STT", "Tên đơn vị", "Tiến độ (20 điểm)", "Tổng điểm (100 điểm)"],
        ["I", "Khối phường", None, None],
        [1, B, 18.2, 90.1],
        [2, C, 17.77, 87.29],
        [None, "Trung bình khối phường", 17.99, 88.7],
        ["II", "Khối xã", None, None],
        [1, A, 19.53, 94.73],
        [None, "Trung bình khối xã", 19.53, 94.73],
        [None, "TRUNG BÌNH TOÀN THÀNH PHỐ", 18.5, 90.71],
    ),
    "maxima in a row of their own, and letters for the columns": table(
        ["STT", "Đơn vị", *SIX, "Tổng"],
        [None, "Điểm tối đa", 18, 20, 12, 10, 18, 22, 100],
        ["A", "B", 1, 2, 3, 4, 5, 6, "7=1+…+6"],
        [1, A, 16.4, 19.53, 10, 9.6, 18, 21.2, 94.73],
        [2, B, 16, 18.2, 9.5, 9, 17.5, 19.9, 90.1],
    ),
    "the six components over two months, merged": table(
        ["STT", "Đơn vị", "Tháng 8/2026", *[None] * 6, "Tháng 9/2026", *[None] * 6],
        [None, None, *(["CKMB", "TĐGQ", "DVCTT", "TTTT", "MĐHL", "SHHS", "Tổng điểm"] * 2)],
        [1, A, 16, 19, 10, 9, 18, 21, 93, 16.4, 19.53, 10, 9.6, 18, 21.2, 94.73],
        [2, B, 15, 18, 9, 9, 17, 19, 87, 16, 18.2, 9.5, 9, 17.5, 19.9, 90.1],
        merges=["C1:I1", "J1:P1", "A1:A2", "B1:B2"],
    ),
    "yesterday, today, and the difference": table(
        ["Đơn vị", "Điểm hôm qua", "Điểm hôm nay", "Chênh lệch", "Hạng hôm qua", "Hạng hôm nay"],
        [A, 94.5, 94.73, 0.23, 1, 1],
        [B, 90.2, 90.1, -0.1, 2, 2],
        above=[["Số liệu ngày 10/10/2026"]],
    ),
    "weeks that grow to the right": table(
        ["Đơn vị", "Tuần 38", "Tuần 39", "Tuần 40"],
        [None, "Tổng điểm", "Tổng điểm", "Tổng điểm"],
        [A, 93, 94, 94.73],
        [B, 89, 90, 90.1],
    ),
    "years as numbers over the scores": table(
        ["Đơn vị", "Tổng điểm", None],
        [None, 2025, 2026],
        [A, 93, 94.73],
        [B, 89, 90.1],
        merges=["B1:C1"],
    ),
    "counts of dossiers with their rates": table(
        ["STT", "Đơn vị", "Tỷ lệ hồ sơ TTHC giải quyết đúng hạn", None, None, "Tỷ lệ PAKN xử lý đúng hạn", None, None],
        [None, None, "Tử số", "Mẫu số", "Tỷ lệ (%)", "Tử số", "Mẫu số", "Tỷ lệ (%)"],
        [1, A, 3401, 3483, 97.65, 0, 0, None],
        [2, B, 1200, 1250, 96, 3, 4, 75],
        merges=["C1:E1", "F1:H1"],
    ),
    "all official names of rates in the head": table(
        [
            "Đơn vị",
            "Tỷ lệ thủ tục hành chính được cập nhật, công khai đúng hạn (%)",
            "Tỷ lệ hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia (%)",
            "Tỷ lệ dịch vụ công trực tuyến có phát sinh hồ sơ (%)",
            "Tỷ lệ TTHC có giao dịch thanh toán trực tuyến (%)",
            "Tỷ lệ hài lòng trong xử lý phản ánh, kiến nghị (%)",
            "Tỷ lệ TTHC triển khai kết nối, chia sẻ dữ liệu dân cư phục vụ giải quyết TTHC (%)",
        ],
        [A, 91.5, 100, 50, 80, 100, 7.25],
        [B, 90, 99.5, 48, 75, 50, 8],
    ),
    "what is late, and targets beside": table(
        ["Đơn vị", "Tỷ lệ đúng hạn (%)", "Tỷ lệ quá hạn (%)", "Chỉ tiêu giao (%)", "So với chỉ tiêu (%)"],
        [A, 97.65, 2.35, 98, -0.35],
        [B, 96, 4, 98, -2],
    ),
    "the score that the office gave itself beside that which was found": table(
        ["Đơn vị", "Điểm tự đánh giá", "Điểm thẩm định", "Điểm trừ"],
        [A, 98, 94.73, 3.27],
        [B, 95, 90.1, 4.9],
    ),
    "the points of one component": table(
        ["STT", "Xã, phường", "Điểm", "Hạng"],
        [1, A, 19.53, 1],
        [2, B, 18.2, 2],
        above=[["BẢNG ĐIỂM NHÓM CHỈ SỐ TIẾN ĐỘ GIẢI QUYẾT"], ["Đến ngày 30/9/2026"]],
    ),
    "one criterion of all units": table(
        ["STT", "Đơn vị", "Tử số", "Mẫu số", "Tỷ lệ (%)", "Điểm"],
        [1, A, 3179, 3483, 91.27, 6],
        [2, B, 1000, 1250, 80, 6],
        above=[["Chỉ tiêu 3.3: Tỷ lệ hồ sơ nộp trực tuyến"]],
    ),
    "an older table on a hidden sheet and notes on another": [
        (
            "T8 cũ",
            [["Đơn vị", "Tiến độ", "Hài lòng", "Tổng điểm"], [A, 1, 1, 2], [B, 1, 1, 2], [C, 1, 1, 2]],
            {"hidden": 1},
        ),
        ("Bảng", [["Đơn vị", "Tổng điểm"], [A, 94.73], [B, 90.1]], {}),
        ("Ghi chú", [["Nguồn: Cổng DVCQG"]], {}),
    ],
    "a sheet for each month": [
        ("T8.2026", [["Đơn vị", "Tổng điểm"], [A, 93], [B, 89]], {}),
        ("T9.2026", [["Đơn vị", "Tổng điểm"], [A, 94.73], [B, 90.1]], {}),
    ],
    "a hidden column of last month's scores": table(
        ["Đơn vị", "Tổng điểm", "Tổng điểm"],
        [A, 1, 94.73],
        [B, 2, 90.1],
        hidden_columns=["B"],
    ),
    "rows out of sight by a filter": table(
        ["Đơn vị", "Tổng điểm"],
        [A, 94.73],
        [B, 90.1],
        [C, 87.29],
        hidden_rows=[3],
    ),
    "a date of its own in a cell, points as texts with the word behind": table(
        ["STT", "Tên đơn vị", "Tiến độ giải quyết", "Tổng điểm"],
        [1, A, "19,53 điểm", "94,73đ"],
        [2, B, "18,2/20", "90,10"],
        above=[["BẢNG ĐIỂM", None, date(2026, 9, 30)]],
    ),
    "notes behind names and figures, explained below": table(
        ["STT", "Tên đơn vị", "Tổng điểm"],
        [1, f"{A} (mới)", "94,73¹"],
        [2, f"{B}*", "90,1 (2)"],
        below=[[], [None, "(1) Số liệu tạm tính"], [None, "* Đơn vị sáp nhập"]],
    ),
    "the statutory table of dossiers with two rows of heads": table(
        [
            "STT",
            "Lĩnh vực, đơn vị",
            "Số hồ sơ tiếp nhận",
            *[None] * 3,
            "Đã giải quyết",
            *[None] * 3,
            "Đang giải quyết",
            None,
            None,
        ],
        [
            *[None] * 2,
            *["Tổng số", "Trực tuyến", "Trực tiếp, BCCI", "Từ kỳ trước"],
            *["Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn"],
            *["Tổng số", "Trong hạn", "Quá hạn"],
        ],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)", "(12)", "(13)"],
        ["I", "Khối xã", 2400, 2280, 105, 15, 2375, 1750, 625, 0, 25, 25, 0],
        [1, A, 2400, 2280, 105, 15, 2375, 1750, 625, 0, 25, 25, 0],
        ["II", "Khối phường", 1100, 1030, 60, 10, 1087, 700, 385, 2, 13, 13, 0],
        [1, B, 1100, 1030, 60, 10, 1087, 700, 385, 2, 13, 13, 0],
        [None, "TỔNG CỘNG", 3500, 3310, 165, 25, 3462, 2450, 1010, 2, 38, 38, 0],
        merges=["C1:F1", "G1:J1", "K1:M1"],
    ),
}


def workbook(what: str) -> bytes:
    """A table as the workbook that a clerk would save: coloured heads, bold totals, merged titles."""
    book, whole = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows, more in TABLES[what]:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for area in more.get("merges", ()):
            sheet.merge_cells(area)
        for cell in sheet[1]:
            cell.font, cell.fill = Font(name="Times New Roman", bold=True), PatternFill("solid", fgColor="FFF2CC")
        for letter in more.get("hidden_columns", ()):
            sheet.column_dimensions[letter].hidden = True
        for number in more.get("hidden_rows", ()):
            sheet.row_dimensions[number].hidden = True
        sheet.auto_filter.ref = sheet.dimensions
        sheet.freeze_panes = "C3"
        sheet.sheet_state = "hidden" if more.get("hidden") else "visible"
    book.active = next(i for i, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible")
    book.save(whole)
    return whole.getvalue()
