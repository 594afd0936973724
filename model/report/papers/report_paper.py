"""A week's or a month's report: as a paper, and as a text short enough for a chat."""

import re
from dataclasses import replace

from model.report.papers import remarks, review_said
from model.report.papers.letterhead import Letterhead
from model.report.papers.review import Review
from model.report.papers.word import Paper
from model.report.sentence import named
from model.report.tables import covers
from model.table.writing import held
from model.words.phrases import unbroken
from model.words.texts import Words

CHAT = 2000  # characters of a text for a chat
_SHORT = 40  # characters of a name in a chat


def report_paper(r: Review, letterhead: Letterhead, t: Words) -> bytes:
    """The report of one unit as a .docx."""
    time = covers(r.base.league, t)
    about = t("report.about", unit=named(r.base, r.unit, t))
    about += t("report.about_covers", covers=time) if time else ""
    paper = Paper(about, letterhead, remarks.mark(r.base, t), t)
    paper.head(r.base, r.unit, "report")
    paper.title(t("report.kind"), about)
    paper.heading(t("report.result"), 1)
    paper.items([*review_said.standing(r, t), *review_said.gaps(r, t)])
    heads = [t(f"report.{key}") for key in ("component", "points", "most", "share", "change")]
    rows = [list(row) for row in review_said.components(r, t)] + [_total(r, t)]
    sides = ("left", "right", "right", "right", "right")
    paper.table(heads, rows, (62, 24, 22, 26, 26), sides, bold=(len(rows) - 1,))
    paper.items(review_said.moved(r, t))
    paper.heading(t("report.league"), 1)
    paper.items(review_said.league(r, t))
    paper.heading(t("report.next"), 1)
    needed, lines = review_said.week(r, t)
    paper.body(needed)
    paper.items(lines)
    paper.body(review_said.what_if(r, t))
    paper.heading(t("report.assumed"), 1)
    *others, last = review_said.assumed(r, t)
    paper.items(others)
    paper.body(f"- {last}", last=True)
    paper.sign(r.base)
    return paper.bytes()


def chat(r: Review, t: Words) -> str:
    """The report as a text of at most `CHAT` characters; what matters less is left out first."""
    r = shortened(r, _SHORT)
    needed, lines = review_said.week(r, t)
    mark = remarks.mark(r.base, t)
    parts = [f"{name} {points}/{most} ({share})" for name, points, most, share, _ in review_said.components(r, t)]
    told = [  # what comes first matters least where the number is high
        (0, [mark] if mark else []),
        (0, review_said.standing(r, t)),
        (1, review_said.gaps(r, t)),
        (3, [t("report.parts", names="; ".join(parts))]),
        (4, review_said.moved(r, t)),
        (6, review_said.league(r, t)),
        (2, [needed, *(f"- {line}" for line in lines)]),
        (5, [review_said.what_if(r, t)]),
        (1, [remarks.sources(r.base, t)[0], t("paper.still")]),
    ]
    for most in range(max(rank for rank, _ in told), -1, -1):
        text = "\n".join(line for rank, said in told if rank <= most for line in said)
        if len(text) <= CHAT:
            break
    return unbroken(held(text))[:CHAT]


def shortened(r: Review, most: int) -> Review:
    """The same with names and titles of at most so many characters, each on one line."""
    league = r.base.league
    title = {language: _short(text, 2 * most) for language, text in league.title.items()}
    source = {language: _short(text, 4 * most) for language, text in league.source.items()}
    names = tuple(_short(name, most) for name in league.names)
    return replace(r, base=replace(r.base, league=replace(league, names=names, title=title, source=source)))


def _short(text: str, most: int) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _total(r: Review, t: Words) -> list[str]:
    score, total = float(r.now.before.score), r.base.edition.total
    change = "–" if r.change != r.change else t.signed(r.change)
    return [t("effect.total"), t.points(score), t.number(total, 0), review_said.share(score / 100 / total, t), change]
