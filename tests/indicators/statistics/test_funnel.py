"""Funnel limits against their formula, against the intervals, and under pure chance."""

import math
import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.funnel import (
    INNER,
    OUTER,
    Place,
    drawn_rate_limits,
    funnel_of_proportions,
    funnel_of_rates,
    place,
    proportion_limits,
    rate_limits,
)
from indicators.statistics.intervals import count_interval, wilson

Z = {INNER: 1.959964, OUTER: 3.090232}


@pytest.mark.parametrize("confidence", [INNER, OUTER])
@pytest.mark.parametrize(("average", "size"), [(0.3, 263), (0.5, 10), (0.9, 1000), (0.95, 40000)])
def test_proportions_have_the_limits_of_the_formula(
    confidence: float, average: float, size: int
) -> None:
    reach = Z[confidence] * (average * (1 - average) / size) ** 0.5
    limits = proportion_limits(average, denominator=size, confidence=confidence)
    assert limits.low == pytest.approx(max(0, average - reach), abs=5e-7)
    assert limits.high == pytest.approx(min(1, average + reach), abs=5e-7)


def test_limits_of_a_proportion_stay_between_nobody_and_everybody() -> None:
    funnel = funnel_of_proportions(Fraction(95, 100), denominator=20)
    assert funnel.inner.high == funnel.outer.high == 1
    assert funnel_of_proportions(0.05, denominator=20).outer.low == 0


@given(st.integers(1, 99), st.integers(1, 2000), st.data())
def test_a_unit_is_outside_exactly_when_its_wilson_interval_misses_the_average(
    percent: int, size: int, data: st.DataObject
) -> None:
    count, average = data.draw(st.integers(0, size)), percent / 100
    for confidence in (INNER, OUTER):
        limits = proportion_limits(average, denominator=size, confidence=confidence)
        interval = wilson(count, denominator=size, confidence=confidence)
        inside = limits.low <= count / size <= limits.high
        assert inside == (interval.low <= average <= interval.high)


@given(st.floats(0.01, 0.99), st.integers(1, 10**5))
def test_a_larger_unit_has_narrower_limits(average: float, size: int) -> None:
    small, large = (funnel_of_proportions(average, denominator=n) for n in (size, 2 * size))
    assert small.inner.low <= large.inner.low <= large.inner.high <= small.inner.high


def chances(expected: float) -> list[float]:
    """The chance of 0, 1, 2 … events where so many are expected, written out plainly."""
    return [math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(200)]


@given(st.floats(0.05, 60), st.sampled_from([INNER, OUTER]))
def test_limits_of_rates_are_the_last_events_that_chance_explains(
    expected: float, confidence: float
) -> None:
    limits, tail = (
        rate_limits(expected, denominator=1, confidence=confidence),
        (1 - confidence) / 2,
    )
    each, fewest, most = chances(expected), int(limits.low), int(limits.high)
    assert (limits.low, limits.high) == (fewest, most)
    assert math.fsum(each[:fewest]) <= tail < math.fsum(each[: fewest + 1])
    assert math.fsum(each[most + 1 :]) <= tail < math.fsum(each[most:])


@given(st.floats(0, 60), st.integers(1, 10**5))
def test_a_small_commune_without_a_death_is_not_below_the_limit(expected: float, size: int) -> None:
    for confidence in (INNER, OUTER):
        limits = rate_limits(expected / size, denominator=size, confidence=confidence)
        none_is_usual = math.exp(-expected / size * size) > (1 - confidence) / 2
        assert (limits.low == 0) == none_is_usual
        assert limits.low <= expected / size <= limits.high + 1 / size


@pytest.mark.parametrize("expected", [700, 5000, 20000])
def test_many_events_come_near_the_normal_limits(expected: int) -> None:
    for confidence, z in Z.items():
        limits = rate_limits(expected, denominator=1, confidence=confidence)
        reach = z * expected**0.5
        assert limits.low == pytest.approx(expected - reach, abs=4)
        assert limits.high == pytest.approx(expected + reach, abs=4)


def false_alarms(expected: float, low: float, high: float) -> tuple[float, float]:
    """The exact chance of a count below and above the limits, where only chance is at work."""
    each = chances(expected)
    below = math.fsum(chance for k, chance in enumerate(each) if k < low)
    return below, math.fsum(chance for k, chance in enumerate(each) if k > high)


EXPECTED = [tenth / 10 for tenth in range(1, 400)]


@pytest.mark.parametrize("confidence", [INNER, OUTER])
def test_no_size_gets_more_false_alarms_than_the_confidence_allows(confidence: float) -> None:
    for expected in EXPECTED:
        limits = rate_limits(expected, denominator=1, confidence=confidence)
        found = false_alarms(expected, limits.low, limits.high)
        assert max(found) <= (1 - confidence) / 2


@given(st.floats(0.05, 400), st.integers(1, 10**6))
def test_no_count_changes_its_side_of_the_drawn_limits(expected: float, size: int) -> None:
    for confidence in (INNER, OUTER):
        ends = {"denominator": size, "confidence": confidence}
        exact, drawn = (
            limits(expected / size, **ends) for limits in (rate_limits, drawn_rate_limits)
        )
        fewest, most = round(exact.low * size), round(exact.high * size)
        assert fewest - 1 - 1e-6 <= drawn.low * size <= fewest + 1e-6
        assert most - 1e-6 <= drawn.high * size <= most + 1 + 1e-6


def test_the_drawn_limits_run_without_steps() -> None:
    found = [drawn_rate_limits(0.01, denominator=n, confidence=INNER) for n in range(400, 4000, 7)]
    assert all(after.low >= before.low - 1e-5 for before, after in pairwise(found))
    assert all(after.high <= before.high + 1e-5 for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("confidence", "low_worst", "high_worst"), [(INNER, 0.0992, 0.0167), (OUTER, 0.0128, 0.0004)]
)
def test_the_published_limits_of_rates_would_be_rash_below(
    confidence: float, low_worst: float, high_worst: float
) -> None:
    """Byar and exact on the expected events (methods 3.8): measured, and why they are not used."""
    found = []
    for expected in EXPECTED:
        published = count_interval(expected, confidence=confidence)
        can_be_none = math.exp(-expected) > (1 - confidence) / 2
        low = 0.0 if can_be_none else published.low
        found.append(false_alarms(expected, low, published.high))
    assert max(low for low, _ in found) == pytest.approx(low_worst, abs=1e-4)
    assert max(high for _, high in found) == pytest.approx(high_worst, abs=1e-4)


@pytest.mark.parametrize(("confidence", "outside"), [(INNER, 0.05), (OUTER, 0.002)])
def test_by_chance_alone_few_proportions_are_outside(confidence: float, outside: float) -> None:
    chance, runs, size = random.Random(38), 4000, 100
    limits = proportion_limits(0.5, denominator=size, confidence=confidence)
    shares = [chance.getrandbits(size).bit_count() / size for _ in range(runs)]
    found = sum(not limits.low <= share <= limits.high for share in shares) / runs
    assert found == pytest.approx(outside, abs=0.012)


def test_every_place_is_named() -> None:
    funnel = funnel_of_proportions(0.5, denominator=100)
    inner, outer = funnel.inner, funnel.outer
    places: dict[Place, list[float | Fraction]] = {
        Place.VERY_LOW: [0.3, outer.low - 1e-9],
        Place.LOW: [outer.low, inner.low - 1e-9],
        Place.WITHIN: [inner.low, Fraction(1, 2), inner.high],
        Place.HIGH: [inner.high + 1e-9, outer.high],
        Place.VERY_HIGH: [outer.high + 1e-9, 0.7],
    }
    assert set(places) == set(Place)
    for expected, values in places.items():
        assert {place(value, funnel) for value in values} == {expected}


def test_impossible_funnels_are_refused() -> None:
    for size in (0, -5, math.nan, math.inf):
        for limits in (proportion_limits, rate_limits):
            with pytest.raises(ValueError, match="denominator must be above 0, got"):
                limits(0.5, denominator=size, confidence=INNER)
    for average in (-0.1, 1.1, 95, math.nan):
        with pytest.raises(ValueError, match=r"between 0 and 1 \(0.95, not 95\), got"):
            funnel_of_proportions(average, denominator=10)
    for average in (-0.1, math.nan, math.inf):
        with pytest.raises(ValueError, match="average rate must be at least 0, got"):
            funnel_of_rates(average, denominator=10)
    for method in (proportion_limits, rate_limits):
        with pytest.raises(ValueError, match=r"\(0.95, not 95\), got 95"):
            method(0.5, denominator=10, confidence=95)
