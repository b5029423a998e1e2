"""A person's own workbook with the findings marked in it, to correct and send back.

Colours are conditional formats that always hold, not fills: what the person gave the cells stays
underneath, and a workbook that comes back loses the marks of last time without losing anything else.
"""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from etl.export.marked_copy import copy_marked
from etl.export.marked_original import mark_original
from etl.export.marks import marks_of
from etl.findings import Finding
from etl.read import Reading, read

MAX_XML_BYTES = 20 * 1024**2  # of the sheets: beyond it, keeping the formats would take minutes
LOST = {
    "charts": ("xl/charts/", "xl/drawings/drawing", "xl/chartsheets/", "xl/diagrams/"),
    "macros": ("xl/vbaProject.bin",),
    "controls": ("xl/ctrlProps/", "xl/activeX/", "xl/slicers/"),
    "threads": ("xl/threadedComments/",),
}


def marked_workbook(
    name: str, content: bytes, findings: Sequence[Finding], language: str = "vi"
) -> bytes:
    """XLSX: the same workbook, cells with findings coloured and commented, a list in front.

    Of text files, XLS, ODS and very large workbooks: a new workbook with the cells as read. Of a
    file that cannot be read: the list alone.
    """
    reading = read(name, content)
    marks = marks_of(findings, reading.sheets, language)
    if reading.kind == "xlsx" and reading.sheets and _sheet_bytes(content) <= MAX_XML_BYTES:
        try:
            return mark_original(name, content, marks, _lost(content), language)
        except Exception:  # whatever a library does not understand of a workbook, we still mark
            pass
    return copy_marked(name, reading.sheets, marks, _lost_by_copying(reading), language)


def _lost_by_copying(reading: Reading) -> tuple[str, ...]:
    """A text file has nothing to lose."""
    return ("format",) if reading.kind not in {"csv", ""} else ()


def _parts(content: bytes) -> dict[str, int]:
    with ZipFile(BytesIO(content)) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}


def _sheet_bytes(content: bytes) -> int:
    """How much XML the sheets of a workbook are."""
    sizes = _parts(content).items()
    return sum(size for part, size in sizes if part.startswith("xl/worksheets/"))


def _lost(content: bytes) -> tuple[str, ...]:
    """What openpyxl does not carry over whole, as far as this workbook has any of it."""
    parts = _parts(content)
    return tuple(
        what for what, starts in LOST.items() if any(part.startswith(starts) for part in parts)
    )
