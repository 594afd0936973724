"""A question: its limits, what it supposes where nothing is said, and what a link may state of it."""

from datetime import date

import numpy as np
import pytest

from model.plan import question as asking
from model.plan.question import Question
from model.score.scenario import Scenario
from strategies import sample

BASE = sample("dak_lak_2026-10-10")
UNIT = BASE.league.index("H15.138")
BY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("rank", 1, BASE.ranked),
        ("score", 0, 100),
        ("peers", -10, 10),
        ("spread", 0, 20),
        ("own_spread", 0, 20),
        ("within", 0, 100),
        ("drift", -20, 20),
        ("sure", 0, 0.999),
        ("effort", 0, 10_000_000),
    ],
)
def test_a_number_is_taken_up_to_its_limits_and_refused_beyond(name, least, most):
    assert asking.limits(BASE)[name] == (least, most)
    about = {"plan.moves": "gain" if name == "peers" else "uncertain", "plan.goal": "score"}
    about |= {"plan.goal": "rank"} if name == "rank" else {}
    step = 1 if name == "rank" else 0.25
    for value, wrong in ((most, False), (most + step, True), (least - step, True)):
        problems: list = []
        asking.read(BASE, about | {f"plan.{name}": f"{value:g}" if value < 1e6 else str(value)}, problems)
        assert bool(problems) is wrong, (value, problems)


def test_what_a_link_cannot_use_is_named_with_its_text():
    problems: list = []
    asking.read(BASE, {"plan.rank": "zero", "plan.nonsense": "1"}, problems)
    assert sorted((one.details["key"], one.details["value"]) for one in problems) == [
        ("plan.nonsense", "1"),
        ("plan.rank", "zero"),
    ]


def test_a_plan_of_which_nothing_is_said_supposes_others_uncertain_with_petitions():
    supposed = asking.supposed(Question(rank=3))
    assert (supposed.moves, supposed.jumps, supposed.rank) == ("uncertain", True, 3)
    assert asking.supposed(Question(moves="still")) == Question(moves="still")


def test_how_others_move_is_as_asked():
    uncertain = Question(moves="uncertain", spread=1.5, drift=0.5, jumps=True)
    found = asking.movement(BASE, uncertain, BY)
    assert (found.kind, found.gain, found.spread, found.jumps) == ("uncertain", 0.5, 1.5, True)
    gaining = asking.movement(BASE, Question(moves="gain", peers=0.6), BY)
    days = (BY - BASE.league.period.last).days
    assert gaining.gain == pytest.approx(0.6 * days / (365.25 / 12)) and gaining.kind == "gain"
    assert asking.movement(BASE, Question(), BY).kind == "still"


def test_a_score_of_which_none_is_named_is_the_next_whole_point_of_the_unit_s_own():
    peers = asking.everyone(BASE, Question(), BY, None).without(UNIT)
    own = asking.ourselves(BASE, UNIT, Scenario(), Question(), BY, None)
    assert asking.needed(BASE, UNIT, Question(goal="score"), peers, own) == 100 * (
        np.floor(BASE.standing.score[UNIT] / 100) + 1
    )


def test_the_chance_of_a_score_is_half_where_it_is_just_expected_and_grows_with_what_is_expected():
    ask = Question(goal="score", moves="uncertain", own_spread=1.0, spread=1.0)
    peers = asking.everyone(BASE, ask, BY, None).without(UNIT)
    own = asking.ourselves(BASE, UNIT, Scenario(), ask, BY, None)
    at = [asking.chance(BASE, UNIT, ask, 8000.0, peers, own, score) for score in (7800.0, 8000.0, 8200.0)]
    assert at[0] < at[1] < at[2] and at[1] == pytest.approx(0.5, abs=0.02)
