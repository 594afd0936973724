"""A plan beside a newer table: the path, what is left and the pace, against arithmetic of its own."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.plan import question as asking
from model.plan.action import ActionPlan, Line, taken_plan
from model.plan.prepared import prepared
from model.plan.question import Question
from model.plan.track import corrected, score_path, track, weeks
from model.plan.track_lines import REASONS, STATES, path
from model.rules.files import load
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect
from model.table.league import Period
from model.words.problems import LANGUAGES, Problem
from spaced import spaced
from strategies import league, sample

EDITION = load("766-2026")
YEAR, FIGURES, FIRST, BY = date(2026, 1, 1), date(2026, 9, 17), date(2026, 9, 18), date(2026, 12, 31)
FLOW, MENDABLE, STOCK = "on_time", "digitized", "procedures_integrated"
counted = st.sampled_from([FLOW, MENDABLE, STOCK])


def newer(counts, day=date(2026, 10, 10), **more):
    """A table of communes of that day, {lever: [(done, due), …]}, the year to date."""
    period = Period(kind="year_to_date", first=YEAR, last=day)
    return baseline(EDITION, league(EDITION, counts=counts, as_of=day, period=period, **more))


def planned(*lines, **more):
    about = {"edition": EDITION.key, "league": "made", "unit": "U0", "unit_name": "Xã 0", "level": "commune"}
    about |= {"period": "year_to_date", "figures": FIGURES, "today": FIRST, "by": BY}
    return ActionPlan(**(about | more), lines=lines)


def counts_line(key, done, due, more, whole):
    """A line from done of due to as many more of the whole that is due at the end as what goes on brings."""
    start = round(done / due * whole)
    return Line(key=key, before=done / due, target=min(whole, start + more) / whole, due=whole, start=start)


def only(plan, table, today=date(2026, 10, 12), was=None):
    (one,) = track(plan, table, today, was).lines
    return one


@settings(max_examples=80, deadline=None)
@given(counted, st.integers(1, 900), st.integers(0, 900), st.integers(0, 400), st.integers(0, 104))
def test_the_same_number_of_things_more_each_day_leads_from_the_rate_of_before_to_the_target(key, due, done, more, day):
    assume(done <= due)
    until, at = (BY - YEAR).days + 1, FIRST + timedelta(days=day)
    whole = due if key == STOCK else due * 2
    line = counts_line(key, done, due, more, whole)
    (rates,) = path(planned(line), [FIGURES, FIRST, at, BY, BY + timedelta(days=9)], newer({key: [(done, due)]}))
    assert rates[[0, 1]].tolist() == pytest.approx([line.before] * 2)
    assert rates[[3, 4]].tolist() == pytest.approx([line.target] * 2)
    share = 1 if key == STOCK else Fraction((at - YEAR).days + 1, until)
    due_then = whole * share
    extra = (Fraction(line.target) - Fraction(line.before)) * whole * Fraction(day, (BY - FIRST).days)
    assert rates[2] == pytest.approx(float((Fraction(line.before) * due_then + extra) / due_then))


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 104))
def test_a_rate_of_no_counts_grows_evenly(before, target, day):
    line = Line(key=FLOW, before=before, target=target)
    ((rate,),) = path(planned(line), [FIRST + timedelta(days=day)], newer({FLOW: [(1, 2)]}))
    assert rate == pytest.approx(before + (target - before) * day / 104)


@settings(max_examples=150, deadline=None)
@given(counted, st.integers(1, 600), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(0, 90))
def test_what_is_left_and_the_pace_are_the_least_that_still_suffices_and_red_is_what_no_effort_mends(
    key, due, was, now, aim, day
):
    table_day = FIRST + timedelta(days=day)
    done, whole = int(due * now), due if key == STOCK else due + 200
    line = Line(key=key, before=was, target=int(aim * whole) / whole, due=whole, start=int(was * whole))
    one = only(planned(line), newer({key: [(done, due)]}, table_day), table_day)
    so_far, ahead = (table_day - YEAR).days + 1, (BY - table_day).days
    arriving = 0 if key == STOCK else round(Fraction(due * ahead, so_far))
    target, end = line.target, due + arriving
    left = next(k for k in range(end + 1) if (done + k) / end >= target - 1e-12) if done / end < target else 0
    assert (one.done, one.due, one.arriving, one.left) == (done, due, arriving, left)
    assert one.possible == (arriving if key == FLOW else end - done)
    assert one.weeks == pytest.approx(ahead / 7)
    spread = max(1.0, ahead / 7)
    assert one.a_week == ceil(left / spread - 1e-9)
    assert one.more_a_week == ceil(max(0.0, left - was * arriving) / spread - 1e-9)
    assert one.arriving_a_week == pytest.approx(arriving / spread)
    assert one.expected == ceil(one.path * due - 1e-9)
    best = (done + (arriving if key == FLOW else end - done)) / end
    if done / due >= target - 1e-9:
        assert one.reason == "reached"
    elif best < target - 1e-9:
        assert one.state == "red" and one.reason == ("arrives" if key == FLOW else "open")
    elif done / due >= one.path - 1e-9:
        assert one.reason == "on_path"
    else:
        assert one.reason == ("fell" if done / due < was - 1e-9 else "behind") and one.state == "amber"


def test_the_years_rest_decides_between_amber_and_red():
    line = counts_line(FLOW, 900, 1000, 10, 1300)
    now = {FLOW: [(990, 1100)]}  # 319 more arrive
    assert only(planned(replace(line, target=0.92)), newer(now)).reason == "behind"  # 316 more are needed
    assert only(planned(replace(line, target=0.94)), newer(now)).reason == "arrives"
    over = only(planned(replace(line, by=date(2026, 10, 11))), newer(now))
    assert (over.reason, over.state) == ("over", "red")
    met = only(planned(replace(line, target=0.9, by=date(2026, 10, 11))), newer(now))
    assert (met.reason, met.state) == ("reached", "green")


def test_where_less_is_better_more_than_the_path_is_behind_and_what_cannot_be_undone_is_red():
    counts = {"on_time": [(1000, 1000)], "dossiers_satisfied": [(990, 1000)]}  # 10 complaints
    line = Line(key="complained", before=0.02, target=0.001)
    one = only(planned(line), newer(counts))
    assert one.actual == pytest.approx(0.01) and one.done == 10 and one.path > 0.01 and one.left < 0
    assert one.reason == "too_many" and one.a_week is None
    assert only(planned(replace(line, target=0.009)), newer(counts)).reason == "on_path"
    assert only(planned(replace(line, before=0.0095, target=0.009)), newer(counts)).reason == "fell"
    assert only(planned(replace(line, target=0.01)), newer(counts)).reason == "reached"


def test_lines_that_cannot_be_judged_say_why():
    table = newer({FLOW: [(9, 10)], "petitions_on_time": [(0, 0)], "petitions_satisfied": [(0, 0)]})
    lines = (
        Line(name="Tập huấn"),
        Line(key="no_such_lever", target=0.5),
        Line(key=FLOW, before=0.8, target=0.95, take="no"),
        Line(key="paid_online", before=0.3),
        Line(key="paid_online", before=0.3, target=0.5),
        Line(key="petitions_on_time", before=0.0, target=1.0),
    )
    found = track(planned(*lines), table, date(2026, 10, 12))
    wanted = ["own_task", "unknown", "not_taken", "no_target", "points_alone", "none_due"]
    assert [one.reason for one in found.lines] == wanted and found.count("none") == 6
    assert only(planned(Line(key=FLOW, target=0.92), today=None, figures=None), table).reason == "no_path"
    assert set(REASONS.values()) == set(STATES)


def test_a_component_s_points_are_followed_in_points():
    points = {"satisfaction": [12.0], "progress": [15.0]}
    line = Line(key="satisfaction", before=10.0, target=16.0)
    table = newer({FLOW: [(9, 10)]}, points=points)
    one = only(planned(line), table)
    assert (one.actual, one.due, one.a_week) == (12.0, None, None) and one.reason == "on_path"
    assert one.path == pytest.approx(10 + 6 * 22 / 104)
    assert one.step == pytest.approx((16 - 12) / ((BY - date(2026, 10, 10)).days / 7))


@pytest.fixture(scope="module")
def dak_lak():
    """A real table, its newer one, and a planner's plan made of the first."""
    was, now = sample("dak_lak_2026-09-17"), sample("dak_lak_2026-10-10")
    unit = was.league.index("H15.138")
    ask = Question(goal="score", score=float(was.standing.score[unit]) / 100 + 1, moves="still", by=BY, today=FIRST)
    found = prepared(was, unit, ask, asking.time(was, ask, FIRST), None)
    return was, now, taken_plan(found.now, unit, found.answer.plans[0], FIRST, BY, 3, found.needed)


def test_score_and_rank_are_the_tables_own_and_those_of_the_lines_on_their_path_and_at_their_targets(dak_lak):
    was, now, plan = dak_lak
    found, unit = track(plan, now, date(2026, 10, 12), was), now.league.index("H15.138")
    assert not found.limits and not found.notes and found.unit == unit
    assert (found.actual.score, found.actual.rank) == (now.standing.score[unit], now.rank[unit])
    at = was.league.index("H15.138")
    assert (found.start.score, found.start.rank) == (was.standing.score[at], was.rank[at])
    for told, rates in (
        (found.path, [one.path for one in found.lines]),
        (found.planned, [x.target for x in plan.lines]),
    ):
        keys = [line.key for line in plan.lines]
        done = effect(now, unit, Scenario(dict(zip(keys, rates, strict=True))))
        assert told.score == done.after.score
        assert told.rank == 1 + (np.delete(now.standing.score, unit) > told.score).sum()
    days = weeks(plan)
    assert (
        days[0] == FIRST and days[-1] == BY and all((b - a).days == 7 for a, b in zip(days, days[1:-1], strict=False))
    )
    scores = score_path(found, [found.day, BY])
    assert scores.tolist() == [found.path.score, found.planned.score]


def test_the_parts_of_the_ranks_change_add_up(dak_lak):
    was, now, plan = dak_lak
    found = track(plan, now, date(2026, 10, 12), was)
    assert sum(found.moved.parts) == found.actual.rank - found.start.rank
    assert track(plan, now, date(2026, 10, 12)).moved is None


def test_the_worst_line_comes_first_red_before_amber(dak_lak):
    was, now, plan = dak_lak
    table = newer({FLOW: [(1000, 1100)], STOCK: [(5, 40)], MENDABLE: [(500, 1100)]})
    lines = (
        Line(key=STOCK, before=0.1, target=0.4, due=40, start=4),
        Line(key=FLOW, before=0.9, target=0.99, due=1400, start=1260),
        Line(key=MENDABLE, before=0.5, target=0.6, due=1400, start=700),
    )
    found = track(planned(*lines), table, date(2026, 10, 12))
    assert [one.line.key for one in found.worst] == [FLOW, MENDABLE, STOCK]
    assert [found.count(state) for state in STATES] == [1, 2, 0, 0]


def code(plan, table, was=None):
    found = track(plan, table, date(2026, 10, 12), was)
    assert all(one.state == "none" for one in found.lines)
    assert found.path is None and found.moved is None
    assert all(problem.text(language) for problem in found.limits for language in LANGUAGES)
    return [problem.code for problem in found.limits]


def test_tables_that_cannot_be_compared_say_so_and_still_tell_where_the_unit_stands(dak_lak):
    was, now, plan = dak_lak
    assert code(plan, was) == ["track_same"]
    assert code(replace(plan, figures=date(2026, 11, 1)), now) == ["track_older"]
    assert code(replace(plan, edition="766-2025"), now) == ["history_edition"]
    (why,) = track(replace(plan, edition="766-2025"), now, date(2026, 10, 12), None).limits
    assert "Cổng DVCQG giữa năm 2025" in spaced(why.text("vi")) and "766-2025" not in why.text("vi")
    assert code(replace(plan, edition="nowhere"), now) == ["history_edition"]
    assert code(replace(plan, level="province"), now) == ["history_level"]
    assert code(replace(plan, period="month"), now) == ["history_period"]
    assert code(plan, replace(now, league=replace(now.league, as_of=None, period=None))) == [
        "history_no_period",
        "track_no_day",
    ]
    month = Period(kind="month", first=date(2026, 10, 1), last=date(2026, 10, 10))
    anew = replace(now, league=replace(now.league, period=month))
    assert code(replace(plan, period="month"), anew) == ["track_anew"]
    found = track(plan, was, date(2026, 10, 12))
    assert found.actual.rank == was.rank[was.league.index("H15.138")] and found.planned is None
    assert all(one.actual is not None and one.reason == "not_compared" for one in found.lines)


def test_a_table_of_other_units_is_known_by_the_plans_own_table():
    own = newer({FLOW: [(9, 10)] * 5}, FIGURES)
    other = newer({FLOW: [(9, 10)] * 2})
    plan = planned(Line(key=FLOW, before=0.8, target=0.95))
    assert code(plan, other, own) == ["track_other_league"]
    assert not track(plan, other, date(2026, 10, 12)).limits


def test_a_unit_of_another_name_or_code_is_still_found_and_one_that_is_gone_is_told(dak_lak):
    _, now, plan = dak_lak
    renamed = track(replace(plan, unit_name="Xã Cũ"), now, date(2026, 10, 12))
    assert [note.code for note in renamed.notes] == ["track_renamed"] and renamed.actual is not None
    by_name = track(replace(plan, unit="MÃ-CŨ"), now, date(2026, 10, 12))
    assert [note.code for note in by_name.notes] == ["track_by_name"] and by_name.lines[0].actual is not None
    gone = track(replace(plan, unit="MÃ-CŨ", unit_name="Xã Đã Sáp Nhập"), now, date(2026, 10, 12))
    assert [why.code for why in gone.limits] == ["track_unit_gone"] and gone.unit is None and gone.actual is None
    assert gone.planned.rank == 1 + (now.standing.score > round(100 * plan.score)).sum()
    assert {one.reason for one in gone.lines} == {"unit_gone"} and corrected(gone) is None
    assert np.isnan(score_path(gone, [BY])).all()


def test_the_corrected_question_asks_for_the_same_target_by_the_same_day(dak_lak):
    _, now, plan = dak_lak
    assert corrected(track(plan, now, date(2026, 10, 12))) == Question(goal="rank", rank=3, by=BY)
    scored = track(replace(plan, rank=None), now, date(2026, 10, 12))
    assert corrected(scored) == Question(goal="score", score=plan.score, by=BY)
    free = track(replace(plan, rank=None, score=None, by=date(2027, 3, 1)), now, date(2026, 10, 12))
    assert corrected(free) == Question(goal="score", score=free.planned.score / 100, by=None)


def test_a_plan_without_dates_or_lines_is_tracked_too():
    table = newer({FLOW: [(9, 10)]})
    assert weeks(planned(by=None)) == () and track(planned(), table, date(2026, 10, 12)).lines == ()
    found = track(planned(Line(key=FLOW, before=0.8, target=0.95), by=None), table, date(2026, 10, 12))
    assert found.lines[0].reason == "no_path" and found.lines[0].weeks is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*EDITION.lever_index, *EDITION.component_index]), unique=True, max_size=8), st.data())
def test_any_plan_is_tracked_in_any_sample(keys, data):
    name = data.draw(st.sampled_from(["dak_lak_2026-10-10", "provinces_2026-10-10", "an_giang_2025-10-16"]))
    now, some = sample(name), st.none() | st.floats(0, 1)
    lines = tuple(
        Line(
            key=key,
            before=data.draw(some),
            target=data.draw(some),
            due=data.draw(st.none() | st.integers(0, 10**6)),
            start=data.draw(st.none() | st.integers(0, 10**6)),
        )
        for key in keys
    )
    when = {name: data.draw(st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))) for name in ("today", "by")}
    unit = data.draw(st.sampled_from(now.league.codes))
    plan = planned(
        *lines, unit=unit, edition=data.draw(st.sampled_from([now.edition.key, ""])), level="", period="", **when
    )
    found = track(plan, now, data.draw(st.dates(date(2025, 1, 1), date(2027, 12, 31))))
    assert len(found.lines) == len(lines) and all(one.state in STATES for one in found.lines)
    assert not isinstance(found.moved, Problem)
