"""The outlook: what each lever pays, what doing nothing gives, and until when a target can still be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.plan.moves import LeverRange
from model.plan.plan import outcome
from model.rules.formulas import filled, scales
from model.score.baseline import Baseline
from model.score.levers import slopes
from model.score.scenario import Scenario, effect


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


def prices(base: Baseline, unit: int, found: Mapping[str, LeverRange]) -> tuple[Price, ...]:
    """The price list of levers that reach so far, what pays most for an effort first; none that pays nothing."""
    slope, anchors = np.abs(slopes(base, unit, Scenario())), base.anchors[unit]
    listed = []
    for key, reach in found.items():
        i = base.edition.lever_index[key]
        if reach.room <= 0 or not slope[i] > 0:
            continue
        due = float(reach.due) if reach.whole else float(anchors.due[i])
        per_thing = None if np.isnan(due) else float(slope[i]) / due
        step = per_thing if reach.whole else float(slope[i]) / 100
        alone = effect(base, unit, Scenario({key: reach.high}))
        gain = float(alone.after.score - alone.before.score) / 100
        places = int(alone.rank_before - alone.rank_after)
        worth = step / reach.effort if step is not None and reach.effort > 0 else None
        listed.append(Price(key, gain, per_thing, worth, _saturates(base, unit, key), places))
    return tuple(sorted(listed, key=lambda price: -(price.per_effort or np.inf)))


def last_day(
    base: Baseline, unit: int, needed: float, found: Mapping[str, LeverRange], start: date, by: date
) -> date | None:
    """The last day from which the target can still be reached if until then all goes on at the published rates.

    None where it is out of reach from the start. Things to come arrive evenly until the date.
    """
    span, last = max(1, (by - start).days), None
    for day in range(span + 1):
        tops = {key: _left(reach, day / span) for key, reach in found.items()}
        if outcome(base, unit, tops).score < needed:
            break
        last = start + timedelta(days=day)
    return last


def _left(reach: LeverRange, gone: float) -> float:
    """The best rate left when a share of the things to come has come, done at the published rate."""
    if not reach.whole or reach.kind != "flow":
        return reach.high
    return max(reach.rate, reach.high - gone * reach.arriving * (1 - reach.rate) / reach.due)


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
