"""A workbook's sheets, read from its parts: whatever program wrote it, its figures need no style, theme or property.

openpyxl reads all that first and stops at the first thing it does not know; it has no Strict form, and takes raised
digits for figures. Here of styles nothing is read but what a number is shown as, and what is missing is passed over.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from model.words.numbers import Cell, Month, Share, Unstored

COLUMNS = 16_384  # that a sheet may have
_SHARES, _DATES = {9, 10}, {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # of the built-in formats
_HOURS, _MONTHS = {18, 19, 20, 21, 45, 46, 47}, {17}
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", "()[]")
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_DAY = 2_958_466  # of the year 9999


class Broken(ValueError):
    """A package without what makes it a workbook."""


@dataclass(frozen=True)
class Page:
    """A sheet as it lies in its workbook: whether anybody sees it, and the part that it is in."""

    name: str
    part: str
    hidden: bool


@dataclass
class Rows:
    """What a sheet holds: {row: {column: cell}}, both from 0; the columns and how many of its rows are hidden."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: int = 0


class Book:
    """A workbook of parts, {name: bytes}; raises Broken where it names no sheet."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {_plain(name): data for name, data in parts.items()}
        main = self._main()
        tree = ElementTree.fromstring(self._parts[main])
        links = self._links(main)
        dates = next((e for e in tree.iter() if _tag(e) == "workbookPr"), None)
        self._epoch = _EPOCHS[dates is not None and _yes(_attribute(dates, "date1904"))]
        self.pages = list(self._listed(tree, links, main))
        shared = next((to for kind, to in links.values() if kind == "sharedStrings" and to in self._parts), None)
        styles = next((to for kind, to in links.values() if kind == "styles" and to in self._parts), None)
        self._texts = self._shared(shared or "xl/sharedstrings.xml")
        self._shown = self._formats(styles or "xl/styles.xml")

    def rows(self, page: Page) -> Rows:
        """What one sheet holds; a cell without a reference stands behind the one before."""
        found = Rows()
        row = column = -1
        for event, each in ElementTree.iterparse(BytesIO(self._parts[page.part]), events=("start", "end")):
            tag = _tag(each)
            if event == "start":
                if tag == "row":
                    number = each.get("r") or ""
                    row = int(number) - 1 if number.isdecimal() and 0 < int(number) < 2**21 else row + 1
                    column = -1
                elif tag == "c":
                    place = _REFERENCE.fullmatch(each.get("r") or "")
                    column = _column(place[1]) if place else column + 1
            elif tag == "c":
                value = self._cell(each)
                if value is not None and row >= 0 and column < COLUMNS:
                    found.cells.setdefault(row, {})[column] = value
                each.clear()
            elif tag == "row":
                found.hidden_rows += _yes(each.get("hidden")) and row in found.cells
                each.clear()
            elif tag == "col" and _yes(each.get("hidden")):
                first, last = (int(each.get(which) or 0) for which in ("min", "max"))
                found.hidden_columns.update(range(first - 1, min(last, COLUMNS)))
        return found

    def _main(self) -> str:
        """The part that lists the sheets."""
        stated = (to for kind, to in self._links("").values() if kind == "officeDocument" and to in self._parts)
        found = next(stated, "xl/workbook.xml")
        if found not in self._parts:
            raise Broken("workbook")
        return found

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: {id: kind, part}."""
        at = join(dirname(part), "_rels", f"{part.rpartition('/')[2]}.rels")
        tree = ElementTree.fromstring(self._parts[at]) if self._parts.get(at) else ()
        found = {}
        for each in tree:
            kind, to = (each.get("Type") or "").rpartition("/")[2], (each.get("Target") or "").replace("\\", "/")
            found[each.get("Id") or ""] = kind, _plain(to if to[:1] == "/" else join(dirname(part), to))
        return found

    def _listed(self, tree: ElementTree.Element, links: Mapping[str, tuple[str, str]], main: str) -> Iterator[Page]:
        """The sheets of cells that a workbook lists, each once."""
        seen = set()
        for i, each in enumerate((e for e in tree.iter() if _tag(e) == "sheet"), start=1):
            usual = "worksheet", _plain(join(dirname(main), f"worksheets/sheet{i}.xml"))
            kind, part = links.get(_attribute(each, "id") or "", usual)
            if kind != "worksheet" or part not in self._parts:
                continue
            if part in seen:
                raise Broken("sheets")  # one sheet many times over is no workbook of Excel's
            seen.add(part)
            yield Page(each.get("name") or "", part, (each.get("state") or "visible").lower() != "visible")
        if not seen:
            raise Broken("sheets")

    def _shared(self, part: str) -> list[str]:
        """The texts that cells share."""
        found = []
        if self._parts.get(part):
            for _, each in ElementTree.iterparse(BytesIO(self._parts[part])):
                if _tag(each) == "si":
                    found.append(_text(each))
                    each.clear()
        return found

    def _formats(self, part: str) -> list[str]:
        """What the numbers of each style are shown as: a key of `_SHOWN`, or the empty text; of odd styles, none."""
        try:
            tree = ElementTree.fromstring(self._parts[part])
        except (KeyError, ElementTree.ParseError):
            return []
        own = {e.get("numFmtId"): e.get("formatCode") or "" for e in tree.iter() if _tag(e) == "numFmt"}
        cells = next((e for e in tree if _tag(e) == "cellXfs"), ())
        return [_kind(e.get("numFmtId") or "0", own) for e in cells if _tag(e) == "xf"]

    def _cell(self, cell: ElementTree.Element) -> Cell:
        """What a cell states; None where nothing."""
        kind = cell.get("t") or "n"
        stated = formula = None
        for each in cell:
            tag = _tag(each)
            if tag == "v":
                stated = each.text or ""
            elif tag == "f":
                formula = each.text or ""
            elif tag == "is":
                return _text(each) or None
        if formula is not None and not stated and kind != "str":
            return Unstored(f"={formula}")
        if not stated:
            return None
        if kind == "s":
            return self._texts[int(stated)] or None
        if kind == "b":
            return stated.strip().lower() in ("1", "true")
        if kind == "d":
            return _iso(stated)
        return self._number(stated, cell.get("s")) if kind == "n" else _unescaped(stated)

    def _number(self, text: str, style: str | None) -> Cell:
        """A number as its style shows it."""
        try:
            value: int | float = int(text) if text.lstrip("-").isdecimal() else float(text)
        except ValueError:
            return _unescaped(text)
        at = int(style) if style and style.isdecimal() else 0
        shown = _SHOWN.get(self._shown[at] if at < len(self._shown) else "")
        if shown is not None:
            return shown(value, self._epoch)
        return value if abs(value) < 1e15 else text


def _moment(value: float, epoch: datetime) -> Cell:
    """The day and time that a number of days means; the number where it means none."""
    if not 0 <= value < _LAST_DAY:
        return value
    if value < 1:
        return _hour(value, epoch)
    days = value + 1 if value < 60 and epoch == _EPOCHS[False] else value  # Excel's 1900 was a leap year
    try:
        return epoch + timedelta(milliseconds=round(days * 86_400_000))
    except OverflowError:
        return value


def _hour(value: float, _: datetime) -> Cell:
    if not 0 <= value < _LAST_DAY:
        return value
    span = timedelta(milliseconds=round(value * 86_400_000))
    return span if span >= timedelta(days=1) else (datetime.min + span).time()


def _month(value: float, epoch: datetime) -> Cell:
    day = _moment(value, epoch)
    return Month(day.year, day.month, 1) if isinstance(day, datetime) else day


_SHOWN: dict[str, Callable[[float, datetime], Cell]] = {
    "share": lambda value, _: Share(value),
    "signed": lambda value, _: Share(value / 100),  # 0"%" shows 98 as 98%
    "day": _moment,
    "hour": _hour,
    "month": _month,
}


def _kind(number: str, own: Mapping[str | None, str]) -> str:
    """What a number format shows numbers as."""
    code = own.get(number)
    if code is None:
        at = int(number) if number.isdecimal() else 0
        kinds = {"month": _MONTHS, "hour": _HOURS, "share": _SHARES, "day": _DATES}
        return next((kind for kind, numbers in kinds.items() if at in numbers), "")
    first = code.partition(";")[0]
    plain = _QUOTED.sub("", first).lower().replace("general", "")
    if "%" in plain:
        return "share"
    if re.search("[dyhms]", plain) and not re.search(r"[#?]|(?<!\.)0", plain):
        if "d" in plain or "y" in plain and "m" not in plain:
            return "day"
        return "month" if not re.search("[hs]", plain) else "hour"
    return "signed" if "%" in first else ""


def _text(element: ElementTree.Element) -> str:
    """A text of one or many runs, what tells how it is spoken apart; raised digits as the letters that they are."""
    found = []
    for each in element:
        tag = _tag(each)
        if tag == "t":
            found.append(_unescaped(each.text or ""))
        elif tag == "r":
            text = "".join(_unescaped(part.text or "") for part in each if _tag(part) == "t")
            raised = any(_tag(e) == "vertAlign" and _attribute(e, "val") == "superscript" for e in each.iter())
            found.append(text.translate(_RAISED) if raised else text)
    return "".join(found)


def _unescaped(text: str) -> str:
    """A text with the signs that the format writes as _x000D_ or _x0009_."""
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text) if "_x" in text else text


def _iso(text: str) -> Cell:
    for form in (datetime.fromisoformat, date.fromisoformat, time.fromisoformat):
        try:
            return form(text.rstrip("Z"))
        except ValueError:
            continue
    return text


def _column(letters: str) -> int:
    at = 0
    for letter in letters.upper():
        at = 26 * at + ord(letter) - 64
    return at - 1


def _tag(element: ElementTree.Element) -> str:
    """An element's name, whatever its namespace: that of the Strict form is another."""
    return element.tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str | None:
    """An attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _yes(text: str | None) -> bool:
    return (text or "").strip().lower() in ("1", "true", "on")


def _plain(name: str) -> str:
    """A part's name as it is looked up: names are the same in either case, and some are written with backslashes."""
    return normpath(name.replace("\\", "/").lstrip("/")).lower()
