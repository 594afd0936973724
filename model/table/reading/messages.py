"""A ranking as a message has it, a unit a line: "1. Xã X: 94,59 điểm"; read as rows of a number, a name and points."""

import re
import unicodedata

HEADER = ["TT", "Tên đơn vị", "Điểm", "Ghi chú"]
_SAMPLE, _BEGINNING = 200, 100_000  # lines by which a message is told, and letters that hold them
_POINTS = r"\s*(?:điểm|đ|points?)\b"
_CHANGE = rf"(?:tăng|giảm|hơn|kém|[+-])\s*[0-9.,]+{_POINTS}"
_LINE = re.compile(  # behind the points stands a note, in which other points are of a change alone
    r"\W{0,5}(?:(?P<row>[0-9]{1,4})\s?[.)/:]\s*)?(?P<name>[^\W\d][^:=\t;|]{1,150}?)\s*"
    r"(?:[:=–—]|\s-|\b(?:đạt|được)\b)\s*(?:đạt\s*)?"
    rf"(?P<points>[0-9]{{1,3}}(?:[.,][0-9]{{1,4}})?)(?:\s*/\s*100)?{_POINTS}\s*"
    rf"(?P<note>[.,;(–—-](?:{_CHANGE}|(?![0-9]{_POINTS}).)*)?",
    re.IGNORECASE,
)


def rows(text: str) -> list[tuple[list[str], bool]]:
    """Rows under a header as `separated.rows` gives them, other lines in one cell; none where a text is no message."""
    filled = [line for line in _lines(text[:_BEGINNING])[:_SAMPLE] if line.strip()]
    told = sum(_LINE.fullmatch(line.strip()) is not None for line in filled)
    if told < 2 or 2 * told < len(filled):
        return []
    found = [_cells(line.strip()) for line in _lines(text)]
    named = [row for row in found if len(row) > 1]
    tails = [_tail(row[1]) for row in named]
    heads = {row[1].removesuffix(tail) for row, tail in zip(named, tails, strict=True)}
    if len(set(tails)) > 1 and len(heads) < len(named):
        return []  # a unit's components a line each
    heading = tails[0] if len(set(tails)) == 1 and tails[0] else ""
    for row in named:
        row[1] = row[1].removesuffix(heading).rstrip(" -–—(")
    first = found.index(named[0])
    blank = first > 0 and not found[first - 1]
    header = [*HEADER[:2], heading.rstrip(")") or HEADER[2], HEADER[3]]
    return [(row, False) for row in (*found[: first - blank], header, *found[first:])]


def _tail(name: str) -> str:
    """What small letters behind a name in capitals say the points are of: "Xã X tiến độ"; "" where nothing does."""
    words = name.split(" ")
    last = max((at for at, word in enumerate(words) if word != word.lower()), default=len(words))
    return " ".join(words[last + 1 :]).lstrip(" -–—(")


def _lines(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).lstrip("\ufeff").splitlines()


def _cells(line: str) -> list[str]:
    found = _LINE.fullmatch(line)
    if found is None:
        return [line] if line else []
    return [found["row"] or "", found["name"], found["points"], (found["note"] or "").strip(" ,;.()–—-")]
