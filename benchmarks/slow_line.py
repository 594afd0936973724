"""The simulator opened over a slow line, and an empty Streamlit app: when one could read something, when the score was
there, when the whole page, and what came. 750 kbit/s and 400 ms, as a browser slows a line down, in Chromium."""

import argparse
import os
import shutil
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import FLAGS
from benchmarks.servers import served
from model.table import leagues as tables

BIT_RATE, LATENCY = 750_000, 400
READABLE = """() => [...document.querySelectorAll("p, h1, h2")]
  .some((node) => node.checkVisibility() && node.innerText.trim().length > 20)"""
SCORE = ".figure.score strong"
APPS = ("empty", "live")


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--opens", type=int, default=3)
    options = asked.parse_args()
    busy, rows = os.getloadavg()[0], []
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for app in APPS:
            with served(app, tables.SAMPLES) as server:
                _opened(browser, app, server.host, slow=False)  # a server's first visit is no visitor's
                found = [_opened(browser, app, server.host) for _ in range(options.opens)]
            rows.append({"app": app} | {key: float(np.median([one[key] for one in found])) for key in found[0]})
    print(f"Opened {options.opens} times, medians (load average {busy:.1f})")
    print(pd.DataFrame(rows).to_string(index=False, float_format="%.1f"))


def _opened(browser: Browser, app: str, host: str, slow: bool = True) -> dict[str, float]:
    """Seconds until something can be read, the score and the whole page stand there; kilobytes that came until then.

    Of the empty app, the one line that it writes is all three.
    """
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
    if app == "empty":
        page.get_by_text("0,00").wait_for(timeout=180_000)
        found = dict.fromkeys(("readable s", "score s", "page s"), _seconds(page))
    else:
        page.wait_for_function(READABLE, timeout=180_000)
        found = {"readable s": _seconds(page)}
        page.frame_locator("#meanwhile").locator(SCORE).filter(has_text=",").wait_for(timeout=180_000)
        found["score s"] = _seconds(page)
        page.locator("#meanwhile").wait_for(state="detached", timeout=180_000)
        found["page s"] = _seconds(page)
    context.close()
    return found | {"kB": sum(came) / 1e3}


def _seconds(page: Page) -> float:
    return float(page.evaluate("performance.now()")) / 1e3


def _length(event: dict[str, Any]) -> float:
    return len(event["response"]["payloadData"]) * 3 / 4  # binary frames are told in base64


if __name__ == "__main__":
    main()
