"""An edition's rules as they are read, and how they fare against published figures."""

import numpy as np
import pandas as pd
import streamlit as st

from model.rules.edition import Component, Criterion, Edition
from model.rules.files import available
from model.score.baseline import Baseline
from model.words.texts import Words, plain
from pages.ui import masthead, session, show

_NEAR = 1  # hundredths of a point that a published figure may be off and still be near


def check(base: Baseline, t: Words) -> None:
    """How many published component points the formulas reproduce, and which they do not."""
    league, modelled = base.league, base.standing.modelled
    apart = modelled - league.published
    for k in range(apart.shape[1]):  # points from rates that the same points imply would prove nothing
        apart[(base.anchors.implied_by == k).any(axis=1), k] = np.nan
    if np.isnan(apart).all():
        st.info(t("method.check_none"))
        return
    st.caption(t("method.check_help", league=plain(t.of(league.title))))
    if (base.anchors.implied_by >= 0).any():
        st.caption(t("method.check_implied"))
    if league.origin == "illustrative":
        st.caption(t("method.check_illustrative"))
    rows, misses = [], []
    for k, c in enumerate(base.edition.components):
        gap = np.abs(apart[:, k])
        known = ~np.isnan(gap)
        if known.any():
            rows.append(
                {
                    t("method.component"): t.of(c.name),
                    t("method.computed"): t.count(known.sum()),
                    t("method.exact"): t.count((gap == 0).sum()),
                    t("method.within", most=t.points(_NEAR)): t.count(((gap > 0) & (gap <= _NEAR)).sum()),
                    t("method.beyond"): t.count((gap > _NEAR).sum()),
                }
            )
        misses += [
            {
                t("method.unit"): league.names[i],
                t("method.component"): t.of(c.name),
                t("method.published"): t.points(league.published[i, k]),
                t("method.modelled"): t.points(modelled[i, k]),
                t("method.difference"): t.signed(apart[i, k]),
            }
            for i in np.flatnonzero(known & (gap > 0))
        ]
    show.table(pd.DataFrame(rows), key="criteria")
    if misses:
        show.drawer("misses", t("method.misses"), lambda: pd.DataFrame(misses))


def pick_edition(chosen: Edition, t: Words) -> Edition:
    """The edition to read, its picker and its unsettled targets drawn; the chosen league's first."""
    st.subheader(t("method.edition"), anchor=False)
    session.show("edition", session.shown("edition") or chosen.key)
    key = st.selectbox(
        t("method.edition"),
        available(),
        key="edition",
        label_visibility="collapsed",
        format_func=lambda key: t.of(session.edition(key).title),
    )
    edition = chosen if key == chosen.key else session.edition(key)
    st.markdown(plain(t.of(edition.about)))
    if edition is chosen:
        _switches(edition, t)
    return edition


def component(edition: Edition, part: Component, t: Words) -> None:
    """One component's criteria, each with definition, formula, evidence and source."""
    with st.container(border=True):
        st.markdown(f"**{t('method.component_rules', name=t.of(part.name), max=t.count(part.max_points))}** [V]")
        if t.of(part.note):
            st.caption(plain(t.of(part.note)))
        for c in edition.criteria:
            if c.component == part.key:
                st.markdown(_criterion(edition, c, t))


def bands(edition: Edition, t: Words) -> None:
    """The bands with their edges."""
    edges = [
        f"{t.of(b.name)} {t('method.band_from', score=t.count(b.from_score))} [{b.evidence}]" for b in edition.bands
    ]
    st.markdown(f"**{t('method.bands')}.** {'; '.join(edges)}.")


def sources(edition: Edition, t: Words) -> None:
    """Every source of the edition."""
    st.subheader(t("method.all_sources"), anchor=False)
    st.markdown("\n".join(f"- {plain(t.of(source))}" for source in edition.sources.values()))


def glossary(t: Words) -> None:
    """Every term of the index in a clerk's words."""
    st.subheader(t("glossary.title"), anchor=False)
    st.markdown("\n".join(f"- {text}" for key, text in t.group("glossary").items() if key != "title"))


def access(t: Words) -> None:
    """What holds for readers of every ability, and what does not yet."""
    st.subheader(t("access.title"), anchor=False)
    st.markdown(t("access.holds"))
    st.markdown(t("access.not_yet"))
    session.show("keys", not session.shown("keys_off"))
    st.checkbox(t("access.keys"), key="keys", on_change=_keys_switched, help=t("access.keys_help"))
    st.button(t("tour.again"), key="guide", on_click=masthead.guide)


def _criterion(edition: Edition, c: Criterion, t: Words) -> str:
    """A criterion's rule as Markdown."""
    formula = (
        f"{t.count(c.max_points)} × min(1, R / {t.percent(c.target)})"
        if c.target != 1
        else f"{t.count(c.max_points)} × R"
    )
    rate = f"R = {t.of(c.done)} / {t.of(c.due)}"
    if c.derived:
        rate += f" = {_form(edition, c, t)}"
    if c.scaled_by:
        rate = f"{rate} × ({t.of(edition.levers[edition.lever_index[c.scaled_by]].name)})"
    earns = t("method." + c.empty["earns"])
    facts = [f"{t('method.empty')}: {earns} [{c.empty['evidence']}]"]
    facts += [t("method.inherited")] if c.inherited_by else []
    facts += [t.of(c.note).rstrip(".")] if t.of(c.note) else []
    source = "; ".join(t.of(edition.sources[key]).split(",")[0].split("(")[0].strip() for key in c.source) or t(
        "method.no_source"
    )
    facts.append(f"{t('method.source')}: {source}")
    said = plain(". ".join(facts))
    return f"**{c.number} {plain(t.of(c.name))}** [{c.evidence}]  \n`{formula}` · {plain(rate)}  \n:gray[{said}.]"


def _form(edition: Edition, c: Criterion, t: Words) -> str:
    """A derived rate as a sum of levers."""
    names = {lever.key: t.of(lever.name) for lever in edition.levers}
    signed = [("− " if share < 0 else "+ ") + f"({names[lever]})" for lever, share in c.rate.items()]
    return " ".join(signed).removeprefix("+ ")


def _switches(edition: Edition, t: Words) -> None:
    """Targets that no source settles, to choose from."""
    open_ones = [c for c in edition.criteria if c.target_choices]
    if not open_ones:
        return
    with st.container(border=True):
        st.markdown(f"**{t('method.targets')}.** {t('method.targets_help')}")
        for c in open_ones:
            session.show(f"target.{c.key}", c.target)
            st.segmented_control(
                t.of(c.name),
                c.target_choices,
                key=f"target.{c.key}",
                format_func=t.percent,
                required=True,
                on_change=_switched,
                args=(c.key,),
            )


def _switched(criterion: str) -> None:
    session.switch_target(criterion, str(session.shown(f"target.{criterion}")))


def _keys_switched() -> None:
    session.switch_keys(not session.shown("keys"))
