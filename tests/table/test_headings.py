"""What tables say in words: headings, names of units, rows of totals, dates; and numbers where words decide."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import files as edition_files
from model.table import leagues as tables
from model.table import units
from model.table.league import Period, columns
from model.table.reading import dating as guesses
from model.table.reading import headings
from model.words import numbers
from model.words.problems import LANGUAGES, Problem
from strategies import EDITIONS

ALL = (*EDITIONS, *(f"{key}-5" for key in EDITIONS))


def roles(*rows, edition="766-2026"):
    """What the columns of a header are taken for."""
    found = headings.header([list(row) for row in rows], edition_files.load(edition), 0)
    return [h.role for h in found.headings] if found else None


def role(heading, edition="766-2026"):
    """What one heading is taken for, and whether that is sure."""
    found = headings.header([["Tên đơn vị", heading, "Tổng điểm"]], edition_files.load(edition), 0)
    return found.headings[1].role, found.headings[1].sure


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_is_known_by_its_name_its_code_and_its_number_of_points(key, language):
    for c in edition_files.load(key).components:
        for heading in (c.name[language], c.name[language].upper(), c.code, f"{c.name[language]}\n({c.max_points}đ)"):
            assert role(heading, key) == (f"points.{c.key}", True), heading
        assert role(f"1. Điểm {c.name[language]}", key) == (f"points.{c.key}", False)
        assert headings.component_of(f"II. {c.name[language]}", edition_files.load(key)) == c.key


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_is_known_by_its_name_and_its_number(key, language):
    edition = edition_files.load(key)
    for c in edition.criteria:
        for text in (
            c.name[language],
            c.number,
            f"{c.number}. {c.name[language]}",
            f"Tiêu chí {c.number}",
            c.name[language].upper(),
        ):
            assert headings.criterion_of(text, edition) == c.key, text
        assert role(f"{c.number} {c.name[language]}: tử số", key)[0] == f"done.{c.key}"
        assert role(f"{c.number} {c.name[language]} (%)", key)[0] == f"rate.{c.key}"
        assert roles(["Đơn vị", c.name[language], None], [None, "Tử số", "Mẫu số"], edition=key) == [
            "name",
            f"done.{c.key}",
            f"due.{c.key}",
        ]


# What the decision, the guide and the portal call each criterion, in full; people shorten some of the words.
OFFICIAL = {
    "published_on_time": "Tỷ lệ thủ tục hành chính công bố đúng hạn",
    "updated_on_time": "Tỷ lệ thủ tục hành chính được cập nhật, công khai đúng hạn",
    "content_complete": "Tỷ lệ thủ tục hành chính được công khai có đầy đủ các nội dung quy định về các bộ phận "
    "tạo thành của thủ tục hành chính",
    "dossiers_synced": "Tỷ lệ hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia",
    "on_time": "Tỷ lệ hồ sơ xử lý trước hạn, đúng hạn",
    "services_online": "Tỷ lệ thủ tục hành chính cung cấp dịch vụ công trực tuyến",
    "services_used": "Tỷ lệ dịch vụ công trực tuyến có phát sinh hồ sơ",
    "filed_online": "Tỷ lệ hồ sơ thủ tục hành chính theo hình thức nộp hồ sơ trực tuyến",
    "paid_online": "Tỷ lệ hồ sơ thanh toán trực tuyến",
    "procedures_paid_online": "Tỷ lệ thủ tục hành chính có giao dịch thanh toán trực tuyến",
    "procedures_integrated": "Tỷ lệ thủ tục hành chính có yêu cầu nghĩa vụ tài chính được tích hợp để người dân có thể "
    "thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia",
    "e_results": "Tỷ lệ hồ sơ thủ tục hành chính có cấp kết quả giải quyết thủ tục hành chính điện tử",
    "digitized": "Tỷ lệ hồ sơ thủ tục hành chính thực hiện số hóa hồ sơ",
    "reused": "Tỷ lệ hồ sơ khai thác, sử dụng lại thông tin, dữ liệu số hóa",
    "shared_to_store": "Tỷ lệ hồ sơ thủ tục hành chính được số hóa có kết nối, chia sẻ dữ liệu phục vụ tái sử dụng",
    "population_procedures": "Tỷ lệ thủ tục hành chính triển khai kết nối, chia sẻ dữ liệu dân cư phục vụ giải quyết "
    "thủ tục hành chính",
    "population_dossiers": "Tỷ lệ hồ sơ thủ tục hành chính có sử dụng thông tin dữ liệu dân cư",
    "certified_copies": "Tỷ lệ cung cấp dịch vụ chứng thực bản sao điện tử từ bản chính",
    "petitions_on_time": "Tỷ lệ phản ánh, kiến nghị xử lý đúng hạn",
    "petitions_satisfied": "Tỷ lệ hài lòng trong xử lý phản ánh, kiến nghị",
    "dossiers_satisfied": "Tỷ lệ hài lòng trong tiếp nhận, giải quyết thủ tục hành chính",
}
SHORTER = {
    "thủ tục hành chính": ("TTHC",),
    "phản ánh, kiến nghị": ("PAKN",),
    "Cổng Dịch vụ công quốc gia": ("Cổng DVCQG",),
    "dịch vụ công trực tuyến": ("DVCTT", "DVC trực tuyến"),
    "hóa": ("hoá",),
}


def spellings(name):
    """An official name as it is typed: words shortened, capitals, "Tỉ lệ" or "Tiến độ" or neither, lines, a unit."""
    found = {name}
    for long, shorts in SHORTER.items():
        found |= {text.replace(long, short) for text in found for short in shorts}
    for text in sorted(found):
        bare = text.removeprefix("Tỷ lệ ")
        yield from (text, text.upper(), f"{text} (%)", text.replace(" ", "\n", 3), text.replace("Tỷ", "Tỉ"))
        yield from (f"Tiến độ {bare}", f"{bare[0].upper()}{bare[1:]} (%)")


@pytest.mark.parametrize("key", EDITIONS)
def test_every_official_name_of_all_21_criteria_is_known_in_every_spelling(key):
    edition = edition_files.load(key)
    assert set(OFFICIAL) == set(edition.criterion_index) and len(OFFICIAL) == 21
    for criterion, name in OFFICIAL.items():
        for text in spellings(name):
            assert headings.criterion_of(text, edition) == criterion, text
            if not text.startswith("Tiến độ"):
                assert role(text, key) == (f"rate.{criterion}", True), text
            assert roles(["Đơn vị", text, None, None], [None, "Tử số", "Mẫu số", "Tỷ lệ (%)"], edition=key) == [
                "name",
                *(f"{what}.{criterion}" for what in ("done", "due", "rate")),
            ], text


@pytest.mark.parametrize("key", ALL)
def test_our_own_columns_are_known_and_sure(key):
    edition = edition_files.load(key)
    own = {f"{c.key}_points": f"points.{c.key}" for c in edition.components} | {
        "unit_code": "code",
        "unit_name": "name",
    }
    own |= {f"{k}_{what}": f"{what}.{k}" for k in columns(edition) for what in ("done", "due")}
    own |= {k: f"rate.{k}" for k in columns(edition)} | {"published_score": "score", "published_rank": "rank"}
    for heading, expected in own.items():
        assert role(heading, key) == role(f" {heading.upper()} ", key) == (expected, True)
        assert expected in headings.roles(edition)


# a heading as people write it, and what it holds
WRITTEN = {
    "Điểm công khai, minh bạch": "points.transparency",
    "CONG KHAI MINH BACH": "points.transparency",
    "Công khai\n(18đ)": "points.transparency",
    "I. Công khai minh bạch": "points.transparency",
    "Nhóm 1: Công khai, minh bạch (tối đa 18 điểm)": "points.transparency",
    "TĐGQ": "points.progress",
    "Tiến độ giải quyết hồ sơ": "points.progress",
    "DVC TT (12đ)": "points.online_services",
    "DVCTT": "points.online_services",
    "Chất lượng giải quyết": "points.online_services",
    "Cung cấp dịch vụ trực tuyến": "points.online",
    "Dịch vụ công trực tuyến, thanh toán trực tuyến (22đ)": "points.online",
    "Thanh toán": "points.online_payment",
    "MĐHL": "points.satisfaction",
    "Mức độ hài lòng của người dân, doanh nghiệp": "points.satisfaction",
    "Kết quả số hóa hồ sơ (22 điểm)": "points.digitization",
    "Số hoá hồ sơ": "points.digitization",
    "Điểm số hóa": "points.digitization",
    "Tổng điểm (100đ)": "score",
    "TỔNG CỘNG": "score",
    "Tổng điểm/100": "score",
    "Điểm Bộ chỉ số 766": "score",
    "Thứ hạng": "rank",
    "Xếp hạng toàn tỉnh": "rank",
    "Xếp loại": "band",
    "STT": "row",
    "Đơn vị thực hiện": "name",
    "Tên Đơn vị,\nCơ quan": "name",
    "Xã, phường, đặc khu": "name",
    "UBND xã, phường": "name",
    "Tỉnh/Thành phố": "name",
    "Sở, ban, ngành": "name",
    "Mã định danh": "code",
    "Mã ĐVHC": "code",
    "Cấp Đơn vị": "level",
    "Tỷ lệ hồ sơ trực tuyến (%)": "rate.filed_online",
    "Tỉ lệ đúng hạn": "rate.on_time",
    "Tiến độ giải quyết hồ sơ đúng hạn (%)": "rate.on_time",
    "Thanh toán trực tuyến (%)": "rate.paid_online",
    "Tỷ lệ số hóa hồ sơ": "rate.digitized",
    "Khai thác, sử dụng lại dữ liệu số hóa (%)": "rate.reused",
    "2.1 Tử số": "done.on_time",
    "Mẫu số 2.1": "due.on_time",
    "Số hồ sơ nộp trực tuyến": "done.filed_online",
    "Số hồ sơ": "none",
    "Tổng số hồ sơ tiếp nhận": "none",
    "Số hồ sơ số hóa": "done.digitized",
    "Số hồ sơ quá hạn": "none",
    "Tỷ lệ hài lòng": "none",
    "Tổng điểm tháng trước": "none",
    "Hạng kỳ trước": "none",
    "Tăng/giảm điểm số": "none",
    "So với tổng điểm tháng 8": "none",
    "Ghi chú": "none",
    "Điểm tối đa": "most",
    "Họ tên": "none",
}


@pytest.mark.parametrize("heading", WRITTEN)
def test_a_heading_is_known_as_people_write_it(heading):
    for text in (heading, unicodedata.normalize("NFD", heading), heading.replace(" ", "  ")):
        assert role(text)[0] == WRITTEN[heading]


def test_a_heading_tells_its_maximum():
    edition = edition_files.load("766-2026")
    texts = [
        "Công khai (18đ)",
        "Tiến độ (tối đa 20 điểm)",
        "Số hóa (22)",
        "Hài lòng/18",
        "Tổng (100 points)",
        "Thanh toán",
    ]
    found = headings.header([["Tên", *texts]], edition, 0)
    assert [h.most for h in found.headings] == [None, 18, 20, 22, 18, 100, None]


def test_a_header_may_have_two_or_three_rows():
    group = ["STT", "Tên đơn vị", "Tiến độ giải quyết", None, None, "Tổng điểm"]
    assert roles(group, [None, None, "Điểm", "Xếp hạng", None, None]) == [
        "row",
        "name",
        "points.progress",
        "rank",
        "none",
        "score",
    ]
    third = [None, None, None, "Tử số", "Mẫu số", None]
    second = [None, None, "Điểm", "2.1 Hồ sơ giải quyết trước hạn, đúng hạn", None, None]
    assert roles(group, second, third) == ["row", "name", "points.progress", "done.on_time", "due.on_time", "score"]
    assert roles(group, [None, None, "(20đ)", None, None, "(100đ)"])[2] == "points.progress"


def test_rows_of_numbers_and_of_maxima_are_told_from_figures():
    assert headings.is_numbering(["(1)", "(2)", "(3)=(1)+(2)"]) and headings.is_numbering(["A", "B", 1.0, 2.0, 3.0])
    assert not headings.is_numbering([1.0, "Xã A", 3.0]) and not headings.is_numbering([18.0, 20.0, 12.0])
    assert headings.is_maxima([None, "(18đ)", "20 điểm", "/22đ"])
    assert not headings.is_maxima(["18", "20"]) and not headings.is_maxima([None, ""])


NAMES = {name: (listed.key, code) for listed in tables.lists() for code, name in listed.names.items()}
TYPED = {
    "with a space too many": lambda name: f"  {name.replace(' ', '  ')} ",
    "in capitals": str.upper,
    "in letters and marks apart": lambda name: unicodedata.normalize("NFD", name),
    "with the tone on the other vowel": lambda name: name.replace("òa", "oà").replace("óa", "oá").replace("ủy", "uỷ"),
    "after UBND": lambda name: f"UBND {name[0].lower()}{name[1:]}",
    "after Ủy ban nhân dân": lambda name: f"Ủy ban nhân dân {name}",
    "in short": lambda name: name.replace("Phường ", "P. ").replace("Xã ", "X.").replace("TP ", "Thành phố "),
}


@pytest.mark.parametrize("how", TYPED)
def test_a_name_is_the_same_however_it_is_typed(how):
    assert all(units.same_name(TYPED[how](name)) == units.same_name(name) for name in NAMES)


def test_different_names_stay_different():
    for listed in tables.lists():
        assert len({units.same_name(name) for name in listed.names.values()}) == len(listed.names)
    assert units.same_name("Xã Hòa") != units.same_name("Xã Hóa") != units.same_name("Xã Hoa")
    assert units.same_name("Xã Phú Xuyên") != units.same_name("Phường Phú Xuyên")


def test_no_official_name_is_a_sum_and_every_one_tells_its_level():
    for listed in tables.lists():
        for name in listed.names.values():
            assert not units.is_sum(name) and not units.is_sum(name.partition(" ")[2] or name), name
            assert units.level_of(name) in (listed.level, None if listed.level == "province" else listed.level)


SUMS = "Tổng cộng|TỔNG|Cộng:|Tổng số (126 đơn vị)|Tổng điểm|Trung bình|TB toàn tỉnh|Bình quân chung|Toàn thành phố"
MORE_SUMS = "Điểm tối đa|Thang điểm|Cao nhất|Điểm trung bình|Cả nước|Total|Average"


@pytest.mark.parametrize("name", f"{SUMS}|{MORE_SUMS}".split("|"))
def test_a_row_of_totals_is_known(name):
    assert units.is_sum(name)


@pytest.mark.parametrize(
    "name",
    [
        "Xã Cộng Hòa",
        "Cộng Hòa",
        "Tổng Cọt",
        "Xã Toàn Thắng",
        "Xã Trung Bình",
        "Công an tỉnh",
        "",
        "Max Bình",
    ],
)
def test_a_unit_is_no_row_of_totals(name):
    assert not units.is_sum(name)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Xã A", "commune"),
        ("P.12", "commune"),
        ("P. Ba Đình", "commune"),
        ("TT. Phú Xuyên", "commune"),
        ("UBND đặc khu Lý Sơn", "commune"),
        ("Tỉnh Đắk Lắk", "province"),
        ("TP. Huế", "province"),
        ("UBND thành phố Hà Nội", "province"),
        ("Sở Y tế", "department"),
        ("SO Y TE", "department"),
        ("Văn phòng HĐND và UBND", "department"),
        ("Viện Quy hoạch", "department"),
        ("Viên An", None),
        ("Trường Đại học Thủ đô", "department"),
        ("Trưởng phòng Nguyễn Văn A", None),
        ("Sơn La", None),
        ("Phú Xuyên", None),
        ("Xãng", None),
    ],
)
def test_a_name_s_first_word_tells_its_level(name, level):
    assert units.level_of(name) == level


def match(*rows, asked="", sure=False):
    """Units given as (code, name), in the official lists."""
    return units.matched([code for code, _ in rows], [name for _, name in rows], tables.lists(), asked, sure)


def test_every_official_unit_is_found_by_its_code_or_else_its_name():
    for listed in tables.lists():
        codes, names = list(listed.names), list(listed.names.values())
        for written in (codes, [code.lstrip("0") for code in codes], [""] * len(codes)):
            found = units.matched(written, names, tables.lists())
            assert (found.listed, list(found.codes)) == (listed.key, codes)
            assert not (found.read_as or found.other_name or found.by_name or found.near)


def test_a_name_without_marks_or_kind_is_read_as_the_only_unit_called_so():
    found = match(("", "Phuong Linh Nam"), ("", "Long Biên"), ("", "P. Ba Đình"))
    assert list(found.codes) == ["00328", "00145", "00004"]
    assert found.read_as == {0: "Phường Lĩnh Nam", 1: "Phường Long Biên"}
    assert list(match(("", "Tỉnh Đắk Lắk"), ("", "Hà Nội"), ("", "Tp.Huế")).codes) == ["H15", "H26", "H57"]


def test_a_code_counts_more_than_a_name_unless_the_list_lacks_it():
    found = match(("00340", "Phường Tây Hồ"), ("4", "Phường Ba Đình"), ("H26.7", "Xã Phú Xuyên"))
    assert list(found.codes) == ["00340", "00004", "10273"]
    assert (found.other_name, found.by_name) == ({0: "Phường Yên Sở"}, {2: "Xã Phú Xuyên"})
    sure = match(("00340", "Phường Tây Hồ"), ("4", "Phường Ba Đình"), ("H26.7", "Xã Phú Xuyên"), sure=True)
    assert list(sure.codes) == ["00340", "00004", "H26.7"] and list(sure.near[2]) == ["10273"]


def test_a_near_miss_is_offered_and_not_taken():
    found = match(("", "Xã Phú Xuyên"), ("", "Phường Hoàng Liệtt"), ("", "Xã Hoàn Toàn Khác"), asked="hanoi")
    assert found.codes[1] == "phuong-hoang-liett" and found.near[1][0] == "00337" and list(found.near[2]) == []


def test_a_list_of_too_few_of_the_units_is_taken_only_when_asked_for():
    rows = [("", "Xã Phú Xuyên"), ("", "Xã Một"), ("", "Xã Hai")]
    assert match(*rows).listed == "" and list(match(*rows).codes) == ["xa-phu-xuyen", "xa-mot", "xa-hai"]
    assert match(*rows, asked="hanoi").codes[0] == "10273" and match(*rows, asked="provinces").listed == ""


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_names(text):
    assert units.same_name(units.same_name(text)) == units.same_name(text)
    assert units.level_of(text) in (None, "commune", "department", "province", "other") and units.made_code(text)
    assert units.is_sum(text) in (True, False)
    guesses.dated([text])


def period(kind, first, last):
    return Period(kind=kind, first=date.fromisoformat(first), last=date.fromisoformat(last))


DATED = {
    "Số liệu đến ngày 25/8/2025": ("2025-08-25", None),
    "Ngày 25 tháng 8 năm 2025": ("2025-08-25", None),
    "ngày 5 tháng 09, năm 2025": ("2025-09-05", None),
    "cập nhật 25.08.2025 14:30": ("2025-08-25", None),
    "bang-diem-2025-08-25.xlsx": ("2025-08-25", None),
    "bang_diem_20250825_v2.csv": ("2025-08-25", None),
    "2025_8_5": ("2025-08-05", None),
    "Lũy kế đến 25/8/2025": ("2025-08-25", period("year_to_date", "2025-07-01", "2025-08-25")),
    "từ đầu năm đến 30/6/2025": ("2025-06-30", period("year_to_date", "2025-01-01", "2025-06-30")),
    "Từ ngày 01/01/2026 đến ngày 30/9/2026": ("2026-09-30", period("year_to_date", "2026-01-01", "2026-09-30")),
    "từ 01/7 đến hết ngày 25/8/2025": ("2025-08-25", period("year_to_date", "2025-07-01", "2025-08-25")),
    "01/8/2025 - 31/8/2025": ("2025-08-31", period("month", "2025-08-01", "2025-08-31")),
    "từ ngày 01 tháng 4 đến ngày 20 tháng 5 năm 2026": ("2026-05-20", period("quarter", "2026-04-01", "2026-05-20")),
    "Tháng 8/2025": ("2025-08-31", period("month", "2025-08-01", "2025-08-31")),
    "THÁNG 02 NĂM 2026": ("2026-02-28", period("month", "2026-02-01", "2026-02-28")),
    "T9.2026": ("2026-09-30", period("month", "2026-09-01", "2026-09-30")),
    "Lũy kế tháng 8/2025": ("2025-08-31", period("year_to_date", "2025-07-01", "2025-08-31")),
    "QUÝ III NĂM 2025": ("2025-09-30", period("quarter", "2025-07-01", "2025-09-30")),
    "Quý 1/2026": ("2026-03-31", period("quarter", "2026-01-01", "2026-03-31")),
    "Quý IV-2025": ("2025-12-31", period("quarter", "2025-10-01", "2025-12-31")),
    "6 tháng đầu năm 2026": ("2026-06-30", period("year_to_date", "2026-01-01", "2026-06-30")),
    "9 tháng năm 2025": ("2025-09-30", period("year_to_date", "2025-07-01", "2025-09-30")),
    "Quyết định số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng Chính phủ": (None, None),
    "Theo Quyết định số 19/2025/QĐ-TTg ngày 30 tháng 6 năm 2025; số liệu ngày 25/8/2025": ("2025-08-25", None),
    "Kèm theo Công văn số 12/UBND ngày 05/9/2025, số liệu đến 31/8/2025": ("2025-08-31", None),
    "Kèm theo Công văn số 12/UBND ngày 05/9/2025": ("2025-09-05", None),
    "Hà Nội, ngày 05 tháng 9 năm 2025 BẢNG XẾP HẠNG THÁNG 8/2025": (
        "2025-08-31",
        period("month", "2025-08-01", "2025-08-31"),
    ),
    "Hà Nội, ngày 05 tháng 9 năm 2025": ("2025-09-05", None),
    "In ngày 26/8/2025, tính đến ngày 25/8/2025": ("2025-08-25", None),
    "Năm 2025": (None, None),
    "31/2/2025": (None, None),
    "Tháng 13/2025": (None, None),
    "ngày 25/8/1999": (None, None),
    "ngày 25/8/2099": (None, None),
    "123456/25/8/20256": (None, None),
    "": (None, None),
}


@pytest.mark.parametrize("text", DATED)
def test_a_title_tells_day_and_period(text):
    day, covered = DATED[text]
    assert guesses.dated([text]) == (date.fromisoformat(day) if day else None, covered)
    assert guesses.dated(["không có ngày", text, "1/1/2026"])[0] == (
        date.fromisoformat(day) if day else date(2026, 1, 1)
    )


@pytest.mark.parametrize(
    ("as_of", "leader", "edition"),
    [
        (date(2025, 12, 31), 60, "766-2025"),
        (date(2026, 1, 1), 95, "766-2026"),
        (None, 94.73, "766-2025"),
        (None, 74, "766-2026"),
        (None, -1, "766-2026"),
        (date(2020, 1, 1), -1, "766-2025"),
    ],
)
def test_the_era_is_told_by_the_day_or_else_by_the_leader(as_of, leader, edition):
    assert edition_files.in_force(as_of, leader) == edition


PLAIN = {
    ("points", "19,53"): 19.53,
    ("points", "19.53"): 19.53,
    ("points", "19.53/20"): 19.53,
    ("points", "19,53 / 20"): 19.53,
    ("points", "19,53 điểm"): 19.53,
    ("points", "19,53đ"): 19.53,
    ("points", "3.483"): 3.483,
    ("points", 19.53): 19.53,
    ("points", " 20 "): 20,
    ("count", "3.483"): 3483,
    ("count", "3,483"): 3483,
    ("count", "3 483"): 3483,
    ("count", "1.234.567"): 1234567,
    ("count", "3483"): 3483,
    ("count", 3483.0): 3483,
    ("percent", "98 %"): 0.98,
    ("percent", "98,5"): 0.985,
    ("percent", 98): 0.98,
    ("percent", numbers.Share(0.98)): 0.98,
    ("fraction", "98%"): 0.98,
    ("fraction", "0,98"): 0.98,
    ("fraction", numbers.Share(0.98)): 0.98,
}


@pytest.mark.parametrize(("what", "cell"), PLAIN)
def test_a_cell_states_what_its_column_holds(what, cell):
    read = {"points": lambda: numbers.points(cell, 20), "count": lambda: numbers.count(cell)}
    found = read.get(what, lambda: numbers.rate(cell, what))()
    assert found == pytest.approx(PLAIN[what, cell], abs=1e-12)


@pytest.mark.parametrize("cell", ["1.234,5", "1.234,50", "1,234.5"])
def test_both_marks_tell_themselves_apart(cell):
    assert numbers.plain(cell) == 1234.5
    with pytest.raises(Problem, match="whole"):
        numbers.count(cell)


@pytest.mark.parametrize("cell", ["#DIV/0!", "#N/A", "abc/20", "1.2.3", "19,53,1", "", "mười", "1e999"])
def test_what_is_no_number_is_said_to_be_none(cell):
    with pytest.raises(Problem, match="is not a number"):
        numbers.points(cell, 20)
