"""The address bar: the link that somebody arrives with, and the one that is written there."""

from collections.abc import Mapping
from time import monotonic

import streamlit as st

from model.report.link import meant, read, written
from pages.ui.session.leagues import baseline_of, is_own, leagues, list_shelf, shelf_moved
from pages.ui.session.state import Session, change, choice, current, give_ticket, tell

_ECHO = 5.0  # seconds for which the browser may still send a link that has since been rewritten


def arrive(page: str) -> None:
    """The session brought up to date with the folder, the link and the page that is being shown."""
    list_shelf()
    moved = shelf_moved()
    give_ticket("listed")
    arriving = meant(st.query_params)
    if "session" not in st.session_state:
        st.session_state.session = Session(*read(arriving, baseline_of, leagues()), arrived=arriving)
        current().opening = arriving
    else:
        go_on()
    if arriving and current().links and not _ours(arriving):
        follow(arriving)
    elif moved:
        current().choice, _, current().problems = read(link(), baseline_of, leagues())
        tell()
    current().refusing = []
    if current().page != page:
        current().page, current().refused = page, {}
        tell()
    write_link()


def follow(stated: Mapping[str, str]) -> None:
    """A link followed in the midst of a session; undo takes it back."""
    new, current().language, problems = read(stated, baseline_of, leagues())
    change(new)
    current().problems = problems


def begin_with(stated: Mapping[str, str]) -> None:
    """The link that a first screen opened with, before what was supposed in it meanwhile; undo leads there at last."""
    session = current()
    opened, _, _ = read(stated, baseline_of, leagues())
    if opened != [*session.past, session.choice][0]:
        session.past = [opened, *session.past]


def follow_again() -> None:
    """The link that the session began with followed once more, where it needs a table that was not there yet."""
    session = current()
    if is_own(session.arrived.get("league", "")) and not is_own(session.choice.league):
        session.choice, session.language, session.problems = read(session.arrived, baseline_of, leagues())
        session.returned = True
        tell()
        write_link()


def go_on() -> None:
    """The session's first run is over, its head on the page; or it begins again with a table that came back."""
    session = current()
    session.fresh, session.returned = session.returned, False


def fresh() -> bool:
    """Whether this is the session's first run, in which the address bar is as the browser opened it."""
    return current().fresh


def unasked() -> bool:
    """Whether the session has just begun, without a link that says more than a language."""
    return fresh() and current().arrived.keys() <= {"lang"}


def unspoken() -> bool:
    """Whether the session has just begun, without a link that says which language."""
    return fresh() and not current().arrived.get("lang")


def newcomer() -> bool:
    """Whether the session has just begun with no unit and nothing supposed: at most a language or league."""
    return fresh() and current().arrived.keys() <= {"lang", "league"}


def link() -> dict[str, str]:
    """The whole state as the link carries it."""
    return written(choice(), current().language)


def write_link() -> None:
    """The address bar brought in line with the state; at first by the head of the page, which leaves no step behind."""
    session, now = current(), monotonic()
    ours = written(session.choice, session.language)
    stood = [session.links[-1][1] if session.links else ours]  # as we wrote it, of which the browser may not know yet
    if not session.fresh and not dict(st.query_params) == ours == stood[0]:
        st.query_params.from_dict(ours)
        stood += [] if session.opening is None else [session.opening]
        session.opening = None
    left = [*session.links[:-1], *((now, old) for old in stood)]
    session.links = [*((when, old) for when, old in left if now - when < _ECHO and old != ours), (now, ours)]


def _ours(arriving: dict[str, str]) -> bool:
    """Whether a link is the last we wrote, the first while it still stands, or one that a quick click still carries."""
    links, now = current().links, monotonic()
    lasting = (links[-1][1], current().opening)
    return arriving in lasting or any(arriving == old for when, old in links if now - when < _ECHO)
