"""The pages, entered through app.py, in both languages; scenarios come by link, since the panel is the browser's."""

import json
import re
import tomllib
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from controls_shown import _given, field, frames, sent, typed
from model.plan.track_lines import REASONS
from model.report.choice import DEFAULT_LEAGUE, VIEWS, Choice
from model.table import leagues as tables
from model.words.problems import LANGUAGES
from model.words.texts import words
from spaced import spaced

ROOT = Path(__file__).parents[2]
TEXTS = {language: tomllib.loads((ROOT / f"model/words/{language}.toml").read_text("utf-8")) for language in LANGUAGES}
PANEL_WORDS = ("panel", "effect", "alone", "masthead", "tour", "controls")  # groups of texts that the panel is given
PAGES = ("app.py", "pages/targets.py", "pages/ranking.py", "pages/training.py", "pages/data.py", "pages/method.py")


def app(page: str = "app.py", **link: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in link.items():
        at.query_params[key.replace("__", ".")] = value
    at.run()
    return at if page == "app.py" else at.switch_page(page).run()


def drawn(at: AppTest, *drawers: str) -> AppTest:
    """The page with those drawers open."""
    for key in drawers:
        at.session_state[f"drawer.{key}"] = True
    return at.run()


def head(at: AppTest) -> dict[str, Any]:
    """What the head of the page is given."""
    (found,) = (one.proto for one in at.get("bidi_component") if one.proto.id.endswith("masthead"))
    return dict(json.loads(found.json))


def link(at: AppTest) -> dict[str, str]:
    """The address bar's parameters: a session's first are written by the head of the page."""
    if head(at)["fresh"]:
        return dict(parse_qsl(head(at)["link"]))
    return {key: value if isinstance(value, str) else value[0] for key, value in at.query_params.items()}


def said(at: AppTest) -> str:
    """Everything a page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "code", "info", "success", "warning", "error")
    text = "\n".join(str(element.value) for kind in kinds for element in getattr(at, kind))
    return spaced(text)


def coded(at: AppTest) -> str:
    """The sentence that can be copied."""
    given = (json.loads(one.proto.json) for one in at.get("bidi_component") if one.proto.id.endswith("-sentence"))
    return spaced(next(given)[1]["said"])


def flat(table: dict, path: str = "") -> dict[str, str]:
    return {
        k: v
        for key, value in table.items()
        for k, v in (flat(value, f"{path}{key}.") if isinstance(value, dict) else {f"{path}{key}": value}).items()
    }


def test_a_link_passed_on_by_a_messenger_is_a_first_visit_like_any_other():
    at = app(utm_source="zalo", fbclid="x")
    assert not at.warning and head(at)["asks"] and head(at)["tour"]["first"]
    assert link(at).keys() == link(app()).keys()


def test_every_text_is_there_in_both_languages_with_the_same_blanks() -> None:
    vi, en = flat(TEXTS["vi"]), flat(TEXTS["en"])
    assert set(vi) == set(en) - {"months"}
    for key, text in vi.items():
        if key != "date":
            assert set(re.findall(r"{(\w+)[:}]", text)) == set(re.findall(r"{(\w+)[:}]", en[key])), key


def test_every_text_is_used_somewhere() -> None:
    source = "\n".join(
        p.read_text("utf-8")
        for p in (
            ROOT / "app.py",
            *ROOT.glob("pages/**/*.py"),
            *ROOT.glob("pages/**/*.js"),
            *ROOT.glob("pages/**/*.html"),
            *ROOT.glob("model/**/*.py"),
        )
    )
    by_name = re.compile(
        r"evidence\.[VSPA]$|league\.(published|illustrative|own|month|quarter|year_to_date)$|method\.([VSPA]|full|nothing)$|hindrance\."
        r"|^app\.(title|lead|simulator|targets|ranking|training|data|method)$|^masthead\.kind_"
        r"|effect\.(score|rank)_axis$|effect\.(source_kind|mark_)|_text$|panel\.(undo|redo|reset|score|rank|band|entry_\w+)$"
        r"|method\.(anchoring|rounding|ties|coupling|petitions|peers)$|^(language|months)$"
        r"|targets\.(rank|score|band|pass|flow|mendable|stock|reached|already_met|out_of_reach|past|more|map_x|map_y)$"
        r"|targets\.(out_of_\w+|chance_(likely|even|unlikely))$|effect\.change_first_|typed\.bad_(number|count)$"
        r"|targets\.(least_effort|fewest_levers|most_even)$|peers\.(still|gain|trend|uncertain)$|chances\.(safe|lost)_none$|ranking\.(view|kind|against|group)_|rank_changes\.(risen|fallen|came|went|ties)$|training\.(mode_|phones_(lessons|predict|quiz)$|column_|alt_|legend_|guess_|example_)|data\.(role_|row$|percent$|fraction$|heading$|why_doubtful$|level_|save_|letter$|samples$|taken_for$|how$|done$|errors$|doubts$|month$|quarter$|year_to_date$)"
        r"|paper\.(symbol|take)_|action\.(no|name|before|target|by|week|owner|beside|note|key|take_\w+|above_(yes|maybe))$"
        r"|report\.(points|most|share|change|since_(up|down|same)|(rose|fell)(_none)?|risers|fallers)$|kept\.(view|drift)_"
        r"|own_plan\.(\w+_(docx|xlsx|txt|html)|head_\w+)$|^(streamlit|glossary|tour)\."
        r"|track\.(state_|place_|lag_)|history\.expected_(low|middle|high)$|"
        + "|".join(rf"track\.{reason}$" for reason in REASONS)
    )
    for key in flat(TEXTS["en"]):
        group, _, last = key.rpartition(".")
        in_panel = group in (*PANEL_WORDS, "first") and f"words.{last}" in source
        in_panel |= group == "illustrative" and any(f"{own}.{last}" in flat(TEXTS["en"]) for own in PANEL_WORDS)
        named = f'"{key}"' in source or f"'{key}'" in source or in_panel
        assert named or by_name.search(key), f"{key} is never used"


@pytest.mark.sweep(9)
@pytest.mark.parametrize(("page", "language", "league"), list(product(PAGES, LANGUAGES, tables.samples())))
def test_every_page_shows_every_league_in_both_languages_without_an_exception(
    page: str, language: str, league: str
) -> None:
    at = app(page, lang=language, league=league)
    assert not at.exception
    assert head(at)["words"]["title"] == words(language)("app.title")
    assert not at.warning or league.startswith("hanoi")


# but for the numbers of criteria, as in **1.1 …
PARTED = re.compile(r"(?<!\*\*\d\.)\d\*{0,2} \*{0,2}(?:%|[^\W\d_])|(?:[Hh]ạng|[Rr]ank|[±≤≥]) \*{0,2}\d")
OPEN = {"app.py": "sweep", "pages/targets.py": "best", "pages/ranking.py": "rates", "pages/method.py": "about"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_parts_a_number_from_its_sign_or_its_unit(page: str, language: str) -> None:
    supposed = {"on_time": "1", "petitions_on_time": "0/2", "paid_online": "0.9", "plan__moves": "uncertain"}
    view = {
        "pages/ranking.py": {"view": "compare", "other": "group:alike"},
        "pages/targets.py": {"plan__effort": "300"},
    }
    at = drawn(app(page, lang=language, **supposed, **view.get(page, {})), OPEN.get(page, "about"))
    assert not at.exception
    kinds = ("header", "subheader", "markdown", "caption", "code", "info", "success", "warning", "error")
    texts = [str(element.value) for kind in kinds for element in getattr(at, kind)]
    boxes = [one for kind in ("button", "selectbox", "text_input", "checkbox", "pills") for one in getattr(at, kind)]
    texts += [str(text) for box in boxes for text in (box.label, getattr(box, "help", ""))]
    tables_ = [one for kind, one in map(_given, at.get("bidi_component")) if kind == "table"]
    texts += [str(text) for one in tables_ for row in one["rows"] for text in row]
    assert any("\u00a0" in text for text in texts)
    assert not [found[0] for text in texts if (found := PARTED.search(text))]


def test_the_app_opens_in_vietnamese_on_the_unit_in_the_middle_of_dak_lak() -> None:
    at = app()
    assert "xã Krông Bông đạt 69,40 điểm, hạng 51/102" in coded(at)
    assert link(at)["league"] == "dak_lak_2026-10-10"


def test_the_other_leagues_are_one_click_away_and_the_two_eras_are_explained() -> None:
    at = drawn(app(), "about")
    assert "94,73" in said(at) and "73,41" in said(at)
    at.selectbox(key="league").set_value("hanoi_2025-08-25").run()
    assert not at.exception
    assert "MINH HỌA" in coded(at)


def test_english_is_one_click_away_and_leaves_the_scenario_as_it_is() -> None:
    at = app(on_time="1")
    at.query_params["lang"] = "en"
    at.run()
    assert "rises to 70.29 points (+0.89 points), rank 43/102" in coded(at)
    assert link(at)["on_time"] == "1"


def test_a_scenario_in_a_link_is_told_in_one_official_sentence_with_its_assumptions() -> None:
    sentence = coded(app(unit="H15.198", petitions_on_time="0/1"))
    for part in (
        "xã Xuân Lãnh",
        "10/10/2026",
        "73,41",
        "phát sinh 01 phản ánh, kiến nghị quá hạn",
        "giảm còn 61,41 điểm (−12,00 điểm)",
        "hạng 77/102",
        "các đơn vị khác giữ nguyên",
        "Bộ chỉ số 766",
    ):
        assert part in sentence


def test_a_link_says_what_it_could_not_use_and_keeps_the_rest() -> None:
    at = app(
        lang="vi", unit="H15.198", on_time="98", petitions_on_time="0.5", paid_online="0.98", foo="1", transparency="12"
    )
    warning = at.warning[0].value
    for part in ("on\\_time", "98%", "petitions\\_on\\_time=0/1", "foo", "transparency"):
        assert part in warning
    assert link(at)["paid_online"] == "0.98" and "on_time" not in link(at)


def test_a_link_to_a_league_or_unit_that_is_not_there_says_so_and_shows_another() -> None:
    for link in (
        {"league": "nowhere"},
        {"unit": "nobody"},
        {"lang": "fr"},
        {"chart": "nothing"},
        {"target__paid_online": "7"},
    ):
        at = app(**link)
        assert not at.exception
        assert next(iter(link.values())) in at.warning[0].value.replace("\\", "")


def test_phu_xuyen_stands_first_and_the_claim_of_100_percent_stands_beside_97_65() -> None:
    at = app(league="hanoi_2025-08-25", unit="10273")
    assert "94,73 điểm, hạng 1/126" in coded(at)
    assert "97,65" in said(at)


def test_a_switched_target_moves_everyone_from_the_published_points_and_stands_in_the_link() -> None:
    at = app("pages/method.py", league="hanoi_2025-08-25", unit="10273")
    at.segmented_control(key="target.paid_online").set_value(1.0).run()
    assert link(at)["target.paid_online"] == "1"
    at.switch_page("app.py").run()
    assert "Tính lại" in coded(at) and "94,61 điểm" in coded(at)
    assert "mục tiêu của «Hồ sơ thanh toán trực tuyến» là 100 %" in coded(at)
    moved = coded(app(league="hanoi_2025-08-25", unit="10273", target__paid_online="1", paid_online="1"))
    assert "tăng lên 94,73 điểm (+0,12 điểm)" in moved
    still = coded(app(league="hanoi_2025-08-25", unit="10273", paid_online="1"))
    assert "giữ nguyên 94,73 điểm" in still


def test_phu_xuyens_own_figures_are_called_published_though_its_league_is_illustrative() -> None:
    assert "số liệu công bố (các đơn vị khác là số MINH HỌA)" in coded(app(league="hanoi_2025-08-25", unit="10273"))
    assert "số liệu MINH HỌA (không phải số công bố)" in coded(app(league="hanoi_2025-08-25", unit="00004"))


def test_a_unit_entered_by_hand_takes_its_place_in_the_league() -> None:
    at = drawn(app(), "own")
    points = {
        "transparency": "11,85",
        "progress": "19",
        "online_services": "6.3",
        "online_payment": "7",
        "satisfaction": "18",
        "digitization": "9",
    }
    texts = {f"own.{key}": value for key, value in points.items()}
    sent(at, "own", **texts, **{"own.name": "Xã *Thử* <b>", "own.on_time": "95"})
    assert not at.exception
    assert "xã *Thử* <b> đạt 71,15 điểm" in coded(at)
    assert "/103" in coded(at) and "số liệu tự nhập" in coded(at)
    again = app(**{key.replace(".", "__"): value for key, value in link(at).items()})
    assert coded(again) == coded(at)


def test_a_wrong_figure_entered_by_hand_is_named_and_changes_nothing() -> None:
    at = drawn(app(), "own")
    sent(at, "own", **{"own.progress": "25", "own.on_time": "101", "own.transparency": "12"})
    assert field(at, "own.progress")["wrong"].replace("\u00a0", " ") == "«25» không dùng được: cần một số từ 0 đến 20."
    assert field(at, "own.on_time")["wrong"] == "«101» không dùng được: cần một số từ 0 đến 100."
    assert field(at, "own.digitization")["wrong"] == "Chưa ghi gì: cần một số từ 0 đến 22."
    assert (field(at, "own.transparency")["value"], field(at, "own.transparency")["wrong"]) == ("12", "")
    assert "xã Krông Bông" in coded(at)


def test_the_method_page_checks_an_giangs_satisfaction_by_its_progress() -> None:
    at = app("pages/method.py", league="an_giang_2025-10-16")
    table = frames(at)[0]
    assert table["Nhóm chỉ số"].tolist() == ["Mức độ hài lòng"]
    assert table["Khớp tuyệt đối"].tolist() == ["102"]
    assert "[S] suy luận chắc" in said(at) and "chưa tính ở cấp xã năm 2025" in said(at).lower()


def test_the_method_page_counts_what_the_formulas_reproduce() -> None:
    at = app("pages/method.py")
    table = frames(at)[0]
    assert table["Khớp tuyệt đối"].tolist() == ["102", "102", "102", "102"]
    assert table["Lệch không quá 0,01"].tolist() == ["0", "0", "0", "0"]
    assert "chưa tìm thấy nguồn" in said(app("pages/method.py", league="provinces_2025-10-16"))


def test_state_survives_a_walk_through_the_pages() -> None:
    at = app(unit="H15.198", on_time="2700/2735")
    at.switch_page("pages/method.py").run()
    at.switch_page("app.py").run()
    assert "2.700/2.735" in coded(at)


def test_every_drawer_opens_on_its_table_in_both_languages() -> None:
    for language in LANGUAGES:
        at = drawn(app(lang=language, on_time="1"), "waterfall", "sweep", "trace", "ranking", "own")
        assert not at.exception
        tables_shown = frames(at)
        assert [len(frame) for frame in tables_shown] == [7, 21, 21, 102]
        points = words(language).points
        assert tables_shown[0].iloc[-1].tolist()[1:] == [points(6940), points(7029), "+" + points(89)]


def test_without_counts_the_reader_sets_how_far_a_rate_can_reach() -> None:
    points = {
        "transparency": "11",
        "progress": "17",
        "online_services": "6",
        "online_payment": "6",
        "digitization": "9",
    }
    own = {f"own__{key}": value for key, value in points.items()} | {"own__satisfaction": "18", "own__on_time": "0.85"}
    at = drawn(app("pages/targets.py", own__name="Xã Mới", unit="own", **own), "means")
    assert not at.exception
    typed(at, "ask.bounds.on_time", "95")
    assert not at.exception
    assert link(at)["plan.bounds.on_time"] == "0.95"
    assert "**69,00 điểm" in said(at)  # 2 points of progress more, at the very best


def test_the_planner_answers_plainly_in_both_languages_and_loads_its_plan() -> None:
    at = app("pages/targets.py", unit="H15.164", plan__rank="10", plan__by="2026-12-31")
    said_first = next(one.value for one in (*at.success, *at.info, *at.error) if "**" in one.value)
    assert "khả năng đạt" in spaced(said_first) and "Hạng 10 trước ngày 31/12/2026" in spaced(said_first)
    still = app("pages/targets.py", unit="H15.164", plan__rank="10", plan__by="2026-12-31", plan__moves="still")
    assert "Đạt được" in still.success[0].value and "khả năng" not in said(still)
    out = app("pages/targets.py", lang="en", unit="H15.164", plan__goal="score", plan__score="100")
    assert "Out of reach" in out.error[0].value and "are missing even with every rate" in said(out)
    done = app("pages/targets.py", lang="en", unit="H15.164", plan__rank="90")
    assert "Already met" in done.success[0].value and "a chance of" in done.success[0].value
    bad = app("pages/targets.py", unit="H15.164", plan__rank="0", plan__kinds__on_time="x", plan__by="soon")
    assert all(
        text in bad.warning[0].value.replace("\\", "") for text in ("plan.rank", "plan.kinds.on_time", "plan.by")
    )


TABLE = """BẢNG XẾP HẠNG BỘ CHỈ SỐ 766 THÁNG 8 NĂM 2025
Hạng;Tên đơn vị;Công khai (18đ);Tiến độ (20đ);DVC TT (12đ);Thanh toán (10đ);Hài lòng (18đ);Số hóa (22đ);Tổng điểm;\
Tỷ lệ hồ sơ giải quyết trước hạn, đúng hạn
1;Xã Phú Xuyên;16,4;19,53;10;9,6;18;21,2;94,73;1
2;Phường Ba Đình;16,4;18,53;10;9,6;17;21,2;92,73;0
3;Phường Hoàn Kiếm;16,4;18,53;10;9,6;19;21,2;91,73;1
"""
OWN_KEY = "own-bang-2025-08-31"


def brought(text: str | bytes, name: str = "bang.csv", at: AppTest | None = None) -> AppTest:
    """The data page with a file on the upload."""
    at = at or app("pages/data.py")
    data = text.encode() if isinstance(text, str) else text
    at.file_uploader[0].upload(name, data, "text/csv").run()
    assert not at.exception
    return at


def doubtful_column(at: AppTest):
    return next(box for box in at.selectbox if "đúng hạn" in box.label)


def test_a_table_is_read_and_what_is_wrong_in_it_is_said_with_its_place() -> None:
    at = brought(TABLE)
    assert [metric.value for metric in at.metric] == ["2", "6/6", "0", "1"]
    assert "dòng 5, cột Hài lòng (18đ): «19» vượt quá mức tối đa 18" in said(at).replace("\\", "")
    assert "31/8/2025" in said(at) and "Hà Nội, 126 xã, phường" in said(at)


def test_what_a_rate_is_in_is_asked_where_nothing_tells_and_the_table_waits_for_the_answer() -> None:
    at = brought(TABLE)
    assert at.button(key="use").disabled
    at.radio[0].set_value("fraction").run()
    assert not at.button(key="use").disabled and at.metric[2].value == "1"


def test_a_table_that_was_confirmed_is_a_league_on_every_page() -> None:
    at = brought(TABLE)
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    assert link(at)["league"] == OWN_KEY and not at.exception
    for page in PAGES:
        at.switch_page(page).run()
        assert not at.exception
    at.switch_page("app.py").run()
    assert "Theo số liệu do người dùng cung cấp ngày 31/8/2025" in coded(at) and "hạng" in coded(at)


def test_a_file_that_can_not_be_read_leaves_what_was_there() -> None:
    at = brought(TABLE)
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    brought(b"\xd0\xcf\x11\xe0" + b"0" * 100, "cu.xls", at)
    assert ".xls" in at.error[0].value and "vẫn còn nguyên" in at.error[0].value
    assert link(at)["league"] == OWN_KEY


def test_a_table_taken_away_gives_way_to_the_default_and_undo_does_not_bring_it_back() -> None:
    at = brought(TABLE)
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    at.button(key=f"remove.{OWN_KEY}").click().run()
    assert not at.exception and link(at)["league"] == "dak_lak_2026-10-10"


def test_a_table_of_another_session_is_named_in_a_link_that_needs_it() -> None:
    at = app(league="own-bang-2025-08-31", unit="10273")
    assert "own\\-bang\\-2025\\-08\\-31" in at.warning[0].value and "Số liệu" in at.warning[0].value


def test_sessions_do_not_see_each_other_s_tables() -> None:
    at = brought(TABLE)
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    assert OWN_KEY not in app().selectbox(key="league").options and len(app().selectbox(key="league").options) == 7
    assert len(at.switch_page("app.py").run().selectbox(key="league").options) == 8


def test_where_no_header_is_found_its_row_can_be_told() -> None:
    at = brought("Bảng 1\nA;B\nXã Phú Xuyên;19\nXã Phượng Dực;18\n")
    assert at.error and not at.metric
    typed(at, "desk.header", "2")
    boxes = [box for box in at.selectbox if str(box.key).startswith("desk.column")]
    boxes[0].set_value("name").run()
    next(box for box in at.selectbox if box.label.startswith("B:")).set_value("points.progress").run()
    assert at.metric[0].value == "2" and not at.exception


def test_markup_in_a_name_is_text_on_every_page() -> None:
    nasty = TABLE.replace("Xã Phú Xuyên", "<img src=x onerror=alert(1)> **x**").replace("Phường Ba Đình", "=1+1")
    at = brought(nasty)
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    for page in PAGES:
        at.switch_page(page).run()
        shown = "\n".join(str(element.value) for kind in ("markdown", "caption", "info") for element in at.get(kind))
        assert not at.exception and "**x**" not in shown.replace("\\*", "")


def test_no_text_of_a_table_on_screen_would_be_a_live_formula_in_a_spreadsheet() -> None:
    nasty = (
        TABLE.replace("Xã Phú Xuyên", "=HYPERLINK(A1)")
        .replace("Phường Ba Đình", "@SUM(A1)")
        .replace("\nTỷ lệ", "\n=x Tỷ lệ")
    )
    at = drawn(brought(nasty.replace("Tổng điểm;\\\n", "Tổng điểm;")), "columns", "findings")
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    tables_seen = []
    for page in PAGES:
        at.switch_page(page).run()
        drawn(at, "waterfall", "sweep", "trace", "ranking", "misses", "columns", "findings")
        tables_seen += frames(at)
    cells = [str(x) for table in tables_seen for x in (*table.columns, *table.to_numpy().ravel())]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if re.match(r"[=@]|[+-](?![0-9.,\s]*( %)?$)", cell)]


@pytest.mark.parametrize("moves", ["still", "gain", "trend", "uncertain"])
def test_a_table_without_a_date_serves_every_page_whatever_the_others_do(moves: str) -> None:
    at = brought(TABLE.replace(" THÁNG 8 NĂM 2025", ""))
    doubtful_column(at).set_value("none").run()
    at.button(key="use").click().run()
    key = link(at)["league"]
    for page, view in (("app.py", ""), ("pages/targets.py", ""), *(("pages/ranking.py", v) for v in VIEWS)):
        at.query_params["plan.moves"], at.query_params["league"], at.query_params["view"] = moves, key, view
        at.switch_page(page).run()
        assert not at.exception, (page, view)
    assert "ngày  (" not in said(at.switch_page("app.py").run())


TOTALS = "Hạng;Đơn vị;Tổng điểm\n1;Xã Xuân Lãnh;73,41\n2;Xã Ea Súp;73,35\n"


def test_a_table_of_totals_alone_ranks_by_them_and_breaks_no_page() -> None:
    at = brought(TOTALS)
    assert "đơn vị xếp hạng được" not in said(at) and "chỉ có tổng điểm" in said(at)
    at.button(key="use").click().run()
    for page in PAGES:
        for view in ("", *VIEWS):
            at.query_params["view"] = view
            at.switch_page(page).run()
            assert not at.exception, (page, view)
    assert "73,41" in said(at.switch_page("pages/ranking.py").run())


def test_columns_of_earlier_months_become_earlier_tables_of_the_session() -> None:
    text = "Đơn vị;Tổng điểm tháng 8/2026;Tổng điểm tháng 9/2026\nXã Xuân Lãnh;70;73,41\nXã Ea Súp;72;73,35\n"
    at = brought(text)
    assert "Kèm số liệu kỳ trước: 31/8/2026" in said(at)
    at.button(key="use").click().run()
    assert link(at)["league"] == "own-bang-2026-09-30"
    assert "Cùng chuỗi thời gian: 31/8/2026, 30/9/2026" in said(at)


def test_the_one_missing_component_is_offered_from_the_total_and_marked() -> None:
    text = "Đơn vị;Công khai;Tiến độ;Thanh toán;Hài lòng;Số hóa;Tổng điểm\n"
    at = brought(text + "Xã Xuân Lãnh;18;19,5;8,5;18;20,1;92,2\nXã Ea Súp;17,55;18,9;8,36;17,6;19,9;90,38\n")
    assert at.metric[1].value == "5/6"
    at.checkbox(key="desk.derive").check().run()
    assert at.metric[1].value == "6/6"
    at.button(key="use").click().run()
    at.query_params["on_time"] = "0.9"
    at = drawn(at.switch_page("app.py").run(), "waterfall")
    assert any("suy ra" in str(cell) for table in frames(at) for cell in table.to_numpy().ravel())


def test_a_code_that_is_of_another_name_is_asked_about() -> None:
    at = brought("Mã đơn vị;Đơn vị;Tổng điểm\n00340;Phường Tây Hồ;90\n00004;Phường Ba Đình;89\n")
    box = next(box for box in at.selectbox if "Phường Tây Hồ" in box.label)
    assert [option.split(" (")[0] for option in box.options[1:]] == ["Phường Yên Sở", "Phường Tây Hồ"]
    box.set_value("00103").run()
    assert not at.exception and "mã 00340 là của" not in said(at)


def test_counts_under_a_heading_that_could_be_a_rate_are_not_read_as_percentages() -> None:
    text = "Đơn vị;Tiến độ;Hồ sơ giải quyết đúng hạn;Tỷ lệ hồ sơ giải quyết trước hạn, đúng hạn\n"
    at = brought(text + "Xã Xuân Lãnh;19,26;3.216;96,31%\nXã Ea Súp;19,44;7.456;97,18%\n")
    assert not at.exception and at.metric[0].value == "2" and at.metric[3].value == "0"
    assert "3.216" not in said(at)


def test_points_won_by_a_smaller_denominator_are_pointed_out_where_they_are_supposed() -> None:
    assert "mẫu số nhỏ đi" in said(app(unit="H15.141", e_results="1407/1500"))
    assert "mẫu số nhỏ đi" not in said(app(unit="H15.141", e_results="1500/2263"))


@pytest.mark.parametrize("page", PAGES)
def test_an_administrator_s_folder_is_listed_once_a_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, listed = app(page), []
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    monkeypatch.setattr(tables, "_on_shelf", lambda: listed.append(1) or [])
    assert not at.run().exception and len(listed) == 1


@pytest.mark.parametrize("page", ["app.py", "pages/ranking.py"])
def test_a_league_laid_into_the_folder_is_there_at_the_next_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    at = app(page)
    (tmp_path / "moi.csv").write_text("Tên đơn vị,Tổng điểm\nXã A,90\n", encoding="utf-8")
    assert "moi" in at.run().selectbox(key="league").options


@pytest.mark.parametrize("page", PAGES)
def test_a_league_taken_out_of_the_folder_leaves_the_default_in_its_place_and_says_so(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    table = tmp_path / "moi.csv"
    table.write_text("Tên đơn vị,Tiến độ giải quyết,Tổng điểm\nXã A,19,90\nXã B,18,80\n", encoding="utf-8")
    at = app(page, league="moi", unit="xa-a", on_time="98%")
    assert not at.exception and at.session_state.session.choice.league == "moi"
    table.unlink()
    at.run()
    assert not at.exception and "moi" in said(at)
    assert at.session_state.session.choice == Choice() and link(at)["league"] == Choice().league


def test_a_league_replaced_in_the_folder_keeps_of_the_choice_what_it_still_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    table = tmp_path / "moi.csv"
    table.write_text("Tên đơn vị,Tiến độ giải quyết,Tổng điểm\nXã A,19,90\nXã B,18,80\n", encoding="utf-8")
    at = app(league="moi", unit="xa-a", on_time="98%")
    assert not at.exception and at.session_state.session.choice.scenario.changes
    table.write_text("Tên đơn vị,Tổng điểm\nXã C,90\nXã D,80\n", encoding="utf-8")
    at.run()
    assert not at.exception and at.session_state.session.choice == Choice(league="moi")
    assert "xa\\-a" in said(at)


@pytest.mark.parametrize("key", ["hanoi_2025-08-25", "moi"])
def test_a_click_upon_a_league_that_has_just_gone_is_no_accident(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    table = tmp_path / "moi.csv"
    table.write_text("Tên đơn vị,Tổng điểm\nXã A,90\nXã B,80\n", encoding="utf-8")
    at = app(league="moi" if key != "moi" else DEFAULT_LEAGUE)
    table.unlink()
    st.cache_resource.clear()
    at.selectbox(key="league").set_value(key).run()
    assert not at.exception and at.session_state.session.choice.league == (key if key != "moi" else DEFAULT_LEAGUE)
