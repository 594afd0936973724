"""Rows of a JSON text, as the portal and those who collect from it write them: lists, trees, nested scores."""

import json
import re
from collections.abc import Iterator
from typing import Any

from model.words.numbers import Cell
from model.words.problems import Problem

_COLUMNS = 200
_DEEP = 3  # objects in a row's objects that are laid out flat
_CRITERION = {"numerator", "denominator", "maxScore"}
_DAY = re.compile(r"date|ngay|asof|as_of|thoi_?gian|time$", re.IGNORECASE)
_MEASURES = ("numerator", "denominator", "ratio", "score")


def rows(text: str, name: str) -> Iterator[list[Cell]]:
    """Header and rows of the list of units in a JSON text, below the day it states; raises Problem where it has none.

    A unit's scores and metrics stand in columns of their own: groupScores.CKMB, "ON_TIME numerator".
    """
    try:
        whole = json.loads(text, parse_constant=str, parse_int=float)
    except (ValueError, RecursionError) as error:
        raise Problem("file_json", file=name, error=error) from None
    days, found = list[str](), list[dict[str, Any]]()
    waiting: list[Any] = [whole]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            found = max(found, [row for row in item if isinstance(row, dict)], key=_worth)
            waiting += [inner for row in item for inner in _inner(row)]
        elif isinstance(item, dict):
            days += [day for key, value in item.items() if _DAY.search(key) and (day := _day(value))]
            waiting += item.values()
    if not found and isinstance(whole, dict):
        found = [whole]
    if not found:
        raise Problem("file_json", file=name, error="–")
    flat = [_flat(row) for row in found]
    header = list(dict.fromkeys(key for row in flat for key in row))
    if len(header) > _COLUMNS:
        raise Problem("file_columns", file=name, limit=_COLUMNS)
    if days:
        yield [f"Ngày {days[0]}"]
    yield list(header)
    for row in flat:
        yield [row.get(key) for key in header]


def _inner(row: Any) -> list[Any]:
    """What in a row may hold a list of units: all but the metrics of one."""
    if not isinstance(row, dict):
        return [row] if isinstance(row, list) else []
    return [value for value in row.values() if isinstance(value, (list, dict)) and not _is_metrics(value)]


def _worth(found: list[dict[str, Any]]) -> tuple[bool, int]:
    """Which list is that of the units: not one of criteria, and the longest."""
    return bool(found) and not _is_metrics(found), len(found)


def _is_metrics(value: Any) -> bool:
    return (
        isinstance(value, list)
        and any(isinstance(one, dict) and _CRITERION & one.keys() for one in value[:3])
        and not any(
            isinstance(one, dict) and any(re.search("department|unit", key, re.IGNORECASE) for key in one)
            for one in value[:3]
        )
    )


def _flat(row: dict[str, Any], before: str = "", deep: int = 0) -> dict[str, Cell]:
    """A row's values under the keys that lead to them."""
    flat: dict[str, Cell] = {}
    for key, value in row.items():
        if isinstance(value, dict) and deep < _DEEP:
            flat |= _flat(value, f"{before}{key}.", deep + 1)
        elif _is_metrics(value):
            for metric in (one for one in value if isinstance(one, dict)):
                of = metric.get("code") or metric.get("name") or ""
                flat |= {f"{of} {what}": _plain(metric[what]) for what in _MEASURES if of and what in metric}
        else:
            flat[f"{before}{key}"] = _plain(value)
    return flat


def _plain(value: Any) -> Cell:
    return value if isinstance(value, (str, int, float, type(None))) else "…"


def _day(value: Any) -> str:
    """A day as a metadata's text or number states it, written as titles write days."""
    text = f"{value:.0f}" if isinstance(value, float) and value == value and abs(value) < 1e9 else str(value)
    if found := re.fullmatch(r"(20[0-9]{2})-?([01][0-9])-?([0-3][0-9])(T.*| .*)?", text):
        return f"{found[3]}/{found[2]}/{found[1]}"
    if found := re.fullmatch(r"([0-3][0-9])[/.]?([01][0-9])[/.]?(20[0-9]{2})( .*)?", text):
        return f"{found[1]}/{found[2]}/{found[3]}"
    return ""
