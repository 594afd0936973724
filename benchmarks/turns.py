"""Every page turned to by the menu, from the click until nothing moves any more, with leagues of two sizes, or with one
of 102 units and many dates."""

import argparse
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import FLAGS
from benchmarks.leagues import HISTORY, LARGE, SIZES, dated, samples
from benchmarks.servers import served
from model.table import leagues as tables

STILL = Path(__file__).with_name("still.js").read_text(encoding="utf-8")
PAGES = {  # page: the link of the menu that leads there, and what its link says beside league and unit
    "simulator": ("./", ""),
    "targets": ("targets", ""),
    "ranking": ("ranking", ""),
    "ranking, chances": ("ranking", "view=chances&plan.moves=uncertain&plan.jumps=1"),
    "ranking, moved": ("ranking", "view=moved"),
    "ranking, time": ("ranking", "view=time"),
    "ranking, compare": ("ranking", "view=compare"),
    "training": ("training", ""),
    "training, predict": ("training", "train=predict"),
    "training, quiz": ("training", "train=quiz"),
    "data": ("data", ""),
    "method": ("method", ""),
}


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=5)
    asked.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES))
    asked.add_argument("--leagues", nargs="+", choices=[*SIZES, HISTORY], default=list(SIZES))
    asked.add_argument("--dates", type=int, default=60)
    options = asked.parse_args()
    busy, rows = os.getloadavg()[0], []
    with ExitStack() as open_:
        made = {LARGE: SIZES[LARGE]} if LARGE in options.leagues else {}
        tables.SAMPLES = samples(Path(open_.enter_context(TemporaryDirectory())), made)
        keys = {HISTORY: dated(tables.SAMPLES, options.dates)} if HISTORY in options.leagues else {}
        host = open_.enter_context(served("live", tables.SAMPLES)).host
        chromium = open_.enter_context(sync_playwright()).chromium
        browser = open_.enter_context(chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS))
        for name in options.pages:
            for league in options.leagues:
                page = browser.new_page(viewport={"width": 1366, "height": 768})
                key = keys.get(league, league)
                turns = [_turn(page, f"http://{host}", key, name) for _ in range(options.turns + 1)]
                rows.append({"page": name, "league": league, "first": turns[0]["still"]} | _middle(turns[1:]))
                page.close()
    print(f"ms from a click in the menu until the page is still, medians of {options.turns} (load average {busy:.1f})")
    print(pd.DataFrame(rows).to_string(index=False, float_format="%.0f"))


def _turn(page: Page, host: str, league: str, name: str) -> dict[str, float]:
    """From another page that draws nothing of the league to this one: milliseconds and kilobytes."""
    path, more = PAGES[name]
    elsewhere = "data" if name == "method" else "method"
    received = [0]
    page.once("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(f"{host}/{elsewhere}?lang=vi&league={league}&{more}")
    page.evaluate(STILL)
    page.wait_for_function("() => still.quiet(700)")
    before = sum(received)
    page.evaluate("() => still.begin()")
    page.locator(f'.masthead nav a[href^="{path}"]').first.click()
    page.wait_for_function("() => still.quiet(900)", timeout=60_000)
    found: dict[str, float] = page.evaluate("() => still.found()")
    return found | {"kB": (sum(received) - before) / 1e3}


def _middle(turns: list[dict[str, float]]) -> dict[str, float]:
    return {key: float(np.median([turn[key] for turn in turns])) for key in turns[0]}


if __name__ == "__main__":
    main()
