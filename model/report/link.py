"""The link: a choice as parameters of an address, and back.

What can't be used is named and left out; nothing of a link is trusted, executed or shown as markup.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from urllib.parse import quote, unquote

from model.peers.compare import GROUPS
from model.plan import question
from model.report.choice import DEFAULT_LEAGUE, MODES, MOST_PEERS, NAME_LENGTH, VIEWS, Choice
from model.rules.edition import Edition
from model.score.baseline import Baseline
from model.score.known import with_known
from model.score.scenario import Scenario, Value, parsed, resolved, value_text
from model.table.league import columns
from model.table.leagues import OWN_LEAGUE
from model.training.lesson.lessons import lessons
from model.words.numbers import plain_count, plain_number
from model.words.problems import LANGUAGES, Problem

# What of a link the one file can't show, a dot for all that begins so: how pages are looked at, the unit entered by
# hand, the question; and what changes figures, which it says it can't use.
VIEW = ("chart", "view", "other", "peers", "train", "lesson", "step", "seed", "own.", "plan.")
FIGURES = ("rates", "known.")

# What messengers and advertisers append to a link that is passed on, so that they can follow it: no word of ours.
FOLLOWED = re.compile(r"utm_.*|fbclid|gclid|msclkid|igsh|mibextid|zarsrc|gidzl")


def written(c: Choice, language: str) -> dict[str, str]:
    """A choice as {parameter: text}; `read` reads it back to the same choice where it is `settled`."""
    parts = {"lang": language, "league": c.league, "unit": c.unit} | c.scenario.texts()
    parts |= {f"target.{key}": value_text(value) for key, value in c.targets.items()}
    parts |= {"own.name": c.own_name, "chart": c.chart, "view": c.view, "other": c.other}
    parts |= {"peers": ",".join(quote(code, safe="") for code in c.peers)}
    parts |= {"train": c.train, "lesson": c.lesson, "step": str(c.step or ""), "seed": str(c.seed or "")}
    parts |= {f"own.{key}": value_text(value) for key, value in (*c.own_points.items(), *c.own_rates.items())}
    parts |= {f"known.{code}.{key}": value_text(v) for code, row in c.known.items() for key, v in row.items()}
    parts |= {"rates": c.rates_of}
    return {key: text for key, text in parts.items() if text} | question.written(c.ask)


def meant(link: Mapping[str, str]) -> dict[str, str]:
    """A link as it was written, {parameter: text}, without what was appended on its way."""
    return {key: text for key, text in link.items() if not FOLLOWED.fullmatch(key)}


def read(
    link: Mapping[str, str], baseline_of: Callable[[Choice], Baseline], known: Collection[str]
) -> tuple[Choice, str, list[Problem]]:
    """The choice that a link states among the leagues known, its language, and what of it could not be used."""
    problems: list[Problem] = []
    rest = meant(link)
    language = rest.pop("lang", "") or LANGUAGES[0]
    if language not in LANGUAGES:
        problems.append(Problem("link_language", value=language, known=LANGUAGES))
        language = LANGUAGES[0]
    league = rest.pop("league", "") or DEFAULT_LEAGUE
    if league not in known:
        own = league.startswith(OWN_LEAGUE)
        problem = Problem("link_own", league=league) if own else Problem("league_unknown", table=league, known=[*known])
        return Choice(), language, [*problems, problem]
    made = Choice(league=league)
    rules = baseline_of(made).edition
    made = replace(made, targets=_targets(rules, rest, problems))
    made = _own(rules, made, rest, problems)
    made = _rates_of(made, rest, baseline_of, known, problems)
    made = _own_known(made, rest, baseline_of, problems)
    base = baseline_of(made)
    wanted = rest.pop("unit", "")
    chart = _known("chart", {*rules.lever_index, *rules.component_index}, rest, problems)
    made = replace(made, unit=_unit(base, wanted, problems), chart=chart, view=_known("view", VIEWS, rest, problems))
    made = replace(made, other=_other(base, rest.pop("other", ""), problems), peers=_peers(base, rest, problems))
    made = replace(made, ask=question.read(base, rest, problems), train=_known("train", MODES, rest, problems))
    keys = [one.key for one in lessons()] if rest.get("lesson") else ()
    made = replace(made, lesson=_known("lesson", keys, rest, problems))
    made = replace(made, step=_number("step", rest, problems), seed=_number("seed", rest, problems))
    made = _apart(base, made, problems)
    if wanted and not made.unit and rest:
        problems.append(Problem("link_unit_lost"))
        rest = {}
    return replace(made, scenario=scenario_of(base, row(base, made.unit), rest, problems)), language, problems


def settled(c: Choice, baseline_of: Callable[[Choice], Baseline], known: Collection[str]) -> Choice:
    """A choice without what is not in force: the one that its link opens on."""
    return read(written(c, LANGUAGES[0]), baseline_of, known)[0]


def scenario_of(base: Baseline, unit: int, texts: Mapping[str, str], problems: list[Problem]) -> Scenario:
    """The scenario of {lever or component: text}, each that can't be used added to `problems` and left out."""
    scenario = Scenario()
    for key, text in sorted(texts.items(), key=lambda item: "/" not in item[1]):  # counts first: rates may need them
        try:
            wider = scenario.with_(key, parsed(base.edition, [(key, text)]).changes[key])
            resolved(base, unit, wider)
            scenario = wider
        except Problem as problem:  # whoever follows a link chose none of its words: what they might be helps nobody
            unknown = problem.code == "set_unknown"
            problems.append(Problem("link_unknown", key=key, value=text) if unknown else problem)
    return Scenario({key: scenario.changes[key] for key in texts if key in scenario.changes})


def row(base: Baseline, code: str) -> int:
    """The row of the unit with that code; the one in the middle of the ranking where there is none."""
    if code in base.league.codes:
        return base.league.codes.index(code)
    return int(base.by_rank[(base.ranked - 1) // 2]) if base.ranked else 0


def switched(rules: Edition, targets: Mapping[str, float], criterion: str, text: str) -> dict[str, float]:
    """The targets with one more switched to what a text states, those of the edition's own left out; raises Problem."""
    value = plain_number(text)
    if value is None:
        raise Problem("link_unknown", key=f"target.{criterion}", value=text)
    rules.with_targets({criterion: value})
    own = {c.key: c.target for c in rules.criteria}
    return {key: rate for key, rate in {**targets, criterion: value}.items() if rate != own[key]}


def _targets(rules: Edition, rest: dict[str, str], problems: list[Problem]) -> dict[str, float]:
    targets: dict[str, float] = {}
    for key in [key for key in rest if key.startswith("target.")]:
        try:
            targets |= switched(rules, targets, key.removeprefix("target."), rest.pop(key))
        except Problem as problem:
            problems.append(problem)
    return targets


def _own(rules: Edition, made: Choice, rest: dict[str, str], problems: list[Problem]) -> Choice:
    """The choice with the unit entered by hand that a link carries."""
    name = " ".join(rest.pop("own.name", "").split())[:NAME_LENGTH].strip()
    limit = {c.key: c.max_points for c in rules.components} | dict.fromkeys(columns(rules), 1.0)
    found = {}
    for key in [key for key in rest if key.startswith("own.")]:
        what, text = key.removeprefix("own."), rest.pop(key)
        value = plain_number(text)
        if what not in limit or value is None or not 0 <= value <= limit[what]:
            problems.append(Problem("link_unknown", key=key, value=text))
        else:
            found[what] = value
    if not name:
        problems += [Problem("link_unknown", key="own.name", value=name)] if found else []
        return made
    points = {key: value for key, value in found.items() if key in rules.component_index}
    rates = {key: value for key, value in found.items() if key not in points}
    return replace(made, own_name=name, own_points=points, own_rates=rates)


def _rates_of(
    made: Choice,
    rest: dict[str, str],
    baseline_of: Callable[[Choice], Baseline],
    known: Collection[str],
    problems: list[Problem],
) -> Choice:
    """The choice with the earlier table whose rates a link asks for."""
    wanted = rest.pop("rates", "")
    if not wanted:
        return made
    try:
        if wanted not in known:
            raise Problem("league_unknown", table=wanted, known=[*known])
        baseline_of(replace(made, rates_of=wanted))
    except Problem as problem:
        problems.append(problem)
        return made
    return replace(made, rates_of=wanted)


def _own_known(
    made: Choice, rest: dict[str, str], baseline_of: Callable[[Choice], Baseline], problems: list[Problem]
) -> Choice:
    """The choice with what units know of themselves, each that can't be used added to `problems` and left out."""
    for name in [name for name in rest if name.startswith("known.")]:
        code, _, key = name.removeprefix("known.").rpartition(".")
        text = rest.pop(name)
        try:
            made = replace(made, known=widened(baseline_of(made), made.known, code, key, text))
        except Problem as problem:
            problems.append(problem)
    return made


def widened(
    base: Baseline, known: Mapping[str, Mapping[str, Value]], code: str, key: str, text: str
) -> dict[str, Mapping[str, Value]]:
    """What units know of themselves with one rate or count more, as a text states it; raises Problem."""
    code = base.league.codes[base.league.index(code)]
    value = parsed(base.edition, [(key, text)]).changes[key]
    if key not in base.edition.lever_index:
        raise Problem("link_unknown", key=key, value=text)
    with_known(base.filed, base.league, code, {key: value})
    return {**known, code: {**known.get(code, {}), key: value}}


def _unit(base: Baseline, text: str, problems: list[Problem]) -> str:
    """The code of the unit that a link names by code or name."""
    try:
        return text and base.league.codes[base.league.index(text)]
    except Problem as problem:
        problems.append(problem)
        return ""


def _other(base: Baseline, text: str, problems: list[Problem]) -> str:
    """Whom a link compares ours with: a unit by code or name, the one at a rank (rank:20), or a group (group:kind)."""
    how, mark, which = text.partition(":")
    if not mark or how not in ("rank", "group") or text in base.league.codes:
        return _unit(base, text, problems)
    rank = plain_count(which) or 0
    if how == "group" and which in GROUPS:
        return text
    if how == "rank" and 1 <= rank <= base.ranked:
        return f"rank:{rank}"
    problems.append(Problem("link_unknown", key="other", value=text))
    return ""


def _peers(base: Baseline, rest: dict[str, str], problems: list[Problem]) -> tuple[str, ...]:
    """The codes of the reader's own list of peers, each once; what is none of the league, or too many, is named."""
    stated = dict.fromkeys(unquote(code) for code in rest.pop("peers", "").split(",") if code)
    found = [code for code in stated if code in base.league.codes][:MOST_PEERS]
    problems += [Problem("link_unknown", key="peers", value=code) for code in stated if code not in found]
    return tuple(found)


def _apart(base: Baseline, made: Choice, problems: list[Problem]) -> Choice:
    """The choice without comparing our unit with itself, or passing it."""
    ours = base.league.codes[row(base, made.unit)]
    if made.other == ours:
        problems.append(Problem("link_unknown", key="other", value=ours))
        made = replace(made, other="")
    if made.ask.unit == ours:
        problems.append(Problem("link_unknown", key="plan.unit", value=ours))
        made = replace(made, ask=replace(made.ask, unit=""))
    return made


def _known(key: str, known: Collection[str], rest: dict[str, str], problems: list[Problem]) -> str:
    """What a link states under a key, if it is one of those known."""
    text = rest.pop(key, "")
    if not text or text in known:
        return text
    problems.append(Problem("link_unknown", key=key, value=text))
    return ""


def _number(key: str, rest: dict[str, str], problems: list[Problem]) -> int:
    """The number from 1 to 999 999 that a link states under a key; 0 where it states none."""
    text = rest.pop(key, "")
    number = plain_count(text) or 0
    if text and not 0 < number < 10**6:
        problems.append(Problem("link_unknown", key=key, value=text))
        return 0
    return number
