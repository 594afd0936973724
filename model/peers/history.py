"""Histories: two dated leagues of one edition and one kind of period, and how the units moved between them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from model.rules.edition import Edition, Words
from model.score.baseline import Baseline, Standing
from model.score.scenario import Scenario, dues, standing
from model.table.league import LEVEL_NAMES, PERIOD_NAMES, League
from model.words.problems import Problem

STRETCH = 4  # times the days measured that a movement is taken to go on at most [A]: `Measured.reach`
_SHARED = 0.8  # of the units, that two tables of one league have in common at least


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How much scores moved in so many days: mean and spread in points of the units that did not jump.

    `fell` of `could_fall` units lost all petition points, `rose` of `could_rise` won them back.
    """

    days: int
    mean: float
    spread: float
    fell: int
    could_fall: int
    rose: int
    could_rise: int
    source: Words
    place: Words = field(default_factory=dict)

    @property
    def reach(self) -> int:
        """The most days ahead of which this tells anything, `STRETCH` times those measured [A].

        The spread told grows with the square root of the time, an error of the pace, which no spread holds, with the
        time itself. A pace wrong by half the spread moves everyone, at four times the days measured, as far as all the
        spread that is told; beyond, the formula says more than the figures.
        """
        return STRETCH * self.days

    def drift(self, days: float) -> float:
        """The points by which a unit is expected to rise within so many days, each day like the next [A]."""
        return self.mean * max(0.0, days) / self.days

    def over(self, days: float) -> tuple[float, float, float]:
        """Spread in points, chance to fall and chance to rise within so many days.

        Scaled as if each day were like the next and independent of it [A]: spread √(days / measured days), chances
        1 − (1 − p)^(days / measured days). A jump back within the time is left out.
        """
        share = max(0.0, days) / self.days
        chances = (_share(self.fell, self.could_fall), _share(self.rose, self.could_rise))
        down, up = (1 - (1 - chance) ** share for chance in chances)
        return self.spread * float(np.sqrt(share)), down, up


def default(base: Baseline) -> Measured:
    """What is assumed for a league without a history: what was measured once of its edition and level.

    Raises Problem where that never was: another's movement is no measure of it.
    """
    found = measures().get((base.edition.key, base.league.level))
    if found is None:
        raise Problem("movement_unmeasured", edition=base.edition.title, level=LEVEL_NAMES[base.league.level])
    return found


@cache
def measures() -> dict[tuple[str, str], Measured]:
    """What was measured, by edition and level."""
    return {
        (edition, table["level"]): Measured(
            days=table["days"],
            mean=table["mean"],
            spread=table["spread"],
            fell=table["fell"]["units"],
            could_fall=table["fell"]["of"],
            rose=table["rose"]["units"],
            could_rise=table["rose"]["of"],
            source=table["source"],
            place=table["place"],
        )
        for table in _file()["tables"]
        for edition in table["editions"]
    }


def refuse_beyond(measured_days: int, ahead: float) -> None:
    """Nothing; raises Problem where what was measured over so many days is asked of more ahead than it tells of."""
    if ahead > STRETCH * measured_days:
        raise Problem(
            "movement_far", days=measured_days, times=STRETCH, reach=STRETCH * measured_days, ahead=int(ahead)
        )


def days_between(earlier: Baseline, later: Baseline) -> int:
    """Days from one table to the other, above 0.

    Raises Problem unless both share one edition, one level and one kind of period and are dated one after the other.
    """
    if earlier.edition.key != later.edition.key:
        raise Problem("history_edition", one=earlier.edition.title, other=later.edition.title)
    if earlier.league.level != later.league.level:
        raise Problem("history_level", one=LEVEL_NAMES[earlier.league.level], other=LEVEL_NAMES[later.league.level])
    kinds = [b.league.period.kind if b.league.period else "" for b in (earlier, later)]
    if kinds[0] != kinds[1]:
        raise other_period(*kinds)
    first, last = (b.league.period.last if b.league.period else b.league.as_of for b in (earlier, later))
    if first is None or last is None or last <= first:
        raise Problem("history_dates", one=first or "–", other=last or "–")
    return (last - first).days


def matched(earlier: Baseline, later: Baseline) -> np.ndarray:
    """The row in the earlier table of every unit of the later one, by code, shape (n,); −1 where it has none."""
    rows = {code: i for i, code in enumerate(earlier.league.codes)}
    return np.array([rows.get(code, -1) for code in later.league.codes], dtype=int)


def measured(earlier: Baseline, later: Baseline) -> Measured:
    """How the units that both tables score have moved; a jump is a move of over half the petition points.

    Raises Problem as `days_between` does, and where fewer than two units did not jump.
    """
    days, rows = days_between(earlier, later), matched(earlier, later)
    change, jump = _changes(earlier, later)
    steady = change[~np.isnan(change) & (jump == 0)] / 100
    if steady.size < 2:
        raise Problem("history_few")
    known = (rows >= 0) & ~np.isnan(change)
    can_fall, can_rise = (able[rows] & known for able in jumpers(earlier))
    return Measured(
        days=days,
        mean=float(steady.mean()),
        spread=float(steady.std(ddof=1)),
        fell=int((can_fall & (jump < 0)).sum()),
        could_fall=int(can_fall.sum()),
        rose=int((can_rise & (jump > 0)).sum()),
        could_rise=int(can_rise.sum()),
        source=later.league.source,
        place=later.league.title,
    )


def trends(earlier: Baseline, later: Baseline) -> np.ndarray:
    """Hundredths a day that each unit of the later table has moved, shape (n,); 0 where it has no earlier score.

    A jump of the petition points is no trend and is left out [A]. Raises Problem as `days_between` does.
    """
    days = days_between(earlier, later)
    change, jump = _changes(earlier, later)
    return np.where(np.isnan(change), 0.0, change - jump) / days


def jump_size(edition: Edition) -> float:
    """The hundredths that hang on petitions: what a first one, left unanswered, costs."""
    _, criteria = _petitions(edition)
    return float(100 * edition.max_points[criteria].sum())


def jumpers(base: Baseline) -> tuple[np.ndarray, np.ndarray]:
    """Which units can lose all petition points, having had no petition, and which can win all back, (n,) each.

    Where a commune's petitions are not reported, by its component's points: at least as many, or room for as many [A].
    Other units have too many petitions for one to weigh so much [A].
    """
    return _jumpers(base, base.standing, base.anchors.empty)


def jumper(base: Baseline, unit: int, scenario: Scenario) -> tuple[bool, bool]:
    """Whether one unit can lose them or win them back under a scenario; raises Problem as `scenario.resolved` does."""
    fall, rise = _jumpers(base, standing(base, unit, scenario), dues(base, unit, scenario) == 0)
    return bool(fall), bool(rise)


def _jumpers(base: Baseline, now: Standing, empty: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    component, criteria = _petitions(base.edition)
    if not criteria.size:
        nobody = np.zeros(now.score.shape, dtype=bool)
        return nobody, nobody
    group = base.edition.criteria[criteria[0]].group
    levers = [i for i, lever in enumerate(base.edition.levers) if lever.group == group]
    size, earned = jump_size(base.edition), now.criteria[..., criteria].sum(axis=-1)
    points = now.components[..., component]
    unknown = np.isnan(earned) & (base.league.level == "commune")
    fall = np.where(unknown, points >= size, (earned == size) & empty[..., levers].all(axis=-1))
    rise = np.where(unknown, points <= base.edition.component_max[component] - size, earned == 0)
    return fall, rise


def _changes(earlier: Baseline, later: Baseline) -> tuple[np.ndarray, np.ndarray]:
    """Hundredths by which scores changed, nan where one is missing, and what of it was a jump, (n,) each."""
    rows = matched(earlier, later)
    both = rows >= 0
    change = np.where(both, later.standing.score - earlier.standing.score[rows], np.nan)
    component, criteria = _petitions(later.edition)
    if not criteria.size:
        return change, np.zeros(rows.size)
    moved = later.standing.components[:, component] - earlier.standing.components[rows, component]
    return change, np.where(both & (np.abs(moved) > jump_size(later.edition) / 2), moved, 0.0)


def _petitions(edition: Edition) -> tuple[int, np.ndarray]:
    """The component of the criteria that jump together, and their places."""
    criteria = [i for i, c in enumerate(edition.criteria) if c.group == _file()["group"] and not c.absent]
    component = edition.component_index[edition.criteria[criteria[0]].component] if criteria else 0
    return component, np.array(criteria, dtype=int)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


@cache
def _file() -> dict:  # type: ignore[type-arg]
    return tomllib.loads(Path(__file__).with_name("measured.toml").read_text(encoding="utf-8"))


def history(league: League, others: Iterable[League], across: bool = False) -> tuple[League, ...]:
    """The dated tables of a league, itself included, oldest first: one edition, level and kind of period, a date each.

    Tables are of one league where each holds most of the units of the other; `across` takes those of other editions,
    levels and kinds of period too.
    """
    if league.as_of is None:
        return (league,)
    dated = {league.as_of: league}
    for other in others:
        if other.as_of is not None and other is not league and _alike(league, other, across):
            dated.setdefault(other.as_of, other)
    return tuple(dated[day] for day in sorted(dated))


def other_period(one: str, other: str) -> Problem:
    """Why tables of two kinds of period can't be compared; "" for one of no known period."""
    if one and other:
        return Problem("history_period", one=PERIOD_NAMES[one], other=PERIOD_NAMES[other])
    return Problem("history_no_period", known=PERIOD_NAMES[one or other])


def likely_period(league: League, others: Iterable[League]) -> League | None:
    """The latest table of a league before one of no known period, which is likely to cover the same; None for none."""
    rows = {
        one.period.last: one
        for one in others
        if one.period is not None
        and league.as_of is not None
        and one.period.last < league.as_of
        and (one.edition, one.level) == (league.edition, league.level)
        and of_one_league(one, league)
    }
    return rows[max(rows)] if rows else None


def of_one_league(one: League, other: League) -> bool:
    """Whether each of two tables holds most of the units of the other."""
    return len(set(one.codes) & set(other.codes)) >= _SHARED * max(len(one.codes), len(other.codes))


def _alike(one: League, other: League, across: bool) -> bool:
    kinds = [None if table.period is None else table.period.kind for table in (one, other)]
    same = (one.edition, one.level, kinds[0]) == (other.edition, other.level, kinds[1])
    return (same or across) and of_one_league(one, other)
