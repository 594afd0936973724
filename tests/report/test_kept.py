"""What a reader keeps: named, renamed, doubled, taken away; of a text that a browser hands back nothing is trusted."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from model.plan.action import ActionPlan, Line
from model.report.kept import MOST, NAME, Entry, Kept, read

DAY = date(2026, 11, 25)
PLAN = ActionPlan(
    edition="766-2026",
    league="dak_lak_2026-10-10",
    unit="H15.141",
    unit_name="Xã Krông Bông",
    today=DAY,
    by=date(2026, 12, 31),
    rank=30,
    score=71.63,
    lines=(
        Line(key="on_time", before=0.9, target=0.95, due=100, start=90, unread={"by": "mai"}),
        Line(name="Tập huấn"),
    ),
)
names = st.text(min_size=1, max_size=100)
links = st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=5)


def entry(name="Đúng hạn", **more):
    return Entry(name=name, link={"on_time": "1.0"}, day=DAY, **more)


@settings(max_examples=100)
@given(
    st.lists(
        st.builds(
            Entry,
            name=names,
            link=links,
            day=st.just(DAY),
            score=st.none() | st.floats(0, 100),
            rank=st.none() | st.integers(1, 999),
            plan=st.sampled_from([None, PLAN]),
        ),
        max_size=6,
    )
)
def test_what_is_kept_reads_back_from_its_text(entries):
    kept = Kept(head={"agency": "UBND"})
    for one in entries:
        kept = kept.added(one)
    assert read(kept.text()) == (kept, 0)


def test_no_two_things_have_one_name_and_names_are_short():
    kept = Kept().added(entry()).added(entry()).added(entry("x" * 300))
    kept = kept.renamed(1, "Đúng hạn")
    assert [one.name for one in kept.entries][:2] == ["Đúng hạn", "Đúng hạn (2)"]
    assert len({one.name for one in kept.entries}) == 3 and max(len(one.name) for one in kept.entries) <= NAME
    assert kept.renamed(0, "Khác").entries[0].name == "Khác"
    assert kept.renamed(0, "  ").entries[0].name == "Đúng hạn"


def test_one_thing_is_taken_away_and_the_others_stay():
    kept = Kept().added(entry("a")).added(entry("b")).added(entry("c"))
    assert [one.name for one in kept.without(1).entries] == ["a", "c"]
    assert [one.name for one in kept.entries] == ["a", "b", "c"]


def test_of_too_many_things_the_oldest_goes():
    kept = Kept()
    for n in range(MOST + 3):
        kept = kept.added(entry(f"n{n}"))
    assert len(kept.entries) == MOST and kept.entries[0].name == "n3"


BAD = [
    {"link": {"a": 1}},
    {"link": "x"},
    {"day": "hôm qua"},
    {"score": "90"},
    {"rank": 1.5},
    {"rank": True},
    {"name": 5},
    {"plan": {"lines": "x"}},
    {"plan": {"lines": [{"take": "chắc"}], "edition": "e", "league": "l", "unit": "u", "unit_name": "n"}},
    {"plan": {"lines": [{"due": "nhiều"}], "edition": "e", "league": "l", "unit": "u", "unit_name": "n"}},
    {"plan": {"lines": []}},
]


def test_what_of_a_text_can_not_be_used_is_left_out_and_counted():
    good = json.loads(Kept().added(entry(plan=PLAN)).text())["entries"][0]
    for bad in BAD:
        kept, lost = read(json.dumps({"entries": [good | bad, good], "head": {"agency": 5, "signer": "A", "x": "y"}}))
        assert (len(kept.entries), lost, dict(kept.head)) == (1, 1, {"signer": "A"}), bad
    assert kept.entries[0].plan == PLAN


@given(
    st.text(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    ).map(json.dumps)
)
def test_any_text_is_read_without_an_error(text):
    kept, lost = read(text)
    assert kept.entries == () and lost >= 0


def test_a_plan_that_is_edited_stays_in_its_place():
    kept = Kept().added(entry("a")).added(entry("b", plan=PLAN))
    edited = replace(kept.entries[1], plan=replace(PLAN, rank=20))
    assert kept.put(1, edited).entries[1].plan.rank == 20 and kept.put(1, edited).entries[0] == kept.entries[0]
