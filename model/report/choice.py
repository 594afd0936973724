"""The choice: everything that the reader chose, from the league to the step of a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from model.plan.question import Question
from model.score.scenario import Scenario, Value

DEFAULT_LEAGUE = "dak_lak_2026-10-10"
OWN = "own"  # the code of a unit entered by hand
VIEWS = ("table", "chances", "moved", "time", "compare", "calibration")  # of the ranking page
MODES = ("lessons", "predict", "quiz")  # of the training page
NAME_LENGTH = 80  # of a unit entered by hand


@dataclass(frozen=True)
class Choice:
    """What the reader chose: all of it stands in the link."""

    league: str = DEFAULT_LEAGUE
    unit: str = ""
    scenario: Scenario = field(default_factory=Scenario)
    targets: Mapping[str, float] = field(default_factory=dict)
    own_name: str = ""
    own_points: Mapping[str, float] = field(default_factory=dict)
    own_rates: Mapping[str, float] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)  # {unit: {lever: what it knows of itself}}
    rates_of: str = ""  # the earlier table whose rates are used where the league has points alone
    chart: str = ""
    view: str = ""  # of the ranking page
    other: str = ""  # the unit that ours is compared with
    train: str = ""  # what the class does
    lesson: str = ""
    step: int = 0
    seed: int = 0  # of the class's questions
    ask: Question = field(default_factory=Question)
