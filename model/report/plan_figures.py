"""Plans and chances as plain figures for JSON: points, not hundredths, and null where nothing is known."""

from collections.abc import Callable, Mapping
from typing import Any

from model.peers.calendar import Clock, days
from model.peers.chances import Chances, Forecast, rank_chances
from model.peers.forecast import PeerMovement, forecast
from model.peers.history import measures
from model.plan.best import Best, in_all
from model.plan.plan import Answer, Plan
from model.report.score_figures import points, whole
from model.score.baseline import Baseline

Chance = Callable[[float, int | None], float | None]  # of a score in hundredths to be enough for a rank
_RANKS = (1, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000, 2000, 3000)  # of which the chance is told
_CURVE = 100  # points of the curve, about


def answer_figures(
    base: Baseline, unit: int, found: Answer, rank: int | None, time: Clock | None, chance: Chance
) -> dict[str, Any]:
    """What it takes to reach a rank or a score, and the chance of the target and of each plan."""
    return {
        "chance": chance(found.needed, rank),
        "status": found.status,
        "needed_score": points(found.needed),
        "plans": [_plan(base, unit, plan, time) | {"chance": chance(plan.score, rank)} for plan in found.plans],
        "best_reachable": {"score": points(found.best_score), "rank": whole(found.best_rank)},
        "binding": list(found.binding),
    }


def best_figures(
    base: Baseline, unit: int, found: Best, effort: float, time: Clock | None, chance: Chance
) -> dict[str, Any]:
    """The highest that an effort a week takes a unit, the curve of score against effort and its bends."""
    step, plan = max(1, found.scores.size // _CURVE), found.plan
    return {
        "chance": chance(plan.score, int(plan.rank)),
        "effort_a_week": effort,
        "effort": in_all(effort, time.weeks if time else 1.0),
        **{key: value for key, value in _plan(base, unit, plan, time).items() if key != "kind"},
        "curve": [
            {"effort": float(cost), "score": points(score)}
            for cost, score in zip(found.efforts[::step], found.scores[::step], strict=True)
        ],
        "bends": [
            {"effort": bend.effort, "score": points(bend.score), "next": list(bend.levers)} for bend in found.bends
        ],
    }


def chances_figures(found: Chances, scores: Mapping[int, Mapping[float, float | None]]) -> dict[str, Any]:
    """How likely each rank is, and {rank: {chance: the score for it}}."""
    ranks = [rank for rank in _RANKS if rank < found.pmf.size] + [found.pmf.size]
    return {
        "rank": {
            "most_likely": found.most_likely,
            **{f"p{percent:02}": found.quantile(percent / 100) for percent in (5, 50, 95)},
        },
        "at_most": {str(rank): found.at_most(rank) for rank in ranks},
        "score_for": {
            str(rank): {str(p): None if score is None else points(score) for p, score in row.items()}
            for rank, row in scores.items()
        },
    }


def chance_of(base: Baseline, unit: int, time: Clock | None) -> Chance:
    """The chance that a score in hundredths is enough for a rank, as the others may move until the deadline.

    Our own score moves like theirs, but for a first petition, which is no average but a loss. None for no rank: nobody
    else moves our own score; nor where nothing tells how they move so far.
    """
    measure = measures().get((base.edition.key, base.league.level))
    ahead = 0 if measure is None else measure.days if time is None else days(base.league, time.by)
    if measure is None or ahead > measure.reach:
        return lambda score, rank: None
    peers = forecast(base, PeerMovement("uncertain", jumps=True), ahead).without(unit)

    spread = float(peers.spread.max(initial=0.0))

    def chance(score: float, rank: int | None) -> float | None:
        return None if rank is None else rank_chances(base.edition, peers, Forecast.of(score, spread)).at_most(rank)

    return chance


def _plan(base: Baseline, unit: int, plan: Plan, time: Clock | None) -> dict[str, Any]:
    sources, at = base.anchors.source[unit], base.edition.lever_index
    return {
        "kind": plan.kind,
        "cost": plan.cost,
        "levers": {
            key: {
                "from": move.before,
                "source": str(sources[at[key]]),
                "to": move.after,
                "more": move.more,
                "arriving": move.arriving or None,
                "open": None if move.more is None else move.open,
                "per_week": None if time is None else move.per_week(time.weeks),
            }
            for key, move in plan.moves.items()
        },
        "score": points(plan.score),
        "rank": whole(plan.rank),
    }
