"""Bytes to grids: nothing is lost, nothing is guessed, nothing is raised."""

import csv
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

import etl.read_parts
import etl.read_text
import etl.read_workbook
from etl.findings import Severity, describe, severity_of
from etl.grid import Merge
from etl.read import MAX_BYTES, ErrorCell, Reading, Value, read
from etl.read_guard import lengths_of
from tests.shared import shared


def text(content: str, name: str = "a.csv") -> Reading:
    return read(name, content.encode())


def codes(reading: Reading) -> list[str]:
    for finding in reading.findings:
        describe(finding), describe(finding, "en")
    return [finding.code for finding in reading.findings]


def rows(reading: Reading) -> list[list[Value]]:
    assert not [f for f in reading.findings if severity_of(f) is Severity.BLOCKS], codes(reading)
    return reading.sheets[0].rows


def refused(reading: Reading) -> tuple[str, int | None]:
    assert not reading.sheets
    (finding,) = reading.findings
    assert describe(finding)["severity"] == "blocks"
    return finding.code, finding.place.row


# ---- Text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_each_delimiter_is_found(mark: str) -> None:
    reading = text(f"đơn vị{mark}giường\nA{mark}5\nB{mark}6\n")
    assert (reading.delimiter, rows(reading)[1]) == (mark, ["A", "5"])


@pytest.mark.parametrize(
    "content",
    [
        "a;36,5\nb;37,5\n",
        "tỷ lệ;tỷ suất\n36,5;7,1\n36,6;7,2\n",
        "BÁO CÁO QUÝ I\n\nđơn vị;x;y\nA;1,5;2,5\nB;1,5\nC;1,5;2,5\nD;1;2;3\n",
    ],
)
def test_decimal_commas_do_not_make_a_comma_file(content: str) -> None:
    assert text(content).delimiter == ";"


def test_semicolons_inside_quotes_do_not_make_a_semicolon_file() -> None:
    assert text('tên,xã\na,"x;y"\nb,"x;y"\n').delimiter == ","


def test_one_column_is_a_table_too() -> None:
    reading = text("đơn vị\nA\nB\n")
    assert (reading.delimiter, rows(reading)) == (None, [["đơn vị"], ["A"], ["B"]])


def test_ragged_and_blank_rows_are_kept_with_their_lines() -> None:
    reading = text("a;b;c\n1;2\n\n4;5;6;7\n")
    assert rows(reading) == [["a", "b", "c"], ["1", "2"], [], ["4", "5", "6", "7"]]
    assert list(reading.sheets[0].lines) == [1, 2, 3, 4]


def test_a_record_is_placed_at_the_line_where_it_starts() -> None:
    reading = text('a;b\n"x\ny";1\nz;2\n')
    assert rows(reading)[1] == ["x\ny", "1"]
    assert list(reading.sheets[0].lines) == [1, 2, 4]


def test_a_blank_cell_is_none() -> None:
    assert rows(text('a;b\n;""\n'))[1] == [None, None]


def test_the_separator_line_of_excel_is_obeyed_and_skipped() -> None:
    reading = text("sep=;\r\na,b;c\r\n1,5;2\r\n")
    assert (reading.delimiter, rows(reading)) == (";", [["a,b", "c"], ["1,5", "2"]])
    assert list(reading.sheets[0].lines) == [2, 3]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('a;b\n1;"2\n3;4\n', 2),
        ('a;b\n1;"2', 2),
        ('a;b\n1;"2\n3;"4"\n5;6\n', 2),
        ('a;b\n"x\ny";"2\n3;4\n', 3),
        ('a;b\n1;"' + "x;y\n" * 50_000, 2),
    ],
)
def test_an_open_quote_is_named_with_the_line_where_it_opens(content: str, line: int) -> None:
    assert refused(text(content)) == ("quote-unterminated", line)


def test_a_stray_quote_on_one_line_is_kept_and_noted() -> None:
    reading = text('tên;số\n"Đa khoa" tỉnh;5\nBV "A";6\n')
    assert rows(reading)[1:] == [["Đa khoa tỉnh", "5"], ['BV "A"', "6"]]
    assert codes(reading) == ["quote-misplaced"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_every_form_that_names_itself(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    reading = read("a.csv", mark + "xã;số\nThọ;5\n".encode(encoding))
    assert rows(reading) == [["xã", "số"], ["Thọ", "5"]]


@pytest.mark.parametrize(
    "content",
    [
        b"a;b\nTh\xe0nh;1\n",
        b"\xff\xfea\x00b",
        "a;b".encode("utf-32"),
        b"\xfe\xff\xd8\x00\x00a",
    ],
)
def test_what_is_not_unicode_is_refused_and_never_guessed(content: bytes) -> None:
    assert refused(read("a.csv", content))[0] == "encoding-unknown"


def test_the_first_wrong_byte_is_named() -> None:
    (finding,) = read("a.csv", b"a;b\nTh\xe0nh;1\n").findings
    assert (finding.place.row, finding.facts["byte"], finding.got) == (2, "7", "E0")


def test_nul_characters_are_refused() -> None:
    assert refused(text("a;b\n1;\0\n")) == ("nul-bytes", 2)


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n"]
)
def test_an_empty_file_says_so(content: bytes) -> None:
    assert refused(read("a.csv", content)) == ("file-empty", None)


def test_limits_of_text_are_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(text("x" * 32_768 + ";1\n")) == ("cell-too-long", 1)
    assert refused(text("x" * 140_000 + ";1\n")) == ("cell-too-long", 1)
    assert refused(text("a;b\n" + ";" * 2_000)) == ("columns-too-many", 2)
    assert refused(read("a.csv", b"a" * (MAX_BYTES + 1)))[0] == "file-too-large"
    monkeypatch.setattr(etl.read_text, "MAX_ROWS", 2)
    assert refused(text("1\n2\n3\n"))[0] == "rows-too-many"
    monkeypatch.setattr(etl.read_text, "_MAX_LINES", 2)
    assert refused(text("1\n2\n3\n"))[0] == "rows-too-many"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"), (b"\x1f\x8b\x08", "GZIP"), (b"<html><table>", "HTML"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "OLE (DOC, PPT, MSG)"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_by_their_name(content: bytes, kind: str) -> None:
    (finding,) = read("a.xls", content).findings
    assert (finding.code, finding.facts["kind"]) == ("file-kind-unsupported", kind)


# ---- Workbooks -----------------------------------------------------------------------------------


def workbook(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(buffer)
    return buffer.getvalue()


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_cells(xml: str) -> bytes:
    """A workbook whose only sheet has exactly this sheetData."""
    parts = unpacked(workbook(lambda book: None))
    part = "xl/worksheets/sheet1.xml"
    head, tail = re.split(rb"<sheetData ?/>|<sheetData>.*</sheetData>", parts[part])
    return packed(parts | {part: head + b"<sheetData>" + xml.encode() + b"</sheetData>" + tail})


def test_positions_are_true_where_a_sheet_starts_late() -> None:
    reading = read("a.xlsx", workbook(lambda book: book.active.__setitem__("C3", "x")))
    assert rows(reading) == [[None] * 3, [None] * 3, [None, None, "x"]]
    assert list(reading.sheets[0].lines) == [1, 2, 3]


def test_values_keep_their_types() -> None:
    values = ["00012", 5, 36.5, True, date(2024, 1, 5), datetime(2024, 1, 5, 7, 30), None]
    reading = read("a.xlsx", workbook(lambda book: book.active.append([*values, "e"])))
    assert rows(reading) == [[*values, "e"]]
    assert [type(value) for value in rows(reading)[0][:4]] == [str, int, float, bool]


def test_hidden_sheets_are_returned_as_hidden() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.create_sheet("phụ").sheet_state = "hidden"
        book.create_sheet("ẩn").sheet_state = "veryHidden"

    sheets = read("a.xlsx", workbook(fill)).sheets
    assert [(s.name, s.hidden) for s in sheets] == [("Sheet", False), ("phụ", True), ("ẩn", True)]


def test_a_merged_cell_has_its_value_once() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "x"
        book.active["C2"] = 1
        book.active.merge_cells("A1:B2")

    assert rows(read("a.xlsx", workbook(fill))) == [["x", None, None], [None, None, 1]]


def test_an_error_cell_is_not_a_blank() -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="3"><c r="D3" t="e"><v>#N/A</v></c></row>'
    )
    grid = rows(read("a.xlsx", with_cells(cells)))
    assert grid[0] == [1, None, ErrorCell("#DIV/0!"), None]
    assert grid[2][3] == ErrorCell("#N/A")


def test_an_error_cell_without_a_written_position_is_found() -> None:
    cells = '<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
    assert rows(read("a.xlsx", with_cells(cells))) == [[1, ErrorCell("#REF!")]]


def test_a_formula_without_a_result_blocks_with_its_cell() -> None:
    reading = read("a.xlsx", workbook(lambda book: book.active.__setitem__("B2", "=1+1")))
    assert codes(reading) == ["formula-not-calculated"]
    assert (reading.findings[0].place.cell, reading.findings[0].place.sheet) == ("B2", "Sheet")


def test_the_zero_of_a_program_that_cannot_calculate_is_no_result() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1")
        sheet.write_formula("A2", "=1+1", None, 2)
    reading = read("a.xlsx", buffer.getvalue())
    assert [finding.place.cell for finding in reading.findings] == ["A1"]


def test_a_formula_that_gave_empty_text_is_calculated() -> None:
    cells = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>0</f><v>7</v></c></row>'
    assert rows(read("a.xlsx", with_cells(cells))) == [[None, 7]]


@pytest.mark.parametrize("reference", ["XFD1048576", "ZZZZZZ1", "A99999999999", "BXY1"])
def test_a_far_cell_is_refused_before_it_takes_the_memory(reference: str) -> None:
    cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>1</v></c></row>'
    assert refused(read("a.xlsx", with_cells(cells)))[0] == "sheet-too-large"


def test_a_far_cell_that_is_only_formatted_does_no_harm() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'
    assert rows(read("a.xlsx", with_cells(cells))) == [[1]]


def test_far_cells_that_are_only_coloured_do_no_harm_in_many_sheets_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for month in range(1, 5):
            sheet = book.create_sheet(f"Tháng {month}")
            sheet.append([month, 2, 3])
            sheet.cell(1_048_576, 3).fill = PatternFill("solid", fgColor="FFFF00")

    reading = read("a.xlsx", workbook(fill))
    assert not reading.findings
    assert [s.rows for s in reading.sheets[1:]] == [[[month, 2, 3]] for month in range(1, 5)]
    monkeypatch.setattr(etl.read_workbook, "MAX_BOOK_CELLS", 11)
    assert refused(read("a.xlsx", workbook(fill)))[0] == "workbook-too-large"


UTF_16 = ("utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", UTF_16)
def test_parts_in_utf_16_are_read(encoding: str) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Quý I")
        sheet.write_row(0, 0, ["Trạm Y tế", 5, True])
        sheet.write_datetime(1, 0, datetime(2024, 1, 5), book.add_format({"num_format": 14}))
    parts = unpacked(buffer.getvalue())
    for each in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", *parts):
        text = parts[each].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
        changed = parts | {each: text.encode(encoding)}
        (sheet,) = read("a.xlsx", packed(changed)).sheets
        assert sheet.rows == [["Trạm Y tế", 5, True], [date(2024, 1, 5), None, None]]
        assert sheet.name == "Quý I"


@pytest.mark.parametrize("encoding", UTF_16)
def test_an_ods_in_utf_16_is_read(encoding: str) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>Thọ</text:p></table:table-cell>'
    parts = unpacked(ods(f"<table:table-row>{cell}</table:table-row>"))
    parts["content.xml"] = parts["content.xml"].decode().encode(encoding)
    assert rows(read("a.ods", packed(parts))) == [["Thọ"]]


@pytest.mark.parametrize(
    "content",
    [
        "<?xml version='1.0'?><worksheet/>".encode("utf-32"),
        "<?xml version='1.0' encoding='cp037'?><worksheet/>".encode("cp037"),
        b"\xff\xfe<\0?\0\x00\xd8",
        b"",
        b"<?xml version='1.0'?><other/>",
    ],
)
def test_a_sheet_in_letters_that_nobody_knows_is_refused_and_not_empty(content: bytes) -> None:
    parts = unpacked(workbook(lambda book: None)) | {"xl/worksheets/sheet1.xml": content}
    assert refused(read("a.xlsx", packed(parts)))[0] == "workbook-unreadable"


def test_a_cell_too_long_is_named() -> None:
    cells = f'<row r="1"><c r="B1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'
    reading = read("a.xlsx", with_cells(cells))
    assert codes(reading) == ["cell-too-long"]
    assert reading.findings[0].place.cell == "B1"


def test_a_bomb_is_refused_by_its_directory() -> None:
    content = packed({"xl/workbook.xml": b"0" * 20_000_000})
    assert refused(read("a.xlsx", content))[0] == "archive-suspicious"


def test_a_size_that_lies_is_found_before_the_reader_believes_the_data() -> None:
    parts = unpacked(workbook(lambda book: None)) | {"xl/x.xml": b"0" * 5_000_000}
    content, size = packed(parts), (5_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    assert refused(read("a.xlsx", content.replace(size, bytes([9, 0, 0, 0]))))[0] == (
        "workbook-unreadable"
    )


def test_two_parts_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(workbook(lambda book: None))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert refused(read("a.xlsx", buffer.getvalue()))[0] == "workbook-unreadable"


@pytest.mark.parametrize(
    ("part", "kind"), [("word/document.xml", "DOCX"), ("xl/workbook.bin", "XLSB"), ("a.txt", "ZIP")]
)
def test_other_archives_are_refused_by_their_name(part: str, kind: str) -> None:
    (finding,) = read("a.xlsx", packed({part: b"x"})).findings
    assert (finding.code, finding.facts["kind"]) == ("file-kind-unsupported", kind)


def test_an_encrypted_workbook_asks_for_its_password_to_be_removed() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert refused(read("a.xlsx", ole))[0] == "workbook-encrypted"


def damaged() -> dict[str, bytes]:
    good = workbook(lambda book: book.active.append([1]))
    parts = unpacked(good)
    return {
        "cut short": good[: len(good) // 2],
        "only the first bytes": b"PK\x03\x04",
        "a flipped byte": good[:60] + bytes([good[60] ^ 255]) + good[61:],
        "broken XML": packed(parts | {"xl/workbook.xml": b"<workbook"}),
        "no relations": packed({k: v for k, v in parts.items() if "rels" not in k}),
        "no sheet": packed({k: v for k, v in parts.items() if "sheet1" not in k}),
        "broken XLS": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 99,
    }


@pytest.mark.parametrize("case", damaged())
def test_a_damaged_workbook_is_a_finding(case: str) -> None:
    assert refused(read("a.xlsx", damaged()[case]))[0] == "workbook-unreadable"


# ---- ODS -----------------------------------------------------------------------------------------

ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
ODS = """<?xml version="1.0"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">
<office:body><office:spreadsheet><table:table table:name="A">%s</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(table_rows: str, manifest: bytes = b"<m/>") -> bytes:
    parts = {"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest}
    return packed(parts | {"content.xml": (ODS % table_rows).encode()})


def test_an_ods_error_with_a_stored_zero_is_an_error() -> None:
    cell = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    content = ods(f"<table:table-row>{cell}</table:table-row>")
    assert rows(read("a.ods", content)) == [[ErrorCell("#DIV/0!")]]


def test_an_ods_says_what_is_merged_and_what_is_hidden() -> None:
    cell = '<table:table-cell office:value-type="string"{}><text:p>a</text:p></table:table-cell>'
    wide = cell.format(' table:number-columns-spanned="3" table:number-rows-spanned="2"')
    content = ods(
        '<table:table-column/><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="2"/>'
        f"<table:table-row><table:table-cell/>{wide}</table:table-row>"
        f'<table:table-row table:visibility="filter">{cell.format("")}</table:table-row>'
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"/>'
    )
    (sheet,) = read("a.ods", content).sheets
    assert sheet.merged == (Merge(0, 1, 1, 3),)
    assert sheet.hidden_rows == {1} and sheet.hidden_columns == {1, 2}


def test_an_xlsx_says_what_is_merged_and_what_is_hidden() -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "c"])
    book.active.append([1, 2, 3])
    book.active.merge_cells("A1:B1")
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = read("a.xlsx", stream.getvalue()).sheets
    assert sheet.merged == (Merge(0, 0, 0, 1),)
    assert sheet.hidden_rows == {1} and sheet.hidden_columns == {2}


def old_workbook(*, hidden: bool) -> bytes:
    """An XLS file of a page and a second, hidden one; a row and a column of it may be hidden."""
    book = xlwt.Workbook()
    page = book.add_sheet("Quý III")
    for row, cells in enumerate((("Đơn vị", "Kỳ", "Bác sĩ"), ("A", "2021-Q3", 5), ("B", "x", 6))):
        for column, value in enumerate(cells):
            page.write(row, column, value)
    page.write_merge(3, 4, 0, 1, "gộp")
    page.row(2).hidden = page.col(1).hidden = hidden
    book.add_sheet("Ẩn").visibility = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_xls_says_what_is_merged_and_what_is_hidden() -> None:
    first, second = read("a.xls", old_workbook(hidden=True)).sheets
    assert first.rows[1] == ["A", "2021-Q3", 5] and first.merged == (Merge(3, 0, 4, 1),)
    assert first.hidden_rows == {2} and first.hidden_columns == {1}
    assert not first.hidden and second.hidden
    shown = read("a.xls", old_workbook(hidden=False)).sheets[0]
    assert not shown.hidden_rows and not shown.hidden_columns


def test_an_xls_error_is_an_error() -> None:
    sheet = xlwt.Workbook().add_sheet("b")
    sheet.row(0).set_cell_error(1, "#DIV/0!")
    sheet.write(1, 0, 5)
    stream = io.BytesIO()
    sheet.parent.save(stream)
    assert rows(read("a.xls", stream.getvalue())) == [[None, ErrorCell("#DIV/0!")], [5]]


def test_an_xls_has_days_moments_hours_and_durations() -> None:
    cells = [
        (45000, "dd/mm/yyyy", date(2023, 3, 15)),
        (45000.5, "dd/mm/yyyy", datetime(2023, 3, 15, 12)),
        (0.5, "hh:mm", time(12)),
        (1.25, "[h]:mm", "30:00:00"),
        (3, "dd/mm/yyyy", 3),
        (12.5, "0.0", 12.5),
        (12, "0", 12),
    ]
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for row, (number, shown, _) in enumerate(cells):
        page.write(row, 0, number, xlwt.easyxf(num_format_str=shown))
    page.write(len(cells), 0, True)
    stream = io.BytesIO()
    book.save(stream)
    expected: list[object] = [[value] for *_, value in cells]
    assert rows(read("a.xls", stream.getvalue())) == [*expected, [True]]


def test_an_encrypted_xls_is_refused_as_encrypted() -> None:
    """The record that says so stands right behind the first one of the workbook."""
    content = old_workbook(hidden=False)
    start = content.index(b"\x09\x08\x10\x00")
    said = struct.pack("<HH", 0x2F, 6) + bytes(6)
    end = start + 20
    broken = content[:end] + said + content[end + len(said) :]
    assert refused(read("a.xls", broken)) == ("workbook-encrypted", None)


def test_a_damaged_xls_is_read_or_refused_and_stops_nothing() -> None:
    """Calamine once asked for 640 GiB here, which ends the process."""
    whole = old_workbook(hidden=True)
    for at in range(512, len(whole), 7):
        content = bytearray(whole)
        content[at] ^= 0xFF
        reading = read("a.xls", bytes(content))
        assert reading.sheets or refused(reading)[0] in (
            "workbook-unreadable",
            "file-kind-unsupported",
        )


def test_an_ods_formula_without_a_result_blocks() -> None:
    cell = '<table:table-cell table:formula="of:=1"/>'
    reading = read("a.ods", ods(f"<table:table-row><table:table-cell/>{cell}</table:table-row>"))
    assert [(f.code, f.place.cell) for f in reading.findings] == [("formula-not-calculated", "B1")]


@pytest.mark.parametrize("repeat", ["1000000", "99999999999", "-1"])
def test_an_ods_cell_repeated_beyond_measure_is_refused(repeat: str) -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="3" '
        'table:number-columns-repeated="20"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="{repeat}">{cell}</table:table-row>'
    assert refused(read("a.ods", ods(row)))[0] == "sheet-too-large"


def test_an_encrypted_ods_asks_for_its_password_to_be_removed() -> None:
    content = ods("", manifest=b"<manifest:encryption-data/>")
    assert refused(read("a.ods", content))[0] == "workbook-encrypted"


# ---- Names, and whatever else --------------------------------------------------------------------


def test_the_content_decides_and_the_name_is_noted() -> None:
    sheet = workbook(lambda book: book.active.append(["a", 1]))
    assert rows(read("a.csv", sheet)) == [["a", 1]]
    assert codes(read("a.csv", sheet)) == ["file-name-mismatch"]
    assert codes(text("a;b\n1;2\n", "a.xlsx")) == ["file-name-mismatch"]
    assert codes(read("a.xlsm", sheet)) == codes(text("a;b\n", "a.TXT")) == []


@given(st.binary(max_size=400))
def test_reading_never_raises(content: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        reading = read(name, content)
        assert reading.sheets or reading.findings
        codes(reading)


@given(
    st.binary(max_size=200), st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
)
def test_reading_never_raises_on_what_begins_like_a_workbook(tail: bytes, head: bytes) -> None:
    assert read("a.xlsx", head + tail).findings


@settings(max_examples=200)
@given(st.data())
def test_a_workbook_with_damaged_bytes_never_raises(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    reading = read("a.xlsx", bytes(content))
    assert reading.sheets or reading.findings


GOOD = workbook(lambda book: book.active.append(["đơn vị", 1, 2.5]))
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=8))
def test_what_the_csv_module_writes_is_read_back_cell_by_cell(table: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    buffer.write("sep=;\r\n")
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    expected = [[cell or None for cell in row] for row in table]
    assert rows(read("a.csv", buffer.getvalue().encode())) == expected


# ---- Real files ----------------------------------------------------------------------------------


# Without location_coordinates, whose expected file tells of another telephone number.
SPECTRUM = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json",
    "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
]  # fmt: skip


@pytest.mark.parametrize("case", SPECTRUM)
def test_csv_spectrum_is_read_as_its_authors_expect(case: str) -> None:
    folder = shared("data", "csv-torture", "csv-spectrum")
    heading, *body = rows(read("a.csv", (folder / f"{case}.csv").read_bytes()))
    expected = json.loads((folder / "json" / f"{case}.json").read_text("utf-8"))
    found = [dict(zip(heading, [cell or "" for cell in row], strict=True)) for row in body]
    assert json.dumps(found).replace("\\r\\n", "\\n") == json.dumps(expected).replace(
        "\\r\\n", "\\n"
    )


def test_every_shared_file_is_read_or_refused_with_a_reason() -> None:
    files = [path for path in shared("data").rglob("*") if path.is_file()]
    for path in files:
        if path.stat().st_size < 3_000_000:
            reading = read(path.name, path.read_bytes())
            assert reading.sheets or codes(reading), path


def test_one_table_in_four_encodings_is_one_grid() -> None:
    folder = shared("data", "vn-encodings")
    names = ("utf8", "utf8bom", "utf16le_bom")
    grids = [rows(read("a.csv", (folder / f"thanh_hoa.{n}.csv").read_bytes())) for n in names]
    assert grids[0] == grids[1] == grids[2]
    assert grids[0][1][5] == "50,0"


def cover_files() -> list[str]:
    return [f"2018_2019_Q{quarter}.xlsx" for quarter in (1, 2, 3, 4)]


@pytest.mark.parametrize("name", cover_files())
def test_a_published_workbook_agrees_with_openpyxl_cell_by_cell(name: str) -> None:
    path: Path = shared("data", "england-cover", name)
    reading = read(name, path.read_bytes())
    book = openpyxl.load_workbook(path, data_only=True)
    assert [sheet.name for sheet in reading.sheets] == book.sheetnames
    for sheet in reading.sheets:
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            for column, value in enumerate(row, start=1):
                other = book[sheet.name].cell(line, column).value
                assert value == plain(other), (sheet.name, line, column)


def plain(value: object) -> object:
    """What openpyxl says in our terms: midnight is a date, empty text is a blank."""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date()
    return None if value == "" else value


def test_a_long_text_that_many_cells_share_is_counted_for_each() -> None:
    """Held for each of them it would take gigabytes: more in tests/attack/test_workbooks.py."""
    text = '<table:table-cell office:value-type="string"><text:p>' + "x" * 30_000 + "</text:p>"
    row = f'<table:table-row table:number-rows-repeated="9000">{text}</table:table-cell></table:table-row>'
    reading = read("a.ods", ods(row))
    assert refused(reading)[0] == "workbook-text-too-long"


def test_shared_texts_are_counted_in_characters() -> None:
    """Two bytes and more are one letter in Vietnamese; tags and how a sign is written do not count."""
    plain = "<si><t>Trạm Y tế xã</t></si>\n<si><t>ạ &amp; &#7841; &#x1EA1;</t></si>"
    odd = "<si/><si><r><rPr><b/></rPr><t>Thọ</t></r><r><t xml:space='preserve'> Xuân</t></r></si>"
    section = "<x:si><x:t><![CDATA[a<b&amp;]]></x:t></x:si>"
    xml = f'<?xml version="1.0"?><sst count="5">{plain}{odd}{section}</sst>'
    assert lengths_of([xml.encode(), b"<sst/>", b"<sst><si><t>a</t></si></sst>"]) == [
        12, 7, 0, 8, 8, 1,
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), max_size=5))
def test_a_count_of_shared_texts_is_the_sum_of_their_characters(texts: list[str]) -> None:
    xml = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    assert lengths_of([f"<sst>{xml}</sst>".encode()]) == [len(text) for text in texts]


def test_a_long_workbook_in_vietnamese_is_measured_in_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row in range(100):
            sheet.write(row, 0, "Trạm Y tế xã")
    for limit, expected in ((1_200, []), (1_199, ["workbook-text-too-long"])):
        monkeypatch.setattr(etl.read_parts, "MAX_BOOK_CHARACTERS", limit)
        monkeypatch.setattr(etl.read_workbook, "MAX_BOOK_CHARACTERS", limit)
        reading = read("a.xlsx", buffer.getvalue())
        assert codes(reading) == expected
    assert reading.findings[0].facts["characters"] == "1200"
