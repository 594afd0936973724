"""What the live panel must show, from Python's engine and words alone: the panel's JavaScript is held to it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil, floor, isnan, nan
from typing import Any

import numpy as np

from model.peers.calendar import to_come
from model.plan import question as asking
from model.plan.plan import reaches
from model.plan.question import Question
from model.rules.formulas import criterion_rates
from model.score.baseline import Baseline, exact_score
from model.score.levers import hindrances, room, unknown_changes
from model.score.presets import apply_preset
from model.score.scenario import Counts, Effect, Scenario, dues, effect, fixed, resolved
from model.words.phrases import filled, unbroken
from model.words.texts import Words

MADE = date(2026, 11, 25)  # the day it is, for all that depends on one
FEW = 50  # up to this many things due, a slider counts them one by one
TELLING = 2  # levers of a component that stand open
ASKED = ("on_time", "paid_online")  # levers that leaders ask for
NAMED = 8  # units listed by name


class Shown:
    """A panel of one league in one language; `data` is what panel_data made for it, whose words it takes."""

    def __init__(self, base: Baseline, t: Words, data: dict[str, Any]) -> None:
        self.base, self.t, self.edition = base, t, base.edition
        self.words, self.names, self.by = data["words"], data["names"], data["by"]
        self.peers, self.notes, self.absent = base.standing.score, data["notes"], data["absent"]

    def panel(self, unit: int, scenario: Scenario) -> dict[str, Any]:
        """All texts and places of a panel at a unit and what is supposed of it."""
        found = effect(self.base, unit, scenario)
        return {
            "bar": self.bar(found),
            "tag": self.tag(unit),
            "presets": self.presets(unit),
            "opening": self.opening(unit),
            "idle": self.idle(unit),
            "supposed": self.supposed(unit, scenario, found),
            "row": self.row(found),
            "legend": self.legend(unit),
            "parts": list(self.parts(unit, found)),
            "levers": {key: self.lever(unit, i, scenario, found) for i, key in self.movable(unit)}
            | {key: self.direct(unit, k, scenario, found) for k, key in self.moved_directly(unit)},
            "strip": self.strip(unit, found),
            "fall": self.fall(scenario, found),
            "passed": self.passed(unit, scenario, found),
            "live": self.live(found),
        }

    # The result bar

    def bar(self, found: Effect) -> dict[str, list[Any]]:
        t, words, names = self.t, self.words, self.base.league.names
        before, after = float(found.before.score), float(found.after.score)
        score: list[Any] = ["–", "", words["no_score"], False]
        if not isnan(after):
            change = after - before
            score = [t.points(after), "", "", False]
            if change and not isnan(change):
                arrow = "▲ " if change > 0 else "▼ "
                was = filled(words["was"], value=t.points(before))
                score = [t.points(after), arrow + t.signed(change), was, change < 0]
        rank: list[Any] = ["–", "", words["no_rank"], False]
        if not isnan(found.rank_after):
            others = int(np.sum(~np.isnan(self.peers))) - (not isnan(before))
            climbed = found.rank_before - found.rank_after
            moved = "" if not climbed or isnan(climbed) else self._climbed(int(climbed))
            if found.tied_after:
                first, *more = found.tied_after
                aside = filled(words["tied_more" if more else "tied"], names=names[first], n=len(more))
            elif found.next_above:
                aside = filled(words["next_above"], name=names[found.next_above[0]], gap=t.points(found.gap))
            else:
                aside = words["first"]
            of = filled(words["of"], n=t.count(others + 1))
            rank = [t.count(found.rank_after) + of, moved, aside, climbed < 0]
        return {"score": score, "rank": rank, "band": self.band(after)}

    def _climbed(self, places: int) -> str:
        side, sign = ("up", "▲") if places > 0 else ("down", "▼")
        return f"{sign} {filled(self.words[side], n=self.t.count(abs(places)))}"

    def band(self, score: float) -> list[Any]:
        if isnan(score):
            return ["–", "", "", False]
        edges = sorted(self.edition.bands, key=lambda band: band.from_score)
        reached = [band for band in edges if score >= round(100 * band.from_score)] or edges[:1]
        beyond = edges[edges.index(reached[-1]) + 1 :]
        aside = self.words["top_band"]
        if beyond:
            name = self.t.of(beyond[0].name)
            gap = self.t.points(100 * beyond[0].from_score - score)
            aside = filled(self.words["to_next_band"], gap=gap, band=name)
        return [self.t.of(reached[-1].name), "", aside, False]

    def tag(self, unit: int) -> str | None:
        league = self.base.league
        if league.origin != "illustrative":
            return None
        partly = "published_score" in league.published_cells.get(league.codes[unit], ())
        return self.t("league.partly") if partly else self.t("league.illustrative")

    def live(self, found: Effect) -> str:
        if isnan(float(found.after.score)):
            return self.words["no_score"]
        others = int(np.sum(~np.isnan(self.peers))) - (not isnan(float(found.before.score)))
        return filled(
            self.words["live"], score=self.t.points(float(found.after.score)), rank=int(found.rank_after), n=others + 1
        )

    # Presets and parts

    def presets(self, unit: int) -> list[list[Any]]:
        """Key and name of those that do something for the unit."""
        useful = (p for p in self.edition.presets if apply_preset(self.base, unit, Scenario(), p.key)[0].changes)
        return [[p.key, self.t.of(p.name)] for p in useful]

    def idle(self, unit: int) -> str:
        """Why the others do nothing, unless there are points alone."""
        if self.opening(unit):
            return ""
        said = []
        for preset in self.edition.presets:
            moved, skipped = apply_preset(self.base, unit, Scenario(), preset.key)
            if not moved.changes:
                why = ", ".join(dict.fromkeys(map(self._short, skipped.values()))) or self.words["preset_done"]
                said.append(filled(self.words["preset_idle"], name=self.t.of(preset.name), why=why))
        return filled(self.words["presets_idle"], list="; ".join(said)) if said else ""

    def _short(self, reason: str) -> str:
        reasons = self.words["hindrance"]
        return str(reasons.get(f"{reason}_short", reasons[reason])).removesuffix(".").lower()

    def opening(self, unit: int) -> str:
        """What a table of points alone can do."""
        anchors, words = self.base.anchors, self.words
        movable = self.movable(unit)
        if any(anchors.source[unit, i] != "implied" for i, _ in movable) or not anchors.direct[unit].any():
            return ""
        names = ", ".join(self.t.of(self.edition.levers[i].name) for i, _ in movable)
        rates = filled(words["alone_rates"], names=names) if names else ""
        own = filled(words["alone_own"], where=self.t("known.title"))
        return " ".join(filter(None, (words["alone_points"], rates, own)))

    def supposed(self, unit: int, scenario: Scenario, found: Effect) -> list[list[Any]]:
        """Each change: key, name, from and to, what it brings over the others, whether that is a loss, its way back."""
        return [self._supposal(unit, scenario, found, key) for key in scenario.changes]

    def _supposal(self, unit: int, scenario: Scenario, found: Effect, key: str) -> list[Any]:
        base, t, words, value = self.base, self.t, self.words, scenario.changes[key]
        (levers, direct), rates = resolved(base, unit, scenario), base.anchors.levers[unit]
        if key in self.edition.component_index:
            k = self.edition.component_index[key]
            name = t.of(self.edition.components[k].name)
            label = filled(words["supposed_points"], name=name)
            ends = [t.points(base.anchors.published[unit, k]), t.points(float(direct[k]))]
        else:
            i = self.edition.lever_index[key]
            label = name = t.of(self.edition.levers[i].name)
            none, due = bool(base.anchors.empty[unit, i]), base.anchors.due[unit, i]
            ends = [words["hindrance"]["none_due_short"] if none else t.percent(rates[i])]
            after = float(levers[i])
            ends.append("–" if isnan(after) else t.percent(after))
            if isinstance(value, Counts) and (none or value.due <= FEW or value.due != due):
                ends[1] += f" ({t.count(value.done)}/{t.count(value.due)})"
        others = Scenario({other: change for other, change in scenario.changes.items() if other != key})
        brings = self._between(effect(base, unit, others).after, found.after)
        said = t.signed(brings) if brings else words["brings_nothing"]
        return [key, label, " → ".join(ends), said, brings < 0, filled(words["reset_lever"], name=name)]

    @staticmethod
    def _between(before: Any, after: Any) -> float:
        change = float(after.score) - float(before.score)
        return float(np.nansum(after.components - before.components)) if isnan(change) else change

    def row(self, found: Effect) -> list[dict[str, Any]]:
        """The six components in the edition's order, each with its points of how many."""
        return [
            {"key": c.key} | self._standing_of(k, found, f"{{points}}/{self.short(c.max_points)}")
            for k, c in enumerate(self.edition.components)
        ]

    def _standing_of(self, k: int, found: Effect, written: str) -> dict[str, Any]:
        component = self.edition.components[k]
        before, after = (float(s.components[k]) for s in (found.before, found.after))
        change = after - before
        return {
            "name": self.t.of(component.name),
            "points": "–" if isnan(after) else unbroken(written.format(points=self.t.points(after))),
            "change": "" if isnan(change) or not change else self.t.signed(change),
            "down": change < 0,
            "meter": [0 if isnan(x) else x / (100 * component.max_points) for x in (before, after)],
        }

    def legend(self, unit: int) -> str:
        reached = any(self.reach(unit, key) for _, key in self.movable(unit))
        return filled(self.words["reach_legend"], by=self.by) if reached else ""

    def movable(self, unit: int) -> list[tuple[int, str]]:
        levers = self.base.anchors.levers[unit]
        return [(i, lever.key) for i, lever in enumerate(self.edition.levers) if not fixed(self.base, lever, levers[i])]

    def moved_directly(self, unit: int) -> list[tuple[int, str]]:
        most = self.base.anchors.most[unit]
        return [(k, c.key) for k, c in enumerate(self.edition.components) if not isnan(most[k])]

    def own(self, k: int) -> list[int]:
        """Levers listed under a component: those of which it is the first that they move."""
        at = self.edition.component_index
        first = [min(at[c.component] for c in self.edition.moved_by(lever.key)) for lever in self.edition.levers]
        return [i for i, component in enumerate(first) if component == k]

    def parts(self, unit: int, found: Effect) -> Iterator[dict[str, Any]]:
        """The components, those asked for first, then those with the most to gain; each with its levers, likewise."""
        base, words, edition = self.base, self.words, self.edition
        rooms = np.nan_to_num(np.round(room(base, unit, resolved(base, unit, Scenario())[0]), 9))
        movable = {i for i, _ in self.movable(unit)}
        asked = {key: n for n, key in enumerate(ASKED)}
        first = [
            min((asked.get(edition.levers[i].key, 9) for i in self.own(k)), default=9)
            for k in range(len(edition.components))
        ]
        points = np.nan_to_num(base.anchors.most[unit] - base.anchors.published[unit])
        order = sorted(
            range(len(edition.components)),
            key=lambda k: (first[k], -max([0.0, *(float(rooms[i]) for i in self.own(k))]), -points[k]),
        )
        explained = next((k for k in order if base.anchors.direct[unit, k]), None)
        for k in order:
            component, own = edition.components[k], self.own(k)
            mine = sorted(
                (i for i in own if i in movable), key=lambda i: (edition.levers[i].key not in asked, -rooms[i])
            )
            shared = sum(bool(edition.groups[edition.levers[i].group].get("one_denominator")) for i in mine)
            open_ = max(TELLING, shared)
            keys = [edition.levers[i].key for i in mine]
            head = self._standing_of(k, found, self.points_form(component.max_points))
            del head["meter"]
            yield head | {
                "open": [*[component.key][: int(not isnan(base.anchors.most[unit, k]))], *keys[:open_]],
                "folded": keys[open_:],
                "more": filled(words["more"], n=len(mine) - open_) if len(mine) > open_ else None,
                "notes": list(self._notes(unit, k, mine, k == explained)),
            }

    def points_form(self, most: float) -> str:
        return str(self.words["criterion_points"]).replace("{max}", self.short(most))

    def _notes(self, unit: int, k: int, mine: list[int], explained: bool) -> Iterator[str]:
        base, t, words, component = self.base, self.t, self.words, self.edition.components[k]
        published = float(base.anchors.published[unit, k])
        note = self.notes.get(component.key)
        if base.league.level in component.inherited_by and not base.anchors.direct[unit, k] and not mine:
            yield note or words["component_inherited"]
        if base.anchors.direct[unit, k]:
            if explained:
                yield words["component_direct"]
            if note:
                yield note
            stated = {key for preset in self.edition.presets for key in preset.set}
            levers = [(self.edition.levers[i], base.anchors.levers[unit, i]) for i in self.own(k)]
            asked = [t.of(x.name) for x, rate in levers if x.key in stated and fixed(base, x, rate) == "not_reported"]
            if asked:
                yield filled(words["known_ask"], names=", ".join(asked), where=t("known.title"))
        elif not isnan(base.anchors.most[unit, k]) and not isnan(published):
            yield self._rest(unit, k)
            if note:
                yield note
        for names, reason in self.absent.get(component.key, ()):
            yield filled(words["absent"], names=names, why=reason)
        why = {i: fixed(base, self.edition.levers[i], base.anchors.levers[unit, i]) for i in self.own(k)}
        for reason, key in (("not_reported", "unknown"), ("assumed", "assumed")):
            names = [t.of(self.edition.levers[i].name) for i in self.own(k) if why[i] == reason]
            if names and (mine or isnan(published)):
                yield filled(words[key], names=", ".join(names))
        gap = published - float(base.anchors.sums[unit, k])
        if mine and not any(why.values()) and gap and not isnan(gap):
            yield filled(words["remainder"], value=t.signed(gap))

    def _rest(self, unit: int, k: int) -> str:
        """What of a component's points no known rate explains: all that may be, nothing, or something between."""
        anchors = self.base.anchors
        published, sums = float(anchors.published[unit, k]), float(anchors.sums[unit, k])
        rest, may_be = published - sums, float(anchors.most[unit, k]) - max(sums, float(anchors.least[unit, k]))
        key = "rest_all" if rest >= may_be - 10 else "rest_none" if rest <= 10 else "rest_some"
        return filled(self.words[key], rest=self.t.points(rest), open=self.short(may_be / 100))

    def source(self, unit: int, i: int, moved: bool) -> list[str]:
        """Where a rate comes from that the table does not report: a text or none."""
        anchors, t = self.base.anchors, self.t
        source = str(anchors.source[unit, i])
        if source not in ("implied", "own", "earlier"):
            return []
        key = "source_bound" if source == "implied" and anchors.bound[unit, i] else f"source_{source}"
        low, high = (t.percent(float(end[unit, i])) for end in (anchors.low, anchors.high))
        told = filled(self.words[key], low=low, high=high)
        rate = t.percent(float(anchors.levers[unit, i]))
        return [filled(self.words["source_moved"], value=rate, source=told) if moved else told]

    def points_of(self, hundredths: float, most: float) -> str:
        return filled(self.words["criterion_points"], points=self.t.points(hundredths), max=self.short(most))

    # Levers

    def reach(self, unit: int, key: str) -> tuple[float, float] | None:
        """How far a lever reaches by the date, from worst to best."""
        by = asking.until(self.base, Question(), MADE)
        coming = {group: int(counts[unit]) for group, counts in to_come(self.base, by).items()}
        found = reaches(self.base, unit, asking.means(Question(), coming))[0].get(key)
        return None if found is None else (found.low, found.high)

    def scale(self, unit: int, i: int) -> tuple[int, Any]:
        """A slider's steps, and where on it, in [0, 1], a rate stands."""
        due, rate = self.base.anchors.due[unit, i], self.base.anchors.levers[unit, i]
        if not self.base.anchors.empty[unit, i] and 0 < due <= FEW:
            return int(due), lambda value: float(np.clip(value, 0, 1))
        low = min(0.0, rate)
        high = max(0.1, rate) if self.edition.levers[i].better == "lower" else 1.0
        return 1000, lambda value: float(np.clip((value - low) / (high - low), 0, 1))

    def lever(self, unit: int, i: int, scenario: Scenario, found: Effect) -> dict[str, Any]:
        base, t, words, edition = self.base, self.t, self.words, self.edition
        lever = edition.levers[i]
        (levers, direct), due = resolved(base, unit, scenario), dues(base, unit, scenario)
        rate, slack = base.anchors.levers[unit], base.anchors.slack[unit, i]
        value = float(levers[i])
        if lever.at_most is not None:
            value = min(value, float(levers[edition.lever_index[lever.at_most]] + slack))
        why = hindrances(base, unit, scenario).get(lever.key)
        counted, moved = due[i] > 0, lever.key in scenario.changes
        noun, name = t.of(edition.groups[lever.group]), t.of(lever.name)
        shown = "–" if due[i] == 0 else t.percent(value)
        count = self.count(unit, i, scenario, value, float(due[i])) if counted else ""
        steps, at = self.scale(unit, i)
        driven = [j for j, c in enumerate(edition.criteria) if lever.key in c.rate or c.scaled_by == lever.key]
        own = edition.criterion_index.get(lever.key)
        told = [j for j in driven if len(driven) == 1 or lever.better == "lower" or j == own]
        worth = [self.points_of(float(found.after.criteria[j]), edition.criteria[j].max_points) for j in told]
        said = [self.why(why, i, found, driven, levers)] if why else []
        said += [words["negative"]] if value < 0 else []
        back = moved and counted and not base.anchors.empty[unit, i]
        reach = self.reach(unit, lever.key)
        return {
            "label": name,
            "spoken_label": None,
            "entry_label": filled(words["entry"], name=name),
            "reset_label": filled(words["reset_lever"], name=name),
            "steps": steps,
            "at": at(value),
            "disabled": bool(due[i] == 0 and base.anchors.empty[unit, i]),
            "entry": shown,
            "spoken": words["hindrance"]["none_due_short"] if due[i] == 0 else f"{shown} {count}",
            "count": count + (" · " + filled(words["published"], value=t.percent(rate[i])) if back else ""),
            "gain": "" if why else self.gain(unit, i, levers, direct, value, float(due[i]), noun),
            "worth": " · ".join([*worth, *self.source(unit, i, moved)]),
            "why": " ".join(said),
            "moved": moved,
            "mark": f"{words['published_mark']}: {t.percent(rate[i])}",
            "mark_at": -1 if base.anchors.empty[unit, i] else at(float(rate[i])),
            "reach": reach and [at(end) for end in reach],
            "reach_title": reach
            and filled(words["reach"], by=self.by, low=t.percent(reach[0]), high=t.percent(reach[1])),
            "targets": self.targets(i),
        }

    def targets(self, i: int) -> list[list[Any]]:
        """A lever's own target where it is unsettled: each choice, and whether it is in force."""
        own = self.edition.criterion_index.get(self.edition.levers[i].key)
        criterion = None if own is None else self.edition.criteria[own]
        choices = criterion.target_choices if criterion else ()
        return [[self.t.percent(choice), str(choice == criterion.target).lower()] for choice in choices]

    def count(self, unit: int, i: int, scenario: Scenario, value: float, due: float) -> str:
        """How many of those due: exactly, or for a supposed rate the fewest whole things that reach it."""
        lever, was = self.edition.levers[i], float(self.base.anchors.due[unit, i])
        supposed = scenario.changes.get(lever.key)
        exact = supposed is None or isinstance(supposed, Counts)
        things = Fraction(value).limit_denominator(10**15) * int(due)
        done = round(things) if exact else floor(things + Fraction(1, 10**9))
        if not exact and lever.better == "higher":
            done = ceil(things - Fraction(1, 10**9))
        words, t = self.words["exact_count" if exact else "about_count"], self.t
        text = filled(words, done=t.count(done), due=t.count(due), noun=t.of(self.edition.groups[lever.group]))
        if supposed is None or due != was:
            return text
        more = done - round(float(self.base.anchors.levers[unit, i]) * was)
        return f"{text} ({'+' if more > 0 else '−'}{t.count(abs(more))})" if more else text

    def gain(
        self, unit: int, i: int, levers: np.ndarray, direct: np.ndarray, value: float, due: float, noun: str
    ) -> str:
        """What one thing more, or one percentage point, brings."""
        lower = self.edition.levers[i].better == "lower"
        one = 1 / due if 0 < due <= FEW else 0.01
        moved = levers.copy()
        moved[i] = max(0.0, value - one) if lower else min(1.0, value + one)
        anchors = self.base.anchors[unit]
        brings = float(np.subtract(*(exact_score(self.edition, anchors, x, direct) for x in (moved, levers))))
        key = "per_one" if one != 0.01 else "per_point_lower" if lower else "per_point"
        return filled(self.words[key], gain=self.trimmed(brings, 3), noun=noun)

    def why(self, why: str, i: int, found: Effect, driven: list[int], levers: np.ndarray) -> str:
        lever, t = self.edition.levers[i], self.t
        key = "at_target_lower" if why == "at_target" and lever.better == "lower" else why
        limit = lever.at_most and t.of(self.edition.levers[self.edition.lever_index[lever.at_most]].name)
        return filled(
            self.words["hindrance"][key],
            rate=t.percent(max(self.edition.criteria[j].target for j in driven)),
            noun=t.of(self.edition.groups[lever.group]),
            limit=limit or "",
            points=" + ".join(t.points(float(found.after.criteria[j])) for j in driven),
        )

    def direct(self, unit: int, k: int, scenario: Scenario, found: Effect) -> dict[str, Any]:
        t, words, component = self.t, self.words, self.edition.components[k]
        anchors, name = self.base.anchors, t.of(component.name)
        published, least, top = (float(a[unit, k]) for a in (anchors.published, anchors.least, anchors.most))
        supposed = float(resolved(self.base, unit, scenario)[1][k])
        value = published if isnan(supposed) else supposed  # what levers add is in the component, not in its slider
        shown, moved = t.points(value), component.key in scenario.changes
        full = words["rest_full"] if top < 100 * component.max_points else words["hindrance"]["component_full"]
        return {
            "label": words["direct_label"],
            "spoken_label": f"{name}: {words['points']}",
            "entry_label": filled(words["entry_points"], name=name),
            "reset_label": filled(words["reset_lever"], name=name),
            "steps": int(top - least),
            "at": 0 if isnan(value) else float(np.clip((value - least) / (top - least), 0, 1)),
            "disabled": False,
            "entry": shown,
            "spoken": f"{shown} {words['points']}",
            "count": filled(words["published"], value=self.t.points(published)) if moved else "",
            "gain": "",
            "worth": self.points_of(value, component.max_points),
            "why": "" if value < top or isnan(value) else full,
            "moved": moved,
            "mark": f"{words['published_mark']}: {self.t.points(published)}",
            "mark_at": -1 if isnan(published) else float(np.clip((published - least) / (top - least), 0, 1)),
            "reach": None,
            "reach_title": None,
            "targets": [],
        }

    # Pictures

    def strip(self, unit: int, found: Effect) -> dict[str, Any]:
        """Per cent of the width where the scores stand, and the whole points under the axis."""
        peers = np.delete(self.peers, unit)
        peers = peers[~np.isnan(peers)]
        own = self.peers[unit]
        every = peers if isnan(own) else np.append(peers, own)
        label = filled(self.words["strip"], unit=self.base.league.names[unit], n=every.size)
        if not every.size:
            return {"label": label, "dots": [], "ticks": [], "before": None, "after": None}
        low, top = every.min() - 200, every.max()
        high = min(10000, top + max(300, 0.3 * (top - low)))

        def at(score: float) -> float | None:
            return None if isnan(score) else 1.5 + 97 * float(np.clip((score - low) / (high - low), 0, 1))

        step = 10 if high - low > 3000 else 5
        ticks = [mark for mark in range(ceil(low / 100 / step) * step, 101, step) if at(100 * mark) < 78]
        return {
            "label": label,
            "dots": sorted(at(score) for score in peers),
            "ticks": [[self.t.count(mark), at(100 * mark)] for mark in ticks],
            "before": at(float(found.before.score)),
            "after": at(float(found.after.score)),
        }

    def fall(self, scenario: Scenario, found: Effect) -> dict[str, Any]:
        """The waterfall: names, figures and kinds of its steps, and where from 0 to 1 each begins and ends."""
        t, words = self.t, self.words
        moves = [
            (t.of(c.name), float(after - before))
            for c, before, after in zip(
                self.edition.components, found.before.components, found.after.components, strict=True
            )
            if not np.isnan(after - before) and after != before
        ]
        if not moves:
            return {"title": words["waterfall_still" if scenario.changes else "waterfall_none"], "steps": []}
        level = start = float(found.before.score)
        level = 0.0 if isnan(start) else level
        steps = [] if isnan(start) else [[words["before"], t.points(level), "level", level, level]]
        for name, move in moves:
            steps.append([name, t.signed(move), "up" if move > 0 else "down", level, level + move])
            level += move
        steps += [] if isnan(start) else [[words["after"], t.points(level), "level", level, level]]
        ends = [end for *_, a, b in steps for end in (a, b)]
        low, span = min(ends), max(50.0, max(ends) - min(ends))
        told = "; ".join(f"{name} {figure}" for name, figure, *_ in steps)
        placed = [[*said, *((end - low) / span for end in sorted(ends))] for *said, a, b in steps for ends in [(a, b)]]
        return {"label": f"{words['waterfall']}: {told}", "steps": placed}

    def passed(self, unit: int, scenario: Scenario, found: Effect) -> list[str]:
        """What is known by its bounds alone, who is overtaken, by whom, and who is next, the best first."""
        best_first = [sorted(rows, key=lambda i: -self.peers[i]) for rows in (found.overtaken, found.overtaken_by)]
        words = self.words
        said = [
            (filled(words["overtaken"], n=len(best_first[0])), best_first[0]),
            (filled(words["overtaken_by"], n=len(best_first[1])), best_first[1]),
            (filled(words["next_above_list"], gap=self.t.points(found.gap)), list(found.next_above)),
        ]
        names = self.base.league.names
        parts = {c.key: self.t.of(c.name) for c in self.edition.components}
        lines = [
            filled(words["scaled_unknown"], name=parts[key], low=self.t.points(low), high=self.t.points(high))
            for key, (low, high) in unknown_changes(self.base, unit, scenario).items()
        ]
        for head, rows in said:
            more = f" {filled(words['and_more'], n=len(rows) - NAMED)}" if len(rows) > NAMED else ""
            if rows:
                lines.append(f"{head}: {', '.join(names[i] for i in rows[:NAMED])}{more}")
        return lines

    def ledger(self, unit: int, scenario: Scenario) -> list[list[str]]:
        """The rows of the table that says how the score comes about."""
        base, t, edition, found = self.base, self.t, self.edition, effect(self.base, unit, scenario)
        rates = [self._rates(unit, supposed) for supposed in (Scenario(), scenario)]
        rows = []
        for k, component in enumerate(edition.components):
            points = [self.t.points(float(s.components[k])) for s in (found.before, found.after)]
            rows.append([t.of(component.name), "", "", "", self.short(component.max_points), *points, ""])
            for j, criterion in enumerate(edition.criteria):
                if criterion.component == component.key:
                    earned = [self.t.points(float(s.criteria[j])) for s in (found.before, found.after)]
                    shares = ["–" if isnan(rate[j]) else t.percent(rate[j]) for rate in rates]
                    name = f"{criterion.number} {t.of(criterion.name)}"
                    most = self.short(criterion.max_points)
                    rows.append(
                        [name, *shares, t.percent(criterion.target), most, *earned, t(f"evidence.{criterion.evidence}")]
                    )
        held = float(base.anchors.held[unit])
        if held:
            rows.append([self.words["held_line"], "", "", "", "", t.signed(held), t.signed(held), ""])
        scores = [self.t.points(float(s.score)) for s in (found.before, found.after)]
        return [*rows, [self.words["total"], "", "", "", "", *scores, ""]]

    def _rates(self, unit: int, scenario: Scenario) -> list[float]:
        """Criteria's rates, nan where there is none: of nothing due, or assumed."""
        base, edition = self.base, self.edition
        levers, due = resolved(base, unit, scenario)[0], dues(base, unit, scenario)
        rates = criterion_rates(edition, levers, base.anchors.reported[unit], base.anchors.slack[unit])
        none = {
            lever.key
            for i, lever in enumerate(edition.levers)
            if due[i] == 0 or fixed(base, lever, base.anchors.levers[unit, i]) == "assumed"
        }
        return [nan if none & set(c.rate) else float(rate) for c, rate in zip(edition.criteria, rates, strict=True)]

    # Numbers

    def short(self, points: float) -> str:
        return self.trimmed(points, 2)

    def trimmed(self, value: float, digits: int) -> str:
        """A number without idle zeros after its decimal sign."""
        return self.t.number(value, digits).rstrip("0").rstrip(self.words["decimal"])
