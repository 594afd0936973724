"""One page for a leader: where the unit stands, in a picture, and what next week takes; HTML that prints on one A4."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.report.papers import remarks, review_said
from model.report.papers.report_paper import shortened
from model.report.papers.review import Review
from model.report.tables import band_name, covers
from model.rules.formulas import band
from model.words.html import html
from model.words.phrases import unbroken
from model.words.texts import Words

_WIDE, _MARGIN = 1000.0, 12.0  # of the picture's own units
_NAME, _LINES = 48, 5  # letters of a name, and tasks told, so that all of it stays on one page


@dataclass(frozen=True)
class _Bar:
    """A component's row: name, texts, and from 0 to 100 how much we and the middle unit of the league have of it."""

    name: str
    points: str
    share: str
    change: str
    ours: float | None
    middle: float | None


@dataclass(frozen=True)
class _Strip:
    """Every unit's score along one axis: places of the others, ours, and marks of the axis with their labels."""

    others: list[float]
    ours: float
    marks: list[tuple[float, str]]


def brief(r: Review, t: Words) -> str:
    """The page of one unit; every text in it is escaped."""
    r = shortened(r, _NAME)
    needed, lines = review_said.week(r, t)
    told = [*review_said.moved(r, t), *review_said.league(r, t)]
    return html(
        Path(__file__).with_name("brief.html"),
        language=t.language,
        title=t("brief.title", unit=r.base.league.names[r.unit]),
        covers=covers(r.base.league, t),
        mark=remarks.mark(r.base, t),
        tiles=_tiles(r, t),
        since=review_said.standing(r, t)[1],
        gaps=unbroken(review_said.gaps(r, t)[0]),
        strip=_strip(r, t),
        strip_alt=t("brief.strip_alt", unit=r.base.league.names[r.unit], n=r.base.ranked),
        heads=[t(f"report.{key}") for key in ("component", "points", "share", "change")],
        bars=_bars(r, t),
        bars_legend=t("brief.bars_legend"),
        next=t("brief.next"),
        needed=unbroken(needed),
        lines=[unbroken(line) for line in lines[:_LINES]],
        what_if_head=t("brief.what_if"),
        what_if=review_said.what_if(r, t),
        league_head=t("brief.league"),
        league=[unbroken(line) for line in told],
        remarks=[unbroken(line) for line in review_said.assumed(r, t)],
    )


def _tiles(r: Review, t: Words) -> list[tuple[str, str, str]]:
    """Heading, figure and what stands below it: score, rank, band, and the gap to the next above."""
    base, now = r.base, r.now.before
    found = band(base.edition, float(now.score))
    changed = "" if np.isnan(r.change) else unbroken(t("brief.changed", change=t.signed(r.change)))
    places = "" if np.isnan(r.rank_before) else t("brief.was", rank=t.count(r.rank_before))
    tiles = [
        (t("panel.score"), t.points(now.score), changed),
        (t("panel.rank"), f"{t.count(base.rank[r.unit])}/{t.count(base.ranked)}", places),
        (t("panel.band"), band_name(base, found.key, t) if found else "–", ""),
    ]
    if r.now.next_above:
        above = base.league.names[r.now.next_above[0]]
        return [*tiles, (t("brief.to_next"), t.points(r.now.gap), above)]
    return [*tiles, (t("brief.ahead"), "–" if np.isnan(r.lead) else t.points(r.lead), "")]


def _strip(r: Review, t: Words) -> _Strip:
    score = r.base.standing.score / 100
    low, high = np.floor(np.nanmin(score)), np.ceil(np.nanmax(score))
    span = max(1.0, high - low)
    step = next(step for step in (1, 2, 5, 10, 20, 50) if span / step <= 12)
    marks = np.arange(np.ceil(low / step) * step, high + step / 2, step)

    def at(value: float) -> float:
        return float(np.round(_MARGIN + (value - low) / span * (_WIDE - 2 * _MARGIN), 1))

    others = [at(value) for value in np.delete(score, r.unit) if not np.isnan(value)]
    return _Strip(others, at(score[r.unit]), [(at(mark), t.number(mark, 0)) for mark in marks if mark <= high])


def _bars(r: Review, t: Words) -> list[_Bar]:
    shares = 100 * r.base.standing.components / r.base.edition.component_max
    bars = []
    for k, (name, points, most, share, change) in enumerate(review_said.components(r, t)):
        column = shares[~np.isnan(shares[:, k]), k]
        ours = float(shares[r.unit, k])
        middle = float(np.median(column)) if column.size else None
        bars.append(_Bar(name, f"{points}/{most}", share, change, None if np.isnan(ours) else ours, middle))
    return bars
