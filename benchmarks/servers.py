"""The pages compared, each served by a process of its own on a free port of the loopback.

As a program, `python -m benchmarks.servers SAMPLES PAGE …`: Streamlit on a page that reads its leagues from a folder.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
SLIDERS = ROOT / "benchmarks" / "sliders.py"
PAGES = {  # page: its script, what Streamlit is told beyond what the script's own .streamlit/config.toml says
    "ordinary": (SLIDERS, ["--", "ordinary"]),
    "slider at its best": (SLIDERS, ["--runner.postScriptGC=false", "--runner.magicEnabled=false", "--", "ready"]),
    "live": (ROOT / "app.py", []),
}
OTHERS: dict[str, tuple[Path, list[str]]] = {  # for openings alone
    "empty": (ROOT / "benchmarks" / "empty.py", []),  # what any Streamlit app costs to open
}
_ALL = [
    "--server.address=127.0.0.1",
    "--server.headless=true",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
]


@dataclass
class Server:
    """A page's server: its host and port, and the process that it is."""

    host: str
    pid: int

    def cpu(self) -> float:
        """Milliseconds of processor time that the process has taken, in steps of ten."""
        used = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return 1e3 * sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(page: str, samples: Path) -> Iterator[Server]:
    """A page's server, which ends with the context."""
    script, told = (PAGES | OTHERS)[page]
    host = f"127.0.0.1:{_free_port()}"
    with TemporaryDirectory() as elsewhere:  # so that only the app is started on the app's configuration
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "benchmarks.servers",
                samples,
                script,
                f"--server.port={host.split(':')[1]}",
                *_ALL,
                *told,
            ],
            cwd=elsewhere,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(host, server)
            yield Server(host, server.pid)
        finally:
            server.terminate()
            server.wait(10)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(host: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            with urlopen(f"http://{host}/_stcore/health", timeout=1):
                return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError(f"no server at {host}")


if __name__ == "__main__":
    from streamlit.web import cli

    from model.table import leagues as tables

    tables.SAMPLES = Path(sys.argv[1])
    sys.argv = ["streamlit", "run", *sys.argv[2:]]
    cli.main()
