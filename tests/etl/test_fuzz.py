"""Whatever a file holds, reading it never fails and loses no cell without a word."""

from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.cells import is_blank, text_at
from etl.entries import Recognised
from etl.findings import Finding, Severity, describe, severity_of
from etl.grid import ErrorCell, Merge, Sheet, Value
from etl.match_headings import HEADINGS, Column
from etl.read import read
from etl.recognise import recognise
from tests.etl.tables import CENTRE, deployment, hints

WORDS = [
    "Đơn vị", "STT", "Chỉ tiêu", "Kỳ", "Ghi chú", "Giá trị", "Năm", "Tháng", "Bác sĩ", "Dân số",
    "Quý II/2021", "Quý III/2021", "2021", "Lạ", "Nhân lực", "Tổng số", "(1)", "Từ ngày",
    CENTRE, "TTYT Như Thanh", "TTYT Nga Sơn", "Huyện Như Thanh", "TTYT Atlantis", "Tổng cộng",
    "Cộng (I)", "12", "95.000", "…", "-", "*", "12*", "12 (1)", "91.9 (92.0)", "x", "BÁO CÁO",
    "Người lập biểu", "(1) Ước tính", "unit", "period", "quantity", "value", "doctors", "2021-Q3",
]  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.integers(-5, 100_000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=8),
    st.booleans(),
    st.just(ErrorCell("#N/A")),
)
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=10)
CORNERS = st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 3), st.integers(0, 3))


def is_spoken_of(finding: Finding, line: int, column: int, value: Value) -> bool:
    """Whether a finding is about the cell: its sheet, row, column, or a text it has."""
    place = finding.place
    if place.row is None:
        return finding.code != "footnote-mark" or finding.got == str(value)
    if place.row == line and place.column in (None, column):
        return True
    return place.column == column and finding.code.startswith("column-")


def _words(row: list[Value]) -> set[str]:
    return {word for cell in row for word in text_at([cell], 0).split()}


def lost(found: Recognised, sheet: Sheet) -> list[tuple[int, int, Value]]:
    """Cells that are no entry, no heading, no label, no title, and of which nothing is said."""
    entered = set(zip(found.entries.row, found.entries.column, strict=True))
    entered |= {(t.row, t.column) for t in found.totals}
    said = {f.place.row for f in found.findings if f.place.row}
    # An unknown text is said once, at its first row; two cells of a period are said as one text.
    ends = ("-unknown", "-in-period", "-reversed")
    unknown = [set(f.got.split()) for f in found.findings if f.code.endswith(ends)]
    figures = {
        (line, column.column)
        for table in found.tables
        if table.is_read  # else the file is refused as a whole
        for column in table.columns
        if column.role == Column.VALUE
        for line in range(table.heading_rows[-1] + 1, table.last_row + 1)
    }
    return [
        (line, number, value)
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
        for number, value in enumerate(row, start=1)
        if not is_blank(value) and (line, number) in figures and (line, number) not in entered
        if line not in said and not any(words <= _words(row) for words in unknown)
        if not any(is_spoken_of(f, line, number, value) for f in found.findings)
    ]


@settings(max_examples=2000, deadline=None)
@given(rows=ROWS, corners=st.lists(CORNERS, max_size=3), period=st.sampled_from([None, "2021-Q3"]))
def test_any_grid_is_read_without_loss(
    rows: list[list[Value]], corners: list[tuple[int, int, int, int]], period: str | None
) -> None:
    merged = tuple(Merge(r, c, r + h, c + w) for r, c, h, w in corners)
    sheet = Sheet("Biểu", rows, range(1, len(rows) + 1), merged=merged)
    found = recognise((sheet,), "tep.xlsx", deployment(), hints(period))
    assert lost(found, sheet) == []
    assert found.tables or any(severity_of(f) is Severity.BLOCKS for f in found.findings)
    for finding in found.findings:
        assert "{" not in str(describe(finding)["sentence"]).replace(finding.got, "")


TABLE = st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=5), min_size=1, max_size=6)
HEAD = st.lists(
    st.sampled_from([w for words in HEADINGS.values() for w in words] + WORDS[8:14]),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(head=HEAD, rows=TABLE, tail=TABLE, period=st.sampled_from([None, "2021-Q3"]))
def test_tables_below_one_another_lose_nothing(
    head: list[str], rows: list[list[str]], tail: list[list[str]], period: str | None
) -> None:
    sheet = Sheet(None, [head, *rows, head, *tail], range(1, len(rows) + len(tail) + 3))
    found = recognise((sheet,), "tep.csv", deployment(), hints(period))
    assert lost(found, sheet) == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for name in ("tep.csv", "tep.xlsx", "tep.ods"):
        reading = read(name, content)
        assert reading.sheets or reading.findings
        found = recognise(reading.sheets, name, deployment(), hints())
        assert found.findings or reading.findings


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, position=st.integers(0, 20_000), byte=st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(
    rows: list[list[Value]], position: int, byte: int
) -> None:
    book = Workbook()
    for row in rows:
        plain = [v.text if isinstance(v, ErrorCell) else v for v in row]
        book.active.append([v if not isinstance(v, str) or v.isprintable() else "?" for v in plain])
    stream = BytesIO()
    book.save(stream)
    content = bytearray(stream.getvalue())
    content[position % len(content)] = byte
    reading = read("tep.xlsx", bytes(content))
    recognise(reading.sheets, "tep.xlsx", deployment(), hints())
    assert reading.sheets or reading.findings
