"""What the bundle's test is built from: parts that can be had from the registries, and stand-ins of the test's own."""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.append(str(Path(__file__).parents[2] / "static"))
import downloads as parts  # noqa: E402

KEPT = Path(os.environ.get("INDEX766_DOWNLOADS", Path.home() / ".cache" / "index766-bundle"))
STANDIN = Path(__file__).with_name("standin")
_CARRIER = "open-webui==0.8.12"  # PyPI's wheel of it carries Pyodide's builds of numpy, pandas and pillow; test only
_INSIDE = "open_webui/frontend/pyodide/"
_MARKUPSAFE = "markupsafe==3.0.2"


def packages(folder: Path) -> Path:
    """A folder with the wheels that Pyodide's distribution would give; the lock for it, stand-ins included."""
    folder.mkdir(parents=True, exist_ok=True)
    known = _lock()
    for name in ("numpy", "pandas", "pillow"):
        _carried(known["packages"][name], folder)
    _pack(known["packages"]["fastparquet"], folder, _files(STANDIN))
    _pack(known["packages"]["markupsafe"], folder, _markupsafe())
    known["packages"]["fastparquet"]["depends"] = ["numpy", "pandas"]
    theirs = folder / "pyodide-lock.json"
    theirs.write_text(json.dumps(known))
    return theirs


def runtime(scratch: Path) -> Path:
    """Pyodide's runtime as the pinned package of npm has it."""
    return parts.Pins.load(KEPT).npm("pyodide", scratch)


def distribution() -> str:
    """The address of Pyodide's public distribution."""
    found: str = parts.Pins.load(KEPT).pyodide["distribution"]
    return found


def _lock() -> dict[str, Any]:
    """Pyodide's own lock."""
    with TemporaryDirectory() as scratch:
        known: dict[str, Any] = json.loads((runtime(Path(scratch)) / "pyodide-lock.json").read_text())
    return known


def _carried(entry: dict[str, Any], folder: Path) -> None:
    """A real wheel, checked against the real lock."""
    file = folder / entry["file_name"]
    if not file.exists():
        with zipfile.ZipFile(_download(_CARRIER, "--only-binary", ":all:")) as carrier:
            file.write_bytes(carrier.read(_INSIDE + entry["file_name"]))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"], f"{file.name} is not what the lock pins"


def _pack(entry: dict[str, Any], folder: Path, files: dict[str, bytes]) -> None:
    """A stand-in as a wheel under the real one's name, its hash put in the lock."""
    file = folder / entry["file_name"]
    with zipfile.ZipFile(file, "w") as archive:
        for name, body in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), body)
    entry["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()


def _files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*.py"))}


def _markupsafe() -> dict[str, bytes]:
    """MarkupSafe's own Python files, which do without its compiled ones."""
    with tarfile.open(_download(_MARKUPSAFE, "--no-binary", ":all:")) as archive:
        found = {}
        for member in archive.getmembers():
            if "/src/markupsafe/" in member.name and member.name.endswith(".py"):
                taken = archive.extractfile(member)
                assert taken is not None
                found[f"markupsafe/{Path(member.name).name}"] = taken.read()
    return found


def _download(what: str, *options: str) -> Path:
    """A file of PyPI's, kept for the next time."""
    stem = what.partition("==")[0].replace("-", "_")
    found = next(KEPT.glob(f"{stem}-*"), None)
    if found is None:
        KEPT.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *options, "-d", str(KEPT), what]
        subprocess.run(command, check=True)
        found = next(KEPT.glob(f"{stem}-*"))
    return found
