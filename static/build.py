"""The whole app as a folder for any static web server: python static/build.py --out DIR [--self-hosted].

What goes in: the app's own files as they are, stlite from npm, the pure wheels of bundle.toml from PyPI, and Pyodide,
either from its public distribution at run time or, self-hosted, copied into the folder. Every input is pinned by its
hash; the same inputs give the same bytes; bundle.json in the folder lists all of them."""

import argparse
import json
import shutil
import sys
import tempfile
import tomllib
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import downloads as parts  # noqa: E402
import simulators  # noqa: E402
import stlite  # noqa: E402
from downloads import Cannot, Pins  # noqa: E402

from model.report import link  # noqa: E402
from pages.panel.panel_data import panel_text  # noqa: E402

WEB = Path(__file__).with_name("web")
PAGES = sorted(page.stem for page in (ROOT / "pages").glob("*.py"))
APP = ("app.py", "pages/**/*", "model/**/*", "sample_data/**/*.csv", "sample_data/**/*.toml", ".streamlit/config.toml")
SCRIPTS = ("boot.js", "boot.css", "busy.js", "media.js", "worker.js", "runtime.js", "pyodide.js")


def main(arguments: list[str] | None = None) -> None:
    """The folder built, or a sentence of why it can't be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--out", type=Path, required=True, help="the folder to build; an earlier bundle in it is replaced")
    add("--self-hosted", action="store_true", help="everything in the folder, no request to anywhere else")
    add("--packages", type=Path, help="a folder with Pyodide's wheels, to build without its distribution")
    add("--lock", type=Path, help="another pyodide-lock.json for the packages' hashes")
    add("--downloads", type=Path, help="a folder that keeps what was downloaded for the next build")
    asked = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            build(asked, Path(scratch))
    except Cannot as reason:
        raise SystemExit(f"build.py: {reason}") from None


def build(asked: argparse.Namespace, scratch: Path) -> None:
    """The folder, built in scratch and put in its place when it is whole."""
    if asked.out.exists() and any(asked.out.iterdir()) and not (asked.out / "bundle.json").exists():
        raise Cannot(f"{asked.out} holds something that is no bundle; name an empty folder")
    pins = Pins.load(asked.downloads or scratch / "downloads")
    new = scratch / "bundle"
    inside = new / "inside"
    inside.mkdir(parents=True)
    stlite.copy(pins.npm("stlite", scratch), pins.stlite["unused"], inside)
    runtime = pins.npm("pyodide", scratch)
    lock = parts.Lock(asked.lock or runtime / "pyodide-lock.json")
    packages = _packages(asked, pins, lock)
    start, later = _python(pins, packages, runtime, inside, scratch)
    index, module = pins.pyodide["distribution"], parts.MODULE
    if asked.self_hosted:
        index, module = "pyodide/", parts.copy_runtime(runtime, inside / "pyodide")
    for name in SCRIPTS:
        shutil.copy(WEB / name, inside)
    (inside / "memory.js").write_text(panel_text("memory.js") + "\nexport { recalled };\n", "utf-8")
    meanwhile = (ROOT / "pages/first/meanwhile.js").read_text("utf-8")
    (inside / "meanwhile.js").write_text(meanwhile + "\nexport { carried, handIn, handRests };\n", "utf-8")
    plan = {
        "pyodide": index,
        "module": index + module,
        "start": start,
        "later": later,
    }
    (inside / "parts.json").write_text(_json(plan), "utf-8")
    simulators.write(inside / "simulators")
    words = tomllib.loads((WEB / "words.toml").read_text("utf-8"))
    given = words | {
        "leagues": simulators.leagues(),
        "beyond": [*link.VIEW, *link.FIGURES],
        "first": stlite.first(inside, pins.stlite["first"]),
    }
    (inside / "given.js").write_text(f"export default {_json(given)}", "utf-8")
    _place(new, asked.out, _outer(new, plan, words))


def _packages(asked: argparse.Namespace, pins: Pins, lock: parts.Lock) -> dict[str, list[dict[str, Any]]]:
    """Pyodide's packages at the start and later: entries to fetch at run time, or wheels on disk."""
    found: dict[str, list[dict[str, Any]]] = {}
    for when in ("start", "later"):
        found[when] = []
        for entry in lock.closure(pins.pyodide[when], {pin["name"] for pin in pins.wheel}):
            one = {"name": entry["name"], "modules": entry["imports"]}
            if asked.self_hosted:
                try:
                    one["wheel"] = pins.pyodide_wheel(entry, asked.packages)
                except Cannot as reason:
                    if entry["name"] not in pins.pyodide["optional"]:
                        raise
                    print(f"build.py: left out, {reason}", file=sys.stderr)
                    continue
            else:
                one |= {"url": pins.pyodide["distribution"] + entry["file_name"], "format": "wheel"}
                one["sha256"] = entry["sha256"]
            found[when].append(one)
    return found


def _python(
    pins: Pins, packages: dict[str, list[dict[str, Any]]], runtime: Path, inside: Path, scratch: Path
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What Python needs, at the start and later, compiled and packed; the lists that the page and the hook go by."""
    folders = {"app": _app(scratch / "app"), "python": scratch / "python"}
    parts.unpack([*sorted((inside / "stlite" / "wheels").glob("*.whl")), *pins.wheels(later=False)], folders["python"])
    shutil.copytree(WEB / "python", folders["python"], dirs_exist_ok=True)
    shutil.rmtree(inside / "stlite" / "wheels")
    later = {wheel["name"]: wheel for wheel in pins.later()}
    here = [one for when in packages.values() for one in when if "wheel" in one]
    for one in here + list(later.values()):
        folders[one["name"]] = parts.unpack([one["wheel"]], scratch / "unpacked" / one["name"])
    parts.compile_all(runtime, folders.values())
    packed = {name: parts.pack(name, folder, inside) for name, folder in folders.items()}

    def entry(one: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in one.items() if k != "wheel"} | packed.get(one["name"], {})

    first = [*map(entry, packages["start"]), packed["python"], packed["app"] | {"app": True}]
    return first, [*map(entry, packages["later"]), *map(entry, later.values())]


def app_files() -> list[Path]:
    """The app's own files, as they lie in the repository."""
    files = {file for pattern in APP for file in ROOT.glob(pattern) if file.is_file()}
    return sorted(file for file in files if "__pycache__" not in file.parts)


def _app(folder: Path) -> Path:
    for file in app_files():
        there = folder / file.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, there)
    return folder


def _outer(new: Path, plan: dict[str, Any], words: dict[str, Any]) -> str:
    """What is named without a hash: the pages, the service worker and its list; the hash of all within."""
    digest = parts.digest(parts.listing(new / "inside"))
    (new / "inside").rename(new / digest)
    (new / digest / "simulators").rename(new / "simulators")  # an address that may be passed on, so it stays the same
    no_script = " ".join(words[language]["no_script"] for language in words)
    text = (WEB / "index.html").read_text("utf-8").replace("{build}", digest)
    text = text.replace("{no_script}", no_script).replace("{stuck}", _stuck(words))
    for page, up in [("", "./"), *((name, "../") for name in PAGES)]:
        (new / page).mkdir(exist_ok=True)
        (new / page / "index.html").write_text(text.replace("{up}", up), "utf-8")
    shutil.copy(WEB / "sw.js", new)
    (new / "files.js").write_text(f"self.BUNDLE = {_json(_kept(new / digest, plan))};\n", "utf-8")
    return digest


def _stuck(words: dict[str, Any]) -> str:
    """Why the app does not come, in each language, and the first screens, which come without it."""
    said = []
    for language, texts in words.items():
        why = "".join(f'<span class="{kind}">{escape(texts[kind])}</span>' for kind in ("disk", "late"))
        titles = simulators.titles(language).items()
        links = "".join(f'<li><a href="simulators/{name}">{escape(title)}</a></li>' for name, title in titles)
        said.append(f'<div lang="{language}"><p>{why}</p><ul>{links}</ul></div>')
    return "\n".join(said)


def _kept(inside: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """What the service worker keeps: every file within, and what the page fetches from Pyodide's distribution."""
    files = [f"{inside.name}/{one['name']}" for one in parts.listing(inside)]
    files += [f"simulators/{one['name']}" for one in parts.listing(inside.parent / "simulators")]
    afar = [one["url"] for one in [*plan["start"], *plan["later"]] if "://" in one["url"]]
    if "://" in plan["pyodide"]:
        afar += [plan["pyodide"] + name for name in parts.RUNTIME]
    lasting = [f"{inside.name}/", *([plan["pyodide"]] if afar else [])]
    return {"build": inside.name, "pages": ["", *PAGES], "lasting": lasting, "files": files + afar}


def _place(new: Path, out: Path, digest: str) -> None:
    taken: dict[str, Any] = {"build": digest, "app": parts.listing(ROOT, app_files()), "files": parts.listing(new)}
    (new / "bundle.json").write_text(_json(taken), "utf-8")
    if out.exists():
        shutil.rmtree(out)
    shutil.copytree(new, out)
    print(f"{out}: {len(taken['files'])} files, {sum(f['bytes'] for f in taken['files']) / 1e6:.1f} MB, build {digest}")


def _json(thing: Any) -> str:
    return json.dumps(thing, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
