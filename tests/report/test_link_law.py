"""The law of the link: for every state that the app can reach, link -> state -> link is the identity, and back."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from model.peers.compare import GROUPS
from model.peers.forecast import KINDS as MOVES
from model.plan import question as asking
from model.plan.question import Question
from model.report import link
from model.report.choice import MODES, NAME_LENGTH, OWN, VIEWS, Choice
from model.rules.edition import KINDS
from model.score.scenario import Scenario
from model.table import leagues as tables
from model.training.lesson.lessons import lessons
from pages.ui import peers as movers
from pages.ui import session
from pages.ui.session.state import Session
from pages.ui.simulator import own_unit
from strategies import any_scenario

LEAGUES = tables.samples()
TYPED = ("0", "0,5", "−0,5", "1", "3", "12", "1,5", "80", "98,5 %", "1.000", "abc", "", "200", "5e-7", "-0")
IDLE = {"score": "score", "band": "band", "unit": "pass"}  # {what is asked for: the target that it is of}


def base_of(league):
    return session.baseline_of(Choice(league=league))


def some_floats(low, high):
    return some.one_of(some.sampled_from((float(low), float(high))), some.floats(low, high, allow_nan=False))


def some_of(keys, values):
    return some.dictionaries(some.sampled_from(tuple(keys)), values, max_size=3)


@some.composite
def asks(draw, base):
    """Any ask at all, in force or not."""
    rules, codes = base.edition, base.league.codes
    levers = tuple(rules.lever_index)
    day = asking.days_allowed(base, date.today())[0]
    whole = some.integers(0, 10**7)
    return Question(
        goal=draw(some.sampled_from(asking.GOALS)),
        rank=draw(some.none() | some.integers(1, base.ranked)),
        score=draw(some.none() | some_floats(0, 100)),
        band=draw(some.sampled_from(("", *(b.key for b in rules.bands)))),
        unit=draw(some.sampled_from(("", *codes))),
        by=draw(some.none() | some.integers(-400, 400).map(lambda n: day + timedelta(n))),
        today=draw(some.none() | some.integers(-400, 400).map(lambda n: day + timedelta(n))),
        effort=draw(some.none() | some_floats(0, 10**7)),
        moves=draw(some.sampled_from(("", *MOVES))),
        peers=draw(some_floats(-10, 10)),
        spread=draw(some.none() | some_floats(0, 20)),
        jumps=draw(some.booleans()),
        own_spread=draw(some.none() | some_floats(0, 20)),
        sure=draw(some.sampled_from((0.0, *movers.CHANCES))),
        within=draw(some_floats(0, 100)),
        more=draw(some_of(rules.groups, whole)),
        past=draw(some_of(rules.groups, whole)),
        since=draw(some_of(levers, some_floats(0, 1))),
        efforts=draw(some_of(levers, some_floats(0, 10**9))),
        kinds=draw(some_of(levers, some.sampled_from(KINDS))),
        still_open=draw(some_of(levers, whole)),
        bounds=draw(some_of(levers, some_floats(0, 1))),
        fixed=draw(some.frozensets(some.sampled_from(levers), max_size=3)),
    )


@some.composite
def choices(draw):
    """Any choice at all, in force or not."""
    league = draw(some.sampled_from(LEAGUES))
    rules = base_of(league).edition
    targets = {c.key: draw(some.sampled_from(c.target_choices)) for c in rules.criteria if c.target_choices}
    own = {}
    if draw(some.booleans()):
        points = some_of(rules.component_index, some_floats(0, 1))
        own = {"own_name": draw(some.text(min_size=1, max_size=90)), "own_points": draw(points)}
        own["own_rates"] = draw(some_of(rules.lever_index, some_floats(0, 1)))
    made = Choice(league=league, targets=targets, **own)
    base = session.baseline_of(link.settled(made, session.baseline_of, LEAGUES))
    codes = ("", *base.league.codes)
    made = replace(made, unit=draw(some.sampled_from(codes)))
    supposed = any_scenario(
        base, link.row(base, made.unit), draw(some.integers(0, 2**32)), draw(some.sampled_from((0, 0.2, 1)))
    )
    return replace(
        made,
        scenario=supposed,
        chart=draw(some.sampled_from(("", *rules.lever_index, *rules.component_index))),
        view=draw(some.sampled_from(("", *VIEWS))),
        other=draw(some.sampled_from((*codes, "rank:1", f"rank:{base.ranked + 1}", "group:alike", "group:none"))),
        peers=tuple(draw(some.lists(some.sampled_from(codes[1:]), max_size=4, unique=True))),
        train=draw(some.sampled_from(("", *MODES))),
        lesson=draw(some.sampled_from(("", *(one.key for one in lessons())))),
        step=draw(some.integers(0, 999)),
        seed=draw(some.integers(0, 999_999)),
        ask=draw(asks(base)),
    )


def held(choice):
    """The law for one state of the app."""
    for language in ("vi", "en"):
        texts = link.written(choice, language)
        assert link.read(texts, session.baseline_of, LEAGUES) == (choice, language, []), texts
        assert link.written(link.read(texts, session.baseline_of, LEAGUES)[0], language) == texts


@given(choices())
def test_what_is_settled_is_what_its_link_opens_on(choice):
    settled = link.settled(choice, session.baseline_of, LEAGUES)
    held(settled)
    assert link.settled(settled, session.baseline_of, LEAGUES) == settled
    for name in ("league", "scenario", "view", "step", "seed", "lesson", "train", "chart"):
        assert getattr(settled, name) == getattr(choice, name), name


@pytest.mark.parametrize("name", ["a" * 79 + " b", " a  b\u00a0", "a" * 200, "a\tb\nc"])
def test_a_name_of_ones_own_stays_as_it_is_shortened(name):
    App()
    session.own_given(name, {"progress": 1.0}, {})
    assert len(session.choice().own_name) <= NAME_LENGTH and session.choice().unit == OWN
    held(session.choice())


def test_undo_goes_back_to_nothing_that_a_table_brought_again_no_longer_has():
    App()
    table = tables.find("dak_lak_2026-10-10")
    session.upload().leagues["own-x"] = replace(table, key="own-x")
    session.pick_league("own-x")
    session.acted("unit:H15.198")
    session.pick_league(LEAGUES[0])
    session.upload().leagues["own-x"] = replace(table, key="own-x", codes=tuple(f"U{code}" for code in table.codes))
    session.upload().versions["own-x"] = 2
    session.undo()
    assert session.choice().league == "own-x" and session.choice().unit == ""
    assert link.read(session.link(), session.baseline_of, session.leagues()) == (session.choice(), "vi", [])


@given(some.data())
def test_what_is_in_force_is_kept_and_nothing_else(data):
    base = base_of(data.draw(some.sampled_from(LEAGUES)))
    ask = data.draw(asks(base))
    used = asking.in_force(ask)
    kept = {
        "rank",
        "by",
        "today",
        "effort",
        "past",
        "since",
        "within",
        "more",
        "efforts",
        "kinds",
        "still_open",
        "bounds",
        "fixed",
        "goal",
        "moves",
    }
    kept |= {name for name, goal in IDLE.items() if ask.goal == goal}
    kept |= {"peers"} if ask.moves == "gain" else set()
    kept |= {"spread", "jumps", "own_spread", "sure"} if ask.moves == "uncertain" else set()
    for f in fields(Question):
        assert getattr(used, f.name) == getattr(ask if f.name in kept else Question(), f.name), f.name


@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        ({"plan.peers": "0.5", "plan.moves": "still"}, {"plan.peers"}),
        ({"plan.moves": "still", "plan.peers": "0.5"}, {"plan.peers"}),
        ({"plan.peers": "0.5"}, set()),  # as links of gains once were
        ({"plan.peers": "0.5", "plan.moves": "uncertain"}, {"plan.peers"}),
        ({"plan.spread": "2", "plan.own_spread": "1", "plan.jumps": "True", "plan.sure": "0.8"},
         {"plan.spread", "plan.own_spread", "plan.jumps", "plan.sure"}),
        ({"plan.score": "80"}, {"plan.score"}),
        ({"plan.goal": "score", "plan.score": "80", "plan.band": "good"}, {"plan.band"}),
        ({"plan.by": "2030-01-01"}, {"plan.by"}),
        ({"plan.by": "2026-10-09"}, {"plan.by"}),
        ({"plan.rank": "103"}, {"plan.rank"}),
        ({"plan.rank": "1,5"}, {"plan.rank"}),
        ({"plan.still_open.on_time": "3"}, set()),
        ({"target.filed_online": "half"}, {"target.filed_online"}),
        ({"plan.efforts.on_time": "-1"}, {"plan.efforts.on_time"}),
        ({"plan.more.dossiers": "100000000"}, {"plan.more.dossiers"}),
        ({"plan.goal": "pass", "plan.unit": "H15.198", "unit": "H15.198"}, {"plan.unit"}),
        ({"other": "H15.198", "unit": "H15.198"}, {"other"}),
        ({"other": "rank:103"}, {"other"}),
        ({"other": "rank:1,5"}, {"other"}),
        ({"other": "group:all"}, {"other"}),
        ({"other": "group:list", "peers": "H15.198,H15.164,H15.198"}, set()),
    ],
)  # fmt: skip
def test_what_is_not_in_force_is_named_and_does_not_come_back(texts, refused):
    found, language, problems = link.read(texts, session.baseline_of, LEAGUES)
    assert {str(problem.details["key"]) for problem in problems} == refused
    held(found)
    assert not refused & set(link.written(found, language))


class App(RuleBasedStateMachine):
    """A reader who does whatever the app's widgets allow; the session's own callbacks, without a page."""

    def __init__(self):
        super().__init__()
        st.session_state.clear()
        st.session_state.session = Session(Choice(), "vi", [], page="")

    @rule(goal=some.sampled_from(asking.GOALS))
    def aim(self, goal):
        session.show("ask.goal", goal)
        session.asked("goal")

    @rule(moves=some.sampled_from(MOVES))
    def suppose_others_move(self, moves):
        session.show("ask.moves", moves)
        movers._picked()

    @rule(
        name=some.sampled_from(("score", "peers", "spread", "own_spread", "within", "effort")),
        text=some.sampled_from(TYPED),
    )
    def type_a_number(self, name, text):
        key, limits = f"ask.{name}", asking.limits(session.base())[name]
        movers.typed.take_number(key, text, *limits, lambda value: movers.take(name, value))

    @rule(text=some.sampled_from((*TYPED, "102", "103", "126")))
    def type_a_rank(self, text):
        limits = asking.limits(session.base())["rank"]
        movers.typed.take_count("ask.rank", text, *limits, lambda rank: movers.take("rank", rank))

    @rule(chance=some.sampled_from((0.0, *movers.CHANCES)), jumps=some.booleans())
    def be_sure(self, chance, jumps):
        session.show("ask.sure", chance)
        movers._ticked("sure")
        session.show("ask.jumps", jumps)
        movers._ticked("jumps")

    @rule(data=some.data())
    def pick_a_band_or_a_unit_to_pass_or_to_compare(self, data):
        codes, bands = session.base().league.codes, session.base().edition.bands
        session.show("ask.band", data.draw(some.sampled_from([b.key for b in bands])))
        session.asked("band")
        session.show("ask.unit", data.draw(some.sampled_from(codes)))
        session.asked("unit")
        session.look_at(other=data.draw(some.sampled_from((*codes, "rank:3", *(f"group:{one}" for one in GROUPS)))))
        session.look_at(peers=tuple(data.draw(some.lists(some.sampled_from(codes), max_size=3, unique=True))))

    @rule(days=some.integers(-30, 120))
    def name_a_date(self, days):
        first, last = asking.days_allowed(session.base(), date.today())
        text = f"{first + timedelta(days):%d/%m/%Y}"
        movers.typed.take_day("ask.by", text, first, last, lambda day: movers.take("by", day))

    @rule(data=some.data())
    def pick_another_unit(self, data):
        session.acted("unit:" + data.draw(some.sampled_from(session.base().league.codes)))

    @rule(league=some.sampled_from(LEAGUES))
    def pick_another_league(self, league):
        session.pick_league(league)

    @rule(data=some.data())
    def switch_a_target(self, data):
        offered = [(c.key, rate) for c in session.base().edition.criteria for rate in c.target_choices]
        if offered:
            criterion, rate = data.draw(some.sampled_from(offered))
            session.switch_target(criterion, str(rate))

    @rule(seed=some.integers(0, 2**32), share=some.sampled_from((0.1, 0.5)))
    def suppose(self, seed, share):
        texts = any_scenario(session.base(), session.unit(), seed, share).texts()
        session.accepted({"unit": session.panel_unit(), "revision": session.told()[0], "scenario": texts})

    @rule(data=some.data())
    def press_a_preset(self, data):
        session.acted("preset:" + data.draw(some.sampled_from([p.key for p in session.base().edition.presets])))

    @rule(name=some.text(max_size=90), share=some_floats(0, 1))
    def enter_a_unit_of_ones_own(self, name, share):
        rules = session.base().edition
        points = {c.key: round(share * c.max_points, 2) for c in rules.components}
        session.own_given(name or "Xã", points, {"on_time": share})

    @precondition(lambda self: session.choice().own_name)
    @rule(through=some.sampled_from(("rank", "other", "pass")))
    def point_at_ones_own_unit_and_remove_it(self, through):
        session.acted("unit:" + session.base().league.codes[0])
        if through == "rank":
            movers.take("rank", session.base().ranked)
        elif through == "other":
            session.look_at(other=OWN)
        else:
            session.ask(replace(session.choice().ask, goal="pass", unit=OWN))
        own_unit._removed()

    @rule(view=some.sampled_from(VIEWS), step=some.integers(1, 9), mode=some.sampled_from(MODES), data=some.data())
    def look(self, view, step, mode, data):
        rules = session.base().edition
        chart = data.draw(some.sampled_from((*rules.lever_index, *rules.component_index)))
        session.look_at(view=view, step=step, train=mode, chart=chart)
        session.next_seed()

    @rule()
    def undo(self):
        session.undo()

    @rule()
    def redo(self):
        session.redo()

    @invariant()
    def the_link_opens_on_what_is_on_screen(self):
        held(session.choice())


TestApp = App.TestCase
TestApp.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)


def beyond(key):
    """Whether a parameter is one of those that the one file can't show."""
    return any(key.startswith(one) if one.endswith(".") else key == one for one in (*link.VIEW, *link.FIGURES))


@given(choices())
def test_every_parameter_is_one_that_the_one_file_writes_or_one_named_as_beyond_it(choice):
    edition = base_of(choice.league).edition
    choice = replace(choice, known={"a.b": {edition.levers[0].key: 0.5}}, rates_of="another")
    own = {"lang", "league", "unit", *edition.lever_index, *edition.component_index}
    for key in link.written(choice, "vi"):
        assert beyond(key) != (key in own or key.startswith("target.")), key


def test_the_one_file_passes_over_the_same_parameters():
    text = (Path(__file__).parents[2] / "pages/panel/link.js").read_text(encoding="utf-8")
    (named,) = re.findall(r"const ELSEWHERE = /\^\(lang\|league\|(.*)\)\$/;", text)
    followed = link.FOLLOWED.pattern.split("|")
    assert tuple(one.replace("\\..*", ".") for one in named.split("|")) == (*link.VIEW, *followed)


def test_a_gain_taken_back_leaves_no_trace_in_the_link():
    App()
    session.show("ask.moves", "gain")
    movers._picked()
    movers.typed.take_number("ask.peers", "0,5", -10, 10, lambda gain: movers.take("peers", gain))
    assert session.link()["plan.peers"] == "0.5"
    session.show("ask.moves", "still")
    movers._picked()
    assert [key for key in session.link() if key.startswith("plan.")] == ["plan.moves"]
    assert session.choice().ask == Question(moves="still") and session.choice().scenario == Scenario()


def test_a_link_keeps_the_order_in_which_levers_were_moved():
    App()
    texts = {"on_time": "0.98", "petitions_on_time": "0/1"}
    session.accepted({"unit": session.panel_unit(), "revision": session.told()[0], "scenario": texts})
    assert list(session.choice().scenario.changes) == list(texts)
    opened = link.read(session.link(), session.baseline_of, LEAGUES)[0]
    assert list(opened.scenario.changes) == list(texts)


@pytest.mark.parametrize("later", [{}, {"paid_online": "0.9"}])
def test_undo_leads_at_last_to_what_the_first_screen_opened_with(later):
    App()
    opened = session.link()
    session.accepted({"unit": session.panel_unit(), "revision": session.told()[0], "scenario": {"on_time": "0.98"}})
    begun = session.choice()
    session.current().past = []  # for the session has read the link when that was supposed already
    if later:
        session.accepted({"unit": session.panel_unit(), "revision": session.told()[0], "scenario": later})
    session.begin_with(opened)
    for wanted in (*([begun] if later else []), link.read(opened, session.baseline_of, LEAGUES)[0]):
        session.undo()
        assert session.choice() == wanted
    assert session.history() == {"undo": False, "redo": True}


def test_a_first_screen_that_opened_as_the_session_did_adds_no_step():
    App()
    opened = session.link()
    session.accepted({"unit": session.panel_unit(), "revision": session.told()[0], "scenario": {"on_time": "0.98"}})
    session.begin_with(opened)
    session.undo()
    assert session.history()["undo"] is False and not session.choice().scenario.changes
