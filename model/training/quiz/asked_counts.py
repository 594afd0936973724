"""Questions about whole things: one more dossier, one petition unanswered, how many to pass the next unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import numpy as np

from model.rules.edition import Lever
from model.rules.formulas import place
from model.score.baseline import Baseline
from model.score.levers import slopes
from model.score.scenario import Counts, Effect, Scenario, effect, standing
from model.training.facts import Fact, count, named, points, signed, words
from model.training.quiz.lines import Line
from model.training.quiz.questions import (
    APART,
    Question,
    choice,
    clipped,
    counted,
    drawn,
    movable,
    ranked_units,
    rows,
    shared,
)
from model.training.quiz.worked_answer import points_told, worked_answer

_CLEAR = 3  # hundredths by which the best of things is ahead
_PLACES = 3  # ranks by which options differ
_FEWEST, _MOST = 3, 2000  # things that are asked for


@dataclass(frozen=True, eq=False)
class Asked:
    """A change of one unit's petitions: "first", "more" (one more) or "all" answered, and what comes of it."""

    unit: int
    scenario: Scenario
    wording: str
    facts: Mapping[str, Fact]
    moved: Effect


def best_thing(base: Baseline, dice: Random) -> Question | None:
    """Which lever raises the score most by one more thing done, as many being due."""
    unit = drawn(dice, ranked_units(base))
    if unit is None:
        return None
    tried = [(one, _one_more(base, unit, *one)) for one in open_levers(base, unit)]
    pool, gain = [one for one, more in tried if more is not None], [more for _, more in tried if more is not None]
    if len(pool) < 4:
        return None
    at = dice.randrange(len(pool))
    less = [k for k in range(len(pool)) if gain[at] - gain[k] >= _CLEAR]
    dice.shuffle(less)
    options = choice(dice, words(pool[at][0].done), [words(pool[k][0].done) for k in less])
    if options is None:
        return None
    names = [option.value for option in options[0]]
    steps = tuple(
        Line(
            "best_thing.steps.gain",
            {
                "what": words(lever.done),
                "done": count(done),
                "after": count(done + 1),
                "due": count(due),
                "gain": signed(gain[k]),
            },
        )
        for k, (lever, done, due) in sorted(enumerate(pool), key=lambda one: (-gain[one[0]], one[0]))
        if (k == at or k in less) and dict(lever.done) in names
    )
    lever, done, due = pool[at]
    scenario, code = Scenario({lever.key: Counts(done + 1, due)}), base.league.codes[unit]
    return Question("best_thing", Line("best_thing.prompt", rows(base, {}, unit)), *options, steps, (), code, scenario)


def petition_points(base: Baseline, dice: Random) -> Question | None:
    """How many points one more petition unanswered costs, or how many answering all gives."""
    found = asked_petitions(base, dice)
    if found is None:
        return None
    unit, scenario, moved = found.unit, found.scenario, found.moved
    change = abs(float(moved.after.score - moved.before.score))
    whole = 100 * _component(base, scenario)
    first = abs(float((moved.after.criteria - moved.before.criteria)[_criterion(base, next(iter(scenario.changes)))]))
    wrong = [points(p) for p in (first, change / 2, whole, 100.0, 0.0, whole / 2, 300.0)]
    options = choice(dice, points(change), wrong, 4 * APART)
    if change < 50 or options is None:
        return None
    steps = points_told(base, unit, scenario)
    prompt, code = Line(f"petition_points.prompt_{found.wording}", found.facts), base.league.codes[unit]
    return Question("petition_points", prompt, *options, steps, (), code, scenario)


def petition_places(base: Baseline, dice: Random) -> Question | None:
    """How many places the same costs or gives."""
    found = asked_petitions(base, dice)
    if found is None or base.ranked < 8:
        return None
    unit, scenario, moved = found.unit, found.scenario, found.moved
    change = float(moved.after.score - moved.before.score)
    right = abs(moved.rank_after - moved.rank_before)
    half = place(np.array(moved.before.score + change / 2), np.delete(base.standing.score, unit))
    guesses = [abs(float(half) - moved.rank_before), round(abs(change) / 100), 0.0, 1.0, round(right / 2)]
    guesses += [right + 15, right - 15, right + 30, right + 6, right - 6]
    wrong = [count(g) for g in guesses if 0 <= g < base.ranked]
    options = choice(dice, count(right), wrong, _PLACES)
    if right < _PLACES or options is None:
        return None
    steps = worked_answer(base, unit, scenario)
    prompt, code = Line(f"petition_places.prompt_{found.wording}", found.facts), base.league.codes[unit]
    return Question("petition_places", prompt, *options, steps, (), code, scenario)


def pass_next(base: Baseline, dice: Random) -> Question | None:
    """How many more of one thing it takes, as many being due, to stand above the next unit."""
    unit = drawn(dice, ranked_units(base))
    pool = (
        []
        if unit is None
        else [(v, n, due) for v, n, due in open_levers(base, unit) if not shared(base, v) and due >= 20]
    )
    if unit is None or not pool:
        return None
    lever, done, due = pool[dice.randrange(len(pool))]
    still = effect(base, unit, Scenario())
    if len(still.next_above) != 1:
        return None
    needed = float(still.after.score + still.gap)
    least = _least(base, unit, lever, done, due, needed)
    if still.gap < 2 * APART or least is None or not _FEWEST <= least <= _MOST:
        return None
    each = float(slopes(base, unit, Scenario())[base.edition.lever_index[lever.key]]) / due
    options = choice(dice, count(least), _other_counts(base, lever, due, least, still.gap), max(2.0, 0.3 * least))
    if options is None or not each > 0 or abs(still.gap / 100 / each - least) > max(0.8, 0.12 * least):
        return None
    scenario = Scenario({lever.key: Counts(done + least, due)})
    if clipped(base, unit, standing(base, unit, scenario)):
        return None
    peer = still.next_above[0]
    now = {"peer": named(base.league.names[peer]), "level": points(needed), "gap": points(still.gap)}
    now |= {"what": words(lever.done), "done": count(done), "due": count(due), "after": count(done + least)}
    now |= {"fewer": count(least - 1), "least": count(least)}
    now |= {"almost": points(_score(base, unit, lever, done + least - 1, due))}
    now |= {"enough": points(_score(base, unit, lever, done + least, due))}
    facts = rows(base, now, unit)
    steps = (
        Line("pass_next.steps.gap", facts),
        *points_told(base, unit, scenario),
        Line("pass_next.steps.enough", facts),
    )
    code = base.league.codes[unit]
    return Question("pass_next", Line("pass_next.prompt", facts), *options, steps, (), code, scenario)


def petitions(base: Baseline, unit: int) -> dict[str, Scenario]:
    """What can be asked of a unit's petitions: {"more": one more, unanswered; "all": every one on time and satisfied}.

    Nothing where counts are not known, or where other numbers were on time than satisfied, which takes longer to tell.
    """
    at = [i for i, lever in enumerate(base.edition.levers) if shared(base, lever)]
    groups = {base.edition.levers[i].group for i in at}
    rates, due = base.anchors.levers[unit, at], np.where(base.anchors.empty[unit, at], 0.0, base.anchors.due[unit, at])
    if len(groups) != 1 or np.isnan(rates).any() or np.isnan(due).any() or np.unique(due).size != 1:
        return {}
    done, every, keys = np.rint(rates * due), int(due[0]), [base.edition.levers[i].key for i in at]
    if every and (np.abs(rates * due - done).max() > 1e-6 or np.unique(done).size != 1):
        return {}
    ways = {"more": Scenario({key: Counts(int(n), every + 1) for key, n in zip(keys, done, strict=True)})}
    if (done < every).any():
        ways["all"] = Scenario({key: Counts(every, every) for key in keys})
    return ways


def asked_petitions(base: Baseline, dice: Random) -> Asked | None:
    """A unit and a change of its petitions that moves its score as it should."""
    unit = drawn(dice, ranked_units(base))
    ways = {} if unit is None else petitions(base, unit)
    if unit is None or not ways:
        return None
    which = sorted(ways)[dice.randrange(len(ways))]
    moved = effect(base, unit, ways[which])
    change = moved.after.score - moved.before.score
    if not (change < 0 if which == "more" else change > 0) or clipped(base, unit, moved.after):
        return None
    key, value = next(iter(ways[which].changes.items()))
    every = value.due - (which == "more") if isinstance(value, Counts) else 0
    bad = every - round(float(base.anchors.levers[unit, base.edition.lever_index[key]]) * every)
    wording = "first" if which == "more" and not every else which
    return Asked(unit, ways[which], wording, rows(base, {"due": count(every), "bad": count(bad)}, unit), moved)


def _criterion(base: Baseline, lever: str) -> int:
    return base.edition.criterion_index[base.edition.moved_by(lever)[0].key]


def _component(base: Baseline, scenario: Scenario) -> float:
    """Most points of the component that a scenario moves first."""
    criterion = base.edition.criteria[_criterion(base, next(iter(scenario.changes)))]
    return base.edition.components[base.edition.component_index[criterion.component]].max_points


def open_levers(base: Baseline, unit: int) -> list[tuple[Lever, int, int]]:
    """(lever, done, due) of those better higher and limited by no other, of which one more can be done."""
    found = []
    for i, lever in movable(base, unit):
        counts = counted(base, unit, i)
        if counts and counts[0] < counts[1] and lever.better == "higher" and lever.at_most is None:
            found.append((lever, *counts))
    return found


def _one_more(base: Baseline, unit: int, lever: Lever, done: int, due: int) -> float | None:
    """Hundredths that one more thing done brings; None where its component meets an end."""
    after = standing(base, unit, Scenario({lever.key: Counts(done + 1, due)}))
    return None if clipped(base, unit, after) else float(after.score - base.standing.score[unit])


def _score(base: Baseline, unit: int, lever: Lever, done: int, due: int) -> float:
    return float(standing(base, unit, Scenario({lever.key: Counts(done, due)})).score)


def _least(base: Baseline, unit: int, lever: Lever, done: int, due: int, needed: float) -> int | None:
    """The fewest more with which the score is above `needed`, by halving; None where even all are too few."""
    short, enough = 0, due - done
    if not _score(base, unit, lever, due, due) > needed:
        return None
    while enough - short > 1:
        middle = (short + enough) // 2
        if _score(base, unit, lever, done + middle, due) > needed:
            enough = middle
        else:
            short = middle
    return enough


def _other_counts(base: Baseline, lever: Lever, due: int, least: int, gap: float) -> list[Fact]:
    """What one gets by forgetting a coupling, taking the component's points for the criterion's, or a guess."""
    criteria = base.edition.moved_by(lever.key)
    own = next((c for c in criteria if c.key == lever.key), criteria[0])
    whole = base.edition.components[base.edition.component_index[own.component]].max_points
    found = [gap / 100 * due / own.max_points] if len(criteria) > 1 else []
    found += [gap / 100 * due / whole, gap / 100 * due / 100]
    found += [2 * least, least / 2, 3 * least, least / 3, 4 * least]
    return [count(round(n)) for n in found if 1 <= round(n) <= due]
