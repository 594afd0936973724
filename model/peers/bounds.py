"""Safe and impossible: the best and the worst that everyone can still come to by a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.peers.calendar import days_so_far, gained, to_come
from model.rules.formulas import criterion_rates
from model.score.baseline import Baseline, down_the_road, summed


@dataclass(frozen=True, eq=False)
class Possible:
    """The lowest and the highest score that each unit can still have, hundredths (n,), nan where it has no score."""

    worst: np.ndarray
    best: np.ndarray


@dataclass(frozen=True)
class Reachable:
    """Where one unit can still come: its best and worst rank, and rows of peers on whom nothing can change.

    `safe_from` can no longer come to stand above it; `lost_to` it can no longer come to stand above. A tie is neither.
    """

    best_rank: int
    worst_rank: int
    safe_from: tuple[int, ...]
    lost_to: tuple[int, ...]


def possible(
    base: Baseline,
    by: date,
    stated: Mapping[str, tuple[float, float] | None] | None = None,
    jumps: bool = True,
    pace: float = 1.0,
) -> Possible:
    """What every unit can still come to by a date: all that remains and comes done well, or nothing of it.

    To come is what came before, at the same pace times `pace` [A]; without a known period, any number. What is done
    stays done; late stays late; where nothing is due, a first thing may come; old things can be done where the lever's
    kind is mendable or stock. With `jumps` an unanswered petition may come to anyone and lost ones may be taken back,
    as both have happened; without, petitions come at their pace like the rest. Points inherited from above stay. A
    component of which a part is not reported can come to anything from 0 to its maximum, unless `stated` says
    {component: (lowest, highest) points}, or None: it stays.
    """
    edition, anchors = base.edition, base.anchors
    low, high = _levers(base, by, jumps, pace)
    rates = criterion_rates(edition, anchors.levers, anchors.reported, anchors.slack)
    open_ = np.isnan(rates).astype(float) @ edition.membership > 0
    found = []
    for side, levers in enumerate((low, high)):
        components = down_the_road(edition, anchors, levers).components.copy()
        for k, component in enumerate(edition.components):
            if component.key in (stated or {}):
                ends = (stated or {})[component.key]
                components[:, k] = base.standing.components[:, k] if ends is None else round(100 * ends[side])
            elif base.league.level not in component.inherited_by:
                end = side * edition.component_max[k]
                components[:, k] = np.where(open_[:, k] & ~np.isnan(components[:, k]), end, components[:, k])
        found.append(summed(anchors, components))
    return Possible(*found)


def within(base: Baseline, fall: float, rise: float) -> Possible:
    """What every unit can still come to where nobody is supposed to lose or gain more than so many points."""
    return Possible(gained(base, -abs(fall)), gained(base, abs(rise)))


def reachable(found: Possible, unit: int) -> Reachable:
    """The ranks still possible for one unit, and the peers that can't overtake it or be overtaken.

    Its best rank is that of its best score among peers at their worst, its worst the reverse; ties share the better.
    """
    worst, best = found.worst.copy(), found.best.copy()
    worst[unit], best[unit] = np.nan, np.nan
    above, below = worst > found.best[unit], best > found.worst[unit]
    safe, lost = best <= found.worst[unit], worst >= found.best[unit]
    return Reachable(
        1 + int(above.sum()),
        1 + int(below.sum()),
        tuple(int(i) for i in np.flatnonzero(safe)),
        tuple(int(i) for i in np.flatnonzero(lost)),
    )


def _levers(base: Baseline, by: date, jumps: bool, pace: float) -> tuple[np.ndarray, np.ndarray]:
    """Every lever at its worst and at its best, (n, levers) each; nan where not reported."""
    edition, anchors = base.edition, base.anchors
    inherited = {c.key for c in edition.criteria if base.league.level in c.inherited_by}
    coming, unlimited = to_come(base, by), not days_so_far(base.league)
    low, high = anchors.levers.copy(), anchors.levers.copy()
    for i, lever in enumerate(edition.levers):
        if lever.key in inherited:
            continue
        rate, stock = anchors.levers[:, i], lever.kind == "stock"
        due = np.where(anchors.empty[:, i], 0.0, anchors.due[:, i])
        more = np.zeros_like(due) if stock else np.ceil(pace * coming[lever.group])
        petitions = bool(edition.groups[lever.group].get("one_denominator"))
        rises = petitions and jumps
        ends = _ends(rate, due, np.maximum(more, 1.0) if rises else more, lever.better == "higher")
        if rises or (lever.kind != "flow" and lever.better == "higher"):
            ends[1] = np.where((due > 0) | rises, 1.0, rate)
        free = np.isnan(due) | (unlimited and not stock)
        if not (stock or petitions):
            free |= due == 0  # the first to come, done or not
        worst, best = (0.0, 1.0) if lever.better == "higher" else (1.0, 0.0)
        low[:, i] = np.where(np.isnan(rate), np.nan, np.where(free, worst, ends[0]))
        high[:, i] = np.where(np.isnan(rate), np.nan, np.where(free, best, ends[1]))
    return low, high


def _ends(rate: np.ndarray, due: np.ndarray, more: np.ndarray, higher: bool) -> list[np.ndarray]:
    """The rates with none and with all of what comes done, the worse first; nothing due keeps its rate at its best."""
    whole = np.where(due + more > 0, due + more, 1.0)
    none, every = rate * due / whole, (rate * due + more) / whole
    none, every = np.where(due + more > 0, none, rate), np.where(due > 0, every, rate)
    return [none, every] if higher else [np.where(due > 0, every, rate), none]
