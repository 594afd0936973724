"""One grammar of numbers, names and links: what the corpora say, which the panel is held to as well."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as some

import corpora
from model.report import link as links
from model.report.choice import DEFAULT_LEAGUE
from model.table.league import bare, folded_name, is_meant
from model.words import numbers

NUMBERS, NAMES = corpora.numbers(), corpora.names()


@pytest.mark.parametrize("kind", corpora.READ)
def test_a_text_states_what_the_corpus_says(kind):
    read = corpora.READ[kind]
    found = [[text, list(it) if isinstance(it := read(text), tuple) else it] for text, _ in NUMBERS["known"][kind]]
    assert found == NUMBERS["known"][kind]


def test_minus_nothing_is_nothing():
    assert str(corpora.READ["number"]("−0")) == "0.0"


@pytest.mark.parametrize(("kind", "fold"), [("folded", folded_name), ("bare", bare)])
def test_a_name_is_folded_as_the_corpus_says(kind, fold):
    assert [(name, fold(name)) for name, _ in NAMES["known"][kind]] == NAMES["known"][kind]


def test_folding_twice_is_folding_once():
    for name, folded in NAMES["drawn"]["folded"]:
        assert folded_name(folded) == folded, name


def test_a_search_means_whom_the_corpus_says():
    searched = NAMES["searched"]
    assert [[text, code, name, is_meant(text, code, name)] for text, code, name, _ in searched] == searched


def test_the_corpus_of_links_is_large_and_each_link_opens_on_its_state():
    links = corpora.links()
    assert len(links) >= 300
    for one in links:
        stated = {key: one[key] for key in ("unit", "scenario", "targets", "refused")}
        assert corpora.opened_on(one["league"], one["link"]) == stated, one


def test_what_messengers_append_to_a_link_is_no_word_of_it():
    link = {"on_time": "0.98", "utm_source": "zalo", "zarsrc": "1303", "fbclid": "x"}
    assert links.read(link, corpora.base_of, [DEFAULT_LEAGUE])[1:] == ("vi", [])
    assert links.meant(link) == {"on_time": "0.98"}
    alike = {"utm": "1", "fbclid2": "2"}
    assert links.meant(alike) == alike


CELLS = ("", "5", "12,5", "12.5", "100", "101", "1.234", "-1", "nan", "abc", "%", " %", "5%", "12,5 %", "101 %", "7 8")


@given(some.lists(some.sampled_from(CELLS), min_size=1, max_size=6), some.sampled_from(("percent", "fraction")))
def test_a_column_read_at_once_is_what_its_cells_say_one_by_one(cells, unit):
    one_by_one = {
        "rate": lambda cell: numbers.rate(cell, unit),
        "points": lambda cell: numbers.points(cell, 20),
        "count": numbers.count,
    }
    for kind, read in one_by_one.items():
        found = numbers.plain_column(list(cells), kind, 20, unit)
        if found is not None:
            said = [nan if numbers.empty(cell) else read(cell) for cell in cells]  # none of them is refused
            assert repr(found.tolist()) == repr([float(value) for value in said])


@given(some.lists(some.sampled_from(("5%", "12,5 %", "98.05%", "0 %", "")), min_size=1, max_size=9).filter(any))
def test_a_column_of_per_cents_is_read_at_once(cells):
    assert numbers.plain_column(list(cells), "rate", 0, "fraction") is not None
