"""Plans against brute force down the engine's own road, and on every unit of the samples."""

import itertools
from dataclasses import replace
from decimal import Decimal
from math import floor
from typing import NamedTuple

import numpy as np
import pytest

from model.plan.plan import Answer, Means, Plan, answer, reaches, scenario_of, score_for_rank
from model.rules import files as edition_files
from model.rules.formulas import place
from model.score.baseline import baseline, down_the_road
from model.score.levers import hindrances
from model.score.scenario import Scenario, effect, parsed
from model.words.problems import Problem
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
    return league(edition, counts=counts, rates=rates, points=points, **({"level": "province"} | more))


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
        if base.anchors.due[0, i] > 0 and down_the_road(base.edition, base.anchors[0], moved).score > max(
            all_ways.score
        ):
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


def against_brute_force(dice, edition=None, counts=None):
    """The status of an answer in whole things, once it is right in every respect."""
    edition = edition or rules(dice)
    counts = counts or some_unit(dice)
    base = made(edition, dice, counts)
    means = some_means(edition, dice, counts)
    keys = [key for key in counts if key in edition.lever_index]
    every = brute(base, means, keys)
    now, best = float(base.standing.score[0]), float(every.score.max())
    goals = [now, now + 1, best, best + 1, dice.integers(now, best + 2), dice.choice(every.score)]
    needed, peers = float(dice.choice(goals)), peers_around(dice, every.score)
    found, enough = answer(base, 0, needed, means, peers), every.score >= needed
    assert found.status == ("already_met" if now >= needed else "reached" if enough.any() else "out_of_reach")
    assert (found.needed, found.best_score) == (needed, best)
    assert found.best_rank == place(np.array(best), peers)
    assert set(found.binding) == limits(base, every, keys)
    assert bool(found.plans) == (found.status == "reached")
    confirmed(base, 0, found, needed, peers)
    reach, _ = reaches(base, 0, means)
    if found.plans:
        best_of_its_kind(found, reach, every.cost[enough], every.moved[enough], every.share[enough])
    for plan in found.plans:
        assert all((move.done_more, move.after) in ways(base, means, key) for key, move in plan.moves.items())
        assert plan.cost == pytest.approx(sum(effort(base, means, k) * m.done_more for k, m in plan.moves.items()))
    return found.status


@pytest.mark.sweep(3)
@pytest.mark.parametrize("seed", range(10))
def test_plans_in_whole_things_are_the_best_of_all_there_are(seed):
    dice = np.random.default_rng(seed)
    seen = [against_brute_force(dice) for _ in range(60)]
    assert seen.count("reached") >= 15 and {"already_met", "out_of_reach"} <= set(seen)


def with_rates(edition, **rates):
    criteria = tuple(replace(c, rate=rates.get(c.key, c.rate)) for c in edition.criteria)
    return replace(edition, criteria=criteria)


@pytest.mark.parametrize("seed", range(4))
def test_an_edition_may_add_up_several_levers_in_one_criterion_or_score_one_in_several_components(seed):
    dice = np.random.default_rng(seed)
    for _ in range(30):
        weight = float(dice.choice([0.3, 0.5, 0.8]))
        edition = with_rates(
            rules(dice),
            paid_online={"paid_online": weight, "procedures_paid_online": 1 - weight},
            services_online={"procedures_paid_online": 1.0} if dice.random() < 0.5 else {"services_online": 1.0},
            e_results={"reused": 1.0},
        )
        keys = ["paid_online", "procedures_paid_online", str(dice.choice(["reused", "services_online", "digitized"]))]
        against_brute_force(dice, edition, {key: some_counts(dice, 15) for key in keys})


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(100, 120))
def test_plans_in_whole_things_are_the_best_of_all_there_are_many_times_over(seed):
    dice = np.random.default_rng(seed)
    for _ in range(500):
        against_brute_force(dice)


class Freely(NamedTuple):
    """Ways of a group of levers to earn each combination of hundredths at the least cost: costs and {lever: rate}."""

    cost: float
    rates: dict[str, float]


def edge(edition, key, hundredths):
    """The rate at which a criterion rounds up to so many hundredths."""
    c = edition.criteria[edition.criterion_index[key]]
    rate = c.target * (hundredths - 0.5) / (100 * c.max_points)
    if edition.components[edition.component_index[c.component]].rounding == "points":
        return rate
    steps = range(max(0, floor(10_000 * rate) - 2), 10_001)  # of 0.01 %, at which the rate is rounded first
    cents = (Decimal(min(k / 100 * c.max_points / (100 * c.target), c.max_points)) for k in steps)
    return (
        next(k for k, p in zip(steps, cents, strict=False) if p >= Decimal(hundredths - 0.5) / 100) - 0.5
    ) / 1e4 + 1e-12


def hundredths_between(base, key, levers, high):
    """What a criterion earns now, and more while it can at the tops of its levers."""
    i = base.edition.criterion_index[key]
    now, most = (
        down_the_road(base.edition, base.anchors[0], np.array(at)).criteria[i]
        for at in (levers, [high.get(v.key, levers[j]) for j, v in enumerate(base.edition.levers)])
    )
    return [None, *np.arange(now + 1, most + 1)]


def freely(base, reach, keys):
    """For a group of levers, the cheapest rates of each combination of hundredths, reasoned by hand for each group."""
    edition, at = base.edition, base.edition.lever_index
    levers, slack = base.anchors.levers[0], base.anchors.slack[0]
    high = {key: reach[key].high for key in keys if key in reach}
    now = {key: levers[at[key]] for key in keys}
    price = {key: 100 * reach[key].effort if key in reach else np.inf for key in keys}

    def way(**rates):
        rates = {key: rate for key, rate in rates.items() if rate != now[key]}
        if all(
            key in reach and min(now[key], high[key]) - TINY <= r <= max(now[key], high[key]) + TINY
            for key, r in rates.items()
        ):
            return [Freely(sum(price[key] * abs(rate - now[key]) for key, rate in rates.items()), rates)]
        return []

    def least(key, wanted):
        return now[key] if wanted is None else max(now[key], edge(edition, key, wanted))

    def levels(key):
        return hundredths_between(base, key, levers, high)

    if len(keys) == 1:
        return [one for p in levels(keys[0]) for one in way(**{keys[0]: least(keys[0], p)})]
    if "complained" in keys:
        found = []
        for p, q in itertools.product(levels("on_time"), levels("dossiers_satisfied")):
            settled, end = least("on_time", p), high.get("on_time", now["on_time"])
            need = -1 if q is None else edge(edition, "dossiers_satisfied", q)
            fewest = high.get("complained", now["complained"])
            for on_time in (settled, need + fewest, need + now["complained"], end):  # where the cost can bend
                on_time = min(max(on_time, settled), end)
                found += way(on_time=on_time, complained=min(now["complained"], max(on_time - need, fewest)))
        return found
    found = []
    if "dossiers_synced" in keys:
        for p, q in itertools.product(levels("dossiers_synced"), levels("filed_online")):
            settled, end = least("dossiers_synced", p), high.get("dossiers_synced", now["dossiers_synced"])
            product = 0.0 if q is None else edge(edition, "filed_online", q)
            with np.errstate(invalid="ignore", divide="ignore"):
                cheapest = np.sqrt(product * np.divide(price["filed_online"], price["dossiers_synced"]))
            tops = [high.get("filed_online", now["filed_online"]), now["filed_online"]]
            for synced in (settled, cheapest, end, *(product / top for top in tops if top > 0)):
                synced = settled if np.isnan(synced) else min(max(synced, settled), end)
                filed = np.divide(product, synced, where=synced > 0, out=np.array(np.inf if product else 0.0))
                filed = now["filed_online"] if filed < now["filed_online"] + 1e-14 else float(filed)
                found += way(dossiers_synced=synced, filed_online=filed)
        return found
    for p, q in itertools.product(levels("petitions_on_time"), levels("petitions_satisfied")):
        satisfied = least("petitions_satisfied", q)
        settled = least("petitions_on_time", p)
        if q is not None:
            settled = max(settled, satisfied - slack[at["petitions_satisfied"]])
        found += way(petitions_on_time=settled, petitions_satisfied=satisfied)
    return found


def implied_beside(base, keys):
    """The levers that points imply, besides some keys: the brute force leaves them alone."""
    told = zip(base.edition.levers, base.anchors.source[0], strict=True)
    return frozenset(lever.key for lever, source in told if source == "implied" and lever.key not in keys)


def small_bounds(base, dice, keys):
    """Bounds a few hundredths of points from where each lever is, so that all combinations can be gone through."""
    found = {}
    for key in keys:
        lever, rate = (
            base.edition.levers[base.edition.lever_index[key]],
            base.anchors.levers[0, base.edition.lever_index[key]],
        )
        c = base.edition.moved_by(key)[0]
        width = float(dice.integers(0, 7) + dice.random() * 2) * c.target / (100 * c.max_points)
        end = rate + width if lever.better == "higher" else rate - 3 * width
        found[key] = (end, 1.0) if lever.better == "lower" else (0.0, min(end, 1.0))
    return found


GROUPS = (
    ("on_time", "complained"),
    ("petitions_on_time", "petitions_satisfied"),
    ("dossiers_synced", "filed_online"),
    *((key,) for key in ("e_results", *OWN)),
)


@pytest.mark.sweep(3)
@pytest.mark.parametrize("seed", range(8))
def test_plans_in_rates_are_the_cheapest_of_all_combinations_of_hundredths(seed):
    dice, reached = np.random.default_rng(seed), 0
    for _ in range(30):
        edition = rules(dice)
        groups = [GROUPS[i] for i in dice.choice([0, 1, 2, 2, *range(3, len(GROUPS))], 2, replace=False)]
        rates = {key: float(dice.choice([0.0, 0.5, dice.random(), dice.random()])) for key in itertools.chain(*groups)}
        if "complained" in rates:
            rates["complained"] *= float(dice.choice([0, 0.3, 1]))
            rates["dossiers_satisfied"] = max(0.0, rates["on_time"] - rates["complained"])
        base = made(edition, dice, rates=rates)
        keys = [key for group in groups for key in group]
        left = hindrances(base, 0, Scenario())
        means = Means(
            bounds=small_bounds(base, dice, [key for key in keys if left.get(key) != "not_reported"]),
            efforts={key: float(dice.choice([0.5, 1, 2, 5.5])) for key in keys if dice.random() < 0.7},
            fixed=frozenset(key for key in keys if dice.random() < 0.1) | implied_beside(base, keys),
        )
        reach, _ = reaches(base, 0, means)
        every = [
            (sum(one.cost for one in ones), {key: rate for one in ones for key, rate in one.rates.items()})
            for ones in itertools.product(*(freely(base, reach, group) for group in groups))
        ]
        levers = np.tile(base.anchors.levers[0], (len(every), 1))
        for row, (_, moved) in zip(levers, every, strict=True):
            for key, rate in moved.items():
                row[edition.lever_index[key]] = rate
        score = down_the_road(edition, base.anchors[0], levers).score
        now, best = float(base.standing.score[0]), float(score.max())
        needed = float(dice.choice([now + 1, best, best + 1, dice.integers(now, best + 2)]))
        found = answer(base, 0, needed, means)
        assert found.best_score == best
        assert found.status == ("already_met" if now >= needed else "reached" if best >= needed else "out_of_reach")
        confirmed(base, 0, found, needed)
        if not found.plans:
            continue
        reached += 1
        cost, enough = np.array([one for one, _ in every]), score >= needed
        moved = np.array([len(one) for _, one in every])
        least, few = found.plans[0], plan_of(found, "fewest_levers") or found.plans[0]
        assert least.cost == pytest.approx(cost[enough].min(), abs=1e-7)
        assert len(few.moves) == moved[enough].min()
        assert few.cost == pytest.approx(cost[enough & (moved == moved[enough].min())].min(), abs=1e-7)
        most_even_and_no_more_than_needed(base, 0, found, needed, reach)
        assert all(key in means.bounds and reach[key].room > 0 for plan in found.plans for key in plan.moves)
    assert reached >= 10


def most_even_and_no_more_than_needed(base, unit, found, needed, reach):
    """That a hair less of the largest share of all levers falls short, and so does a hair less of any lever moved."""
    levers, at = base.anchors.levers[unit], base.edition.lever_index
    even = min(share_of(plan, reach) for plan in found.plans)
    less = levers.copy()
    for key, one in reach.items():
        rate = one.rate + (even - 1e-6) * (one.high - one.rate)
        if one.whole:
            k = np.floor(one.rate * one.due + (even - 1e-6) * one.room * one.due - one.done + TINY)
            rate = max(one.rate, (one.done + k) / one.due) if one.room else one.rate
        less[at[key]] = rate
    assert down_the_road(base.edition, base.anchors[unit], less).score < needed
    for plan in found.plans:
        for key, move in plan.moves.items():
            less = levers.copy()
            for other, its in plan.moves.items():
                less[at[other]] = its.after
            one, c = reach[key], base.edition.moved_by(key)[0]
            hair = 1e-8 * c.target / c.max_points
            less[at[key]] = move.after - np.sign(move.after - move.before) * hair
            if one.whole:
                less[at[key]] = max(move.before, one.at(move.done_more - 1))
            if one.effort:
                assert down_the_road(base.edition, base.anchors[unit], less).score < needed, (plan.kind, key)


def sample_targets(base, unit):
    """Scores that take ranks 1 and 10, half its rank and the next unit above, and a hundredth more."""
    peers, rank = np.delete(base.standing.score, unit), int(base.rank[unit])
    ranks = sorted({1, 10, max(1, rank // 2), max(1, rank - 1)})
    return [*(score_for_rank(peers, rank) for rank in ranks), float(base.standing.score[unit]) + 1]


def still_to_come(base, unit, dice):
    due = dict.fromkeys(base.edition.groups, 0)
    for lever, n in zip(base.edition.levers, base.anchors.due[unit], strict=True):
        due[lever.group] = max(due[lever.group], 0 if np.isnan(n) else int(n))
    return {group: int(n * dice.choice([0, 0.1, 0.5])) + int(dice.integers(0, 3)) for group, n in due.items()}


def on_a_unit(base, unit, dice):
    """Every target of a unit, freely and in whole things: what is claimed holds, and what is not is impossible."""
    edition, rate, due = base.edition, base.anchors.levers[unit], base.anchors.due[unit]
    never = {c.key for c in edition.criteria if base.league.level in c.inherited_by}
    never |= {v.key for i, v in enumerate(edition.levers) if np.isnan(rate[i]) or due[i] == 0}
    for means in (Means(), Means(more=still_to_come(base, unit, dice))):
        reach, left_out = reaches(base, unit, means)
        assert never <= set(left_out) and not set(reach) & set(left_out)
        top = rate.copy()
        for i, lever in enumerate(edition.levers):
            if lever.key in never or left_out.get(lever.key) in ("held", "no_counts"):
                continue
            if means.more is not None and np.isnan(due[i]):  # implied, or its own: no counts to plan with
                continue
            more = (means.more or {}).get(lever.group, 0)
            flow = means.more is not None and lever.kind == "flow"
            best = (round(rate[i] * due[i]) + more) / (due[i] + more) if flow else 1.0
            top[i] = max(rate[i], best) if lever.better == "higher" else 0.0
        most = down_the_road(edition, base.anchors[unit], top).score
        for needed in [*sample_targets(base, unit), float(most), float(most) + 1]:
            found = answer(base, unit, needed, means)
            assert found.best_score == most and (found.status == "out_of_reach") == (needed > most)
            assert (found.status == "already_met") == (base.standing.score[unit] >= needed)
            assert bool(found.plans) == (found.status == "reached")
            confirmed(base, unit, found, needed)
            for plan in found.plans:
                for key, move in plan.moves.items():
                    low, high = sorted((reach[key].low, reach[key].high))
                    assert low <= move.after <= high and key not in never
            if found.plans:
                most_even_and_no_more_than_needed(base, unit, found, needed, reach)


@pytest.mark.sweep(2)
@pytest.mark.parametrize("name", SAMPLES)
def test_on_units_of_the_samples_every_claim_holds(name):
    base, dice = sample(name), np.random.default_rng(0)
    for unit in range(0, len(base.league.codes), 14):
        on_a_unit(base, unit, dice)


@pytest.mark.thorough
@pytest.mark.parametrize("name", SAMPLES)
def test_on_every_unit_of_the_samples_every_claim_holds(name):
    base, dice = sample(name), np.random.default_rng(1)
    for unit in range(len(base.league.codes)):
        on_a_unit(base, unit, dice)


def test_the_engine_agrees_with_an_integer_program_solved_by_highs():
    """A second opinion at full size, on a commune whose levers share no criterion and whose components have room."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    base = sample("dak_lak_2026-10-10")
    unit = base.league.index("H15.198")
    means = Means(more={"dossiers": 500, "fee_dossiers": 400})
    reach, _ = reaches(base, unit, means)
    needed = float(base.standing.score[unit]) + 217
    keys, edition = list(reach), base.edition
    points = [(j, c) for j, key in enumerate(keys) for c in edition.moved_by(key)]
    n, m = len(keys), len(points)
    row, low, high = np.zeros((2 * n + m + 1, 2 * n + m)), [], []
    for j, key in enumerate(keys):
        row[j, [j, n + j]] = 1, -reach[key].last
        row[n + j, [j, n + j]] = 1, -reach[key].first
    for i, (j, c) in enumerate(points):
        one, scale = reach[keys[j]], 100 * c.max_points / c.target
        others = sum(s * base.anchors.levers[unit, edition.lever_index[k]] for k, s in c.rate.items() if k != keys[j])
        row[2 * n + i, [2 * n + i, j, n + j]] = 1, -scale / one.due, -scale * (one.done / one.due - one.rate)
        high.append(scale * (one.rate + others) + 0.5 + TINY)
    row[-1, 2 * n :] = 1
    before = sum(base.standing.criteria[unit, edition.criterion_index[c.key]] for _, c in points)
    low = [-np.inf] * n + [0.0] * n + [-np.inf] * m + [before + needed - base.standing.score[unit]]
    found = milp(
        np.array([reach[key].effort for key in keys] + [0.0] * (n + m)),
        integrality=np.ones(2 * n + m),
        bounds=Bounds(0, [*(reach[key].last for key in keys), *[1] * n, *(100 * c.max_points for _, c in points)]),
        constraints=LinearConstraint(row, low, [0.0] * n + [np.inf] * n + high + [np.inf]),
        options={"mip_rel_gap": 0.0},
    )
    assert answer(base, unit, needed, means).plans[0].cost == pytest.approx(found.fun)


TWO = {"paid_online": (10, 20), "procedures_paid_online": (2, 10)}
HALF = {
    "transparency": 9,
    "progress": 10,
    "online_services": 6,
    "online_payment": 5,
    "satisfaction": 9,
    "digitization": 11,
}


def unit_of(counts=None, rates=None, points=HALF, edition="766-2026", **more):
    edition = edition_files.load(edition)
    published = [points[c.key] for c in edition.components]
    alone, bare = ({k: [v] for k, v in (figures or {}).items()} for figures in (counts, rates))
    return baseline(edition, one_unit(edition, alone, bare, np.array(published), **more))


def moved(base, gain, **means):
    """{lever: things more} of the cheapest plan that gains so many hundredths."""
    found = answer(base, 0, float(base.standing.score[0]) + gain, Means(**means))
    return {key: move.done_more for key, move in found.plans[0].moves.items()} if found.plans else found.status


def test_a_plan_done_by_hand():
    """Of 20 fee dossiers 10 were paid online; 5 more come. All 5: 15/25 = 60 %, 0.60 points more."""
    base = unit_of({"paid_online": (10, 20)})
    assert moved(base, 60, more={"fee_dossiers": 5}) == {"paid_online": 5}
    assert moved(base, 61, more={"fee_dossiers": 5}) == "out_of_reach"
    assert moved(base, 36, more={"fee_dossiers": 5}) == {"paid_online": 4}
    assert moved(base, 12, more={"fee_dossiers": 5}) == {"paid_online": 3}
    assert moved(base, 60, more={"fee_dossiers": 5}, kinds={"paid_online": "stock"}) == {"paid_online": 2}
    assert moved(base, 300, more={"fee_dossiers": 5}, kinds={"paid_online": "mendable"}) == {"paid_online": 15}


def test_effort_decides_between_levers_and_none_is_a_gift():
    base = unit_of(TWO)
    assert moved(base, 10, more={}) == {"procedures_paid_online": 1}
    mend = {"kinds": {"paid_online": "mendable"}, "more": {}}
    assert moved(base, 25, **mend) == {"paid_online": 1}
    assert moved(base, 25, **mend, efforts={"paid_online": 30.0}) == {"procedures_paid_online": 1}
    free = answer(base, 0, float(base.standing.score[0]) + 25, Means(**mend, efforts={"paid_online": 0.0}))
    assert free.plans[0].cost == 0 and free.plans[0].moves["paid_online"].done_more == 1


def test_petitions_cannot_be_satisfied_unless_on_time_and_both_are_then_paid_for():
    base = unit_of({"petitions_on_time": (0, 2), "petitions_satisfied": (0, 2)}, points=HALF | {"satisfaction": 0})
    assert moved(base, 300, kinds=PETITIONS, more={}) == {"petitions_on_time": 1}
    assert moved(base, 301, kinds=PETITIONS, more={}) == {"petitions_on_time": 2}
    assert moved(base, 900, kinds=PETITIONS, more={}) == {"petitions_on_time": 2, "petitions_satisfied": 1}
    assert moved(
        base, 600, kinds=PETITIONS, more={}, efforts={"petitions_on_time": 99.0, "petitions_satisfied": 1.0}
    ) == {
        "petitions_on_time": 1,
        "petitions_satisfied": 1,
    }
    assert moved(base, 300, kinds=PETITIONS, more={}, fixed=frozenset({"petitions_on_time"})) == "out_of_reach"


PETITIONS = {"petitions_on_time": "mendable", "petitions_satisfied": "mendable"}


def test_petitions_of_two_denominators_have_no_counts_to_plan_with():
    base = unit_of({"petitions_on_time": (0, 2), "petitions_satisfied": (0, 3)})
    _, left_out = reaches(base, 0, Means(more={}, kinds=PETITIONS))
    assert left_out["petitions_on_time"] == left_out["petitions_satisfied"] == "no_counts"
    assert reaches(base, 0, Means())[0].keys() >= {"petitions_on_time", "petitions_satisfied"}


def test_of_two_kinds_petitions_still_share_their_denominator():
    counts = {"petitions_on_time": (1, 2), "petitions_satisfied": (0, 2)}
    base = unit_of(counts, points=HALF | {"satisfaction": 0})
    means = Means(more={"petitions": 3}, kinds={"petitions_on_time": "stock", "petitions_satisfied": "mendable"})
    found = answer(base, 0, float(base.standing.score[0]) + 700, means)
    assert {move.due for plan in found.plans for move in plan.moves.values()} == {5}
    confirmed(base, 0, found, found.needed)


def test_what_is_still_open_lowers_the_band_but_no_plan():
    base = unit_of(TWO)
    (reach, _), (wider, _) = (
        reaches(base, 0, Means(more={"fee_dossiers": 4}, still_open=o)) for o in ({}, {"paid_online": 3})
    )
    assert (reach["paid_online"].low, wider["paid_online"].low) == (10 / 24, 7 / 24)
    assert reach["paid_online"].high == wider["paid_online"].high == 14 / 24
    emptied, _ = reaches(base, 0, Means(more={}, still_open={"paid_online": 99}))
    assert emptied["paid_online"].low == 0


def test_bounds_let_a_lever_without_counts_move_and_cost_percentage_points():
    base = unit_of({"paid_online": (10, 20)}, rates={"e_results": 0.5})
    assert reaches(base, 0, Means(more={}))[1]["e_results"] == "no_counts"
    means = Means(more={"fee_dossiers": 1}, bounds={"e_results": (0.4, 0.7)}, efforts={"paid_online": 100.0})
    reach, _ = reaches(base, 0, means)
    assert (reach["e_results"].low, reach["e_results"].high, reach["e_results"].whole) == (0.4, 0.7, False)
    found = answer(base, 0, float(base.standing.score[0]) + 60, means)
    assert (
        found.plans[0].moves["e_results"].after == pytest.approx((360 - 0.5) / 600) and len(found.plans[0].moves) == 1
    )
    assert found.plans[0].cost == pytest.approx(100 * (359.5 / 600 - 0.5))
    both = answer(base, 0, found.best_score, means)
    assert set(both.plans[0].moves) == {"e_results", "paid_online"}
    confirmed(base, 0, both, found.best_score)


def test_fixed_levers_stay_and_are_named_as_binding():
    base = unit_of(TWO)
    found = answer(base, 0, 9000.0, Means(more={}, fixed=frozenset({"procedures_paid_online"})))
    assert (found.status, set(found.binding)) == ("out_of_reach", {"paid_online", "procedures_paid_online"})


def test_a_full_component_binds_nothing_and_is_not_moved():
    base = unit_of(TWO, points=HALF | {"online_payment": 10})
    found = answer(base, 0, 9000.0, Means(more={}))
    assert (found.status, found.binding) == ("out_of_reach", ())
    assert set(reaches(base, 0, Means())[1].values()) == {"component_full", "not_reported", "assumed"}


def test_components_without_counts_are_never_moved():
    base = sample("provinces_2025-10-16")
    for means in (Means(fixed=frozenset({"on_time"})), Means(more={"dossiers": 10**6})):
        found = answer(base, 5, float(base.standing.score[5]) + 1, means)
        assert (found.status, found.best_score, found.plans) == ("out_of_reach", base.standing.score[5], ())
    assert set(answer(base, 5, float(base.standing.score[5]) + 1, Means()).plans[0].moves) == {"on_time"}


def test_complaints_are_held_in_whole_things_and_moved_in_rates():
    base = unit_of({"on_time": (80, 100), "dossiers_satisfied": (60, 100)}, points=HALF | {"satisfaction": 4})
    assert reaches(base, 0, Means(more={}))[1]["complained"] == "held"
    found = answer(base, 0, float(base.standing.score[0]) + 10, Means(efforts={"on_time": 50.0}))
    assert list(found.plans[0].moves) == ["complained"]
    assert found.plans[0].moves["complained"].after == pytest.approx(0.8 - 0.9 * (400 + 10 - 0.5) / 600)


def test_complaints_that_bring_nothing_alone_may_beside_another_lever():
    base = unit_of(rates={"on_time": 0.0, "complained": 0.5}, points=HALF | {"progress": 20})
    assert hindrances(base, 0, Scenario())["complained"] == "at_zero"
    means = Means(bounds={"on_time": (0.0, 0.4), "complained": (0.1, 1.0)})
    found = answer(base, 0, float(base.standing.score[0]) + 200, means)
    assert set(found.plans[0].moves) == {"on_time", "complained"}
    confirmed(base, 0, found, found.needed)


def test_a_target_switched_changes_the_plan():
    edition = edition_files.load("766-2025")
    offered = next(c for c in edition.criteria if c.key == "paid_online").target_choices
    counts, points = {"paid_online": [(30, 100)]}, np.array([HALF[c.key] for c in edition.components])
    gains = []
    for target in sorted(offered):
        base = baseline(rules := edition.with_targets({"paid_online": target}), one_unit(rules, counts, {}, points))
        found = answer(base, 0, float(base.standing.score[0]) + 6, Means(fixed=frozenset({"on_time"})))
        gains.append(found.status)
    assert (min(offered), max(offered), gains[0], gains[-1]) == (0.3, 1.0, "out_of_reach", "reached")


def test_a_rank_is_taken_by_a_tie_and_the_last_by_any_score():
    peers = np.array([9000.0, 8000, 8000, np.nan, 7000])
    assert [score_for_rank(peers, rank) for rank in (1, 2, 3, 4, 5)] == [9000, 8000, 8000, 7000, 0]
    for rank in (0, 6):
        with pytest.raises(Problem) as problem:
            score_for_rank(peers, rank)
        assert problem.value.code == "plan_rank" and problem.value.details["most"] == 5


def test_a_unit_without_a_score_has_no_plan():
    base = baseline(edition := edition_files.load("766-2026"), league(edition, counts={"on_time": [(1, 2)]}))
    with pytest.raises(Problem) as problem:
        answer(base, 0, 5000.0, Means())
    assert problem.value.code == "plan_no_score"


def test_peers_may_be_elsewhere_and_between_hundredths():
    base = unit_of(TWO)
    peers = np.array([4999.4, 5020.5, 5100.0])
    found = answer(base, 0, score_for_rank(peers, 2), Means(fixed=frozenset({"on_time"})), peers)
    assert (found.status, found.plans[0].score, found.plans[0].rank) == ("reached", 5021, 2)


def test_plans_that_serve_their_aim_no_better_than_another_are_left_out():
    base = unit_of({"paid_online": (10, 20)})
    assert [plan.kind for plan in answer(base, 0, float(base.standing.score[0]) + 6, Means()).plans] == ["least_effort"]
    spread = answer(unit_of(TWO), 0, float(unit_of(TWO).standing.score[0]) + 60, Means())
    assert [plan.kind for plan in spread.plans] == ["least_effort", "most_even"]


def test_only_what_goes_beyond_the_pace_costs_effort_where_that_is_asked() -> None:
    base = sample("dak_lak_2026-10-10")
    unit, more = base.league.index("H15.141"), {"dossiers": 656, "fee_dossiers": 385}
    needed = score_for_rank(np.delete(base.standing.score, unit), 45)
    for plan in answer(base, unit, needed, Means(more=more, beyond_pace=True)).plans:
        reach, _ = reaches(base, unit, Means(more=more))
        cost = 0.0
        for key, move in plan.moves.items():
            free = np.floor(reach[key].rate * reach[key].due - reach[key].done + 1e-9)
            cost += reach[key].effort * max(0, move.done_more - max(0, free))
        assert plan.cost == pytest.approx(cost)
        assert plan.score >= needed
