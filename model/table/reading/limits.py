"""A workbook's parts, weighed before the library parses any of them: what would take too long is refused unread."""

import io
import re
import zipfile
from xml.etree import ElementTree

from model.words.problems import Problem

UNPACKED = 64 * 2**20  # of a workbook's parts together
CELLS = 750_000  # of a file, rows and empty cells counted too, formulas twice
LONGEST = 400_000  # bytes without a tag; a cell takes 32,767 letters, of up to six bytes each
SHEETS = 300
# What a part's marks cost the library, about 2 µs each; of figures a workbook has four marks to the cell.
_WORK = 2_400_000
_STRING, _DEAR = 3, 16  # times as much as a cell's: marks of shared texts; of styles, names, merged cells, rules
_CELLS = ("row", "c", "v", "f", "is", "t")  # what a sheet of figures is made of
_TEXTS = ("si", "t", "r", "rPr")
_KINDS = {"worksheet+xml": (_CELLS, 1), "sharedStrings+xml": (_TEXTS, _STRING)}


def weighed(archive: zipfile.ZipFile, name: str) -> tuple[bytes, bool]:
    """A workbook of its XML parts alone, packed again as they were read, and whether its sheets hold formulas.

    Raises Problem where they are more than can be parsed in time.
    """
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Problem("file_unpacked", file=name, limit=UNPACKED // 2**20)
    kinds, cells, work, formulas = _kinds(archive), 0, 0, False
    kept: dict[str, bytes] = {}
    for part in parts:
        data = unpacked(archive, part)
        kept[part.filename] = b""  # pictures and the like are not looked at
        if _is_xml(data):
            _check(data, name)
            kept[part.filename] = data
            made_of, cost = kinds.get(part.filename, ((), _DEAR))
            evaluated = made_of is _CELLS and _opened(data, "f") > 0
            formulas |= evaluated
            cells = spent(cells + (_opened(data, "c") if made_of is _CELLS else 0), name)
            work += _work(data, made_of, cost) * (1 + evaluated)
        if work > _WORK:
            raise Problem("file_work", file=name)
    return _packed(kept), formulas


def unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, of which no more is unpacked than it says it has."""
    with archive.open(part) as opened:
        return opened.read(part.file_size)


def _packed(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return whole.getvalue()


def spent(cells: int, name: str) -> int:
    """That many cells; raises Problem where they are too many."""
    if cells > CELLS:
        raise Problem("file_cells", file=name, limit=f"{CELLS:,}".replace(",", "."))
    return cells


def _kinds(archive: zipfile.ZipFile) -> dict[str, tuple[tuple[str, ...], int]]:
    """What parts are made of and what a mark of that costs, {part: (tags, cost)}, of sheets and shared texts."""
    manifest = unpacked(archive, archive.getinfo("[Content_Types].xml"))
    if len(manifest) > LONGEST:
        return {}
    declared = {
        of.get("PartName", "")[1:]: of.get("ContentType", "").rpartition(".")[2]
        for of in ElementTree.fromstring(manifest)
    }
    return {part: _KINDS[kind] for part, kind in declared.items() if kind in _KINDS}


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
    root = re.match(rb"(?:[^<]*<[?!])*[^<]*<(\w+:)?", data[:2000])
    return (root[1] or b"" if root else b"") + tag.encode()
