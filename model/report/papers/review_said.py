"""A report's sentences, the same in every form that it is handed over in."""

from collections.abc import Iterable

import numpy as np

from model.plan.action import taken_plan
from model.report.papers import remarks
from model.report.papers.plan_paper import task
from model.report.papers.review import Review
from model.report.sentence import sentence
from model.report.tables import band_name
from model.rules.formulas import band
from model.score.baseline import Baseline
from model.words.texts import Words, listed

_NAMED = 2  # units that share a place are told by name, the rest counted


def standing(r: Review, t: Words) -> list[str]:
    """Score, rank and band, with what has changed since the table before."""
    base, now = r.base, r.now.before
    found = band(base.edition, float(now.score))
    ties = _named(base, r.now.tied_before, t)
    details = {
        "unit": base.league.names[r.unit],
        "score": t.points(now.score),
        "rank": t.count(base.rank[r.unit]),
        "n": base.ranked,
        "ties": t("effect.tied_with", names=ties) if ties else "",
        "band": band_name(base, found.key, t) if found else "–",
    }
    return [t("report.standing", **details), *_since(r, t)]


def gaps(r: Review, t: Words) -> list[str]:
    """How far the next above, the first and the next below are."""
    base = r.base
    lead = "" if np.isnan(r.lead) else t("report.lead", gap=t.points(r.lead))
    if not r.now.next_above:
        return [t("report.leads", lead=lead)]
    above = {"names": _named(base, r.now.next_above, t), "gap": t.points(r.now.gap)}
    first = {"first": _named(base, r.first, t), "top": t.points(np.nanmax(base.standing.score))}
    return [t("report.gaps", **above, **first, to_first=t.points(r.to_first), lead=lead)]


def components(r: Review, t: Words) -> list[tuple[str, str, str, str, str]]:
    """Every component: its name, points, maximum, share of it, and the change since the table before."""
    columns = zip(r.base.edition.components, r.now.before.components, r.component_changes, strict=True)
    return [
        (
            t.of(c.name),
            t.points(points),
            t.number(c.max_points, 0),
            share(points / 100 / c.max_points, t),
            "–" if np.isnan(change) else t.signed(change),
        )
        for c, points, change in columns
    ]


def share(part: float, t: Words) -> str:
    """What part of the most is earned, with two decimals."""
    return "–" if np.isnan(part) else f"{t.number(100 * part, 2)} %"


def moved(r: Review, t: Words) -> list[str]:
    """Which components rose and which fell."""
    if r.past is None:
        return []
    lines = []
    for key, sign in (("rose", 1), ("fell", -1)):
        parts = zip(r.base.edition.components, r.component_changes, strict=True)
        names = [f"{t.of(c.name)} ({t.signed(change)})" for c, change in parts if sign * change > 0]
        lines.append(t(f"report.{key}", names="; ".join(names)) if names else t(f"report.{key}_none"))
    return lines


def league(r: Review, t: Words) -> list[str]:
    """Best and worst, how many stand in each group, and who moved most."""
    base, scores = r.base, r.base.standing.score
    ends = {"best": _named(base, r.first, t), "worst": _named(base, r.last, t)}
    points = {"top": t.points(np.nanmax(scores)), "bottom": t.points(np.nanmin(scores))}
    high, low, *counts = r.groups
    told = dict(zip(("first", "second", "third"), counts, strict=True))
    edges = {"high": t.number(high, 0), "low": t.number(low, 0)}
    lines = [t("report.ends", **ends, **points), t("report.groups", **edges, **told)]
    for key, sign in (("risers", 1), ("fallers", -1)):
        if movers := r.movers(sign):
            lines.append(t(f"report.{key}", names="; ".join(_mover(r, i, t) for i in movers)))
    return lines


def week(r: Review, t: Words) -> tuple[str, list[str]]:
    """What it takes to be level with the next above by the end of next week, and line by line."""
    if r.week is None:
        return t("report.week_first"), []
    asked, names = r.week, _named(r.base, r.now.next_above, t)
    dates = {"today": t.day(asked.time.today), "by": t.day(asked.time.by)}
    if r.plan is None:
        best = {"best": t.points(asked.answer.best_score), "needed": t.points(asked.needed)}
        return t("report.week_none" if asked.found else "report.week_unknown", names=names, **dates, **best), []
    plan = taken_plan(r.base, r.unit, r.plan, asked.time.today)
    weekly = [task(r.base, r.unit, plan, line, t) for line in plan.lines]
    return t("report.week", names=names, needed=t.points(asked.needed), **dates), weekly


def what_if(r: Review, t: Words) -> str:
    """One supposed change in words."""
    if r.what_if is None:
        return t("report.what_if_none")
    scenario, then = r.what_if
    return sentence(r.base, r.unit, scenario, then, t)


def assumed(r: Review, t: Words) -> list[str]:
    """Where the figures come from, and on what assumptions."""
    lines = [*remarks.sources(r.base, t), *remarks.assumptions(r.base, t, _moved(r))]
    if r.past is not None and r.past.league.as_of:
        lines.append(t("report.before", date=t.day(r.past.league.as_of)))
    return [*lines, t("report.week_assumed")] if r.week is not None else lines


def _moved(r: Review) -> Iterable[str]:
    return [*(r.plan.moves if r.plan else ()), *(r.what_if[0].changes if r.what_if else ())]


def _since(r: Review, t: Words) -> list[str]:
    """What has changed since the table before, or that there is none."""
    if r.past is None or np.isnan(r.change) or np.isnan(r.rank_before):
        return [t("report.since_none")]
    places = round(r.rank_before - float(r.base.rank[r.unit]))
    key = "up" if places > 0 else "down" if places < 0 else "same"
    ranks = {"before": t.count(r.rank_before), "after": t.count(r.base.rank[r.unit]), "places": abs(places)}
    day = r.past.league.as_of
    dated = t("report.since", date=t.day(day)) if day else t("report.since_before")
    return [t(f"report.since_{key}", since=dated, change=t.signed(r.change), **ranks)]


def _mover(r: Review, i: int, t: Words) -> str:
    ranks = {"before": t.count(r.rank_was(i)), "after": t.count(r.base.rank[i])}
    return t("report.mover", peer=r.base.league.names[i], change=t.signed(r.changes[i]), **ranks)


def _named(base: Baseline, units: tuple[int, ...], t: Words) -> str:
    return listed([base.league.names[i] for i in units], _NAMED, t)
