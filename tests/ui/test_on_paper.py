"""Pages as they are printed: tables whole and as on screen, our own row marked, nothing to be pressed in them."""

import re
from html import unescape

import pytest
from test_app import app, drawn

from controls_shown import frames
from spaced import spaced

HANOI = {"league": "hanoi_2025-08-25", "unit": "10273"}


def printed(at):
    """The page's tables as they go on paper: [(heads, rows, {row: its class}, classes of the first row's cells)]."""
    at.session_state["printing"] = 1
    at.run()
    assert not at.exception
    found = []
    for node in at.get("html"):
        for table in re.findall(r'<table class="paper">.*?</table>', node.proto.body, re.DOTALL):
            head, *lines = re.findall(r'<tr(?: class="(\w*)")?>(.*?)</tr>', table, re.DOTALL)
            rows = [[spaced(unescape(cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line)] for _, line in lines]
            classes = re.findall(r'<td class="([^"]*)"', lines[0][1])
            heads = [unescape(cell) for cell in re.findall(r"<th[^>]*>(.*?)</th>", head[1])]
            found.append((heads, rows, [i for i, (kind, _) in enumerate(lines) if kind == "mine"], classes))
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_league_goes_on_paper_with_all_rows_and_columns_as_on_screen_and_our_row_marked(language):
    at = app("pages/ranking.py", lang=language, **HANOI)
    (screen,) = frames(at)
    ((heads, rows, mine, classes),) = printed(at)
    assert heads == list(screen.columns) and len(rows) == 126
    assert [row[1].removeprefix("▶ ") for row in rows] == screen.iloc[:, 1].tolist() and rows[0][1].startswith("▶ ")
    assert [row[:1] + row[2:] for row in rows] == [row[:1] + row[2:] for row in screen.values.tolist()]
    assert mine == [0] and [kind.split()[0] == "number" for kind in classes] == [
        head not in (heads[1], heads[3])
        for head in heads  # all but the name and the band
    ]


def test_what_can_be_edited_is_read_on_paper():
    at = drawn(app("pages/targets.py", unit="H15.141", plan__rank="20", plan__fixed="on_time"), "means")
    levers = next(frame for frame in frames(at) if "Không đổi" in frame.columns or len(frame.columns) > 6)
    found = printed(at)
    heads, rows, _, _ = next(one for one in found if one[0] == list(levers.columns))
    assert len(rows) == len(levers)
    assert {cell for row in rows for cell in row} & {"True", "False", "flow", "mendable", "stock"} == set()
    assert sum("✓" in row for row in rows) == 1
