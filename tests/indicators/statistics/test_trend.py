"""The recent trend test against a weighted regression written out plainly, and on pure noise."""

import random
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.trend import THRESHOLD, Proportion, RecentTrend, Trend, recent_trend

POINT = st.integers(1, 400).flatmap(lambda n: st.builds(Proportion, st.integers(0, n), st.just(n)))
POINTS = st.lists(POINT, min_size=5, max_size=10)


def per_thousand(*numerators: int) -> list[Proportion]:
    """Points of 1,000 people each."""
    return [Proportion(numerator, 1000) for numerator in numerators]


def plain_slope(points: list[tuple[int, Proportion]]) -> tuple[Fraction, Fraction]:
    """Slope of the regression weighted by size, and slope² ÷ its variance under no trend."""
    size = sum(p.denominator for _, p in points)
    mean_time = Fraction(sum(t * p.denominator for t, p in points), size)
    overall = Fraction(sum(p.numerator for _, p in points), size)
    spread = sum(p.denominator * (t - mean_time) ** 2 for t, p in points)
    together = sum(
        p.denominator * (t - mean_time) * (Fraction(p.numerator, p.denominator) - overall)
        for t, p in points
    )
    if overall in (0, 1):
        return Fraction(0), Fraction(0)
    slope = Fraction(together) / spread
    return slope, slope**2 / (overall * (1 - overall) / spread)


def plain_trend(points: list[Proportion]) -> Trend:
    """The test as it is told."""
    timed = list(enumerate(points))
    slope, chi_squared = plain_slope(timed)
    if chi_squared <= THRESHOLD:
        return Trend.NO_CHANGE
    others = [plain_slope([p for p in timed if p[0] != out])[0] for out in range(len(points))]
    if slope > 0 and all(other > 0 for other in others):
        return Trend.RISING
    return Trend.FALLING if slope < 0 and all(other < 0 for other in others) else Trend.NO_CHANGE


def test_the_threshold_is_that_of_p_0_002() -> None:
    assert NormalDist().inv_cdf(0.999) ** 2 == pytest.approx(float(THRESHOLD), abs=5e-8)


def test_a_steady_climb_and_its_mirror_image_are_trends() -> None:
    climb = per_thousand(800, 820, 840, 860, 880)
    assert recent_trend(climb).trend is Trend.RISING
    assert recent_trend(climb[::-1]).trend is Trend.FALLING


def test_the_statistic_by_hand() -> None:
    # R=4200 of N=5000, Σct=8600, Σnt=10000, Σnt²=30000:
    # 5000·(5000·8600 − 4200·10000)² ÷ (4200·800·(5000·30000 − 10000²))
    answer = recent_trend(per_thousand(800, 820, 840, 860, 880))
    assert answer == RecentTrend(
        Trend.RISING, Fraction(5000 * 1000000**2, 4200 * 800 * 50000000), 5
    )


def test_a_small_change_is_no_trend() -> None:
    answer = recent_trend(per_thousand(800, 801, 802, 803, 804))
    assert answer.trend is Trend.NO_CHANGE
    assert answer.chi_squared is not None and answer.chi_squared < THRESHOLD


def test_a_trend_does_not_hang_on_a_single_point() -> None:
    answer = recent_trend(per_thousand(504, 503, 502, 501, 700))
    assert answer.chi_squared is not None and answer.chi_squared > THRESHOLD
    assert answer.trend is Trend.NO_CHANGE


def test_fewer_than_five_points_are_too_few() -> None:
    climb = per_thousand(500, 600, 700, 800)
    assert recent_trend(climb) == RecentTrend(Trend.TOO_FEW, None, 4)
    assert recent_trend([]) == RecentTrend(Trend.TOO_FEW, None, 0)


def test_only_the_points_after_the_last_gap_count() -> None:
    climb = per_thousand(500, 600, 700, 800, 900)
    assert recent_trend([*per_thousand(999), None, *climb]) == recent_trend(climb)
    assert recent_trend([*climb, None]).trend is Trend.TOO_FEW


@pytest.mark.parametrize("numerator", [0, 1000])
def test_nobody_or_everybody_throughout_is_no_trend(numerator: int) -> None:
    answer = recent_trend(per_thousand(*[numerator] * 5))
    assert answer == RecentTrend(Trend.NO_CHANGE, Fraction(0), 5)


@given(POINTS)
def test_the_answer_is_that_of_a_weighted_regression(points: list[Proportion]) -> None:
    answer = recent_trend(points)
    assert answer.chi_squared == plain_slope(list(enumerate(points)))[1]
    assert answer.trend is plain_trend(points)


@given(POINTS)
def test_counting_the_others_turns_the_trend_around(points: list[Proportion]) -> None:
    others = [Proportion(p.denominator - p.numerator, p.denominator) for p in points]
    here, there = recent_trend(points), recent_trend(others)
    opposite = {Trend.RISING: Trend.FALLING, Trend.FALLING: Trend.RISING}
    assert there.trend is opposite.get(here.trend, here.trend)
    assert there.chi_squared == here.chi_squared


def test_noise_is_a_trend_at_most_once_in_500() -> None:
    chance, runs, size = random.Random(37), 3000, 200
    found = 0
    for _ in range(runs):
        points = [Proportion(chance.getrandbits(size).bit_count(), size) for _ in range(5)]
        found += recent_trend(points).trend is not Trend.NO_CHANGE
    assert 0 < found <= 0.002 * runs + 3 * (0.002 * runs) ** 0.5


def test_impossible_points_are_refused() -> None:
    with pytest.raises(ValueError, match="denominator must be at least 1, got 0"):
        Proportion(0, 0)
    for numerator in (-1, 11):
        with pytest.raises(ValueError, match=f"0 and the denominator 10, got {numerator}"):
            Proportion(numerator, 10)
