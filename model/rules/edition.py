"""An edition: one era's rules of the index, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from model.words.problems import Problem

KINDS = ("flow", "mendable", "stock")  # late stays late; old ones can still be done; counted once, not as they come
LEVELS = ("commune", "department", "province", "other")  # of units
ROUNDINGS = ("points", "percent")  # of a criterion: its points alone, or first its rate to 2 decimals of a per cent
EVIDENCE = ("V", "S", "P", "A")  # recomputed from published figures, inferred from many, found in a source, assumed
Words = Mapping[str, str]  # one text per language


@dataclass(frozen=True, kw_only=True)
class Component:
    """One of the groups of criteria, with the most points it can earn, and what of its criteria is rounded."""

    key: str
    code: str
    name: Words
    max_points: float
    rounding: str = "points"
    inherited_by: tuple[str, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Lever:
    """A rate that a unit can move; `at_most` names a lever it cannot exceed."""

    key: str
    name: Words
    done: Words
    due: Words
    group: str
    better: str = "higher"
    at_most: str | None = None
    kind: str = "flow"
    when_empty: float = 0.0  # the rate that nothing due counts as
    when_unknown: float | None = None  # the rate that it is taken for where nothing tells it [A]


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One scored line; `rate` is its linear form of levers, {its own key: 1} for nearly all.

    That form counts `scaled_by` another lever's rate, if it names one: 1 where that is unknown and `scale_assumed`.
    Where `absent` says why it is no lever's at a level, its rate is `constant` for all, or else unknown.
    """

    key: str
    number: str
    component: str
    name: Words
    done: Words
    due: Words
    group: str
    max_points: float
    target: float
    evidence: str
    empty: Mapping[str, Any] = field(default_factory=lambda: {"earns": "nothing", "evidence": "A"})
    rate: Mapping[str, float] = field(default_factory=dict)
    scaled_by: str | None = None
    scale_assumed: bool = False
    kind: str = "flow"
    at_most: str | None = None
    assumed_rate: float | None = None
    constant: float | None = None
    absent: Words | None = None
    target_choices: tuple[float, ...] = ()
    inherited_by: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    note: Words | None = None

    @property
    def derived(self) -> bool:
        """Whether its rate follows from other levers."""
        return bool(self.rate) and set(self.rate) != {self.key}

    @cached_property
    def levers(self) -> tuple[str, ...]:
        """Keys of the levers that its rate depends on."""
        return tuple(dict.fromkeys((*self.rate, self.scaled_by) if self.scaled_by else self.rate))


@dataclass(frozen=True, kw_only=True)
class Band:
    """A named range of scores that starts at `from_score`."""

    key: str
    name: Words
    from_score: float
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A scenario that teaches at a glance: rates to set, all levers to move, or one more thing due in a group."""

    key: str
    name: Words
    set: Mapping[str, float] = field(default_factory=dict)
    all: str | None = None
    one_more_due: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Edition:
    """One era's rules; criteria, levers and components keep the order of the file.

    `reported` is what a table may report as a rate: every criterion, then every lever that is none, at any level.
    `absent` says why a key of those is no lever here; `variants` are the same edition at levels whose rules differ.
    Figures from the day `since` on follow it (None: another form of an edition), and those without a day whose first
    has more than `led_by` points.
    """

    key: str
    title: Words
    about: Words
    total: float
    decimals: int
    rounding: str
    ties: str
    components: tuple[Component, ...]
    criteria: tuple[Criterion, ...]
    levers: tuple[Lever, ...]
    groups: Mapping[str, Mapping[str, Any]]
    bands: tuple[Band, ...]
    presets: tuple[Preset, ...]
    sources: Mapping[str, Words]
    since: date | None = None
    led_by: float = 0.0
    reported: tuple[str, ...] = ()
    absent: Mapping[str, Words] = field(default_factory=dict)
    variants: Mapping[str, "Edition"] = field(default_factory=dict)

    @cached_property
    def lever_index(self) -> dict[str, int]:
        """{lever key: its place along the lever axis}."""
        return {lever.key: i for i, lever in enumerate(self.levers)}

    @cached_property
    def component_index(self) -> dict[str, int]:
        """{component key: its place along the component axis}."""
        return {component.key: i for i, component in enumerate(self.components)}

    @cached_property
    def criterion_index(self) -> dict[str, int]:
        """{criterion key: its place along the criterion axis}."""
        return {criterion.key: i for i, criterion in enumerate(self.criteria)}

    @cached_property
    def form(self) -> np.ndarray:
        """Coefficients of every criterion's rate in the levers, shape (criteria, levers)."""
        return _frozen([[c.rate.get(lever.key, 0.0) for lever in self.levers] for c in self.criteria])

    @cached_property
    def leverless(self) -> np.ndarray:
        """Whether no lever enters a criterion's rate, shape (criteria,)."""
        return np.asarray(~self.form.any(axis=1))

    @cached_property
    def scale(self) -> np.ndarray:
        """Place of the lever that scales each criterion, −1 where none does, shape (criteria,)."""
        found = np.array([-1 if c.scaled_by is None else self.lever_index[c.scaled_by] for c in self.criteria])
        found.flags.writeable = False
        return found

    @cached_property
    def unknown_scale(self) -> np.ndarray:
        """What scales a criterion where its scale is unknown, nan for nothing known; 1 where none scales it."""
        return _frozen([1.0 if c.scaled_by is None or c.scale_assumed else np.nan for c in self.criteria])

    @cached_property
    def membership(self) -> np.ndarray:
        """1 where a criterion belongs to a component, shape (criteria, components)."""
        return _frozen([[float(c.component == k.key) for k in self.components] for c in self.criteria])

    @cached_property
    def max_points(self) -> np.ndarray:
        """Most points of each criterion, shape (criteria,)."""
        return _frozen([c.max_points for c in self.criteria])

    @cached_property
    def target(self) -> np.ndarray:
        """Rate at which each criterion earns all its points, shape (criteria,)."""
        return _frozen([c.target for c in self.criteria])

    @cached_property
    def by_percent(self) -> np.ndarray:
        """Whether each criterion's rate is rounded before its points are, shape (criteria,)."""
        found = np.array(
            [self.components[self.component_index[c.component]].rounding == "percent" for c in self.criteria]
        )
        found.flags.writeable = False
        return found

    @cached_property
    def when_empty(self) -> np.ndarray:
        """Rate that nothing due counts as, for each lever, shape (levers,)."""
        return _frozen([lever.when_empty for lever in self.levers])

    @cached_property
    def when_unknown(self) -> np.ndarray:
        """Rate that each lever is taken for where nothing tells it, nan for none, shape (levers,)."""
        return _frozen([np.nan if lever.when_unknown is None else lever.when_unknown for lever in self.levers])

    @cached_property
    def component_max(self) -> np.ndarray:
        """Most hundredths of each component, shape (components,)."""
        return _frozen([100 * c.max_points for c in self.components])

    def at(self, level: str) -> "Edition":
        """The edition as it holds for units of a level."""
        return self.variants.get(level, self)

    def moved_by(self, lever: str) -> tuple[Criterion, ...]:
        """The criteria whose rate a lever enters."""
        return self._moved_by.get(lever, ())

    @cached_property
    def _moved_by(self) -> dict[str, tuple[Criterion, ...]]:
        return {lever.key: tuple(c for c in self.criteria if lever.key in c.levers) for lever in self.levers}

    def with_targets(self, targets: Mapping[str, float]) -> "Edition":
        """The same edition with other targets {criterion: rate}; raises Problem unless the edition offers them."""
        for key, value in targets.items():
            choices = self.criteria[self.criterion_index[key]].target_choices if key in self.criterion_index else ()
            if value not in choices:
                raise Problem("target_not_offered", key=key, value=value, choices=choices or "–")
        changed = tuple(replace(c, target=targets.get(c.key, c.target)) for c in self.criteria)
        variants = {level: one.with_targets(targets) for level, one in self.variants.items()}
        return replace(self, criteria=changed, variants=variants) if targets else self


def _frozen(rows: Any) -> np.ndarray:
    array = np.array(rows, dtype=float)
    array.flags.writeable = False
    return array
