"""What comes before Streamlit: its files packed, its first page in the reader's language, first screens of leagues."""

import asyncio
import gzip
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues
from model.words.texts import words
from pages.first import served
from pages.first.page import STREAMLITS
from pages.panel import one_file

FILE = next((STREAMLITS / "static/js").glob("index.*.js"))
LEAGUE = "an_giang_2025-10-16"


async def _streamlit(scope, receive, send):
    """Streamlit as it answers: its first page to a page's address, its file to a file's."""
    kind, body = (
        (b"text/html; charset=utf-8", b"<p>empty</p>") if "/static/" not in scope["path"] else (b"text/plain", b"raw")
    )
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": body})


SERVED = served.FirstPage(_streamlit)


def answer(path, query="", accepts="gzip, br", method="GET", **more):
    """The status, headers and body of an answer."""
    told = []

    async def send(message):
        told.append(message)

    headers = [(b"accept-encoding", accepts.encode())]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}
    with ThreadPoolExecutor() as apart:  # browser tests leave a loop running in this thread
        apart.submit(asyncio.run, SERVED(scope, None, send)).result()
    assert [one["type"] for one in told] == ["http.response.start", "http.response.body"]
    return told[0]["status"], dict(told[0]["headers"]), told[1]["body"]


def test_what_whoever_comes_first_is_sent_is_made_before_they_ask():
    first = json.loads(re.search(r'id="first-given">(.*?)</script>', answer("/")[2].decode())[1])["leagues"][0]
    wanted = answer(f"/first/{first}.vi.html")
    for made in (served.page, served._screen):
        made.cache_clear()
    served.FirstPage(_streamlit)
    for made in (served.page, served._screen):
        while not made.cache_info().currsize:
            time.sleep(0.01)
    assert (answer("/")[0], answer(f"/first/{first}.vi.html")) == (200, wanted)
    assert [made.cache_info().misses for made in (served.page, served._screen)] == [1, 1]


def test_a_file_of_streamlits_comes_packed_to_whoever_can_unpack_it():
    _, headers, body = answer(f"/static/js/{FILE.name}")
    assert headers[b"content-encoding"] == b"gzip" and gzip.decompress(body) == FILE.read_bytes()
    assert len(body) < len(FILE.read_bytes()) / 2
    assert answer(f"/static/js/{FILE.name}", accepts="br")[2] == b"raw"
    assert answer(f"/static/js/{FILE.name}", method="HEAD")[2] == b"raw"


@pytest.mark.parametrize(
    "path", ["/static/js/none.js", "/static/../../app.py", "/static/../../__init__.py", "/static/js/"]
)
def test_nothing_else_is_packed(path):
    assert answer(path)[2] == b"raw"


@pytest.mark.parametrize(
    ("query", "language", "said"),
    [("", "vi", "Đang mở trang"), ("unit=a&lang=en", "en", "Opening"), ("lang=xx", "vi", "Đang")],
)
def test_the_first_page_is_in_the_reader_s_language_and_says_something_before_streamlit_does(query, language, said):
    text = answer("/method", query)[2].decode()
    assert f'<html lang="{language}">' in text and said in text and '<div id="root"></div>' in text
    assert text.index('id="root"') < text.index("<script>(() =>")  # which may run before the parser goes on


def test_a_file_that_is_handed_over_comes_as_it_is():
    assert answer("/media/0123456789abcdef.html")[2] == b"<p>empty</p>" != answer("/")[2]


def test_all_that_streamlit_loads_waits_for_the_first_screen_and_nothing_of_it_is_lost():
    theirs = (STREAMLITS / "index.html").read_text("utf-8")
    ours = answer("/")[2].decode()
    held = re.search(r'<template id="first-then">(.*?)</template>', ours, re.S).group(1)
    loaded = re.findall(r"<(?:script|link)[^>]*(?:src|href)=\"\./static/(?:js|css)/[^>]*>", theirs)
    assert len(loaded) > 10 and all(one in held for one in loaded)
    assert "/static/js/" not in ours.replace(held, "")


def test_a_first_screen_is_the_one_file_of_its_league_and_comes_again_only_when_it_is_another():
    status, headers, body = answer(f"/base/first/{LEAGUE}.en.html")
    league = leagues.find(LEAGUE)
    rules = load(league.edition)
    text = one_file.opening(baseline(rules, league, rules), words("en"), date.today())
    assert status == 200 and gzip.decompress(body).decode() == text
    assert answer(f"/first/{LEAGUE}.en.html", accepts="")[2].decode() == text
    mark = headers[b"etag"].decode()
    assert answer(f"/first/{LEAGUE}.en.html", if_none_match=mark)[::2] == (304, b"")
    assert answer(f"/first/{LEAGUE}.vi.html", if_none_match=mark)[0] == 200


@pytest.mark.parametrize("name", ["none.vi", f"{LEAGUE}.fr", "..%2Fapp.vi", "own-1.vi"])
def test_there_is_no_first_screen_of_what_nobody_may_open(name):
    assert answer(f"/first/{name}.html")[0] == 404


def test_a_league_of_the_administrator_s_folder_has_a_first_screen_that_changes_with_its_file(tmp_path, monkeypatch):
    monkeypatch.setenv(leagues.FOLDER, str(tmp_path))
    table = "unit_name,published_score\nXã <b>A</b>,{}\nXã B,80\nXã C,70\n"
    (tmp_path / "mine.csv").write_text(table.format(90), "utf-8")
    given = re.search(r'id="first-given">(.*?)</script>', answer("/")[2].decode()).group(1)
    assert "mine" in json.loads(given)["leagues"] and "<" not in given
    before = answer("/first/mine.vi.html")
    assert before[0] == 200 and "<b>A" not in gzip.decompress(before[2]).decode()
    (tmp_path / "mine.csv").write_text(table.format("91.25"), "utf-8")
    assert answer("/first/mine.vi.html", if_none_match=before[1][b"etag"].decode())[0] == 200
    (tmp_path / "mine.csv").unlink()
    assert answer("/first/mine.vi.html")[0] == 404
