"""Questions about the rules and the table as it stands: they need no counts, and hold in every league of points."""

from random import Random

import numpy as np

from model.rules.edition import Band, Component, Criterion, Edition
from model.rules.formulas import band as band_of
from model.rules.formulas import earned, hundredths, place
from model.score.baseline import Baseline
from model.training.facts import Fact, count, named, points, rank, rate, signed, words
from model.training.quiz.lines import Line
from model.training.quiz.questions import APART, Question, choice, drawn, ranked_units, rows

_TARGETS = (0.3, 0.5, 0.7, 0.8, 0.9, 1.0)
_CLEAR = 25  # hundredths by which the best of components is ahead
_SPAN = 2000  # hundredths that a score changes at most
_FAR = 50  # hundredths by which two units' profiles differ somewhere


def rate_points(base: Baseline, dice: Random) -> Question | None:
    """How many points a rate earns in its criterion."""
    edition = base.edition
    pool = [
        c for c in edition.criteria if not c.derived and c.assumed_rate is None and c.max_points < _whole(edition, c)
    ]
    if not pool:
        return None
    criterion, share = pool[dice.randrange(len(pool))], dice.randrange(20, 100) / 100
    most, target = criterion.max_points, criterion.target
    right = _earned(edition, criterion, share)
    mistakes = [
        share * _whole(edition, criterion),
        share * most if target < 1 else most * min(1, share / 0.8),
        share / target * most,
        most,
        share * 10,
        *(most * min(1, share / other) for other in _TARGETS),
        share * most / 2,
    ]
    wrong = [points(float(hundredths(np.asarray(value)))) for value in mistakes]
    options = choice(dice, points(right), wrong, APART)
    if options is None:
        return None
    facts = {"criterion": words(criterion.name), "rate": rate(share), "edition": words(edition.title)}
    own = {"most": points(100 * most), "target": rate(target), "points": points(right)}
    component = edition.components[edition.component_index[criterion.component]]
    rest = {"component": words(component.name), "whole": points(100 * component.max_points)}
    steps = (
        Line("rate_points.steps.rule", facts | own),
        Line(f"rate_points.steps.{'capped' if share >= target else 'below'}", facts | own),
        Line("rate_points.steps.rest", facts | own | rest),
    )
    return Question("rate_points", Line("rate_points.prompt", facts), *options, steps)


def target_rate(base: Baseline, dice: Random) -> Question | None:
    """The lowest rate that earns all of a criterion's points."""
    pool = [c for c in base.edition.criteria if c.assumed_rate is None]
    if not pool:
        return None
    criterion = pool[dice.randrange(len(pool))]
    others = list(_TARGETS)
    dice.shuffle(others)
    options = choice(dice, rate(criterion.target), [rate(t) for t in others], 0.05)
    if options is None:
        return None
    facts = {
        "criterion": words(criterion.name),
        "edition": words(base.edition.title),
        "target": rate(criterion.target),
        "most": points(100 * criterion.max_points),
    }
    steps = [Line("target_rate.steps.rule", facts)]
    if criterion.target < 1:
        steps.append(Line("target_rate.steps.beyond", facts))
    return Question("target_rate", Line("target_rate.prompt", facts), *options, tuple(steps))


def band(base: Baseline, dice: Random) -> Question | None:
    """The band of a unit's score after a stated change."""
    unit, bands = drawn(dice, ranked_units(base)), base.edition.bands
    if unit is None or len(bands) < 4:
        return None
    at = dice.randrange(len(bands))
    score, right = float(base.standing.score[unit]), bands[at]
    low = max(100 * right.from_score + 10, score - _SPAN, 0)
    high = min(100 * bands[at - 1].from_score - 10 if at else 100 * base.edition.total, score + _SPAN)
    if low > high:
        return None
    after = float(dice.randrange(int(np.ceil(low)), int(high) + 1))
    found = band_of(base.edition, after)
    if abs(after - score) < 50 or found is None:
        return None
    others: list[Band] = sorted((b for b in bands if b != found), key=lambda b: abs(b.from_score - found.from_score))
    options = choice(dice, words(found.name), [words(b.name) for b in others])
    if options is None:
        return None
    edges = {"band": words(found.name), "from": points(100 * found.from_score), "after": points(after)}
    facts = rows(base, {"change": signed(after - score), **edges}, unit)
    steps = [Line("band.steps.score", facts), Line("band.steps.from", facts)]
    if at:
        above = {"above": words(bands[at - 1].name), "next": points(100 * bands[at - 1].from_score)}
        steps.append(Line("band.steps.below", facts | above))
    return Question("band", Line("band.prompt", facts), *options, tuple(steps), unit=base.league.codes[unit])


def tie(base: Baseline, dice: Random) -> Question | None:
    """The rank of a unit that draws level, or of the one after units that are level."""
    if base.edition.ties != "competition" or base.ranked < 5:
        return None
    return _drawn_level(base, dice) if dice.randrange(2) else _after_level(base, dice)


def _drawn_level(base: Baseline, dice: Random) -> Question | None:
    units = ranked_units(base)
    unit, peer = drawn(dice, units), drawn(dice, units)
    if unit is None or peer is None or not base.standing.score[unit] < base.standing.score[peer]:
        return None
    level = float(base.standing.score[peer])
    right = float(place(np.asarray(level), np.delete(base.standing.score, unit)))
    facts = rows(base, {"peer": named(base.league.names[peer]), "level": points(level), "there": rank(right)}, unit)
    options = choice(dice, rank(right), [rank(r) for r in (right + 1, right - 1, right + 2, right + 3) if r >= 1], 1)
    if options is None:
        return None
    facts |= {"above": count(right - 1)}
    steps = (Line("tie.steps.above", facts), Line("tie.steps.shared", facts))
    return Question("tie", Line("tie.prompt", facts), *options, steps, unit=base.league.codes[unit])


def _after_level(base: Baseline, dice: Random) -> Question | None:
    known = base.standing.score[~np.isnan(base.standing.score)]
    values, times = np.unique(known, return_counts=True)
    groups = [k for k in range(1, values.size) if times[k] > 1]
    at = drawn(dice, groups)
    if at is None:
        return None
    first, many = float(1 + times[at + 1 :].sum()), float(times[at])
    right = first + many
    wrong = [rank(r) for r in (first + 1, right + 1, first, right + 2)]
    options = choice(dice, rank(right), wrong, 1)
    if options is None:
        return None
    facts = {"level": points(values[at]), "many": count(many), "there": rank(first), "right": rank(right)}
    facts |= {"above": count(right - 1)}
    steps = (Line("tie.steps.group", facts), Line("tie.steps.after", facts))
    return Question("tie", Line("tie.prompt_after", facts), *options, steps)


def profile(base: Baseline, dice: Random) -> Question | None:
    """Which unit a profile of components belongs to."""
    units, shown = ranked_units(base), base.standing.components
    if len(units) < 4:
        return None
    unit = units[dice.randrange(len(units))]
    near = sorted((i for i in units if i != unit), key=lambda i: (abs(base.rank[i] - base.rank[unit]), i))[:24]
    dice.shuffle(near)
    others = [i for i in near if np.abs(shown[i] - shown[unit]).max() >= _FAR]
    options = choice(dice, named(base.league.names[unit]), [named(base.league.names[i]) for i in others])
    twins = [i for i in range(len(shown)) if i != unit and np.abs(shown[i] - shown[unit]).max() < APART]
    if options is None or twins:
        return None
    pairs = zip(base.edition.components, shown[unit], strict=True)
    table = tuple((words(component.name), points(value)) for component, value in pairs)
    held = float(base.anchors.held[unit])
    facts = rows(base, {"sum": points(shown[unit].sum()), "held": signed(held)}, unit)
    steps = (Line("profile.steps.held" if held else "profile.steps.sum", facts), Line("profile.steps.found", facts))
    return Question("profile", Line("profile.prompt", {"edition": words(base.edition.title)}), *options, steps, table)


def most_room(base: Baseline, dice: Random) -> Question | None:
    """Which component would bring a unit most if it stood where the league's best stands."""
    unit = drawn(dice, ranked_units(base))
    if unit is None or base.ranked < 2 or len(base.edition.components) < 4:
        return None
    own = base.standing.components[unit]
    if np.isnan(own).any():  # of what only a total holds, nobody can tell the room
        return None
    best = np.nanmax(base.standing.components, axis=0)
    order = sorted(range(own.size), key=lambda k: (own[k] - best[k], k))
    gain = best - own
    if gain[order[0]] < APART or gain[order[0]] - gain[order[1]] < _CLEAR:
        return None
    pool: list[Component] = [base.edition.components[k] for k in order[1:]]
    dice.shuffle(pool)
    right = base.edition.components[order[0]]
    options = choice(dice, words(right.name), [words(c.name) for c in pool])
    if options is None:
        return None
    facts = rows(base, {}, unit)
    names = [option.value for option in options[0]]
    steps = tuple(
        Line(
            "most_room.steps.gain",
            {
                "component": words(base.edition.components[k].name),
                "best": points(best[k]),
                "own": points(own[k]),
                "gain": points(gain[k]),
            },
        )
        for k in order
        if dict(base.edition.components[k].name) in names
    )
    return Question(
        "most_room", Line("most_room.prompt", facts), *options, steps, _both(base, own), base.league.codes[unit]
    )


def inherited(base: Baseline, dice: Random) -> Question | None:
    """Which component is the same for every unit, because it is inherited."""
    if base.ranked < 2:
        return None
    known = ~np.isnan(base.standing.components).all(axis=0)
    points_of_all = np.where(known, base.standing.components, 0.0)
    low, high = np.nanmin(points_of_all, axis=0), np.nanmax(points_of_all, axis=0)
    alike = [k for k, c in enumerate(base.edition.components) if known[k] and base.league.level in c.inherited_by]
    others = [k for k in range(low.size) if high[k] - low[k] >= _FAR]
    if len(alike) != 1 or low[alike[0]] != high[alike[0]]:
        return None
    dice.shuffle(others)
    names = {k: words(c.name) for k, c in enumerate(base.edition.components)}
    options = choice(dice, names[alike[0]], [names[k] for k in others])
    if options is None:
        return None
    steps = [Line("inherited.steps.same", {"component": names[alike[0]], "points": points(low[alike[0]])})]
    for k in sorted(others):
        if names[k] in options[0]:
            facts = {"component": names[k], "low": points(low[k]), "high": points(high[k])}
            steps.append(Line("inherited.steps.differs", facts))
    return Question("inherited", Line("inherited.prompt"), *options, tuple(steps))


def _both(base: Baseline, own: np.ndarray) -> tuple[tuple[Fact, Fact], ...]:
    return tuple((words(c.name), points(value)) for c, value in zip(base.edition.components, own, strict=True))


def _whole(edition: Edition, criterion: Criterion) -> float:
    """Most points of a criterion's component."""
    return edition.components[edition.component_index[criterion.component]].max_points


def _earned(edition: Edition, criterion: Criterion, share: float) -> float:
    """Hundredths that a rate earns in a criterion, by the engine's own formula."""
    at = edition.criterion_index[criterion.key]
    return float(earned(edition, np.full(len(edition.criteria), share))[at])
