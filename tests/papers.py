"""Every paper of every sample league and language, opened by LibreOffice and turned into pictures to be looked at.

    .venv/bin/python tests/papers.py DIR [PART OF A NAME]

It needs LibreOffice (Debian: libreoffice-writer, libreoffice-calc), Chromium and pdftoppm, is no part of the suite, and
ends in failure where a paper can't be opened or one page takes two; where no plan gets there, it says so.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from model.__main__ import main  # noqa: E402
from model.report.papers import PAPERS  # noqa: E402
from model.table.leagues import samples  # noqa: E402
from model.words.problems import LANGUAGES  # noqa: E402
from strategies import sample  # noqa: E402

EARLIER = {"dak_lak_2026-10-10": "dak_lak_2026-09-17", "an_giang_2025-10-16": "an_giang_2025-10-11"}


def commands() -> Iterator[tuple[str, list[str]]]:
    """(name of the paper's file, the command that writes it but for --out)."""
    for league in samples():
        base = sample(league)
        for place, row in (("first", 0), ("middle", base.ranked // 2), ("last", base.ranked - 1)):
            unit = int(base.by_rank[row])
            score = min(99.0, base.standing.score[unit] / 100 + 0.5)
            for language in LANGUAGES:
                for kind, endings in PAPERS.items():
                    for ending in endings:
                        options = [league, "--unit", base.league.codes[unit], "--lang", language]
                        options += ["--score", f"{score:.2f}"] if kind == "plan" else []
                        if kind != "plan" and league in EARLIER:
                            options += ["--since", EARLIER[league]]
                        yield f"{kind}_{league}_{place}_{language}{ending}", ["report", kind, *options]


def pages(folder: Path, path: Path) -> int:
    """How many pages a paper takes, each a picture beside it."""
    pdf = path.with_name(f"{path.name}.pdf")
    with tempfile.TemporaryDirectory() as profile:
        if path.suffix == ".html":
            where = ["--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={profile}"]
            subprocess.run(
                ["chromium", *where, f"--print-to-pdf={pdf}", path.as_uri()], check=True, capture_output=True
            )
        else:
            where = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--outdir", profile]
            subprocess.run(["soffice", *where, "--convert-to", "pdf", str(path)], check=True, capture_output=True)
            Path(profile, f"{path.stem}.pdf").replace(pdf)
    subprocess.run(["pdftoppm", "-r", "70", "-png", str(pdf), str(folder / path.name)], check=True)
    return len(list(folder.glob(f"{path.name}-*.png")))


def look(folder: Path, part: str) -> int:
    """How many papers failed."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name, command in commands():
        path = folder / name
        if part not in name:
            continue
        if main([*command, "--out", str(path)]) != 0:
            print(f"{name}: not made")
            continue
        if path.suffix != ".txt":
            found = pages(folder, path)
            wrong = found == 0 or path.suffix == ".html" and found != 1
            failed += wrong
            print(f"{name}: {found} page(s){' WRONG' if wrong else ''}")
    return failed


if __name__ == "__main__":
    sys.exit(min(1, look(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")))
