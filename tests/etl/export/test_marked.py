"""The person's own workbook with the findings in it: opened back, cell by cell, and sent back."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from etl.export import marked, marks
from etl.export.findings_sheet import AUTHOR, HEADING, LINK, printable
from etl.export.marked import marked_workbook
from etl.export.marks import marks_of
from etl.findings import Finding, Place, Severity
from etl.grid import Value
from etl.load import Loaded
from etl.own_sheets import data_sheets
from etl.read import read
from etl.recognise import recognise
from etl.store.connect import Store, open_store
from tests.etl.tables import codes, deployment, facts, hints, send, sheet
from tests.etl.test_findings_complete import EXAMPLES, XLS
from tests.etl.workbooks import colours, comments, opened, saved

TABLE = [
    ["BÁO CÁO QUÝ III/2021", None, None, None, None],
    [None] * 5,
    ["TT", "Đơn vị", "Dân số", "Số người tham gia BHYT", "Bác sĩ"],
    [1, "TTYT Như Thanh", 95100, 99100, "ba"],
    [2, "TTYT Atlantis", 90000, 80000, 4],
    [None, "Tổng cộng", "=C4", 99100, None],  # of the one row that can be read
]
CSV = "\n".join(";".join("" if v is None else str(v) for v in row) for row in TABLE)
WANTED = {
    "D4": Severity.NEEDS_REASON, "E4": Severity.BLOCKS, "B5": Severity.BLOCKS, "B6": Severity.NOTE,
}  # fmt: skip


def own() -> Workbook:
    """A workbook as a person keeps it: formats, a merged title, a formula, protection, a note."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Biểu '1' a"
    for row in TABLE:
        page.append(row)
    page.merge_cells("A1:E1")
    page["A3"].fill = PatternFill("solid", fgColor="00CCFFCC")
    page["C4"].number_format = "#,##0"
    page["E4"].comment = Comment("hỏi lại chị Lan", "Lan")
    page.column_dimensions["B"].width = 40
    page.conditional_formatting.add(
        "C4:C5",
        CellIsRule(operator="greaterThan", formula=["5"], fill=PatternFill(bgColor="0000FF00")),
    )
    page.protection.password = "abc"
    page.protection.enable()
    other = book.create_sheet("Khác")
    other["A1"] = "không có bảng"
    other.sheet_view.tabSelected = True
    return book


def calculated(book: Workbook) -> bytes:
    """The workbook as an office program saves it: with the results of its formulas."""
    content = saved(book)
    # openpyxl writes no results: what the scan of uncalculated formulas would say is not wanted.
    page = load_workbook(BytesIO(content))
    page.worksheets[0]["C6"] = 95100
    return saved(page)


def check(content: bytes, name: str = "bieu.xlsx", **chosen: str) -> Loaded:
    """What is found in a file."""
    return send(empty(), content, name=name, dry_run=True, given=hints(**chosen))


@cache
def empty() -> Store:
    """A store for dry runs: it stays empty."""
    return open_store(None)


def mark(content: bytes, name: str = "bieu.xlsx", **chosen: str) -> Workbook:
    """The marked workbook of a file with all that is found in it, opened back."""
    return opened(marked_workbook(name, content, check(content, name, **chosen).findings))


def list_of(book: Workbook) -> list[list[str | None]]:
    """The rows of the list of findings as text."""
    page = book.worksheets[0]
    return [
        [None if c.value is None else str(c.value) for c in row]
        for row in page.iter_rows(min_row=HEADING + 2)
        if row[1].value
    ]


def test_every_finding_is_coloured_and_commented_in_its_cell() -> None:
    book = mark(calculated(own()))
    page = book["Biểu '1' a"]
    assert colours(page) == WANTED
    said = comments(page)
    assert set(said) == set(WANTED)
    assert said["E4"].startswith("LỖI PHẢI SỬA\nKhông đọc được “ba” tại E4 thành số.\nMột số, ")
    assert "→ Nhập lại số" in said["E4"] and said["E4"].endswith("hỏi lại chị Lan")
    assert said["D4"].startswith("CẦN LÝ DO") and said["B6"].startswith("LƯU Ý")


def test_what_the_person_made_is_kept() -> None:
    page = mark(calculated(own()))["Biểu '1' a"]
    assert page["A3"].fill.fgColor.rgb == "00CCFFCC" and page["C4"].number_format == "#,##0"
    assert [str(r) for r in page.merged_cells.ranges] == ["A1:E1"]
    assert page.column_dimensions["B"].width == 40 and page.protection.sheet
    assert any(
        rule.operator == "greaterThan" for a in page.conditional_formatting for rule in a.rules
    )
    assert [[c.value for c in row] for row in page.iter_rows()][3] == TABLE[3]


def test_formulas_stay_formulas() -> None:
    content = saved(own())
    page = mark(content)["Biểu '1' a"]
    assert page["C6"].value == "=C4"
    assert "C6" in colours(page)  # not calculated: said in the cell


def test_the_list_stands_first_with_a_link_to_each_cell() -> None:
    book = mark(calculated(own()))
    page = book.worksheets[0]
    assert page.title == "Phát hiện" and book.active is page
    assert not any(s.sheet_view.tabSelected for s in book.worksheets[1:])
    rows = list_of(book)
    assert [row[3] for row in rows] == ["E4", "B5", "D4", "B6", "A1"]
    number = next(i for i, row in enumerate(rows) if row[3] == "E4") + HEADING + 2
    link = page.cell(number, LINK + 1).hyperlink
    assert link is not None and link.location == "'Biểu ''1'' a'!E4"
    assert rows[number - HEADING - 2][4] == "ba"
    assert "Không đọc được" in str(rows[number - HEADING - 2][5])


def test_the_list_is_no_data_when_the_workbook_comes_back() -> None:
    content = calculated(own())
    before = check(content)
    book = mark(content)
    again = check(saved(book))
    assert codes(again) == codes(before)
    page = book["Biểu '1' a"]
    page["E4"], page["D4"], page["B5"] = 22, 91000, "TTYT Thường Xuân"
    page["C6"], page["D6"] = 185100, 171000
    book.remove(book["Khác"])
    done = check(saved(book))
    assert not done.refused and done.counts["added"] == 6


def test_a_workbook_that_is_corrected_loses_the_marks_of_last_time() -> None:
    first = mark(calculated(own()))
    first["Biểu '1' a"]["E4"] = 22
    second = mark(saved(first))
    page = second["Biểu '1' a"]
    assert set(colours(page)) == set(WANTED) - {"E4"}
    said = comments(page)
    assert said["E4"] == "hỏi lại chị Lan" and "LỖI" not in said["E4"]
    assert [s.title for s in second.worksheets].count("Phát hiện") == 1
    third = mark(saved(second))
    assert comments(third["Biểu '1' a"])["D4"].count("CẦN LÝ DO") == 1
    assert len(page.conditional_formatting) == len(third["Biểu '1' a"].conditional_formatting)


def test_a_finding_in_a_merged_cell_is_marked_where_it_shows() -> None:
    content = saved(own())
    found = [Finding("number-unreadable", Place("a.xlsx", "Biểu '1' a", 1, 3), "x")]
    page = opened(marked_workbook("a.xlsx", content, found))["Biểu '1' a"]
    assert set(colours(page)) == {"A1"} and "LỖI PHẢI SỬA" in comments(page)["A1"]


def test_a_row_is_marked_at_its_first_filled_cell_and_a_sheet_in_its_first() -> None:
    sheets = [sheet([[None, None], [None, "x"]], "B")]
    found = [
        Finding("row-ignored", Place("a", "B", 2), "x"),
        Finding("row-ignored", Place("a", "B", 9), "x"),
        Finding("sheet-hidden", Place("a", "B")),
        Finding("file-empty", Place("a")),
    ]
    cells = {line.sentence[:8]: line.cell for line in marks_of(found, sheets).lines}
    assert [line.cell for line in marks_of(found, sheets).lines] == ["", "B2", "A9", "A1"], cells


def test_several_findings_of_one_cell_show_the_worst_colour_and_all_words() -> None:
    place = Place("a.xlsx", "Biểu '1' a", 4, 4)
    found = [Finding("row-total", place, "x"), Finding("number-unreadable", place, "x")]
    page = opened(marked_workbook("a.xlsx", saved(own()), found))["Biểu '1' a"]
    assert colours(page) == {"D4": Severity.BLOCKS}
    assert comments(page)["D4"].index("LỖI PHẢI SỬA") < comments(page)["D4"].index("LƯU Ý")


def test_a_text_file_becomes_a_workbook_with_its_cells_as_text() -> None:
    book = mark(CSV.replace("=C4", "95.100").encode(), "2021-Q3_bieu.csv")
    assert [s.title for s in book.worksheets] == ["Phát hiện", "2021-Q3_bieu"]
    page = book.worksheets[1]
    assert colours(page) == WANTED and set(comments(page)) == set(WANTED)
    assert page["C4"].value == "95100" and page["C4"].number_format == "@"
    assert page["C6"].value == "95.100"
    done = check(saved(book), "x.xlsx")
    assert {f.code for f in done.findings} >= {"number-unreadable", "unit-unknown"}


@pytest.mark.parametrize(("row", "cell"), [(1, "A1"), (2, "A2"), (4, "A4"), (9, "A9")])
def test_a_row_without_any_cell_can_be_marked(row: int, cell: str) -> None:
    table = sheet([[None], [], ["x"], [None, None]], "B")
    found = [Finding("row-ignored", Place("a.ods", "B", row), "x")]
    copied = marked.copy_marked("a.ods", (table,), marks_of(found, [table]), (), "vi")
    page = opened(copied)["B"]
    assert set(comments(page)) == set(colours(page)) == {cell} and page["A3"].value == "x"


def test_lines_keep_their_numbers_when_a_cell_spans_several() -> None:
    content = 'Đơn vị;Kỳ;Bác sĩ\n"TTYT\nNhư Thanh";2021-Q3;ba\nTTYT Thường Xuân;2021-Q3;bốn\n'
    done = check(content.encode(), "a.csv")
    page = opened(marked_workbook("a.csv", content.encode(), done.findings)).worksheets[1]
    wrong = [f.place.cell for f in done.findings if f.code == "number-unreadable"]
    assert wrong and {page[cell].value for cell in wrong} == {"ba", "bốn"}


def test_an_old_workbook_becomes_a_new_one_and_says_what_is_not_in_it() -> None:
    book = mark(XLS, "a.xls")
    assert "định dạng, công thức" in str(book.worksheets[0].cell(4, 1).value)
    assert "workbook-old-format" in codes(check(XLS, "a.xls"))
    assert len(book.worksheets) == 1 + len(read("a.xls", XLS).sheets)


@pytest.mark.parametrize("code", sorted(EXAMPLES)[::8])
def test_every_finding_there_is_can_be_taken_away(code: str) -> None:
    content = EXAMPLES[code]
    chosen = {"period": "2021-Q3"} if code == "choice-differs" else {}
    book = mark(content, "vi-du.csv", **chosen)
    found = check(content, "vi-du.csv", **chosen).findings
    assert len(list_of(book)) == len(found) > 0
    placed = {f.place.cell for f in found if f.place.row and f.place.column}
    assert placed <= {str(row[3]) for row in list_of(book)} or len(book.worksheets) == 1


DANGEROUS = ['=cmd|"/c calc"!A1', "+1+1", "-1+1", "@SUM(A1)", "=1+1", "\t=1"]


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_text_of_a_file_becomes_a_formula(text: str, kind: str) -> None:
    quoted = text.replace('"', '""')
    content = f'Đơn vị;Kỳ;Bác sĩ\nTTYT Như Thanh;2021-Q3;"{quoted}"\n'.encode()
    if kind == "xlsx":
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as made:
            page = made.add_worksheet("=B")
            page.write_row(0, 0, ["Đơn vị", "Kỳ", "Bác sĩ"])
            page.write_row(1, 0, ["TTYT Như Thanh", "2021-Q3", text])
        content = buffer.getvalue()
    book = mark(content, f"a.{kind}")
    kinds = {c.data_type for s in book.worksheets for row in s.iter_rows() for c in row}
    assert "f" not in kinds
    cells = [c for row in book.worksheets[0].iter_rows() for c in row if c.value == text]
    assert all(c.quotePrefix for c in cells)


def test_a_very_large_workbook_is_copied_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked, "MAX_XML_BYTES", 100)
    book = mark(calculated(own()))
    assert "chỉ chép giá trị" in str(book.worksheets[0].cell(4, 1).value)
    page = book["Biểu '1' a"]
    assert colours(page) == WANTED and page["C4"].value == 95100


def test_a_workbook_that_only_the_fast_reader_understands_is_copied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_args: object) -> bytes:
        raise TypeError("expected <class 'openpyxl.styles.fills.Fill'>")

    monkeypatch.setattr(marked, "mark_original", broken)
    assert colours(mark(calculated(own()))["Biểu '1' a"]) == WANTED


def test_charts_are_named_as_what_may_be_lacking() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        page = made.add_worksheet("B")
        page.write_row(0, 0, ["Đơn vị", "Kỳ", "Bác sĩ"])
        page.write_row(1, 0, ["TTYT Như Thanh", "2021-Q3", "ba"])
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=B!$C$2:$C$2"})
        page.insert_chart("E2", chart)
    book = mark(buffer.getvalue())
    assert "biểu đồ, hình vẽ" in str(book.worksheets[0].cell(4, 1).value)
    assert "có thể không giữ" not in str(mark(calculated(own())).worksheets[0].cell(4, 1).value)


def test_a_long_list_is_cut_and_says_how_much_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "LISTED", 3)
    rows = "".join(f"TTYT Như Thanh;2021-Q3;x{n}\n" for n in range(10))
    book = mark(f"Đơn vị;Kỳ;Bác sĩ\n{rows}".encode(), "a.csv")
    last = book.worksheets[0].max_row
    assert book.worksheets[0].cell(last, 1).value == "… và 7 phát hiện nữa không liệt kê."
    assert len(colours(book.worksheets[1])) == 3


def test_what_cannot_be_read_gives_the_list_alone(tmp_path: Path) -> None:
    book = mark(b"PK\x03\x04 broken", "a.xlsx")
    assert [s.title for s in book.worksheets] == ["Phát hiện"]
    assert list_of(book)[0][1] == "Lỗi phải sửa"


def test_a_sheet_of_ours_by_name_alone_is_not_taken_for_ours() -> None:
    theirs = own()
    theirs.create_sheet("Phát hiện")["A1"] = "của tôi"
    book = mark(calculated(theirs))
    assert sorted(s.title for s in book.worksheets)[-2:] == ["Phát hiện", "Phát hiện1"]
    assert book["Phát hiện"]["A1"].value == "của tôi"


def test_numbers_of_another_format_stay_numbers() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        page = made.add_worksheet("B")
        page.write_row(0, 0, ["Đơn vị", "Kỳ", "Tốc độ tăng dân số"])
        page.write_row(1, 0, ["TTYT Như Thanh", "2021", 1.234])
        page.write_row(2, 0, ["TTYT Thường Xuân", "2021", -0.5])
    before = read("a.xlsx", buffer.getvalue()).sheets
    found = [Finding("row-ignored", Place("a.xlsx", "B", 2), "x")]
    copied = marked.copy_marked("a.xlsx", before, marks_of(found, before), (), "vi")
    after = data_sheets(read("b.xlsx", copied).sheets)
    told = [facts(recognise(s, "x", deployment(), hints())) for s in (before, after)]
    assert told[0] == told[1] and len(told[0]) == 2


VALUES = st.one_of(
    st.none(), st.integers(-(10**9), 10**9), st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.floats(-1e9, 1e9).map(lambda x: round(x, 3)),
)  # fmt: skip


def plain(value: Value) -> str:
    """A value as text, as far as a workbook can hold it; a blank is ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return printable(value) if isinstance(value, str) else str(value)


def trimmed(rows: Sequence[Sequence[Value]]) -> list[str]:
    """Rows as text without the blanks at the end of each and below all."""
    return (
        "\n".join("\t".join(map(plain, row)).rstrip("\t") for row in rows).rstrip("\n").split("\n")
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_copy_reads_as_what_it_was_copied_from(rows: list[list[Value]]) -> None:
    table = sheet(rows, "B")
    copied = marked.copy_marked("a.ods", (table,), marks_of([], [table]), (), "vi")
    assert trimmed(read("b.xlsx", copied).sheets[1].rows) == trimmed(rows)


def test_comments_carry_our_name() -> None:
    page = mark(calculated(own()))["Biểu '1' a"]
    assert {c.comment.author for row in page.iter_rows() for c in row if c.comment} == {AUTHOR}
