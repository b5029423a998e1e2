"""What reading a file gives: grids of cells with true positions, and what may not be exceeded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from etl.findings import Finding

MAX_BYTES = 50 * 1024**2
MAX_ROWS = 2_000_000
MAX_COLUMNS = 2_000
MAX_CELL_CHARACTERS = 32_767
MAX_SHEET_CELLS = 10_000_000  # a sheet is held densely: two far cells would cost all the memory
MAX_BOOK_CELLS = 10_000_000  # of all sheets: each is held at the same time
MAX_BOOK_CHARACTERS = 100_000_000  # of all cells: a text that many cells share is held for each
MAX_UNPACKED_BYTES = 300 * 1024**2
MAX_UNPACKED_RATIO = 200


@dataclass(frozen=True)
class ErrorCell:
    """A spreadsheet cell that shows an error such as #N/A: neither a value nor a blank."""

    text: str


Value = str | int | float | bool | datetime | date | time | ErrorCell | None


class Merge(NamedTuple):
    """One merged range of cells, first and last row and column from 0; its text is in the first."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """A grid as found: ragged rows stay ragged, a blank is None, `lines` count from 1.

    ``hidden_rows`` and ``hidden_columns`` count from 0; text files have none, and no merged cells.
    """

    name: str | None
    rows: list[list[Value]]
    lines: Sequence[int]
    hidden: bool = False
    merged: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reading:
    """All sheets of one file, or none and the findings that say why."""

    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    kind: str = ""
    encoding: str | None = None
    delimiter: str | None = None


def in_mebibytes(count: int) -> str:
    """A size for people: whole mebibytes, rounded up so that it never equals the limit it broke."""
    return f"{-(-count // 1024**2)} MiB"
