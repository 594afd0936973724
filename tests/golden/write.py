"""The golden file: what the command line says of every unit of the sample leagues, of 200 scenarios and of 50 plans.

From the repository's root, `python tests/golden/write.py` asks the same questions anew and writes what differs;
`--draw` draws other questions first. A commit that changes an answer says why.
"""

import argparse
import io
import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

HERE = Path(__file__).parent
for folder in (HERE.parents[1], HERE.parents[0]):
    sys.path.append(str(folder))

from model import __main__ as command  # noqa: E402
from model.score.presets import apply_preset  # noqa: E402
from model.score.scenario import Scenario  # noqa: E402
from model.table import leagues as tables  # noqa: E402
from strategies import any_scenario, sample  # noqa: E402

SEED = 766
SCENARIOS, PRESETS, PLANS = 200, 48, 50  # the presets are among the scenarios
FILES = ("units", "scenarios", "plans")
_once = cache(command.found)  # a sample is read once


def lines(name: str) -> list[dict[str, Any]]:
    """The golden lines of one kind: units, scenarios or plans."""
    return [json.loads(line) for line in _path(name).read_text(encoding="utf-8").splitlines()]


def anew(name: str) -> Iterator[dict[str, Any]]:
    """The lines of one kind as the command line answers them now, in the golden order."""
    if name == "units":
        for league in tables.samples():
            for unit in told(f"score {league}")["units"]:
                yield {"league": league, "unit": unit["unit_code"], **_standing(unit)}
    for line in lines(name) if name != "units" else ():
        yield _scenario(line) if name == "scenarios" else _plan(line)


def told(asked: str) -> Any:
    """What `python -m model …` answers; raises RuntimeError where it refuses."""
    out, notes = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(notes), patch.object(command, "found", _found):
        status = command.main(shlex.split(asked))
    if status:
        raise RuntimeError(f"{asked}: {notes.getvalue()}")
    return json.loads(out.getvalue())


def _found(table: str, edition: str | None, *_: object) -> Any:
    """A sample as the command line finds it, with nothing corrected."""
    return _once(table, edition)


def _scenario(line: dict[str, Any]) -> dict[str, Any]:
    """A scenario's line: a preset states itself what it sets, laid over the published figures."""
    question = {"ask": line["ask"]}
    asked = line["ask"]
    if "preset" in line:
        _, league, _, code = shlex.split(asked)
        base = sample(league)
        scenario, skipped = apply_preset(base, base.league.index(code), Scenario(), line["preset"])
        question |= {"preset": line["preset"], "sets": scenario.texts(), "skipped": skipped}
        asked += _sets(scenario)
    answer = told(asked)
    return question | {
        **_standing(answer["scenario"]),
        "change": answer["change"]["score"],
        "tied": answer["scenario"]["tied_with"],
        "overtaken": len(answer["overtaken"]),
        "next": answer["next_above"] and [answer["next_above"]["unit_code"], answer["next_above"]["gap"]],
    }


def _plan(line: dict[str, Any]) -> dict[str, Any]:
    answer = told(line["ask"])
    best = answer["best_reachable"]
    plans = [
        {
            "kind": plan["kind"],
            "cost": round(plan["cost"], 6),
            "to": {key: _move(move) for key, move in plan["levers"].items()},
            "score": plan["score"],
            "rank": plan["rank"],
        }
        for plan in answer["plans"]
    ]
    found = {"status": answer["status"], "needed": answer["needed_score"], "best": [best["score"], best["rank"]]}
    if answer["weeks"] is not None:
        found |= {"weeks": round(answer["weeks"], 6)}
    return {"ask": line["ask"]} | found | {"binding": answer["binding"], "plans": plans}


def _move(move: dict[str, Any]) -> float | list[float]:
    """Where a lever goes, to nine decimals as machines differ beyond; where it is counted, also how many things there
    are to do, and how many a week where there is a deadline."""
    to = round(move["to"], 9)
    counts = [count for count in (move["more"], move["per_week"]) if count is not None]
    return [to, *counts] if counts else to


def _standing(unit: dict[str, Any]) -> dict[str, Any]:
    """Score, rank, and each component's points, with the modelled ones where they differ."""
    parts = {
        key: part["points"] if part["points"] == part["modelled"] else [part["points"], part["modelled"]]
        for key, part in unit["components"].items()
    }
    return {"score": unit["score"], "rank": unit["rank"], "band": unit["band"], "parts": parts}


def _drawn() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Questions drawn by SEED: league by league in turn, a unit, and what is supposed or wanted of it."""
    dice, leagues = np.random.default_rng(SEED), tables.samples()
    scenarios: list[dict[str, Any]] = []
    while len(scenarios) < SCENARIOS:
        base = sample(leagues[len(scenarios) % len(leagues)])
        unit = int(dice.integers(len(base.league.codes)))
        ask = f"whatif {base.league.key} --unit {base.league.codes[unit]}"
        if len(scenarios) < PRESETS:
            preset = base.edition.presets[len(scenarios) // len(leagues) % len(base.edition.presets)]
            scenarios.append({"ask": ask, "preset": preset.key})
        elif (scenario := any_scenario(base, unit, int(dice.integers(2**32)), dice.choice([0.1, 0.5, 1]))).changes:
            scenarios.append({"ask": ask + _sets(scenario)})
    yield "scenarios", scenarios
    plans: list[dict[str, Any]] = []
    counted = [league for league in leagues if not league.startswith("provinces")]  # points alone leave no lever
    while len(plans) < PLANS:
        base = sample(counted[len(plans) % len(counted)])
        unit = int(dice.integers(base.ranked))
        ask = f"plan {base.league.key} --unit {base.league.codes[unit]}"
        now = float(base.standing.score[unit]) / 100
        ask += f" --rank {dice.integers(1, 1 + base.rank[unit])}" if dice.random() < 0.5 else ""
        ask += f" --score {min(99.5, now + dice.choice([-1, 0.3, 2.5, 30])):.2f}" if "--rank" not in ask else ""
        if dice.random() < 0.6:
            ask += f" --more dossiers={dice.integers(0, 900)} --more fee_dossiers={dice.integers(0, 300)}"
            ask += dice.choice(["", " --more petitions=1", " --beyond-pace"])
        ask += dice.choice(["", " --fix on_time", " --cost on_time=3 --cost reused=0.5"])
        if dice.random() < 0.4:
            year = base.league.key[-10:-6]
            ask += f" --by {year}-12-{dice.integers(10, 32)} --today {year}-{dice.choice(['10-12', '11-25', '12-08'])}"
        plans.append({"ask": ask})
    yield "plans", plans


def _sets(scenario: Scenario) -> str:
    return "".join(f" --set {key}={text}" for key, text in scenario.texts().items())


def _path(name: str) -> Path:
    return HERE / f"{name}.jsonl"


def _write(name: str, found: list[dict[str, Any]]) -> None:
    rows = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in found]
    _path(name).write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--draw", action="store_true")
    if wanted.parse_args().draw:
        for kind, questions in _drawn():
            _write(kind, questions)
    for kind in FILES:
        _write(kind, list(anew(kind)))
