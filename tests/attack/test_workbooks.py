"""Workbooks that ask for more memory than there is, or that two readers would read differently."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from etl.read import read
from etl.web import ROOT

MEMORY = 3 * 1024**3  # bytes: a department's server has four
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST = "xl/worksheets/sheet1.xml"
WORKBOOK, LINKS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"


def sheet(rows: str, before: str = "") -> bytes:
    """A sheet with these rows."""
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
    return f'<?xml version="1.0"?>{text}'.encode()


def cell(where: str, value: int = 1) -> str:
    row = "".join(filter(str.isdigit, where))
    return f'<row r="{row}"><c r="{where}"><v>{value}</v></c></row>'


def book(parts: Mapping[str, bytes], sheets: int = 1, target: str = "") -> bytes:
    """A workbook with parts of it replaced, or added behind the others."""
    plain, made = BytesIO(), BytesIO()
    new = openpyxl.Workbook()
    for number in range(1, sheets):
        new.create_sheet(f"s{number}")
    new.active.append(["unit"])
    new.save(plain)
    with ZipFile(plain) as old, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            if name == LINKS and target:
                content = content.replace(b"/xl/worksheets/sheet1.xml", target.encode())
            archive.writestr(name, content)
        for name in parts.keys() - set(old.namelist()):
            archive.writestr(name, parts[name])
    return made.getvalue()


CORNERS = sheet(cell("A1") + cell("BXX4990"))  # ten million cells, of which two are there
END = '<row r="1048576"><c r="XFD1048576">{}<v>1</v></c></row>'  # what it says is not its end
ROW = f'<row r="1048576">{{}}<c><v>1</v></c></row>{cell("BXX1")}'  # not the row it says
HIDING = {
    "end in a comment": (END.format("<!--</c>-->"), "sheet-too-large"),
    "end in an attribute": (END.format('<x y="</c>"/>'), "sheet-too-large"),
    "cell in a comment": (END.replace("<c", "<!-- <c r='A1'> --><c").format(""), "sheet-too-large"),
    "row in a comment": (ROW.format('<!-- <row r="1"> -->'), "workbook-unreadable"),
    "row in an attribute": (ROW.format("<x y='<row r=\"1\">'/>"), "workbook-unreadable"),
}
COLOURED = sheet(cell("A1") + '<row r="9"><c r="B9" s="0"/></row>' + cell("BXX4990"))
MANY = {f"xl/worksheets/sheet{n}.xml": CORNERS for n in range(1, 31)}
LONG = f'<sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'.encode()
SHARED = sheet(
    "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDE") + "</row>"
        for n in range(1, 50_001)
    )
)
SECTION = f"<![CDATA[{'<' + 'x' * 29_999}]]>"
MISCOUNTED = {
    "that look like a tag": (
        f'<sst xmlns="{MAIN}"><si><t>{SECTION}</t></si></sst>'.encode(),
        "workbook-text-too-long",
    ),
    "that begin in a comment": (
        LONG.replace(b"<si>", b"<!-- <si></si> --><si>"),
        "workbook-unreadable",
    ),
    "in a string": (
        LONG.replace(b"<t>", b"<t><si>").replace(b"</si>", b"</si></si>"),
        "workbook-unreadable",
    ),
    "that begin in an attribute": (
        LONG.replace(b"<si>", b"<x y='<si></si>'/><si>"),
        "workbook-unreadable",
    ),
    "that begin in a section": (
        LONG.replace(b"<si>", b"<![CDATA[<si></si>]]><si>"),
        "workbook-unreadable",
    ),
}
HIDDEN_KIND = SHARED.replace(b't="s"', b't="&#115;"')
ONE_PART = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 200))
SAME = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{ONE_PART}</sheets></workbook>'
ODS = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def ods(cells: str, rows: str) -> bytes:
    """An ODS file of one row that is repeated, and noise so that it is packed badly enough."""
    spaces = " ".join(f'xmlns:{n}="{NAMES}:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f'<office:document-content {spaces} xmlns:calcext="urn:calcext"><office:body>'
        f'<office:spreadsheet><table:table table:name="a"><table:table-row '
        f'table:number-rows-repeated="{rows}">{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return made.getvalue()


TEXT = '<table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>{}</text:p></table:table-cell>'
SPACES = '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="90000000"/>{}</text:p></table:table-cell>'
SPACES = SPACES.format('<text:s text:c="90000000"/>' * 50)
ERRORS = '<table:table-cell calcext:value-type="error" table:number-columns-repeated="16384"/>'
HUNGRY = {
    "many-sheets": (book(MANY, sheets=30), "workbook-too-large"),
    "many-sheets-with-blank-cells": (
        book(dict.fromkeys(MANY, COLOURED), sheets=30),
        "workbook-too-large",
    ),
    "shared-text": (book({FIRST: SHARED, STRINGS: LONG}), "workbook-text-too-long"),
    "shared-text-kind-written-otherwise": (
        book({FIRST: HIDDEN_KIND, STRINGS: LONG}),
        "workbook-text-too-long",
    ),
    **{
        f"strings {what}": (book({FIRST: SHARED, STRINGS: xml}), code)
        for what, (xml, code) in MISCOUNTED.items()
    },
    "one-part-many-sheets": (
        book({FIRST: CORNERS, WORKBOOK: SAME.encode()}),
        "workbook-unreadable",
    ),
    **{what: (book({FIRST: sheet(rows)}), code) for what, (rows, code) in HIDING.items()},
    "ods-repeated-text": (ods(TEXT.format("x" * 20_000), "9000"), "workbook-text-too-long"),
    "ods-spaces": (ods(SPACES, "1"), "workbook-text-too-long"),
    "ods-errors-without-value": (ods(ERRORS, "1000000"), "sheet-too-large"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory for a process")
@pytest.mark.parametrize("what", HUNGRY)
def test_a_small_file_does_not_take_the_memory_of_the_server(what: str, tmp_path: Path) -> None:
    content, code = HUNGRY[what]
    file = tmp_path / "evil"
    file.write_bytes(content)
    ask = "import sys; from etl.read import read; r = read('a.xlsx', open(sys.argv[1], 'rb').read()); "
    ask += "print(len(r.sheets), *(f.code for f in r.findings))"
    done = subprocess.run(
        [sys.executable, "-c", ask, str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert done.stdout.split() == ["0", code], done.stderr[-300:]


FAR = sheet(cell("ZZ90000", 99))
NEAR = sheet(cell("A1"))
TWO_MEANINGS = {
    "case": book({FIRST: NEAR, "xl/worksheets/SHEET1.xml": FAR}),
    "dots": book(
        {"xl/worksheets/../worksheets/two.xml": FAR, "xl/worksheets/two.xml": NEAR},
        target="worksheets/../worksheets/two.xml",
    ),
    "backslash": book({FIRST: NEAR, "xl\\worksheets\\sheet1.xml": FAR}),
    "root": book({"other/two.xml": FAR, "xl/other/two.xml": NEAR}, target="/other/two.xml"),
    "twice xl": book(
        {"xl/xl/worksheets/two.xml": FAR, "xl/worksheets/two.xml": NEAR},
        target="xl/worksheets/two.xml",
    ),
    "sign in attribute": book(
        {FIRST: sheet('<row r="90000"><c x=">" r="ZZ90000"><v>9</v></c></row>')}
    ),
    "attribute in attribute": book(
        {FIRST: sheet('<row r="1"><c x=\' r="A1"\' r="ZZ90000"><v>9</v></c></row>')}
    ),
    "strange prefix": book(
        {FIRST: sheet(f'<row r="1"><a-b:c xmlns:a-b="{MAIN}" r="ZZ90000"><v>9</v></a-b:c></row>')}
    ),
}


@pytest.mark.parametrize("what", TWO_MEANINGS)
def test_what_two_readers_would_read_differently_is_refused(what: str) -> None:
    reading = read("a.xlsx", TWO_MEANINGS[what])
    assert not reading.sheets
    assert {f.code for f in reading.findings} <= {"workbook-unreadable", "sheet-too-large"}


def test_one_prefix_or_single_quotes_are_an_ordinary_workbook() -> None:
    rows = "<row r='2'><c r='B2' t='n'><v>7</v></c></row>"
    named = sheet(rows).replace(b"<row", b"<x:row").replace(b"</row", b"</x:row")
    for content in (
        sheet(rows),
        named.replace(b"<worksheet", f'<worksheet xmlns:x="{MAIN}"'.encode()),
    ):
        reading = read("a.xlsx", book({FIRST: content}))
        assert [row for s in reading.sheets for row in s.rows][1] == [None, 7]


def test_hidden_columns_said_a_hundred_thousand_times_are_a_few() -> None:
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100_000 + "</cols>"
    noise = Random(1).randbytes(100_000)  # else it is refused for how well it is packed
    reading = read("a.xlsx", book({FIRST: sheet(cell("A1"), columns), "noise": noise}))
    assert len(reading.sheets[0].hidden_columns) == 2_000
