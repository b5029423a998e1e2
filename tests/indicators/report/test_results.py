"""The table of results: percentages that never round to their opposite, notes, headings, periods."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formats import format_number, telling_decimals
from indicators.period import Period, PeriodKind, codes_inside, parse_period
from indicators.report.blocks import Heading
from indicators.report.lists import listed, some
from indicators.report.numbered import Numbers
from indicators.report.times import both, following, moment_text, part_of, written


@pytest.mark.parametrize(
    ("code", "said", "after"),
    [
        ("2021-Q3", "Quý III năm 2021", "2021-Q4"),
        ("2021-Q4", "Quý IV năm 2021", "2022-Q1"),
        ("2021-H1", "6 tháng đầu năm 2021", "2021-H2"),
        ("2021-9M", "9 tháng năm 2021", "2021-Q4"),
        ("2021", "năm 2021", "2022"),
        ("2021-03", "tháng 3 năm 2021", "2021-04"),
        ("2021-12", "tháng 12 năm 2021", "2022-01"),
    ],
)
def test_periods_are_written_as_in_official_letters(code: str, said: str, after: str) -> None:
    period = parse_period(code)
    assert written(period) == said
    assert following(period).code == after


def test_a_title_names_the_year_once_where_both_periods_share_it() -> None:
    third = parse_period("2021-Q3")
    assert both(third, following(third)) == ("Quý III", "Quý IV năm 2021")
    last = parse_period("2021-Q4")
    assert both(last, following(last)) == ("Quý IV năm 2021", "Quý I năm 2022")
    year = parse_period("2021")
    assert both(year, following(year)) == ("năm 2021", "năm 2022")


@given(st.sampled_from(list(PeriodKind)), st.integers(2000, 2100), st.integers(1, 12))
def test_what_follows_begins_where_the_period_ends(
    kind: PeriodKind, year: int, number: int
) -> None:
    last = len(Period(year, PeriodKind.YEAR).parts(kind)) or 1
    period = Period(year, kind, min(number, last))
    after = following(period)
    assert (after.start - period.end).days == 1
    assert part_of(period)


def test_a_quarter_holds_its_months_and_no_others() -> None:
    assert sorted(codes_inside(parse_period("2021-Q3"))) == [
        "2021-07",
        "2021-08",
        "2021-09",
        "2021-Q3",
    ]
    assert len(codes_inside(parse_period("2021"))) == 12 + 4 + 2 + 1 + 1


def test_headings_are_numbered_level_by_level() -> None:
    numbers = Numbers()
    made = [
        (1, "Kết quả"),
        (2, "Chung"),
        (2, "Lĩnh vực"),
        (3, "Dân số"),
        (3, "Dược"),
        (1, "Đánh giá"),
        (2, "Đạt"),
    ]
    assert [numbers.of(Heading(level, text)) for level, text in made] == [
        "I. KẾT QUẢ",
        "1. Chung",
        "2. Lĩnh vực",
        "a) Dân số",
        "b) Dược",
        "II. ĐÁNH GIÁ",
        "1. Đạt",
    ]


def test_lists_end_their_entries_as_letters_do() -> None:
    assert listed(["một.", "hai;", "ba"]).texts == ("một;", "hai;", "ba.")
    assert listed(["một"]).texts == ("một.",)


def test_names_beyond_the_first_are_counted() -> None:
    assert some(["A", "B"]) == "A, B"
    assert some([str(n) for n in range(9)]).endswith("và 3 đơn vị khác")


@given(st.fractions(min_value=Fraction(1, 100), max_value=200))
def test_a_share_that_is_not_whole_is_never_printed_as_100(share: Fraction) -> None:
    places = telling_decimals(share, Fraction(100), 1)
    same = format_number(share, places) == format_number(Fraction(100), places)
    assert same == (share == 100)


def test_the_moment_and_version_are_named() -> None:
    assert moment_text("14:05 ngày 25/11/2026", 7) == (
        "Số liệu như đã biết lúc 14:05 ngày 25/11/2026; phiên bản số liệu 7"
    )
