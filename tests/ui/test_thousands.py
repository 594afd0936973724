"""Numbers above 999 are grouped wherever a page or a refusal says one: 1.234 in Vietnamese, 1,234 in English."""

import re

import numpy as np
import pytest
from test_app import app, coded, drawn, said

from controls_shown import frames
from model.rules.files import load
from model.table.leagues import FOLDER
from model.words.problems import LANGUAGES, Problem
from model.words.texts import words

UNITS = 1234
BARE = re.compile(r"(?<![\w.,\-=])(?!20[0-9]{2}\b|10273\b)[0-9]{4,}(?![\w\-])")  # but for years and a unit's code
PAGES = (
    ("app.py", {}),
    ("pages/targets.py", {"plan__rank": "1000", "plan__moves": "still"}),
    *(("pages/ranking.py", {"view": view}) for view in ("table", "chances", "moved")),
    ("pages/ranking.py", {"view": "compare", "other": "group:kind"}),
    ("pages/training.py", {"lesson": "crowd", "step": "1"}),
    ("pages/training.py", {"train": "quiz", "seed": "7"}),
    ("pages/data.py", {}),
    ("pages/method.py", {}),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """An administrator's folder with a large league of points, many of whose units are tied."""
    rules, rng = load("766-2026"), np.random.default_rng(766)
    heads = {c.key: f"{c.key}_points" for c in rules.components}
    rows = [",".join(("code", "name", *heads.values()))]
    for i in range(UNITS):
        points = [f"{c.max_points * (0.4 + 0.5 * rng.integers(0, 6) / 6):.2f}" for c in rules.components]
        rows.append(
            ",".join((f"C{i}", f"Xã Số {'ABCDEFGHIJ'[i % 10]}{chr(97 + i // 10 % 26)}{chr(97 + i // 260)}", *points))
        )
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "nhieu.csv").write_text("\n".join(rows), encoding="utf-8")
    about = (
        'edition = "766-2026"\nas_of = 2026-10-10\nlevel = "commune"\n[title]\nvi = "Nhiều xã"\nen = "Many communes"\n'
    )
    (folder / "nhieu.toml").write_text(about, encoding="utf-8")
    return folder


def shown(at):
    """Every text of a page, its tables, boxes and figures."""
    boxes = [one for kind in ("button", "selectbox", "checkbox", "radio") for one in getattr(at, kind)]
    labels = [
        str(text) for box in boxes for text in (box.label, getattr(box, "help", ""), *getattr(box, "options", ()))
    ]
    cells = [str(cell) for frame in frames(at) for row in (frame.columns, *frame.values.tolist()) for cell in row]
    figures = [text for one in at.metric for text in (one.label, one.value, str(one.delta))]
    return [said(at), *labels, *cells, *figures]


@pytest.mark.sweep(3)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "link"), PAGES)
def test_no_page_of_a_large_league_says_a_number_without_its_thousands(shelf, monkeypatch, page, link, language):
    monkeypatch.setenv(FOLDER, str(shelf))
    at = drawn(app(page, league="nhieu", unit="C7", lang=language, **link), "ranking", "trace", "hidden")
    assert not at.exception
    found = shown(at) + ([coded(at)] if page == "app.py" else [])
    assert not [text[max(0, hit.start() - 60) : hit.end() + 20] for text in found for hit in BARE.finditer(text)]
    grouped = {"vi": "1.234", "en": "1,234"}[language]
    assert page == "pages/data.py" or any(grouped in text for text in found)


@pytest.mark.parametrize(("language", "mark"), [("vi", "."), ("en", ",")])
def test_a_whole_number_is_grouped_in_any_text_a_year_and_the_row_of_a_file_are_not(language, mark):
    t = words(language)
    assert f"12{mark}345" in t("league.unranked", n=12345) and f"1{mark}000" in t("league.unranked", n=np.int64(1000))
    assert "2026" in t("date", day=9, month=3, year=2026)
    assert "1234" in Problem("place_row", row=1234).text(language)
    assert f"1{mark}234" in Problem("rows_hidden", n=1234).text(language)
    assert t("league.unranked", n=1) != t("league.unranked", n=2) or language == "vi"  # a noun goes by its number
