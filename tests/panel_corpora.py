"""What Python writes for the tests of the panel's JavaScript; run: python tests/panel_corpora.py FOLDER [SHARE]."""

import json
import sys
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from model.plan.question import Question  # noqa: E402
from model.report.choice import Choice  # noqa: E402
from model.report.sentence import sentence  # noqa: E402
from model.rules import files as edition_files  # noqa: E402
from model.rules.formulas import half_up  # noqa: E402
from model.score.baseline import Baseline, baseline  # noqa: E402
from model.score.browser import browser_numbers  # noqa: E402
from model.score.levers import hindrances  # noqa: E402
from model.score.presets import apply_preset, goals  # noqa: E402
from model.score.scenario import Scenario, effect, sweep  # noqa: E402
from model.table import leagues as tables  # noqa: E402
from model.words.texts import Words, words  # noqa: E402
from pages.panel import one_file as alone  # noqa: E402
from pages.panel.panel_data import panel_data, sentence_data  # noqa: E402
from panel_figures import bare, expected, possible, random_scenario, sent  # noqa: E402
from panel_shown import Shown  # noqa: E402
from panel_walk import MADE, walk  # noqa: E402
from strategies import league as made_league  # noqa: E402

LANGUAGES = ("vi", "en")
SEED = 766
SCENARIOS = 10_000


@cache
def bases() -> tuple[Baseline, ...]:
    """Every sample league under every edition."""
    every = product(tables.samples(), edition_files.available())
    return tuple(baseline(edition_files.load(edition), tables.find(league, edition)) for league, edition in every)


def many() -> Baseline:
    """1,234 units, of whom most are tied, and none of whom has had a petition."""
    rules = edition_files.load("766-2026")
    points = {c.key: np.repeat([0.8, 0.5, 0.4], (17, 1200, 17)) * c.max_points for c in rules.components}
    none = [(0, 0)] * 1234
    return baseline(
        rules, made_league(rules, points=points, counts={"petitions_on_time": none, "petitions_satisfied": none})
    )


def some(base: Baseline, n: float, rng: np.random.Generator) -> list[int]:
    """Rows of n units at random, at least one."""
    return [int(unit) for unit in rng.choice(len(base.league.codes), max(1, round(n)), replace=False)]


def figures(share: float) -> list[dict[str, Any]]:
    """Random scenarios, and each lever at its ends, targets and published value, with all that the engine finds."""
    rng, found = np.random.default_rng(SEED), []
    pairs = len(tables.samples()) * len(edition_files.available())
    for base in bases():
        for unit in some(base, 8, rng):
            scenarios = [random_scenario(base, unit, rng) for _ in range(round(share * SCENARIOS / pairs / 8) + 1)]
            found.append(_evaluated(base, unit, scenarios))
        n = len(base.league.codes)
        for unit in (0, n // 2, n - 1)[: max(1, round(3 * share))]:
            found.append(_evaluated(base, unit, [s for s in _edges(base, unit) if possible(base, unit, s)]))
    return found


def _edges(base: Baseline, unit: int) -> Iterator[Scenario]:
    for i, lever in enumerate(base.edition.levers):
        targets = [c.target for c in base.edition.moved_by(lever.key)]
        for value in (0.0, 1.0, *targets, float(base.anchors.levers[unit, i])):
            yield Scenario({lever.key: value})
    for k, component in enumerate(base.edition.components):
        for value in (0.0, component.max_points, float(base.standing.components[unit, k]) / 100):
            yield Scenario({component.key: value})


def _evaluated(base: Baseline, unit: int, scenarios: list[Scenario]) -> dict[str, Any]:
    return {
        "where": [base.league.key, base.edition.key, unit],
        "compiled": browser_numbers(base, [unit]),
        "scenarios": [sent(s) for s in scenarios],
        "expected": [expected(base, unit, s) for s in scenarios],
    }


def presets(share: float) -> list[dict[str, Any]]:
    """Every preset laid over random scenarios: what is then supposed, and what is left out."""
    rng, found = np.random.default_rng(8), []
    for base in bases():
        for unit in some(base, 12 * share, rng):
            scenarios = [Scenario(), *(random_scenario(base, unit, rng) for _ in range(4))]
            laid = [[apply_preset(base, unit, s, preset.key) for preset in base.edition.presets] for s in scenarios]
            found.append(
                {
                    "where": [base.league.key, base.edition.key, unit],
                    "compiled": browser_numbers(base, [unit]),
                    "scenarios": [sent(s) for s in scenarios],
                    "expected": [[[sent(after), left_out] for after, left_out in of] for of in laid],
                }
            )
    return found


def targets(share: float) -> list[dict[str, Any]]:
    """A league under each other target that is open: everyone's score and where the presets then lead."""
    filed, table = edition_files.load("766-2025"), tables.find("hanoi_2025-08-25")
    every, found = range(len(table.codes)), []
    for criterion in filed.criteria:
        for choice in criterion.target_choices:
            switched = baseline(filed.with_targets({criterion.key: choice}), table, filed)
            wanted = {
                "peers": [bare(score) for score in switched.standing.score],
                "goals": [
                    {key: bare(value) for key, value in goals(switched, preset).items()}
                    for preset in switched.edition.presets
                ],
            }
            for before in (baseline(filed, table), switched):  # also where the page had switched it already
                switch = {criterion.key: choice}
                found.append({"compiled": browser_numbers(before, every), "targets": switch, "expected": wanted})
    return found


def panels(share: float) -> list[dict[str, Any]]:
    """Panels of every league under every edition, in one language after the other, with random scenarios."""
    rng, found = np.random.default_rng(SEED), []
    for n, base in enumerate(bases()):
        t, units = words(LANGUAGES[n % 2]), some(base, 3 * share, rng)
        data = panel_data(base, units, Question(), t, MADE)
        shown = Shown(base, t, data)
        cases = []
        for unit in units:
            supposed = [Scenario(), *(random_scenario(base, unit, rng) for _ in range(max(1, round(3 * share))))]
            cases += [{"unit": unit, "scenario": s.texts(), "shown": shown.panel(unit, s)} for s in supposed]
        found.append({"league": base.league.key, "edition": base.edition.key, "data": data, "cases": cases})
    return found


def following(share: float) -> list[dict[str, Any]]:
    """The sentence, and score and rank along all that can be swept, of random scenarios of every league and edition."""
    rng, found = np.random.default_rng(26), []
    for n, base in enumerate((*bases(), many(), many())):
        t = words(LANGUAGES[n % 2])
        for unit in some(base, 4 * share, rng):
            supposed = [Scenario(), *(random_scenario(base, unit, rng) for _ in range(round(2 + 4 * share)))]
            supposed += [Scenario(dict(list(s.changes.items())[:2])) for s in supposed[1:4]]
            supposed = [s for s in supposed if possible(base, unit, s)]
            cases = [{"scenario": s.texts(), **_followed(base, unit, s, t)} for s in supposed]
            data, sentence_ = panel_data(base, [unit], Question(), t, MADE), sentence_data(base, unit, t)
            where = [base.league.key, base.edition.key, unit]
            found.append({"where": where, "unit": unit, "data": data, "sentence": sentence_, "cases": cases})
    return found


def _followed(base: Baseline, unit: int, scenario: Scenario, t: Words) -> dict[str, Any]:
    result, still = effect(base, unit, scenario), hindrances(base, unit, scenario)
    fixed = ("assumed", "inherited", "not_reported", "none_due")
    keys = [lever.key for lever in base.edition.levers if still.get(lever.key) not in fixed]
    keys += [c.key for c, moved in zip(base.edition.components, base.anchors.direct[unit], strict=True) if moved]
    curves = {}
    for key in keys[:2] + keys[-2:]:
        lever = next((lever for lever in base.edition.levers if lever.key == key), None)
        high, scale = (0.1 if lever.better == "lower" else 1.0, 100) if lever else (0.0, 1)
        high = high or next(c.max_points for c in base.edition.components if c.key == key)
        grid = np.linspace(0, high, 101)
        curves[key] = [bare(column) for column in (grid * scale, *sweep(base, unit, scenario, key, grid))]
    return {"said": sentence(base, unit, scenario, result, t), "keys": keys, "curves": curves}


def walks(share: float) -> list[dict[str, Any]]:
    """One file of each league, and a person's random steps through it."""
    rng = np.random.default_rng(SEED)
    steps = max(8, round(60 * share))
    return [walk(key, LANGUAGES[n % 2], steps, rng) for n, key in enumerate(tables.samples())]


def upload(share: float) -> dict[str, Any]:
    """One unit's panel and file, to try the controls on: Đắk Lắk's row 50 in English, as published."""
    league, t = tables.find("dak_lak_2026-10-10"), words("en")
    base = baseline(edition_files.load(league.edition), league)
    choice = Choice(league.key, league.codes[50])
    return {"data": panel_data(base, [50, 51], Question(), t, MADE), "html": alone.page(base, 50, choice, t, MADE)}


def rounding(_: float) -> list[list[Any]]:
    """(number, whole hundredths), at and beside halves of a hundredth."""
    halves = np.arange(20001) / 200
    values = np.concatenate([halves, np.nextafter(halves[1:], 0), np.nextafter(halves, 200), np.arange(9999) / 101])
    return [[value, hundredths] for value, hundredths in zip(values, half_up(values), strict=True)]


def road(_: float) -> list[dict[str, Any]]:
    """The numbers of a few units of every sample under every edition, and (scenario, what the engine finds)."""
    dice, found = np.random.default_rng(15), []
    for base in bases():
        for unit in map(int, dice.choice(len(base.league.codes), 6, replace=False)):
            scenarios = [Scenario(), *(random_scenario(base, unit, dice) for _ in range(12))]
            cases = [(sent(scenario), expected(base, unit, scenario)) for scenario in scenarios]
            found.append({"numbers": browser_numbers(base, [unit]), "cases": cases})
    return found


WRITERS = {
    "rounding": rounding,
    "road": road,
    "figures": figures,
    "presets": presets,
    "targets": targets,
    "panels": panels,
    "following": following,
    "walks": walks,
    "desk": upload,
}


def write(folder: Path, share: float = 1.0) -> None:
    """Every corpus as a file of JSON in a folder, or a share of each."""
    for name, writer in WRITERS.items():
        text = json.dumps(writer(share), ensure_ascii=False, default=float)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(float, sys.argv[2:]))
