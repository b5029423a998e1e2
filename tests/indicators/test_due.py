"""Deadlines of reports, and which report a period waits for."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.due import Due, covering, due_date, due_of, form_due
from indicators.period import parse_period
from indicators.regimes import Schedule
from tests.indicators.small import world
from tests.indicators.test_regimes import ADMINISTRATIVE


@pytest.mark.parametrize(
    ("period", "months", "day", "due"),
    [
        ("2021-Q3", 1, 10, date(2021, 10, 10)),
        ("2021-Q4", 1, 10, date(2022, 1, 10)),
        ("2021", 2, 31, date(2022, 2, 28)),
        ("2019-12", 2, 30, date(2020, 2, 29)),
        ("2021-Q1", 0, 31, date(2021, 3, 31)),
        ("2021", 12, 31, date(2022, 12, 31)),
        ("2021", 13, 5, date(2023, 1, 5)),
    ],
)
def test_a_form_is_due_on_a_day_of_a_month_after_its_period(
    period: str, months: int, day: int, due: date
) -> None:
    catalogue = world().catalogue
    form = replace(catalogue.forms["centre_quarter"], due_months=months, due_day=day)
    assert form_due(form, parse_period(period), catalogue) == Due(due)


def due_after(period: str, days: int, regime: str = "calendar") -> Due | None:
    """A number of working days after the window of a period."""
    regimes = {**world().catalogue.regimes, "administrative": ADMINISTRATIVE}
    catalogue = replace(world().catalogue, regimes=regimes)
    schedule = Schedule(regime=regime, due_working_days=days)
    return due_of(schedule, parse_period(period), catalogue)


@pytest.mark.parametrize(
    ("period", "days", "regime", "due"),
    [
        ("2021-Q1", 5, "calendar", date(2021, 4, 7)),  # commune: TT 37/2019
        ("2021-Q1", 15, "calendar", date(2021, 4, 22)),  # district; 21/4 is the Hùng Kings'
        ("2021-Q1", 25, "calendar", date(2021, 5, 10)),  # province; 30/4 to 3/5 are off
        ("2021-01", 10, "calendar", date(2021, 2, 19)),  # Tết from the 10th to the 16th
        ("2021-Q1", 5, "administrative", date(2021, 3, 19)),
        ("2025-Q3", 2, "administrative", date(2025, 9, 16)),
    ],
)
def test_working_days_are_counted_from_the_end_of_the_window(
    period: str, days: int, regime: str, due: date
) -> None:
    assert due_after(period, days, regime) == Due(due)


@pytest.mark.parametrize(
    ("period", "provisional"),
    [("2009-Q3", True), ("2009", True), ("2010-Q1", False), ("2026-Q3", False), ("2026-Q4", True)],
)
def test_a_day_in_a_year_without_notice_is_provisional(period: str, provisional: bool) -> None:
    found = due_after(period, 5)
    assert found is not None and found.provisional is provisional


def test_a_fixed_day_is_of_the_year_of_the_period() -> None:
    schedule = Schedule(due_in_month=11, due_day=12)
    assert due_of(schedule, parse_period("2023"), world().catalogue) == Due(date(2023, 11, 12))


def test_a_schedule_without_a_deadline_gives_no_day() -> None:
    assert due_of(Schedule(), parse_period("2023"), world().catalogue) is None


@pytest.mark.parametrize(
    ("indicator", "period", "due"),
    [
        ("insurance", "2021-Q3", date(2021, 10, 10)),
        ("insurance", "2021-9M", date(2021, 10, 10)),
        ("insurance", "2021-08", date(2021, 10, 10)),
        ("survey", "2021-Q3", date(2022, 2, 10)),
        ("good_communes", "2021", date(2022, 1, 10)),
    ],
)
def test_an_indicator_is_due_with_the_last_form_it_needs(
    indicator: str, period: str, due: date
) -> None:
    catalogue = world().catalogue
    assert due_date(catalogue.indicators[indicator], parse_period(period), catalogue) == due


def test_a_year_to_date_window_waits_for_its_last_form() -> None:
    catalogue = world().catalogue
    form, indicator = catalogue.forms["centre_quarter"], catalogue.indicators["immunisation"]
    assert str(covering(parse_period("2021-H2"), form, indicator)) == "2021-Q4"
