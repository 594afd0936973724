"""The numbers with which a browser walks the road: rules and anchors laid out, nothing left to decide."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from model.rules.formulas import EPSILON
from model.score.baseline import Anchors, Baseline
from model.score.presets import goals
from model.score.scenario import fixed

Column = Any  # one value for each unit, or a single one where all have the same


def browser_numbers(base: Baseline, units: Sequence[int]) -> dict[str, Any]:
    """Everything about some units under their edition and among their peers, as plain numbers and keys for JSON.

    Rates are fractions, points of components, peers and `held` hundredths, maxima of criteria points; null where
    missing. What differs from unit to unit is a `Column` along `units`. A lever's rate is done / due where that is the
    very same number, which is shorter. `fixed` and `unknown` say why a lever can't be moved: never, or where its rate
    is not known. `sums` is what the criteria add up to at the `filed` targets.
    """
    edition, anchors = base.edition, base.anchors[np.array(units)]
    return {
        "epsilon": EPSILON,
        "units": list(units),
        "held": column(anchors.held),
        "total": column(anchors.total),
        "components": _components(base, anchors),
        "criteria": _criteria(base, anchors),
        "levers": _levers(base, anchors),
        "peers": column(base.standing.score, one=False),
        "bands": [{"key": band.key, "from": 100 * band.from_score} for band in edition.bands],
        "presets": [
            {
                "key": preset.key,
                "stated": bool(preset.set),
                "oneMoreDue": preset.one_more_due,
                "toTarget": preset.all == "target",
                "goals": {key: _number(value) for key, value in goals(base, preset).items()},
            }
            for preset in edition.presets
        ],
    }


def _components(base: Baseline, anchors: Anchors) -> list[dict[str, Any]]:
    return [
        {
            "key": c.key,
            "max": 100 * c.max_points,
            "inherited": base.league.level in c.inherited_by,
            "published": column(anchors.published[:, k]),
            "sums": column(anchors.sums[:, k]),
            "direct": column(anchors.direct[:, k]),
            "least": column(anchors.least[:, k]),
            "most": column(anchors.most[:, k]),
        }
        for k, c in enumerate(base.edition.components)
    ]


def _criteria(base: Baseline, anchors: Anchors) -> list[dict[str, Any]]:
    edition, known = base.edition, np.isfinite(anchors.levers).astype(float)
    formed = (1 - known) @ np.abs(edition.form.T) == 0
    return [
        {
            "key": c.key,
            "component": edition.component_index[c.component],
            "max": c.max_points,
            "percent": bool(edition.by_percent[i]),
            "target": c.target,
            "filed": base.filed.criteria[i].target,
            "choices": list(c.target_choices),
            "rate": [[edition.lever_index[lever], share] for lever, share in c.rate.items()],
            "scale": edition.lever_index[c.scaled_by] if c.scaled_by else None,
            "scaleAssumed": c.scale_assumed,
            "reported": column(np.where(formed[:, i] & ~edition.leverless[i], np.nan, anchors.reported[:, i])),
        }
        for i, c in enumerate(edition.criteria)
    ]


def _levers(base: Baseline, anchors: Anchors) -> list[dict[str, Any]]:
    edition, done, implied = base.edition, _whole(anchors.levers, anchors.due), anchors.source == "implied"
    return [
        {
            "key": lever.key,
            "whenEmpty": lever.when_empty,
            "whenUnknown": lever.when_unknown,
            "lower": lever.better == "lower",
            "atMost": None if lever.at_most is None else edition.lever_index[lever.at_most],
            "group": lever.group,
            "shared": bool(edition.groups[lever.group].get("one_denominator")),
            "components": sorted({edition.component_index[c.component] for c in edition.moved_by(lever.key)}),
            "fixed": fixed(base, lever, 0.0),
            "unknown": fixed(base, lever, np.nan),
            "done": column(done[:, i]),
            "rate": column(np.where(np.isnan(done[:, i]), anchors.levers[:, i], np.nan)),
            "due": column(anchors.due[:, i]),
            "empty": column(anchors.empty[:, i]),
            "slack": column(anchors.slack[:, i]),
            "source": column(anchors.source[:, i].tolist()),
            "low": column(np.where(implied[:, i], anchors.low[:, i], np.nan)),
            "high": column(np.where(implied[:, i], anchors.high[:, i], np.nan)),
            "bound": column(anchors.bound[:, i]),
        }
        for i, lever in enumerate(edition.levers)
    ]


def column(values: Iterable[Any], *, one: bool = True) -> Column:
    """Values for JSON, numbers and truths as it has them; a single one where all are the same, if that may be."""
    listed = [value if isinstance(value, str) else _number(value) for value in values]
    return listed[0] if one and listed and all(value == listed[0] for value in listed) else listed


def _whole(rates: np.ndarray, due: np.ndarray) -> np.ndarray:
    """Counts done that divided by the counts due give back the rates, nan where none do."""
    with np.errstate(divide="ignore", invalid="ignore"):
        done = np.round(rates * due)
        found: np.ndarray = np.where((due > 0) & (done / due == rates), done, np.nan)
    return found


def _number(value: Any) -> float | bool | None:
    """A number or truth as JSON has it, whole numbers without a decimal point."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if np.isnan(value):
        return None
    return int(value) if value == np.floor(value) and abs(value) < 2**53 else float(value)
