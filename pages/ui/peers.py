"""How the other units move: chosen in the open, and told beside every result that depends on it."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from model.peers.calendar import days
from model.peers.chances import rank_chances
from model.peers.forecast import KINDS
from model.peers.history import jump_size, jumpers, refuse_beyond
from model.peers.series import measure_of
from model.plan import question as asking
from model.plan.question import Question
from model.report.tables import interval
from model.score.baseline import Baseline
from model.score.scenario import Effect, Scenario
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import session, typed

CHANCES = (0.5, 0.8, 0.95)


def kind(ask: Question, t: Words) -> None:
    """The control of how the other units move; a trend only where there is a history to take it from."""
    kinds = [one for one in KINDS if one != "trend" or session.past() is not None]
    session.show("ask.moves", ask.moves if ask.moves in kinds else "still")
    st.selectbox(
        t("peers.kind"),
        kinds,
        key="ask.moves",
        format_func=lambda one: t(f"peers.{one}"),
        on_change=_picked,
        help=t("peers.kind_help"),
    )


def details(base: Baseline, ask: Question, by: date, t: Words, sure: bool = False, own: bool = False) -> None:
    """What the chosen kind of movement needs to be told, and where its figures come from."""
    if ask.moves == "trend" and (why := _no_trend(base, by, t)):
        st.info(why)
    if ask.moves == "gain":
        number_box(t("peers.gain_points"), base, "peers", ask.peers)
    if ask.moves != "uncertain":
        return
    if why := unmeasured(base, by, t):
        st.info(why)
        return
    ahead = days(base.league, by)
    found, before = measure_of(base, session.past(), ahead), session.past()
    if base.league.as_of is None and base.league.period is None:
        st.warning(t("peers.no_date"))
    spread, down, up = found.over(ahead)
    others = spread if ask.spread is None else ask.spread
    boxes = st.columns([1, 1, 1.3, 1], gap="small", vertical_alignment="bottom")
    with boxes[3]:
        drift = found.drift(ahead) if ask.drift is None else ask.drift
        number_box(t("peers.drift"), base, "drift", drift)
    with boxes[0]:
        number_box(t("peers.spread"), base, "spread", others)
    if own:
        with boxes[1]:
            number_box(t("peers.own_spread"), base, "own_spread", asking.own_spread(base, ask, others))
    if sure:
        session.show("ask.sure", ask.sure if ask.sure in CHANCES else 0.0)
        boxes[1].selectbox(
            t("peers.sure"),
            (0.0, *CHANCES),
            key="ask.sure",
            on_change=_ticked,
            args=("sure",),
            format_func=lambda chance: t.percent(chance) if chance else t("peers.not_sure"),
        )
    if _can_jump(base):
        session.show("ask.jumps", ask.jumps)
        size = t.points(jump_size(base.edition))
        jumps = t("peers.jumps", size=size, down=t.percent(round(down, 3)), up=t.percent(round(up, 3)))
        boxes[2].checkbox(
            jumps, key="ask.jumps", on_change=_ticked, args=("jumps",), help=t("peers.jumps_help", size=size)
        )
    n = 2 if before is None or found is not before.measure else before.n  # measured once, between two tables
    details = {"source": plain(t.of(found.source)), "days": found.days, "ahead": ahead}
    st.caption(t("peers.measured", n=n, **details))


def told(base: Baseline, ask: Question, by: date, t: Words) -> str:
    """The assumption about the other units, within a sentence."""
    past, ahead = session.past(), days(base.league, by)
    if ask.moves == "gain" and ask.peers:
        return t("targets.peers_gain", gain=t.number(ask.peers, 2))
    if ask.moves == "trend" and past is not None and past.first.league.as_of is not None and ahead <= past.reach:
        return t("peers.told_trend", date=t.day(past.first.league.as_of))
    if ask.moves == "uncertain" and asking.known(base, past, ahead):
        measure = measure_of(base, past, ahead)
        spread = measure.over(ahead)[0] if ask.spread is None else ask.spread
        own = asking.own_spread(base, ask, spread)
        said = t(
            "peers.told_jumps" if ask.jumps and _can_jump(base) else "peers.told_uncertain",
            spread=t.number(spread, 2),
        )
        drift = measure.drift(ahead) if ask.drift is None else ask.drift
        said += t("peers.told_drift", drift=t.number(drift, 2))
        return said + (t("peers.own_moves", spread=t.number(own, 2)) if own else t("peers.own_still"))
    return t("targets.peers_still")


def unmeasured(base: Baseline, by: date, t: Words) -> str:
    """Why nothing is said of how the others move until a date; the empty text where a history or a measure tells."""
    try:
        measure_of(base, session.past(), days(base.league, by))
    except Problem as problem:
        return plain(problem.text(t.language))
    return ""


def outcome(base: Baseline, unit: int, scenario: Scenario, effect: Effect, t: Words) -> None:
    """Under the live figures: what they take for granted, and the rank under the movement that is chosen."""
    st.caption(t("panel.peers_still"))
    ask = session.choice().ask
    if ask.moves in ("", "still") or effect.after.score != effect.after.score:
        return
    by = asking.until(base, ask, date.today())
    if ask.moves == "uncertain" and (why := unmeasured(base, by, t)):
        st.caption(why)
        return
    past = session.past()
    peers = asking.everyone(base, ask, by, past).without(unit)
    found = rank_chances(base.edition, peers, asking.ourselves(base, unit, scenario, ask, by, past))
    low, high = found.interval
    said = "peers.outcome" if low < high else "peers.outcome_certain"
    details_ = {"told": told(base, ask, by, t), "by": t.day(by), "rank": found.most_likely, "low": low, "high": high}
    st.markdown(t(said, **details_, **interval(t), n=found.pmf.size))


def rank_box(label: str, base: Baseline, wanted: int, **more: Any) -> None:
    """The control of the rank that is wanted."""
    limits = 1, max(1, base.ranked)
    typed.count_box(label, "ask.rank", wanted, limits, partial(take, "rank"), **more)


def number_box(label: str, base: Baseline, name: str, value: float | None, **more: Any) -> None:
    """The control of a number of the ask."""
    typed.number_box(label, f"ask.{name}", value, asking.limits(base)[name], partial(take, name), width=260, **more)


def take(name: str, value: object) -> None:
    """The ask with one part more; how uncertain the others are counts only where they are."""
    ask = session.choice().ask
    if name in asking.OF_MOVES["uncertain"]:
        ask = asking.supposed(ask)
    changes: dict[str, Any] = {name: value}
    session.ask(replace(ask, **changes))


def _ticked(name: str) -> None:
    take(name, session.shown(f"ask.{name}"))


def uncertain(ask: Question) -> Question:
    """The ask with uncertain peers, petitions and all, as the history foretold best."""
    return replace(ask, moves="uncertain", jumps=_can_jump(session.base()), sure=ask.sure or 0.8)


def _picked() -> None:
    ask, moves = session.choice().ask, str(session.shown("ask.moves"))
    session.ask(uncertain(ask) if moves == "uncertain" else replace(ask, moves=moves))


def _can_jump(base: Baseline) -> bool:
    """Whether petitions are known to have been, or not to have been, anywhere in the league."""
    return any(bool(can.any()) for can in jumpers(base))


def _no_trend(base: Baseline, by: date, t: Words) -> str:
    """Why nobody goes on as until now; the empty text where everybody does."""
    past = session.past()
    if past is None:
        return t("peers.no_history")
    try:
        refuse_beyond(past.days, days(base.league, by))
    except Problem as problem:
        return plain(problem.text(t.language))
    return ""
