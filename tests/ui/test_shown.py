"""What pages show beside the engine: words, tables, charts' data, forecasts' words, prices and calendar, on a lopsided
league of six units (two tied, one unranked), against figures worked out by hand."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from model.peers.attribution import RankChange
from model.peers.calendar import arrivals, days, days_so_far, gained, to_come
from model.peers.calibration import Calibration
from model.peers.chances import Forecast
from model.plan import question as asking
from model.plan.plan import Means, reaches
from model.plan.prepared import prepared
from model.plan.prices import last_day, prices
from model.plan.question import Question
from model.report import tables
from model.report.choice import Choice
from model.report.sentence import sentence
from model.rules.files import load
from model.score.baseline import baseline
from model.score.scenario import Counts, Scenario, effect
from model.table import leagues
from model.table.league import Period, kind_of
from model.table.upload import Upload
from model.words.texts import listed, plain, words
from pages.panel import panel_data as panel_words
from pages.panel.panel_data import _ends, panel_data
from pages.ui import charts, session
from pages.ui import method as rules
from pages.ui import peers as movers
from pages.ui.data import bring
from pages.ui.data import columns as columns_page
from pages.ui.ranking import chances as odds
from pages.ui.ranking import compare
from pages.ui.ranking import league_table as standings
from pages.ui.ranking import rank_changes as reasons_page
from pages.ui.targets import plan_charts, planner
from pages.ui.training import lesson_charts, lesson_pictures
from pages.ui.training.class_progress import ClassProgress
from spaced import Spaced
from strategies import league, sample

RULES = load("766-2026")
VI, EN = Spaced("vi"), Spaced("en")
TODAY = date(2026, 11, 25)
PARTS = ("transparency", "progress", "online_services", "online_payment", "satisfaction", "digitization")
POINTS = {  # by unit: U5 94.00 first, U0 71.50, U1 = U2 70.50, U3 62.00, U4 unranked for want of digitization
    "transparency": [12, 12, 12, 12, 12, 12],
    "progress": [19, 18, 18, 10, 19.5, 20],
    "online_services": [6, 6, 6, 5, 12, 12],
    "online_payment": [7, 7, 7, 7, 10, 10],
    "satisfaction": [18, 18, 18, 6, 18, 18],
    "digitization": [9.5, 9.5, 9.5, 22, np.nan, 22],
}
YEAR = Period(kind="year_to_date", first=date(2026, 1, 1), last=date(2026, 10, 10))


def made(**more):
    return baseline(RULES, league(RULES, **({"points": POINTS} | more)))


BASE = made()


@pytest.fixture
def chosen(monkeypatch):
    """A reader's choice in the place of the session's, no table before."""

    def choose(choice=None, past=None, base=BASE):
        monkeypatch.setattr(session, "choice", lambda: choice or Choice())
        monkeypatch.setattr(session, "past", lambda: past)
        monkeypatch.setattr(session, "base", lambda: base)

    choose()
    return choose


# Words


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0 %"), (0.004, "< 1 %"), (0.006, "1 %"), (0.5, "50 %"), (0.994, "99 %"), (0.995, "99 %"), (0.996, "> 99 %")]
    + [(0.9999, "> 99 %"), (1, "100 %")],
)
def test_a_chance_is_never_told_as_0_or_100_where_it_is_neither(share, told):
    assert VI.chance(share) == EN.chance(share) == told


def test_numbers_are_written_as_each_language_writes_them():
    assert (VI.points(123456), EN.points(123456)) == ("1.234,56", "1,234.56")
    assert (VI.signed(-74), VI.signed(74), VI.signed(0), EN.signed(-74)) == ("−0,74", "+0,74", "0,00", "−0.74")
    assert (VI.percent(0.985), VI.percent(1), EN.percent(0.98765), VI.percent(0.1)) == (
        *("98,5 %", "100 %", "98.77 %", "10 %"),
    )
    assert (VI.count(2735), EN.count(2735), VI.points(np.nan), VI.number(-0.001, 2)) == ("2.735", "2,735", "–", "0,00")
    assert (VI.day(date(2026, 3, 9)), EN.day(date(2026, 3, 9))) == ("9/3/2026", "9 March 2026")


def test_names_beyond_the_most_are_counted():
    assert listed(["a", "b"], 2, VI) == "a, b"
    assert listed(list("abcde"), 2, VI) == "a, b và 3 đơn vị khác"
    assert plain("a*b_[c]") == "a\\*b\\_\\[c\\]"


# The sentence


def told(unit, changes, t=VI, base=BASE):
    scenario = Scenario(changes)
    return sentence(base, unit, scenario, effect(base, unit, scenario), t)


def test_the_sentence_counts_the_ranked_alone_and_names_the_tie():
    said = told(1, {"digitization": 10.5})
    assert "xã 1 đạt 70,50 điểm, hạng 3/5, xếp loại Khá" in said
    assert "từ 9,50 thành 10,50" in said and "tăng lên 71,50 điểm (+1,00 điểm), hạng 2/5 (đồng hạng với xã 0)" in said
    said = told(1, {"digitization": 10.5}, EN)
    assert (
        "Xã 1 has 70.50 points, rank 3/5" in said and "71.50 points (+1.00 points), rank 2/5 (tied with Xã 0)" in said
    )


def test_the_sentence_never_parts_a_number_from_its_unit():
    scenario = Scenario({"digitization": 10.5})
    for t in (words("vi"), words("en")):
        said = sentence(BASE, 1, scenario, effect(BASE, 1, scenario), t)
        assert not re.search(r"[0-9] [%\w]", said) and "70" in said and "\u00a0" in said


def test_more_than_two_changes_are_a_list_with_what_they_give_first():
    said = told(0, {"online_payment": 7.5, "digitization": 10.0, "online_services": 1.0})
    head, *changes = said.split("\n")
    assert "Với các thay đổi dưới đây thì điểm của đơn vị" in head and head.endswith(":")
    assert len(changes) == 3 and all(change.startswith("- ") for change in changes)
    assert changes[0].endswith(";") and changes[2].endswith(".")
    assert " và điểm nhóm «" in told(0, {"online_payment": 7.5, "digitization": 10.0})


def test_first_petitions_are_told_as_what_happens():
    none = {"petitions_on_time": [(0, 0)] * 6, "petitions_satisfied": [(0, 0)] * 6}
    base = made(counts=none)
    late = {"petitions_on_time": Counts(0, 1), "petitions_satisfied": Counts(0, 1)}
    said = told(0, late, base=base)
    assert "Nếu phát sinh 01 phản ánh, kiến nghị quá hạn thì" in said and "0/1" not in said
    assert "phát sinh 02 phản ánh, kiến nghị, đều xử lý đúng hạn" in told(
        0, {"petitions_on_time": Counts(2, 2)}, base=base
    )


def test_the_sentence_tells_falling_and_staying_and_the_band_that_comes():
    said = told(0, {"digitization": 0.0})
    assert "giảm còn 62,00 điểm (−9,50 điểm), hạng 4/5 (đồng hạng với xã 3), xếp loại Trung bình" in said
    assert "hạng 2/5, xếp loại Khá" in said
    assert "giữ nguyên 71,50 điểm, giữ hạng 2/5, xếp loại Khá" in told(0, {"digitization": 9.5})
    assert "đồng hạng" not in told(0, {"digitization": 9.0}) and "hạng 2/5" in told(0, {"digitization": 9.0})
    assert "đồng hạng với xã 1, xã 2)" in told(0, {"digitization": 8.5})


def test_the_sentence_without_a_change_and_of_an_unranked_unit():
    assert told(5, {}).endswith("xã 5 đạt 94,00 điểm, hạng 1/5, xếp loại Xuất sắc.")
    assert told(4, {}).startswith("Xã 4 chưa có đủ điểm")


def test_the_sentence_tells_counts_and_rates_as_they_are_and_as_supposed():
    base = made(counts={"petitions_on_time": [(1, 4)] * 6, "petitions_satisfied": [(1, 4)] * 6})
    said = told(0, {"petitions_on_time": Counts(3, 4)}, base=base)
    assert "là 3/4 phản ánh, kiến nghị (hiện nay: 1/4)" in said
    assert "từ 25 % lên 75 %" in told(0, {"petitions_on_time": 0.75}, base=base)
    assert "từ 25 % xuống 0 %" in told(0, {"petitions_on_time": 0.0}, base=base)


def test_the_sentence_says_of_a_rate_that_points_imply_that_they_do_and_of_a_reported_one_nothing():
    assert "từ 95 % (suy ra từ điểm) lên 98 %" in told(0, {"on_time": 0.98})
    assert "from 95 % (implied by points) to 98 %" in told(0, {"on_time": 0.98}, EN)
    assert "(hiện nay: 95 %, suy ra từ điểm)" in told(0, {"on_time": Counts(98, 100)})
    assert "suy ra" not in told(0, {"on_time": 0.98}, base=made(counts={"on_time": [(95, 100)] * 6}))


def test_the_method_says_nothing_of_petitions_where_they_do_not_count():
    for level, said in (("commune", False), ("province", True)):
        topics = dict(tables.topics(load("766-2025").at(level), VI))
        assert (VI("method.petitions") in topics) == said


# Tables


def test_the_table_of_components_tells_before_after_and_change_and_adds_up():
    found = tables.components(BASE, 1, effect(BASE, 1, Scenario({"digitization": 10.75})), VI)
    assert found.iloc[5].tolist()[1:] == ["9,50", "10,75", "+1,25"]
    assert found.iloc[0].tolist()[1:] == ["12,00", "12,00", "0,00"]
    assert found.iloc[-1].tolist() == ["Tổng điểm", "70,50", "71,75", "+1,25"] and len(found) == 7


def test_a_held_difference_is_a_line_of_its_own_and_part_of_the_score():
    base = made(score=[74.0, 70.5, 70.5, 62, np.nan, 94])
    found = tables.components(base, 0, effect(base, 0, Scenario({"digitization": 8.5})), EN)
    assert found.iloc[-2].tolist() == ["Held difference", "2.50", "2.50", "0.00"]
    assert found.iloc[-1].tolist() == ["Score", "74.00", "73.00", "−1.00"]
    assert "(+2,50)" in tables.reservations(base, 0, VI)[0] and tables.reservations(base, 1, VI) == []


def test_the_ranking_is_in_order_of_rank_with_the_unranked_last_and_unbanded():
    found = tables.ranking(BASE, VI)
    assert found["Đơn vị"].tolist() == ["Xã 5", "Xã 0", "Xã 1", "Xã 2", "Xã 3", "Xã 4"]
    assert found["Hạng"].tolist() == ["1", "2", "3", "3", "5", "–"]
    assert found["Tổng điểm"].tolist() == ["94,00", "71,50", "70,50", "70,50", "62,00", "–"]
    assert found["Xếp loại"].tolist() == ["Xuất sắc", "Khá", "Khá", "Khá", "Trung bình", "–"]
    assert found["Số hóa hồ sơ"].tolist() == ["22,00", "9,50", "9,50", "9,50", "22,00", "–"]


def test_the_trace_tells_counts_rates_target_and_points_of_every_criterion():
    base = made(counts={"paid_online": [(30, 40)] + [(1, 2)] * 5})
    scenario = Scenario({"paid_online": Counts(36, 40)})
    for t in (VI, EN):  # no head twice, which would lose a column
        assert tables.trace(base, 0, effect(base, 0, scenario), scenario, t).shape == (len(RULES.criteria), 10)
    found = tables.trace(base, 0, effect(base, 0, scenario), scenario, VI).set_index("Số").loc["3.6"]
    assert found.tolist()[1:8] == ["30/40", "75 %", "90 %", "100 %", "6", "4,50", "5,40"]


def test_a_sweep_s_table_holds_every_fifth_point():
    scenario = Scenario()
    curve = charts.along(BASE, 1, scenario, "digitization", effect(BASE, 1, scenario))
    found = tables.sweep(curve, False, VI)
    assert len(found) == 21 and found.iloc[:, 0].tolist()[:3] == ["0,0", "1,1", "2,2"]
    assert found.iloc[0].tolist()[1:] == ["61,00", "5"] and found.iloc[-1].tolist() == ["22,0", "83,00", "2"]
    assert found.iloc[9].tolist() == ["9,9", "70,90", "3"] and found.iloc[10].tolist() == ["11,0", "72,00", "2"]


def test_a_table_s_texts_can_not_act_in_a_spreadsheet_and_its_figures_stay():
    frame = tables.safe(tables.pd.DataFrame({"=a": ["=1+1", "+0,74", "−12,00", "98,5 %"], "n": [1, 2, 3, 4]}))
    first = frame.iloc[:, 0].tolist()
    assert first[0] != "=1+1" and first[1:] == ["+0,74", "−12,00", "98,5 %"] and frame["n"].tolist() == [1, 2, 3, 4]


def test_what_a_league_covers_is_told_by_its_period_or_its_day():
    assert tables.covers(made(period=YEAR).league, VI) == "lũy kế từ 1/1/2026 đến 10/10/2026"
    assert tables.covers(made(as_of=date(2026, 3, 9)).league, EN) == "9 March 2026"
    assert tables.covers(BASE.league, VI) == ""


# Charts' data


def test_the_heat_map_s_shares_are_places_among_the_ranked_ties_in_the_middle():
    found = charts.heat(BASE, np.array([5, 0, 1, 2, 3]), 1, VI)
    share = found["share"].reshape(5, 6)
    assert share[:, 1].tolist() == [100, 75, 37.5, 37.5, 0]  # progress 20, 19, 18, 18, 10
    assert share[:, 0].tolist() == [50] * 5  # all alike
    assert share[:, 5].tolist() == [87.5, 25, 25, 25, 87.5]  # 22 twice, 9.5 thrice
    assert found["own"].reshape(5, 6).all(axis=1).tolist() == [False, False, True, False, False]
    assert found["own"].sum() == 6 and found["points"][6 + 1] == "19,00"
    assert found["unit"][::6].tolist() == ["1. Xã 5", "2. Xã 0", "3. Xã 1", "3. Xã 2", "5. Xã 3"]
    assert found["component"][1] == "Tiến độ giải quyết" and found["place"].tolist()[::6] == [0, 1, 2, 3, 4]


def test_where_units_share_a_line_of_the_heat_map_it_shows_their_mean_and_our_own_points(monkeypatch):
    monkeypatch.setattr(charts, "_LINES", 2)
    found = charts.heat(BASE, np.array([5, 0, 1, 2, 3]), 1, VI)
    assert charts.together(5) == 3 and charts.together(2) == 1
    assert found["share"].reshape(2, 6)[:, 1].tolist() == [(100 + 75 + 37.5) / 3, 37.5 / 2]
    assert found["unit"][::6].tolist() == ["1. Xã 5 – 3. Xã 1", "3. Xã 2 – 5. Xã 3"]
    assert found["own"][::6].tolist() == [True, False]
    points = found["points"].reshape(2, 6)[:, 1].tolist()
    own, others = BASE.standing.components[1, 1], BASE.standing.components[[2, 3], 1].mean()
    assert points == [VI.points(own), VI.points(others)] and found["place"].tolist()[::6] == [0, 1]


def test_along_a_component_the_curve_is_the_score_and_the_two_marks_are_ours():
    scenario = Scenario({"digitization": 11.5})
    found = charts.along(BASE, 1, scenario, "digitization", effect(BASE, 1, scenario))
    at = {kind: int(np.flatnonzero(found["kind"] == kind)[0]) for kind in ("published", "scenario")}
    assert [found[key][at["published"]] for key in ("x", "score", "rank")] == [9.5, 70.5, 3]
    assert [found[key][at["scenario"]] for key in ("x", "score", "rank")] == [11.5, 72.5, 2]
    line = found["kind"] == "line"
    assert np.allclose(found["score"][line], 61 + found["x"][line]) and found["x"][line].max() == 22


def test_along_a_rate_x_is_in_per_cent_and_a_lever_better_lower_ends_at_10():
    counts = {"on_time": [(98, 100)] * 6, "dossiers_satisfied": [(95, 100)] * 6}
    base, scenario = made(counts=counts), Scenario({"on_time": 0.5})
    found = charts.along(base, 0, scenario, "on_time", effect(base, 0, scenario))
    assert found["x"][-2:].tolist() == [98, 50] and found["x"][found["kind"] == "line"].max() == 100
    found = charts.along(base, 0, Scenario(), "complained", effect(base, 0, Scenario()))
    assert np.isclose(found["x"][found["kind"] == "line"].max(), 10) and np.isclose(found["x"][-1], 3)


def test_foretold_chances_are_in_per_cent_and_empty_bins_left_out():
    one = Calibration(*[np.array([0])] * 4, np.array([0.1, np.nan, 0.9]), np.array([0.2, np.nan, 1.0]), np.array([3]))
    found = charts.calibration({True: one, False: one}, VI)
    assert found["stated"].tolist() == [10, 90, 10, 90] and found["frequency"].tolist() == [20, 100, 20, 100]
    assert found["kind"].tolist() == ["có điểm phản ánh thay đổi"] * 2 + ["không có"] * 2


def encoded(spec):
    """Every field that a specification reads."""
    if isinstance(spec, dict):
        own = {spec["field"]} if isinstance(spec.get("field"), str) else set()
        return own.union(*map(encoded, spec.values()))
    return set().union(*map(encoded, spec)) if isinstance(spec, list) else set()


@pytest.mark.parametrize(
    ("kind", "columns"),
    {
        "components": {"name": ("a",), "points": (1850,), "most": (2000,)},
        "sweep": {"rate": (0.25,), "score": (7150,), "mark": ("now",)},
        "waterfall": {"name": ("a",), "from": (7000,), "to": (6925,), "change": (-75,)},
        "strip": {"name": ("a",), "score": (7150,), "rank": (3,), "own": (True,)},
        "chances": {"rank": (3,), "still": (0.125,), "jumps": (0.5,)},
        "pairs": {"name": ("a",), "ours": (1850,), "other": (1700,)},
    }.items(),
)
def test_a_lesson_s_picture_reads_columns_that_are_there_in_points_and_per_cent(kind, columns):
    drawn = lesson_pictures._columns(SimpleNamespace(kind=kind, columns=columns), VI)
    spec = lesson_charts.spec(kind, "vi", False, 1)
    assert encoded(spec) <= set(drawn)
    assert all("y" not in part["encoding"] or "field" in part["encoding"]["y"] for part in spec["layer"])
    scaled = {"points": 18.5, "most": 20, "score": 71.5, "from": 70, "to": 69.25, "change": -0.75, "ours": 18.5}
    scaled |= {"other": 17, "rate": 25, "still": 12.5, "jumps": 50, "rank": 3}
    assert all(drawn[key][0] == scaled[key] for key in columns if key in scaled)
    if kind == "waterfall":
        assert drawn["label"].tolist() == ["−0,75"] and drawn["positive"].tolist() == [False]
    if kind == "components":
        assert drawn["label"].tolist() == ["18,50"]
    shown = lesson_pictures._table(drawn, kind, VI)
    assert "18,50" in shown.to_string() or kind not in ("components", "pairs")


def colours(spec):
    """{what a condition asks: its colour, and the other}."""
    if isinstance(spec, dict):
        if "condition" in spec and isinstance(spec["condition"], dict):
            return {spec["condition"].get("test"): (spec["condition"].get("value"), spec.get("value"))}
        return {k: v for part in spec.values() for k, v in colours(part).items()}
    return {k: v for part in spec for k, v in colours(part).items()} if isinstance(spec, list) else {}


def test_the_own_mark_of_a_strip_is_picked_by_its_column_and_differs_from_the_others():
    others, own = lesson_charts.spec("strip", "vi", False, 1)["layer"]
    assert [part["transform"][0]["filter"] for part in (others, own)] == ["!datum.own", "datum.own"]
    assert [part["mark"]["color"] for part in (others, own)] == [charts.LINE, charts.OWN]


def test_bars_that_gain_are_blue_and_bars_that_lose_orange():
    for spec in (charts.gap_spec("vi"), charts.places_spec("en")):
        assert colours(spec) == {"datum.value >= 0": (charts.OWN, charts.WARM)}
    assert colours(lesson_charts.spec("waterfall", "vi", False, 6)) == {"datum.positive": (charts.OWN, charts.WARM)}
    scale = charts.heat_spec("vi", 5)["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == [0, 50, 100] and scale["range"][0] == charts.WARM


# The ranking's tables


def test_the_league_s_table_tells_the_scenario_s_rank_and_places_won_with_a_plus(chosen):
    chosen(Choice(scenario=Scenario({"digitization": 11.25})))
    table, written = standings._shown(BASE, 1, np.array([5, 0, 1, 2, 3, 4]), date(2026, 12, 31), VI)
    assert table["Đơn vị"].tolist()[2] == "Xã 1"
    assert table["Điểm giả định"].tolist()[:5] == [9400, 7150, 7225, 7050, 6200]
    assert table["Hạng giả định"].tolist()[:5] == [1, 3, 2, 4, 5] and np.isnan(table["Hạng giả định"].iloc[5])
    assert table["Số bậc"].tolist()[:5] == [0, -1, 1, -1, 0]
    assert [written["Số bậc"](n) for n in (2, -2, 0, np.nan)] == ["+2", "−2", "0", "–"]
    assert written["Tổng điểm"](7150) == "71,50" and written["Hạng"](3.0) == "3"
    assert table["Xếp loại"].tolist() == ["Xuất sắc", "Khá", "Khá", "Khá", "Trung bình", "–"]


def test_where_nothing_moves_the_table_has_no_supposed_columns_and_where_peers_gain_it_has(chosen):
    assert "Điểm giả định" not in standings._shown(BASE, 1, np.arange(6), date(2026, 12, 31), VI)[0]
    base = made(period=YEAR)
    chosen(Choice(ask=Question(moves="gain", peers=1.0)), base=base)
    later = standings._later(base, 1, date(2026, 12, 31))  # 82 days of 30.4375: 2.694 months, 2.69 points each
    assert later.tolist()[:4] == [7150 + 269, 7050, 7050 + 269, 6200 + 269] and later[5] == 9400 + 269


def test_kinds_and_heads_and_names_of_units():
    assert [kind_of(name) for name in ("Xã Ea H'Leo", "Phường Tân An", "Đặc khu Lý Sơn", "Hà Nội")] == [
        *("Xã", "Phường", "Đặc khu", ""),
    ]
    assert compare._told_apart(["Nhóm", "Xã A", "Xã A", "Hơn kém"]) == ["Nhóm", "Xã A", "Xã A (2)", "Hơn kém"]
    assert compare._ranked_name(BASE, 1, VI) == "3. Xã 1 · 70,50"


def test_two_units_rates_stand_in_their_own_columns_and_the_difference_is_ours_less_theirs(chosen):
    base = made(counts={"paid_online": [(30, 40), (10, 40)] + [(1, 2)] * 4})
    chosen(Choice(scenario=Scenario({"paid_online": 0.8})), base=base)
    found = compare._rates(base, 0, {"Xã 1": base.anchors.levers[1]}, VI)
    row = found[found.iloc[:, 0] == "Hồ sơ thanh toán trực tuyến"].iloc[0].tolist()
    assert row[1:] == ["80 %", "25 %", "55,0"] and found.columns[1:3].tolist() == ["Xã 0", "Xã 1"]


def test_the_ranking_s_headline_counts_the_ranked_alone(chosen, monkeypatch):
    said = []
    monkeypatch.setattr(standings.st, "markdown", said.append)
    monkeypatch.setattr(standings.st, "info", said.append)
    chosen(Choice(scenario=Scenario({"digitization": 11.25})))
    standings.headline(BASE, 1, date(2026, 12, 31), VI)
    assert "**Xã 1**: 70,50 điểm, hạng **3/5**" in said[0] and "72,25 điểm, hạng **2/5**" in said[0]
    standings.headline(BASE, 4, date(2026, 12, 31), EN)
    assert said[1] == "Xã 4 has no score, and so no rank."


def headlined(monkeypatch, ask, unit=3, base=BASE):
    said = []
    for kind in ("success", "info", "error", "markdown"):
        monkeypatch.setattr(planner.st, kind, lambda text, kind=kind: said.append((kind, text)))
    monkeypatch.setattr(session, "past", lambda: None)
    asked = prepared(base, unit, ask, asking.time(base, ask, date(2026, 11, 25)), None)
    planner.headline(asked, VI)
    return asked, said


def test_the_planner_s_headline_counts_the_ranked_alone(monkeypatch):
    still = Question(rank=2, moves="still", today=date(2026, 11, 25), by=date(2026, 12, 31))
    _, said = headlined(monkeypatch, replace(still, fixed=frozenset(BASE.edition.lever_index)))
    (kind, headline), (_, best) = said
    assert kind == "error"
    assert "62,00 điểm, hạng 5/5. Hạng 2 trước ngày 31/12/2026 cần **71,50 điểm** (+9,50 điểm" in headline
    lines = best.split("  \n")
    assert "**62,00 điểm, hạng 5/5**" in lines[0] and "hạng 5/5**" in lines[1] and "điểm" in lines[2]


@pytest.mark.parametrize(("spread", "kind"), [(0.0, "success"), (0.6, "success"), (1.2, "info"), (30.0, "error")])
def test_the_headline_s_colour_follows_the_chance(monkeypatch, spread, kind):
    ask = Question(rank=2, moves="uncertain", spread=spread, own_spread=spread, today=date(2026, 11, 25))
    asked, said = headlined(monkeypatch, ask, unit=0)
    assert said[0][0] == kind and "**Đã đạt.**" in said[0][1], asked.chance_needed
    assert f"khả năng **{VI.chance(asked.chance_needed)}**" in said[0][1]
    assert ("; muốn" in said[0][1] or "; không mức" in said[0][1]) == (asked.chance_needed < 0.8)


def test_where_nobody_measured_how_others_move_no_chance_is_told_and_nothing_is_green(monkeypatch):
    base = baseline(load("766-2026"), leagues.find("provinces_2026-10-10"))
    unit = int(np.flatnonzero(base.rank == 17)[0])
    ask = asking.supposed(Question(rank=5, today=date(2026, 11, 25), by=date(2026, 12, 31)))
    _, said = headlined(monkeypatch, ask, unit, base)
    assert said[0][0] == "info" and "**Đạt được.**" in said[0][1] and "Chưa tính được khả năng" in said[0][1]
    _, said = headlined(monkeypatch, replace(ask, moves="still"), unit, base)
    assert said[0][0] == "success" and "khả năng" not in said[0][1]


@pytest.mark.parametrize(
    ("points", "told"), [(None, "–"), (0.0, "0,0000"), (0.0758, "0,0758"), (0.000064, "0,000064"), (1.5, "1,5000")]
)
def test_points_next_to_none_are_told_with_two_figures(points, told):
    assert planner._small(points, VI) == told


# What moved a rank


MOVED = RankChange(
    9,
    4,
    {"progress": Fraction(-3), "held": Fraction(1, 3), "satisfaction": Fraction(0)},
    {},
    Fraction(2, 3),
    Fraction(-7, 2),
    Fraction(0),
    Fraction(1, 2),
    Fraction(0),
)


def test_parts_of_a_rank_s_change_are_named_and_won_places_have_a_plus():
    parts = reasons_page._parts(BASE, MOVED, VI)
    assert [(name, reasons_page._places(-part, VI)) for name, part in parts] == [
        ("Điểm của đơn vị mình: Tiến độ giải quyết", "+3,00"),
        ("Điểm của đơn vị mình: Chênh lệch giữ nguyên", "−0,33"),
        ("Đơn vị khác vượt lên", "−0,67"),
        ("Đơn vị khác tụt xuống", "+3,50"),
        ("Đơn vị không còn xếp hạng", "−0,50"),
    ]


def test_a_rank_that_rose_is_said_to_have_risen(monkeypatch):
    said, charted = [], []
    monkeypatch.setattr(reasons_page.st, "markdown", said.append)
    monkeypatch.setattr(reasons_page.st, "vega_lite_chart", lambda data, spec, key: charted.append(data))
    monkeypatch.setattr(reasons_page.show, "drawer", lambda key, title, table, why: said.append(table()))
    reasons_page._told(BASE, MOVED, "between", VI)
    assert said[0] == "Từ hạng 9 lên hạng **4**: lên 5 bậc." and said[1].iloc[-1].tolist() == ["Cộng", "+5,00"]
    assert charted[0]["value"].to_pylist()[0] == 3.0
    lost = RankChange(4, 5, {"progress": Fraction(1)}, {}, *[Fraction(0)] * 5)
    reasons_page._told(BASE, lost, "between", EN)
    assert said[2] == "From rank 4 to rank **5**: 1 place down." and said[3].iloc[-1].tolist() == ["Total", "−1.00"]
    reasons_page._told(BASE, RankChange(4, 4, {}, {}, *[Fraction(0)] * 5), "between", EN)
    assert said[4].startswith("Still rank **4**")


# Chances


def test_ranks_next_to_impossible_are_not_shown_at_either_end():
    pmf = np.array([0, 0.00005, 0.2, 0.00001, 0.7, 0.09994, 0])
    assert odds._worth_showing(SimpleNamespace(pmf=pmf)).tolist() == [3, 4, 5, 6]


def test_an_interval_that_missed_bears_a_mark():
    found = Calibration(
        np.arange(4), np.array([2, 2, 2, 2]), np.array([4, 4, 4, 4]), np.array([1, 2, 4, 5]), *[None] * 3
    )
    assert odds._intervals(found) == ["2–4 ✗", "2–4", "2–4", "2–4 ✗"]
    table = odds._foretold_table(BASE, {True: found, False: found}, VI)
    assert table["Hạng thật"].tolist() == [1, 2, 4, 5] and table["Đơn vị"].tolist() == ["Xã 0", "Xã 1", "Xã 2", "Xã 3"]


def test_how_others_move_is_told_as_it_is_asked(chosen):
    base = made(period=YEAR)
    by = date(2026, 11, 2)  # 23 days on, as long as the default was measured over
    assert movers.told(base, Question(), by, VI) == "các đơn vị khác đứng yên ở điểm hiện nay"
    assert "tăng 0,50 điểm một tháng" in movers.told(base, Question(moves="gain", peers=0.5), by, VI)
    measured_ = movers.told(base, Question(moves="uncertain"), by, VI)
    assert "độ lệch chuẩn 0,73 điểm" in measured_ and measured_.endswith("điểm của đơn vị mình dao động ± 0,73 điểm")
    asked = movers.told(base, Question(moves="uncertain", spread=1.5, own_spread=0.0), by, EN)
    assert "a spread of 1.50 points" in asked and asked.endswith("our own score is taken to stay")


# The planner's question


def test_the_date_is_the_end_of_the_quarter_unless_one_is_asked_for():
    def last(day, kind="year_to_date"):
        return made(period=Period(kind=kind, first=date(2026, 1, 1), last=day))

    today = date(2026, 11, 25)
    base = last(date(2026, 2, 3))
    for now, wanted in {date(2026, 2, 3): date(2026, 3, 31), date(2026, 9, 30): date(2026, 9, 30)}.items():
        assert asking.until(base, Question(), now) == wanted
    assert asking.until(base, Question(), today) == date(2026, 12, 31)
    assert asking.until(base, Question(today=date(2026, 4, 1)), today) == date(2026, 6, 30)
    assert asking.until(last(date(2026, 11, 3), "month"), Question(), today) == date(2026, 11, 30)
    base = last(date(2026, 10, 10))
    assert asking.until(base, Question(by=date(2026, 12, 5)), today) == date(2026, 12, 5)
    for unfit in (date(2027, 1, 1), date(2026, 10, 9), date(2026, 11, 24)):
        assert asking.until(base, Question(by=unfit), today) == date(2026, 12, 31)
    assert asking.today_of(base, Question(), today) == today
    assert asking.today_of(base, Question(), date(2027, 2, 1)) == date(2026, 10, 10)
    assert asking.today_of(base, Question(today=date(2026, 11, 1)), today) == date(2026, 11, 1)


def test_what_is_suggested_is_half_the_rank_the_next_point_the_next_band_the_nearest_above():
    assert [asking.suggested_rank(BASE, unit, Question()) for unit in (5, 0, 3, 4)] == [1, 1, 2, 1]
    assert asking.suggested_rank(BASE, 3, Question(rank=4)) == 4
    assert [asking.suggested_score(BASE, unit, Question()) for unit in (0, 3, 5)] == [72, 63, 95]
    assert [asking.suggested_band(BASE, unit, Question()) for unit in (0, 3, 5)] == ["good", "fair", "excellent"]
    assert [asking.rival(BASE, unit) for unit in (5, 0, 1, 2, 3)] == [0, 5, 0, 0, 1]


def test_the_score_that_is_needed_passes_by_a_hundredth_and_shares_a_rank():
    peers, own = Forecast.of(np.delete(BASE.standing.score, 3)), Forecast.of(6200.0)
    assert asking.needed(BASE, 3, Question(goal="pass"), peers, own) == 7051
    assert asking.needed(BASE, 3, Question(goal="pass", unit="U5"), peers, own) == 9401
    assert [asking.needed(BASE, 3, Question(rank=rank), peers, own) for rank in (1, 2, 3, 4)] == [
        9400,
        7150,
        7050,
        7050,
    ]
    assert asking.needed(BASE, 3, Question(goal="band"), peers, own) == 7000
    assert asking.needed(BASE, 3, Question(goal="score", score=88.5), peers, own) == 8850


# Calendar and prices


def test_days_so_far_count_both_ends_and_days_ahead_the_last_one():
    base = made(period=YEAR)
    assert days_so_far(base.league) == 283  # 31+28+31+30+31+30+31+31+30+10
    assert days(base.league, date(2026, 10, 11)) == 1 and days(base.league, date(2026, 12, 31)) == 82
    assert days(base.league, date(2026, 10, 1)) == 0
    assert days_so_far(BASE.league) == 0 and days(BASE.league, date(2026, 12, 31)) == 0


PETITIONS = {"petitions_on_time": [(1, 4)] * 6, "petitions_satisfied": [(1, 4)] * 6}


def test_what_is_to_come_comes_at_the_pace_so_far_and_procedures_do_not():
    counts = {"paid_online": [(300, 566)] + [(1, 10)] * 5, "procedures_paid_online": [(2, 50)] * 6} | PETITIONS
    base, by = made(period=YEAR, counts=counts), date(2026, 12, 31)
    coming = to_come(base, by)
    assert coming["fee_dossiers"].tolist() == [164, 3, 3, 3, 3, 3]  # 566 * 82 / 283 = 164.004; 2.9
    assert coming["petitions"].tolist() == [1] * 6 and coming["fee_procedures"].tolist() == [0] * 6
    assert arrivals(base, 0, by)["fee_dossiers"] == 164 and arrivals(base, 0, YEAR.last)["fee_dossiers"] == 0


def mending(base, *levers):
    """How far the second unit's levers reach, where old things can be mended and nothing comes."""
    return reaches(base, 1, Means(kinds=dict.fromkeys(levers, "mendable"), more={}))[0]


def test_a_price_is_the_points_of_one_thing_the_whole_gain_and_the_places():
    base = made(counts={"paid_online": [(30, 40)] * 6})
    found = {
        price.lever: price
        for price in prices(base, 1, reaches(base, 1, Means(kinds={"paid_online": "mendable"}, more={}))[0])
    }
    price = found["paid_online"]  # 6 points for 40: 0.15 a dossier; ten are missing
    assert (price.per_thing, price.gain, price.saturates) == (pytest.approx(0.15), 1.5, 1.0)
    assert price.places == 1  # 70.50 + 1.50 = 72.00, past 71.50
    assert price.per_effort == pytest.approx(0.15)


def test_prices_stop_at_the_target_and_those_that_pay_most_come_first():
    counts = {"paid_online": [(30, 40)] * 6, "reused": [(100, 1000)] * 6}
    base = made(counts=counts)
    found = prices(
        base, 1, reaches(base, 1, Means(kinds={"paid_online": "mendable", "reused": "mendable"}, more={}))[0]
    )
    assert [price.lever for price in found] == ["paid_online", "reused"]
    assert found[1].saturates == pytest.approx(0.8) and found[1].per_thing == pytest.approx(2 / 0.8 / 1000)
    assert found[1].gain == 1.75  # 2 less the 0.25 of 10 % of the 80 %


def test_everyone_gains_within_the_scale():
    assert gained(BASE, 7.0).tolist()[:4] == [7850, 7750, 7750, 6900] and gained(BASE, 7.0)[5] == 10000
    assert gained(BASE, -63.0)[3] == 0


def test_the_last_day_is_the_last_on_which_what_is_left_is_enough():
    """Ten dossiers come in ten days, all on time from then on: 0.10 points each, of a hundred and ten."""
    base = made(counts={"paid_online": [(50, 100)] * 6})
    means = Means(more={"fee_dossiers": 20}, kinds={"paid_online": "flow"})
    start, by = date(2026, 12, 1), date(2026, 12, 11)
    best = 7050 - 300 + round(100 * 6 * 70 / 120)
    found = reaches(base, 1, means)[0]
    assert found["paid_online"].high == pytest.approx(70 / 120)
    assert last_day(base, 1, best, found, start, by) == start
    assert last_day(base, 1, best + 1, found, start, by) is None
    # each day two come and one of them is lost: 6 / 120 = 0.05 points a day; 0.10 less leaves two days
    assert last_day(base, 1, best - 10, found, start, by) == date(2026, 12, 3)


def prepared_for(base, by=date(2026, 12, 31), today=date(2026, 12, 3), **asked):
    """A question about the second unit, with 20 dossiers with a fee to come."""
    ask = Question(goal="score", score=70.6, moves="still", more={"fee_dossiers": 20}, by=by, today=today, **asked)
    return prepared(base, 1, ask, asking.time(base, ask, date(2026, 11, 25)), None)


def test_a_plan_s_line_tells_how_many_beyond_the_pace_in_all_and_a_week_out_of_how_many_and_what_it_brings():
    base = made(counts={"paid_online": [(50, 100)] * 6}, period=YEAR)
    asked = prepared_for(base, past={"fee_dossiers": 0}, kinds={"paid_online": "flow"})
    (plan,) = asked.answer.plans  # 0.10 points of 6 are 1.59 % of 120: two more than the ten of twenty
    (said,) = planner.lines(asked, plan, VI)
    assert "50 % → **51,67 %**. Làm thêm **2** hồ sơ có phí, mỗi tuần **1**, trong 20 sắp phát sinh" in said
    assert "được +0,10 điểm; còn dư địa 8 việc." in said
    asked = prepared_for(base, past={"fee_dossiers": 30}, kinds={"paid_online": "mendable"}, today=date(2026, 12, 27))
    (plan,) = asked.answer.plans
    (said,) = planner.lines(asked, plan, EN)
    assert "**3** more of the dossiers with a fee, **3** a week, out of 20 to come and 65 still open" in said
    assert planner.side_by_side(asked, VI).iloc[0, 2] == "52 % · 3 việc, 3/tuần · +0,12 điểm"


def test_the_curve_of_effort_is_in_points_and_its_last_mark_is_the_plan_s():
    base = made(counts={"paid_online": [(50, 100)] * 6}, period=YEAR)
    asked = prepared_for(base, past={"fee_dossiers": 0}, kinds={"paid_online": "flow"})
    best = asked.best(2.0)
    drawn = plan_charts.curve(asked, best, VI)
    assert drawn["score"][0] == best.scores[0] / 100 and drawn["score"][-1] == best.plan.score / 100
    assert drawn["effort"][-1] == best.plan.cost and drawn["kind"][-1] == "chosen"
    assert drawn["score"].min() > 0 and drawn["score"].max() <= 100


@pytest.mark.parametrize(("t", "mark"), [(VI, "suy ra từ điểm"), (EN, "implied by points")])
def test_a_plan_marks_a_present_rate_that_no_table_reports_and_no_other(t, mark):
    asked = prepared_for(made(period=YEAR), bounds={"on_time": 1.0})
    (plan,) = asked.answer.plans
    (said,) = planner.lines(asked, plan, t)
    rate = t.percent(plan.moves["on_time"].before)
    assert f"{rate} ({mark}) → " in said and said.count(mark) == 1
    assert planner.side_by_side(asked, t).iloc[0, 1] == f"{rate} ({mark})"
    reported = made(counts={"on_time": [(95, 100)] * 6}, period=YEAR)
    asked = prepared_for(reported, bounds={"on_time": 1.0}, past={"dossiers": 0})
    assert not any(mark in line for plan in asked.answer.plans for line in planner.lines(asked, plan, t))


def test_dates_are_told_before_any_plan(monkeypatch):
    said = []
    monkeypatch.setattr(planner.st, "info", said.append)
    monkeypatch.setattr(planner.st, "caption", said.append)
    base = made(counts={"paid_online": [(300, 566)] * 6}, period=YEAR)
    planner.notices(prepared_for(base, today=date(2026, 11, 25)), VI)
    old, cut = said
    assert "Số liệu đã cũ 46 ngày" in old and "± 1,38 điểm" in old and "± 0,91 điểm" in old
    assert cut.startswith("Số liệu đến 10/10/2026 · hôm nay 25/11/2026 · hạn 31/12/2026: còn **5,1** tuần.")
    assert "92 hồ sơ có phí" in cut  # 566 of 283 days: two a day for 46
    said.clear()
    planner.notices(prepared_for(base, today=date(2026, 10, 10), by=date(2026, 10, 15)), VI)
    assert "Chỉ còn 5 ngày" in said[0] and len(said) == 2
    said.clear()
    planner.notices(prepared_for(base, today=date(2027, 1, 5), by=date(2026, 12, 31)), EN)
    assert "today is taken to be their own date (10 October 2026)" in said[0]


def test_the_first_of_the_prices_is_told_with_its_places_or_that_there_are_none(monkeypatch):
    said, shown = [], []
    monkeypatch.setattr(planner.st, "markdown", said.append)
    monkeypatch.setattr(planner.show, "table", lambda table, **_: shown.append(table))
    base = made(counts={"paid_online": [(30, 40)] * 6})
    for unit, told_ in ((1, "thêm 1,50 điểm và lên 1 bậc."), (3, "thêm 1,50 điểm nhưng chưa lên bậc nào.")):
        found = reaches(base, unit, Means(kinds={"paid_online": "mendable"}, more={}))[0]
        planner.price_list(SimpleNamespace(base=base, prices=prices(base, unit, found)), VI)
        assert said[-1].endswith(told_) and "được 0,1500 điểm" in said[-1]
    assert shown[0].iloc[0].tolist()[1:] == ["1,50", "1", "0,1500", "0,1500", "100 %"]
    planner.price_list(SimpleNamespace(base=base, prices=prices(base, 1, mending(base, "paid_online"))), EN)
    assert said[-1].endswith("brings 1.50 points and 1 place.")


# Rules


def test_a_criterion_s_formula_tells_its_points_and_target():
    half = next(c for c in RULES.criteria if c.key == "filed_online")
    assert "`6 × min(1, R / 50 %)`" in rules._criterion(RULES, half, VI)
    whole = next(c for c in RULES.criteria if c.key == "paid_online")
    assert "`6 × R`" in rules._criterion(RULES, whole, VI) and "0 điểm" in rules._criterion(RULES, whole, VI)
    petitions = next(c for c in RULES.criteria if c.key == "petitions_on_time")
    assert "đủ điểm" in rules._criterion(RULES, petitions, VI)
    satisfied = next(c for c in RULES.criteria if c.key == "dossiers_satisfied")
    said = rules._criterion(RULES, satisfied, EN)
    assert "R / 90 %" in said and " − (" in plain_again(said)
    edition = replace(RULES, criteria=(replace(satisfied, rate={"on_time": 0.5, "paid_online": 0.5}),))
    on_time, paid = (EN.of(RULES.levers[RULES.lever_index[key]].name) for key in ("on_time", "paid_online"))
    assert rules._form(edition, edition.criteria[0], EN) == f"({on_time}) + ({paid})"


def plain_again(text):
    return text.replace("\\", "")


def test_the_check_counts_exact_near_and_beyond_to_the_hundredth(monkeypatch):
    shown = []
    monkeypatch.setattr(rules.show, "table", lambda table, **_: shown.append(table))
    monkeypatch.setattr(rules.show, "drawer", lambda key, title, table: shown.append(table()))
    for name in ("caption", "info"):
        monkeypatch.setattr(rules.st, name, lambda *a: None)
    base = made(counts={"on_time": [(95, 100), (90, 100), (9001, 10000), (49, 100), (95, 100), (995, 1000)]})
    # modelled 19, 18, 18.00(2), 9.80, 19, 19.90 of 19, 18, 18, 10, 19.5, 20
    rules.check(base, VI)
    assert shown[0].iloc[0].tolist()[1:] == ["6", "3", "0", "3"]
    assert shown[1].iloc[:, 2:].values.tolist() == [
        ["10,00", "9,80", "−0,20"],
        ["19,50", "19,00", "−0,50"],
        ["20,00", "19,90", "−0,10"],
    ]
    base = made(counts={"on_time": [(9505, 10000), (9005, 10000), (90, 100), (5, 10), (975, 1000), (1, 1)]})
    rules.check(base, VI)  # 19.01, 18.01, and four exact
    assert shown[2].iloc[0].tolist()[1:] == ["6", "4", "2", "0"]


# The upload


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [columns_page._letter(i) for i in (0, 25, 26, 27, 51, 52)] == ["A", "Z", "AA", "AB", "AZ", "BA"]


TABLE = "Đơn vị,Tiến độ,Hài lòng\nXã A,19,18\nXã B,18,\nXã C,17,16\nXã D,16,15\nXã E,15,14\nXã G,14,13\n"


def test_the_desk_shows_the_first_rows_and_samples_below_the_header_and_keeps_what_was_accepted():
    upload = Upload()
    upload.bring(TABLE.encode(), "diem.csv")
    assert upload.refusal is None and upload.first_rows(2) == [["Đơn vị", "Tiến độ", "Hài lòng"], ["Xã A", "19", "18"]]
    assert [str(cell) for cell in upload.sample(2)] == ["18", "16", "15"]  # an empty cell is no sample
    found = upload.reading().league
    assert bring._reported(found, RULES)[0] == 2
    preview = bring._preview(found, VI)
    assert len(preview) == 5 and preview["Tiến độ giải quyết"].tolist() == ["19,00", "18,00", "17,00", "16,00", "15,00"]
    assert preview["Mức độ hài lòng"].tolist()[:3] == ["18,00", "–", "16,00"]
    upload.accept()
    key = upload.added
    assert list(upload.leagues) == [key] and upload.versions[key] == 1 and upload.reading() is None
    assert list(upload.to_keep()) == [key] and upload.to_keep() is None
    upload.bring(TABLE.encode(), "diem.csv")
    upload.accept()
    assert upload.added == key and upload.versions[key] == 2 and list(upload.leagues) == [key]
    again = Upload()
    again.bring(b"", "nothing.csv")
    assert again.refusal is not None and again.leagues == {}


def test_a_class_s_guess_is_the_one_in_the_middle():
    class_progress = ClassProgress()
    class_progress.guess((7000.0, 7100.0, 9900.0))
    assert class_progress.typical() == 7100 and class_progress.opened == 1


# What the panel is given


def test_a_reach_is_given_in_whole_things_from_the_least_up():
    reach = reaches(made(counts={"paid_online": [(50, 100)] * 6}), 1, Means(more={"fee_dossiers": 20}))[0][
        "paid_online"
    ]
    assert _ends(reach) == {"low": 50, "up": 20, "left": 50, "of": 120}
    assert all(np.isnan(value) for value in _ends(None).values())


def test_a_made_up_league_names_the_cells_that_are_published_and_its_tag():
    base = baseline(load("766-2025"), leagues.find("hanoi_2025-08-25"))
    ((unit, cells),) = tables.published_cells(base, VI)
    assert unit == "Xã Phú Xuyên" and {VI("panel.score").lower(), VI("panel.rank").lower()} <= set(cells.split("; "))
    assert panel_data(base, [1], Question(), VI, TODAY)["words"]["tag"] == [
        VI("league.illustrative"),
        VI("league.partly"),
    ]


def test_the_panel_is_given_names_units_and_the_date_in_the_reader_s_language():
    base = made(period=YEAR)
    found = panel_data(base, [1], Question(by=date(2026, 12, 5), today=date(2026, 11, 25)), VI, TODAY)
    assert found["by"] == "5/12/2026" and found["units"][3] == ["U3", "Xã 3"]
    assert found["names"]["progress"] == "Tiến độ giải quyết" and found["names"]["band.good"] == "Tốt"
    named = (*RULES.criteria, *RULES.levers, *RULES.components)
    assert all(found["names"][row.key] for row in named)
    assert found["words"]["decimal"] == "," and found["words"]["up"] == "{n} bậc"
    assert panel_data(base, [1], Question(), EN, TODAY)["words"]["up"] == "{n} {n:place|places}"


def drawn(kind):
    """Of every layer of a lesson's picture: its mark, and {channel: (field, what its axis says)}."""
    for part in lesson_charts.spec(kind, "vi", False, 3)["layer"]:
        read = {name: one for name, one in part["encoding"].items() if isinstance(one, dict) and "field" in one}
        axes = {name: (one["field"], (one.get("axis") or {}).get("title")) for name, one in read.items()}
        yield part["mark"]["type"], axes


SCORE, POINTS_AXIS, RATE, RANK, CHANCE = "Điểm", "Điểm nhóm", "Tỷ lệ (%)", "Hạng", "Khả năng (%)"
NAMED = {"y": ("name", None)}


@pytest.mark.parametrize(
    ("kind", "layers"),
    {
        "components": [
            ("bar", {"x": ("most", POINTS_AXIS), **NAMED}),
            ("bar", {"x": ("points", POINTS_AXIS), **NAMED}),
            ("text", {"x": ("most", POINTS_AXIS), **NAMED, "text": ("label", None)}),
        ],
        "sweep": [
            ("line", {"x": ("rate", RATE), "y": ("score", SCORE)}),
            ("rule", {"x": ("rate", RATE)}),
            ("point", {"x": ("rate", RATE), "y": ("score", SCORE)}),
            ("point", {"x": ("rate", RATE), "y": ("score", SCORE)}),
        ],
        "waterfall": [
            ("bar", {"x": ("from", SCORE), "x2": ("to", None), **NAMED}),
            ("text", {"x": ("to", SCORE), **NAMED, "text": ("label", None)}),
        ],
        "strip": [("tick", {"x": ("score", SCORE)}), ("tick", {"x": ("score", SCORE)})],
        "chances": [
            ("line", {"x": ("rank", RANK), "y": ("still", CHANCE)}),
            ("line", {"x": ("rank", RANK), "y": ("jumps", CHANCE)}),
        ],
        "pairs": [("bar", {"x": ("other", POINTS_AXIS), **NAMED}), ("bar", {"x": ("ours", POINTS_AXIS), **NAMED})],
    }.items(),
)
def test_a_lesson_s_picture_draws_each_figure_on_its_axis(kind, layers):
    assert list(drawn(kind)) == layers


def test_names_on_a_lesson_s_axis_need_no_title_and_marks_of_a_strip_tell_unit_and_rank():
    bars = [
        part
        for kind in ("components", "waterfall", "pairs")
        for part in lesson_charts.spec(kind, "vi", False, 3)["layer"]
    ]
    assert all(part["encoding"]["y"]["axis"] == {"title": None} for part in bars)
    for part in lesson_charts.spec("strip", "vi", False, 3)["layer"]:
        assert [(tip["field"], tip["title"]) for tip in part["encoding"]["tooltip"]] == [
            ("name", "Đơn vị"),
            ("rank", "Hạng"),
        ]


def test_a_league_of_real_figures_is_told_in_no_made_up_words_and_says_which_levers_do_not_count():
    assert panel_words.made_up(BASE, VI) == {} and panel_words._absent(BASE, VI) == {}
    hanoi = baseline(load("766-2025"), leagues.find("hanoi_2025-08-25"))
    assert panel_words.made_up(hanoi, VI)
    communes = sample("an_giang_2025-10-11")
    assert communes.edition.absent and panel_words._absent(communes, VI)


def test_two_units_compared_begin_with_the_group_most_alike_that_has_peers_else_with_the_reader_s_list(monkeypatch):
    monkeypatch.setattr(compare.peers, "groups", lambda base, unit: ["all", "kind", "near", "list"])
    monkeypatch.setattr(compare.peers, "group", lambda base, unit, kind: np.arange({"all": 5, "kind": 2}.get(kind, 0)))
    assert compare._most_alike(BASE, 0) == "kind"
    monkeypatch.setattr(compare.peers, "group", lambda base, unit, kind: np.arange(0))
    assert compare._most_alike(BASE, 0) == "list"
