"""Predict, then reveal: every step of every prediction is recomputed, and levels follow how far guesses were off."""

from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_quiz import WRITERS, component_of, each, each_league, read, score_and_rank

from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.scenario import Counts
from model.training.quiz.lines import told
from model.training.quiz.predict import LEVELS, Miss, error, next_level, prediction
from model.words.problems import Problem
from strategies import baselines, league


def rates(p):
    """What is supposed, as rates and points."""
    return {
        key: (value.done / value.due if isinstance(value, Counts) else value)
        for key, value in p.scenario.changes.items()
    }


def steps(p, name):
    return [line.facts for line in p.steps if line.text == f"unfold.{name}"]


def check(base, p):
    unit = base.league.index(p.unit)
    before = score_and_rank(base, unit, {})
    score, rank, after = score_and_rank(base, unit, rates(p))
    assert p.answer.value == (score if p.asks == "score" else rank)
    assert p.before.value == (before[0] if p.asks == "score" else before[1])
    edition = base.edition
    for facts in steps(p, "criterion"):
        (k,) = [k for k, c in enumerate(edition.criteria) if dict(c.name) == facts["criterion"].value]
        c = edition.criteria[k]
        for when, standing in (("before", before[2]), ("after", after)):
            rate = facts[f"rate_{when}"].value
            assert facts[when].value == standing.criteria[k]
            if edition.by_percent[k]:  # such a component rounds the rate in per cent first
                rate = floor(1e4 * rate + 0.5) / 1e4
            assert abs(100 * c.max_points * min(1, rate / c.target) - facts[when].value) <= 0.5 + 1e-6
    told_moved = {}
    for facts in steps(p, "component"):
        k = edition.component_index[component_of(base, facts["component"]).key]
        told_moved[k] = facts["change"].value
        assert (facts["before"].value, facts["after"].value) == (before[2].components[k], after.components[k])
    delta = after.components - before[2].components
    assert told_moved == {k: delta[k] for k in np.flatnonzero(np.nan_to_num(delta))}
    (moved,) = steps(p, "score")
    assert (moved["before"].value, moved["after"].value) == (before[0], score)
    assert abs(moved["change"].value - sum(told_moved.values())) < 1e-9
    (placed,) = steps(p, "rank") + steps(p, "tied")
    assert (placed["before"].value, placed["after"].value) == (base.rank[unit], rank)
    tied = np.sum(np.delete(base.standing.score, unit) == score)
    assert tied == (placed["tied"].value if "tied" in placed else 0)
    for language, write in WRITERS:
        lines = [told(line, language, write) for line in (p.prompt, p.question, *p.steps)]
        assert not [line for line in lines if "{" in line or "nan" in line.split()]


@each_league
def test_every_step_of_a_prediction_is_what_the_engine_computes(name, edition):
    for seed in range(3):
        for level in LEVELS:
            check(read(name, edition), prediction(read(name, edition), seed, level))


@pytest.mark.thorough
@each_league
def test_every_step_of_many_predictions_is_what_the_engine_computes(name, edition):
    for seed in range(100, 250):
        for level in LEVELS:
            check(read(name, edition), prediction(read(name, edition), seed, level))


@each("name", ["dak_lak_2026-10-10", "hanoi_2025-08-25"])
def test_a_league_with_rates_has_every_level_and_each_is_what_it_says(name):
    base = read(name, "766-2025")
    for seed in range(10):
        made = {level: prediction(base, seed, level) for level in LEVELS}
        assert [p.level for p in made.values()] == list(LEVELS)
        assert len(steps(made[1], "criterion")) <= 1 and len(made[1].scenario.changes) == 1
        (bent,) = made[2].scenario.changes
        targets = [facts["target"].value for facts in steps(made[2], "criterion")]
        assert len(base.edition.moved_by(bent)) > 1 or rates(made[2])[bent] > targets[0]
        assert all(isinstance(value, Counts) for value in made[3].scenario.changes.values())
        assert len(made[4].scenario.changes) == 2
        third = base.rank[base.league.index(made[5].unit)] / base.ranked
        assert made[5].asks == "rank" and 1 / 3 < third <= 2 / 3


def test_a_league_of_points_alone_is_asked_the_nearest_level_that_it_supports():
    base = read("provinces_2025-10-16", "766-2025")
    assert [prediction(base, 1, level).level for level in LEVELS] == [1, 2, 2, 4, 5]


def test_a_seed_repeats_a_prediction_and_another_gives_another():
    base = read("dak_lak_2026-10-10", "766-2026")
    assert prediction(base, 4, 2) == prediction(base, 4, 2)
    assert len({repr(prediction(base, seed, 2)) for seed in range(20)}) > 15


def test_a_league_without_anything_to_move_is_refused():
    edition = edition_files.load("766-2026")
    base = baseline(edition, league(edition, points={"progress": [np.nan, np.nan]}, score=[50, 40]))
    with pytest.raises(Problem) as refusal:
        prediction(base, 1, 1)
    assert refusal.value.code == "predict_nothing"


@given(baselines(), st.integers(0, 2**32), st.sampled_from(LEVELS))
@settings(max_examples=25)
def test_a_made_up_league_is_asked_what_the_engine_computes_or_nothing(base, seed, level):
    try:
        p = prediction(base, seed, level)
    except Problem as problem:
        assert problem.code == "predict_nothing"
    else:
        check(base, p)


def test_a_right_guess_misses_by_nothing_and_a_guess_of_no_change_by_the_whole_change():
    p = prediction(read("dak_lak_2026-10-10", "766-2026"), 2, 1)
    assert error(p, p.answer.value) == Miss(0, 0)
    change = p.answer.value - p.before.value
    assert error(p, p.before.value) == Miss(-change, min(1, abs(change) / 50))


def test_small_misses_lead_to_a_harder_question_and_large_ones_to_an_easier_within_the_levels():
    assert next_level(2, [Miss(3, 0.1)]) == 3 and next_level(5, [Miss(0, 0)]) == 5
    assert next_level(2, [Miss(300, 2.0)]) == 1 and next_level(1, [Miss(300, 2.0)]) == 1
    assert next_level(3, [Miss(30, 0.5)]) == 3 and next_level(3, []) == 3
    assert next_level(3, [Miss(0, 0.0), Miss(0, 0.1), Miss(900, 9.0)]) == 4  # the class's median, not its worst guess
