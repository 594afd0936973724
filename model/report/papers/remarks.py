"""What every paper says of its figures: whether they are made up, where they come from, on what assumptions."""

from collections.abc import Iterable

from model.report.tables import covers
from model.score.baseline import Baseline
from model.words.texts import Words

_UNSURE = ("P", "A")  # evidence of a target that nobody has recomputed


def mark(base: Baseline, t: Words) -> str:
    """That the figures are made up, or nothing; what of them is published included."""
    return t("paper.illustrative") if base.league.origin == "illustrative" else ""


def sources(base: Baseline, t: Words) -> list[str]:
    """The table with its day and source, and the rules."""
    league = base.league
    dated = covers(league, t)
    title = league.title.get(t.language) or league.key
    lines = [t("paper.table", league=title, covers=f" ({dated})" if dated else "")]
    lines += [t("league.source", source=t.of(league.source).rstrip("."))] if league.source else []
    return [*lines, t("paper.rules", edition=t.of(base.edition.title))]


def assumptions(base: Baseline, t: Words, moved: Iterable[str] = ()) -> list[str]:
    """That the others stand still, how ties rank, and which of the moved levers' targets nobody has confirmed."""
    unsure = [
        f"{t.of(c.name)} ({t.percent(c.target)})"
        for c in base.edition.criteria
        if c.evidence in _UNSURE and set(c.levers) & set(moved)
    ]
    lines = [t("paper.still"), t("paper.ties")]
    return lines + ([t("paper.unsure", names="; ".join(unsure))] if unsure else [])
