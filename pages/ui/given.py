"""What the live panel is given, wherever it runs: its files, and numbers and words for it. No Streamlit."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from model.baseline import Baseline
from model.compiled import Column, column, compiled
from model.outlook import to_come
from model.plan import reaches
from pages.ui import ask as asking
from pages.ui.ask import Ask
from pages.ui.words import Words

_FOLDER = Path(__file__).with_name("panel")
SCRIPTS = (  # in this order; then a host: mount.js is Streamlit's, alone.js that of the one file
    "dom.js",
    "road.js",
    "presets.js",
    "picker.js",
    "strip.js",
    "lever.js",
    "waterfall.js",
    "effect.js",
    "panel.js",
)
_EFFECT = ("waterfall", "waterfall_none", "before", "after", "overtaken", "overtaken_by", "and_more", "skipped")


def text(name: str) -> str:
    """One of the panel's files."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def given(base: Baseline, units: Sequence[int], ask: Ask, t: Words) -> dict[str, Any]:
    """All that the panel needs for some units but the scenario: it changes with league, targets, ask and language."""
    edition, league = base.edition, base.league
    by = asking.until(base, ask, date.today())
    return {
        "numbers": compiled(base, units),
        "names": {
            **{c.key: t.of(c.name) for c in edition.criteria},
            **{lever.key: t.of(lever.name) for lever in edition.levers},
            **{c.key: t.of(c.name) for c in edition.components},
            **{f"band.{b.key}": t.of(b.name) for b in edition.bands},
            **{f"preset.{p.key}": t.of(p.name) for p in edition.presets},
        },
        "words": _words(base, t),
        "units": [[code, name] for code, name in zip(league.codes, league.names, strict=True)],
        "by": t.day(by),
        "reach": _reach(base, units, ask, by),
        "notes": {c.key: t.of(c.note) for c in edition.components if c.note},
        "league": {"key": league.key, "illustrative": column(_tag(base, unit, t) for unit in units)},
    }


def _words(base: Baseline, t: Words) -> dict[str, Any]:
    effect = t.group("effect")
    return t.group("panel") | {
        **{key: effect[key] for key in _EFFECT},
        "next_above_list": effect["next_above"],
        "language": t.language,
        "decimal": t("decimal"),
        "thousands": t("thousands"),
        "hindrance": t.group("hindrance"),
        "groups": {key: t.of(group) for key, group in base.edition.groups.items()},
    }


def _reach(base: Baseline, units: Sequence[int], ask: Ask, by: date) -> dict[str, list[Column]]:
    """{lever: its lowest and highest rate by a date}, as exact as they are shown."""
    coming = to_come(base, by)
    means = ({group: int(counts[unit]) for group, counts in coming.items()} for unit in units)
    found = [reaches(base, unit, asking.means(ask, more))[0] for unit, more in zip(units, means, strict=True)]
    keys = [lever.key for lever in base.edition.levers if any(lever.key in reach for reach in found)]
    return {
        key: [
            column(round(getattr(reach[key], end), 4) if key in reach else float("nan") for reach in found)
            for end in ("low", "high")
        ]
        for key in keys
    }


def _tag(base: Baseline, unit: int, t: Words) -> str:
    """What marks a unit's figures as made up, wholly or in part."""
    league = base.league
    partly = "published_score" in league.published_cells.get(league.codes[unit], ())
    return t("league.partly" if partly else "league.illustrative") if league.origin == "illustrative" else ""
