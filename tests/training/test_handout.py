"""What a lesson's handout and a quiz's summary print, read from their HTML: every figure of every table against
`lesson_oracle`, which works them out again, or counted by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser

import numpy as np
import pytest
from test_lessons import DAK_LAK, HANOI, KEYS, LANGUAGES, PROVINCES, base, oracle

from lesson_oracle import exact, half_up
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.table import leagues as tables
from model.training.facts import writers
from model.training.lesson.handout import handout
from model.training.lesson.lessons import lesson, told
from model.training.quiz.lines import text
from model.training.quiz.quiz import KINDS, Marks, Round, marked, questions
from model.training.quiz.summary import summary
from model.words.problems import Problem
from model.words.texts import words
from spaced import spaced
from written import day, number, percent, points

each = pytest.mark.parametrize
UNITS = {DAK_LAK: ("H15.141", "H15.198"), HANOI: ("10273", "00004"), PROVINCES: ("H42", "H26")}
MARKS = {
    "vi": {"now": "hiện nay", "then": "giả định", "target": "mục tiêu"},
    "en": {"now": "now", "then": "supposed", "target": "target"},
}


class Page(HTMLParser):
    """A printed page: its paragraphs, its table rows with their classes, and its tables as (class, caption, rows)."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.own, self.texts, self.lists, self._in = [], [], [], 0, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        kind = dict(attrs).get("class", "")
        if tag == "table":
            self.tables.append((kind, [], []))
        elif tag == "tr":
            self.tables[-1][2].append([])
            self.own += [(len(self.tables) - 1, len(self.tables[-1][2]) - 1)] if kind == "own" else []
        elif tag in ("td", "th"):
            self.tables[-1][2][-1].append("")
        elif tag in ("p", "footer", "h1"):
            self.texts.append((kind or tag, ""))
        if tag != "br":
            self._in = tag

    def handle_endtag(self, tag):
        self._in = "footer" if tag == "br" else ""

    def handle_data(self, data):
        data = spaced(data)
        if self._in in ("td", "th"):
            self.tables[-1][2][-1][-1] += data
        elif self._in == "caption":
            self.tables[-1][1].append(data)
        elif self._in in ("p", "footer", "h1"):
            kind, before = self.texts[-1]
            self.texts[-1] = kind, before + data

    def of(self, kind):
        return [text for one, text in self.texts if one == kind]


def printed():
    """Every lesson, in every league here, of two of its units."""
    return [(name, key, code) for name, codes in UNITS.items() for key in KEYS for code in codes]


def told_of(name, key, code):
    """A lesson on a league, None where it is untrue there."""
    try:
        return told(lesson(key), base(name), base(name).league.codes.index(code))
    except Problem:
        return None


def changes_of(step):
    """A scenario's rates as the oracle takes them."""
    return {
        key: Fraction(value.done, value.due) if hasattr(value, "done") else exact(value)
        for key, value in step.scenario.changes.items()
    }


def names_of(found, of, language):
    rows = (*found.edition.levers, *found.edition.components)
    return next(row.name[language] for row in rows if row.key == of)


def components(step, it, unit, language):
    """Name, points and most of each component."""
    return [
        [c.name[language], points(it.component(unit, c.key), language), points(100 * c.max_points, language)]
        for c in it.edition.components
    ]


def sweep(step, it, unit, language):
    """A fifth of the rates, ours, the one supposed and the target, each with the score and rank that it takes."""
    of, changes = step.picture.of, changes_of(step)
    now = it.rate(unit, of)
    if now is None or it.rate(unit, "complained") is None:  # points imply it, which the oracle leaves to the engine
        return None
    wanted = {Fraction(n, 5): [] for n in range(6)}
    wanted.setdefault(now, []).append("now")
    if changes.get(of, now) != now:
        wanted.setdefault(changes[of], []).append("then")
    wanted.setdefault(exact(it.criteria[of].target), []).append("target")
    rows = []
    for rate in sorted(wanted):
        score = it.score(unit, {**changes, of: rate})
        marks = ", ".join(MARKS[language][mark] for mark in wanted[rate])
        rows.append([percent(float(rate), language), points(score, language), str(it.rank(unit, score)), marks])
    return rows


def waterfall(step, it, unit, language):
    """What each component gains, and the score with it."""
    score, rows = it.score(unit), []
    for c in it.edition.components:
        gain = it.component(unit, c.key, changes_of(step)) - it.component(unit, c.key)
        score += gain
        rows.append([c.name[language], points(gain, language, plus=True), points(score, language)])
    return rows


def strip(step, it, unit, language):
    """The first three, ours with three on either side, and a line for what lies between."""
    scores = dict(enumerate(it.scores)) | {unit: it.score(unit, changes_of(step))}
    scores = {i: score for i, score in scores.items() if score is not None}
    order = sorted(scores, key=lambda i: (-scores[i], i))
    own = order.index(unit)
    kept = [at for at in range(len(order)) if at < 3 or own - 3 <= at <= own + 3]
    rows = []
    for before, at in zip([-1, *kept], kept, strict=False):
        rank = 1 + sum(1 for score in scores.values() if score > scores[order[at]])
        rows += [["…", "", ""]] if at > before + 1 else []
        rows.append([str(rank), it.league.names[order[at]], points(scores[order[at]], language)])
    return rows


def chances(step, it, unit, language):
    """Every rank that is not unlikely, one in a hundred or more, still and with petitions."""
    still, jumps = (it.above(unit, it.scores[unit], way) for way in (False, True))
    return [
        [str(i + 1), chance(a), chance(b)]
        for i, (a, b) in enumerate(zip(still, jumps, strict=True))
        if max(a, b) >= 0.01
    ]


def chance(share):
    return "< 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def pairs(step, it, unit, language):
    """Of a component, what each criterion earns, one unknown being what the others leave, and at most."""
    if not step.picture.of:
        return None  # of the article's unit alone, below
    own = [c for c in it.edition.criteria if c.component == step.picture.of]
    earned = [it.criterion(unit, c.key, changes_of(step)) for c in own]
    if earned.count(None) == 1:
        rest = it.component(unit, step.picture.of) - sum(one for one in earned if one is not None)
        earned = [rest if one is None else one for one in earned]
    return [
        [c.name[language], "–" if one is None else points(one, language), points(100 * c.max_points, language)]
        for c, one in zip(own, earned, strict=True)
    ]


FIGURES = {
    "components": components,
    "sweep": sweep,
    "waterfall": waterfall,
    "strip": strip,
    "chances": chances,
    "pairs": pairs,
}


@pytest.mark.sweep(5)
@each("language", LANGUAGES)
@each(("name", "key", "code"), printed())
def test_every_figure_of_every_table_of_a_handout_is_worked_out_again(name, key, code, language):
    found, it, taught = base(name), oracle(name, None), told_of(name, key, code)
    if taught is None:
        return
    page = Page(handout(taught.lesson, found, taught.unit, language, writers(words(language))))
    wanted, drawn = [], []
    for step in taught.steps:
        if step.picture is not None and step.picture not in drawn:
            drawn.append(step.picture)
            rows = FIGURES[step.picture.kind](step, it, taught.unit, language)
            caption = [names_of(found, step.picture.of, language)] if step.picture.of else []
            kind = "pairs_others" if step.picture.kind == "pairs" and not step.picture.of else step.picture.kind
            wanted += [(kind, caption, rows)] if rows is None or (kind, caption, rows) not in wanted else []
    assert [(kind, caption) for kind, caption, _ in page.tables] == [(kind, caption) for kind, caption, _ in wanted]
    for (_, _, (_, *rows)), (_, _, by_hand) in zip(page.tables, wanted, strict=True):
        assert by_hand is None or rows == by_hand
    marked_rows = [page.tables[table][2][row][1] for table, row in page.own]
    strips = [table for table in page.tables if table[0] == "strip"]
    assert marked_rows == [found.league.names[taught.unit]] * len(strips)
    ranked = sum(score is not None for score in it.scores)
    about = (found.league.names[taught.unit], points(it.score(taught.unit), language), it.rank(taught.unit), ranked)
    said = "{}: {} điểm, hạng {}/{}" if language == "vi" else "{}: {} points, rank {} of {}"
    assert said.format(*about) in page.of("p")


@each("language", LANGUAGES)
def test_every_kind_of_table_stands_on_a_handout_here_under_its_own_heads(language):
    heads = {}
    for name, key in [*((DAK_LAK, key) for key in KEYS[:7]), (HANOI, "lead")]:
        unit = told(lesson(key), base(name), 40).unit
        page = Page(handout(lesson(key), base(name), unit, language, writers(words(language))))
        heads |= {kind: rows[0] for kind, _, rows in page.tables}
    assert set(heads) == {*FIGURES, "pairs_others"}
    most, mean = ("Tối đa", "Trung bình nơi khác") if language == "vi" else ("Most", "Mean of the others")
    assert heads["pairs"][2] == heads["components"][2] == most and heads["pairs_others"][2] == mean
    assert all(len(head) == (4 if kind == "sweep" else 3) for kind, head in heads.items())


@each(("place", "lines"), [(0, "0123"), (5, "012345678"), (6, "0123456789"), (7, "012…456789X"), (8, "012…56789XE")])
def test_a_strip_s_table_says_where_units_lie_between_be_it_only_one(place, lines):
    found, it = base(DAK_LAK), oracle(DAK_LAK, None)
    order = sorted(range(it.n), key=lambda i: (-it.scores[i], i))
    page = Page(handout(lesson("crowd"), found, order[place], "vi", writers(words("vi"))))
    _, _, (_, *rows) = next(table for table in page.tables if table[0] == "strip")
    names = {found.league.names[i]: sign for i, sign in zip(order, "0123456789XE", strict=False)}
    assert "".join(names.get(name, rank) for rank, name, _ in rows) == lines


@each("language", LANGUAGES)
def test_the_mean_of_the_others_leaves_the_unit_itself_out(language):
    found = base(HANOI)
    taught = told(lesson("lead"), found, 0)
    page = Page(handout(taught.lesson, found, 0, language, writers(words(language))))
    _, _, (_, *rows) = next(table for table in page.tables if table[0] == "pairs_others")
    parts, names = found.standing.components, {c.name[language]: k for k, c in enumerate(found.edition.components)}
    for name, ours, others in rows:
        at = [k for whole, k in names.items() if whole in name]  # some stand together
        rest = np.delete(parts[:, at].sum(axis=1), taught.unit)
        mean = Fraction(int(rest.sum()), 100 * rest.size)
        assert ours == points(parts[taught.unit, at].sum(), language)
        assert others == number(mean, 2, language) and at
        if len(at) > 1:
            assert taught.steps[1].facts["rest_over"].value == parts[taught.unit, at].sum() - half_up(mean)


@each("language", LANGUAGES)
@each("origin", ["published", "illustrative", "own"])
def test_a_handout_bears_the_mark_of_its_figures_and_none_where_they_were_published(language, origin):
    found = tables.find(DAK_LAK)
    made = baseline(edition_files.load(found.edition), replace(found, origin=origin))
    page = Page(handout(lesson("late"), made, 40, language, writers(words(language))))
    says = {
        "published": {"vi": "", "en": ""},
        "illustrative": {"vi": "SỐ LIỆU MINH HỌA", "en": "ILLUSTRATIVE DATA"},
        "own": {"vi": "người dùng đưa lên", "en": "brought by the user"},
    }[origin][language]
    assert len(page.of("mark")) == bool(says) and all(says in mark for mark in page.of("mark"))


@each("language", LANGUAGES)
def test_a_handout_s_foot_tells_table_day_source_rules_and_where_a_phone_finds_it(language):
    found, one = base(DAK_LAK), lesson("payment")
    page = Page(handout(one, found, 40, language, writers(words(language)), link="https://example.org/?a=1"))
    (foot,) = page.of("footer")
    league, t = found.league, words(language)
    for part in (
        f"{league.title[language]}, {t.day(league.as_of)}",
        found.edition.title[language],
        one.source[language],
    ):
        assert spaced(part) in foot
    assert spaced(f"{league.source[language]}; {one.source[language]}") in foot and "https://example.org/?a=1" in foot
    assert "suy ra" not in foot and "implied" not in foot  # the table reports all
    blank = Page(handout(one, found, 40, language, writers(words(language)))).of("footer")[0]
    assert "." * 60 in blank and "https" not in blank
    undated = baseline(found.edition, replace(league, as_of=None, source={}))
    (foot,) = Page(handout(one, undated, 40, language, writers(words(language)))).of("footer")
    assert spaced(one.source[language]) in foot and "2026-10-10" not in foot and ": ;" not in foot


# The summary of a quiz


@each("language", LANGUAGES)
def test_a_quiz_s_summary_prints_the_marks_of_each_kind_and_what_they_are_of(language):
    found, t = base(DAK_LAK), words(language)
    asked = questions(found, 9, 8)
    answers = tuple((q.right + (i in (1, 4))) % len(q.options) for i, q in enumerate(asked[:-1]))  # two wrong, one none
    marks = marked(Round(DAK_LAK, "766-2026", 9, answers), asked)
    page = Page(summary(found, 9, marks, "Lớp A", t, date(2026, 11, 1)))
    right = {q.kind: 0 for q in asked}
    for i, q in enumerate(asked):
        right[q.kind] += i not in (1, 4, 7)
    of = {kind: sum(q.kind == kind for q in asked) for kind in right}
    lessons_ = {kind: spaced(text(f"{kind}.lesson")[language]) for kind in right}
    ((_, _, rows),) = page.tables
    assert rows == [[f"{right[kind]}/{of[kind]}", lessons_[kind]] for kind in right]
    assert page.of("marks") == ["5/8"] and page.of("h1") == [t("training.sheet")] and page.of("mark") == []
    name, made = page.of("p")
    assert name == "Lớp A"
    for part in (
        found.league.title[language],
        t("league.published"),
        found.edition.title[language],
        " 9 ",
        day(date(2026, 11, 1), language),
    ):
        assert spaced(part) in made


def test_a_summary_without_a_name_leaves_a_line_for_it_and_every_kind_has_something_to_remember():
    found, t = base(DAK_LAK), words("vi")
    marks = Marks(3, 2 * len(KINDS), dict.fromkeys(KINDS, (0, 2)))
    page = Page(summary(found, 1, marks, "", t, date(2026, 11, 1)))
    ((_, _, rows),) = page.tables
    assert page.of("p")[0].strip("…") == "" and page.of("marks") == ["3/30"]
    assert len(rows) == len(KINDS) and all(score == "0/2" and said and "{" not in said for score, said in rows)
