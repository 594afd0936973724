"""A question with all that its answer rests on: one clock, who moves how, how far levers reach; each computed once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from model.peers.calendar import Clock, arrivals, days
from model.peers.chances import Forecast
from model.peers.series import Past
from model.plan import question as asking
from model.plan.best import Best, best, in_all
from model.plan.moves import LeverRange
from model.plan.plan import Answer, Means, Plan, answer, outcome, reaches
from model.plan.prices import Price, last_day, prices
from model.plan.question import Question
from model.rules.formulas import place
from model.score.baseline import Baseline, down_the_road
from model.score.scenario import Scenario

GRID = 41  # rates along each side of a map


@dataclass(frozen=True, eq=False)
class Prepared:
    """A question about one unit, `base` as published and `now` as it stands today, and what a plan may use."""

    base: Baseline
    now: Baseline
    unit: int
    ask: Question
    time: Clock
    past: Past | None
    peers: Forecast
    own: Forecast
    came: dict[str, int]
    means: Means
    found: dict[str, LeverRange]
    left_out: dict[str, str]

    @property
    def score(self) -> float:
        """The score today in hundredths, if all went on as before."""
        return float(self.now.standing.score[self.unit])

    @cached_property
    def needed(self) -> float:
        """The score in hundredths that the target takes; raises Problem where none does."""
        return asking.needed(self.base, self.unit, self.ask, self.peers, self.own)

    @cached_property
    def answer(self) -> Answer:
        """What it takes; raises Problem as `needed` does."""
        return answer(self.now, self.unit, self.needed, self.means, self.peers.expected, self.found)

    @cached_property
    def prices(self) -> tuple[Price, ...]:
        """What each lever pays."""
        return prices(self.now, self.unit, self.found)

    @cached_property
    def last_day(self) -> date | None:
        """The last day from which the target can still be reached."""
        return last_day(self.now, self.unit, self.needed, self.found, self.time.today, self.time.by)

    @cached_property
    def chance_needed(self) -> float | None:
        """The chance that the score needed, or the present one where it is more, meets the target."""
        return self.chance(max(self.needed, self.score))

    @cached_property
    def first_petition(self) -> tuple[float, float] | None:
        """The chance of a first petition of ours left unanswered, and the points it costs; None where none can be."""
        if self.ask.moves != "uncertain":
            return None
        return asking.first_petition(self.base, self.unit, self.time.by, self.past)

    def chance(self, score: float) -> float | None:
        """The chance that a score in hundredths meets the target; None where nothing tells how scores move."""
        if self.ask.moves != "uncertain" or not asking.known(
            self.base, self.past, days(self.base.league, self.time.by)
        ):
            return None
        return asking.chance(self.base, self.unit, self.ask, self.needed, self.peers, self.own, score)

    def needed_at(self, sure: float) -> float | None:
        """The score in hundredths that takes the rank with such a chance."""
        return asking.needed_at(self.base, self.unit, self.ask, self.peers, self.own, sure)

    def best(self, a_week: float) -> Best:
        """How high so much effort a week takes the unit by the deadline."""
        return best(self.now, self.unit, in_all(a_week, self.time.weeks), self.found, self.peers.expected)

    def brought(self, plan: Plan) -> dict[str, float]:
        """{lever: hundredths it brings}, each after those before it, so that they add up to what the plan gains."""
        rates: dict[str, float] = {}
        found, before = {}, self.score
        for key, move in plan.moves.items():
            rates[key] = move.after
            after = float(outcome(self.now, self.unit, rates).score)
            found[key], before = after - before, after
        return found

    def surface(self, x: str, y: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Rates along two levers, (GRID,) each, and score in hundredths and rank at every pair, (y, x)."""
        at, start = self.base.edition.lever_index, self.now.anchors.levers[self.unit]
        along = [self._along(float(start[at[key]]), key) for key in (x, y)]
        levers = np.tile(start, (GRID, GRID, 1))
        levers[..., at[x]], levers[..., at[y]] = np.meshgrid(*along)
        score = down_the_road(self.base.edition, self.now.anchors[self.unit], levers).score
        return along[0], along[1], score, place(score, self.peers.expected)

    def _along(self, rate: float, key: str) -> np.ndarray:
        """Rates about the present one and past the reachable end, within 0 to 1."""
        reach = self.found[key]
        span = max(0.02, 1.5 * abs(reach.high - rate), 2 * abs(rate - reach.low))
        return np.linspace(max(0.0, rate - span / 3), min(1.0, rate + span), GRID)


def prepared(base: Baseline, unit: int, ask: Question, time: Clock, past: Past | None) -> Prepared:
    """A question about one unit made ready for its answer."""
    came = asking.came(base, unit, ask, time)
    now = asking.now(base, unit, ask, time)
    counted = not np.isnan(base.anchors.due[unit]).all()
    means = asking.means(ask, arrivals(base, unit, time.by, time.today) if counted else None)
    peers = asking.everyone(base, ask, time.by, past).without(unit)
    own = asking.ourselves(base, unit, Scenario(), ask, time.by, past)
    return Prepared(base, now, unit, ask, time, past, peers, own, came, means, *reaches(now, unit, means))
