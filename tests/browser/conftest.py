"""A running app and a real Chromium; without one the browser tests are skipped, or fail where required."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.browser import FLAGS

ROOT = Path(__file__).parents[2]
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
)  # not the headless shell: lists to choose from stay shut there
SETTLED = """() => { const app = document.querySelector('[data-testid="stApp"]');
  return !!app && app.dataset.testConnectionState === 'CONNECTED' && app.dataset.testScriptState === 'notRunning'
      && !!app.querySelector('[data-testid="stVerticalBlock"]') && !document.getElementById('first'); }"""
QUIET = """() => new Promise((done) => { // nothing in the page has changed for twenty frames
  let still = 0;
  const watch = new MutationObserver(() => { still = 0; });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  const frame = () => {
    still += 1;
    if (still < 20) return requestAnimationFrame(frame);
    watch.disconnect();
    return done();
  };
  requestAnimationFrame(frame);
})"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        say = pytest.fail if os.environ.get("BROWSER_REQUIRED") else pytest.skip
        say("no Chromium on this machine: install Debian's package chromium to run the browser tests")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    with serving(free_port()) as address:
        yield address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    """A port for a server of a test's own."""
    return free_port()


@pytest.fixture
def serve():  # noqa: ANN201
    """What starts the app on a port, to be stopped and started again."""
    return serving


@contextmanager
def serving(port: int) -> Iterator[str]:
    """The app on a port, until the block is left."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/_stcore/health")
            yield address
        finally:  # a server with an open tab waits for it, and a test that failed left it running
            server.kill()


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the app did not start")


class Visitor:
    """Somebody at a page of the app, and what the browser's console complained of."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints = page, list[str]()
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, address: str) -> "Visitor":
        self.page.goto(address)
        return self.settle()

    def settle(self) -> "Visitor":
        self.rest()
        self.page.locator(".figure.score strong").wait_for()
        return self

    def rest(self) -> None:
        """A wait until the page's script has run to its end."""
        self.page.wait_for_function(SETTLED, timeout=30_000)

    def quiet(self) -> None:
        """A wait until what a script brought is on the page."""
        self.rest()
        self.page.evaluate(QUIET)

    @property
    def score(self) -> str:
        return self.page.locator(".figure.score strong").inner_text()

    @property
    def rank(self) -> str:
        return self.page.locator(".figure.rank strong").inner_text()

    def slider(self, lever: str):  # noqa: ANN201
        return self.page.locator(f"[data-lever={lever}] input[type=range]")

    def entry(self, lever: str):  # noqa: ANN201
        return self.page.locator(f"[data-lever={lever}] .entry")

    def until_score(self, score: str) -> None:
        expect(self.page.locator(".figure.score strong")).to_have_text(score)

    def until_rank(self, rank: str) -> None:
        expect(self.page.locator(".figure.rank strong")).to_have_text(rank)

    def press_like_a_hand(self, role: str, name: str) -> None:
        """A click that takes as long as a finger does: what loses the focus is handed on before the click is done."""
        self.page.get_by_role(role, name=name).click(delay=150)

    def until_link(self, part: str) -> None:
        self.page.wait_for_function(
            "part => decodeURIComponent(location.search).includes(part)", arg=part, timeout=10_000
        )

    def until_no_link(self, part: str) -> None:
        self.page.wait_for_function(
            "part => !decodeURIComponent(location.search).includes(part)", arg=part, timeout=10_000
        )


@pytest.fixture
def arrived():  # noqa: ANN201
    """What makes a visitor of whoever has a page open already."""
    return Visitor


@pytest.fixture(scope="session")
def kept() -> dict[bool, BrowserContext]:
    """One browser of a screen and one of a phone, which tests hand on emptied, with what they have fetched."""
    return {}


@pytest.fixture
def visit(chromium: Browser, kept: dict[bool, BrowserContext], url: str) -> Iterator:
    contexts: list[BrowserContext] = []

    def arrive(width: int = 1366, height: int = 768) -> Visitor:
        phone, size = width < 600, {"width": width, "height": height}
        context = kept.get(phone)
        if context is None or context in contexts:  # the second visitor of a test is somebody else
            context = chromium.new_context(has_touch=phone, is_mobile=phone)
        kept.setdefault(phone, context)
        contexts.append(context)
        page = context.new_page()
        page.set_viewport_size(size)
        return Visitor(page)

    yield arrive
    for context in contexts:
        if context in kept.values():
            _empty(context, url)
        else:
            context.close()


def _empty(context: BrowserContext, url: str) -> None:
    """Forgets what the app has kept, here and at servers of a test's own; what was fetched stays in the cache."""
    frames = [frame.url for page in context.pages for frame in page.frames if frame.url.startswith("http")]
    origins = {url, *("/".join(address.split("/")[:3]) for address in frames)}
    for page in context.pages:  # first, since an open page may keep something more
        page.close()
    blank = context.new_page()
    devtools = context.new_cdp_session(blank)
    for origin in origins:
        devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    blank.close()
    context.clear_cookies()
    context.clear_permissions()
