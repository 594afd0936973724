"""What the panel's JavaScript must find, as the engine finds it, and scenarios as the panel has them."""

from pathlib import Path

import numpy as np

from model.rules.formulas import band
from model.score.baseline import Baseline
from model.score.levers import hindrances, unknown_changes
from model.score.scenario import Counts, Scenario, effect, resolved
from model.words.problems import Problem

EVALUATE = Path(__file__).with_name("panel").joinpath("js").joinpath("evaluate.js").read_text(encoding="utf-8")


def expected(base: Baseline, unit: int, scenario: Scenario) -> dict[str, object]:
    """What the engine finds, in the form in which EVALUATE gives it."""
    outcome = effect(base, unit, scenario)
    found, why = band(base.edition, float(outcome.after.score)), hindrances(base, unit, scenario)
    return {
        "criteria": bare(outcome.after.criteria),
        "components": bare(outcome.after.components),
        "score": bare(outcome.after.score),
        "rank": bare(outcome.rank_after),
        "tied": list(outcome.tied_after),
        "next": list(outcome.next_above),
        "overtaken": list(outcome.overtaken),
        "overtakenBy": list(outcome.overtaken_by),
        "gap": bare(outcome.gap),
        "band": found and found.key,
        "levers": bare(resolved(base, unit, scenario)[0]),
        "unknown": [
            [base.edition.component_index[key], *ends] for key, ends in unknown_changes(base, unit, scenario).items()
        ],
        "why": [why.get(lever.key) for lever in base.edition.levers],
    }


def sent(scenario: Scenario) -> dict[str, object]:
    """A scenario as the panel holds it."""
    return {k: {"done": v.done, "due": v.due} if isinstance(v, Counts) else v for k, v in scenario.changes.items()}


def random_scenario(base: Baseline, unit: int, rng: np.random.Generator) -> Scenario:
    """A scenario of any levers and components that the unit can move, rates and counts mixed."""
    scenario, petitions = Scenario(), int(rng.integers(0, 5))
    for lever in rng.permutation(base.edition.levers):
        if rng.random() < 0.4:
            due = petitions if lever.group == "petitions" else int(rng.integers(0, 4000))
            value = (
                Counts(int(rng.integers(0, due + 1)), due)
                if rng.random() < 0.4
                else float(np.round(rng.random(), rng.integers(1, 17)))
            )
            wider = scenario.with_(lever.key, value)
            scenario = wider if possible(base, unit, wider) else scenario
    for component in base.edition.components:
        wider = scenario.with_(component.key, float(np.round(rng.random() * component.max_points, 2)))
        scenario = wider if rng.random() < 0.5 and possible(base, unit, wider) else scenario
    return scenario


def possible(base: Baseline, unit: int, scenario: Scenario) -> bool:
    """Whether the unit can be moved so."""
    try:
        resolved(base, unit, scenario)
    except Problem:
        return False
    return True


def bare(values: np.ndarray | float) -> object:
    """Numbers as JSON has them, null where missing."""
    if np.ndim(values):
        return [bare(float(value)) for value in np.asarray(values)]
    return None if np.isnan(values) else float(values)
