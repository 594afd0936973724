"""Texts that Python and JavaScript must read alike: corpora/ holds what they are, and more are drawn at random."""

import json
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from urllib.parse import parse_qsl

from model.plan.question import Question
from model.report import link
from model.report.choice import Choice
from model.rules import files as edition_files
from model.score.baseline import Baseline, baseline
from model.table import leagues as tables
from model.table.league import bare, folded_name
from model.words import numbers as typed
from model.words.problems import Problem
from model.words.texts import words
from pages.panel.panel_data import panel_data

FOLDER = Path(__file__).with_name("corpora")
LIMIT = 20  # of the points in the corpus of numbers
# what only the whole app can use; and own.*, plan.*
ELSEWHERE = ("lang", "league", *(key for key in link.VIEW if not key.endswith(".")))
_MARKS = "0123456789" * 2 + ".,,.  ''’+-−–%%/\u00a0\u202f\u2009\u200e\uff11ab(eE٣½"
_LETTERS = "aAăâđĐÐðɖeêhHmMrRưƯơơọ\u0300\u0301\u0309\u0323İßς .-–‑'’`´ʼ‘\u00a0\u200b1"


def write(folder: Path) -> None:
    """Everything, as files that Node's tests read."""
    for name, made in (("numbers", numbers), ("names", names), ("links", links), ("leagues", leagues)):
        (folder / f"{name}.json").write_text(json.dumps(made(), ensure_ascii=False), encoding="utf-8")


@cache
def numbers() -> dict:
    """{reading: [[text, what it is or None]]}, those drawn at random as Python reads them, and entries."""
    stated = tomllib.loads((FOLDER / "numbers.toml").read_text(encoding="utf-8"))
    entries = stated.pop("entry")["typed"]
    known = {kind: [[text, None if is_ == "no" else is_] for text, is_ in its.items()] for kind, its in stated.items()}
    drawn = {kind: [[text, read(text)] for text in _drawn(766, _MARKS, 12, 3000)] for kind, read in READ.items()}
    return {"known": known, "drawn": drawn, "entries": entries, "limit": LIMIT}


@cache
def names() -> dict:
    """{folding: [[name, what it is folded to]]}, and whom a search means."""
    stated = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    searched = stated.pop("meant")["searched"]
    units = [name for key in tables.samples() for name in tables.find(key).names]
    drawn = [*units, *_drawn(767, _LETTERS, 14, 3000)]
    return {
        "known": {kind: list(its.items()) for kind, its in stated.items()},
        "drawn": {"folded": [[n, folded_name(n)] for n in drawn], "bare": [[n, bare(n)] for n in drawn]},
        "searched": searched,
    }


@cache
def links() -> list[dict]:
    """Links of the one file, each with the state that it opens on."""
    return json.loads((FOLDER / "links.json").read_text(encoding="utf-8"))


@cache
def leagues() -> dict:
    """What the panel is given of each league that the links are of, opened on the unit in the middle."""
    return {key: _given(key) for key in sorted({one["league"] for one in links()})}


def opened_on(league: str, text: str) -> dict:
    """The state that Python opens a link on: what the one file holds of it, and which keys it could not use."""
    whole = dict(parse_qsl(text, keep_blank_values=True))
    found, _, problems = link.read({**whole, "league": league}, base_of, [*tables.samples()])
    asked = link.meant(whole)
    base = base_of(found)
    refused = {key for key in asked if _of_scenario(key) and key not in found.scenario.changes}
    refused |= {"unit"} if asked.get("unit") and not found.unit else set()
    refused |= {key for key in asked if key.startswith("target.") and _names(problems, key.removeprefix("target."))}
    return {
        "unit": base.league.codes[link.row(base, found.unit)],
        "scenario": found.scenario.texts(),
        "targets": dict(found.targets),
        "refused": sorted(refused),
    }


@cache
def _base(league: str, targets: tuple[tuple[str, float], ...]) -> Baseline:
    table = tables.find(league)
    filed = edition_files.load(table.edition)
    return baseline(filed.with_targets(dict(targets)), table, filed)


def base_of(c: Choice) -> Baseline:
    """The baseline of a choice among the sample leagues, without a unit of one's own."""
    return _base(c.league, tuple(sorted(c.targets.items())))


def _given(key: str) -> dict:
    base = base_of(Choice(league=key))
    data = panel_data(base, range(len(base.league.codes)), Question(), words("vi"), date(2026, 11, 25))
    return data | {"unit": link.row(base, ""), "link": {"lang": "vi", "league": key}}


def _of_scenario(key: str) -> bool:
    return key not in ("unit", *ELSEWHERE) and not key.startswith(("target.", "own.", "plan."))


def _names(problems: list[Problem], criterion: str) -> bool:
    """Whether a problem names a criterion's target."""
    return any(problem.details.get("key") in (criterion, f"target.{criterion}") for problem in problems)


def _drawn(seed: int, signs: str, most: int, n: int) -> list[str]:
    dice = Random(seed)
    return ["".join(dice.choices(signs, k=dice.randint(1, most))) for _ in range(n)]


def _points(text: str) -> float | None:
    try:
        return typed.points(text, LIMIT)
    except Problem:
        return None


READ = {
    "number": typed.plain_number,
    "count": typed.plain_count,
    "counts": typed.plain_counts,
    "percent": typed.plain_percent,
    "points": _points,
}
