"""Windows of reporting regimes: the published ones day by day, and that none leaves a gap."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.period import LENGTH, Period, PeriodKind, parse_period
from indicators.regimes import CALENDAR, Regime, day_of, window_of

ADMINISTRATIVE = Regime("administrative", "hành chính", "administrative", 15, 1, "NĐ 09/2019")
CASHLESS = Regime("cashless", "không dùng tiền mặt", "cashless", 16, 1, "Bắc Giang")

# domain.md 2.1: the quarters of 2024 as computed there, the rest by the rule beside them.
ADMINISTRATIVE_WINDOWS = {
    "2024-01": ("2023-12-15", "2024-01-14"),
    "2024-03": ("2024-02-15", "2024-03-14"),
    "2024-Q1": ("2023-12-15", "2024-03-14"),
    "2024-Q2": ("2024-03-15", "2024-06-14"),
    "2024-Q3": ("2024-06-15", "2024-09-14"),
    "2024-Q4": ("2024-09-15", "2024-12-14"),
    "2024-H1": ("2023-12-15", "2024-06-14"),
    "2024-H2": ("2024-06-15", "2024-12-14"),
    "2024-9M": ("2023-12-15", "2024-09-14"),
    "2024": ("2023-12-15", "2024-12-14"),
}


@pytest.mark.parametrize(("code", "window"), ADMINISTRATIVE_WINDOWS.items())
def test_administrative_windows_run_from_the_15th_to_the_14th(
    code: str, window: tuple[str, str]
) -> None:
    first, last = window_of(parse_period(code), ADMINISTRATIVE)
    assert (first.isoformat(), last.isoformat()) == window


def test_the_cashless_month_that_was_published() -> None:
    assert window_of(parse_period("2024-04"), CASHLESS) == (date(2024, 3, 16), date(2024, 4, 15))


PERIODS = st.builds(
    lambda year, kind, number: Period(year, kind, number % (12 // LENGTH[kind]) + 1),
    st.integers(1990, 2090),
    st.sampled_from(PeriodKind),
    st.integers(0, 11),
)
REGIMES = st.builds(
    lambda day, months: Regime("x", "x", "x", day, months, "x"),
    st.integers(1, 28),
    st.integers(0, 12),
)


@given(PERIODS)
def test_calendar_windows_are_the_period_itself(period: Period) -> None:
    assert window_of(period, CALENDAR) == (period.start, period.end)


@given(PERIODS, REGIMES)
def test_the_months_of_a_period_tile_its_window(period: Period, regime: Regime) -> None:
    windows = [window_of(month, regime) for month in period.parts(PeriodKind.MONTH)]
    pairs = pairwise(windows)
    assert all(after[0] - before[1] == timedelta(days=1) for before, after in pairs)
    assert (windows[0][0], windows[-1][1]) == window_of(period, regime)


@given(st.integers(1990, 2090), st.sampled_from(sorted(set(PeriodKind) - {"nine_months"})), REGIMES)
def test_one_year_begins_the_day_after_the_other_ends(
    year: int, kind: PeriodKind, regime: Regime
) -> None:
    last = Period(year, kind, 12 // LENGTH[kind])
    ends, begins = window_of(last, regime)[1], window_of(Period(year + 1, kind), regime)[0]
    assert begins - ends == timedelta(days=1)


@pytest.mark.parametrize(
    ("month", "day", "found"),
    [
        (1, 31, "2021-01-31"),
        (2, 31, "2021-02-28"),
        (0, 15, "2020-12-15"),
        (-11, 15, "2020-01-15"),
        (13, 5, "2022-01-05"),
        (26, 30, "2023-02-28"),
    ],
)
def test_months_are_counted_from_january(month: int, day: int, found: str) -> None:
    assert day_of(2021, month, day).isoformat() == found
