"""From cells to figures: three layouts, rows that are none, and nothing lost without a word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.cells import is_blank, is_column_numbers, text_at
from etl.entries import Recognised
from etl.findings import Severity, severity_of
from etl.grid import ErrorCell, Sheet
from etl.match_units import matcher_for
from etl.numbers import Absence
from indicators.deployment import load_deployment
from indicators.period import parse_period
from tests.etl.tables import CENTRE, HOSPITAL, codes, facts, hints, recognised, sheet

DOCTORS = (CENTRE, "2021-Q3", "doctors", "12")
PEOPLE = (CENTRE, "2021-Q3", "population", "95000")


def test_a_long_file_has_one_row_a_figure() -> None:
    found = recognised(
        f"unit | period | quantity | value\n{CENTRE} | 2021-Q3 | doctors | 12\n"
        "TTYT Như Thanh | Quý III/2021 | Dân số | 95.000"
    )
    assert facts(found) == {DOCTORS, PEOPLE} and not found.findings
    e = found.entries
    assert (e.row, e.column, e.raw) == ([2, 3], [4, 4], ["12", "95.000"])


def test_the_columns_of_a_long_file_come_in_any_order() -> None:
    found = recognised("Giá trị | Số liệu | Kỳ | Đơn vị\n12 | Bác sĩ | 2021-Q3 | TTYT Như Thanh")
    assert facts(found) == {DOCTORS}


def test_a_wide_file_has_one_row_a_unit() -> None:
    found = recognised(
        "Quý III/2021\nSTT | Đơn vị | Bác sĩ | Dân số | Ghi chú\n"
        "1 | TTYT Như Thanh | 12 | 95.000 | tăng 2\n2 | TTYT Nga Sơn | 20 | 140.000 |"
    )
    assert facts(found) >= {DOCTORS, PEOPLE} and len(found.entries) == 4 and not found.findings


def test_the_same_heading_means_each_kinds_own_unit() -> None:
    found = recognised("2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12\nBVĐK Như Thanh | 40")
    assert facts(found) == {DOCTORS, (HOSPITAL, "2021-Q3", "doctors", "40")}


def test_one_unit_may_have_a_row_for_each_quantity_and_a_column_for_each_period() -> None:
    found = recognised(
        "TTYT huyện Như Thanh\nTT | Nội dung | ĐVT | Quý II/2021 | Quý III/2021\n"
        "I | Nhân lực | | |\n1 | Bác sĩ | bác sĩ | 11 | 12\n2 | Dân số | người | 94.000 | 95.000"
    )
    assert facts(found) >= {DOCTORS, PEOPLE} and len(found.entries) == 4
    assert codes(found) == ["row-ignored"]


def test_totals_and_group_rows_are_said_and_not_loaded() -> None:
    found = recognised(
        "2021-Q3\nĐơn vị | Bác sĩ\nTuyến huyện |\nTTYT Như Thanh | 12\nTổng cộng | 12\nTOÀN TỈNH | 12"
    )
    assert facts(found) == {DOCTORS}
    assert codes(found) == ["row-ignored", "row-total", "row-total"]


def test_a_total_in_a_long_file_is_no_unit() -> None:
    rows = f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|12\nTổng cộng|2021-Q3|doctors|12"
    assert codes(recognised(rows)) == ["row-total"]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("(1)|(2)|(3)", True), ("1|2|3|4", True), ("A|B|1|2", True), ("1|2", False),
        ("1|TTYT Như Thanh|3", False), ("5|6|7", False), ("1|2|4", False), ("A|B|C", False),
    ],
)  # fmt: skip
def test_a_row_that_only_numbers_the_columns(row: str, numbers: bool) -> None:
    assert is_column_numbers(list(row.split("|"))) is numbers


def test_column_numbers_stand_right_below_the_heading() -> None:
    head = "2021-Q3\nĐơn vị | Bác sĩ | Dân số"
    found = recognised(f"{head}\n(1) | (2) | (3)\nTTYT Như Thanh | 12 | 95.000")
    assert facts(found) == {DOCTORS, PEOPLE} and codes(found) == ["row-numbers"]
    later = recognised(f"{head}\nTTYT Như Thanh | 12 | 95.000\n1 | 2 | 3")
    assert codes(later) == ["unit-unknown"]
    long = f"unit|period|quantity|value\n(1)|(2)|(3)|(4)\n{CENTRE}|2021-Q3|doctors|12"
    assert facts(recognised(long)) == {DOCTORS}


def test_signatures_below_the_table_are_passed_over() -> None:
    found = recognised(
        f"unit | period | quantity | value\n{CENTRE} | 2021-Q3 | doctors | 12\n\n"
        "Người lập biểu | | Thủ trưởng đơn vị |\nNguyễn Văn A"
    )
    assert facts(found) == {DOCTORS} and codes(found) == ["row-ignored"] * 2


def test_a_line_of_the_form_left_blank_is_silent() -> None:
    rows = f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|\n{CENTRE}|2021-Q3|population| "
    found = recognised(rows)
    assert not found.findings and not len(found.entries)


def test_nil_and_not_available_are_statements_and_a_blank_is_none() -> None:
    rows = "\n".join(f"{CENTRE}|2021-Q3|{q}" for q in ("doctors|-", "insured|…", "stations|"))
    found = recognised(f"unit|period|quantity|value\n{rows}")
    assert [f.absence for f in found.entries.figure] == [Absence.NIL, Absence.NOT_AVAILABLE]


@pytest.mark.parametrize("blank", [None, "", " ", "\u00a0", "\ufeff", "\u200b"])
def test_what_no_one_can_see_is_blank(blank: str | None) -> None:
    assert is_blank(blank)
    rows = [["Đơn vị", "Kỳ", "Bác sĩ"], [CENTRE, "2021-Q3", blank]]
    assert not len(recognised(sheet(rows)).entries)


@pytest.mark.parametrize(
    ("mark", "estimate"), [("x", True), ("Ước", True), ("", False), ("k", False)]
)
def test_a_column_marks_estimates(mark: str, estimate: bool) -> None:
    found = recognised(f"unit|period|quantity|value|estimate\n{CENTRE}|2021-Q3|doctors|12|{mark}")
    assert found.entries.figure[0].estimate is estimate


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("mười", "number-unreadable"), ("10-12", "number-range"), ("12 người", "number-unit-word"),
        ("1e99", "number-unreadable"), ("999999999999999", "number-too-large"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_a_refusal(cell: str, code: str) -> None:
    found = recognised(f"unit|period|quantity|value\n{CENTRE}|2021-Q3|doctors|{cell}")
    assert codes(found) == [code] and not len(found.entries)


def test_a_formula_error_is_a_refusal() -> None:
    rows = [["Đơn vị", "Kỳ", "Bác sĩ"], [CENTRE, "2021-Q3", ErrorCell("#REF!")]]
    assert codes(recognised(sheet(rows))) == ["cell-error"]


def test_an_unknown_text_is_said_once_with_the_number_of_its_rows() -> None:
    rows = [f"TTYT Atlantis|2021-Q3|doctors|{n}" for n in range(1, 8)]
    found = recognised("\n".join(["unit|period|quantity|value", *rows]))
    assert codes(found) == ["unit-unknown"]
    assert found.findings[0].facts["count"] == "7" and found.findings[0].place.row == 2


def test_all_unknown_texts_are_said_together() -> None:
    found = recognised(
        f"unit|period|quantity|value\nTTYT Atlantis|2021-Q3|doctors|1\n"
        f"{CENTRE}|quý này|doctors|2\n{CENTRE}|2021-Q3|Số phù thủy|3"
    )
    assert codes(found) == ["unit-unknown", "period-unknown", "quantity-unknown"]


def test_an_area_that_stands_for_its_unit_is_said_with_the_unit() -> None:
    found = recognised("2021-Q3\nHuyện | communes | stations\nNhư Thanh | 14 | 14")
    assert {u for u, *_ in facts(found)} == {CENTRE}
    assert codes(found) == ["unit-by-area"]
    assert found.findings[0].got == "Như Thanh → Trung tâm Y tế huyện Như Thanh"


@pytest.mark.parametrize(
    ("measure", "said"), [("người", []), ("Người", []), ("trạm", ["measure-differs"])]
)
def test_another_unit_of_measure_asks_for_a_reason(measure: str, said: list[str]) -> None:
    rows = "\n".join(f"{CENTRE}|2021-Q3|{measure}|population|95" for _ in range(2))
    found = recognised(f"unit|period|ĐVT|quantity|value\n{rows}")
    assert codes(found) == said


def test_hidden_sheets_are_said_and_the_others_read() -> None:
    shown = sheet("2021-Q3\nĐơn vị | Bác sĩ\nTTYT Như Thanh | 12", "Biểu")
    hidden = Sheet("Ẩn", shown.rows, shown.lines, hidden=True)
    found = recognised(hidden, shown)
    assert facts(found) == {DOCTORS} and codes(found) == ["sheet-hidden"]
    assert found.entries.sheet == ["Biểu"]


def test_text_of_a_cell() -> None:
    row = [2021.0, "  x ", None, ErrorCell("#N/A"), 1.5]
    assert [text_at(row, c) for c in (0, 1, 2, 3, 4, 5, None)] == [
        "2021", "x", "", "#N/A", "1.5", "", "",
    ]  # fmt: skip


# ---- Nothing is lost without a word -------------------------------------------------------------

UNITS = st.sampled_from(
    [CENTRE, "TTYT Nga Sơn", "BVĐK Như Thanh", "TTYT Atlantis", "", "Tổng cộng"]
)
PERIODS = st.sampled_from(["2021-Q3", "Quý II/2021", "2021", "quý này", ""])
QUANTITIES = st.sampled_from(["doctors", "Dân số", "beds", "Số phù thủy", ""])
FIGURES = st.one_of(
    st.integers(0, 99999).map(str), st.sampled_from(["", "-", "…", "x", "1.234,5", "95%", "12 bs"])
)


def said_rows(found: Recognised) -> set[int]:
    """Rows that some finding is about; an unknown text speaks for all rows that have it."""
    return {f.place.row for f in found.findings if f.place.row}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(UNITS, PERIODS, QUANTITIES, FIGURES), min_size=1, max_size=12))
def test_every_figure_of_a_long_file_is_an_entry_or_is_spoken_of(
    rows: list[tuple[str, str, str, str]],
) -> None:
    text = "\n".join(["unit|period|quantity|value", *("|".join(row) for row in rows)])
    found = recognised(text, given=hints())
    entered = set(found.entries.row)
    unknown = {f.got for f in found.findings if f.code.endswith("-unknown")}
    for line, row in enumerate(rows, start=2):
        spoken = line in said_rows(found) or unknown & set(row[:3])
        assert not row[3] or line in entered or spoken, (row, found.findings)


HEADINGS = st.sampled_from(
    ["Bác sĩ", "Dân số", "Số giường bệnh", "Lạ", "", "Ghi chú", "Kết quả", "Quý I/2021", "Cơ sở"]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_figure_of_a_wide_file_is_an_entry_or_is_spoken_of(data: st.DataObject) -> None:
    headings = data.draw(st.lists(HEADINGS, min_size=1, max_size=5))
    figures = st.lists(FIGURES, min_size=len(headings), max_size=len(headings))
    rows = data.draw(st.lists(st.tuples(UNITS, figures), min_size=1, max_size=5))
    lines = [f"{unit}|{'|'.join(cells)}" for unit, cells in rows]
    found = recognised("\n".join(["2021-Q3", f"Đơn vị|{'|'.join(headings)}", *lines]))
    if any(severity_of(f) is Severity.BLOCKS and f.place.row in (None, 2) for f in found.findings):
        return  # the whole table is refused
    entered = set(zip(found.entries.row, found.entries.column, strict=True))
    unknown = {f.got for f in found.findings if f.code == "unit-unknown"}
    for line, (unit, cells) in enumerate(rows, start=3):
        for column, (heading, cell) in enumerate(zip(headings, cells, strict=True), start=2):
            spoken = line in said_rows(found) or unit in unknown
            noted = heading == "Ghi chú" or (heading in ("Lạ", "") and cell in ("x", ""))
            assert not cell or noted or (line, column) in entered or spoken, found.findings


def test_a_hospital_named_alike_in_two_provinces_is_the_one_that_fills_the_form() -> None:
    """BV Phổi stands in Thanh Hóa, Bắc Giang and Quảng Ninh; only Thanh Hóa's fills this form."""
    deployment = load_deployment(Path(__file__).resolve().parents[2] / "data")
    matcher = matcher_for(deployment, parse_period("2021-Q3").end)
    kinds = deployment.catalogue.quantities["beds"].kinds
    assert matcher.match("BV Phổi", kinds).unit is None
    assert matcher.match("BV Phổi", kinds, deployment.catalogue.forms_with("beds")).unit == (
        "th-bv-phoi"
    )


@pytest.mark.parametrize(
    "table",
    [
        f"unit|period|ĐVT|quantity|value\n{CENTRE}|2021-Q3|nghìn người|population|95,1",
        f"ĐVT: nghìn người\nunit|period|quantity|value\n{CENTRE}|2021-Q3|population|95,1",
        f"unit|period|Dân số (nghìn người)|Bác sĩ\n{CENTRE}|2021-Q3|95,1|12",
        f"unit|period|Dân số (ĐVT: nghìn người)|Bác sĩ\n{CENTRE}|2021-Q3|95,1|12",
    ],
)
def test_a_multiple_that_the_file_states_is_applied_and_said_once(table: str) -> None:
    found = recognised(table)
    assert codes(found) == ["measure-converted"]
    assert (CENTRE, "2021-Q3", "population", "95100") in {
        (u, p, q, v.partition(".")[0]) for u, p, q, v in facts(found)
    }
    assert not [fact for fact in facts(found) if fact[2] == "doctors" and fact[3] != "12"]


def test_a_measure_above_the_table_is_for_what_can_be_in_it() -> None:
    rows = [f"{CENTRE}|2021-Q3|{q}|{n}" for q, n in (("doctors", 12), ("population", 95))]
    found = recognised("\n".join(["ĐVT: nghìn người", "unit|period|quantity|value", *rows]))
    assert codes(found) == ["measure-converted"]
    values = {quantity: float(value) for _, _, quantity, value in facts(found)}
    assert values == {"doctors": 12, "population": 95_000}


def test_a_spreadsheet_number_that_lost_its_thousands_is_asked_about() -> None:
    rows: list[list[str | float]] = [["unit", "period", "Bác sĩ"], [CENTRE, "2021-Q3", 1.135]]
    found = recognised(sheet(rows))  # type: ignore[arg-type]
    assert codes(found) == ["number-thousands"] and facts(found) == {
        (CENTRE, "2021-Q3", "doctors", "1135")
    }
