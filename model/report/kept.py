"""What a reader keeps: scenarios and plans under names, and their letterhead; as a text that a browser or a file holds.

Nothing of such a text is trusted: what can't be used is left out and counted.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from hashlib import sha256
from typing import Any, get_args, get_type_hints

from model.plan.action import TAKES, ActionPlan, Line, tidy
from model.report.papers.letterhead import Letterhead
from model.rules.edition import Edition
from model.table.league import League
from model.words.numbers import plain_day

MOST, NAME, SIZE = 200, 80, 4 * 2**20  # things kept, letters of a name, bytes of the text
HEAD = tuple(f.name for f in fields(Letterhead) if f.name not in ("day", "recipients"))
_LINES, _PARAMETERS, _VALUE = 300, 200, 2000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A scenario, as the parameters of its link, or with it a plan; with the score in points and the rank it had.

    `table` and `rules` tell by `fingerprint` which figures and which edition gave these.
    """

    name: str
    link: Mapping[str, str]
    day: date
    score: float | None = None
    rank: int | None = None
    plan: ActionPlan | None = None
    table: str = ""
    rules: str = ""


@dataclass(frozen=True)
class Kept:
    """Everything that one reader keeps, the newest last; entries are named by their place."""

    entries: tuple[Entry, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict)

    def added(self, entry: Entry) -> "Kept":
        """The same with one entry more, under a name that no other has; the oldest goes where there are too many."""
        name = _free(tidy(entry.name)[:NAME] or "–", {one.name for one in self.entries})
        return replace(self, entries=(*self.entries, replace(entry, name=name))[-MOST:])

    def without(self, at: int) -> "Kept":
        """The same without one entry."""
        return replace(self, entries=self.entries[:at] + self.entries[at + 1 :])

    def renamed(self, at: int, name: str) -> "Kept":
        """The same with one entry under another name."""
        others = {one.name for i, one in enumerate(self.entries) if i != at}
        return self.put(at, replace(self.entries[at], name=_free(tidy(name)[:NAME] or self.entries[at].name, others)))

    def put(self, at: int, entry: Entry) -> "Kept":
        """The same with another entry in one place."""
        return replace(self, entries=(*self.entries[:at], entry, *self.entries[at + 1 :]))

    def text(self) -> str:
        """The whole as a text that `read` reads back."""
        told = {"entries": [asdict(entry) for entry in self.entries], "head": dict(self.head)}
        return json.dumps(told, ensure_ascii=False, default=str)


def read(text: str) -> tuple[Kept, int]:
    """What a text keeps, and how many of its entries can't be used."""
    try:
        told = json.loads(text) if len(text) <= SIZE else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("entries"), list):
        return Kept(), 1
    kept, lost = Kept(head=dict(_head(told.get("head")))), 0
    for one in told["entries"]:
        try:
            kept = kept.added(_entry(one))
        except (TypeError, ValueError, KeyError, AttributeError):
            lost += 1
    return kept, lost


def fingerprint(of: League | Edition) -> str:
    """A few letters that differ where a table's figures, or anything of an edition, do."""
    if isinstance(of, Edition):
        parts = [repr(of).encode()]
    else:
        figures = (of.done, of.due, of.rate, of.published, of.published_score)
        parts = [repr((of.codes, of.edition, of.level)).encode(), *(part.tobytes() for part in figures)]
    return sha256(b"".join(parts)).hexdigest()[:12]


def _free(name: str, taken: set[str]) -> str:
    """The name, or with the lowest number behind it that makes it one of its own."""
    numbered = (name if n == 1 else f"{name[: NAME - 5]} ({n})" for n in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)


def _head(told: object) -> Iterator[tuple[str, str]]:
    for key, text in told.items() if isinstance(told, dict) else ():
        if key in HEAD and isinstance(text, str):
            yield key, tidy(text)


def _entry(told: Mapping[str, Any]) -> Entry:
    """An entry of what JSON says; raises an error where it can't be one."""
    link = told["link"]
    if not isinstance(link, dict) or len(link) > _PARAMETERS:
        raise ValueError("link")
    if not all(isinstance(part, str) and len(part) <= _VALUE for pair in link.items() for part in pair):
        raise TypeError("link")
    plan = told.get("plan")
    made: dict[str, Any] = {name: told.get(name) for name in ("name", "day", "score", "rank")}
    made |= {name: told.get(name, "") for name in ("table", "rules")}
    return Entry(**_typed(Entry, made), link=link, plan=None if plan is None else _plan(plan))


def _plan(told: Mapping[str, Any]) -> ActionPlan:
    lines = told["lines"]
    if not isinstance(lines, list) or len(lines) > _LINES:
        raise ValueError("lines")
    rest = {name: value for name, value in told.items() if name != "lines"}
    return ActionPlan(**_typed(ActionPlan, rest), lines=tuple(map(_line, lines)))


def _line(told: Mapping[str, Any]) -> Line:
    unread = {str(key): tidy(str(text)) for key, text in dict(told.get("unread") or {}).items()}
    made = _typed(Line, {name: value for name, value in told.items() if name != "unread"})
    if made.get("take", "yes") not in TAKES:
        raise ValueError("take")
    return Line(**made, unread=unread)


def _typed(of: type, told: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the types that a class's fields have; raises TypeError or ValueError for others."""
    hints = get_type_hints(of)
    return {name: _value(hints[name], value) for name, value in told.items() if name in hints}


def _value(hint: Any, value: Any) -> Any:
    kinds = get_args(hint) or (hint,)
    if value is None and type(None) in kinds:
        return None
    if date in kinds:
        day = plain_day(value) if isinstance(value, str) else None
        if day is None:
            raise ValueError(value)
        return day
    if str in kinds and isinstance(value, str):
        return tidy(value)
    if float in kinds and isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12:
        return float(value)
    if int in kinds and isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1e12:
        return value
    raise TypeError(hint)
