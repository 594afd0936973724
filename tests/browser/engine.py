"""What a page must show of levers, as the engine and the words have it."""

from datetime import date

import numpy as np

from browser.conftest import Visitor
from model.plan import question as asking
from model.plan.prepared import prepared
from model.plan.question import Question
from model.score.baseline import Baseline
from model.score.levers import room
from model.score.scenario import Counts, Scenario, effect, fixed
from model.words.texts import words
from pages.panel.panel_data import panel_data
from panel_shown import MADE, Shown
from spaced import spaced
from strategies import before, sample


def by_rates(base: Baseline, unit: int) -> dict[str, float]:
    """{lever that can be moved: the points that it brings alone, as far as it goes}; 0 where that is not known."""
    rates = base.anchors.levers[unit]
    brought = np.nan_to_num(np.round(room(base, unit, rates), 6))
    levers = zip(base.edition.levers, rates, brought, strict=True)
    return {lever.key: float(points) for lever, rate, points in levers if not fixed(base, lever, rate)}


def by_points(base: Baseline, unit: int, component: str) -> float:
    """The hundredths that a component brings, set to the most points that it may be set to."""
    most = float(base.anchors.most[unit, base.edition.component_index[component]]) / 100
    done = effect(base, unit, Scenario({component: most}))
    return float(done.after.score - done.before.score)


def planned(base: Baseline, unit: int, ask: Question) -> Scenario:
    """What the first plan that answers a question supposes, of a unit of Đắk Lắk; the table before tells how scores
    move."""
    ask = asking.supposed(ask)
    time = asking.time(base, ask, date.today())
    plan, *_ = prepared(base, unit, ask, time, before(sample("dak_lak_2026-09-17"), base)).answer.plans
    moves = {key: (move.after, move.done, move.due) for key, move in plan.moves.items()}
    return Scenario({key: rate if None in counts else Counts(*counts) for key, (rate, *counts) in moves.items()})


def supposed(base: Baseline, unit: int, scenario: Scenario, language: str) -> list[list[str]]:
    """The list of what is supposed: key, name, from and to, what it brings beside the others, name of its way back."""
    t = words(language)
    shown = Shown(base, t, panel_data(base, [unit], Question(), t, MADE))
    said = shown.supposed(unit, scenario, effect(base, unit, scenario))
    return [[spaced(text) for text in (*texts, back)] for *texts, _, back in said]


def listed(at: Visitor) -> list[list[str]]:
    """The same list as it stands on the page."""
    return [
        [
            str(item.get_attribute("data-supposed")),
            *(spaced(item.locator(part).inner_text()) for part in (".name", ".from-to", ".brings")),
            spaced(item.locator("button").get_attribute("aria-label")),
        ]
        for item in at.page.locator(".supposed li").all()
    ]
