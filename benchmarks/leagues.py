"""Leagues to measure on: the samples, and tables of any size made of one of them."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from model.table import leagues as tables

SMALL, LARGE = "hanoi_2025-08-25", "large"  # 126 units; 3,321, as many as the country has communes
SIZES = {SMALL: 126, LARGE: 3_321}
HISTORY = "dated"  # the key, but for its day, of a league of many dates
_FROM = "dak_lak_2026-10-10"
_FIRST = "an_giang_2025-10-11"
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


def dated(folder: Path, days: int) -> str:
    """The key of the last of so many daily tables of An Giang's 102 communes, written to a folder of samples."""
    chance, key = np.random.default_rng(766), ""
    table = pd.read_csv(folder / f"{_FIRST}.csv").drop(columns=["published_score"])
    told = (folder / f"{_FIRST}.toml").read_text(encoding="utf-8")
    points = [column for column in table.columns if column.endswith("_points")]
    most = table[points].max().to_numpy()
    for n in range(days):
        day = date(2025, 10, 17) + timedelta(days=n)
        key = f"{HISTORY}_{day}"
        moved = table[points].to_numpy() + chance.normal(0, 0.02, (len(table), len(points)))
        table[points] = np.clip(moved, 0, most).round(2)
        table.to_csv(folder / f"{key}.csv", index=False)
        (folder / f"{key}.toml").write_text(told.replace("2025-10-11", day.isoformat()), encoding="utf-8")
    return key


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
