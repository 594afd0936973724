"""The bundle's parts: fetched by their registries' own clients, compared with their hashes, compiled and packed."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
MODULE = "pyodide.mjs"
RUNTIME = (MODULE, "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
_EPOCH = (2020, 1, 1, 0, 0, 0)  # every file's time in an archive, so that the same files give the same archive
_LEFT_OUT = ("RECORD", "INSTALLER", "WHEEL", ".pyi", ".h", ".pxd", ".pyx")


class Cannot(Exception):
    """A reason why there can be no bundle, in a sentence."""


@dataclass(frozen=True)
class Pins:
    """bundle.toml, and the folder where what it names is kept."""

    stlite: dict[str, Any]
    pyodide: dict[str, Any]
    wheel: list[dict[str, Any]]
    downloads: Path

    @classmethod
    def load(cls, downloads: Path) -> "Pins":
        """The pins as the file has them."""
        downloads.mkdir(parents=True, exist_ok=True)
        return cls(**tomllib.loads((_HERE / "bundle.toml").read_text("utf-8")), downloads=downloads.resolve())

    def npm(self, name: str, scratch: Path) -> Path:
        """A package of npm, unpacked."""
        pin = getattr(self, name)
        file = self.downloads / f"{name}-{pin['version']}.tgz"
        if not file.exists():
            spec = f"{pin['package']}@{pin['version']}"
            packed = _run("npm", "pack", "--silent", "--pack-destination", str(self.downloads), spec)
            (self.downloads / packed.split()[-1]).rename(file)
        expected = pin["integrity"].removeprefix("sha512-")
        if base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode() != expected:
            raise Cannot(f"{file.name} is not the file that bundle.toml pins (its sha512 differs)")
        with tarfile.open(file) as archive:
            archive.extractall(scratch / name, filter="data")
        return scratch / name / "package"

    def wheels(self, later: bool) -> list[Path]:
        """The pure wheels for the start, or for later."""
        chosen = [pin for pin in self.wheel if pin.get("later", False) == later]
        return [self._wheel(pin) for pin in chosen]

    def later(self) -> list[dict[str, Any]]:
        """The pure wheels for later, each with the modules that are looked for in it."""
        found = [{"name": pin["name"], "wheel": self._wheel(pin)} for pin in self.wheel if pin.get("later", False)]
        return [one | {"modules": _modules(one["wheel"])} for one in found]

    def pyodide_wheel(self, entry: dict[str, Any], folder: Path | None) -> Path:
        """A package of Pyodide's, from a folder or else from the public distribution."""
        name = entry["file_name"]
        file = (folder or self.downloads) / name
        if not file.exists() and folder is not None:
            raise Cannot(f"{name} is not in {folder}")
        if not file.exists():
            try:
                with urllib.request.urlopen(self.pyodide["distribution"] + name, timeout=60) as answer:
                    file.write_bytes(answer.read())
            except OSError as error:
                raise Cannot(f"{name} could not be had from Pyodide's distribution ({error}); see --packages") from None
        _check(file, entry["sha256"], "Pyodide's lock")
        return Path(file)

    def _wheel(self, pin: dict[str, Any]) -> Path:
        stem = f"{pin['name'].replace('-', '_')}-{pin['version']}-"
        found = next(self.downloads.glob(f"{stem}*.whl"), None)
        if found is None:
            wanted = self.downloads / "requirements.txt"
            wanted.write_text(f"{pin['name']}=={pin['version']} --hash=sha256:{pin['sha256']}\n", "utf-8")
            _run(
                *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"),
                *("--require-hashes", "--only-binary", ":all:", "--platform", "any", "--implementation", "py"),
                *("--abi", "none", "--python-version", "3.13", "-d", str(self.downloads), "-r", str(wanted)),
            )
            found = next(self.downloads.glob(f"{stem}*.whl"), None)
            if found is None:
                raise Cannot(f"pip brought no wheel of {pin['name']} {pin['version']}")
        _check(found, pin["sha256"], "bundle.toml")
        return found


class Lock:
    """Which packages Pyodide's distribution holds, with their hashes."""

    def __init__(self, file: Path) -> None:
        self._file, self._packages = file, json.loads(file.read_text("utf-8"))["packages"]

    def package(self, name: str) -> dict[str, Any]:
        """One package's entry."""
        if name not in self._packages:
            raise Cannot(f"{self._file.name} lists no package {name}")
        found: dict[str, Any] = self._packages[name]
        return found

    def closure(self, names: Iterable[str], had: set[str]) -> list[dict[str, Any]]:
        """Packages with all that they need, unless it is had from elsewhere."""
        found, waiting = dict[str, dict[str, Any]](), list(names)
        while waiting:
            name = waiting.pop(0)
            if name not in found and name not in had:
                found[name] = self.package(name)
                waiting += found[name]["depends"]
        return list(found.values())


def unpack(wheels: Iterable[Path], folder: Path) -> Path:
    """Wheels unpacked into a folder, without what no program reads; their licences stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if not name.endswith(_LEFT_OUT)])
    return folder


def compile_all(runtime: Path, folders: Iterable[Path]) -> None:
    """Bytecode beside or instead of the folders' sources, by the runtime that will run it."""
    _run("node", str(_HERE / "compile.mjs"), str(runtime), str(_HERE / "compile.py"), *map(str, folders))


def pack(name: str, folder: Path, inside: Path) -> dict[str, Any]:
    """A folder as an archive, and its entry in the list of parts."""
    (inside / "python").mkdir(exist_ok=True)
    file = inside / "python" / f"{name}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for one in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(one.relative_to(folder).as_posix(), _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, one.read_bytes())
    return {"name": name, "url": f"python/{file.name}", "format": "zip"} | _sizes(file)


def copy_runtime(runtime: Path, folder: Path) -> str:
    """Pyodide's own files, as npm has them; the name of its module, which not every server takes for a script."""
    folder.mkdir()
    for name in RUNTIME:
        shutil.copy(runtime / name, folder)
    return (folder / MODULE).rename(folder / "pyodide-module.js").name


def listing(folder: Path, files: Iterable[Path] | None = None) -> list[dict[str, Any]]:
    """Files with sizes and hashes."""
    chosen = files if files is not None else (path for path in folder.rglob("*") if path.is_file())
    return [{"name": file.relative_to(folder).as_posix()} | _sizes(file) for file in sorted(chosen)]


def digest(files: list[dict[str, Any]]) -> str:
    """A short name for exactly these files."""
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]


def _sizes(file: Path) -> dict[str, Any]:
    body = file.read_bytes()
    return {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}


def _check(file: Path, expected: str, where: str) -> None:
    if hashlib.sha256(file.read_bytes()).hexdigest() != expected:
        raise Cannot(f"{file.name} is not the file that {where} pins (its sha256 differs)")


def _modules(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(name.split("/")[0] for name in archive.namelist() if name.split("/")[1:] == ["__init__.py"])


def _run(*command: str) -> str:
    program = shutil.which(command[0])  # Windows has npm as npm.cmd, which only a full path starts
    if program is None:
        raise Cannot(f"{command[0]} is not installed on this machine")
    done = subprocess.run((program, *command[1:]), capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Cannot(f"{' '.join(command[:4])} failed: {' '.join(last)}")
    return done.stdout
