"""Refusals as their readers get them."""

from datetime import date

import pytest

from model.words import problems
from model.words.problems import Amount, Problem


@pytest.fixture
def said(monkeypatch):
    """What a detail becomes in a sentence, in Vietnamese and English."""
    monkeypatch.setattr(problems, "sentences", lambda: {"x": {"vi": "{one} · {two}", "en": "{two} – {one}"}})
    return lambda one, two="": tuple(Problem("x", one=one, two=two).both.values())


def test_each_language_has_its_own_sentence_and_english_is_the_one_for_tracebacks(said):
    assert said("một", 2) == ("một · 2", "2 – một")
    problem = Problem("x", one=1, two=2)
    assert (str(problem), list(problem.both)) == ("2 – 1", ["vi", "en"])
    assert problem.code == "x" and problem.details == {"one": 1, "two": 2}
    assert "'x'" in repr(problem) and "{'one': 1, 'two': 2}" in repr(problem)


def test_an_amount_has_two_decimals_and_the_languages_own_sign(said):
    assert said(Amount(12.5), Amount(1234.567)) == ("12,50 · 1.234,57", "1,234.57 – 12.50")
    assert said(12.5)[0] == "12.5 · "


def test_a_day_is_written_as_its_language_does(said):
    assert said(date(2026, 10, 9))[0] == "9/10/2026 · " and said("", date(2026, 10, 9))[1] == "9\u00a0October 2026 – "


def test_a_name_is_said_in_the_language_and_a_list_with_commas(said):
    name = {"vi": "hồ sơ", "en": "dossiers"}
    assert said(name, [name, ("a", Amount(2)), 3]) == ("hồ sơ · hồ sơ, a, 2,00, 3", "dossiers, a, 2.00, 3 – dossiers")


def test_a_name_without_the_language_is_said_as_it_is(said):
    assert said({"vi": "hồ sơ"}) == ("hồ sơ · ", " – {'vi': 'hồ sơ'}")


def test_white_space_is_squeezed_and_a_long_text_cut_at_200_characters(said):
    assert said(" a\n\t b ")[0] == "a b · "
    assert said("x" * 200)[0] == "x" * 200 + " · "
    assert said("x" * 201)[0] == "x" * 199 + "… · "
