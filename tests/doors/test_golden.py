"""Every score, rank and component of the sample leagues, 200 scenarios and 50 plans, as written down."""

import pytest

from golden import write


@pytest.mark.parametrize("name", write.FILES)
def test_the_command_line_answers_as_written_down(name):
    golden, now = write.lines(name), list(write.anew(name))
    differ = [f"- {was}\n+ {is_}" for was, is_ in zip(golden, now, strict=False) if was != is_]
    assert not differ, f"{len(differ)} lines differ, first of all\n" + "\n".join(differ[:5])
    assert len(golden) == len(now)


def test_the_golden_questions_spread_over_leagues_and_ways_to_suppose():
    scenarios, plans = write.lines("scenarios"), write.lines("plans")
    sets = [word for line in scenarios for word in line["ask"].split() if "=" in word]
    assert len(scenarios) == write.SCENARIOS and len(plans) == write.PLANS
    assert {line["ask"].split()[1] for line in scenarios} == set(write.tables.samples())
    assert len({line["preset"] for line in scenarios if "preset" in line}) == 6
    assert any("/" in word for word in sets), "counts"
    assert any(word.startswith("transparency=") for word in sets), "points of a component"
    assert {line["status"] for line in plans} == {"reached", "already_met", "out_of_reach"}
