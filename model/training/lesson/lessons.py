"""Lessons: short texts whose every figure the engine computes for the league, the edition and the unit on hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from model.score.baseline import Baseline
from model.score.presets import apply_preset, one_more_due
from model.score.scenario import Scenario
from model.training.facts import Fact, Writers, blanks, rendered
from model.training.lesson.case import LEVER, Case, Shared, chosen, look_up
from model.training.lesson.checks import CHECKS, holds
from model.training.lesson.files import Control, Lesson, Step, read
from model.training.lesson.pictures import Picture, picture
from model.words.problems import Problem

FOLDER = Path(__file__).with_name("texts")


@dataclass(frozen=True)
class ToldStep:
    """A step on a league: its text, the facts that fill it, what its control starts from, the levers it lets move, and
    its picture."""

    step: Step
    facts: Mapping[str, Fact]
    scenario: Scenario
    levers: tuple[str, ...]
    picture: Picture | None

    def said(self, language: str, write: Writers) -> str:
        """The text in a language, its figures written out."""
        return rendered(self.step.text[language], self.facts, write)


@dataclass(frozen=True)
class Told:
    """A lesson on a league: the unit that it is told of, and the steps whose conditions hold."""

    lesson: Lesson
    unit: int
    steps: tuple[ToldStep, ...]


@cache
def lessons() -> tuple[Lesson, ...]:
    """The lessons of texts/ in the order of their files; raises Problem where a file is wrong."""
    return tuple(read(path) for path in sorted(FOLDER.glob("[0-9][0-9]_*.toml")))


def lesson(key: str) -> Lesson:
    """The lesson of that key; raises Problem where there is none."""
    for one in lessons():
        if one.key == key:
            return one
    raise Problem("lesson_unknown", key=key, known=[one.key for one in lessons()])


def told(lesson: Lesson, base: Baseline, unit: int) -> Told:
    """The lesson on a league, told of a unit, or of its own where it names one.

    Raises Problem with the reason where it is untrue or impossible there: then it is not to be shown.
    """
    if lesson.unit is not None:
        if lesson.unit not in base.league.codes:
            raise Problem("lesson_no_article", unit=lesson.unit)
        unit = base.league.codes.index(lesson.unit)
    if np.isnan(base.rank[unit]):
        raise Problem("lesson_no_score", unit=base.league.names[unit])
    lever = chosen(base, unit, lesson.levers)
    case = Case(base, unit, lesson.given, lever, Shared(base, unit))
    for name in lesson.checks:
        CHECKS[name](case)
    steps = tuple(_told(step, case) for step in lesson.steps if all(holds(case, when) for when in step.when))
    return Told(lesson, unit, steps)


def drawn(told: Told, step: ToldStep, base: Baseline, scenario: Scenario) -> Picture | None:
    """A step's picture under another scenario than it starts from; None where it has none."""
    if step.picture is None or scenario.changes == step.scenario.changes:
        return step.picture
    lever = chosen(base, told.unit, told.lesson.levers)
    case = Case(base, told.unit, told.lesson.given, lever, Shared(base, told.unit), scenario)
    return picture(case, step.step.picture or "")


def _told(step: Step, case: Case) -> ToldStep:
    """One step, its scenario first, since figures and picture are of that."""
    control = step.control or Control()
    case = replace(case, scenario=_scenario(control, case))
    named = {name for text in step.text.values() for name, _ in blanks(text)}
    facts = {name: look_up(case, name) for name in sorted(named)}
    moved = [case.key(key) for key in ((control.lever,) if control.lever else ())]
    levers = tuple(dict.fromkeys((*moved, *case.scenario.changes)))
    return ToldStep(step, facts, case.scenario, levers, picture(case, step.picture) if step.picture else None)


def _scenario(control: Control, case: Case) -> Scenario:
    """What a control starts from; raises Problem where the edition or the unit does not allow it."""
    base, scenario = case.base, Scenario()
    if control.preset is not None:
        if control.preset not in {preset.key for preset in base.edition.presets}:
            raise Problem("lesson_no_part", key=control.preset)
        scenario = apply_preset(base, case.unit, scenario, control.preset)[0]
    if control.one_more_due is not None:
        scenario = one_more_due(base, case.unit, scenario, control.one_more_due)[0]
    for key, value in control.set.items():
        at = case.lever if key == LEVER and case.lever else key
        fact = look_up(case, value).value if isinstance(value, str) else value
        scenario = scenario.with_(at, float(fact) if isinstance(fact, (int, float)) else None)
    return scenario
