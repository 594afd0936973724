"""Tables at hand: the sample leagues, those an administrator put into a folder, and any file by its path."""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from model.rules.files import available, in_force, load
from model.table.league import League, folded
from model.table.reading.findings import Finding
from model.table.reading.grid import letters
from model.table.reading.headings import role_of, roles
from model.table.reading.reading import Corrections, Reading, reading
from model.table.reading.sheets import BYTES, Opened, opened
from model.table.units import Listed
from model.words.problems import Problem

SAMPLES = Path(__file__).parents[2] / "sample_data"
FOLDER = "INDEX766_LEAGUES"  # the environment variable that names an administrator's folder
_PROVINCES = {"hanoi": "H26", "dak_lak": "H15"}  # of the lists of communes
_LISTS = {
    "hanoi": "hanoi_2025-08-25",
    "dak_lak": "dak_lak_2026-10-10",
    "an_giang": "an_giang_2025-10-16",
    "provinces": "provinces_2026-10-10",
}
_TABLES = (".csv", ".xlsx", ".xlsm", ".zip", ".json", ".txt", ".tsv")
OWN_LEAGUE = "own-"  # what the keys of leagues begin with that somebody brought


def samples() -> tuple[str, ...]:
    """Names of the sample leagues."""
    return tuple(sorted(path.stem for path in SAMPLES.glob("*.toml")))


def earlier() -> tuple[str, ...]:
    """Names of earlier tables of the sample leagues, which are no leagues to choose but their history."""
    return tuple(sorted(path.stem for path in (SAMPLES / "earlier").glob("*.toml")))


def find(table: str, edition: str | None = None) -> League:
    """The league in a file, or the sample league of that name; raises Problem where nothing usable is in it."""
    return found(table, edition)[0]


def found(
    table: str, edition: str | None = None, told: Corrections | None = None, columns: Mapping[str, str] | None = None
) -> tuple[League, tuple[Finding, ...]]:
    """The league in a file, or the sample of that name, and what is doubtful about it; raises Problem.

    `told` corrects the reading of a file, `columns` {heading or letters of a column: what it holds}.
    """
    made = dated(table, edition, told, columns)
    return made[0][-1], made[1]


def dated(
    table: str, edition: str | None = None, told: Corrections | None = None, columns: Mapping[str, str] | None = None
) -> tuple[tuple[League, ...], tuple[Finding, ...]]:
    """The league in a file or sample with the earlier days that the file holds, the latest last; raises as `found`."""
    if edition is not None and edition not in available():
        raise Problem("edition_unknown", key=edition, known=available())
    told = replace(told or Corrections(), edition=edition or "")
    folder = SAMPLES / "earlier" if table in earlier() else SAMPLES
    if table in samples() or folder != SAMPLES:
        return _usable(file(folder / f"{table}.csv"), (), told)[0], ()  # its own note says what is odd in it
    if not os.path.isfile(table):  # unlike Path.is_file, no error for a name that is too long
        raise Problem("league_unknown", table=table, known=samples())
    opened_file = file(Path(table))
    if told.sheet and told.sheet not in (names := [sheet.name for sheet in opened_file.sheets]):
        raise Problem("sheet_unknown", sheet=told.sheet, known=names)
    if columns:
        told = replace(told, columns=_told(reading(opened_file, (), told), columns))
    return _usable(opened_file, lists(), told)


def _told(seen: Reading, columns: Mapping[str, str]) -> dict[int, str]:
    """{column from 1: role} of columns named by their headings or letters; raises Problem."""
    edition = load(seen.league.edition if seen.league else in_force(None))
    at = {letters(c.index): c.index + 1 for c in seen.columns}
    at |= {folded(c.heading): c.index + 1 for c in reversed(seen.columns) if c.heading}
    found: dict[int, str] = {}
    for name, key in columns.items():
        place = at.get(folded(name)) or at.get(name.strip().upper())
        if place is None:
            raise Problem("column_unknown", column=name, known=[c.label for c in seen.columns])
        if (role := role_of(key, edition)) is None:
            raise Problem("column_role", key=key, known=roles(edition))
        found[place] = role
    return found


def file(path: Path) -> Opened:
    """A file opened, with the TOML beside it where there is one; raises Problem."""
    try:
        if path.stat().st_size > BYTES:
            raise Problem("file_large", file=path.name, size=f"{path.stat().st_size / 2**20:.0f}", limit=BYTES // 2**20)
        found = opened(path.read_bytes(), path.name)
        beside = path.with_suffix(".toml")
        about = found.about or (beside.read_text(encoding="utf-8-sig") if beside.is_file() else "")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("file_broken", file=path.name, error=getattr(error, "strerror", None) or error) from None
    return Opened(found.name, found.sheets, about)


@cache
def lists() -> tuple[Listed, ...]:
    """The official lists of units: codes and names of the sample leagues."""
    leagues = {key: find(sample) for key, sample in _LISTS.items()}
    return tuple(
        Listed(
            key, dict(zip(league.codes, league.names, strict=True)), league.level, league.title, _PROVINCES.get(key, "")
        )
        for key, league in leagues.items()
    )


def offered(first: str) -> tuple[dict[str, League], tuple[Problem, ...]]:
    """Every league that anybody may pick, by key: a sample that comes first, the newest of the others next, then those
    in the administrator's folder; and why files there could not be used."""
    rest = sorted((key for key in samples() if key != first), key=lambda key: key.split("_20")[-1], reverse=True)
    more, problems = shelf()
    return {key: find(key) for key in (first, *rest)} | more, problems


def shelf_stamp() -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of the files in the administrator's folder: what tells whether it has changed."""
    return tuple((path.name, found.st_mtime_ns, found.st_size) for path in _on_shelf() for found in [path.stat()])


def shelf() -> tuple[dict[str, League], tuple[Problem, ...]]:
    """The leagues in the administrator's folder by key, their file's stem, and why files there could not be used."""
    leagues, problems = dict[str, League](), list[Problem]()
    for path in _on_shelf():
        if path.suffix.lower() not in _TABLES:
            continue
        try:
            key = path.name if path.stem in leagues else path.stem  # 9.csv beside 9.xlsx
            leagues[key] = replace(_usable(file(path), lists(), Corrections())[0][-1], key=key)
        except Problem as problem:
            problems.append(problem)
    return leagues, tuple(problems)


def _on_shelf() -> list[Path]:
    folder = os.environ.get(FOLDER)
    return [p for p in sorted(Path(folder).iterdir()) if p.is_file()] if folder and os.path.isdir(folder) else []


def _usable(
    opened_file: Opened, known: tuple[Listed, ...], told: Corrections
) -> tuple[tuple[League, ...], tuple[Finding, ...]]:
    made: Reading = reading(opened_file, known, told)
    if made.league is None:
        raise made.refusal or Problem("file_no_units", file=made.file)
    return (*made.past, made.league), made.findings
