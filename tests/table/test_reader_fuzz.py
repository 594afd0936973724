"""Any table in any form reads back the same, and any damage to a file ends in a league or in a clear refusal."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import CONTAINERS, ENCODINGS, FORMS, expected, table, written
from heavy import CASES
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues as tables
from model.table import writing as writers
from model.table.reading import reading as readers
from model.table.reading.sheets import pasted
from model.words.problems import LANGUAGES, Problem
from mutations import mutated
from packages import book, row, sheet

ROOT = Path(__file__).parents[2]
SEEDS = st.integers(0, 2**32)
QUICK, ALL = 600, 20_000  # damaged files
# The most that any file may take: time, where a proper table of a tenth of the cells that are let in takes 1; memory.
TIMES, MEGABYTES = 40, 1024


def reading_of(data, container, encoding):
    """What a reader finds in a file, or in its text where it was pasted."""
    if container == "pasted":
        return readers.reading(pasted(data.decode(encoding), "bang"))
    return readers.read(data, "bang")


def as_stated(league, made):
    """Asserts that a league holds what a table states: rates to 1e-12, since they may be printed in percent."""
    assert list(league.names) == made.names
    assert list(league.codes) == made.codes or not made.codes
    for field, figures in expected(made, league.edition).items():
        tolerance = 1e-12 if field == "rate" else 0
        np.testing.assert_allclose(getattr(league, field), figures, rtol=0, atol=tolerance, err_msg=field)


@given(SEEDS, st.sampled_from(FORMS), st.sampled_from(CONTAINERS), st.sampled_from(ENCODINGS), st.integers(1, 9))
def test_any_table_in_any_form_and_number_style_reads_back_the_same(seed, form, container, encoding, units):
    container = "xlsx" if (form, container) == ("detail", "json") else container
    encoding = "utf-8" if container == "pasted" else encoding
    made = table(form, seed, units)
    found = reading_of(written(made, container, encoding, seed), container, encoding)
    assert found.league is not None, found.refusal.text("en")
    as_stated(found.league, made)


@given(SEEDS, st.sampled_from(FORMS), st.integers(1, 5), st.sampled_from([writers.zipped, writers.workbook]))
def test_a_table_that_was_read_and_saved_reads_back_to_the_last_bit(seed, form, units, save):
    league = readers.read(written(table(form, seed, units), ";", "utf-8", seed), "bang.csv").league
    again = readers.read(save(league, load(league.edition)), "bang.zip").league
    for field in ("done", "due", "rate", "published", "published_score"):
        np.testing.assert_array_equal(getattr(again, field), getattr(league, field), err_msg=field)
    for field in ("names", "codes", "edition", "title", "source", "as_of", "period", "level"):
        assert getattr(again, field) == getattr(league, field), field


def test_titles_do_not_hide_the_separator_of_a_table_of_one_unit():
    data = "BẢNG XẾP HẠNG\nTháng 9 năm 2026\n(Kèm theo Báo cáo)\nTên đơn vị;Tổng điểm\nXã A;94.73\n".encode()
    assert readers.read(data, "bang").league.published_score.tolist() == [9473]


def test_a_count_of_more_digits_than_any_number_has_stops_its_row():
    data = f"unit_name;on_time_done;on_time_due\nXã A;1;{'1' + '.111' * 200}\nXã B;1;2\n".encode()
    found = readers.read(data, "bang")
    assert found.league.names == ("Xã B",)
    assert [finding.why.code for finding in found.findings] == ["cell_over"]


def test_a_refusal_for_want_of_a_header_names_file_and_sheet():
    found = readers.read(book([sheet([row(["Ghi chú"])])]), "bang.xlsx")
    assert "bang.xlsx (S1):" in found.refusal.text("vi")


def test_what_the_library_finds_odd_in_a_workbook_is_not_printed(recwarn):
    readers.read(book([sheet([row(["Tên đơn vị", "Tổng điểm"]), row(["Xã A", 9])])]), "bang.xlsx")
    assert not recwarn.list


def outcome(data):
    """What becomes of a file: "league" with its baseline, or "refusal"; all that is said has its words, on one line."""
    try:
        found = readers.read(data, "bang", tables.lists())
    except Problem as problem:
        found, said = None, [problem]
    else:
        assert (found.league is None) != (found.refusal is None)
        said = [*found.findings, *filter(None, [found.refusal])]
    for each in said:
        for language in LANGUAGES:
            assert len(each.text(language).splitlines()) == 1
    if found is None or found.league is None:
        return "refusal"
    assert baseline(load(found.league.edition), found.league).rank.shape == (len(found.league.codes),)
    return "league"


def damaged(seeds):
    """Asserts that each damaged file has an outcome, and that both happen."""
    seen = set()
    for seed in seeds:
        try:
            seen.add(outcome(mutated(seed)))
        except Exception as error:
            error.add_note(f"mutations.mutated({seed})")
            raise
    assert seen == {"league", "refusal"}


def test_a_damaged_file_gives_a_league_or_a_clear_refusal():
    damaged(range(QUICK))


@pytest.mark.thorough
@pytest.mark.parametrize("first", range(QUICK, QUICK + ALL, ALL // 10))
def test_twenty_thousand_damaged_files_give_leagues_or_clear_refusals(first):
    damaged(range(first, first + ALL // 10))


def test_the_same_seed_damages_the_same_way():
    seeds = random.Random(766).sample(range(ALL), 40)
    assert [mutated(seed) for seed in seeds] == [mutated(seed) for seed in seeds]


@pytest.mark.thorough
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
@pytest.mark.parametrize("case", CASES)
def test_no_file_takes_far_longer_than_a_proper_table_or_more_than_a_gigabyte(case, tmp_path):
    path = tmp_path / "bang"
    path.write_bytes(CASES[case]())
    command = [sys.executable, ROOT / "tests/heavy.py", path]
    at = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    run = subprocess.run(command, capture_output=True, text=True, env=at, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    times, megabytes, _ = run.stdout.split(" ", 2)
    print(f"{case}: {run.stdout}")
    assert float(times) < TIMES and int(megabytes) < MEGABYTES
