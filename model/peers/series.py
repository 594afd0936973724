"""A series: the dated tables of one league in a row, what changed between them, and where they can't be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from model.peers.attribution import RankChange, between
from model.peers.calibration import calibration
from model.peers.history import STRETCH, Measured, days_between, default, measured, measures, refuse_beyond, trends
from model.score.baseline import Baseline
from model.words.problems import Problem


@dataclass(frozen=True, eq=False)
class Series:
    """Dated tables of one league, oldest first, along the units of the latest.

    rows (k, n): each unit's row in every table, −1 where it has none. breaks {i: reason}: why table i is not compared
    with the one before. repeats: tables that only give again the figures of the one before.
    """

    tables: tuple[Baseline, ...]
    rows: np.ndarray
    breaks: dict[int, Problem]
    repeats: frozenset[int]

    @property
    def latest(self) -> Baseline:
        """The newest table."""
        return self.tables[-1]

    @property
    def days(self) -> tuple[date, ...]:
        """The day of each table's figures, rising."""
        return tuple(_day(table) for table in self.tables)

    @cached_property
    def score(self) -> np.ndarray:
        """Scores in hundredths, shape (k, n); nan where missing."""
        return np.array(
            [_along(table.standing.score, rows) for table, rows in zip(self.tables, self.rows, strict=True)]
        )

    @cached_property
    def rank(self) -> np.ndarray:
        """Ranks, shape (k, n); nan where missing."""
        return np.array([_along(table.rank, rows) for table, rows in zip(self.tables, self.rows, strict=True)])

    def points(self, component: str) -> np.ndarray:
        """A component's hundredths, shape (k, n); nan where missing, or where an edition has no such component."""
        return np.array(
            [
                _along(table.standing.components[:, table.edition.component_index[component]], rows)
                if component in table.edition.component_index
                else np.full(rows.size, np.nan)
                for table, rows in zip(self.tables, self.rows, strict=True)
            ]
        )

    @property
    def since(self) -> int:
        """The first table that all later ones can be compared with."""
        return max(self.breaks, default=0)

    @property
    def stretches(self) -> tuple[tuple[int, ...], ...]:
        """The tables from each break to the next, those that only repeat the one before left out."""
        starts = (0, *sorted(self.breaks), len(self.tables))
        return tuple(
            tuple(i for i in range(one, other) if i == one or i not in self.repeats)
            for one, other in zip(starts, starts[1:], strict=False)
        )

    @property
    def distinct(self) -> tuple[int, ...]:
        """The tables since the last break that bring figures of their own."""
        return self.stretches[-1]


@dataclass(frozen=True)
class Crossing:
    """A peer's row of the latest table that trades places with us if all go on as they did; `days` until then."""

    row: int
    gap: float  # hundredths that it stands above us, below 0 behind
    pace: float  # hundredths a day by which it gains on us
    days: float


@dataclass(frozen=True)
class Judged:
    """A forecast beside what came: how many of `n` units' ranks lay in the interval foretold for them with 90 %."""

    made: date
    came: date
    inside: int
    n: int


@dataclass(frozen=True, eq=False)
class Past:
    """What earlier tables tell of a league: the one before it, and how units moved over all `n` of them, if they do.

    `first` is the oldest that it can be compared with, `days` before it.
    """

    table: Baseline
    first: Baseline
    days: int
    measure: Measured | None
    n: int

    @property
    def reach(self) -> int:
        """The most days that a trend since the first table is taken to go on (`history.Measured.reach`)."""
        return STRETCH * self.days


def past(row: Series) -> Past | None:
    """What the tables since the last break tell of the latest; None where there is no other."""
    if len(row.distinct) < 2:
        return None
    try:
        measure = pooled(row)
    except Problem:
        measure = None
    first = row.distinct[0]
    days = (row.days[-1] - row.days[first]).days
    return Past(row.tables[row.distinct[-2]], row.tables[first], days, measure, len(row.distinct))


def measure_of(base: Baseline, before: Past | None, ahead: float) -> Measured:
    """How units move within so many days: as its own history tells, or where that is too short as `history.default`.

    Raises Problem where nothing was measured, or over too few days to tell of so many (`history.Measured.reach`).
    """
    own = None if before is None else before.measure
    known = [one for one in (own, measures().get((base.edition.key, base.league.level))) if one is not None]
    if not known:
        return default(base)
    longest = max(known, key=lambda one: one.reach)
    found = next((one for one in known if ahead <= one.reach), longest)
    refuse_beyond(found.days, ahead)
    return found


def series(tables: Sequence[Baseline]) -> Series:
    """The tables in the order of their days.

    Raises Problem for a table without a day, two of one day, or one that shares no unit with the latest.
    """
    for table in tables:
        _day(table)
    ordered = sorted(tables, key=_day)
    for one, other in zip(ordered, ordered[1:], strict=False):
        if _day(one) == _day(other):
            raise Problem("series_same_day", one=one.league.title, other=other.league.title, day=_day(one))
    codes = ordered[-1].league.codes
    rows = []
    for table in ordered:
        at = {code: i for i, code in enumerate(table.league.codes)}
        rows.append([at.get(code, -1) for code in codes])
        if max(rows[-1], default=-1) < 0:
            raise Problem("series_other_league", one=table.league.title, other=ordered[-1].league.title)
    breaks, repeats = {}, set()
    for i in range(1, len(ordered)):
        earlier, later = ordered[i - 1], ordered[i]
        try:
            days_between(earlier, later)
        except Problem as why:
            breaks[i] = why
        else:
            if _same_figures(earlier, later):
                repeats.add(i)
    return Series(tuple(ordered), np.array(rows, dtype=int), breaks, frozenset(repeats))


def change(row: Series, since: int) -> tuple[np.ndarray, np.ndarray]:
    """Hundredths and ranks gained by each unit from a table to the latest, (n,) each, nan where unknown.

    Ranks are gained upwards. Raises Problem where a break lies between.
    """
    for i in sorted(row.breaks):
        if i > since:
            raise row.breaks[i]
    return row.score[-1] - row.score[since], row.rank[since] - row.rank[-1]


def movers(row: Series, since: int, most: int) -> np.ndarray:
    """Rows of the units whose rank moved most since a table, the farthest first; raises Problem as `change` does."""
    points, ranks = change(row, since)
    moved = np.flatnonzero(np.nan_to_num(ranks) != 0)
    return moved[np.lexsort((moved, -np.abs(points[moved]), -np.abs(ranks[moved])))][:most]


def steps(row: Series, unit: int) -> tuple[RankChange | Problem, ...]:
    """What moved a unit's rank from each table to the next, or why that can't be told."""
    found: list[RankChange | Problem] = []
    for i in range(1, len(row.tables)):
        try:
            found.append(between(row.tables[i - 1], row.tables[i], int(row.rows[i][unit])))
        except Problem as why:
            found.append(why)
    return tuple(found)


def crossings(row: Series, unit: int, days: float) -> tuple[Crossing, ...]:
    """Who trades places with a unit within so many days if everyone goes on as since the last break [A], soonest first.

    Petition jumps are no trend (`history.trends`). Empty where there is nothing to take a pace from.
    """
    first = row.distinct[0]
    if len(row.distinct) < 2:
        return ()
    pace, score = trends(row.tables[first], row.latest), row.latest.standing.score
    gap, gain = score - score[unit], pace - pace[unit]
    with np.errstate(divide="ignore", invalid="ignore"):
        when = -gap / gain
    near = np.flatnonzero((when > 0) & (when <= days) & (gap * gain < 0))
    return tuple(
        Crossing(int(i), float(gap[i]), float(gain[i]), float(when[i]))
        for i in near[np.argsort(when[near], kind="stable")]
    )


def pooled(row: Series) -> Measured:
    """How units moved over all steps since the last break, repeated tables left out.

    Means and variances add up over the days, and so do jumps, of the units that could at a time (on average) [A: each
    step independent of the others]. Of a single step it is `history.measured`.
    Raises Problem where there is no step, and as `history.measured` does.
    """
    return added(moves(row, row.distinct), row.latest)


def moves(row: Series, chosen: Sequence[int]) -> tuple[Measured, ...]:
    """How units moved from each of the chosen tables to the next; raises Problem as `history.measured` does."""
    return tuple(measured(row.tables[one], row.tables[other]) for one, other in zip(chosen, chosen[1:], strict=False))


def judged(row: Series, jumps: bool) -> tuple[Judged, ...]:
    """Every forecast that could have been made from the tables before a day, beside what that day brought.

    The movement is that of the steps until then, or what was measured elsewhere of the edition and level; where neither
    is at hand there was no forecast.
    """
    found = []
    for at, (before, after) in enumerate(zip(row.distinct, row.distinct[1:], strict=False)):
        try:
            steps = moves(row, row.distinct[: at + 1])
            measure = added(steps, row.tables[before]) if steps else default(row.tables[before])
            seen = calibration(row.tables[before], row.tables[after], jumps, measure)
        except Problem:
            continue
        inside = int(((seen.low <= seen.rank) & (seen.rank <= seen.high)).sum())
        found.append(Judged(_day(row.tables[before]), _day(row.tables[after]), inside, seen.rank.size))
    return tuple(found)


def added(some: Sequence[Measured], latest: Baseline) -> Measured:
    """Steps one after the other as one measure, as `pooled` does; raises Problem where there is none."""
    if not some:
        raise Problem("series_short")
    can_fall, can_rise = (
        round(sum(counts) / len(some)) for counts in zip(*((m.could_fall, m.could_rise) for m in some), strict=True)
    )
    return Measured(
        days=sum(one.days for one in some),
        mean=sum(one.mean for one in some),
        spread=float(np.sqrt(sum(one.spread**2 for one in some))),
        fell=min(can_fall, sum(one.fell for one in some)),
        could_fall=can_fall,
        rose=min(can_rise, sum(one.rose for one in some)),
        could_rise=can_rise,
        source=latest.league.source,
        place=latest.league.title,
    )


def _day(table: Baseline) -> date:
    """The day of a table's figures; raises Problem where it has none."""
    found = table.league.period.last if table.league.period else table.league.as_of
    if found is None:
        raise Problem("series_no_day", name=table.league.title)
    return found


def _along(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.where(rows >= 0, values[rows], np.nan)


def _same_figures(earlier: Baseline, later: Baseline) -> bool:
    """Whether two tables of the same units give the same points and counts."""
    if earlier.league.codes != later.league.codes:
        at = {code: i for i, code in enumerate(earlier.league.codes)}
        if set(at) != set(later.league.codes):
            return False
        rows = np.array([at[code] for code in later.league.codes])
    else:
        rows = np.arange(len(later.league.codes))
    pairs = (
        (earlier.standing.score, later.standing.score),
        (earlier.standing.components, later.standing.components),
        (earlier.anchors.levers, later.anchors.levers),
    )
    return all(one.shape == other.shape and np.array_equal(one[rows], other, equal_nan=True) for one, other in pairs)
