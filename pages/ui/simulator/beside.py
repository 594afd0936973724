"""What the server has drawn beside the panel: whether it still is true after a lever has moved."""

import streamlit as st

from model.peers import gaming
from model.report.link import row
from pages.ui import session

_FOLLOWING = ("drawer.waterfall", "drawer.sweep", "drawer.trace")  # tables that show what is supposed


def note() -> None:
    """What is being drawn noted, for `is_true`."""
    session.show("beside", _drawn())


def is_true() -> None:
    """A whole run, where what is drawn beside the panel is no longer true."""
    if session.shown("beside") != _drawn():
        st.rerun()


def _drawn() -> tuple[object, ...]:
    """What is drawn beside the panel and not by it; the scenario itself only where something shows its figures."""
    now = session.current()
    choice, scenario = now.choice, now.choice.scenario
    base = session.base()
    unit = row(base, choice.unit)
    shown = choice.ask.moves not in ("", "still") or any(session.shown(key) for key in _FOLLOWING)
    return (
        [problem.text(now.language) for problem in now.problems],
        dict(now.skipped),
        bool(scenario.changes),
        gaming.under(base, unit, scenario),
        scenario if shown else None,
        choice.chart,
    )
