"""Bytecode of the folders that compile.mjs has mounted; run by Pyodide, so it is the bytecode that Pyodide reads.

Beside a package's files it stands instead of the source, which nobody reads in a browser; beside the app's own, of
which every byte stays as it is, it stands in __pycache__."""

import py_compile
from importlib.util import cache_from_source
from pathlib import Path

MODE = py_compile.PycInvalidationMode.UNCHECKED_HASH  # depends on nothing but the source

SOURCE = "altair/utils/_importers.py"  # stlite loads this one as source, to patch it


def compile_below(folder: Path, keep: bool) -> None:
    """All of a folder's Python files compiled."""
    for source in sorted(folder.rglob("*.py")):
        name = str(source.relative_to(folder))
        if name == SOURCE:
            continue
        compiled = Path(cache_from_source(str(source))) if keep else source.with_suffix(".pyc")
        try:
            py_compile.compile(str(source), str(compiled), dfile=name, doraise=True, invalidation_mode=MODE)
        except py_compile.PyCompileError:
            continue  # a template or a test of bad syntax: left as it is, and never imported
        if not keep:
            source.unlink()


for one in sorted(Path("/folders").iterdir()):
    compile_below(one, keep=(one / "app.py").exists())
