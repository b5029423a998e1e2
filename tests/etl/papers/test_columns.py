"""The columns of the table of results in Word, Excel and PDF: the same numbers, those of the API."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document

from etl.commands import answer
from etl.export.report.workbook import workbook
from etl.papers_made import Papers
from indicators.formats import format_number
from indicators.measure import Measure
from indicators.period import parse_period
from indicators.report.blocks import Grid
from indicators.report.results import written_plan
from indicators.report.spans import spans_of
from tests.etl.papers.conftest import MOMENT, PLAN
from tests.etl.papers.test_pdf import words
from tests.etl.papers.test_workbook import by_heading, worked_out

Row = dict[str, Any]
IMMUNISATION = "Tỷ lệ tiêm chủng mở rộng"
COMMON = ["TT", "Chỉ tiêu", "Đơn vị tính", "TH năm 2020", "KH năm 2021"]
END = ["% so KH (hoặc chênh lệch)", "% so cùng kỳ (chỉ số, hoặc chênh lệch)", "Đánh giá", "Ghi chú"]
BEFORE, AHEAD = "TH cùng kỳ năm 2020", "Ước TH đến hạn"
HEADINGS = {
    "2021-Q1": [BEFORE, "TH quý I/2021", AHEAD],
    "2021-Q3": [BEFORE, "TH quý III/2021", "Lũy kế đến hết quý III/2021", AHEAD],
    "2021-Q4": [BEFORE, "TH quý IV/2021", "Lũy kế cả năm 2021"],
    "2021-H1": [BEFORE, "TH 6 tháng đầu năm 2021", AHEAD],
    "2021-H2": [BEFORE, "TH 6 tháng cuối năm 2021", "Lũy kế cả năm 2021"],
    "2021-9M": [BEFORE, "TH 9 tháng năm 2021", AHEAD],
    "2021": ["TH năm 2021"],
}
FORMULAS = {
    "2021-Q1": ("(9)=(7)/(5)×100", "(10)=(7)/(6)×100"),
    "2021-Q3": ("(10)=(8)/(5)×100", "(11)=(8)/(6)×100"),
    "2021": ("(7)=(6)/(5)×100", "(8)=(6)/(4)×100"),
}
PRINTED = list(FORMULAS)
Of = Callable[[str], Papers]
ANNEX = 262  # millimetres of text across


@pytest.fixture(scope="module")
def of(full: Papers) -> Of:
    """The papers of a period."""
    return cache(lambda code: replace(full, asked=replace(full.asked, period=parse_period(code))))


@pytest.fixture(scope="module")
def docx(of: Of) -> Callable[[str], list[list[str]]]:
    """The table as Word has it, headings first."""
    return cache(lambda code: table_of(Document(BytesIO(of(code).docx()))))


@pytest.fixture(scope="module")
def xlsx(of: Of) -> Callable[[str], bytes]:
    """The workbook of a period, without the sheet of facts, which takes long to read back."""
    return cache(lambda code: workbook(of(code).material, of(code).report, [], of(code).moment))


@pytest.fixture(scope="module")
def printed(of: Of) -> Callable[[str], str]:
    """The words of the PDF of a period, without spaces."""
    return cache(lambda code: words(of(code).pdf()).replace(" ", ""))


def table_of(document: Any) -> list[list[str]]:
    """The cells of the table of results."""
    tables = ([[c.text for c in row.cells] for row in t.rows] for t in document.tables)
    return next(rows for rows in tables if rows[0][:3] == COMMON[:3])


def rows_of(table: list[list[str]]) -> dict[str, dict[str, str]]:
    """The rows of Word by target, cells by heading."""
    return {row[1]: dict(zip(table[0], row, strict=True)) for row in table[2:]}


@cache
def page_of(content: bytes, *, values: bool = True) -> Any:
    """The sheet of results."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)["Kết quả"]


def api(code: str) -> dict[str, Row]:
    """What the command and the API say of every target."""
    asked = {"plan": PLAN, "period": code, "as_known_on": MOMENT.isoformat()}
    return {row["target"]: row for row in answer("verdicts", asked, {})["document"]}


@pytest.mark.parametrize("code", HEADINGS)
def test_the_columns_are_those_the_period_needs(of: Of, code: str) -> None:
    grid = of(code).report.annexes[0].blocks[0]
    heads = [column.heading for column in grid.columns]  # type: ignore[union-attr]
    assert heads == [*COMMON, *HEADINGS[code], *END]


@pytest.mark.parametrize("code", PRINTED)
def test_word_excel_and_pdf_have_the_same_columns(
    docx: Any, xlsx: Any, printed: Any, code: str
) -> None:
    heads = [*COMMON, *HEADINGS[code], *END]
    assert docx(code)[0] == heads
    page = page_of(xlsx(code))
    top = next(row for row in page.iter_rows() if row[0].value == "TT")
    assert [cell.value for cell in top][: len(heads)] == heads
    below = [cell.value for cell in page[top[0].row + 1]][: len(heads)]
    assert below == docx(code)[1] and tuple(n for n in below if "=" in n) == FORMULAS[code]
    for words_ in (*heads, *FORMULAS[code]):
        assert words_.replace(" ", "") in printed(code)


@pytest.mark.parametrize("code", PRINTED)
def test_every_format_shows_the_numbers_of_the_api(of: Of, docx: Any, xlsx: Any, code: str) -> None:
    said, column = api(code), HEADINGS[code][-1] if code == "2021" else HEADINGS[code][-2]
    in_word, in_excel = (
        rows_of(docx(code)),
        {r["Chỉ tiêu"]: r for r in by_heading(page_of(xlsx(code)))},
    )
    counted = 0
    for a in of(code).material.judged:
        value = said[a.target.id]["value"]
        if value is None or a.also or a.units:
            continue
        shown = Decimal(in_word[a.target.name_vi][column].replace(".", "").replace(",", "."))
        assert float(shown) == pytest.approx(value, abs=0.51 * 10**-a.indicator.decimals)
        assert in_excel[a.target.name_vi][column] == pytest.approx(value)
        assert in_word[a.target.name_vi]["KH năm 2021"] == written_plan(a)
        counted += 1
    assert counted > 20


@pytest.mark.parametrize("code", PRINTED)
def test_the_pdf_has_every_row_as_word_has_it(docx: Any, printed: Any, code: str) -> None:
    targets = [row for row in docx(code)[2:] if row[1] != row[2]]  # groups have one wide cell
    assert len(targets) > 25
    for row in targets:
        assert "".join(row[3:]).replace(" ", "").replace("\u00a0", "") in printed(code), row[1]


def test_the_quarter_alone_is_what_units_sent_for_it(of: Of, docx: Any, xlsx: Any) -> None:
    facts = [f for f in of("2021-Q3").facts if f["value"] is not None]
    sums = {
        name: sum(
            float(f["value"])
            for f in facts
            if f["quantity"] == name and f["period"] == "2021-Q3" and f["unit"] in senders(facts)
        )
        for name in ("children_fully_immunised", "children_under_1")
    }
    share = 100 * sums["children_fully_immunised"] / sums["children_under_1"]
    row = rows_of(docx("2021-Q3"))[IMMUNISATION]
    assert row["TH quý III/2021"] == format_number(Decimal(repr(share)), 1)
    cells = {r["Chỉ tiêu"]: r for r in by_heading(page_of(xlsx("2021-Q3")))}[IMMUNISATION]
    assert cells["TH quý III/2021"] == pytest.approx(share)
    assert share < cells["Lũy kế đến hết quý III/2021"] < 100


def senders(facts: list[Row]) -> set[str]:
    """The units that sent how many were immunised; communes are a part of their centres."""
    both = {f["unit"] for f in facts if f["quantity"] == "children_fully_immunised"}
    return {unit for unit in both if unit.startswith("th-ttyt-")}


def test_quarters_add_up_to_what_came_together(of: Of) -> None:
    """Children of the first quarter and of the second and third alone are those of nine months."""
    found = {code: immunisation(of(code)) for code in ("2021-Q1", "2021-Q2", "2021-Q3")}
    assert all(span.is_whole for spans in found.values() for span in spans)
    alone = [within.numerator for within, _ in found.values()]
    assert None not in alone
    assert sum(n for n in alone if n is not None) == found["2021-Q3"][1].numerator


def immunisation(papers: Papers) -> tuple[Measure, Measure]:
    """Both measures of the target."""
    material = papers.material
    a = next(a for a in material.judged if a.target.name_vi == IMMUNISATION)
    found = spans_of(a, material.assessor)
    assert found.within is not None and found.to_date is not None
    return found.within, found.to_date


def test_what_stands_at_a_day_is_in_both_columns(docx: Any) -> None:
    rows = rows_of(docx("2021-Q3"))
    beds = rows["Số giường bệnh/vạn dân"]
    assert beds["TH quý III/2021"] == beds["Lũy kế đến hết quý III/2021"] != ""


@pytest.mark.parametrize("code", ["2021-Q1", "2021-Q4", "2021-H2", "2021"])
def test_formulas_follow_the_columns(xlsx: Any, code: str) -> None:
    formulas, values = page_of(xlsx(code), values=False), page_of(xlsx(code))
    counted = 0
    for cell in (cell for row in formulas.iter_rows() for cell in row):
        if isinstance(cell.value, str) and cell.value.startswith("="):
            kept = values[cell.coordinate].value
            assert worked_out(cell.value, values) == pytest.approx(kept, abs=1e-6), cell.coordinate
            counted += 1
    assert counted > 20


@pytest.mark.parametrize("code", PRINTED)
def test_no_number_is_wider_than_its_column(of: Of, code: str) -> None:
    """A digit of 11 points is 1,94 mm wide; a cell keeps 2 mm of air."""
    grid = of(code).report.annexes[0].blocks[0]
    assert isinstance(grid, Grid)
    room = ANNEX / sum(column.width for column in grid.columns)
    numbers = [at for at, column in enumerate(grid.columns) if column.is_number]
    assert len(numbers) >= 5
    for row in grid.rows:
        for at in numbers:
            longest = max((len(word) for word in row.cells[at].text.split(" ")), default=0)
            assert longest * 1.94 + 2 <= grid.columns[at].width * room, row.cells[at].text
