"""Plans against brute force down the engine's own road, and on every unit of the samples."""

import itertools
from typing import NamedTuple

import numpy as np
import pytest

from model import edition_files
from model.baseline import Baseline, baseline, down_the_road
from model.levers import hindrances
from model.plan import Answer, Means, Plan, answer, reaches, scenario_of, score_for_rank
from model.problems import Problem
from model.scenario import Scenario, effect, parsed
from model.scoring import place
from strategies import EDITIONS, league, sample

TINY = 1e-9
KINDS = ("flow", "mendable", "stock")
SHARED = ("on_time", "e_results", "digitized", "reused", "shared_to_store", "filed_online", "dossiers_synced")
OWN = ("paid_online", "procedures_paid_online", "procedures_integrated", "services_online", "population_procedures")
SAMPLES = ("dak_lak_2026-10-10", "hanoi_2025-08-25")


class Brute(NamedTuple):
    """Every way to move: rates (w, levers), costs (w,), levers moved (w,), largest shares of headroom (w,), scores."""

    rates: np.ndarray
    cost: np.ndarray
    moved: np.ndarray
    share: np.ndarray
    score: np.ndarray


def rules(dice):
    edition = edition_files.load(str(dice.choice(EDITIONS)))
    offered = {c.key: c.target_choices for c in edition.criteria if c.target_choices}
    return edition.with_targets({key: float(dice.choice(c)) for key, c in offered.items() if dice.random() < 0.5})


def made(edition, dice, counts=None, rates=None, **more):
    """A league of one unit, U0, with those figures, and five peers near it, some of them tied."""
    alone = {k: [v] for k, v in (counts or {}).items()}
    bare = {k: [v] for k, v in (rates or {}).items()}
    start = np.array([dice.integers(0, 100 * c.max_points + 1) for c in edition.components]) / 100
    base = baseline(edition, one_unit(edition, alone, bare, start, **more))
    modelled, full = base.anchors.sums[0] / 100, edition.component_max / 100
    near = np.minimum(modelled + dice.integers(0, 4, start.size) / 100, full)
    high = full - dice.integers(0, 30, start.size) / 100
    published = np.where(dice.random(start.size) < 0.4, near, np.where(dice.random(start.size) < 0.5, high, start))
    return baseline(edition, one_unit(edition, alone, bare, published, **more))


def one_unit(edition, counts, rates, published, **more):
    points = {c.key: [published[i]] for i, c in enumerate(edition.components)}
    return league(edition, counts=counts, rates=rates, points=points, **({"level": "other"} | more))


def peers_around(dice, scores):
    return np.append(dice.choice(scores, 4) + dice.integers(-3, 4, 4), [dice.choice(scores), np.nan])


def some_counts(dice, most):
    due = int(dice.integers(1, most))
    return int(dice.integers(0, due + 1)), due


def some_unit(dice, most=30):
    """Counts of two or three movable levers, at times coupled, limited, or with something that is never moved."""
    counts, due = {}, int(dice.integers(1, most))
    for key in dice.choice(SHARED, int(dice.integers(0, 3)), replace=False):
        counts[str(key)] = (int(dice.integers(0, due + 1)), due)
    if "on_time" in counts and dice.random() < 0.7:
        counts["dossiers_satisfied"] = (max(0, counts["on_time"][0] - int(dice.integers(0, 4))), due)
    if dice.random() < 0.4:
        petitions = int(dice.integers(0, 7))
        for key in ("petitions_on_time", "petitions_satisfied"):
            counts[key] = (int(dice.integers(0, petitions + 1)), petitions)
    levers = len([key for key in counts if key != "dossiers_satisfied"])
    for key in dice.choice(OWN, max(0, int(dice.integers(2, 4)) - levers), replace=False):
        counts[str(key)] = some_counts(dice, most)
    return counts


def some_means(edition, dice, counts):
    levers = [key for key in counts if key in edition.lever_index]
    some = [key for key in levers if dice.random() < 0.3]
    return Means(
        more={group: int(dice.integers(0, 8)) for group in edition.groups if dice.random() < 0.8},
        efforts={key: float(dice.choice([0, 0.25, 1, 2, 3, 7.5, 40])) for key in levers if dice.random() < 0.7},
        kinds={key: str(dice.choice(KINDS)) for key in some},
        still_open={key: int(dice.integers(0, 3)) for key in levers if dice.random() < 0.2},
        bounds={key: (0.0, float(dice.choice([0.5, 0.8, dice.random()]))) for key in levers if dice.random() < 0.15},
        fixed=frozenset(key for key in levers if dice.random() < 0.1),
    )


def ways(base, means, key):
    """(k, rate) of every number of things more that a lever can do, from the words of the issue alone."""
    edition = base.edition
    lever, i = edition.levers[edition.lever_index[key]], edition.lever_index[key]
    due, rate = base.anchors.due[0, i], base.anchors.levers[0, i]
    if key in means.fixed or np.isnan(due) or due == 0 or lever.better == "lower":
        return [(0, rate)]
    kind, done = means.kinds.get(key, lever.kind), round(rate * due)
    comes = kind != "stock" or lever.group == "petitions"
    whole = int(due) + (means.more.get(lever.group, 0) if comes else 0)
    last = means.more.get(lever.group, 0) if kind == "flow" else whole - done
    top = means.bounds.get(key, (0, 1))[1]
    found = [(k, (done + k) / whole) for k in range(1, last + 1)]
    return [(0, rate)] + [(k, value) for k, value in found if rate < value <= top + TINY]


def effort(base, means, key):
    lever = base.edition.levers[base.edition.lever_index[key]]
    return means.efforts.get(key, base.edition.groups[lever.group]["effort"])


def brute(base, means, keys):
    options = [ways(base, means, key) for key in keys]
    every = list(itertools.product(*options))
    k, rate = (np.array([[way[part] for way in row] for row in every]).reshape(len(every), -1) for part in (0, 1))
    now, top = rate[0], np.array([max(way[1] for way in option) for option in options])
    share = np.divide(rate - now, top - now, out=np.zeros_like(rate), where=top > now)
    levers = np.tile(base.anchors.levers[0], (len(every), 1))
    levers[:, [base.edition.lever_index[key] for key in keys]] = rate
    cost = k @ np.array([effort(base, means, key) for key in keys])
    score = down_the_road(base.edition, base.anchors[0], levers).score
    return Brute(rate, cost, (k > 0).sum(axis=1), share.max(axis=1, initial=0), score)


def limits(base, all_ways, keys):
    """The levers whose limit, relaxed alone while all others are at their best, improves the best score."""
    levers = base.anchors.levers[0].copy()
    at = [base.edition.lever_index[key] for key in keys]
    levers[at] = all_ways.rates.max(axis=0, initial=-1)
    found = set()
    for key, i in zip(keys, at, strict=True):
        moved = levers.copy()
        moved[i] = 1.0
        if base.anchors.due[0, i] > 0 and down_the_road(base.edition, base.anchors[0], moved).score > max(all_ways.score):
            found.add(key)
    return found


def confirmed(base, unit, found, needed, peers=None):
    """That every plan of an answer does what it says, down the simulator's road and by the texts of a command line."""
    for plan in found.plans:
        assert plan.score >= needed and plan.moves
        read = parsed(base.edition, [(key, str(move.after)) for key, move in plan.moves.items()])
        for scenario in (scenario_of(plan), read):
            outcome = effect(base, unit, scenario)
            assert outcome.after.score == plan.score
            assert peers is not None or outcome.rank_after == plan.rank
        assert peers is None or plan.rank == place(np.array(plan.score), peers)
        rate = base.anchors.levers[unit]
        for key, move in plan.moves.items():
            lever = base.edition.levers[base.edition.lever_index[key]]
            assert move.before == rate[base.edition.lever_index[key]]
            assert (move.after > move.before) == (lever.better == "higher") and move.after != move.before
            assert move.done is None or move.after == move.done / move.due


def plan_of(found: Answer, kind: str) -> Plan | None:
    return next((plan for plan in found.plans if plan.kind == kind), None)


def share_of(plan, found):
    return max(abs(move.after - move.before) / found[key].room for key, move in plan.moves.items())


def best_of_its_kind(found, reach, cost, moved, share):
    """That the plans of an answer are the least of all feasible ways of those costs, levers moved and shares."""
    least = found.plans[0]
    assert (least.kind, least.cost) == ("least_effort", pytest.approx(cost.min(), abs=1e-8))
    few = plan_of(found, "fewest_levers") or least
    assert len(few.moves) == moved.min()
    assert few.cost == pytest.approx(cost[moved == moved.min()].min(), abs=1e-8)
    even = min(found.plans, key=lambda plan: share_of(plan, reach))
    assert share_of(even, reach) == pytest.approx(share.min(), abs=1e-8)
    if plan_of(found, "most_even"):
        assert even.kind == "most_even"
        assert even.cost == pytest.approx(cost[share <= share.min() + 1e-8].min(), abs=1e-6)
    assert len({plan.kind for plan in found.plans}) == len(found.plans)


@pytest.mark.parametrize("seed", range(12))
def test_plans_in_whole_things_are_the_best_of_all_there_are(seed):
    dice, seen = np.random.default_rng(seed), []
    for _ in range(60):
        edition = rules(dice)
        counts = some_unit(dice)
        base = made(edition, dice, counts)
        means = some_means(edition, dice, counts)
        keys = [key for key in counts if key in edition.lever_index]
        every = brute(base, means, keys)
        now, best = float(base.standing.score[0]), float(every.score.max())
        needed = float(dice.choice([now, now + 1, best, best + 1, dice.integers(now, best + 2), dice.choice(every.score)]))
        peers = peers_around(dice, every.score)
        found = answer(base, 0, needed, means, peers)
        enough = every.score >= needed
        seen.append(found.status)
        assert found.status == ("already_met" if now >= needed else "reached" if enough.any() else "out_of_reach")
        assert (found.needed, found.best_score) == (needed, best)
        assert found.best_rank == place(np.array(best), peers)
        assert set(found.binding) == limits(base, every, keys)
        assert bool(found.plans) == (found.status == "reached")
        confirmed(base, 0, found, needed, peers)
        if found.plans:
            reach, _ = reaches(base, 0, means)
            best_of_its_kind(found, reach, every.cost[enough], every.moved[enough], every.share[enough])
            for plan in found.plans:
                for key, move in plan.moves.items():
                    assert (move.done_more, move.after) in ways(base, means, key)
                assert plan.cost == pytest.approx(sum(effort(base, means, k) * m.done_more for k, m in plan.moves.items()))
    assert seen.count("reached") >= 15 and {"already_met", "out_of_reach"} <= set(seen)
