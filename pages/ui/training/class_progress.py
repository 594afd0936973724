"""What one class has done so far: guesses, reveals and answers, forgotten at a reset. No Streamlit."""

from dataclasses import dataclass, field
from statistics import median

from model.training.quiz.predict import Miss, Prediction, error, next_level


@dataclass
class ClassProgress:
    """A group before the projector, from one reset to the next; `key` says what its guesses and answers are about."""

    key: tuple[object, ...] = ()
    level: int = 1
    turn: int = 0  # predictions so far
    guesses: tuple[float, ...] = ()
    opened: int = 0  # lines of the answer that are revealed
    misses: list[float] = field(default_factory=list)  # shares of the change, of every turn
    answers: dict[int, int] = field(default_factory=dict)  # {question: option}
    at: int = 0  # the question on screen

    def begin(self, key: tuple[object, ...]) -> None:
        """A new start where the league, the edition or the seed is another."""
        if self.key != key:
            vars(self).update(vars(ClassProgress(key)))

    def guess(self, guesses: tuple[float, ...]) -> None:
        """What the class guesses, hundredths or ranks."""
        self.guesses, self.opened = guesses, 1

    def typical(self) -> float:
        """The guess in the middle of the class."""
        return float(median(self.guesses))

    def settle(self, asked: Prediction) -> list[Miss]:
        """How far off each guess was."""
        return [error(asked, guess) for guess in self.guesses]

    def go_on(self, asked: Prediction) -> None:
        """To the next prediction, harder or easier by how far the class was off."""
        missed = self.settle(asked)
        self.misses.append(float(median(miss.share for miss in missed)))
        self.level, self.turn = next_level(self.level, missed), self.turn + 1
        self.guesses, self.opened = (), 0
