"""python -m model chances: the engine's own figures, unrounded, or one line and exit status 2."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_command_line import answer, keys, never_a_traceback, refused, texts

from model.peers.chances import Forecast, rank_chances, scores_for
from model.peers.forecast import PeerMovement, forecast, own_forecast
from model.peers.history import default
from model.score.scenario import parsed
from strategies import sample

LEAGUE = "dak_lak_2026-10-10"
UNIT = ["--unit", "H15.131"]


def engine(league, code, spread=0.73, own_spread=0.0, jumps=False, pairs=()):
    base = sample(league)
    unit = base.league.index(code)
    movement = PeerMovement("uncertain", spread=spread, jumps=jumps)
    peers = forecast(base, movement, default(base).days).without(unit)
    own = own_forecast(base, unit, parsed(base.edition, pairs), own_spread)  # its own first petition stands beside
    return base.edition, peers, own


@pytest.mark.parametrize(
    ("options", "figures"),
    [
        ([], {}),
        (["--spread", "1,5"], {"spread": 1.5}),
        (["--spread=0.2", "--own-spread=0.4", "--jumps"], {"spread": 0.2, "own_spread": 0.4, "jumps": True}),
        (["--jumps", "--set", "on_time=100%"], {"jumps": True, "pairs": [("on_time", "100%")]}),
        (
            ["--own-spread=1", "--jumps", "--set=petitions_on_time=0/1"],
            {"own_spread": 1.0, "jumps": True, "pairs": [("petitions_on_time", "0/1")]},
        ),
    ],
)
def test_the_answer_is_the_engines_to_the_last_digit(options, figures):
    found = answer("chances", LEAGUE, *UNIT, *options)
    edition, peers, own = engine(LEAGUE, "H15.131", **figures)
    exact = rank_chances(edition, peers, own)
    assert list(found) == ["days", "drift", "rank", "at_most", "score_for"]
    measure = default(sample(LEAGUE))
    assert (found["days"], found["drift"]) == (measure.days, measure.drift(measure.days)) == (23, 0.24)
    assert found["rank"] == {
        "most_likely": exact.most_likely,
        "p05": exact.quantile(0.05),
        "p50": exact.quantile(0.5),
        "p95": exact.quantile(0.95),
    }
    assert {"1", "3", "10", "50", "100", "102"} <= set(found["at_most"])
    assert found["at_most"] == {rank: exact.at_most(int(rank)) for rank in found["at_most"]}
    scores = scores_for(edition, peers, [10], [0.5, 0.8, 0.95], own)[10]
    told = found["score_for"]["10"]
    assert list(told) == ["0.5", "0.8", "0.95"]
    for probability, score in scores.items():
        assert told[str(probability)] == (None if score is None else score / 100)


def test_a_scenario_moves_our_own_score_and_a_spread_or_jumps_what_is_known_of_the_rank():
    usual = answer("chances", LEAGUE, *UNIT)
    assert answer("chances", LEAGUE, *UNIT, "--set=paid_online=1")["at_most"]["1"] > usual["at_most"]["1"] + 0.1
    lost = answer("chances", LEAGUE, *UNIT, "--set=petitions_on_time=0/1")
    assert lost["rank"]["p05"] > 60 and lost["score_for"] == usual["score_for"]
    certain = answer("chances", LEAGUE, *UNIT, "--spread=0", "--drift=0")
    assert certain["days"] is None and certain["drift"] == 0
    assert certain["rank"] == {"most_likely": 2, "p05": 2, "p50": 2, "p95": 2}
    assert set(certain["at_most"].values()) == {0.0, 1.0} and set(certain["score_for"]["10"].values()) == {72.71}
    jumps = answer("chances", LEAGUE, *UNIT, "--jumps")
    assert jumps["at_most"]["3"] > usual["at_most"]["3"]  # more peers near us may fall than rise


def test_a_score_out_of_reach_is_null():
    assert answer("chances", LEAGUE, *UNIT, "--own-spread=100")["score_for"]["10"]["0.95"] is None


def test_a_league_of_few_is_asked_for_its_last_rank_and_counts_only_units_with_a_score(tmp_path):
    parts = list(sample(LEAGUE).edition.component_index)
    rows = [f"{code},Xã {code}," + ",".join([points] * 6) for code, points in (("A", "8"), ("B", "9"), ("C", ""))]
    header = ["unit_code", "unit_name", *(f"{key}_points" for key in parts)]
    (tmp_path / "few.csv").write_text("\n".join([",".join(header), *rows]), "utf-8")
    command = ["chances", str(tmp_path / "few.csv"), "--edition", "766-2026", "--unit"]
    found = answer(*command, "A", "--spread", "0")
    assert found["rank"] == {"most_likely": 2, "p05": 2, "p50": 2, "p95": 2}
    assert found["at_most"] == {"1": 0, "2": 1} and found["score_for"] == {"2": {"0.5": 0, "0.8": 0, "0.95": 0}}
    assert "no score" in refused(*command, "C")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--spread", "-1"], "“--spread”"),
        (["--spread", "x"], "“x”"),
        (["--spread", "nan"], "nan"),
        (["--spread", "101"], "100"),
        (["--own-spread", "-0.1"], "“--own-spread”"),
        (["--own-spread", ""], "“--own-spread”"),
        (["--set", "ontime=1"], "on_time, "),
        (["--jumps", "--set", "on_time=98"], "98%"),
    ],
)
def test_refused_with_one_line_and_status_2(options, named):
    assert named in refused("chances", LEAGUE, *UNIT, *options)
    assert set(refused("chances", LEAGUE, *UNIT, *options, "--lang=vi")) & set("ôảấệđượăửếơạ")


def test_no_unit_and_an_unknown_one_are_refused():
    assert "--unit" in refused("chances", LEAGUE)
    assert "“X1”" in refused("chances", LEAGUE, "--unit", "X1")


@given(st.lists(st.tuples(st.sampled_from(["--set", "--spread", "--own-spread"]), keys, texts), max_size=3))
def test_no_text_of_an_option_ever_brings_a_traceback(words):
    options = [f"{option}={key}={text}" if option == "--set" else f"{option}={text}" for option, key, text in words]
    never_a_traceback("chances", LEAGUE, *UNIT, *options)


def test_a_spread_next_to_nothing_is_as_good_as_none():
    edition, peers, own = engine(LEAGUE, "H15.131", spread=5e-324)
    certain = Forecast.of(np.where(np.isnan(peers.expected), np.nan, peers.expected))
    assert np.array_equal(rank_chances(edition, peers, own).pmf, rank_chances(edition, certain, own).pmf)
