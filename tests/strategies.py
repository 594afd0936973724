"""Made-up leagues and scenarios, stranger than any that was published, for the property tests."""

from dataclasses import fields
from functools import cache
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from model.peers.series import past as what_it_tells
from model.peers.series import series
from model.rules import files as edition_files
from model.rules.edition import LEVELS, Edition
from model.score.baseline import Baseline, baseline
from model.score.scenario import Counts, Scenario
from model.table import leagues as tables
from model.table.league import League, columns, frozen

EDITIONS = ("766-2025", "766-2026")
DUES = (0, 0, 1, 2, 3, 4, 7, 39, 41, 385, 2735)


@cache
def sample(name: str) -> Baseline:
    """A sample league under its own edition."""
    league = tables.find(name)
    return baseline(edition_files.load(league.edition), league)


def league(edition: Edition, **figures: object) -> League:
    """A league of units with nothing reported but `figures`; columns of done and due as {key: [(done, due), …]}."""
    counts = figures.pop("counts", {})
    points, rates = figures.pop("points", {}), figures.pop("rates", {})
    n = len(next(iter([*counts.values(), *points.values(), *rates.values()])))
    at = {key: i for i, key in enumerate(columns(edition))}
    done, due, rate = (np.full((n, len(at)), np.nan) for _ in range(3))
    for key, pairs in counts.items():
        done[:, at[key]], due[:, at[key]] = np.array(pairs, dtype=float).T
    for key, values in rates.items():
        rate[:, at[key]] = values
    published = np.full((n, len(edition.components)), np.nan)
    for key, values in points.items():
        published[:, edition.component_index[key]] = 100 * np.array(values)
    score = 100 * np.array(figures.pop("score", [np.nan] * n), dtype=float)
    rate = np.where(np.isnan(due), rate, np.divide(done, due, out=np.full_like(done, np.nan), where=due > 0))
    return League(
        **{
            "key": "made",
            "edition": edition.key,
            "codes": tuple(f"U{i}" for i in range(n)),
            "names": tuple(f"Xã {i}" for i in range(n)),
            "done": frozen(done),
            "due": frozen(due),
            "rate": frozen(rate),
            "published": frozen(np.round(published)),
            "published_score": frozen(np.round(score)),
            "level": "commune",
            **figures,
        }
    )


def made_up(edition: Edition, seed: int, n: int, missing: float, level: str) -> League:
    """A league in which every cell may be missing, zero, full, a count, a bare rate, or at odds with the others."""
    dice = np.random.default_rng(seed)
    width, shape = len(columns(edition)), (n, len(columns(edition)))
    due = dice.choice(DUES, shape).astype(float)
    done = np.floor(due * dice.choice([0, 1, dice.random(), dice.random()], shape) + 1e-9)
    petitions = [i for i, lever in enumerate(edition.levers) if lever.group == "petitions"]
    if dice.random() < 0.8:  # the rest share no denominator, as a table with a slip may
        at = [columns(edition).index(edition.levers[i].key) for i in petitions]
        due[:, at] = due[:, at[:1]]
        done[:, at] = np.floor(due[:, at] * dice.choice([0, 0.5, 1], (n, len(at))))
    rate = np.where(dice.random(shape) < 0.5, dice.choice([0, 1, 0.3, 0.8, 0.9], shape), dice.random(shape))
    bare = dice.random(shape) < dice.choice([0, 0.2, 1])
    gone = (dice.random(shape) < missing) | (dice.random(width) < missing)
    done[bare | gone], due[bare | gone] = np.nan, np.nan
    rate = np.where(bare, rate, np.divide(done, due, out=np.full(shape, np.nan), where=due > 0))
    rate[gone] = np.nan
    published = np.floor(edition.component_max * dice.choice([0, 1, 0.5, dice.random()], (n, len(edition.components))))
    published[dice.random(published.shape) < missing * dice.choice([0, 1])] = np.nan
    if n > 1 and dice.random() < 0.5:
        published[1] = published[0]  # ties
    score = np.clip(published.sum(axis=1) + dice.choice([0, 0, 331, -250], n), 0, 10000)
    score[dice.random(n) < missing] = np.nan
    return League(
        key="made",
        edition=edition.key,
        codes=tuple(f"U{i}" for i in range(n)),
        names=tuple(f"Xã {i}" for i in range(n)),
        done=frozen(done),
        due=frozen(due),
        rate=frozen(rate),
        published=frozen(published),
        published_score=frozen(score),
        level=level,
    )


class Case(NamedTuple):
    """A baseline, one of its units, and a scenario that it allows."""

    base: Baseline
    unit: int
    scenario: Scenario

    def __repr__(self) -> str:
        at, league = self.base.anchors[self.unit], self.base.league
        return "\n".join(
            [
                f"{league.key}, {league.edition}, {league.level}, unit {self.unit} of {len(league.codes)}",
                *(f"{f.name}: {getattr(at, f.name)}" for f in fields(at)),
                f"{self.scenario}",
            ]
        )


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    """A sample league, or a made-up one under either edition."""
    if draw(st.integers(0, 4)) == 0:
        return sample(draw(st.sampled_from(tables.samples())))
    edition = edition_files.load(draw(st.sampled_from(EDITIONS)))
    return baseline(
        edition,
        made_up(
            edition,
            draw(st.integers(0, 2**32)),
            draw(st.integers(1, 7)),
            draw(st.sampled_from([0.0, 0.1, 0.5, 1.0])),
            draw(st.sampled_from(LEVELS)),
        ),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A baseline, one of its units, and a scenario that it allows."""
    base = draw(baselines())
    unit = draw(st.integers(0, len(base.league.codes) - 1))
    seed, share = draw(st.integers(0, 2**32)), draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    return Case(base, unit, any_scenario(base, unit, seed, share))


def any_scenario(base: Baseline, unit: int, seed: int, share: float) -> Scenario:
    """A scenario of rates, counts and direct points that moves about that share of what can be moved."""
    dice, changes = np.random.default_rng(seed), {}
    for group in base.edition.groups:
        members = [lever.key for lever in base.edition.levers if lever.group == group]
        levers = [key for key in movable(base, unit) if key in members]
        shared = int(dice.choice([0, 1, 2, 5])) if base.edition.groups[group].get("one_denominator") else None
        counted = dice.random() < 0.5 or any(base.anchors.empty[unit, base.edition.lever_index[key]] for key in levers)
        for key in levers:
            if dice.random() >= share:
                continue
            due = int(dice.choice([0, 1, 3, 400])) if shared is None else shared
            done = int(dice.integers(0, due + 1))
            changes[key] = Counts(done, due) if counted else float(dice.choice([0, 1, 0.3, 0.8, dice.random()]))
    for k, component in enumerate(base.edition.components):
        least, most = base.anchors.least[unit, k] / 100, base.anchors.most[unit, k] / 100
        if not np.isnan(most) and dice.random() < share:
            changes[component.key] = float(dice.choice([least, most, least + dice.random() * (most - least)]))
    return Scenario(changes)


def movable(base: Baseline, unit: int) -> list[str]:
    """Keys of the levers that are known for a unit and its own to move."""
    inherited = {c.key for c in base.edition.criteria if base.league.level in c.inherited_by}
    return [
        lever.key
        for i, lever in enumerate(base.edition.levers)
        if lever.key not in inherited and not np.isnan(base.anchors.levers[unit, i])
    ]


def before(*tables):
    """What earlier tables tell of the last of these."""
    return what_it_tells(series(tables))
