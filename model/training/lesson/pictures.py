"""Series of the pictures that a lesson may show, as plain columns: what a page draws and a handout tabulates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.rules.edition import Words
from model.rules.formulas import hundredths, place
from model.score.scenario import Scenario, resolved, sweep
from model.training.lesson.case import Case
from model.training.lesson.league_facts import others_mean, printed
from model.words.problems import LANGUAGES

KINDS = ("components", "sweep", "waterfall", "strip", "chances", "pairs")
_STEPS = 100
_UNLIKELY = 1e-4  # ranks less likely at either end are not drawn

Column = tuple[object, ...]


@dataclass(frozen=True)
class Picture:
    """A picture's kind, what it is of (a lever or component, "" for none), and its columns, all of one length.

    components: name (Words), points, most, in hundredths. sweep: rate, score (hundredths), rank, mark ("line", "now",
    "then" or "target"). waterfall: name (Words), change, from, to (hundredths). strip: name, rank, score, own.
    chances: rank, still, jumps (probabilities). pairs: name (Words), ours, other (hundredths).
    """

    kind: str
    of: str
    columns: Mapping[str, Column]


def picture(case: Case, wanted: str) -> Picture:
    """The picture "kind" or "kind:what"; raises Problem where it can't be drawn for the unit."""
    kind, _, what = wanted.partition(":")
    return Picture(kind, case.key(what), _DRAWN[kind](case, case.key(what)))


def _components(case: Case, _: str) -> dict[str, Column]:
    edition, now = case.base.edition, case.base.standing.components[case.unit]
    return {
        "name": tuple(c.name for c in edition.components),
        "points": _floats(now),
        "most": _floats(edition.component_max),
    }


def _sweep(case: Case, key: str) -> dict[str, Column]:
    case.rate(key)
    i, edition = case.base.edition.lever_index[key], case.base.edition
    now = case.base.anchors.levers[case.unit, i]
    then = resolved(case.base, case.unit, case.scenario)[0][i]
    at = edition.criterion_index.get(key)
    rest = Scenario({k: v for k, v in case.scenario.changes.items() if k != key})
    marks = [(rate, "line") for rate in np.arange(_STEPS + 1) / _STEPS] + [(now, "now")]
    marks += [(then, "then")] if then != now else []
    marks += [(edition.criteria[at].target, "target")] if at is not None else []
    marks.sort()
    scores, ranks = sweep(case.base, case.unit, rest, key, np.array([rate for rate, _ in marks]))
    return {
        "rate": _floats(np.array([rate for rate, _ in marks])),
        "score": _floats(scores),
        "rank": _floats(ranks),
        "mark": tuple(mark for _, mark in marks),
    }


def _waterfall(case: Case, _: str) -> dict[str, Column]:
    """What each component adds, from the score as published to that of the scenario."""
    change = case.effect.after.components - case.effect.before.components
    ends = float(case.effect.before.score) + np.cumsum(change)
    return {
        "name": tuple(c.name for c in case.base.edition.components),
        "change": _floats(change),
        "from": _floats(ends - change),
        "to": _floats(ends),
    }


def _strip(case: Case, _: str) -> dict[str, Column]:
    """All ranked units, the first first, ours where the scenario takes it."""
    base, scores = case.base, case.base.standing.score.copy()
    if case.scenario.changes:
        scores[case.unit] = float(case.effect.after.score)
    rank = place(scores, scores)
    names = _names(base.league.names)
    order = np.argsort(rank, kind="stable")[: np.count_nonzero(~np.isnan(rank))]
    return {
        "name": tuple(names[i] for i in order),
        "rank": _floats(rank[order]),
        "score": _floats(scores[order]),
        "own": tuple((order == case.unit).tolist()),
    }


@lru_cache(8)  # which every strip of a league shares
def _names(names: tuple[str, ...]) -> tuple[Words, ...]:
    return tuple(dict.fromkeys(LANGUAGES, name) for name in names)


def _chances(case: Case, _: str) -> dict[str, Column]:
    still, jumps = (case.shared.chances[way].pmf for way in (False, True))
    likely = np.flatnonzero(np.maximum(still, jumps) > _UNLIKELY)
    shown = slice(int(likely[0]), int(likely[-1]) + 1)
    ranks = np.arange(1.0, still.size + 1)
    return {"rank": _floats(ranks[shown]), "still": _floats(still[shown]), "jumps": _floats(jumps[shown])}


def _pairs(case: Case, what: str) -> dict[str, Column]:
    """Of a component, what each criterion earns with the scenario and at most; else ours and the others' mean."""
    edition = case.base.edition
    names: tuple[Words, ...]
    if what:
        at = [i for i, c in enumerate(edition.criteria) if c.component == case.component(what).key]
        names = tuple(edition.criteria[i].name for i in at)
        ours, other = case.effect.after.criteria[at], hundredths(edition.max_points[at])
    else:
        apart, ours = printed(case), case.base.standing.components[case.unit]
        other, rest = others_mean(case), [c.name for c in edition.components]
        names = tuple(name for name, own in zip(rest, apart, strict=True) if own)
        if not apart.all():  # their split was not published: they stand together
            kept = [name for name, own in zip(rest, apart, strict=True) if not own]
            names = (*names, {language: ", ".join(name[language] for name in kept) for language in LANGUAGES})
            ours, other = (np.append(part[apart], part[~apart].sum()) for part in (ours, other))
        other = hundredths(other / 100)
    return {"name": names, "ours": _floats(ours), "other": _floats(other)}


def _floats(array: np.ndarray) -> tuple[float, ...]:
    return tuple(array.astype(float).tolist())


_DRAWN: dict[str, Callable[[Case, str], dict[str, Column]]] = dict(
    zip(KINDS, (_components, _sweep, _waterfall, _strip, _chances, _pairs), strict=True)
)
