"""A scenario in one official sentence, ready to paste: what is changed, what it gives, and on what assumptions."""

from model.baseline import Baseline
from model.edition_files import load
from model.scenario import Counts, Effect, Scenario, Value
from model.scoring import band
from pages.ui.words import Words, listed


def sentence(base: Baseline, unit: int, scenario: Scenario, effect: Effect, t: Words) -> str:
    """The sentence, in the reader's language."""
    league, edition = base.league, base.edition
    name = league.names[unit]
    if effect.rank_before != effect.rank_before or effect.rank_after != effect.rank_after:
        return t("effect.sentence_unranked", unit=name, league=t.of(league.title))
    n = 1 + base.ranked - int(base.rank[unit] == base.rank[unit])
    details = {
        "source_kind": t(f"effect.source_kind_{league.origin}"),
        "date": t.day(league.as_of) if league.as_of else "",
        "league": t.of(league.title),
        "unit": name,
        "score": t.points(effect.before.score),
        "rank": t("effect.rank_of", rank=int(effect.rank_before), n=n),
        "band": t.of(band(edition, float(effect.before.score)).name),
    }
    changes = [_change(base, unit, key, value, t) for key, value in scenario.changes.items()]
    if not changes:
        return t("effect.sentence_none", **details)
    moved = effect.after.score - effect.before.score
    kept = effect.rank_after == effect.rank_before
    ties = listed([league.names[i] for i in effect.tied_after], 2, t("effect.and_more"))
    return t(
        "effect.sentence_some",
        **details,
        changes=t("effect.join").join(changes),
        after=t.points(effect.after.score),
        verb=t("effect.rises" if moved > 0 else "effect.falls" if moved < 0 else "effect.keeps"),
        change=t.signed(moved),
        rank_after=t("effect.rank_kept" if kept else "effect.rank_of", rank=int(effect.rank_after), n=n),
        ties=t("effect.tied_with", names=ties) if ties else "",
        band_after=t.of(band(edition, float(effect.after.score)).name),
        edition=_rules(base, t),
    )


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
    if isinstance(value, Counts):
        return t(
            "effect.change_counts",
            name=t.of(lever.name),
            done=t.count(value.done),
            due=t.count(value.due),
            noun=t.of(edition.groups[lever.group]),
        )
    return t("effect.change_rate", name=t.of(lever.name), before=t.percent(anchors.levers[at]), after=t.percent(value))


def _rules(base: Baseline, t: Words) -> str:
    """The edition, with any target that was switched."""
    published = load(base.edition.key)
    switched = [
        t("effect.change_target", name=t.of(c.name), rate=t.percent(c.target))
        for c, as_filed in zip(base.edition.criteria, published.criteria, strict=True)
        if c.target != as_filed.target
    ]
    return t.of(base.edition.title) + (f" ({t('effect.join').join(switched)})" if switched else "")
