"""The one place of session state, the link and caches: what the reader chose, its history, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import streamlit as st

from model import edition_files, tables
from model.baseline import Baseline, baseline
from model.edition import Edition
from model.league import League
from model.problems import LANGUAGES, Problem
from model.scenario import Scenario, parsed, resolved, value_text
from model.tables import plain_number
from pages.ui.words import Words, words

DEFAULT_LEAGUE = "dak_lak_2026-10-10"
OWN = "own"  # the code of a unit entered by hand
NAME_LENGTH = 80
_KEPT = 200  # steps of history
_ECHO = 5.0  # seconds for which the browser may still send a link that has since been rewritten


@dataclass(frozen=True)
class Choice:
    """What the reader chose: all of it stands in the link."""

    league: str = DEFAULT_LEAGUE
    unit: str = ""
    scenario: Scenario = field(default_factory=Scenario)
    targets: Mapping[str, float] = field(default_factory=dict)
    own_name: str = ""
    own_points: Mapping[str, float] = field(default_factory=dict)
    own_rates: Mapping[str, float] = field(default_factory=dict)
    chart: str = ""


@dataclass
class _Session:
    choice: Choice
    language: str
    past: list[Choice] = field(default_factory=list)
    future: list[Choice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    own_mistakes: list[str] = field(default_factory=list)
    skipped: Mapping[str, str] = field(default_factory=dict)
    written: list[tuple[float, dict[str, str]]] = field(
        default_factory=list
    )  # links of ours, with when they were written
    revision: int = 0
    told: Scenario = field(default_factory=Scenario)
    page: str = ""


def arrive(page: str) -> None:
    """The session brought up to date with the link and the page that is being shown."""
    link = dict(st.query_params)
    if "session" not in st.session_state:
        choice, language, problems = _read(link)
        st.session_state.session = _Session(choice, language, problems=problems)
        _tell()
    elif link and not _ours(link):
        choice, language, problems = _read(link)
        _session().language, _session().problems = language, problems
        if choice != _session().choice:
            change(choice)
    if _session().page != page:
        _session().page = page
        _tell()
    write_link()


def choice() -> Choice:
    """What is chosen now."""
    return _session().choice


def language() -> Words:
    """The texts of the reader's language."""
    return words(_session().language)


def switch_language() -> None:
    """The other language from now on."""
    _session().language = next(code for code in LANGUAGES if code != _session().language)


def problems() -> list[Problem]:
    """What of the link could not be used."""
    return _session().problems


def skipped() -> Mapping[str, str]:
    """What the last preset left out, {lever or component: why}."""
    return _session().skipped


def dismiss_problems() -> None:
    """The link's problems put away."""
    _session().problems = []


def change(new: Choice, *, skipped: Mapping[str, str] | None = None, from_panel: bool = False) -> None:
    """A new choice, which undo takes back; the panel is told unless it is the one who says so."""
    session = _session()
    session.skipped = skipped or {}
    if new != session.choice:
        session.past = [*session.past, session.choice][-_KEPT:]
        session.future = []
        session.choice = new
    if not from_panel:
        _tell()


def undo() -> None:
    """The choice before this one."""
    _step(_session().past, _session().future)


def redo() -> None:
    """The choice that undo took back."""
    _step(_session().future, _session().past)


def history() -> dict[str, bool]:
    """Whether there is anything to undo and to redo."""
    return {"undo": bool(_session().past), "redo": bool(_session().future)}


def told() -> tuple[int, Scenario]:
    """What the panel was last told, and its number."""
    return _session().revision, _session().told


def show(key: str, value: object) -> None:
    """A widget's value set before it is drawn: widgets are views of the choice."""
    st.session_state[key] = value


def shown(key: str) -> Any:
    """A widget's value, for its callback."""
    return st.session_state.get(key)


def set_chart(key: str) -> None:
    """The lever whose sweep is shown: a way of looking, which undo leaves alone."""
    _session().choice = replace(choice(), chart=key)


def switch_target(criterion: str, text: str) -> None:
    """One of the targets an edition offers for a criterion, in force from now on."""
    rules, value = edition(base().edition.key), plain_number(text)
    rules.with_targets({criterion: -1.0 if value is None else value})
    targets = {**choice().targets, criterion: value}
    default = {c.key: c.target for c in rules.criteria}
    change(replace(choice(), targets={key: rate for key, rate in targets.items() if rate != default[key]}))


def own_given(name: str, points: Mapping[str, float], rates: Mapping[str, float], mistakes: list[str]) -> None:
    """A unit entered by hand and chosen, unless there are mistakes to say."""
    _session().own_mistakes = mistakes
    if not mistakes:
        name = " ".join(name.split())[:NAME_LENGTH]
        change(replace(choice(), unit=OWN, scenario=Scenario(), own_name=name, own_points=points, own_rates=rates))


def own_mistakes() -> list[str]:
    """What was wrong with the unit last entered by hand."""
    return _session().own_mistakes


def base(of: Choice | None = None) -> Baseline:
    """The league under the edition and targets chosen, with the unit entered by hand if there is one."""
    return _base(*base_key(of))


def base_key(of: Choice | None = None) -> tuple[Any, ...]:
    """All that the baseline depends on."""
    c = of or choice()
    return c.league, _key(c.targets), c.own_name, _key(c.own_points), _key(c.own_rates)


def unit() -> int:
    """The row of the unit chosen; the one in the middle of the table where none is."""
    return _unit(base(), choice().unit)


def leagues() -> dict[str, League]:
    """Every league there is to pick, by key, the default first and newest next."""
    rest = sorted(
        (key for key in tables.samples() if key != DEFAULT_LEAGUE), key=lambda key: key.split("_20")[-1], reverse=True
    )
    return {key: _league(key) for key in (DEFAULT_LEAGUE, *rest)}


def edition(key: str) -> Edition:
    """An edition as its file has it."""
    return edition_files.load(key)


def link() -> dict[str, str]:
    """The whole state as the link carries it."""
    return _written(_session().choice, _session().language)


def write_link() -> None:
    """The address bar brought in line with the state."""
    session, now, ours = _session(), monotonic(), link()
    if dict(st.query_params) != ours:
        st.query_params.from_dict(ours)
    session.written = [(when, old) for when, old in session.written if now - when < _ECHO and old != ours] + [
        (now, ours)
    ]


def _ours(link: dict[str, str]) -> bool:
    """Whether a link is the last we wrote, or an earlier one that a quick click still carries."""
    written, now = _session().written, monotonic()
    return link == written[-1][1] or any(link == old for when, old in written if now - when < _ECHO)


def _session() -> _Session:
    return st.session_state.session


def _tell() -> None:
    _session().revision += 1
    _session().told = _session().choice.scenario


def _step(source: list[Choice], target: list[Choice]) -> None:
    session = _session()
    if source:
        target.append(session.choice)
        session.choice = source.pop()
        session.skipped = {}
        _tell()


def _written(c: Choice, language: str) -> dict[str, str]:
    """A choice as {parameter: text}; `_read` reads it back to the same choice."""
    own = {f"own.{key}": value_text(value) for key, value in (*c.own_points.items(), *c.own_rates.items())}
    return {
        "lang": language,
        "league": c.league,
        **({"unit": c.unit} if c.unit else {}),
        **c.scenario.texts(),
        **{f"target.{key}": value_text(value) for key, value in c.targets.items()},
        **({"own.name": c.own_name} if c.own_name else {}),
        **own,
        **({"chart": c.chart} if c.chart else {}),
    }


def _read(link: Mapping[str, str]) -> tuple[Choice, str, list[Problem]]:
    """The choice a link states, its language, and what of it could not be used."""
    problems: list[Problem] = []
    rest = dict(link)
    language = rest.pop("lang", LANGUAGES[0])
    if language not in LANGUAGES:
        problems.append(Problem("link_language", value=language, known=LANGUAGES))
    league = rest.pop("league", DEFAULT_LEAGUE)
    if league not in tables.samples():
        problems.append(Problem("league_unknown", table=league, known=tables.samples()))
        return Choice(), language if language in LANGUAGES else LANGUAGES[0], problems
    rules = edition(_league(league).edition)
    made = Choice(league=league, targets=_targets(rules, rest, problems))
    made = _own(rules, made, rest, problems)
    unit = rest.pop("unit", "")
    try:
        made = replace(made, unit=unit if not unit else base(made).league.codes[base(made).league.index(unit)])
    except Problem as problem:
        problems.append(problem)
    chart = rest.pop("chart", "")
    if chart in rules.lever_index or chart in rules.component_index:
        made = replace(made, chart=chart)
    elif chart:
        problems.append(Problem("link_unknown", key="chart", value=chart))
    return (
        replace(made, scenario=_scenario(base(made), made.unit, rest, problems)),
        language if language in LANGUAGES else LANGUAGES[0],
        problems,
    )


def _targets(rules: Edition, rest: dict[str, str], problems: list[Problem]) -> dict[str, float]:
    targets = {}
    for key in [key for key in rest if key.startswith("target.")]:
        criterion, text = key.removeprefix("target."), rest.pop(key)
        try:
            value = plain_number(text)
            rules.with_targets({criterion: -1.0 if value is None else value})
            targets[criterion] = float(value or 0)
        except Problem as problem:
            problems.append(problem)
    default = {c.key: c.target for c in rules.criteria}
    return {key: value for key, value in targets.items() if value != default[key]}


def _own(rules: Edition, made: Choice, rest: dict[str, str], problems: list[Problem]) -> Choice:
    """The unit entered by hand that a link carries."""
    name = " ".join(rest.pop("own.name", "").split())[:NAME_LENGTH]
    points, rates = {}, {}
    for key in [key for key in rest if key.startswith("own.")]:
        what, text = key.removeprefix("own."), rest.pop(key)
        value = plain_number(text)
        limit = {c.key: c.max_points for c in rules.components} | dict.fromkeys(_reportable(rules), 1.0)
        if what not in limit or value is None or not 0 <= value <= limit[what]:
            problems.append(Problem("link_unknown", key=key, value=text))
        elif what in rules.component_index:
            points[what] = value
        else:
            rates[what] = value
    if (points or rates) and not name:
        problems.append(Problem("link_unknown", key="own.name", value=name))
    return replace(made, own_name=name, own_points=points, own_rates=rates) if name else made


def _reportable(rules: Edition) -> tuple[str, ...]:
    return (*rules.criterion_index, *(key for key in rules.lever_index if key not in rules.criterion_index))


def _scenario(base: Baseline, unit: str, rest: Mapping[str, str], problems: list[Problem]) -> Scenario:
    """The scenario of a link's remaining parameters, each that can't be used named and left out."""
    scenario = Scenario()
    for key, text in sorted(rest.items(), key=lambda item: "/" not in item[1]):  # counts first: rates may need them
        try:
            one = parsed(base.edition, [(key, text)])
            wider = scenario.with_(key, one.changes[key])
            resolved(base, _unit(base, unit), wider)
            scenario = wider
        except Problem as problem:
            problems.append(problem)
    return scenario


def _unit(base: Baseline, code: str) -> int:
    if code in base.league.codes:
        return base.league.codes.index(code)
    order = sorted(range(len(base.league.codes)), key=lambda i: (base.rank[i] != base.rank[i], base.rank[i]))
    return order[(base.ranked - 1) // 2] if base.ranked else 0


def _key(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(values.items()))


@st.cache_resource
def _league(key: str) -> League:
    return tables.find(key)


@st.cache_resource(max_entries=64)
def _base(
    league: str,
    targets: tuple[tuple[str, float], ...],
    own_name: str,
    own_points: tuple[tuple[str, float], ...],
    own_rates: tuple[tuple[str, float], ...],
) -> Baseline:
    table = _league(league)
    rules = edition(table.edition).with_targets(dict(targets))
    if own_name:
        table = table.with_unit(rules, OWN, own_name, dict(own_points), dict(own_rates))
    return baseline(rules, table)


def accepted(payload: object) -> None:
    """A scenario that the panel hands over, checked like any other; what can't be used is dropped and said."""
    if (
        not isinstance(payload, Mapping)
        or payload.get("unit") != panel_unit()
        or not isinstance(payload.get("scenario"), Mapping)
    ):
        return
    texts = {str(key): str(text) for key, text in payload["scenario"].items()}
    problems: list[Problem] = []
    scenario = _scenario(base(), base().league.codes[unit()], texts, problems)
    change(
        replace(choice(), scenario=scenario), from_panel=payload.get("revision") == _session().revision and not problems
    )
    _session().problems = problems


def panel_unit() -> str:
    """What the panel's scenario belongs to."""
    return f"{choice().league}/{base().league.codes[unit()]}"
