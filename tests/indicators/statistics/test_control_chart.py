"""The XmR chart against the vector of the methods, a plain reading of its rules, and pure noise."""

import math
import random
from fractions import Fraction
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import Polarity
from indicators.statistics.control_chart import (
    Assurance,
    Limits,
    Rule,
    Signal,
    Variation,
    assurance,
    control_chart,
    limits_of,
    screened_range,
    variation,
)

JUMP = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]  # methods 3.6: 18 points
QUIET = [10, 12, 9, 11, 10, 9, 12, 10, 11, 9, 12, 10, 11, 9]
# Whole numbers in a narrow range, so that runs, ties and jumps all occur.
SERIES = st.lists(st.integers(-6, 6), min_size=2, max_size=30)


def noise(chance: random.Random, points: int) -> list[float]:
    """Normal noise."""
    return [chance.gauss(0, 1) for _ in range(points)]


def stretches(points: int, size: int, i: int) -> list[list[int]]:
    """The stretches of so many points in a row that a point is part of."""
    starts = range(max(0, i - size + 1), min(i, points - size) + 1)
    return [list(range(start, start + size)) for start in starts]


def holds(rule: Rule, values: list[float], i: int, limits: Limits) -> bool:
    """The rule for one point, as it is told, upwards."""
    sevens, threes = stretches(len(values), 7, i), stretches(len(values), 3, i)
    if rule is Rule.OUTSIDE:
        return values[i] > limits.high
    if rule is Rule.TREND:
        return any(all(values[j] < values[j + 1] for j in seven[:-1]) for seven in sevens)
    if rule is Rule.SHIFT:
        return any(all(values[j] > limits.centre for j in seven) for seven in sevens)
    pairs = [[j for j in three if values[j] > limits.near_high] for three in threes]
    return any(
        i in pair and len(pair) >= 2 and all(values[j] > limits.centre for j in three)
        for pair, three in zip(pairs, threes, strict=True)
    )


def plain_signal(values: list[float], i: int, limits: Limits) -> Signal | None:
    """The first rule that holds, up or down; at the turn of two trends the one that arrives."""
    mirrored = [-value for value in values]
    below = Limits(-limits.centre, limits.moving_range, limits.points)
    ways = [(1, values, limits), (-1, mirrored, below)]
    if values[i] < values[i - 1]:
        ways.reverse()
    for rule in () if limits.is_flat else Rule:
        for sign, signed, lines in ways:
            if holds(rule, signed, i, lines):
                return Signal(rule, sign)
    return None


def plain_signals(values: list[float], limits: Limits) -> list[Signal | None]:
    """The signal of every point."""
    return [plain_signal(values, i, limits) for i in range(len(values))]


def test_a_jump_is_left_out_of_the_moving_range_once() -> None:
    limits = limits_of(JUMP)
    assert len(JUMP) == limits.points == 18
    assert limits.centre == pytest.approx(1.94, abs=0.005)
    assert (limits.low, limits.high) == pytest.approx((-0.72, 4.60), abs=0.005)
    assert limits.near_high - limits.centre == pytest.approx((limits.high - limits.centre) * 2 / 3)
    assert limits.centre - limits.near_low == pytest.approx((limits.centre - limits.low) * 2 / 3)


def test_without_screening_the_jump_would_widen_the_limits() -> None:
    unscreened = fmean(abs(after - before) for before, after in pairwise(JUMP))
    limits = Limits(fmean(JUMP), unscreened, len(JUMP))
    assert (limits.low, limits.high) == pytest.approx((-3.06, 6.95), abs=0.005)


def test_only_the_jump_is_outside() -> None:
    signals = control_chart(JUMP).signals
    assert signals[4] == Signal(Rule.OUTSIDE, 1)
    assert [i for i, signal in enumerate(signals) if signal and signal.rule is Rule.OUTSIDE] == [4]


def test_a_moving_range_of_exactly_the_screen_is_left_out() -> None:
    ranges = [1.0] * 10 + [4.854]  # mean 1.3504; x 3.267 = 4.4118
    values = [sum((-1) ** i * size for i, size in enumerate(ranges[:n])) for n in range(12)]
    assert screened_range(values) == pytest.approx(1)
    even = [0.0, 1.0, 0.0, 1.0]
    assert screened_range(even) == 1


@pytest.mark.parametrize("value", [0, 7, -3, 0.1, Fraction(1, 3)])
@pytest.mark.parametrize("points", [2, 8, 20])
def test_a_constant_series_has_no_variation(value: float | Fraction, points: int) -> None:
    chart = control_chart([value] * points)
    assert chart.limits.is_flat
    assert chart.limits.low == chart.limits.centre == chart.limits.high == float(value)
    assert chart.signals == (None,) * points
    assert {variation(chart, polarity=p) for p in Polarity} == {Variation.NO_VARIATION}


def test_one_jump_in_a_constant_series_is_outside_and_the_rest_is_not() -> None:
    chart = control_chart([1, 1, 1, 1, 1, 1, 10])
    rules = [signal.rule if signal else None for signal in chart.signals]
    assert chart.limits.high == pytest.approx(16 / 7 + 2.66 * 9 / 6)
    assert rules == [None] * 6 + [Rule.OUTSIDE]


def test_limits_are_on_trial_below_thirteen_points() -> None:
    assert [limits_of(QUIET[:n]).is_trial for n in (2, 12, 13, 14)] == [True, True, False, False]


def test_quiet_points_are_common() -> None:
    chart = control_chart(QUIET)
    assert set(chart.signals) == {None}
    assert {variation(chart, polarity=p) for p in Polarity} == {Variation.COMMON}


# Rule, and a series whose last point falls under it and under no stronger one.
RULED: dict[Rule, list[float]] = {
    Rule.OUTSIDE: [*QUIET, 25],
    Rule.TREND: [10, 4, 15, 6, 14, 5, 7, 8, 9, 10, 11, 12],
    Rule.NEAR_LIMIT: [*QUIET, 12, 14.5, 14.5],
    Rule.SHIFT: [9, 12, 8, 12, 8, 9, 12, 8, 11, 12, 11, 12, 11, 12, 11],
}


def test_every_rule_has_an_example() -> None:
    assert set(RULED) == set(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_finds_its_point_and_its_mirror_image(rule: Rule) -> None:
    for sign in (1, -1):
        latest = control_chart([sign * value for value in RULED[rule]]).signals[-1]
        assert latest == Signal(rule, sign)


def test_six_points_are_no_run_and_five_steps_no_trend() -> None:
    shift, trend = RULED[Rule.SHIFT], RULED[Rule.TREND]
    assert control_chart(shift[:-1]).signals[-1] is None
    assert control_chart(trend[:-1]).signals[-1] is None


def test_of_three_near_a_limit_the_third_is_on_the_same_side() -> None:
    *before, third, near, nearer = RULED[Rule.NEAR_LIMIT]
    signals = control_chart([*before, third, near, nearer]).signals
    assert signals[-3:] == (None, *[Signal(Rule.NEAR_LIMIT, 1)] * 2)
    assert control_chart([*before, 10, near, nearer]).signals[-1] is None


def test_a_trend_marks_all_its_seven_points() -> None:
    signals = control_chart(RULED[Rule.TREND]).signals
    assert [i for i, signal in enumerate(signals) if signal] == [5, 6, 7, 8, 9, 10, 11]


def test_the_order_of_the_rules_is_their_priority() -> None:
    assert list(Rule) == [Rule.OUTSIDE, Rule.TREND, Rule.NEAR_LIMIT, Rule.SHIFT]


@given(SERIES)
def test_signals_are_those_of_a_plain_reading(values: list[int]) -> None:
    chart = control_chart(values)
    assert list(chart.signals) == plain_signals([float(value) for value in values], chart.limits)


@given(st.lists(st.integers(-1, 2), min_size=12, max_size=40))
def test_signals_of_a_climb_are_those_of_a_plain_reading(steps: list[int]) -> None:
    values = [float(sum(steps[:i])) for i in range(len(steps))]
    chart = control_chart(values)
    assert list(chart.signals) == plain_signals(values, chart.limits)


@given(SERIES, st.sampled_from([2, 8]), st.integers(-50, 50))
def test_the_unit_of_measurement_changes_nothing(values: list[int], scale: int, shift: int) -> None:
    here, there = limits_of(values), limits_of([scale * value + shift for value in values])
    assert there.centre == pytest.approx(scale * here.centre + shift, abs=1e-9)
    assert there.moving_range == pytest.approx(scale * here.moving_range)


# Points; how often noise breaks any rule somewhere in the series (methods 3.6, 200,000 runs).
ANY_RULE = {5: 0.0067, 8: 0.034, 12: 0.071, 20: 0.148}


@pytest.mark.parametrize(("points", "expected"), ANY_RULE.items())
def test_noise_breaks_a_rule_as_often_as_known(points: int, expected: float) -> None:
    chance, runs = random.Random(points), 4000
    charts = [control_chart(noise(chance, points)) for _ in range(runs)]
    slack = 3 * math.sqrt(expected * (1 - expected) / runs)
    assert sum(any(chart.signals) for chart in charts) / runs == pytest.approx(expected, abs=slack)
    latest = [chart.signals[-1] for chart in charts]
    outside = sum(signal is not None and signal.rule is Rule.OUTSIDE for signal in latest) / runs
    assert outside == pytest.approx(0.01, abs=0.007)


@pytest.mark.parametrize(
    ("polarity", "high", "low"),
    [
        (Polarity.HIGHER, Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        (Polarity.LOWER, Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
        (Polarity.NEITHER, Variation.NEUTRAL, Variation.NEUTRAL),
    ],
)
def test_the_latest_point_is_worded_by_what_is_better(
    polarity: Polarity, high: Variation, low: Variation
) -> None:
    assert variation(control_chart([*QUIET, 25]), polarity=polarity) is high
    assert variation(control_chart([*QUIET, -5]), polarity=polarity) is low


# Where the target lies, and the word for it where higher and where lower is better.
TARGETS = [
    (100, Assurance.FAIL, Assurance.PASS),
    (0, Assurance.PASS, Assurance.FAIL),
    (10, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
]


@pytest.mark.parametrize(("target", "higher", "lower"), TARGETS)
def test_a_target_beyond_the_limits_is_always_failed_or_passed(
    target: int, higher: Assurance, lower: Assurance
) -> None:
    limits = limits_of(QUIET)
    assert assurance(limits, target=target, polarity=Polarity.HIGHER) is higher
    assert assurance(limits, target=target, polarity=Polarity.LOWER) is lower
    assert assurance(limits, target=target, polarity=Polarity.NEITHER) is Assurance.NO_JUDGEMENT


@pytest.mark.parametrize("polarity", Polarity)
def test_without_a_target_nothing_is_assured(polarity: Polarity) -> None:
    assert assurance(limits_of(QUIET), target=None, polarity=polarity) is Assurance.NO_JUDGEMENT


def test_a_target_on_a_limit_is_hit_and_missed() -> None:
    limits = limits_of(QUIET)
    for target in (limits.low, limits.high):
        assert assurance(limits, target=target, polarity=Polarity.HIGHER) is Assurance.HIT_AND_MISS


def test_a_constant_series_on_its_target_passes() -> None:
    limits = limits_of([5, 5, 5])
    words = [assurance(limits, target=t, polarity=Polarity.HIGHER) for t in (4, 5, 6)]
    assert words == [Assurance.PASS, Assurance.PASS, Assurance.FAIL]
    assert assurance(limits, target=5, polarity=Polarity.LOWER) is Assurance.PASS


def test_impossible_series_are_refused() -> None:
    for values in ([], [1]):
        with pytest.raises(ValueError, match=f"at least 2 points, got {len(values)}"):
            control_chart(values)
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError, match="finite numbers, got"):
            control_chart([1, value])
