"""What the live panel is given, wherever it runs: its files, and numbers and words for it. No Streamlit."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from model.peers.calendar import to_come
from model.plan.moves import LeverRange
from model.plan.plan import reaches
from model.plan.question import Question, means, until
from model.report.sentence import lever_stated, stated
from model.rules import files as edition_files
from model.rules.edition import EVIDENCE, Component
from model.score.baseline import Baseline
from model.score.browser import Column, browser_numbers, column
from model.words.problems import sentences
from model.words.texts import Words

_FOLDER = Path(__file__).parent
SCRIPTS = (  # in this order; then a host: mount.js is Streamlit's, alone.js that of the one file
    "numbers.js",
    "dom.js",
    "road.js",
    "presets.js",
    "picker.js",
    "strip.js",
    "lever.js",
    "supposed.js",
    "waterfall.js",
    "effect.js",
    "panel.js",
)
FOLLOWING = ("sentence.js", "sweep.js")  # what only the app has beside the panel
MASTHEAD_SCRIPTS = ("numbers.js", "dom.js", "memory.js", "tongue.js", "tour.js", "masthead.js")
MOUNT_SCRIPTS = ("memory.js", "mount.js")  # a page of Streamlit's
PICKER_SCRIPTS = ("numbers.js", "dom.js", "road.js", "picker.js")
_PICKER = ("unit", "unit_invite", "search", "none_found", "no_rank", "type_more")
STYLES = ("base.css", "panel.css")
_WATERFALL = ("waterfall", "waterfall_none", "waterfall_still", "before", "after")
_EFFECT = (*_WATERFALL, "overtaken", "overtaken_by", "and_more", "skipped")


def panel_text(name: str) -> str:
    """One of the panel's files."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def panel_data(base: Baseline, units: Sequence[int], ask: Question, t: Words, today: date) -> dict[str, Any]:
    """All that the panel needs for some units but the scenario; a new one for each league, ask, language and day."""
    edition, league = base.edition, base.league
    by = until(base, ask, today)
    return {
        "numbers": browser_numbers(base, units),
        "names": {
            **{c.key: t.of(c.name) for c in edition.criteria},
            **{lever.key: t.of(lever.name) for lever in edition.levers},
            **{c.key: t.of(c.name) for c in edition.components},
            **{f"band.{b.key}": t.of(b.name) for b in edition.bands},
            **{f"preset.{p.key}": t.of(p.name) for p in edition.presets},
        },
        "words": _words(base, t),
        "absent": _absent(base, t),
        "units": [[code, name] for code, name in zip(league.codes, league.names, strict=True)],
        "by": t.day(by),
        "reach": _reach(base, units, ask, by),
        "notes": {c.key: _note(c, t) for c in edition.components if t.of(c.note)},
        "league": {"key": league.key, "partly": column(_partly(base, unit) for unit in units)},
    }


def picker_data(base: Baseline, t: Words) -> dict[str, Any]:
    """All that the unit picker needs: units, their scores in hundredths, and its words."""
    league, panel = base.league, t.group("panel")
    return {
        "units": [[code, name] for code, name in zip(league.codes, league.names, strict=True)],
        "numbers": {"peers": column(base.standing.score, one=False)},
        "words": {key: panel[key] for key in _PICKER}
        | {"language": t.language, "decimal": t("decimal"), "thousands": t("thousands")},
    }


def sentence_data(base: Baseline, unit: int, t: Words) -> dict[str, Any]:
    """All that the sentence of a unit is made of but the scenario."""
    details = stated(base, unit, t)
    return {
        "words": t.group("effect") | {"language": t.language, "copied": t("masthead.copied")},
        "details": details,
        "switched": details["edition"] != t.of(base.edition.title),
        "levers": {lever.key: lever_stated(base, unit, lever.key, t) for lever in base.edition.levers},
    }


def made_up(base: Baseline, t: Words) -> dict[str, Any]:
    """Words that call nothing published, where figures are made up."""
    return t.group("illustrative") if base.league.origin == "illustrative" else {}


def _words(base: Baseline, t: Words) -> dict[str, Any]:
    effect = t.group("effect")
    return t.group("panel") | {
        **{key: effect[key] for key in _EFFECT},
        "next_above_list": effect["next_above"],
        "scaled_unknown": sentences()["scaled_unknown"][t.language],
        "known_where": t("known.title"),
        "language": t.language,
        "decimal": t("decimal"),
        "thousands": t("thousands"),
        "hindrance": t.group("hindrance"),
        "tag": [t("league.illustrative"), t("league.partly")] if base.league.origin == "illustrative" else None,
        "groups": {key: t.of(group) for key, group in base.edition.groups.items()},
        **made_up(base, t),
    }


def _reach(base: Baseline, units: Sequence[int], ask: Question, by: date) -> dict[str, dict[str, Column]]:
    """{lever: the rates it reaches by a date}: `low` is `of` so many the least; the most is `up` above it, or `left`
    below all of them, whichever is more alike among units. Of whole things, or of 1 where there are no counts."""
    coming = to_come(base, by)
    more = ({group: int(counts[unit]) for group, counts in coming.items()} for unit in units)
    found = [reaches(base, unit, means(ask, due))[0] for unit, due in zip(units, more, strict=True)]
    columns = {}
    for lever in base.edition.levers:
        ends = [_ends(reach.get(lever.key)) for reach in found]
        names = ("low", "up" if lever.kind == "flow" else "left", "of")
        columns[lever.key] = {name: column(end[name] for end in ends) for name in names}
    return columns


def _ends(reach: LeverRange | None) -> dict[str, float]:
    """A reach as counts or rates; nan where there is none."""
    if reach is None:
        return dict.fromkeys(("low", "up", "left", "of"), np.nan)
    of = reach.due if reach.whole else 1
    low, high = (round(end * of, 9) for end in (reach.low, reach.high))
    return {"low": low, "up": round(high - low, 9), "left": round(of - high, 9), "of": of}


def _absent(base: Baseline, t: Words) -> dict[str, list[list[str]]]:
    """{component: names of the levers that don't count at this level, with the reason they share}."""
    if not base.edition.absent:
        return {}
    found: dict[str, dict[str, list[str]]] = {}
    for c in edition_files.load(base.edition.key).criteria:
        if c.key in base.edition.absent:
            found.setdefault(c.component, {}).setdefault(t.of(base.edition.absent[c.key]), []).append(t.of(c.name))
    return {part: [[", ".join(names), why] for why, names in row.items()] for part, row in found.items()}


def _note(c: Component, t: Words) -> str:
    """A component's note with its evidence in words, where no legend explains the marks."""
    said = t.of(c.note)
    for mark in EVIDENCE:
        word = t(f"evidence.{mark}")
        said = said.replace(f"[{mark}]", f"({word})")
    return said


def _partly(base: Baseline, unit: int) -> bool:
    """Whether a unit's score is published in a league that is otherwise made up."""
    return "published_score" in base.league.published_cells.get(base.league.codes[unit], ())
