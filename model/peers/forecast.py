"""Peers' movement: where everyone is expected to stand in so many days, and how sure that is."""

from dataclasses import dataclass

import numpy as np

from model.peers.calendar import gained
from model.peers.chances import Forecast
from model.peers.history import (
    Measured,
    days_between,
    default,
    jump_size,
    jumper,
    jumpers,
    measured,
    refuse_beyond,
    trends,
)
from model.score.baseline import Baseline
from model.score.scenario import Scenario, standing
from model.words.problems import Problem

KINDS = ("still", "gain", "trend", "uncertain")


@dataclass(frozen=True)
class PeerMovement:
    """How peers are supposed to move until the date.

    kind: still; gain, all by `gain` points; trend, each as since the history's date; uncertain, by `gain` points
    with a `spread` of points, None of either for the measured one over the time ahead, and where `jumps`, the measured
    chance of a petition jump. The last two count only there.
    """

    kind: str = "still"
    gain: float | None = None
    spread: float | None = None
    jumps: bool = False


def forecast(
    base: Baseline,
    movement: PeerMovement,
    days: float,
    history: Baseline | None = None,
    measure: Measured | None = None,
) -> Forecast:
    """What every unit's score is expected to be in so many days, shape (n,), our own among them.

    `measure` is taken from the history unless given, and without one is that of the edition and level [A]; a trend goes
    on as it was, day by day [A]. Raises Problem for an unknown kind, a spread below 0, a trend without a history, a
    history that is none (`history.days_between`), where nothing was measured (`history.default`), or over too few days
    to tell of so many ahead (`Measured.reach`).
    """
    if movement.kind not in KINDS:
        raise Problem("peers_kind", value=movement.kind, known=KINDS)
    if movement.kind == "trend":
        if history is None:
            raise Problem("peers_no_history")
        refuse_beyond(days_between(history, base), days)
        return Forecast.of(gained(base, trends(history, base) * max(0.0, days) / 100))
    if movement.kind == "still":
        return Forecast.of(base.standing.score)
    if movement.kind == "gain":
        return Forecast.of(gained(base, movement.gain or 0.0))
    if movement.gain is not None and movement.spread is not None and not movement.jumps:
        return Forecast.of(gained(base, movement.gain), movement.spread)
    if measure is None:
        measure = default(base) if history is None else measured(history, base)
    refuse_beyond(measure.days, days)
    expected = gained(base, measure.drift(days) if movement.gain is None else movement.gain)
    scaled, down, up = measure.over(days)
    can_fall, can_rise = jumpers(base) if movement.jumps else (np.zeros(expected.size), np.zeros(expected.size))
    spread = scaled if movement.spread is None else movement.spread
    return Forecast.of(expected, spread, down * can_fall, up * can_rise, jump_size(base.edition))


def own_forecast(
    base: Baseline,
    unit: int,
    scenario: Scenario,
    spread: float = 0.0,
    jumps: bool = False,
    days: float | None = None,
    measure: Measured | None = None,
) -> Forecast:
    """What our own score is expected to be under a scenario, every array of shape (): certain where the spread is 0.

    An uncertain score jumps too where `jumps`, with the chance of `measure` over so many days, of the edition's and
    level's over its own unless given. What we are expected to gain is the scenario alone: no drift. Raises Problem as
    `scenario.resolved` does, and `history.default` where that is needed.
    """
    score = float(standing(base, unit, scenario).score)
    if not (jumps and spread > 0):
        return Forecast.of(score, spread)
    measure = measure or default(base)
    _, down, up = measure.over(measure.days if days is None else days)
    fall, rise = jumper(base, unit, scenario)
    return Forecast.of(score, spread, down * fall, up * rise, jump_size(base.edition))
