"""Lesson files: texts/*.toml read and checked, so that a slip of the pen is named and never shown."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from model.rules.edition import Words
from model.rules.files import in_every_language
from model.training.facts import KINDS, Fact, blanks
from model.training.lesson.case import keys, kind_of
from model.training.lesson.checks import CHECKS, WHEN
from model.training.lesson.pictures import KINDS as PICTURES
from model.words.problems import LANGUAGES, Problem

_TOP = {"title", "why", "levers", "checks", "unit", "source", "given", "steps"}
_STEP = {"text", "when", "control", "picture"}
_CONTROL = {"lever", "set", "preset", "one_more_due"}


@dataclass(frozen=True)
class Control:
    """What a step lets the class move: a lever's slider, and what to start from.

    set: {lever: rate or name of a figure that is a rate}; preset: of the edition; one_more_due: a group.
    """

    lever: str | None = None
    set: Mapping[str, float | str] = field(default_factory=dict)
    preset: str | None = None
    one_more_due: str | None = None


@dataclass(frozen=True)
class Step:
    """One idea: a text with typed blanks, told where all conditions hold; what can be moved; what is drawn."""

    number: int
    text: Words
    when: tuple[str, ...] = ()
    control: Control | None = None
    picture: str | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson as its file states it; `given` are figures that no league holds, `levers` those to choose one of."""

    key: str
    file: str
    title: Words
    why: Words
    checks: tuple[str, ...]
    steps: tuple[Step, ...]
    given: Mapping[str, Fact]
    levers: tuple[str, ...] = ()
    unit: str | None = None
    source: Words | None = None


def read(path: Path) -> Lesson:
    """The lesson in a TOML file; raises Problem naming file, step and what is wrong there."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problem("lesson_unreadable", file=path.name, error=error) from None
    page = _Page(path.name)
    page.known(table, _TOP, 0)
    given = {name: page.given(name, row) for name, row in page.table(table, "given", 0).items()}
    for key in ("title", "why"):
        page.text(table.get(key), key, {}, 0)
    rows = table.get("steps") or []
    page.need(isinstance(rows, list) and rows, "steps", rows, 0)
    steps = tuple(page.step(i + 1, row, given) for i, row in enumerate(rows))
    checks, levers = page.names(table, "checks", CHECKS, 0), page.names(table, "levers", keys(), 0)
    page.need(bool(checks), "checks", checks, 0)
    page.need(table.get("source") is None or in_every_language(table["source"]), "source", table.get("source"), 0)
    page.need(isinstance(table.get("unit", ""), str), "unit", table.get("unit"), 0)
    head = path.stem.partition("_")[2], path.name, table["title"], table["why"]
    return Lesson(*head, checks, steps, given, levers, table.get("unit"), table.get("source"))


class _Page:
    """A file being read, for whose name each refusal needs."""

    def __init__(self, file: str) -> None:
        self.file = file

    def need(self, right: object, key: str, value: object, step: int) -> None:
        """Refuses a key that is missing, unknown or of no use."""
        if not right:
            raise Problem("lesson_key", file=self.file, step=step, key=key, value="–" if value is None else value)

    def known(self, row: Any, right: set[str], step: int) -> None:
        self.need(isinstance(row, dict), "steps", row, step)
        for key in row:
            self.need(key in right, key, row[key], step)

    def table(self, row: Mapping[str, Any], key: str, step: int) -> dict[str, Any]:
        found = row.get(key, {})
        self.need(isinstance(found, dict), key, found, step)
        return dict(found)

    def names(self, row: Mapping[str, Any], key: str, right: Any, step: int) -> tuple[str, ...]:
        """A list of known names, one alone also as a text."""
        found = row.get(key, [])
        found = [found] if isinstance(found, str) else found
        self.need(isinstance(found, list), key, found, step)
        for name in found:
            self.need(isinstance(name, str) and name in right, key, name, step)
        return tuple(found)

    def given(self, name: str, row: Any) -> Fact:
        """A given figure: { kind = …, value = … }."""
        right = isinstance(row, dict) and set(row) == {"kind", "value"} and row["kind"] in KINDS
        self.need(right, f"given.{name}", row, 0)
        kind, value = row["kind"], row["value"]
        fits = {"text": in_every_language(value), "day": type(value) is date}
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        self.need(fits.get(kind, number), f"given.{name}", value, 0)
        return Fact(kind, value)

    def step(self, number: int, row: Any, given: Mapping[str, Fact]) -> Step:
        self.known(row, _STEP, number)
        self.text(row.get("text"), "text", given, number)
        when = self.names(row, "when", {*WHEN, *(f"not_{name}" for name in WHEN)}, number)
        control = self.control(row["control"], given, number) if "control" in row else None
        picture = row.get("picture")
        if picture is not None:
            kind, _, what = str(picture).partition(":")
            self.need(kind in PICTURES and (what in keys() if what else kind != "sweep"), "picture", picture, number)
        return Step(number, row["text"], when, control, picture)

    def control(self, row: Any, given: Mapping[str, Fact], step: int) -> Control:
        self.known(row, _CONTROL, step)
        moved = self.table(row, "set", step)
        for key, value in moved.items():
            number = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
            figure = isinstance(value, str) and kind_of(value, given) == "rate"
            self.need(key in keys() and (number or figure), f"control.set.{key}", value, step)
        for key in ("lever", "preset", "one_more_due"):
            self.need(isinstance(row.get(key, ""), str), f"control.{key}", row.get(key), step)
        self.need(row.get("lever", "lever") in keys(), "control.lever", row.get("lever"), step)
        return Control(row.get("lever"), moved, row.get("preset"), row.get("one_more_due"))

    def text(self, text: Any, key: str, given: Mapping[str, Fact], step: int) -> None:
        """Refuses a text that lacks a language, or whose blanks no figure fills or differ between the languages."""
        self.need(in_every_language(text) and all(text[language].strip() for language in LANGUAGES), key, text, step)
        named = {language: set(self.blanks(text[language], given, step)) for language in LANGUAGES}
        first, *others = named.values()
        for other in others:
            if first != other:
                raise Problem("lesson_languages", file=self.file, step=step, blank=sorted(n for n, _ in first ^ other))

    def blanks(self, text: str, given: Mapping[str, Fact], step: int) -> Iterator[tuple[str, str]]:
        try:
            found = blanks(text)
        except ValueError as error:
            raise Problem("lesson_braces", file=self.file, step=step, error=error) from None
        for name, kind in found:
            right = kind_of(name, given)
            if right is None:
                raise Problem("lesson_blank", file=self.file, step=step, blank=name)
            if kind != right:
                raise Problem("lesson_kind", file=self.file, step=step, blank=name, kind=kind or "–", right=right)
            yield name, kind
