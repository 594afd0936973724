"""The corpus's files that no editor writes: workbooks, zips, other encodings. Run in this folder to make them again."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

HERE = Path(__file__).parent
SHARES = {"%": "0.00%"}
RANKING = [
    "Hạng",
    "Tên Đơn vị,\nCơ quan",
    "Cấp Đơn vị",
    "Mã Đơn vị",
    "Công khai\n(18đ)",
    "Tiến độ\n(20đ)",
    "DVC TT\n(12đ)",
    "Số hóa\n(22đ)",
    "Thanh toán\n(10đ)",
    "Hài lòng\n(18đ)",
    "TỔNG ĐIỂM\n(100đ)",
    "Xếp loại",
]
DETAIL = ["STT", "Nhóm Chỉ số", "Tên Tiêu chí Thành phần", "Tử số", "Mẫu số", "Tỷ lệ (%)", "Điểm Đạt / Tối đa"]
PHU_XUYEN = [1, "Xã Phú Xuyên", "Cấp xã", "10273", 16.4, 19.53, 10, 21.2, 9.6, 18, 94.73, "Xuất sắc"]
BA_DINH = [2, "Phường Ba Đình", "Cấp xã", "00004", 16.1, 18.2, 9.5, 20.3, 9.1, 17.5, 90.7, "Xuất sắc"]
LINH_NAM = [3, "Phường Lĩnh Nam", "Cấp xã", "00328", 15, 17.77, 9, 19.02, 8.5, 18, 87.29, "Tốt"]
SO_Y_TE = [4, "Sở Y tế", "Sở, ban, ngành", "H26.15", 15, 17, 9, 19, 8, 18, 86, "Tốt"]
FOOTER = [
    [],
    [None, "Hà Nội, ngày 26 tháng 8 năm 2025"],
    [None, "Người lập biểu", None, None, None, None, None, "Thủ trưởng đơn vị"],
    [None, "(Ký, ghi rõ họ tên)"],
]


def book(*sheets, merges=(), shares=()):
    """A workbook of (title, rows) sheets; areas to merge and cells to show as percentages are of the first."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    sheet.cell(at, column, value)
    for area in merges:
        made.worksheets[0].merge_cells(area)
    for cell in shares:
        made.worksheets[0][cell].number_format = "0.0%"
    made.properties.created = made.properties.modified = datetime(2026, 10, 10)
    whole = io.BytesIO()
    made.save(whole)
    return settled(whole.getvalue())


def settled(data):
    """The same zip with no time of its making in it, so that it is the same bytes each time."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-10-10T00:00:00Z", old.read(part))
            new.writestr(zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def changed(data, part, old, new):
    """The workbook with a text of one of its parts replaced."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            text = before.read(one)
            if one.filename == part:
                assert old in text, text
                text = text.replace(old, new)
            after.writestr(zipfile.ZipInfo(one.filename, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def packed(**files):
    """A zip of texts by name, a double underscore for the dot."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(zipfile.ZipInfo(name.replace("__", "."), (1980, 1, 1, 0, 0, 0)), text)
    return whole.getvalue()


def text(name):
    return (HERE / name).read_text(encoding="utf-8")


def detail(unit, *rows):
    """A sheet of one unit's criteria."""
    return [["CHI TIẾT BỘ CHỈ SỐ 766"], [f"Đơn vị: {unit}"], [], DETAIL, *rows]


TITLES = [["UBND THÀNH PHỐ HÀ NỘI"], ["BẢNG XẾP HẠNG BỘ CHỈ SỐ 766"], ["Số liệu đến ngày 25/8/2025"], []]
ALL = [PHU_XUYEN, BA_DINH, LINH_NAM]
SUM = [None, "Tổng cộng", None, None, 46.5, 55.5, 28.5, 60.52, 27.2, 53.5, 272.72]
ROWS_PX = [
    ["I", "Công khai, minh bạch", None, None, None, None, "16,4/18"],
    [1.1, None, "TTHC công bố đúng hạn", 312, 390, 80, "4,8/6"],
    ["II", "Tiến độ giải quyết", None, None, None, None, "19,53/20"],
    ["2.1", None, "2.1. Hồ sơ giải quyết trước hạn, đúng hạn", "3.401", "3.483", "97,65", "19,53/20"],
    ["III", "Thanh toán trực tuyến", None, None, None, None, "9,6/10"],
    ["3.6", None, "Hồ sơ thanh toán trực tuyến", 1813, 1850, 98, "6/6"],
    [None, "Tổng điểm", None, None, None, None, "94,73/100"],
    [None, "Người lập biểu"],
]
ROWS_BD = [
    ["2.1", "Tiến độ giải quyết", "Hồ sơ giải quyết trước hạn, đúng hạn", 1200, 1310, 91.6, "18,32/20"],
    ["4.2", "Số hóa hồ sơ", "Số hóa hồ sơ", None, None, 85.5, "3,42/4"],
]
BARE = [["Tên đơn vị", "Tiến độ", "Tổng điểm"], ["Xã Phú Xuyên", 19.53, 94.73], ["Phường Yên Sở", 18, 90.1]]


def formulas():
    """A workbook whose sums are formulas, with a stored result, without, and with an error for one."""
    made = book(
        ("Bảng", [["Tên đơn vị", "Tiến độ", "Hài lòng", "Tổng điểm"]]
         + [[name, 19.5, 18, f"=SUM(B{i}:C{i})"] for i, name in enumerate(("Xã A", "Xã B", "Xã C"), start=2)])
    )  # fmt: skip
    sheet = "xl/worksheets/sheet1.xml"
    made = changed(made, sheet, b"<f>SUM(B2:C2)</f><v />", b"<f>[1]Sheet1!$A$1+SUM(B2:C2)</f><v>37.5</v>")
    return changed(made, sheet, b'<c r="D4"><f>SUM(B4:C4)</f><v />', b'<c r="D4" t="e"><f>SUM(B4:C4)</f><v>#DIV/0!</v>')


def files():
    """{name: bytes}"""
    own, px = text("own_trang_tinh_vn.csv"), text("dan_tu_excel.txt")
    two_rows = [
        ["STT", "Tên đơn vị", "Tiến độ giải quyết", None, None, "Thanh toán trực tuyến", None, "Tổng điểm"],
        [None, None, "Điểm", "2.1 Hồ sơ giải quyết trước hạn, đúng hạn", None, "Điểm", "Xếp hạng", None],
        [None, None, None, "Tử số", "Mẫu số", None, None, None],
        [1, "Xã Phú Xuyên", 19.53, 3401, 3483, 9.6, 1, 94.73],
        [2, "Phường Ba Đình", 18.2, 1200, 1310, 9.1, 2, 90.7],
    ]
    ranking = book(("Cấp xã", [*TITLES, RANKING, *ALL, SO_Y_TE, SUM, *FOOTER]), merges=["A1:L1", "A2:L2", "A3:L3"])
    return {
        "own_dau_bom.csv": b"\xef\xbb\xbf" + own.replace("\n", "\r\n").encode(),
        "unicode_text.txt": b"\xff\xfe" + px.encode("utf-16-le"),
        "utf16_be.csv": b"\xfe\xff" + own.encode("utf-16-be"),
        "utf16_khong_dau.csv": own.encode("utf-16-le"),
        "windows_1258.csv": windows_1258(own),
        "utf8_hong.csv": own.encode().replace("Đình".encode(), b"\xc4\xc4nh"),
        "xep_hang.xlsx": ranking,
        "chi_tiet.xlsx": book(("Phú Xuyên", detail("Xã Phú Xuyên", *ROWS_PX)), ("BĐ", detail("P. Ba Đình", *ROWS_BD))),
        "xep_hang_va_chi_tiet.xlsx": book(
            ("Chi tiết 1", detail("Xã Phú Xuyên", *ROWS_PX)),
            ("Chi tiết 2", detail("Phường Khác", *ROWS_BD)),
            ("Xếp hạng", [*TITLES, RANKING, *ALL]),
        ),
        "hai_dong_tieu_de.xlsx": book(("Bảng", two_rows), merges=["C1:E1", "F1:G1", "D2:E2", "A1:A3", "B1:B3"]),
        "o_phan_tram.xlsx": book(
            ("Bảng", [["Tên đơn vị", "Tỷ lệ hồ sơ nộp trực tuyến", "Tỷ lệ hồ sơ thanh toán trực tuyến (%)"],
                      ["Xã Phú Xuyên", 0.9127, 0.98], ["Phường Yên Sở", 1, 1]]),
            shares=["B2", "B3", "C2", "C3"],
        ),
        "cong_thuc.xlsx": formulas(),
        "ngay_thang.xlsx": book(
            ("Bảng", [["Tên đơn vị", "Tiến độ", "Tổng điểm"], ["Xã Phú Xuyên", date(2026, 5, 19), 74.7],
                      ["Phường Yên Sở", 18.5, 70.1], ["Phường Lĩnh Nam", "17.Thg5", 70]])
        ),
        "loi_excel.xlsx": book(
            ("Bảng", [["Tên đơn vị", "Tiến độ", "Tổng điểm"], ["Xã Phú Xuyên", "#DIV/0!", 74.7],
                      ["Phường Yên Sở", 18.5, "#N/A"], ["Phường Lĩnh Nam", "#REF!", "#VALUE!"]])
        ),
        "nghin_bi_mat.xlsx": book(
            ("Bảng", [["unit_name", "on_time_done", "on_time_due"], ["Xã Phú Xuyên", 3.401, 3.483],
                      ["Phường Yên Sở", 120, 131], ["Phường Lĩnh Nam", "1.000", "1.000"]])
        ),
        "cot_thua.xlsx": book(
            ("Bảng", [["Tên đơn vị", "Tổng điểm", None, "Ghi chú"], ["Xã Phú Xuyên", 94.73, "tăng", None, "xem lại"],
                      ["Phường Yên Sở", 90.1, None, None, 7]])
        ),
        "diem_phan_tram.xlsx": book(
            ("Bảng", [["Tên đơn vị", "Tiến độ", "Tổng điểm"], ["Xã Phú Xuyên", 0.9765, 94.73],
                      ["Phường Yên Sở", 18.5, 90.1]]),
            shares=["B2"],
        ),
        "hai_bang.xlsx": book(
            ("Ghi chú", [["Số liệu lấy từ Cổng DVCQG"], ["Tên đơn vị", "Tổng điểm"], ["Xã Phú Xuyên", 94.73]]),
            ("Tháng 9.2026", [*BARE, ["Phường Lĩnh Nam", 17, 70]]),
            ("Trống", []),
        ),
        "co_about.xlsx": book(
            ("table", [["unit_code", "unit_name", "progress_points"], ["10273", "Xã Phú Xuyên", 19.53]]),
            ("about", [["# key", "value"], ["edition", "766-2025"], ["title", "Bảng của tôi"], ["as_of", "25/8/2025"]]),
        ),
        "about_sai.xlsx": book(("table", BARE), ("about", [["edition", "766-2025"], ["ngay", "25/8/2025"]])),
        "luu.zip": packed(luu__csv=text("own.csv"), luu__toml='edition = "766-2026"\nlevel = "commune"\n'),
        "hai_csv.zip": packed(a__csv=text("own.csv"), b__csv=text("own.csv")),
        "to_trinh.docx": packed(**{"[Content_Types]__xml": "<Types/>", "word/document__xml": "<w:document/>"}),
        "cat_cut.xlsx": ranking[: len(ranking) // 2],
        "hong_giua.xlsx": changed(ranking, "xl/worksheets/sheet1.xml", b"</sheetData>", b"</sheetDat"),
        "khoa.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        "cu.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"),
        "khoa.zip": locked(packed(luu__csv="unit_code,unit_name\n")),
        "trong.xlsx": book(("Sheet1", [])),
    }  # fmt: skip


def windows_1258(text):
    """A text as old Vietnamese Windows programs save it: some tone marks are letters of their own."""
    import unicodedata

    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", letter)
            tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", apart.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return out


def locked(data):
    """The zip with the flag that says its files are encrypted."""
    marked = bytearray(data)
    marked[6] |= 1
    marked[marked.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


if __name__ == "__main__":
    for name, data in files().items():
        (HERE / name).write_bytes(data)
