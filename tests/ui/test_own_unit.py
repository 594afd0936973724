"""A unit of one's own and rates that a unit knows of itself, typed on the Simulator: what is shown against figures
worked out here from the published table."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from test_app import app, coded, drawn, link, said
from test_pages import BASE, LEAGUE

from controls_shown import _fields, field, frames, sent
from model.rules.files import load
from model.score.known import possible
from model.table import leagues as tables
from model.table.league import Period
from model.table.writing import zipped
from model.words.problems import LANGUAGES
from model.words.texts import words
from spaced import spaced
from written import day, number, percent, points

POINTS = {  # hundredths, as typed: 71.15 in all
    "transparency": (1185, "11,85"),
    "progress": (1900, "19"),
    "online_services": (630, "6.3"),
    "online_payment": (700, "7,00 điểm"),
    "satisfaction": (1800, "18/18"),
    "digitization": (900, " 9 "),
}
SCORES = BASE.standing.score
TOP = int(SCORES.max())
each = pytest.mark.parametrize


def form(**link):
    return drawn(app(**link), "own")


def filled(at, **texts):
    """The form sent with the points above, `texts` beside them or in their place."""
    texts = {key: text for key, (_, text) in POINTS.items()} | texts
    return sent(at, "own", **{f"own.{key}": text for key, text in texts.items()})


def offered(at):
    """What the form's boxes are for, in their order."""
    return [one["key"].removeprefix("own.") for one in _fields(at) if one["key"].startswith("own.")]


def place(score, among=SCORES):
    return 1 + int(np.sum(among > score))


def trace_of(at, name):
    """The line of a criterion in the table of figures."""
    table = next(frame for frame in frames(at) if len(frame.columns) == 10)
    return table[table.iloc[:, 1] == name].iloc[0].tolist()


@each("language", LANGUAGES)
def test_points_and_rates_typed_stand_in_the_league_with_the_score_and_rank_worked_out_by_hand(language):
    at = filled(form(lang=language), name="Xã Thử", on_time="98", paid_online="0", digitized="100 %")
    at = drawn(at, "trace", "ranking")
    score = sum(hundredths for hundredths, _ in POINTS.values())
    assert not at.exception and score == 7115
    assert points(score, language) in coded(at) and f"{place(score)}/103" in coded(at)
    names = {c.key: c.name[language] for c in BASE.edition.criteria}
    rates = {"on_time": (0.98, 1960), "paid_online": (0.0, 0), "digitized": (1.0, 400)}
    for key, (rate, earned) in rates.items():
        shown = trace_of(at, names[key])
        assert shown[2:5] == ["", percent(rate, language), percent(rate, language)]
        assert shown[7:9] == [points(earned, language)] * 2
    assert trace_of(at, names["reused"])[3] == "–"
    ranking = frames(at)[-1]
    ours = ranking[ranking.iloc[:, 1] == "Xã Thử"].iloc[0].tolist()
    assert len(ranking) == 103 and ours[0] == str(place(score)) and ours[2] == points(score, language)
    assert ours[4:] == [points(hundredths, language) for hundredths, _ in POINTS.values()]
    others = ranking[ranking.iloc[:, 1] != "Xã Thử"]
    order = np.lexsort((np.arange(102), BASE.rank))
    assert others.iloc[:, 0].tolist() == [str(place(s, np.append(SCORES, score))) for s in SCORES[order]]


@each("language", LANGUAGES)
def test_a_rate_supposed_of_ones_own_unit_moves_it_by_what_the_formula_earns(language):
    at = filled(form(lang=language), name="Xã Thử", on_time="90", paid_online="50")
    state = {key.replace(".", "__"): value for key, value in link(at).items()}
    code = coded(app(**state | {"on_time": "0.95", "paid_online": "1"}))
    # on time: a point of 20, and 0 of 6 for satisfaction, which is full from 90 % on; payment: 3 of 6
    assert points(7115 + 100 + 300, language) in code and f"{place(7115 + 400)}/103" in code
    assert points(400, language, plus=True) in code


def test_a_unit_that_ties_with_others_shares_the_better_rank_and_both_ends_of_the_scale_are_taken():
    full = {c.key: str(c.max_points) for c in BASE.edition.components}
    at = filled(form(), **full)
    assert "100,00 điểm, hạng 1/103" in coded(at)
    at = filled(at, **dict.fromkeys(POINTS, "0"), on_time="0", paid_online="100")
    assert "0,00 điểm, hạng 103/103" in coded(at) and link(at)["own.on_time"] == "0"
    assert TOP > 7115 and link(at)["own.paid_online"] == "1"
    tied = int(np.argmax(SCORES))
    parts = {c.key: words("vi").points(BASE.league.published[tied, k]) for k, c in enumerate(BASE.edition.components)}
    at = filled(at, **parts)
    assert f"{words('vi').points(TOP)} điểm, hạng 1/103," in coded(at)
    ranking = frames(drawn(at, "ranking"))[-1]
    assert ranking.iloc[:3, 0].tolist() == ["1", "1", "3"]


@each("language", LANGUAGES)
def test_refused_boxes_say_why_and_nothing_that_was_typed_is_lost(language):
    t = words(language)
    at = form(lang=language)
    wrong = {
        "transparency": ("18,01", "18"),
        "progress": ("19/18", "20"),
        "online_payment": ("-1", "10"),
        "digitization": ("", "22"),
        "on_time": ("100,01", "100"),
        "paid_online": ("-0,1", "100"),
        "reused": ("nhiều", "100"),
    }
    right = {"name": "Xã Thử", "satisfaction": "18/18", "digitized": "72,5 %"}
    at = filled(at, **{key: text for key, (text, _) in wrong.items()}, **right)
    for key, (text, most) in wrong.items():
        shown = field(at, f"own.{key}")
        said_of = t("typed.named", value=text) if text else t("typed.nothing")
        assert (shown["value"], shown["wrong"]) == (
            text,
            spaced(t("typed.bad_number", said=said_of, low="0", high=most)),
        )
    for key, text in right.items():
        assert (field(at, f"own.{key}")["value"], field(at, f"own.{key}")["wrong"]) == (text, "")
    assert "own.name" not in link(at) and "/102" in coded(at)
    corrected = {key: POINTS.get(key, ("", "90"))[1] for key in wrong}
    at = sent(at, "own", **{f"own.{key}": text for key, text in corrected.items()})  # all others as they stood
    assert not [one for one in _fields(at) if one["wrong"]]
    assert points(7115, language) in coded(at) and "xã thử" in coded(at).lower()
    assert float(link(at)["own.digitized"]) == 0.725 and float(link(at)["own.on_time"]) == 0.9


@each("language", LANGUAGES)
def test_a_unit_of_ones_own_is_filled_in_again_and_can_be_removed(language):
    at = filled(form(lang=language), name="Xã Thử", on_time="98,25")
    assert (
        field(at, "own.on_time")["value"] == number(98.25, 2, language) and field(at, "own.paid_online")["value"] == ""
    )
    for key, (hundredths, _) in POINTS.items():
        assert field(at, f"own.{key}")["value"] == points(hundredths, language)
    at.button(key="own.remove").click().run()
    assert not at.exception and not any(key.startswith("own") for key in link(at)) and "unit" not in link(at)
    assert "/102" in coded(at) and "Xã Thử" not in coded(at)
    assert not any(one["value"] for one in _fields(at)) and not [b for b in at.button if b.key == "own.remove"]


def test_a_unit_without_a_name_is_called_ours_and_a_long_name_is_cut():
    at = filled(form(lang="en"))
    assert words("en")("own.default_name") in link(at)["own.name"]
    at = filled(at, name=" " + "Xã dài " * 20)
    assert len(link(at)["own.name"]) <= 80 and link(at)["own.name"].startswith("Xã dài")


@pytest.mark.sweep(3)
@each("league", tables.samples())
def test_the_form_asks_for_each_component_and_for_the_rates_that_count_in_its_league_alone(league):
    table = tables.find(league)
    rules = load(table.edition).at(table.level)
    at = form(league=league)
    absent = set(rules.absent)
    rates = [c.key for c in rules.criteria if c.assumed_rate is None and c.key not in absent]
    assert offered(at) == ["name", *(c.key for c in rules.components), *rates]
    for c in rules.components:
        assert f"{c.max_points:g}" in field(at, f"own.{c.key}")["label"]


# What a unit knows of itself

GIANG, DONG_THAI = "an_giang_2025-10-16", "H01.187"  # payment 8.55 of 10
DUE_2735 = "H15.198"  # of Đắk Lắk: so many dossiers


def knowing(language="vi", **more):
    return drawn(app(league=GIANG, unit=DONG_THAI, lang=language, **more), "known", "trace")


def known(at, lever, text):
    at.selectbox(key="known.lever").set_value(lever).run()
    return sent(at, "known", **{"known.value": text})


def name_of(lever, language):
    rules = load("766-2025").at("commune")
    return rules.criteria[rules.criterion_index[lever]].name[language]


@pytest.mark.sweep(3)
@each("language", LANGUAGES)
@each(
    ("text", "rate", "written", "shown"),
    [
        ("72 %", 0.72, "0.72", "72 %"),
        ("72,5", 0.725, "0.725", None),
        ("25", 0.25, "0.25", "25 %"),
        ("720/1.000", 0.72, "720/1000", "720/1.000"),
    ],
)
def test_a_rate_that_a_unit_knows_is_laid_beside_its_points_and_can_be_taken_back(language, text, rate, written, shown):
    at = knowing(language)
    before = coded(at)
    assert not [b for b in at.button if (b.key or "").startswith("known.forget")]
    at = known(at, "paid_online", text)
    assert not at.exception and link(at)[f"known.{DONG_THAI}.paid_online"] == written
    line = trace_of(at, name_of("paid_online", language))
    assert line[3] == percent(rate, language) and line[7] == points(min(rate / 0.3, 1) * 600, language)
    left = 855 - 200 - min(rate / 0.3, 1) * 600  # of the component, all but one rate now known
    assert trace_of(at, name_of("procedures_paid_online", language))[3] == percent(left / 200 * 0.8, language)
    assert coded(at) == before  # published points stay
    forget = at.button(key="known.forget.paid_online")
    value = shown or percent(rate, language)
    value = value if language == "vi" else value.replace("1.000", "1,000")
    assert spaced(forget.label) == f"{words(language)('known.forget', name='', value='').split(':')[0]}: " + (
        f"{name_of('paid_online', language)} = {value}"
    )
    assert field(at, "known.value")["value"] == ""
    forget.click().run()
    assert not [key for key in link(at) if key.startswith("known.")] and coded(at) == before
    assert trace_of(at, name_of("paid_online", language))[3] == "–"


@pytest.mark.sweep(3)
@each("language", LANGUAGES)
@each("text", ["", "abc", "101", "-1", "100,01 %", "7/5", "a/b", "5/0"])
def test_a_rate_that_is_none_is_refused_in_the_reader_s_words_and_stays_in_its_box(language, text):
    at = known(knowing(language), "paid_online", text)
    box = field(at, "known.value")
    assert not at.exception and box["value"] == text and (text or words(language)("typed.nothing")) in box["wrong"]
    assert "paid_online" not in box["wrong"] and f"{text}%" not in box["wrong"] and "0.98" not in box["wrong"]
    assert not [key for key in link(at) if key.startswith("known.")]
    t = words(language)
    if "/" not in text or "a" in text:
        said_of = t("typed.named", value=text) if text else t("typed.nothing")
        assert box["wrong"] == spaced(t("typed.bad_share", said=said_of, low="0", high="100"))
    else:
        assert name_of("paid_online", language) in box["wrong"]


@each("language", LANGUAGES)
def test_a_rate_that_published_points_rule_out_is_refused_with_its_name_and_what_they_leave(language):
    league = tables.find(GIANG)
    low, high = possible(load("766-2025"), league, league.index(DONG_THAI), "on_time")
    wrong = field(known(knowing(language), "on_time", "50"), "known.value")["wrong"]
    assert name_of("on_time", language) in wrong and "on_time" not in wrong
    assert percent(0.5, language) in wrong and percent(low, language) in wrong and percent(high, language) in wrong


def test_the_form_offers_what_the_table_lacks_and_is_not_there_where_it_lacks_nothing():
    at = knowing()
    rules = load("766-2025").at("commune")
    own = [c.name["vi"] for c in rules.criteria if c.key in rules.lever_index]
    assert at.selectbox(key="known.lever").options == own  # points alone: each is unknown or implied
    at = known(at, "paid_online", "72")
    assert at.selectbox(key="known.lever").options == [name for name in own if name != name_of("paid_online", "vi")]
    league = tables.find("hanoi_2025-08-25")
    told_all = drawn(app(league="hanoi_2025-08-25", unit=league.codes[5]), "known")
    shown = [box for box in told_all.selectbox if box.key == "known.lever"]
    assert not shown or name_of("paid_online", "vi") not in shown[0].options


@each("language", LANGUAGES)
def test_an_earlier_table_s_rates_are_offered_used_with_the_newest_points_and_dropped(language, tmp_path, monkeypatch):
    now, later = tables.find(LEAGUE), date(2026, 11, 21)
    blank = np.full_like(now.rate, np.nan)
    points_alone = replace(
        now,
        as_of=later,
        period=Period(kind="year_to_date", first=date(2026, 1, 1), last=later),
        done=blank,
        due=blank,
        rate=blank,
    )
    monkeypatch.setenv(tables.FOLDER, str(tmp_path))
    (tmp_path / "moi.zip").write_bytes(zipped(points_alone, load("766-2026")))
    t, at = words(language), drawn(app(league="moi", unit=DUE_2735, lang=language), "known", "trace")
    dates = {"earlier": day(now.as_of, language), "now": day(later, language)}
    assert not at.exception and spaced(t("known.earlier", **dates)) in said(at)
    name = BASE.edition.criteria[BASE.edition.criterion_index["on_time"]].name[language]
    assert trace_of(at, name)[2] == ""
    assert at.button(key="known.earlier").label == t("known.earlier_take")
    at.button(key="known.earlier").click().run()
    assert at.button(key="known.earlier").label == t("known.earlier_drop")
    assert link(at)["rates"] == LEAGUE and spaced(t("known.earlier_used", **dates)) in said(at)
    assert trace_of(at, name)[2] == f"{number(2634, 0, language)}/{number(2735, 0, language)}"
    row = BASE.league.codes.index(DUE_2735)
    assert points(SCORES[row], language) in coded(at) and f"{int(BASE.rank[row])}/102" in coded(at)
    at.button(key="known.earlier").click().run()
    assert "rates" not in link(at) and trace_of(at, name)[2] == "" and spaced(t("known.earlier", **dates)) in said(at)
