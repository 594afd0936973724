"""What moved a rank: between two dates, and from the published figures to what is supposed; and hints of gaming."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from fractions import Fraction

import numpy as np
import pandas as pd
import streamlit as st

from model.peers import attribution, gaming
from model.peers.attribution import HELD, RankChange
from model.peers.gaming import Hint
from model.plan.question import everyone
from model.report import tables
from model.score.baseline import Baseline
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import charts, session, show


def moved(base: Baseline, unit: int, by: date, t: Words) -> None:
    """What moved the unit's rank since the table before, and what the scenario would."""
    st.caption(t("rank_changes.help"))
    past, scenario, ask = session.before(), session.choice().scenario, session.choice().ask
    if past is not None and past.league.as_of and base.league.as_of:
        dates = {"earlier": t.day(past.league.as_of), "later": t.day(base.league.as_of)}
        st.subheader(t("rank_changes.between", **dates), anchor=False)
        try:
            _told(base, attribution.between(past, base, unit), "between", t)
            hints(base, gaming.between(past, base, unit), t)
        except Problem as problem:
            st.info(plain(problem.text(t.language)))
        show.drawer(
            "moved", t("rank_changes.everyone"), lambda: _everyone(past, base, t), t("rank_changes.everyone_help")
        )
    peers_move = ask.moves in ("gain", "trend")
    if (scenario.changes or peers_move) and not np.isnan(base.rank[unit]):
        st.subheader(t("rank_changes.under"), anchor=False)
        peers = everyone(base, ask, by, session.past()).without(unit).expected if peers_move else None
        _told(base, attribution.under(base, unit, scenario, peers), "under", t)
        hints(base, gaming.under(base, unit, scenario), t)
    elif past is None and base.league.as_of and base.league.period is None:
        st.info(t("rank_changes.no_period"))
    elif past is None:
        st.info(t("rank_changes.nothing", league=session.with_past(t)))


def _told(base: Baseline, found: RankChange, key: str, t: Words) -> None:
    """One decomposition: in a sentence, as bars, as a table."""
    change = found.before - found.after
    said = "rank_changes.up" if change > 0 else "rank_changes.down" if change < 0 else "rank_changes.same"
    st.markdown(t(said, before=found.before, after=found.after, places=abs(change)))
    parts = _parts(base, found, t)
    if parts:
        picture = {
            "name": np.array([name for name, _ in parts]),
            "value": np.array([float(-part) for _, part in parts]),
        }
        st.vega_lite_chart(charts.table(picture), charts.places_spec(t.language), key=f"parts.{key}")
    rows = [(name, _places(-part, t)) for name, part in parts] + [
        (t("rank_changes.total"), _places(Fraction(change), t))
    ]
    heads = [t("rank_changes.part"), t("rank_changes.places")]
    show.drawer(f"parts.{key}", t("effect.data"), lambda: pd.DataFrame(rows, columns=heads), t("rank_changes.exact"))


def _parts(base: Baseline, found: RankChange, t: Words) -> list[tuple[str, Fraction]]:
    """Named parts of a rank's change that are not nothing, our own first."""
    names = {c.key: t.of(c.name) for c in base.edition.components} | {HELD: t("effect.held")}
    own = [(t("rank_changes.own", name=names[key]), part) for key, part in found.own.items()]
    peers = [(t(f"rank_changes.{key}"), getattr(found, key)) for key in ("risen", "fallen", "came", "went", "ties")]
    return [(name, part) for name, part in own + peers if part]


def _places(part: Fraction, t: Words) -> str:
    text = t.number(float(part), 2)
    return f"+{text}" if part > 0 else text


def _everyone(past: Baseline, base: Baseline, t: Words) -> pd.DataFrame:
    """What moved every unit's rank between two dates."""
    rows = []
    for i in base.by_rank:
        try:
            found = attribution.between(past, base, int(i))
        except Problem:
            continue
        own, ties = -sum(found.own.values(), Fraction(0)), -found.ties
        peers = Fraction(found.before - found.after) - own - ties
        rows.append(
            {
                t("effect.unit"): base.league.names[i],
                t("rank_changes.rank_on", date=t.day(past.league.as_of) if past.league.as_of else "–"): found.before,
                t("rank_changes.rank_on", date=t.day(base.league.as_of) if base.league.as_of else "–"): found.after,
                t("rank_changes.own_points"): _places(own, t),
                t("rank_changes.peers"): _places(peers, t),
                t("rank_changes.ties"): _places(ties, t),
            }
        )
    return pd.DataFrame(rows)


def hints(base: Baseline, found: Sequence[Hint], t: Words) -> None:
    """Where points were won by a smaller denominator rather than by more done."""
    for hint in found:
        counts = {name: t.count(value) for name, value in asdict(hint).items() if name.startswith(("done", "due"))}
        name = tables.lever_name(base, hint.lever, t)
        st.warning(
            t("rank_changes.hint", name=name, points=t.number(hint.points, 2), **counts), icon=":material/search:"
        )
