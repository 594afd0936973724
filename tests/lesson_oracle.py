"""What lessons should say, worked out again: plain Python and exact fractions on the table's own figures.

Nothing of the engine is used but the table as read, the edition's rows and `model/peers/measured.toml`.
"""

from fractions import Fraction
from functools import cache, cached_property
from math import erf, floor, isnan, sqrt

from model.rules.edition import Edition
from model.table.league import League, columns

FELL, COULD_FALL, ROSE, COULD_RISE = 9, 78, 4, 20  # index766.md, "How a league moves"
# Place, days, mean and spread in hundredths, of communes: index766.md and the two samples of An Giang.
MEASURED = {"766-2026": ("Đắk Lắk", 23, 24, 73), "766-2025": ("An Giang", 5, 1, 21)}
PETITIONS = ("petitions_on_time", "petitions_satisfied")
ROUNDED_RATES = ("transparency", "online_services", "online_payment", "online")  # index766.md, point 6
EPSILON = Fraction(1, 10**9)


def exact(number):
    return Fraction(str(float(number)))


def half_up(points):
    return floor(100 * points + Fraction(1, 2) + EPSILON)


def in_cents(number):
    """Hundredths of a double, half up on its exact value."""
    return floor(100 * Fraction(number) + Fraction(1, 2))


class Oracle:
    def __init__(self, edition: Edition, league: League):
        self.edition, self.league, self.n = edition, league, len(league.codes)
        self.column = {key: i for i, key in enumerate(columns(edition))}
        self.criteria = {c.key: c for c in edition.criteria}
        self.maxima = {c.key: int(c.max_points) for c in edition.components}

    def counts(self, unit, key):
        """(done, due), None where not reported."""
        if key not in self.edition.lever_index and key not in self.criteria:
            return None
        i = self.column[key]
        done, due = self.league.done[unit, i], self.league.due[unit, i]
        return None if isnan(due) else (int(done), int(due))

    def rate(self, unit, key):
        """The rate of a lever, None where not reported."""
        if key == "complained":
            known = self.rate(unit, "on_time"), self.own_rate(unit, "dossiers_satisfied")
            return None if None in known or self.counts(unit, "on_time") == (0, 0) else known[0] - known[1]
        if key == "on_time" and self.own_rate(unit, key) is None:  # what its points imply
            points = self.league.published[unit, list(self.maxima).index("progress")]
            return None if isnan(points) else Fraction(int(points), 2000)
        return self.own_rate(unit, key)

    def own_rate(self, unit, key):
        counts = self.counts(unit, key)
        if counts is None:
            rate = self.league.rate[unit, self.column[key]]
            return None if isnan(rate) else exact(rate)
        return Fraction(*counts) if counts[1] else Fraction(int(key in PETITIONS))

    def criterion(self, unit, key, changes):
        """Hundredths a criterion earns, None where unknown."""
        criterion = self.criteria[key]
        if key == "dossiers_satisfied":
            complained = self.rate(unit, "complained")
            rate = self.own_rate(unit, key)
            if complained is not None:
                rate = changes.get("on_time", self.rate(unit, "on_time")) - complained
        else:
            rate = changes.get(key, self.rate(unit, key))
        if rate is None:
            if criterion.assumed_rate is None:
                return None
            rate = exact(criterion.assumed_rate)
        if criterion.component in ROUNDED_RATES:
            return in_cents(
                min(
                    in_cents(100 * float(rate)) / 100 * criterion.max_points / (100 * criterion.target),
                    criterion.max_points,
                )
            )
        return half_up(exact(criterion.max_points) * min(Fraction(1), max(Fraction(0), rate) / exact(criterion.target)))

    def component(self, unit, key, changes=None):
        """Hundredths of a component: as published, moved by what its criteria move; None where unknown."""
        own = [c for c in self.criteria if self.criteria[c].component == key]
        was = [self.criterion(unit, c, {}) for c in own]
        now = [self.criterion(unit, c, changes or {}) for c in own]
        at = list(self.maxima).index(key)
        published = self.league.published[unit, at]
        if isnan(published):
            if None in was:
                return None
            published = sum(was)
        moved = int(published) + sum(x or 0 for x in now) - sum(x or 0 for x in was)
        return min(100 * self.maxima[key], max(0, moved))

    def held(self, unit):
        printed, parts = self.league.published_score[unit], [self.component(unit, key) for key in self.maxima]
        return 0 if isnan(printed) else int(printed) - sum(part or 0 for part in parts)

    def score(self, unit, changes=None):
        parts = [self.component(unit, key, changes) for key in self.maxima]
        if None in parts and isnan(self.league.published_score[unit]):
            return None
        return sum(part or 0 for part in parts) + self.held(unit)

    @cached_property
    def scores(self):
        return [self.score(unit) for unit in range(self.n)]

    @cached_property
    def order(self):
        return sorted((s for s in self.scores if s is not None), reverse=True)

    def rank(self, unit, score=None):
        score = self.scores[unit] if score is None else score
        return 1 + sum(1 for i, s in enumerate(self.scores) if i != unit and s is not None and s > score)

    def missing(self, unit, key):
        return 100 * self.maxima[key] - self.component(unit, key)

    def inherited(self):
        return [c for c in self.edition.components if self.league.level in c.inherited_by]

    def petition_counts(self, unit):
        counts = [self.counts(unit, key) for key in PETITIONS]
        return None if None in counts else max(due for _, due in counts)

    @cached_property
    def free(self):
        return [i for i in range(self.n) if self.petition_counts(i) == 0 and self.scores[i] is not None]

    @cached_property
    def falls(self):
        lost = dict.fromkeys(PETITIONS, Fraction(0))
        return sorted(self.rank(i, self.score(i, lost)) - self.rank(i) for i in self.free)

    def earned_of_petitions(self, unit):
        earned = [self.criterion(unit, key, {}) for key in PETITIONS]
        return None if None in earned else sum(earned)

    def lost_all(self, unit):
        return bool(self.petition_counts(unit)) and self.earned_of_petitions(unit) == 0

    def window(self, spot):
        starts = range(len(self.order) - 10)
        spans = [self.order[i] - self.order[i + 10] for i in starts]
        return {
            "top": 0,
            "bottom": starts[-1],
            "middle": starts[-1] // 2,
            "crowd": spans.index(min(spans)),
            "widest": spans.index(max(spans)),
        }[spot]

    def span(self, spot):
        return self.order[self.window(spot)] - self.order[self.window(spot) + 10]

    def rank_at(self, row):
        return 1 + sum(1 for s in self.order if s > self.order[row])

    def places_of(self, unit, change):
        return abs(self.rank(unit, self.scores[unit] + change) - self.rank(unit))

    def tenth_of(self, score):
        return sum(1 for s in self.order if s > score) - sum(1 for s in self.order if s > score + 10)

    def late(self, unit, enough):
        """The fewest further late dossiers that satisfy a condition on the score."""
        done, due = self.counts(unit, "on_time")
        low, high = -1, done
        while high - low > 1:  # the later, the lower the score
            middle = (low + high) // 2
            there = enough(self.score(unit, {"on_time": Fraction(done - middle, due)}))
            low, high = (low, middle) if there else (middle, high)
        return high

    def bend(self, unit):
        complained = self.rate(unit, "complained")
        return None if complained is None else exact(self.criteria["dossiers_satisfied"].target) + complained

    def jumper(self, unit):
        """Whether a unit can lose all petition points, and whether it can win them all back."""
        earned = self.earned_of_petitions(unit)
        if earned is not None:
            return self.petition_counts(unit) == 0 and earned == 1200, earned == 0
        points = self.component(unit, "satisfaction")
        return self.league.level == "commune" and points >= 1200, self.league.level == "commune" and points <= 600

    @cache  # noqa: B019
    def above(self, unit, score, jumps):
        """The chance that so many peers stand above a score, a list."""
        odds = [1.0]
        for peer, expected in enumerate(self.scores):
            if peer == unit or expected is None:
                continue
            _, _, drift, spread = MEASURED[self.edition.key]
            expected = max(min(expected + drift, max(expected, 10000)), min(expected, 0))
            counted = self.edition.key == "766-2026"  # a petition of a commune
            fall, rise = (jumps and counted and able for able in self.jumper(peer))
            down, up = fall * FELL / COULD_FALL, rise * ROSE / COULD_RISE
            moves = ((0, 1 - down - up), (-1200, down), (1200, up))
            p = sum(share * _beyond((score + 0.5 - expected - by) / spread) for by, share in moves)
            odds = [a * (1 - p) + b * p for a, b in zip([*odds, 0.0], [0.0, *odds], strict=True)]
        return odds

    def at_most(self, unit, rank, jumps, score=None):
        return sum(self.above(unit, self.scores[unit] if score is None else score, jumps)[:rank])

    def interval(self, unit, jumps):
        odds = self.above(unit, self.scores[unit], jumps)
        return [next(r for r in range(1, len(odds) + 1) if sum(odds[:r]) >= share - 1e-12) for share in (0.05, 0.95)]

    def score_for(self, unit, rank, share):
        low, high = -1, 10000
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.at_most(unit, rank, True, middle) >= share - 1e-12 else (middle, high)
        return high


def _beyond(x):
    return 0.5 * (1 - erf(x / sqrt(2)))
