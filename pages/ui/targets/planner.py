"""The planner's answer: the headline, the plans, the clock and the price list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from model.peers.chances import Forecast, rank_chances
from model.plan import question as asking
from model.plan.moves import LeverRange
from model.plan.plan import Answer, Means, Plan, scenario_of
from model.plan.prices import Price
from model.plan.question import Question
from model.plan.search import Move
from model.report import tables
from model.rules.formulas import place
from model.score.baseline import Baseline
from model.words.texts import Words, plain
from pages.ui import peers as movers
from pages.ui import session, show


def headline(
    base: Baseline, unit: int, ask: Question, answer: Answer, peers: Forecast, own: Forecast, by: date, t: Words
) -> None:
    """The answer in a sentence, with the best there is, what binds, and what doing nothing gives."""
    now, n = float(base.standing.score[unit]), base.ranked
    goal = {
        "rank": lambda: _rank_wanted(asking.suggested_rank(base, unit, ask), ask, t),
        "score": lambda: t("targets.goal_score", score=t.points(answer.needed)),
        "band": lambda: t("targets.goal_band", band=tables.band_name(base, asking.suggested_band(base, unit, ask), t)),
        "pass": lambda: t("targets.goal_pass", unit=tables.unit_name(base, asking.suggested_rival(base, unit, ask))),
    }[ask.goal]()
    others = movers.told(base, ask, by, t)
    said = t(
        "targets.headline",
        status=t(f"targets.{answer.status}"),
        unit=plain(base.league.names[unit]),
        score=t.points(now),
        rank=t.count(base.rank[unit]),
        n=n,
        goal=goal,
        by=t.day(by),
        needed=t.points(answer.needed),
        gap=t.signed(answer.needed - now),
        peers=others,
    )
    {"reached": st.success, "already_met": st.info, "out_of_reach": st.error}[answer.status](said)
    lines = [
        t("targets.nothing", result=_result(base, unit, ask, now, place(np.array(now), peers.expected), peers, own, t)),
        t("targets.best", result=_result(base, unit, ask, answer.best_score, answer.best_rank, peers, own, t)),
    ]
    if answer.status == "out_of_reach":
        lines.append(t("targets.short", gap=t.points(answer.needed - answer.best_score)))
        if answer.binding:
            lines += [
                t("targets.binding", names=", ".join(tables.lever_name(base, key, t) for key in answer.binding)),
                t("targets.change"),
            ]
    st.markdown("  \n".join(lines))


def _rank_wanted(rank: int, ask: Question, t: Words) -> str:
    if ask.moves == "uncertain" and ask.sure:
        return t("targets.goal_rank_sure", rank=rank, chance=t.percent(ask.sure))
    return t("targets.goal_rank", rank=rank)


def _result(
    base: Baseline, unit: int, ask: Question, score: float, rank: Any, peers: Forecast, own: Forecast, t: Words
) -> str:
    """A score and the rank it takes among the peers expected; where a chance is asked for, that of the rank wanted."""
    if ask.goal == "rank" and ask.moves == "uncertain" and ask.sure:
        wanted = asking.suggested_rank(base, unit, ask)
        chance = rank_chances(base.edition, peers, asking.at_score(own, score)).at_most(wanted)
        return t("targets.result_sure", score=t.points(score), rank=wanted, chance=t.chance(chance))
    return t("targets.result", score=t.points(score), rank=int(rank), n=base.ranked)


def plans(
    base: Baseline,
    unit: int,
    ask: Question,
    answer: Answer,
    peers: Forecast,
    own: Forecast,
    found: dict[str, LeverRange],
    means: Means,
    start: date,
    by: date,
    t: Words,
) -> None:
    """Up to three plans side by side, each with what it takes a week, and a button that loads it."""
    weeks = max(1.0, (by - start).days / 7)
    for column, plan in zip(st.columns(len(answer.plans), gap="small"), answer.plans, strict=True):
        with column, st.container(border=True):
            st.markdown(
                f"**{t(f'targets.{plan.kind}')}**  \n" + _result(base, unit, ask, plan.score, plan.rank, peers, own, t)
            )
            st.caption(t("targets.effort", cost=t.count(plan.cost)), help=t("targets.effort_help"))
            st.markdown(
                "\n".join(
                    f"- {_line(base, key, move, found[key], means, weeks, t)}" for key, move in plan.moves.items()
                )
            )
            st.button(t("targets.load"), key=f"load.{plan.kind}", on_click=_load, args=(plan,), type="primary")
    if session.take_ticket("loaded"):
        st.switch_page("app.py")


def clock(last: date | None, by: date, t: Words) -> None:
    """Until when the target can still be reached."""
    if last is None:
        st.markdown(t("targets.last_day_none"))
    else:
        st.markdown(t("targets.last_day_any" if last >= by else "targets.last_day", day=t.day(last)))


def price_list(base: Baseline, prices: Sequence[Price], t: Words) -> None:
    """What each lever pays, what pays most in a sentence first."""
    if not prices:
        st.markdown(t("targets.price_none"))
        return
    first = prices[0]
    lever = base.edition.levers[base.edition.lever_index[first.lever]]
    key = "targets.price_rate" if first.per_thing is None else "targets.price_first"
    points = (first.per_effort or 0) if first.per_thing is None else first.per_thing
    st.markdown(
        t(
            key,
            name=plain(t.of(lever.name)),
            noun=t.of(base.edition.groups[lever.group]),
            points=t.number(points, 4),
            gain=t.number(first.gain, 2),
            climb=t("targets.climbs", n=first.places) if first.places else t("targets.climbs_none"),
        )
    )
    rows = [
        {
            t("targets.lever"): tables.lever_name(base, price.lever, t, raw=True),
            t("targets.gain"): t.number(price.gain, 2),
            t("targets.places"): t.count(price.places),
            t("targets.per_thing"): "–" if price.per_thing is None else t.number(price.per_thing, 4),
            t("targets.per_effort"): "–" if price.per_effort is None else t.number(price.per_effort, 4),
            t("targets.saturates"): t.percent(price.saturates),
        }
        for price in prices
    ]
    show.table(pd.DataFrame(rows))


def _line(base: Baseline, key: str, move: Move, reach: LeverRange, means: Means, weeks: float, t: Words) -> str:
    """One lever of a plan: from and to, how many a week, and what is left to spare."""
    said = t(
        "targets.line", name=tables.lever_name(base, key, t), before=t.percent(move.before), after=t.percent(move.after)
    )
    if move.done_more is not None:
        details = {"noun": t.of(base.edition.groups[reach.lever.group]), "week": t.count(ceil(move.done_more / weeks))}
        coming = _coming(means, reach)
        if coming:
            said += ": " + t("targets.things_flow", n=t.count(move.done_more), more=t.count(coming), **details)
        else:
            said += ": " + t("targets.things_more", n=t.count(move.done_more), **details)
    spare = abs(reach.high - move.after)
    return said + "; " + (t("targets.slack", slack=t.percent(spare)) if spare > 5e-5 else t("targets.slack_none"))


def _coming(means: Means, reach: LeverRange) -> int:
    """Things still to come of which a lever of flow can do its share; 0 for the other kinds."""
    flow = means.kinds.get(reach.lever.key, reach.lever.kind) == "flow"
    return (means.more or {}).get(reach.lever.group, 0) if flow else 0


def _load(plan: Plan) -> None:
    session.change(replace(session.choice(), scenario=scenario_of(plan)))
    session.give_ticket("loaded")
