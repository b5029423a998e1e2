"""Vietnamese figures: read exactly, or refused with the reason."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from etl.numbers import Absence, Figure, Unreadable, read_figure


def value_of(raw: object, *, whole_number: bool = False) -> Decimal | None:
    figure = read_figure(raw, whole_number=whole_number)  # type: ignore[arg-type]
    assert isinstance(figure, Figure), f"{raw!r} gave {figure}"
    return figure.value


def reason_of(raw: object, *, whole_number: bool = False) -> str:
    figure = read_figure(raw, whole_number=whole_number)  # type: ignore[arg-type]
    assert isinstance(figure, Unreadable), f"{raw!r} gave {figure}"
    return figure.reason


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", "0"), ("-0", "0"), ("36,5", "36.5"), ("36.5", "36.5"), ("+3.2", "3.2"),
        ("1.234.567", "1234567"), ("1,234,567", "1234567"), ("32.980.905.704", "32980905704"),
        ("1.234.567,8", "1234567.8"), ("1.234,5", "1234.5"), ("1,234.5", "1234.5"),
        ("1 234 567", "1234567"), ("1\u00a0234,5", "1234.5"), ("1\u2009234", "1234"),
        ("0.123", "0.123"), ("0,123", "0.123"), ("1234.567", "1234.567"), ("7806", "7806"),
        ("-5", "-5"), ("−5", "-5"), ("–5", "-5"), ("(5)", "-5"), ("(1.234,5)", "-1234.5"),
        ("02", "2"), ("1,12300", "1.123"), (" 12\u00a0", "12"),
        ("99999999999999", "99999999999999"),
        (5, "5"), (1234.0, "1234"), (36.5, "36.5"), (0.1 + 0.2, "0.3"), (1.135, "1.135"),
        (98765432109.25, "98765432109.25"), (-0.0, "0"), (Decimal("1.50"), "1.5"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("whole_number", [True, False])
def test_a_clear_figure_has_one_value(raw: object, value: str, whole_number: bool) -> None:
    assert value_of(raw, whole_number=whole_number) == Decimal(value)


@pytest.mark.parametrize("raw", ["1.135", "1,135"])
def test_three_digits_after_one_separator_are_thousands_in_a_count(raw: str) -> None:
    assert value_of(raw, whole_number=True) == 1135


def test_a_dot_before_three_digits_is_ambiguous_in_a_measure() -> None:
    assert read_figure("1.135", whole_number=False) == Unreadable(
        "ambiguous", (Decimal("1.135"), Decimal(1135))
    )
    assert read_figure("-1.135", whole_number=False) == Unreadable(
        "ambiguous", (Decimal("-1.135"), Decimal(-1135))
    )


def test_a_comma_before_three_digits_is_a_decimal_comma_in_a_measure() -> None:
    assert value_of("1,135") == Decimal("1.135")


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", "…", "...", "..", "chưa có", "N/A"])
def test_unknown_is_missing_and_not_zero(raw: str | None) -> None:
    assert read_figure(raw, whole_number=True) == Figure(None, Absence.NOT_AVAILABLE)


@pytest.mark.parametrize("raw", ["-", "–", "—", " - ", "Không phát sinh"])
def test_a_dash_says_that_nothing_happened(raw: str) -> None:
    assert read_figure(raw, whole_number=True) == Figure(None, Absence.NIL)


@pytest.mark.parametrize(
    "raw", ["ước 5", "Ước: 5", "ƯTH 5", "khoảng 5", "5 (ước)", "5(ƯTH)", "5 ước"]
)
def test_an_estimate_is_a_figure_that_says_so(raw: str) -> None:
    assert read_figure(raw, whole_number=True) == Figure(Decimal(5), None, estimate=True)


@pytest.mark.parametrize(
    ("raw", "value", "sign"),
    [("95%", "95", "%"), ("95,3 %", "95.3", "%"), ("8,5‰", "8.5", "‰"), ("ước 95,3%", "95.3", "%")],
)
def test_a_percent_sign_is_noted_and_divides_nothing(raw: str, value: str, sign: str) -> None:
    figure = read_figure(raw, whole_number=False)
    assert isinstance(figure, Figure)
    assert (figure.value, figure.note) == (Decimal(value), sign)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("12 nghìn", "unit_word"), ("3 triệu", "unit_word"), ("1,2 tỷ", "unit_word"),
        ("27 tỷ đồng", "unit_word"), ("02 Trung tâm", "unit_word"), ("27tỷ", "unit_word"),
        ("10-12", "range"), ("10 đến 12", "range"), ("≥ 50%", "range"), ("dưới 8,5‰", "range"),
        ("12 bác sỹ trở lên", "range"),
        ("91.9 (92.0)", "not_a_number"), ("x", "not_a_number"), ("*", "not_a_number"),
        ("1.23.456", "not_a_number"), ("0.123.456", "not_a_number"), ("1 2", "not_a_number"),
        ("1.234,567,890", "not_a_number"), ("5,", "not_a_number"), (",5", "not_a_number"),
        ("00012", "not_a_number"), ("'12", "not_a_number"), ("1e5", "not_a_number"),
        ("１２", "not_a_number"), ("٣", "not_a_number"), ("²", "not_a_number"),
        ("#N/A", "not_a_number"), ("05/01/2024", "not_a_number"), ("ước", "not_a_number"),
        (True, "not_a_number"), (False, "not_a_number"), (date(2024, 1, 5), "not_a_number"),
        (datetime(2024, 1, 5), "not_a_number"), (time(7), "not_a_number"),
        (float("nan"), "not_a_number"), (float("inf"), "not_a_number"),
        (Decimal("sNaN"), "not_a_number"), ("a " * 100, "not_a_number"),
        (1e308, "too_large"), ("100000000000000", "too_large"), (10**14, "too_large"),
        ("1,12345", "too_precise"), (1.123456, "too_precise"), (1e-300, "too_precise"),
        ("-1," + "0" * 40 + "1", "too_precise"),
    ],
)  # fmt: skip
def test_what_is_not_one_storable_number_is_refused_with_its_reason(
    raw: object, reason: str
) -> None:
    assert reason_of(raw) == reason


def test_true_is_refused_even_after_one_was_read() -> None:
    assert value_of(1) == 1
    assert reason_of(True) == "not_a_number"
    assert value_of(1.0) == 1


def in_vietnamese(value: Decimal, *, grouped: bool = True) -> str:
    """The oracle: write a number as an official document does."""
    written = f"{value:,f}" if grouped else f"{value:f}"
    return written.translate(str.maketrans(",.", ".,"))


decimals = st.decimals(-(10**13), 10**13, places=4, allow_nan=False, allow_infinity=False)
counts = st.integers(-(10**13), 10**13)


@given(decimals, st.booleans())
def test_a_measure_written_in_vietnamese_is_read_back(value: Decimal, grouped: bool) -> None:
    assert value_of(in_vietnamese(value, grouped=grouped)) == value


@given(counts, st.booleans())
def test_a_count_written_in_vietnamese_is_read_back(count: int, grouped: bool) -> None:
    assert value_of(in_vietnamese(Decimal(count), grouped=grouped), whole_number=True) == count


@given(counts)
def test_a_measure_with_thousands_is_never_silently_a_thousandth(count: int) -> None:
    read = read_figure(in_vietnamese(Decimal(count)), whole_number=False)
    assert read == Figure(Decimal(count), None) or (
        isinstance(read, Unreadable) and Decimal(count) in read.readings
    )


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_spreadsheet_number_is_the_decimal_it_shows(value: Decimal) -> None:
    assert value_of(float(value)) == value


@given(st.one_of(st.text(), st.text("0123456789.,-–() %‰ước"), st.floats(), st.integers()))
def test_reading_never_raises_and_never_gives_two_things(raw: str | float) -> None:
    for whole_number in (True, False):
        read = read_figure(raw, whole_number=whole_number)
        assert isinstance(read, Unreadable) or (read.value is None) != (read.absence is None)


@given(st.text("0123456789.,", min_size=1, max_size=12))
def test_an_accepted_number_keeps_every_digit_that_was_written(raw: str) -> None:
    read = read_figure(raw, whole_number=False)
    assume(isinstance(read, Figure) and read.value is not None)
    assert isinstance(read, Figure)
    digits = [each for each in raw if each.isdigit()]
    read_digits = [each for each in f"{read.value:f}" if each.isdigit()]
    assert "".join(digits).strip("0") == "".join(read_digits).strip("0")
