"""Tables in the forms that the portal, provinces, communes and vendors use: each read right or refused by name."""

import tomllib
from pathlib import Path

import pytest
from test_readers import seen

from model.rules.files import load
from model.table import leagues as tables
from model.table import writing as writers
from model.table.reading.reading import Corrections, read

FORMS = Path(__file__).parents[1] / "forms_held"
EXPECTED = tomllib.loads((FORMS / "expected.toml").read_text(encoding="utf-8"))


def test_the_forms_and_their_readings_are_of_the_same_files():
    files = {path.relative_to(FORMS).as_posix() for path in FORMS.rglob("*.*") if path.is_file()}
    assert files - {"expected.toml"} == set(EXPECTED) and len(files) > 85


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.filterwarnings("error")
def test_a_form_is_read_as_its_readme_says(name):
    assert seen(name, (FORMS / name).read_bytes()) == EXPECTED[name]


def test_the_component_that_alone_is_missing_may_be_taken_from_the_total_and_is_marked_so():
    data = (FORMS / "portal/T25_five_of_six.csv").read_bytes()
    league = read(data, "T25.csv", tables.lists(), Corrections(derive=True)).league
    rules = load(league.edition)
    assert league.published[:, rules.component_index["online_services"]].tolist() == [810, 807]
    assert league.derived == ("online_services",)
    again = read(writers.zipped(league, rules), "T25.zip").league
    assert again.derived == league.derived and (again.published == league.published).all()


def test_a_missing_component_that_the_total_can_not_hold_is_not_offered():
    data = (FORMS / "portal/T25_five_of_six.csv").read_text(encoding="utf-8").replace("92.2", "99.2").encode()
    assert "derivable" not in seen("T25.csv", data)
    assert read(data, "T25.csv", (), Corrections(derive=True)).league.derived == ()
