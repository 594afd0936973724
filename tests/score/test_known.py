"""What a unit knows of itself, and the rates of an earlier table: marked, checked, and kept in link and saved table."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.report.link import Choice, read, written
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.known import possible, with_earlier, with_known
from model.score.levers import hindrances
from model.score.scenario import Counts, Scenario, effect
from model.table import leagues as tables
from model.table.league import Period, columns
from model.table.reading.reading import reading
from model.table.reading.sheets import opened
from model.table.writing import zipped
from model.words.problems import Problem
from model.words.texts import words
from strategies import league

RULES = edition_files.load("766-2025")
AN_GIANG = tables.find("an_giang_2025-10-16")
UNIT = "H01.187"  # Xã Đông Thái: payment 8.55 of 10


def source(base, code, lever):
    return base.anchors.source[base.league.index(code), base.edition.lever_index[lever]]


def test_a_rate_that_a_unit_knows_of_itself_is_a_lever_marked_as_its_own_and_the_points_stay_published():
    known = with_known(RULES, AN_GIANG, UNIT, {"paid_online": 0.72})
    base, before = baseline(RULES, known), baseline(RULES, AN_GIANG)
    assert source(base, UNIT, "paid_online") == "own" and known.marks == {UNIT: {"paid_online": "own"}}
    np.testing.assert_array_equal(base.standing.score, before.standing.score)
    row = known.index(UNIT)
    assert hindrances(base, row, Scenario())["paid_online"] == "at_target"  # 72 % is long past the 30 % of 2025
    assert source(base, UNIT, "procedures_paid_online") == "implied"  # payment leaves one lever now
    assert base.anchors.levers[row, base.edition.lever_index["procedures_paid_online"]] == pytest.approx(0.22)
    assert effect(base, row, Scenario({"paid_online": 0.15})).after.components[3] == 855 - 300


def test_counts_may_be_known_too():
    known = with_known(RULES, AN_GIANG, UNIT, {"filed_online": Counts(720, 1000)})
    base = baseline(RULES, known)
    row = known.index(UNIT)
    assert base.anchors.due[row, base.edition.lever_index["filed_online"]] == 1000
    assert base.anchors.levers[row, base.edition.lever_index["services_used"]] == pytest.approx(0.025)


@pytest.mark.parametrize(("lever", "value"), [("on_time", 0.5), ("dossiers_synced", 0.4), ("filed_online", 0.1)])
def test_a_rate_that_the_points_make_impossible_is_refused_with_what_would_be_possible(lever, value):
    with pytest.raises(Problem) as refused:
        with_known(RULES, AN_GIANG, UNIT, {lever: value})
    assert refused.value.code == "known_impossible" and "\u00a0% đến " in refused.value.text("vi")
    low, high = possible(RULES, AN_GIANG, AN_GIANG.index(UNIT), lever)
    assert words("vi").percent(low) in refused.value.text("vi")
    assert words("en").percent(high) in refused.value.text("en")
    with_known(RULES, AN_GIANG, UNIT, {lever: (low + high) / 2})


def test_a_lever_that_does_not_count_and_a_rate_that_the_table_reports_are_refused():
    with pytest.raises(Problem) as refused:
        with_known(RULES, AN_GIANG, UNIT, {"petitions_on_time": 1.0})
    assert refused.value.code == "set_absent"
    dak_lak = tables.find("dak_lak_2026-10-10")
    with pytest.raises(Problem) as refused:
        with_known(edition_files.load("766-2026"), dak_lak, "H15.198", {"on_time": 0.9})
    assert refused.value.code == "known_reported"


@given(st.integers(0, 101), st.sampled_from(["paid_online", "filed_online", "services_used"]), st.floats(0, 1))
def test_whatever_is_possible_leaves_the_published_points_as_they_are(row, lever, share):
    low, high = possible(RULES, AN_GIANG, row, lever)
    assert 0 <= low <= high <= 1
    known = with_known(RULES, AN_GIANG, AN_GIANG.codes[row], {lever: low + share * (high - low)})
    base = baseline(RULES, known)
    np.testing.assert_array_equal(base.standing.components[row], AN_GIANG.published[row])


def test_what_is_known_stands_in_the_link_and_comes_back():
    def base_of(choice):
        table = tables.find(choice.league)
        for code, rates in choice.known.items():
            table = with_known(RULES, table, code, rates)
        return baseline(RULES, table)

    made = Choice(
        league="an_giang_2025-10-16", unit=UNIT, known={UNIT: {"paid_online": 0.72, "filed_online": Counts(7, 9)}}
    )
    link = written(made, "vi")
    assert link[f"known.{UNIT}.paid_online"] == "0.72" and link[f"known.{UNIT}.filed_online"] == "7/9"
    assert read(link, base_of, ["an_giang_2025-10-16"]) == (made, "vi", [])
    again, _, problems = read(link | {f"known.{UNIT}.on_time": "0.5"}, base_of, ["an_giang_2025-10-16"])
    assert again == made and [p.code for p in problems] == ["known_impossible"]


def test_what_is_known_is_kept_in_a_saved_table():
    known = with_known(RULES, AN_GIANG, UNIT, {"paid_online": 0.72})
    back = reading(opened(zipped(known, RULES), "a.zip"), tables.lists()).league
    assert back.marks == known.marks
    assert back.rate[back.index(UNIT), columns(RULES).index("paid_online")] == 0.72


def test_the_newest_points_may_be_taken_with_the_last_known_rates():
    rules = edition_files.load("766-2026")
    earlier = tables.find("dak_lak_2026-10-10")
    later = date(2026, 11, 21)
    blank = np.full_like(earlier.rate, np.nan)
    table = replace(
        earlier,
        as_of=later,
        period=Period(kind="year_to_date", first=date(2026, 1, 1), last=later),
        done=blank,
        due=blank,
        rate=blank,
        published=np.minimum(earlier.published + 3, rules.component_max),
        published_score=earlier.published_score + 18,
    )
    base = baseline(rules, with_earlier(rules, table, earlier))
    np.testing.assert_array_equal(base.standing.components, table.published)  # published points stay the anchor
    assert source(base, "H15.198", "paid_online") == "earlier"
    assert base.anchors.due[base.league.index("H15.198"), base.edition.lever_index["on_time"]] == 2735
    for other in (
        replace(earlier, as_of=later),
        replace(earlier, level="province"),
        replace(earlier, edition="766-2025"),
    ):
        with pytest.raises(Problem) as refused:
            with_earlier(rules, table, other)
        assert refused.value.code == "known_earlier"


def test_an_own_rate_fits_any_made_table():
    edition = edition_files.load("766-2026")
    table = league(edition, points={"online_payment": [6.0]})
    assert possible(edition, table, 0, "paid_online") == (pytest.approx(1 / 3, abs=0.01), 1.0)
