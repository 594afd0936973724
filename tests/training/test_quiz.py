"""The quiz: every question is fair, and its answer is found again by another road than the one that made it."""

import os
import re
import string
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules import files as edition_files
from model.rules.formulas import band, ranks
from model.score.baseline import baseline, down_the_road
from model.score.presets import apply_preset
from model.score.scenario import Counts, Scenario, effect
from model.table import leagues as tables
from model.training.facts import Fact, rendered, writers
from model.training.quiz.lines import Line, text, texts, told
from model.training.quiz.quiz import KINDS, Marks, Round, marked, questions, shortage
from model.words.problems import LANGUAGES
from model.words.texts import words
from spaced import spaced
from strategies import baselines, league

EDITIONS = ("766-2025", "766-2026")
LEAGUES = [(name, edition) for name in tables.samples() for edition in EDITIONS]
each = pytest.mark.parametrize
each_league = each(("name", "edition"), LEAGUES, ids=lambda part: part)


@cache
def read(name, edition):
    """A sample league read under either era's edition."""
    return baseline(edition_files.load(edition), tables.find(name, edition))


def on_the_page(language):
    w = words(language)
    return {
        "points": w.points,
        "signed": w.signed,
        "rate": w.percent,
        "count": w.count,
        "rank": w.count,
        "text": w.of,
        "day": w.day,
    }


WRITERS = [(language, write) for language in LANGUAGES for write in (writers(words(language)), on_the_page(language))]


def score_and_rank(base, unit, changes):
    """Score and rank with levers set by hand, by the ranks of the whole league."""
    levers, direct = base.anchors.levers[unit].copy(), np.full(len(base.edition.components), np.nan)
    for key, value in changes.items():
        if key in base.edition.component_index:
            direct[base.edition.component_index[key]] = round(100 * value)
        else:
            levers[base.edition.lever_index[key]] = value
    after = down_the_road(base.edition, base.anchors[unit], levers, direct)
    scores = base.standing.score.copy()
    scores[unit] = after.score
    return float(after.score), float(ranks(scores)[unit]), after


def lever_of(base, fact, part="name"):
    """The one lever of a name."""
    (found,) = [lever for lever in base.edition.levers if dict(getattr(lever, part)) == fact.value]
    return found


def component_of(base, fact):
    (found,) = [c for c in base.edition.components if dict(c.name) == fact.value]
    return found


def rate_points(base, q):
    (c,) = [c for c in base.edition.criteria if dict(c.name) == q.prompt.facts["criterion"].value]
    rate, target = (Fraction(str(part)) for part in (q.prompt.facts["rate"].value, c.target))
    exact = 100 * Fraction(str(c.max_points)) * min(Fraction(1), rate / target)
    if base.edition.components[base.edition.component_index[c.component]].rounding == "percent":
        exact = 100 * Fraction(min(float(100 * rate) * c.max_points / (100 * c.target), c.max_points))
    return [o.value == int(exact + Fraction(1, 2)) for o in q.options]


def target_rate(base, q):
    (c,) = [c for c in base.edition.criteria if dict(c.name) == q.prompt.facts["criterion"].value]
    full = sorted(o.value for o in q.options if min(1, o.value / c.target) == 1)
    assert min(1, (full[0] - 0.001) / c.target) < 1
    return [o.value == full[0] for o in q.options]


def best_rate(base, q):
    unit, gains = base.league.index(q.unit), []
    for option in q.options:
        key = lever_of(base, option).key
        now = base.anchors.levers[unit, base.edition.lever_index[key]]
        gains.append(score_and_rank(base, unit, {key: now + 0.01})[0])
    return ahead(gains, 2)


def best_thing(base, q):
    unit, gains = base.league.index(q.unit), []
    for option in q.options:
        lever = lever_of(base, option, "done")
        at = base.edition.lever_index[lever.key]
        due = base.anchors.due[unit, at]
        done = round(base.anchors.levers[unit, at] * due)
        gains.append(score_and_rank(base, unit, {lever.key: (done + 1) / due})[0])
    return ahead(gains, 3)


def ahead(values, margin):
    """Which of them is the highest, by a margin."""
    best, second = sorted(values)[:-3:-1]
    assert best - second >= margin
    return [value == best for value in values]


def what_moves(base, q):
    unit, facts = base.league.index(q.unit), q.prompt.facts
    after = score_and_rank(base, unit, {lever_of(base, facts["lever"]).key: facts["after"].value})[2]
    delta = np.abs(after.components - base.standing.components[unit])
    assert delta[delta > 0].size == 0 or delta[delta > 0].min() >= 5
    names = [c.name["vi"] for c in base.edition.components]
    moved = {name for name, d in zip(names, delta, strict=True) if d > 0}
    return [{name for name in names if f"«{name}»" in o.value["vi"]} == moved for o in q.options]


def new_score(base, q):
    unit, facts = base.league.index(q.unit), q.prompt.facts
    right = score_and_rank(base, unit, {lever_of(base, facts["lever"]).key: facts["after"].value})[0]
    return [o.value == right for o in q.options]


def new_rank(base, q):
    unit, facts = base.league.index(q.unit), q.prompt.facts
    if "lever" in facts:
        change = {lever_of(base, facts["lever"]).key: facts["after"].value}
    else:
        change = {component_of(base, facts["component"]).key: facts["after"].value / 100}
    right = score_and_rank(base, unit, change)[1]
    assert facts["rank"].value == base.rank[unit] and facts["score"].value == base.standing.score[unit]
    return [o.value == right for o in q.options]


def petition_effect(base, q):
    """Of one more petition by the edition's own preset, or of all answered by hand."""
    unit = base.league.index(q.unit)
    levers = [lever.key for lever in base.edition.levers if lever.group == "petitions"]
    due = int(q.prompt.facts["due"].value)
    at = [base.edition.lever_index[key] for key in levers]
    bad = [due - round(rate * due) for rate in base.anchors.levers[unit, at]]
    assert bad == [q.prompt.facts["bad"].value] * 2
    if q.prompt.text.endswith("_all"):
        return effect(base, unit, Scenario(dict.fromkeys(levers, Counts(due, due))))
    (preset,) = [p.key for p in base.edition.presets if p.one_more_due == "petitions"]
    scenario, skipped = apply_preset(base, unit, Scenario(), preset)
    assert not skipped and (due == 0) == q.prompt.text.endswith("_first")
    return effect(base, unit, scenario)


def petition_points(base, q):
    moved = petition_effect(base, q)
    return [o.value == abs(moved.after.score - moved.before.score) for o in q.options]


def petition_places(base, q):
    moved = petition_effect(base, q)
    return [o.value == abs(moved.rank_after - moved.rank_before) for o in q.options]


def share(c, rates):
    """What a criterion's rate is before another lever scales it."""
    return sum(s * rates[k] for k, s in c.rate.items()) if c.rate else c.constant


def pass_next(base, q):
    unit, facts = base.league.index(q.unit), q.prompt.facts
    lever, done, due = lever_of(base, facts["what"], "done"), int(facts["done"].value), int(facts["due"].value)
    more = np.arange(due - done + 1)
    levers = np.tile(base.anchors.levers[unit], (more.size, 1))
    levers[:, base.edition.lever_index[lever.key]] = (done + more) / due
    walked = down_the_road(base.edition, base.anchors[unit], levers)
    scores = walked.score
    above = base.standing.score[base.standing.score > base.standing.score[unit]].min()
    assert facts["level"].value == above and scores[0] == base.standing.score[unit] and np.all(np.diff(scores) >= 0)
    least = int(more[scores > above][0])
    assert all(abs(o.value - least) >= max(2, 0.3 * least) for o in q.options if o.value != least)
    grown = walked.criteria[least] > walked.criteria[0]
    rates = dict(zip(base.edition.lever_index, base.anchors.levers[unit], strict=True))
    each_one = sum(
        c.max_points
        * (share(c, rates) if c.scaled_by == lever.key else c.rate[lever.key])
        * (rates[c.scaled_by] if c.scaled_by not in (None, lever.key) else 1)
        / c.target
        / due
        for c in base.edition.moved_by(lever.key)
        if grown[base.edition.criterion_index[c.key]]
    )
    by_hand = (above - scores[0]) / 100 / each_one  # without rounding: no other option may be nearer
    assert min((o.value for o in q.options), key=lambda value: abs(value - by_hand)) == least
    return [o.value == least for o in q.options]


def profile(base, q):
    shown = [value.value for _, value in q.shown]
    same = {base.league.names[i] for i in np.flatnonzero((base.standing.components == shown).all(axis=1))}
    assert len(same) == 1 and [name.value for name, _ in q.shown] == [dict(c.name) for c in base.edition.components]
    for option in q.options:
        other = base.standing.components[base.league.names.index(option.value["vi"])]
        assert option.value["vi"] in same or np.abs(other - shown).max() >= 50
    return [o.value["vi"] in same for o in q.options]


def most_room(base, q):
    unit = base.league.index(q.unit)
    best = [max(p for p in base.standing.components[:, k] if p == p) for k in range(len(base.edition.components))]
    gains = [best[k] - base.standing.components[unit, k] for k in range(len(best))]
    keys = [component_of(base, o).key for o in q.options]
    return ahead([gains[base.edition.component_index[key]] for key in keys], 25)


def inherited(base, q):
    own = {c.key: {p for p in base.standing.components[:, k] if p == p} for k, c in enumerate(base.edition.components)}
    level = base.league.level
    return [level in (c := component_of(base, o)).inherited_by and len(own[c.key]) == 1 for o in q.options]


def band_after(base, q):
    score = q.prompt.facts["score"].value + q.prompt.facts["change"].value
    assert q.prompt.facts["score"].value == base.standing.score[base.league.index(q.unit)]
    assert min(abs(score - 100 * b.from_score) for b in base.edition.bands[:-1]) >= 10
    return [o.value == dict(band(base.edition, score).name) for o in q.options]


def tie(base, q):
    level, scores = q.prompt.facts["level"].value, base.standing.score.copy()
    if q.prompt.text == "tie.prompt_after":
        right = ranks(scores)[scores == scores[scores < level].max()][0]
        assert (scores == level).sum() == q.prompt.facts["many"].value
    else:
        unit = base.league.index(q.unit)
        assert scores[unit] < level
        scores[unit] = level
        right = ranks(scores)[unit]
    return [o.value == right for o in q.options]


AGAIN = {kind: globals()["band_after" if kind == "band" else kind] for kind in KINDS}


def check(base, q):
    """Everything that makes a question fair."""
    assert 3 <= len(q.options) <= 4 and 0 <= q.right < len(q.options)
    assert len({o.kind for o in q.options}) == 1
    assert [i for i, right in enumerate(AGAIN[q.kind](base, q)) if right] == [q.right]
    for language, write in WRITERS:
        options = [write[o.kind](o.value).casefold() for o in q.options]
        assert len(set(options)) == len(options)
        lines = [told(line, language, write) for line in (q.prompt, *q.steps, q.lesson)]
        assert not [line for line in (*lines, *options) if "{" in line or "}" in line or "nan" in line.split()]
    if q.options[0].kind == "points":
        values = sorted(o.value for o in q.options)
        assert min(np.diff(values)) >= 5 and all(value == round(value) for value in values)
    assert q.steps


def check_round(base, seed, n=8):
    given = questions(base, seed, n)
    for q in given:
        check(base, q)
    assert len({repr((q.prompt, q.shown)) for q in given}) == len(given)
    kinds = Counter(q.kind for q in given)
    if shortage(base, given, n) is None:
        assert len(given) == n and max(kinds.values(), default=0) <= max(1, n // 4)
    else:
        assert max(kinds.values(), default=0) <= max(1, len(given) // 4)
        assert all(shortage(base, given, n).both.values())
    return given


@pytest.mark.sweep(3)
@each_league
def test_every_question_has_one_right_option_that_the_engine_finds_again(name, edition):
    base = read(name, edition)
    assert sum(len(check_round(base, seed)) for seed in range(7)) == 56


@pytest.mark.thorough
@each_league
def test_ten_thousand_questions_have_one_right_option_each_that_the_engine_finds_again(name, edition):
    base = read(name, edition)
    asked = [q for seed in range(1000, 1160) for q in check_round(base, seed)]
    assert len(asked) == 1280  # of 8 leagues: 10,240 in all
    places = Counter(q.right for q in asked if len(q.options) == 4)
    assert all(0.2 < places[at] / places.total() < 0.3 for at in range(4))


def test_right_options_stand_in_every_place_about_as_often():
    places = Counter(q.right for one in LEAGUES for seed in range(10) for q in questions(read(*one), seed, 8))
    assert all(0.21 < places[at] / places.total() < 0.29 for at in range(4))


@each_league
def test_a_round_of_eight_has_eight_questions_and_no_kind_more_than_twice(name, edition):
    for seed in range(3):
        given = questions(read(name, edition), seed, 8)
        assert len(given) == 8 and max(Counter(q.kind for q in given).values()) <= 2
        assert shortage(read(name, edition), given, 8) is None


@each("n", [0, 1, 3, 4, 7, 10, 40])
def test_no_kind_exceeds_a_quarter_of_a_round_of_any_length(n):
    for name in ("dak_lak_2026-10-10", "provinces_2026-10-10"):
        given = check_round(read(name, "766-2026"), 5, n)
        assert len(given) <= n
        assert max(Counter(q.kind for q in given).values(), default=0) <= max(1, len(given) // 4)


def test_a_league_with_rates_is_asked_every_kind_and_one_with_points_alone_at_least_six():
    def kinds(name):
        return {q.kind for seed in range(8) for q in questions(read(name, "766-2026"), seed, 8)}

    assert kinds("dak_lak_2026-10-10") == set(KINDS) and len(KINDS) >= 8
    assert len(kinds("provinces_2026-10-10")) >= 6


def test_a_seed_repeats_a_round_and_another_seed_edition_or_league_gives_another():
    base = read("dak_lak_2026-10-10", "766-2026")
    assert questions(base, 766, 8) == questions(base, 766, 8)
    assert questions(base, 766, 8) != questions(base, 767, 8)
    assert questions(base, 766, 8) != questions(read("dak_lak_2026-10-10", "766-2025"), 766, 8)
    assert questions(base, 766, 8) != questions(read("dak_lak_2026-09-17", "766-2026"), 766, 8)
    assert len({repr(questions(base, seed, 8)) for seed in range(30)}) == 30


def test_a_seed_repeats_a_round_in_another_process_whatever_its_hash_seed():
    code = (
        "from model.rules import files; from model.table import leagues; from model.score.baseline import baseline;"
        "from model.training.quiz.quiz import questions; from model.training.quiz.predict import prediction;"
        "base = baseline(files.load('766-2025'), leagues.find('hanoi_2025-08-25'));"
        "print(repr((questions(base, 9, 8), prediction(base, 9, 4))))"
    )
    told_twice = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": s}, capture_output=True, check=True
        ).stdout
        for s in ("1", "2")
    }
    assert len(told_twice) == 1 and told_twice.pop().strip()


def test_a_table_of_five_components_is_asked_as_much_as_it_supports_and_told_what_it_does_not():
    given = check_round(read("hanoi_2025-08-25", "766-2025-5"), 1)
    assert len(given) == 8
    unranked = read("dak_lak_2026-10-10", "766-2026-5")
    few = check_round(unranked, 1)
    assert len(few) == 8 and not {q.kind for q in few} & {
        "most_room",
        "profile",
    }


def test_a_league_of_one_unit_is_given_fewer_questions_and_told_why():
    edition = edition_files.load("766-2026")
    points = {c.key: [5] for c in edition.components if c.key != "progress"}
    one = league(edition, points=points, score=[30])
    base = baseline(edition, one)
    given = check_round(base, 1)
    assert 0 < len(given) < 8
    problem = shortage(base, given, 8)
    assert f"{len(given)}/8" in problem.text("vi") and f"{len(given)} of 8" in spaced(problem.text("en"))


@given(baselines(), st.integers(0, 2**32))
@settings(max_examples=15 if os.environ.get("HYPOTHESIS_PROFILE") != "thorough" else 300)
def test_a_made_up_league_is_asked_only_fair_questions(base, seed):
    check_round(base, seed)


def test_marks_count_right_answers_in_all_and_by_kind_and_take_none_as_not_right():
    base = read("dak_lak_2026-10-10", "766-2026")
    given = questions(base, 3, 8)
    answers = [q.right for q in given]
    full = marked(Round("dak_lak_2026-10-10", "766-2026", 3, tuple(answers)), given)
    assert full == Marks(8, 8, {q.kind: (1, 1) for q in given})
    answers[0], answers[1] = None, (answers[1] + 1) % 4
    some = marked(Round("dak_lak_2026-10-10", "766-2026", 3, tuple(answers[:6])), given)
    assert (some.right, some.total) == (4, 8) and some.kinds[given[0].kind] == (0, 1)


def test_distractors_of_payment_are_the_mistakes_people_make():
    base = read("dak_lak_2026-10-10", "766-2026")
    asked = [q for seed in range(100) for q in questions(base, seed, 8) if q.kind == "rate_points"]
    paid = [q for q in asked if "thanh toán trực tuyến" in q.prompt.facts["criterion"].value["vi"]]
    ten = [q for q in paid if any(abs(o.value - 1000 * q.prompt.facts["rate"].value) < 0.5 for o in q.options)]
    assert paid and len(ten) >= 0.9 * len(paid)


def test_scenarios_of_questions_are_the_changes_that_they_state():
    base = read("dak_lak_2026-10-10", "766-2026")
    for seed in range(20):
        for q in questions(base, seed, 8):
            if q.kind == "new_score":
                lever = lever_of(base, q.prompt.facts["lever"]).key
                assert q.scenario.changes == {lever: q.prompt.facts["after"].value}
                assert effect(base, base.league.index(q.unit), q.scenario).after.score == q.options[q.right].value


def leaves(part, path=()):
    if set(part) == set(LANGUAGES):
        yield ".".join(path), part
    else:
        for key, value in part.items():
            yield from leaves(value, (*path, key))


@each(("key", "said"), list(leaves(texts())), ids=lambda part: part if isinstance(part, str) else "")
def test_every_text_has_the_same_blanks_in_both_languages_and_differs_where_it_has_words(key, said):
    blanks = {lang: {name for _, name, _, _ in string.Formatter().parse(said[lang]) if name} for lang in LANGUAGES}
    assert blanks["vi"] == blanks["en"]
    assert said["vi"] != said["en"] or not re.search(r"[a-zà-ỹ]", re.sub(r"{\w+}", "", said["vi"]).lower())


def test_every_kind_has_its_prompt_its_steps_and_its_lesson():
    for kind in KINDS:
        assert text(f"{kind}.lesson")["vi"] and any(key.startswith("prompt") for key in texts()[kind])


def test_a_fact_is_written_in_the_language_of_the_reader():
    facts = {kind: Fact(kind, 1234.0) for kind in ("points", "signed", "count", "rank")}
    facts |= {"rate": Fact("rate", 0.985), "text": Fact("text", {"vi": "xã", "en": "commune"})}
    pattern = "{points} {signed} {rate} {count} {rank} {text}"
    assert spaced(rendered(pattern, facts, writers(words("vi")))) == "12,34 +12,34 98,5 % 1.234 1.234 xã"
    assert spaced(rendered(pattern, facts, writers(words("en")))) == "12.34 +12.34 98.5 % 1,234 1,234 commune"
    with pytest.raises(KeyError):
        rendered("{missing}", facts, writers(words("vi")))
    assert told(Line("what_moves.none"), "en", writers(words("en"))) == "None"
