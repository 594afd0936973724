"""The door for a slow line: Streamlit's own files come packed, its first page in the reader's language and readable."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

import serve

FILE = next((serve._STATIC / "static/js").glob("index.*.js"))


async def _streamlit(scope, receive, send):
    """Streamlit as it answers: its first page to a page's address, its file to a file's."""
    kind, body = (
        (b"text/html; charset=utf-8", b"<p>empty</p>") if "/static/" not in scope["path"] else (b"text/plain", b"raw")
    )
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": body})


def answer(path, query="", accepts="gzip, br", method="GET"):
    """The headers and the body of an answer."""
    told = []

    async def send(message):
        told.append(message)

    headers = [(b"accept-encoding", accepts.encode())]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}
    with ThreadPoolExecutor() as apart:  # browser tests leave a loop running in this thread
        apart.submit(asyncio.run, serve.Packed(_streamlit)(scope, None, send)).result()
    assert [one["type"] for one in told] == ["http.response.start", "http.response.body"]
    return dict(told[0]["headers"]), told[1]["body"]


def test_a_file_of_streamlits_comes_packed_to_whoever_can_unpack_it():
    headers, body = answer(f"/static/js/{FILE.name}")
    assert headers[b"content-encoding"] == b"gzip" and gzip.decompress(body) == FILE.read_bytes()
    assert len(body) < len(FILE.read_bytes()) / 2
    assert answer(f"/static/js/{FILE.name}", accepts="br")[1] == b"raw"
    assert answer(f"/static/js/{FILE.name}", method="HEAD")[1] == b"raw"


@pytest.mark.parametrize(
    "path", ["/static/js/none.js", "/static/../../app.py", "/static/../../__init__.py", "/static/js/"]
)
def test_nothing_else_is_packed(path):
    assert answer(path)[1] == b"raw"


@pytest.mark.parametrize(
    ("query", "language", "said"),
    [("", "vi", "Đang mở trang"), ("unit=a&lang=en", "en", "Opening"), ("lang=xx", "vi", "Đang")],
)
def test_the_first_page_is_in_the_reader_s_language_and_says_something_before_streamlit_does(query, language, said):
    headers, body = answer("/method", query)
    text = body.decode()
    assert f'<html lang="{language}">' in text and said in text and '<div id="root"></div>' in text
    assert int(headers[b"content-length"]) == len(body)
