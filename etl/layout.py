"""How a table is laid out: where its heading is and what each column means."""

from dataclasses import dataclass, field
from functools import cached_property

from etl.entries import Source
from etl.findings import Finding
from etl.fingerprint import fingerprint_of
from etl.grid import Value
from etl.headings import Heading
from etl.match_headings import Column
from indicators.period import Period

PERIOD_PARTS = (
    (Column.PERIOD,),
    (Column.YEAR, Column.MONTH),
    (Column.FIRST_DAY, Column.LAST_DAY),
    (Column.YEAR,),
    (Column.MONTH,),
)


def heading_print(columns: dict[int, Heading]) -> str:
    """The fingerprint of headings by column."""
    return fingerprint_of((str(c), *h.path) for c, h in sorted(columns.items()) if h.path)


@dataclass(frozen=True)
class Meaning:
    """What a column of figures holds; what it leaves open comes from the row or the title."""

    quantity: str | None = None
    period: str | None = None
    unit: str | None = None


@dataclass
class Layout:
    """Everything needed to read the rows of a table. Rows and columns count from 0."""

    first_heading: int
    first_row: int
    columns: dict[int, Heading]
    stop: int = 0  # the row before which the table ends
    known_as: str = ""  # the fingerprint of a sheet without a heading
    roles: dict[Column, int] = field(default_factory=dict)
    figure_columns: dict[int, Meaning] = field(default_factory=dict)
    total_columns: dict[int, Meaning] = field(default_factory=dict)
    period: Period | None = None
    unit: str | None = None
    quantity: str | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    asked_period: Period | None = None  # what the sender chose, to compare with the rows
    asked_unit: str | None = None
    kinds: tuple[str, ...] = ()
    measure_above: str | None = None  # the unit of measure that a line above the table states
    by_content: set[int] = field(default_factory=set)  # columns known by what stands in them
    repeated: set[int] = field(default_factory=set)  # rows that only repeat the heading
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def fingerprint(self) -> str:
        """What tells this heading block from others, the same for every period."""
        return self.known_as or heading_print(self.columns)

    @cached_property
    def headings(self) -> dict[int, str]:
        """The heading of each column as one text."""
        return {column: " / ".join(heading.path) for column, heading in self.columns.items()}

    @property
    def meanings(self) -> tuple[object, ...]:
        """What tells this table from another one: columns, roles, unit and period."""
        figures = sorted(self.figure_columns.items())
        return figures, sorted(self.roles.items()), self.unit, self.period, self.quantity

    @cached_property
    def unit_column(self) -> int | None:
        """The column that names the unit of each row."""
        return self.roles.get(Column.UNIT)

    @cached_property
    def period_columns(self) -> tuple[int, ...]:
        """The one or two columns that name the period of each row."""
        for parts in PERIOD_PARTS:
            if all(part in self.roles for part in parts):
                return tuple(self.roles[part] for part in parts)
        return ()

    @cached_property
    def quantity_column(self) -> int | None:
        """The column that names the quantity of each row."""
        return self.roles.get(Column.QUANTITY)

    @cached_property
    def estimate_column(self) -> int | None:
        """The column that marks estimates."""
        return self.roles.get(Column.ESTIMATE)

    @cached_property
    def measure_column(self) -> int | None:
        """The column that states the unit of measure of each row."""
        return self.roles.get(Column.MEASURE)

    @cached_property
    def label_column(self) -> int | None:
        """The column that says what a row is about."""
        return self.unit_column if self.unit_column is not None else self.quantity_column

    @cached_property
    def key_columns(self) -> tuple[int, ...]:
        """The columns that together say whose, when and what a row is."""
        columns = (self.unit_column, *self.period_columns, self.quantity_column)
        return tuple(column for column in columns if column is not None)

    @cached_property
    def label_texts(self) -> tuple[int, ...]:
        """The columns left of the figures, where a row may be called a total."""
        first = min([*self.figure_columns, *self.total_columns], default=0)
        return tuple(range(first))

    @cached_property
    def width(self) -> int:
        """One more than the last column that means anything: that one is blank in every row."""
        return 2 + max([*self.columns, *self.figure_columns, *self.roles.values()])

    @cached_property
    def unit_at(self) -> int:
        """Where a row has its unit; the blank column where the table has no such column."""
        return self.width - 1 if self.unit_column is None else self.unit_column

    @cached_property
    def label_at(self) -> int:
        """Where a row says what it is about, or the blank column."""
        return self.width - 1 if self.label_column is None else self.label_column

    @cached_property
    def period_at(self) -> int:
        """Where a row has its period, or the first part of it, or the blank column."""
        return self.period_columns[0] if self.period_columns else self.width - 1

    @cached_property
    def quantity_at(self) -> int:
        """Where a row has its quantity, or the blank column."""
        return self.width - 1 if self.quantity_column is None else self.quantity_column

    @cached_property
    def has_two_period_columns(self) -> bool:
        """Whether a row says its period in two cells."""
        return len(self.period_columns) > 1

    def when(self, row: list[Value]) -> Value | tuple[Value, ...]:
        """What a row says of its period: one cell, or two."""
        if not self.has_two_period_columns:
            return row[self.period_at]
        return tuple(row[column] for column in self.period_columns)
