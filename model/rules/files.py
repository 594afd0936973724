"""Edition files: model/rules/editions/*.toml read, laid over what they extend, and checked."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, get_args, get_origin

from model.rules.edition import (
    EVIDENCE,
    KINDS,
    LEVELS,
    ROUNDINGS,
    Band,
    Component,
    Criterion,
    Edition,
    Lever,
    Preset,
    Words,
)
from model.words.problems import LANGUAGES, Problem

FOLDER = Path(__file__).with_name("editions")


def available() -> tuple[str, ...]:
    """Keys of the editions in model/editions, newest last."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def in_force(day: date | None, leader: float = 0.0) -> str:
    """The key of the edition that figures of a day follow; without a day the latest, or that of a first so high."""
    keys = {since: key for key in available() if (since := load(key).since)}
    if day is not None:
        return keys[max((since for since in keys if since <= day), default=min(keys))]
    return keys[max([since for since, key in keys.items() if 0 < load(key).led_by < leader] or keys)]


@cache
def load(key: str) -> Edition:
    """The edition of that key; raises Problem where there is none or its file is wrong."""
    if key not in available():
        raise Problem("edition_unknown", key=key, known=available())
    return read(FOLDER / f"{key}.toml")


def title(key: str) -> Words | str:
    """What the edition of that key is called; the key itself where there is no such edition."""
    return load(key).title if key in available() else key


def read(path: Path) -> Edition:
    """The edition in a TOML file; raises Problem naming file, key and reason."""
    try:
        table = _table(path)
        edition = _build(_merged(table))
        another_form = any("replaces" in row for _, row in _rows(table, "components"))
        if edition.since is None and not another_form:
            raise _Wrong("since", "edition_missing")
        if edition.key != path.stem:
            raise _Wrong("key", "edition_key", value=edition.key)
        return replace(edition, variants=dict(_variants(table)))
    except _Wrong as wrong:
        reason = Problem(wrong.code, **wrong.details).both
        raise Problem("edition_wrong", file=wrong.file or path.name, key=wrong.key, reason=reason) from None


def _variants(table: dict[str, Any]) -> Iterator[tuple[str, Edition]]:
    """The edition at each level whose rules differ, by level."""
    for level, rules in _rows(table, "levels", optional=True):
        if level not in LEVELS or not isinstance(rules, dict):
            raise _Wrong(f"levels.{level}", "edition_choice", value=level, choices=LEVELS)
        try:
            yield level, _build(_merged(_laid_over(table, rules)))
        except _Wrong as wrong:
            wrong.key = f"levels.{level}.{wrong.key}"
            raise


class _Wrong(Exception):
    """Something wrong at a key of the file being read, or of another `file` that it extends."""

    def __init__(self, key: str, code: str, file: str | None = None, **details: object) -> None:
        self.key, self.code, self.file, self.details = key, code, file, details


def _table(path: Path, heirs: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The file's table, laid over the edition that it extends."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _Wrong("–", "edition_unreadable", file=path.name, error=error) from None
    if "extends" not in table:
        return table
    parent = table.pop("extends")
    if parent not in available() or FOLDER / f"{parent}.toml" in (path, *heirs):
        raise _Wrong("extends", "edition_no_parent", file=path.name, value=parent)
    inherited = _table(FOLDER / f"{parent}.toml", (path, *heirs))
    return _laid_over({key: row for key, row in inherited.items() if key not in ("since", "led_by")}, table)


def _laid_over(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """`base` with the rows and keys of `top` in place of its own."""
    both = {
        key: _laid_over(base[key], value)
        for key, value in top.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return base | top | both


def _merged(table: dict[str, Any]) -> dict[str, Any]:
    """The table with each component that `replaces` others in the place of the first, their criteria its own."""
    components, into = dict(_rows(table, "components")), dict[str, str]()
    for key, row in components.items():
        replaced = row.get("replaces", []) if isinstance(row, dict) else []
        if not isinstance(replaced, list):
            raise _Wrong(f"components.{key}.replaces", "edition_list", value=replaced)
        for old in replaced:
            if not isinstance(old, str) or old not in components or old == key:
                raise _Wrong(f"components.{key}.replaces", "edition_unknown_component", value=old)
            into[old] = key
    components = {key: _without(row, "replaces") for key, row in components.items()}
    for old in into:
        while into[old] in into:  # replaced in its turn, by an edition that extends this one
            into[old] = into[into[old]]
    order = dict.fromkeys(into.get(key, key) for key in components)
    criteria = dict(_rows(table, "criteria"))
    for key, row in criteria.items():
        if isinstance(row, dict) and (old := str(row.get("component"))) in into:
            criteria[key] = row | {"component": into[old]}
    return table | {"components": {key: components[key] for key in order}, "criteria": criteria}


def _without(row: Any, key: str) -> Any:
    return {name: value for name, value in row.items() if name != key} if isinstance(row, dict) else row


def _build(table: dict[str, Any]) -> Edition:
    components = tuple(_record(Component, key, row, f"components.{key}") for key, row in _rows(table, "components"))
    criteria = tuple(_criterion(key, row) for key, row in _rows(table, "criteria"))
    all_of_them, absent = criteria, {c.key: c.absent for c in criteria if c.absent}
    criteria = tuple(c for c in criteria if c.max_points > 0)
    own = tuple(_own_lever(c) for c in criteria if not c.derived and not c.absent)
    more = tuple(_record(Lever, key, row, f"levers.{key}") for key, row in _rows(table, "levers", optional=True))
    taken = {c.key for c in components}
    for kind, key in [*(("criteria", c.key) for c in criteria), *(("levers", lever.key) for lever in more)]:
        if key in taken:  # a column of a table, or a key of a scenario, must mean one thing
            raise _Wrong(f"{kind}.{key}", "edition_taken")
        taken.add(key)
    bands = tuple(_band(key, row) for key, row in _rows(table, "bands"))
    presets = tuple(_record(Preset, key, row, f"presets.{key}") for key, row in _rows(table, "presets", optional=True))
    presets = tuple(kept for preset in presets if (kept := _possible(preset, own + more, absent)))
    for name, found in (("groups", _rows(table, "groups")), ("sources", _rows(table, "sources", optional=True))):
        for key, row in found:
            if not in_every_language(row):
                raise _Wrong(f"{name}.{key}", "edition_language", languages=LANGUAGES)
            if not _number(row.get("effort", 1)) or row.get("effort", 1) < 0:
                raise _Wrong(f"{name}.{key}.effort", "edition_number", value=row["effort"])
    rest = {key: value for key, value in table.items() if key not in ("key", "levers", "levels")}
    reported = list(dict.fromkeys((*(c.key for c in all_of_them), *(lever.key for lever in more))))
    for key in ("reported", "absent", "variants"):
        if key in table:
            raise _Wrong(key, "edition_unknown_key")
    edition: Edition = _record(
        Edition,
        table.get("key", "–"),
        rest
        | {"components": components, "criteria": criteria, "levers": own + more, "bands": bands, "presets": presets}
        | {"reported": reported, "absent": absent},
        "",
    )
    _check(edition)
    return edition


def _possible(preset: Preset, levers: tuple[Lever, ...], absent: Mapping[str, Words]) -> Preset | None:
    """A preset without the levers that are absent; None where nothing of it is left."""
    rates = {key: rate for key, rate in preset.set.items() if key not in absent}
    nothing = bool(preset.set) and not rates
    if nothing or (preset.one_more_due and absent and preset.one_more_due not in {lever.group for lever in levers}):
        return None
    return replace(preset, set=rates)


def _rows(table: dict[str, Any], key: str, optional: bool = False) -> list[tuple[str, dict[str, Any]]]:
    rows = table.get(key, {})
    if not isinstance(rows, dict) or not (rows or optional):
        raise _Wrong(key, "edition_missing")
    return list(rows.items())


def _record(kind: type, key: str, row: Any, where: str) -> Any:
    """A dataclass made of a file's row; every field named, none unknown, lists frozen, texts in every language."""
    if not isinstance(row, dict):
        raise _Wrong(where, "edition_missing")
    known = {f.name: f for f in fields(kind) if f.name != "key"}
    for name, value in row.items():
        at = f"{where}.{name}".lstrip(".")
        if name not in known:
            raise _Wrong(at, "edition_unknown_key")
        _check_type(known[name].type, value, at)
    for name, f in known.items():
        if name not in row and f.default is MISSING and f.default_factory is MISSING:
            raise _Wrong(f"{where}.{name}".lstrip("."), "edition_missing")
    return kind(key=key, **{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


def _check_type(kind: object, value: object, at: str) -> None:
    """Refuses a value that is not what a field takes: texts in every language, a number, a text, a list or a table."""
    if kind in (Words, Words | None):
        if not in_every_language(value):
            raise _Wrong(at, "edition_language", languages=LANGUAGES)
    elif kind in (float, float | None, int):
        if not _number(value):
            raise _Wrong(at, "edition_number", value=value)
    elif kind is bool:
        if not isinstance(value, bool):
            raise _Wrong(at, "edition_choice", value=value, choices=("true", "false"))
    elif kind in (str, str | None):
        if not isinstance(value, str):
            raise _Wrong(at, "edition_text", value=value)
    elif kind in (tuple[str, ...], tuple[float, ...]):
        if not isinstance(value, list) or not all(
            isinstance(item, str) if kind == tuple[str, ...] else _number(item) for item in value
        ):
            raise _Wrong(at, "edition_list", value=value)
    elif kind == date | None:
        if type(value) is not date:
            raise _Wrong(at, "edition_day", value=value)
    elif get_origin(kind) is Mapping:
        if not isinstance(value, dict):
            raise _Wrong(at, "edition_missing")
        for name, item in value.items():
            if get_args(kind)[1] is float and not _number(item):
                raise _Wrong(f"{at}.{name}", "edition_number", value=item)


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def in_every_language(value: object) -> bool:
    """Whether a value of a file is a table with a text for each language."""
    return isinstance(value, dict) and all(isinstance(value.get(language), str) for language in LANGUAGES)


def _criterion(key: str, row: Any) -> Criterion:
    made: Criterion = _record(Criterion, key, row, f"criteria.{key}")
    at = f"criteria.{key}"
    if not 0 < made.target <= 1:
        raise _Wrong(f"{at}.target", "edition_target", value=made.target)
    if any(not 0 < choice <= 1 for choice in made.target_choices):
        raise _Wrong(f"{at}.target_choices", "edition_target", value=made.target_choices)
    if made.target_choices and made.target not in made.target_choices:
        raise _Wrong(f"{at}.target_choices", "edition_choices", value=made.target)
    if made.max_points <= 0 and not (made.absent and made.max_points == 0):
        raise _Wrong(f"{at}.max_points", "edition_positive", value=made.max_points)
    if made.evidence not in EVIDENCE:
        raise _Wrong(f"{at}.evidence", "edition_choice", value=made.evidence, choices=EVIDENCE)
    if made.empty.get("earns") not in ("full", "nothing"):
        raise _Wrong(f"{at}.empty.earns", "edition_choice", value=made.empty.get("earns"), choices=("full", "nothing"))
    if made.empty.get("evidence") not in EVIDENCE:
        raise _Wrong(f"{at}.empty.evidence", "edition_choice", value=made.empty.get("evidence"), choices=EVIDENCE)
    if made.assumed_rate is not None and not 0 <= made.assumed_rate <= 1:
        raise _Wrong(f"{at}.assumed_rate", "edition_target", value=made.assumed_rate)
    if made.constant is not None and (not made.absent or not 0 <= made.constant <= 1):
        raise _Wrong(f"{at}.constant", "edition_target", value=made.constant)
    if made.absent:
        return replace(made, rate={}, scaled_by=None if made.constant is None else made.scaled_by)
    if "rate" in row and not (made.rate and all(made.rate.values())):
        raise _Wrong(f"{at}.rate", "edition_no_lever")
    return made if made.rate else replace(made, rate={key: 1.0})


def _own_lever(c: Criterion) -> Lever:
    return Lever(
        key=c.key,
        name=c.name,
        done=c.done,
        due=c.due,
        group=c.group,
        kind=c.kind,
        at_most=c.at_most,
        when_empty=1.0 if c.empty["earns"] == "full" else 0.0,
    )


def _band(key: str, row: Any) -> Band:
    """A band written in one line: its texts, `from` and `evidence`."""
    if not isinstance(row, dict) or "from" not in row:
        raise _Wrong(f"bands.{key}.from", "edition_missing")
    _check_type(float, row["from"], f"bands.{key}.from")
    words = {language: text for language, text in row.items() if language in LANGUAGES}
    rest = {name: value for name, value in row.items() if name not in (*LANGUAGES, "from")}
    band: Band = _record(Band, key, rest | {"name": words, "from_score": row["from"]}, f"bands.{key}")
    return band


def _check(e: Edition) -> None:
    """What no single row can show: that the rows fit together."""
    for c in e.criteria:
        if c.component not in e.component_index:
            raise _Wrong(f"criteria.{c.key}.component", "edition_unknown_component", value=c.component)
        for key in c.levers:
            if key not in e.lever_index:
                raise _Wrong(f"criteria.{c.key}.rate", "edition_unknown_lever", value=key)
        for source in c.source:
            if source not in e.sources:
                raise _Wrong(f"criteria.{c.key}.source", "edition_unknown_source", value=source)
        if c.group not in e.groups:
            raise _Wrong(f"criteria.{c.key}.group", "edition_choice", value=c.group, choices=tuple(e.groups))
        _check_levels(c.inherited_by, f"criteria.{c.key}")
    for component in e.components:
        _check_levels(component.inherited_by, f"components.{component.key}")
        if component.rounding not in ROUNDINGS:
            at = f"components.{component.key}.rounding"
            raise _Wrong(at, "edition_choice", value=component.rounding, choices=ROUNDINGS)
    for lever in e.levers:
        at = f"criteria.{lever.key}" if lever.key in e.criterion_index else f"levers.{lever.key}"
        if lever.at_most is not None and lever.at_most not in e.lever_index:
            raise _Wrong(f"{at}.at_most", "edition_unknown_lever", value=lever.at_most)
        if lever.group not in e.groups:
            raise _Wrong(f"{at}.group", "edition_choice", value=lever.group, choices=tuple(e.groups))
        if lever.kind not in KINDS:
            raise _Wrong(f"{at}.kind", "edition_choice", value=lever.kind, choices=KINDS)
        if not e.moved_by(lever.key):
            raise _Wrong(at, "edition_idle_lever")
        better = "higher" if e.moved_by(lever.key)[0].rate.get(lever.key, 1) > 0 else "lower"
        if lever.better != better:
            raise _Wrong(f"{at}.better", "edition_choice", value=lever.better, choices=(better,))
    if e.ties != "competition":
        raise _Wrong("ties", "edition_choice", value=e.ties, choices=("competition",))
    if e.rounding != "half_up" or e.decimals != 2:
        raise _Wrong("rounding", "edition_choice", value=f"{e.rounding}, {e.decimals}", choices=("half_up, 2",))
    _check_maxima(e)
    _check_bands(e)
    _check_presets(e)


def _check_levels(levels: tuple[str, ...], at: str) -> None:
    for level in levels:
        if level not in LEVELS:
            raise _Wrong(f"{at}.inherited_by", "edition_choice", value=level, choices=LEVELS)


def _check_maxima(e: Edition) -> None:
    for component in e.components:
        parts = sum(c.max_points for c in e.criteria if c.component == component.key)
        if abs(parts - component.max_points) > 1e-9:
            raise _Wrong(
                f"components.{component.key}.max_points", "edition_maxima", value=component.max_points, parts=parts
            )
    whole = sum(c.max_points for c in e.components)
    if abs(whole - e.total) > 1e-9:
        raise _Wrong("total", "edition_maxima", value=e.total, parts=whole)


def _check_bands(e: Edition) -> None:
    edges = [band.from_score for band in e.bands]
    if edges != sorted(set(edges), reverse=True) or edges[-1] != 0:
        raise _Wrong("bands", "edition_bands", value=edges)
    for band in e.bands:
        if band.evidence not in EVIDENCE:
            raise _Wrong(f"bands.{band.key}.evidence", "edition_choice", value=band.evidence, choices=EVIDENCE)


def _check_presets(e: Edition) -> None:
    for preset in e.presets:
        for lever, rate in preset.set.items():
            if lever not in e.lever_index:
                raise _Wrong(f"presets.{preset.key}.set", "edition_unknown_lever", value=lever)
            if not 0 <= rate <= 1:
                raise _Wrong(f"presets.{preset.key}.set.{lever}", "edition_target", value=rate)
        if preset.all not in (None, "best", "target"):
            raise _Wrong(f"presets.{preset.key}.all", "edition_choice", value=preset.all, choices=("best", "target"))
        if preset.one_more_due is not None and preset.one_more_due not in e.groups:
            raise _Wrong(
                f"presets.{preset.key}.one_more_due",
                "edition_choice",
                value=preset.one_more_due,
                choices=tuple(e.groups),
            )
