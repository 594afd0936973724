"""A score expected until the deadline, day by day with its band; and how such bands fared as tables came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.peers.calendar import gained
from model.peers.chances import INTERVAL, Forecast, exceeds
from model.peers.history import Measured, jump_size, jumpers
from model.peers.series import Series, added, moves
from model.score.baseline import Baseline
from model.words.problems import Problem

LEAST = 3  # tables with figures of their own from which a score is foretold


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a unit's score is expected to be if it moves as the league has, from its latest figures on.

    days: the latest table's and every one after it. low, middle, high (days,): hundredths, the 5 %, 50 % and 95 %
    quantile. `by` is the day asked for; the days end before it where the measure tells of no more.
    """

    days: tuple[date, ...]
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    measure: Measured
    steps: int
    by: date

    @property
    def short(self) -> bool:
        """Whether the day asked for lies further than the measure tells of."""
        return self.days[-1] < self.by


@dataclass(frozen=True)
class Fared:
    """Forecasts of a day beside what came: how many of `n` scores lay in their 90 % band."""

    edition: str
    level: str
    made: date
    came: date
    inside: int
    n: int


def outlook(row: Series, unit: int, by: date) -> Outlook:
    """What a unit of the latest table is expected to score, petition jumps and all, until a day.

    Everybody is taken to move alike, as all steps since the last break tell (`series.pooled`) [A]. Raises Problem where
    fewer than `LEAST` tables bring figures of their own, for a unit without a score, and as `history.measured` does.
    """
    if len(row.distinct) < LEAST:
        raise Problem("expected_few", n=len(row.distinct), least=LEAST)
    if np.isnan(row.latest.standing.score[unit]):
        raise Problem("plan_no_score", unit=row.latest.league.names[unit])
    measure, first = added(moves(row, row.distinct), row.latest), row.days[-1]
    ahead = np.arange(1 + max(0, min((by - first).days, measure.reach)))
    found = _ahead(row.latest, measure, ahead, True)[:, unit]
    low, middle, high = (quantile(found, share, row.latest.edition.total) for share in (INTERVAL[0], 0.5, INTERVAL[1]))
    days = tuple(first + timedelta(days=int(n)) for n in ahead)
    return Outlook(days, low, middle, high, measure, len(row.distinct) - 1, by)


def quantile(scores: Forecast, share: float, total: float) -> np.ndarray:
    """The lowest hundredths that a score exceeds with a chance of 1 − share at most; nan where none is expected.

    Scores are kept within 0 to the total, as `chances.rank_chances` keeps them.
    """
    short, enough = np.minimum(scores.expected, 0.0) - 1, np.maximum(scores.expected, 100.0 * total)
    while np.any(enough - short > 1):
        middle = np.floor((short + enough) / 2)
        reached = 1 - exceeds(scores, middle - scores.expected) >= share
        short, enough = np.where(reached, short, middle), np.where(reached, middle, enough)
    found: np.ndarray = np.where(np.isnan(scores.expected), np.nan, enough)
    return found


def fared(row: Series, jumps: bool = True) -> tuple[Fared, ...]:
    """Every forecast that could have been made of a later table, within its reach, beside what that table brought.

    A forecast is made of the steps until its day alone, from the second table after a break on: nothing that came later
    and nothing measured elsewhere goes into it. The units of one table are no independent evidence: what moves all of
    them makes their forecasts true or false together.
    """
    found = []
    for stretch in row.stretches:
        steps = moves(row, stretch)
        for at in range(1, len(stretch) - 1):
            made = row.tables[stretch[at]]
            try:
                measure = added(steps[:at], made)
            except Problem:
                continue
            later = [i for i in stretch[at + 1 :] if (row.days[i] - row.days[stretch[at]]).days <= measure.reach]
            found += _judged(row, stretch[at], later, measure, jumps)
    return tuple(found)


def by_rules(judged: Sequence[Fared]) -> dict[tuple[str, str], tuple[int, int]]:
    """{(edition, level): (how many scores lay in their band, of how many)}."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for one in judged:
        inside, n = found.get((one.edition, one.level), (0, 0))
        found[one.edition, one.level] = inside + one.inside, n + one.n
    return found


def by_day(judged: Sequence[Fared]) -> dict[date, tuple[int, int, int]]:
    """{the day that came: (how many forecasts it judged, how many scores lay in their band, of how many)}."""
    found: dict[date, tuple[int, int, int]] = {}
    for one in judged:
        forecasts, inside, n = found.get(one.came, (0, 0, 0))
        found[one.came] = forecasts + 1, inside + one.inside, n + one.n
    return dict(sorted(found.items()))


def _judged(row: Series, made: int, later: Sequence[int], measure: Measured, jumps: bool) -> list[Fared]:
    """The forecasts of one table of the later ones, beside these."""
    if not later:
        return []
    table = row.tables[made]
    ahead = np.array([(row.days[i] - row.days[made]).days for i in later])
    foretold = _ahead(table, measure, ahead, jumps)
    of = row.rows[made]
    seen = [np.where((of >= 0) & (row.rows[i] >= 0), row.score[i], np.nan) for i in later]
    inside, known = _inside(foretold[:, of], np.array(seen), 100.0 * table.edition.total)
    return [
        Fared(table.edition.key, table.league.level, row.days[made], row.days[i], int(a.sum()), int(b.sum()))
        for i, a, b in zip(later, inside, known, strict=True)
        if b.any()
    ]


def _inside(scores: Forecast, came: np.ndarray, total: float) -> tuple[np.ndarray, np.ndarray]:
    """Whether each score that came lies in its band, and whether both are known."""
    gap = came - scores.expected
    at_most = np.where(came >= total, 1.0, 1 - exceeds(scores, gap))
    below = np.where(came <= 0, 0.0, 1 - exceeds(scores, gap - 1))
    known = ~np.isnan(gap)
    return known & (at_most >= INTERVAL[0]) & (below < INTERVAL[1]), known


def _ahead(base: Baseline, measure: Measured, days: np.ndarray, jumps: bool) -> Forecast:
    """`forecast.forecast` of every unit in so many days each, shape (days, n), by a measure that reaches that far."""
    drift, over = np.array([measure.drift(n) for n in days]), np.array([measure.over(n) for n in days])
    spread, down, up = over.T[:, :, None]
    can_fall, can_rise = jumpers(base) if jumps else (np.zeros(base.rank.size), np.zeros(base.rank.size))
    expected = gained(base, drift[:, None])
    return Forecast.of(expected, spread, down * can_fall, up * can_rise, jump_size(base.edition))
