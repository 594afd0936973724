"""What a unit knows of itself: a form for rates that its table lacks, and an earlier table's rates on offer."""

from dataclasses import replace

import streamlit as st

from model.score.scenario import Counts, Scenario, fixed
from model.words.numbers import cleaned, plain_counts, plain_percent
from model.words.problems import Problem
from model.words.texts import Words
from pages.ui import session, show, typed
from pages.ui.controls import Field


def known_rates(t: Words) -> None:
    """A form for the rates that a unit knows of itself and its table lacks, and an earlier table's rates on offer."""
    base, unit = session.base(), session.unit()
    edition, code = base.edition, base.league.codes[unit]
    mine = session.choice().known.get(code, {})
    told = base.anchors.source[unit]
    names: dict[str, str] = {
        lever.key: t.of(lever.name)
        for i, lever in enumerate(edition.levers)
        if told[i] in ("", "implied") and fixed(base, lever, 0.0) is None and lever.key in edition.criterion_index
    }
    earlier = session.earlier_rates()
    if not (names or mine or earlier):
        return
    box = st.expander(t("known.title"), icon=":material/edit_note:", key="drawer.known", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(t("known.help"))
        if earlier is not None:
            day, now = (t.day(one) if one else "–" for one in (earlier.as_of, base.league.as_of))
            used = session.choice().rates_of == earlier.key
            st.caption(t("known.earlier_used" if used else "known.earlier", earlier=day, now=now))
            st.button(
                t("known.earlier_drop" if used else "known.earlier_take"),
                key="known.earlier",
                on_click=_rates_of,
                args=("" if used else earlier.key,),
            )
        if names:
            st.selectbox(t("known.lever"), list(names), key="known.lever", format_func=show.labels(names))
            told_value = Field("known.value", t("known.value"), hint=t("known.value_help"))
            typed.form("known", [told_value], t("known.add"), lambda texts: _known_added(texts["known.value"]), t)
        for key, value in mine.items():
            said = "/".join(map(t.count, (value.done, value.due))) if isinstance(value, Counts) else t.percent(value)
            name = t.of(edition.levers[edition.lever_index[key]].name)
            label = t("known.forget", name=name, value=said)
            st.button(label, key=f"known.forget.{key}", on_click=session.forget, args=(key,))


def _known_added(text: str) -> None:
    """What was typed laid beside the unit's table, or said why not, of a rate by its name."""
    t, edition, key = session.language(), session.base().edition, str(session.shown("known.lever"))
    counts, share = plain_counts(text), plain_percent(text)
    if counts is None and (share is None or not 0 <= share <= 1):
        typed.refuse("known.value", text, "typed.bad_share", low="0", high="100")
        return
    try:
        session.know(key, text if counts or "%" in cleaned(text) else f"{text}%")
    except Problem as problem:
        named = problem.details | {"key": edition.levers[edition.lever_index[key]].name}
        session.refuse("known.value", text, Problem(problem.code, **named).text(t.language))


def _rates_of(key: str) -> None:
    session.change(replace(session.choice(), rates_of=key, scenario=Scenario()))
