"""The planner's answer: what to know first, the headline, the plans, the last day and the price list."""

from dataclasses import replace
from math import floor, log10
from typing import Any

import pandas as pd
import streamlit as st

from model.peers.calendar import MONTH
from model.peers.series import measure_of
from model.plan import question as asking
from model.plan.action import taken_plan
from model.plan.moves import LeverRange
from model.plan.plan import Plan, scenario_of
from model.plan.prepared import Prepared
from model.plan.search import Move
from model.report import tables
from model.rules.formulas import place
from model.words.texts import Words, plain
from pages.ui import charts, session, show
from pages.ui import peers as movers
from pages.ui.targets import plan_charts

SURE, EVEN = 0.8, 0.5  # chances from which a target is green, and amber


def notices(asked: Prepared, t: Words) -> None:
    """What to know of the dates before any plan, and how time is cut."""
    time = asked.time
    if time.undated:
        st.info(t("targets.is_undated"))
    if time.over:
        st.info(t("targets.is_over", day=t.day(time.today)))
    ahead = (time.by - time.figures).days
    if time.age >= MONTH and asking.known(asked.base, asked.past, ahead):
        measure = measure_of(asked.base, asked.past, ahead)
        spread, fresh = (measure.over(days)[0] for days in (ahead, 7 * time.weeks))
        st.info(t("targets.is_old", days=time.age, spread=t.number(spread, 2), fresh=t.number(fresh, 2)))
    if asked.ask.moves == "uncertain" and (why := movers.unmeasured(asked.base, time.by, t)):
        st.info(why)
    if time.weeks < 1:
        st.info(t("targets.is_short", days=(time.by - time.today).days))
    cut = {"figures": t.day(time.figures), "today": t.day(time.today), "by": t.day(time.by)}
    lines = [t("targets.clock", **cut, weeks=t.number(time.weeks, 1))]
    if gone := things(asked, asked.came, t):
        lines.append(t("targets.clock_past", things=gone))
    st.caption(" ".join(lines))


def things(asked: Prepared, counts: dict[str, int], t: Words) -> str:
    """So many of each group, in a list; nothing where there is none."""
    groups = asked.base.edition.groups
    return ", ".join(f"{t.count(n)} {t.of(groups[group])}" for group, n in counts.items() if n)


def headline(asked: Prepared, t: Words) -> None:
    """The answer in a sentence with its chance, the best there is, what binds, and what doing nothing gives."""
    base, unit, answer = asked.base, asked.unit, asked.answer
    now = float(base.standing.score[unit])
    colour, status = _status(asked, t)
    said = t(
        "targets.headline",
        status=status,
        unit=plain(base.league.names[unit]),
        score=t.points(now),
        rank=t.count(base.rank[unit]),
        n=base.ranked,
        goal=_goal(asked, t),
        by=t.day(asked.time.by),
        needed=t.points(answer.needed),
        gap=t.signed(answer.needed - now),
        peers=movers.told(base, asked.ask, asked.time.by, t),
    )
    with st.container(key=f"chance_{colour}"):  # amber is ours: Streamlit's own warns of something wrong
        {"green": st.success, "amber": st.info, "red": st.error}[colour]("  \n".join([said, *_chances(asked, t)]))
    lines = [
        t(
            "targets.nothing",
            result=result(asked, asked.score, place(asked.now.standing.score[unit], asked.peers.expected), t),
        ),
        t("targets.best", result=result(asked, answer.best_score, answer.best_rank, t)),
    ]
    if answer.status == "out_of_reach":
        lines.append(t("targets.short", gap=t.points(answer.needed - answer.best_score)))
        if answer.binding:
            lines += [
                t("targets.binding", names=", ".join(tables.lever_name(base, key, t) for key in answer.binding)),
                t("targets.change"),
            ]
    st.markdown("  \n".join(lines))


def _status(asked: Prepared, t: Words) -> tuple[str, str]:
    """The colour of the answer and its word: by the chance where there is one, else by arithmetic."""
    status, chance = asked.answer.status, asked.chance_needed
    if status == "out_of_reach" or chance is None:
        sure = "green" if asked.ask.moves != "uncertain" else "amber"  # of what nobody has measured there is no chance
        return "red" if status == "out_of_reach" else sure, t(f"targets.{status}")
    colour = "green" if chance >= SURE else "amber" if chance >= EVEN else "red"
    word = {"green": "likely", "amber": "even", "red": "unlikely"}[colour]
    return colour, t("targets.already_met" if status == "already_met" else f"targets.chance_{word}")


def _goal(asked: Prepared, t: Words) -> str:
    base, unit, ask = asked.base, asked.unit, asked.ask
    if ask.goal == "score":
        return t("targets.goal_score", score=t.points(asked.needed))
    if ask.goal == "band":
        return t("targets.goal_band", band=tables.band_name(base, asking.suggested_band(base, unit, ask), t))
    if ask.goal == "pass":
        return t("targets.goal_pass", unit=tables.unit_name(base, asking.suggested_rival(base, unit, ask)))
    rank = asking.suggested_rank(base, unit, ask)
    if ask.moves == "uncertain" and ask.sure:
        return t("targets.goal_rank_sure", rank=rank, chance=t.percent(ask.sure))
    return t("targets.goal_rank", rank=rank)


def _chances(asked: Prepared, t: Words) -> list[str]:
    """The chance of the score needed, the score for a good chance, and what a first petition of our own would cost."""
    if asked.chance_needed is None:
        return [t("targets.chance_unknown")] if asked.ask.moves == "uncertain" else []
    said = t(
        "targets.chance_said", score=t.points(max(asked.needed, asked.score)), chance=t.chance(asked.chance_needed)
    )
    if asked.ask.goal == "rank" and asked.chance_needed < SURE:
        sure = asked.needed_at(SURE)
        key = "targets.chance_never" if sure is None else "targets.chance_more"
        said += t(key, sure=t.percent(SURE), **({} if sure is None else {"needed": t.points(sure)}))
    lines = [said + "."]
    if asked.first_petition is not None:
        chance, cost = asked.first_petition
        lines.append(t("targets.petition", chance=t.chance(chance), cost=t.number(cost, 0)))
    return lines


def result(asked: Prepared, score: float, rank: Any, t: Words) -> str:
    """A score and the rank it takes among the peers expected, with the chance of the target."""
    details = {"score": t.points(score), "rank": int(rank), "n": asked.base.ranked}
    chance = asked.chance(score)
    return (
        t("targets.result", **details)
        if chance is None
        else t("targets.result_chance", **details, chance=t.chance(chance))
    )


def plans(asked: Prepared, t: Words) -> None:
    """One plan in full, as picked, with a button that loads it; all of them side by side; and a picture of each."""
    by_kind = {plan.kind: plan for plan in asked.answer.plans}
    if session.shown("plan.kind") not in by_kind:
        session.show("plan.kind", next(iter(by_kind)))
    kind = st.segmented_control(
        t("targets.pick"), list(by_kind), key="plan.kind", required=True, format_func=lambda k: t(f"targets.{k}")
    )
    plan = by_kind[str(kind)]
    with st.container(border=True):
        st.markdown(f"**{t(f'targets.{plan.kind}')}**: {result(asked, plan.score, plan.rank, t)}")
        week = plan.cost / max(1.0, asked.time.weeks)
        counted = "targets.effort" if asked.means.more is not None else "targets.effort_rates"
        effort = t(counted, cost=t.count(plan.cost), week=t.count(-(-week // 1)))
        st.markdown(effort, help=t("targets.effort_help"))
        st.markdown("\n".join(f"- {line}" for line in lines(asked, plan, t)))
        coming = things(asked, dict(asked.means.more or {}), t)
        st.caption(t("targets.goes_on", things=coming) if coming else t("targets.goes_on_none"))
        with st.container(horizontal=True):
            st.button(t("targets.load"), key=f"load.{plan.kind}", on_click=_load, args=(asked, plan), type="primary")
            st.button(t("kept.take"), key=f"take.{plan.kind}", on_click=_take, args=(asked, plan, t))
    if session.take_ticket("loaded"):
        st.switch_page("app.py")
    st.vega_lite_chart(
        charts.table(plan_charts.bars(asked, t)), plan_charts.bars_spec(t.language, len(asked.prices)), key="bars"
    )
    st.caption(t("targets.bars_legend"))
    with st.container(key="side_by_side"):
        st.markdown(f"**{t('targets.side_by_side')}**")
        show.table(side_by_side(asked, t), key="side_by_side_table", last=1)


def lines(asked: Prepared, plan: Plan, t: Words) -> list[str]:
    """What a plan does, lever by lever."""
    brought = asked.brought(plan)
    return [_line(asked, key, move, brought[key], t) for key, move in plan.moves.items()]


def _line(asked: Prepared, key: str, move: Move, points: float, t: Words) -> str:
    """One lever of a plan: from and to, how many in all and a week, out of how many, what it brings, what is left."""
    reach = asked.found[key]
    details = {
        "name": tables.lever_name(asked.base, key, t),
        "before": tables.rate_told(asked.base, asked.unit, key, move.before, t),
        "after": t.percent(move.after),
        "points": t.signed(points),
        "reserve": _reserve(reach, move, t),
    }
    if move.more is None:
        return t("targets.line_rate", **details)
    counts = {"arriving": t.count(move.arriving), "open": t.count(move.open)}
    among = {(True, True): "both", (True, False): "arriving", (False, True): "open"}
    of = among.get((move.arriving > 0, move.open > 0))
    return t(
        "targets.line_things",
        **details,
        noun=t.of(asked.base.edition.groups[reach.lever.group]),
        more=t.count(move.more),
        week=t.count(move.per_week(asked.time.weeks) or 0),
        out_of=t(f"targets.out_of_{of}", **counts) if of else "",
    )


def _reserve(reach: LeverRange, move: Move, t: Words) -> str:
    if reach.whole and move.done_more is not None:
        spare = reach.last - move.done_more
        return t("targets.spare_things", n=t.count(spare)) if spare else t("targets.slack_none")
    spare_rate = abs(reach.high - move.after)
    return t("targets.slack", slack=t.percent(spare_rate)) if spare_rate > 5e-5 else t("targets.slack_none")


def side_by_side(asked: Prepared, t: Words) -> pd.DataFrame:
    """Every plan in a column of its own, lever by lever, with points and quota."""
    rows = dict.fromkeys(key for plan in asked.answer.plans for key in plan.moves)
    found: dict[str, list[str]] = {
        t("targets.lever"): [tables.lever_name(asked.base, key, t, raw=True) for key in rows] + [t("targets.total")],
        t("targets.now"): [tables.rate_told(asked.base, asked.unit, key, asked.found[key].rate, t) for key in rows]
        + [t.points(asked.score)],
    }
    for plan in asked.answer.plans:
        brought = asked.brought(plan)
        cells = [_cell(asked, plan.moves[key], brought[key], t) if key in plan.moves else "–" for key in rows]
        whole = t("targets.total_cell", score=t.points(plan.score), cost=t.count(plan.cost))
        found[t(f"targets.{plan.kind}")] = [*cells, whole]
    return pd.DataFrame(found)


def _cell(asked: Prepared, move: Move, points: float, t: Words) -> str:
    details = {"after": t.percent(move.after), "points": t.signed(points)}
    if move.more is None:
        return t("targets.cell_rate", **details)
    week = t.count(move.per_week(asked.time.weeks) or 0)
    return t("targets.cell", **details, more=t.count(move.more), week=week)


def last_day(asked: Prepared, t: Words) -> None:
    """Until when the target can still be reached."""
    last = asked.last_day
    if asked.means.more is None:
        st.markdown(t("targets.last_day_uncounted"))
    elif last is None:
        st.markdown(t("targets.last_day_none"))
    else:
        st.markdown(t("targets.last_day_any" if last >= asked.time.by else "targets.last_day", day=t.day(last)))


def price_list(asked: Prepared, t: Words) -> None:
    """What each lever pays, what pays most in a sentence first."""
    base, prices = asked.base, asked.prices
    st.subheader(t("targets.prices"), anchor=False)
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
            points=_small(points, t),
            gain=t.number(first.gain, 2),
            climb=t("targets.climbs", n=first.places) if first.places else t("targets.climbs_none"),
        )
    )
    rows = [
        {
            t("targets.lever"): tables.lever_name(base, price.lever, t, raw=True),
            t("targets.gain"): t.number(price.gain, 2),
            t("targets.places"): t.count(price.places),
            t("targets.per_thing"): _small(price.per_thing, t),
            t("targets.per_effort"): _small(price.per_effort, t),
            t("targets.saturates"): t.percent(price.saturates),
        }
        for price in prices
    ]
    show.table(pd.DataFrame(rows), key="prices", caption=t("targets.prices"))


def _small(points: float | None, t: Words) -> str:
    """Points that may be next to none: four decimals, or as many as show two figures."""
    if points is None:
        return "–"
    return t.number(points, max(4, 1 - floor(log10(points))) if points > 0 else 4)


def _take(asked: Prepared, plan: Plan, t: Words) -> None:
    """A plan taken over as one's own, and kept."""
    rank = asking.suggested_rank(asked.base, asked.unit, asked.ask) if asked.ask.goal == "rank" else None
    time = asked.time
    made = taken_plan(asked.base, asked.unit, plan, time.today, time.by, rank, asked.needed)
    name = t("kept.plan_name", goal=_goal(asked, t), by=t.day(time.by))
    session.keep(name, made, scenario_of(plan, _now(asked)))
    session.give_ticket("plan_opened")


def _load(asked: Prepared, plan: Plan) -> None:
    session.change(replace(session.choice(), scenario=scenario_of(plan, _now(asked))))
    session.give_ticket("loaded")


def _now(asked: Prepared) -> dict[str, float]:
    """The rates that stand elsewhere today than published, which go with a plan."""
    moved = {key: float(asked.now.anchors.levers[asked.unit, i]) for key, i in asked.base.edition.lever_index.items()}
    return {
        key: moved[key]
        for key in asked.ask.since
        if moved[key] != asked.base.anchors.levers[asked.unit, asked.base.edition.lever_index[key]]
    }
