"""How a table is laid out: where its heading is and what each column means."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from etl.cells import text_at
from etl.entries import Hints
from etl.findings import Finding, Place
from etl.grid import Sheet, Value
from etl.match_headings import Column, HeadingMatcher
from etl.match_units import matcher_for
from etl.periods import find_period, read_period
from indicators.deployment import Deployment
from indicators.period import Period

HEADING_WITHIN = 40  # rows looked at for the heading
TITLE_ROWS = 40


class Shape(StrEnum):
    """The two ways a file can be laid out."""

    LONG = "long"  # one row per figure
    WIDE = "wide"  # figures under several headings


@dataclass(frozen=True)
class Meaning:
    """What a column of figures holds; what it leaves open comes from the row or the title."""

    quantity: str | None = None
    period: str | None = None
    unit: str | None = None


@dataclass
class Layout:
    """Everything needed to read the rows of a table."""

    shape: Shape
    first_row: int
    headings: dict[int, str]
    unit_column: int | None = None
    period_column: int | None = None
    quantity_column: int | None = None
    value_column: int = -1
    estimate_column: int | None = None
    figure_columns: dict[int, Meaning] = field(default_factory=dict)
    period: Period | None = None
    unit: str | None = None
    kinds: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    @property
    def label_column(self) -> int | None:
        """The column that says what a row of a wide table is about."""
        return self.unit_column if self.unit_column is not None else self.quantity_column


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
    texts = {column: text for column, text in texts.items() if text}
    layout = Layout(Shape.WIDE, index + 1, texts)
    _assign(layout, headings, file, sheet, sheet.lines[index])
    _complete(layout, sheet, index, file, deployment, hints)
    return _checked(layout, file, sheet)


def _score(row: list[Value], headings: HeadingMatcher) -> int:
    """How many cells of the row are headings we know; a row of figures has none."""
    texts = [value for value in row if isinstance(value, str) and value.strip()]
    known = [t for t in texts if headings.role(t) or headings.quantity(t) or _is_period(t)]
    return len(known)


def _is_period(text: str) -> bool:
    # A bare year among figures is a figure; as a heading it is written "2021" too, so it only
    # counts when the cell is text.
    return read_period(text) is not None


def _assign(layout: Layout, headings: HeadingMatcher, file: str, sheet: Sheet, line: int) -> None:
    """Give every heading its meaning; an unknown one over figures is a finding."""
    for column, text in layout.headings.items():
        role, quantity, period = headings.role(text), headings.quantity(text), read_period(text)
        if quantity is not None and role is None:
            layout.figure_columns[column] = Meaning(quantity=quantity)
        elif role is not None:
            _assign_role(layout, role, column)
        elif period is not None:
            layout.figure_columns[column] = Meaning(period=period.code)
        else:
            place = Place(file, sheet.name, line, column + 1, text)
            near = "; ".join(headings.suggest(text)) or "…"
            layout.findings.append(Finding("column-unknown", place, text, {"suggestions": near}))


def _assign_role(layout: Layout, role: Column, column: int) -> None:
    if role is Column.UNIT and layout.unit_column is None:
        layout.unit_column = column
    elif role is Column.PERIOD:
        layout.period_column = column
    elif role is Column.QUANTITY:
        layout.quantity_column = column
    elif role is Column.VALUE:
        layout.value_column = column
    elif role is Column.ESTIMATE:
        layout.estimate_column = column


def _complete(
    layout: Layout, sheet: Sheet, index: int, file: str, deployment: Deployment, hints: Hints
) -> None:
    """Settle the shape, and take period and unit from where the columns do not give them."""
    if layout.quantity_column is not None and layout.value_column >= 0:
        layout.shape = Shape.LONG
        if not layout.figure_columns:
            layout.figure_columns = {layout.value_column: Meaning()}
    titles = _titles(sheet, index, file)
    found = (find_period(text) for text in titles)
    layout.period = hints.period or next((p for p in found if p is not None), None)
    layout.kinds = _kinds(layout, deployment)
    layout.unit = hints.unit or _unit_from(titles, layout, deployment, hints.today)


def _titles(sheet: Sheet, index: int, file: str) -> list[str]:
    """Texts above the heading, the sheet's name and the file's name, nearest first."""
    above = [
        value
        for row in reversed(sheet.rows[max(0, index - TITLE_ROWS) : index])
        for value in row
        if isinstance(value, str) and value.strip()
    ]
    return [*above, sheet.name or "", file.rsplit(".", 1)[0]]


def _kinds(layout: Layout, deployment: Deployment) -> tuple[str, ...]:
    """The kinds of unit that report every quantity of the headings."""
    quantities = [m.quantity for m in layout.figure_columns.values() if m.quantity]
    if not quantities:
        return ()
    kinds = [set(deployment.catalogue.quantities[q].kinds) for q in quantities]
    return tuple(sorted(set.intersection(*kinds) or set.union(*kinds)))


def _unit_from(
    titles: list[str], layout: Layout, deployment: Deployment, today: date
) -> str | None:
    if layout.unit_column is not None:
        return None
    day = layout.period.end if layout.period else today
    matcher = matcher_for(deployment, day)
    for text in titles:
        found = matcher.match(text, layout.kinds).unit
        if found is not None:
            return found
    return None


def _checked(layout: Layout, file: str, sheet: Sheet) -> Layout | Finding:
    """The layout, or the finding that names what no row can do without."""
    place = Place(file, sheet.name)
    if not layout.figure_columns:
        return Finding("heading-not-found", place)
    has_period = layout.period_column is not None or layout.period is not None
    if not has_period and not all(m.period for m in layout.figure_columns.values()):
        return Finding("period-missing", place)
    if layout.unit_column is None and layout.unit is None:
        return Finding("unit-missing", place)
    needs_quantity = any(m.quantity is None for m in layout.figure_columns.values())
    if layout.shape is Shape.WIDE and needs_quantity and layout.quantity_column is None:
        return Finding("quantity-missing", place)
    return layout
