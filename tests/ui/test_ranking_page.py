"""The ranking page through app.py: what it shows is what the engine computes, in both languages."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from test_app import app, drawn, head, link, said

from controls_shown import field, frames, refusals, table, typed
from model.peers import attribution as movement
from model.peers import bounds
from model.peers.chances import rank_chances
from model.peers.compare import GROUPS, group
from model.peers.expected import by_day, by_rules, fared, outlook
from model.peers.series import change, crossings, movers, series
from model.plan import question as asking
from model.plan.question import Question
from model.report.choice import VIEWS
from model.rules.files import load
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect
from model.table import leagues as tables
from model.table.league import Period
from model.words.texts import words
from pages.ui import session
from spaced import spaced
from strategies import before

UNIT = "H15.141"
UNCERTAIN = {"plan.moves": "uncertain", "plan.jumps": "True"}
TODAY = date(2026, 11, 24)


def base(name="dak_lak_2026-10-10"):
    league = tables.find(name)
    return baseline(load(league.edition), league)


def ranking(view, **more):
    more = {"unit": UNIT} | {key.replace(".", "__"): text for key, text in more.items()}
    at = app("pages/ranking.py", view=view, **more)
    assert not at.exception
    return at


@pytest.mark.sweep(5)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("league", tables.samples())
def test_every_view_of_every_league_is_shown_in_both_languages(view, league):
    for language, other in (("vi", "en"), ("en", "vi")):
        at = app("pages/ranking.py", league=league, view=view, lang=language)
        assert not at.exception
        assert head(at)["words"]["other_language"] == {"vi": "English", "en": "Tiếng Việt"}[language], other


def test_the_chance_shown_is_the_engine_s():
    league = base()
    past, ask = before(base("dak_lak_2026-09-17"), league), Question(moves="uncertain", jumps=True, rank=40)
    unit = league.league.codes.index(UNIT)
    by = asking.until(league, ask, TODAY)
    peers = asking.everyone(league, ask, by, past).without(unit)
    own = asking.ourselves(league, unit, asking.Scenario(), ask, by, past)
    found = rank_chances(league.edition, peers, own)
    text = said(ranking("chances", **UNCERTAIN, **{"plan.rank": "40"}))
    assert f"**{found.most_likely}/102**" in text and "**{}–{}**".format(*found.interval) in text
    assert f"**{round(100 * found.at_most(40))} %**" in text


def test_with_three_dates_of_ones_own_the_chance_follows_how_units_moved_over_all_of_them():
    now, rng = base(), np.random.default_rng(20)
    at, row = app("pages/ranking.py"), []
    for n, day in enumerate((date(2026, 9, 1), date(2026, 9, 20), now.league.as_of)):
        published = now.league.published + (0 if n == 2 else rng.integers(-60, 20, now.league.published.shape))
        published = np.where(np.isnan(now.league.published), np.nan, np.maximum(published, 0))
        score = np.nansum(published, axis=1)
        period = Period(kind="year_to_date", first=date(2026, 1, 1), last=day)
        figures = {"published": published, "published_score": score, "as_of": day, "period": period}
        row.append(replace(now.league, key=f"own-{n}", title={"vi": f"Bảng {n}", "en": f"Table {n}"}, **figures))
    at.session_state.at_hand.upload.leagues.update({one.key: one for one in row})
    at.query_params = {"league": "own-2", "unit": UNIT, "view": "chances", **UNCERTAIN, "plan.rank": "40"}
    at.run()
    tables_ = [baseline(now.edition, one) for one in row]
    told, latest = before(base("dak_lak_2026-09-17"), *tables_), tables_[-1]
    ask, unit = Question(moves="uncertain", jumps=True, rank=40), row[-1].codes.index(UNIT)
    by = asking.until(latest, ask, TODAY)
    peers = asking.everyone(latest, ask, by, told).without(unit)
    found = rank_chances(latest.edition, peers, asking.ourselves(latest, unit, asking.Scenario(), ask, by, told))
    assert told.n == 4 and not at.exception and f"**{found.most_likely}/102**" in said(at)
    assert f"**{round(100 * found.at_most(40))} %**" in said(at)


def test_the_assumption_is_told_on_every_page_that_shows_a_rank_and_kept_by_the_link():
    at = app(unit=UNIT, on_time="1", **{key.replace(".", "__"): text for key, text in UNCERTAIN.items()})
    for page in ("app.py", "pages/targets.py", "pages/ranking.py"):
        at.switch_page(page).run()
        assert not at.exception and "độ lệch chuẩn" in said(at)
        assert link(at)["plan.moves"] == "uncertain"


def test_a_certain_movement_says_that_the_rank_is_certain_and_offers_the_uncertain_one():
    at = ranking("chances")
    assert "thì hạng là **51/102**" in said(at)
    next(b for b in at.button if "không chắc chắn" in b.label).click().run()
    assert link(at)["plan.moves"] == "uncertain" and "Với 90 % khả năng" in said(at)


def test_what_is_still_possible_is_the_engine_s_and_narrows_with_a_bound():
    league = base()
    unit = league.league.codes.index(UNIT)
    found = bounds.reachable(bounds.within(league, 1, 1), unit)
    text = said(ranking("chances", **{"plan.within": "1"}))
    assert f"**{found.best_rank}/102**" in text and f"**{found.worst_rank}/102**" in text
    assert 1 < found.best_rank < 51 < found.worst_rank < 102


def test_what_moved_the_rank_between_two_dates_adds_up_on_the_page():
    at = drawn(ranking("moved"), "parts.between")
    league, past = base(), base("dak_lak_2026-09-17")
    found = movement.between(past, league, league.league.codes.index(UNIT))
    assert f"Từ hạng {found.before} lên hạng **{found.after}**" in said(at)
    shown = frames(at)[0]
    values = [float(text.replace("−", "-").replace(",", ".")) for text in shown.iloc[:, 1]]
    assert values[-1] == found.before - found.after and sum(values[:-1]) == pytest.approx(values[-1], abs=0.05)


def test_without_a_past_or_a_scenario_there_is_nothing_to_explain_and_that_is_said():
    assert "Chưa có gì để giải thích" in said(app("pages/ranking.py", league="hanoi_2025-08-25", view="moved"))


def test_a_deadline_within_reach_of_the_provinces_five_dates_has_a_chance_from_all_of_them():
    by, row = date(2026, 10, 26), [base(f"provinces_2026-10-{day:02}") for day in (6, 7, 8, 9, 10)]
    told, ask = before(*row), Question(moves="uncertain", jumps=True, rank=10, by=by, today=date(2026, 10, 10))
    unit, now = row[-1].league.codes.index("H42"), row[-1]
    found = rank_chances(
        now.edition,
        asking.everyone(now, ask, by, told).without(unit),
        asking.ourselves(now, unit, Scenario(), ask, by, told),
    )
    more = {"plan.rank": "10", "plan.by": "2026-10-26", "plan.today": "2026-10-10"} | UNCERTAIN
    shown = said(ranking("chances", league="provinces_2026-10-10", unit="H42", **more))
    assert told.measure.days == 4 and f"**{round(100 * found.at_most(10))} %**" in shown
    assert "(4 bảng, 4 ngày), quy về 16 ngày tới" in spaced(shown)


def test_a_trend_is_that_of_all_dates_and_says_where_they_are_too_near_each_other():
    more = {"plan.moves": "trend", "plan.today": "2026-10-10"}
    shown = spaced(said(ranking("chances", league="provinces_2026-10-10", unit="H42", **more)))
    assert "mới được đo trong 4 ngày" in shown and "đứng yên" in shown
    shown = said(ranking("chances", league="provinces_2026-10-10", unit="H42", **more, **{"plan.by": "2026-10-26"}))
    assert "theo đà từ 6/10/2026" in shown and "mới được đo" not in shown


def test_two_units_are_set_side_by_side_component_by_component():
    at = ranking("compare", other="H15.198")
    assert "kém xã Xuân Lãnh **4,01 điểm**" in said(at).replace("\\", "")
    table = frames(at)[0]
    assert table.iloc[-1].tolist()[1:] == ["69,40", "73,41", "−4,01"]


def test_two_units_of_one_score_are_said_to_be_level():
    at = app("pages/ranking.py", unit="H15.129", view="compare", other="H15.166")
    assert "Xã Ea H'Leo và xã Cư Prao bằng điểm." in said(at).replace("\\", "")


def test_the_one_at_a_rank_is_compared_with_and_a_rank_that_is_none_is_refused():
    at = ranking("compare", other="rank:20")
    league = base()
    names, row = league.league.names, int(np.flatnonzero(league.rank == 20)[0])
    assert f"kém {names[row][0].lower()}{names[row][1:]} **" in said(at).replace("\\", "")
    assert frames(at)[0].columns[2] == names[row]
    typed(at, "other.rank", "51")
    assert "đang ở chính hạng này" in said(at) and not frames(at)
    typed(at, "other.rank", "103")
    assert "cần một số nguyên từ 1 đến 102" in spaced(refusals(at)[0]) and link(at)["other"] == "rank:51"


def test_our_place_in_a_group_is_that_of_what_is_supposed():
    at, league = ranking("compare", other="group:alike", on_time="1"), base()
    unit = league.league.codes.index(UNIT)
    scores = league.standing.score[group(league, unit, "alike", ())]
    published, supposed = league.standing.score[unit], effect(league, unit, Scenario({"on_time": 1.0})).after.score
    places = [1 + (scores > score).sum() for score in (published, supposed)]
    assert places[0] > places[1] and f"thứ **{places[1]}/{len(scores) + 1}**" in said(at)


@pytest.mark.parametrize("which", GROUPS)
def test_a_group_is_compared_with_by_its_median_and_best_quarter_as_they_are(which):
    at = ranking("compare", other=f"group:{which}", peers="H15.198,H15.164,H15.131,H15.147,H15.183")
    league = base()
    unit = league.league.codes.index(UNIT)
    rows = group(league, unit, which, ("H15.198", "H15.164", "H15.131", "H15.147", "H15.183"))
    score = np.sort(league.standing.score[rows]) / 100
    median, quarter = (f"{np.percentile(score, q) + 1e-6:.2f}".replace(".", ",") for q in (50, 75))
    assert frames(at)[0].iloc[-1].tolist()[1:4] == ["69,40", median, quarter]
    place = 1 + (score > 69.4).sum()
    assert f"**{len(rows)}** đơn vị" in said(at) and f"thứ **{place}/{len(rows) + 1}**" in said(at)


def test_a_list_of_ones_own_is_kept_by_the_link():
    at = ranking("compare")
    at.segmented_control(key="against").set_value("group").run()
    assert link(at)["other"] == "group:alike"
    at.selectbox(key="other.group").set_value("list").run()
    assert "chưa có đơn vị nào" in said(at)
    at.multiselect(key="peers").set_value(["H15.198", "H15.164"]).run()
    assert (link(at)["other"], link(at)["peers"]) == ("group:list", "H15.198,H15.164")
    assert not at.exception and "**2** đơn vị" in said(at)
    at.segmented_control(key="against").set_value("rank").run()
    assert link(at)["other"] == "rank:25" and link(at)["peers"] == "H15.198,H15.164"


def test_ranks_still_possible_are_told_only_where_some_are_not():
    assert "mọi hạng đều còn có thể" in said(ranking("chances")) and "Hạng tốt nhất" not in said(ranking("chances"))


def test_the_league_s_table_is_searched_without_diacritics_and_our_unit_stays():
    at = ranking("table")
    typed(at, "find", "xuan lanh")
    assert table(at, "league_table")["own"][1] == "Xã Krông Bông"
    assert frames(at)[0].iloc[:, 1].tolist() == ["Xã Xuân Lãnh"]
    typed(at, "find", "nobody")
    assert table(at, "league_table")["own"][1] == "Xã Krông Bông" and not len(frames(at)[0])
    typed(at, "find", "")
    at.pills(key="bands").set_value(["fair"]).run()
    assert len(frames(at)[0]) == sum(base().standing.score >= 7000)


@pytest.mark.parametrize(("sought", "printed"), [("xuan lanh", 2), ("nobody", 1), ("", 102)])
def test_on_paper_our_own_row_stands_above_those_that_are_left_unless_it_is_among_them(sought, printed):
    at = ranking("table")
    typed(at, "find", sought)
    at.session_state["printing"] = 1
    at.run()
    (paper,) = [one.value for one in at.get("html") if "<table" in one.value]
    assert not at.exception and paper.count("Xã Krông Bông") == 1 and paper.count("<tr") == printed + 1


def test_our_own_row_is_marked_in_the_league_s_table():
    at = ranking("table")
    shown = table(at, "league_table")
    assert shown["rows"][shown["mine"]] == shown["own"] and shown["own"][1] == "Xã Krông Bông"
    typed(at, "find", "xuan lanh")
    assert table(at, "league_table")["mine"] is None


def test_calibration_is_shown_where_there_is_a_history_and_asked_for_where_there_is_none():
    assert re.search(r"94/102 đơn vị \(92 %\)", said(ranking("calibration")))
    assert "Cần hai bảng khác ngày" in said(app("pages/ranking.py", league="hanoi_2025-08-25", view="calibration"))


def test_the_planner_asks_for_a_rank_with_a_chance_and_its_plans_reach_it():
    more = {key.replace(".", "__"): text for key, text in UNCERTAIN.items()}
    at = app("pages/targets.py", unit=UNIT, plan__rank="30", plan__sure="0.8", **more)
    text = said(at)
    assert not at.exception and "Đạt hạng 30 với khả năng 80 %" in text
    nothing, best, plan = [int(found) for found in re.findall(r"khả năng đạt mục tiêu (?:> )?(\d+) %", text)]
    assert nothing < 80 <= min(best, plan) and "Nhiều khả năng đạt" in at.success[0].value


def test_a_view_or_a_movement_that_is_none_is_named_and_left_out():
    at = app("pages/ranking.py", unit=UNIT, view="moon", plan__moves="sideways")
    assert not at.exception and "moon" in at.warning[0].value and "sideways" in at.warning[0].value


def test_a_picker_that_says_its_label_instead_of_a_key_changes_no_choice_and_breaks_nothing(monkeypatch):
    at, shown = ranking("table"), session.shown
    monkeypatch.setattr(session, "shown", lambda key: "đứng yên" if key == "ask.moves" else shown(key))
    at.selectbox(key="ask.moves").set_value("gain").run()
    assert not at.exception and "plan.moves" not in link(at)


@pytest.mark.parametrize("text", ["cu mgar", "CƯ M'GAR", "cư m`gar", "m-gar cu"])
def test_the_search_finds_a_name_however_its_apostrophe_is_typed_as_the_picker_does(text):
    at = ranking("table")
    typed(at, "find", text)
    assert frames(at)[0].iloc[:, 1].tolist() == ["Xã Cư M’gar"]


@pytest.mark.sweep(5)
@pytest.mark.parametrize("text", ["1,5", "1.5", "abc", "0", "103", "-3", "+3", ""])
@pytest.mark.parametrize(
    ("page", "more"), [("pages/targets.py", {}), ("pages/ranking.py", {"view": "chances", **UNCERTAIN})]
)
def test_a_rank_that_is_none_is_refused_in_the_readers_language_and_changes_nothing(page, more, text):
    for language, said_so in (
        ("vi", "cần một số nguyên từ 1 đến 102"),
        ("en", "it takes a whole number from 1 to 102"),
    ):
        at = app(page, lang=language, unit=UNIT, plan__rank="20", **{k.replace(".", "__"): v for k, v in more.items()})
        typed(at, "ask.rank", text)
        assert not at.exception
        assert [said_so in spaced(why) for why in refusals(at)] == [True]
        assert link(at)["plan.rank"] == "20" and field(at, "ask.rank")["value"] == text
        answers = at.button if page == "pages/targets.py" else []  # none to another question under a refusal
        assert not [button for button in answers if str(button.key).startswith("load.")]
        typed(at, "ask.rank", "20")
        assert not refusals(at) and link(at)["plan.rank"] == "20"


@pytest.mark.parametrize("text", ["12", " 12 ", "\u00a012", "\u200e12", "１２"])
def test_a_rank_is_taken_however_its_spaces_and_digits_are_typed(text):
    at = app("pages/targets.py", unit=UNIT)
    typed(at, "ask.rank", text)
    assert link(at)["plan.rank"] == "12" and not refusals(at)


def test_what_was_refused_on_one_page_is_not_said_on_the_next():
    at = app("pages/targets.py", unit=UNIT)
    typed(at, "ask.rank", "abc")
    assert refusals(at)
    at.switch_page("pages/ranking.py").run()
    assert not refusals(at)


def provinces_over_time(since=0):
    """The provinces' own dated tables, and who moved most since one of them."""
    names = [f"provinces_2026-10-{day:02}" for day in (6, 7, 8, 9, 10)]
    row = series([base(name) for name in ("provinces_2025-10-16", "provinces_2025-10-11", *names)])
    return row, movers(row, row.since if since == 0 else since, 10)


def test_the_league_over_time_shows_every_table_s_published_line_and_says_where_it_breaks():
    at = app("pages/ranking.py", league="provinces_2026-10-10", unit="H05", view="time")
    row, _ = provinces_over_time()
    text = said(at)
    assert "7 bảng, từ 11/10/2025 đến 10/10/2026" in text
    assert "Số liệu ngày 7/10/2026 lặp lại nguyên số liệu ngày 6/10/2026" in text
    assert "Từ 6/10/2026 không so được với trước đó" in text and "766-20" not in text.replace("\\", "")
    assert "«Bộ chỉ số 766, Cổng DVCQG giữa năm 2025» và «Bộ chỉ số 766, Cổng DVCQG năm 2026»" in text.replace("\\", "")
    at = drawn(at, "history")
    unit = row.latest.league.codes.index("H05")
    found = next(one for one in frames(at) if one.columns[0] == "Ngày")
    assert found["Bắc Ninh"].tolist() == [str(int(rank)) for rank in row.rank[:, unit]]


def test_who_moved_most_and_who_may_pass_us_are_the_engine_s():
    at = app("pages/ranking.py", league="provinces_2026-10-10", unit="H05", view="time")
    row, found = provinces_over_time()
    moved, watched = table(at, "history.movers"), table(at, "history.watch")
    points, ranks = change(row, row.since)
    assert [line[0] for line in moved["rows"]] == [row.latest.league.names[i] for i in found]
    assert [line[2].replace("−", "-") for line in moved["rows"]] == [f"{int(ranks[i]):+d}" for i in found]
    unit = row.latest.league.codes.index("H05")
    by = asking.until(row.latest, Question(), date.today())
    near = crossings(row, unit, min((by - row.days[-1]).days, 4))
    assert near
    assert [line[0] for line in watched["rows"]] == [row.latest.league.names[one.row] for one in near]
    assert [line[1][0] for line in watched["rows"]] == ["▲" if one.gap < 0 else "▼" for one in near]


def test_a_league_of_one_day_says_what_a_history_takes():
    assert "Mới có một bảng" in said(app("pages/ranking.py", league="hanoi_2025-08-25", view="time"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_score_expected_and_how_such_forecasts_fared_are_the_engine_s(language):
    at = app("pages/ranking.py", league="provinces_2026-10-10", unit="H05", view="time", lang=language)
    at = drawn(drawn(at, "expected"), "fared")
    t, row = words(language), provinces_over_time()[0]
    unit = row.latest.league.codes.index("H05")
    found, seen = outlook(row, unit, date(2026, 12, 31)), fared(row)
    shown = spaced(said(at))
    end, by = t.day(found.days[-1]), t.day(date(2026, 12, 31))
    assert spaced(t("history.expected_short", days=4, times=4, day=end, by=by)) in shown
    ends = [t.points(scores[-1]) for scores in (found.low, found.middle, found.high)]
    assert all(spaced(one) in shown for one in ends)
    rows = [[spaced(cell) for cell in line] for line in table(at, "table.expected")["rows"]]
    assert rows[-1] == [spaced(one) for one in (end, *ends)] and rows[0][0] == spaced(t.day(row.days[-1]))
    ((inside, n),) = by_rules(seen).values()
    assert re.search(rf"{inside}(/| of ){n}", shown)
    told = [(f"{b}/{c}", str(a)) for a, b, c in by_day(seen).values()]
    assert [(line[2], line[1]) for line in table(at, "table.fared")["rows"]] == told


def test_two_dates_say_what_a_forecast_takes():
    assert "ít nhất 3 bảng" in spaced(said(ranking("time")))
