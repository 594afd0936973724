"""Leagues to measure on: the samples, and tables of any size made of one of them."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from model.table import leagues as tables

SMALL, LARGE = "hanoi_2025-08-25", "large"  # 126 units; 3,321, as many as the country has communes
SIZES = {SMALL: 126, LARGE: 3_321}
_FROM = "dak_lak_2026-10-10"
_MODELLED = ("progress", "online_payment", "satisfaction", "digitization")  # components with every criterion counted


def samples(folder: Path, sizes: dict[str, int]) -> Path:
    """A folder of the sample leagues and of synthetic ones {name: units}, for model.tables.SAMPLES.

    A table holds up to about 24,000 units: beyond, a file has more cells than are read.
    """
    shutil.copytree(tables.SAMPLES, folder, dirs_exist_ok=True)
    for name, units in sizes.items():
        synthetic(units).to_csv(folder / f"{name}.csv", index=False)
        shutil.copy(tables.SAMPLES / f"{_FROM}.toml", folder / f"{name}.toml")
    return folder


def synthetic(units: int) -> pd.DataFrame:
    """A table of so many units: the communes of Đắk Lắk over and over, their counts scaled at random, fixed seed."""
    chance = np.random.default_rng(766)
    table = pd.read_csv(tables.SAMPLES / f"{_FROM}.csv")
    table = table.drop(columns=["published_score", "published_rank", *(f"{key}_points" for key in _MODELLED)])
    table = table.loc[np.arange(units) % len(table)].reset_index(drop=True)
    size, success = chance.uniform(0.5, 2, units), chance.uniform(0.9, 1, units)
    for column in table.columns:
        if column.endswith("_due"):
            table[column] = np.round(table[column] * size)
        elif column.endswith("_done"):
            table[column] = np.floor(np.round(table[column] * size) * success)
    numbers = pd.Series(np.arange(units).astype(str))
    return table.assign(unit_code="S" + numbers, unit_name=table["unit_name"] + " " + numbers)
