"""Every page through app.py, once in each language: figures shown are the engine's, written out by this file."""

import re
from datetime import date
from fractions import Fraction
from math import ceil, floor, log10

import numpy as np
import pytest
from test_app import app, coded, drawn, said

from controls_shown import frames, sent, table
from model.peers import attribution as movement
from model.peers import bounds
from model.peers.calendar import arrivals
from model.peers.calibration import calibration
from model.peers.chances import rank_chances, scores_for
from model.plan import plan
from model.plan import prices as outlook
from model.plan import question as asking
from model.plan.question import Question
from model.report.choice import DEFAULT_LEAGUE
from model.rules.files import load
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect, sweep
from model.table import leagues as tables
from model.training.lesson import lessons
from model.training.quiz import predict
from model.training.quiz.quiz import questions
from model.words.problems import LANGUAGES
from spaced import spaced
from strategies import before
from written import day, number, percent, points

LEAGUE, UNIT, OTHER = "dak_lak_2026-10-10", "H15.141", "H15.198"
SCENARIO = Scenario({"on_time": 1.0})
UNCERTAIN = {"plan__moves": "uncertain", "plan__jumps": "True"}


def league(name=LEAGUE):
    found = tables.find(name)
    return baseline(load(found.edition), found)


BASE, PAST = league(), league("dak_lak_2026-09-17")
AT = BASE.league.codes.index(UNIT)
FOUND = effect(BASE, AT, SCENARIO)


def hundredths(text):
    """Points as they are written, in hundredths."""
    return int(re.sub("[.,]", "", text))


def told(at):
    """What a page says, its marks of Markdown taken away."""
    return re.sub(r"[\\*]", "", said(at))


def table_of(at, heads):
    """The one table that has so many columns and a first one of those names."""
    return next(frame for frame in frames(at) if frame.columns[0] in heads)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def simulator(language):
    at = app(unit=UNIT, lang=language, on_time="1", **UNCERTAIN)
    return drawn(at, "waterfall", "sweep", "trace", "ranking", "about")


def test_the_simulator_s_sentence_is_the_engine_s(simulator, language):
    code = coded(simulator)
    i = BASE.edition.lever_index["on_time"]
    for part in (
        points(FOUND.before.score, language),
        points(FOUND.after.score, language),
        points(FOUND.after.score - FOUND.before.score, language, plus=True),
        f"{int(FOUND.rank_before)}/102",
        f"{int(FOUND.rank_after)}/102",
        percent(BASE.anchors.levers[AT, i], language),
        day(date(2026, 10, 10), language),
    ):
        assert part in code


def test_the_simulator_s_tables_are_the_engine_s(simulator, language):
    parts, curve, trace, ranking = frames(simulator)
    change = FOUND.after.components - FOUND.before.components
    assert parts.iloc[:6, 1].tolist() == [points(v, language) for v in FOUND.before.components]
    assert parts.iloc[:6, 2].tolist() == [points(v, language) for v in FOUND.after.components]
    assert parts.iloc[:6, 3].tolist() == [points(v, language, plus=True) for v in change]
    grid = np.linspace(0, 1, 21)
    score, rank = sweep(BASE, AT, SCENARIO, "on_time", grid)
    assert curve.iloc[:, 0].tolist() == [str(5 * i) for i in range(21)]
    assert curve.iloc[:, 1].tolist() == [points(v, language) for v in score]
    assert curve.iloc[:, 2].tolist() == [number(v, 0, language) for v in rank]
    counts = [(BASE.league.done[AT, i], BASE.league.due[AT, i]) for i in range(len(BASE.edition.criteria))]
    whole = [[number(n, 0, language) for n in pair] for pair in counts]
    assert trace.iloc[:, 2].tolist() == ["" if "–" in pair else "/".join(pair) for pair in whole]
    assert trace.iloc[:, 5].tolist() == [percent(c.target, language) for c in BASE.edition.criteria]
    assert trace.iloc[:, 6].tolist() == [number(c.max_points, 0, language) for c in BASE.edition.criteria]
    assert trace.iloc[:, 7].tolist() == [points(v, language) for v in FOUND.before.criteria]
    assert trace.iloc[:, 8].tolist() == [points(v, language) for v in FOUND.after.criteria]
    whole_league(ranking, language)


def whole_league(shown, language):
    order = np.lexsort((np.arange(102), BASE.rank))
    assert shown.iloc[:, 0].tolist() == [number(BASE.rank[i], 0, language) for i in order]
    assert shown.iloc[:, 1].tolist() == [BASE.league.names[i] for i in order]
    assert shown.iloc[:, 2].tolist() == [points(BASE.standing.score[i], language) for i in order]
    for k in range(6):
        assert shown.iloc[:, 4 + k].tolist() == [points(BASE.standing.components[i, k], language) for i in order]


def test_the_simulator_s_outlook_and_league_are_the_engine_s(simulator, language):
    text = told(simulator)
    chances, by = chances_of(SCENARIO)
    low, high = chances.interval
    assert f"{chances.most_likely}/102" in text and f"{low}–{high}" in text and day(by, language) in text
    assert points(BASE.standing.score.max(), language) in text and points(9473, language) in text
    assert re.search(r"102 (đơn vị|units)", text)


def chances_of(scenario, **asked):
    ask = Question(moves="uncertain", jumps=True, **asked)
    by = asking.until(BASE, ask, date.today())
    peers = asking.everyone(BASE, ask, by, before(PAST, BASE)).without(AT)
    own = asking.ourselves(BASE, AT, scenario, ask, by, before(PAST, BASE))
    return rank_chances(BASE.edition, peers, own), by


def ranking_page(language, view, *drawers, **more):
    at = app("pages/ranking.py", lang=language, unit=UNIT, view=view, on_time="1", **more)
    assert not at.exception
    return drawn(at, *drawers) if drawers else at


def test_the_ranking_s_table_is_the_engine_s(language):
    at = ranking_page(language, "table")
    (shown,), own = frames(at), table(at, "league_table")["own"]
    after = BASE.standing.score.copy()
    after[AT] = FOUND.after.score
    then = np.array([1 + np.sum(after > score) for score in after])
    order = np.lexsort((np.arange(102), BASE.rank))
    assert shown.iloc[:, 0].tolist() == [number(rank, 0, language) for rank in BASE.rank[order]]
    for k, values in ((2, BASE.standing.score[order]), (3, after[order])):
        assert shown.iloc[:, k].tolist() == [points(value, language) for value in values]
    assert shown.iloc[:, 4].tolist() == [number(rank, 0, language) for rank in then[order]]
    assert shown.iloc[:, 5].tolist() == [number(places, 0, language, plus=True) for places in (BASE.rank - then)[order]]
    ranks, scores = (BASE.rank[AT], then[AT]), (FOUND.before.score, FOUND.after.score)
    assert [own[0], own[4]] == [number(rank, 0, language) for rank in ranks]
    assert own[2:4] == [points(score, language) for score in scores]
    text = told(at)
    assert f"{points(FOUND.before.score, language)} " in text and f"{int(BASE.rank[AT])}/102" in text
    assert points(FOUND.after.score, language) in text and f"{then[AT]}/102" in text
    assert re.search(r"102 (trong|of) 102", text)


def test_the_chances_shown_are_the_engine_s(language):
    at = ranking_page(language, "chances", "chances", **UNCERTAIN, plan__rank="40")
    found, by = chances_of(SCENARIO, rank=40)
    text, (needed, table) = told(at), sorted(frames(at), key=len)
    low, high = found.interval
    assert f"{found.most_likely}/102" in text and f"{low}–{high}" in text
    assert f"{round(100 * found.pmf[:40].sum())} %" in text
    ask = Question(moves="uncertain", jumps=True, rank=40)
    peers = asking.everyone(BASE, ask, by, before(PAST, BASE)).without(AT)
    own = asking.ourselves(BASE, AT, SCENARIO, ask, by, before(PAST, BASE))
    wanted = scores_for(BASE.edition, peers, (1, 3, 10, 40), (0.5, 0.8, 0.95), own)
    for row, rank in enumerate((1, 3, 10, 40)):
        scores = [wanted[rank][p] for p in (0.5, 0.8, 0.95)]
        shown = ["–" if score is None else points(score, language) for score in scores]
        assert needed.iloc[row].tolist() == [f"≤ {rank}", *shown]
    for written, exactly, at_most in table.values.tolist():
        rank = int(written)
        for chance, shown in ((found.pmf[rank - 1], exactly), (found.pmf[:rank].sum(), at_most)):
            assert shown == (
                "< 1 %" if 0 < chance < 0.005 else "> 99 %" if 0.995 < chance < 1 - 1e-9 else f"{100 * chance:.0f} %"
            )
    reach = bounds.reachable(bounds.possible(BASE, by), AT)
    assert (reach.best_rank, reach.worst_rank) == (1, 102)  # which is told as telling nothing
    assert re.search("mọi hạng đều còn có thể|Any rank is still possible", text) and "102/102" not in text
    share = asking.days(BASE.league, by) / 23  # the history's days: 9 of 78 fell and 4 of 20 rose
    down, up = (number(100 * (1 - (1 - chance) ** share), 1, language) for chance in (9 / 78, 4 / 20))
    label = spaced(at.checkbox(key="ask.jumps").label)
    assert label.index(f"−12{points(0, language)[1:]}: {down} %") < label.index(f"+12{points(0, language)[1:]}: {up} %")


def test_who_is_safe_and_who_is_lost_are_the_engine_s(language):
    at = ranking_page(language, "chances", plan__within="1")
    score, own = BASE.standing.score, BASE.standing.score[AT]
    safe, lost = (score + 100 < own - 100).sum(), (score - 100 > own + 100).sum()
    text, reach = told(at), bounds.reachable(bounds.within(BASE, 1, 1), AT)
    assert re.search(rf": {reach.best_rank}/102 · [^:]*: {reach.worst_rank}/102", text)
    assert safe != lost and re.search(rf"\b{safe} (đơn vị không còn vượt|units can no longer overtake us)", text)
    assert re.search(rf"\b{lost} (đơn vị mà đơn vị mình không|units that we can no longer)", text)


def test_what_moved_the_rank_is_the_engine_s(language):
    at = ranking_page(language, "moved", "parts.between", "parts.under", "moved")
    shown = [frame for frame in frames(at) if len(frame.columns) == 2]
    both = movement.between(PAST, BASE, AT), movement.under(BASE, AT, SCENARIO)
    for one, found in zip(shown, both, strict=True):
        parts = [number(float(-part), 2, language, plus=True) for part in found.parts if part]
        assert one.iloc[:, 1].tolist() == [*parts, number(found.before - found.after, 2, language, plus=True)]
        assert re.search(rf"{found.before} (lên hạng|xuống hạng|to rank) {found.after}\b", told(at))
    everyone = next(frame for frame in frames(at) if len(frame.columns) == 6)
    order = [int(i) for i in np.lexsort((np.arange(102), BASE.rank))]
    some_tied = False
    for row in range(102):
        found = movement.between(PAST, BASE, order[row])
        some_tied |= found.ties != 0
        own, ties = -sum(found.own.values()), -found.ties
        assert everyone.iloc[row, 1:3].tolist() == [str(found.before), str(found.after)]
        wanted = own, found.before - found.after - own - ties, ties
        assert everyone.iloc[row, 3:].tolist() == [number(float(p), 2, language, plus=True) for p in wanted]
    assert some_tied


def test_two_units_side_by_side_are_the_engine_s(language):
    at = ranking_page(language, "compare", "rates", other=OTHER)
    parts, rates = frames(at)
    other = BASE.league.codes.index(OTHER)
    ours, theirs = FOUND.after.components, BASE.standing.components[other]
    for k in range(6):
        apart = points(ours[k] - theirs[k], language, plus=True)
        assert parts.iloc[k].tolist()[1:] == [points(ours[k], language), points(theirs[k], language), apart]
    gap = FOUND.after.score - BASE.standing.score[other]
    assert points(abs(gap), language) in told(at) and parts.iloc[-1, 3] == points(gap, language, plus=True)
    i = BASE.edition.lever_index["on_time"]
    rate = BASE.anchors.levers[other, i]
    row = rates[rates.iloc[:, 0] == BASE.edition.levers[i].name[language]].iloc[0]
    assert row.tolist()[1:] == ["100 %", percent(rate, language), number(100 * (1 - rate), 1, language)]


def test_how_good_forecasts_were_is_the_engine_s(language):
    at = ranking_page(language, "calibration", "calibration")
    for jumps in (True, False):
        found = calibration(PAST, BASE, jumps)
        inside = sum(low <= rank <= high for low, rank, high in zip(found.low, found.rank, found.high, strict=True))
        width = number(float(np.mean(found.high - found.low)) + 1, 0, language)
        assert re.search(
            rf"{inside}/102 (đơn vị|units) \({round(100 * inside / 102)} %\).*\b{width} (bậc|ranks)", told(at)
        )
        column = frames(at)[0].iloc[:, 2 if jumps else 3].tolist()
        assert sum("✗" in cell for cell in column) == 102 - inside


def test_the_planner_s_figures_are_the_engine_s(language):
    today, by = date(2026, 11, 25), date(2026, 12, 31)
    link = {"plan__rank": "30", "plan__by": str(by), "plan__today": str(today), "plan__moves": "still"}
    at = app("pages/targets.py", lang=language, unit=UNIT, **link)
    ask = Question(rank=30, by=by, today=today, moves="still")
    peers = np.delete(BASE.standing.score, AT)
    needed = sorted(peers)[-30]  # a tie shares the better rank
    base = plan.carried(BASE, AT, arrivals(BASE, AT, today), {})
    means = asking.means(ask, arrivals(BASE, AT, by, today))
    answer, (found, _) = plan.answer(base, AT, needed, means, peers), plan.reaches(base, AT, means)
    text, now = told(at), BASE.standing.score[AT]
    for score in (now, needed, answer.best_score):
        assert points(score, language) in text
    assert points(needed - now, language, plus=True) in text and f"{int(answer.best_rank)}/102" in text
    last = outlook.last_day(base, AT, needed, found, today, by)
    assert day(last, language) in text and day(by, language) in text and number(36 / 7, 1, language) in text
    assert len(answer.plans) == 3
    side_by_side, table = frames(at)[:2]
    for column, one in enumerate(answer.plans, start=2):
        at.segmented_control(key="plan.kind").set_value(one.kind).run()
        text = told(at)
        assert f"{points(one.score, language)} " in text and f"{int(one.rank)}/102" in text
        cost, week = (re.escape(number(count, 0, language)) for count in (one.cost, ceil(one.cost / (36 / 7))))
        assert re.search(rf"(Công sức|Effort): {cost} .*\b{week}( a week)?\.", text)
        assert points(one.score, language) in side_by_side.iloc[-1, column]
        for move in one.moves.values():
            assert f"{percent(move.before, language)} → {percent(move.after, language)}" in text
            week, more = (number(count, 0, language) for count in (ceil(move.more / (36 / 7)), move.more))
            assert re.search(rf"\b{re.escape(more)} .*\b{re.escape(week)}\b", text)
    rows = outlook.prices(base, AT, found)
    assert len(table) == len(rows)
    for shown, price in zip(table.values.tolist(), rows, strict=True):
        each = [
            "–" if p is None else number(p, max(4, 1 - floor(log10(p))) if p > 0 else 4, language)
            for p in (price.per_thing, price.per_effort)
        ]
        wanted = [number(price.gain, 2, language), number(price.places, 0, language), *each]
        assert shown[1:] == [*wanted, percent(price.saturates, language)]
    assert number(rows[0].per_thing, 4, language) in text and number(rows[0].gain, 2, language) in text


def test_what_an_effort_gives_and_two_rates_at_once_are_the_engine_s(language):
    today, by, week = date(2026, 11, 25), date(2026, 12, 31), 20
    link = {"plan__rank": "30", "plan__by": str(by), "plan__today": str(today), "plan__moves": "still"}
    at = app("pages/targets.py", lang=language, unit=UNIT, plan__effort=str(week), **link)
    at = drawn(at, "best", "map")
    assert not at.exception
    base = plan.carried(BASE, AT, arrivals(BASE, AT, today), {})
    means = asking.means(Question(rank=30, by=by, today=today, moves="still"), arrivals(BASE, AT, by, today))
    found, peers = plan.reaches(base, AT, means)[0], np.delete(BASE.standing.score, AT)
    text, in_all = told(at), Fraction(week * 36, 7)

    def cost(score):  # of the plan that takes least
        return plan.answer(base, AT, score, means, peers).plans[0].cost

    bends = next(frame for frame in frames(at) if len(frame.columns) == 4)
    assert bends.iloc[0, :3].tolist() == ["1", "0", points(base.standing.score[AT], language)]
    for number_, effort, score, _ in bends.values.tolist()[1:]:
        assert effort == number(cost(hundredths(score)), 0, language), number_
    pattern = (
        rf"\b{week}\b[^\n]*\b{number(in_all, 0, language)}\b[^\n]*?([0-9.,]+) (?:điểm|points), (?:hạng|rank) ([0-9]+)/"
    )
    score, rank = re.search(pattern, text).groups()
    assert cost(hundredths(score)) <= in_all < cost(hundredths(score) + 1)
    assert int(rank) == 1 + np.sum(peers > hundredths(score))
    corner = next(frame for frame in frames(at) if len(frame) == 5 and len(frame.columns) == 6)
    keys = [
        next(one.key for one in BASE.edition.levers if one.name[language] == name)
        for name in re.split(r" [↓→](?:, )?", corner.columns[0])[:2]
    ]
    for row in corner.values.tolist():
        for column, cell in zip(corner.columns[1:], row[1:], strict=True):
            y, x = (float(spaced(one).removesuffix(" %").replace(",", ".")) / 100 for one in (row[0], column))
            after = effect(base, AT, Scenario({keys[0]: y, keys[1]: x})).after.score
            assert cell == points(after, language), (row[0], column)
    ends = effect(base, AT, Scenario({key: found[key].high for key in keys}))
    high = f"{points(ends.after.score, language)} ", f"{int(ends.rank_after)}/102"
    assert all(part in text for part in high) and points(sorted(peers)[-30], language) in text


def test_the_league_over_time_is_the_engine_s(language):
    at = ranking_page(language, "time", "history")
    then, now = PAST.standing.score, BASE.standing.score
    before_, ranks = PAST.rank, BASE.rank
    row = {code: i for i, code in enumerate(PAST.league.codes)}
    was = np.array([row[code] for code in BASE.league.codes])
    lines = table_of(at, ("Ngày", "Day"))
    order = BASE.by_rank.tolist()
    near = [order[order.index(AT) - 1], order[order.index(AT) + 1]]
    assert list(lines.columns)[1:] == [BASE.league.names[i] for i in (AT, *near)]
    assert lines.iloc[:, 0].tolist() == [day(one.league.as_of, language) for one in (PAST, BASE)]
    for k, i in enumerate((AT, *near), start=1):
        assert lines.iloc[:, k].tolist() == [str(int(before_[was[i]])), str(int(ranks[i]))]
    at.selectbox(key="history.what").set_value("score").run()
    lines = table_of(at, ("Ngày", "Day"))
    assert lines.iloc[:, 1].tolist() == [points(score, language) for score in (then[was[AT]], now[AT])]
    moved, watched = (table(at, key)["rows"] for key in ("history.movers", "history.watch"))
    change, climbed = now - then[was], before_[was] - ranks
    assert len(moved) == 10 and watched
    for name, rank, climb, gained in moved:
        i = BASE.league.names.index(name)
        assert (rank, climb) == (str(int(ranks[i])), number(climbed[i], 0, language, plus=True))
        assert gained == points(change[i], language, plus=True)
    assert abs(int(moved[0][2].replace("−", "-"))) == np.abs(climbed).max()
    for name, what, gap, days in watched:
        i = BASE.league.names.index(name)
        ahead, pace = int(now[i] - now[AT]), Fraction(int(change[AT] - change[i]), 23)
        assert gap == points(ahead, language, plus=True) and int(days) == ceil(ahead / pace), name
        assert what[0] == ("▲" if ahead < 0 else "▼"), name
    steady = change[np.abs(change) < 550] / 100  # petition points neither lost nor won back
    text = told(at)
    assert points(100 * steady.mean(), language, plus=True) in text and number(steady.std(ddof=1), 2, language) in text


@pytest.mark.sweep(3)
@pytest.mark.parametrize("key", [one.key for one in lessons.lessons() if one.key not in ("lead",)])
def test_a_lesson_s_steps_and_figures_are_the_engine_s(language, key):
    try:
        found = lessons.told(lessons.lesson(key), BASE, AT)
    except lessons.Problem:
        return
    at = app("pages/training.py", lang=language, unit=UNIT, lesson=key, step=str(len(found.steps)))
    assert not at.exception
    step = found.steps[-1]
    after = effect(BASE, AT, step.scenario)
    score, rank, _ = at.metric
    assert score.value == points(after.after.score, language) and rank.value == f"{int(after.rank_after)}/102"
    change, places = after.after.score - after.before.score, int(after.rank_before - after.rank_after)
    assert (score.delta or "") == (points(change, language, plus=True).replace("−", "-") if change else "")
    assert (rank.delta or "") == (f"{places:+d}" if places else "")
    assert f"{len(found.steps)} / {len(found.steps)}" in told(at)
    for fact in step.facts.values():
        if fact.kind in ("points", "signed"):
            assert points(fact.value, language, plus=fact.kind == "signed").lstrip("+") in told(at)
        elif fact.kind in ("count", "rank"):
            assert re.search(rf"\b{re.escape(number(fact.value, 0, language))}\b", told(at))
        elif fact.kind == "rate":
            assert percent(fact.value, language) in told(at)


def test_a_prediction_shows_the_engine_s_score_and_the_guess_s_miss(language):
    at = app("pages/training.py", lang=language, unit=UNIT, train="predict", seed="7")
    asked = predict.prediction(BASE, 7000, 1)
    right = asked.answer.value
    high = right + (150 if asked.asks == "score" else 3)
    guess = number(high / 100, 2, language).replace(".", ",") if asked.asks == "score" else str(int(high))
    sent(at, "guess", guesses=guess)
    for _ in asked.steps[1:]:
        next(b for b in at.button if b.label in ("Mở tiếp", "Reveal more")).click().run()
    by = "1,50" if language == "vi" else "1.50"
    text = told(at)
    if asked.asks == "score":
        assert points(right, language) in text and points(high, language) in text and by in text
    else:
        assert f"{int(right)}" in text and f"{int(high)}" in text
    assert re.search(r"(mức khó|level) \d/5", text)


def test_a_quiz_marks_as_many_right_as_were(language):
    at = app("pages/training.py", lang=language, unit=UNIT, train="quiz", seed="3")
    asked = questions(BASE, 3, 8)
    for i, question in enumerate(asked):
        right = question.right if i != 1 else (question.right + 1) % len(question.options)
        at.radio[0].set_value(right).run()
        next(b for b in at.button if b.label in ("Trả lời", "Answer")).click().run()
        assert bool(at.success) == (i != 1) and bool(at.error) == (i == 1)
        assert re.search(rf"{i + 1}(/| of ){len(asked)}", told(at))
        next(
            b for b in at.button if b.label in ("Câu tiếp", "Next question", "Xem kết quả", "See the marks")
        ).click().run()
    assert re.search(rf"{len(asked) - 1}(/| of ){len(asked)}", told(at))


def test_the_method_page_tells_the_edition_s_rules(language):
    at = app("pages/method.py", lang=language)
    text = at.markdown
    whole = spaced("\n".join(one.value for one in text))
    for part in BASE.edition.components:
        assert re.search(rf"{re.escape(part.name[language])}: .*\b{part.max_points:g} ", whole)
    for c in BASE.edition.criteria:
        formula = (
            f"{c.max_points:g} × R"
            if c.target == 1
            else f"{c.max_points:g} × min(1, R / {percent(c.target, language)})"
        )
        line = next(one for one in whole.split("\n") if f"**{c.number} " in one)
        after = whole.split("\n")[whole.split("\n").index(line) + 1]
        assert f"`{formula}`" in after and f"[{c.evidence}]" in line
    for band in BASE.edition.bands:
        assert re.search(rf"{band.name[language]} (từ|from) {band.from_score:g} ", whole)
    gap = np.abs(BASE.standing.modelled - BASE.league.published)
    for row in frames(at)[0].values.tolist():
        k = next(k for k, c in enumerate(BASE.edition.components) if c.name[language] == row[0])
        known = gap[:, k][~np.isnan(gap[:, k])]
        wanted = known.size, (known == 0).sum(), ((known > 0) & (known <= 1)).sum(), (known > 1).sum()
        assert row[1:] == [str(n) for n in wanted]


def test_the_data_page_tells_what_was_read(language):
    at = app("pages/data.py", lang=language)
    rows = "\n".join(
        f"Xã {name};{19.5 - i};{18 - i}" for i, name in enumerate(("Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám"))
    )
    at.file_uploader[0].upload("a.csv", f"Đơn vị;Tiến độ;Hài lòng\n{rows}\nXã Chín;21;19\n".encode(), "text/csv").run()
    assert [metric.value for metric in at.metric] == ["6", "2/6", "0", "1"]
    preview = next(frame for frame in frames(at) if len(frame) == 5 and len(frame.columns) == 9)
    assert preview.iloc[:, 3].tolist() == [number(19.5 - i, 2, language) for i in range(5)]
    assert re.search(r"2 lỗi, bỏ 1 dòng|Errors: 2; rows left out: 1\b", told(at))
    assert "21" in told(at) and re.search(r"0(/| of )6", told(at)) and "20 MB" in told(at)


def test_the_default_league_has_the_past_that_others_are_pointed_to():
    assert DEFAULT_LEAGUE == LEAGUE and PAST.league.as_of < BASE.league.as_of


@pytest.mark.parametrize("page", ["app.py", "pages/targets.py", "pages/ranking.py"])
@pytest.mark.parametrize(("name", "days"), [("provinces_2025-10-16", 5), ("provinces_2026-10-10", 4)])
def test_where_movement_was_measured_over_too_few_days_every_page_says_why_and_none_tells_a_chance(page, name, days):
    at = app(page, league=name, unit="H42", view="chances", **UNCERTAIN)
    shown = said(at)
    assert not at.exception and shown.count(f"mới được đo trong {days} ngày, chỉ nói được đến {4 * days} ngày") == 1
    assert not re.search(r"khả năng[^.\n]*\d %|\d %[^.\n]*khả năng", shown)


def test_of_a_table_of_points_a_plan_is_made_in_per_cent_of_the_rates_that_points_imply():
    at = app("pages/targets.py", league="provinces_2025-10-16", unit="H42", plan__goal="score", plan__score="86.6")
    shown = said(at)
    assert not at.exception and "95,1 % (suy ra từ điểm) → **95,53 %**; được +0,09 điểm" in shown
    assert "mỗi điểm phần trăm một công" in shown and "không có số lượng nên không tính được ngày cuối" in shown
    assert "quy ra hồ sơ), mỗi tuần" not in shown
