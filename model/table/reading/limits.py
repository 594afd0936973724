"""A workbook's parts, weighed before any of them is parsed: what would take too long is refused unread."""

import re
import zipfile

from model.words.problems import Problem

UNPACKED = 64 * 2**20  # of a workbook's parts together
CELLS = 750_000  # of a file, rows and empty cells counted too
LONGEST = 400_000  # bytes without a tag; a cell takes 32,767 letters, of up to six bytes each
SHEETS = 300
# What a part's marks cost a parser, at most 2 µs each; of figures a workbook has four marks to the cell.
_WORK = 2_400_000
_STRING, _DEAR = 3, 16  # times as much as a cell's: marks of shared texts; of styles, names, merged cells, rules
_CELLS = ("row", "c", "v", "f", "is", "t")  # what a sheet of figures is made of
_TEXTS = ("si", "t", "r", "rPr")
_KINDS = {b"worksheet": (_CELLS, 1), b"sst": (_TEXTS, _STRING)}
_ROOT = re.compile(rb"(?:[^<]*<[?!][^>]*>)*[^<]*<(\w+:)?([\w.]+)")


def weighed(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    """A workbook's parts of XML, {name: bytes}; raises Problem where they are more than can be parsed in time."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Problem("file_unpacked", file=name, limit=UNPACKED // 2**20)
    cells = work = 0
    kept: dict[str, bytes] = {}
    for part in parts:
        data = unpacked(archive, part)
        if not _is_xml(data):
            continue  # pictures and the like are not looked at
        _check(data, name)
        kept[part.filename] = data
        made_of, cost = _KINDS.get(_root(data), ((), _DEAR))
        cells = spent(cells + (_opened(data, "c") if made_of is _CELLS else 0), name)
        work += _work(data, made_of, cost)
        if work > _WORK:
            raise Problem("file_work", file=name)
    return kept


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, of which no more is unpacked than it says it has."""
    with archive.open(part) as opened:
        return opened.read(part.file_size)


def spent(cells: int, name: str) -> int:
    """That many cells; raises Problem where they are too many."""
    if cells > CELLS:
        raise Problem("file_cells", file=name, limit=f"{CELLS:,}".replace(",", "."))
    return cells


def _root(data: bytes) -> bytes:
    """What a part is by its first element, its prefix apart."""
    found = _ROOT.match(data[:2000])
    return found[2] if found else b""


def _is_xml(data: bytes) -> bool:
    """Whether a parser would go on behind a part's first bytes; pictures and the like it would not."""
    return data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


def _check(data: bytes, name: str) -> None:
    """Raises Problem where a part is no plain XML in UTF-8: other encodings, entities, marks or texts without end."""
    head = data[:200].partition(b"?>")[0]
    stated = re.search(rb"encoding\s*=\s*.(?!utf-?8\b)", head, re.IGNORECASE)
    endless = any(data.find(b"<", at, at + LONGEST) < 0 for at in range(0, len(data) - LONGEST, LONGEST))
    if b"\0" in data or b"<!D" in data or stated or endless:
        raise Problem("file_broken", file=name, error="XML")
    if data.count(b"sheetId") > SHEETS:
        raise Problem("file_sheets", file=name, limit=SHEETS)


def _work(data: bytes, made_of: tuple[str, ...], cost: int) -> int:
    """What parsing a part costs: so much for every mark of what it is made of, more for any other."""
    marks = data.count(b"<")
    usual = sum(_opened(data, tag) + data.count(b"</%b>" % _tag(data, tag)) for tag in made_of)
    return usual * cost + (marks - usual) * _DEAR


def _opened(data: bytes, tag: str) -> int:
    """How many elements of a tag a part has."""
    return sum(data.count(form % _tag(data, tag)) for form in (b"<%b ", b"<%b>", b"<%b/>", b"<%b\n"))


def _tag(data: bytes, tag: str) -> bytes:
    """A tag under the prefix of the part's root."""
    root = _ROOT.match(data[:2000])
    return (root[1] or b"" if root else b"") + tag.encode()
