"""A series as a control chart: where the question fits, and why not elsewhere."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue import Polarity
from indicators.expect import Point
from indicators.period import PeriodKind, parse_period
from indicators.plans import Path
from indicators.statistics.control_chart import Assurance, Rule, Variation
from indicators.variation import ChartState, SeriesChart, goes_one_way, latest_run, series_chart
from tests.indicators.lucky import lucky_world

WORLD = lucky_world().catalogue
NOISE = [5, 7, 4, 6, 5, 4, 7, 5]


def quarters(*values: int | None) -> list[Point]:
    """Values of the quarters from 2015 on."""
    first = parse_period("2015-Q1")
    return [
        Point(
            replace(first, year=2015 + n // 4, number=n % 4 + 1),
            None if value is None else Fraction(value),
        )
        for n, value in enumerate(values)
    ]


def charted(name: str, *values: int | None, path: Path = Path.LEVEL, goal: int = 8) -> SeriesChart:
    """The chart of a series of one indicator with a target of at most ``goal``."""
    return series_chart(
        quarters(*values),
        indicator=WORLD.indicators[name],
        catalogue=WORLD,
        path=path,
        polarity=Polarity.LOWER,
        target=Fraction(goal),
    )


def test_noise_around_a_mean_is_common_and_its_limits_are_on_trial() -> None:
    found = charted("deaths_now", *NOISE)
    assert (found.state, found.variation) == (ChartState.DRAWN, Variation.COMMON)
    assert found.assurance is Assurance.HIT_AND_MISS
    assert found.is_trial and not found.is_seasonal
    assert not charted("deaths_now", *NOISE, *NOISE).is_trial


def test_a_jump_of_deaths_is_a_concern_and_a_far_target_is_never_met() -> None:
    found = charted("deaths_now", *NOISE, *NOISE, 30, goal=1)
    assert found.variation is Variation.CONCERN_HIGH
    assert found.chart is not None and found.chart.signals[-1] is not None
    assert found.chart.signals[-1].rule is Rule.OUTSIDE
    assert charted("deaths_now", *NOISE, goal=-9).assurance is Assurance.FAIL
    assert charted("deaths_now", *NOISE, goal=90).assurance is Assurance.PASS


def test_a_stock_that_climbs_is_a_trend_and_no_process() -> None:
    assert charted("insurance", 80, 81, 82, 83, 84).state is ChartState.TRENDS
    assert charted("insurance", 80, 82, 81, 83, 85, 86).state is ChartState.TRENDS
    assert charted("insurance", *NOISE).state is ChartState.DRAWN


def test_events_that_climb_are_what_the_chart_is_for() -> None:
    found = charted("deaths_now", 1, 2, 3, 4, 5, 6, 7)
    assert (found.state, found.variation) == (ChartState.DRAWN, Variation.CONCERN_HIGH)


def test_what_starts_again_each_january_has_no_steady_mean() -> None:
    assert charted("deaths", *NOISE).state is ChartState.STARTS_AGAIN
    assert charted("insurance", *NOISE, path=Path.CUMULATIVE).state is ChartState.STARTS_AGAIN


def test_four_points_are_too_few_and_a_gap_ends_the_series() -> None:
    assert charted("deaths_now", 1, 2, 3, 4).state is ChartState.TOO_FEW
    found = charted("deaths_now", 9, 9, None, 1, 2, 1, 2)
    assert (found.state, len(found.points)) == (ChartState.TOO_FEW, 4)


def test_a_constant_series_has_no_variation() -> None:
    found = charted("insurance", 7, 7, 7, 7, 7)
    assert (found.state, found.variation) == (ChartState.DRAWN, Variation.NO_VARIATION)
    assert found.assurance is Assurance.PASS


def test_amounts_per_quarter_belong_beside_the_same_quarter_last_year() -> None:
    assert charted("visits_now", *NOISE).is_seasonal
    assert not charted("beds", *NOISE).is_seasonal


@pytest.mark.parametrize(
    ("values", "run"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, None, 3, 4], [3, 4]),
        ([1, None, 3, None], [3]),
        ([None, None], []),
        ([], []),
    ],
)
def test_the_latest_run_ends_at_the_last_known_point(
    values: list[int | None], run: list[int]
) -> None:
    assert [point.value for point in latest_run(quarters(*values))] == run


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=20))
def test_one_way_is_three_quarters_of_all_movement(values: list[int]) -> None:
    numbers = [Fraction(value) for value in values]
    net = abs(values[-1] - values[0])
    whole = sum(abs(values[i + 1] - values[i]) for i in range(len(values) - 1))
    assert goes_one_way(numbers) == (whole > 0 and 2 * net >= whole)
    assert goes_one_way(numbers) == goes_one_way(numbers[::-1])


def test_the_quarters_of_these_tests_are_quarters() -> None:
    points = quarters(*NOISE)
    assert points[-1].period.code == "2016-Q4"
    assert {point.period.kind for point in points} == {PeriodKind.QUARTER}
