"""Scores and what-ifs as plain figures for JSON: points, not hundredths, and null where nothing is known."""

from typing import Any

import numpy as np

from model.rules.formulas import band
from model.score.baseline import Baseline, Standing
from model.score.scenario import Effect, Scenario, resolved


def league_figures(base: Baseline) -> dict[str, Any]:
    """Every unit of a league: {edition, league, units}."""
    ties = _ties(base.standing.score)
    units = [
        _unit(base, i, _at(base.standing, i), base.rank[i], ties[i], base.anchors.levers[i])
        for i in range(len(base.league.codes))
    ]
    return {"edition": base.edition.key, "league": base.league.key, "units": units}


def effect_figures(base: Baseline, unit: int, scenario: Scenario, effect: Effect) -> dict[str, Any]:
    """One unit before and after a scenario, whom it overtakes and who is next.

    Raises Problem as `scenario.resolved` does.
    """
    now, then = base.anchors.levers[unit], resolved(base, unit, scenario)[0]
    moved = effect.after.components - effect.before.components
    return {
        "unit_code": base.league.codes[unit],
        "baseline": _unit(base, unit, effect.before, effect.rank_before, effect.tied_before, now),
        "scenario": _unit(base, unit, effect.after, effect.rank_after, effect.tied_after, then),
        "change": {
            "score": points(effect.after.score - effect.before.score),
            "rank": whole(effect.rank_after - effect.rank_before),
            "components": {c.key: points(moved[i]) for i, c in enumerate(base.edition.components)},
        },
        "overtaken": [base.league.codes[i] for i in effect.overtaken],
        "next_above": next((_next(base, i, effect.gap) for i in effect.next_above), None),
    }


def points(value: float) -> float | None:
    """Hundredths as points."""
    return None if np.isnan(value) else float(value) / 100


def whole(value: float) -> int | None:
    """A rank or a number of places as a whole number."""
    return None if np.isnan(value) else int(value)


def _next(base: Baseline, i: int, gap: float) -> dict[str, Any]:
    return {
        "unit_code": base.league.codes[i],
        "unit_name": base.league.names[i],
        "score": points(base.standing.score[i]),
        "gap": points(gap),
    }


def _unit(
    base: Baseline, i: int, standing: Standing, rank: float, tied: tuple[int, ...], levers: np.ndarray
) -> dict[str, Any]:
    found = band(base.edition, float(standing.score))
    return {
        "unit_code": base.league.codes[i],
        "unit_name": base.league.names[i],
        "score": points(float(standing.score)),
        "published_score": points(base.league.published_score[i]),
        "rank": whole(rank),
        "tied_with": [base.league.codes[j] for j in tied],
        "band": found and found.key,
        "components": {
            c.key: {
                "points": points(standing.components[k]),
                "published": points(base.league.published[i, k]),
                "source": _source(base, i, k),
                "modelled": points(standing.modelled[k]),
            }
            for k, c in enumerate(base.edition.components)
        },
        "criteria": {c.key: points(standing.criteria[k]) for k, c in enumerate(base.edition.criteria)},
        "levers": _levers(base, i, levers),
    }


def _levers(base: Baseline, i: int, levers: np.ndarray) -> dict[str, Any]:
    """The known rates of a unit, the interval that rounding leaves an implied one, and where each comes from."""
    at, told = base.anchors[i], {}
    for j, lever in enumerate(base.edition.levers):
        rate, same = float(levers[j]) + 0.0, levers[j] == at.levers[j]
        if not np.isnan(rate):
            low, high = (float(at.low[j]) + 0.0, float(at.high[j]) + 0.0) if same else (rate, rate)
            source = str(at.source[j]) if same else "supposed"
            told[lever.key] = {"rate": rate, "low": low, "high": high, "source": source}
    return told


def _source(base: Baseline, i: int, k: int) -> str | None:
    """Where a unit's points of a component are from: published, derived from the total, modelled; None if unknown."""
    if np.isnan(base.league.published[i, k]):
        return None if np.isnan(base.anchors.published[i, k]) else "modelled"
    return "derived" if base.edition.components[k].key in base.league.derived else "published"


def _at(standing: Standing, i: int) -> Standing:
    return Standing(standing.criteria[i], standing.modelled[i], standing.components[i], standing.score[i])


def _ties(scores: np.ndarray) -> list[tuple[int, ...]]:
    """For each unit, the others of the same score."""
    groups: dict[float, list[int]] = {}
    for i, score in enumerate(scores):
        if not np.isnan(score):
            groups.setdefault(float(score), []).append(i)
    return [tuple(j for j in groups.get(float(score), []) if j != i) for i, score in enumerate(scores)]
