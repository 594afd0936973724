"""A person's way through the one file: random steps, and what Python's engine and words say it must show."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from model.report.choice import Choice
from model.report.link import written
from model.rules import files as edition_files
from model.score.baseline import Baseline, baseline
from model.score.presets import apply_preset
from model.score.scenario import Counts, Scenario, Value, dues, effect, fixed, resolved
from model.table import leagues as tables
from model.table.league import League
from model.words.texts import Words, words
from pages.panel import one_file as alone
from panel_figures import possible
from panel_shown import MADE, Shown, filled

Step = list[Any]


@dataclass(frozen=True)
class State:
    """Where a person stands: a unit, what is supposed of it, and the targets that are switched."""

    unit: int
    changes: dict[str, Value] = field(default_factory=dict)
    targets: dict[str, float] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        return Scenario(self.changes)


class Walk:
    """The state with what undo and redo would bring back."""

    def __init__(self, league: League, t: Words, unit: int) -> None:
        self.league, self.t, self.filed = league, t, edition_files.load(league.edition)
        self.now, self.past, self.future = State(unit), list[State](), list[State]()
        self.said = ""
        self.bases: dict[str, Baseline] = {}
        self.data = alone._data(self.base(), unit, Choice(league.key), t, MADE)

    def base(self) -> Baseline:
        targets = self.now.targets
        if str(targets) not in self.bases:
            self.bases[str(targets)] = baseline(self.filed.with_targets(targets), self.league, self.filed)
        return self.bases[str(targets)]

    def go(self, state: State) -> None:
        if state != self.now:
            self.past, self.future, self.now = [*self.past, self.now], [], state

    # Each takes a step and returns what a hand does for it; None where it can't be taken here.

    def undo(self, rng: np.random.Generator) -> Step | None:
        if not self.past:
            return None
        self.future, self.now, self.past = [*self.future, self.now], self.past[-1], self.past[:-1]
        return ["undo"]

    def redo(self, rng: np.random.Generator) -> Step | None:
        if not self.future:
            return None
        self.past, self.now, self.future = [*self.past, self.now], self.future[-1], self.future[:-1]
        return ["redo"]

    def reset(self, rng: np.random.Generator) -> Step | None:
        if not self.now.changes:
            return None
        self.go(replace(self.now, changes={}))
        return ["reset"]

    def release(self, rng: np.random.Generator) -> Step | None:
        """One lever back to where it was published."""
        if not self.now.changes:
            return None
        key = str(rng.choice(sorted(self.now.changes)))
        rest = {k: value for k, value in self.now.changes.items() if k != key}
        if not possible(self.base(), self.now.unit, Scenario(rest)):
            return None
        self.go(replace(self.now, changes=rest))
        return ["release", key]

    def visit(self, rng: np.random.Generator) -> Step | None:
        unit = int(rng.integers(len(self.league.codes)))
        if unit == self.now.unit:
            return None
        self.go(replace(self.now, unit=unit, changes={}))
        return ["visit", self.league.codes[unit], self.league.names[unit]]

    def preset(self, rng: np.random.Generator) -> Step | None:
        base, unit = self.base(), self.now.unit
        preset = base.edition.presets[rng.integers(len(base.edition.presets))]
        if not apply_preset(base, unit, Scenario(), preset.key)[0].changes:
            return None
        after, skipped = apply_preset(base, unit, self.now.scenario, preset.key)
        self.go(replace(self.now, changes=dict(after.changes)))
        why: dict[str, list[str]] = {}
        names = {one.key: self.t.of(one.name) for one in (*base.edition.levers, *base.edition.components)}
        for key, reason in skipped.items():
            short = self.t(f"hindrance.{'none_due_short' if reason == 'none_due' else reason}")
            why.setdefault(short.rstrip(".").lower(), []).append(names[key])
        left_out = "; ".join(f"{', '.join(of)} ({short})" for short, of in why.items())
        self.said = self.t("effect.skipped", names=left_out) if why else ""
        return ["preset", preset.key]

    def target(self, rng: np.random.Generator) -> Step | None:
        base = self.base()
        open_ = [c for c in self.filed.criteria if c.target_choices and c.key in _movable(base, self.now.unit)]
        if not open_:
            return None
        criterion = open_[rng.integers(len(open_))]
        choice = float(rng.choice(criterion.target_choices))
        rest = {key: rate for key, rate in self.now.targets.items() if key != criterion.key}
        self.go(replace(self.now, targets=rest if choice == criterion.target else rest | {criterion.key: choice}))
        return ["target", criterion.key, choice]

    def slide(self, rng: np.random.Generator) -> Step | None:
        """A slider moved to one of its steps."""
        base, unit = self.base(), self.now.unit
        if not _movable(base, unit):
            return None
        key = str(rng.choice(_movable(base, unit)))
        i = base.edition.lever_index[key]
        due, rate = base.anchors.due[unit, i], base.anchors.levers[unit, i]
        lower = base.edition.levers[i].better == "lower"
        if base.anchors.empty[unit, i] or rate < 0 or (lower and rate > 0.1):
            return None
        step = int(rng.integers(0, (due if due <= 50 else 1000) + 1))
        value: Value = Counts(step, int(due)) if due <= 50 else step / (10_000 if lower else 1000)
        return ["slide", key, step] if self._suppose(base, key, value) else None

    def enter(self, rng: np.random.Generator) -> Step | None:
        """An exact entry: a percentage, counts, or so many more or less than now."""
        base, unit = self.base(), self.now.unit
        key = str(rng.choice([*_movable(base, unit), *_direct(base, unit)]))
        if key in base.edition.component_index:
            most = base.edition.components[base.edition.component_index[key]].max_points
            points = round(float(rng.random()) * most, 2)
            return ["enter", key, self.t.number(points, 2)] if self._suppose(base, key, points) else None
        i = base.edition.lever_index[key]
        due = dues(base, unit, self.now.scenario)[i]
        kind = rng.integers(3)
        if kind == 0:
            percent = int(rng.integers(0, 10_001))
            text = f"{percent / 100:.2f} %".replace(".", self.t("decimal"))
            return ["enter", key, text] if due != 0 and self._suppose(base, key, percent / 100 / 100) else None
        if kind == 1:
            of = int(rng.integers(1, 3000))
            done = int(rng.integers(0, of + 1))
            return ["enter", key, f"{done}/{of}"] if self._suppose(base, key, Counts(done, of)) else None
        if not due > 0:
            return None
        now = round(float(resolved(base, unit, self.now.scenario)[0][i]) * due)
        done = int(rng.integers(0, due + 1))
        text = f"+{done - now}" if done > now else f"−{now - done}"
        return ["enter", key, text] if self._suppose(base, key, Counts(done, int(due))) else None

    def _suppose(self, base: Baseline, key: str, value: Value) -> bool:
        """Whether a value can be supposed; levers of one denominator go on with the same number due."""
        changes = {**self.now.changes, key: value}
        lever = next((one for one in base.edition.levers if one.key == key), None)
        if lever and isinstance(value, Counts) and base.edition.groups[lever.group].get("one_denominator"):
            for other in base.edition.levers:
                counts = changes.get(other.key)
                if other.group == lever.group and isinstance(counts, Counts):
                    changes[other.key] = Counts(min(counts.done, value.due), value.due)
        if not possible(base, self.now.unit, Scenario(changes)):
            return False
        self.go(replace(self.now, changes=changes))
        return True

    def shown(self) -> dict[str, Any]:
        """What the file shows where the walk stands."""
        base, t, now = self.base(), self.t, self.now
        shown, found = Shown(base, t, self.data), effect(base, now.unit, now.scenario)
        choice = Choice(self.league.key, self.league.codes[now.unit], now.scenario, now.targets)
        held = float(base.anchors.held[now.unit])
        claim = t.of(self.league.claims.get(self.league.codes[now.unit], {}))
        return {
            "bar": shown.bar(found),
            "link": written(choice, t.language),
            "tools": [not self.past, not self.future, not now.changes],
            "left_out": self.said,
            "switched": self._switched(base, self.data["words"]),
            "notes": [
                n for n in (filled(self.data["words"]["held"], value=t.signed(held)) if held else "", claim) if n
            ],
            "ledger": shown.ledger(now.unit, now.scenario),
            "passed": shown.passed(now.unit, now.scenario, found),
            "presets": shown.presets(now.unit),
        }

    def _switched(self, base: Baseline, said: dict[str, Any]) -> str:
        """That targets are not the rules' own, and what was published under those."""
        if not self.now.targets:
            return ""
        t, truly = self.t, baseline(self.filed, self.league)
        others = [
            filled(said["other_target"], name=t.of(c.name), rate=t.percent(c.target), filed=t.percent(filed.target))
            for c, filed in zip(base.edition.criteria, base.filed.criteria, strict=True)
            if c.target != filed.target
        ]
        code, name = self.league.codes[self.now.unit], self.league.names[self.now.unit]
        partly = "published_score" in self.league.published_cells.get(code, ())
        return filled(
            said["switched_here"][partly],
            targets="; ".join(others),
            unit=name,
            score=t.points(float(truly.standing.score[self.now.unit])),
        )


def _movable(base: Baseline, unit: int) -> list[str]:
    levers = zip(base.edition.levers, base.anchors.levers[unit], strict=True)
    return [lever.key for lever, rate in levers if not fixed(base, lever, rate)]


def _direct(base: Baseline, unit: int) -> list[str]:
    return [
        c.key for c, most in zip(base.edition.components, base.anchors.most[unit], strict=True) if not np.isnan(most)
    ]


def walk(key: str, language: str, steps: int, rng: np.random.Generator) -> dict[str, Any]:
    """The file of a league, and so many steps through it with what each brings about."""
    league, t = tables.find(key), words(language)
    here = Walk(league, t, int(rng.integers(len(league.codes))))
    base = here.base()
    choice = Choice(key, league.codes[here.now.unit])
    kinds = [here.enter, here.enter, here.slide, here.preset, here.target, here.undo, here.undo, here.redo]
    kinds += [here.release, here.reset, here.visit]
    html = alone.page(base, here.now.unit, choice, t, MADE)
    taken = [{"step": ["look"], "shown": here.shown()}, *_steps(here, kinds, steps, rng)]
    return {"league": key, "html": html, "steps": taken}


def _steps(here: Walk, kinds: list[Any], steps: int, rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    while steps:
        here.said = ""
        step = kinds[rng.integers(len(kinds))](rng)
        if step is not None:
            steps -= 1
            yield {"step": step, "shown": here.shown()}
