"""Predict, then reveal: the class guesses a score or a rank, and the answer unfolds line by line."""

from statistics import median

import streamlit as st

from model.score.baseline import Baseline
from model.training.facts import Writers, writers
from model.training.quiz.lines import told
from model.training.quiz.predict import LEVELS, Prediction, prediction
from model.words.numbers import plain_count, plain_number
from model.words.problems import Problem
from model.words.texts import Words, plain
from pages.ui import session, typed
from pages.ui.controls import Field

_GUESSES = 60  # that one class may enter


def predict(base: Baseline, unit: int, t: Words) -> None:
    """One prediction on screen: asked, guessed, unfolded, and the next one by how far off the class was."""
    class_progress = session.class_progress()
    class_progress.begin(("predict", session.base_key(), session.seed()))
    try:
        asked = prediction(base, 1000 * session.seed() + class_progress.turn, class_progress.level)
    except Problem as problem:
        st.info(plain(problem.text(t.language)))
        return
    write = writers(t, plain)
    with st.container(key="board"):
        st.caption(t("training.turn", turn=class_progress.turn + 1, level=asked.level, most=LEVELS[-1]))
        st.markdown(told(asked.prompt, t.language, write))
        st.markdown(f"**{told(asked.question, t.language, write)}**")
        if class_progress.opened:
            _unfold(asked, write, t)
        else:
            _guess(asked, base, t)


def _guess(asked: Prediction, base: Baseline, t: Words) -> None:
    """Where the class's guesses are typed, one or many."""
    label = t("training.guesses", what=t(f"training.guess_{asked.asks}"))
    box = Field("guesses", label, placeholder=t(f"training.example_{asked.asks}"))
    most = 100.0 * base.edition.total if asked.asks == "score" else float(base.ranked)
    typed.form("guess", [box], t("training.reveal"), lambda texts: _guessed(texts["guesses"], asked.asks, most), t)


def _unfold(asked: Prediction, write: Writers, t: Words) -> None:
    """The lines revealed so far; at the end the answer beside the guesses, and the way on."""
    class_progress = session.class_progress()
    for line in asked.steps[: class_progress.opened]:
        st.markdown("- " + told(line, t.language, write))
    if class_progress.opened < len(asked.steps):
        st.button(
            t("training.more"),
            on_click=_open,
            shortcut=session.shortcut("Right"),
            icon=":material/arrow_forward:",
            type="primary",
        )
        return
    points = asked.asks == "score"
    misses = class_progress.settle(asked)
    by = median(abs(miss.by) for miss in misses)
    shown = {
        "answer": write[asked.answer.kind](asked.answer.value),
        "guess": t.points(class_progress.typical()) if points else t.count(class_progress.typical()),
        "by": t.points(by) if points else t.count(by),
        "n": len(misses),
    }
    exact = by == 0
    key = "training.hit" if exact else "training.missed_many" if len(misses) > 1 else "training.missed"
    (st.success if exact else st.info)(t(key, **shown))
    st.button(
        t("training.next"),
        on_click=class_progress.go_on,
        args=(asked,),
        shortcut=session.shortcut("Right"),
        type="primary",
    )


def _open() -> None:
    session.class_progress().opened += 1


def _guessed(typed_text: str, asks: str, most: float) -> None:
    """Guesses as typed, apart by spaces or semicolons; those that are no score or rank are said."""
    t = session.language()
    texts = typed_text.replace(";", " ").split()[:_GUESSES]
    values = [(plain_number if asks == "score" else plain_count)(text) for text in texts]
    scale = 100.0 if asks == "score" else 1.0
    wrong = [
        text
        for text, value in zip(texts, values, strict=True)
        if value is None or not (0 if asks == "score" else 1) <= value * scale <= most
    ]
    if wrong:
        why = t("training.bad_guess", value=" ".join(wrong), most=t.count(most / scale))
        session.refuse("guesses", typed_text, why)
    elif not texts:
        session.refuse("guesses", typed_text, t("training.no_guess", most=t.count(most / scale)))
    else:
        session.accept("guesses")
        session.class_progress().guess(tuple(scale * value for value in values if value is not None))
