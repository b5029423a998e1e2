"""Where the heading is, what its columns mean, and what the texts around the table add."""

import pytest

from etl.grid import ErrorCell
from tests.etl.tables import CENTRE, HOSPITAL, codes, facts, hints, recognised, sheet

ONE = {(CENTRE, "2021-Q3", "doctors", "12")}
TABLE = "Đơn vị | Bác sĩ\nTTYT Như Thanh | 12"
OWN = "Kỳ | Bác sĩ\n2021-Q3 | 12"


@pytest.mark.parametrize(
    "title",
    [
        "BÁO CÁO QUÝ III/2021",
        "Kỳ báo cáo: Quý III năm 2021",
        "Quý III/2021, thực hiện Kế hoạch năm 2021",
        "Thanh Hóa, ngày 10 tháng 10 năm 2021\nBÁO CÁO QUÝ III/2021",
        "BÁO CÁO QUÝ III/2021\nThanh Hóa, ngày 10 tháng 10 năm 2021",
    ],
)
def test_the_period_comes_from_the_title(title: str) -> None:
    found = recognised(f"SỞ Y TẾ THANH HÓA\n{title}\n\n{TABLE}")
    assert facts(found) == ONE and not found.findings


def test_the_period_comes_from_the_sheet_or_the_file() -> None:
    assert facts(recognised(sheet(TABLE, "Quý III-2021"))) == ONE
    assert facts(recognised(TABLE, file="2021-Q3_ttyt.csv")) == ONE
    assert facts(recognised(TABLE, file="thu-muc/2021-Q3_ttyt.csv")) == ONE
    assert codes(recognised(TABLE, file="2021-Q3/ttyt.csv")) == ["period-missing"]


def test_the_period_comes_from_a_column_or_a_heading() -> None:
    assert facts(recognised("Đơn vị | Kỳ | Bác sĩ\nTTYT Như Thanh | Quý III/2021 | 12")) == ONE
    across = "Đơn vị | Chỉ tiêu | Quý II/2021 | Quý III/2021\nTTYT Như Thanh | Bác sĩ | 11 | 12"
    assert facts(recognised(across)) == ONE | {(CENTRE, "2021-Q2", "doctors", "11")}


def test_the_period_comes_from_the_sender_where_nothing_else_says_it() -> None:
    assert codes(recognised(TABLE)) == ["period-missing"]
    assert facts(recognised(TABLE, given=hints("2021-Q3"))) == ONE


def test_two_periods_in_one_title_row_are_not_guessed_from() -> None:
    found = recognised("Quý II/2021 | Quý III/2021\n" + TABLE)
    assert codes(found) == ["period-missing"]


def test_a_title_that_contradicts_the_sender_asks_for_a_reason() -> None:
    found = recognised("BÁO CÁO QUÝ II/2021\n" + TABLE, given=hints("2021-Q3"))
    assert facts(found) == ONE and codes(found) == ["choice-differs"]


def test_a_column_that_contradicts_the_sender_asks_for_a_reason() -> None:
    rows = "Đơn vị | Kỳ | Bác sĩ\nTTYT Như Thanh | 2021-Q3 | 12"
    found = recognised(rows, given=hints("2021-Q2", HOSPITAL))
    assert facts(found) == ONE and codes(found) == ["choice-differs"] * 2
    assert codes(recognised(rows, given=hints("2021-Q3", CENTRE))) == []


@pytest.mark.parametrize(
    "title",
    ["TTYT huyện Như Thanh", "Đơn vị báo cáo: TTYT huyện Như Thanh", "Đơn vị: th-ttyt-nhu-thanh"],
)
def test_the_unit_comes_from_the_title(title: str) -> None:
    found = recognised(f"{title}\n{OWN}")
    assert facts(found) == ONE and not found.findings


def test_the_unit_comes_from_sheet_file_or_sender() -> None:
    assert facts(recognised(sheet(OWN, "TTYT Như Thanh"))) == ONE
    assert facts(recognised(OWN, file="TTYT Như Thanh.xlsx")) == ONE
    assert facts(recognised(OWN, given=hints(unit=CENTRE))) == ONE
    assert codes(recognised(OWN)) == ["unit-missing"]


def test_another_unit_in_the_title_than_the_sender_chose_asks_for_a_reason() -> None:
    found = recognised(f"TTYT Như Thanh\n{OWN}", given=hints(unit=HOSPITAL))
    assert codes(found) == ["choice-differs"]
    assert codes(recognised(f"TTYT Như Thanh\n{OWN}", given=hints(unit=CENTRE))) == []


def test_an_area_in_the_title_is_no_unit_where_several_report() -> None:
    rows = "Số liệu | Kỳ | Giá trị\nBác sĩ | 2021-Q3 | 12"
    assert codes(recognised(f"Như Thanh\n{rows}")) == ["unit-missing"]


def test_an_area_that_only_one_unit_reports_for_is_taken_and_said() -> None:
    found = recognised("Huyện Như Thanh\nKỳ | communes | stations\n2021-Q3 | 14 | 14")
    assert {u for u, *_ in facts(found)} == {CENTRE}
    assert codes(found) == ["unit-by-area"]
    assert "Như Thanh" in found.findings[0].got


def test_a_table_without_heading_says_so() -> None:
    assert codes(recognised("a | b\n1 | 2")) == ["heading-not-found"]
    assert codes(recognised("Đơn vị | Ghi chú\nTTYT Như Thanh | 12")) == ["heading-not-found"]


def test_an_empty_sheet_has_no_heading() -> None:
    assert codes(recognised(sheet([]))) == ["heading-not-found"]


def test_figures_without_a_quantity_say_so() -> None:
    assert codes(recognised("Đơn vị | Quý III/2021\nTTYT Như Thanh | 12")) == ["quantity-missing"]


def test_years_of_a_workbook_are_headings() -> None:
    rows = [["Chỉ tiêu", 2019.0, 2020], ["births_male", 2015.0, 1990]]
    found = recognised(sheet(rows), given=hints(unit=CENTRE))
    assert facts(found) == {
        (CENTRE, "2019", "births_male", "2015"),
        (CENTRE, "2020", "births_male", "1990"),
    }


def test_a_row_of_figures_is_never_the_heading() -> None:
    rows = "Đơn vị | Kỳ | Bác sĩ | Dân số\nTTYT Như Thanh | 2021-Q3 | 2015 | 2020"
    assert len(facts(recognised(rows))) == 2


@pytest.mark.parametrize(
    "heading",
    ["Đơn vị | Cơ sở | Bác sĩ", "Bác sĩ | Đơn vị | Số bác sĩ", "Đơn vị | Bác sĩ | doctors"],
)
def test_two_columns_that_mean_the_same_are_a_refusal(heading: str) -> None:
    found = recognised(f"Quý III/2021\n{heading}\nTTYT Như Thanh | 12 | 13")
    assert "column-twice" in codes(found)


def test_a_value_column_beside_quantity_columns_is_not_dropped() -> None:
    found = recognised("Quý III/2021\nĐơn vị | Bác sĩ | Kết quả\nTTYT Như Thanh | 12 | 13")
    assert codes(found) == ["quantity-missing"]
    both = "Quý III/2021\nĐơn vị | Chỉ tiêu | Giá trị | Bác sĩ\nTTYT Như Thanh | communes | 14 | 12"
    assert facts(recognised(both)) == ONE | {(CENTRE, "2021-Q3", "communes", "14")}


@pytest.mark.parametrize("cell", ["5", "3,5%", "-", "…", "1.234", "10-12", "5 người"])
def test_an_unknown_column_over_figures_is_a_refusal(cell: str) -> None:
    found = recognised(f"2021-Q3\nĐơn vị | Bác sĩ | So cùng kỳ\nTTYT Như Thanh | 12 | {cell}")
    assert codes(found) == ["column-unknown"]
    assert found.findings[0].place.cell == "C2"


@pytest.mark.parametrize("cell", [5, 5.5, True, ErrorCell("#N/A")])
def test_an_unknown_column_over_spreadsheet_values_is_a_refusal(cell: object) -> None:
    rows = [["Đơn vị", "Kỳ", "Bác sĩ", "Khác"], ["TTYT Như Thanh", "2021-Q3", 12, cell]]
    assert codes(recognised(sheet(rows))) == ["column-unknown"]
    bare = [["Đơn vị", "Kỳ", "Bác sĩ"], ["TTYT Như Thanh", "2021-Q3", 12, cell]]
    assert codes(recognised(sheet(bare))) == ["column-without-heading"]


def test_an_unknown_column_over_words_is_noted() -> None:
    found = recognised("2021-Q3\nĐơn vị | Bác sĩ | Phụ trách\nTTYT Như Thanh | 12 | Nguyễn Văn A")
    assert facts(found) == ONE and codes(found) == ["column-ignored"]


def test_an_unknown_column_over_nothing_is_noted() -> None:
    found = recognised("2021-Q3\nĐơn vị | Bác sĩ | Trống\n(1) | (2) | (3)\nTTYT Như Thanh | 12 |")
    assert facts(found) == ONE and codes(found) == ["column-empty", "row-numbers"]


def test_figures_without_any_heading_are_a_refusal() -> None:
    found = recognised("2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12 | 99")
    assert codes(found) == ["column-without-heading"]


def test_words_of_a_signature_beside_the_table_are_no_column() -> None:
    found = recognised(f"2021-Q3\n{TABLE}\n\n | | Người lập biểu | Thủ trưởng đơn vị")
    assert facts(found) == ONE and codes(found) == ["row-ignored"]
