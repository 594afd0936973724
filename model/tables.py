"""Tables: a CSV, and the TOML beside it, read into a league and checked."""

import csv
import os
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from .edition import Edition
from .edition_files import available, in_every_language, load
from .league import LEVELS, ORIGINS, PERIODS, League, Period, columns, folded, frozen
from .problems import Problem
from .scoring import hundredths

SAMPLES = Path(__file__).parents[1] / "sample_data"
_ABOUT = {
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
}  # keys of the TOML
_IDLE = {"unit_type", "published_rank"}  # known columns that nothing is computed from


def samples() -> tuple[str, ...]:
    """Names of the sample leagues."""
    return tuple(sorted(path.stem for path in SAMPLES.glob("*.toml")))


def find(table: str, edition: str | None = None) -> League:
    """The league in a CSV file, or the sample league of that name; raises Problem."""
    if table in samples():
        return read(SAMPLES / f"{table}.csv", edition)
    if not os.path.isfile(table):  # unlike Path.is_file, no error for a name that is too long
        raise Problem("league_unknown", table=table, known=samples())
    return read(Path(table), edition)


def read(path: Path, edition: str | None = None) -> League:
    """The league in a CSV file and the TOML beside it; raises Problem naming file, row and column.

    Columns: unit_code, unit_name, <component>_points, published_score, and per criterion or lever either
    <key>_done with <key>_due, or one rate <key>. `edition` overrides the TOML's.
    """
    about = _about(path.with_suffix(".toml"))
    edition = edition or about.get("edition")
    if edition is None:
        raise Problem("league_no_edition", file=path.name, known=available())
    rules = load(edition)
    header, rows = _cells(path)
    table = _Table(path.name, header, rows, about.pop("rates", None))
    codes, names = table.units()
    done, due, rate = table.rates(rules)
    published = table.points(rules)
    score = table.column("published_score", limit=rules.total)
    about.setdefault("level", _guessed_level(names))
    return League(
        **about
        | {
            "key": path.stem,
            "edition": edition,
            "codes": codes,
            "names": names,
            "done": done,
            "due": due,
            "rate": rate,
            "published": published,
            "published_score": frozen(hundredths(score)),
            "unused": table.unused(rules),
        }
    )


def _about(path: Path) -> dict[str, Any]:
    """The TOML's facts about a league, checked; empty where there is no file."""
    if not path.is_file():
        return {}
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problem("league_unreadable", file=path.name, error=error) from None

    def need(key: str, right: bool) -> None:
        if not right:
            raise Problem("league_wrong", file=path.name, key=key, value=about.get(key, "–"))

    for key in about:
        need(key, key in _ABOUT)
    for key in ("title", "source", "note"):
        need(key, key not in about or in_every_language(about[key]))
    need("edition", isinstance(about.get("edition", ""), str))
    need("as_of", isinstance(about.get("as_of"), date | None))
    need("level", about.get("level", "other") in LEVELS)
    need("origin", about.get("origin", "own") in ORIGINS)
    need("rates", about.get("rates") in (None, "percent", "fraction"))
    if "period" in about:
        period = about["period"]
        need(
            "period",
            isinstance(period, dict)
            and period.get("kind") in PERIODS
            and all(isinstance(period.get(day), date) for day in ("first", "last")),
        )
        about["period"] = Period(**{key: period[key] for key in ("kind", "first", "last")})
    cells, claims = about.get("published_cells", {}), about.get("claims", {})
    need("published_cells", isinstance(cells, dict) and all(isinstance(row, list) for row in cells.values()))
    need("claims", isinstance(claims, dict) and all(map(in_every_language, claims.values())))
    about["published_cells"] = {unit: tuple(row) for unit, row in cells.items()}
    return about


def _cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file, as text; short rows filled, blank ones left out as empty lists."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [[cell.strip() for cell in line] for line in csv.reader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Problem("league_unreadable", file=path.name, error=error) from None
    if len(lines) < 2:
        raise Problem("league_empty", file=path.name)
    header, *rows = lines
    for column in header:
        if column and header.count(column) > 1:
            raise Problem("league_column_twice", file=path.name, column=column)
    for column in ("unit_code", "unit_name"):
        if column not in header:
            raise Problem("league_column", file=path.name, column=column)
    for number, row in enumerate(rows, start=2):
        if len(row) > len(header):
            raise Problem("league_width", file=path.name, row=number)
    return header, [row + [""] * (len(header) - len(row)) if any(row) else [] for row in rows]


@dataclass
class _Table:
    """A CSV's text on its way to numbers; rows are numbered as a spreadsheet shows them."""

    file: str
    header: list[str]
    lines: list[list[str]]
    rates_in: str | None

    def __post_init__(self) -> None:
        self.rows = [(number, row) for number, row in enumerate(self.lines, start=2) if row]
        if not self.rows:
            raise Problem("league_empty", file=self.file)

    def units(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Codes and names, as the table has them."""
        first: dict[str, int] = {}
        for number, row in self.rows:
            code = row[self.header.index("unit_code")]
            if not code:
                raise Problem("league_no_code", file=self.file, row=number)
            if code in first:
                raise Problem("league_unit_twice", file=self.file, row=number, value=code, first=first[code])
            first[code] = number
        return tuple(first), tuple(row[self.header.index("unit_name")] for _, row in self.rows)

    def points(self, edition: Edition) -> np.ndarray:
        """Published component points in hundredths, shape (n, components)."""
        found = [self.column(f"{c.key}_points", limit=c.max_points) for c in edition.components]
        return frozen(hundredths(np.stack(found, axis=-1)))

    def rates(self, edition: Edition) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Done, due and rate of everything a table may report, each of shape (n, reported)."""
        done = np.stack([self.column(f"{key}_done", whole=True) for key in columns(edition)], axis=-1)
        due = np.stack([self.column(f"{key}_due", whole=True) for key in columns(edition)], axis=-1)
        for i, j in np.argwhere(np.isnan(done) != np.isnan(due))[:1]:
            key = columns(edition)[j]
            raise Problem("league_pair", file=self.file, row=self.rows[i][0], done=f"{key}_done", due=f"{key}_due")
        for i, j in np.argwhere(done > due)[:1]:
            raise Problem(
                "league_over",
                file=self.file,
                row=self.rows[i][0],
                column=f"{columns(edition)[j]}_done",
                value=f"{done[i, j]:.0f}",
                limit=f"{due[i, j]:.0f}",
            )
        rate = np.stack([self.column(key, rate=True) for key in columns(edition)], axis=-1)
        counted = np.divide(done, due, out=np.full_like(done, np.nan), where=due > 0)
        return frozen(done), frozen(due), frozen(np.where(np.isnan(due), rate, counted))

    def column(self, name: str, *, limit: float = np.inf, whole: bool = False, rate: bool = False) -> np.ndarray:
        """One column's numbers, shape (n,); nan where empty or where there is no such column."""
        if name not in self.header:
            return np.full(len(self.rows), np.nan)
        at = self.header.index(name)
        return np.array([self._number(row[at], number, name, limit, whole, rate) for number, row in self.rows])

    def _number(self, text: str, row: int, column: str, limit: float, whole: bool, rate: bool) -> float:
        if not text:
            return np.nan
        where = {"file": self.file, "row": row, "column": column, "value": text}
        percent = rate and text.endswith("%")
        value = plain_number(text.removesuffix("%") if percent else text)
        if whole and (count := plain_count(text)) is not None:
            value = count
        if value is None:
            raise Problem("league_number", **where)
        if value < 0:
            raise Problem("league_negative", **where)
        if whole and value != int(value):
            raise Problem("league_whole", **where)
        if rate:
            if not percent and self.rates_in is None:
                raise Problem("league_rate_unit", **where)
            limit = 100 if percent or self.rates_in == "percent" else 1
        if value > limit:
            raise Problem("league_over", **where, limit=f"{limit:g}")
        return value / 100 if rate and limit == 100 else value

    def unused(self, edition: Edition) -> tuple[str, ...]:
        """Columns that nothing is read from."""
        rates = {f"{key}{end}" for key in columns(edition) for end in ("", "_done", "_due")}
        points = {f"{c.key}_points" for c in edition.components}
        known = rates | points | {"unit_code", "unit_name", "published_score"} | _IDLE
        return tuple(column for column in self.header if column and column not in known)


def plain_number(text: str) -> float | None:
    """The finite number that a text states, with decimal point or comma; None where it states none."""
    bare = text.strip().replace(",", ".") if text.count(",") + text.count(".") <= 1 else ""
    if not bare or not bare.isascii() or set(bare) - set("0123456789.-+"):
        return None
    try:
        value = float(bare)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def plain_count(text: str) -> int | None:
    """The whole number below 10^12 that a text states, thousands marked (3.483) or not; None where it states none."""
    bare = text.strip()
    if re.fullmatch(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(\1[0-9]{3})*", bare):
        bare = re.sub("[.,]", "", bare)
    return int(bare) if re.fullmatch(r"[0-9]{1,12}", bare) else None


def _guessed_level(names: tuple[str, ...]) -> str:
    """Commune where every name is one's, else other."""
    kinds = ("xa ", "phuong ", "dac khu ", "thi tran ")
    return "commune" if all(folded(name).startswith(kinds) for name in names) else "other"
