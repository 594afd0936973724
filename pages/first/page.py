"""Streamlit's first page as we send it: in the reader's language, with something to read, and a first screen."""

import json
import re
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path

from model.report.link import FIGURES, VIEW
from model.words.html import html
from model.words.phrases import LANGUAGES
from model.words.texts import Words, words
from pages.panel.panel_data import panel_text

STREAMLITS = Path(str(files("streamlit"))).resolve() / "static"  # the folder of its own files
_HERE = Path(__file__).parent
_LOADED = re.compile(r"<script type=\"module\"[^>]*></script>|<link rel=\"(?:modulepreload|stylesheet)\"[^>]*>")
_IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
_DRAWN = ("BidiComponent", "Selectbox", "Html")  # by every page; Streamlit fetches them only once it draws them
_AT_ONCE = 8  # pages kept


@lru_cache(_AT_ONCE)
def page(language: str, leagues: tuple[str, ...]) -> str:
    """The first page in a language, whose first screen may be of one of the leagues, and is of the first by itself."""
    t = words(language)
    text = (STREAMLITS / "index.html").read_text(encoding="utf-8")
    text = re.sub(r'<html lang="\w+">', f'<html lang="{language}">', text, count=1)
    text = re.sub(r"<link\s[^>]*rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", text)  # what can be read comes first
    text = re.sub(r"<title>.*?</title>", f"<title>{escape(t('app.title'))}</title>", text, count=1)
    then = "\n".join([*_LOADED.findall(text), *_later(text)])  # after what is read and used at once
    text = _LOADED.sub("", text)
    first = html(
        _HERE / "first.html", t=t, then=then, given=_given(leagues), script=_script(), style=_text("first.css")
    )
    return text.replace('<div id="root"></div>', f'<div id="root"></div>{first}')  # whose script needs that it is there


def _later(text: str) -> list[str]:
    """Links to the script that begins, to the files of what every page draws, and to those that these import."""
    folder, found = STREAMLITS / "static" / "js", list[str]()
    linked = set(re.findall(r"<link[^>]*/([\w.-]+\.js)\"", text))
    wanted = [file.name for name in _DRAWN for file in folder.glob(f"{name}.*.js")]
    wanted += re.findall(r"<script type=\"module\"[^>]*/([\w.-]+\.js)\"", text)
    while wanted:
        name = wanted.pop()
        if name not in found and name not in linked:
            found.append(name)
            wanted += _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found]


def _given(leagues: tuple[str, ...]) -> str:
    """What the first page's script is given, as JSON that may stand in a page."""
    told = {
        "leagues": leagues,
        "figures": FIGURES,
        "beyond": (*VIEW, *FIGURES),
        "style": _text("frame.css"),
        "words": {language: _told(words(language)) for language in LANGUAGES},
    }
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _told(t: Words) -> dict[str, str]:
    return t.group("first") | {key: t(f"app.{key}") for key in ("title", "lead")}


def _script() -> str:
    return "\n".join([panel_text("memory.js"), *(_text(name) for name in ("meanwhile.js", "first.js"))])


@cache
def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
