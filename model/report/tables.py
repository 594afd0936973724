"""Tables and lists behind what is shown: every figure with where it comes from. No Streamlit."""

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from model.peers.chances import INTERVAL
from model.rules.edition import Edition
from model.rules.files import load
from model.rules.formulas import band, criterion_rates
from model.score.baseline import Baseline
from model.score.scenario import Counts, Effect, Scenario, Value, resolved
from model.table import leagues as at_hand
from model.table.league import League
from model.table.writing import guarded
from model.words.texts import Words, plain


def reasons(base: Baseline, skipped: Mapping[str, str], t: Words) -> str:
    """Names of levers and components left out, gathered by why."""
    names = {row.key: t.of(row.name) for rows in (base.edition.levers, base.edition.components) for row in rows}
    why: dict[str, list[str]] = {}
    for key, reason in skipped.items():
        why.setdefault(_reason(base, key, reason, t), []).append(plain(names[key]))
    return "; ".join(f"{', '.join(levers)} ({told})" for told, levers in why.items())


def _reason(base: Baseline, key: str, reason: str, t: Words) -> str:
    """Why a lever or component was left out, as it stands in brackets."""
    edition, short = base.edition, {"none_due": "none_due_short"}
    details = {}
    if key in edition.lever_index:
        lever = edition.levers[edition.lever_index[key]]
        short |= {"at_target": "at_target_lower"} if lever.better == "lower" else {}
        limit = edition.levers[edition.lever_index[lever.at_most]].name if lever.at_most else None
        targets = [criterion.target for criterion in edition.moved_by(key)]
        details = {"limit": plain(t.of(limit)), "rate": t.percent(max(targets, default=1.0))}
    said = t(f"hindrance.{short.get(reason, reason)}", **details)
    return said[0].lower() + said[1:].rstrip(".")


def topics(edition: Edition, t: Words) -> list[tuple[str, str]]:
    """(topic, text) of how rates become ranks, with the edition's own figures; unknown topics left out."""
    criteria, parts = edition.criterion_index, edition.component_index
    figures: dict[str, dict[str, str]] = {"anchoring": {}, "rounding": {"digits": str(edition.decimals)}, "ties": {}}
    if "dossiers_satisfied" in criteria:
        figures["coupling"] = {"full": t.percent(edition.criteria[criteria["dossiers_satisfied"]].target)}
    count = {"petitions_on_time", "petitions_satisfied"} - set(edition.absent)
    petitions = [c for c in edition.criteria if c.key in count]
    if petitions:
        whole = edition.components[parts[petitions[0].component]].max_points
        figures["petitions"] = {"points": t.count(sum(c.max_points for c in petitions)), "of": t.count(whole)}
    figures["peers"] = {}
    return [(t(f"method.{key}"), t(f"method.{key}_text", **told)) for key, told in figures.items()]


@cache
def _old_leader() -> tuple[League, int]:
    """The league of the era before, and the row of the unit whose published score readers compare with."""
    league = at_hand.find("hanoi_2025-08-25")
    return league, league.index("10273")


def eras(base: Baseline, t: Words) -> str:
    """That the leader here can't be compared with the one of the era before, whose score is that published."""
    league, unit = _old_leader()
    top, then = (t.points(score) for score in (np.nanmax(base.standing.score), league.published_score[unit]))
    return t("league.eras", top=top, unit=plain(league.names[unit]), then=then)


def eras_why(base: Baseline, t: Words) -> str:
    """Why eras differ: targets then and now."""
    past, now = load(_old_leader()[0].edition), load(base.edition.key)
    keys = {"paid": "paid_online", "digitized": "digitized"}
    rates = {
        name + when: t.percent(rules.criteria[rules.criterion_index[key]].target)
        for name, key in keys.items()
        for when, rules in (("_then", past), ("", now))
    }
    return t("league.eras_why", **rates)


def covers(league: League, t: Words) -> str:
    """The time that a league's figures cover."""
    if league.period is None:
        return t("league.as_of", date=t.day(league.as_of)) if league.as_of else ""
    return t(f"league.{league.period.kind}", first=t.day(league.period.first), last=t.day(league.period.last))


def interval(t: Words) -> dict[str, str]:
    """What a rank's interval is said to hold: from the first share to the last, so much in all."""
    first, last = INTERVAL
    return {"first": t.percent(first), "last": t.percent(last), "share": t.percent(last - first)}


def published_cells(base: Baseline, t: Words) -> list[tuple[str, str]]:
    """Units of a made-up league with the names of those of their cells that are published."""
    names = {f"{c.key}_points": c.name for c in base.edition.components}
    names |= {f"{c.key}_{end}": getattr(c, end) for c in base.edition.criteria for end in ("done", "due")}
    own = {"published_score": t("panel.score"), "published_rank": t("panel.rank")}
    return [
        (base.league.names[base.league.index(unit)], "; ".join((own.get(c) or t.of(names[c])).lower() for c in cells))
        for unit, cells in base.league.published_cells.items()
    ]


def reservations(base: Baseline, unit: int, t: Words) -> list[str]:
    """What must be known about this unit's figures: a difference that is held, and claims that contradict them."""
    held = float(base.anchors.held[unit])
    claim = base.league.claims.get(base.league.codes[unit])
    said = [t("panel.held", value=t.signed(held))] if held else []
    return [*said, f"**{t('method.claims')}.** {plain(t.of(claim))}"] if claim else said


def components(base: Baseline, unit: int, effect: Effect, t: Words) -> pd.DataFrame:
    """Every component, the held difference and the score, before and after."""
    rows = [
        (t.of(c.name), effect.before.components[k], effect.after.components[k])
        for k, c in enumerate(base.edition.components)
    ]
    held = float(base.anchors.held[unit])
    rows += [(t("effect.held"), held, held)] if held else []
    rows.append((t("effect.total"), float(effect.before.score), float(effect.after.score)))
    published = [t.points(before) for _, before, _ in rows]
    for k in np.flatnonzero(np.isnan(base.league.published[unit])):
        published[k] = t("effect.modelled_mark", points=published[k])
    for at in map(base.edition.component_index.__getitem__, base.league.derived):
        published[at] = t("effect.derived_mark", points=published[at])
    return pd.DataFrame(
        {
            t("effect.component"): [name for name, _, _ in rows],
            t("effect.before"): published,
            t("effect.after"): [t.points(b) for _, _, b in rows],
            t("effect.change"): [t.signed(b - a) for _, a, b in rows],
        }
    )


def sweep(curve: dict[str, np.ndarray], of_rate: bool, t: Words) -> pd.DataFrame:
    """Every fifth point of a sweep."""
    rows = {column: values[curve["kind"] == "line"][::5] for column, values in curve.items()}
    return pd.DataFrame(
        {
            t("effect.rate_axis" if of_rate else "effect.points_axis"): [
                t.number(x, 0 if of_rate else 1) for x in rows["x"]
            ],
            t("effect.score_axis"): [t.number(s, 2) for s in rows["score"]],
            t("effect.rank_axis"): [t.count(r) for r in rows["rank"]],
        }
    )


def trace(base: Baseline, unit: int, effect: Effect, scenario: Scenario, t: Words) -> pd.DataFrame:
    """Every criterion of the unit: counts, rate, target, points as published and in the scenario."""
    edition, anchors, league = base.edition, base.anchors[unit], base.league
    levers, _ = resolved(base, unit, scenario)
    before = criterion_rates(edition, anchors.levers, anchors.reported, anchors.slack)
    after = criterion_rates(edition, levers, anchors.reported, anchors.slack)
    rows = []
    for i, c in enumerate(edition.criteria):
        counts = (
            "" if np.isnan(league.due[unit, i]) else f"{t.count(league.done[unit, i])}/{t.count(league.due[unit, i])}"
        )
        rows.append(
            {
                t("method.number"): c.number,
                t("effect.criterion"): t.of(c.name),
                t("method.definition"): counts,
                t("effect.rate"): "–" if np.isnan(before[i]) else t.percent(before[i]),
                t("alone.rate_after"): "–" if np.isnan(after[i]) else t.percent(after[i]),
                t("method.target"): t.percent(c.target),
                t("method.max"): t.count(c.max_points),
                t("alone.points_before"): t.points(effect.before.criteria[i]),
                t("alone.points_after"): t.points(effect.after.criteria[i]),
                t("method.mark"): t(f"evidence.{c.evidence}"),
            }
        )
    return pd.DataFrame(rows)


def ranking(base: Baseline, t: Words) -> pd.DataFrame:
    """The whole league in order of rank, with components."""
    edition, order = base.edition, base.by_rank
    frame = {
        t("effect.rank_axis"): [t.count(base.rank[i]) for i in order],
        t("effect.unit"): [base.league.names[i] for i in order],
        t("effect.total"): [t.points(base.standing.score[i]) for i in order],
        t("panel.band"): [
            t.of(found.name) if (found := band(edition, float(base.standing.score[i]))) else "–" for i in order
        ],
    }
    for k, c in enumerate(edition.components):
        frame[t.of(c.name)] = [t.points(base.standing.components[i, k]) for i in order]
    return pd.DataFrame(frame)


def lever_name(base: Baseline, key: str, t: Words, raw: bool = False) -> str:
    """A lever's name, safe in Markdown unless raw."""
    name = t.of(base.edition.levers[base.edition.lever_index[key]].name)
    return name if raw else plain(name)


def source_mark(base: Baseline, unit: int, key: str, t: Words) -> str:
    """Where a lever's rate comes from that the unit's table does not report; the empty text where it does."""
    source = str(base.anchors.source[unit, base.edition.lever_index[key]])
    return t(f"effect.mark_{source}") if source in ("implied", "own", "earlier") else ""


def rate_told(base: Baseline, unit: int, key: str, rate: float, t: Words) -> str:
    """A lever's rate, marked where it is the unit's own as known and no table reports it."""
    mark = source_mark(base, unit, key, t)
    same = rate == base.anchors.levers[unit, base.edition.lever_index[key]]
    return f"{t.percent(rate)} ({mark})" if mark and same else t.percent(rate)


def value_told(value: Value | None, t: Words) -> str:
    """What a scenario sets a lever to: a rate, or counts; a dash where it leaves it."""
    if value is None:
        return "–"
    return f"{t.count(value.done)}/{t.count(value.due)}" if isinstance(value, Counts) else t.percent(value)


def unit_name(base: Baseline, code: str, raw: bool = False) -> str:
    """A unit's name, safe in Markdown unless raw."""
    name = base.league.names[base.league.codes.index(code)]
    return name if raw else plain(name)


def band_name(base: Baseline, key: str, t: Words) -> str:
    """A band's name."""
    return t.of(next(b.name for b in base.edition.bands if b.key == key))


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """A table none of whose texts would be a live formula in the spreadsheet it may be saved for; figures stay."""
    texts = {name: frame[name].map(_safe) for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])}
    return frame.assign(**texts).rename(columns=_safe)


def _safe(value: object) -> object:
    figure = isinstance(value, str) and re.fullmatch(r"[+\-−]?[0-9.,\s]*%?", value) is not None
    return guarded(value) if isinstance(value, str) and not figure else value
