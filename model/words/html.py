"""HTML: pages written from templates of Jinja2, in which all that is not called safe is escaped."""

from pathlib import Path


def html(template: Path, **blanks: object) -> str:
    """A template with its blanks filled; raises UndefinedError where one is missing."""
    from jinja2 import Environment, StrictUndefined  # only where a page is written

    room = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=StrictUndefined
    )
    return room.from_string(template.read_text(encoding="utf-8")).render(blanks)
