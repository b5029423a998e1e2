"""Tables as they are printed: stacked headings, tables below one another, totals, marks, pages."""

from dataclasses import replace

import pytest

from etl.entries import Hints, Source
from etl.grid import Merge, Sheet
from etl.recognise import recognise
from indicators.wording import HeadingWords, PeriodWord, Wording
from tests.etl.tables import (
    CENTRE,
    DOCTORS,
    FOUR,
    OTHERS,
    PEOPLE,
    TODAY,
    codes,
    deployment,
    facts,
    recognised,
    sheet,
    worded,
)

# ---- Headings over several rows ------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "STT | Đơn vị | Quý II/2021 | | Quý III/2021 |\n | | Bác sĩ | Dân số | Bác sĩ | Dân số",
        "STT | Đơn vị | Quý II/2021 | | Quý III/2021 |\n | | Bác sĩ | Dân số | Bác sĩ | Dân số"
        "\n(1) | (2) | (3) | (4) | (5) | (6)",
        "STT | Đơn vị | Quý II/2021 | Quý II/2021 | Quý III/2021 | Quý III/2021\n"
        "STT | Đơn vị | Bác sĩ | Dân số | Bác sĩ | Dân số",
        "STT | Đơn vị | Năm 2021 | | |\n | | Quý II | | Quý III |\n"
        " | | Bác sĩ | Dân số | Bác sĩ | Dân số",
        "STT | Đơn vị | Thực hiện Quý II/2021 | | Thực hiện Quý III/2021 |\n"
        " | | Bác sĩ | Dân số | Bác sĩ | Dân số",
    ],
)  # fmt: skip
def test_period_over_quantity(heading: str) -> None:
    found = recognised(f"{heading}\n1 | TTYT Như Thanh | 11 | 94.000 | 12 | 95.000")
    assert facts(found) == FOUR
    assert not set(codes(found)) - {"row-numbers"}


def test_quantity_over_period() -> None:
    found = recognised(
        "Đơn vị | Bác sĩ | | Dân số |\n | Quý II/2021 | Quý III/2021 | Quý II/2021 | Quý III/2021\n"
        "TTYT Như Thanh | 11 | 12 | 94.000 | 95.000"
    )
    assert facts(found) == FOUR and not found.findings


def test_a_merged_heading_stands_over_its_range() -> None:
    rows = [
        ["Đơn vị", "Quý II/2021", None, "Quý III/2021", None],
        [None, "Bác sĩ", "Dân số", "Bác sĩ", "Dân số"],
        ["TTYT Như Thanh", 11, 94000, 12, 95000],
    ]
    merged = (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 0, 4))
    assert facts(recognised(Sheet(None, rows, range(1, 4), merged=merged))) == FOUR


def test_a_title_merged_over_the_table_is_no_heading() -> None:
    rows = [["Quý III/2021", None], ["Đơn vị", "Bác sĩ"], ["TTYT Như Thanh", 12]]
    found = recognised(Sheet(None, rows, range(1, 4), merged=(Merge(0, 0, 0, 1),)))
    assert facts(found) == {DOCTORS} and found.tables[0].heading_rows == (2,)


def test_a_qualifier_must_be_known() -> None:
    """Doctors of whom something is said are not doctors: the column stops the file."""
    found = recognised(
        "2021-Q3\nĐơn vị | Bác sĩ | Dân số\n | Nữ | Nam\nTTYT Như Thanh | 12 | 95.000"
    )
    assert not len(found.entries)
    over = recognised(
        "2021-Q3\nĐơn vị | Khối tư nhân | | Dân số\n | Bác sĩ | Điều dưỡng | \n"
        "TTYT Như Thanh | 12 | 20 | 95.000"
    )
    assert facts(over) == {PEOPLE}
    assert [f.got for f in over.findings if f.code == "column-unknown"] == [
        "Khối tư nhân / Bác sĩ", "Khối tư nhân / Điều dưỡng",
    ]  # fmt: skip


def test_a_neutral_word_over_a_heading_adds_nothing() -> None:
    table = (
        "2021-Q3\nĐơn vị | Khối tư nhân | | \n | Bác sĩ | Dân số |\nTTYT Như Thanh | 12 | 95.000 |"
    )
    words = Wording(HeadingWords(neutral=("Khối tư nhân",)))
    assert facts(worded(table, words)) == {DOCTORS, PEOPLE}


def test_the_path_of_a_heading_may_be_the_quantity() -> None:
    place = deployment()
    quantities = dict(place.catalogue.quantities)
    quantities["doctors"] = replace(quantities["doctors"], headings=("Nhân lực y / Trình độ cao",))
    place = replace(place, catalogue=replace(place.catalogue, quantities=quantities))
    table = sheet(
        "2021-Q3\nĐơn vị | Nhân lực y | | Dân số\n | Trình độ cao | Lạ |\n"
        "TTYT Như Thanh | 12 | | 95.000"
    )
    found = recognise((table,), "tep.csv", place, Hints(TODAY))
    assert facts(found) == {DOCTORS, PEOPLE}


def test_a_quantity_in_a_title_and_periods_in_the_headings() -> None:
    found = recognised(
        "Số bác sĩ phân theo đơn vị\n\nĐơn vị | Quý II/2021 | Sơ bộ Quý III/2021\n"
        "TTYT Như Thanh | 11 | 12"
    )
    assert facts(found) == {(CENTRE, "2021-Q2", "doctors", "11")}
    assert "column-unknown" in codes(found)
    plain = recognised("Số bác sĩ phân theo đơn vị\nĐơn vị | Quý III/2021\nTTYT Như Thanh | 12")
    assert facts(plain) == {DOCTORS} and not plain.findings
    assert dict(plain.tables[0].columns[1].sources)["quantity"] is Source.TITLE


def test_another_measure_in_a_heading_is_converted_or_asked_about() -> None:
    rows = "2021-Q3\nĐơn vị | Dân số ({})\nTTYT Như Thanh | 95.000"
    assert codes(recognised(rows.format("hộ"))) == ["measure-differs"]
    asked = ["measure-converted", "number-ambiguous"]  # 95 thousand people or 95 million
    assert codes(recognised(rows.format("nghìn người"))) == asked
    assert codes(recognised(rows.format("người"))) == []
    assert facts(recognised(rows.format("người"))) == {PEOPLE}


def test_doctors_may_be_headed_as_persons() -> None:
    found = recognised("2021-Q3\nĐơn vị | Bác sĩ (người)\nTTYT Như Thanh | 12")
    assert facts(found) == {DOCTORS} and codes(found) == []


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("Năm | Tháng", "2021 | 9"),
        ("Năm | Tháng", "2021 | Tháng 9"),
        ("year | month", "2021 | September"),
        ("Từ ngày | Đến ngày", "01/09/2021 | 30/9/2021"),
        ("Từ ngày | Đến ngày", "2021-09-01 | 2021-09-30"),
    ],
)
def test_a_period_in_two_columns(columns: str, cells: str) -> None:
    found = recognised(f"Đơn vị | {columns} | Bác sĩ\nTTYT Như Thanh | {cells} | 12")
    assert facts(found) == {(CENTRE, "2021-09", "doctors", "12")}


@pytest.mark.parametrize("cells", ["2021 | 13", "hôm qua | 9", "2021 | mai", "2021-Q3 | 9"])
def test_two_cells_that_are_no_period(cells: str) -> None:
    found = recognised(f"Đơn vị | Năm | Tháng | Bác sĩ\nTTYT Như Thanh | {cells} | 12")
    assert codes(found) == ["period-unknown"]


def test_units_may_be_headings() -> None:
    found = recognised(
        "Quý III/2021\nChỉ tiêu | TTYT Như Thanh | TTYT Nga Sơn | Tổng cộng\nBác sĩ | 12 | 20 | 32"
    )
    assert facts(found) == {DOCTORS, OTHERS} and codes(found) == ["column-total"]
    (total,) = found.totals
    assert (total.quantity, total.period, str(total.figure.value)) == ("doctors", "2021-Q3", "32")


def test_a_period_that_only_this_deployment_writes_so() -> None:
    words = Wording(periods=(PeriodWord("Đợt 3", "2021-Q3"),))
    found = worded("Đơn vị | Kỳ | Bác sĩ\nTTYT Như Thanh | Đợt 3 | 12", words)
    assert facts(found) == {DOCTORS}


# ---- Tables below one another --------------------------------------------------------------------


def test_the_heading_of_each_printed_page_is_passed_over() -> None:
    head = "Đơn vị | Bác sĩ\n(1) | (2) "
    found = recognised(
        f"Quý III/2021\n{head}\nTTYT Như Thanh | 12\nĐơn vị | Bác sĩ\nTTYT Nga Sơn | 20"
    )
    assert facts(found) == {DOCTORS, OTHERS} and "heading-repeated" in codes(found)
    assert len(found.tables) == 1


def test_another_heading_starts_another_table() -> None:
    found = recognised(
        "Quý III/2021\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12\n\nĐơn vị | Dân số\n"
        "TTYT Như Thanh | 95.000"
    )
    assert facts(found) == {DOCTORS, PEOPLE} and not found.findings
    assert [t.heading_rows for t in found.tables] == [(2,), (5,)]


def test_a_block_for_each_unit_or_period() -> None:
    block = "Chỉ tiêu | Giá trị\nBác sĩ | "
    found = recognised(
        f"Quý III/2021\nTTYT huyện Như Thanh\n{block}12\nTTYT huyện Nga Sơn\n{block}20"
    )
    assert facts(found) == {DOCTORS, OTHERS}
    wide = "Đơn vị | Bác sĩ\nTTYT Như Thanh | "
    periods = recognised(f"Quý II/2021\n{wide}11\n\nQuý III/2021\n{wide}12")
    assert facts(periods) == {DOCTORS, (CENTRE, "2021-Q2", "doctors", "11")}


def test_a_block_of_a_unit_that_nobody_knows_is_not_given_to_the_one_above() -> None:
    block = "Chỉ tiêu | Giá trị\nBác sĩ | "
    found = recognised(f"Quý III/2021\nTTYT Như Thanh\n{block}12\nTTYT Atlantis\n{block}20")
    assert facts(found) == {DOCTORS} and "unit-missing" in codes(found)
