"""A scenario in one official sentence, ready to paste: what is changed, what it gives, and on what assumptions.

More than two changes are a short list, with what they give first.
"""

from typing import Any, SupportsFloat

import numpy as np

from model.report.choice import OWN
from model.report.tables import rate_told, source_mark
from model.rules.files import load
from model.rules.formulas import band
from model.score.baseline import Baseline
from model.score.scenario import Counts, Effect, Scenario, Value
from model.words.texts import Words, listed

_IN_A_SENTENCE = 2  # changes; more are a list


def sentence(base: Baseline, unit: int, scenario: Scenario, effect: Effect, t: Words) -> str:
    """The sentence, in the reader's language."""
    league, edition = base.league, base.edition
    name = named(base, unit, t)
    if np.isnan(effect.rank_before) or np.isnan(effect.rank_after):
        return t("effect.sentence_unranked", unit=name, league=t.of(league.title))
    n = 1 + base.ranked - int(not np.isnan(base.rank[unit]))
    details = stated(base, unit, t) | {
        "score": t.points(effect.before.score),
        "rank": t("effect.rank_of", rank=int(effect.rank_before), n=n),
        "band": _band(base, effect.before.score, t),
    }
    changes = _changes(base, unit, scenario, t)
    if not changes:
        told = "effect.sentence_none" if details["edition"] == t.of(edition.title) else "effect.sentence_target"
        return t(told, **details)
    change = effect.after.score - effect.before.score
    verb = "effect.rises" if change > 0 else "effect.falls" if change < 0 else "effect.keeps"
    kept = "effect.rank_kept" if effect.rank_after == effect.rank_before else "effect.rank_of"
    ties = listed([league.names[i] for i in effect.tied_after], 2, t)
    few = len(changes) <= _IN_A_SENTENCE
    return t(
        "effect.sentence_some" if few else "effect.sentence_list",
        **details,
        changes=t("effect.and").join(changes) if few else ";\n".join(f"- {change}" for change in changes),
        moved=t(verb, after=t.points(effect.after.score), change=t.signed(change)),
        rank_after=t(kept, rank=int(effect.rank_after), n=n),
        ties=t("effect.tied_with", names=ties) if ties else "",
        band_after=_band(base, effect.after.score, t),
    )


def stated(base: Baseline, unit: int, t: Words) -> dict[str, str]:
    """What the sentence says whatever is supposed: whose figures they are, of when, of which league and rules."""
    league = base.league
    return {
        "source_kind": t(f"effect.source_kind_{_kind(base, unit)}"),
        "dated": t("effect.dated", date=t.day(league.as_of)) if league.as_of else "",
        "league": t.of(league.title),
        "unit": named(base, unit, t),
        "edition": _rules(base, t),
    }


def lever_stated(base: Baseline, unit: int, key: str, t: Words) -> dict[str, Any]:
    """What the sentence says of a lever wherever it is moved: its rate and counts as published, and its noun."""
    at, anchors = base.edition.lever_index[key], base.anchors[unit]
    lever, rate, due = base.edition.levers[at], float(anchors.levers[at]), float(anchors.due[at])
    published = ", ".join(filter(None, [t.percent(rate), source_mark(base, unit, key, t)]))
    return {
        "before": rate_told(base, unit, key, rate, t),
        "counted": published if np.isnan(due) else f"{t.count(round(rate * due))}/{t.count(due)}",
        "noun": t.of(base.edition.groups[lever.group]),
        "none_before": bool(base.edition.groups[lever.group].get("one_denominator") and anchors.empty[at]),
    }


def _kind(base: Baseline, unit: int) -> str:
    """What the unit's figures are: published, illustrative, published among illustrative ones, brought, entered."""
    code = base.league.codes[unit]
    if code == OWN:
        return "own"
    partly = "published_score" in base.league.published_cells.get(code, ())
    return "partly" if partly else "brought" if base.league.origin == "own" else base.league.origin


def _band(base: Baseline, score: SupportsFloat, t: Words) -> str:
    found = band(base.edition, float(score))
    return t.of(found.name) if found else ""


def named(base: Baseline, unit: int, t: Words) -> str:
    """The unit's name, a province or a city of its rank named as such."""
    name = base.league.names[unit]
    kind, _, rest = name.partition(" ")
    if base.league.level != "province" or kind.lower() in ("tỉnh", "thành"):
        return name
    return t("effect.city", name=rest) if kind == "TP" else t("effect.province", name=name)


def _changes(base: Baseline, unit: int, scenario: Scenario, t: Words) -> list[str]:
    """Every change in words; of first things that come to one denominator, once."""
    found = []
    for key, value in scenario.changes.items():
        said = _first(base, unit, key, value, t) or _change(base, unit, key, value, t)
        found += [said] if said not in found else []
    return found


def _first(base: Baseline, unit: int, key: str, value: Value, t: Words) -> str:
    """The first petitions that come where there was none; nothing for any other change."""
    edition = base.edition
    if key not in edition.lever_index or not isinstance(value, Counts) or value.due == 0:
        return ""
    lever, said = edition.levers[edition.lever_index[key]], lever_stated(base, unit, key, t)
    if not said["none_before"]:
        return ""
    told = "late" if value.done == 0 else "done" if value.done == value.due else "some"
    due, done = (t.count(n).rjust(2 if t.language == "vi" else 0, "0") for n in (value.due, value.done))
    return t(f"effect.change_first_{told}", due=due, done=done, noun=said["noun"], name=t.of(lever.name))


def _change(base: Baseline, unit: int, key: str, value: Value, t: Words) -> str:
    edition, anchors = base.edition, base.anchors[unit]
    if key in edition.component_index and not isinstance(value, Counts):
        at = edition.component_index[key]
        return t(
            "effect.change_points",
            name=t.of(edition.components[at].name),
            after=t.points(100 * float(value)),  # of points there are no counts
            before=t.points(base.standing.components[unit, at]),
        )
    lever, said = edition.levers[edition.lever_index[key]], lever_stated(base, unit, key, t)
    if isinstance(value, Counts):
        done, due = t.count(value.done), t.count(value.due)
        counts = {"done": done, "due": due, "noun": said["noun"], "before": said["counted"]}
        return t("effect.change_counts", name=t.of(lever.name), **counts)
    rate = float(anchors.levers[edition.lever_index[key]])
    moved = "effect.raise_rate" if value > rate else "effect.lower_rate" if value < rate else "effect.keep_rate"
    return t(moved, name=t.of(lever.name), before=said["before"], after=t.percent(value))


def _rules(base: Baseline, t: Words) -> str:
    """The edition, with any target that was switched."""
    published = load(base.edition.key).at(base.league.level)
    switched = [
        t("effect.change_target", name=t.of(c.name), rate=t.percent(c.target))
        for c, as_filed in zip(base.edition.criteria, published.criteria, strict=True)
        if c.target != as_filed.target
    ]
    return t.of(base.edition.title) + (f" ({t('effect.join').join(switched)})" if switched else "")
