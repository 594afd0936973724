"""What must hold for a lesson to be taught, and the conditions under which a step is told. All by the engine."""

from collections.abc import Callable

import numpy as np

from model.peers.history import jump_size, jumpers, measures
from model.rules.formulas import earned
from model.score.scenario import Scenario, dues, effect, fixed, standing, sweep
from model.training.lesson import league_facts, unit_facts
from model.training.lesson.case import PETITIONS, Case, petition_free
from model.words.problems import Problem

_STEPS = 100  # of a sweep that is checked


def scored(case: Case) -> None:
    """The unit has a score and a rank; the maxima add up to the total, components and held difference to the score."""
    base = case.base
    if np.isnan(base.rank[case.unit]):
        raise Problem("lesson_no_score", unit=case.name)
    maxima, total = base.edition.component_max.sum(), 100 * base.edition.total
    sums = base.standing.components[case.unit].sum() + base.anchors.held[case.unit]
    if maxima != total or sums != base.standing.score[case.unit]:
        raise Problem("lesson_not_adding", unit=case.name)


def linear_then_flat(case: Case) -> None:
    """The score follows max × min(1, rate / target) of the chosen lever, to the hundredth."""
    key = case.key("lever")
    criterion, grid = case.criterion(key), np.arange(_STEPS + 1) / _STEPS
    scores, _ = sweep(case.base, case.unit, Scenario(), key, grid)
    at = case.base.edition.criterion_index[criterion.key]
    rule = earned(case.base.edition, np.tile(grid[:, None], len(case.base.edition.criteria)))[:, at]
    if not np.array_equal(scores - scores[0], rule - rule[0]):
        raise Problem("lesson_not_linear", name=dict(criterion.name))


def payment(case: Case) -> None:
    """Payment has a component of its own; its dossiers can be moved, and a share of them is not that share of it."""
    criterion = case.criterion("paid_online")
    case.component("online_payment")
    _movable(case, "paid_online")
    at = case.base.edition.criterion_index[criterion.key]
    then = standing(case.base, case.unit, Scenario({criterion.key: case.amount("share")})).criteria[at]
    if unit_facts.earned(case, criterion.key) != then or unit_facts.naive(case, criterion.key) == then:
        raise Problem("lesson_not_naive")


def twice(case: Case) -> None:
    """A late dossier costs more below the bend than above it, where the bend can be reached."""
    for key in ("on_time", "complained"):
        _movable(case, key)
    bend = unit_facts.bend(case)
    if not 0.1 < bend < 0.998:
        raise Problem("lesson_no_bend", rate=f"{100 * bend:.2f}")
    if _of_two_components(case) != {"on_time"} or not unit_facts.step_below(case) > unit_facts.step_above(case) > 0:
        raise Problem("lesson_not_twice")


def petitions(case: Case) -> None:
    """One unanswered petition takes exactly the petition points from every unit that has had none."""
    levers = [lever for lever in case.base.edition.levers if lever.group == PETITIONS]
    if not levers:
        raise Problem("lesson_no_part", key=PETITIONS)
    for lever in levers:
        if np.isnan(case.rate(lever.key)) or np.isnan(dues(case.base, case.unit, Scenario())).all():
            raise Problem("lesson_no_figure", blank=f"due.{lever.key}")
        case.due(lever.key)
    if not petition_free(case.base).any():
        raise Problem("lesson_no_petition_free")
    if set(case.shared.falls[0].tolist()) != {jump_size(case.base.edition)}:
        raise Problem("lesson_petition_cost", points=f"{jump_size(case.base.edition) / 100:g}")


def crowded(case: Case) -> None:
    """The tightest places of the table lie inside it, and are tighter than those at both ends."""
    tight = league_facts.span(case, "crowd")
    ends = min(league_facts.span(case, "top"), league_facts.span(case, "bottom"))
    if not (tight < ends and league_facts.start(case, "crowd") > 0):
        raise Problem("lesson_no_crowd")


def moves(case: Case) -> None:
    """Our rank moves though our score stands still; how others move was measured of this edition and level."""
    if (case.base.edition.key, case.base.league.level) not in measures():
        raise Problem("lesson_not_measured")
    low, high = case.shared.chances[True].interval
    if low == high:
        raise Problem("lesson_still", rank=low)


def article(case: Case) -> None:
    """The league holds the article's unit with its published figures, in front, past its payment target."""
    base, code = case.base, case.base.league.codes[case.unit]
    if "published_score" not in base.league.published_cells.get(code, ()):
        raise Problem("lesson_no_article", unit=code)
    if base.league.origin != "illustrative":  # as the text says of the others
        raise Problem("lesson_not_illustrative")
    if base.rank[case.unit] != 1 or league_facts.lead(case) <= 0:
        raise Problem("lesson_not_first", unit=case.name)
    target = case.criterion("paid_online").target
    less = effect(base, case.unit, Scenario({"paid_online": target}))
    said = abs(case.rate("paid_online") - case.amount("claimed_paid")) < 0.005
    if not said or case.rate("paid_online") < target or less.after.score != less.before.score:
        raise Problem("lesson_payment_counts")
    if not league_facts.implied_on_time(case) < case.amount("claimed_on_time"):
        raise Problem("lesson_claim_holds")


def _of_two_components(case: Case) -> set[str]:
    """The levers that move more than one component, those apart that only scale others' rates."""
    edition = case.base.edition
    parts = {lever.key: {c.component for c in edition.criteria if lever.key in c.rate} for lever in edition.levers}
    return {key for key, components in parts.items() if len(components) > 1}


def _movable(case: Case, key: str) -> None:
    """Raises Problem where a lever can't be moved as a rate for this unit."""
    i = case.base.edition.lever_index.get(key)
    if i is None:
        raise Problem("lesson_no_part", key=key)
    lever, rate = case.base.edition.levers[i], case.rate(key)
    if fixed(case.base, lever, rate) is not None:
        raise Problem("lesson_fixed", name=dict(lever.name))
    if dues(case.base, case.unit, Scenario())[i] == 0:
        raise Problem("lesson_none_due", unit=case.name, name=dict(lever.name))


CHECKS: dict[str, Callable[[Case], None]] = {
    check.__name__: check for check in (scored, linear_then_flat, payment, twice, petitions, crowded, moves, article)
}


def _same_inherited(case: Case) -> bool:
    """Whether a component is inherited, and the same for all."""
    base = case.base
    at = [k for k, c in enumerate(base.edition.components) if base.league.level in c.inherited_by]
    points = base.standing.components[:, at[0]] if at else np.array([np.nan])
    return bool(np.all(points == points[0]))


def _procedures_open(case: Case) -> bool:
    """Whether one more procedure with an online payment still brings points, and counts are known."""
    key = "procedures_paid_online"
    i = case.base.edition.lever_index[case.criterion(key).key]
    due = dues(case.base, case.unit, Scenario())[i]
    known = due > 0 and dues(case.base, case.unit, Scenario())[case.base.edition.lever_index["paid_online"]] > 0
    more = round(case.base.anchors.levers[case.unit, i] * due) + 1 if known else np.inf
    return bool(more <= due) and unit_facts.one_more(case, key) > 0


def _petitions_lose(case: Case) -> bool:
    """Whether answering all petitions would bring points."""
    levers = {lever.key: 1.0 for lever in case.base.edition.levers if lever.group == PETITIONS}
    now = standing(case.base, case.unit, Scenario())
    return bool(standing(case.base, case.unit, Scenario(levers)).score > now.score)


# Conditions of a step, each also with not_ before it.
WHEN: dict[str, Callable[[Case], bool]] = {
    "held": lambda case: unit_facts.held(case) != 0,
    "inherited": _same_inherited,
    "lever_below_target": lambda case: case.rate("lever") < case.criterion("lever").target,
    "target_above_share": lambda case: case.criterion("paid_online").target > case.amount("share"),
    "paid_below_share": lambda case: case.rate("paid_online") < case.amount("share"),
    "procedures_open": _procedures_open,
    "dossiers_pay": lambda case: unit_facts.slope(case, "paid_online") > 0,
    "complaints": lambda case: case.rate("complained") > -1e-9,
    "below_bend": lambda case: case.rate("on_time") < unit_facts.bend(case),
    "petitioned": lambda case: any(
        case.due(lever.key) > 0 for lever in case.base.edition.levers if lever.group == PETITIONS
    ),
    "petitions_lose": _petitions_lose,
    "cliff": league_facts.cliff,
    "top_sparse": lambda case: league_facts.span(case, "top") > league_facts.span(case, "middle"),
    "jumps": lambda case: bool(np.delete(jumpers(case.base), case.unit, axis=1).any()),
    "needs_margin": lambda case: league_facts.margin(case) > 0,
}


def holds(case: Case, condition: str) -> bool:
    """Whether a condition of WHEN, or its contrary, holds."""
    bare = condition.removeprefix("not_")
    return WHEN[bare](case) is (bare == condition)
