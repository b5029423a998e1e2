"""Wilson, Byar and exact Poisson against published values, their definitions and plain sums."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.intervals import (
    BYAR_FROM,
    byar,
    chance_of_at_least,
    count_interval,
    difference_interval,
    exact_poisson,
    poisson_cdf,
    rate_interval,
    wilson,
    z_of,
)

LEVELS = (0.95, 0.998)

# methods 3.5: numerator, denominator, confidence, limits in percent
WILSON = [
    (950, 1000, 0.95, 93.468618, 96.186974),
    (950, 1000, 0.998, 92.412320, 96.736352),
    (0, 50, 0.95, 0, 7.134760),
    (50, 50, 0.95, 92.865240, 100),
    (9, 10, 0.95, 59.584997, 98.212379),
    (81, 263, 0.95, 25.528852, 36.620958),
]

# methods 3.5: events, population, 95 % limits per 10,000
RATES = [
    (0, 1000, 0, 36.888795),
    (5, 10000, 1.623486, 11.668332),
    (9, 10000, 4.115373, 17.084803),
    (10, 10000, 4.787450, 18.391459),
    (45, 30000, 10.940084, 20.071654),
]

WHOLE = st.integers(1, 5000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n))
)  # numerator, denominator
CONFIDENCE = st.sampled_from([0.5, 0.8, *LEVELS, 0.9999])


def plain_cdf(events: int, mean: float) -> float:
    """Add up the chances of 0, 1, 2 … events."""
    return math.fsum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(events + 1))


@pytest.mark.parametrize(("confidence", "z"), [(0.95, 1.959964), (0.998, 3.090232)])
def test_a_confidence_has_its_z(confidence: float, z: float) -> None:
    assert z_of(confidence) == pytest.approx(z, abs=5e-7)


@pytest.mark.parametrize(("x", "n", "confidence", "low", "high"), WILSON)
def test_wilson_gives_the_published_limits(
    x: int, n: int, confidence: float, low: float, high: float
) -> None:
    limits = wilson(x, denominator=n, confidence=confidence)
    assert [100 * limits.low, 100 * limits.high] == pytest.approx([low, high], abs=5e-7)


@pytest.mark.parametrize(("events", "population", "low", "high"), RATES)
def test_rates_have_the_published_limits(
    events: int, population: int, low: float, high: float
) -> None:
    limits = rate_interval(events, population=population)
    assert [1e4 * limits.low, 1e4 * limits.high] == pytest.approx([low, high], abs=5e-7)


def test_nobody_and_everybody_reach_the_ends_exactly() -> None:
    assert wilson(0, denominator=7).low == 0
    assert wilson(7, denominator=7).high == 1
    assert exact_poisson(0).low == 0


@given(WHOLE, CONFIDENCE)
def test_wilson_limits_are_those_the_proportion_is_z_deviations_from(
    whole: tuple[int, int], confidence: float
) -> None:
    x, n = whole
    limits = wilson(x, denominator=n, confidence=confidence)
    for p in (limits.low, limits.high):
        off, deviation = x / n - p, math.sqrt(p * (1 - p) / n)
        assert abs(off) == pytest.approx(z_of(confidence) * deviation, rel=1e-7, abs=1e-9)
    assert 0 <= limits.low <= x / n <= limits.high <= 1


@given(WHOLE, CONFIDENCE)
def test_wilson_of_the_others_is_the_mirror_image(
    whole: tuple[int, int], confidence: float
) -> None:
    x, n = whole
    here = wilson(x, denominator=n, confidence=confidence)
    there = wilson(n - x, denominator=n, confidence=confidence)
    assert [here.low, here.high] == pytest.approx([1 - there.high, 1 - there.low])


@given(st.integers(0, 60), st.floats(0, 80))
def test_the_poisson_cdf_is_the_sum_of_its_chances(events: int, mean: float) -> None:
    assert poisson_cdf(events, mean=mean) == pytest.approx(plain_cdf(events, mean), abs=1e-12)


@given(st.integers(0, 60), CONFIDENCE)
def test_exact_limits_leave_half_the_rest_on_either_side(events: int, confidence: float) -> None:
    limits, tail = exact_poisson(events, confidence=confidence), (1 - confidence) / 2
    assert plain_cdf(events, limits.high) == pytest.approx(tail, rel=1e-8)
    if events:
        assert 1 - plain_cdf(events - 1, limits.low) == pytest.approx(tail, rel=1e-8)


@pytest.mark.parametrize(
    ("confidence", "low_slack", "high_slack"), [(0.95, 2e-3, 2e-3), (0.998, 0.03, 5e-3)]
)
def test_byar_comes_close_to_the_exact_limits(
    confidence: float, low_slack: float, high_slack: float
) -> None:
    for events in (BYAR_FROM, 12, 20, 45, 100, 400):
        near, exact = (
            byar(events, confidence=confidence),
            exact_poisson(events, confidence=confidence),
        )
        assert near.low == pytest.approx(exact.low, rel=low_slack)
        assert near.high == pytest.approx(exact.high, rel=high_slack)


def test_counts_change_from_exact_to_byar_at_ten() -> None:
    assert count_interval(9) == exact_poisson(9)
    assert count_interval(10) == byar(10) != exact_poisson(10)


@given(st.integers(0, 300))
def test_more_confidence_is_a_wider_interval_around_the_count(events: int) -> None:
    inner, outer = (count_interval(events, confidence=level) for level in LEVELS)
    assert outer.low <= inner.low <= events <= inner.high < outer.high


@given(st.integers(0, 300), st.integers(1, 10**6))
def test_a_rate_has_the_limits_of_its_count_divided(events: int, population: int) -> None:
    rate, count = rate_interval(events, population=population), count_interval(events)
    assert (rate.low * population, rate.high * population) == pytest.approx((count.low, count.high))


@pytest.mark.parametrize("confidence", [95, 99.8, 1, 0, -0.95, math.nan])
def test_a_confidence_is_a_share_and_never_a_percentage(confidence: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1 \(0.95, not 95\), got"):
        wilson(1, denominator=2, confidence=confidence)
    with pytest.raises(ValueError, match="got"):
        count_interval(3, confidence=confidence)
    with pytest.raises(ValueError, match="got"):
        count_interval(30, confidence=confidence)


def test_impossible_proportions_are_refused() -> None:
    with pytest.raises(ValueError, match="denominator must be at least 1, got 0"):
        wilson(0, denominator=0)
    for numerator in (-1, 11):
        with pytest.raises(ValueError, match=f"0 and the denominator 10, got {numerator}"):
            wilson(numerator, denominator=10)


@pytest.mark.parametrize("strange", [-1, math.nan, math.inf])
def test_impossible_counts_are_refused(strange: float) -> None:
    for method in (count_interval, exact_poisson):
        with pytest.raises(ValueError, match="events must be a number of at least 0, got"):
            method(strange)
    with pytest.raises(ValueError, match="need at least 10 events, got"):
        byar(strange)
    with pytest.raises(ValueError, match="population must be above 0, got"):
        rate_interval(1, population=strange)
    with pytest.raises(ValueError, match="events and mean must be at least 0, got"):
        chance_of_at_least(1, mean=strange)


def test_neither_byar_below_ten_nor_a_population_of_none() -> None:
    with pytest.raises(ValueError, match="need at least 10 events, got 9"):
        byar(9)
    with pytest.raises(ValueError, match="population must be above 0, got 0"):
        rate_interval(1, population=0)
    with pytest.raises(ValueError, match="events and mean must be at least 0, got -1"):
        chance_of_at_least(-1, mean=1)


@pytest.mark.parametrize(("events", "chance"), [(1, 1), (2, 1), (3000, 1), (7000, 0), (20000, 0)])
def test_far_from_a_large_mean_a_chance_is_sure(events: int, chance: int) -> None:
    assert chance_of_at_least(events, mean=5000) == pytest.approx(chance, abs=1e-12)


def test_the_change_of_a_proportion_has_newcombes_limits() -> None:
    """His example (a): 56/70 against 48/80 is 0.0524 to 0.3339 by method 10."""
    found = difference_interval((48, 80), (56, 70))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    turned = difference_interval((56, 70), (48, 80))
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@pytest.mark.parametrize("side", [(0, 10), (10, 10), (3, 10)])
def test_no_change_lies_within_the_limits_of_none(side: tuple[int, int]) -> None:
    found = difference_interval(side, side)
    assert found.low <= 0 <= found.high and found.low >= -1 and found.high <= 1
