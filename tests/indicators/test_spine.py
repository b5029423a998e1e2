"""Places among like units: quartiles against numpy, ranks, and the mirror of "less is better"."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.spine import FEW, Group, Vertebra
from tests.indicators.small import world

INDICATOR = next(iter(world().catalogue.indicators.values()))
numbers = st.lists(st.integers(0, 1000), min_size=2, max_size=40)


def bone(value: int, others: list[int], sign: int = 1) -> Vertebra:
    """A unit's value with those of the others."""
    return Vertebra(INDICATOR, sign, Fraction(value), tuple(map(Fraction, [value, *others])))


def test_five_numbers_of_nine_units() -> None:
    spread = bone(5, [1, 2, 3, 4, 6, 7, 8, 9]).spread
    assert (spread.low, spread.first, spread.median, spread.third, spread.high) == (1, 3, 5, 7, 9)


@given(numbers)
def test_quartiles_are_those_of_numpy(values: list[int]) -> None:
    spread = bone(values[0], values[1:]).spread
    wanted = np.percentile(values, [0, 25, 50, 75, 100])
    found = (spread.low, spread.first, spread.median, spread.third, spread.high)
    assert [float(number) for number in found] == pytest.approx(list(wanted))


def test_equal_units_share_a_rank_and_the_best_is_first() -> None:
    assert bone(9, [9, 5, 1]).rank == 1
    assert bone(5, [9, 9, 1]).rank == 3
    assert bone(1, [9, 9, 5], sign=-1).rank == 1


@pytest.mark.parametrize(
    ("value", "group"),
    [(1, Group.WORST), (2, Group.WORST), (3, Group.MIDDLE), (7, Group.MIDDLE), (8, Group.BEST)],
)
def test_on_a_quartile_is_in_the_middle(value: int, group: Group) -> None:
    others = [n for n in range(1, 10) if n != value]
    assert bone(value, others).group is group


@given(numbers)
def test_less_is_better_mirrors_places_and_groups(values: list[int]) -> None:
    more, less = bone(values[0], values[1:]), bone(values[0], values[1:], sign=-1)
    for value in more.values:
        assert more.place(value) + less.place(value) == 100
    mirrored = {Group.BEST: Group.WORST, Group.WORST: Group.BEST}
    assert less.group is mirrored.get(more.group, more.group)


@given(numbers)
def test_places_stay_on_the_track_and_the_median_is_in_the_middle(values: list[int]) -> None:
    found = bone(values[0], values[1:])
    assert all(0 <= found.place(value) <= 100 for value in found.values)
    assert found.place(found.spread.median) == 50


def test_too_few_all_alike_or_no_good_side_is_no_group() -> None:
    assert bone(1, [2, 3, 4][: FEW - 2]).is_few
    assert bone(1, [2, 3]).group is Group.UNTOLD
    assert bone(4, [4] * 9).group is Group.UNTOLD
    assert bone(1, list(range(2, 10)), sign=0).group is Group.UNTOLD
