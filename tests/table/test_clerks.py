"""Twenty tables as clerks write them, each with its right reading in clerks.toml; in a workbook and as text."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from test_readers import seen

from clerks import TABLES, workbook
from model.table import leagues as tables
from model.table.reading.reading import read
from model.words.numbers import of_several

EXPECTED = tomllib.loads(Path(__file__).parents[1].joinpath("clerks.toml").read_text(encoding="utf-8"))


def test_there_are_twenty_tables_and_a_reading_of_each():
    assert list(TABLES) == list(EXPECTED) and len(TABLES) >= 20


@pytest.mark.parametrize("what", TABLES)
def test_a_clerk_s_table_is_read(what):
    assert seen("bang.xlsx", workbook(what)) == EXPECTED[what]


@pytest.mark.parametrize(
    "what", [what for what, sheets in TABLES.items() if len(sheets) == 1 and "out of sight" not in what]
)
def test_a_clerk_s_table_is_read_the_same_as_text_where_nothing_is_hidden(what):
    ((_, rows, more),) = TABLES[what]
    if more.get("hidden_columns"):
        pytest.skip("a text has no hidden columns")
    lines = [
        "\t".join("" if cell is None else f"{cell:%d/%m/%Y}" if hasattr(cell, "day") else str(cell) for cell in row)
        for row in rows
    ]
    found = seen("bang.txt", "\n".join(lines).encode())
    assert found["units"] == EXPECTED[what]["units"] and found.get("past") == EXPECTED[what].get("past")


# Small tables in which something could be read wrong in silence: what is read, and what is said of it.
NEVER_IN_SILENCE = {
    "a month beside the year to date": (
        "Đơn vị;Tổng điểm lũy kế;Tổng điểm tháng 9/2026\nXã A;90;94,73\nXã B;89;90,1",
        [90, 89],
        "columns_past",
    ),
    "an ID beside the code of the office": (
        "ID;MA_COQUAN;TEN;TONG_SCORE\n7;10273;Xã A;94\n8;00340;Xã B;90",
        [94, 90],
        "column_twice",
    ),
    "a circled digit": ("Đơn vị;Tổng điểm\nXã A;①\nXã B;90,1", [90.1], "cell_number"),
    "a raised digit": ("Đơn vị;Tổng điểm\nXã A;90,1¹\nXã B;17,7²", [90.1, 17.7], "cell_mark"),
    "a rate of what is not on time": (
        "Đơn vị;Tỷ lệ hồ sơ chưa giải quyết đúng hạn (%);Tổng điểm\nXã A;5;94\nXã B;6;90",
        [94, 90],
        "columns_unread",
    ),
    "a name that says more": (
        "Đơn vị;Tỷ lệ hồ sơ trực tuyến toàn trình (%);Tổng điểm\nXã A;5;94\nXã B;6;90",
        [94, 90],
        "column_maybe",
    ),
    "months of no known year, a row each": (
        "Tháng;Đơn vị;Tổng điểm\n8;Xã A;90\n9;Xã A;94\n8;Xã B;80\n9;Xã B;91",
        [94, 91],
        "series_undated",
    ),
    "a unit that the latest day lacks": (
        "Ngày cập nhật;Đơn vị;Tổng điểm\n25/8/2026;Xã A;90\n26/8/2026;Xã A;94\n25/8/2026;Xã B;80",
        [94],
        "series_lacks",
    ),
    "two columns a day": (
        "Đơn vị;25/8/2026;;26/8/2026;\n;Điểm;Chênh lệch;Điểm;Chênh lệch\nXã A;90;1;94;4\nXã B;80;2;91;11",
        [94, 91],
        "columns_past",
    ),
    "December beside January": (
        "Đơn vị;Tổng điểm tháng 12;Tổng điểm tháng 1\nXã A;90;94\nXã B;80;91",
        [94, 91],
        "columns_past",
    ),
    "a group of 22 points": (
        "Đơn vị;CKMB;TDGQ;ONLINE_SERVICE;MDHL;MDSH;totalScore\nXã A;16;19;19,6;18;21,2;93,8\nXã B;15;18;18;17;19;88",
        [93.8, 88],
        "row_apart",
    ),
    "a rate that is wanted beside the one reached": (
        "Đơn vị;Chỉ tiêu thanh toán trực tuyến (%);Kết quả thanh toán trực tuyến (%);Tổng điểm\nXã A;80;98;94"
        "\nXã B;80;45;90",
        [94, 90],
        "column_maybe",
    ),
    "dossiers just in time beside those settled early": (
        "Đơn vị;Tổng số hồ sơ đã giải quyết;Trước hạn;Đúng hạn;Quá hạn;Tổng điểm\nXã A;3000;2500;400;100;94"
        "\nXã B;99;9;90;0;90",
        [94, 90],
        "columns_unread",
    ),
    "ranks over several levels": (
        "Hạng;Đơn vị;Tổng điểm\n1;Xã A;94\n5;Xã B;90\n9;Xã C;80",
        [94, 90, 80],
        "rank_together",
    ),
    "a cell of several figures": (
        'Đơn vị;Tổng điểm\nXã A;"Số lượng: 16\nĐiểm số: 91"\nXã B;90',
        [91, 90],
        "cell_several",
    ),
    "a quote that swallows rows": ('Đơn vị;Tổng điểm\n"Xã A;94\nXã B;90\nXã C;80"', [94, 90, 80], "row_quote"),
}


@pytest.mark.parametrize("what", NEVER_IN_SILENCE)
def test_nothing_is_read_wrong_in_silence(what):
    text, scores, code = NEVER_IN_SILENCE[what]
    found = read(text.encode(), "bang.csv")
    assert (found.league.published_score / 100).tolist() == scores
    assert code in {finding.why.code for finding in found.findings}


def test_a_rate_and_points_under_one_component_s_merged_heading_are_each_their_own():
    rows = ["STT;Đơn vị;Tiến độ giải quyết;;Thanh toán trực tuyến;;Tổng điểm", ";;Tỷ lệ (%);Điểm;Tỷ lệ (%);Điểm;"]
    rows += ["1;Xã A;97,65;19,53;98;9,6;94,73", "2;Xã B;91;18,2;45;9;90,1"]
    league = read("\n".join(rows).encode(), "bang.csv").league
    assert league.rate[~np.isnan(league.rate)].tolist() == [0.9765, 0.98, 0.91, 0.45]
    assert league.published[~np.isnan(league.published)].tolist() == [1953, 960, 1820, 900]


def test_a_star_in_brackets_is_a_note_and_the_highest_is_no_unit():
    text = "Đơn vị;Tổng điểm\nXã Phú Xuyên (*);94,73\nPhường Yên Sở (**);90,1\nĐơn vị cao nhất;94,73"
    assert read(text.encode(), "bang.csv", tables.lists()).league.codes == ("10273", "00340")


def test_what_is_wanted_is_no_rate_and_what_is_reached_beside_it_is():
    text, _, _ = NEVER_IN_SILENCE["a rate that is wanted beside the one reached"]
    league = read(text.encode(), "bang.csv").league
    assert league.rate[~np.isnan(league.rate)].tolist() == [0.98, 0.45]


@pytest.mark.parametrize("early", ["trước hạn", "sớm hạn"])
@pytest.mark.parametrize("more", ["", "Hồ sơ giải quyết "])
def test_beside_those_settled_early_what_is_just_in_time_is_no_rate_and_no_numerator(early, more):
    text = f"Đơn vị;{more}{early};{more}đúng hạn;{more}quá hạn;Tổng điểm\nXã A;80;15;5;94\nXã B;70;20;10;90"
    league = read(text.encode(), "bang.csv").league
    assert np.isnan(league.rate).all() and np.isnan(league.done).all()
    together = text.replace(f"{more}đúng hạn", "Tỷ lệ hồ sơ trước hạn, đúng hạn (%)")
    league = read(together.encode(), "bang.csv").league
    assert league.rate[~np.isnan(league.rate)].tolist() == [0.15, 0.2]


@pytest.mark.parametrize("kind", ["done", "due", "rate", "points", "score"])
def test_of_a_cell_of_several_labelled_figures_each_kind_is_its_own_and_labels_without_one_are_a_text(kind):
    cell = "Số lượng: 16\nTổng số: 40\nTỷ lệ: 40 %\nĐiểm số: 1"
    assert of_several(cell, kind) == {"done": "16", "due": "40", "rate": "40 %"}.get(kind, "1")
    text = "1.4 Hồ sơ đồng bộ lên Cổng: tổng số hồ sơ, số lượng, tỷ lệ, điểm"
    assert of_several(text, kind) == text


def test_a_cell_that_names_a_figure_without_one_stops_its_row_and_no_more():
    both = '"Số lượng: 16\nTổng số: 40"'
    rows = ["unit_name;on_time_done;on_time_due", f"Xã A;{both};{both}", "Xã B;9;10", "Xã C;Hồ sơ: số lượng hồ sơ;10"]
    found = read("\n".join(rows).encode(), "bang.csv").league
    assert found.names == ("Xã A", "Xã B")
    assert np.nanmax(found.done, axis=1).tolist() == [16, 9] and np.nanmax(found.due, axis=1).tolist() == [40, 10]
