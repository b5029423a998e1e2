"""What to mark in a person's own workbook: which cell, how serious, with which words."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.cells import is_blank
from etl.findings import Finding, Severity, column_letters, describe, severity_of
from etl.grid import Sheet
from indicators.text import say

LISTED = 5_000  # findings on the list; the same number of cells at most is marked
WORST_FIRST = (Severity.BLOCKS, Severity.NEEDS_REASON, Severity.NOTE)
Position = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True)
class Line:
    """One finding of the list; ``at`` where there is a cell to go to."""

    severity: Severity
    sheet: str | None
    at: Position | None
    got: str
    sentence: str
    allowed: str
    remedy: str

    @property
    def cell(self) -> str:
        """The address of the cell, "" where there is none."""
        return f"{column_letters(self.at[1])}{self.at[0]}" if self.at else ""

    def comment(self, language: str) -> str:
        """What the cell says when it is pointed at."""
        level = say(f"submit.severity.{self.severity}", language).upper()
        return f"{level}\n{self.sentence}\n{self.allowed}\n→ {self.remedy}"


@dataclass(frozen=True)
class Mark:
    """One cell with everything found in it, the worst first."""

    at: Position
    lines: tuple[Line, ...]

    @property
    def severity(self) -> Severity:
        """The colour of the cell."""
        return self.lines[0].severity

    def comment(self, language: str) -> str:
        """All its findings, one below the other."""
        return "\n\n".join(line.comment(language) for line in self.lines)


@dataclass(frozen=True)
class Marks:
    """The findings of one file, worst first and then by place."""

    lines: tuple[Line, ...]
    counts: dict[Severity, int]  # of all findings, listed or not

    @cached_property
    def by_sheet(self) -> dict[str | None, list[Mark]]:
        """The marked cells of each sheet."""
        cells: dict[tuple[str | None, Position], list[Line]] = {}
        for line in self.lines:
            if line.at is not None:
                cells.setdefault((line.sheet, line.at), []).append(line)
        found: dict[str | None, list[Mark]] = {}
        for (sheet, at), lines in cells.items():
            found.setdefault(sheet, []).append(Mark(at, tuple(lines)))
        return found

    @property
    def left_out(self) -> int:
        """How many findings are not on the list."""
        return sum(self.counts.values()) - len(self.lines)


def marks_of(findings: Sequence[Finding], sheets: Iterable[Sheet], language: str = "vi") -> Marks:
    """What to mark and to list. A finding about a row stands at its first filled cell, one about a
    sheet in its first cell; one about the whole file has no cell."""
    known = {sheet.name: sheet for sheet in sheets}
    order = {severity: number for number, severity in enumerate(WORST_FIRST)}
    ordered = sorted(findings, key=lambda f: order[severity_of(f)])[:LISTED]
    counts = dict.fromkeys(WORST_FIRST, 0)
    for finding in findings:
        counts[severity_of(finding)] += 1
    return Marks(tuple(_line(f, known, language) for f in ordered), counts)


def _line(finding: Finding, sheets: dict[str | None, Sheet], language: str) -> Line:
    said = {name: str(text) for name, text in describe(finding, language).items()}
    sheet = sheets.get(finding.place.sheet)
    return Line(
        severity_of(finding),
        finding.place.sheet,
        _position(finding, sheet) if sheet is not None else None,
        finding.got,
        said["sentence"],
        said["allowed"],
        said["remedy"],
    )


def _position(finding: Finding, sheet: Sheet) -> Position | None:
    """The cell that stands for the place; None where nothing but the file is meant."""
    row, column = finding.place.row, finding.place.column
    if row is None:
        return None if finding.place.sheet is None else (1, 1)
    return row, column or _first_filled(sheet, row)


def _first_filled(sheet: Sheet, line: int) -> int:
    """The first column of a row that holds anything, the first of all where the row is blank."""
    index = bisect_left(sheet.lines, line)
    row = sheet.rows[index] if index < len(sheet.rows) and sheet.lines[index] == line else []
    return next((c for c, value in enumerate(row, start=1) if not is_blank(value)), 1)
