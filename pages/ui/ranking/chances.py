"""How likely a rank is, what score would make it likely, what is safe or lost, and how far such chances held good."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from model.peers import bounds
from model.peers.calibration import Calibration, calibration
from model.peers.chances import Chances, Forecast, rank_chances, scores_for
from model.plan.question import everyone, ourselves, suggested_rank
from model.report.tables import interval
from model.score.baseline import Baseline
from model.words.texts import Words, listed, plain
from pages.ui import charts, peers, session, show, typed

_NAMED = 8  # units named in a list, the rest counted


def chances(base: Baseline, unit: int, by: date, t: Words) -> None:
    """The chance of every rank, of the rank that is wanted, and the score that would make it likely."""
    ask, scenario = session.choice().ask, session.choice().scenario
    if np.isnan(base.rank[unit]):
        return
    others = everyone(base, ask, by, session.past()).without(unit)
    own = ourselves(base, unit, scenario, ask, by, session.past())
    found = rank_chances(base.edition, others, own)
    low, high = found.interval
    wanted = min(suggested_rank(base, unit, ask), found.pmf.size)
    unmeasured = peers.unmeasured(base, by, t)
    if low == high and (unmeasured or ask.moves != "uncertain"):
        told = peers.told(base, ask, by, t)
        said = t("chances.certain", score=t.points(float(own.expected)), told=told, rank=low, n=found.pmf.size)
        above = ask.moves == "uncertain"  # where the control says already why there is no chance
        st.info(" ".join([said, *([] if above else [unmeasured or t("chances.trust")])]))
        if not unmeasured:
            st.button(t("chances.make_uncertain"), on_click=_uncertain, icon=":material/casino:")
    else:
        left, right = st.columns([1.5, 1], gap="medium")
        with left:
            _picture(found, t)
        with right:
            _wanted(base, found, wanted, t)
            _needed(base, others, own, wanted, t)
    _possible(base, unit, by, t)


def calibrated(base: Baseline, unit: int, by: date, t: Words) -> None:
    """How well the chances computed on the date before foretold the ranks on this one."""
    past = session.before()
    if past is None or past.league.as_of is None or base.league.as_of is None:
        st.info(t("chances.no_past", league=session.with_past(t)))
        return
    st.markdown(
        t("chances.calibration_why", earlier=t.day(past.league.as_of), later=t.day(base.league.as_of), **interval(t))
    )
    with st.spinner(t("chances.computing")):
        both = {jumps: _foretold(past, base, jumps) for jumps in (True, False)}
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        st.vega_lite_chart(
            charts.table(charts.calibration(both, t)), charts.calibration_spec(t.language), key="calibration"
        )
    with right:
        for jumps, found in both.items():
            inside, n = int(round(found.inside * found.rank.size)), found.rank.size
            width = t.count(np.mean(found.high - found.low + 1))
            key = "chances.inside_jumps" if jumps else "chances.inside_still"
            st.markdown(t(key, inside=inside, n=n, share=t.percent(round(found.inside, 2)), width=width))
        st.caption(t("chances.in_sample"))
    show.drawer(
        "calibration",
        t("effect.data"),
        lambda: _foretold_table(base, both, t),
        t("chances.calibration_help", **interval(t)),
    )


def _picture(found: Chances, t: Words) -> None:
    low, high = found.interval
    ranks = _worth_showing(found)
    st.markdown(t("chances.said", rank=found.most_likely, low=low, high=high, n=found.pmf.size, **interval(t)))
    shown = {"rank": ranks, "chance": found.pmf[ranks - 1] * 100, "inside": (ranks >= low) & (ranks <= high)}
    st.vega_lite_chart(charts.table(shown), charts.chances_spec(t.language), key="chances")
    st.caption(t("chances.legend", **interval(t)))
    if not session.choice().ask.jumps and session.past() is not None:
        st.caption(t("chances.without_jumps"))
    show.drawer(
        "chances",
        t("effect.data"),
        lambda: pd.DataFrame(
            {
                t("effect.rank_axis"): ranks,
                t("chances.chance"): [t.chance(found.pmf[rank - 1]) for rank in ranks],
                t("chances.at_most"): [t.chance(found.at_most(int(rank))) for rank in ranks],
            }
        ),
    )


def _worth_showing(found: Chances) -> np.ndarray:
    """The ranks from the first to the last that is not next to impossible."""
    likely = np.flatnonzero(found.pmf > 1e-4)
    return np.arange(likely[0], likely[-1] + 1) + 1


def _wanted(base: Baseline, found: Chances, wanted: int, t: Words) -> None:
    """The chance of the rank that is wanted, which can be changed."""
    peers.rank_box(t("chances.wanted"), base, wanted, width=200)
    typed.stop(t)
    st.markdown(t("chances.chance_of", rank=wanted, chance=t.chance(found.at_most(wanted))))


def _needed(base: Baseline, others: Forecast, own: Forecast, wanted: int, t: Words) -> None:
    """The score that gives the wanted rank with so much chance, and a way to the planner."""
    n = 1 + int(np.sum(~np.isnan(others.expected)))
    ranks = sorted({rank for rank in (1, 3, 10, wanted) if rank <= n})
    uncertain = own if float(own.spread) > 0 else None
    scores = scores_for(base.edition, others, ranks, list(peers.CHANCES), uncertain)
    st.markdown(f"**{t('chances.needed')}**")
    table = {t("effect.rank_axis"): [f"≤ {rank}" for rank in ranks]}
    for chance in peers.CHANCES:
        table[t.percent(chance)] = [
            "–" if (score := scores[rank][chance]) is None else t.points(score) for rank in ranks
        ]
    show.table(pd.DataFrame(table), key="needed")
    st.caption(t("chances.needed_help", most=t.count(base.edition.total)))
    st.button(
        t("chances.plan", rank=wanted, chance=t.percent(0.8)), on_click=_plan, args=(wanted,), icon=":material/flag:"
    )
    if session.take_ticket("plan"):
        st.switch_page("pages/targets.py")


def _possible(base: Baseline, unit: int, by: date, t: Words) -> None:
    """The best and the worst rank still possible, who is safely behind and who is out of reach."""
    ask = session.choice().ask
    st.subheader(t("chances.possible", by=t.day(by)), anchor=False)
    limit, said = st.columns([1, 2.6], gap="medium")
    with limit:
        peers.number_box(
            t("chances.within"),
            base,
            "within",
            ask.within or None,
            empty=0.0,
            help=t("chances.within_help"),
            placeholder=t("chances.anything"),
        )
    possible = bounds.within(base, ask.within, ask.within) if ask.within else bounds.possible(base, by)
    found = bounds.reachable(possible, unit)
    names = base.league.names
    with said:
        known = (("chances.safe", found.safe_from), ("chances.lost", found.lost_to))
        anything = (found.best_rank, found.worst_rank) == (1, base.ranked)  # which tells nothing
        told = "chances.anywhere" if anything else "chances.best_worst"
        st.markdown(t(told, best=found.best_rank, worst=found.worst_rank, n=base.ranked))
        for key, rows in known if not anything or found.safe_from or found.lost_to else ():
            ordered = sorted(rows, key=lambda i: base.rank[i])
            some = plain(listed([names[i] for i in ordered], _NAMED, t))
            st.markdown(f"- {t(key, n=len(rows))}: {some}" if rows else f"- {t(f'{key}_none')}")
        st.caption(t("chances.within_said" if ask.within else "chances.possible_help", points=t.number(ask.within, 2)))


def _foretold(past: Baseline, base: Baseline, jumps: bool) -> Calibration:
    if session.is_own(base.league.key) or session.is_own(past.league.key):
        key = session.base_key(), past.league.key
        found: Calibration = session.kept(f"calibration.{jumps}", key, lambda: calibration(past, base, jumps))
        return found
    return _shared(past.league.key, base.league.key, session.base_key(), jumps, past, base)


@st.cache_resource(max_entries=16)
def _shared(
    earlier: str, later: str, key: tuple[object, ...], jumps: bool, _past: Baseline, _base: Baseline
) -> Calibration:
    return calibration(_past, _base, jumps)


def _foretold_table(base: Baseline, both: dict[bool, Calibration], t: Words) -> pd.DataFrame:
    """Every unit's interval with and without jumps, beside the rank that came."""
    with_jumps, without = both[True], both[False]
    table = {
        t("effect.unit"): [base.league.names[i] for i in with_jumps.rows],
        t("chances.came"): with_jumps.rank,
        t("chances.interval_jumps"): _intervals(with_jumps),
        t("chances.interval_still"): _intervals(without),
    }
    return pd.DataFrame(table).sort_values(t("chances.came"))


def _intervals(found: Calibration) -> list[str]:
    marks = np.where((found.low <= found.rank) & (found.rank <= found.high), "", " ✗")
    return [f"{low}–{high}{mark}" for low, high, mark in zip(found.low, found.high, marks, strict=True)]


def _uncertain() -> None:
    session.ask(peers.uncertain(session.choice().ask))


def _plan(rank: int) -> None:
    session.ask(replace(session.choice().ask, goal="rank", rank=rank, sure=0.8))
    session.give_ticket("plan")
