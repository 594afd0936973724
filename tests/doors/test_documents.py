"""What README, CONTRIBUTING and the docstrings tell one to type does what they say."""

import doctest
import importlib
import re
import shlex
from pathlib import Path

import openpyxl
import pytest

import model
from model.__main__ import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
INDENTED = re.compile(r"^    (\S.*?)(?:\s{2,}#.*)?$", re.MULTILINE)
COMMANDS = [line for line in INDENTED.findall(README) if line.startswith("python -m model ")]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in [ROOT / "model/__init__.py", *(ROOT / "model").rglob("[!_]*.py")]
    if ">>> " in path.read_text(encoding="utf-8")
)


def test_readme_shows_every_command_there_is() -> None:
    assert len(COMMANDS) >= 6
    assert {line.split()[3] for line in COMMANDS} >= {"score", "whatif", "plan", "chances", "file"}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_readme_runs(line, tmp_path, monkeypatch, capsys):
    typed, _, to = line.removeprefix("python -m model ").partition(" > ")
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    book.active.title = "Tháng 9"
    for row in (["Đơn vị", "Điểm thẩm định"], ["Xã Krông Bông", 69.4], ["Xã Đắk Liêng", 69.54]):
        book.active.append(row)
    book.save(tmp_path / "my_table.xlsx")
    if "plan.xlsx" in typed:
        plan = (
            "report plan dak_lak_2026-10-10 --unit H15.141 --rank 30 --by 2026-12-31 --today 2026-10-11 --out plan.xlsx"
        )
        assert main(shlex.split(plan)) == 0
        capsys.readouterr()
    assert main(shlex.split(typed)) == 0, capsys.readouterr().err
    written = re.search(r"--out (\S+)", typed)
    assert written is None or (tmp_path / written[1]).stat().st_size > 1000
    assert capsys.readouterr().out.startswith("" if written else "<!doctype html>" if to else "{")


@pytest.mark.parametrize("name", MODULES)
def test_an_example_in_a_docstring_holds(name):
    found = doctest.testmod(importlib.import_module(name.removesuffix(".__init__")))
    assert found.attempted and not found.failed


def test_the_public_names_are_there_and_are_no_rooms() -> None:
    rooms = {path.name for path in (ROOT / "model").iterdir() if path.is_dir()}
    assert all(hasattr(model, name) for name in model.__all__)
    assert not rooms & set(model.__all__) and len(model.__all__) == len(set(model.__all__))


def test_what_the_setup_commands_install_is_what_ci_installs() -> None:
    run, tests = [line for line in INDENTED.findall(README) if "pip install" in line or line == "tests/run"]
    assert "-r requirements.txt -c constraints.txt" in run and run.endswith("streamlit run app.py")
    assert "-r tests/requirements.txt -c constraints.txt" in (ROOT / "tests/run").read_text(encoding="utf-8")
    assert re.search(rf"^{tests} ", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_direct_requirement_is_pinned_as_it_is_in_the_constraints() -> None:
    pins = dict(re.findall(r"^([\w-]+)==(\S+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("requirements.txt", "tests/requirements.txt"):
        for package, version in re.findall(
            r"^([\w-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert pins[package.lower()] == version, package


def test_where_contributing_says_that_a_thing_goes_there_is_such_a_place() -> None:
    said = re.findall(r"`((?:model|pages|tests|sample_data|benchmarks|static)/[\w./]*)`", CONTRIBUTING)
    assert len(said) > 10
    assert not [place for place in said if "NAME" not in place and not (ROOT / place).exists()]
