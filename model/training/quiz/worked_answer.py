"""A change told step by step as the engine walks it: rates, points of criteria, components, score, rank."""

import numpy as np

from model.rules.formulas import criterion_rates
from model.score.baseline import Baseline
from model.score.scenario import Counts, Effect, Scenario, effect, resolved
from model.training.facts import count, points, rank, rate, signed, words
from model.training.quiz.lines import Line
from model.training.quiz.questions import rows


def worked_answer(base: Baseline, unit: int, scenario: Scenario) -> tuple[Line, ...]:
    """The steps from what changes to the rank; raises Problem as `scenario.resolved` does."""
    moved = effect(base, unit, scenario)
    return (
        *_emptied(base, unit, scenario),
        *_criteria(base, unit, scenario, moved),
        *components(base, moved),
        score(moved),
        placed(base, unit, moved),
    )


def points_told(base: Baseline, unit: int, scenario: Scenario) -> tuple[Line, ...]:
    """The same steps as far as the score; raises Problem as `scenario.resolved` does."""
    return worked_answer(base, unit, scenario)[:-1]


def touched(base: Baseline, unit: int, scenario: Scenario) -> list[tuple[int, float, float]]:
    """(criterion, rate before, rate after) of those whose levers move and whose rate is known."""
    edition, anchors = base.edition, base.anchors[unit]
    before, _ = resolved(base, unit, Scenario())
    after, _ = resolved(base, unit, scenario)
    was, now = (criterion_rates(edition, levers, anchors.reported, anchors.slack) for levers in (before, after))
    counts = {key for key, value in scenario.changes.items() if isinstance(value, Counts)}
    return [
        (i, float(was[i]), float(now[i]))
        for i, criterion in enumerate(edition.criteria)
        if not np.isnan(now[i]) and (was[i] != now[i] or counts & set(criterion.rate))
    ]


def components(base: Baseline, moved: Effect) -> tuple[Line, ...]:
    """What each component that changes goes from and to."""
    pairs = zip(base.edition.components, moved.before.components, moved.after.components, strict=True)
    return tuple(
        Line(
            "unfold.component",
            {
                "component": words(component.name),
                "before": points(before),
                "after": points(after),
                "change": signed(after - before),
            },
        )
        for component, before, after in pairs
        if not np.isnan(after) and before != after
    )


def score(moved: Effect) -> Line:
    """What the score goes from and to."""
    before, after = float(moved.before.score), float(moved.after.score)
    return Line("unfold.score", {"before": points(before), "after": points(after), "change": signed(after - before)})


def placed(base: Baseline, unit: int, moved: Effect) -> Line:
    """What the rank goes from and to, and how many it is then shared with."""
    facts = rows(base, {"before": rank(moved.rank_before), "after": rank(moved.rank_after)}, unit)
    tied = len(moved.tied_after)
    return Line("unfold.tied", facts | {"tied": count(tied)}) if tied else Line("unfold.rank", facts)


def _criteria(base: Baseline, unit: int, scenario: Scenario, moved: Effect) -> tuple[Line, ...]:
    edition = base.edition
    return tuple(
        Line(
            "unfold.criterion",
            {
                "criterion": words(edition.criteria[i].name),
                "rate_before": rate(was),
                "rate_after": rate(now),
                "most": points(100 * edition.criteria[i].max_points),
                "target": rate(edition.criteria[i].target),
                "before": points(moved.before.criteria[i]),
                "after": points(moved.after.criteria[i]),
            },
        )
        for i, was, now in touched(base, unit, scenario)
    )


def _emptied(base: Baseline, unit: int, scenario: Scenario) -> tuple[Line, ...]:
    """A line where something is first due now."""
    first = [
        base.edition.levers[base.edition.lever_index[key]]
        for key, value in scenario.changes.items()
        if isinstance(value, Counts) and value.due and base.anchors.empty[unit, base.edition.lever_index[key]]
    ]
    return tuple(
        Line("unfold.empty", {"due": words(lever.due), "rate": rate(lever.when_empty)})
        for lever in {lever.group: lever for lever in first}.values()
    )
