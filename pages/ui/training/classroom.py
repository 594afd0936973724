"""The classroom: modes, projector, the step everybody is at, and how the trainees' phones get there."""

import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import streamlit as st

from model.table.league import League
from model.words.texts import Words
from pages.ui import qr, session

_STYLE = Path(__file__).with_name("classroom.css")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_BIG = Path(__file__).with_name("projector.css")


def look() -> None:
    """The style of the page, large and bare before a projector."""
    st.html(_STYLE)
    if session.projector():
        st.html(_BIG)


def mark(league: League, t: Words) -> None:
    """That the figures are made up, where they are: in sight all the way down, before a projector and on a phone."""
    if league.origin == "illustrative":
        with st.container(key="mark"):
            st.markdown(f"**{t('league.illustrative')}**")


def pick_mode(modes: tuple[str, ...], t: Words) -> str:
    """What the class does, and the projector's switch and the reset beside it."""
    now = session.choice().train or modes[0]
    with st.container(horizontal=True, vertical_alignment="center", key="modes"):
        session.show("train", now)
        st.segmented_control(
            t("training.mode"),
            modes,
            key="train",
            required=True,
            label_visibility="collapsed",
            format_func=lambda mode: t(f"training.mode_{mode}"),
            on_change=_mode_picked,
        )
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            st.button(t("training.reset"), key="reset", on_click=session.reset_class, icon=":material/restart_alt:")
            st.button(
                t("training.projector_off" if session.projector() else "training.projector"),
                key="projector",
                on_click=session.switch_projector,
                icon=":material/present_to_all:",
            )
    return now


def steps(at: int, n: int, t: Words) -> None:
    """Back and forward, by button or by arrow key, and where we are."""
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", key="steps"):
        st.button(
            t("training.back"),
            key="back",
            on_click=_go,
            args=(at - 1,),
            disabled=at <= 1,
            shortcut=session.shortcut("Left"),
            icon=":material/arrow_back:",
        )
        st.markdown(f"**{at} / {n}**", width="content")
        st.button(
            t("training.forward"),
            key="forward",
            on_click=_go,
            args=(at + 1,),
            disabled=at >= n,
            shortcut=session.shortcut("Right"),
            icon=":material/arrow_forward:",
            type="primary",
        )


def share(mode: str, t: Words) -> None:
    """The link to this step, or to the start of these questions, for the trainees' phones: a code to be scanned, and
    a text to be copied."""
    with st.popover(t("training.phones"), icon=":material/qr_code_2:", key="phones", on_change="rerun") as box:
        if not box.open:
            return
        address = f"{(st.context.url or '').split('?')[0]}?{urlencode(session.link())}"
        st.caption(t(f"training.phones_{mode}"))
        if urlsplit(address).hostname in _THIS_MACHINE:
            st.warning(t("training.phones_here"))
        if sys.platform == "emscripten":  # the whole app runs in the browser
            st.caption(t("training.phones_load"))
        _code(address, t)
        st.code(address, language=None, wrap_lines=True)


def _code(address: str, t: Words) -> None:
    from markupsafe import Markup  # only where a code is shown

    st.html(Markup('<img class="qr" src="{}" alt="{}">').format(qr.code(address), t("training.qr_alt")))


def _mode_picked() -> None:
    session.look_at(train=str(session.shown("train")))


def _go(step: int) -> None:
    session.look_at(step=step)
