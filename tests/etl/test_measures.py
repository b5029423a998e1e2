"""Units of measure: converted exactly where the file states them, and not otherwise."""

from decimal import Decimal

import pytest

from etl.measures import Measures, measure_in_heading, measure_in_title, split_cell
from tests.etl.tables import deployment

MEASURES = Measures(tuple(deployment().catalogue.measures.values()))


@pytest.mark.parametrize(
    ("stated", "wanted", "factor"),
    [
        ("triệu đồng", "đồng", "1000000"), ("Triệu Đồng", "đồng", "1000000"),
        ("tỷ đồng", "đồng", "1000000000"), ("tỉ đồng", "triệu đồng", "1000"),
        ("nghìn đồng", "đồng", "1000"), ("ngàn đồng", "đồng", "1000"),
        ("1.000 đồng", "đồng", "1000"), ("đồng", "triệu đồng", "0.000001"),
        ("trđ", "đồng", "1000000"), ("VNĐ", "đồng", "1"), ("đ", "đồng", "1"),
        ("nghìn người", "người", "1000"), ("vạn dân", "dân", "10000"), ("nghìn", "người", "1000"),
        ("triệu", "đồng", "1000000"), ("nghìn tỷ đồng", "đồng", "1000000000000"),
        ("người", "người", "1"), ("tấn", "kg", "1000"), ("tạ", "kg", "100"), ("gam", "kg", "0.001"),
        ("%", "%", "1"),
    ],
)  # fmt: skip
def test_a_stated_measure_has_an_exact_factor(stated: str, wanted: str, factor: str) -> None:
    assert MEASURES.factor(stated, wanted) == Decimal(factor)


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("người", "đồng"), ("%", "người"), ("triệu người", "đồng"), ("nghìn", "triệu đồng"),
        ("tỷ lệ", "đồng"), ("trạm", "xã"), ("nghìnngười", "người"), ("kg", "đồng"),
    ],
)  # fmt: skip
def test_what_cannot_be_converted_has_no_factor(stated: str, wanted: str) -> None:
    assert MEASURES.factor(stated, wanted) is None


@pytest.mark.parametrize(
    ("texts", "measure"),
    [
        (["BIỂU 1", "ĐVT: triệu đồng"], "triệu đồng"),
        (["Đơn vị tính: 1.000 người; kỳ báo cáo: quý I"], "1.000 người"),
        (["(ĐVT: nghìn đồng)"], "nghìn đồng"),
        (["Đơn vị: Sở Y tế", "Quý I/2021"], None),
        ([], None),
    ],
)
def test_a_line_above_the_table_may_state_the_measure(
    texts: list[str], measure: str | None
) -> None:
    assert measure_in_title(texts) == measure


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Giá trị (triệu đồng)", "triệu đồng"), ("Giá trị [tỷ đồng] ", "tỷ đồng"),
        ("Giá trị (ĐVT: triệu đồng)", "triệu đồng"), ("Giá trị", None), ("(1) Giá trị", None),
    ],
)  # fmt: skip
def test_a_heading_may_state_it_in_brackets(heading: str, measure: str | None) -> None:
    assert measure_in_heading(heading) == measure


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("1,2 tỷ đồng", ("1,2", "tỷ đồng")), ("27tỷ", ("27", "tỷ")), ("405 nghìn", ("405", "nghìn")),
        ("1.234 người", ("1.234", "người")), ("mười", None), ("12", None), ("12 của 13", None),
    ],
)  # fmt: skip
def test_a_cell_is_number_and_words(cell: str, parts: tuple[str, str] | None) -> None:
    assert split_cell(cell) == parts


@pytest.mark.parametrize(
    ("stated", "wanted", "factor"),
    [
        ("người", "bác sĩ", 1), ("nghìn người", "dược sĩ", 1000), ("cơ sở", "trạm", 1),
        ("triệu đồng", "đồng", 1_000_000), ("người", "trạm", None), ("bác sĩ", "người", None),
        ("nghìn", "bác sĩ", 1000), ("đồng", "bác sĩ", None),
    ],
)  # fmt: skip
def test_a_column_may_name_what_it_counts_in_a_wider_word(
    stated: str, wanted: str, factor: int | None
) -> None:
    found = MEASURES.factor_of_column(stated, wanted)
    assert found == (None if factor is None else Decimal(factor))


def test_in_a_cell_a_wider_word_stays_another_measure() -> None:
    assert MEASURES.factor("người", "bác sĩ") is None
