"""Periods as people write them; a text that speaks of two periods, or of a day, names none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.periods import (
    find_period,
    read_days,
    read_period,
    read_year_and_month,
    take_period,
)
from indicators.period import Period, PeriodKind, parse_period, period_label

WRITTEN = {
    "2021": "2021", "2021-Q3": "2021-Q3", "2021-H1": "2021-H1", "2021-9M": "2021-9M",
    "2021-03": "2021-03", " 2021-q3 ": "2021-Q3", "2021–Q3": "2021-Q3",
    "Quý I/2024": "2024-Q1", "Quý 1/2024": "2024-Q1", "Quý 1 năm 2024": "2024-Q1",
    "Q1-2024": "2024-Q1", "Q1/2024": "2024-Q1", "QI.2024": "2024-Q1", "QUÝ IV – 2024": "2024-Q4",
    "Quí III/2021": "2021-Q3", "Quý 03/2021": "2021-Q3",
    "6 tháng đầu năm 2024": "2024-H1", "06 tháng đầu năm 2024": "2024-H1", "6T/2024": "2024-H1",
    "6 th đầu 2009": "2009-H1", "Sáu tháng đầu năm 2024": "2024-H1",
    "6 tháng cuối năm 2024": "2024-H2",
    "9 tháng năm 2024": "2024-9M", "09 tháng đầu năm 2024": "2024-9M", "9T2024": "2024-9M",
    "Tháng 03/2024": "2024-03", "T3/2024": "2024-03", "T8/2026": "2026-08",
    "Tháng 12 năm 2024": "2024-12",
    "Năm 2024": "2024", "cả năm 2024": "2024", "Sơ bộ 2021": "2021",
}  # fmt: skip
NOT_PERIODS = [
    "", "Q5/2021", "Quý V/2021", "2021-13", "2021-00", "Tháng 13/2021", "2021-Q3 và 2021-Q4",
    "quý này", "1821", "36.500", "05/01/2024", "ngày 05 tháng 01 năm 2024", "3 tháng đầu năm 2021",
    "2021-03-01 00:00:00", "20-21", "Quý III",
]  # fmt: skip
SPOKEN_OF = {
    "BÁO CÁO KẾT QUẢ QUÝ III/2021": "2021-Q3",
    "Kỳ báo cáo: Quý III năm 2021": "2021-Q3",
    "Quý III/2021, thực hiện Kế hoạch năm 2021": "2021-Q3",
    "Biểu 06 tháng đầu năm 2021": "2021-H1",
    "Số liệu tháng 9/2021 của Trung tâm": "2021-09",
    "2021-Q1_ttyt": "2021-Q1",
    "ttyt_2021-Q1_lan-2": "2021-Q1",
    "bao cao 2021–Q1": "2021-Q1",
    "Kế hoạch năm 2021": "2021",
    "Thanh Hóa, ngày 10 tháng 10 năm 2021. Báo cáo quý III/2021": "2021-Q3",
}
SPEAKS_OF_NONE = [
    "",
    "Thanh Hóa, ngày 10 tháng 10 năm 2021",
    "Tính đến ngày 30/9/2021",
    "Báo cáo quý II và 6 tháng đầu năm 2021 (quý II/2021, 6 tháng đầu năm 2021)",
    "Quý I/2021 so với quý I/2020",
    "Năm 2021 so với năm 2020",
    "So với cuối năm 2020",
    "3 tháng đầu năm 2021",
    "11 tháng năm 2021",
    "Quý III, kế hoạch năm 2021",
    "2021-Q1 2021-Q2",
    "bao-cao-2021-10-05",
    "niên độ 2020-21",
    "Quyết định 2051/QĐ-SYT",
]


@pytest.mark.parametrize(("text", "code"), WRITTEN.items())
def test_a_written_period_is_read(text: str, code: str) -> None:
    found = read_period(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize("text", NOT_PERIODS)
def test_anything_else_is_not_a_period(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(("text", "code"), SPOKEN_OF.items())
def test_a_title_speaks_of_one_period(text: str, code: str) -> None:
    found = find_period(text)
    assert found is not None and found.code == code


@pytest.mark.parametrize("text", SPEAKS_OF_NONE)
def test_a_date_or_several_periods_are_not_guessed_from(text: str) -> None:
    assert find_period(text) is None


COUNTS = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.NINE_MONTHS: 1,
    PeriodKind.YEAR: 1,
}
PERIODS = st.sampled_from(list(PeriodKind)).flatmap(
    lambda kind: st.builds(
        Period, st.integers(1950, 2099), st.just(kind), st.integers(1, COUNTS[kind])
    )
)


@given(PERIODS)
def test_every_period_is_read_back_from_code_and_label(period: Period) -> None:
    assert read_period(period.code) == read_period(period_label(period)) == period
    assert find_period(f"Báo cáo {period_label(period)} của đơn vị") == period
    assert parse_period(period.code) == period


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    read_period(text)
    find_period(text)


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("2002 Hospital", "2002", "Hospital"),
        ("Total Prel. 2016", "2016", "Total"),
        ("Bác sĩ (Quý III/2021)", "2021-Q3", "Bác sĩ"),
        ("Thực hiện năm 2021", "2021", "Thực hiện"),
        ("Apr-20", "2020-04", ""),
        ("Bác sĩ", None, "Bác sĩ"),
        ("Trẻ dưới 1 tuổi", None, "Trẻ dưới 1 tuổi"),
    ],
)
def test_a_period_at_one_end_of_a_heading(text: str, code: str | None, rest: str) -> None:
    period, left = take_period(text)
    assert (period.code if period else None, left) == (code, rest)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Provisional Figures for - 2020-2021 and Month - Apr-2020", "2020-04"),
        ("Status As On: 21 Jun 2023,07:57:29", None),
    ],
)
def test_a_named_month_in_a_title(text: str, code: str | None) -> None:
    period = find_period(text)
    assert (period.code if period else None) == code


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2021-01-01", "2021-12-31", "2021"),
        ("1/7/2021", "30.09.2021", "2021-Q3"),
        ("2021-01-01 00:00:00", "2021-06-30", "2021-H1"),
        ("01-01-2021", "30-9-2021", "2021-9M"),
        ("2021-02-01", "2021-02-28", "2021-02"),
        ("2021-01-16", "2021-02-15", None),
        ("2021-02-30", "2021-03-31", None),
        ("2021-12-31", "2021-01-01", None),
    ],
)
def test_a_period_from_two_days(first: str, last: str, code: str | None) -> None:
    period = read_days(first, last)
    assert (period.code if period else None) == code


@pytest.mark.parametrize(
    ("year", "month", "code"),
    [
        ("2021", "9", "2021-09"), ("2021", "Tháng 9", "2021-09"), ("Năm 2021", "Sept", "2021-09"),
        ("2021", "13", None), ("2021-Q1", "1", None), ("", "1", None), ("2021", "", None),
    ],
)  # fmt: skip
def test_a_period_from_year_and_month(year: str, month: str, code: str | None) -> None:
    period = read_year_and_month(year, month)
    assert (period.code if period else None) == code
