"""Mutation testing of one part of tests/mutants.toml: a sample of small faults, and which of them no test notices.

mutmut does the work, in a copy of the tree (.mutants/PART), one fault after the other in a fork of a warm process.
It changes neither decorated functions (properties, caches) nor what stands outside functions.
"""

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ENDS = {1: "caught", 3: "caught", 5: "untested", 33: "untested"}  # how pytest ends, or mutmut in its stead
ENDS |= dict.fromkeys((24, -24, 36, 152, 255), "endless")
MUTMUT = [sys.executable, "-m", "mutmut"]
GENERATE = "from mutmut import __main__ as m; m.set_mutant_under_test('mutant_generation'); m.copy_src_dir(); "
GENERATE += "m.create_mutants(1)"


def main() -> int:
    """The exit code: 0 where the part's share is reached."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", choices=TABLE["parts"])
    asked.add_argument("--sample", type=int, default=200)
    asked.add_argument("--seed", type=int, default=766)
    options = asked.parse_args()
    part, tree = TABLE["parts"][options.part], ROOT / ".mutants" / options.part
    copy(tree)
    configure(tree, part)
    mutmut(tree, [sys.executable, "-c", GENERATE])
    left_out = naming(tree, set(part.get("without", ())))
    every = sorted(name for name in ends(tree) if function(name) not in left_out)
    names = sorted(random.Random(options.seed).sample(every, min(options.sample, len(every))))
    mutmut(tree, [*MUTMUT, "run", "--max-children", "1", *names])
    told = report(tree, names)
    share = 100 * (told["caught"] + told["endless"]) / max(1, len(names) - told["equivalent"])
    print(f"\n{len(names)} of {len(every)} (seed {options.seed}): {dict(told)}")
    print(f"{share:.1f} % caught of those that change anything, at least {part['least']} % wanted")
    return int(share < part["least"])


def copy(tree: Path) -> None:
    """The files that git knows or would take, copied to an empty folder."""
    shutil.rmtree(tree, ignore_errors=True)
    listing = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # not what has been deleted and still is in the index
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)


def configure(tree: Path, part: Mapping[str, Any]) -> None:
    """mutmut's own configuration for one part: everything is copied, the part's files are changed."""
    files = sorted(str(path.relative_to(tree)) for name in part["files"] for path in tree.glob(name))
    sources = sorted({name.split("/")[0] for name in files} | {"model"})
    beside = [path.name for path in tree.iterdir() if path.name not in (*sources, "tests")]
    tests = [str(path.relative_to(tree)) for name in part["tests"] for path in sorted(tree.glob(name))]
    if not files or not tests:
        sys.exit("tests/mutants.toml names files or tests that are not there")
    settings = {
        "source_paths": sources,
        "only_mutate": files,
        "also_copy": beside,
        "pytest_add_cli_args": ["-p", "no:cacheprovider", *part.get("args", ())],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} =" + "".join(f"\n    {value}" for value in values) for key, values in settings.items()]
    lines += ["timeout_multiplier = 4", "timeout_constant = 4", "use_git_change_detection = false"]
    (tree / "setup.cfg").write_text("\n".join(["[mutmut]", *lines, ""]), encoding="utf-8")


def mutmut(tree: Path, command: list[str]) -> None:
    """Runs a command in the copy, silent unless it fails."""
    env = os.environ | {"HYPOTHESIS_PROFILE": "mutants"}
    ran = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)


def ends(tree: Path) -> dict[str, int | None]:
    """{mutant: how its tests ended}, of all that were made; None where they have not been run."""
    found: dict[str, int | None] = {}
    for path in (tree / "mutants").rglob("*.py.meta"):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def function(mutant: str) -> tuple[str, str]:
    """Module and name of the function that a mutant changes: of "a.b.x_f__mutmut_1", a.b and f."""
    module, _, mangled = mutant.rpartition(".")
    return module, mangled.rsplit("__mutmut_", 1)[0].removeprefix("x_").rpartition("ǁ")[2]


def naming(tree: Path, names: set[str]) -> set[tuple[str, str]]:
    """Functions, as `function` gives them, that speak of any of those names."""
    found = set()
    for path in tree.glob("pages/**/*.py") if names else ():
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            spoken = {part.id for part in ast.walk(made) if isinstance(part, ast.Name)}
            if isinstance(made, ast.FunctionDef) and names & spoken:
                found.add((".".join(path.relative_to(tree).with_suffix("").parts), made.name))
    return found


def report(tree: Path, names: list[str]) -> Counter[str]:
    """How many were caught (or ran on without end), equivalent, alive or reached by no test; prints the last three."""
    ended, told = ends(tree), Counter[str]()
    for name in names:
        kind = ENDS.get(ended[name], "alive")
        if kind in ("caught", "endless"):
            told[kind] += 1
            continue
        shown = subprocess.run([*MUTMUT, "show", name], cwd=tree, capture_output=True, text=True).stdout
        lines = [line for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        was, becomes = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
        why = next((e["why"] for e in TABLE["equivalent"] if was.replace(e["was"], e["becomes"]) == becomes), "")
        kind = "equivalent" if why else kind
        told[kind] += 1
        print(f"\n{kind}: {name} {why}", *lines, sep="\n")
    return told


if __name__ == "__main__":
    sys.exit(main())
