"""The numbers with which a browser walks the road for one unit: rules and anchors laid out, nothing left to decide."""

from typing import Any

import numpy as np

from .baseline import Baseline
from .levers import hindrances, room
from .scenario import Scenario
from .scoring import EPSILON

_FIXED = ("assumed", "inherited", "not_reported")


def compiled(base: Baseline, unit: int) -> dict[str, Any]:
    """Everything about one unit under its edition and among its peers, as plain numbers and keys for JSON.

    Rates are fractions, points of components, peers and `held` hundredths, maxima of criteria points; null where
    missing. `fixed` says why a lever can't be moved, `potential` what it could bring alone, in points.
    """
    edition, anchors = base.edition, base.anchors[unit]
    fixed = {key: why for key, why in hindrances(base, unit, Scenario()).items() if why in _FIXED}
    potential = room(base, unit, anchors.levers)
    own = base.standing.components[unit]
    return {
        "epsilon": EPSILON,
        "unit": unit,
        "held": _number(float(anchors.held)),
        "components": [
            {
                "key": c.key,
                "max": 100 * c.max_points,
                "published": _number(anchors.published[k]),
                "sums": _number(anchors.sums[k]),
                "exact": 100 * float(anchors.exact[k]),
                "direct": bool(anchors.direct[k]),
                "inherited": base.league.level in c.inherited_by,
                "now": _number(own[k]),
            }
            for k, c in enumerate(edition.components)
        ],
        "criteria": [
            {
                "key": c.key,
                "component": edition.component_index[c.component],
                "max": c.max_points,
                "target": c.target,
                "choices": list(c.target_choices),
                "reported": _number(anchors.reported[i]),
                "rate": [[edition.lever_index[lever], share] for lever, share in c.rate.items()],
            }
            for i, c in enumerate(edition.criteria)
        ],
        "levers": [
            {
                "key": lever.key,
                "rate": _number(anchors.levers[i]),
                "due": _number(anchors.due[i]),
                "empty": bool(anchors.empty[i]),
                "whenEmpty": lever.when_empty,
                "lower": lever.better == "lower",
                "atMost": None if lever.at_most is None else edition.lever_index[lever.at_most],
                "slack": _number(anchors.slack[i]),
                "fixed": fixed.get(lever.key),
                "potential": _number(potential[i]) or 0.0,
                "group": lever.group,
                "shared": bool(edition.groups[lever.group].get("one_denominator")),
                "components": sorted({edition.component_index[c.component] for c in edition.moved_by(lever.key)}),
            }
            for i, lever in enumerate(edition.levers)
        ],
        "peers": [_number(score) for score in base.standing.score],
        "bands": [{"key": band.key, "from": 100 * band.from_score} for band in edition.bands],
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
