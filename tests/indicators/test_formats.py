"""Numbers as people write them, never rounded so that a sentence contradicts itself."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.formats import (
    decimals_of,
    format_number,
    format_plain,
    quantize,
    rounded,
    telling_among,
    telling_decimals,
    with_unit,
)

NUMBERS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**7)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0.5", 0, "1"), ("1.5", 0, "2"), ("2.5", 0, "3"), ("-2.5", 0, "-3"),
        ("0.05", 1, "0.1"), ("36.45", 1, "36.5"), ("-0.04", 1, "0.0"), ("-0.05", 1, "-0.1"),
    ],
)  # fmt: skip
def test_half_is_rounded_away_from_zero(value: str, decimals: int, text: str) -> None:
    assert str(rounded(Decimal(value), decimals)) == text


def test_a_third_is_rounded_exactly() -> None:
    assert rounded(Fraction(200, 3), 4) == Decimal("66.6667")


@given(NUMBERS, st.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_digit_at_most(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(rounded(value, decimals)) - value) * 2 <= Fraction(1, 10**decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (Decimal("1234567.5"), 1, "1.234.567,5", "1,234,567.5"),
        (Decimal("-0.5"), 1, "−0,5", "−0.5"),
        (Decimal("-0.01"), 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
        (None, 2, "…", "…"),
    ],
)
def test_the_decimal_sign_is_a_comma(
    value: Decimal | None, decimals: int, vi: str, en: str
) -> None:
    assert format_number(value, decimals) == vi
    assert format_number(value, decimals, "en") == en


@pytest.mark.parametrize(
    ("value", "text"),
    [("36.5", "36,5"), ("95.00", "95"), ("0.7", "0,7"), ("1800", "1.800"), ("0.12345", "0,1235")],
)
def test_a_target_is_written_as_in_the_document(value: str, text: str) -> None:
    assert format_plain(Decimal(value)) == text
    assert decimals_of(Decimal(value)) <= 4


def test_what_is_absent_is_not_zero() -> None:
    assert format_plain(None) == "…"


def test_94_96_and_95_do_not_print_alike() -> None:
    places = telling_decimals(Decimal("94.96"), Decimal("95.0"), 1)
    assert format_number(Decimal("94.96"), places) == "94,96"


def test_one_person_of_ten_million_is_seen() -> None:
    value = Fraction(9_499_999 * 100, 10_000_000)
    assert format_number(value, telling_decimals(value, 95, 1)) == "94,99999"


def test_equal_and_absent_numbers_need_no_more_decimals() -> None:
    assert telling_decimals(95, Decimal("95.0"), 1) == 1
    assert telling_decimals(None, 95, 1) == telling_decimals(95, None, 1) == 1


def test_numbers_closer_than_any_print_still_end() -> None:
    assert telling_decimals(Fraction(1, 10**40), 0, 1) == 18


@given(NUMBERS, NUMBERS, st.integers(0, 3))
def test_two_different_numbers_never_print_alike(
    one: Fraction, other: Fraction, least: int
) -> None:
    places = telling_decimals(one, other, least)
    assert places >= least
    assert (rounded(one, places) == rounded(other, places)) == (one == other)


@given(NUMBERS, st.lists(NUMBERS, max_size=3), st.integers(0, 3))
def test_a_number_prints_unlike_all_others_at_once(
    one: Fraction, others: list[Fraction], least: int
) -> None:
    places = telling_among(one, others, least)
    for other in others:
        assert (rounded(one, places) < rounded(other, places)) == (one < other)


@pytest.mark.parametrize(
    ("unit", "text"), [("%", "95%"), ("‰", "95‰"), ("giường", "95 giường"), ("", "95")]
)
def test_per_cent_stands_close_to_its_number(unit: str, text: str) -> None:
    assert with_unit("95", unit) == text


def test_a_stored_figure_has_its_decimals() -> None:
    assert str(quantize(Decimal("2.345"), 2)) == "2.35"
