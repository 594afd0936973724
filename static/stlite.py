"""stlite as npm has it, less what none of our pages would ever load."""

import base64
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from downloads import Cannot

_CHUNK = re.compile(r"""["'`]\./([\w.\-]+\.js)["'`]""")
_ASSET = re.compile(r"assets/([\w.\-]+)")
_WORKER = re.compile(r"data:text/javascript;base64,([A-Za-z0-9+/=]+)")
_OLD_FONTS = (".ttf", ".woff")  # of each face there is a woff2, which every browser with WebAssembly takes


def copy(package: Path, unused: Iterable[str], inside: Path) -> None:
    """The needed chunks, what they name, and the worker, which stlite carries inside a string."""
    build, there = package / "build", inside / "stlite"
    there.mkdir()
    chunks = needed(build, tuple(f"{name}-" for name in unused))
    texts = {name: (build / name).read_text("utf-8") for name in [*chunks, "stlite.css"]}
    for name, text in texts.items():
        (there / name).write_text(text.split("\n//# sourceMappingURL=")[0], "utf-8")
    for name in sorted({name for text in texts.values() for name in _ASSET.findall(text)}):
        if not name.endswith(_OLD_FONTS):
            (there / "assets").mkdir(exist_ok=True)
            shutil.copy(build / "assets" / name, there / "assets")
    shutil.copytree(build / "wheels", there / "wheels")
    (inside / "stlite-worker.js").write_text(worker(texts.values()), "utf-8")


def first(inside: Path, names: Iterable[str]) -> list[str]:
    """The chunks of what the first page shows."""
    return [_one(inside, name) for name in names]


def _one(inside: Path, name: str) -> str:
    found = [file for file in (inside / "stlite").iterdir() if re.fullmatch(rf"{name}-.{{8}}-.{{8}}\.js", file.name)]
    if len(found) != 1:
        raise Cannot(f"stlite was expected to have one chunk {name}, but has {len(found)}")
    return found[0].relative_to(inside).as_posix()


def needed(build: Path, unused: tuple[str, ...]) -> list[str]:
    """The chunks reached from stlite's entrance without going through an unused one."""
    found, waiting = set[str](), ["stlite.js"]
    while waiting:
        name = waiting.pop()
        if name in found or name.startswith(unused) or not (build / name).exists():
            continue
        found.add(name)
        waiting += _CHUNK.findall((build / name).read_text("utf-8"))
    return sorted(found)


def worker(texts: Iterable[str]) -> str:
    """The source of stlite's worker."""
    found = [match for text in texts for match in _WORKER.findall(text)]
    if len(found) != 1:
        raise Cannot(f"stlite was expected to carry one worker, but has {len(found)}")
    return base64.b64decode(found[0]).decode().split("\n//# sourceMappingURL=")[0]
