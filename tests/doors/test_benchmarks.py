"""Every benchmark runs to its end at its smallest size: figures that nobody takes tell nothing."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALLEST = {
    "engine": ["--leagues", "hanoi_2025-08-25"],
    "chances": ["--units", "30"],
    "plan": [],
    "readers": ["--units", "60"],
    "sessions": ["--seconds", "2", "--sessions", "1"],
}
IN_BROWSER = {
    "page": ["--presses", "1", "--leagues", "hanoi_2025-08-25"],
    "turns": ["--turns", "1", "--leagues", "hanoi_2025-08-25", "dated", "--dates", "3", "--pages", "ranking"],
    "slow_line": ["--opens", "1"],
    "openings": ["--opens", "1", "--presses", "1", "--later", "0"],
}


def test_every_benchmark_has_a_smallest_size():
    mains = {path.stem for path in (ROOT / "benchmarks").glob("*.py") if "def main()" in path.read_text("utf-8")}
    assert mains == {*SMALLEST, *IN_BROWSER}


def test_every_benchmark_stands_in_their_readme():
    told = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    assert set(re.findall(r"\| `python -m benchmarks\.(\w+)", told)) == {*SMALLEST, *IN_BROWSER}


@pytest.mark.thorough
@pytest.mark.parametrize("name", SMALLEST)
def test_a_benchmark_runs_to_its_end(name):
    assert _figures(name, SMALLEST[name])


@pytest.mark.thorough
@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("name", IN_BROWSER)
def test_a_benchmark_in_the_browser_runs_to_its_end(name):
    assert _figures(name, IN_BROWSER[name])


@pytest.mark.thorough
def test_the_server_s_processor_time_of_a_released_change_is_told():
    heads, row = _told("sessions", ["--seconds", "2", "--sessions", "1", "--pages", "live"])[-2:]
    assert "server CPU" in heads and 0 < float(row.split()[5]) < 1_000


def _told(name: str, arguments: list[str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


def _figures(name: str, arguments: list[str]) -> list[str]:
    """The numbers in a benchmark's table, none of them missing."""
    found = re.findall(r"(?<=\s)(?:\d[\d.]*|inf|nan)(?=\s|$)", "\n".join(_told(name, arguments)))
    assert not {"inf", "nan"} & set(found)
    return found
