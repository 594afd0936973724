"""The reader's shelf: scenarios and plans that they keep, handed to their browser and nowhere else."""

from dataclasses import replace
from datetime import date

import numpy as np
import streamlit as st

from model.plan.action import ActionPlan
from model.report.choice import Choice
from model.report.kept import Entry, Kept, fingerprint, read
from model.report.link import read as read_link
from model.report.link import row, written
from model.score.scenario import Scenario, effect
from model.words.problems import Problem
from pages.ui.session.leagues import baseline_of, edition, leagues, upload
from pages.ui.session.state import base, change, choice, current, remove_league, unit


class Shelf:
    """What one reader keeps in this session, with what was before, and what the browser is still to be handed."""

    def __init__(self) -> None:
        self.kept, self._past = Kept(), list[Kept]()
        self.fresh, self.refused, self.lost = True, False, 0
        self.view = "ask"  # of the page that shows it
        self.shown: int | None = None  # the plan that lies open
        self.tracked: int | None = None  # the plan that is checked, None for the one that was brought
        self.brought: tuple[ActionPlan, list[str]] | None = None  # a workbook to be checked, and what in it is wrong
        self.unread = ""  # why the last one brought can't be used
        self.mistakes: list[str] = []  # in the plan as it was last edited
        self.round = 0  # so that the table of its lines starts anew
        self.waiting: int | None = None  # the entry that would take the place of what is not kept
        self._unkept = self._forget = False

    def put(self, kept: Kept) -> None:
        """What is kept from now on, which `undo` takes back."""
        self._past = [*self._past, self.kept][-50:]
        self._be(kept)

    def undo(self) -> None:
        """What was kept before; where a plan lies open, one stays open."""
        if self._past:
            shown = self.shown
            self._be(self._past.pop())
            still = shown is not None and shown < len(self.kept.entries) and self.kept.entries[shown].plan is not None
            self.shown = shown if still else None

    @property
    def undoable(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._past)

    def restore(self, text: str) -> None:
        """What a browser kept; a plan that lies open stays so where it is still there."""
        shown = None if self.shown is None else self.kept.entries[self.shown]
        self.kept, self.lost = read(text)
        self.fresh, self.waiting, self.round = False, None, self.round + 1
        self.shown = self.kept.entries.index(shown) if shown in self.kept.entries else None

    def bring(self, text: str) -> None:
        """What a file holds, behind what is kept already."""
        brought, self.lost = read(text)
        kept = self.kept
        for entry in brought.entries:
            kept = kept.added(entry)
        if brought.entries or brought.head:
            self.put(replace(kept, head={**kept.head, **brought.head}))

    def forget(self) -> None:
        """Nothing kept, here or in the browser, and nothing to take back."""
        self._past, self._forget = [], True
        self._be(Kept())
        self._unkept = False

    def to_keep(self) -> str | None:
        """What is kept as a text, once after each change; None where nothing changed."""
        text = self.kept.text() if self._unkept else None
        self._unkept = False
        return text

    def to_forget(self) -> bool:
        """Whether the browser is to take all of ours away; told once."""
        told, self._forget = self._forget, False
        return told

    def _be(self, kept: Kept) -> None:
        self.kept, self.fresh, self._unkept, self.lost = kept, False, True, 0
        self.shown = self.waiting = self.tracked = None
        self.mistakes, self.round = [], self.round + 1


def shelf() -> Shelf:
    """What the reader keeps."""
    if "shelf_of_reader" not in st.session_state:
        st.session_state.shelf_of_reader = Shelf()
    found: Shelf = st.session_state.shelf_of_reader
    return found


def keep(name: str, plan: ActionPlan | None = None, scenario: Scenario | None = None) -> None:
    """The present scenario, or another of the present unit, kept under a name, with a plan if there is one."""
    table, at = base(), unit()
    kept = replace(choice(), unit=table.league.codes[at], scenario=choice().scenario if scenario is None else scenario)
    entry = Entry(name=name, link=written(kept, current().language), day=date.today(), plan=plan)
    shelf().put(shelf().kept.added(_resulting(entry)))
    if plan is not None:
        shelf().shown, shelf().view = len(shelf().kept.entries) - 1, "kept"


def opened(entry: Entry) -> tuple[Choice, list[Problem]]:
    """The choice that an entry kept, and what of it can't be used any more."""
    made, _, problems = read_link(entry.link, baseline_of, leagues())
    return made, problems


def is_kept() -> bool:
    """Whether what is supposed now is kept, or nothing is supposed."""
    now = choice().scenario
    return not now.changes or any(opened(entry)[0].scenario == now for entry in shelf().kept.entries)


def load(at: int, sure: bool = False) -> None:
    """An entry taken up; over what is not kept only where the reader is sure."""
    if not sure and not is_kept():
        shelf().waiting = at
        return
    shelf().waiting = None
    made, problems = opened(shelf().kept.entries[at])
    change(made)
    current().problems = problems


def forget_everything() -> None:
    """All that is the reader's own taken from this session and from their browser."""
    for key in list(upload().leagues):
        remove_league(key)
    current().past, current().future = [], []
    change(Choice())
    current().past = []
    shelf().forget()


def drift(entry: Entry) -> tuple[Entry, tuple[str, ...]] | None:
    """An entry as it would be kept now, and which of table and rules changed; None where its score is the same."""
    now = _resulting(replace(entry, day=date.today()))
    if entry.score is None or now.score is None or abs(now.score - entry.score) < 0.005:
        return None
    return now, tuple(part for part in ("table", "rules") if getattr(entry, part) not in ("", getattr(now, part)))


def renew(at: int) -> None:
    """An entry kept anew, with what comes of it now."""
    kept = shelf().kept
    shelf().put(kept.put(at, _resulting(replace(kept.entries[at], day=date.today()))))


def _resulting(entry: Entry) -> Entry:
    """An entry with what comes of it now, and of which table and rules that is."""
    made, _ = opened(entry)
    league, found = leagues()[made.league], baseline_of(made)
    then = effect(found, row(found, made.unit), made.scenario)
    score, rank = float(then.after.score), float(then.rank_after)
    return replace(
        entry,
        score=None if np.isnan(score) else round(score / 100, 2),
        rank=None if np.isnan(rank) else int(rank),
        table=fingerprint(league),
        rules=fingerprint(edition(league.edition)),
    )
