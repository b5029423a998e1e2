"""What recognition gives: one entry per figure, with unit, period, quantity and source cell."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from etl.findings import Finding
from etl.numbers import Figure
from indicators.period import Period


@dataclass(frozen=True)
class Hints:
    """What is known about the file besides the file itself."""

    today: date
    period: Period | None = None
    unit: str | None = None


@dataclass
class Entries:
    """Figures column by column (lists of equal length: a file may have 200 000 of them)."""

    unit: list[str] = field(default_factory=list)
    period: list[str] = field(default_factory=list)
    quantity: list[str] = field(default_factory=list)
    figure: list[Figure] = field(default_factory=list)
    sheet: list[str | None] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.unit)

    def extend(self, other: "Entries") -> None:
        """Take in the entries of another table, whose lists become ours where we have none."""
        for name in self.__dataclass_fields__:
            mine, more = getattr(self, name), getattr(other, name)
            setattr(self, name, mine + more if mine else more)


class Source(StrEnum):
    """Where a meaning comes from."""

    HEADING = "heading"
    ROW = "row"  # each row says it in its own column
    TITLE = "title"  # a title above the table, or the name of the sheet or file
    SENDER = "sender"
    CONTENT = "content"  # no heading says it; what stands in the column does


@dataclass(frozen=True)
class ColumnRead:
    """What one column was taken to mean. ``column`` counts from 1; ``role`` is a Column or blank.

    For a column of figures each of quantity, period and unit is named where it is the same for
    all rows, and its source says where it comes from (None: it was not needed or not found).
    """

    column: int
    path: tuple[str, ...]
    role: str
    quantity: str | None = None
    period: str | None = None
    unit: str | None = None
    sources: tuple[tuple[str, Source], ...] = ()
    is_total: bool = False


@dataclass(frozen=True)
class SkippedRow:
    """A row that was not read as figures, and the code of the finding that says why."""

    row: int
    reason: str


@dataclass
class Recognition:
    """How one table of a sheet was understood: what a page needs to label the sheet itself.

    Rows count from 1 as the spreadsheet shows them. ``labels`` has each distinct row label once,
    under the role of its column (unit, quantity, period), with the id it was taken for, or None.
    """

    sheet: str | None
    heading_rows: tuple[int, ...]
    last_row: int
    fingerprint: str = ""  # of the heading block: what a saved mapping is found by
    columns: tuple[ColumnRead, ...] = ()
    labels: dict[tuple[str, str], str | None] = field(default_factory=dict)
    skipped: list[SkippedRow] = field(default_factory=list)
    is_read: bool = True  # False: the heading is there, but not enough is understood to read rows


@dataclass(frozen=True)
class Total:
    """A figure of a row or column that is the total of others: kept to compare, never loaded."""

    sheet: str | None
    row: int
    column: int
    label: str
    figure: Figure
    quantity: str | None
    period: str | None
    area: str | None = None  # the area it is the total of, where the label names one


@dataclass(frozen=True)
class Untold:
    """A sheet of which no table was read: its first rows as they are, for a person to explain.

    ``rows`` are (line, texts); ``prints`` has the fingerprint of the sheet with each of these
    lines as its heading, and under 0 that of the sheet without a heading.
    """

    sheet: str | None
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    total: int
    prints: dict[int, str]
    suggested: int  # the line most like a heading


@dataclass
class Recognised:
    """The entries of a file with everything that was unclear on the way."""

    entries: Entries = field(default_factory=Entries)
    findings: list[Finding] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    tables: list[Recognition] = field(default_factory=list)
    untold: list[Untold] = field(default_factory=list)
