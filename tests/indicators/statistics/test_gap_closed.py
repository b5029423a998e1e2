"""Gap closed and change from the baseline: the examples of the methods, and where they are undefined."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.catalogue import Polarity
from indicators.statistics.gap_closed import (
    GapClosed,
    GapState,
    change_from_baseline,
    gap_closed,
)

UP, DOWN = Polarity.HIGHER, Polarity.LOWER
NUMBER = st.fractions(-1000, 1000, max_denominator=100)


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "polarity", "percent"),
    [
        ("90", "93", "95", UP, 60),
        ("12", "10.5", "9", DOWN, 50),
        ("90", "88", "95", UP, -40),
        ("12", "13.5", "9", DOWN, -50),
        ("90", "95", "95", UP, 100),
        ("12", "6", "9", DOWN, 200),
        ("90", "90", "95", UP, 0),
    ],
)
def test_the_way_done_in_percent(
    baseline: str, actual: str, target: str, polarity: Polarity, percent: int
) -> None:
    found = gap_closed(
        Fraction(actual), baseline=Fraction(baseline), target=Fraction(target), polarity=polarity
    )
    assert found == GapClosed(GapState.MEASURED, Fraction(percent))


@pytest.mark.parametrize(
    ("baseline", "target", "polarity", "state"),
    [
        (95, 95, UP, GapState.NO_GAP),
        (9, 9, DOWN, GapState.NO_GAP),
        (96, 95, UP, GapState.MAINTAINING),
        (8, 9, DOWN, GapState.MAINTAINING),
    ],
)
def test_without_a_gap_there_is_no_percentage(
    baseline: int, target: int, polarity: Polarity, state: GapState
) -> None:
    found = gap_closed(
        Fraction(50), baseline=Fraction(baseline), target=Fraction(target), polarity=polarity
    )
    assert found == GapClosed(state, None)


@given(NUMBER, NUMBER, NUMBER)
def test_going_that_part_of_the_way_arrives_at_the_value(
    baseline: Fraction, target: Fraction, actual: Fraction
) -> None:
    assume(baseline != target)
    polarity = UP if target > baseline else DOWN
    percent = gap_closed(actual, baseline=baseline, target=target, polarity=polarity).percent
    assert percent is not None
    assert baseline + (target - baseline) * percent / 100 == actual


@given(NUMBER, NUMBER, NUMBER)
def test_both_directions_are_mirror_images(
    baseline: Fraction, target: Fraction, actual: Fraction
) -> None:
    up = gap_closed(actual, baseline=baseline, target=target, polarity=UP)
    assert up == gap_closed(-actual, baseline=-baseline, target=-target, polarity=DOWN)


@pytest.mark.parametrize(
    ("baseline", "actual", "polarity", "percent"),
    [(50, 60, UP, 20), (50, 40, UP, -20), (50, 60, DOWN, -20), (50, 40, DOWN, 20), (50, 50, UP, 0)],
)
def test_without_a_target_the_change_is_in_percent_of_the_baseline(
    baseline: int, actual: int, polarity: Polarity, percent: int
) -> None:
    found = change_from_baseline(Fraction(actual), baseline=Fraction(baseline), polarity=polarity)
    assert found == percent


@given(st.fractions(0, 1000, max_denominator=100), NUMBER)
def test_the_size_of_a_change_is_its_distance_over_the_baseline(
    baseline: Fraction, actual: Fraction
) -> None:
    up, down = (change_from_baseline(actual, baseline=baseline, polarity=p) for p in (UP, DOWN))
    if baseline == 0:
        assert up is down is None
    else:
        assert up is not None and down == -up
        assert abs(up) == 100 * abs(actual - baseline) / baseline
        assert (up > 0) == (actual > baseline)


def test_progress_without_a_better_way_is_refused() -> None:
    one = Fraction(1)
    with pytest.raises(ValueError, match="which way is better, got neither"):
        gap_closed(one, baseline=one, target=one, polarity=Polarity.NEITHER)
    with pytest.raises(ValueError, match="which way is better, got neither"):
        change_from_baseline(one, baseline=one, polarity=Polarity.NEITHER)
    with pytest.raises(ValueError, match="baseline of at least 0, got -1"):
        change_from_baseline(one, baseline=-one, polarity=UP)
