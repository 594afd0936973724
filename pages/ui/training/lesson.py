"""One lesson, a step at a time: its text with the engine's figures, a live control, one picture."""

from typing import Any

import streamlit as st

from model.rules.formulas import band
from model.score.baseline import Baseline
from model.score.scenario import Counts, Scenario, effect
from model.training.facts import writers
from model.training.lesson.files import Lesson
from model.training.lesson.handout import handout
from model.training.lesson.lessons import Told, ToldStep, drawn, lessons, told
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import session, show
from pages.ui.training import classroom, lesson_pictures

_Here = tuple[dict[str, Told], list[tuple[Lesson, Problem]]]


def lesson(base: Baseline, unit: int, t: Words) -> None:
    """The lessons that hold true here, the one chosen step by step, and why others are not shown."""
    here, hidden = _told_here(base, unit)
    if not here:
        st.info(t("training.no_lessons"))
    else:
        _lesson(here[_pick(here, t)], base, t)
    if hidden:
        with st.expander(t("training.hidden", n=len(hidden)), key="drawer.hidden"):
            for one, why in hidden:
                st.markdown(f"- **{plain(t.of(one.title))}**: {plain(why.text(t.language))}")


def _told_here(base: Baseline, unit: int) -> _Here:
    """{key: lesson told on the league}, and those untrue or impossible there, with the reason."""
    if session.is_own(session.choice().league):
        found: _Here = session.kept("lessons", (session.base_key(), unit), lambda: _told(base, unit))
        return found
    return _shared(session.base_key(), unit, base)


@st.cache_resource(max_entries=32)
def _shared(key: tuple[object, ...], unit: int, _base: Baseline) -> _Here:
    return _told(_base, unit)


def _told(base: Baseline, unit: int) -> _Here:
    here, hidden = dict[str, Told](), list[tuple[Lesson, Problem]]()
    for one in lessons():
        try:
            here[one.key] = told(one, base, unit)
        except Problem as why:
            hidden.append((one, why))
    return here, hidden


def _pick(here: dict[str, Told], t: Words) -> str:
    """The lesson chosen, its picker drawn."""
    now = session.choice().lesson
    now = now if now in here else next(iter(here))
    session.show("lesson", now)
    titles = {key: f"{i}. {t.of(one.lesson.title)}" for i, (key, one) in enumerate(here.items(), start=1)}
    st.selectbox(
        t("training.lesson"),
        list(titles),
        key="lesson",
        format_func=show.labels(titles),
        on_change=_picked,
        label_visibility="collapsed",
    )
    return now


def _lesson(told: Told, base: Baseline, t: Words) -> None:
    """One step of a lesson on screen, the way on, and the handout."""
    at = min(max(session.choice().step, 1), len(told.steps))
    step = told.steps[at - 1]
    scenario = step.scenario
    with st.container(key="board"):
        if at == 1:
            st.caption(t.of(told.lesson.why))
        st.markdown(step.said(t.language, writers(t, plain)))
        left, right = st.columns([1, 1.35], gap="large", vertical_alignment="center")
        with left:
            scenario = _control(step, told, base, t)
            _figures(base, told.unit, scenario, t)
        with right:
            picture = drawn(told, step, base, scenario)
            if picture is not None:
                lesson_pictures.show(picture, base, told.unit, session.projector(), t)
    classroom.steps(at, len(told.steps), t)
    if told.lesson.source:
        st.caption(plain(t.of(told.lesson.source)))
    st.caption(t("training.source", league=plain(t.of(base.league.title)), kind=t(f"league.{base.league.origin}")))
    st.download_button(
        t("training.handout"),
        lambda: handout(told.lesson, base, told.unit, t.language, writers(t)).encode(),
        file_name=f"{told.lesson.key}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
    )


def _control(step: ToldStep, told: Told, base: Baseline, t: Words) -> Scenario:
    """What the class can move on this step, and the scenario that it now makes."""
    key = f"control.{told.lesson.key}.{step.step.number}.{base.league.key}.{told.unit}"
    counted = [lever for lever, value in step.scenario.changes.items() if isinstance(value, Counts)]
    if counted or step.scenario.changes and not step.levers:
        return step.scenario if st.toggle(t("training.suppose"), value=True, key=key) else Scenario()
    changes: dict[str, Any] = dict(step.scenario.changes)
    for lever in step.levers:
        i = base.edition.lever_index[lever]
        now = float(base.anchors.levers[told.unit, i])
        start = float(changes.get(lever, now))
        moved = st.select_slider(
            plain(t.of(base.edition.levers[i].name)),
            _rates(start, now, t),
            start,
            key=f"{key}.{lever}",
            format_func=t.percent,
            help=t("training.now", rate=t.percent(now)),
        )
        if moved != start:
            changes[lever] = moved
    return Scenario(changes)


def _rates(start: float, now: float, t: Words) -> list[float]:
    """Where a class may move a lever: the whole per cents, where it stands now, and where the step starts it; of those
    that read alike the last."""
    return sorted({t.percent(rate): rate for rate in (*(n / 100 for n in range(101)), now, start)}.values())


def _figures(base: Baseline, unit: int, scenario: Scenario, t: Words) -> None:
    """Score, rank and band under the scenario, beside what was published."""
    found = effect(base, unit, scenario)
    change, places = found.after.score - found.before.score, found.rank_before - found.rank_after
    shown = band(base.edition, float(found.after.score))
    with st.container(horizontal=True, key="figures"):
        st.metric(
            t("panel.score"), t.points(found.after.score), _delta(t.signed(change)) if change else None, width="content"
        )
        st.metric(
            t("panel.rank"),
            f"{t.count(found.rank_after)}/{t.count(base.ranked)}",
            _delta(f"{'+' if places > 0 else ''}{t.count(places)}") if places else None,
            width="content",
        )
        st.metric(t("panel.band"), t.of(shown.name) if shown else "–", width="content")


def _delta(text: str) -> str:
    """A change with the minus sign by which Streamlit tells a loss."""
    return text.replace("−", "-")


def _picked() -> None:
    session.look_at(lesson=str(session.shown("lesson")), step=1)
