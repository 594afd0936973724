"""Whom a unit is compared with: the one at a rank, or a group of peers with its median and its best quarter."""

import numpy as np

from model.rules.formulas import hundredths
from model.score.baseline import Baseline
from model.table.league import kind_of

GROUPS = ("kind", "volume", "alike", "list")  # of the same kind, of a similar volume, both, or as listed
SIMILAR = 0.2  # by which share a similar volume may differ
_FEWEST = 4  # units of which a quarter can be told


def at_rank(base: Baseline, rank: int) -> int:
    """The row of the unit at a rank from 1 to the ranked; of units that share a rank, in the order of the table."""
    return int(base.by_rank[rank - 1])


def volume(base: Baseline) -> np.ndarray:
    """Dossiers received, (n,), the most that any lever of theirs counts; nan where none is known."""
    dossiers = [i for i, lever in enumerate(base.edition.levers) if lever.group == "dossiers"]
    found: np.ndarray = np.fmax.reduce(base.anchors.due[:, dossiers], axis=1, initial=np.nan)
    return found


def groups(base: Baseline, unit: int) -> tuple[str, ...]:
    """The groups that a unit can be compared with: by kind where there are several, by volume where it is known."""
    kinds = len({kind_of(name) for name in base.league.names}) > 1
    known = not np.isnan(volume(base)[unit])
    return tuple(one for one in GROUPS if one == "list" or {"kind": kinds, "volume": known}.get(one, kinds and known))


def group(base: Baseline, unit: int, which: str, listed: tuple[str, ...] = ()) -> np.ndarray:
    """Rows of the ranked peers of a group in order of rank, without the unit itself; `listed` are codes."""
    names, codes, received = base.league.names, base.league.codes, volume(base)
    kind = np.array([kind_of(name) == kind_of(names[unit]) for name in names])
    similar = np.abs(received - received[unit]) <= SIMILAR * received[unit]
    chosen = {"kind": kind, "volume": similar, "alike": kind & similar, "list": np.isin(codes, listed)}[which]
    rows = base.by_rank[: base.ranked]
    found: np.ndarray = rows[chosen[rows] & (rows != unit)]
    return found


def points_of(base: Baseline, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Median and best quarter of every component, of what is held and of the score, (components + 2,) hundredths."""
    standing = base.standing
    each = np.column_stack([standing.components[rows], base.anchors.held[rows], standing.score[rows]])
    return hundredths(middle(each) / 100), hundredths(best_quarter(each) / 100)


def rates_of(base: Baseline, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Median and best quarter of every lever's rate, (levers,); of a lever better lower the lowest quarter."""
    better = np.array([lever.better == "higher" for lever in base.edition.levers])
    levers = base.anchors.levers[rows]
    return middle(levers), best_quarter(levers, better)


def middle(values: np.ndarray) -> np.ndarray:
    """The median of each column of values (m, k), shape (k,), of those known; nan where none is."""
    return _quantile(values, 0.5)


def best_quarter(values: np.ndarray, higher: bool | np.ndarray = True) -> np.ndarray:
    """What the best quarter of each column of values (m, k) reaches, shape (k,); nan where fewer than four are known.

    higher: whether more is better, of all or of each column (k,).
    """
    best = np.where(higher, _quantile(values, 0.75), _quantile(values, 0.25))
    enough = (~np.isnan(values)).sum(axis=0) >= _FEWEST
    return np.where(enough, best, np.nan)


def _quantile(values: np.ndarray, share: float) -> np.ndarray:
    """Quantiles of columns, linear between values (Hyndman and Fan's seventh definition)."""
    found = np.full(values.shape[1], np.nan)
    known = ~np.isnan(values).all(axis=0)
    if known.any():
        found[known] = np.nanquantile(values[:, known], share, axis=0)
    return found
