"""python -m model: figures as JSON on standard output, or exit status 2 and one line that says what is wrong."""

import contextlib
import io
import json
import subprocess
import sys
from datetime import date
from math import ceil

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.__main__ import main
from model.peers.expected import by_rules, fared, outlook
from model.peers.series import series
from model.rules.files import load
from model.table import leagues as tables
from spaced import spaced
from strategies import sample

LEAGUE = "dak_lak_2026-10-10"
UNIT = ["--unit", "H15.198"]
TIMED = ["plan", LEAGUE, *UNIT, "--rank", "1", "--today", "2026-11-25"]
HEAD = "unit_code,unit_name,"


def run(*arguments):
    """Exit status, standard output and standard error of a command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(list(arguments))
    return status, out.getvalue(), err.getvalue()


def answer(*arguments):
    """The JSON of a command that says nothing else."""
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    return json.loads(out)


def refused(*arguments):
    """The one line with which a command is refused."""
    status, out, err = run(*arguments)
    assert (status, out, len(err.splitlines())) == (2, "", 1), err
    assert err.endswith("\n") and "Traceback" not in err and len(err) > 10
    return spaced(err.strip())


@pytest.fixture
def table(tmp_path):
    """A function that writes a CSV and gives its path."""

    def write(text, name="own.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


UNIT_KEYS = [
    "unit_code",
    "unit_name",
    "score",
    "published_score",
    "rank",
    "tied_with",
    "band",
    "components",
    "criteria",
    "levers",
]


@pytest.mark.parametrize("name", tables.samples())
def test_score_gives_every_unit_of_a_sample_league_in_the_order_of_the_table(name):
    found, base = answer("score", name), sample(name)
    assert list(found) == ["edition", "league", "units"]
    assert (found["edition"], found["league"]) == (base.edition.key, name)
    assert [unit["unit_code"] for unit in found["units"]] == list(base.league.codes)
    for unit in found["units"]:
        assert list(unit) == UNIT_KEYS
        assert list(unit["components"]) == [c.key for c in base.edition.components]
        assert all(list(part) == ["points", "published", "source", "modelled"] for part in unit["components"].values())
        assert list(unit["criteria"]) == [c.key for c in base.edition.criteria]


def test_score_of_a_published_unit_to_the_last_digit():
    unit = answer("score", LEAGUE)["units"][0]
    assert (unit["unit_code"], unit["unit_name"], unit["score"], unit["rank"]) == ("H15.198", "Xã Xuân Lãnh", 73.41, 1)
    assert (unit["tied_with"], unit["band"]) == ([], "fair")
    assert unit["components"]["progress"] == {
        "points": 19.26,
        "published": 19.26,
        "source": "published",
        "modelled": 19.26,
    }
    assert list(unit["components"]["online_services"].values()) == [6.36, 6.36, "published", None]
    assert unit["criteria"]["on_time"] == 19.26 and unit["criteria"]["filed_online"] is None


def test_tied_units_name_each_other_and_share_the_better_rank(table):
    head = ",".join(f"{c.key}_points" for c in load("766-2026").components)
    rows = "A,Tỉnh A,1,1,1,1,1,1\nB,Tỉnh B,2,1,1,1,1,1\nC,Tỉnh C,1,2,1,1,1,1\nD,Tỉnh D,0,1,1,1,1,1\nE,Tỉnh E,,,,,,\n"
    path = table(f"{HEAD}{head}\n{rows}")
    units = answer("score", path, "--edition", "766-2026")["units"]
    assert [unit["rank"] for unit in units] == [3, 1, 1, 4, None]
    assert [unit["tied_with"] for unit in units] == [[], ["C"], ["B"], [], []]


def test_a_table_with_only_some_components_is_no_error_and_has_no_score(table):
    path = table(HEAD + "progress_points,on_time_done,on_time_due\nA,Xã A,19,9,10\n")
    unit = answer("score", path, "--edition", "766-2026")["units"][0]
    assert (unit["score"], unit["rank"], unit["band"], unit["tied_with"]) == (None, None, None, [])
    assert unit["components"]["progress"] == {
        "points": 19.0,
        "published": 19.0,
        "source": "published",
        "modelled": 18.0,
    }
    assert unit["components"]["satisfaction"] == dict.fromkeys(("points", "published", "source", "modelled"))
    change = answer("whatif", path, "--edition", "766-2026", "--unit", "A", "--set", "on_time=1")["change"]
    assert (change["score"], change["rank"]) == (None, None)
    assert (change["components"]["progress"], change["components"]["satisfaction"]) == (1.0, None)


def test_whatif_gives_the_unit_before_and_after_and_what_changed():
    found = answer("whatif", LEAGUE, *UNIT, "--set", "petitions_on_time=0/1")
    assert list(found) == ["unit_code", "baseline", "scenario", "change", "overtaken", "next_above"]
    assert list(found["baseline"]) == list(found["scenario"]) == UNIT_KEYS
    assert found["baseline"] == answer("score", LEAGUE)["units"][0]
    assert list(found["change"]) == ["score", "rank", "components"]
    assert (found["scenario"]["score"], found["change"]["score"]) == (61.41, -12.0)
    assert found["change"]["components"]["satisfaction"] == -12.0 and found["overtaken"] == []
    assert found["change"]["rank"] == found["scenario"]["rank"] - 1 > 28
    assert found["next_above"]["gap"] == pytest.approx(found["next_above"]["score"] - 61.41)


def test_whatif_without_a_change_changes_nothing():
    found = answer("whatif", LEAGUE, *UNIT)
    assert found["baseline"] == found["scenario"] and found["next_above"] is None
    none = dict.fromkeys(found["baseline"]["components"], 0.0)
    assert found["change"] == {"score": 0.0, "rank": 0, "components": none}


def test_whom_a_unit_overtakes_is_told_by_code():
    found = answer("whatif", LEAGUE, "--unit", "H15.131", "--set", "paid_online=1")
    assert found["overtaken"] == ["H15.198"] and found["scenario"]["rank"] == 1


@pytest.mark.parametrize("value", ["0.985", "98.5%", "98,5%", "98,5 %", "0,985", "1970/2000", "1.970/2.000"])
def test_a_rate_may_be_written_as(value):
    unit = answer("whatif", LEAGUE, *UNIT, "--set", f"paid_online={value}")["scenario"]
    assert unit["criteria"]["paid_online"] == 5.91


def test_set_may_be_repeated_and_spaced():
    found = answer("whatif", LEAGUE, *UNIT, "--set", " on_time = 100% ", "--set=complained=0")
    assert found["scenario"]["components"]["progress"]["points"] == 20


def test_a_component_is_set_in_points_where_no_lever_of_it_is_known():
    found = answer("whatif", "provinces_2026-10-10", "--unit", "H20", "--set", "online_services=12")
    assert found["scenario"]["components"]["online_services"]["points"] == 12
    assert answer("whatif", LEAGUE, *UNIT, "--set", "online_services=10,5")["change"]["score"] == 4.14


def test_edition_is_named_or_stated_in_the_toml_or_else_guessed(table):
    path = table(HEAD + "paid_online\nA,Xã A,15%\n")
    assert answer("score", path)["edition"] == "766-2026"
    assert answer("score", path, "--edition", "766-2025")["units"][0]["criteria"]["paid_online"] == 3.0
    assert answer("score", path, "--edition", "766-2026")["units"][0]["criteria"]["paid_online"] == 0.9
    table('edition = "766-2025"\nlevel = "commune"\nrates = "percent"', "own.toml")
    assert answer("score", path)["edition"] == "766-2025"
    assert answer("score", path, "--edition", "766-2026")["edition"] == "766-2026"


def test_columns_not_used_are_told_beside_the_answer_and_only_there(table):
    path = table(HEAD + "ghi_chu,progress_points\nA,Xã A,x,19\n")
    status, out, err = run("score", path, "--edition", "766-2026")
    assert status == 0 and json.loads(out) and "ghi_chu" in err and len(err.splitlines()) == 1
    assert "ghi_chu" not in refused("whatif", path, "--edition", "766-2026", "--unit", "Z")


def test_satisfied_above_on_time_is_told_beside_the_answer():
    status, _, err = run("whatif", LEAGUE, *UNIT, "--set", "petitions_on_time=1/2", "--set", "petitions_satisfied=2/2")
    assert status == 0 and "petitions_satisfied" in err and len(err.splitlines()) == 1


REFUSED = {
    "a table that is not there": (["score", "nothing.csv"], "nothing.csv"),
    "a table of too long a name": (["score", "x" * 5000], "xxx"),
    "a folder": (["score", "."], "“.”"),
    "an unknown edition": (["score", LEAGUE, "--edition", "766"], "766-2025, 766-2025-5, 766-2026"),
    "an unknown unit": (["whatif", LEAGUE, "--unit", "X1"], "“X1”"),
    "no unit": (["whatif", LEAGUE], "--unit"),
    "no command": ([], "usage"),
    "an unknown command": (["guess", LEAGUE], "guess"),
    "an unknown option": (["score", LEAGUE, "--all"], "--all"),
    "an unknown language": (["score", LEAGUE, "--lang", "fr"], "fr"),
    "no value": (["whatif", LEAGUE, *UNIT, "--set", "on_time"], "LEVER=VALUE"),
    "no lever": (["whatif", LEAGUE, *UNIT, "--set", "=1"], "LEVER=VALUE"),
    "an empty value": (["whatif", LEAGUE, *UNIT, "--set", "on_time="], "“on_time”"),
    "an unknown lever": (["whatif", LEAGUE, *UNIT, "--set", "ontime=1"], "on_time, "),
    "a bare number above 1": (["whatif", LEAGUE, *UNIT, "--set", "on_time=98"], "98%"),
    "more than 100 %": (["whatif", LEAGUE, *UNIT, "--set", "on_time=101%"], "100 %"),
    "a negative rate": (["whatif", LEAGUE, *UNIT, "--set", "on_time=-0.1"], "-0.1"),
    "more done than due": (["whatif", LEAGUE, *UNIT, "--set", "on_time=3/2"], "3/2"),
    "nan": (["whatif", LEAGUE, *UNIT, "--set", "on_time=nan"], "nan"),
    "a number beyond all numbers": (["whatif", LEAGUE, *UNIT, "--set", "on_time=" + "9" * 400], "999"),
    "a lever twice": (["whatif", LEAGUE, *UNIT, "--set", "on_time=1", "--set", "on_time=1"], "twice"),
    "a derived rate": (["whatif", LEAGUE, *UNIT, "--set", "dossiers_satisfied=1"], "on_time, complained"),
    "a rate where none is due": (["whatif", LEAGUE, *UNIT, "--set", "petitions_on_time=1"], "petitions_on_time=0/1"),
    "two denominators": (
        ["whatif", LEAGUE, *UNIT, "--set", "petitions_on_time=0/1", "--set", "petitions_satisfied=0/2"],
        "0/1, 0/2",
    ),
    "an inherited lever": (["whatif", LEAGUE, *UNIT, "--set", "updated_on_time=1"], "inherited"),
    "an inherited component": (["whatif", LEAGUE, *UNIT, "--set", "transparency=18"], "inherited"),
    "an unreported lever": (["whatif", LEAGUE, *UNIT, "--set", "filed_online=1"], "not reported"),
    "points where levers are known": (["whatif", LEAGUE, *UNIT, "--set", "progress=20"], "on_time"),
    "points beyond the maximum": (["whatif", LEAGUE, *UNIT, "--set", "online_services=13"], "12"),
    "no goal": (["plan", LEAGUE, *UNIT], "--rank"),
    "two goals": (["plan", LEAGUE, *UNIT, "--rank", "1", "--score", "80"], "--score"),
    "rank 0": (["plan", LEAGUE, *UNIT, "--rank", "0"], "1 to 102"),
    "a rank beyond the league": (["plan", LEAGUE, *UNIT, "--rank", "103"], "1 to 102"),
    "half a rank": (["plan", LEAGUE, *UNIT, "--rank", "1.5"], "“1.5”"),
    "a negative rank": (["plan", LEAGUE, *UNIT, "--rank=-1"], "“-1”"),
    "a score above all scores": (["plan", LEAGUE, *UNIT, "--score", "100.01"], "100"),
    "no score": (["plan", LEAGUE, *UNIT, "--score", "high"], "“high”"),
    "a plan for no unit": (["plan", LEAGUE, "--unit", "X1", "--rank", "1"], "“X1”"),
    "an unknown group": (["plan", LEAGUE, *UNIT, "--rank", "1", "--more", "papers=1"], "fee_dossiers"),
    "more of a lever": (["plan", LEAGUE, *UNIT, "--rank", "1", "--more", "on_time=1"], "“on_time”"),
    "no number of more": (["plan", LEAGUE, *UNIT, "--rank", "1", "--more", "dossiers"], "“dossiers”"),
    "less to come": (["plan", LEAGUE, *UNIT, "--rank", "1", "--more", "dossiers=-5"], "“-5”"),
    "a group twice": (["plan", LEAGUE, *UNIT, "--rank=1", "--more=dossiers=1", "--more=dossiers=2"], "twice"),
    "the cost of no lever": (["plan", LEAGUE, *UNIT, "--rank", "1", "--cost", "complaints=1"], "complained"),
    "a negative cost": (["plan", LEAGUE, *UNIT, "--rank", "1", "--cost", "on_time=-1"], "“-1”"),
    "a cost twice": (["plan", LEAGUE, *UNIT, "--rank=1", "--cost=on_time=1", "--cost=on_time=1"], "twice"),
    "a day that is none": (["plan", LEAGUE, *UNIT, "--rank", "1", "--by", "2026-02-30"], "“2026-02-30”"),
    "a deadline before today": ([*TIMED, "--by", "2026-11-24"], "25 November 2026"),
    "a deadline past the year": ([*TIMED, "--by", "2027-01-01"], "31 December 2026"),
    "no effort": (["best", LEAGUE, *UNIT, "--by", "2026-12-31"], "--effort"),
    "an effort that is none": (["best", LEAGUE, *UNIT, "--by", "2026-12-31", "--effort", "much"], "“much”"),
    "a lever that is none": (["plan", LEAGUE, *UNIT, "--rank", "1", "--fix", "dossiers_satisfied"], "on_time"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_one_line_and_status_2(what):
    arguments, named = REFUSED[what]
    assert named in refused(*arguments)


@pytest.mark.parametrize("what", REFUSED)
def test_refused_in_vietnamese_too(what):
    arguments, _ = REFUSED[what]
    assert set(refused(*arguments, "--lang=vi")) & set("ôảấệđượăửếơạ")


RULES = load("766-2026")
texts = st.text(max_size=12) | st.sampled_from(["0/0", "1/1", "%", "/", "0", "1", "100%", "-0", "½", "𝟙", "\ud800"])
keys = st.sampled_from([*RULES.lever_index, *RULES.component_index, "", "x"]) | st.text(max_size=5)


@given(st.lists(st.tuples(keys, texts), max_size=3), st.sampled_from(["H15.198", "H15.131", "H15.147", "x", ""]))
@example([("on_time", "\x00")], "H15.198")
def test_no_text_of_a_change_ever_brings_a_traceback(pairs, unit):
    sets = [argument for key, text in pairs for argument in ("--set", f"{key}={text}")]
    never_a_traceback("whatif", LEAGUE, "--unit", unit, *sets)


@given(
    st.lists(
        st.sampled_from(
            [
                "score",
                "whatif",
                LEAGUE,
                "--set",
                "--unit",
                "H15.198",
                "--lang",
                "vi",
                "--edition",
                "766-2025",
                "on_time=1",
                "--",
                "-",
            ]
        )
        | st.text(max_size=6),
        max_size=7,
    )
)
def test_no_order_of_words_ever_brings_a_traceback(words):
    never_a_traceback(*words)


def never_a_traceback(*arguments):
    try:
        status, out, err = run(*arguments)
    except SystemExit as leave:  # --help
        assert leave.code == 0
        return
    assert status in (0, 2)
    if status == 2:
        assert out == "" and len(err.splitlines()) == 1
    else:
        json.loads(out)


cells = st.sampled_from(["", "0", "1", "5", "98%", "12,5", "2.000", "-1", "x", "nan", "1e9", "Xã A", '"', "19.53/20"])
heads = st.sampled_from(
    [
        "unit_code",
        "unit_name",
        "on_time",
        "on_time_done",
        "on_time_due",
        "progress_points",
        "published_score",
        "petitions_on_time_due",
        "",
    ]
)


@given(st.lists(st.lists(cells, min_size=1, max_size=6), max_size=4), st.lists(heads, max_size=6))
def test_no_table_ever_brings_a_traceback(tmp_path_factory, rows, header):
    path = tmp_path_factory.getbasetemp() / "weird.csv"
    path.write_text("\n".join(",".join(line) for line in [header, *rows]), encoding="utf-8")
    never_a_traceback("score", str(path), "--edition", "766-2026")


def process(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "model", *arguments], cwd=tables.SAMPLES.parent, capture_output=True, timeout=60, **more
    )


def test_it_runs_as_a_module_and_writes_utf_8_whatever_the_locale():
    found = process("score", LEAGUE, env={"PATH": "", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert found.returncode == 0 and "Xã Xuân Lãnh" in found.stdout.decode("utf-8")
    found = process("whatif", LEAGUE, "--unit", "Xã", "--lang", "vi", env={"PATH": "", "PYTHONIOENCODING": "ascii"})
    assert spaced(found.stderr.decode("utf-8")) == "Không có đơn vị «Xã» trong Đắk Lắk, 102 xã, phường.\n"


def test_a_file_name_that_is_no_text_is_no_trouble(tmp_path):
    path = bytes(tmp_path) + b"/\xff.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("unit_code,unit_name,progress_points\nA,Xã A,19\n")
    found = process("score", path, "--edition", "766-2026")
    assert found.returncode == 0 and json.loads(found.stdout)["league"] == "\udcff"


def test_a_reader_that_leaves_early_brings_no_traceback():
    command = f"{sys.executable} -m model score {LEAGUE} | head -c 10"
    found = subprocess.run(["bash", "-c", command], cwd=tables.SAMPLES.parent, capture_output=True, timeout=60)
    assert found.stderr == b""


def test_help_names_the_commands(capsys):
    with pytest.raises(SystemExit) as leave:
        main(["--help"])
    told = capsys.readouterr().out
    assert leave.value.code == 0 and "whatif" in told and "plan" in told


def test_plan_answers_as_agreed():
    found = answer("plan", LEAGUE, "--unit", "H15.131", "--rank", "1", "--more", "fee_dossiers=300")
    when = ["as_of", "today", "by", "weeks", "chance"]
    assert list(found) == [*when, "status", "needed_score", "plans", "best_reachable", "binding"]
    assert [found[key] for key in when[:4]] == ["2026-10-10", date.today().isoformat(), None, None]
    assert (found["status"], found["needed_score"]) == ("reached", 73.41)
    assert list(found["best_reachable"]) == ["score", "rank"] and found["best_reachable"]["rank"] == 1
    assert {"paid_online"} <= set(found["binding"]) <= set(RULES.lever_index)
    plan = found["plans"][0]
    assert list(plan) == ["kind", "cost", "levers", "score", "rank", "chance"] and plan["kind"] == "least_effort"
    assert 0 < found["chance"] <= plan["chance"] < 1
    assert (plan["score"] >= 73.41, plan["rank"]) == (True, 1)
    for key, move in plan["levers"].items():
        assert list(move) == ["from", "source", "to", "more", "arriving", "open", "per_week"] and move["more"] > 0, key
        assert move["source"] == "published"
        assert (move["arriving"], move["per_week"]) == (None, None) and move["open"] >= move["more"], key
        assert move["to"] > move["from"]
    efforts = {v.key: RULES.groups[v.group]["effort"] for v in RULES.levers}
    assert plan["cost"] == sum(efforts[key] * move["more"] for key, move in plan["levers"].items())


def test_a_plan_says_of_each_lever_where_its_present_rate_comes_from():
    found = answer("plan", "an_giang_2025-10-16", "--unit", "H01.181", "--score", "90")
    sources = {key: move["source"] for plan in found["plans"] for key, move in plan["levers"].items()}
    assert sources and set(sources.values()) == {"implied"}


def test_plan_says_already_met_and_out_of_reach():
    met = answer("plan", LEAGUE, *UNIT, "--rank", "1")
    assert (met["status"], met["needed_score"], met["plans"]) == ("already_met", 73.35, [])
    beyond = answer("plan", LEAGUE, *UNIT, "--score", "100")
    assert (beyond["status"], beyond["needed_score"], beyond["plans"]) == ("out_of_reach", 100, [])
    assert 73.41 < beyond["best_reachable"]["score"] < 100 and beyond["best_reachable"]["rank"] == 1
    nothing = answer("plan", LEAGUE, *UNIT, "--score", "100", "--more", "dossiers=0")
    assert {"paid_online", "on_time"} <= set(nothing["binding"])


def test_what_came_before_today_is_past_and_no_plan_offers_it():
    """Of 10 October, asked on 25 November for 31 December: 36 of the 82 days are left, 5.1 weeks."""
    unit = ["--unit", "H15.141", "--rank", "20", "--today", "2026-11-25"]
    found = answer("plan", LEAGUE, *unit, "--by", "2026-12-31")
    assert [found[key] for key in ("as_of", "today", "by")] == ["2026-10-10", "2026-11-25", "2026-12-31"]
    assert found["weeks"] == 36 / 7 and found["plans"]
    base = sample(LEAGUE)
    due = base.anchors.due[base.league.index("H15.141")]
    for plan in found["plans"]:
        for key, move in plan["levers"].items():
            lever = base.edition.levers[base.edition.lever_index[key]]
            group = [i for i, other in enumerate(base.edition.levers) if other.group == lever.group]
            coming = None if lever.kind == "stock" else round(float(np.nanmax(due[group])) * 36 / 283)
            assert move["arriving"] == coming
            assert 0 < move["more"] <= (coming or 0) + move["open"]
            assert move["open"] == 0 if lever.kind == "flow" else move["open"] > 0
            assert move["per_week"] == ceil(move["more"] / found["weeks"] - 1e-9)
    later = answer("plan", LEAGUE, *unit, "--by", "2026-12-31", "--more", "dossiers=3")
    assert all(move["arriving"] in (3, 169, None) for plan in later["plans"] for move in plan["levers"].values())


def test_a_table_whose_year_is_over_is_planned_from_its_own_date():
    found = answer("plan", "hanoi_2025-08-25", "--unit", "10273", "--score", "94.8", "--by", "2025-12-31")
    assert (found["as_of"], found["today"], found["weeks"]) == ("2025-08-25", "2025-08-25", 128 / 7)


def test_an_undated_table_has_no_plan_by_a_day(table):
    path = table(HEAD + "on_time_done,on_time_due\nA,Xã A,9,10\n")
    asked = ["--edition", "766-2026", "--unit", "A", "--rank", "1", "--by", "2026-12-31"]
    assert "no date" in refused("plan", path, *asked)


def test_the_best_of_an_effort_is_what_a_plan_of_that_cost_reaches_and_one_less_does_not():
    unit = ["--unit", "H15.141", "--by", "2026-12-31", "--today", "2026-11-25"]
    plan, weeks = answer("plan", LEAGUE, *unit, "--rank", "20")["plans"][0], 36 / 7
    found = answer("best", LEAGUE, *unit, "--effort", str(plan["cost"] / weeks))
    assert found["effort_a_week"] == plan["cost"] / weeks and found["effort"] == pytest.approx(plan["cost"])
    assert (found["score"], found["cost"], found["levers"]) == (plan["score"], plan["cost"], plan["levers"])
    assert answer("best", LEAGUE, *unit, "--effort", str((plan["cost"] - 1) / weeks))["score"] < plan["score"]
    assert answer("best", LEAGUE, *unit, "--effort", "0")["levers"] == {}
    rising = [(one["effort"], one["score"]) for one in found["curve"]]
    assert rising == sorted(rising) and rising[0] == (0, 69.4)
    assert [bend["effort"] for bend in found["bends"]] == sorted(bend["effort"] for bend in found["bends"])
    assert found["bends"][0]["effort"] == 0 and all(bend["next"] for bend in found["bends"])


def test_plan_leaves_fixed_levers_and_counts_the_costs_given():
    command = ["plan", LEAGUE, "--unit", "H15.131", "--score", "73.36"]
    free = answer(*command)["plans"][0]
    (key,) = free["levers"]
    assert key not in answer(*command, "--fix", key)["plans"][0]["levers"]
    assert key not in answer(*command, "--cost", f"{key}=1000")["plans"][0]["levers"]
    points = 100 * abs(free["levers"][key]["to"] - free["levers"][key]["from"])
    assert free["cost"] == pytest.approx(points)
    assert answer(*command, "--cost", f"{key}=0,5")["plans"][0]["cost"] == pytest.approx(points / 2)


@pytest.mark.parametrize("unit", ["H15.131", "H15.147", "H15.164", "H15.183"])
@pytest.mark.parametrize("more", [[], ["--more", "dossiers=400", "--more", "fee_dossiers=150", "--more=petitions=2"]])
def test_what_a_plan_moves_levers_to_is_what_whatif_takes_and_gives_the_same(unit, more):
    for plan in answer("plan", LEAGUE, "--unit", unit, "--rank", "10", *more)["plans"]:
        sets = [f"--set={key}={move['to']}" for key, move in plan["levers"].items()]
        outcome = answer("whatif", LEAGUE, "--unit", unit, *sets)["scenario"]
        assert (outcome["score"], outcome["rank"]) == (plan["score"], plan["rank"])


def test_a_rate_too_small_to_print_plainly_is_taken_as_json_prints_it():
    assert answer("whatif", LEAGUE, *UNIT, "--set", "complained=5e-05")["unit_code"] == "H15.198"
    small = [answer("whatif", LEAGUE, *UNIT, "--set", f"complained={text}") for text in ("5e-05", "0.005%", "5e-03%")]
    assert small[0] == small[1] == small[2]


def test_a_unit_without_a_score_has_no_plan(table):
    path = table(HEAD + "on_time_done,on_time_due\nA,Xã A,9,10\n")
    assert "Xã A" in refused("plan", path, "--edition", "766-2026", "--unit", "A", "--rank", "1")


@given(
    st.lists(
        st.tuples(st.sampled_from(["--more", "--cost", "--fix", "--rank", "--score", "--by", "--today"]), keys, texts),
        max_size=4,
    )
)
def test_no_text_of_a_plan_ever_brings_a_traceback(words):
    options = [f"{option}={key}={text}" if option != "--rank" else f"{option}={text}" for option, key, text in words]
    never_a_traceback("plan", LEAGUE, *UNIT, *options)


def test_file_writes_the_simulator_of_a_league_opened_on_a_unit_and_what_is_supposed_of_it():
    status, out, err = run("file", LEAGUE, *UNIT, "--set", "on_time=90%", "--set", "petitions_on_time=0/1")
    assert (status, err) == (0, "")
    assert out.startswith("<!doctype html>") and '<html lang="vi" data-start=' in out
    assert "unit=H15.198&amp;on_time=0.9&amp;petitions_on_time=0%2F1" in out
    assert '<html lang="en"' in run("file", LEAGUE, *UNIT, "--lang", "en")[1]


def test_file_refuses_what_a_unit_cannot_suppose_and_writes_nothing():
    assert "H15.999" in refused("file", LEAGUE, "--unit", "H15.999")
    assert "updated_on_time" in refused("file", LEAGUE, *UNIT, "--set", "updated_on_time=1")
    assert "--unit" in refused("file", LEAGUE)


def test_file_takes_a_table_of_ones_own_as_the_other_commands_do(table):
    points = "transparency_points,progress_points,online_services_points,online_payment_points,satisfaction_points"
    head = f"unit_code,unit_name,{points},digitization_points"
    path = table(f"{head}\na,Xã A,10,15,8,5,12,9\nb,Xã <B>,11,16,9,6,13,10\n")
    status, out, _ = run("file", path, "--unit", "b", "--edition", "766-2026")
    assert status == 0 and "Xã \\u003cB>" in out and "Xã <B>" not in out


@pytest.mark.parametrize("command", ["file", "whatif"])
def test_out_writes_to_a_file_what_would_be_printed_or_says_why_it_cannot(command, tmp_path):
    wanted = [command, LEAGUE, *UNIT, "--set", "on_time=90%", "--lang", "vi"]
    path = tmp_path / "mô phỏng.html"
    printed = run(*wanted)[1]
    assert run(*wanted, "--out", str(path)) == (0, "", "")
    assert path.read_text("utf-8") == printed.removesuffix("\n")
    assert "không có.html" in refused(*wanted, "--out", str(tmp_path / "a" / "không có.html"))


# Corrections of how a table is read, and what is said of it.

TWO_MONTHS = "Tên đơn vị;Điểm A;Điểm B;Ghi chú\nXã Một;91,5;88;a\nXã Hai;90;89;b\n"


@pytest.fixture
def two(tmp_path):
    path = tmp_path / "bang.csv"
    path.write_text(TWO_MONTHS, encoding="utf-8")
    return str(path)


def scores(text):
    return {unit["unit_name"]: unit["score"] for unit in json.loads(text)["units"]}


@pytest.mark.parametrize("column", ["Điểm B", "điểm b", "C", "c"])
@pytest.mark.parametrize("key", ["score", "published_score"])
def test_a_column_is_told_by_its_heading_or_its_letters(two, column, key):
    status, out, _ = run("score", two, "--header", "1", "--column", f"{column}={key}")
    assert status == 0 and scores(out) == {"Xã Một": 88, "Xã Hai": 89}


def test_a_column_may_be_a_component_by_its_key(two):
    status, out, _ = run("score", two, "--header", "1", "--column", "C=progress")
    assert status == 2  # 88 points are more than progress has
    assert "no unit" in run("score", two, "--header", "1", "--column", "C=progress")[2]


def test_corrections_that_fit_nothing_are_refused_by_name(two):
    assert "Điểm B" in refused("score", two, "--header", "1", "--column", "Điểm C=score")
    assert "on_time_due" not in refused("score", two, "--header", "1", "--column", "C=weather")
    assert "“C” must have the form" in refused("score", two, "--column", "C")
    assert "row" in refused("score", two, "--header", "0")
    assert "2026-09-30" in refused("score", two, "--as-of", "hôm qua")
    assert "Trang 2" in refused("score", two, "--sheet", "Trang 2")
    assert "--period" in refused("score", two, "--period", "week")


def test_a_day_and_a_period_are_told(two):
    kind = ["--header", "1", "--column", "C=score", "--period", "month"]
    for day in ("2025-09-30", "30/9/2025", "ngày 30 tháng 9 năm 2025"):
        status, out, _ = run("score", two, *kind, "--as-of", day)
        assert status == 0 and json.loads(out)["edition"] == "766-2025"


def test_findings_are_written_as_json(two, tmp_path):
    to = tmp_path / "findings.json"
    status, _, err = run("score", two, "--header", "1", "--column", "C=score", "--findings", str(to))
    found = json.loads(to.read_text(encoding="utf-8"))
    assert status == 0 and [one["why"] for one in found] == ["columns_unread", "score_alone"]
    assert found[0].keys() == {"sheet", "row", "column", "why", "done", "text"} and found[0]["row"] is None
    assert all(one["text"] in err for one in found)
    answer("score", LEAGUE, "--findings", str(to))
    assert json.loads(to.read_text(encoding="utf-8")) == []


def test_the_score_tells_what_was_published_and_where_each_component_is_from(tmp_path):
    path = tmp_path / "bang.csv"
    path.write_text(
        "unit_code,unit_name,progress_points,digitization_points,on_time_done,on_time_due,published_score\n"
        "A,Xã A,19,,9,10,90\nB,Xã B,,,9,10,\n",
        encoding="utf-8",
    )
    one, other = json.loads(run("score", str(path))[1])["units"]
    assert (one["published_score"], one["score"], other["published_score"], other["score"]) == (90, 90, None, None)
    assert [unit["components"]["progress"]["source"] for unit in (one, other)] == ["published", "modelled"]
    assert one["components"]["digitization"] == {"points": None, "published": None, "modelled": None, "source": None}


def test_a_history_tells_every_table_each_unit_s_line_and_where_it_breaks():
    days = [f"provinces_2026-10-{day:02}" for day in (6, 7, 8, 9, 10)]
    found = answer("history", *days, "provinces_2025-10-16", "--unit", "H20")
    assert [one["as_of"] for one in found["tables"]] == [
        "2025-10-16",
        *(day.removeprefix("provinces_") for day in days),
    ]
    assert [one["repeats"] for one in found["tables"]] == [False, False, True, False, False, False]
    assert [bool(one["not_compared"]) for one in found["tables"]] == [False, True, False, False, False, False]
    (unit,) = found["units"]
    assert unit["score"][1:] == [68.26, 68.26, 68.46, 68.61, 68.8] and unit["change"]["score"] == 0.54
    assert found["measured"]["days"] == 4 and found["measured"]["steps"] == 3
    assert [one["came"] for one in found["judged"]["with_jumps"]] == ["2026-10-09", "2026-10-10"]
    row = series([sample(day) for day in days])
    at, (bands,) = row.latest.league.index("H20"), found["bands"]["in_all"]
    expected = outlook(row, at, date(2026, 10, 26))
    assert unit["expected"] == {
        "day": "2026-10-26",
        "asked": "2026-11-09",
        "p05": expected.low[-1] / 100,
        "p50": expected.middle[-1] / 100,
        "p95": expected.high[-1] / 100,
    }
    ((key, (inside, n)),) = by_rules(fared(row)).items()
    assert (bands["edition"], bands["level"], bands["inside"], bands["n"]) == (*key, inside, n)
    assert bands["share"] == inside / n and [one["n"] for one in found["bands"]["forecasts"]] == [34, 34, 34]


def test_where_no_score_can_be_foretold_a_history_says_why():
    found = answer("history", "dak_lak_2026-09-17", LEAGUE, "--unit", "H15.141", "--days", "999999")
    assert "at least 3 tables" in spaced(found["units"][0]["expected"]["not_told"]) and found["bands"]["in_all"] == []


def test_a_file_that_holds_several_days_is_a_history(table):
    rows = ["Ngày;Mã;Tên đơn vị;Tổng điểm"]
    for day, first in (("01/10/2026", 60), ("08/10/2026", 62)):
        rows += [f"{day};H05;Bắc Ninh;{first}", f"{day};H20;Đồng Tháp;61", f"{day};H19;TP Đồng Nai;59"]
    status, out, _ = run("history", table("\n".join(rows)), "--unit", "H05")
    found = json.loads(out)
    assert status == 0 and [one["as_of"] for one in found["tables"]] == ["2026-10-01", "2026-10-08"]
    assert found["units"][0]["rank"] == [2, 1] and found["units"][0]["change"]["ranks_gained"] == 1


def test_tables_that_make_no_history_are_refused():
    assert "shares no unit" in refused("history", LEAGUE, "provinces_2026-10-09")
    assert "“much”" in refused("history", LEAGUE, "--days", "much")
