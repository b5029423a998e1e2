"""A cell of a quantity: one reading, or a question that names both; never a silent guess."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.figure_of import Read, figure_of
from etl.measures import Measures
from etl.numbers import Absence, Figure, Raw, read_figure
from indicators.catalogue import Behaviour, Quantity
from tests.etl.cases import quantity_of
from tests.etl.tables import deployment

MEASURES = Measures(tuple(deployment().catalogue.measures.values()))
COUNT = quantity_of("người", Behaviour.STOCK)
MONEY = quantity_of("tiền", Behaviour.FLOW, unit_of_measure="đồng")
WEIGHT = quantity_of("cân", Behaviour.FLOW, whole_number=False, unit_of_measure="kg")
RATE = replace(WEIGHT, unit_of_measure="%", minimum=Decimal(0), plausible=(Decimal(1), Decimal(20)))


def read(raw: Raw, quantity: Quantity = COUNT, stated: str | None = None) -> Read:
    return figure_of(raw, quantity, MEASURES, stated)


def value_of(found: Read) -> Decimal | None:
    assert found.figure is not None
    return found.figure.value


def codes(found: Read) -> list[str]:
    return [remark.code for remark in found.remarks]


# --- dot of thousands or decimal comma


def test_a_dot_before_three_digits_is_decided_by_the_band_and_said() -> None:
    found = read("1.135", RATE)
    assert (value_of(found), codes(found)) == (Decimal("1.135"), ["number-by-band"])
    assert found.remarks[0].facts["used"] == "1,135" and found.remarks[0].facts["other"] == "1135"
    large = replace(RATE, plausible=(Decimal(500), Decimal(5000)))
    assert value_of(read("1.135", large)) == 1135


def test_the_question_is_put_where_both_readings_or_none_are_plausible() -> None:
    for quantity in (WEIGHT, replace(RATE, plausible=(Decimal(50), Decimal(60)))):
        found = read("1.135", quantity)
        assert (found.figure, codes(found)) == (None, ["number-ambiguous"])
        assert found.remarks[0].facts["readings"] == "1,135 / 1135"


def test_a_percent_sign_and_an_estimate_stay_with_the_reading() -> None:
    figure = read("ước 1.135%", RATE).figure
    assert figure == Figure(Decimal("1.135"), None, estimate=True, note="%")


def test_a_count_with_a_dot_is_thousands_without_a_word() -> None:
    assert read("1.135") == Read(Figure(Decimal(1135), None))


@pytest.mark.parametrize(
    ("raw", "meant"), [(1.135, 1135), (36.505, 36505), (Decimal("2.001"), 2001)]
)
def test_a_spreadsheet_number_with_three_decimals_lost_its_thousands(raw: Raw, meant: int) -> None:
    found = read(raw)
    assert (value_of(found), codes(found)) == (meant, ["number-thousands"])
    assert str(value_of(found)) == str(meant)
    assert found.remarks[0].facts["used"] == str(meant)


@pytest.mark.parametrize("raw", [1.5, 0.135, 1234.567, "0,135"])
def test_other_decimals_of_a_count_are_left_for_the_bounds_to_refuse(raw: Raw) -> None:
    found = read(raw)
    assert found.remarks == () and value_of(found) == Decimal(str(raw).replace(",", "."))


def test_thousands_beyond_the_maximum_were_not_lost() -> None:
    assert codes(read(1.135, replace(COUNT, maximum=Decimal(100)))) == []


# --- words and multiples


@pytest.mark.parametrize(
    ("raw", "quantity", "value"),
    [
        ("12 nghìn", COUNT, 12000), ("1,2 nghìn người", COUNT, 1200), ("12 người", COUNT, 12),
        ("1,25 tỷ đồng", MONEY, 1_250_000_000), ("27tỷ", MONEY, 27_000_000_000),
        ("2.825 Tỷ đồng", replace(MONEY, maximum=Decimal(10**10)), 2_825_000_000),
        ("2 tấn", WEIGHT, 2000),
    ],
)  # fmt: skip
def test_a_cell_that_states_its_multiple_is_converted_and_said(
    raw: str, quantity: Quantity, value: int
) -> None:
    found = read(raw, quantity)
    assert value_of(found) == value and codes(found)[-1] == "number-converted"


@pytest.mark.parametrize("raw", ["12 bác sĩ", "3 triệu đồng", "12 quả"])
def test_words_of_another_measure_are_refused(raw: str) -> None:
    assert codes(read(raw)) == ["number-unit-word"]


def test_a_dot_under_a_multiple_is_a_question() -> None:
    found = read("2.825 tỷ đồng", MONEY)
    assert (found.figure, codes(found)) == (None, ["number-ambiguous"])
    assert found.remarks[0].facts["readings"] == "2,825 / 2825"


def test_a_stated_measure_of_the_column_converts_without_a_word_for_each_cell() -> None:
    assert read(1.5, MONEY, "triệu đồng") == Read(Figure(Decimal(1_500_000), None))
    assert read("1,5", MONEY, "triệu đồng") == Read(Figure(Decimal(1_500_000), None))
    assert read("ước 2", MONEY, "tỷ đồng").figure == Figure(Decimal(2 * 10**9), None, estimate=True)
    assert read("-", MONEY, "tỷ đồng").figure == Figure(None, Absence.NIL)


def test_a_column_in_no_known_measure_is_read_as_it_stands() -> None:
    assert read("12", COUNT, "quả") == Read(Figure(Decimal(12), None))


def test_cell_and_column_must_state_the_same_multiple() -> None:
    assert value_of(read("12 triệu đồng", MONEY, "triệu đồng")) == 12_000_000
    assert codes(read("12 tỷ đồng", MONEY, "triệu đồng")) == ["number-unit-word"]


def test_a_conversion_that_cannot_be_stored_is_refused() -> None:
    assert codes(read("99999999", MONEY, "tỷ đồng")) == ["number-too-large"]
    assert codes(read("0,123", replace(WEIGHT, unit_of_measure="tấn"), "gam")) == [
        "number-too-precise"
    ]


# --- two values


@pytest.mark.parametrize("raw", ["91.9 (92.0)", "91,9 [92,0]", "1.234(1.200)"])
def test_two_values_in_a_cell_are_named_both(raw: str) -> None:
    found = read(raw, WEIGHT)
    assert (found.figure, codes(found)) == (None, ["number-two-values"])
    assert found.remarks[0].facts["first"] in raw and found.remarks[0].facts["second"] in raw


@pytest.mark.parametrize("raw", ["12 (xem ghi chú)", "x (3)", "mười"])
def test_other_brackets_are_not_two_values(raw: str) -> None:
    assert codes(read(raw)) == ["number-unreadable"]


# --- absences


def test_nil_unknown_blank_and_zero_are_four_things() -> None:
    assert read("-").figure == Figure(None, Absence.NIL)
    assert read("…").figure == Figure(None, Absence.NOT_AVAILABLE)
    assert read("").figure == Figure(None, Absence.NOT_AVAILABLE)
    assert read("0").figure == Figure(Decimal(0), None)
    assert read(0).figure == read("0").figure


raws = st.one_of(
    st.text(max_size=12), st.text("0123456789.,-()%  nghìtrệuỷđồg", max_size=14), st.floats(),
    st.integers(-(10**6), 10**6),
)  # fmt: skip


@given(raws, st.sampled_from([COUNT, MONEY, WEIGHT, RATE]))
def test_a_cell_is_read_or_refused_and_never_both(raw: Raw, quantity: Quantity) -> None:
    found = read(raw, quantity)
    assert (found.figure is None) <= bool(found.remarks)
    plain = read_figure(raw, whole_number=quantity.whole_number)
    if isinstance(plain, Figure) and found.figure != plain:
        assert codes(found) == ["number-thousands"]


@given(st.integers(0, 999_999), st.sampled_from(["nghìn", "triệu", "tỷ"]))
def test_a_multiple_of_a_count_is_exact(count: int, word: str) -> None:
    factor = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
    found = read(f"{count} {word} đồng", MONEY)
    if found.figure is None:
        assert count * factor >= 10**14
    else:
        assert value_of(found) == count * factor
