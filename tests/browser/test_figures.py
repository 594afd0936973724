"""The browser's figures are the engine's: criteria, components, score, rank, ties, band and the nearest above."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from model import edition_files, tables
from model.baseline import Baseline, baseline
from model.compiled import compiled
from model.levers import hindrances
from model.presets import apply_preset, goals
from model.problems import Problem
from model.scenario import Counts, Scenario, effect, resolved
from model.scoring import band

PANEL = Path(__file__).parents[2] / "pages" / "ui" / "panel"
EVALUATE = """([compiled, scenarios]) => {
  const numbers = opened(compiled);
  const bare = (value) => Number.isNaN(value) ? null : value;
  return scenarios.map((scenario) => {
    const now = resolved(numbers, scenario);
    const { criteria, components, score } = standing(numbers, now);
    const { place, tied, above, next } = placed(numbers, score);
    const { band } = banded(numbers, score);
    const { overtaken, overtakenBy } = passed(numbers, baseline(numbers).score, score);
    return { criteria: criteria.map(bare), components: components.map(bare), score: bare(score),
      rank: bare(place), tied, next,
      overtaken: overtaken.sort((a, b) => a - b), overtakenBy: overtakenBy.sort((a, b) => a - b),
      gap: bare(above - score), band: band ? band.key : null, levers: now.levers.map(bare),
      why: numbers.levers.map((lever, i) => hindrance(numbers, now, i)) };
  });
}"""
LAID = """([compiled, scenarios]) => {
  const numbers = opened(compiled);
  return scenarios.map((scenario) => numbers.presets.map((preset) => {
    const { scenario: after, skipped } = laid(numbers, scenario, preset);
    return [after, skipped];
  }));
}"""
RETARGETED = """([compiled, targets]) => {
  const { peers, presets } = retargeted(compiled, targets);
  const bare = (value) => Number.isNaN(value) ? null : value;
  return { peers: peers.map(bare), goals: presets.map((preset) => preset.goals) };
}"""
SCENARIOS = 10_000


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    for name in ("dom.js", "road.js", "presets.js"):
        page.add_script_tag(path=PANEL / name)
    yield page
    page.close()


def test_every_figure_equals_the_engines_on_random_scenarios_of_every_league_under_every_edition(blank: Page) -> None:
    rng = np.random.default_rng(766)
    pairs = list(product(tables.samples(), edition_files.available()))
    units = 8
    each = SCENARIOS // (len(pairs) * units) + 1
    checked = 0
    for league, edition in pairs:
        base = baseline(edition_files.load(edition), tables.find(league, edition))
        for unit in rng.choice(len(base.league.codes), units, replace=False):
            scenarios = [random_scenario(base, int(unit), rng) for _ in range(each)]
            checked += _compare(blank, base, int(unit), scenarios)
    assert checked >= SCENARIOS


def test_every_figure_equals_the_engines_at_each_levers_minimum_maximum_target_and_published_value(blank: Page) -> None:
    for league, edition in product(tables.samples(), edition_files.available()):
        base = baseline(edition_files.load(edition), tables.find(league, edition))
        for unit in (0, len(base.league.codes) // 2, len(base.league.codes) - 1):
            scenarios = []
            for i, lever in enumerate(base.edition.levers):
                targets = [c.target for c in base.edition.moved_by(lever.key)]
                scenarios += [
                    Scenario({lever.key: value}) for value in (0.0, 1.0, *targets, float(base.anchors.levers[unit, i]))
                ]
            for k, component in enumerate(base.edition.components):
                published = float(base.standing.components[unit, k]) / 100
                scenarios += [Scenario({component.key: value}) for value in (0.0, component.max_points, published)]
            _compare(blank, base, unit, [s for s in scenarios if _possible(base, unit, s)])


def test_presets_laid_over_random_scenarios_are_the_engines(blank: Page) -> None:
    rng = np.random.default_rng(8)
    for league, edition in product(tables.samples(), edition_files.available()):
        base = baseline(edition_files.load(edition), tables.find(league, edition))
        for unit in map(int, rng.choice(len(base.league.codes), 12, replace=False)):
            scenarios = [Scenario(), *(random_scenario(base, unit, rng) for _ in range(4))]
            seen = blank.evaluate(LAID, [compiled(base, [unit]), [sent(s) for s in scenarios]])
            for scenario, of_scenario in zip(scenarios, seen, strict=True):
                for preset, (laid, skipped) in zip(base.edition.presets, of_scenario, strict=True):
                    expected, left_out = apply_preset(base, unit, scenario, preset.key)
                    assert (laid, skipped) == (sent(expected), left_out), (league, edition, unit, scenario, preset)


def test_a_switched_target_moves_every_unit_as_the_engine_does(blank: Page) -> None:
    filed, table = edition_files.load("766-2025"), tables.find("hanoi_2025-08-25")
    every = range(len(table.codes))
    switches = [(c.key, choice) for c in filed.criteria for choice in c.target_choices if choice != c.target]
    assert switches
    for key, choice in switches:
        switched = baseline(filed.with_targets({key: choice}), table, filed)
        for before in (baseline(filed, table), switched):  # also where the page had switched it already
            seen = blank.evaluate(RETARGETED, [compiled(before, every), {key: choice}])
            assert seen["peers"] == [_bare(score) for score in switched.standing.score]
            assert seen["goals"] == [
                {k: None if np.isnan(v) else v for k, v in goals(switched, preset).items()}
                for preset in switched.edition.presets
            ]
        unit, scenario = 5, Scenario({"on_time": 0.99, "paid_online": 0.4, "digitized": 0.5})
        assert _compare(blank, switched, unit, [scenario])


def _compare(page: Page, base: Baseline, unit: int, scenarios: list[Scenario]) -> int:
    found = page.evaluate(EVALUATE, [compiled(base, [unit]), [sent(s) for s in scenarios]])
    for scenario, seen in zip(scenarios, found, strict=True):
        assert seen == expected(base, unit, scenario), (base.league.key, base.edition.key, unit, scenario)
    return len(scenarios)


def expected(base: Baseline, unit: int, scenario: Scenario) -> dict[str, object]:
    """What the engine finds, in the form in which EVALUATE gives it."""
    outcome = effect(base, unit, scenario)
    found, why = band(base.edition, float(outcome.after.score)), hindrances(base, unit, scenario)
    return {
        "criteria": _bare(outcome.after.criteria),
        "components": _bare(outcome.after.components),
        "score": _bare(outcome.after.score),
        "rank": _bare(outcome.rank_after),
        "tied": list(outcome.tied_after),
        "next": list(outcome.next_above),
        "overtaken": list(outcome.overtaken),
        "overtakenBy": list(outcome.overtaken_by),
        "gap": _bare(outcome.gap),
        "band": found and found.key,
        "levers": _bare(resolved(base, unit, scenario)[0]),
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
            scenario = wider if _possible(base, unit, wider) else scenario
    for component in base.edition.components:
        wider = scenario.with_(component.key, float(np.round(rng.random() * component.max_points, 2)))
        scenario = wider if rng.random() < 0.5 and _possible(base, unit, wider) else scenario
    return scenario


def _possible(base: Baseline, unit: int, scenario: Scenario) -> bool:
    try:
        resolved(base, unit, scenario)
    except Problem:
        return False
    return True


def _bare(values: np.ndarray | float) -> object:
    if np.ndim(values):
        return [_bare(float(value)) for value in np.asarray(values)]
    return None if np.isnan(values) else float(values)
