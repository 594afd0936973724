"""The plan as a paper: aims, tasks by component, organisation, and the table of lines as an annex."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from model.plan.action import ActionPlan, Line, component_of, outcome
from model.report.papers import remarks
from model.report.papers.letterhead import Letterhead
from model.report.papers.word import Paper
from model.report.sentence import named, sentence
from model.report.tables import band_name, rate_told, source_mark
from model.rules.formulas import band
from model.score.baseline import Baseline
from model.score.scenario import Effect, Scenario, effect
from model.words.texts import Words, listed

_ANNEX = (12, 54, 19, 19, 19, 17, 32, 30, 23, 32)  # mm
_ALIGN = ("center", "left", "right", "right", "right", "right", "left", "left", "center", "left")
_HEADS = ("no", "name", "before", "target", "more", "week", "owner", "beside", "by", "note")


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What is supposed of the time to come: how the others move, within a sentence, else that they stand still; the
    chance of the rank wanted; and what comes by itself, {group: count}."""

    peers: str = ""
    chance: float | None = None
    arriving: Mapping[str, int] = field(default_factory=dict)


def plan_paper(
    base: Baseline, unit: int, plan: ActionPlan, outlook: Outlook, letterhead: Letterhead, t: Words
) -> bytes:
    """A plan of one unit as a .docx; lines that are not to be done for certain stand in the annex alone."""
    about = t("paper.plan_about", unit=named(base, unit, t))
    paper = Paper(about, letterhead, remarks.mark(base, t), t)
    done = outcome(base, unit, plan)[0]
    paper.head(base, unit, "plan")
    paper.title(t("paper.plan"), about)
    paper.body(t("paper.basis", agency=letterhead.issuer(base, unit, t)))
    paper.heading(t("paper.aims"), 1)
    paper.body(sentence(base, unit, Scenario(), effect(base, unit, Scenario()), t))
    paper.items(list(_aims(base, plan, done, outlook, t)))
    paper.table(*_components(base, done, t))
    paper.heading(t("paper.tasks"), 1)
    for number, (component, lines) in enumerate(_by_component(base, plan), start=1):
        paper.heading(f"{number}. {_component(base, component, done, t)}", 2)
        paper.items([task(base, unit, plan, line, t) for line in lines])
    paper.heading(t("paper.organisation"), 1)
    paper.items([*_owners(plan, base, t), t("paper.follow_up", agency=letterhead.issuer(base, unit, t))])
    paper.heading(t("paper.assumed"), 1)
    paper.items(list(_assumed(base, plan, outlook, t)))
    paper.body(t("paper.end"), last=True)
    paper.sign(base)
    numbered = letterhead.numbered(base, "plan", t)
    paper.annex(t("paper.annex"), t("paper.annex_of", number=numbered, issuer=letterhead.issuer(base, unit, t)))
    rows = [_row(base, unit, plan, at, line, t) for at, line in enumerate(plan.lines, start=1)]
    paper.table([t(f"action.{key}") for key in _HEADS], rows, _ANNEX, _ALIGN, small=True)
    return paper.bytes()


def above(base: Baseline, unit: int, plan: ActionPlan, t: Words) -> list[str]:
    """What stands above a plan's workbook: whose it is, its time, and the total that follows from its lines."""
    league = base.league
    mark = remarks.mark(base, t)
    lines = [mark] if mark else []
    title = league.title.get(t.language) or league.key
    lines.append(t("action.above_unit", unit=league.names[unit], league=title))
    if plan.figures and plan.today and plan.by:
        lines.append(t("action.above_time", figures=t.day(plan.figures), today=t.day(plan.today), by=t.day(plan.by)))
    for key, takes in (("yes", ("yes",)), ("maybe", ("yes", "maybe"))):
        if key == "yes" or any(line.take == "maybe" for line in plan.lines):
            lines.append(t(f"action.above_{key}", result=_result(base, outcome(base, unit, plan, takes)[0], t)))
    return [*lines, t("action.above_still")]


def _result(base: Baseline, done: Effect, t: Words) -> str:
    return t("targets.result", score=t.points(done.after.score), rank=t.count(done.rank_after), n=base.ranked)


def line_name(base: Baseline, line: Line, t: Words) -> str:
    """What a line is called: as its reader calls it, or by its lever or component."""
    edition = base.edition
    if line.name or not line.key:
        return line.name
    if line.key in edition.lever_index:
        return t.of(edition.levers[edition.lever_index[line.key]].name)
    return t.of(edition.components[edition.component_index[line.key]].name)


def figure(base: Baseline, line: Line, value: float | None, t: Words) -> str:
    """A rate or a number of points of a line; a dash where there is none."""
    if value is None:
        return "–"
    return t.number(value, 2) if line.key in base.edition.component_index else t.percent(value)


def task(base: Baseline, unit: int, plan: ActionPlan, line: Line, t: Words) -> str:
    """One line as a sentence: from and to, things in all and per week, until when, who."""
    details = {"name": line_name(base, line, t), "before": figure(base, line, line.before, t)}
    if line.key in base.edition.lever_index and line.before is not None:
        details["before"] = rate_told(base, unit, line.key, line.before, t)
    details["after"] = line.unread.get("target") or figure(base, line, line.target, t)
    said = t("paper.task" if line.key else "paper.task_own", **details)
    if line.more is not None:
        week = plan.per_week(line)
        group = base.edition.groups[base.edition.levers[base.edition.lever_index[line.key]].group]
        said += t("paper.task_things", more=t.count(line.more), noun=t.of(group))
        said += "" if week is None else t("paper.task_week", week=t.count(week))
    until, owner, beside = line.by or plan.by, line.owner, line.beside
    said += t("paper.task_by", by=t.day(until)) if until else ""
    said += t("paper.task_owner", owner=owner) if owner else ""
    said += t("paper.task_beside", beside=beside) if beside else ""
    return said + "."


def _aims(base: Baseline, plan: ActionPlan, done: Effect, outlook: Outlook, t: Words) -> Iterator[str]:
    found = band(base.edition, float(done.after.score))
    aim = t(
        "paper.aim",
        by=t("paper.until", by=t.day(plan.by)) if plan.by else "",
        score=t.points(done.after.score),
        change=t.signed(done.after.score - done.before.score),
        rank=t.count(done.rank_after),
        n=base.ranked,
        ties=_ties(base, done, t),
        band=band_name(base, found.key, t) if found else "–",
    )
    yield aim[0].upper() + aim[1:]
    if plan.rank is not None and plan.score is not None:
        peers = outlook.peers or t("targets.peers_still")
        yield t("paper.wanted_rank", rank=plan.rank, score=t.number(plan.score, 2), peers=peers)
    elif plan.score is not None:
        yield t("paper.wanted_score", score=t.number(plan.score, 2))
    if outlook.chance is not None and plan.rank is not None:
        yield t("paper.chance", rank=plan.rank, chance=t.chance(outlook.chance))


def _ties(base: Baseline, done: Effect, t: Words) -> str:
    names = listed([base.league.names[i] for i in done.tied_after], 2, t)
    return t("effect.tied_with", names=names) if names else ""


def _components(
    base: Baseline, done: Effect, t: Words
) -> tuple[list[str], list[list[str]], tuple[int, ...], tuple[str, ...], tuple[int, ...]]:
    """The table of components and score, before and after: heads, rows, widths, sides, and the row set off."""
    heads = [t("effect.component"), t("paper.now"), t("paper.then"), t("effect.change"), t("method.max")]
    columns = zip(base.edition.components, done.before.components, done.after.components, strict=True)
    rows = [[t.of(c.name), t.points(a), t.points(b), t.signed(b - a), t.number(c.max_points, 0)] for c, a, b in columns]
    a, b = done.before.score, done.after.score
    rows.append([t("effect.total"), t.points(a), t.points(b), t.signed(b - a), t.number(base.edition.total, 0)])
    return heads, rows, (58, 24, 34, 24, 20), ("left", *("right",) * 4), (len(rows) - 1,)


def _by_component(base: Baseline, plan: ActionPlan) -> Iterator[tuple[int | None, list[Line]]]:
    """The lines that are to be done, by the component that they are of; a unit's own tasks last."""
    sure = [line for line in plan.lines if line.take == "yes"]
    for component in (*range(len(base.edition.components)), None):
        lines = [line for line in sure if component_of(base.edition, line.key) == component]
        if lines:
            yield component, lines


def _component(base: Baseline, component: int | None, done: Effect, t: Words) -> str:
    if component is None:
        return t("paper.own_tasks")
    of = base.edition.components[component]
    points = {"before": done.before.components[component], "after": done.after.components[component]}
    told = {key: t.points(value) for key, value in points.items()}
    return t("paper.component", name=t.of(of.name), **told, most=t.number(of.max_points, 0))


def _owners(plan: ActionPlan, base: Baseline, t: Words) -> Iterator[str]:
    """Who answers for which lines, and which have nobody yet."""
    sure = [line for line in plan.lines if line.take == "yes"]
    for owner in dict.fromkeys(line.owner for line in sure):
        names = "; ".join(line_name(base, line, t) for line in sure if line.owner == owner)
        yield t("paper.owner", owner=owner, names=names) if owner else t("paper.nobody", names=names)


def _assumed(base: Baseline, plan: ActionPlan, outlook: Outlook, t: Words) -> Iterator[str]:
    yield from remarks.sources(base, t)
    yield from remarks.assumptions(base, t, [line.key for line in plan.lines])
    groups = base.edition.groups
    things = ", ".join(f"{t.count(n)} {t.of(groups[group])}" for group, n in outlook.arriving.items() if n)
    if things:
        yield t("targets.goes_on", things=things)


def _row(base: Baseline, unit: int, plan: ActionPlan, number: int, line: Line, t: Words) -> list[str]:
    """One line of the annex; what could not be read stands as it was written."""
    until = line.by or plan.by
    week = plan.per_week(line)
    cells = {
        "before": figure(base, line, line.before, t) if line.key else "",
        "target": figure(base, line, line.target, t) if line.key else "",
        "more": "" if line.more is None else t.count(line.more),
        "week": "" if week is None else t.count(week),
        "by": t.day(until) if until else "",
    } | dict(line.unread)
    doubtful = "" if line.take == "yes" else t(f"paper.take_{line.take}")
    mark = source_mark(base, unit, line.key, t) if line.key in base.edition.lever_index else ""
    note = "; ".join(filter(None, [doubtful, mark, line.note]))
    name = line_name(base, line, t)
    return [str(number), name, *(cells[k] for k in _HEADS[2:6]), line.owner, line.beside, cells["by"], note]
