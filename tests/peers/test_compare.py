"""Whom a unit is compared with: the one at a rank, and groups of peers, against loops written out here."""

import numpy as np
import pytest

from lopsided import lopsided
from model.peers import compare
from model.table.league import kind_of
from strategies import sample

DAK_LAK = "dak_lak_2026-10-10"


def test_the_one_at_a_rank_is_the_one_whose_score_so_many_reach():
    base = sample(DAK_LAK)
    score = base.standing.score
    for rank in range(1, base.ranked + 1):
        row = compare.at_rank(base, rank)
        assert (score > score[row]).sum() < rank <= (score >= score[row]).sum()
    assert len({compare.at_rank(base, rank) for rank in range(1, base.ranked + 1)}) == base.ranked


@pytest.mark.parametrize("name", [DAK_LAK, "hanoi_2025-08-25"])
def test_groups_are_of_the_same_kind_of_a_similar_volume_or_both(name):
    base = sample(name)
    due, first = base.anchors.due, [name.split()[0].lower() for name in base.league.names]
    dossiers = [i for i, lever in enumerate(base.edition.levers) if lever.group == "dossiers"]
    received = [max(x for x in row[dossiers] if not np.isnan(x)) for row in due]
    sizes = set()
    for unit in range(0, len(first), 7):
        assert compare.groups(base, unit) == compare.GROUPS
        same = {i for i in range(len(first)) if first[i] == first[unit]} - {unit}
        near = {i for i in range(len(first)) if 4 * received[unit] <= 5 * received[i] <= 6 * received[unit]} - {unit}
        for which, wanted in (("kind", same), ("volume", near), ("alike", same & near)):
            found = compare.group(base, unit, which).tolist()
            assert set(found) == wanted and len(found) == len(wanted)
            assert (np.diff(base.rank[found]) >= 0).all()
            sizes.add(len(found))
    assert len(sizes) > 5


def test_an_own_list_leaves_out_the_unit_itself_and_who_has_no_rank():
    base = lopsided()
    codes = base.league.codes
    assert compare.group(base, 0, "list", tuple(codes)).tolist() == [2, 1]  # the last has no score
    assert compare.group(base, 0, "list", (codes[1], codes[0], "X")).tolist() == [1]
    assert compare.group(base, 0, "list").size == 0


def test_without_counts_or_with_one_kind_there_is_no_such_group():
    provinces = sample("provinces_2025-10-16")
    assert compare.groups(provinces, 0)[-1] == "list" and not {"volume", "alike"} & {*compare.groups(provinces, 0)}
    assert "volume" not in compare.groups(sample("an_giang_2025-10-16"), 0)
    assert compare.groups(lopsided(), 0) == ("volume", "list")


def test_the_middle_and_the_best_quarter_of_a_column_done_by_hand():
    values = np.array(
        [[1.0, 10, np.nan, 5], [2, 20, np.nan, np.nan], [4, 40, 3, 1], [8, 80, 7, 2], [16, 160, np.nan, 3]]
    )
    np.testing.assert_array_equal(compare.middle(values), [4, 40, 5, 2.5])
    np.testing.assert_array_equal(compare.best_quarter(values), [8, 80, np.nan, 3.5])
    lower = compare.best_quarter(values, np.array([True, False, True, False]))
    np.testing.assert_array_equal(lower, [8, 20, np.nan, 1.75])
    assert np.isnan(compare.middle(np.full((0, 2), np.nan))).all()


def test_points_of_the_middle_are_whole_hundredths_half_up():
    base = lopsided()
    half, _ = compare.points_of(base, np.array([0, 1]))
    assert half[-1] == np.floor((6792 + 4470) / 2 + 0.5) and half[0] == 1120 and (half[:-2] % 1 == 0).all()


@pytest.mark.parametrize(("name", "kind"), [("Xã Ea Kar", "Xã"), ("Phường Tân An", "Phường"), ("Hà Nội", "")])
def test_a_kind_is_the_word_that_a_name_begins_with(name, kind):
    assert kind_of(name) == kind
