"""Lines: the texts of quiz.toml, each with the facts that fill its blanks."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from model.rules.edition import Words
from model.training.facts import Fact, Writers, rendered


@dataclass(frozen=True)
class Line:
    """A text of quiz.toml by its dotted key, and the facts that fill its blanks."""

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def told(line: Line, language: str, write: Writers) -> str:
    """A line as it is read in a language ("vi" or "en")."""
    return rendered(text(line.text)[language], line.facts, write)


def text(key: str) -> Words:
    """The text of quiz.toml at a dotted key, in every language."""
    found: Any = texts()
    for part in key.split("."):
        found = found[part]
    return dict(found)


@cache
def texts() -> dict[str, Any]:
    """Everything in quiz.toml."""
    return tomllib.loads(Path(__file__).with_name("quiz.toml").read_text(encoding="utf-8"))
