"""The app for a slow line: streamlit run serve.py. What Streamlit sends of its own is packed, its first page is in
the reader's language and says something at once; else it is app.py."""

import gzip
import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.words.phrases import LANGUAGES
from model.words.texts import words

_STATIC = Path(st.__file__).resolve().with_name("static")
_PACKED = {".js": "application/javascript", ".css": "text/css"}
_LASTING = {"cache-control": "public, immutable, max-age=31536000", "vary": "accept-encoding"}
_FIRST = """<div id="first" style="position:fixed;inset:0;padding:1rem 1.5rem;font:1rem/1.5 system-ui,sans-serif;
background:Canvas;color:CanvasText;color-scheme:light dark"><h1 style="font-size:1.25rem">{title}</h1>
<p>{lead}</p><p role="status">{opening}</p></div>"""


class Packed:
    """What stands before Streamlit: packed files from memory, and pages in the language of their link."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        accepted = dict(scope["headers"]).get(b"accept-encoding", b"")
        path = str(scope["path"])
        content = _packed(path) if b"gzip" in accepted and path.startswith("/static/") else None
        if content is not None:
            headers = _LASTING | {"content-encoding": "gzip"}
            return await Response(content, media_type=_PACKED[Path(path).suffix], headers=headers)(scope, receive, send)
        return await self.app(scope, receive, _in_language(scope, receive, send))


def _in_language(scope: Scope, receive: Receive, send: Send) -> Send:
    """What Streamlit answers, passed on; but where that is its first page, the page in the reader's language."""
    ours = False

    async def passed(message: Message) -> None:
        nonlocal ours
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            ours = message["status"] == 200 and headers.get(b"content-type", b"").startswith(b"text/html")
            if ours:
                asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
                text = _page(asked if asked in LANGUAGES else LANGUAGES[0])
                await HTMLResponse(text, headers={"cache-control": "no-cache"})(scope, receive, send)
        if not ours:
            await send(message)

    return passed


@cache
def _packed(path: str) -> bytes | None:
    """One of Streamlit's own files, packed once; None where it is not to be packed, or none of its files."""
    file = (_STATIC / path.removeprefix("/")).resolve()
    if file.suffix not in _PACKED or not file.is_relative_to(_STATIC) or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), 9)


@cache
def _page(language: str) -> str:
    """Streamlit's first page in a language, with something to read until the app stands there."""
    t = words(language)
    text = (_STATIC / "index.html").read_text(encoding="utf-8")
    told = {key: escape(t(f"app.{key}")) for key in ("title", "lead", "opening")}
    text = re.sub(r'<html lang="\w+">', f'<html lang="{language}">', text, count=1)
    text = re.sub(r"<link\s[^>]*rel=\"preload\"[^>]*as=\"font\"[^>]*>", "", text)  # what can be read comes first
    text = re.sub(r"<title>.*?</title>", f"<title>{told['title']}</title>", text, count=1)
    return text.replace('<div id="root"></div>', _FIRST.format(**told) + '<div id="root"></div>')


app = st.App("app.py", middleware=[Middleware(Packed)])
