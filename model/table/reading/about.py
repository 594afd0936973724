"""The facts that stand beside a table, as TOML: edition, title, date, period, origin, source; read and checked."""

import re
import tomllib
from datetime import date
from typing import Any

from model.rules.edition import LEVELS
from model.rules.files import in_every_language
from model.table.league import MARKS, ORIGINS, PERIODS, Period
from model.words.problems import Problem

_LETTERS = 2**20  # of a TOML text
_DEEP = re.compile(r"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){40}""")  # a key that takes minutes to parse
_KEYS = {
    "edition",
    "title",
    "source",
    "note",
    "as_of",
    "period",
    "level",
    "origin",
    "rates",
    "published_cells",
    "claims",
    "marks",
    "derived",
}


def parsed(text: str, file: str) -> dict[str, Any]:
    """The facts that a TOML text states of a league, checked; raises Problem naming file and key."""
    if len(text) > _LETTERS or _DEEP.search(text):
        raise Problem("league_toml", file=file, error=f"{len(text)} > {_LETTERS}")
    try:
        about = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Problem("league_toml", file=file, error=error) from None

    def need(key: str, right: bool) -> None:
        if not right:
            raise Problem("league_wrong", file=file, key=key, value=about.get(key, "–"))

    for key in about:
        need(key, key in _KEYS)
    for key in ("title", "source", "note"):
        need(key, key not in about or in_every_language(about[key]))
    need("edition", isinstance(about.get("edition", ""), str))
    need("as_of", type(about.get("as_of")) in (date, type(None)))  # a datetime is a date too, but compares with none
    need("level", about.get("level", "other") in LEVELS)
    need("origin", about.get("origin", "own") in ORIGINS)
    need("rates", about.get("rates") in (None, "percent", "fraction"))
    if "period" in about:
        period = about["period"]
        need(
            "period",
            isinstance(period, dict)
            and period.get("kind") in PERIODS
            and all(type(period.get(day)) is date for day in ("first", "last"))
            and period["first"] <= period["last"],
        )
        about["period"] = Period(**{key: period[key] for key in ("kind", "first", "last")})
    cells, claims = about.get("published_cells", {}), about.get("claims", {})
    need("published_cells", isinstance(cells, dict) and all(map(_texts, cells.values())))
    need("claims", isinstance(claims, dict) and all(map(in_every_language, claims.values())))
    marks = about.get("marks", {})
    need("marks", isinstance(marks, dict) and all(map(_marks, marks.values())))
    need("derived", _texts(about.get("derived", [])))
    if "derived" in about:
        about["derived"] = tuple(about["derived"])
    about["published_cells"] = {unit: tuple(row) for unit, row in cells.items()}
    return about


def _marks(row: object) -> bool:
    return isinstance(row, dict) and all(mark in MARKS for mark in row.values())


def _texts(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(cell, str) for cell in row)
