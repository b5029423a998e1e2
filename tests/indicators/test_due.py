"""Deadlines of reports, and which report a period waits for."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.due import covering, due_date, form_due
from indicators.period import parse_period
from tests.indicators.small import world


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
    form = world().catalogue.forms["centre_quarter"]
    assert form_due(replace(form, due_months=months, due_day=day), parse_period(period)) == due


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
