"""What a question of the quiz is, and what every kind of question draws on."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

import numpy as np

from model.rules.edition import Lever
from model.rules.formulas import component_sums
from model.score.baseline import Baseline, Standing, down_the_road
from model.score.scenario import Scenario, fixed
from model.table.league import folded_name
from model.training.facts import Fact, count, named, points, rank, writers
from model.training.quiz.lines import Line
from model.words.problems import LANGUAGES
from model.words.texts import words

APART = 5  # hundredths by which options differ at least, so that none is right or wrong by rounding
_WRITE = [writers(words(language)) for language in LANGUAGES]


@dataclass(frozen=True)
class Question:
    """A question with one right option and its worked answer.

    `shown` are rows (name, points) to stand beneath the prompt; `unit` is a code and `scenario` the change that is
    asked about, for a link to the simulator, where the kind has them.
    """

    kind: str
    prompt: Line
    options: tuple[Fact, ...]
    right: int
    steps: tuple[Line, ...]
    shown: tuple[tuple[Fact, Fact], ...] = ()
    unit: str = ""
    scenario: Scenario = field(default_factory=Scenario)

    @property
    def lesson(self) -> Line:
        """The one sentence to remember."""
        return Line(f"{self.kind}.lesson")


Ask = Callable[[Baseline, Random], Question | None]  # one attempt: None where what was drawn makes no fair question


def choice(
    dice: Random, right: Fact, wrong: Iterable[Fact], apart: float = 0.0, least: int = 4
) -> tuple[tuple[Fact, ...], int] | None:
    """Four options in a drawn order and where the right one stands, or `least`; None where there are fewer.

    The first wrong ones that keep `apart` from all others, and read differently in every language, are taken.
    """
    kept = [right]
    for fact in map(_whole, wrong):
        if len(kept) < 4 and all(_differ(fact, other, apart) for other in kept):
            kept.append(fact)
    if len(kept) < least:
        return None
    others = kept[1:]
    dice.shuffle(others)
    at = dice.randrange(len(kept))
    return (*others[:at], right, *others[at:]), at


def _whole(fact: Fact) -> Fact:
    """A wrong number as it is printed: whole hundredths, things or ranks."""
    return Fact(fact.kind, float(round(fact.value))) if fact.kind != "rate" and isinstance(fact.value, float) else fact


def _differ(one: Fact, other: Fact, apart: float) -> bool:
    """Whether two options can't be taken for one another."""
    if isinstance(one.value, float) and isinstance(other.value, float) and abs(one.value - other.value) < apart - 1e-9:
        return False
    return all(write[one.kind](one.value).casefold() != write[other.kind](other.value).casefold() for write in _WRITE)


@lru_cache(maxsize=16)
def ranked_units(base: Baseline) -> tuple[int, ...]:
    """Rows of the units that have a rank, and a name that no other unit has."""
    times = Counter(folded_name(name) for name in base.league.names)
    return tuple(int(i) for i in np.flatnonzero(~np.isnan(base.rank)) if times[folded_name(base.league.names[i])] == 1)


def drawn(dice: Random, pool: Sequence[int]) -> int | None:
    """One of them, or None where there are none."""
    return pool[dice.randrange(len(pool))] if pool else None


def movable(base: Baseline, unit: int) -> list[tuple[int, Lever]]:
    """(place along the lever axis, lever) of those known for a unit, its own to move and of something due."""
    levers, empty = base.anchors.levers[unit], base.anchors.empty[unit]
    return [
        (i, lever)
        for i, lever in enumerate(base.edition.levers)
        if fixed(base, lever, levers[i]) is None and not empty[i]
    ]


def single(base: Baseline, unit: int) -> list[tuple[int, Lever]]:
    """Those of `movable` that are moved as rates: better higher, limited by no other, not of petitions."""
    return [
        (i, lever)
        for i, lever in movable(base, unit)
        if lever.better == "higher" and lever.at_most is None and not shared(base, lever)
    ]


def shared(base: Baseline, lever: Lever) -> bool:
    """Whether a lever's group counts one denominator, as that of petitions does."""
    return bool(base.edition.groups[lever.group].get("one_denominator"))


def counted(base: Baseline, unit: int, at: int) -> tuple[int, int] | None:
    """(done, due) of a lever in whole things; None where they are not known, or nothing is due."""
    rate, due = float(base.anchors.levers[unit, at]), float(base.anchors.due[unit, at])
    if np.isnan(rate) or np.isnan(due) or due < 1 or base.anchors.empty[unit, at]:
        return None
    done = round(rate * due)
    return (done, int(due)) if 0 <= done <= due and abs(rate * due - done) < 1e-6 else None


def higher_rate(base: Baseline, unit: int, at: int, dice: Random, most: int = 35) -> float | None:
    """A whole percentage 3 to `most` points above a lever's rate; None where it already stands higher."""
    now = float(base.anchors.levers[unit, at])
    low, high = int(np.ceil(100 * now - 1e-9)) + 3, min(100, int(100 * now) + most)
    return dice.randrange(low, high + 1) / 100 if now >= 0 and low <= high else None


def clipped(base: Baseline, unit: int, after: Standing) -> np.ndarray:
    """Whether a component met an end on the way to `after` (...), so that criteria and components tell two stories."""
    before = down_the_road(base.edition, base.anchors[unit], base.anchors.levers[unit])
    counted_up = component_sums(base.edition, after.criteria) - component_sums(base.edition, before.criteria)
    moved = after.components - before.components
    known = ~np.isnan(before.components) & ~base.anchors.direct[unit]
    found: np.ndarray = np.any(known & (moved != counted_up), axis=-1)
    return found


def rows(base: Baseline, names: Mapping[str, Fact], unit: int) -> dict[str, Fact]:
    """Facts about a unit's place, beside others."""
    return {
        "unit": named(base.league.names[unit]),
        "score": points(base.standing.score[unit]),
        "rank": rank(base.rank[unit]),
        "ranked": count(base.ranked),
        **names,
    }
