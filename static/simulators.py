"""The first screens: the one-file simulator of every sample league, in each language."""

import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

from model import edition_files, tables
from model.baseline import Baseline, baseline
from model.problems import LANGUAGES
from pages.ui import alone
from pages.ui.link import DEFAULT_LEAGUE, Choice, row
from pages.ui.words import words


def leagues() -> list[str]:
    """The sample leagues, the one that opens by default first."""
    return [DEFAULT_LEAGUE, *sorted(key for key in tables.samples() if key != DEFAULT_LEAGUE)]


def write(folder: Path) -> None:
    """A file for each league and language."""
    folder.mkdir()
    for league in leagues():
        base = _base(league)
        for language in LANGUAGES:
            choice = Choice(league=league, unit=base.league.codes[row(base, "")])
            text = alone.page(base, row(base, ""), choice, words(language), made())
            (folder / f"{league}.{language}.html").write_text(text)


def made() -> date:
    """The day of the build; the one that SOURCE_DATE_EPOCH names, where a build is to be repeated."""
    return datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH", time.time())), UTC).date()


def _base(league: str) -> Baseline:
    table = tables.find(league)
    rules = edition_files.load(table.edition)
    return baseline(rules, table, rules)
