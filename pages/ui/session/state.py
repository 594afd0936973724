"""The one place of session state, the link and caches: what the reader chose, its history, and what follows from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import streamlit as st

from model.peers.history import history as dated_tables
from model.plan import question as asking
from model.plan.question import Question
from model.report.choice import DEFAULT_LEAGUE, OWN, Choice
from model.report.link import read, row, scenario_of, settled, switched, written
from model.rules import files as edition_files
from model.rules.edition import Edition
from model.score.baseline import Baseline, baseline
from model.score.scenario import Scenario
from model.table import leagues as tables
from model.table.league import League
from model.table.upload import Upload
from model.words.problems import LANGUAGES, Problem
from model.words.texts import Words, plain, words
from pages.ui.training.class_progress import ClassProgress

_KEPT = 200  # steps of history
_AT_ONCE = 3  # things of one name that `kept` keeps
_ECHO = 2.0  # seconds for which the browser may still send a link that has since been rewritten


@dataclass
class _Session:
    choice: Choice
    language: str
    problems: list[Problem]
    past: list[Choice] = field(default_factory=list)
    future: list[Choice] = field(default_factory=list)
    own_mistakes: list[str] = field(default_factory=list)
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)  # {box: what was typed, why it can't be used}
    refusing: list[str] = field(default_factory=list)  # boxes drawn in this run that refuse what stands in them
    skipped: Mapping[str, str] = field(default_factory=dict)
    links: list[tuple[float, dict[str, str]]] = field(default_factory=list)  # written by us, and when
    revision: int = 0
    told: Scenario = field(default_factory=Scenario)
    page: str = ""
    arrived: dict[str, str] = field(default_factory=dict)  # the link that the session began with
    projector: bool = False
    class_progress: ClassProgress = field(default_factory=ClassProgress)


def arrive(page: str) -> None:
    """The session brought up to date with the link and the page that is being shown."""
    arriving = dict(st.query_params)
    if "session" not in st.session_state:
        st.session_state.session = _Session(*read(arriving, base, leagues()), arrived=arriving)
    elif arriving and not _ours(arriving):
        new, _session().language, problems = read(arriving, base, leagues())
        change(new)
        _session().problems = problems
    _session().refusing = []
    if _session().page != page:
        _session().page, _session().own_mistakes, _session().refused = page, [], {}
        _tell()
    write_link()


def follow_again() -> None:
    """The link that the session began with followed once more, where it needs a table that was not there yet."""
    session = _session()
    if is_own(session.arrived.get("league", "")) and not is_own(session.choice.league):
        session.choice, session.language, session.problems = read(session.arrived, base, leagues())
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


def change(new: Choice, *, skipped: Mapping[str, str] | None = None, from_panel: bool = False) -> None:
    """A new choice, which undo takes back; the panel is told unless it is the one who says so."""
    session, new = _session(), settled(new, base, leagues())
    session.skipped, session.problems = skipped or {}, []
    if new != session.choice:
        session.past = [*session.past, session.choice][-_KEPT:]
        session.future = []
        session.choice = new
        if (new.league, new.unit) != (session.past[-1].league, session.past[-1].unit):
            session.refused = {}
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


def ask(new: Question) -> None:
    """What the planner is asked from now on."""
    _session().own_mistakes = []
    if _can_be(wanted := replace(choice(), ask=new)):
        change(wanted)


def asked(name: str) -> None:
    """What the planner is asked, with what the control of that name now says."""
    ask(replace(choice().ask, **{name: shown(f"ask.{name}")}))


def refuse(key: str, text: str, why: str) -> None:
    """What was typed into a box, which keeps it, and why it can't be used."""
    _session().refused[key] = text, why


def accept(key: str) -> None:
    """A box whose text can be used again."""
    _session().refused.pop(key, None)


def refused(key: str) -> tuple[str, str] | None:
    """What was typed into a box that is being drawn, and why it can't be used; None where it can."""
    wrong = _session().refused.get(key)
    if wrong:
        _session().refusing.append(key)
    return wrong


def refusing() -> bool:
    """Whether a box drawn so far refuses what stands in it."""
    return bool(_session().refusing)


def mistaken(lines: list[str]) -> None:
    """What was typed and can't be used, to be said once more is drawn."""
    _session().own_mistakes = lines


def editor_round() -> str:
    """A name that starts the planner's table anew whenever the choice changes, since an editor keeps its edits."""
    return f"editor.{_session().revision}"


def give_ticket(name: str) -> None:
    """A note from a callback to the run that follows it."""
    st.session_state[f"ticket.{name}"] = True


def take_ticket(name: str) -> bool:
    """Whether a callback left that note; taken once."""
    return bool(st.session_state.pop(f"ticket.{name}", False))


def accepted(payload: object) -> None:
    """A scenario that the panel hands over, checked like any other; what can't be used is dropped and said."""
    if not isinstance(payload, Mapping) or payload.get("unit") != panel_unit():
        return
    texts = {str(key): str(text) for key, text in dict(payload.get("scenario") or {}).items()}
    problems: list[Problem] = []
    scenario = scenario_of(base(), unit(), texts, problems)
    up_to_date = payload.get("revision") == _session().revision and not problems
    change(replace(choice(), scenario=scenario), from_panel=up_to_date)
    _session().problems = problems


def panel_unit() -> str:
    """What the panel's scenario belongs to."""
    return f"{choice().league}/{base().league.codes[unit()]}"


def show(key: str, value: object) -> None:
    """A widget's value set before it is drawn: widgets are views of the choice."""
    st.session_state[key] = value


def shown(key: str) -> Any:
    """A widget's value, for its callback."""
    return st.session_state.get(key)


def look_at(**changes: str | int) -> None:
    """Another chart, view, lesson, step or mode: a way of looking, which undo leaves alone."""
    if _can_be(wanted := replace(choice(), **changes)):
        _session().choice = wanted


def _can_be(wanted: Choice) -> bool:
    """Whether a link could state what a widget says. In Streamlit 1.62, the browser bundle's, one that is drawn anew in
    another language under a quick hand says its old label, which is no key of ours."""
    try:
        asked, now = (len(read(written(one, language().language), base, leagues())[2]) for one in (wanted, choice()))
    except (TypeError, ValueError):
        return False
    return asked <= now


def seed() -> int:
    """What a class's questions are made from."""
    return choice().seed or 1


def set_seed(seed: int) -> None:
    """Another seed."""
    look_at(seed=seed)


def next_seed() -> None:
    """A round of new questions."""
    look_at(seed=seed() + 1)


def class_progress() -> ClassProgress:
    """The class before the projector."""
    return _session().class_progress


def reset_class() -> None:
    """The next group: nothing guessed, nothing answered, the lesson at its beginning."""
    _session().class_progress = ClassProgress()
    look_at(step=1)


def projector() -> bool:
    """Whether the page is shown large, before a projector."""
    return _session().projector


def switch_projector() -> None:
    """Large, or as usual."""
    _session().projector = not _session().projector


def switch_target(criterion: str, text: str) -> None:
    """One of the targets that an edition offers for a criterion, in force from now on."""
    try:
        targets = switched(edition(base().edition.key), choice().targets, criterion, text)
    except Problem as problem:
        _session().problems = [problem]
    else:
        change(replace(choice(), targets=targets))


def pick_league(key: str) -> None:
    """Another league; the unit and what is supposed of it stay where the league has that unit."""
    here, new = base().league.codes[unit()], replace(Choice(), league=key, chart=choice().chart)
    there = base(new)
    if here in there.league.codes:
        kept = scenario_of(there, there.league.codes.index(here), choice().scenario.texts(), [])
        new = replace(new, unit=here, scenario=kept)
    change(new)


def remove_league(key: str) -> None:
    """One of the reader's own leagues taken away; where it was in use, the default takes its place."""
    if choice().league == key:
        pick_league(DEFAULT_LEAGUE)
    _session().past = [old for old in _session().past if old.league != key]
    _session().future = [old for old in _session().future if old.league != key]
    upload().remove(key)


def own_given(name: str, points: Mapping[str, float], rates: Mapping[str, float], mistakes: list[str]) -> None:
    """A unit entered by hand and chosen, unless there are mistakes to say."""
    _session().own_mistakes = mistakes
    if not mistakes:
        change(replace(choice(), unit=OWN, scenario=Scenario(), own_name=name, own_points=points, own_rates=rates))


def own_mistakes() -> list[str]:
    """What was wrong with the unit last entered by hand."""
    return _session().own_mistakes


def base(of: Choice | None = None) -> Baseline:
    """The league under the edition and targets chosen, with the unit entered by hand if there is one."""
    key = base_key(of)
    found: Baseline = kept("base", key, lambda: (_made if is_own(key[0]) else _base)(*key))
    return found


def base_key(of: Choice | None = None) -> tuple[Any, ...]:
    """All that the baseline depends on."""
    c = of or choice()
    version = upload().versions.get(c.league, tables.shelf_stamp())
    return c.league, version, _key(c.targets), c.own_name, _key(c.own_points), _key(c.own_rates)


def past() -> Baseline | None:
    """The table before the chosen one in its history, under the same targets; None where there is none."""
    now = leagues()[choice().league]
    earlier = [
        one for one in dated_tables(now, leagues().values()) if one.as_of and now.as_of and one.as_of < now.as_of
    ]
    if not earlier:
        return None
    key = base_key(Choice(league=earlier[-1].key, targets=choice().targets))
    found: Baseline = kept("past", key, lambda: (_made if is_own(key[0]) else _base)(*key))
    return found


def with_past(t: Words) -> str:
    """A league that has a table before it, for one who looks for such: its title and date."""
    one = leagues()[DEFAULT_LEAGUE]
    return plain(f"{t.of(one.title).split(',')[0]} {t.day(one.as_of) if one.as_of else ''}")


def ask_key() -> tuple[tuple[str, str], ...]:
    """What the planner is asked, as a key."""
    return tuple(sorted(asking.written(choice().ask).items()))


def unit() -> int:
    """The row of the unit chosen; the one in the middle of the table where none is."""
    return row(base(), choice().unit)


def leagues() -> dict[str, League]:
    """Every league there is to pick, by key: the reader's own of this session, the samples, the administrator's."""
    return upload().leagues | {k: v for k, v in _shelf(tables.shelf_stamp())[0].items() if k not in upload().leagues}


def shelf_problems() -> tuple[Problem, ...]:
    """Why files of the administrator's folder can't be used."""
    return _shelf(tables.shelf_stamp())[1]


def upload() -> Upload:
    """Where the reader's own tables lie, for as long as the session lasts and nowhere else."""
    if "desk" not in st.session_state:
        st.session_state.desk = Upload()
    found: Upload = st.session_state.desk
    return found


def kept(name: str, key: object, make: Callable[[], Any]) -> Any:
    """Something made once for a key and kept in this session alone: what follows from a reader's own table.

    The last few keys are kept: a change is weighed against what was there, with and without its targets.
    """
    found = dict(st.session_state.get(f"kept.{name}", ()))
    value = found.pop(key) if key in found else make()
    st.session_state[f"kept.{name}"] = [*found.items(), (key, value)][-_AT_ONCE:]
    return value


def is_own(league: str) -> bool:
    """Whether a league is one of this session's own, of which nothing may be kept on the server."""
    return league in upload().leagues


def edition(key: str) -> Edition:
    """An edition as its file has it."""
    return edition_files.load(key)


def link() -> dict[str, str]:
    """The whole state as the link carries it."""
    return written(_session().choice, _session().language)


def write_link() -> None:
    """The address bar brought in line with the state."""
    session, now, ours = _session(), monotonic(), link()
    if dict(st.query_params) != ours:
        st.query_params.from_dict(ours)
    recent = [(when, old) for when, old in session.links if now - when < _ECHO and old != ours]
    session.links = [*recent, (now, ours)]


def _ours(arriving: dict[str, str]) -> bool:
    """Whether a link is the last we wrote, or an earlier one that a quick click still carries."""
    links, now = _session().links, monotonic()
    return arriving == links[-1][1] or any(arriving == old for when, old in links if now - when < _ECHO)


def _session() -> _Session:
    return st.session_state.session


def _tell() -> None:
    _session().revision += 1
    _session().told = _session().choice.scenario


def _step(source: list[Choice], target: list[Choice]) -> None:
    session = _session()
    if source:
        target.append(session.choice)
        session.choice = settled(replace(source.pop(), chart=session.choice.chart), base, leagues())
        session.skipped = {}
        _tell()


def _key(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(values.items()))


@st.cache_resource(max_entries=2)
def _shelf(stamp: object) -> tuple[dict[str, League], tuple[Problem, ...]]:
    """The samples, the default first and newest next, and the administrator's leagues; what of these can't be used."""
    rest = sorted(
        (key for key in tables.samples() if key != DEFAULT_LEAGUE), key=lambda key: key.split("_20")[-1], reverse=True
    )
    more, problems = tables.shelf()
    return {key: tables.find(key) for key in (DEFAULT_LEAGUE, *rest)} | more, problems


def _made(
    league: str,
    version: object,
    targets: tuple[tuple[str, float], ...],
    own_name: str,
    own_points: tuple[tuple[str, float], ...],
    own_rates: tuple[tuple[str, float], ...],
) -> Baseline:
    table = leagues()[league]
    filed = edition(table.edition)
    rules = filed.with_targets(dict(targets))
    if own_name:
        table = table.with_unit(rules, OWN, own_name, dict(own_points), dict(own_rates))
    return baseline(rules, table, filed)


_base = st.cache_resource(max_entries=64)(_made)
