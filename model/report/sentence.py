"""A scenario in one official sentence, ready to paste: what is changed, what it gives, and on what assumptions."""

import numpy as np

from model.report.choice import OWN
from model.rules.files import load
from model.rules.formulas import band
from model.score.baseline import Baseline
from model.score.scenario import Counts, Effect, Scenario, Value
from model.words.texts import Words, listed


def sentence(base: Baseline, unit: int, scenario: Scenario, effect: Effect, t: Words) -> str:
    """The sentence, in the reader's language."""
    league, edition = base.league, base.edition
    name = league.names[unit]
    if np.isnan(effect.rank_before) or np.isnan(effect.rank_after):
        return t("effect.sentence_unranked", unit=name, league=t.of(league.title))
    n = 1 + base.ranked - int(not np.isnan(base.rank[unit]))
    details = {
        "source_kind": t(f"effect.source_kind_{_kind(base, unit)}"),
        "dated": t("effect.dated", date=t.day(league.as_of)) if league.as_of else "",
        "league": t.of(league.title),
        "unit": name,
        "score": t.points(effect.before.score),
        "rank": t("effect.rank_of", rank=int(effect.rank_before), n=n),
        "band": t.of(band(edition, float(effect.before.score)).name),
    }
    changes = [_change(base, unit, key, value, t) for key, value in scenario.changes.items()]
    rules = _rules(base, t)
    if not changes:
        told = "effect.sentence_none" if rules == t.of(edition.title) else "effect.sentence_target"
        return t(told, **details, edition=rules)
    change = effect.after.score - effect.before.score
    verb = "effect.rises" if change > 0 else "effect.falls" if change < 0 else "effect.keeps"
    kept = "effect.rank_kept" if effect.rank_after == effect.rank_before else "effect.rank_of"
    ties = listed([league.names[i] for i in effect.tied_after], 2, t("effect.and_more"))
    return t(
        "effect.sentence_some",
        **details,
        changes=t("effect.join").join(changes),
        moved=t(verb, after=t.points(effect.after.score), change=t.signed(change)),
        rank_after=t(kept, rank=int(effect.rank_after), n=n),
        ties=t("effect.tied_with", names=ties) if ties else "",
        band_after=t.of(band(edition, float(effect.after.score)).name),
        edition=rules,
    )


def _kind(base: Baseline, unit: int) -> str:
    """What the unit's figures are: published, illustrative, published among illustrative ones, brought, entered."""
    code = base.league.codes[unit]
    if code == OWN:
        return "own"
    partly = "published_score" in base.league.published_cells.get(code, ())
    return "partly" if partly else "brought" if base.league.origin == "own" else base.league.origin


def _change(base: Baseline, unit: int, key: str, value: Value, t: Words) -> str:
    edition, anchors = base.edition, base.anchors[unit]
    if key in edition.component_index:
        at = edition.component_index[key]
        return t(
            "effect.change_points",
            name=t.of(edition.components[at].name),
            after=t.points(100 * float(value)),
            before=t.points(base.standing.components[unit, at]),
        )
    at = edition.lever_index[key]
    lever = edition.levers[at]
    rate, due = float(anchors.levers[at]), float(anchors.due[at])
    if isinstance(value, Counts):
        before = t.percent(rate) if np.isnan(due) else f"{t.count(round(rate * due))}/{t.count(due)}"
        noun = t.of(edition.groups[lever.group])
        done, due_then = t.count(value.done), t.count(value.due)
        return t("effect.change_counts", name=t.of(lever.name), done=done, due=due_then, noun=noun, before=before)
    moved = "effect.raise_rate" if value > rate else "effect.lower_rate" if value < rate else "effect.keep_rate"
    return t(moved, name=t.of(lever.name), before=t.percent(rate), after=t.percent(value))


def _rules(base: Baseline, t: Words) -> str:
    """The edition, with any target that was switched."""
    published = load(base.edition.key)
    switched = [
        t("effect.change_target", name=t.of(c.name), rate=t.percent(c.target))
        for c, as_filed in zip(base.edition.criteria, published.criteria, strict=True)
        if c.target != as_filed.target
    ]
    return t.of(base.edition.title) + (f" ({t('effect.join').join(switched)})" if switched else "")
