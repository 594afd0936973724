"""Predict, then reveal: a stated change, a guess at the score or rank, and how far off it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

import numpy as np

from model.rules.edition import Lever
from model.score.baseline import Baseline
from model.score.scenario import Counts, Scenario, effect
from model.training.facts import Fact, count, points, rank, rate, words
from model.training.quiz.asked_counts import asked_petitions, open_levers
from model.training.quiz.lines import Line
from model.training.quiz.questions import clipped, drawn, higher_rate, ranked_units, rows, single
from model.training.quiz.worked_answer import worked_answer
from model.words.problems import Problem

LEVELS = (1, 2, 3, 4, 5)  # one linear rate; coupled or past its target; counts; two at once; a rank in the crowd
_TRIES = 60  # draws before a level is raised up
_LEAST = 10  # hundredths by which a score that is asked for changes
_PLACES = 3  # ranks by which a rank that is asked for changes
_SMALL = {"score": 50.0, "rank": 3.0}  # a change that a miss is measured by at least
_GOOD, _BAD = 0.25, 1.0  # shares of the change: a guess of no change at all misses by 1

Change = tuple[int, Scenario, Line]  # a unit, what is supposed, and its prompt


@dataclass(frozen=True)
class Prediction:
    """A change to be predicted: `asks` for "score" or "rank", whose fact is `before` now and `answer` then.

    `level` is the one it was made for, or the nearest that the league supports; `unit` is a code.
    """

    level: int
    unit: str
    scenario: Scenario
    asks: str
    prompt: Line
    before: Fact
    answer: Fact
    steps: tuple[Line, ...]

    @property
    def question(self) -> Line:
        """What is asked after the prompt."""
        return Line(f"predict.asks_{self.asks}")


@dataclass(frozen=True)
class Miss:
    """How far a guess was off: `by` hundredths or ranks, above 0 where too high a number; `share` of the change."""

    by: float
    share: float


def prediction(base: Baseline, seed: int, level: int) -> Prediction:
    """A change of a level (1 to 5), the same for the same league, edition, seed and level.

    Raises Problem where nothing of any ranked unit can be moved.
    """
    wanted = min(max(level, LEVELS[0]), LEVELS[-1])
    for near in sorted(LEVELS, key=lambda other: (abs(other - wanted), other)):
        dice = Random(f"predict {base.league.key} {base.edition.key} {seed} {near}")
        found = _made(base, dice, near)
        if found is not None:
            return found
    raise Problem("predict_nothing", league=base.league.title or base.league.key)


def error(asked: Prediction, guess: float) -> Miss:
    """How far a guess (hundredths of a score, or a rank) is from the answer."""
    answer, before = _number(asked.answer), _number(asked.before)
    return Miss(guess - answer, abs(guess - answer) / max(abs(answer - before), _SMALL[asked.asks]))


def next_level(level: int, errors: Sequence[Miss]) -> int:
    """The level to go on at: harder after small misses of the class, easier after large ones, by their median."""
    if not errors:
        return level
    typical = median(miss.share for miss in errors)
    step = 1 if typical <= _GOOD else -1 if typical >= _BAD else 0
    return min(max(level + step, LEVELS[0]), LEVELS[-1])


def _made(base: Baseline, dice: Random, level: int) -> Prediction | None:
    """A prediction of just this level; the last of several drawn that ends in a tie, for the crowded middle."""
    kept = None
    for _ in range(_TRIES):
        change = _CHANGES[level - 1](base, dice)
        asks = "rank" if level == LEVELS[-1] or (level > 2 and dice.randrange(2)) else "score"
        found = None if change is None else _asked(base, level, asks, *change)
        if found is not None and (level < LEVELS[-1] or found.steps[-1].text == "unfold.tied"):
            return found
        kept = found or kept
    return kept


def _asked(base: Baseline, level: int, asks: str, unit: int, scenario: Scenario, prompt: Line) -> Prediction | None:
    moved = effect(base, unit, scenario)
    before, after = float(moved.before.score), float(moved.after.score)
    if asks == "score":
        facts = points(before), points(after)
        fair = abs(after - before) >= _LEAST or level == 2  # past its target nothing moves, and that is the lesson
    else:
        facts = rank(moved.rank_before), rank(moved.rank_after)
        fair = abs(moved.rank_after - moved.rank_before) >= _PLACES
    if not fair or clipped(base, unit, moved.after):
        return None
    steps = worked_answer(base, unit, scenario)
    return Prediction(level, base.league.codes[unit], scenario, asks, prompt, *facts, steps)


def _linear(base: Baseline, dice: Random) -> Change | None:
    """One rate of one criterion, up to its target at most; or one component's points."""
    unit = drawn(dice, ranked_units(base))
    return None if unit is None else _one(base, dice, unit, _is_linear) or _one_component(base, dice, unit)


def _bent(base: Baseline, dice: Random) -> Change | None:
    """One rate that moves two criteria, or goes past its target."""
    unit = drawn(dice, ranked_units(base))
    return None if unit is None else _one(base, dice, unit, lambda *raised: not _is_linear(*raised))


def _counts(base: Baseline, dice: Random) -> Change | None:
    """Petitions, or a few more procedures or services."""
    if dice.randrange(2):
        asked = asked_petitions(base, dice)
        return None if asked is None else (asked.unit, asked.scenario, Line(f"predict.{asked.wording}", asked.facts))
    unit = drawn(dice, ranked_units(base))
    pool = [] if unit is None else [found for found in open_levers(base, unit) if 10 <= found[2] <= 500]
    if unit is None or not pool:
        return None
    lever, done, due = pool[dice.randrange(len(pool))]
    more = dice.randrange(1, max(2, min(due - done, due // 4) + 1))
    facts = {"what": words(lever.done), "done": count(done), "due": count(due), "more": count(more)}
    return unit, Scenario({lever.key: Counts(done + more, due)}), Line("predict.counts", rows(base, facts, unit))


def _two(base: Baseline, dice: Random) -> Change | None:
    """Two rates at once; or two components' points."""
    unit = drawn(dice, ranked_units(base))
    if unit is None:
        return None
    for make in (_one, _one_component):
        first, second = make(base, dice, unit), make(base, dice, unit)
        if first and second and first[1].changes.keys() != second[1].changes.keys():
            own, other = first[2].facts, second[2].facts
            names = {"other": other["lever"], "other_before": other["before"], "other_after": other["after"]}
            key = "predict.two" if make is _one else "predict.two_points"
            return unit, Scenario({**first[1].changes, **second[1].changes}), Line(key, {**own, **names})
    return None


def _crowded(base: Baseline, dice: Random) -> Change | None:
    """One small change of a unit in the middle third of the table."""
    third = base.ranked / 3
    unit = drawn(dice, [i for i in ranked_units(base) if third < base.rank[i] <= 2 * third])
    return None if unit is None else _one(base, dice, unit, most=15) or _one_component(base, dice, unit)


def _is_linear(base: Baseline, unit: int, at: int, lever: Lever, after: float) -> bool:
    """Whether a rate goes no further than the target of the only criterion that it enters."""
    criteria = base.edition.moved_by(lever.key)
    return len(criteria) == 1 and criteria[0].rate == {lever.key: 1} and after <= criteria[0].target


def _one(
    base: Baseline,
    dice: Random,
    unit: int,
    fits: Callable[[Baseline, int, int, Lever, float], bool] = lambda *raised: True,
    most: int = 35,
) -> Change | None:
    """One rate of a unit raised by up to `most` percentage points, if it fits."""
    pool = single(base, unit)
    if not pool:
        return None
    at, lever = pool[dice.randrange(len(pool))]
    after = higher_rate(base, unit, at, dice, most)
    if after is None or not fits(base, unit, at, lever, after):
        return None
    facts = {"lever": words(lever.name), "before": rate(base.anchors.levers[unit, at]), "after": rate(after)}
    return unit, Scenario({lever.key: after}), Line("predict.rate", rows(base, facts, unit))


def _one_component(base: Baseline, dice: Random, unit: int) -> Change | None:
    """One component that moves in points raised by up to two."""
    k = drawn(dice, [int(k) for k in np.flatnonzero(base.anchors.direct[unit])])
    if k is None:
        return None
    component, own = base.edition.components[k], float(base.standing.components[unit, k])
    after = own + 25 * dice.randrange(1, 9)
    if not after <= 100 * component.max_points:
        return None
    facts = {"lever": words(component.name), "before": points(own), "after": points(after)}
    return unit, Scenario({component.key: after / 100}), Line("predict.points", rows(base, facts, unit))


def _number(fact: Fact) -> float:
    return float(fact.value) if isinstance(fact.value, float) else float("nan")


_CHANGES = (_linear, _bent, _counts, _two, _crowded)
