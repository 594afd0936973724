"""A lesson's handout: one small page of HTML that stands by itself and prints."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from model.score.baseline import Baseline
from model.training.facts import Writers
from model.training.lesson.files import Lesson
from model.training.lesson.lessons import Told, told
from model.training.lesson.pictures import Picture
from model.words.html import html

_AROUND = 3  # units above and below ours that a table of the league shows
_EVERY = 20  # rates of a sweep that its table shows
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Table:
    """A table of the handout; `ours` is the name in the row to be marked."""

    kind: str
    caption: str
    heads: Sequence[str]
    rows: Rows
    ours: str | None


def handout(lesson: Lesson, base: Baseline, unit: int, language: str, write: Writers, link: str = "") -> str:
    """The lesson on a league as a page of HTML; raises Problem as `lessons.told` does.

    All is escaped, so `write` must not escape. A blank line stands for a missing link.
    """
    said, steps, drawn = told(lesson, base, unit), [], list[_Table]()
    for one in said.steps:
        table = _table(one.picture, base, said.unit, language, write) if one.picture else None
        steps.append((one.said(language, write), None if table in drawn else table))
        drawn += [table] if table else []
    mark = _words().get(base.league.origin)  # nothing where the figures were published
    return html(
        Path(__file__).with_name("handout.html"),
        language=language,
        title=lesson.title[language],
        why=lesson.why[language],
        mark=mark[language] if mark else "",
        about=_about(said, base, language, write),
        steps=steps,
        lines=_footer(said, base, language, write, link),
    )


def _about(said: Told, base: Baseline, language: str, write: Writers) -> str:
    return str(_words()["about"][language]).format(
        unit=base.league.names[said.unit],
        score=write["points"](float(base.standing.score[said.unit])),
        rank=write["rank"](float(base.rank[said.unit])),
        ranked=write["count"](base.ranked),
    )


def _footer(said: Told, base: Baseline, language: str, write: Writers, link: str) -> list[tuple[str, str]]:
    words, league = _words(), base.league
    title = (league.title or {}).get(language, league.key)
    dated = f"{title}, {write['day'](league.as_of)}" if league.as_of else title
    sources = [words_[language] for words_ in (league.source, said.lesson.source) if words_]
    lines = [
        (words["table"][language], dated),
        (words["source"][language], "; ".join(sources)),
        (words["edition"][language], base.edition.title[language]),
        (words["link"][language], link or "." * 60),
    ]
    return [(head, line) for head, line in lines if line]


def _table(picture: Picture, base: Baseline, unit: int, language: str, write: Writers) -> _Table:
    """The figures behind a picture, no more of them than a page takes."""
    kind = "pairs_others" if picture.kind == "pairs" and not picture.of else picture.kind
    names = {lever.key: lever.name for lever in base.edition.levers}
    names |= {component.key: component.name for component in base.edition.components}
    return _Table(
        kind,
        names[picture.of][language] if picture.of else "",
        _words()[kind][language],
        _ROWS[picture.kind](picture.columns, language, write),
        base.league.names[unit] if kind == "strip" else None,
    )


def _named(first: str, second: str, kinds: tuple[str, str]) -> Any:
    """Rows of names and two columns of figures."""

    def rows(columns: Mapping[str, tuple[Any, ...]], language: str, write: Writers) -> Rows:
        found = zip(columns["name"], columns[first], columns[second], strict=True)
        return [(name[language], write[kinds[0]](a), write[kinds[1]](b)) for name, a, b in found]

    return rows


def _sweep(columns: Mapping[str, tuple[Any, ...]], language: str, write: Writers) -> Rows:
    """The marked rates, and some of the rest."""
    marks = dict(zip(("now", "then", "target"), _words()["marks"][language], strict=True))
    rows, line = dict[tuple[str, ...], list[str]](), 0
    for rate, score, rank, mark in zip(*(columns[c] for c in ("rate", "score", "rank", "mark")), strict=True):
        if mark != "line" or line % _EVERY == 0:
            said = rows.setdefault((write["rate"](rate), write["points"](score), write["rank"](rank)), [])
            said += [marks[mark]] if mark != "line" else []
        line += mark == "line"
    return [(*row, ", ".join(said)) for row, said in rows.items()]


def _strip(columns: Mapping[str, tuple[Any, ...]], language: str, write: Writers) -> Rows:
    """The first three units, and ours with its neighbours."""
    own, rows = columns["own"].index(True), []
    kept = [i for i in range(len(columns["rank"])) if i < _AROUND or abs(i - own) <= _AROUND]
    for i, before in zip(kept, [-1, *kept], strict=False):
        if i > before + 1:
            rows.append((_words()["more"][language], "", ""))
        name = columns["name"][i][language]
        rows.append((write["rank"](columns["rank"][i]), name, write["points"](columns["score"][i])))
    return rows


def _chances(columns: Mapping[str, tuple[Any, ...]], language: str, write: Writers) -> Rows:
    """Ranks that are not unlikely."""
    found = zip(columns["rank"], columns["still"], columns["jumps"], strict=True)
    return [(write["rank"](r), write["chance"](a), write["chance"](b)) for r, a, b in found if max(a, b) >= 0.01]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("handout.toml").read_text(encoding="utf-8"))


_ROWS = {
    "components": _named("points", "most", ("points", "points")),
    "sweep": _sweep,
    "waterfall": _named("change", "to", ("signed", "points")),
    "strip": _strip,
    "chances": _chances,
    "pairs": _named("ours", "other", ("points", "points")),
}
