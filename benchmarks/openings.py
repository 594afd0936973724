"""The three ways to open the simulator side by side: from a server, as one file, and the whole app in the browser; and
an empty Streamlit app.

Bytes, time to the first score (cold and warm), and a key press to what is painted; in headless Chromium.
"""

import argparse
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, BrowserContext, BrowserType, FrameLocator, Locator, Page, sync_playwright

from benchmarks.browser import FLAGS
from benchmarks.page import START, WARM, WATCH, wanted
from benchmarks.servers import served
from model.__main__ import main as command
from model.table import leagues as tables

LEAGUE = "hanoi_2025-08-25"
SCORE = ".figure.score strong"
SLIDER = '[data-lever="on_time"] input[type=range]'
_CHROMIUM = shutil.which("chromium")
SHOWN = {"score": SCORE, "rank": ".figure.rank strong", "strip": ".strip .after"}


@dataclass
class Way:
    """One way to open the simulator: where it is, and how many bytes came from there so far."""

    name: str
    url: str
    came: Callable[[], float]

    def opened(self, page: Page) -> dict[str, float]:
        """Milliseconds from the start of the navigation until the score stands there."""
        page.goto(self.url, wait_until="commit")
        return {"score": _scored(page, self.root(page))}

    def root(self, page: Page) -> Page | Locator:
        """Where the simulator is within the page."""
        return page


class Empty(Way):
    """An empty Streamlit app, whose one line of text stands for the score."""

    def opened(self, page: Page) -> dict[str, float]:
        """The same until that line stands there."""
        page.goto(self.url, wait_until="commit")
        page.get_by_text("0,00").wait_for()
        return {"score": float(page.evaluate("performance.now()"))}


class App(Way):
    """The whole app: its first screen is the file, in a frame; then it stands in that place itself."""

    def opened(self, page: Page) -> dict[str, float]:
        """The same for the first screen, and until the app stands there alone."""
        page.goto(self.url, wait_until="commit")
        score = _scored(page, page.frame_locator("#meanwhile"))
        page.locator("#meanwhile").wait_for(state="detached", timeout=180_000)
        return {"score": score, "app": _scored(page, self.root(page))}


class Bundle(App):
    """The app in the browser."""

    def root(self, page: Page) -> Page | Locator:
        """The app's own part of the page."""
        return page.locator("#root")


def _scored(page: Page, where: Page | Locator | FrameLocator) -> float:
    where.locator(SCORE).filter(has_text=",").first.wait_for(timeout=180_000)
    return float(page.evaluate("performance.now()"))


def main() -> None:
    """The tables of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--bundle", type=Path, help="a folder that static/build.py built; without it, only the other ways"
    )
    asked.add_argument("--opens", type=int, default=3)
    asked.add_argument("--presses", type=int, default=30)
    asked.add_argument("--later", type=int, default=10, help="seconds after the score in which bytes still count")
    options = asked.parse_args()
    busy = os.getloadavg()[0]
    unit, expected = wanted(LEAGUE, WARM + options.presses)
    with ExitStack() as open_:
        folder = Path(open_.enter_context(TemporaryDirectory()))
        chromium = open_.enter_context(sync_playwright()).chromium
        browser = chromium.launch(executable_path=_CHROMIUM, args=FLAGS)
        ways = open_.enter_context(_ways(folder, options.bundle, unit))
        turns = [(way.name, _open(chromium, way, options.later)) for _ in range(options.opens) for way in ways]
        opens = {way.name: [found for name, found in turns if name == way.name] for way in ways}
        rows = [_row(name, found) for name, found in opens.items()]
        _show(f"Opened {options.opens} times, medians (load average {busy:.1f})", rows)
        _show("As multiples of the empty app's", _beside(rows))
        pressed = {way.name: _pressed(browser, way, expected) for way in ways if not isinstance(way, Empty)}
        median = {name: float(np.median(times)) for name, times in pressed.items()}
        rows = [
            {"way": name, "median ms": median[name], "p95 ms": np.percentile(times, 95)}
            | {"median / file": median[name] / median["file"]}
            for name, times in pressed.items()
        ]
        _show(f"{options.presses} presses of a key, to score, rank and strip painted", rows)


@contextmanager
def _ways(folder: Path, bundle: Path | None, unit: str) -> Iterator[list[Way]]:
    """The ways, each with its server if it needs one."""
    link = f"lang=vi&league={LEAGUE}&unit={unit}&on_time={START / 100}"
    file = folder / "simulator.html"
    with file.open("w", encoding="utf-8") as out, redirect_stdout(out):
        command(["file", LEAGUE, "--unit", unit])
    with (
        served("live", tables.SAMPLES) as server,
        served("empty", tables.SAMPLES) as empty,
        _hosted(folder) as (plain, sent),
    ):
        ways = [
            Empty("empty", f"http://{empty.host}/", lambda: 0),
            App("server", f"http://{server.host}/?{link}", lambda: 0),
            Way("file", f"{plain}/simulator.html#{link}", sent),
        ]
        if bundle is None:
            yield ways
            return
        with _hosted(bundle) as (address, sent_too):
            yield [*ways, Bundle("bundle", f"{address}/?{link}", sent_too)]


@contextmanager
def _hosted(folder: Path) -> Iterator[tuple[str, Callable[[], float]]]:
    """A plain static server of a folder: its address, and how many bytes of files it has sent so far."""
    sent = [0]

    class Handler(SimpleHTTPRequestHandler):
        def copyfile(self, source: Any, outputfile: Any) -> None:
            body = source.read()
            sent[0] += len(body)
            outputfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", lambda: sent[0]
    server.shutdown()


def _open(chromium: BrowserType, way: Way, later: int) -> dict[str, float]:
    """A first visit and a second, in a browser that knew nothing and keeps on a disk what it fetches."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = chromium.launch_persistent_context(
            profile, executable_path=_CHROMIUM, args=FLAGS, viewport={"width": 1400, "height": 1000}
        )
        found = _visits(context, way, later)
        context.close()
    return found


def _visits(context: BrowserContext, way: Way, later: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for visit in ("cold", "warm"):
        page, before = context.new_page(), way.came()
        counted = _wire(context, page) if way.name in ("server", "empty") else lambda before=before: way.came() - before
        found |= {f"{visit}, {what}, ms": time for what, time in way.opened(page).items()}
        found[f"{visit}, kB"] = counted() / 1e3
        page.wait_for_timeout(1e3 * later)  # what a second visit may find in a cache is put there
        found[f"{visit}, kB later"] = counted() / 1e3 - found[f"{visit}, kB"]
        page.close()
    return found


def _wire(context: BrowserContext, page: Page) -> Callable[[], float]:
    """The bytes that came over the wire for a page."""
    came, wire = [0.0], context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    return lambda: sum(came)


def _row(name: str, found: list[dict[str, float]]) -> dict[str, object]:
    return {"way": name} | {key: float(np.median([one[key] for one in found])) for key in found[0]}


def _beside(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The times as multiples of the empty app's."""
    empty = next(row for row in rows if row["way"] == "empty")
    score = {visit: float(str(empty[f"{visit}, score, ms"])) for visit in ("cold", "warm")}
    times = [[key for key in row if key.endswith(", ms")] for row in rows]
    return [
        {"way": row["way"]} | {key.removesuffix(", ms"): float(str(row[key])) / score[key[:4]] for key in keys}
        for row, keys in zip(rows, times, strict=True)
    ]


def _pressed(browser: Browser, way: Way, expected: list[dict[str, str]]) -> list[float]:
    """Milliseconds from each press of a key to the figures that the engine gives for it, painted."""
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    way.opened(page)
    page.wait_for_timeout(4_000)
    slider = way.root(page).locator(SLIDER)
    slider.scroll_into_view_if_needed()
    slider.focus()
    page.evaluate(WATCH, [slider.element_handle(), SHOWN])
    times = []
    for shown in expected:
        page.evaluate("wanted => watch.expect(wanted)", shown)
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => watch.seen.figures", timeout=15_000)
        times.append(page.evaluate("() => watch.seen.figures"))
        page.wait_for_timeout(400)
    page.context.close()
    return times[WARM:]


def _show(title: str, rows: list[dict[str, object]]) -> None:
    print(f"\n{title}\n{pd.DataFrame(rows).to_string(index=False, float_format='%.1f')}", flush=True)


if __name__ == "__main__":
    main()
