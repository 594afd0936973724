"""What a unit knows of itself, or an earlier table knew of it: rates laid over a league, checked against its points."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from model.rules.edition import Edition
from model.rules.formulas import least_rate, scales
from model.score.baseline import baseline
from model.score.scenario import Counts, Value, refuse_unknown
from model.table.league import League, columns, frozen
from model.words.problems import Problem, Share

_TYPED = 0.005  # by which a rate typed in whole per cent may miss the one that points tell


def with_known(edition: Edition, league: League, code: str, rates: Mapping[str, Value]) -> League:
    """The league with rates or counts of one unit that its table lacks, marked as its own, under the edition as filed.

    Raises Problem where a key is no lever at the league's level, where the table reports it, or where no such rate is
    possible beside the published points; the refusal says what would be.
    """
    for key, value in rates.items():
        rules, row, at = edition.at(league.level), league.index(code), columns(edition).index
        if key not in rules.lever_index:
            refuse_unknown(rules, key)
        reported = not np.isnan(league.rate[row, at(key)]) or league.due[row, at(key)] == 0
        if reported and league.marks.get(code, {}).get(key) != "own":
            raise Problem("known_reported", key=key)
        rate = value.done / value.due if isinstance(value, Counts) and value.due else value
        low, high = possible(edition, league, row, key)
        if not isinstance(rate, Counts) and not low - _TYPED <= rate <= high + _TYPED:
            ends = {name: Share(end) for name, end in (("value", rate), ("low", low), ("high", high))}
            raise Problem("known_impossible", key=key, **ends)
        counts = value if isinstance(value, Counts) else None
        league = _laid(league, edition, row, {key: (rate if not isinstance(rate, Counts) else np.nan, counts)}, "own")
    return league


def possible(edition: Edition, league: League, row: int, key: str) -> tuple[float, float]:
    """The lowest and the highest rate of a lever that the published points of one unit leave possible."""
    base = baseline(edition, _laid(league, edition, row, {key: (np.nan, None)}, ""))
    rules, anchors = base.edition, base.anchors[row]
    points, low, high = base.standing.criteria[row], 0.0, 1.0
    for j, c in enumerate(rules.criteria):
        k = rules.component_index[c.component]
        scale = float(scales(rules, anchors.levers)[j])
        if c.rate != {key: 1} or np.isnan(anchors.published[k]) or not scale > 0:
            continue
        others = [i for i in np.flatnonzero(rules.membership[:, k]) if i != j]
        known = float(np.nansum(points[others]))
        open_ = float(sum(100 * rules.max_points[i] for i in others if np.isnan(points[i])))
        least, most = anchors.published[k] - known - open_, anchors.published[k] - known
        if most < 0 or least > 100 * c.max_points:
            continue  # the table is at odds with itself already
        ends = least_rate(rules, c, np.array([max(least, 0.0), most + 1]))
        low = max(low, 0.0 if least <= 0 else float(ends[0]) / scale)
        high = min(high, 1.0 if most >= 100 * c.max_points else float(ends[1]) / scale)
    return min(low, 1.0), max(high, 0.0)


def with_earlier(edition: Edition, league: League, earlier: League) -> League:
    """The league with the rates of an earlier table of the same units where it has none itself, marked as such.

    Raises Problem unless both are of one edition, level and kind of period, the other of an earlier day.
    """
    kinds = [None if one.period is None else one.period.kind for one in (league, earlier)]
    same = (league.edition, league.level, kinds[0]) == (earlier.edition, earlier.level, kinds[1])
    if not same or league.as_of is None or earlier.as_of is None or earlier.as_of >= league.as_of:
        raise Problem("known_earlier", one=league.as_of or "–", other=earlier.as_of or "–")
    rules = edition.at(league.level)
    keys, rows = columns(edition), {code: i for i, code in enumerate(earlier.codes)}
    for row, code in enumerate(league.codes):
        if code in rows:
            found = {}
            for key in keys:
                at = keys.index(key)
                rate, done, due = (part[rows[code], at] for part in (earlier.rate, earlier.done, earlier.due))
                missing = np.isnan(league.rate[row, at]) and np.isnan(league.due[row, at])
                if missing and key not in rules.absent and not (np.isnan(rate) and np.isnan(due)):
                    found[key] = (float(rate), None if np.isnan(due) else Counts(int(done), int(due)))
            league = _laid(league, edition, row, found, "earlier")
    return league


def _laid(
    league: League, edition: Edition, row: int, rates: Mapping[str, tuple[float, Counts | None]], mark: str
) -> League:
    """The league with rates and counts of one unit in place of its own, and a mark on them."""
    done, due, rate = league.done.copy(), league.due.copy(), league.rate.copy()
    marks = dict(league.marks.get(league.codes[row], {}))
    for key, (value, counts) in rates.items():
        at = columns(edition).index(key)
        rate[row, at] = value
        done[row, at], due[row, at] = (counts.done, counts.due) if counts else (np.nan, np.nan)
        marks = {k: v for k, v in marks.items() if k != key} | ({key: mark} if mark else {})
    all_marks = {code: own for code, own in league.marks.items() if code != league.codes[row]}
    all_marks |= {league.codes[row]: marks} if marks else {}
    return replace(league, done=frozen(done), due=frozen(due), rate=frozen(rate), marks=all_marks)
