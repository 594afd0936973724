"""What the build takes, lists and refuses."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from bundle.conftest import ROOT, build

APP = ("app.py", "pages", "model", "sample_data", ".streamlit/config.toml")


def listed(bundle: Path) -> dict:
    return json.loads((bundle / "bundle.json").read_text())


def test_the_app_is_in_it_file_by_file_as_it_is(bundle: Path) -> None:
    inside = bundle / listed(bundle)["build"]
    with zipfile.ZipFile(inside / "python" / "app.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist() if "__pycache__" not in name}
    assert packed == {name: (ROOT / name).read_bytes() for name in packed}
    ours = {str(file.relative_to(ROOT)) for top in APP for file in [ROOT / top, *(ROOT / top).rglob("*")]}
    kinds = (".py", ".toml", ".csv", ".js", ".css", ".html")
    assert {name for name in ours if name.endswith(kinds)} - set(packed) == {"sample_data/make_hanoi.py"}


def test_the_list_names_every_file_with_its_size_and_hash(bundle: Path) -> None:
    found = {file.relative_to(bundle).as_posix(): file for file in bundle.rglob("*") if file.is_file()}
    found.pop("bundle.json")
    about = {one["name"]: (one["bytes"], one["sha256"]) for one in listed(bundle)["files"]}
    assert about == {name: (f.stat().st_size, hashlib.sha256(f.read_bytes()).hexdigest()) for name, f in found.items()}
    for one in listed(bundle)["app"]:
        assert hashlib.sha256((ROOT / one["name"]).read_bytes()).hexdigest() == one["sha256"]


def test_the_same_inputs_give_the_same_bytes(bundle: Path, standins: list[str], tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert build(again, "--self-hosted", *standins).returncode == 0
    assert listed(again) == listed(bundle)


def test_by_default_pyodide_comes_from_its_distribution_and_its_packages_are_pinned(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert build(out).returncode == 0
    parts = json.loads((out / listed(out)["build"] / "parts.json").read_text())
    afar = {part["name"]: part for part in [*parts["start"], *parts["later"]] if "://" in part["url"]}
    assert {"numpy", "pandas", "fastparquet", "cramjam", "MarkupSafe"} <= set(afar)
    assert all(part["url"].startswith(parts["pyodide"]) and len(part["sha256"]) == 64 for part in afar.values())
    assert not (out / listed(out)["build"] / "pyodide").exists()


def test_an_earlier_bundle_is_replaced_and_anything_else_is_left_alone(bundle: Path, tmp_path: Path) -> None:
    keep = tmp_path / "letters"
    keep.mkdir()
    (keep / "letter.txt").write_text("dear reader")
    done = build(keep)
    assert done.returncode != 0 and "no bundle" in done.stderr and "Traceback" not in done.stderr
    assert (keep / "letter.txt").read_text() == "dear reader"


@pytest.mark.parametrize("harm", ["changed", "lacking"])
def test_a_package_that_is_not_the_pinned_one_is_refused(harm: str, standins: list[str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(standins[1], tmp_path / "packages"))
    wheel = next(folder.glob("numpy-*.whl"))
    if harm == "changed":
        wheel.write_bytes(wheel.read_bytes() + b"!")
    else:
        wheel.unlink()
    done = build(tmp_path / "out", "--self-hosted", "--packages", str(folder), "--lock", standins[3])
    assert done.returncode != 0 and wheel.name in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
