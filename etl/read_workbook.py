"""XLSX, XLSM, XLS and ODS to grids, with the safety checks their containers need."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from etl.cells import clock, whole
from etl.findings import Finding, Place
from etl.grid import (
    MAX_BOOK_CELLS,
    MAX_BOOK_CHARACTERS,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEET_CELLS,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_RATIO,
    ErrorCell,
    Merge,
    Reading,
    Sheet,
    Value,
    in_mebibytes,
)
from etl.read_guard import are_clear
from etl.read_parts import scan_parts
from etl.read_utf16 import in_utf8
from etl.read_xls import Encrypted, xls_sheets
from etl.scan_ods import scan_ods
from etl.scan_sheet import Scan

_ARCHIVE_ERRORS = (
    BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
    zlib.error, ElementTree.ParseError, expat.ExpatError,
)  # fmt: skip
_ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
_KINDS = {"xl/workbook.bin": "XLSB", "word/document.xml": "DOCX", "ppt/presentation.xml": "PPTX"}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NAMED_FORMULAS = 20  # cells named for a sheet; each finding also states how many there are


def read_zip(name: str, content: bytes) -> Reading:
    """The sheets of an XLSX, XLSM or ODS file; other archives are refused by name."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            refusal = _refuse_archive(name, archive, len(content))
            rewritten = None if refusal else in_utf8(archive)
            if rewritten is None:
                return refusal or _read_archive(name, archive, content)
        with ZipFile(BytesIO(rewritten)) as archive:
            refusal = _refuse_archive(name, archive, len(rewritten))
            return refusal or _read_archive(name, archive, rewritten)
    except _ARCHIVE_ERRORS:
        return _refuse("workbook-unreadable", name)


def read_ole(name: str, content: bytes) -> Reading:
    """The sheets of an old XLS file; an encrypted XLSX hides in the same container."""
    if _utf16("EncryptedPackage") in content:
        return _refuse("workbook-encrypted", name)
    if not any(_utf16(stream) in content for stream in ("Workbook", "Book")):
        return _refuse("file-kind-unsupported", name, kind="OLE (DOC, PPT, MSG)")
    try:
        sheets = xls_sheets(content)
    except Encrypted:
        return _refuse("workbook-encrypted", name)
    if not sheets:
        return _refuse("workbook-unreadable", name)
    long = [found for grid in sheets for found in _long_cells(Place(name, sheet=grid.name), grid)]
    return Reading(tuple(sheets), (*long, Finding("workbook-old-format", Place(name))), "xls")


def _utf16(text: str) -> bytes:
    """How the container spells the names of its streams."""
    return text.encode("utf-16-le")


def _refuse(code: str, name: str, **facts: str) -> Reading:
    """No sheets, and why."""
    return Reading(findings=(Finding(code, Place(name), facts=facts),))


def _refuse_archive(name: str, archive: ZipFile, packed: int) -> Reading | None:
    """Refuse a bomb by its directory, then damage and lies about size by unpacking once."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if size > MAX_UNPACKED_BYTES or size > packed * MAX_UNPACKED_RATIO:
        facts = {"size": in_mebibytes(size), "ratio": str(size // packed)}
        limits = {"limit": in_mebibytes(MAX_UNPACKED_BYTES), "ratio_limit": str(MAX_UNPACKED_RATIO)}
        return _refuse("archive-suspicious", name, **facts, **limits)
    if any(entry.flag_bits & 1 for entry in entries):
        return _refuse("workbook-encrypted", name)
    # Two entries of one name: the readers would not agree on which of them counts.
    if not are_clear([entry.filename for entry in entries]) or archive.testzip():
        return _refuse("workbook-unreadable", name)
    return None


def _read_archive(name: str, archive: ZipFile, content: bytes) -> Reading:
    """Decide by the parts inside which kind of archive it is."""
    parts = set(archive.namelist())
    if "xl/workbook.xml" in parts:
        scans = scan_parts(archive)
        if scans is None:
            return _refuse("workbook-unreadable", name)
        return _read_sheets(name, content, "xlsx", scans)
    if "mimetype" in parts and archive.read("mimetype").startswith(_ODS):
        return _read_ods(name, archive, content)
    kind = next((kind for part, kind in _KINDS.items() if part in parts), "ZIP")
    return _refuse("file-kind-unsupported", name, kind=kind)


def _read_ods(name: str, archive: ZipFile, content: bytes) -> Reading:
    """The sheets of an ODS file."""
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        return _refuse("workbook-encrypted", name)
    return _read_sheets(name, content, "ods", scan_ods(archive.read("content.xml")))


def _read_sheets(name: str, content: bytes, kind: str, scans: Sequence[Scan]) -> Reading:
    """All worksheets, values by calamine and corrected by the scans."""
    far = [_sheet_too_large(name, scan) for scan in scans if scan.is_too_large]
    if far:
        return Reading(findings=tuple(far), kind=kind)
    too_large = _book_too_large(name, scans)
    if too_large is not None:
        return too_large
    grids = _load_grids(content)
    if grids is None or len(scans) != len(grids):
        return _refuse("workbook-unreadable", name)
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    for grid, scan in zip(grids, scans, strict=True):
        place = Place(name, sheet=grid.name)
        sheets.append(_correct(grid, scan))
        findings += [*_long_cells(place, grid), *_uncalculated(place, scan)]
    return Reading(tuple(sheets), tuple(findings), kind)


def _load_grids(content: bytes) -> list[Sheet] | None:
    """Every sheet as calamine has it with true row numbers, or None if it cannot read the file."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        return [
            _load_grid(workbook, about, index)
            for index, about in enumerate(workbook.sheets_metadata)
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of its Rust code is not an Exception
        return None


def _load_grid(workbook: CalamineWorkbook, about: SheetMetadata, index: int) -> Sheet:
    """One sheet from its first row and column on; charts and macros have no cells."""
    hidden = about.visible != SheetVisibleEnum.Visible
    if about.typ != SheetTypeEnum.WorkSheet:
        return Sheet(about.name, [], range(0), hidden)
    sheet = workbook.get_sheet_by_index(index)
    rows = [[_tidy(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(about.name, rows, range(1, len(rows) + 1), hidden, merged)


def _tidy(value: Any) -> Value:
    """A blank as None, a whole number as int (codes are compared as text), durations as text."""
    if value == "":
        return None
    if isinstance(value, float):
        return whole(value)
    if isinstance(value, str) and value in _ERRORS:
        return ErrorCell(value)
    return clock(value) if isinstance(value, timedelta) else value


def _correct(grid: Sheet, scan: Scan) -> Sheet:
    """The sheet with its error cells in place, where calamine leaves blanks or zeros."""
    for area, text in scan.errors:
        for row, column in area.cells():
            _put(grid.rows, row, column, ErrorCell(text))
    spread = (
        Merge(a.row, a.column, a.row + a.rows - 1, a.column + a.columns - 1) for a in scan.merged
    )
    return replace(
        grid,
        lines=range(1, len(grid.rows) + 1),
        merged=(*grid.merged, *spread),
        hidden_rows=_within(scan.hidden_rows, len(grid.rows)),
        hidden_columns=_within(scan.hidden_columns, MAX_COLUMNS),
    )


def _within(hidden: list[range], count: int) -> frozenset[int]:
    """Those of the hidden rows or columns that a sheet of this size has. A file may say one twice."""
    found: list[int] = []
    reached = 0
    for each in sorted(hidden, key=lambda r: r.start):
        found += range(max(each.start, reached), min(each.stop, count))
        reached = max(reached, each.stop)
    return frozenset(found)


def _put(rows: list[list[Value]], row: int, column: int, value: Value) -> None:
    """Set a cell, which may lie beyond what calamine took for the end of the sheet."""
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def _uncalculated(place: Place, scan: Scan) -> list[Finding]:
    """The first formulas without a result, each with the number of all of them."""
    facts = {"count": str(len(scan.uncalculated))}
    return [
        Finding(
            "formula-not-calculated",
            replace(place, row=area.row + 1, column=area.column + 1),
            facts=facts,
        )
        for area in scan.uncalculated[:_NAMED_FORMULAS]
    ]


def _long_cells(place: Place, grid: Sheet) -> list[Finding]:
    """The first cell of a sheet that is longer than any spreadsheet program allows."""
    facts = {"limit": str(MAX_CELL_CHARACTERS)}
    for line, row in zip(grid.lines, grid.rows, strict=True):
        for column, value in enumerate(row, start=1):
            if isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS:
                at = replace(place, row=line, column=column)
                return [Finding("cell-too-long", at, facts=facts)]
    return []


def _sheet_too_large(name: str, scan: Scan) -> Finding:
    """The refusal of a sheet whose farthest cell would cost all the memory."""
    facts = {
        "rows": str(scan.rows),
        "columns": str(scan.columns),
        "row_limit": str(MAX_ROWS),
        "column_limit": str(MAX_COLUMNS),
        "cell_limit": str(MAX_SHEET_CELLS),
    }
    return Finding("sheet-too-large", Place(name, sheet=scan.name), facts=facts)


def _book_too_large(name: str, scans: Sequence[Scan]) -> Reading | None:
    """The refusal of a workbook whose sheets together would cost all the memory."""
    cells = sum(scan.cells for scan in scans)
    if cells > MAX_BOOK_CELLS:
        limit = str(MAX_BOOK_CELLS)
        return _refuse("workbook-too-large", name, cells=str(cells), cell_limit=limit)
    characters = sum(scan.characters for scan in scans)
    if characters > MAX_BOOK_CHARACTERS:
        facts = {"characters": str(characters), "character_limit": str(MAX_BOOK_CHARACTERS)}
        return _refuse("workbook-text-too-long", name, **facts)
    return None
