"""Histories: dated tables of one league."""

from collections.abc import Iterable

from .league import League

_SHARED = 0.8  # of the units, that two tables of one league have in common at least


def history(league: League, others: Iterable[League]) -> tuple[League, ...]:
    """The dated tables of a league, itself included, oldest first: one edition, level and kind of period, a date each.

    Tables are of one league where each holds most of the units of the other.
    """
    if league.as_of is None:
        return (league,)
    dated = {league.as_of: league}
    for other in others:
        if other.as_of is not None and other is not league and _alike(league, other):
            dated.setdefault(other.as_of, other)
    return tuple(dated[day] for day in sorted(dated))


def _alike(one: League, other: League) -> bool:
    kinds = [None if table.period is None else table.period.kind for table in (one, other)]
    shared = len(set(one.codes) & set(other.codes))
    same = (one.edition, one.level, kinds[0]) == (other.edition, other.level, kinds[1])
    return same and shared >= _SHARED * max(len(one.codes), len(other.codes))
