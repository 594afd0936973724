"""What reading a national table takes, 3,321 units with all counts as workbook and CSV, beside plain pandas."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.engine import median
from benchmarks.leagues import LARGE, SIZES, synthetic
from model.table import leagues as tables
from model.table.reading.reading import read

PLAIN = {".xlsx": pd.read_excel, ".csv": pd.read_csv}


def main() -> None:
    """The table of a run, on standard output."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--units", type=int, default=SIZES[LARGE])
    units = asked.parse_args().units
    table = synthetic(units).convert_dtypes()
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{LARGE}{end}" for end in PLAIN]
        table.to_excel(paths[0], index=False)
        table.to_csv(paths[1], index=False)
        times = pd.DataFrame({path.suffix: _measured(path, units) for path in paths}).rename_axis(index="median ms")
    print(f"{units} units, {table.shape[1]} columns\n{times.to_string(float_format='%.0f')}")
    print(f"\nas multiples of plain pandas\n{(times / times.loc['plain pandas']).to_string(float_format='%.1f')}")


def _measured(path: Path, units: int) -> dict[str, float]:
    lists = tables.lists()

    def ours() -> None:
        league = read(path.read_bytes(), path.name, lists).league
        assert league is not None and len(league.codes) == units

    return {"plain pandas": median(lambda: PLAIN[path.suffix](path), 4), "model.readers": median(ours, 4)}


if __name__ == "__main__":
    main()
