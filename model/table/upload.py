"""The upload: a file that somebody brought, as it is read and corrected, and the leagues made of such. No Streamlit."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from model.rules.files import load
from model.table import leagues as tables
from model.table import writing as writers
from model.table.league import League
from model.table.leagues import OWN_LEAGUE
from model.table.reading.reading import Corrections, Reading, reading
from model.table.reading.sheets import Opened, opened, pasted
from model.table.units import made_code
from model.words.numbers import Cell, shown
from model.words.problems import Problem

PASTED = "bang-dan"  # the name of a table that came without a file


class Upload:
    """One reader's upload; what lies on it stays when something that can't be read is brought."""

    def __init__(self) -> None:
        self.leagues: dict[str, League] = {}
        self.versions: dict[str, int] = {}  # of a league that was brought again under the same key
        self.told = Corrections()
        self.refusal: Problem | None = None
        self.added = ""  # the key of the league just made
        self.fresh = True  # nothing was brought yet: the browser may know of tables from before a reload
        self._unkept = False  # whether the browser is still to be handed what changed
        self.period_of: League | None = None  # the earlier table whose kind of period is taken for this one's
        self.number = 0  # of the file that lies here, so that its controls start anew
        self._file: Opened | None = None
        self._read: Reading | None = None

    def bring(self, data: bytes | str, name: str) -> None:
        """A file's bytes, or a text that was pasted, laid on the upload in place of the one before."""
        try:
            file = opened(data, name) if isinstance(data, bytes) else pasted(data, name)
            self._put(file, Corrections())
        except Problem as problem:
            self.refusal = problem

    def correct(self, **changes: Any) -> None:
        """The table read again, told more."""
        if self._file is not None:
            try:
                self._put(self._file, replace(self.told, **changes))
            except Problem as problem:
                self.refusal = problem

    def as_before(self, before: League | None) -> None:
        """The kind of period of an earlier table taken for the one that lies here, which states none."""
        if before is not None and before.period is not None and self.told.period == "":
            self.correct(period=before.period.kind)
            self.period_of = before

    def reading(self) -> Reading | None:
        """What was found in the file that lies here."""
        return self._read

    def first_rows(self, n: int) -> list[list[str]]:
        """The first rows of the sheet as they stand, for its reader to find the header, all of one width."""
        rows = [[shown(cell) for cell in row] for row in self._sheet()[:n]]
        width = max(map(len, rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]

    def sample(self, column: int) -> list[Any]:
        """The first cells of a column (0-based) under the header, for its reader to tell what it is."""
        below = self._sheet()[self._read.body :] if self._read else []
        return [row[column] for row in below if column < len(row) and row[column] is not None][:3]

    def accept(self) -> None:
        """The table made a league of this session, and so its earlier days; one of the same name and date gives way."""
        if self._read is None or self._read.league is None:
            return
        for league in (*self._read.past, self._read.league):
            key = self._keep(league)
        self.clear()
        self.added, self.fresh, self._unkept = key, False, True

    def _keep(self, league: League) -> str:
        """The key under which a league now lies here."""
        day = league.as_of.isoformat() if league.as_of else ""
        name = made_code(league.key).removeprefix(OWN_LEAGUE)
        key = OWN_LEAGUE + (name if day in name else f"{name}-{day}")
        self.leagues[key] = replace(league, key=key)
        self.versions[key] = self.versions.get(key, 0) + 1
        return key

    def remove(self, key: str) -> None:
        """A league taken away."""
        self.leagues.pop(key, None)
        self.added, self.fresh, self._unkept = "", False, True

    def to_keep(self) -> dict[str, str] | None:
        """The leagues as texts that a browser can keep, once after each change; None where nothing changed."""
        if not self._unkept:
            return None
        self._unkept = False
        return {
            key: b64encode(writers.zipped(league, load(league.edition))).decode()
            for key, league in self.leagues.items()
        }

    def restore(self, tables_kept: Mapping[str, bytes]) -> None:
        """Leagues that a browser keeps, read like any other file; what can't be read is left out."""
        for key, data in tables_kept.items():
            try:
                league = reading(opened(data, f"{key}.zip"), tables.lists()).league
            except Problem:
                continue
            if league is not None and key.startswith(OWN_LEAGUE):
                self.leagues[key] = replace(league, key=key)
                self.versions[key] = self.versions.get(key, 0) + 1
        self.fresh = self._unkept = False

    def clear(self) -> None:
        """An empty upload; the leagues stay."""
        self._file = self._read = self.refusal = None
        self.told, self.added, self.period_of = Corrections(), "", None

    def _sheet(self) -> list[list[Cell]]:
        if self._file is None or self._read is None:
            return []
        return next(sheet.rows for sheet in self._file.sheets if sheet.name == self._read.sheet)

    def _put(self, file: Opened, told: Corrections) -> None:
        read = reading(file, tables.lists(), told)
        self.number += file is not self._file
        if file is not self._file or (self.period_of and told.period != self.told.period):
            self.period_of = None
        self._file, self.told, self._read, self.refusal, self.added = file, told, read, None, ""
