"""Rankings sent as messages, a unit a line, are tables; lines that say more than a unit's points are not."""

import math
import unicodedata

import pytest

from model.table import leagues as tables
from model.table.reading.reading import read

MESSAGE = """BẢNG XẾP HẠNG BỘ CHỈ SỐ 766 ngày 25/8/2025

1. Xã Phú Xuyên: 94,73 điểm
2. Phường Yên Sở: 90,1 điểm (tăng 0,2 điểm)
3. Phường Lĩnh Nam: 87,29 điểm, xếp loại Tốt
Trân trọng!
"""


def scores(text):
    """{code: published score in hundredths} of a text, and its league."""
    league = read(text.encode(), "zalo.txt", tables.lists()).league
    return dict(zip(league.codes, league.published_score.tolist(), strict=True)), league


def test_a_message_is_a_ranking_of_the_day_it_names_and_its_other_lines_are_left_with_their_place():
    found = read(MESSAGE.encode(), "zalo.txt", tables.lists())
    assert dict(zip(found.league.codes, found.league.published_score.tolist(), strict=True)) == {
        "10273": 9473,
        "00340": 9010,
        "00328": 8729,
    }
    assert found.league.as_of.isoformat() == "2025-08-25" and found.header == 2
    assert [(f.row, f.why.code) for f in found.findings if f.row] == [(6, "row_note")]


@pytest.mark.parametrize(
    "line",
    [
        "- {name} đạt {points} điểm",
        "{n}) {name} – {points}/100 điểm.",
        "{n}/ {name} - {points}đ",
        "🥇 {n}. {name}: đạt {points} điểm; xếp thứ {n}",
        "{name} = {points} points",
        "{n}. {name}: {points} ĐIỂM (giảm 1,5 điểm)",
    ],
)
@pytest.mark.parametrize("mark", [",", "."])
def test_a_line_is_read_however_it_is_marked_out(line, mark):
    rows = [(1, "Xã Phú Xuyên", "94,73"), (2, "Phường Yên Sở", "90,1"), (3, "Phường Lĩnh Nam", "87")]
    text = "\n".join(line.format(n=n, name=name, points=points.replace(",", mark)) for n, name, points in rows)
    assert scores(text)[0] == {"10273": 9473, "00340": 9010, "00328": 8700}


def test_letters_in_parts_are_the_same_letters():
    assert scores(unicodedata.normalize("NFD", MESSAGE))[0] == scores(MESSAGE)[0]


def test_points_of_what_a_message_is_about_are_no_score():
    _, league = scores("Tiến độ giải quyết tháng 9/2026\n1. Xã Phú Xuyên: 19,53 điểm\n2. Phường Yên Sở: 18 điểm")
    assert (league.published_score != league.published_score).all()
    assert league.published[:, 1].tolist() == [1953, 1800]


@pytest.mark.parametrize("line", ["{name} tiến độ: 19 điểm", "{name} - tiến độ: 19 điểm", "{name} (tiến độ): 19 điểm"])
def test_what_stands_behind_every_name_says_what_the_points_are_of(line):
    text = "\n".join(line.format(name=name) for name in ("Xã Phú Xuyên", "Phường Yên Sở"))
    _, league = scores(text)
    assert league.names == ("Xã Phú Xuyên", "Phường Yên Sở") and league.published[:, 1].tolist() == [1900, 1900]
    assert all(math.isnan(score) for score in league.published_score)
    totals, _ = scores(text.replace("tiến độ", "tổng điểm"))
    assert totals == {"10273": 1900, "00340": 1900}


def test_a_message_with_a_line_for_each_component_of_a_unit_is_not_guessed_at():
    text = "\n".join(f"Xã Phú Xuyên {of}: {points} điểm" for of, points in (("tiến độ", 19), ("thanh toán", 9)))
    assert read(text.encode(), "zalo.txt", tables.lists()).league is None


@pytest.mark.parametrize(
    "line",
    [
        "{name}: tăng 0,5 điểm",
        "{name}: 19 điểm tiến độ",
        "{name}: 19 điểm, tổng 94 điểm",
        "{name} tiến độ: 19 điểm, tổng: 94 điểm",
        "{name}: hạng 5",
    ],
)
def test_a_line_that_says_more_or_other_than_points_is_not_guessed_at(line):
    text = "\n".join(line.format(name=name) for name in ("Xã Phú Xuyên", "Phường Yên Sở"))
    assert read(text.encode(), "zalo.txt", tables.lists()).league is None
