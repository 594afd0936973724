"""The panel's JavaScript under Node's own test runner, against corpora and figures that Python writes for it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import corpora as grammar
import panel_corpora

JS = Path(__file__).with_name("js")
TESTS, SLOWEST = sorted(path.name for path in JS.glob("*.test.mjs")), "alone.test.mjs"
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
        return made[share]

    return of


@pytest.mark.parametrize("name", [name for name in TESTS if name != SLOWEST])
def test_node_agrees(corpora, name):
    _node(name, corpora(0.1))


@pytest.mark.thorough
def test_node_agrees_on_the_one_file(corpora):
    _node(SLOWEST, corpora(0.1))


@pytest.mark.thorough
@pytest.mark.parametrize("name", SWEEPS)
def test_node_agrees_on_ten_thousand_scenarios(corpora, name):
    _node(name, corpora(1.0))


def _node(name, folder):
    run = subprocess.run(
        ["node", "--test", JS / name], env={**os.environ, "CORPUS": str(folder)}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
