"""Working days in Vietnam against the notices of each year, and what is said of years unknown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.working_days import (
    FIRST_KNOWN,
    LAST_KNOWN,
    Swap,
    WorkingDays,
    working_days_after,
)

PACKAGE = WorkingDays()

# First and last day of each break, weekends included, as announced for public offices.
BREAKS = {
    "Tết 2018": ("2018-02-14", "2018-02-20"),
    "Tết 2019": ("2019-02-02", "2019-02-10"),
    "Tết 2020": ("2020-01-23", "2020-01-29"),
    "Tết 2021": ("2021-02-10", "2021-02-16"),
    "Tết 2022": ("2022-01-29", "2022-02-06"),
    "Tết 2023": ("2023-01-20", "2023-01-26"),
    "Tết 2024": ("2024-02-08", "2024-02-14"),
    "Tết 2025": ("2025-01-25", "2025-02-02"),
    "Tết 2026": ("2026-02-14", "2026-02-22"),
    "30/4 and 1/5 2019, a day swapped": ("2019-04-27", "2019-05-01"),
    "30/4 and 1/5 2021, replaced on Monday": ("2021-04-30", "2021-05-03"),
    "Hùng Kings, 30/4 and 1/5 2023": ("2023-04-29", "2023-05-03"),
    "30/4 and 1/5 2024, a day swapped": ("2024-04-27", "2024-05-01"),
    "30/4 and 1/5 2025, a day swapped": ("2025-04-30", "2025-05-04"),
    "2/9 of one day until 2020": ("2020-09-02", "2020-09-02"),
    "2/9/2021 and the day after": ("2021-09-02", "2021-09-05"),
    "2/9/2022 and the day before": ("2022-09-01", "2022-09-04"),
    "2/9/2023 and the day before": ("2023-09-01", "2023-09-04"),
    "2/9/2024 and the day after": ("2024-08-31", "2024-09-03"),
    "2/9/2025 and the day before": ("2025-08-30", "2025-09-02"),
    "2/9/2026, a day swapped": ("2026-08-29", "2026-09-02"),
}
WORKED_ON_SATURDAY = ("2019-01-05", "2019-05-04", "2024-05-04", "2025-04-26", "2026-08-22")


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("name", BREAKS)
def test_offices_are_closed_in_the_break_and_open_on_both_sides(name: str) -> None:
    first, last = map(date.fromisoformat, BREAKS[name])
    assert not any(map(PACKAGE.is_working, days(first, last)))
    assert PACKAGE.is_working(first - timedelta(days=1))
    assert PACKAGE.is_working(last + timedelta(days=1))


@pytest.mark.parametrize("day", WORKED_ON_SATURDAY)
def test_a_saturday_worked_instead_is_a_working_day(day: str) -> None:
    assert date.fromisoformat(day).weekday() == 5
    assert PACKAGE.is_working(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2021-03-31", 5, "2021-04-07"),
        ("2021-02-09", 1, "2021-02-17"),
        ("2020-12-31", 5, "2021-01-08"),
        ("2024-04-26", 5, "2024-05-07"),  # the Monday off, the Saturday after worked
        ("2025-03-31", 15, "2025-04-22"),  # the Hùng Kings on Monday 7/4
        ("2025-03-31", 25, "2025-05-08"),
        ("2021-04-10", 0, "2021-04-10"),
    ],
)
def test_working_days_are_counted_after_a_day(day: str, count: int, found: str) -> None:
    assert working_days_after(date.fromisoformat(day), count, PACKAGE).isoformat() == found


@given(st.dates(date(2010, 1, 1), date(2026, 10, 1)), st.integers(1, 25))
def test_the_day_found_closes_exactly_as_many_working_days(day: date, count: int) -> None:
    found = working_days_after(day, count, PACKAGE)
    passed = [d for d in days(day, found)[1:] if PACKAGE.is_working(d)]
    assert len(passed) == count and passed[-1] == found


def test_a_folder_adds_what_the_package_lacks() -> None:
    off, worked = date(2026, 1, 2), date(2026, 1, 10)
    assert PACKAGE.is_working(off) and not PACKAGE.is_working(worked)
    known = WorkingDays((Swap(off, worked, "thông báo"),))
    assert known.is_working(worked) and not known.is_working(off)
    assert working_days_after(date(2025, 12, 31), 1, known) == date(2026, 1, 5)


def test_years_before_and_after_the_notices_are_not_known() -> None:
    assert (FIRST_KNOWN, LAST_KNOWN) == (2010, 2026)  # of the version pinned
    assert [y for y in range(2000, 2040) if PACKAGE.is_known(y)] == list(range(2010, 2027))


def test_a_folder_may_know_a_year_more_but_never_less() -> None:
    assert WorkingDays(known_through=LAST_KNOWN + 1).is_known(LAST_KNOWN + 1)
    assert WorkingDays(known_through=2000).last_known == LAST_KNOWN
