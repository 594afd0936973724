"""Presets: an edition's scenarios that teach at a glance, laid over what is supposed already."""

from math import ceil, floor

import numpy as np

from model.rules.edition import Lever, Preset
from model.rules.formulas import component_sums
from model.score.baseline import Baseline
from model.score.scenario import Counts, Scenario, Value, dues, fixed, resolved, standing


def apply_preset(base: Baseline, unit: int, scenario: Scenario, key: str) -> tuple[Scenario, dict[str, str]]:
    """The scenario with a preset of the edition laid over it, and {lever or component: why it was left out}.

    Nothing is made worse but by a preset that says so (`one_more_due`).
    """
    preset = next(p for p in base.edition.presets if p.key == key)
    if preset.one_more_due is not None:
        return one_more_due(base, unit, scenario, preset.one_more_due)
    skipped = {}
    for target, value in goals(base, preset).items():
        if target in base.edition.component_index:
            k = base.edition.component_index[target]
            _, direct = resolved(base, unit, scenario)
            anchor = base.anchors.published[unit, k] if np.isnan(direct[k]) else direct[k]
            now = standing(base, unit, scenario)
            moved = component_sums(base.edition, now.criteria)[k] - base.anchors.sums[unit, k]
            wanted = np.clip(round(100 * value) - moved, base.anchors.least[unit, k], base.anchors.most[unit, k])
            if not (np.isnan(wanted) or now.components[k] >= round(100 * value) or wanted <= anchor):
                scenario = scenario.with_(target, float(wanted) / 100)
            continue
        levers, _ = resolved(base, unit, scenario)
        i = base.edition.lever_index[target]
        lever, due = base.edition.levers[i], dues(base, unit, scenario)[i]
        reason = fixed(base, lever, levers[i]) or ("none_due" if due == 0 else None)
        better = levers[i] < value if lever.better == "higher" else levers[i] > value
        if reason == "none_due" and not preset.set and not better:
            continue  # nothing due already earns in full
        if reason is not None:
            skipped[target] = reason
        elif better:
            scenario = scenario.with_(target, _in_kind(scenario.changes.get(target), value, lever))
    if preset.all == "target":
        skipped |= {
            c.key: "not_reported" for c, d in zip(base.edition.components, base.anchors.direct[unit], strict=True) if d
        }
    return scenario, skipped


def _in_kind(now: Value | None, rate: float, lever: Lever) -> Value:
    """A rate, or counts at least as good, of as many as are now supposed to be due."""
    if not isinstance(now, Counts):
        return rate
    done = ceil(rate * now.due - 1e-9) if lever.better == "higher" else floor(rate * now.due + 1e-9)
    return Counts(done, now.due)


def one_more_due(base: Baseline, unit: int, scenario: Scenario, group: str) -> tuple[Scenario, dict[str, str]]:
    """The scenario with one thing more due in a group and not done, and {lever: why it was left out}."""
    levers, _ = resolved(base, unit, scenario)
    due, skipped = dues(base, unit, scenario), {}
    members = [i for i, lever in enumerate(base.edition.levers) if lever.group == group]
    if base.edition.groups[group].get("one_denominator") and not np.isnan(due[members]).all():
        due[members] = np.nanmax(due[members])  # a table may count the shared denominator twice, and differ
    for i in members:
        lever = base.edition.levers[i]
        reason = fixed(base, lever, levers[i]) or ("not_reported" if np.isnan(due[i]) else None)
        if reason is not None:
            skipped[lever.key] = reason
        else:
            done = 0 if due[i] == 0 else round(levers[i] * due[i])
            scenario = scenario.with_(lever.key, Counts(int(done), int(due[i]) + 1))
    return scenario, skipped


def goals(base: Baseline, preset: Preset) -> dict[str, float]:
    """Where a preset takes levers, and components that move in points: as stated, the league's best, or the rates that
    earn all points; nan where no unit's rate is known."""
    edition, found = base.edition, dict(preset.set)
    for i, lever in enumerate(edition.levers if preset.all else ()):
        at = edition.criterion_index.get(lever.key)
        if preset.all == "target":
            found[lever.key] = edition.criteria[at].target if at is not None else float(lever.better == "higher")
        else:
            seen = base.anchors.levers[~base.anchors.empty[:, i], i]
            seen = seen[~np.isnan(seen)]
            best = (seen.max() if lever.better == "higher" else max(0.0, seen.min())) if seen.size else np.nan
            found[lever.key] = float(best)
    for i, component in enumerate(edition.components if preset.all == "best" else ()):
        points = base.standing.components[:, i]
        if not np.isnan(points).all():
            found[component.key] = float(np.nanmax(points)) / 100
    return found
