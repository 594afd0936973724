"""The simulator opened over a slow line, from app.py and from serve.py: when one could read something, when the
panel was there, and what came. 750 kbit/s and 400 ms, as the browser's tools slow a line down, in Chromium."""

import argparse
import os
import shutil
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from benchmarks.page import FLAGS
from benchmarks.servers import served
from model.table import leagues as tables

BIT_RATE, LATENCY = 750_000, 400
READABLE = """() => [...document.querySelectorAll("p, h1, h2")]
  .some((node) => node.checkVisibility() && node.innerText.trim().length > 20)"""
SCORE = ".figure.score strong"
DOORS = {"app.py": "live", "serve.py": "packed"}


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--opens", type=int, default=3)
    options = asked.parse_args()
    busy, rows = os.getloadavg()[0], []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for door, page in DOORS.items():
            with served(page, tables.SAMPLES) as server:
                _opened(browser, server.host, slow=False)  # a server's first visit is no visitor's
                found = [_opened(browser, server.host) for _ in range(options.opens)]
            rows.append({"door": door} | {key: float(np.median([one[key] for one in found])) for key in found[0]})
    print(f"Opened {options.opens} times, medians (load average {busy:.1f})")
    print(pd.DataFrame(rows).to_string(index=False, float_format="%.1f"))


def _opened(browser: Browser, host: str, slow: bool = True) -> dict[str, float]:
    """Seconds until something can be read and until the score stands there, and the kilobytes that came until then."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page, came = context.new_page(), [0.0]
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.on("Network.webSocketFrameReceived", lambda event: came.append(_length(event)))
    if slow:
        rate = BIT_RATE / 8
        line = {"offline": False, "latency": LATENCY, "downloadThroughput": rate, "uploadThroughput": rate}
        wire.send("Network.emulateNetworkConditions", line)
    page.goto(f"http://{host}/", wait_until="commit")
    page.wait_for_function(READABLE, timeout=180_000)
    readable = page.evaluate("performance.now()")
    page.locator(SCORE).filter(has_text=",").first.wait_for(timeout=180_000)
    found = {"readable s": readable / 1e3, "panel s": page.evaluate("performance.now()") / 1e3, "kB": sum(came) / 1e3}
    context.close()
    return found


def _length(event: dict[str, Any]) -> float:
    return len(event["response"]["payloadData"]) * 3 / 4  # binary frames are told in base64


if __name__ == "__main__":
    main()
