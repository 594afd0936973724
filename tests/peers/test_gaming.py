"""Hints that a rate is being gamed: a smaller denominator told, anything fair left alone."""

from model.peers import gaming as hints
from model.score.scenario import Counts, Scenario, effect
from strategies import sample

EARLIER, LATER = "dak_lak_2026-09-17", "dak_lak_2026-10-10"


def test_points_gained_by_a_smaller_denominator_are_told():
    base = sample(LATER)
    unit = base.league.codes.index("H15.131")  # 7,456 of 7,672 on time
    found = hints.under(base, unit, Scenario({"on_time": Counts(7400, 7420)}))
    assert [(h.lever, h.done_before, h.due_before, h.done_after, h.due_after) for h in found] == [
        ("on_time", 7456, 7672, 7400, 7420)
    ]
    gained = effect(base, unit, Scenario({"on_time": Counts(7400, 7420)})).after.score
    honest = effect(base, unit, Scenario({"on_time": Counts(7400, 7672)})).after.score
    assert found[0].points == (gained - honest) / 100 > 0
    for fair in (Counts(7457, 7600), Counts(7456, 7672), Counts(7600, 7700), Counts(7000, 7672)):
        assert hints.under(base, unit, Scenario({"on_time": fair})) == ()
    assert hints.under(base, unit, Scenario({"on_time": 0.999})) == ()


def test_petitions_that_vanished_between_two_dates_are_told_and_their_points_add_up():
    earlier, later = sample(EARLIER), sample(LATER)
    told = {code: hints.between(earlier, later, i) for i, code in enumerate(later.league.codes)}
    told = {code: found for code, found in told.items() if found}
    assert len(told) == 4
    for found in told.values():
        assert [h.lever for h in found] == ["petitions_on_time", "petitions_satisfied"]
        assert all((h.done_before, h.due_before, h.done_after, h.due_after) == (0, 1, 0, 0) for h in found)
        assert sum(h.points for h in found) == 12
