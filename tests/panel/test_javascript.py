"""The panel's JavaScript under Node's own test runner, against corpora and figures that Python writes for it."""

import json
import os
import shutil
import subprocess
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import corpora as grammar
import panel_corpora
from model.rules import files as edition_files
from model.rules.formulas import half_up
from model.score.baseline import baseline
from model.score.browser import browser_numbers
from model.score.scenario import Scenario
from model.table import leagues as tables
from panel_figures import expected, random_scenario, sent

JS = Path(__file__).with_name("js")
SWEEPS = ("figures.test.mjs", "panel.test.mjs", "walk.test.mjs")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    """A folder made by a function: a share of what Python writes and both languages read."""
    if shutil.which("node") is None:
        say = pytest.fail if os.environ.get("BROWSER_REQUIRED") else pytest.skip
        say("no Node on this machine: install nodejs and npm to test the panel's JavaScript")
    if not (JS / "node_modules" / "jsdom").is_dir():
        pytest.fail("jsdom is missing: run tests/run, or npm ci --prefix tests/panel/js")
    made: dict[float, Path] = {}

    def of(share):
        if share not in made:
            made[share] = tmp_path_factory.mktemp("corpora")
            panel_corpora.write(made[share], share)
            grammar.write(made[share])
            for name, write in {"rounding": rounding, "road": road}.items():
                (made[share] / f"{name}.json").write_text(json.dumps(write()), encoding="utf-8")
        return made[share]

    return of


def rounding():
    """(number, whole hundredths), at and beside halves of a hundredth."""
    halves = np.arange(20001) / 200
    values = np.concatenate([halves, np.nextafter(halves[1:], 0), np.nextafter(halves, 200), np.arange(9999) / 101])
    return [[value, hundredths] for value, hundredths in zip(values, half_up(values), strict=True)]


def road():
    """The numbers of a few units of every sample under every edition, and (scenario, what the engine finds)."""
    dice, found = np.random.default_rng(15), []
    for league, edition in product(tables.samples(), edition_files.available()):
        base = baseline(edition_files.load(edition), tables.find(league, edition))
        for unit in map(int, dice.choice(len(base.league.codes), 6, replace=False)):
            scenarios = [Scenario(), *(random_scenario(base, unit, dice) for _ in range(12))]
            cases = [(sent(scenario), expected(base, unit, scenario)) for scenario in scenarios]
            found.append({"numbers": browser_numbers(base, [unit]), "cases": cases})
    return found


@pytest.mark.parametrize("name", sorted(path.name for path in JS.glob("*.test.mjs")))
def test_node_agrees(corpora, name):
    _node(name, corpora(0.1))


@pytest.mark.thorough
@pytest.mark.parametrize("name", SWEEPS)
def test_node_agrees_on_ten_thousand_scenarios(corpora, name):
    _node(name, corpora(1.0))


def _node(name, folder):
    run = subprocess.run(
        ["node", "--test", JS / name], env={**os.environ, "CORPUS": str(folder)}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
