"""A history as plain figures for JSON: its tables, each unit's lines, who moved most, and how good forecasts were."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from model.peers.attribution import RankChange
from model.peers.expected import Fared, by_rules, fared, outlook
from model.peers.history import Measured
from model.peers.series import Series, change, crossings, judged, movers, pooled, steps
from model.words.problems import Problem

_MOVERS = 10  # units that are named
_FAR = 10**5  # days ahead beyond which no date need be written


def series_figures(row: Series, units: Sequence[int], days: float, language: str) -> dict[str, Any]:
    """A series as {tables, units, movers, measured, judged, bands}; points, not hundredths, null where not known.

    `units` are rows of the latest table; those who trade places with them are looked for within so many days, and their
    score is foretold for as many. judged: forecasts of ranks one table ahead; bands: of scores, all tables ahead.
    """
    return {
        "tables": [_table(row, i, language) for i in range(len(row.tables))],
        "units": [_unit(row, unit, days, language) for unit in units],
        "movers": [_mover(row, int(i)) for i in movers(row, row.since, _MOVERS)],
        "measured": _movement(row),
        "judged": {name: _forecasts(row, jumps) for name, jumps in (("with_jumps", True), ("without_jumps", False))},
        "bands": _bands(fared(row)),
    }


def _table(row: Series, i: int, language: str) -> dict[str, Any]:
    league = row.tables[i].league
    return {
        "league": league.key,
        "title": league.title.get(language, league.key),
        "as_of": row.days[i].isoformat(),
        "edition": row.tables[i].edition.key,
        "level": league.level,
        "period": league.period and league.period.kind,
        "repeats": i in row.repeats,
        "not_compared": row.breaks[i].text(language) if i in row.breaks else None,
    }


def _unit(row: Series, unit: int, days: float, language: str) -> dict[str, Any]:
    league = row.latest.league
    points, ranks = change(row, row.since)
    return {
        "unit_code": league.codes[unit],
        "unit_name": league.names[unit],
        "score": _listed(row.score[:, unit] / 100),
        "rank": _listed(row.rank[:, unit]),
        "components": {c.key: _listed(row.points(c.key)[:, unit] / 100) for c in row.latest.edition.components},
        "change": {"since": row.days[row.since].isoformat(), **_changed(points[unit], ranks[unit])},
        "steps": [_step(step, language) for step in steps(row, unit)],
        "expected": _expected(row, unit, days, language),
        "watch": [
            {
                "unit_code": league.codes[one.row],
                "unit_name": league.names[one.row],
                "gap": one.gap / 100,
                "points_a_day": one.pace / 100,
                "days": one.days,
            }
            for one in crossings(row, unit, days)
        ],
    }


def _expected(row: Series, unit: int, days: float, language: str) -> dict[str, Any]:
    """What the unit is expected to score in so many days, or as far ahead as is told; why where nothing is."""
    try:
        found = outlook(row, unit, row.days[-1] + timedelta(days=min(int(days), _FAR)))
    except Problem as why:
        return {"not_told": why.text(language)}
    names = ("p05", "p50", "p95")
    scores = (found.low, found.middle, found.high)
    return {"day": found.days[-1].isoformat(), "asked": found.by.isoformat()} | {
        name: _number(score[-1] / 100) for name, score in zip(names, scores, strict=True)
    }


def _bands(found: Sequence[Fared]) -> dict[str, Any]:
    """How many scores came to lie between the foretold 5 % and 95 %: by edition and level, and forecast by forecast."""
    return {
        "in_all": [
            {"edition": edition, "level": level, "inside": inside, "n": n, "share": inside / n}
            for (edition, level), (inside, n) in by_rules(found).items()
        ],
        "forecasts": [
            {"made": one.made.isoformat(), "came": one.came.isoformat(), "inside": one.inside, "n": one.n}
            for one in found
        ],
    }


def _step(step: RankChange | Problem, language: str) -> dict[str, Any]:
    if isinstance(step, Problem):
        return {"not_compared": step.text(language)}
    return rank_change(step)


def rank_change(step: RankChange) -> dict[str, Any]:
    """What a change of rank is made of, in ranks, below 0 for the better."""
    return {
        "from": step.before,
        "to": step.after,
        "own": {key: float(part) for key, part in step.own.items() if part},
        "risen": float(step.risen),
        "fallen": float(step.fallen),
        "came": float(step.came),
        "went": float(step.went),
        "ties": float(step.ties),
    }


def _mover(row: Series, i: int) -> dict[str, Any]:
    points, ranks = change(row, row.since)
    league = row.latest.league
    return {"unit_code": league.codes[i], "unit_name": league.names[i], **_changed(points[i], ranks[i])}


def _changed(points: float, ranks: float) -> dict[str, Any]:
    return {"score": _number(points / 100), "ranks_gained": _number(ranks)}


def _movement(row: Series) -> dict[str, Any] | None:
    try:
        found: Measured = pooled(row)
    except Problem:
        return None
    return {
        "steps": len(row.distinct) - 1,
        "days": found.days,
        "mean": found.mean,
        "spread": found.spread,
        "fell": [found.fell, found.could_fall],
        "rose": [found.rose, found.could_rise],
    }


def _forecasts(row: Series, jumps: bool) -> list[dict[str, Any]]:
    return [
        {"made": one.made.isoformat(), "came": one.came.isoformat(), "inside": one.inside, "n": one.n}
        for one in judged(row, jumps)
    ]


def _listed(values: np.ndarray) -> list[float | int | None]:
    return [_number(value) for value in values]


def _number(value: float) -> float | int | None:
    """A figure, whole where it is, null where missing."""
    if np.isnan(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 2)
