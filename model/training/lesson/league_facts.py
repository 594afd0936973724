"""Figures of the league: who stands near whom, what petitions cost, what a rank is worth, what a lead is made of."""

from collections.abc import Mapping

import numpy as np

from model.peers.chances import Chances, score_for
from model.peers.history import default, jump_size
from model.rules.formulas import hundredths, place
from model.score.scenario import Counts, Scenario, effect
from model.training.lesson.case import PETITIONS, Case, fact, fact_of, further_late, keys, petition_free
from model.words.problems import Problem

_MOST = 0.8  # of the units below a gap, or of those above
SPOTS = ("top", "crowd", "middle", "widest", "bottom")


def scores(case: Case) -> np.ndarray:
    """Scores of the ranked units in hundredths, the highest first."""
    known = np.sort(case.base.standing.score[~np.isnan(case.base.standing.score)])[::-1]
    if known.size <= 3 * case.amount("places"):
        raise Problem("lesson_few_units", n=known.size, least=int(3 * case.amount("places")) + 1)
    return known


def start(case: Case, spot: str) -> int:
    """The row, of the ranked ones, where the given number of places begins at a spot of the table."""
    known, width = scores(case), int(case.amount("places"))
    spans = known[:-width] - known[width:]
    starts = {"top": 0, "middle": (known.size - width - 1) // 2, "bottom": known.size - width - 1}
    return starts[spot] if spot in starts else int(np.argmin(spans) if spot == "crowd" else np.argmax(spans))


@fact_of("points", lambda: SPOTS)
def span(case: Case, spot: str) -> float:
    """The points from the first to the last of so many places, in hundredths."""
    known, first = scores(case), start(case, spot)
    return float(known[first] - known[first + int(case.amount("places"))])


@fact_of("rank", lambda: SPOTS)
def first(case: Case, spot: str) -> float:
    """The rank at which so many places begin at a spot of the table."""
    known = scores(case)
    return float(place(known[start(case, spot)], known))


@fact_of("rank", lambda: SPOTS)
def last(case: Case, spot: str) -> float:
    """The rank at which they end."""
    known = scores(case)
    return float(place(known[start(case, spot) + int(case.amount("places"))], known))


@fact("count")
def cliff_below(case: Case) -> int:
    """How many units stand at or below the last of the widest places."""
    return int(_under_cliff(case).sum())


@fact("count")
def cliff_lost(case: Case) -> int:
    """How many of them have lost all petition points."""
    return int((_under_cliff(case) & _all_lost(case)).sum())


def cliff(case: Case) -> bool:
    """Whether petitions make the widest gap: most units below have lost all those points, few of the others have."""
    under, lost = _under_cliff(case), _all_lost(case)
    ranked = ~np.isnan(case.base.rank)
    return bool(lost[under].mean() >= _MOST and lost[ranked & ~under].mean() <= 1 - _MOST)


@fact("count")
def near(case: Case) -> int:
    """How many others stand within the given window of points, above or below."""
    ours, others = _ours(case)
    return int((np.abs(others - ours) <= hundredths(np.asarray(case.amount("window")))).sum())


@fact_of("count", lambda: ("gained", "lost"))
def tenth(case: Case, way: str) -> float:
    """The places that the given small change of points is worth to this unit."""
    ours, others = _ours(case)
    moved = hundredths(np.asarray(case.amount("small"))) * (1 if way == "gained" else -1)
    return abs(float(np.diff(place(np.array([ours, ours + moved]), others))[0]))


@fact("count")
def most_places(case: Case) -> int:
    """The most places that the given small gain is worth to anyone."""
    known, small = scores(case), hundredths(np.asarray(case.amount("small")))
    return int((place(known, known) - place(known + small, known)).max())


@fact("count")
def most_places_top(case: Case) -> int:
    """The most places that it is worth to anyone of the first so many."""
    known, small = scores(case), hundredths(np.asarray(case.amount("small")))
    return int((place(known, known) - place(known + small, known))[: int(case.amount("places"))].max())


@fact("maximum")
def petition_points(case: Case) -> float:
    """Points that one unanswered petition takes: the maxima of the petition criteria (`jump_size`)."""
    return jump_size(case.base.edition) / 100


@fact("count")
def petition_free_units(case: Case) -> int:
    """How many units with a score have had no petition."""
    return int(petition_free(case.base).sum())


@fact("count")
def petition_units(case: Case) -> int:
    """How many units have had a petition."""
    return int((_petition_counts(case) > 0).sum())


@fact("count")
def petition_lost(case: Case) -> int:
    """How many of them earn none of the petition points."""
    return int(_all_lost(case).sum())


@fact_of("count", lambda: ("least", "median", "most"))
def fall(case: Case, which: str) -> float:
    """The places that one unanswered petition costs the units that have had none; the lower of two medians."""
    falls = np.sort(case.shared.falls[1])
    if not falls.size:
        raise Problem("lesson_no_petition_free")
    return float(falls[{"least": 0, "median": (falls.size - 1) // 2, "most": -1}[which]])


@fact("points")
def one_among_many(case: Case) -> float:
    """What one late petition costs where the given number have been answered, in hundredths."""
    many = int(case.amount("many"))
    levers = [lever.key for lever in case.base.edition.levers if lever.group == PETITIONS]
    all_well, one_late = (
        effect(case.base, case.unit, Scenario({key: Counts(many, due) for key in levers})).after.score
        for due in (many, many + 1)
    )
    return float(all_well - one_late)


@fact("count")
def below_bend(case: Case) -> int:
    """How many units stand where a late dossier counts twice."""
    on_time, bend = _bends(case)
    return int((on_time < bend).sum())


@fact("count")
def with_bend(case: Case) -> int:
    """How many units have a known on-time rate and known complaints."""
    return int((~np.isnan(sum(_bends(case)))).sum())


@fact("count")
def measured_days(case: Case) -> int:
    """Days over which the movement of scores was measured."""
    return default(case.base).days


@fact("points")
def measured_spread(case: Case) -> float:
    """The standard deviation of that movement from unit to unit, in hundredths."""
    return float(hundredths(np.asarray(default(case.base).spread)))


@fact("signed")
def measured_mean(case: Case) -> float:
    """The mean change of a score over those days, in hundredths."""
    return float(hundredths(np.asarray(default(case.base).mean)))


@fact("text")
def measured_where(case: Case) -> Mapping[str, str]:
    """Where that movement was measured."""
    return default(case.base).place


@fact("count")
def measured_fell(case: Case) -> int:
    """How many units lost all their petition points within those days."""
    return default(case.base).fell


@fact("count")
def measured_could_fall(case: Case) -> int:
    """How many could have: those that still had them."""
    return default(case.base).could_fall


@fact_of("chance", lambda: ("still", "jumps"))
def keep(case: Case, how: str) -> float:
    """The chance of at least today's rank, our own score standing still."""
    return _chances(case, how).at_most(int(case.base.rank[case.unit]))


@fact_of("rank", lambda: ("still", "jumps"))
def low(case: Case, how: str) -> int:
    """The best rank that is likely then, the first of the interval told (`Chances.interval`)."""
    return _chances(case, how).interval[0]


@fact_of("rank", lambda: ("still", "jumps"))
def high(case: Case, how: str) -> int:
    """The worst rank that is likely then, the last of that interval."""
    return _chances(case, how).interval[1]


@fact_of("chance", lambda: ("still", "jumps"))
def inside(case: Case, how: str) -> float:
    """The chance that the rank lies from the low to the high one, both included."""
    chances = _chances(case, how)
    from_, to = chances.interval
    return chances.at_most(to) - chances.at_most(from_ - 1)


@fact("signed")
def margin(case: Case) -> float:
    """What our score must gain to keep today's rank with the given chance, petition jumps included, in hundredths."""
    wanted, now = int(case.base.rank[case.unit]), float(case.base.standing.score[case.unit])
    found = score_for(case.base.edition, case.shared.peers[True], wanted, case.amount("sure"))
    if found is None:
        raise Problem("lesson_no_figure", blank="margin")
    return found - now


@fact("points")
def rest(case: Case) -> float:
    """The points of the components together whose split was not published, in hundredths."""
    return float(case.base.standing.components[case.unit][~printed(case)].sum())


@fact("signed")
def rest_over(case: Case) -> float:
    """By how much those stand above the others' mean, in hundredths."""
    return _over_mean(case, ~printed(case))


@fact_of("signed", keys)
def over(case: Case, key: str) -> float:
    """By how much a component stands above the others' mean, in hundredths."""
    return _over_mean(case, np.array([case.base.edition.component_index[case.component(key).key]]))


@fact("points")
def lead(case: Case) -> float:
    """By how much the first is ahead of the next, in hundredths."""
    ours, others = _ours(case)
    return float(ours - others.max())


@fact("rate")
def implied_on_time(case: Case) -> float:
    """The on-time rate that the published points of progress stand for, points × target / max, a fraction."""
    criterion = case.criterion("on_time")
    points = case.base.standing.components[case.unit, case.base.edition.component_index[criterion.component]]
    return float(points / 100 / criterion.max_points * criterion.target)


@fact("count")
def late_to_next(case: Case) -> int:
    """The fewest further late dossiers with which the unit is no longer alone in front."""
    found = further_late(case, float(_ours(case)[1].max()))
    if found is None:
        raise Problem("lesson_no_figure", blank="late_to_next")
    return found


def printed(case: Case) -> np.ndarray:
    """Which components of the unit were published, (components,): all, unless the league says which cells were."""
    cells = case.base.league.published_cells.get(case.base.league.codes[case.unit])
    columns = [f"{c.key}_points" for c in case.base.edition.components]
    return np.array([cells is None or column in cells for column in columns])


def others_mean(case: Case) -> np.ndarray:
    """Hundredths of each component that the others have on average, not rounded, (components,)."""
    mean: np.ndarray = np.nanmean(np.delete(case.base.standing.components, case.unit, axis=0), axis=0)
    return mean


def _over_mean(case: Case, parts: np.ndarray) -> float:
    """Hundredths by which some components together stand above the others' mean of them, itself rounded."""
    ours = case.base.standing.components[case.unit][parts].sum()
    return float(ours - hundredths(others_mean(case)[parts].sum() / 100))


def _ours(case: Case) -> tuple[float, np.ndarray]:
    """Our score and those of the others that have one."""
    others = np.delete(case.base.standing.score, case.unit)
    return float(case.base.standing.score[case.unit]), others[~np.isnan(others)]


def _chances(case: Case, how: str) -> Chances:
    return case.shared.chances[how == "jumps"]


def _under_cliff(case: Case) -> np.ndarray:
    known = scores(case)
    edge = known[start(case, "widest") + int(case.amount("places"))]
    under: np.ndarray = case.base.standing.score <= edge
    return under


def _all_lost(case: Case) -> np.ndarray:
    """Which units have had petitions and earn none of their points, (n,)."""
    criteria = [i for i, c in enumerate(case.base.edition.criteria) if c.group == PETITIONS]
    earned = case.base.standing.criteria[:, criteria].sum(axis=1)
    lost: np.ndarray = (_petition_counts(case) > 0) & (earned == 0)
    return lost


def _petition_counts(case: Case) -> np.ndarray:
    levers = [i for i, lever in enumerate(case.base.edition.levers) if lever.group == PETITIONS]
    counts = np.where(case.base.anchors.empty, 0.0, case.base.anchors.due)[:, levers]
    found: np.ndarray = np.where(np.isnan(counts), 0.0, counts).max(axis=1, initial=0.0)
    return found


def _bends(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """Every unit's on-time rate and the bend of its points, (n,) each, nan where unknown."""
    at = case.base.edition.lever_index
    for key in ("on_time", "complained"):
        case.rate(key)
    complained = case.base.anchors.levers[:, at["complained"]]
    return case.base.anchors.levers[:, at["on_time"]], complained + case.criterion("dossiers_satisfied").target
