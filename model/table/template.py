"""A template: a workbook of the official units to fill in, its figures checked as they are typed."""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from model.rules.edition import Edition
from model.table.league import columns
from model.table.writing import FORMATS, put, saved, set_out


def template(edition: Edition, codes: Sequence[str], names: Sequence[str], language: str) -> bytes:
    """An .xlsx to fill in: a title, headings in the language ("vi" or "en") over our column keys, units, no figures.

    Points and counts are checked as they are typed; a sheet explains, and `about` asks for title, date and source.
    """
    from openpyxl import Workbook

    words, book = _words()[language], Workbook()
    sheet, guide = book.active, book.create_sheet(words["guide_sheet"])
    sheet.title = words["sheet"]
    put(sheet, 1, 1, words["title"].format(edition.title[language]))
    for at, (key, kind, heading, most) in enumerate(_asked(edition, language), start=1):
        put(sheet, 2, at, heading, heading=True)
        put(sheet, 3, at, key, heading=True)
        letter = sheet.cell(3, at).column_letter
        sheet.column_dimensions[letter].number_format = FORMATS[kind]
        if kind != "text":
            sheet.add_data_validation(_check(f"{letter}4:{letter}{len(codes) + 1000}", most, words))
    for row, unit in enumerate(zip(codes, names, strict=True), start=4):
        for at, text in enumerate(unit, start=1):
            put(sheet, row, at, text, "@")
    set_out(sheet, 3)
    for row, line in enumerate(words["guide"], start=1):
        put(guide, row, 1, line)
    return saved(book, words["about"], [("edition", edition.key), ("title",), ("as_of",), ("source",)])


def _asked(edition: Edition, language: str) -> Iterator[tuple[str, str, str, float]]:
    """Key, kind, heading and maximum of every column of a template."""
    words = _words()[language]
    yield "unit_code", "text", words["code"], 0
    yield "unit_name", "text", words["name"], 0
    for c in edition.components:
        yield f"{c.key}_points", "points", f"{c.name[language]} ({words['most'].format(c.max_points)})", c.max_points
    yield "published_score", "points", f"{words['score']} ({words['most'].format(edition.total)})", edition.total
    lines = {lever.key: lever for lever in edition.levers} | {c.key: c for c in edition.criteria}
    for key in columns(edition):
        name = f"{getattr(lines[key], 'number', '')} {lines[key].name[language]}".strip()
        yield f"{key}_done", "count", f"{name}: {lines[key].done[language]}", np.inf
        yield f"{key}_due", "count", f"{name}: {lines[key].due[language]}", np.inf


def _check(area: str, most: float, words: dict[str, Any]) -> Any:
    """A rule for the cells of an area: points from 0 to `most`, or whole counts where that is infinite."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = {"type": "decimal", "operator": "between", "formula2": f"{most:g}", "error": words["points"].format(most)}
    if np.isinf(most):
        rule = {"type": "whole", "operator": "greaterThanOrEqual", "error": words["count"]}
    return DataValidation(sqref=area, formula1="0", allow_blank=True, showErrorMessage=True, **rule)


def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("template.toml").read_text(encoding="utf-8"))
