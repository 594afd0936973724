"""Which words of a text are of the other language: Vietnamese is known by its signs and its syllables."""

import re
import unicodedata
from functools import cache

from model.table import leagues

SYLLABLE = re.compile(  # without its signs
    "(ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdghklmnpqrstvx])?"
    "(oai|oao|oay|oeo|uay|uoi|uou|uya|uye|uyu|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    "(ch|ng|nh|[cmnpt])?",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"https?://\S+")
EXCEPTED = {  # in Vietnamese, by why
    "kinds of files and codes": "CSV Excel HTML JSON QR csv docx html txt xlsx zip",
    "keys of a keyboard": "Ctrl Shift",
    "units of measure, and a standard by its name": "AA MB WCAG",
    "abbreviations of the decision, and of the head of a column of numbers": "DVC DVCQG TTHC TTg STT",
}


def foreign(text: str, language: str) -> list[str]:
    """The words of a text that are not of its language, in their order: names of units, letters and addresses aside."""
    words = [word for word in WORD.findall(ADDRESS.sub("", text)) if len(word) > 1 and word not in _of_names()]
    if language == "en":
        return [word for word in words if bare(word) != word]
    excepted = " ".join(EXCEPTED.values()).split()
    return [word for word in words if word not in excepted and not _vietnamese(word)]


def bare(text: str) -> str:
    """A text without its diacritics."""
    parted = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parted if not unicodedata.combining(c))


def _vietnamese(word: str) -> bool:
    return "đ" in word.lower() or SYLLABLE.fullmatch(bare(word)) is not None


@cache
def _of_names() -> frozenset[str]:
    """The words of units' names."""
    return frozenset(
        word for league in leagues.samples() for name in leagues.find(league).names for word in WORD.findall(name)
    )
