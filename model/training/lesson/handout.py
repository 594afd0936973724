"""A lesson's handout: one small page of HTML that stands by itself and prints."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from model.score.baseline import Baseline
from model.training.facts import Writers
from model.training.lesson.files import Lesson
from model.training.lesson.lessons import Told, told
from model.training.lesson.pictures import Picture

_AROUND = 3  # units above and below ours that a table of the league shows
_EVERY = 20  # rates of a sweep that its table shows
_STYLE = """
body { font: 12pt/1.45 "Times New Roman", "Noto Serif", serif; max-width: 19cm; margin: 1cm auto; color: #000; }
h1 { font-size: 18pt; margin: 0 0 .2em; } .why { font-style: italic; } li { margin: 0 0 .7em; break-inside: avoid; }
table { border-collapse: collapse; margin: .4em 0; font-size: 10pt; } caption { text-align: left; }
th, td { border: 1px solid #888; padding: .1em .5em; text-align: right; }
th:first-child, td:first-child, .strip :nth-child(2) { text-align: left; } .own { font-weight: bold; }
.mark { border: 2px solid #000; padding: .2em .5em; font-weight: bold; }
footer { border-top: 1px solid #888; margin-top: 1em; padding-top: .4em; font-size: 9pt; }
@page { size: A4; margin: 1.5cm; } @media print { body { margin: 0; max-width: none; } }
"""
Rows = Sequence[Sequence[str]]


def handout(lesson: Lesson, base: Baseline, unit: int, language: str, write: Writers, link: str = "") -> str:
    """The lesson on a league as a page of HTML; raises Problem as `lessons.told` does.

    Whatever comes from tables and texts is escaped, so `write` must not escape. A blank line stands for a missing link.
    """
    said = told(lesson, base, unit)
    steps, drawn = [], set[str]()
    for one in said.steps:
        table = _table(one.picture, base, said.unit, language, write) if one.picture else ""
        steps.append(f"<li><p>{escape(one.said(language, write))}</p>{'' if table in drawn else table}</li>")
        drawn.add(table)
    title = escape(lesson.title[language])
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="why">{escape(lesson.why[language])}</p>\n{_mark(base, language)}'
        f"<p>{escape(_about(said, base, language, write))}</p>\n<ol>\n" + "\n".join(steps) + "\n</ol>\n"
        f"<footer>{_footer(said, base, language, write, link)}</footer>\n</body>\n</html>\n"
    )


def _about(said: Told, base: Baseline, language: str, write: Writers) -> str:
    return str(_words()["about"][language]).format(
        unit=base.league.names[said.unit],
        score=write["points"](float(base.standing.score[said.unit])),
        rank=write["rank"](float(base.rank[said.unit])),
        ranked=write["count"](base.ranked),
    )


def _mark(base: Baseline, language: str) -> str:
    """What must be known of where the figures come from; nothing where they were published."""
    mark = _words().get(base.league.origin)
    return f'<p class="mark">{escape(mark[language])}</p>\n' if mark else ""


def _footer(said: Told, base: Baseline, language: str, write: Writers, link: str) -> str:
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
    return "<br>\n".join(f"{escape(head)}: {escape(line)}" for head, line in lines if line)


def _table(picture: Picture, base: Baseline, unit: int, language: str, write: Writers) -> str:
    """The figures behind a picture, no more of them than a page takes."""
    kind = "pairs_others" if picture.kind == "pairs" and not picture.of else picture.kind
    rows = _ROWS[picture.kind](picture.columns, language, write)
    heads = _words()[kind][language]
    names = {lever.key: lever.name for lever in base.edition.levers}
    names |= {component.key: component.name for component in base.edition.components}
    caption = f"<caption>{escape(names[picture.of][language])}</caption>" if picture.of else ""
    ours = base.league.names[unit] if kind == "strip" else None
    body = "".join(_row(row, "td", ours in row) for row in rows)
    return f'<table class="{kind}">{caption}{_row(heads, "th")}{body}</table>'


def _row(cells: Sequence[str], tag: str, own: bool = False) -> str:
    filled = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
    return f'<tr class="own">{filled}</tr>' if own else f"<tr>{filled}</tr>"


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
