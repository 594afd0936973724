"""Questions about what a changed rate does: to points, to components, to the score, to the rank."""

from collections.abc import Callable, Sequence
from random import Random

import numpy as np

from model.rules.edition import Lever
from model.rules.formulas import place
from model.score.baseline import Baseline, down_the_road
from model.score.levers import slopes
from model.score.scenario import Effect, Scenario, effect
from model.training.facts import Fact, points, rank, rate, signed, words
from model.training.quiz.lines import Line, text
from model.training.quiz.questions import (
    APART,
    Question,
    choice,
    clipped,
    drawn,
    higher_rate,
    ranked_units,
    rows,
    single,
)
from model.training.quiz.worked_answer import points_told, touched, worked_answer

_CLEAR = 2  # hundredths by which the best of levers is ahead for one percentage point
_SLOPE = 1.25  # the same before rounding
_PLACES = 3  # ranks by which options differ


def best_rate(base: Baseline, dice: Random) -> Question | None:
    """Which lever raises the score most by one percentage point."""
    unit = drawn(dice, ranked_units(base))
    if unit is None:
        return None
    now = base.anchors.levers[unit]
    pool = [(i, lever) for i, lever in single(base, unit) if now[i] <= 0.99]
    if len(pool) < 4:
        return None
    gain, slope = _one_point(base, unit, [i for i, _ in pool]), slopes(base, unit, Scenario())
    at = dice.randrange(len(pool))
    best, least = gain[at], slope[pool[at][0]]
    less = [
        k for k in range(len(pool)) if best - gain[k] >= _CLEAR and least - slope[pool[k][0]] >= _SLOPE and gain[k] >= 0
    ]
    dice.shuffle(less)
    options = choice(dice, words(pool[at][1].name), [words(pool[k][1].name) for k in less])
    if options is None:
        return None
    names = [option.value for option in options[0]]
    steps = tuple(
        Line(
            "best_rate.steps.gain",
            {
                "lever": words(pool[k][1].name),
                "before": rate(now[pool[k][0]]),
                "after": rate(now[pool[k][0]] + 0.01),
                "gain": signed(gain[k]),
            },
        )
        for k in sorted((at, *less), key=lambda k: (-gain[k], k))
        if dict(pool[k][1].name) in names
    )
    code, scenario = base.league.codes[unit], Scenario({pool[at][1].key: float(now[pool[at][0]] + 0.01)})
    return Question("best_rate", Line("best_rate.prompt", rows(base, {}, unit)), *options, steps, (), code, scenario)


def what_moves(base: Baseline, dice: Random) -> Question | None:
    """Which components a changed rate moves: one, two or none."""
    found = _changed(base, dice, (None, _coupled, _at_target)[dice.randrange(3)])
    if found is None:
        return None
    unit, lever, scenario, facts = found
    moved = effect(base, unit, scenario)
    delta = moved.after.components - moved.before.components
    mine = {base.edition.component_index[c.component] for c in base.edition.moved_by(lever.key)}
    if np.isnan(delta[list(mine)]).any():  # whether it moves what only a total holds, nobody can tell
        return None
    changed = [k for k in range(delta.size) if delta[k] != 0 and not np.isnan(delta[k])]
    idle = [i for i, _, _ in touched(base, unit, scenario) if moved.before.criteria[i] != moved.after.criteria[i]]
    if any(abs(delta[k]) < APART for k in changed) or (not changed and idle) or clipped(base, unit, moved.after):
        return None
    rest = [k for k in range(delta.size) if k not in mine]
    dice.shuffle(rest)
    own = sorted(mine)
    ways: list[Sequence[int]] = [(), own, *([k] for k in own), [rest[0]], sorted((*own[:1], rest[0]))]
    wrong = [_together(base, way) for way in ways if list(way) != changed]
    options = choice(dice, _together(base, changed), wrong, least=3)
    if options is None:
        return None
    steps = points_told(base, unit, scenario) or (Line("what_moves.steps.none"),)
    if not changed:
        steps = (*steps[:-1], Line("what_moves.steps.none"))
    code = base.league.codes[unit]
    return Question("what_moves", Line("what_moves.prompt", facts), *options, steps, (), code, scenario)


def new_score(base: Baseline, dice: Random) -> Question | None:
    """The score after a stated change of one rate."""
    found = _changed(base, dice)
    if found is None:
        return None
    unit, lever, scenario, facts = found
    moved = effect(base, unit, scenario)
    before, after = float(moved.before.score), float(moved.after.score)
    if abs(after - before) < 4 * APART or clipped(base, unit, moved.after):
        return None
    mistaken = mistakes(base, unit, lever, scenario, moved)
    held = float(base.anchors.held[unit])
    wrong = [*mistaken, after - held, before + 2 * (after - before), before + 1.5 * (after - before), before]
    kept = [points(s) for s in wrong if 0 <= s <= 100 * base.edition.total]
    options = choice(dice, points(after), kept, APART)
    if options is None:
        return None
    steps = points_told(base, unit, scenario)
    code = base.league.codes[unit]
    return Question("new_score", Line("new_score.prompt", facts), *options, steps, (), code, scenario)


def new_rank(base: Baseline, dice: Random) -> Question | None:
    """The rank after a stated change of one rate, or of a component's points where no rate is known."""
    if base.ranked < 8:
        return None
    found = _changed(base, dice) or _raised(base, dice)
    if found is None:
        return None
    unit, lever, scenario, facts = found
    moved = effect(base, unit, scenario)
    if abs(moved.rank_after - moved.rank_before) < 2 or clipped(base, unit, moved.after):
        return None
    change = float(moved.after.score - moved.before.score)
    peers = np.delete(base.standing.score, unit)
    mistaken = [] if lever is None else mistakes(base, unit, lever, scenario, moved)
    scores = np.array([*mistaken, moved.before.score + change / 2, moved.before.score + 2 * change])
    places = [float(p) for p in place(scores, peers)]
    places += [moved.rank_before, moved.rank_before - round(change / 100)]
    places += [moved.rank_after + step for step in (-7, 7, -4, 4, 12, -12, 20)]
    wrong = [rank(p) for p in places if 1 <= p <= base.ranked]
    options = choice(dice, rank(moved.rank_after), wrong, _PLACES)
    if options is None:
        return None
    key = "new_rank.prompt" if lever is not None else "new_rank.prompt_points"
    steps = worked_answer(base, unit, scenario)
    return Question("new_rank", Line(key, facts), *options, steps, unit=base.league.codes[unit], scenario=scenario)


def mistakes(base: Baseline, unit: int, lever: Lever, scenario: Scenario, moved: Effect) -> list[float]:
    """Scores in whole hundredths that one gets by a common mistake, whichever there are."""
    edition, before = base.edition, float(moved.before.score)
    lines = touched(base, unit, scenario)
    if not lines:
        return []
    delta = moved.after.criteria - moved.before.criteria
    first, was, now = next((line for line in lines if edition.criteria[line[0]].key == lever.key), lines[0])
    most = edition.max_points[first]
    whole = edition.components[edition.component_index[edition.criteria[first].component]].max_points
    found = [before + float(delta[first])] if len(lines) > 1 else []  # the coupling forgotten
    found += [before + 100 * most * (now - was)]  # the target forgotten
    found += [before + 100 * whole * (now - was)]  # the component's points for the criterion's
    found += [before + 1000 * (now - was), before + 50 * most * (now - was)]
    return [float(round(score)) for score in found]


def _changed(
    base: Baseline, dice: Random, wanted: Callable[[Baseline, int, int], bool] | None = None
) -> tuple[int, Lever, Scenario, dict[str, Fact]] | None:
    """A unit, one of its levers (such as wanted), a higher whole percentage of it, and the facts that say so."""
    unit = drawn(dice, ranked_units(base))
    pool = [] if unit is None else [p for p in single(base, unit) if wanted is None or wanted(base, unit, p[0])]
    if unit is None or not pool:
        return None
    i, lever = pool[dice.randrange(len(pool))]
    after = higher_rate(base, unit, i, dice)
    if after is None:
        return None
    now = {"lever": words(lever.name), "before": rate(base.anchors.levers[unit, i]), "after": rate(after)}
    return unit, lever, Scenario({lever.key: after}), rows(base, now, unit)


def _coupled(base: Baseline, unit: int, at: int) -> bool:
    """Whether a lever enters several criteria."""
    return len(base.edition.moved_by(base.edition.levers[at].key)) > 1


def _at_target(base: Baseline, unit: int, at: int) -> bool:
    """Whether a lever's own criterion has earned all its points already."""
    criterion = base.edition.criterion_index.get(base.edition.levers[at].key)
    return criterion is not None and bool(base.anchors.levers[unit, at] >= base.edition.target[criterion])


def _raised(base: Baseline, dice: Random) -> tuple[int, None, Scenario, dict[str, Fact]] | None:
    """A unit and one of its components that moves in points, raised by half a point to three."""
    unit = drawn(dice, ranked_units(base))
    pool = [] if unit is None else [int(k) for k in np.flatnonzero(base.anchors.direct[unit])]
    k = drawn(dice, pool)
    if unit is None or k is None:
        return None
    component, own = base.edition.components[k], float(base.standing.components[unit, k])
    after = own + 50 * dice.randrange(1, 7)
    if not after <= 100 * component.max_points:
        return None
    now = {"component": words(component.name), "before": points(own), "after": points(after)}
    return unit, None, Scenario({component.key: after / 100}), rows(base, now, unit)


def _one_point(base: Baseline, unit: int, levers: list[int]) -> np.ndarray:
    """Hundredths that each of these levers brings by one percentage point; nan where its component meets an end."""
    anchors = base.anchors[unit]
    moved = np.tile(anchors.levers, (len(levers), 1))
    moved[np.arange(len(levers)), levers] += 0.01
    after = down_the_road(base.edition, anchors, moved)
    return np.where(clipped(base, unit, after), np.nan, after.score - base.standing.score[unit])


def _together(base: Baseline, components: Sequence[int]) -> Fact:
    """Names of components joined, or that there is none."""
    names = [base.edition.components[k].name for k in components]
    if not names:
        return words(text("what_moves.none"))
    key = "what_moves.only" if len(names) == 1 else "what_moves.both"
    joint, quoted = text(key), text("what_moves.quoted")
    joined = {
        language: pattern.format(
            names=text("what_moves.and")[language].join(quoted[language].format(name=name[language]) for name in names)
        )
        for language, pattern in joint.items()
    }
    return words(joined)
