"""python -m model score|whatif|plan|best|chances|track: figures as JSON on standard output, problems on standard error.

And `report`: the same figures as papers; and `file`: the simulator as one HTML file, the only command that needs the
panel, which the pages have.
"""

import argparse
import io
import json
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from model.peers.calendar import Clock, arrivals, clock, days, last_figures
from model.peers.chances import rank_chances, scores_for
from model.peers.forecast import PeerMovement, forecast, own_forecast
from model.peers.history import default
from model.peers.series import series
from model.plan import action_book
from model.plan import plan as planning
from model.plan.action import ActionPlan, outcome, taken_plan
from model.plan.best import best, in_all
from model.plan.search import KINDS
from model.plan.track import owned, track
from model.report.papers import PAPERS, plan_paper
from model.report.papers.brief import brief
from model.report.papers.letterhead import Letterhead
from model.report.papers.ranking_book import ranking_book
from model.report.papers.report_paper import chat, report_paper
from model.report.papers.review import review
from model.report.plan_figures import answer_figures, best_figures, chance_of, chances_figures
from model.report.score_figures import effect_figures, league_figures
from model.report.series_figures import series_figures
from model.report.track_figures import track_figures
from model.rules.files import load
from model.rules.formulas import hundredths
from model.score import scenario as what
from model.score.baseline import Baseline, baseline
from model.score.levers import exceeded, unknown_changes
from model.table.league import PERIODS
from model.table.leagues import dated as dated_tables
from model.table.leagues import earlier, found, samples
from model.table.reading.dating import dated
from model.table.reading.findings import Finding, said
from model.table.reading.reading import Corrections
from model.table.reading.sheets import ROWS
from model.words.numbers import plain_count, plain_day, plain_number
from model.words.problems import LANGUAGES, Amount, Problem
from model.words.texts import words

_COMMANDS = {
    "score": "every unit's points, score and rank",
    "whatif": "one unit under supposed rates",
    "plan": "the least that takes one unit to a rank or a score",
    "best": "the highest that an effort takes one unit to, and what more would bring",
    "chances": "how likely each rank is for one unit among uncertain peers",
    "history": "how units moved over dated tables of one league",
    "track": "how far a plan has come by a newer table",
    "report": "a paper about one unit: a plan, a week's report, one page, the ranking",
    "file": "the simulator of a league as one HTML file, which works offline",
}
_HEAD = {
    "parent": "the agency above",
    "agency": "the agency that issues it",
    "number": "its number",
    "place": "where it is issued",
    "title": "the signer's title",
    "signer": "the signer's name",
}


def main(arguments: list[str] | None = None) -> int:
    """The exit status of a command: 0, or 2 with one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        asked = _parser().parse_args(arguments)
        if asked.command == "history":
            return _history(asked)
        league, doubts = found(asked.table, asked.edition, _corrections(asked), dict(map(_pair, asked.column)))
        base = baseline(load(league.edition), league)
        commands = {
            "score": _score,
            "whatif": _whatif,
            "plan": _plan,
            "best": _best,
            "chances": _chances,
            "track": _track,
            "report": _report,
            "file": _file,
        }
        answer, notes = commands[asked.command](base, asked)
        if asked.findings is not None:
            _write(
                Path(asked.findings),
                json.dumps([_finding(f, asked.lang) for f in doubts], ensure_ascii=False, indent=1),
            )
        text = json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False) if isinstance(answer, dict) else answer
        if asked.out is not None:
            _write(Path(asked.out), text)
    except Problem as problem:
        print(problem.text(_language(arguments)), file=sys.stderr)
        return 2
    for line in (*said(doubts, asked.lang), *(note.text(asked.lang) for note in notes)):
        print(line, file=sys.stderr)
    if asked.out is None:
        print(text)
    return 0


def _corrections(asked: argparse.Namespace) -> Corrections:
    """What the command says of how its table is to be read; raises Problem."""
    header = plain_count(asked.header) if asked.header else 0
    if header is None or asked.header and not 1 <= header <= ROWS:
        raise Problem("header_wrong", value=asked.header)
    day = dated([asked.as_of])[0] if asked.as_of else None
    if asked.as_of and day is None:
        raise Problem("as_of_wrong", value=asked.as_of)
    return Corrections(sheet=asked.sheet, header=header, period=asked.period, as_of=day)


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    """A finding as JSON: its place, its code, what was done, and the sentence."""
    return {
        "sheet": finding.sheet,
        "row": finding.row or None,
        "column": finding.column,
        "why": finding.why.code,
        "done": finding.done.code.removeprefix("done_"),
        "text": finding.text(language),
    }


def _write(path: Path, text: str | bytes) -> None:
    try:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    except OSError as error:
        raise Problem("file_unwritten", file=path.name, error=error.strerror or error) from None


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Problem("command", message=message, usage=" ".join(self.format_usage().split()))


def _parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    parser = _Parser(prog="python -m model", description="Index 766: scores, ranks and what-ifs.")
    added = parser.add_subparsers(dest="command", required=True)
    command = {name: added.add_parser(name, help=told) for name, told in _COMMANDS.items()}
    report, tracked, chances = (command[name] for name in ("report", "track", "chances"))
    report.add_argument("paper", choices=PAPERS, help="with .docx, .xlsx, .html or .txt as --out says")
    tracked.add_argument("plan", metavar="PLAN.xlsx", help="a plan's workbook")
    _history_options(command["history"])
    for name in command.keys() - {"history"}:
        _table_options(command[name], "vi" if name in ("report", "file") else "en")
    for name in ("whatif", "plan", "best", "chances", "report", "file"):
        command[name].add_argument("--unit", metavar="CODE", required=True)
    told = "a rate (0.98, 98%%, 98,5%%), counts (2700/2735), or a component's points"
    for name in ("whatif", "chances", "report", "file"):
        command[name].add_argument("--set", metavar="LEVER=VALUE", action="append", default=[], help=told)
    _movement_options(chances)
    _goal_options(command["plan"])
    _goal_options(report).add_argument("--plan", metavar="FILE", help="a plan's workbook, as report wrote it")
    _effort_options(command["best"])
    _paper_options(report)
    tracked.add_argument("--unit", metavar="CODE", help="whose plan it is, where its workbook does not say so")
    tracked.add_argument("--since", metavar="TABLE", help="the table that the plan was made of; a sample is known")
    for name in ("plan", "best", "chances", "track", "report"):
        command[name].add_argument("--today", metavar="DATE", help="from when work can be done; today unless given")
    for name in ("plan", "best", "report"):
        _work_options(command[name])
    return parser


def _history_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add("tables", metavar="TABLE", nargs="+", help="workbooks, CSV or JSON files, or samples' names")
    add("--unit", metavar="CODE", action="append", default=[], help="a unit to follow")
    add(
        "--days",
        metavar="N",
        default="30",
        help="how far ahead scores, and those who may overtake, are foretold",
    )
    add("--lang", choices=LANGUAGES, default="en", help="language of messages")


def _table_options(command: argparse.ArgumentParser, language: str) -> None:
    """The table, how it is read, and what the answer is written to."""
    command.add_argument("table", metavar="TABLE", help="a workbook, CSV or JSON file, or a sample league's name")
    command.add_argument("--edition", metavar="KEY", help="the rules; guessed where nothing names them")
    add = command.add_argument_group("corrections of how TABLE is read").add_argument
    add("--sheet", metavar="NAME", default="", help="the sheet of a workbook")
    add("--header", metavar="ROW", help="the first row of the headings, from 1")
    told = "what the column of that heading, or of those letters, holds: code, name, score, a component, on_time_done"
    add("--column", metavar="NAME=KEY", action="append", default=[], help=told)
    add("--period", choices=(*PERIODS, "-"), default="", help="what the figures cover; - for none")
    add("--as-of", metavar="DATE", help="the day of the figures")
    add("--findings", metavar="FILE", help="a file to write what is doubtful to, as JSON")
    told = "a file to write, instead of standard output (of which PowerShell's > changes the encoding)"
    command.add_argument("--out", metavar="FILE", help=told)
    command.add_argument("--lang", choices=LANGUAGES, default=language, help="language of messages, and of a file")


def _movement_options(command: argparse.ArgumentParser) -> None:
    """How the others move, and we."""
    add = command.add_argument
    told = "standard deviation of a peer's score, in points; as measured of the edition and level unless given"
    add("--spread", metavar="S", help=told)
    told = "points that every peer is expected to gain meanwhile; the measured mean unless given, 0 for none"
    add("--drift", metavar="D", help=told)
    add("--own-spread", metavar="S", default="0", help="the same of our own score; 0 unless given")
    add("--jumps", action="store_true", help="add the chance that the others lose or win back all petition points")
    add("--by", metavar="DATE", help="until when the others move; as long as was measured unless given")


def _goal_options(command: argparse.ArgumentParser) -> Any:
    """What is wanted, and until when; the group of goals, of which there is one."""
    goal = command.add_mutually_exclusive_group(required=command.prog.endswith(" plan"))
    goal.add_argument("--rank", metavar="N")
    goal.add_argument("--score", metavar="S")
    command.add_argument("--by", metavar="DATE", help="the deadline: what arrives until then follows the pace so far")
    told = "only what goes beyond the present pace costs effort"
    command.add_argument("--beyond-pace", action="store_true", help=told)
    return goal


def _effort_options(command: argparse.ArgumentParser) -> None:
    told = "a week, in dossiers settled beyond the present pace"
    command.add_argument("--effort", metavar="N", required=True, help=told)
    command.add_argument("--by", metavar="DATE", required=True, help="the deadline")


def _paper_options(command: argparse.ArgumentParser) -> None:
    """What a paper is about, and who issues it."""
    command.add_argument("--kind", choices=KINDS, default=KINDS[0], help="which of the planner's plans")
    command.add_argument("--since", metavar="TABLE", help="the table before, for what has changed")
    head = command.add_argument_group("who issues the paper; as usual, or left blank, unless given")
    for name, told in _HEAD.items():
        head.add_argument(f"--{name}", default="", help=told)
    head.add_argument("--to", metavar="WHOM", action="append", default=[], help="who gets a copy")


def _work_options(command: argparse.ArgumentParser) -> None:
    """What there is to do, and what it costs."""
    add = command.add_argument
    told = "things still to come; all levers then move in whole"
    add("--more", metavar="GROUP=COUNT", action="append", default=[], help=told)
    told = "effort of one thing more, or of one percentage point"
    add("--cost", metavar="LEVER=X", action="append", default=[], help=told)
    add("--fix", metavar="LEVER", action="append", default=[], help="a lever to leave where it is")


def _language(arguments: list[str] | None) -> str:
    given = sys.argv[1:] if arguments is None else arguments
    return next(
        (
            language
            for language in LANGUAGES
            if f"--lang={language}" in given or ("--lang", language) in pairwise(given)
        ),
        "en",
    )


def _score(base: Baseline, _: argparse.Namespace) -> tuple[dict[str, Any], list[Problem]]:
    """Every unit of the league."""
    return league_figures(base), []


def _whatif(base: Baseline, asked: argparse.Namespace) -> tuple[dict[str, Any], list[Problem]]:
    """The answer, and what to know about it."""
    unit = base.league.index(asked.unit)
    scenario = what.parsed(base.edition, map(_pair, asked.set))
    effect = what.effect(base, unit, scenario)
    notes = [Problem("set_limited", key=key, limit=limit) for key, limit in exceeded(base, unit, scenario).items()]
    for part, (low, high) in unknown_changes(base, unit, scenario).items():
        name = base.edition.components[base.edition.component_index[part]].name
        notes.append(Problem("scaled_unknown", name=name, low=Amount(low / 100), high=Amount(high / 100)))
    return effect_figures(base, unit, scenario, effect), notes


def _history(asked: argparse.Namespace) -> int:
    """The tables in a row, printed as JSON, and what is doubtful in them on standard error."""
    read = [dated_tables(table) for table in asked.tables]
    tables = {(table.as_of, table.codes): table for leagues, _ in read for table in leagues}
    row = series([baseline(load(table.edition), table) for table in tables.values()])
    units = [row.latest.league.index(code) for code in asked.unit]
    answer = series_figures(row, units, _count("--days", asked.days), asked.lang)
    print(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False))
    for _, doubts in read:
        for line in said(doubts, asked.lang):
            print(line, file=sys.stderr)
    return 0


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise Problem("set_form", text=text)
    return key.strip(), value


def _plan(base: Baseline, asked: argparse.Namespace) -> tuple[dict[str, Any], list[Problem]]:
    """What it takes to reach a rank or a score."""
    unit, time = base.league.index(asked.unit), _time(base, asked)
    found, rank, _ = _answer(base, unit, time, asked)
    told = answer_figures(base, unit, found, rank, time, chance_of(base, unit, time))
    return _told_time(base, time, asked) | told, []


def _track(base: Baseline, asked: argparse.Namespace) -> tuple[dict[str, Any], list[Problem]]:
    """How far a plan has come by a newer table."""
    plan, notes = action_book.read(_bytes(Path(asked.plan)), Path(asked.plan).name, base.edition)
    was = _since(asked)
    if was is None and plan.league in (*samples(), *earlier()):
        was = _table(plan.league)
    found = track(owned(plan, base, asked.unit), base, _today(asked), was)
    return track_figures(found, words(asked.lang)), notes


def _answer(
    base: Baseline, unit: int, time: Clock | None, asked: argparse.Namespace
) -> tuple[planning.Answer, int | None, planning.Means]:
    """What the rank or the score asked for takes, that rank, and what a plan may use."""
    peers = np.delete(base.standing.score, unit)
    if asked.rank is not None:
        needed = planning.score_for_rank(peers, rank := _count("rank", asked.rank))
    else:
        rank, needed = None, float(hundredths(np.array(_amount("score", asked.score, base.edition.total))))
    now, means = _means(base, unit, asked, time)
    return planning.answer(now, unit, needed, means, peers), rank, means


def _best(base: Baseline, asked: argparse.Namespace) -> tuple[dict[str, Any], list[Problem]]:
    """How high an effort takes a unit, and what more would bring."""
    unit = base.league.index(asked.unit)
    effort = _amount("--effort", asked.effort)
    if np.isnan(base.standing.score[unit]):
        raise Problem("plan_no_score", unit=base.league.names[unit])
    time = _time(base, asked)
    now, means = _means(base, unit, asked, time)
    found = best(now, unit, in_all(effort, time.weeks if time else 1.0), planning.reaches(now, unit, means)[0])
    told = best_figures(base, unit, found, effort, time, chance_of(base, unit, time))
    return _told_time(base, time, asked) | told, []


def _time(base: Baseline, asked: argparse.Namespace) -> Clock | None:
    """The league's time cut at today and the deadline; None without one."""
    today = _today(asked)
    if asked.by is None:
        return None
    if last_figures(base.league) is None:
        raise Problem("plan_undated")
    return clock(base.league, today, _day("--by", asked.by))


def _today(asked: argparse.Namespace) -> date:
    return _day("--today", asked.today) if asked.today else date.today()


def _told_time(base: Baseline, time: Clock | None, asked: argparse.Namespace) -> dict[str, Any]:
    figures = last_figures(base.league)
    today = time.today if time else _today(asked)
    return {
        "as_of": figures and figures.isoformat(),
        "today": today.isoformat(),
        "by": time and time.by.isoformat(),
        "weeks": time and time.weeks,
    }


def _chances(base: Baseline, asked: argparse.Namespace) -> tuple[dict[str, Any], list[Problem]]:
    """How likely each rank is, and the score for a wanted one; the 10th, or the last of a smaller league."""
    unit = base.league.index(asked.unit)
    scenario = what.parsed(base.edition, map(_pair, asked.set))
    own_spread = _spread("--own-spread", asked.own_spread)
    spread = None if asked.spread is None else _spread("--spread", asked.spread)
    drift = None if asked.drift is None else _drift(asked.drift)
    told = spread is not None and drift is not None and not asked.jumps
    measure, time = None if told else default(base), _time(base, asked)
    ahead = days(base.league, time.by) if time else measure.days if measure else 0
    movement = PeerMovement("uncertain", drift, spread, asked.jumps)
    peers = forecast(base, movement, ahead, measure=measure).without(unit)
    own = own_forecast(base, unit, scenario, own_spread, False, ahead)  # our own first petition is a loss, no average
    found = rank_chances(base.edition, peers, own)
    wanted = min(10, found.pmf.size)
    scores = scores_for(base.edition, peers, [wanted], [0.5, 0.8, 0.95], own)
    notes = [Problem("set_limited", key=key, limit=limit) for key, limit in exceeded(base, unit, scenario).items()]
    drift = measure.drift(ahead) if measure and drift is None else drift
    return {"days": ahead if measure else None, "drift": drift, **chances_figures(found, scores)}, notes


def _file(base: Baseline, asked: argparse.Namespace) -> tuple[str, list[Problem]]:
    """The simulator as one file, opened on a unit and what is supposed of it."""
    from model.report.choice import Choice
    from pages.panel.one_file import page

    unit, scenario = base.league.index(asked.unit), what.parsed(base.edition, map(_pair, asked.set))
    what.resolved(base, unit, scenario)
    choice = Choice(league=base.league.key, unit=base.league.codes[unit], scenario=scenario)
    notes = [Problem("set_limited", key=key, limit=limit) for key, limit in exceeded(base, unit, scenario).items()]
    return page(base, unit, choice, words(asked.lang), date.today()), notes


def _report(base: Baseline, asked: argparse.Namespace) -> tuple[str | bytes, list[Problem]]:
    """A paper, in the form that the ending of its file names."""
    ending = Path(asked.out or "").suffix.lower()
    if ending not in PAPERS[asked.paper]:
        raise Problem("paper_form", paper=asked.paper, known=PAPERS[asked.paper])
    unit = base.league.index(asked.unit)
    if np.isnan(base.standing.score[unit]):
        raise Problem("plan_no_score", unit=base.league.names[unit])
    if asked.paper == "plan":
        return _plan_paper(base, unit, ending, asked)
    r = review(base, unit, _today(asked), _since(asked), what.parsed(base.edition, map(_pair, asked.set)))
    t = words(asked.lang)
    writers: dict[tuple[str, str], Callable[[], str | bytes]] = {
        ("week", ".docx"): lambda: report_paper(r, _letterhead(asked), t),
        ("week", ".txt"): lambda: chat(r, t),
        ("brief", ".html"): lambda: brief(r, t),
        ("ranking", ".xlsx"): lambda: ranking_book(r, t),
    }
    return writers[asked.paper, ending](), []


def _since(asked: argparse.Namespace) -> Baseline | None:
    """The table before; None where none is named."""
    return None if asked.since is None else _table(asked.since)


def _table(name: str) -> Baseline:
    league = found(name)[0]
    return baseline(load(league.edition), league)


def _plan_paper(base: Baseline, unit: int, ending: str, asked: argparse.Namespace) -> tuple[bytes, list[Problem]]:
    """A plan, answered for the rank or score asked for or read from its workbook, as a paper or as its workbook."""
    time, t = _time(base, asked), words(asked.lang)
    if asked.plan:
        plan, notes = action_book.read(_bytes(Path(asked.plan)), Path(asked.plan).name, base.edition)
        if plan.unit not in ("", base.league.codes[unit]):
            raise Problem("paper_other_unit", one=plan.unit_name, other=base.league.names[unit])
        outlook = plan_paper.Outlook()
    else:
        plan, outlook = _asked_plan(base, unit, time, asked)
        notes = []
    notes += outcome(base, unit, plan)[1]
    if ending == ".xlsx":
        return action_book.written(plan, base.edition, plan_paper.above(base, unit, plan, t), t), notes
    return plan_paper.plan_paper(base, unit, plan, outlook, _letterhead(asked), t), notes


def _asked_plan(
    base: Baseline, unit: int, time: Clock | None, asked: argparse.Namespace
) -> tuple[ActionPlan, plan_paper.Outlook]:
    """The planner's plan of the kind asked for taken over, the chance of the rank, and what comes by itself."""
    if asked.rank is None and asked.score is None:
        raise Problem("paper_no_goal")
    found, rank, means = _answer(base, unit, time, asked)
    if not found.plans:
        details = {"needed": Amount(found.needed / 100), "best": Amount(found.best_score / 100)}
        raise Problem("paper_met" if found.status == "already_met" else "paper_out_of_reach", **details)
    chosen = next((plan for plan in found.plans if plan.kind == asked.kind), found.plans[0])
    today, by = (time.today, time.by) if time else (_today(asked), None)
    plan = taken_plan(base, unit, chosen, today, by, rank, found.needed)
    return plan, plan_paper.Outlook(chance=chance_of(base, unit, time)(chosen.score, rank), arriving=means.more or {})


def _letterhead(asked: argparse.Namespace) -> Letterhead:
    return Letterhead(day=_today(asked), recipients=tuple(asked.to), **{name: getattr(asked, name) for name in _HEAD})


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem("file_broken", file=path.name, error=error.strerror or error) from None


def _spread(option: str, text: str) -> float:
    value = plain_number(text)
    if value is None or not 0 <= value <= 100:
        raise Problem("chance_spread", option=option, value=text, limit=100)
    return value


def _drift(text: str) -> float:
    value = plain_number(text.removeprefix("-").removeprefix("−"))
    if value is None or value > 100:
        raise Problem("chance_spread", option="--drift", value=text, limit=100)
    return -value if text[:1] in "-−" else value


def _means(base: Baseline, unit: int, asked: argparse.Namespace, time: Clock | None) -> tuple[Baseline, planning.Means]:
    """Where the unit stands today, and what the options allow from then on."""
    edition = base.edition
    more = {key: _count(key, text) for key, text in _pairs(asked.more, edition.groups).items()}
    efforts = {key: _amount(key, text) for key, text in _pairs(asked.cost, edition.lever_index).items()}
    fixed = frozenset(_known(key, edition.lever_index) for key in asked.fix)
    if time is None:
        beyond = asked.beyond_pace
        return base, planning.Means(more=more or None, efforts=efforts, fixed=fixed, beyond_pace=beyond)
    now = planning.carried(base, unit, arrivals(base, unit, time.today), {})
    more = arrivals(base, unit, time.by, time.today) | more
    return now, planning.Means(more=more, efforts=efforts, fixed=fixed, beyond_pace=True)


def _day(option: str, text: str) -> date:
    day = plain_day(text)
    if day is None:
        raise Problem("plan_day", key=option, value=text)
    return day


def _pairs(texts: Iterable[str], among: Iterable[str]) -> dict[str, str]:
    """{key: value} of KEY=VALUE texts; raises Problem for an unknown key or a repeat."""
    pairs: dict[str, str] = {}
    for key, value in map(_pair, texts):
        if _known(key, among) in pairs:
            raise Problem("set_twice", key=key)
        pairs[key] = value
    return pairs


def _known(key: str, among: Iterable[str]) -> str:
    if key not in among:
        raise Problem("plan_unknown", key=key, known=tuple(among))
    return key


def _count(key: str, text: str) -> int:
    count = plain_count(text)
    if count is None:
        raise Problem("plan_count", key=key, value=text)
    return count


def _amount(key: str, text: str, limit: float = 1e9) -> float:
    value = plain_number(text)
    if value is None or not 0 <= value <= limit:
        raise Problem("plan_amount", key=key, value=text, limit=f"{limit:g}")
    return value


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader such as `head` may leave early
    sys.exit(main())
