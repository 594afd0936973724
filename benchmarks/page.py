"""From a key press to what is painted, in headless Chromium: three pages and two leagues side by side, in turns."""

import argparse
import os
import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import FLAGS
from benchmarks.leagues import LARGE, SIZES, samples
from benchmarks.servers import PAGES, served
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.scenario import Scenario, effect
from model.table import leagues as tables
from model.words.texts import words

WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
START, WARM = 50, 3  # per cent on time at the start; presses that don't count
MOMENTS = {"figures": "score and rank", "chart": "score, rank and chart", "charts": "last chart still"}


@dataclass
class Tab:
    """A page under test, with what its presses took in milliseconds."""

    page: str
    league: str
    url: str
    tab: Page
    times: list[dict[str, float]] = field(default_factory=list)

    def named(self) -> dict[str, object]:
        """What the tab shows."""
        return {"units": SIZES[self.league], "page": self.page}

    def open(self) -> None:
        """The page as at first, its slider in focus and watched."""
        live = self.page == "live"
        self.tab.goto(self.url)
        self.tab.locator(".curve path" if live else "[data-testid=stVegaLiteChart] text").first.wait_for()
        if live:
            self.slider = self.tab.locator('[data-lever="on_time"] input[type=range]')
            selectors = {"score": ".figure.score strong", "rank": ".figure.rank strong", "strip": ".strip .after"}
        else:
            self.slider = self.tab.locator(".st-key-on_time input[type=range]")
            metric = "[data-testid=stColumn] [data-testid=stColumn]:nth-of-type({}) [data-testid=stMetricValue]"
            selectors = {"score": metric.format(1), "rank": metric.format(2)}
        self.tab.evaluate(WATCH, [self.slider.element_handle(), selectors])
        self.slider.scroll_into_view_if_needed()
        self.slider.focus()
        self.rest()

    def rest(self, milliseconds: int = 250) -> None:
        """A wait until no script runs and nothing has changed for so long."""
        self.tab.wait_for_function("quiet => watch.quiet(quiet)", arg=milliseconds)

    def press(self, wanted: dict[str, str]) -> None:
        """One press, and when the figures that the engine gives for it were painted."""
        self.tab.bring_to_front()
        self.tab.evaluate("wanted => watch.expect(wanted)", wanted)
        self.tab.keyboard.press("ArrowRight")
        self.tab.wait_for_function("() => watch.seen.figures && watch.seen.chart", timeout=15_000)
        self.rest()
        self.times.append(self.tab.evaluate("() => watch.seen"))

    def after(self) -> dict[str, float]:
        """What the release set off: script runs begun, and when the last was over; two quiet seconds are awaited."""
        self.rest(2_000)
        found: dict[str, float] = self.tab.evaluate("""() => ({
            "runs begun after release": watch.starts.filter((start) => start > watch.released).length,
            "ms from release to idle": Math.max(0, ...watch.ends.map((end) => end - watch.released)) })""")
        return found

    def hold(self, seconds: float = 1.3) -> dict[str, float]:
        """What is seen while a key is held that repeats 30 times a second."""
        self.open()
        self.tab.evaluate("() => watch.expect(null)")
        start = time.perf_counter()
        for n in range(int(30 * seconds)):
            self.tab.keyboard.down("ArrowRight")
            time.sleep(max(0, start + (n + 1) / 30 - time.perf_counter()))
        self.tab.keyboard.up("ArrowRight")
        seen = self.tab.evaluate("() => watch.changes")
        return {"presses": n + 1, "scores seen": seen} | self.after()

    def drag(self, seconds: float = 2.0) -> dict[str, float]:
        """Frames and changed scores while the mouse drags the slider to and fro."""
        self.open()
        box: Any = self.slider.bounding_box()
        track = box["x"] + box["width"] * (0.5 + 0.4 * np.sin(np.linspace(0, 2 * np.pi, 1_000)))
        middle = box["y"] + box["height"] / 2
        self.tab.mouse.move(track[0], middle)
        self.tab.mouse.down()
        self.tab.evaluate("() => { watch.expect(null); watch.count(true); }")
        start = time.perf_counter()
        while (share := (time.perf_counter() - start) / seconds) < 1:
            self.tab.mouse.move(track[int(share * track.size)], middle)
            time.sleep(0.004)
        frames = np.diff(self.tab.evaluate("() => { watch.count(false); return watch.frames; }"))
        seen = self.tab.evaluate("() => watch.changes")
        self.tab.mouse.up()
        return {
            "frames per second": 1e3 / frames.mean(),
            "longest frame ms": frames.max(),
            "scores seen": seen,
        } | self.after()


def wanted(league: str, count: int) -> tuple[str, list[dict[str, str]]]:
    """The code of the unit in the middle of a league, and its score and rank as shown after each press."""
    table, t = tables.find(league), words("vi")
    base = baseline(edition_files.load(table.edition), table)
    unit = int(np.argsort(base.rank)[base.ranked // 2])
    steps = [effect(base, unit, Scenario({"on_time": (START + 1 + i) / 100})) for i in range(count)]
    shown = [{"score": t.points(e.after.score), "rank": t.count(e.rank_after)} for e in steps]
    if any(a["score"] == b["score"] for a, b in pairwise(shown)):
        raise RuntimeError("a press that changes no score can't be timed")
    return base.league.codes[unit], shown


def main() -> None:
    """The tables of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--presses", type=int, default=36)
    asked.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES))
    asked.add_argument("--leagues", nargs="+", choices=SIZES, default=list(SIZES))
    options = asked.parse_args()
    busy = os.getloadavg()[0]
    with ExitStack() as open_:
        made = {LARGE: SIZES[LARGE]} if LARGE in options.leagues else {}
        tables.SAMPLES = samples(Path(open_.enter_context(TemporaryDirectory())), made)
        hosts = {page: open_.enter_context(served(page, tables.SAMPLES)) for page in options.pages}
        chromium = open_.enter_context(sync_playwright()).chromium
        browser = open_.enter_context(chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS))
        expected = {league: wanted(league, WARM + options.presses) for league in options.leagues}
        tabs = [
            Tab(page, league, _url(page, hosts[page].host, league, expected[league][0]), _page(browser))
            for league in options.leagues
            for page in options.pages
        ]
        for tab in tabs:
            tab.open()
        for n in range(WARM + options.presses):
            for tab in tabs:
                tab.press(expected[tab.league][1][n])
        _show(f"{options.presses} presses of a key, to painted, ms (load average {busy:.1f})", _presses(tabs))
        _show("A key held for 1.3 s", [tab.named() | tab.hold() for tab in tabs])
        _show("Dragged with the mouse for 2 s", [tab.named() | tab.drag() for tab in tabs if tab.page == "live"])


def _page(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()


def _url(page: str, host: str, league: str, unit: str) -> str:
    return f"http://{host}/?league={league}&unit={unit}&on_time={START / 100 if page == 'live' else START}"


def _presses(tabs: list[Tab]) -> list[dict[str, object]]:
    """Median and 95th percentile of every tab and moment, and both as multiples of the last page's."""
    found = {}
    for tab in tabs:
        for moment in MOMENTS:
            found[tab.league, moment, tab.page] = np.percentile([seen[moment] for seen in tab.times[WARM:]], [50, 95])
    last, keys = tabs[-1].page, [(league, moment) for league in SIZES for moment in MOMENTS]
    return [
        {"units": SIZES[league], "painted": MOMENTS[moment], "page": page, "median": times[0], "p95": times[1]}
        | dict(zip((f"median / {last}", f"p95 / {last}"), times / found[league, moment, last], strict=True))
        for (league, moment, page), times in sorted(found.items(), key=lambda item: keys.index(item[0][:2]))
    ]


def _show(title: str, rows: list[dict[str, object]]) -> None:
    print(f"\n{title}\n{pd.DataFrame(rows).to_string(index=False, float_format='%.1f')}", flush=True)


if __name__ == "__main__":
    main()
