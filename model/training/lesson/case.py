"""The case that a lesson is told on: a unit of a league under an edition, and the catalogue of its figures."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TypeVar

import numpy as np

from model.peers.chances import Chances, Forecast, rank_chances
from model.peers.forecast import PeerMovement, forecast
from model.peers.history import default
from model.rules import files as edition_files
from model.rules.edition import Component, Criterion
from model.rules.formulas import place
from model.score.baseline import Baseline, down_the_road
from model.score.presets import one_more_due
from model.score.scenario import Effect, Scenario, dues, effect, fixed, sweep
from model.training.facts import Fact, Value
from model.words.problems import Problem

PETITIONS = "petitions"  # the group of the criteria that one unanswered petition empties
LEVER = "lever"  # stands in a blank for the rate that the lesson has chosen


class Shared:
    """What all steps of a lesson share, computed once, where it is asked for."""

    def __init__(self, base: Baseline, unit: int) -> None:
        self.base, self.unit = base, unit

    @cached_property
    def falls(self) -> tuple[np.ndarray, np.ndarray]:
        """What one unanswered petition takes from each unit with a score that has had none, others standing still:
        hundredths and places, (units,) each."""
        base, free = self.base, np.flatnonzero(petition_free(self.base))
        if not free.size:
            return np.zeros(0), np.zeros(0)
        scenario = one_more_due(base, int(free[0]), Scenario(), PETITIONS)[0]  # of nothing due the same for each
        levers = base.anchors.levers[free]
        for key in scenario.changes:
            levers[:, base.edition.lever_index[key]] = 0.0
        before, after = base.standing.score[free], down_the_road(base.edition, base.anchors[free], levers).score
        places = place(after, base.standing.score) - place(before, base.standing.score) - (after < before)
        return before - after, places

    @cached_property
    def peers(self) -> dict[bool, Forecast]:
        """The others as far ahead as their edition's and level's movement was measured [A], without jumps and with."""
        moves = {jumps: PeerMovement("uncertain", jumps=jumps) for jumps in (False, True)}
        measure = default(self.base)
        return {k: forecast(self.base, m, measure.days, measure=measure).without(self.unit) for k, m in moves.items()}

    @cached_property
    def chances(self) -> dict[bool, Chances]:
        """The chances of our rank then, our own score standing still, without jumps and with."""
        own = Forecast.of(float(self.base.standing.score[self.unit]))
        return {jumps: rank_chances(self.base.edition, peers, own) for jumps, peers in self.peers.items()}


@dataclass(frozen=True, eq=False)
class Case:
    """A unit of a league, what the lesson has `given`, the rate it has chosen, and the scenario of the step."""

    base: Baseline
    unit: int
    given: Mapping[str, Fact]
    lever: str | None
    shared: Shared
    scenario: Scenario = field(default_factory=Scenario)

    @cached_property
    def effect(self) -> Effect:
        """What the step's scenario changes."""
        return effect(self.base, self.unit, self.scenario)

    def amount(self, name: str) -> float:
        """A number that the lesson has given; raises Problem where it has none of that name."""
        found = self.given.get(name)
        if found is None or not isinstance(found.value, (int, float)):
            raise Problem("lesson_no_figure", blank=f"given.{name}")
        return float(found.value)

    def criterion(self, key: str) -> Criterion:
        """The criterion of that key; raises Problem where the edition has none."""
        at = self.base.edition.criterion_index.get(self.key(key))
        if at is None:
            raise Problem("lesson_no_part", key=key)
        return self.base.edition.criteria[at]

    def component(self, key: str) -> Component:
        """The component of that key; raises Problem where the edition has none."""
        if key not in self.base.edition.component_index:
            raise Problem("lesson_no_part", key=key)
        return self.base.edition.components[self.base.edition.component_index[key]]

    def rate(self, key: str) -> float:
        """The unit's rate of a lever; raises Problem where it is not known."""
        key = self.key(key)
        if key not in self.base.edition.lever_index:
            raise Problem("lesson_no_part", key=key)
        i = self.base.edition.lever_index[key]
        found = float(self.base.anchors.levers[self.unit, i])
        if np.isnan(found):
            raise Problem("lesson_no_rate", unit=self.name, name=dict(self.base.edition.levers[i].name))
        return found

    def due(self, key: str) -> int:
        """How many things a lever counts; raises Problem where that is not known."""
        self.rate(key)
        found = dues(self.base, self.unit, Scenario())[self.base.edition.lever_index[self.key(key)]]
        if np.isnan(found):
            raise Problem("lesson_no_figure", blank=f"due.{key}")
        return int(found)

    def key(self, key: str) -> str:
        """The key itself, or that of the rate that the lesson has chosen."""
        if key != LEVER:
            return key
        if self.lever is None:
            raise Problem("lesson_no_lever", unit=self.name)
        return self.lever

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.base.league.names[self.unit]


Figure = Callable[[Case, str], Value]
OfCase = TypeVar("OfCase", bound=Callable[[Case], Value])
OfWord = TypeVar("OfWord", bound=Callable[[Case, str], Value])


@dataclass(frozen=True)
class Known:
    """A figure that texts may name: its kind, how it is found, and which words may follow its name after a dot."""

    kind: str
    find: Figure
    takes: Callable[[], Iterable[str]]


FIGURES: dict[str, Known] = {}


def fact(kind: str) -> Callable[[OfCase], OfCase]:
    """Registers a figure named as its function is."""

    def register(find: OfCase) -> OfCase:
        FIGURES[find.__name__] = Known(kind, lambda case, _: find(case), tuple)
        return find

    return register


def fact_of(kind: str, takes: Callable[[], Iterable[str]]) -> Callable[[OfWord], OfWord]:
    """Registers figures named as the function is, a dot, and one of the words that it takes."""

    def register(find: OfWord) -> OfWord:
        FIGURES[find.__name__] = Known(kind, find, takes)
        return find

    return register


def kind_of(name: str, given: Mapping[str, Fact]) -> str | None:
    """The kind of the figure of that name; None where there is none."""
    first, _, word = name.partition(".")
    if first == "given":
        return given[word].kind if word in given else None
    known = FIGURES.get(first)
    if known is None or (word not in known.takes() if word else bool(known.takes())):
        return None
    return known.kind


def look_up(case: Case, name: str) -> Fact:
    """The figure of that name; raises Problem where it is unknown for this unit, league or edition."""
    first, _, word = name.partition(".")
    if first == "given":
        return case.given[word]
    value = FIGURES[first].find(case, word)
    if isinstance(value, (int, float)) and not np.isfinite(value):
        raise Problem("lesson_no_figure", blank=name)
    return Fact(FIGURES[first].kind, value)


@cache
def keys() -> frozenset[str]:
    """Keys of the components, criteria and levers of all editions, and the word for the lesson's own choice."""
    editions = map(edition_files.load, edition_files.available())
    return frozenset(
        {LEVER, *(key for e in editions for key in (*e.component_index, *e.criterion_index, *e.lever_index))}
    )


def chosen(base: Baseline, unit: int, wanted: Iterable[str]) -> str | None:
    """The first of these levers that shows the rule of one rate and one criterion for a unit, target below 1."""
    edition, due = base.edition, dues(base, unit, Scenario())
    for key in wanted:
        if key not in edition.lever_index:
            continue
        i, moved = edition.lever_index[key], edition.moved_by(key)
        alone = len(moved) == 1 and not moved[0].derived and moved[0].target < 1
        bound = any(lever.at_most is not None and key in (lever.key, lever.at_most) for lever in edition.levers)
        free = fixed(base, edition.levers[i], base.anchors.levers[unit, i]) is None and due[i] != 0
        if alone and free and not bound:
            return key
    return None


def petition_free(base: Baseline) -> np.ndarray:
    """Which units with a score have had no petition, all its levers known as none due, (n,)."""
    levers = [i for i, lever in enumerate(base.edition.levers) if lever.group == PETITIONS]
    if not levers:
        return np.zeros(base.rank.shape, dtype=bool)
    known: np.ndarray = base.anchors.empty[:, levers].all(axis=1) & ~np.isnan(base.rank)
    return known


def further_late(case: Case, score: float) -> int | None:
    """The fewest further late dossiers that take the score to so many hundredths or lower; None where none do."""
    received, in_time = case.due("on_time"), round(case.rate("on_time") * case.due("on_time"))

    def low_enough(late: int) -> bool:  # the more are late, the lower the score
        rate = np.array([(in_time - late) / received])
        return bool(sweep(case.base, case.unit, Scenario(), "on_time", rate)[0][0] <= score)

    found = bisect_left(range(in_time + 1), True, key=low_enough)
    return found if found <= in_time else None
