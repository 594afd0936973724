"""What was chosen, with its history, and the reader's session around it: language, widgets, class, mistakes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import streamlit as st

from model.peers.history import history
from model.peers.series import Past, Series
from model.peers.series import past as what_it_tells
from model.peers.series import series as in_a_row
from model.plan import question
from model.plan.question import Question
from model.report.choice import DEFAULT_LEAGUE, OWN, Choice
from model.report.link import read, row, scenario_of, settled, switched, widened, written
from model.score.baseline import Baseline
from model.score.scenario import Scenario
from model.table.league import League
from model.words.problems import LANGUAGES, Problem
from model.words.texts import Words, words
from pages.ui.session.leagues import (
    baseline_key,
    baseline_of,
    earlier_samples,
    edition,
    filed,
    kept,
    known_tables,
    leagues,
    upload,
)
from pages.ui.training.class_progress import ClassProgress

_KEPT = 200  # steps of history


@dataclass
class Session:
    """One reader's session, from the first page to the last."""

    choice: Choice
    language: str
    problems: list[Problem]
    past: list[Choice] = field(default_factory=list)
    future: list[Choice] = field(default_factory=list)
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)  # {box: what was typed, why it can't be used}
    refusing: list[str] = field(default_factory=list)  # boxes drawn in this run that refuse what stands in them
    skipped: Mapping[str, str] = field(default_factory=dict)
    links: list[tuple[float, dict[str, str]]] = field(default_factory=list)  # written by us, and until when they stood
    revision: int = 0
    told: Scenario = field(default_factory=Scenario)
    page: str = ""
    arrived: dict[str, str] = field(default_factory=dict)  # the link that the session began with
    opening: dict[str, str] | None = None  # the same, as long as the address bar may still say so
    fresh: bool = True  # in the first run
    returned: bool = False  # a table of the link came back from the browser after the first run
    projector: bool = False
    class_progress: ClassProgress = field(default_factory=ClassProgress)


def choice() -> Choice:
    """What is chosen now."""
    return current().choice


def language() -> Words:
    """The texts of the reader's language."""
    return words(current().language)


def switch_language() -> None:
    """The other language from now on."""
    current().language = next(code for code in LANGUAGES if code != current().language)


def speak(language: str) -> None:
    """The language that the reader's browser remembers, where no link says which."""
    if language in LANGUAGES and not current().arrived.get("lang"):
        current().language = language


def shortcut(key: str) -> str | None:
    """A single key that presses a button; None where the reader has switched these off."""
    return None if shown("keys_off") else key


def switch_keys(off: bool) -> None:
    """Single keys that press a button off, or on again."""
    show("keys_off", off)


def problems() -> list[Problem]:
    """What of the link could not be used."""
    return current().problems


def skipped() -> Mapping[str, str]:
    """What the last preset left out, {lever or component: why}."""
    return current().skipped


def change(new: Choice, *, skipped: Mapping[str, str] | None = None, from_panel: bool = False) -> None:
    """A new choice, which undo takes back; the panel is told unless it says so itself, and is right."""
    session = current()
    new = new if from_panel else settled(new, baseline_of, leagues())
    session.skipped, session.problems = skipped or {}, []
    if new != session.choice:
        session.past = [*session.past, session.choice][-_KEPT:]
        session.future = []
        session.choice = new
        if (new.league, new.unit) != (session.past[-1].league, session.past[-1].unit):
            session.refused = {}
    if not from_panel:
        tell()


def undo() -> None:
    """The choice before this one."""
    _step(current().past, current().future)


def redo() -> None:
    """The choice that undo took back."""
    _step(current().future, current().past)


def ask(new: Question) -> None:
    """What the planner is asked from now on."""
    if _can_be(wanted := replace(choice(), ask=new)):
        change(wanted)


def asked(name: str) -> None:
    """What the planner is asked, with what the control of that name now says."""
    ask(replace(choice().ask, **{name: shown(f"ask.{name}")}))


def refuse(key: str, text: str, why: str) -> None:
    """What was typed into a box, which keeps it, and why it can't be used."""
    current().refused[key] = text, why


def accept(key: str) -> None:
    """A box whose text can be used again."""
    current().refused.pop(key, None)


def refused(key: str) -> tuple[str, str] | None:
    """What was typed into a box that is being drawn, and why it can't be used; None where it can."""
    wrong = current().refused.get(key)
    if wrong:
        current().refusing.append(key)
    return wrong


def refusing() -> bool:
    """Whether a box drawn so far refuses what stands in it."""
    return bool(current().refusing)


def give_ticket(name: str) -> None:
    """A note from a callback to the run that follows it."""
    st.session_state[f"ticket.{name}"] = True


def take_ticket(name: str) -> bool:
    """Whether a callback left that note; taken once."""
    return bool(st.session_state.pop(f"ticket.{name}", False))


def show(key: str, value: object) -> None:
    """A widget's value set before it is drawn: widgets are views of the choice."""
    st.session_state[key] = value


def shown(key: str) -> Any:
    """A widget's value, for its callback."""
    return st.session_state.get(key)


def look_at(**changes: Any) -> None:
    """Another chart, view, lesson, step or mode: a way of looking, which undo leaves alone."""
    if _can_be(wanted := replace(choice(), **changes)):
        current().choice = wanted


def _can_be(wanted: Choice) -> bool:
    """Whether a link could state what a widget says. In Streamlit 1.62, the browser bundle's, one that is drawn anew in
    another language under a quick hand says its old label, which is no key of ours."""
    try:
        asked, now = (
            len(read(written(one, language().language), baseline_of, leagues())[2]) for one in (wanted, choice())
        )
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
    return current().class_progress


def reset_class() -> None:
    """The next group: nothing guessed, nothing answered, the lesson at its beginning."""
    current().class_progress = ClassProgress()
    look_at(step=1)


def printing() -> int:
    """Which print of the session this run draws for; 0 where it is drawn for the screen."""
    return int(shown("printing") or 0)


def to_paper() -> None:
    """The next run is drawn for paper."""
    show("prints", int(shown("prints") or 0) + 1)
    show("printing", shown("prints"))


def to_screen() -> None:
    """The page is on paper: from now on it is drawn for the screen again."""
    show("printing", 0)


def projector() -> bool:
    """Whether the page is shown large, before a projector."""
    return current().projector


def switch_projector() -> None:
    """Large, or as usual."""
    current().projector = not current().projector


def switch_target(criterion: str, text: str) -> None:
    """One of the targets that an edition offers for a criterion, in force from now on."""
    try:
        targets = switched(edition(base().edition.key), choice().targets, criterion, text)
    except Problem as problem:
        current().problems = [problem]
    else:
        change(replace(choice(), targets=targets))


def pick_league(key: str) -> None:
    """Another league, at the unit that it is told of; ours and what is supposed of it stay where the league has it."""
    here, new = base().league.codes[unit()], replace(Choice(), league=key, chart=choice().chart)
    there = baseline_of(new)
    if here in there.league.codes:
        kept = scenario_of(there, there.league.codes.index(here), choice().scenario.texts(), [])
        new = replace(new, unit=here, scenario=kept)
    elif there.league.story in there.league.codes:
        new = replace(new, unit=there.league.story)
    change(new)


def remembered(league: str, code: str) -> None:
    """The league and unit that the reader's browser remembers, where nothing was chosen yet; undo leaves it alone."""
    wanted = Choice(league=league, unit=code)
    untouched = not (current().past or current().arrived.keys() - {"lang"} or choice().unit)
    if untouched and league in leagues() and code in baseline_of(wanted).league.codes:
        current().choice = wanted
        tell()


def remove_league(key: str) -> None:
    """One of the reader's own leagues taken away; where it was in use, the default takes its place."""
    if choice().league == key:
        pick_league(DEFAULT_LEAGUE)
    current().past = [old for old in current().past if old.league != key]
    current().future = [old for old in current().future if old.league != key]
    upload().remove(key)


def own_given(name: str, points: Mapping[str, float], rates: Mapping[str, float]) -> None:
    """A unit entered by hand and chosen."""
    change(replace(choice(), unit=OWN, scenario=Scenario(), own_name=name, own_points=points, own_rates=rates))


def know(key: str, text: str) -> None:
    """One rate or count that the unit knows of itself, laid beside its table; raises Problem where it can't be so."""
    made, code = choice(), base().league.codes[unit()]
    change(replace(made, unit=code, known=widened(base(), made.known, code, key, text)))


def earlier_rates() -> League | None:
    """The table before the chosen one that has counts where this one has points alone; None where there is none."""
    now = leagues()[base_key()[0]]
    if not np.isnan(now.rate).all():
        return None
    found = [
        one
        for one in history(now, leagues().values())
        if one.as_of and now.as_of and one.as_of < now.as_of and not np.isnan(one.rate).all()
    ]
    return found[-1] if found else None


def forget(key: str) -> None:
    """A rate of its own that the unit takes back."""
    code = base().league.codes[unit()]
    row = {k: v for k, v in choice().known.get(code, {}).items() if k != key}
    rest = {k: v for k, v in choice().known.items() if k != code} | ({code: row} if row else {})
    change(replace(choice(), known=rest, scenario=choice().scenario.with_(key, None)))


def base() -> Baseline:
    """The baseline of what is chosen."""
    return baseline_of(choice())


def base_key() -> tuple[Any, ...]:
    """All that the baseline depends on."""
    return baseline_key(choice())


def past() -> Past | None:
    """What the tables before the chosen one tell, under the same targets; None where there is none to compare with."""
    targets = tuple(sorted(choice().targets.items()))
    found: Past | None = kept("past", (targets, _shelf_key()), lambda: _past(dict(targets)))
    return found


def before() -> Baseline | None:
    """The table before the chosen one, under the same targets; None where there is none to compare with."""
    found = past()
    return None if found is None else found.table


def table_of(key: str) -> Baseline | None:
    """The league of that key as filed, the samples' earlier ones too, under the same targets; None if not at hand."""
    one = leagues().get(key) or next((one for one in earlier_samples() if one.key == key), None)
    return None if one is None else filed(one, choice().targets if one.edition == _table().edition else {})


def series() -> Series | None:
    """The tables of the chosen league up to its own day in a row, as filed; None where it is the only one."""
    everything = known_tables()
    found: Series | None = kept("series", _shelf_key(), lambda: _row({}, history(_table(), everything, across=True)))
    return found


def _past(targets: Mapping[str, float]) -> Past | None:
    row = _row(targets, history(_table(), known_tables()))
    return None if row is None else what_it_tells(row)


def _table() -> League:
    """The chosen league, as its table has it."""
    return leagues()[base_key()[0]]


def _row(targets: Mapping[str, float], known: Iterable[League]) -> Series | None:
    """The known tables up to the chosen one in a row, those of its edition under targets."""
    now = _table()
    row = [one for one in known if one.as_of and now.as_of and one.as_of <= now.as_of]
    if len(row) < 2:
        return None
    return in_a_row([filed(one, targets if one.edition == now.edition else {}) for one in row])


def _shelf_key() -> tuple[Any, ...]:
    """All that the row of tables depends on."""
    return base_key()[:2], tuple(upload().leagues), tuple(upload().versions.items())


def ask_key() -> tuple[tuple[str, str], ...]:
    """What the planner is asked, as a key."""
    return tuple(sorted(question.written(choice().ask).items()))


def unit() -> int:
    """The row of the unit chosen; the one in the middle of the table where none is."""
    now = choice()
    return row(baseline_of(now), now.unit)


def current() -> Session:
    """What is known of this reader's session."""
    found: Session = st.session_state.session
    return found


def tell() -> None:
    """What is chosen now is what the panel is to show."""
    current().revision += 1
    current().told = current().choice.scenario


def _step(source: list[Choice], target: list[Choice]) -> None:
    session = current()
    if source:
        target.append(session.choice)
        session.choice = settled(replace(source.pop(), chart=session.choice.chart), baseline_of, leagues())
        session.skipped = {}
        tell()
