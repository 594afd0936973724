"""What one has decided to do: a planner's answer or a scenario taken over, line by line, with owner and date."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor

import numpy as np

from model.plan.plan import Plan, at_odds
from model.rules.edition import Edition
from model.score.baseline import Baseline
from model.score.scenario import Counts, Effect, Scenario, Value, effect, resolved
from model.words.problems import Problem

TAKES = ("yes", "maybe", "no")  # whether a line is to be done
LETTERS = 2000  # of a text that somebody writes into a plan
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: a lever or a component with its target, or with no `key` a task of one's own words.

    before, target: rates, of a component points; None where not known or not stated. due, start: where the target is
    in whole things, how many there are at the deadline, and how many of them are done without doing more.
    unread {field: text}: what was written into a field and can't be read, kept as it was written.
    """

    key: str = ""
    name: str = ""
    before: float | None = None
    target: float | None = None
    due: int | None = None
    start: int | None = None
    owner: str = ""
    beside: str = ""
    by: date | None = None
    note: str = ""
    take: str = "yes"
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def done(self) -> int | None:
        """Things done at the deadline; None where the target is in no whole things."""
        return None if self.target is None or self.due is None else round(self.target * self.due)

    @property
    def more(self) -> int | None:
        """Things to do beyond what goes on by itself; below 0 where fewer are wanted."""
        return None if self.done is None or self.start is None else self.done - self.start

    @property
    def value(self) -> Value | None:
        """What the line supposes, as a scenario does."""
        return self.target if self.done is None or self.due is None else Counts(self.done, self.due)


@dataclass(frozen=True, kw_only=True)
class ActionPlan:
    """What one unit has decided to do from a day until a deadline, and the score or rank wanted, in points.

    level, period: of its league, the kind of the period; "" where not known.
    """

    edition: str
    league: str
    unit: str
    unit_name: str
    level: str = ""
    period: str = ""
    figures: date | None = None
    today: date | None = None
    by: date | None = None
    rank: int | None = None
    score: float | None = None
    lines: tuple[Line, ...] = ()

    @property
    def weeks(self) -> float | None:
        """Weeks from the first day to the deadline; None where one of them is not known."""
        return None if self.today is None or self.by is None else (self.by - self.today).days / 7

    def per_week(self, line: Line) -> int | None:
        """Things to do in a week, rounded up, until the line's own date where it has one; None where not known."""
        until = line.by or self.by
        if line.more is None or self.today is None or until is None:
            return None
        quota = ceil(abs(line.more) / max(1.0, (until - self.today).days / 7) - _TINY)
        return quota if line.more >= 0 else -quota

    def scenario(self, takes: Collection[str] = ("yes",)) -> Scenario:
        """What the lines that are to be done suppose together."""
        rows = ((line.key, line.value) for line in self.lines if line.key and line.take in takes)
        return Scenario({key: value for key, value in rows if value is not None})


def taken_plan(
    base: Baseline,
    unit: int,
    plan: Plan,
    today: date,
    by: date | None = None,
    rank: int | None = None,
    score: float | None = None,
) -> ActionPlan:
    """A planner's answer taken over as one's own; a wanted score is in hundredths."""
    lines = tuple(
        Line(
            key=key,
            before=move.before,
            target=move.after,
            due=move.due if move.done is not None else None,
            start=None if move.done is None or move.more is None else move.done - move.more,
            by=by,
        )
        for key, move in plan.moves.items()
    )
    return _made(base, unit, lines, today, by, rank, score)


def taken_scenario(base: Baseline, unit: int, scenario: Scenario, today: date, by: date | None = None) -> ActionPlan:
    """A scenario taken over as one's own, in whole things where there are any to do; raises Problem as it does."""
    resolved(base, unit, scenario)
    lines = tuple(_line(base, unit, key, value, by) for key, value in scenario.changes.items())
    return _made(base, unit, lines, today, by)


def outcome(
    base: Baseline, unit: int, plan: ActionPlan, takes: Collection[str] = ("yes",)
) -> tuple[Effect, list[Problem]]:
    """What the lines to be done bring, peers standing still, and why some of them can't be counted."""
    counted, problems = Scenario(), list[Problem]()
    for key, value in plan.scenario(takes).changes.items():
        try:
            wider = counted.with_(key, value)
            resolved(base, unit, wider)
            counted = wider
        except Problem as problem:
            problems.append(problem)
    return effect(base, unit, counted), problems


def component_of(edition: Edition, key: str) -> int | None:
    """The place of the component that a line is of: its own criterion's, or the first that it moves."""
    if key in edition.component_index:
        return edition.component_index[key]
    moved = edition.moved_by(key) if key in edition.lever_index else ()
    own = [c for c in moved if c.key == key] or list(moved)
    return edition.component_index[own[0].component] if own else None


def tidy(text: str) -> str:
    """A text as a plan keeps it: letters composed, one space between words, nothing that nobody sees, not too long."""
    seen = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", seen).strip()[:LETTERS].strip()


def _made(
    base: Baseline,
    unit: int,
    lines: tuple[Line, ...],
    today: date,
    by: date | None,
    rank: int | None = None,
    score: float | None = None,
) -> ActionPlan:
    league = base.league
    return ActionPlan(
        edition=base.edition.key,
        league=league.key,
        unit=league.codes[unit],
        unit_name=tidy(league.names[unit]),
        level=league.level,
        period=league.period.kind if league.period else "",
        figures=league.period.last if league.period else league.as_of,
        today=today,
        by=by,
        rank=rank,
        score=None if score is None else score / 100,
        lines=lines,
    )


def _line(base: Baseline, unit: int, key: str, value: Value, by: date | None) -> Line:
    """One change of a scenario: a rate of things that can be done is raised to the next whole one."""
    edition = base.edition
    if key in edition.component_index:
        now = float(base.standing.components[unit, edition.component_index[key]]) / 100
        return Line(key=key, before=_known(now), target=float(value) if isinstance(value, float) else None, by=by)
    i = edition.lever_index[key]
    rate, due = float(base.anchors.levers[unit, i]), float(base.anchors.due[unit, i])
    past = edition.levers[i].kind == "flow"  # what came late stays late: no number of things would mend it
    if isinstance(value, Counts):
        start = None if past else 0 if np.isnan(due) else round(rate * due)
        target = value.done / value.due if value.due else None
        return Line(key=key, before=_known(rate), target=target, due=value.due or None, start=start, by=by)
    if past or np.isnan(due) or not due or at_odds(base, unit, edition.levers[i]):
        return Line(key=key, before=_known(rate), target=value, by=by)
    whole = ceil(value * due - _TINY) if edition.levers[i].better == "higher" else floor(value * due + _TINY)
    return Line(key=key, before=rate, target=whole / int(due), due=int(due), start=round(rate * due), by=by)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
