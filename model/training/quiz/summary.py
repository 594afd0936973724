"""The summary of a round of the quiz: one page of HTML that stands by itself and prints."""

from datetime import date
from pathlib import Path

from model.score.baseline import Baseline
from model.training.facts import writers
from model.training.quiz.lines import Line, told
from model.training.quiz.quiz import Marks
from model.words.html import html
from model.words.texts import Words


def summary(base: Baseline, seed: int, marks: Marks, name: str, t: Words, made: date) -> str:
    """Who, how many were right, on what league and rules, and what to remember of each kind of question."""
    write, origin = writers(t), t(f"league.{base.league.origin}")
    league, edition = (t.of(titled.title) for titled in (base.league, base.edition))
    return html(
        Path(__file__).with_name("summary.html"),
        language=t.language,
        title=t("training.sheet"),
        mark=origin if base.league.origin == "illustrative" else "",
        name=name,
        right=marks.right,
        total=marks.total,
        rows=[(*both, told(Line(f"{kind}.lesson"), t.language, write)) for kind, both in marks.kinds.items()],
        made=f"{league} ({origin}) · {edition} · {t('training.seed')} {seed} · {t.day(made)}",
    )
