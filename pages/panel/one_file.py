"""The simulator as one file: the live panel with a whole league in it, to open anywhere, offline. No Streamlit."""

import json
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import compress

from model.report.choice import Choice
from model.report.link import row, written
from model.report.sentence import sentence
from model.report.tables import covers, published_cells, topics
from model.score.baseline import Baseline
from model.score.scenario import effect
from model.words.html import html
from model.words.texts import Words
from pages.panel.panel_data import SCRIPTS, STYLES, made_up, panel_data, panel_text

_COMMENT = re.compile(r"(^|\s+)// .*$|/\*.*?\*/")  # as the panel's files have them, each on one line
_TEXTLESS, _SIGN = re.compile(r"[^'\"`/\\]*"), re.compile(r"\s*([=,;{}()?:]|&&|\|\|)\s*")
_PLAIN = 60_000  # characters of data up to which they stay readable; beyond, they are packed
_COLUMN = 8  # values from which a list is worth a place in the pool
_COLUMNS = (
    "effect.criterion",
    "effect.rate",
    "alone.rate_after",
    "method.target",
    "method.max",
    "alone.points_before",
    "alone.points_after",
    "method.mark",
)


def page(base: Baseline, unit: int, choice: Choice, t: Words, made: date) -> str:
    """The file's HTML: the league of a baseline, a unit's row and what is supposed of it, in one language."""
    league, data = base.league, _packed(_data(base, unit, choice, t, made))
    script, style = (
        "\n".join(_lean(panel_text(name)) for name in names)
        for names in ((*SCRIPTS, "link.js", "ledger.js", "alone.js"), (*STYLES, "alone.css"))
    )
    script, style = _spare(script), _tight(style)
    return html(
        Path(__file__).with_name("alone.html"),
        t=t,
        title=f"{t('app.title')} · {t.of(league.title) or league.key}",
        covers=" · ".join(filter(None, _covers(base, t))),
        source=t("league.source", source=t.of(league.source)) if league.source else "",
        made=t("alone.made", date=t.day(made)),
        sentence=sentence(base, unit, choice.scenario, effect(base, unit, choice.scenario), t),
        start=urlencode(_link(base, unit, choice, t)),
        warning=t("league.illustrative_long") if league.origin == "illustrative" else "",
        published=published_cells(base, t),
        assumptions=topics(base.edition, t),
        notes=[note for note in _notes(base, t) if note],
        script=script,
        style=style,
        script_hash=_hash(script),
        style_hash=_hash(style),
        **data,
    )


def opening(base: Baseline, t: Words, made: date) -> str:
    """The file of a league as it opens where no link says more: on the unit of its story, nothing supposed."""
    at = row(base, "")
    return page(base, at, Choice(league=base.league.key, unit=base.league.codes[at]), t, made)


def _data(base: Baseline, unit: int, choice: Choice, t: Words, made: date) -> dict[str, Any]:
    """What the page's script is given: what the panel is, for every unit, and what only the file needs."""
    edition, league = base.edition, base.league
    data = panel_data(base, range(len(league.codes)), choice.ask, t, made)
    del data["numbers"]["peers"]  # follow from the rest, and would be a tenth of a large file
    del data["numbers"]["units"]  # every one, in the table's order
    data["words"] |= t.group("alone") | {
        "switched_here": [made_up(base, t).get("switched", t("alone.switched")), t("alone.switched")],
        **{"known_ask": "", "alone_own": ""},  # the file has no place to enter it
        "held_line": t("effect.held"),
        "total": t("effect.total"),
        "columns": _columns(base, t),
    }
    moved = {"unit", *choice.scenario.changes, *(f"target.{key}" for key in choice.targets)}
    return data | {
        "unit": unit,
        "link": {key: value for key, value in _link(base, unit, choice, t).items() if key not in moved},
        "lines": {c.key: [c.number, t(f"evidence.{c.evidence}")] for c in edition.criteria},
        "claims": {code: t.of(claim) for code, claim in league.claims.items()},
    }


def _columns(base: Baseline, t: Words) -> list[str]:
    """The heads of the table, which stand on every sheet of paper; that figures are made up is said there too."""
    instead = made_up(base, t)
    first, *others = (instead.get(key.partition(".")[2], t(key)) for key in _COLUMNS)
    mark = f" ({t('league.illustrative').lower()})" if base.league.origin == "illustrative" else ""
    return [first + mark, *others]


def _link(base: Baseline, unit: int, choice: Choice, t: Words) -> dict[str, str]:
    return written(choice, t.language) | {"unit": base.league.codes[unit]}


def _packed(data: dict[str, Any]) -> dict[str, str]:
    """The data and their kind as the page carries them; nothing in them can end the element they stand in."""
    columns: dict[str, int] = {}
    thin = _thinned(data, columns)
    pool = "[" + ",".join(columns) + "]"
    plain = f'{{"columns":{pool},"given":{_json(thin)}}}'.replace("<", "\\u003c")
    if len(plain) <= _PLAIN:
        return {"kind": "application/json", "given": plain}
    return {"kind": "application/zlib", "given": b64encode(compress(plain.encode(), 9)).decode()}


def _thinned(data: Any, columns: dict[str, int]) -> Any:
    """The data with every column of numbers put into a pool, where those that are alike stand once."""
    if isinstance(data, dict):
        return {key: _thinned(value, columns) for key, value in data.items()}
    if isinstance(data, list) and len(data) > _COLUMN and not isinstance(data[0], list | dict):
        return {"column": columns.setdefault(_json(data), len(columns))}
    return [_thinned(value, columns) for value in data] if isinstance(data, list) else data


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _covers(base: Baseline, t: Words) -> list[str]:
    """Whose figures they are, of when, of how many units, under which rules."""
    league = base.league
    n = t("league.units", n=t.count(len(league.codes)))
    return [t(f"league.{league.origin}"), covers(league, t), n, t.of(base.edition.title)]


def _notes(base: Baseline, t: Words) -> list[str]:
    """What must be known about the league and its rules."""
    league, edition, unranked = base.league, base.edition, len(base.league.codes) - base.ranked
    unverified = [
        t("alone.unverified", name=t.of(c.name), rate=t.percent(c.target)) for c in edition.criteria if c.target_choices
    ]
    missing = t("league.unranked", n=unranked) if unranked else ""
    return [t.of(league.note), t.of(edition.about), *unverified, missing]


def _lean(source: str) -> str:
    """A script or style without its comments, indents and blanks about arrows."""
    lines = (_COMMENT.sub("", line).strip() for line in source.splitlines())
    return "\n".join(filter(None, lines)).replace(" => ", "=>")


def _spare(script: str) -> str:
    """A script without the blanks about signs, in those of its lines that hold no text."""
    return "\n".join(_SIGN.sub(r"\1", line) if _TEXTLESS.fullmatch(line) else line for line in script.splitlines())


def _tight(style: str) -> str:
    """A style without the blanks and zeros that it can do without."""
    close = re.sub(r"\s*([{}])\s*|([:;,])\s+", r"\1\2", style).replace(";}", "}")
    return re.sub(r"(?<![\w.])0(?=\.\d)", "", close)


def _hash(content: str) -> str:
    """What the page's policy knows a script or style by."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
