"""The outlook: what each lever pays, what doing nothing gives, and until when a target can still be reached."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.plan.moves import LeverRange
from model.plan.plan import Means, reaches
from model.rules.formulas import filled, hundredths, scales
from model.score.baseline import Baseline
from model.score.levers import slopes
from model.score.scenario import Scenario, effect
from model.table.league import League


@dataclass(frozen=True)
class Price:
    """What one lever pays, alone: points still to gain within its reach, points of one thing more and of one effort,
    the rate at which it brings no more, and the places its whole reach gains at today's density of peers.

    `per_thing` is None where no counts are known.
    """

    lever: str
    gain: float
    per_thing: float | None
    per_effort: float | None
    saturates: float
    places: int


def prices(base: Baseline, unit: int, means: Means) -> tuple[Price, ...]:
    """The price list of a unit, what pays most for an effort first; levers that bring nothing are left out."""
    found, _ = reaches(base, unit, means)
    slope, anchors = np.abs(slopes(base, unit, Scenario())), base.anchors[unit]
    listed = []
    for key, reach in found.items():
        i = base.edition.lever_index[key]
        if reach.room <= 0 or not slope[i] > 0:
            continue
        due = float(reach.due) if reach.whole else float(anchors.due[i])
        per_thing = None if np.isnan(due) else float(slope[i]) / due
        step = per_thing if reach.whole else float(slope[i]) / 100
        outcome = effect(base, unit, Scenario({key: reach.high}))
        gain = float(outcome.after.score - outcome.before.score) / 100
        places = int(outcome.rank_before - outcome.rank_after)
        worth = step / reach.effort if step is not None and reach.effort > 0 else None
        listed.append(Price(key, gain, per_thing, worth, _saturates(base, unit, key), places))
    return tuple(sorted(listed, key=lambda price: -(price.per_effort or np.inf)))


def arrivals(base: Baseline, unit: int, by: date) -> dict[str, int]:
    """Things still to come to a unit by a date, {group: count}, at the pace of the league's period so far.

    0 for groups of stock, and where no period or count is known.
    """
    return {group: int(counts[unit]) for group, counts in to_come(base, by).items()}


def to_come(base: Baseline, by: date) -> dict[str, np.ndarray]:
    """The `arrivals` of every unit, {group: counts (n,)}."""
    league, due = base.league, base.anchors.due
    share = days(league, by) / days_so_far(league) if days_so_far(league) else 0.0
    most: dict[str, np.ndarray] = {}
    for i, lever in enumerate(base.edition.levers):
        counts = most.setdefault(lever.group, np.zeros(len(league.codes)))
        if lever.kind != "stock":
            most[lever.group] = np.fmax(counts, due[:, i])
    return {group: np.rint(counts * share) for group, counts in most.items()}


def days_so_far(league: League) -> int:
    """Days that the league's figures cover; 0 where no period is known."""
    return 0 if league.period is None else (league.period.last - league.period.first).days + 1


def days(league: League, by: date) -> int:
    """Days from the league's figures to a date, never below 0."""
    last = league.period.last if league.period else league.as_of
    return 0 if last is None else max(0, (by - last).days)


def gained(base: Baseline, points: float | np.ndarray) -> np.ndarray:
    """Everyone's scores in whole hundredths with so many points more, all alike or (n,), kept within 0 to the total.

    A unit whose held difference already puts it outside goes no further.
    """
    score, total = base.standing.score, 100 * base.edition.total
    moved: np.ndarray = np.clip(hundredths(score / 100 + points), np.minimum(score, 0.0), np.maximum(score, total))
    return moved


def last_day(base: Baseline, unit: int, needed: float, means: Means, start: date, by: date) -> date | None:
    """The last day from which the target can still be reached if until then all goes on at the published rates.

    None where it is out of reach from the start. Things to come arrive evenly until the date.
    """
    from model.plan.plan import _standing

    found, _ = reaches(base, unit, means)
    span, last = max(1, (by - start).days), None
    for day in range(span + 1):
        tops = {key: _left(reach, day / span, means) for key, reach in found.items()}
        if _standing(base, unit, tops).score < needed:
            break
        last = start + timedelta(days=day)
    return last


def _left(reach: LeverRange, gone: float, means: Means) -> float:
    """The best rate left when a share of the things to come has come, done at the published rate."""
    more = (means.more or {}).get(reach.lever.group, 0)
    if not reach.whole or means.kinds.get(reach.lever.key, reach.lever.kind) != "flow":
        return reach.high
    return max(reach.rate, reach.high - gone * more * (1 - reach.rate) / reach.due)


def _saturates(base: Baseline, unit: int, key: str) -> float:
    """The rate from which a lever brings no more, by its criteria's targets."""
    edition = base.edition
    levers = filled(edition, base.anchors.levers[unit])
    ends = []
    for criterion in edition.moved_by(key):
        others = sum(share * levers[edition.lever_index[k]] for k, share in criterion.rate.items() if k != key)
        if key == criterion.scaled_by:
            ends.append(criterion.target / others if others else np.nan)
            continue
        scale = scales(edition, levers)[edition.criterion_index[criterion.key]]
        ends.append((criterion.target / scale - others) / criterion.rate[key] if scale else np.nan)
    known = [end for end in ends if not np.isnan(end)]
    return float(np.clip(max(known) if key in edition.criterion_index else min(known), 0.0, 1.0))
