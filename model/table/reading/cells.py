"""A grid's cells read as points, counts and rates, each doubt said; an error stops its row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from model.rules.edition import Edition
from model.rules.formulas import hundredths, ranks
from model.table.league import columns
from model.table.reading import rows
from model.table.reading.findings import (
    ASKED,
    CELL_OUT,
    COLUMN_OUT,
    COUNTS,
    HELD,
    HELD_WHOLE,
    RANKED,
    READ_SO,
    ROW_OUT,
    UNKNOWN,
    Findings,
)
from model.table.reading.grid import Grid
from model.table.reading.headings import IDLE, roles
from model.words import numbers
from model.words.numbers import Cell, Share, shown
from model.words.problems import Amount, Problem

_APART = 5.0  # hundredths by which rounding alone can set a printed total apart from its parts
_MOST = 3  # figures above a maximum that are more than slips, where they are most of a column
_PLACES = {"nhất": 1, "nhì": 2, "ba": 3, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_HOPELESS = 1_000  # rows stopped, after which one reason is said for each
_RATE_APART = 0.006  # by which rounding to whole per cent can set a printed rate apart from its counts


@dataclass
class Figures:
    """Numbers of n rows: hundredths (n, components) and (n,); done, due and rate (n, reported); nan if not reported."""

    points: np.ndarray
    score: np.ndarray
    done: np.ndarray
    due: np.ndarray
    rate: np.ndarray

    def any(self) -> bool:
        """Whether anything is reported at all."""
        return any(bool(np.isfinite(part).any()) for part in (self.points, self.score, self.done, self.rate))

    def missing(self, rules: Edition) -> str:
        """The one component of no unit's points that the total less the others may be; the empty text where none is."""
        blank = np.flatnonzero(np.isnan(self.points).all(axis=0))
        rest = self._rest()
        if len(blank) != 1 or not np.isfinite(rest).any():
            return ""
        component = rules.components[int(blank[0])]
        criteria = {c.key for c in rules.criteria if c.component == component.key}
        own = [i for i, key in enumerate(columns(rules)) if key in criteria]
        known = np.isfinite(rest)
        fits = (rest >= 0) & (rest <= 100 * component.max_points)
        return component.key if fits[known].all() and not np.isfinite(self.rate[:, own]).any() else ""

    def derive(self, rules: Edition, key: str) -> None:
        """That component's points taken from the total."""
        self.points[:, rules.component_index[key]] = self._rest()

    def _rest(self) -> np.ndarray:
        """The total less the components, of rows that lack but one, shape (n,); nan elsewhere."""
        one = np.isnan(self.points).sum(axis=-1) == 1
        return np.where(one, self.score - np.nansum(self.points, axis=-1), np.nan)


@dataclass
class Reader:
    """What reading a grid needs and gathers; `told` says of a column (from 1) what its bare rates are in."""

    grid: Grid
    rules: Edition
    found: Findings
    told: Mapping[int, str]
    stated: str | None = None
    stopped: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)  # columns of which nothing tells

    def figures(self) -> Figures:
        """The figures of the rows that no error stops; only those rows are left in the grid."""
        parts = [self._column(f"points.{c.key}", c.max_points) for c in self.rules.components]
        score = self._column("score", self.rules.total)
        rates = [self._rate(key) for key in columns(self.rules)]
        self._unplaced()
        keep = [i for i in range(len(self.grid.rows)) if i not in self.stopped]
        self.grid.rows = [self.grid.rows[i] for i in keep]
        done, due, rate = (np.stack(kind, axis=-1)[keep] for kind in zip(*rates, strict=True))
        return Figures(hundredths(np.stack(parts, axis=-1)[keep]), hundredths(score[keep]), done, due, rate)

    def _column(self, role: str, limit: float = 0, unit: str = "") -> np.ndarray:
        """A column's numbers, shape (rows,); nan where not reported, or where an error stops the row."""
        at = self.grid.at(role)
        values = np.full(len(self.grid.rows), np.nan)
        if at is not None and self._misread(at, 100 if unit == "percent" else limit):
            return values
        cells = self.grid.cells(at) if at is not None else []
        kind = "rate" if role.startswith("rate.") else "count" if role.startswith(("done.", "due.")) else "points"
        plain = numbers.plain_column(cells, kind, limit, unit) if cells else None
        if plain is not None:
            return plain
        for i, cell in enumerate(cells):
            if numbers.empty(cell) or len(self.stopped) > _HOPELESS and i in self.stopped:
                continue
            try:
                values[i] = self._stated(i, at or 0, cell, (role, limit, unit))
            except Problem as why:
                values[i] = self._doubt(i, at or 0, cell, why)
        return values

    def _stated(self, i: int, at: int, cell: Cell, of: tuple[str, float, str]) -> float:
        """What a cell states without the marks of notes behind it; raises Problem."""
        own = numbers.of_several(cell, of[0].partition(".")[0])
        bare = numbers.unmarked(own)
        value = _number(bare, *of)
        if own != cell:
            self._say(i, at, Problem("cell_several", value=shown(cell), read=shown(bare)), READ_SO)
        elif bare != cell:
            self._say(i, at, Problem("cell_mark", value=shown(cell), read=shown(bare)), READ_SO)
        return value

    def _misread(self, at: int, limit: float) -> bool:
        """Whether most of a column is above its maximum: it holds something else, and is no reason to stop its rows."""
        values = rows.loose(self.grid, at) if limit else np.array([])
        over, known = int(np.sum(values > limit + 1e-9)), int(np.sum(np.isfinite(values)))
        if over < _MOST or 2 * over <= known:
            return False
        column = self.grid.columns[at]
        self.found.add(Problem("column_over", n=over, limit=f"{limit:g}"), COLUMN_OUT, column=column.label)
        self.grid.give(at, "none")
        return True

    def _doubt(self, i: int, at: int, cell: Cell, why: Problem) -> float:
        """What is left of a cell that is no plain number."""
        whole = numbers.lost_thousands(cell) if why.code == "cell_whole" else None
        if whole is not None:
            self._say(i, at, Problem("cell_thousands", value=shown(cell), count=whole), READ_SO)
            return whole
        if why.code == "cell_unstored" or shown(cell).startswith("#"):  # what a workbook failed to compute
            self._say(i, at, why, CELL_OUT)
        else:
            self.stopped.add(i)
            self._say(i, at, why, ROW_OUT)
        return np.nan

    def _rate(self, key: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Done, due and rate of a criterion or lever, each of shape (rows,); counts win over a printed rate."""
        at = self.grid.at(f"done.{key}")
        done, due = self._column(f"done.{key}"), self._column(f"due.{key}")
        for i in map(int, np.flatnonzero(np.isnan(done) != np.isnan(due))):
            if i not in self.stopped:
                self._say(i, at if np.isnan(due[i]) else self.grid.at(f"due.{key}"), Problem("cell_alone"), CELL_OUT)
            done[i] = due[i] = np.nan
        for i in map(int, np.flatnonzero(done > due)):
            self.stopped.add(i)
            self._say(i, at, Problem("cell_done_over", done=f"{done[i]:.0f}", due=f"{due[i]:.0f}"), ROW_OUT)
        counted = np.divide(done, due, out=np.full_like(done, np.nan), where=due > 0)
        rate = self._printed(key, counted)
        for i in map(int, np.flatnonzero((np.abs(counted - rate) > _RATE_APART) & (done <= due))):
            printed, real = (Amount(100 * value) for value in (rate[i], counted[i]))
            self._say(i, self.grid.at(f"rate.{key}"), Problem("cell_rate_apart", rate=printed, counted=real), COUNTS)
        return done, due, np.where(np.isnan(due), rate, counted)

    def _printed(self, key: str, counted: np.ndarray) -> np.ndarray:
        """A column of rates; not reported where neither it nor the counts tell whether its numbers are percentages."""
        at = self.grid.at(f"rate.{key}")
        if at is None:
            return np.full(len(self.grid.rows), np.nan)
        column, cells = self.grid.columns[at], self.grid.cells(at)
        unit = self.told.get(at + 1) or self.stated or self._by_counts(cells, counted)
        unit = unit or numbers.rate_unit(cells, column.heading)
        self.grid.give(at, column.role, column.sure, unit or "?")
        if unit is not None:
            return self._column(f"rate.{key}", unit=unit)
        self.asked.append(at + 1)
        value = next(shown(cell) for cell in cells if numbers.plain(cell) is not None)
        self.found.add(Problem("column_rate_unit", value=value), ASKED, column=column.label)
        return np.full(len(self.grid.rows), np.nan)

    def _by_counts(self, cells: list[Cell], counted: np.ndarray) -> str | None:
        """What the counts beside a column of small rates show them to be in; None where they show nothing."""
        bare = np.array(
            [np.nan if isinstance(cell, Share) or v is None else v for cell in cells for v in [numbers.plain(cell)]],
            dtype=float,
        )
        told = np.isfinite(counted) & (bare > 0)
        if not told.any() or np.nanmax(bare) > 1:
            return None
        apart = {
            unit: np.median(np.abs(bare[told] / whole - counted[told]))
            for unit, whole in (("percent", 100), ("fraction", 1))
        }
        unit = min(apart, key=lambda unit: apart[unit])
        return unit if apart[unit] < _RATE_APART else None

    def _unplaced(self) -> None:
        """A finding for every column of figures that the edition has no place for."""
        placed = {*roles(self.rules), *IDLE}
        for column in self.grid.columns:
            if column.role not in placed:
                self.found.add(Problem("column_no_place", edition=self.rules.title), COLUMN_OUT, column=column.label)

    def _say(self, i: int, at: int | None, why: Problem, done: Problem) -> None:
        row = self.grid.rows[i]
        sheet, number, column = self.grid.place(row, at) if at is not None else (self.grid.sheet, row.number, "")
        self.found.add(why, done, number, column, sheet)

    def doubts(self, figures: Figures, derivable: str) -> None:
        """Findings where parts do not add up to a printed total, where one may be what the others leave of it, or a
        printed rank is not that of its score."""
        if derivable:
            name = self.rules.components[self.rules.component_index[derivable]].name
            self.found.add(Problem("component_derivable", name=name), UNKNOWN)
        elif np.isfinite(figures.score).any() and np.isnan(figures.points).all() and not self._own():
            self.found.add(Problem("score_alone"), HELD_WHOLE)
        parts = figures.points.sum(axis=-1)
        for i in map(int, np.flatnonzero(np.abs(parts - figures.score) > _APART)):
            total, sum_ = Amount(figures.score[i] / 100), Amount(parts[i] / 100)
            why = Problem("row_apart", name=self.grid.rows[i].unit[1], total=total, parts=sum_)
            self._say(i, self.grid.at("score"), why, HELD)
        at = self.grid.at("rank")
        if at is not None:
            self._printed_ranks(at, np.where(np.isnan(figures.score), parts, figures.score))

    def _own(self) -> bool:
        """Whether the total's column is that of our own form, whose reader knows what it has."""
        at = self.grid.at("score")
        return at is not None and self.grid.columns[at].heading.strip().casefold() == "published_score"

    def _printed_ranks(self, at: int, score: np.ndarray) -> None:
        """A finding where printed ranks are not those of the scores: ties in any order are, and so are ranks that run
        on over units of other levels, or count ties otherwise, while their order is that of the scores."""
        best = ranks(score)
        printed = np.array([_rank(cell) for cell in self.grid.cells(at)])
        _, group, size = np.unique(score, return_inverse=True, return_counts=True)
        wrong = np.flatnonzero((printed < best) | (printed > best + size[group] - 1))
        if not len(wrong):
            return
        known = np.isfinite(printed) & np.isfinite(score)
        fallen = np.diff(score[known][np.lexsort((-score[known], printed[known]))])
        column = self.grid.columns[at].label
        if (fallen <= 0).all() and np.nanmax(printed) > len(score):
            self.found.add(Problem("rank_together"), RANKED, column=column)
        elif (fallen <= 0).all() and len(np.unique(score)) < len(score):
            self.found.add(Problem("rank_ties"), RANKED, column=column)
        else:
            i = int(wrong[0])
            of = {"printed": f"{printed[i]:.0f}", "rank": f"{best[i]:.0f}", "n": len(wrong)}
            self._say(i, at, Problem("rank_apart", name=self.grid.rows[i].unit[1], **of), RANKED)


def _rank(cell: Cell) -> float:
    """A printed rank, nan where it is none: 2, 2=, 2-3, 3/102, Nhất, II."""
    text = shown(numbers.unmarked(cell)).strip()
    if (found := re.match(r"(?:hạng )?([0-9]{1,5})(?:[.,]0)?(?:\s*[=/–-].*)?$", text.casefold())) is not None:
        return float(found[1])
    return float(_PLACES.get(text.casefold(), np.nan))


def _number(cell: Cell, role: str, limit: float, unit: str) -> float:
    """What a cell of a column of that role states; raises Problem."""
    if isinstance(cell, Share) and not role.startswith("rate."):
        raise Problem("cell_percent", value=shown(cell))
    if role.startswith(("done.", "due.")):
        return numbers.count(cell)
    return numbers.rate(cell, unit) if role.startswith("rate.") else numbers.points(cell, limit)
