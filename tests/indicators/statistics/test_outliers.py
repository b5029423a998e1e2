"""Doubtful values: hand examples, the known rates of false alarms, and plain readings."""

import math
import random
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.outliers import (
    DOUBTFUL,
    FALSE_ALARMS,
    NOISE_ASSUMED,
    STRONG,
    Breach,
    DigitSlip,
    Distance,
    StandardScore,
    digit_slip,
    expected_false_flags,
    false_alarm_rates,
    is_doubtful,
    modified_z,
    part_breach,
    range_breach,
    standard_score,
)

RUNS = 12_000
LEVEL = 100.0
TINY = 1e-12  # a reporting step that never matters


def noisy(chance: random.Random, points: int, noise: float) -> list[float]:
    """Values around one level with relative normal noise."""
    return [chance.gauss(LEVEL, noise * LEVEL) for _ in range(points)]


def slack(rate: float) -> float:
    """Three standard deviations of a simulated rate."""
    return 3 * math.sqrt(rate * (1 - rate) / RUNS)


# --- digit slips


def test_a_forgotten_comma_is_suggested_back() -> None:
    history = [Fraction("30.1"), Fraction("30.5"), Fraction("30.9")]
    slip = digit_slip(Fraction(305), history=history, is_rate=True)
    assert slip == DigitSlip(power=1, usual=30.5, suggested=Fraction("30.5"))


@pytest.mark.parametrize("power", [-3, -2, -1, 1, 2, 3])
def test_a_slip_of_each_power_is_found(power: int) -> None:
    slip = digit_slip(Fraction(42) * Fraction(10) ** power, history=[40, 42, 45], is_rate=False)
    assert slip == DigitSlip(power, 42, Fraction(42))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (705, False),
        (710, True),
        (1000, True),
        (1410, True),
        (1415, False),
        (100, False),
        (5, False),
    ],
)
def test_a_slip_is_near_a_power_of_ten(value: int, found: bool) -> None:
    assert (digit_slip(value, history=[100] * 3, is_rate=False) is not None) == found


def test_a_small_count_may_truly_grow_tenfold_but_a_rate_may_not() -> None:
    assert digit_slip(9, history=[1, 1, 1], is_rate=False) is None
    assert digit_slip(9, history=[1, 1, 1], is_rate=True) is not None
    assert digit_slip(100, history=[10, 10, 10], is_rate=False) is not None


@pytest.mark.parametrize(
    ("value", "history"), [(1000, [100, 100]), (0, [100] * 3), (100, [0] * 3), (-1000, [100] * 3)]
)
def test_without_a_comparison_there_is_no_slip(value: int, history: list[int]) -> None:
    assert digit_slip(value, history=history, is_rate=True) is None


def test_negative_values_slip_too() -> None:
    slip = digit_slip(-1000, history=[-100] * 3, is_rate=False)
    assert slip is not None and slip.power == 1


@given(st.integers(1, 10**7), st.integers(10, 10**4))
def test_a_slip_is_what_a_plain_reading_finds(value: int, usual: int) -> None:
    powers = [
        j
        for j in (-6, -3, -2, -1, 1, 2, 3, 6)
        if 10 ** (j - 0.15) < value / usual < 10 ** (j + 0.15)
    ]
    slip = digit_slip(value, history=[usual] * 3, is_rate=False)
    assert ([slip.power] if slip else []) == powers


@pytest.mark.parametrize("power", [-1, 1])
@pytest.mark.parametrize("noise", [0.02, 0.05, 0.08])
def test_nearly_every_slip_is_found_and_noise_is_none(noise: float, power: int) -> None:
    chance = random.Random(f"{noise} {power}")
    found = false = 0
    for _ in range(RUNS // 3):
        *history, value = noisy(chance, 4, noise)
        found += digit_slip(value * 10**power, history=history, is_rate=False) is not None
        false += digit_slip(value, history=history, is_rate=False) is not None
    assert found >= 0.998 * RUNS // 3
    assert false == 0


# --- modified z

# Points with the new one; false alarms without a floor (methods 3.9)
NO_FLOOR = {4: 0.269, 6: 0.12, 8: 0.068, 12: 0.031}


def false_alarms(points: int, noise: float, floor: float) -> float:
    """How often pure noise is doubtful."""
    chance = random.Random(f"{points} {noise}")
    found = 0
    for _ in range(RUNS):
        *history, value = noisy(chance, points, noise)
        found += is_doubtful(modified_z(value, history=history, step=TINY, floor=floor))
    return found / RUNS


@pytest.mark.parametrize(("points", "expected"), NO_FLOOR.items())
def test_without_a_floor_noise_is_doubted_as_often_as_known(points: int, expected: float) -> None:
    assert false_alarms(points, 0.05, 0) == pytest.approx(expected, abs=slack(expected) + 0.0005)


@pytest.mark.parametrize(("points", "worst"), [(4, 0.047), (8, 0.019)])
def test_with_a_floor_noise_is_seldom_doubted(points: int, worst: float) -> None:
    rates = [false_alarms(points, noise, 0.05) for noise in (0.02, 0.05, 0.08)]
    assert rates[0] == pytest.approx(0, abs=0.0005)
    assert rates == sorted(rates)
    assert rates[-1] == pytest.approx(worst, abs=slack(worst) + 0.0005)


@pytest.mark.parametrize("earlier", FALSE_ALARMS)
def test_the_known_rates_of_false_alarms_hold(earlier: int) -> None:
    chance = random.Random(earlier)
    flags = [0, 0]
    for _ in range(RUNS):
        *history, value = noisy(chance, earlier + 1, NOISE_ASSUMED)
        score = modified_z(value, history=history, step=TINY)
        assert score is not None
        flags = [flags[0] + (score > DOUBTFUL), flags[1] + (score > STRONG)]
    for found, expected in zip(flags, false_alarm_rates(earlier), strict=True):
        assert found / RUNS == pytest.approx(expected, abs=slack(expected) + 0.0005)


def test_no_flag_is_expected_without_a_history_and_none_more_with_a_longer_one() -> None:
    assert [false_alarm_rates(n) for n in (0, 2)] == [(0.0, 0.0)] * 2
    assert false_alarm_rates(20) == false_alarm_rates(8)


@pytest.mark.parametrize("power", [6, -6])
def test_units_where_millions_were_meant_are_a_slip(power: int) -> None:
    value = Fraction(10) ** power * 2000
    slip = digit_slip(value, history=[2000, 2010, 1990], is_rate=False)
    assert slip is not None and (slip.power, slip.suggested) == (power, 2000)


def test_the_larger_of_noise_and_floors_is_the_scale() -> None:
    wide, quiet = [80, 90, 100, 110, 120], [100] * 5
    assert modified_z(130, history=wide, step=1) == pytest.approx(0.6745 * 30 / 10, rel=1e-4)
    assert modified_z(130, history=quiet, step=1) == pytest.approx(30 / 5)
    assert modified_z(130, history=quiet, step=10) == pytest.approx(30 / 10)
    assert modified_z(3, history=[0] * 5, step=1) == 3


@given(st.integers(-500, 500), st.lists(st.integers(-500, 500), min_size=3, max_size=12))
def test_the_modified_z_is_the_plain_formula(value: int, history: list[int]) -> None:
    def middle(numbers: list[float]) -> float:
        ordered = sorted(numbers)
        return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2

    usual = middle([float(number) for number in history])
    mad = middle([abs(number - usual) for number in history])
    z = modified_z(value, history=history, step=TINY, floor=0)
    if mad:
        assert z == pytest.approx(0.6745 * abs(value - usual) / mad, rel=1e-4)
    floored = modified_z(value, history=history, step=1)
    assert floored is not None and z is not None and floored <= z


def test_two_earlier_values_are_too_few_for_a_modified_z() -> None:
    assert modified_z(1000, history=[1, 1], step=1) is None
    assert not is_doubtful(None)
    assert [is_doubtful(DOUBTFUL), is_doubtful(3.51)] == [False, True]


# --- standard score

TEN = [Fraction(n) for n in (9, 11) * 5]  # mean 10, variance 10/9


def test_a_standard_score_needs_ten_earlier_values() -> None:
    assert standard_score(1000, history=TEN[:9]) == StandardScore(Distance.TOO_FEW)
    assert standard_score(1000, history=TEN).distance is Distance.EXTREME


@pytest.mark.parametrize(
    ("value", "distance"),
    [
        (10, Distance.USUAL),
        (12.1, Distance.USUAL),  # 1.99
        (12.2, Distance.MODERATE),  # 2.09
        (7.8, Distance.MODERATE),
        (13.1, Distance.MODERATE),  # 2.94
        (13.2, Distance.EXTREME),  # 3.04
        (6.8, Distance.EXTREME),
    ],
)
def test_two_and_three_deviations_are_the_steps(value: float, distance: Distance) -> None:
    answer = standard_score(value, history=TEN)
    assert answer.distance is distance
    assert answer.score == pytest.approx((value - 10) / math.sqrt(10 / 9))


def test_ten_equal_values_have_no_deviation() -> None:
    assert standard_score(11, history=[0.1] * 10) == StandardScore(Distance.NO_VARIATION)


@given(st.integers(-50, 50), st.lists(st.integers(-50, 50), min_size=10, max_size=20))
def test_the_standard_score_is_the_plain_formula(value: int, history: list[int]) -> None:
    mean = sum(history) / len(history)
    variance = sum((number - mean) ** 2 for number in history) / (len(history) - 1)
    score = standard_score(value, history=history).score
    assert score == (pytest.approx((value - mean) / variance**0.5) if variance else None)


# --- hard range and the budget of false flags


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (-1, 0, 100, Breach.BELOW_RANGE),
        (0, 0, 100, None),
        (100, 0, 100, None),
        (Fraction(1001, 10), 0, 100, Breach.ABOVE_RANGE),
        (10**9, 0, None, None),
        (-5, None, None, None),
    ],
)
def test_a_value_outside_its_range_is_an_error(
    value: Fraction, low: int | None, high: int | None, expected: Breach | None
) -> None:
    assert range_breach(value, low=low, high=high) is expected


def test_a_part_is_at_most_its_whole() -> None:
    assert part_breach(11, denominator=10) is Breach.MORE_THAN_ALL
    assert part_breach(10, denominator=10) is None


def test_300_units_and_15_indicators_without_a_floor_give_310_false_flags() -> None:
    assert expected_false_flags(300 * 15, false_alarms=NO_FLOOR[8]) == pytest.approx(310, abs=5)


def test_the_expected_flags_are_the_share_of_what_is_compared() -> None:
    two_sided = 2 * (1 - NormalDist().cdf(3))
    assert expected_false_flags(4500, false_alarms=two_sided) == pytest.approx(12.15, abs=0.01)
    assert expected_false_flags(0, false_alarms=1) == 0


def test_impossible_input_is_refused() -> None:
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError, match="finite numbers, got"):
            digit_slip(value, history=[1, 2, 3], is_rate=True)
        with pytest.raises(ValueError, match="finite numbers, got"):
            modified_z(1, history=[1, 2, value], step=1)
        with pytest.raises(ValueError, match="finite numbers, got"):
            standard_score(value, history=[])
        with pytest.raises(ValueError, match="finite numbers, got"):
            range_breach(value, low=0, high=1)
    for step, floor in ((0, 0.05), (-1, 0.05), (1, -0.1), (math.nan, 0.05)):
        with pytest.raises(ValueError, match="step must be above 0 and floor at least 0, got"):
            modified_z(1, history=[1, 2, 3], step=step, floor=floor)
    with pytest.raises(ValueError, match="low must not be above high, got 2 and 1"):
        range_breach(1, low=2, high=1)
    with pytest.raises(ValueError, match="comparisons must be at least 0, got -1"):
        expected_false_flags(-1, false_alarms=0.1)
    with pytest.raises(ValueError, match="between 0 and 1, got 5"):
        expected_false_flags(1, false_alarms=5)
