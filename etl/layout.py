"""How a table is laid out: where its heading is and what each column means."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from etl.cells import text_at
from etl.columns import unread_columns
from etl.entries import Hints
from etl.findings import Finding, Place
from etl.grid import Sheet, Value
from etl.match_headings import Column, HeadingMatcher
from etl.periods import read_period
from etl.titles import Titles, period_of, titles_of, unit_of
from indicators.deployment import Deployment
from indicators.period import Period

HEADING_WITHIN = 40  # rows looked at for the heading


class Shape(StrEnum):
    """The two ways a file can be laid out."""

    LONG = "long"  # one row per figure
    WIDE = "wide"  # figures under several headings


@dataclass(frozen=True)
class Meaning:
    """What a column of figures holds; what it leaves open comes from the row or the title."""

    quantity: str | None = None
    period: str | None = None


@dataclass
class Layout:
    """Everything needed to read the rows of a table. Columns count from 0."""

    first_row: int
    headings: dict[int, str]
    roles: dict[Column, int] = field(default_factory=dict)
    figure_columns: dict[int, Meaning] = field(default_factory=dict)
    period: Period | None = None
    unit: str | None = None
    asked_period: Period | None = None  # what the sender chose, to compare with the rows
    asked_unit: str | None = None
    kinds: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    @property
    def shape(self) -> Shape:
        """One row per figure, or many figures in a row."""
        is_long = {Column.QUANTITY, Column.VALUE} <= self.roles.keys()
        return Shape.LONG if is_long and len(self.figure_columns) == 1 else Shape.WIDE

    @cached_property
    def unit_column(self) -> int | None:
        """The column that names the unit of each row."""
        return self.roles.get(Column.UNIT)

    @cached_property
    def period_column(self) -> int | None:
        """The column that names the period of each row."""
        return self.roles.get(Column.PERIOD)

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
        columns = (self.unit_column, self.period_column, self.quantity_column)
        return tuple(column for column in columns if column is not None)

    @cached_property
    def width(self) -> int:
        """One more than the last column that means anything: that one is blank in every row."""
        return 2 + max([*self.headings, *self.figure_columns])

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
        """Where a row has its period, or the blank column."""
        return self.width - 1 if self.period_column is None else self.period_column

    @cached_property
    def quantity_at(self) -> int:
        """Where a row has its quantity, or the blank column."""
        return self.width - 1 if self.quantity_column is None else self.quantity_column


def find_layout(
    sheet: Sheet, file: str, deployment: Deployment, headings: HeadingMatcher, hints: Hints
) -> Layout | Finding:
    """The layout of a sheet, or the finding that says why there is none."""
    rows = sheet.rows[:HEADING_WITHIN]
    scored = [(_score(row, headings), -index) for index, row in enumerate(rows)]
    best, negative = max(scored, default=(0, 0))
    if best < 2:
        return Finding("heading-not-found", Place(file, sheet.name))
    index = -negative
    texts = {c: text_at(sheet.rows[index], c) for c in range(len(sheet.rows[index]))}
    layout = Layout(index + 1, {column: text for column, text in texts.items() if text})
    place = Place(file, sheet.name, sheet.lines[index])
    unknown = _assign(layout, headings, place)
    layout.findings.extend(unread_columns(sheet, index, layout.headings, unknown, headings, place))
    titles = titles_of(sheet, index, file)
    _complete(layout, titles, deployment, hints)
    return _checked(layout, file, sheet)


def _score(row: list[Value], headings: HeadingMatcher) -> int:
    """How many cells of the row are headings we know; figures alone are none.

    A period is a heading only beside a word that is one: elsewhere 2015 is a number of people.
    """
    texts = [text for text in (text_at(row, column) for column in range(len(row))) if text]
    words = [text for text in texts if headings.role(text) or headings.quantity(text)]
    periods = [text for text in texts if read_period(text)]
    return len(words) + len(periods) if words else 0


def _assign(layout: Layout, headings: HeadingMatcher, place: Place) -> list[int]:
    """Give every heading its meaning; the columns whose heading is unknown."""
    unknown = []
    for column, text in layout.headings.items():
        role, quantity, period = headings.role(text), headings.quantity(text), read_period(text)
        if role is not None:
            _assign_role(layout, role, column, place)
        elif quantity is not None:
            _assign_figures(layout, Meaning(quantity=quantity), column, place)
        elif period is not None:
            _assign_figures(layout, Meaning(period=period.code), column, place)
        else:
            unknown.append(column)
    return unknown


def _assign_role(layout: Layout, role: Column, column: int, place: Place) -> None:
    if role in (Column.IGNORED, Column.NOTE):
        return
    if role in layout.roles:
        _say_twice(layout, column, layout.roles[role], place)
        return
    layout.roles[role] = column
    if role is Column.VALUE:
        layout.figure_columns[column] = Meaning()


def _assign_figures(layout: Layout, meaning: Meaning, column: int, place: Place) -> None:
    earlier = next((c for c, m in layout.figure_columns.items() if m == meaning), None)
    if earlier is not None:
        _say_twice(layout, column, earlier, place)
    layout.figure_columns[column] = meaning


def _say_twice(layout: Layout, column: int, earlier: int, place: Place) -> None:
    """Two columns that mean the same: which of them counts is not for us to choose."""
    text = layout.headings[column]
    at = Place(place.file, place.sheet, place.row, column + 1, text)
    other = Place(place.file, place.sheet, place.row, earlier + 1)
    facts = {"other": layout.headings[earlier], "other_cell": other.cell}
    layout.findings.append(Finding("column-twice", at, text, facts))


def _complete(layout: Layout, titles: Titles, deployment: Deployment, hints: Hints) -> None:
    """Take period and unit from where the columns do not give them."""
    layout.kinds = _kinds(layout, deployment)
    found = period_of(titles)
    layout.period = hints.period or found
    layout.asked_period, layout.asked_unit = hints.period, hints.unit
    if layout.period_column is None and not _has_own_periods(layout):
        layout.findings.extend(titles.differences(found, hints.period))
    if layout.unit_column is None:
        day = layout.period.end if layout.period else hints.today
        unit, findings = unit_of(titles, deployment, day, layout.kinds, hints.unit)
        layout.unit = unit
        layout.findings.extend(findings)


def _has_own_periods(layout: Layout) -> bool:
    return all(meaning.period for meaning in layout.figure_columns.values())


def _kinds(layout: Layout, deployment: Deployment) -> tuple[str, ...]:
    """The kinds of unit that report every quantity of the headings."""
    quantities = [m.quantity for m in layout.figure_columns.values() if m.quantity]
    if not quantities:
        return ()
    kinds = [set(deployment.catalogue.quantities[q].kinds) for q in quantities]
    return tuple(sorted(set.intersection(*kinds) or set.union(*kinds)))


def _checked(layout: Layout, file: str, sheet: Sheet) -> Layout | Finding:
    """The layout, or the finding that names what no row can do without."""
    place = Place(file, sheet.name)
    if not layout.figure_columns:
        return Finding("heading-not-found", place)
    has_period = layout.period_column is not None or layout.period is not None
    if not has_period and not _has_own_periods(layout):
        return Finding("period-missing", place)
    if layout.unit_column is None and layout.unit is None:
        return Finding("unit-missing", place)
    needs_quantity = any(m.quantity is None for m in layout.figure_columns.values())
    if needs_quantity and layout.quantity_column is None:
        return Finding("quantity-missing", place)
    return layout
