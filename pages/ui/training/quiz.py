"""The quiz: a question a screen, its worked answer, the marks, and a summary to print."""

from datetime import date

import streamlit as st

from model.score.baseline import Baseline
from model.training.facts import Writers, writers
from model.training.quiz.lines import told
from model.training.quiz.questions import Question
from model.training.quiz.quiz import Marks, Round, marked, questions, shortage
from model.training.quiz.summary import summary
from model.words.texts import Words, plain
from pages.ui import session, typed

_ROUND = 8  # questions


def quiz(base: Baseline, unit: int, t: Words) -> None:
    """A round of questions made from the league, one on screen; at its end the marks."""
    class_progress, seed = session.class_progress(), session.seed()
    class_progress.begin(("quiz", session.base_key(), seed))
    asked = session.kept("quiz", class_progress.key, lambda: questions(base, seed, _ROUND))
    with st.container(horizontal=True, vertical_alignment="bottom", key="round"):
        more = {"help": t("training.seed_help"), "width": 180}
        typed.count_box(t("training.seed"), "seed", seed, (1, 999_999), session.set_seed, **more)
    short = shortage(base, asked, _ROUND)
    if short is not None:
        st.caption(plain(short.text(t.language)))
    if not asked:
        return
    write = writers(t, plain)
    with st.container(key="board"):
        if class_progress.at >= len(asked):
            _marks(base, seed, asked, t)
        else:
            _question(asked[class_progress.at], class_progress.at, len(asked), t, write)


def _question(question: Question, at: int, n: int, t: Words, write: Writers) -> None:
    """A question and its options; once answered, what was right and why."""
    class_progress = session.class_progress()
    st.caption(t("training.question", at=at + 1, n=n))
    st.markdown(f"**{told(question.prompt, t.language, write)}**")
    for name, points in question.shown:
        st.markdown(f"- {write[name.kind](name.value)}: **{write[points.kind](points.value)}**")
    options = [write[option.kind](option.value) for option in question.options]
    answer = class_progress.answers.get(at)
    key = f"option.{session.seed()}.{at}"
    if answer is None:
        chosen = st.radio(
            t("training.options"),
            range(len(options)),
            index=None,
            key=key,
            label_visibility="collapsed",
            format_func=lambda i: f"{'ABCD'[i]}. {options[i]}",
        )
        st.button(
            t("training.answer"),
            on_click=_answered,
            args=(at, chosen),
            disabled=chosen is None,
            type="primary",
            shortcut=session.shortcut("Right"),
        )
        return
    for i, option in enumerate(options):
        mark = "✓" if i == question.right else "✗" if i == answer else " "
        said = f"{mark} {'ABCD'[i]}. {option}"
        st.markdown(f"**{said}**" if i == question.right else said)
    right = answer == question.right
    (st.success if right else st.error)(t("training.right" if right else "training.wrong"))
    for line in question.steps:
        st.markdown("- " + told(line, t.language, write))
    st.info(f"**{t('training.remember')}** {told(question.lesson, t.language, write)}")
    last = at + 1 >= n
    st.button(
        t("training.to_marks" if last else "training.next_question"),
        on_click=_on,
        type="primary",
        shortcut=session.shortcut("Right"),
    )


def _marks(base: Baseline, seed: int, asked: tuple[Question, ...], t: Words) -> None:
    """What the class got right, and a summary to print."""
    marks, write = _marked(base, seed, asked), writers(t, plain)
    st.markdown(t("training.marks", right=marks.right, total=marks.total))
    for kind, (right, total) in marks.kinds.items():
        lesson = next(question.lesson for question in asked if question.kind == kind)
        st.markdown(f"- {'✓' if right == total else '✗'} {right}/{total} · {told(lesson, t.language, write)}")
    name = typed.text_box(t("training.who"), "who", most=80)
    st.download_button(
        t("training.summary"),
        lambda: summary(base, seed, marks, name, t, date.today()).encode(),
        file_name=f"tong-ket-{seed}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
    )
    with st.container(horizontal=True):
        st.button(t("training.again"), on_click=session.reset_class)
        st.button(t("training.new_round"), on_click=session.next_seed, type="primary")


def _marked(base: Baseline, seed: int, asked: tuple[Question, ...]) -> Marks:
    answers = tuple(session.class_progress().answers.get(i) for i in range(len(asked)))
    return marked(Round(base.league.key, base.edition.key, seed, answers), asked)


def _answered(at: int, option: int | None) -> None:
    if option is not None:
        session.class_progress().answers[at] = option


def _on() -> None:
    session.class_progress().at += 1
