"""The baseline: a league as published, gone down the road of scoring once, with what a scenario needs to move on."""

from dataclasses import dataclass, fields

import numpy as np

from model.rules.edition import Edition
from model.rules.formulas import anchored, component_sums, criterion_rates, earned, points, ranks
from model.score.implied import Implied, implied
from model.table.league import League, columns, frozen


@dataclass(frozen=True, eq=False)
class Standing:
    """Points in hundredths: criteria (..., criteria), modelled and components (..., components), score (...).

    `modelled` is nan where a criterion of the component is not reported; a score is nan where a component is unknown
    and no total was published.
    """

    criteria: np.ndarray
    modelled: np.ndarray
    components: np.ndarray
    score: np.ndarray


@dataclass(frozen=True, eq=False)
class Anchors:
    """What holds a unit to its published figures; every array has a leading axis of units, or none for one unit.

    levers (..., levers): rates, with what nothing due counts as filled in; nan where not reported.
    due (..., levers): counts; nan where not reported as counts.
    empty (..., levers): whether nothing is due.
    reported (..., criteria): each criterion's own rate, for where its levers are unknown.
    slack (..., levers): by how much the published figures exceed a lever's `at_most`.
    published (..., components): hundredths at the baseline, from print or else modelled in full; nan if neither.
    sums (..., components): what the reported criteria add up to at the baseline, in hundredths.
    exact (..., components): the same before rounding, in points.
    source (..., levers): where a rate comes from: published, derived, implied, own, earlier, or nothing.
    low, high (..., levers): the interval that rounding leaves an implied rate, else the rate itself.
    implied_by (..., levers): the component whose points imply a rate, −1 for none.
    bound (..., levers): whether points at a cap imply no more than that interval.
    held (...): published score less its known components, in hundredths, held through every scenario.
    total (...): whether a score was published; it covers the components that are unknown.
    direct (..., components): whether a component moves in points alone, for want of any known lever.
    least, most (..., components): hundredths between which it can be set, what known levers bring standing still; nan
    where it can't, for all of it is known or it is inherited.
    """

    levers: np.ndarray
    due: np.ndarray
    empty: np.ndarray
    reported: np.ndarray
    slack: np.ndarray
    published: np.ndarray
    sums: np.ndarray
    exact: np.ndarray
    source: np.ndarray
    low: np.ndarray
    high: np.ndarray
    bound: np.ndarray
    implied_by: np.ndarray
    held: np.ndarray
    total: np.ndarray
    direct: np.ndarray
    least: np.ndarray
    most: np.ndarray

    def __getitem__(self, unit: "int | np.ndarray") -> "Anchors":
        return Anchors(*(getattr(self, f.name)[unit] for f in fields(self)))


@dataclass(frozen=True, eq=False)
class Baseline:
    """A league under an edition: its anchors, its standing as published, and its ranks (n,).

    `filed` is the edition that the points were published under: the same but for targets that have been switched.
    """

    edition: Edition
    filed: Edition
    league: League
    anchors: Anchors
    standing: Standing
    rank: np.ndarray

    @property
    def ranked(self) -> int:
        """How many units have a rank."""
        return int(np.sum(~np.isnan(self.rank)))

    @property
    def by_rank(self) -> np.ndarray:
        """The rows in order of rank, as listed where ranks are equal, those without one last, (n,)."""
        return np.argsort(self.rank, kind="stable")


def baseline(edition: Edition, league: League, filed: Edition | None = None) -> Baseline:
    """The league as published, scored and ranked under an edition.

    Where `edition` has targets switched, `filed` is the edition that the points were published under: they are
    anchored there, so that switching a target moves everyone by what it changes. Rules are those of the league's level.
    """
    edition = edition.at(league.level)
    as_filed = filed.at(league.level) if filed else edition
    levers, due, empty = _levers(edition, league)
    reported = _reported(edition, league)
    source = np.where(np.isnan(levers), "", _told(edition, league))
    found = implied(as_filed, league.published, levers, reported)
    found = _undone(edition, as_filed, found)
    levers = np.where(np.isnan(found.rate), levers, found.rate)
    _derive(edition, league, levers, due, empty)
    source = np.where(np.isnan(found.rate), np.where((source == "") & ~np.isnan(levers), "derived", source), "implied")
    slack = _slack(edition, levers)
    rates = criterion_rates(as_filed, levers, reported, slack)
    exact, sums = points(as_filed, rates), component_sums(edition, earned(as_filed, rates))
    unknown = np.isnan(exact)
    full = component_sums(edition, unknown.astype(float)) == 0
    published = np.where(np.isnan(league.published) & full, sums, league.published)
    total = ~np.isnan(league.published_score)
    held = league.published_score - np.nansum(published, axis=-1)
    anchors = Anchors(
        levers,
        due,
        empty,
        reported,
        slack,
        published,
        sums,
        component_sums(edition, exact),
        source,
        np.where(np.isnan(found.rate), levers, found.low),
        np.where(np.isnan(found.rate), levers, found.high),
        found.bound,
        found.by,
        np.where(total, held, 0.0),
        total,
        *_in_points(edition, league, levers, published, sums, unknown),
    )
    for f in fields(anchors):
        frozen(getattr(anchors, f.name))
    standing = down_the_road(edition, anchors, levers)
    return Baseline(edition, as_filed, league, anchors, standing, frozen(ranks(standing.score)))


def down_the_road(edition: Edition, anchors: Anchors, levers: np.ndarray, direct: np.ndarray | None = None) -> Standing:
    """Where levers (..., levers) lead, from the anchors they stand on; `direct` (..., components) puts points in
    the place of the published ones, which levers then move.

    Baseline and scenarios alike; `levers` may carry more leading axes than the anchors of one unit do.
    """
    rates = criterion_rates(edition, levers, anchors.reported, anchors.slack)
    criteria = earned(edition, rates)
    sums = component_sums(edition, criteria)
    modelled = np.where(component_sums(edition, np.isnan(criteria).astype(float)) == 0, sums, np.nan)
    published = anchors.published if direct is None else np.where(np.isnan(direct), anchors.published, direct)
    components = anchored(edition, published, anchors.sums, sums)
    return Standing(criteria, modelled, components, summed(anchors, components))


def summed(anchors: Anchors, components: np.ndarray) -> np.ndarray:
    """The score of components (..., components) with what is held, shape (...): unknown ones lie within a total."""
    known = np.where(np.isnan(components) & anchors.total[..., None], 0.0, components)
    return np.asarray(known.sum(axis=-1) + anchors.held)


def exact_score(edition: Edition, anchors: Anchors, levers: np.ndarray, direct: np.ndarray | None = None) -> np.ndarray:
    """The score in points before any rounding, unknown components left out, shape (...): what slopes are taken of."""
    published = anchors.published if direct is None else np.where(np.isnan(direct), anchors.published, direct)
    rates = criterion_rates(edition, levers, anchors.reported, anchors.slack)
    moved = component_sums(edition, points(edition, rates)) - anchors.exact
    components = np.clip(published / 100 + moved, 0.0, edition.component_max / 100)
    return np.asarray(np.nansum(components, axis=-1) + anchors.held / 100)


def _levers(edition: Edition, league: League) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates, counts due and emptiness of every lever, each of shape (n, levers)."""
    at = {key: i for i, key in enumerate(columns(edition))}
    own = [at[lever.key] for lever in edition.levers]
    due, empty = league.due[:, own].copy(), league.due[:, own] == 0
    rates = np.where(empty, edition.when_empty, league.rate[:, own])
    _derive(edition, league, rates, due, empty)
    return rates, due, empty


def _derive(edition: Edition, league: League, rates: np.ndarray, due: np.ndarray, empty: np.ndarray) -> None:
    """Fill in the levers that only a derived rate reveals."""
    at = {key: i for i, key in enumerate(columns(edition))}
    for criterion in edition.criteria:
        if criterion.derived:
            _solve(edition, league, at, criterion.key, rates, due, empty)


def _solve(
    edition: Edition,
    league: League,
    at: dict[str, int],
    key: str,
    rates: np.ndarray,
    due: np.ndarray,
    empty: np.ndarray,
) -> None:
    """Fill in the lever that only a derived rate reveals: complained = on_time − dossiers_satisfied."""
    form = edition.criteria[edition.criterion_index[key]].rate
    hidden = [lever for lever in form if lever not in edition.criterion_index]
    if len(hidden) != 1:
        return
    i = edition.lever_index[hidden[0]]
    others = [edition.lever_index[lever] for lever in form if lever != hidden[0]]
    rest = sum(form[edition.levers[j].key] * rates[:, j] for j in others)
    value = (league.rate[:, at[key]] - rest) / form[hidden[0]]
    counted = np.round(value * league.due[:, at[key]])  # a difference of counts is a whole number of the same things
    whole = np.abs(value * league.due[:, at[key]] - counted) < 1e-6
    value = np.where(whole, counted / np.where(whole, league.due[:, at[key]], 1), value)
    seen = ~np.isnan(value) & ~empty[:, others].any(axis=1)
    nothing = np.isnan(rates[:, i]) & (league.due[:, at[key]] == 0) & empty[:, others].all(axis=1)
    rates[:, i] = np.where(seen, value, np.where(nothing, edition.when_empty[i], rates[:, i]))
    due[:, i] = np.where(seen | nothing, league.due[:, at[key]], due[:, i])
    empty[:, i] = nothing | empty[:, i] & ~seen


def _reported(edition: Edition, league: League) -> np.ndarray:
    """Each criterion's own rate as reported, emptiness and assumed rates filled in, shape (n, criteria)."""
    at = {key: i for i, key in enumerate(columns(edition))}
    own = [at[c.key] for c in edition.criteria]
    earns_full = np.array([c.empty["earns"] == "full" for c in edition.criteria], dtype=float)
    assumed = np.array([np.nan if c.assumed_rate is None else c.assumed_rate for c in edition.criteria])
    rates = np.where(league.due[:, own] == 0, earns_full, league.rate[:, own])
    constant = np.array([np.nan if c.constant is None else c.constant for c in edition.criteria])
    absent = np.array([c.absent is not None for c in edition.criteria])
    return np.where(absent, constant, np.where(np.isnan(rates), assumed, rates))


def _slack(edition: Edition, levers: np.ndarray) -> np.ndarray:
    slack = np.zeros_like(levers)
    for i, lever in enumerate(edition.levers):
        if lever.at_most is not None:
            over = levers[:, i] - levers[:, edition.lever_index[lever.at_most]]
            slack[:, i] = np.where(over > 0, over, 0.0)
    return slack


def _told(edition: Edition, league: League) -> np.ndarray:
    """Where a table says that its rates come from, shape (n, levers)."""
    found = np.full((len(league.codes), len(edition.levers)), "published", dtype="<U9")
    for code, marks in league.marks.items():
        for key, mark in marks.items():
            if key in edition.lever_index:
                found[league.codes.index(code), edition.lever_index[key]] = mark
    for i, lever in enumerate(edition.levers):
        if lever.key not in edition.criterion_index:
            found[np.isnan(league.rate[:, columns(edition).index(lever.key)]), i] = "derived"
    return found


def _undone(edition: Edition, filed: Edition, found: Implied) -> Implied:
    """What is implied, less the bounds of criteria whose target has been switched: there they tell nothing."""
    switched = edition.target != filed.target
    gone = found.bound & (np.abs(edition.form[switched]).sum(axis=0) > 0)
    rate, low, high = (np.where(gone, np.nan, part) for part in (found.rate, found.low, found.high))
    return Implied(rate, low, high, found.bound & ~gone, np.where(gone, -1, found.by))


def _in_points(
    edition: Edition,
    league: League,
    levers: np.ndarray,
    published: np.ndarray,
    sums: np.ndarray,
    unknown: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether components move in points alone, and the least and the most that they can be set to, (n, components)."""
    inherited = np.array([league.level in c.inherited_by for c in edition.components])
    moved = (~np.isnan(levers)).astype(float) @ np.abs(edition.form.T) > 0  # by a lever that is known
    moved |= edition.leverless & (edition.scale >= 0)
    levered = (~unknown & moved).astype(float) @ edition.membership > 0
    open_ = component_sums(edition, np.where(unknown, 100 * edition.max_points, 0.0))
    rest = np.where(np.isnan(published), 0.0, published - sums)
    least = np.where(levered, np.maximum(sums + np.minimum(rest, 0), 0), 0.0)
    most = np.where(levered, np.minimum(sums + np.maximum(rest, open_), edition.component_max), edition.component_max)
    within = np.isnan(published) & ~np.isnan(league.published_score)[:, None]  # known in a total only
    movable = (open_ > 0) & ~inherited & ~within
    return ~levered & movable, np.where(movable, least, np.nan), np.where(movable, most, np.nan)
