"""A bundle built from what can be had, served as plain files, and one visitor who opens it: a command of its own."""

import functools
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import had
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from benchmarks.browser import FLAGS

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
UNDER = "phòng/chuyển đổi số"  # the bundle is hosted below a folder, and not one of plain letters


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Outside the five-minute suite: only who names this folder runs it."""
    named = [Path(str(argument).split("::")[0]).resolve() for argument in config.args]
    return None if any(FOLDER in (path, *path.parents) for path in named) else True


class Quiet(SimpleHTTPRequestHandler):
    """A plain static server that notes what it is asked for, and may lack a file. Of types of files it knows what every
    server knows: many send .mjs as bytes of no kind, which no browser takes for a script."""

    types = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
    asked: list[str] = []
    lacking = ""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.lacking and self.lacking in self.path:
            return self.send_error(404)
        return super().do_GET()

    def guess_type(self, path: Any) -> str:
        return self.types.get(Path(path).suffix, "application/octet-stream")

    def log_message(self, *about: object) -> None:
        pass


class Server:
    """A folder on a port of this machine."""

    def __init__(self, folder: Path, lacking: str = "") -> None:
        handler = type("Handler", (Quiet,), {"asked": [], "lacking": lacking})
        self.asked: list[str] = handler.asked  # type: ignore[attr-defined]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def build(out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The build, run as anybody runs it."""
    strict = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning")  # the same files on every system
    command = [sys.executable, *strict, "static/build.py", "--out", str(out), "--downloads", str(had.KEPT), *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture(scope="session")
def standins(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The options by which the build takes packages that can be had here, and stand-ins, for Pyodide's own."""
    folder = tmp_path_factory.mktemp("packages")
    return ["--packages", str(folder), "--lock", str(had.packages(folder))]


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, standins: list[str]) -> Path:
    """A self-hosted bundle, below a folder of a web root."""
    out = tmp_path_factory.mktemp("web") / UNDER
    done = build(out, "--self-hosted", *standins)
    assert done.returncode == 0, f"the bundle could not be built: {done.stderr}"
    return out


@pytest.fixture(scope="session")
def server(bundle: Path) -> Iterator[Server]:
    running = Server(bundle.parents[UNDER.count("/")])
    yield running
    running.stop()


class Guest:
    """A browser's visitor; whatever is asked of another place is refused and counted."""

    def __init__(self, browser: Browser, **how: Any) -> None:
        self.context: BrowserContext = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | how))
        self.refused, self.missing, self.errors = list[str](), list[str](), list[str]()
        self.context.route(lambda address: not address.startswith("http://127.0.0.1:"), self._refuse)
        self.context.on("response", lambda r: self.missing.append(r.url) if r.status >= 400 else None)
        self.context.on("weberror", lambda e: self.errors.append(str(e.error)))
        self.page: Page = self.context.new_page()

    def _refuse(self, route: Route) -> None:
        self.refused.append(route.request.url)
        route.abort()

    def marks(self) -> dict[str, float]:
        """When what happened, in milliseconds from the opening."""
        found: dict[str, float] = self.page.evaluate(MARKS)
        return found

    def until(self, mark: str, seconds: float = 90) -> None:
        """A wait for the mark, cut short where the bar says that it failed and it was not for that."""
        names = f"['index766.{mark}', 'index766.failed']"
        look = f"() => {names}.some(n => performance.getEntriesByName(n).length)"
        self.page.wait_for_function(look, timeout=1000 * seconds, polling=50)
        assert mark in self.marks(), self.page.locator("#bar").inner_text()


MARKS = """() => Object.fromEntries(performance.getEntriesByType('mark').filter(m => m.name.startsWith('index766.'))
  .map(m => [m.name.slice(9), Math.round(m.startTime)]))"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one this command fails."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path is not None, "no Chromium on this machine: install Debian's package chromium"
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def guest_of(chromium: Browser) -> Iterator[Any]:
    guests: list[Guest] = []

    def make(**how: Any) -> Guest:
        guests.append(Guest(chromium, **how))
        return guests[-1]

    yield make
    for guest in guests:
        guest.context.close()
