"""The calendar: how far figures reach, what came since and what is still to come, at the pace so far."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.rules.formulas import hundredths
from model.score.baseline import Baseline
from model.table.league import League
from model.words.problems import Problem

MONTH = 31  # days from which figures are old
_MONTHS = {"month": 1, "quarter": 3, "year_to_date": 12}


@dataclass(frozen=True)
class Clock:
    """A league's time cut at its figures' date, today and the deadline: figures ≤ today ≤ by.

    `over` where the figures' own time is over, so that today is their date; `undated` where they have none, so that
    their date is today.
    """

    figures: date
    today: date
    by: date
    over: bool = False
    undated: bool = False

    @property
    def weeks(self) -> float:
        """Weeks left from today to the deadline."""
        return (self.by - self.today).days / 7

    @property
    def age(self) -> int:
        """Days from the figures to today."""
        return (self.today - self.figures).days


def last_figures(league: League) -> date | None:
    """The last day that the league's figures count; None where they have no date."""
    return league.period.last if league.period else league.as_of


def last_of(kind: str, day: date) -> date:
    """The last day of the month, the quarter or the year to date that holds a day."""
    months = _MONTHS[kind]
    month = (day.month + months - 1) // months * months
    return date(day.year, month, monthrange(day.year, month)[1])


def last_deadline(league: League, today: date) -> date:
    """The last day that figures can be planned to: the end of their month or quarter, or of the year to date."""
    return last_of(league.period.kind if league.period else "year_to_date", last_figures(league) or today)


def clock(league: League, today: date, by: date) -> Clock:
    """The league's time cut at today and a deadline; a today before the figures is their date.

    Raises Problem for a deadline before today, or past the figures' month, quarter or year.
    """
    figures, last = last_figures(league), last_deadline(league, today)
    over = figures is not None and today > last
    now = figures if figures is not None and (over or today < figures) else today
    if not now <= by <= last:
        raise Problem("plan_by", value=by, first=now, last=last)
    return Clock(figures or now, now, by, over, figures is None)


def arrivals(base: Baseline, unit: int, by: date, since: date | None = None) -> dict[str, int]:
    """Things that come to a unit until a date, {group: count}, at the pace of the league's period so far.

    From the figures' date on, or from `since`. 0 for groups of stock, and where no period or count is known.
    """
    return {group: int(counts[unit]) for group, counts in to_come(base, by, since).items()}


def to_come(base: Baseline, by: date, since: date | None = None) -> dict[str, np.ndarray]:
    """The `arrivals` of every unit, {group: counts (n,)}."""
    league, due = base.league, base.anchors.due
    ahead = days(league, by) - (days(league, since) if since else 0)
    share = ahead / days_so_far(league) if days_so_far(league) else 0.0
    most: dict[str, np.ndarray] = {}
    for i, lever in enumerate(base.edition.levers):
        counts = most.setdefault(lever.group, np.zeros(len(league.codes)))
        if lever.kind != "stock":
            most[lever.group] = np.fmax(counts, due[:, i])
    return {group: np.rint(counts * share) for group, counts in most.items()}


def days_so_far(league: League) -> int:
    """Days that the league's figures cover; 0 where no period is known."""
    return 0 if league.period is None else (league.period.last - league.period.first).days + 1


def days(league: League, by: date) -> int:
    """Days from the league's figures to a date, never below 0."""
    last = last_figures(league)
    return 0 if last is None else max(0, (by - last).days)


def gained(base: Baseline, points: float | np.ndarray) -> np.ndarray:
    """Everyone's scores in whole hundredths with so many points more, all alike or (n,), kept within 0 to the total.

    A unit whose held difference already puts it outside goes no further.
    """
    score, total = base.standing.score, 100 * base.edition.total
    moved: np.ndarray = np.clip(hundredths(score / 100 + points), np.minimum(score, 0.0), np.maximum(score, total))
    return moved
