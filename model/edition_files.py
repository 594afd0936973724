"""Edition files: model/editions/*.toml read, laid over what they extend, and checked."""
import tomllib
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from .edition import EVIDENCE, Band, Component, Criterion, Edition, Lever, Preset, Words
from .problems import LANGUAGES, Problem

FOLDER = Path(__file__).with_name("editions")


def available() -> tuple[str, ...]:
    """Keys of the editions in model/editions, newest last."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load(key: str) -> Edition:
    """The edition of that key; raises Problem where there is none or its file is wrong."""
    if key not in available():
        raise Problem("edition_unknown", key=key, known=available())
    return read(FOLDER / f"{key}.toml")


def read(path: Path) -> Edition:
    """The edition in a TOML file; raises Problem naming file, key and reason."""
    try:
        return _build(_table(path))
    except _Wrong as wrong:
        raise Problem("edition_wrong", file=path.name, key=wrong.key, reason=Problem(wrong.code, **wrong.details).both) from None


class _Wrong(Exception):
    """Something wrong at a key of the file being read."""

    def __init__(self, key: str, code: str, **details: object) -> None:
        super().__init__(key, code)
        self.key, self.code, self.details = key, code, details


def _table(path: Path, heirs: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The file's table, laid over the edition that it extends."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _Wrong("–", "edition_unreadable", error=error) from None
    if "extends" not in table:
        return table
    parent = FOLDER / f"{table.pop('extends')}.toml"
    if parent in (path, *heirs) or not parent.is_file():
        raise _Wrong("extends", "edition_no_parent", value=parent.stem)
    return _laid_over(_table(parent, (path, *heirs)), table)


def _laid_over(base: Any, top: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(top, dict)):
        return top
    return base | {key: _laid_over(base[key], value) if key in base else value for key, value in top.items()}


def _build(table: dict[str, Any]) -> Edition:
    components = tuple(_record(Component, key, row, f"components.{key}") for key, row in _rows(table, "components"))
    criteria = tuple(_criterion(key, row) for key, row in _rows(table, "criteria"))
    own = tuple(_own_lever(c) for c in criteria if not c.derived)
    more = tuple(_record(Lever, key, row, f"levers.{key}") for key, row in table.pop("levers", {}).items())
    bands = tuple(_band(key, row) for key, row in _rows(table, "bands"))
    presets = tuple(_record(Preset, key, row, f"presets.{key}") for key, row in table.pop("presets", {}).items())
    edition = _record(Edition, table.get("key", "–"), table | {
        "components": components, "criteria": criteria, "levers": own + more, "bands": bands, "presets": presets}, "")
    _check(edition)
    return edition


def _rows(table: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    rows = table.get(key)
    if not isinstance(rows, dict) or not rows:
        raise _Wrong(key, "edition_missing")
    return list(rows.items())


def _record(kind: type, key: str, row: Any, where: str) -> Any:
    """A dataclass made of a file's row; every field named, none unknown, lists frozen, texts in every language."""
    if not isinstance(row, dict):
        raise _Wrong(where, "edition_missing")
    row = {"key": key} | row
    known = {f.name: f for f in fields(kind)}
    for name, value in row.items():
        at = f"{where}.{name}".lstrip(".")
        if name not in known:
            raise _Wrong(at, "edition_unknown_key")
        kind_of = known[name].type
        if kind_of in (Words, Words | None) and not _in_every_language(value):
            raise _Wrong(at, "edition_language", languages=LANGUAGES)
        if kind_of in (float, float | None, int) and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise _Wrong(at, "edition_number", value=value)
        if kind_of in (str, str | None) and not isinstance(value, str):
            raise _Wrong(at, "edition_text", value=value)
        row[name] = tuple(value) if isinstance(value, list) else value
    try:
        return kind(**row)
    except TypeError:
        absent = [n for n, f in known.items() if n not in row]
        raise _Wrong(f"{where}.{absent[0]}".lstrip("."), "edition_missing") from None


def _in_every_language(value: object) -> bool:
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
    if made.max_points <= 0:
        raise _Wrong(f"{at}.max_points", "edition_positive", value=made.max_points)
    if made.evidence not in EVIDENCE:
        raise _Wrong(f"{at}.evidence", "edition_choice", value=made.evidence, choices=EVIDENCE)
    if made.empty.get("earns") not in ("full", "nothing"):
        raise _Wrong(f"{at}.empty.earns", "edition_choice", value=made.empty.get("earns"), choices=("full", "nothing"))
    if made.empty.get("evidence") not in EVIDENCE:
        raise _Wrong(f"{at}.empty.evidence", "edition_choice", value=made.empty.get("evidence"), choices=EVIDENCE)
    if made.assumed_rate is not None and not 0 <= made.assumed_rate <= 1:
        raise _Wrong(f"{at}.assumed_rate", "edition_target", value=made.assumed_rate)
    return made if made.rate else replace(made, rate={key: 1.0})


def _own_lever(c: Criterion) -> Lever:
    return Lever(key=c.key, name=c.name, done=c.done, due=c.due, group=c.group, at_most=c.at_most,
                 when_empty=1.0 if c.empty["earns"] == "full" else 0.0)


def _band(key: str, row: Any) -> Band:
    if not isinstance(row, dict) or "from" not in row:
        raise _Wrong(f"bands.{key}.from", "edition_missing")
    words = {language: row.get(language) for language in LANGUAGES}
    return _record(Band, key, {"name": words, "from_score": row["from"], "evidence": row.get("evidence", "A")}, f"bands.{key}")


def _check(e: Edition) -> None:
    """What no single row can show: that the rows fit together."""
    for c in e.criteria:
        if c.component not in e.component_index:
            raise _Wrong(f"criteria.{c.key}.component", "edition_unknown_component", value=c.component)
        for lever in c.rate:
            if lever not in e.lever_index:
                raise _Wrong(f"criteria.{c.key}.rate", "edition_unknown_lever", value=lever)
        for source in c.source:
            if source not in e.sources:
                raise _Wrong(f"criteria.{c.key}.source", "edition_unknown_source", value=source)
    for lever in e.levers:
        if lever.at_most is not None and lever.at_most not in e.lever_index:
            raise _Wrong(f"criteria.{lever.key}.at_most", "edition_unknown_lever", value=lever.at_most)
        if lever.group not in e.groups:
            raise _Wrong(f"{lever.key}.group", "edition_choice", value=lever.group, choices=tuple(e.groups))
        if lever.better not in ("higher", "lower"):
            raise _Wrong(f"levers.{lever.key}.better", "edition_choice", value=lever.better, choices=("higher", "lower"))
        if not e.moved_by(lever.key):
            raise _Wrong(f"levers.{lever.key}", "edition_idle_lever")
    if "competition" != e.ties:
        raise _Wrong("ties", "edition_choice", value=e.ties, choices=("competition",))
    if e.rounding != "half_up" or e.decimals != 2:
        raise _Wrong("rounding", "edition_choice", value=f"{e.rounding}, {e.decimals}", choices=("half_up, 2",))
    _check_maxima(e)
    _check_bands(e)
    _check_presets(e)


def _check_maxima(e: Edition) -> None:
    for component in e.components:
        parts = sum(c.max_points for c in e.criteria if c.component == component.key)
        if abs(parts - component.max_points) > 1e-9:
            raise _Wrong(f"components.{component.key}.max_points", "edition_maxima", value=component.max_points, parts=parts)
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
            raise _Wrong(f"presets.{preset.key}.one_more_due", "edition_choice", value=preset.one_more_due,
                         choices=tuple(e.groups))
