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
        for place, row in (("first", 0), ("middle", base.ranked // 2)):
            unit = int(base.by_rank[row])
            score = min(99.0, base.standing.score[unit] / 100 + 0.2)
            for language in LANGUAGES:
                for kind, endings in PAPERS.items():
                    for ending in endings:
                        options = [league, "--unit", base.league.codes[unit], "--lang", language]
                        options += ["--score", f"{score:.2f}"] if kind == "plan" else []
                        if kind != "plan" and league in EARLIER:
                            options += ["--since", EARLIER[league]]
                        yield f"{kind}_{league}_{place}_{language}{ending}", ["report", kind, *options]


def opened(papers: list[Path]) -> None:
    """Turns papers into PDF, the name of each with .pdf behind it: offices' own forms in one run of LibreOffice."""
    office = [path for path in papers if path.suffix in (".docx", ".xlsx")]
    with tempfile.TemporaryDirectory() as folder:
        profile = [f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        for ending in (".docx", ".xlsx"):
            files = [str(path) for path in office if path.suffix == ending]
            if files:
                command = ["soffice", *profile, "--convert-to", "pdf", "--outdir", folder, *files]
                subprocess.run(command, check=True, capture_output=True)
            for path in map(Path, files):
                Path(folder, f"{path.stem}.pdf").replace(f"{path}.pdf")
        for path in papers:
            if path.suffix == ".html":
                quiet = ["--headless", "--no-sandbox", "--no-pdf-header-footer", f"--user-data-dir={folder}/chromium"]
                command = ["chromium", *quiet, f"--print-to-pdf={path}.pdf", path.as_uri()]
                subprocess.run(command, check=True, capture_output=True)


def pages(path: Path) -> int:
    """How many pages a paper takes, each a picture beside it."""
    subprocess.run(["pdftoppm", "-r", "70", "-png", f"{path}.pdf", str(path)], check=True)
    return len(list(path.parent.glob(f"{path.name}-*.png")))


def look(folder: Path, part: str) -> int:
    """How many papers of one page take two; what can't be made is said, what can't be opened raises."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / name for name, command in commands() if part in name and _made(folder / name, command)]
    opened(made)
    failed = 0
    for path in made:
        if path.suffix != ".txt":
            found = pages(path)
            failed += path.suffix == ".html" and found != 1
            print(f"{path.name}: {found} page(s)")
    return failed


def _made(path: Path, command: list[str]) -> bool:
    print(path.name, flush=True)
    return main([*command, "--out", str(path)]) == 0


if __name__ == "__main__":
    sys.exit(min(1, look(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")))
