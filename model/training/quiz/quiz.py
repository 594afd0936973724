"""The quiz: rounds of questions made from a league and an edition, the same for everyone who has the seed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from model.score.baseline import Baseline
from model.training.quiz.asked_counts import best_thing, pass_next, petition_places, petition_points
from model.training.quiz.asked_levers import best_rate, new_rank, new_score, what_moves
from model.training.quiz.asked_rules import band, inherited, most_room, profile, rate_points, target_rate, tie
from model.training.quiz.questions import Ask, Question
from model.words.problems import Problem

KINDS: Mapping[str, Ask] = {
    "rate_points": rate_points,
    "target_rate": target_rate,
    "best_rate": best_rate,
    "best_thing": best_thing,
    "what_moves": what_moves,
    "new_score": new_score,
    "new_rank": new_rank,
    "petition_points": petition_points,
    "petition_places": petition_places,
    "pass_next": pass_next,
    "profile": profile,
    "most_room": most_room,
    "inherited": inherited,
    "band": band,
    "tie": tie,
}
_TRIES = 60  # draws that may make no fair question before a kind is given up


@dataclass(frozen=True)
class Round:
    """What a class answered to the questions of a seed: options by their place, None where passed over."""

    league: str
    edition: str
    seed: int
    answers: tuple[int | None, ...]


@dataclass(frozen=True)
class Marks:
    """Right answers out of all, and {kind: (right, all)} in the order of the questions."""

    right: int
    total: int
    kinds: Mapping[str, tuple[int, int]]


def questions(base: Baseline, seed: int, n: int) -> tuple[Question, ...]:
    """A round of n questions, no kind beyond a quarter of them (or one); fewer where `shortage` says why.

    The same for the same league, edition, seed and n, on every machine. Kinds that the league can't support are left
    out, and no question comes twice.
    """
    dice = Random(f"{base.league.key} {base.edition.key} {seed} {n}")
    kinds = list(KINDS)
    dice.shuffle(kinds)
    found: list[Question] = []
    for _ in range(max(1, n // 4)):
        for kind in tuple(kinds):
            if len(found) < n:
                made = _made(base, kind, dice, found)
                if made is None:
                    kinds.remove(kind)
                else:
                    found.append(made)
    return _quartered(found)


def shortage(base: Baseline, asked: Sequence[Question], n: int) -> Problem | None:
    """Why a round has fewer questions than n, or a kind beyond a quarter; None where all is well."""
    kinds = Counter(question.kind for question in asked)
    if len(asked) >= n and (n < 4 or max(kinds.values(), default=0) <= n // 4):
        return None
    return Problem(
        "quiz_few_kinds", league=base.league.title or base.league.key, n=n, given=len(asked), kinds=len(kinds)
    )


def marked(played: Round, asked: Sequence[Question]) -> Marks:
    """The marks of a round; what was passed over, or not reached, is not right."""
    answers = (*played.answers, *[None] * len(asked))
    kinds: dict[str, tuple[int, int]] = {}
    for question, answer in zip(asked, answers, strict=False):
        right, total = kinds.get(question.kind, (0, 0))
        kinds[question.kind] = (right + (answer == question.right), total + 1)
    return Marks(sum(right for right, _ in kinds.values()), len(asked), kinds)


def _made(base: Baseline, kind: str, dice: Random, found: Sequence[Question]) -> Question | None:
    """One more question of a kind, unlike those found; None after too many tries."""
    for _ in range(_TRIES):
        question = KINDS[kind](base, dice)
        if question is not None and all(_asked(question) != _asked(other) for other in found):
            return question
    return None


def _asked(question: Question) -> tuple[object, ...]:
    """What is asked, but for its options."""
    return question.prompt, question.shown


def _quartered(found: Sequence[Question]) -> tuple[Question, ...]:
    """As many of them as keep every kind within a quarter, or within one question."""
    for size in range(len(found), 0, -1):
        taken: Counter[str] = Counter()
        kept: list[Question] = []
        for question in found:
            if taken[question.kind] < max(1, size // 4) and len(kept) < size:
                taken[question.kind] += 1
                kept.append(question)
        if len(kept) == size:
            return tuple(kept)
    return ()
