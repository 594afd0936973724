"""python -m model score|whatif: the engine's figures as JSON on standard output, problems on standard error."""

import argparse
import io
import json
import signal
import sys
from itertools import pairwise
from typing import Any, NoReturn

import numpy as np

from . import scenario as what
from .baseline import Baseline, Standing, baseline
from .edition_files import load
from .levers import exceeded
from .problems import LANGUAGES, Problem
from .scoring import band
from .tables import find


def main(arguments: list[str] | None = None) -> int:
    """The exit status of a command: 0, or 2 with one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        asked = _parser().parse_args(arguments)
        league = find(asked.table, asked.edition)
        base = baseline(load(league.edition), league)
        answer, notes = (_score(base), []) if asked.command == "score" else _whatif(base, asked.unit, asked.set)
    except Problem as problem:
        print(problem.text(_language(arguments)), file=sys.stderr)
        return 2
    if league.unused:
        notes = [Problem("league_unused", file=league.key, columns=league.unused), *notes]
    for note in notes:
        print(note.text(asked.lang), file=sys.stderr)
    print(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False))
    return 0


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Problem("command", message=message, usage=" ".join(self.format_usage().split()))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m model", description="Index 766: scores, ranks and what-ifs.")
    commands = parser.add_subparsers(dest="command", required=True)
    score = commands.add_parser("score", help="every unit's points, score and rank")
    whatif = commands.add_parser("whatif", help="one unit under supposed rates")
    for command in (score, whatif):
        command.add_argument("table", metavar="TABLE", help="a CSV file, or the name of a sample league")
        command.add_argument("--edition", metavar="KEY", help="the rules, where no TOML beside the table names them")
        command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of messages")
    whatif.add_argument("--unit", metavar="CODE", required=True)
    whatif.add_argument(
        "--set",
        metavar="LEVER=VALUE",
        action="append",
        default=[],
        help="a rate (0.98, 98%%, 98,5%%), counts (2700/2735), or a component's points",
    )
    return parser


def _language(arguments: list[str] | None) -> str:
    given = sys.argv[1:] if arguments is None else arguments
    return next(
        (
            language
            for language in LANGUAGES
            if f"--lang={language}" in given or ("--lang", language) in pairwise(given)
        ),
        "en",
    )


def _score(base: Baseline) -> dict[str, Any]:
    ties = _ties(base.standing.score)
    units = [_unit(base, i, _at(base.standing, i), base.rank[i], ties[i]) for i in range(len(base.league.codes))]
    return {"edition": base.edition.key, "league": base.league.key, "units": units}


def _whatif(base: Baseline, code: str, sets: list[str]) -> tuple[dict[str, Any], list[Problem]]:
    """The answer, and what to know about it."""
    unit = base.league.index(code)
    scenario = what.parsed(base.edition, map(_pair, sets))
    effect = what.effect(base, unit, scenario)
    notes = [Problem("set_limited", key=key, limit=limit) for key, limit in exceeded(base, unit, scenario).items()]
    before = _unit(base, unit, effect.before, effect.rank_before, effect.tied_before)
    after = _unit(base, unit, effect.after, effect.rank_after, effect.tied_after)
    moved = effect.after.components - effect.before.components
    return {
        "unit_code": base.league.codes[unit],
        "baseline": before,
        "scenario": after,
        "change": {
            "score": _points(effect.after.score - effect.before.score),
            "rank": _whole(effect.rank_after - effect.rank_before),
            "components": {c.key: _points(moved[i]) for i, c in enumerate(base.edition.components)},
        },
        "overtaken": [base.league.codes[i] for i in effect.overtaken],
        "next_above": next(
            (
                {
                    "unit_code": base.league.codes[i],
                    "unit_name": base.league.names[i],
                    "score": _points(base.standing.score[i]),
                    "gap": _points(effect.gap),
                }
                for i in effect.next_above
            ),
            None,
        ),
    }, notes


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise Problem("set_form", text=text)
    return key.strip(), value


def _unit(base: Baseline, i: int, standing: Standing, rank: float, tied: tuple[int, ...]) -> dict[str, Any]:
    found = band(base.edition, float(standing.score))
    return {
        "unit_code": base.league.codes[i],
        "unit_name": base.league.names[i],
        "score": _points(float(standing.score)),
        "rank": _whole(rank),
        "tied_with": [base.league.codes[j] for j in tied],
        "band": found and found.key,
        "components": {
            c.key: {
                "points": _points(standing.components[k]),
                "published": _points(base.league.published[i, k]),
                "modelled": _points(standing.modelled[k]),
            }
            for k, c in enumerate(base.edition.components)
        },
        "criteria": {c.key: _points(standing.criteria[k]) for k, c in enumerate(base.edition.criteria)},
    }


def _at(standing: Standing, i: int) -> Standing:
    return Standing(standing.criteria[i], standing.modelled[i], standing.components[i], standing.score[i])


def _ties(scores: np.ndarray) -> list[tuple[int, ...]]:
    """For each unit, the others of the same score."""
    groups: dict[float, list[int]] = {}
    for i, score in enumerate(scores):
        if not np.isnan(score):
            groups.setdefault(float(score), []).append(i)
    return [tuple(j for j in groups.get(float(score), []) if j != i) for i, score in enumerate(scores)]


def _points(value: float) -> float | None:
    """Hundredths as points, null where missing."""
    return None if np.isnan(value) else float(value) / 100


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader such as `head` may leave early
    sys.exit(main())
