"""A plan's progress as plain figures for JSON: where the unit stands, every line and its weekly path, in words too."""

from typing import Any

import numpy as np

from model.peers.attribution import RankChange
from model.plan.track import Place, Track, score_path, weeks
from model.plan.track_lines import STATES, Tracked, path
from model.report.papers.plan_paper import line_name
from model.report.series_figures import rank_change
from model.report.track_said import reason, sentences
from model.words.problems import Problem
from model.words.texts import Words


def track_figures(found: Track, t: Words) -> dict[str, Any]:
    """A track as JSON has it: points, not hundredths, rates from 0 to 1, null where nothing is known."""
    plan, days = found.plan, weeks(found.plan)
    rates = path(plan, days, found.now)
    return {
        "unit_code": plan.unit if found.unit is None else found.now.league.codes[found.unit],
        "unit_name": plan.unit_name if found.unit is None else found.now.league.names[found.unit],
        "plan": {
            "figures": _day(plan.figures),
            "today": _day(plan.today),
            "by": _day(plan.by),
            "rank": plan.rank,
            "score": plan.score,
        },
        "as_of": _day(found.day),
        "today": _day(found.today),
        "not_compared": [why.text(t.language) for why in found.limits],
        "notes": [note.text(t.language) for note in found.notes],
        "standing": {name: _place(getattr(found, name)) for name in ("start", "actual", "path", "planned")},
        "states": {state: found.count(state) for state in STATES},
        "lines": [_line(found, one, t) for one in found.lines],
        "weekly": [
            {"day": day.isoformat(), "score": _points(score), "lines": [_number(rate) for rate in rates[:, i]]}
            for i, (day, score) in enumerate(zip(days, score_path(found, days), strict=True))
        ],
        "rank_moved": _moved(found.moved, t),
        "said": sentences(found, t),
    }


def _line(found: Track, one: Tracked, t: Words) -> dict[str, Any]:
    line = one.line
    return {
        "key": line.key,
        "name": line_name(found.now, line, t) if line.name or one.reason != "unknown" else line.key,
        "state": one.state,
        "reason": one.reason,
        "text": reason(found, one, t),
        "by": _day(line.by or found.plan.by),
        "before": line.before,
        "target": line.target,
        "path": _number(one.path),
        "actual": _number(one.actual),
        "source": one.source or None,
        "done": one.done,
        "due": one.due,
        "expected": one.expected,
        "left": one.left,
        "possible": one.possible,
        "arriving": one.arriving,
        "weeks": _number(one.weeks),
        "a_week": one.a_week,
        "arriving_a_week": _number(one.arriving_a_week),
        "more_a_week": one.more_a_week,
        "planned_more_a_week": one.planned,
        "step_a_week": _number(one.step),
    }


def _moved(moved: RankChange | Problem | None, t: Words) -> dict[str, Any] | None:
    if moved is None or isinstance(moved, Problem):
        return None if moved is None else {"not_compared": moved.text(t.language)}
    return rank_change(moved)


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"score": _points(place.score), "rank": None if np.isnan(place.rank) else int(place.rank)}


def _points(hundredths: float) -> float | None:
    return None if np.isnan(hundredths) else float(hundredths) / 100


def _number(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
