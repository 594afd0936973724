"""Many sessions on one server, one change a second each: from the moment a change is due to the end of its script run,
and what processor time the server takes for one.

The sessions speak Streamlit's own protocol over websockets. An answer counts only if it carries the score that the
engine gives for that change; of the live page, whose panel paints the score itself, the link that holds the change.
"""

import argparse
import asyncio
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.leagues import samples
from benchmarks.page import START, wanted
from benchmarks.servers import PAGES, Server, served
from model.table import leagues as tables

LEAGUE = "dak_lak_2026-10-10"
CORES, STEPS = 2, 40  # cores that server and sessions share; rates tried in turn
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Session:
    """One reader's browser, as far as the server can tell."""

    def __init__(self, connection: ClientConnection, page: str, query: str) -> None:
        self.connection, self.page = connection, page
        self.state = BackMsg()
        self.state.rerun_script.query_string = query
        self.widget = ""
        self.told: dict[str, object] = {}

    async def run(self, score: str = "", link: str = "") -> bool:
        """One script run to its end; whether it brought that score, or a link that holds the change."""
        await self.connection.send(self.state.SerializeToString())
        found = False
        async for raw in self.connection:
            message = ForwardMsg.FromString(raw)
            kind = message.WhichOneof("type")
            if message.metadata.cacheable and message.hash not in self.state.rerun_script.cached_message_hashes:
                self.state.rerun_script.cached_message_hashes.append(message.hash)
            if kind == "page_info_changed":
                self.state.rerun_script.query_string = message.page_info_changed.query_string
                found |= bool(link) and link in message.page_info_changed.query_string.split("&")
            elif kind == "delta":
                found |= bool(score) and score.encode() in raw
                self._find_widget(message)
            elif kind == "script_finished" and message.script_finished in FINISHED:
                return found
        return False

    def change(self, percent: int) -> None:
        """The share of dossiers on time, moved as the page's own control would."""
        states = self.state.rerun_script.widget_states
        states.Clear()
        if self.page == "live":
            scenario = {"scenario": {"on_time": str(percent / 100)}, **self.told}
            states.widgets.add(id=self.widget, json_value=json.dumps({"scenario": scenario}))
        else:
            states.widgets.add(id=self.widget).double_array_value.data.append(percent)

    def _find_widget(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.bidi_component.component_name == "index766_scenario":
            _, changing = json.loads(element.bidi_component.json)
            self.widget = element.bidi_component.id
            self.told = {"revision": changing["told"]["revision"], "unit": changing["unit"]}
            self.state.rerun_script.fragment_id = message.delta.fragment_id  # the page reruns this part alone
        elif element.slider.id.endswith("-on_time"):
            self.widget = element.slider.id


async def crowd(
    page: str, server: Server, count: int, seconds: int, unit: str, shown: list[dict[str, str]]
) -> tuple[list[float], float]:
    """Milliseconds that every change took, its wait behind late ones included, infinite if lost; and how many of
    processor time the server took for one."""
    rate = START / 100 if page == "live" else START
    taken: list[float] = []
    now = asyncio.get_running_loop().time

    async def reader(number: int) -> None:
        query = f"league={LEAGUE}&unit={unit}&on_time={rate}"
        address = f"ws://{server.host}/_stcore/stream"
        async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
            session = Session(connection, page, query)
            await session.run()
            ready.append(number)
            while len(ready) < count:
                await asyncio.sleep(0.1)
            if not begin:
                begin.update(at=now() + 1, cpu=server.cpu())
            start = begin["at"]
            for second in range(seconds):
                due = start + second + number / count
                await asyncio.sleep(max(0, due - now()))
                step = (second + number) % STEPS
                percent = START + 1 + step
                session.change(percent)
                told = {"link": f"on_time={percent / 100}"} if page == "live" else {"score": shown[step]["score"]}
                if not await session.run(**told):
                    raise RuntimeError("an answer lacks its change")
                taken.append(1e3 * (now() - due))

    ready: list[int] = []
    begin: dict[str, float] = {}
    readers = [asyncio.create_task(reader(n)) for n in range(count)]
    done, late = await asyncio.wait(readers, timeout=2 * seconds + 60)
    for task in late:
        task.cancel()
    for task in done:
        task.result()
    used = (server.cpu() - begin["cpu"]) / len(taken) if taken else np.inf
    return taken + [np.inf] * (count * seconds - len(taken)), used


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=20)
    asked.add_argument("--sessions", nargs="+", type=int, default=[1, 10, 50])
    asked.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES))
    options = asked.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    rows, busy = [], os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        tables.SAMPLES = samples(Path(folder), {})
        unit, shown = wanted(LEAGUE, STEPS)
        for page in options.pages:
            for count in options.sessions:
                with served(page, tables.SAMPLES) as server:
                    came, used = asyncio.run(crowd(page, server, count, options.seconds, unit, shown))
                taken = np.array(came)
                middle, p95 = np.percentile(taken, [50, 95], method="higher")
                rows.append({"page": page, "sessions": count, "median": middle, "p95": p95, "worst": taken.max()})
                rows[-1] |= {"server CPU": used, "changes": taken.size}
                rows[-1] |= {"late > 1 s": (taken > 1_000).sum(), "lost": np.isinf(taken).sum()}
    print(f"ms from a change to the end of its run, {CORES} cores (load average {busy:.1f} before)")
    print(pd.DataFrame(rows).to_string(index=False, float_format="%.0f"))


if __name__ == "__main__":
    main()
