"""Letters that are not what they seem: fonts of before Unicode, UTF-8 read as something else, letters lost as "?"."""

import re
from collections.abc import Iterable
from itertools import islice

from model.table.league import folded
from model.words.numbers import Cell
from model.words.problems import Problem

_ROWS, _CELL, _LETTERS = 300, 200, 50_000  # by which letters are judged: rows, of each cell, of all
# TCVN3 (.VnTime): each letter as the sign of Windows-1252 that its font draws it in.
_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
# VNI: a letter and behind it the sign of its hat, horn or tone.
_VNI = re.compile("([aeouyAEOUY])([âáàåãäêéèúüëùøûõïÂÁÀÅÃÄÊÉÈÚÜËÙØÛÕÏ])|([ôöÔÖ])([ùøûõïÙØÛÕÏ]?)|([ñÑ])|([íìæóòÍÌÆÓÒ])")
_WORDS = re.compile(
    r"\b(don vi|xa|phuong|ten|diem|tong|tinh|ty le|ho so|muc do|hai long|so hoa|tien do|cong khai|giai quyet|hang"
    r"|thanh toan|truc tuyen|dac khu|bang|thang|quy|nam)\b"
)
_PAIRS = re.compile("[ÂÃÄÅÆá][\x80-\xbf°¡»º‘’“”•–—˜™š›œžŸ†‡…‰‹€‚ƒ„ˆ]")  # what two bytes of UTF-8 look like one by one
_OURS = re.compile("[đĐơƠưƯạ-ỹ]")  # letters that no other Latin alphabet has
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|[^\W\d_]\?\?|\?[^\W\d_]\w*\?|\ufffd")


def check(rows: Iterable[list[Cell]], name: str) -> None:
    """Raises Problem that names the letters of a table which are not Vietnamese in Unicode."""
    cells = (cell for row in islice(rows, _ROWS) for cell in row if isinstance(cell, str) and not cell.isdecimal())
    texts = " ".join(cell[:_CELL] for cell in cells)[:_LETTERS]
    if texts.isascii() and "?" not in texts:
        return
    known = _hits(texts)
    again = _doubled(texts) if len(_PAIRS.findall(texts)) > 2 else ""
    if len(_OURS.findall(again)) > 2 and _gains(again, known):
        raise Problem("letters_doubled", file=name)
    if _gains(texts.translate(_TCVN3), known):
        raise Problem("letters_tcvn3", file=name)
    if _gains(_VNI.sub(_unvni, texts), known):
        raise Problem("letters_vni", file=name)
    words = re.findall(r"\S+", texts)
    lost = sum(_LOST.search(word) is not None for word in words)
    if lost > 3 and 5 * lost > len(words):
        raise Problem("letters_lost", file=name)


def _gains(text: str, known: int) -> bool:
    """Whether a text read otherwise has so many more of the words of tables that it is to be read so."""
    return _hits(text) >= 2 * known + 3


def _hits(text: str) -> int:
    return len(_WORDS.findall(folded(text)))


def _doubled(text: str) -> str:
    """A text that was UTF-8, read as Windows-1252 and written as UTF-8 again; bytes that have no letter there lost."""
    signs = bytearray()
    for letter in text:
        try:
            signs += letter.encode("cp1252")
        except UnicodeEncodeError:
            signs += letter.encode("latin-1", "replace")
    return signs.decode("utf-8", "ignore")


def _unvni(found: re.Match[str]) -> str:
    """The plain letter of one in VNI: its words are looked up without marks."""
    if found[1]:
        return found[1]
    if found[3]:
        return {"ô": "o", "ö": "u"}.get(found[3].lower(), "o")
    return "d" if found[5] else {"í": "i", "ì": "i", "æ": "i", "ó": "i", "ò": "i"}[found[6].lower()]
