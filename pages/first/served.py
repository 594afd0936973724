"""What stands before Streamlit: its own files packed, our first page in place of its own, and first screens."""

import gzip
import re
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.report.choice import DEFAULT_LEAGUE
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues as tables
from model.table.league import League
from model.words.phrases import LANGUAGES
from model.words.texts import words
from pages.first.page import STREAMLITS, page
from pages.panel import one_file

_PACKED = {".js": "application/javascript", ".css": "text/css"}
_LASTING = {"cache-control": "public, immutable, max-age=31536000", "vary": "accept-encoding"}
_SCREEN = re.compile(r"/first/(?P<league>[^/]+)\.(?P<language>\w+)\.html")
_AT_ONCE = 32  # first screens kept, of some 40 kB
_MAKING = Lock()  # whoever asks for what is being made waits for it


class FirstPage:
    """Packed files from memory, first screens, and pages in the language of their link; all else is Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        Thread(target=_begun, daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        answer = await run_in_threadpool(_answer, str(scope["path"]), dict(scope["headers"]))
        if answer is not None:
            return await answer(scope, receive, send)
        return await self.app(scope, receive, _in_language(scope, receive, send))


def _begun() -> None:
    """What whoever comes first is sent, made while their browser still opens."""
    _page_of("")
    _screen_sent(next(iter(_leagues())), LANGUAGES[0], known="", packed=True)


def _answer(path: str, headers: dict[bytes, bytes]) -> Response | None:
    """A first screen, or one of Streamlit's files for whoever can unpack it; None where Streamlit answers itself."""
    packed = b"gzip" in headers.get(b"accept-encoding", b"")
    if screen := _SCREEN.search(path):
        return _screen_sent(
            screen["league"], screen["language"], headers.get(b"if-none-match", b"").decode("latin-1"), packed
        )
    content = _packed(path) if packed and path.startswith("/static/") else None
    if content is None:
        return None
    told = _LASTING | {"content-encoding": "gzip"}
    return Response(content, media_type=_PACKED[Path(path).suffix], headers=told)


@cache
def _packed(path: str) -> bytes | None:
    """One of Streamlit's own files, packed once; None where it is not to be packed, or none of its files."""
    file = (STREAMLITS / path.removeprefix("/")).resolve()
    if file.suffix not in _PACKED or not file.is_relative_to(STREAMLITS) or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), 9)


def _in_language(scope: Scope, receive: Receive, send: Send) -> Send:
    """What Streamlit answers, passed on; but where that is its first page, ours in the reader's language."""
    ours, file = False, "." in str(scope["path"]).rpartition("/")[2]  # such as an HTML file handed over

    async def passed(message: Message) -> None:
        nonlocal ours
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            ours = not file and message["status"] == 200 and headers.get(b"content-type", b"").startswith(b"text/html")
            if ours:
                text = await run_in_threadpool(_page_of, scope["query_string"].decode("latin-1"))
                await HTMLResponse(text, headers={"cache-control": "no-cache"})(scope, receive, send)
        if not ours:
            await send(message)

    return passed


def _page_of(query: str) -> str:
    """The first page in the language of a link, else in the first of all."""
    asked = parse_qs(query).get("lang", [""])[-1]
    with _MAKING:
        return page(asked if asked in LANGUAGES else LANGUAGES[0], tuple(_leagues()))


def _screen_sent(league: str, language: str, known: str, packed: bool) -> Response:
    """A league's first screen; only that it is still the one that the browser knows; or that there is none."""
    found = _leagues().get(league)
    if found is None or language not in LANGUAGES:
        return Response(status_code=404)
    with _MAKING:
        content, mark = _screen(found, language, date.today())
    headers = {"cache-control": "no-cache", "etag": mark, "content-security-policy": "frame-ancestors 'self'"}
    if known == mark:
        return Response(status_code=304, headers=headers)
    if not packed:
        return HTMLResponse(gzip.decompress(content), headers=headers)
    return HTMLResponse(content, headers=headers | {"content-encoding": "gzip"})


@lru_cache(_AT_ONCE)
def _screen(league: League, language: str, today: date) -> tuple[bytes, str]:
    """The one file of a league as it opens, packed, and the mark by which a browser knows it."""
    rules = load(league.edition)
    text = one_file.opening(baseline(rules, league, rules), words(language), today).encode()
    return gzip.compress(text, mtime=0), f'"{sha256(text).hexdigest()[:16]}"'


def _leagues() -> dict[str, League]:
    """Every league that anybody may open by a link, the one that opens by itself first."""
    return _read(tables.shelf_stamp())


@lru_cache(1)
def _read(stamp: object) -> dict[str, League]:
    return tables.offered(DEFAULT_LEAGUE)[0]
