"""The first screens: the one-file simulator of every sample league, in each language."""

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

from model.report.choice import DEFAULT_LEAGUE
from model.rules import files as edition_files
from model.score.baseline import Baseline, baseline
from model.table import leagues as tables
from model.words.problems import LANGUAGES
from model.words.texts import words
from pages.panel import one_file


def leagues() -> list[str]:
    """The sample leagues, the one that opens by default first."""
    return [DEFAULT_LEAGUE, *sorted(key for key in tables.samples() if key != DEFAULT_LEAGUE)]


def write(folder: Path) -> None:
    """A file for each league and language."""
    folder.mkdir()
    for league in leagues():
        base = _base(league)
        for language in LANGUAGES:
            (folder / _name(league, language)).write_text(one_file.opening(base, words(language), made()), "utf-8")


def titles(language: str) -> dict[str, str]:
    """{file: what it is of} for one language."""
    t, found = words(language), {}
    for key in leagues():
        league = tables.find(key)
        illustrative = t("league.illustrative").lower() if league.origin == "illustrative" else ""
        parts = [t.of(league.title), t.day(league.as_of) if league.as_of else "", illustrative]
        found[_name(key, language)] = " · ".join(filter(None, parts))
    return found


def made() -> date:
    """The day of the build; the one that SOURCE_DATE_EPOCH names, where a build is to be repeated."""
    return datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC).date()


def _name(league: str, language: str) -> str:
    return f"{league}.{language}.html"


def _base(league: str) -> Baseline:
    table = tables.find(league)
    rules = edition_files.load(table.edition)
    return baseline(rules, table, rules)
