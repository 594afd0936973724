"""The arithmetic of Index 766, one road: words, rules, table, score, peers, plan, training, report. No user interface.

What would every dossier out on time bring a commune of Đắk Lắk, and where would it stand?

>>> league = find("dak_lak_2026-10-10")
>>> base = baseline(load(league.edition), league)
>>> unit = league.index("Xã Krông Bông")
>>> found = effect(base, unit, Scenario({"on_time": 1.0}))
>>> float(found.before.score) / 100, int(found.rank_before)
(69.4, 51)
>>> float(found.after.score) / 100, int(found.rank_after)
(70.29, 43)

What does it take to be 40th, moving rates alone?

>>> import numpy as np
>>> peers = np.delete(base.standing.score, unit)
>>> found = answer(base, unit, score_for_rank(peers, 40), Means())
>>> found.status, [plan.kind for plan in found.plans]
('reached', ['least_effort', 'fewest_levers', 'most_even'])
"""

from model.peers.chances import Chances, Forecast, rank_chances
from model.peers.forecast import PeerMovement, forecast
from model.plan.plan import Answer, Means, Plan, answer, score_for_rank
from model.rules.edition import Component, Criterion, Edition, Lever
from model.rules.files import available, load
from model.score.baseline import Baseline, Standing, baseline
from model.score.levers import hindrances, slopes
from model.score.scenario import Counts, Effect, Scenario, effect
from model.table.league import League, Period
from model.table.leagues import find, samples
from model.words.problems import Problem

__all__ = [
    "Problem",
    "available",
    "load",
    "Edition",
    "Component",
    "Criterion",
    "Lever",
    "samples",
    "find",
    "League",
    "Period",
    "baseline",
    "Baseline",
    "Standing",
    "Scenario",
    "Counts",
    "effect",
    "Effect",
    "slopes",
    "hindrances",
    "PeerMovement",
    "forecast",
    "Forecast",
    "rank_chances",
    "Chances",
    "Means",
    "score_for_rank",
    "answer",
    "Answer",
    "Plan",
]
