"""Figures of one unit and of its edition's rules."""

from datetime import date
from math import floor

import numpy as np

from model.rules.edition import Component, Words
from model.rules.formulas import hundredths
from model.score.levers import slopes
from model.score.scenario import Counts, Scenario, effect
from model.training.lesson.case import Case, fact, fact_of, further_late, keys
from model.words.problems import LANGUAGES, Problem


@fact("text")
def unit(case: Case) -> Words:
    """The unit's name, the same in every language."""
    return dict.fromkeys(LANGUAGES, case.name)


@fact("text")
def league(case: Case) -> Words:
    """The league's title; its key where it has none."""
    return case.base.league.title or dict.fromkeys(LANGUAGES, case.base.league.key)


@fact("day")
def as_of(case: Case) -> date:
    """The day of the league's figures; raises Problem where it states none."""
    if case.base.league.as_of is None:
        raise Problem("lesson_no_figure", blank="as_of")
    return case.base.league.as_of


@fact("maximum")
def total(case: Case) -> float:
    """Points that the whole index holds, by the edition."""
    return case.base.edition.total


@fact("count")
def components(case: Case) -> int:
    """How many components the edition has."""
    return len(case.base.edition.components)


@fact("points")
def score(case: Case) -> float:
    """The unit's score as the league states it, in hundredths."""
    return float(case.base.standing.score[case.unit])


@fact("rank")
def rank(case: Case) -> float:
    """The unit's rank, 1 for the best; units with one score share theirs."""
    return float(case.base.rank[case.unit])


@fact("count")
def ranked(case: Case) -> int:
    """How many units of the league have a rank."""
    return case.base.ranked


@fact("count")
def others(case: Case) -> int:
    """How many others have one."""
    return case.base.ranked - 1


@fact("points")
def parts(case: Case) -> float:
    """The sum of the unit's components, in hundredths."""
    return float(case.base.standing.components[case.unit].sum())


@fact("signed")
def held(case: Case) -> float:
    """The held difference: score less the sum of the components, in hundredths."""
    return float(case.base.anchors.held[case.unit])


@fact("points")
def missing(case: Case) -> float:
    """What the components lack of their maxima, the held difference left out, in hundredths."""
    return float((case.base.edition.component_max - case.base.standing.components[case.unit]).sum())


@fact("text")
def largest(case: Case) -> Words:
    """The name of the component with the highest maximum; of several the first."""
    return _largest(case).name


@fact("maximum")
def largest_max(case: Case) -> float:
    """That component's maximum, in points."""
    return _largest(case).max_points


@fact("text")
def weakest(case: Case) -> Words:
    """The name of the component that lacks most of its maximum, inherited ones left out."""
    return case.base.edition.components[_weakest(case)].name


@fact("points")
def weakest_points(case: Case) -> float:
    """What that component earns, in hundredths."""
    return float(case.base.standing.components[case.unit, _weakest(case)])


@fact("maximum")
def weakest_max(case: Case) -> float:
    """That component's maximum, in points."""
    return case.base.edition.components[_weakest(case)].max_points


@fact("points")
def weakest_missing(case: Case) -> float:
    """What that component lacks of it, in hundredths."""
    return float(_lacking(case)[_weakest(case)])


@fact("text")
def inherited(case: Case) -> Words:
    """The name of the component that is inherited at the league's level; raises Problem where none is."""
    return _inherited(case).name


@fact("points")
def inherited_points(case: Case) -> float:
    """What that component earns, in hundredths."""
    return float(case.base.standing.components[case.unit, case.base.edition.component_index[_inherited(case).key]])


@fact("maximum")
def inherited_max(case: Case) -> float:
    """That component's maximum, in points."""
    return _inherited(case).max_points


@fact_of("text", keys)
def name(case: Case, key: str) -> Words:
    """The name of a component, criterion or lever; raises Problem where the edition has none of that key."""
    key, edition = case.key(key), case.base.edition
    if key in edition.component_index:
        return case.component(key).name
    if key in edition.criterion_index:
        return case.criterion(key).name
    if key not in edition.lever_index:
        raise Problem("lesson_no_part", key=key)
    return edition.levers[edition.lever_index[key]].name


@fact_of("maximum", keys)
def most(case: Case, key: str) -> float:
    """The maximum of a component or criterion, in points."""
    key = case.key(key)
    part = case.component(key) if key in case.base.edition.component_index else case.criterion(key)
    return part.max_points


@fact_of("points", keys)
def points(case: Case, key: str) -> float:
    """What a component or criterion earns as published, in hundredths."""
    key, now = case.key(key), case.base.standing
    if key in case.base.edition.component_index:
        return float(now.components[case.unit, case.base.edition.component_index[key]])
    return float(now.criteria[case.unit, case.base.edition.criterion_index[case.criterion(key).key]])


@fact_of("rate", keys)
def target(case: Case, key: str) -> float:
    """The rate from which on a criterion earns its maximum, a fraction."""
    return case.criterion(key).target


@fact_of("rate", keys)
def rate(case: Case, key: str) -> float:
    """The unit's rate of a lever, a fraction; raises Problem where it is not known."""
    return case.rate(key) + 0.0


@fact_of("count", keys)
def due(case: Case, key: str) -> int:
    """How many things a lever counts: its denominator."""
    return case.due(key)


@fact_of("count", keys)
def done(case: Case, key: str) -> int:
    """How many of those are done: rate × due, in whole things."""
    return round(case.rate(key) * case.due(key))


@fact_of("count", keys)
def undone(case: Case, key: str) -> int:
    """How many of those are not."""
    return case.due(key) - done(case, key)


@fact("points")
def after_score(case: Case) -> float:
    """The score under the step's scenario, in hundredths."""
    return float(case.effect.after.score)


@fact("signed")
def gain(case: Case) -> float:
    """What the step's scenario adds to the score, in hundredths."""
    return float(case.effect.after.score - case.effect.before.score)


@fact("points")
def loss(case: Case) -> float:
    """What the step's scenario takes from the score, in hundredths."""
    return float(case.effect.before.score - case.effect.after.score)


@fact("rank")
def after_rank(case: Case) -> float:
    """The rank under the step's scenario, the others standing still."""
    return case.effect.rank_after


@fact("count")
def places(case: Case) -> float:
    """How many places the step's scenario moves the unit, up or down."""
    return abs(case.effect.rank_after - case.effect.rank_before)


@fact_of("points", keys)
def earned(case: Case, key: str) -> float:
    """What a criterion earns at the share that is claimed, max × min(1, share / target), in hundredths."""
    criterion = case.criterion(key)
    return _points(criterion.max_points * min(1.0, case.amount("share") / criterion.target))


@fact_of("points", keys)
def naive(case: Case, key: str) -> float:
    """What the share would be of the whole component, which is how it is misread, in hundredths."""
    return _points(case.amount("share") * case.component(case.criterion(key).component).max_points)


@fact_of("maximum", keys)
def beside(case: Case, key: str) -> float:
    """The most that the other criteria of a component earn, in points."""
    criterion = case.criterion(key)
    return case.component(criterion.component).max_points - criterion.max_points


@fact_of("points", keys)
def step(case: Case, key: str) -> float:
    """What a step of a criterion's rate is worth below its target, max × step / target, in hundredths."""
    criterion = case.criterion(key)
    return _points(criterion.max_points * case.amount("step") / criterion.target)


@fact("count")
def step_percent(case: Case) -> float:
    """The step in percentage points."""
    return round(100 * case.amount("step"), 9)


@fact_of("rate", keys)
def half(case: Case, key: str) -> float:
    """Half of a criterion's target, a fraction."""
    return case.criterion(key).target / 2


@fact_of("points", keys)
def half_points(case: Case, key: str) -> float:
    """What a criterion earns there: half of its maximum, in hundredths."""
    return _points(case.criterion(key).max_points / 2)


@fact_of("points", keys)
def one_more(case: Case, key: str) -> float:
    """What one thing more, done, brings to the score, in hundredths."""
    key, more = case.key(key), done(case, key) + 1
    found = effect(case.base, case.unit, Scenario({key: Counts(min(more, case.due(key)), case.due(key))}))
    return float(found.after.score - found.before.score)


@fact("count")
def dossiers_a_procedure(case: Case) -> int:
    """How many dossiers paid online bring no more than one more procedure with an online payment."""
    worth = [slope(case, key) / case.due(key) for key in ("procedures_paid_online", "paid_online")]
    if not worth[1] > 0:
        raise Problem("lesson_no_figure", blank="dossiers_a_procedure")
    return floor(worth[0] / worth[1] + 1e-9)


@fact("rate")
def bend(case: Case) -> float:
    """The on-time rate from which on it moves progress alone: the target of satisfaction, plus complaints."""
    return case.criterion("dossiers_satisfied").target + case.rate("complained")


@fact("points")
def step_below(case: Case) -> float:
    """What a step of the on-time rate is worth just below the bend, by the slope of the score there, in hundredths."""
    return _points(slope(case, "on_time", bend(case) - 0.01) * case.amount("step"))


@fact("points")
def step_above(case: Case) -> float:
    """What it is worth just above the bend, where satisfaction has reached its target, in hundredths."""
    return _points(slope(case, "on_time", min(1.0, bend(case) + 0.001)) * case.amount("step"))


@fact("count")
def late_a_point(case: Case) -> int:
    """The fewest further late dossiers that cost this unit one point."""
    now = float(case.base.standing.score[case.unit])
    found = further_late(case, now - 100 * case.amount("point"))
    if found is None:
        raise Problem("lesson_no_figure", blank="late_a_point")
    return found


@fact("count")
def to_bend(case: Case) -> int:
    """How many dossiers the unit stands from the bend."""
    away = abs(case.rate("on_time") - bend(case)) * case.due("on_time")
    return floor(away + 1e-9) if case.rate("on_time") >= bend(case) else -floor(-away + 1e-9)


def slope(case: Case, key: str, at: float | None = None) -> float:
    """Points of score per 1.00 of a lever, there or where it stands."""
    scenario = Scenario() if at is None else Scenario({key: at})
    case.rate(key)
    return float(slopes(case.base, case.unit, scenario)[case.base.edition.lever_index[key]])


def _points(value: float) -> float:
    return float(hundredths(np.asarray(value)))


def _largest(case: Case) -> Component:
    return sorted(case.base.edition.components, key=lambda c: -c.max_points)[0]


def _lacking(case: Case) -> np.ndarray:
    """Hundredths that each component lacks; −1 where it is inherited."""
    own = np.array([case.base.league.level not in c.inherited_by for c in case.base.edition.components])
    lacking: np.ndarray = np.where(own, case.base.edition.component_max - case.base.standing.components[case.unit], -1)
    return lacking


def _weakest(case: Case) -> int:
    lacking = _lacking(case)
    if np.isnan(lacking).any():
        raise Problem("lesson_no_score", unit=case.name)
    return int(np.argmax(lacking))


def _inherited(case: Case) -> Component:
    found = [c for c in case.base.edition.components if case.base.league.level in c.inherited_by]
    if not found:
        raise Problem("lesson_no_figure", blank="inherited")
    return found[0]
