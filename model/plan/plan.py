"""Plans: the least that takes a unit to a wanted score, in whole dossiers, or why nothing does.

Whatever the program finds is run down the engine's own road before it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import ceil, floor

import numpy as np

from model.plan.moves import LeverRange
from model.plan.search import KINDS, Move, Search
from model.rules.edition import Lever
from model.rules.formulas import place, ranks
from model.score.baseline import Baseline, Standing, down_the_road
from model.score.levers import hindrances
from model.score.scenario import Counts, Scenario
from model.words.problems import Problem

_TINY = 1e-9
_TOGETHER = ("limited", "at_zero")  # what brings nothing alone may still bring something beside another lever


@dataclass(frozen=True)
class Means:
    """What a plan may use, by lever or group; whatever is not named keeps the edition's assumption.

    more {group: things still to come}, 0 for a group not named: levers move in whole things; None: continuously.
    efforts {lever: cost of one thing more, or of one percentage point where continuous}.
    kinds {lever: flow, mendable or stock}; still_open {lever: of what is done so far, may yet turn late}.
    bounds {lever: (lowest, highest rate)}, within which a lever without counts moves continuously; fixed: levers that
    stay where they are.
    beyond_pace: whether only things beyond those that keep the published rate cost effort.
    """

    more: Mapping[str, int] | None = None
    efforts: Mapping[str, float] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    still_open: Mapping[str, int] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    beyond_pace: bool = False


@dataclass(frozen=True)
class Plan:
    """A way to the wanted score, as the engine confirmed it; score in hundredths."""

    kind: str
    cost: float
    moves: Mapping[str, Move]
    score: float
    rank: float


@dataclass(frozen=True)
class Answer:
    """What it takes: reached, already_met or out_of_reach; needed and best score in hundredths.

    `binding` names the levers whose limit, relaxed alone, would improve the best reachable.
    """

    status: str
    needed: float
    plans: tuple[Plan, ...]
    best_score: float
    best_rank: float
    binding: tuple[str, ...]


def score_for_rank(peers: np.ndarray, rank: int) -> float:
    """The lowest score in hundredths that takes that rank among peers (n,): a tie shares the better rank."""
    known = np.sort(peers[~np.isnan(peers)])[::-1]
    if not 1 <= rank <= known.size + 1:
        raise Problem("plan_rank", value=rank, most=known.size + 1)
    return float(known[rank - 1]) if rank <= known.size else 0.0


def reaches(base: Baseline, unit: int, means: Means) -> tuple[dict[str, LeverRange], dict[str, str]]:
    """{lever: how far it reaches}, and {lever: why a plan leaves it alone}."""
    found, left_out = {}, hindrances(base, unit, Scenario())
    for lever in base.edition.levers:
        if left_out.get(lever.key) in (None, *_TOGETHER):
            left_out.pop(lever.key, None)
            reach = _reach(base, unit, lever, means)
            if isinstance(reach, str):
                left_out[lever.key] = reach
            else:
                found[lever.key] = reach
    return found, left_out


def answer(
    base: Baseline,
    unit: int,
    needed: float,
    means: Means,
    peers: np.ndarray | None = None,
    found: Mapping[str, LeverRange] | None = None,
) -> Answer:
    """What it takes for a unit to score `needed` hundredths among peers (n,), who stand still unless given.

    `found` is what `reaches` finds, where that is known. Raises Problem where the unit has no score.
    """
    peers = np.delete(base.standing.score, unit) if peers is None else peers
    now = float(base.standing.score[unit])
    if np.isnan(now):
        raise Problem("plan_no_score", unit=base.league.names[unit])
    found = reaches(base, unit, means)[0] if found is None else found
    best = float(outcome(base, unit, {key: reach.high for key, reach in found.items()}).score)
    binding = _binding(base, unit, found, best)
    status = "already_met" if now >= needed else "reached" if best >= needed else "out_of_reach"
    plans = _plans(base, unit, needed, found, peers) if status == "reached" else ()
    return Answer(status, needed, plans, best, float(place(np.array(best), peers)), binding)


def carried(base: Baseline, unit: int, came: Mapping[str, int], since: Mapping[str, float]) -> Baseline:
    """The baseline with what came to a unit since its figures, {group: things}, counted in; nobody else moves.

    It was done at the published rates, or at those of `since` {lever: rate}.
    """
    edition, anchors = base.edition, base.anchors
    levers, due, empty = anchors.levers.copy(), anchors.due.copy(), anchors.empty.copy()
    for i, lever in enumerate(edition.levers):
        more = came.get(lever.group, 0)
        if more <= 0 or np.isnan(due[unit, i]) or not comes(base, lever, lever.kind):
            continue
        before, all_ = due[unit, i], due[unit, i] + more
        if lever.key in since:
            levers[unit, i] = (levers[unit, i] * before + since[lever.key] * more) / all_
        due[unit, i], empty[unit, i] = all_, False
    moved = replace(base, anchors=replace(anchors, levers=levers, due=due, empty=empty))
    if not since:
        return moved
    now = down_the_road(edition, moved.anchors[unit], levers[unit])
    parts = {f.name: getattr(base.standing, f.name).copy() for f in fields(Standing)}
    for name, part in parts.items():
        part[unit] = getattr(now, name)
    standing = Standing(**parts)
    return replace(moved, standing=standing, rank=ranks(standing.score))


def scenario_of(plan: Plan, now: Mapping[str, float] | None = None) -> Scenario:
    """A plan as a scenario for the simulator: counts where it is in whole things, else rates.

    `now` {lever: rate} are those that stand elsewhere today than published, and go with it.
    """
    return Scenario(
        {
            **(now or {}),
            **{
                key: move.after if move.done is None or move.due is None else Counts(move.done, move.due)
                for key, move in plan.moves.items()
            },
        }
    )


def _reach(base: Baseline, unit: int, lever: Lever, means: Means) -> LeverRange | str:
    """How far a lever reaches, or why a plan leaves it alone."""
    key, better, i = lever.key, lever.better == "higher", base.edition.lever_index[lever.key]
    rate, due = float(base.anchors.levers[unit, i]), float(base.anchors.due[unit, i])
    if key in means.fixed:
        return LeverRange(lever, rate, rate, rate, 0.0)
    low, high = means.bounds.get(key, (min(rate, 0.0), 1.0))
    worst, end = (low, max(rate, high)) if better else (max(rate, high), min(rate, max(low, 0.0)))
    counted = better and not np.isnan(due) and not at_odds(base, unit, lever)  # a complaint is no thing to do more of
    if means.more is None or (key in means.bounds and not counted):
        return LeverRange(lever, rate, worst, end, means.efforts.get(key, 1.0))
    if not counted:
        return "no_counts" if better else "held"
    group = base.edition.groups[lever.group]
    kind, done = means.kinds.get(key, lever.kind), round(rate * due)
    more = means.more.get(lever.group, 0) if comes(base, lever, kind) else 0
    whole = int(due) + more
    first = max(1, ceil(rate * whole - done - _TINY))
    last = more if kind == "flow" else whole - done
    last = min(last, floor(high * whole - done + _TINY)) if key in means.bounds else last
    lowest = max(0, done - means.still_open.get(key, 0) if kind == "flow" else done) / whole
    if last < first or (done + last) / whole <= rate:
        return LeverRange(lever, rate, lowest, rate, 0.0)
    effort = means.efforts.get(key, float(group.get("effort", 1)))
    left = 0 if kind == "flow" else whole - more - done
    pace = max(0, floor(rate * whole - done + _TINY))
    counts = (done, whole, first, last, pace if means.beyond_pace else 0, pace, more, left, kind)
    return LeverRange(lever, rate, lowest, (done + last) / whole, effort, True, *counts)


def comes(base: Baseline, lever: Lever, kind: str) -> bool:
    """Whether things come to a lever of that kind: to all but stock, and to all that share one denominator."""
    return kind != "stock" or bool(base.edition.groups[lever.group].get("one_denominator"))


def at_odds(base: Baseline, unit: int, lever: Lever) -> bool:
    """Whether counts that should share one denominator don't."""
    members = [i for i, other in enumerate(base.edition.levers) if other.group == lever.group]
    due = base.anchors.due[unit, members]
    return bool(base.edition.groups[lever.group].get("one_denominator")) and np.unique(due[~np.isnan(due)]).size > 1


def outcome(base: Baseline, unit: int, rates: Mapping[str, float]) -> Standing:
    """Where levers at those rates lead a unit, all others as they are."""
    levers = base.anchors.levers[unit].copy()
    for key, rate in rates.items():
        levers[base.edition.lever_index[key]] = rate
    return down_the_road(base.edition, base.anchors[unit], levers)


def _binding(base: Baseline, unit: int, found: Mapping[str, LeverRange], best: float) -> tuple[str, ...]:
    """Levers whose limit, relaxed alone, would improve on the best reachable score."""
    top = {key: reach.high for key, reach in found.items()}
    ends = {key: 1.0 if reach.lever.better == "higher" else 0.0 for key, reach in found.items()}
    return tuple(
        key for key in found if top[key] != ends[key] and outcome(base, unit, top | {key: ends[key]}).score > best
    )


def _plans(
    base: Baseline, unit: int, needed: float, found: Mapping[str, LeverRange], peers: np.ndarray
) -> tuple[Plan, ...]:
    """Up to three plans that differ: least effort, fewest levers, most even."""
    gain = ceil(needed - float(base.standing.score[unit]))
    program = Search(base, unit, gain, {key: reach for key, reach in found.items() if reach.room > 0})
    plans: list[Plan] = []
    for kind in KINDS:
        moves = program.solved(kind)
        if moves is None or any(_no_better(kind, moves, plan.moves, found) for plan in plans):
            continue
        score = float(outcome(base, unit, {key: move.after for key, move in moves.items()}).score)
        if score >= needed:
            cost = sum(float(found[key].cost(np.array(move.after))) for key, move in moves.items())
            plans.append(Plan(kind, cost, moves, score, float(place(np.array(score), peers))))
    return tuple(plans)


def _no_better(kind: str, one: Mapping[str, Move], other: Mapping[str, Move], found: Mapping[str, LeverRange]) -> bool:
    """Whether a plan serves its own aim no better than another already does."""
    if kind == "fewest_levers":
        return len(one) >= len(other)
    shares = [max(abs(m.after - m.before) / found[key].room for key, m in moves.items()) for moves in (one, other)]
    return shares[0] > shares[1] - _TINY
