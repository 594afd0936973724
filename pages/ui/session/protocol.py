"""The panel's protocol: what it is told, and what it says and asks for."""

from collections.abc import Mapping
from dataclasses import replace

from model.report.choice import Choice
from model.report.link import row, scenario_of
from model.score.baseline import Baseline
from model.score.presets import apply_preset
from model.score.scenario import Scenario
from model.words.problems import Problem
from pages.ui.session.leagues import baseline_of
from pages.ui.session.state import base, change, choice, current, look_at, redo, remembered, switch_target, undo, unit


def told() -> tuple[int, Scenario]:
    """What the panel was last told, and its number."""
    return current().revision, current().told


def history() -> dict[str, bool]:
    """Whether there is anything to undo and to redo."""
    return {"undo": bool(current().past), "redo": bool(current().future)}


def panel_unit() -> str:
    """What the panel's scenario belongs to."""
    now = choice()
    return _belongs(now, baseline_of(now))


def accepted(payload: object) -> None:
    """A scenario that the panel hands over, checked like any other; what can't be used is dropped and said."""
    session = current()
    table = baseline_of(session.choice)
    if not isinstance(payload, Mapping) or payload.get("unit") != _belongs(session.choice, table):
        return
    texts = {str(key): str(text) for key, text in dict(payload.get("scenario") or {}).items()}
    problems: list[Problem] = []
    scenario = scenario_of(table, row(table, session.choice.unit), texts, problems)
    up_to_date = payload.get("revision") == session.revision and not problems
    change(replace(session.choice, scenario=scenario), from_panel=up_to_date)
    session.problems = problems


def acted(text: str) -> None:
    """What a button of the panel asks for: undo, redo, reset, unit:CODE, remembered:LEAGUE/CODE, preset:KEY,
    chart:KEY or target:CRITERION:RATE."""
    kind, _, rest = text.partition(":")
    now, table = choice(), base()
    if kind == "undo":
        undo()
    elif kind == "redo":
        redo()
    elif kind == "reset":
        change(replace(now, scenario=Scenario()))
    elif kind == "unit" and rest in table.league.codes:
        change(replace(now, unit=rest, scenario=Scenario()))
    elif kind == "remembered":
        remembered(*rest.rpartition("/")[::2])
    elif kind == "preset" and rest in {preset.key for preset in table.edition.presets}:
        scenario, skipped = apply_preset(table, unit(), now.scenario, rest)
        change(replace(now, scenario=scenario), skipped=skipped)
    elif kind == "chart":
        look_at(chart=rest)
    elif kind == "target":
        criterion, _, rate = rest.partition(":")
        switch_target(criterion, rate)


def _belongs(now: Choice, table: Baseline) -> str:
    return f"{now.league}/{table.league.codes[row(table, now.unit)]}"
