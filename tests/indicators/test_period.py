"""Reporting periods: written, ordered, cut into the periods of a form."""

from datetime import date

import pytest

from indicators.period import (
    Period,
    PeriodKind,
    months_between,
    parse_period,
    period_label,
    periods_of,
)

CODES = ("2021", "2021-Q1", "2021-Q4", "2021-H1", "2021-H2", "2021-9M", "2021-03", "2021-12")


@pytest.mark.parametrize("code", CODES)
def test_a_period_is_written_as_it_was_read(code: str) -> None:
    assert str(parse_period(code)) == code


@pytest.mark.parametrize(
    "code",
    ["", "21", "2021-Q5", "2021-Q0", "2021-H3", "2021-6M", "2021-00", "2021-13", "2021-1", "2021-q1",
     "2021 ", "2021-Q1\n", "0000", "0000-Q1", "٢٠٢١", "-2021", "2021-01-31"],
)  # fmt: skip
def test_nothing_else_is_a_period(code: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_period(code)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-Q3", date(2021, 7, 1), date(2021, 9, 30)),
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2021-9M", date(2021, 1, 1), date(2021, 9, 30)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(code: str, start: date, end: date) -> None:
    assert (parse_period(code).start, parse_period(code).end) == (start, end)


@pytest.mark.parametrize(
    ("code", "frequency", "from_january", "parts"),
    [
        ("2021", "quarter", False, "2021-Q1 2021-Q2 2021-Q3 2021-Q4"),
        ("2021-H2", "quarter", False, "2021-Q3 2021-Q4"),
        ("2021-H2", "quarter", True, "2021-Q1 2021-Q2 2021-Q3 2021-Q4"),
        ("2021-9M", "quarter", False, "2021-Q1 2021-Q2 2021-Q3"),
        ("2021-Q2", "month", False, "2021-04 2021-05 2021-06"),
        ("2021-Q2", "month", True, "2021-01 2021-02 2021-03 2021-04 2021-05 2021-06"),
        ("2021-Q3", "half", False, ""),
        ("2021-Q2", "half", True, "2021-H1"),
        ("2021-03", "quarter", False, ""),
        ("2021-03", "quarter", True, "2021-Q1"),
        ("2021-H1", "year", True, ""),
        ("2021-9M", "half", True, ""),
    ],
)
def test_the_parts_of_a_period_tile_it_or_there_are_none(
    code: str, frequency: str, from_january: bool, parts: str
) -> None:
    found = parse_period(code).parts(PeriodKind(frequency), from_january=from_january)
    assert " ".join(map(str, found)) == parts


def test_periods_are_in_order_of_their_end_and_the_shorter_first() -> None:
    mixed = ["2021", "2021-12", "2021-Q3", "2021-9M", "2020", "2021-Q4"]
    ordered = sorted(map(parse_period, mixed), key=lambda p: p.sort_key)
    assert list(map(str, ordered)) == ["2020", "2021-Q3", "2021-9M", "2021-12", "2021-Q4", "2021"]


def test_the_same_window_a_year_earlier() -> None:
    assert str(parse_period("2021-H2").previous_year()) == "2020-H2"
    assert str(parse_period("2021-02").previous_year(3)) == "2018-02"


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("2021-03", "Tháng 3/2021", "March 2021"),
        ("2021-Q3", "Quý III/2021", "Q3 2021"),
        ("2021-H1", "6 tháng đầu năm 2021", "First half of 2021"),
        ("2021-H2", "6 tháng cuối năm 2021", "Second half of 2021"),
        ("2021-9M", "9 tháng năm 2021", "Nine months of 2021"),
        ("2021", "Năm 2021", "2021"),
    ],
)
def test_people_write_it_so(code: str, vi: str, en: str) -> None:
    assert (period_label(parse_period(code)), period_label(parse_period(code), "en")) == (vi, en)


def test_months_between_two_days() -> None:
    assert months_between(date(2020, 12, 31), date(2021, 3, 1)) == 3
    assert months_between(date(2021, 3, 1), date(2020, 12, 31)) == -3


def test_two_spellings_of_one_window_are_two_periods() -> None:
    assert parse_period("2021") != Period(2021, PeriodKind.HALF, 1)


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ("quarter", "2021-Q1 2021-Q2 2021-Q3 2021-Q4"),
        ("half", "2021-H1 2021-H2"),
        ("nine_months", "2021-9M"),
        ("year", "2021"),
        ("Q1", "2021-Q1"),
        ("H2", "2021-H2"),
        ("9M", "2021-9M"),
        ("03", "2021-03"),
    ],
)
def test_periods_of_a_year_are_named_by_kind_or_one_by_one(part: str, codes: str) -> None:
    assert " ".join(map(str, periods_of(2021, part))) == codes


@pytest.mark.parametrize("part", ["", "Q5", "week", "13", "2021", "Q1 "])
def test_nothing_else_names_periods_of_a_year(part: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        periods_of(2021, part)


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2021-Q3", "2021-Q2"), ("2021-Q1", "2020-Q4"), ("2021-01", "2020-12"),
        ("2021-H2", "2021-H1"), ("2021-H1", "2020-H2"), ("2021-9M", "2020-9M"), ("2021", "2020"),
    ],
)  # fmt: skip
def test_the_period_before_ends_where_this_one_begins(code: str, before: str) -> None:
    assert parse_period(code).before.code == before
