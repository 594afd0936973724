"""Leagues at hand and their baselines; what follows from a reader's own table is kept in their session alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import streamlit as st

from model.report.choice import DEFAULT_LEAGUE, OWN, Choice
from model.rules import files
from model.rules.edition import Edition
from model.score.baseline import Baseline, baseline
from model.score.known import with_earlier, with_known
from model.score.scenario import Value
from model.table import leagues as tables
from model.table.league import League
from model.table.upload import Upload
from model.words.problems import Problem
from model.words.texts import Words, plain

_AT_ONCE = 3  # things of one name that `kept` keeps


@dataclass
class _AtHand:
    """What a session has at hand, in one place of its state: each look into that takes Streamlit its time."""

    stamp: object  # of the administrator's folder when this run began
    seen: object = None  # the same, when it was last asked whether the folder had changed
    upload: Upload = field(default_factory=Upload)
    kept: dict[str, list[tuple[object, Any]]] = field(default_factory=dict)  # {name: its last few keys and values}


def leagues() -> dict[str, League]:
    """Every league there is to pick, by key: the reader's own of this session, the samples, the administrator's."""
    at_hand = _at_hand()
    own, shelf = at_hand.upload.leagues, _shelf(at_hand.stamp)[0]
    return own | {key: league for key, league in shelf.items() if key not in own} if own else shelf


@st.cache_resource
def earlier_samples() -> tuple[League, ...]:
    """Earlier tables of the sample leagues: their history, not to be picked."""
    return tuple(tables.find(name) for name in tables.earlier())


def known_tables() -> tuple[League, ...]:
    """Every table at hand: those to pick, and earlier ones of the samples."""
    return (*leagues().values(), *earlier_samples())


def list_shelf() -> None:
    """The administrator's folder listed, once a run: what has changed in it is read again."""
    _at_hand().stamp = tables.shelf_stamp()


def shelf_moved() -> bool:
    """Whether anything in the administrator's folder has changed since this was last asked."""
    at_hand = _at_hand()
    before, at_hand.seen = at_hand.seen, at_hand.stamp
    return before is not None and before != at_hand.stamp


def shelf_problems() -> tuple[Problem, ...]:
    """Why files of the administrator's folder can't be used."""
    return _shelf(_at_hand().stamp)[1]


def with_past(t: Words) -> str:
    """A league that has a table before it, for one who looks for such: its title and date."""
    one = leagues()[DEFAULT_LEAGUE]
    return plain(f"{t.of(one.title).split(',')[0]} {t.day(one.as_of) if one.as_of else ''}")


def upload() -> Upload:
    """Where the reader's own tables lie, for as long as the session lasts and nowhere else."""
    return _at_hand().upload


def is_own(league: str) -> bool:
    """Whether a league is one of this session's own, of which nothing may be kept on the server."""
    return league in upload().leagues


def edition(key: str) -> Edition:
    """An edition as its file has it."""
    return files.load(key)


def kept(name: str, key: object, make: Callable[[], Any]) -> Any:
    """Something made once for a key and kept in this session alone: what follows from a reader's own table.

    The last few keys are kept: a change is weighed against what was there, with and without its targets.
    """
    mine = _at_hand().kept
    last = mine.get(name, [])
    if last and last[-1][0] == key:
        return last[-1][1]
    found = dict(last)
    value = found.pop(key) if key in found else make()
    mine[name] = [*found.items(), (key, value)][-_AT_ONCE:]
    return value


def baseline_of(c: Choice, name: str = "base") -> Baseline:
    """The league under the edition and targets of a choice, with the unit entered by hand if there is one."""
    key = baseline_key(c)
    found: Baseline = kept(name, key, lambda: (_made if is_own(key[0]) else _shared)(*key))
    return found


def filed(league: League, targets: Mapping[str, float]) -> Baseline:
    """A league of a history under the edition that its file names, with some targets switched."""
    if league.key in leagues():
        return baseline_of(Choice(league=league.key, targets=targets), f"filed.{league.key}")
    return _earlier(league.key, _items(targets))


def baseline_key(c: Choice) -> tuple[Any, ...]:
    """All that the baseline of a choice depends on; the default's, where its league has gone from the folder."""
    at_hand = _at_hand()
    brought, stamp = at_hand.upload, at_hand.stamp
    c = c if c.league in brought.leagues or c.league in _shelf(stamp)[0] else Choice()
    version = brought.versions.get(c.league, stamp)
    known = tuple((code, tuple(row.items())) for code, row in c.known.items())
    own = c.own_name, _items(c.own_points), _items(c.own_rates)
    return c.league, version, _items(c.targets), *own, c.rates_of, known


def _at_hand() -> _AtHand:
    found: _AtHand | None = st.session_state.get("at_hand")
    if found is None:
        found = st.session_state.at_hand = _AtHand(tables.shelf_stamp())
    return found


def _items(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(values.items()))


@lru_cache(maxsize=2)  # asked some forty times a run, of which Streamlit's own cache takes a millisecond or two
def _shelf(stamp: object) -> tuple[dict[str, League], tuple[Problem, ...]]:
    """What anybody may pick, and what of it can't be used, as long as the administrator's folder stays as it is."""
    return tables.offered(DEFAULT_LEAGUE)


def _made(
    league: str,
    version: object,
    targets: tuple[tuple[str, float], ...],
    own_name: str,
    own_points: tuple[tuple[str, float], ...],
    own_rates: tuple[tuple[str, float], ...],
    rates_of: str,
    known: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...],
) -> Baseline:
    table = leagues()[league]
    filed = edition(table.edition)
    rules = filed.with_targets(dict(targets))
    if own_name:
        table = table.with_unit(rules, OWN, own_name, dict(own_points), dict(own_rates))
    if rates_of in leagues():
        table = with_earlier(filed, table, leagues()[rates_of])
    for code, rates in known:
        table = with_known(filed, table, code, dict(rates))
    return baseline(rules, table, filed)


@st.cache_resource(max_entries=64)
def _earlier(key: str, targets: tuple[tuple[str, float], ...]) -> Baseline:
    (league,) = (one for one in earlier_samples() if one.key == key)
    rules = edition(league.edition)
    return baseline(rules.with_targets(dict(targets)), league, rules)


_shared = st.cache_resource(max_entries=64)(_made)
