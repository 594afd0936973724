"""What a browser is given: plain arithmetic on those numbers alone comes to the engine's figures."""

import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import floor

import numpy as np
import pytest
from hypothesis import given

from lopsided import lopsided
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.browser import browser_numbers, column
from model.table import leagues as tables
from strategies import baselines, sample


def walked(numbers, unit):
    """Criteria, components and score of a unit in hundredths, from the numbers and nothing else; None where missing."""

    def own(value):
        return value[unit] if isinstance(value, list) else value

    levers = []
    for lever in numbers["levers"]:
        done, due = own(lever["done"]), own(lever["due"])
        levers.append(own(lever["rate"]) if done is None else done / due)
    unknown = {i for i, rate in enumerate(levers) if rate is None}
    for i in unknown:
        levers[i] = numbers["levers"][i]["whenUnknown"]
    for i, lever in enumerate(numbers["levers"]):
        limit = None if lever["atMost"] is None else levers[lever["atMost"]]
        if None not in (limit, levers[i]):
            levers[i] = min(levers[i], limit + own(lever["slack"]))
    sums, points = {"target": {}, "filed": {}}, []
    for criterion in numbers["criteria"]:
        parts = [(levers[i], share) for i, share in criterion["rate"]]
        guessed = own(criterion["reported"]) is not None and any(i in unknown for i, _ in criterion["rate"])
        known = parts and all(rate is not None for rate, _ in parts) and not guessed
        rate = sum(rate * share for rate, share in parts) if known else own(criterion["reported"])
        if criterion["scale"] is not None and rate is not None:
            factor = levers[criterion["scale"]]
            factor = 1 if factor is None and criterion["scaleAssumed"] else factor
            rate = None if factor is None else rate * factor
        for target in ("target", "filed"):
            earned = None if rate is None else earns(numbers, criterion, min(1, max(0, rate)), criterion[target])
            sums[target].setdefault(criterion["component"], []).append(earned)
        points.append(sums["target"][criterion["component"]][-1])
    components, score = [], own(numbers["held"])
    for k, component in enumerate(numbers["components"]):
        published = own(component["published"])
        if published is None:
            components.append(None)
            continue
        before, after = (sum(p or 0 for p in sums[target].get(k, [])) for target in ("filed", "target"))
        assert own(component["sums"]) == before
        components.append(min(component["max"], max(0, published + after - before)))
    if None in components and own(numbers["total"]):
        return points, components, score + sum(c for c in components if c is not None)
    return points, components, None if None in components else score + sum(components)


def earns(numbers, criterion, rate, target):
    """A rate's points in hundredths, by its component's rule of rounding."""
    if not criterion["percent"]:
        return floor(100 * criterion["max"] * min(1, rate / target) + 0.5 + numbers["epsilon"])
    percent = float(halves_up(100 * rate)) * criterion["max"] / (100 * target)
    return int(100 * halves_up(min(percent, criterion["max"])))


def halves_up(value):
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def bare(array):
    return [None if np.isnan(value) else value for value in array.tolist()]


def holds(base):
    numbers = json.loads(json.dumps(browser_numbers(base, range(len(base.league.codes))), allow_nan=False))
    for unit in range(len(base.league.codes)):
        criteria, components, score = walked(numbers, unit)
        assert criteria == bare(base.standing.criteria[unit])
        assert components == bare(base.standing.components[unit])
        assert score == bare(base.standing.score)[unit]
    assert numbers["peers"] == bare(base.standing.score)


@pytest.mark.parametrize("name", tables.samples())
def test_arithmetic_on_the_numbers_of_a_sample_comes_to_every_units_figures(name):
    holds(sample(name))


@given(baselines())
def test_arithmetic_on_the_numbers_of_any_league_comes_to_every_units_figures(base):
    holds(base)


def test_under_a_switched_target_a_unit_stands_on_what_it_was_published_under():
    filed = edition_files.load("766-2025")
    base = baseline(filed.with_targets({"paid_online": 1.0}), tables.find("hanoi_2025-08-25"), filed)
    holds(base)
    paid = next(c for c in browser_numbers(base, [0])["criteria"] if c["key"] == "paid_online")
    assert (paid["filed"], paid["target"], paid["choices"]) == (0.3, 1, [0.3, 1])


def lever(numbers, key):
    return next(lever for lever in numbers["levers"] if lever["key"] == key)


def test_a_levers_rule_and_figures_are_laid_out_as_the_panel_reads_them():
    base = lopsided()
    numbers = browser_numbers(base, [0, 1, 3])
    at = base.edition.lever_index
    assert numbers["units"] == [0, 1, 3] and numbers["held"] == [331, -125, 0] and numbers["epsilon"] == 1e-9
    assert lever(numbers, "on_time") == {
        **{"key": "on_time", "whenEmpty": 0, "lower": False, "atMost": None, "group": "dossiers", "shared": False},
        **{"components": [1, 4], "fixed": None, "unknown": "not_reported"},
        **{"done": [90, 50, None], "rate": [None, None, 0], "due": [100, 80, 0], "empty": [False, False, True]},
        **{"slack": 0, "bound": False, "low": None, "high": None, "source": "published", "whenUnknown": None},
    }
    assert lever(numbers, "petitions_satisfied") == {
        **{"key": "petitions_satisfied", "whenEmpty": 1, "lower": False, "atMost": at["petitions_on_time"]},
        **{"group": "petitions", "shared": True, "components": [4], "fixed": None, "unknown": "not_reported"},
        **{"done": [3, None, None], "rate": [None, 1, None], "due": [4, 0, None], "empty": [False, True, False]},
        **{"slack": [0.25, 0, 0], "bound": False, "low": None, "high": None, "whenUnknown": None},
        "source": ["published", "published", ""],
    }
    assert lever(numbers, "complained")["lower"] is True and lever(numbers, "complained")["done"] == [5, 20, None]
    assert lever(numbers, "digitized")["rate"] == [0.5, None, None] and lever(numbers, "digitized")["done"] is None
    inherited, assumed = lever(numbers, "updated_on_time"), lever(numbers, "certified_copies")
    assert (inherited["fixed"], inherited["unknown"]) == ("inherited", "inherited")
    assert (assumed["fixed"], assumed["unknown"]) == (None, "assumed")


def test_a_criterions_rule_and_own_rate_are_laid_out_as_the_panel_reads_them():
    base = lopsided()
    numbers, at = browser_numbers(base, [0, 1, 3]), base.edition.lever_index
    criteria = {criterion["key"]: criterion for criterion in numbers["criteria"]}
    assert criteria["dossiers_satisfied"] == {
        **{"key": "dossiers_satisfied", "component": 4, "max": 6, "target": 0.9, "filed": 0.9, "choices": []},
        **{"rate": [[at["on_time"], 1], [at["complained"], -1]], "reported": None},
        **{"percent": False, "scale": None, "scaleAssumed": False},
    }
    assert criteria["certified_copies"]["reported"] == 1
    assert criteria["digitized"]["reported"] is None


def test_a_components_figures_are_laid_out_as_the_panel_reads_them():
    components = {component["key"]: component for component in browser_numbers(lopsided(), [0, 1, 3])["components"]}
    assert components["digitization"] == {
        **{"key": "digitization", "max": 2200, "inherited": False, "published": [801, 300, None]},
        **{"sums": [400, 200, 200], "direct": [False, True, True], "least": [400, 0, 0], "most": [2000, 2200, 2200]},
    }
    assert components["transparency"] == {
        **{"key": "transparency", "max": 1800, "inherited": True, "published": 1120, "sums": 0},
        **{"direct": False, "least": None, "most": None},
    }


def test_bands_presets_and_peers_are_laid_out_as_the_panel_reads_them():
    numbers = browser_numbers(lopsided(), [1])
    assert numbers["peers"] == [6792, 4470, 8386, None]
    assert [(band["key"], band["from"]) for band in numbers["bands"]] == [
        ("excellent", 9000),
        ("good", 8000),
        ("fair", 7000),
        ("average", 5000),
        ("weak", 0),
    ]
    presets = {preset.pop("key"): preset for preset in numbers["presets"]}
    assert presets["paid_98"] == {"stated": True, "oneMoreDue": None, "toTarget": False, "goals": {"paid_online": 0.98}}
    assert presets["petition_unanswered"] == {
        "stated": False,
        "oneMoreDue": "petitions",
        "toTarget": False,
        "goals": {},
    }
    assert (
        presets["targets"]["toTarget"] and not presets["targets"]["stated"] and not presets["league_best"]["toTarget"]
    )
    best = presets["league_best"]["goals"]
    assert (best["online_services"], best["paid_online"], best["reused"]) == (9.23, 1, None)


def test_a_column_of_one_value_is_that_value_but_where_each_must_stand_for_itself():
    assert column([2.0, 2.0]) == 2 and column([2.0, 2.5]) == [2, 2.5] and column([]) == []
    assert column([2.0, 2.0], one=False) == [2, 2] and column([np.nan, np.nan]) is None
    assert column(["a", "a"]) == "a" and column(["a", "b"]) == ["a", "b"]
    assert column(np.array([True, True])) is True and column([np.False_, True]) == [False, True]
    whole = column([3.0, 2.0**53, -(2.0**53) - 2, 0.5])
    assert [(type(value), value) for value in whole] == [
        (int, 3),
        (float, 2.0**53),
        (float, -(2.0**53) - 2),
        (float, 0.5),
    ]


def test_a_rate_is_sent_as_counts_only_where_they_divide_to_the_very_same_number():
    base = lopsided()
    levers, i = base.anchors.levers.copy(), base.edition.lever_index["paid_online"]
    levers[0, i] = np.nextafter(0.75, 1)
    found = lever(browser_numbers(replace(base, anchors=replace(base.anchors, levers=levers)), [0, 1]), "paid_online")
    assert found["done"] == [None, 1] and found["rate"] == [levers[0, i], None]
