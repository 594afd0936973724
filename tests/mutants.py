"""Mutation testing of one part of tests/mutants.toml: a sample of small faults, and which of them no test notices.

mutmut does the work, in a copy of the tree (.mutants/PART), one fault after the other in a fork of a warm process. What
it can't change is proved elsewhere or by eye: decorated functions (properties, caches) and what stands outside functions.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
CAUGHT = {"1", "3", "24", "-24", "36", "152", "255"}  # a test failed, or ran on without end
UNTESTED = {"5", "33"}


def main() -> int:
    """The exit code: 0 where the part's share is reached."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", choices=TABLE["parts"])
    asked.add_argument("--sample", type=int, default=200)
    asked.add_argument("--seed", type=int, default=766)
    options = asked.parse_args()
    part = TABLE["parts"][options.part]
    tree = copied(ROOT / ".mutants" / options.part)
    mutmut = [sys.executable, "-m", "mutmut"]
    configure(tree, part)
    env = os.environ | {"HYPOTHESIS_PROFILE": "mutants", "PYTHONDONTWRITEBYTECODE": "1"}
    generate = "from mutmut.__main__ import *; set_mutant_under_test('mutant_generation'); copy_src_dir(); create_mutants(1)"
    subprocess.run([sys.executable, "-c", generate], cwd=tree, env=env, check=True, stdout=subprocess.DEVNULL)
    every = sorted(codes(tree))
    names = sorted(random.Random(options.seed).sample(every, min(options.sample, len(every))))
    run = [*mutmut, "run", "--max-children", "1", *names]
    ran = subprocess.run(run, cwd=tree, env=env, capture_output=True, text=True)
    if ran.returncode:
        sys.exit(ran.stdout + ran.stderr)
    return report(tree, names, len(every), part["least"])


def copied(tree: Path) -> Path:
    """The files that git knows or would take, copied to an empty folder."""
    shutil.rmtree(tree, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    return tree


def configure(tree: Path, part: dict[str, list[str]]) -> None:
    """mutmut's own configuration, written for one part: all is copied, the part's files are changed."""
    files = sorted(str(path.relative_to(tree)) for name in part["files"] for path in tree.glob(name))
    sources = sorted({name.split("/")[0] for name in files} | {"model"})
    beside = [path.name for path in tree.iterdir() if path.name not in (*sources, "tests")]
    settings = {
        "source_paths": sources,
        "only_mutate": files,
        "also_copy": beside,
        "pytest_add_cli_args": ["-p", "no:cacheprovider", *part.get("args", ())],
        "pytest_add_cli_args_test_selection": [name for name in part["tests"] if (tree / name).exists()],
        "timeout_multiplier": ["4"],
        "timeout_constant": ["4"],
        "use_git_change_detection": ["false"],
    }
    lines = [f"{key} =" + "".join(f"\n    {value}" for value in values) for key, values in settings.items()]
    for key in ("timeout_multiplier", "timeout_constant", "use_git_change_detection"):
        lines = [line.replace("=\n    ", "= ") if line.startswith(key) else line for line in lines]
    (tree / "setup.cfg").write_text("[mutmut]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def codes(tree: Path) -> dict[str, str]:
    """{mutant: how its tests ended}, of all that were made."""
    found = {}
    for path in (tree / "mutants").rglob("*.py.meta"):
        found |= {name: str(code) for name, code in json.loads(path.read_text())["exit_code_by_key"].items()}
    return found


def report(tree: Path, names: list[str], every: int, least: int) -> int:
    """Prints who lived, with the line that was changed, and the share caught of those that change anything."""
    ended, told = codes(tree), Counter[str]()
    for name in names:
        if ended[name] in CAUGHT:
            told["caught"] += 1
            continue
        shown = subprocess.run([sys.executable, "-m", "mutmut", "show", name], cwd=tree, capture_output=True, text=True)
        lines = [line for line in shown.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        was, is_now = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
        why = next((e["why"] for e in TABLE["equivalent"] if was.replace(e["was"], e["becomes"]) == is_now), None)
        kind = "equivalent" if why else "untested" if ended[name] in UNTESTED else "alive"
        told[kind] += 1
        print(f"\n{kind}: {name} ({ended[name]})" + (f": {why}" if why else ""), *lines, sep="\n")
    share = 100 * told["caught"] / max(1, len(names) - told["equivalent"])
    print(f"\n{len(names)} of {every} mutants: {dict(told)}; caught {share:.1f} %, wanted {least} %")
    return 0 if share >= least else 1


if __name__ == "__main__":
    sys.exit(main())
