"""What the fast workbook reader hides: error cells, formulas without a result, far cells.

Calamine gives '' for the first two, the same as for a blank cell, and it allocates a sheet densely
up to its farthest cell, which ends the whole process when that cell is far enough away. So the
XML of each sheet is looked at before calamine sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from etl.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEET_CELLS
from etl.read_guard import has_only_tags

BEYOND = 10**9  # stands for any position that no spreadsheet has
MOST_COLUMNS = 16_384  # of a sheet; a file may say of more that they are hidden


class Area(NamedTuple):
    """Cells with the same content, positions from 0; more than one where ODS repeats a cell."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of each cell, from 0."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


@dataclass
class Scan:
    """Extent in rows and columns, error cells with their text, formulas without a result."""

    name: str = ""
    rows: int = 0
    columns: int = 0
    characters: int = 0  # of texts that cells share or repeat
    errors: list[tuple[Area, str]] = field(default_factory=list)
    uncalculated: list[Area] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)  # ranges: a file may hide a million
    hidden_columns: list[range] = field(default_factory=list)
    is_exact: bool = False  # no blank cell counts for the extent

    def extend(self, area: Area) -> None:
        """Grow the extent so that it covers the area."""
        self.rows = max(self.rows, area.row + area.rows)
        self.columns = max(self.columns, area.column + area.columns)

    @property
    def cells(self) -> int:
        """How many cells the dense reader holds for the sheet."""
        return self.rows * self.columns

    @property
    def is_too_large(self) -> bool:
        """Whether the sheet must not be given to the dense reader."""
        return self.rows > MAX_ROWS or self.columns > MAX_COLUMNS or self.cells > MAX_SHEET_CELLS


_CELL_REF = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
_ANY_REF = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
_ROW_REF = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,9})["']""")
_HAS_REF = re.compile(rb"\sr\s*=")
_CELL_START = re.compile(rb"<(?:\w+:)?c[\s/>]")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_HIDDEN = rb"""<(?:\w+:)?%s(\s(?:[^>]*?\s)?hidden\s*=\s*["'](?:1|true)["'][^>]*)>"""
_HIDDEN_ROW, _HIDDEN_COLUMN = re.compile(_HIDDEN % b"row"), re.compile(_HIDDEN % b"col")
_COLUMNS_REF = re.compile(rb"""\s(min|max)\s*=\s*["']([0-9]{1,9})["']""")
_BLANK = re.compile(rb"<(?:\w+:)?c(?:\s[^>]*)?(?:/>|>\s*</(?:\w+:)?c\s*>)")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s/>]")
_ERROR_CELL = re.compile(
    rb"""<(?:\w+:)?c(?P<cell>\s[^>]*?\bt\s*=\s*["']e["'][^>/]*)>(?P<body>.*?)</(?:\w+:)?c\s*>""",
    re.DOTALL,
)
_FORMULA_CELL = re.compile(  # the formula is always the first thing in its cell
    rb"<(?:\w+:)?c(?P<cell>(?:\s[^>]*)?)>(?P<body>\s*<(?:\w+:)?f[\s/>].*?)</(?:\w+:)?c\s*>",
    re.DOTALL,
)
_TOKEN = re.compile(
    rb"<(?:\w+:)?row(?P<row>\s[^>]*|/?)>"
    rb"|<(?:\w+:)?c(?P<cell>\s[^>]*?)?(?:/>|>(?P<body>.*?)</(?:\w+:)?c\s*>)",
    re.DOTALL,
)


def scan_xlsx(xml: bytes, *, name: str, recalculates: bool) -> Scan:
    """The scan of one sheet; `recalculates` says that its stored results are placeholders."""
    scan = Scan(name)
    _note_hidden(xml, scan)
    references = _CELL_REF.findall(xml)
    if len(_CELL_START.findall(xml)) != len(references):  # a cell may leave its place to be counted
        return _walk_cells(xml, scan, recalculates)
    _note_extent(references, scan)
    if scan.is_too_large:
        leave_out_blanks(xml, scan)
    for pattern in (_ERROR_CELL, _FORMULA_CELL):
        for cell in pattern.finditer(xml):
            if pattern is _ERROR_CELL or not _is_error(cell):
                _note_special(scan, Area(*_position(cell["cell"], 0, 0)), cell, recalculates)
    return scan


def leave_out_blanks(xml: bytes, scan: Scan) -> None:
    """Make the extent exact: a blank cell may be far away only because it is formatted."""
    if not scan.is_exact:
        _note_extent(_CELL_REF.findall(_BLANK.sub(b"", xml)), scan)
        scan.is_exact = True


def _note_extent(references: list[tuple[bytes, bytes]], scan: Scan) -> None:
    """The extent of cells by their letters and digits."""
    scan.rows = _largest({row for _, row in references})
    scan.columns = _farthest({column for column, _ in references})


def _note_hidden(xml: bytes, scan: Scan) -> None:
    """The hidden rows and columns, where the file says which they are."""
    for row in _HIDDEN_ROW.finditer(xml):
        number = _ROW_REF.search(row[1])
        if number is not None:
            scan.hidden_rows.append(range(int(number[1]) - 1, int(number[1])))
    for column in islice(_HIDDEN_COLUMN.finditer(xml), MOST_COLUMNS):
        ends = {name: int(number) for name, number in _COLUMNS_REF.findall(column[1])}
        scan.hidden_columns.append(range(ends.get(b"min", 1) - 1, ends.get(b"max", 0)))


def _largest(numbers: set[bytes]) -> int:
    """The largest of some written numbers; one too long to be real is simply beyond."""
    longest = max(numbers, key=lambda digits: (len(digits), digits), default=b"0")
    return int(longest) if len(longest) <= 9 else BEYOND


def _farthest(columns: set[bytes]) -> int:
    """The largest column number of some column letters."""
    return max(map(_column_number, columns), default=0)


def _column_number(letters: bytes) -> int:
    """A is 1, XFD is 16384."""
    if len(letters) > 3:
        return BEYOND
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _walk_cells(xml: bytes, scan: Scan, recalculates: bool) -> Scan:
    """The exact scan: each cell with content, its position given or counted.

    Raises ValueError where a comment may hide rows and cells that the fast reader sees.
    """
    if not has_only_tags(xml):
        raise ValueError(scan.name)
    scan.is_exact = True
    row, column = -1, -1
    for token in _TOKEN.finditer(xml):
        if token["row"] is not None:
            given = _ROW_REF.search(token["row"])
            row, column = int(given[1]) - 1 if given else row + 1, -1
            continue
        row, column = _position(token["cell"] or b"", row, column + 1)
        if token["body"] and _CONTENT.search(token["body"]):
            area = Area(row, column)
            scan.extend(area)
            _note_special(scan, area, token, recalculates)
    return scan


def _position(attributes: bytes, row: int, column: int) -> tuple[int, int]:
    """Row and column from 0: as the cell states them, else as counted."""
    given = _ANY_REF.search(attributes)
    if given:
        return _largest({given[2]}) - 1, _column_number(given[1]) - 1
    return (BEYOND, BEYOND) if _HAS_REF.search(attributes) else (row, column)


def _is_error(cell: re.Match[bytes]) -> bool:
    """Whether the cell is of the type that shows an error."""
    kind = _TYPE.search(cell["cell"] or b"")
    return kind is not None and kind[1] == b"e"


def _note_special(scan: Scan, area: Area, cell: re.Match[bytes], recalculates: bool) -> None:
    """Record an error cell, or a formula whose result is missing."""
    value = _VALUE.search(cell["body"])
    result = value[1].strip() if value else b""
    if _is_error(cell):
        scan.errors.append((area, result.decode("utf-8", "replace")))
    elif _FORMULA.search(cell["body"]) and _is_missing(cell, result, recalculates):
        scan.uncalculated.append(area)


def _is_missing(cell: re.Match[bytes], result: bytes, recalculates: bool) -> bool:
    """Whether a formula's stored result is none: nothing, or the zero of a program's template.

    Text (t="str") may rightly be empty. A workbook marked to be recalculated on opening was
    written by a program that cannot calculate; its zeros would be taken for facts.
    """
    kind = _TYPE.search(cell["cell"] or b"")
    if kind is not None and kind[1] == b"str":
        return False
    return not result or (recalculates and result == b"0")
