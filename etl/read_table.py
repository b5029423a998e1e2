"""Reading the rows of one table whose layout is known."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.cells import is_blank, is_column_numbers, row_text, text_at
from etl.entries import Entries, Total
from etl.footnotes import Footnotes
from etl.grid import Sheet, Value
from etl.layout import Layout
from etl.normalise import key
from etl.numbers import DECIMALS, Absence, Figure
from etl.read_cell import CellReader
from etl.resolve import Resolver
from etl.signatures import signatures_from
from etl.total_rows import AreaRow, TotalRows
from indicators.catalogue import Form, Quantity
from indicators.period import parse_period

ESTIMATED = frozenset(key(text) for text in ("x", "có", "1", "true", "yes", "ước", "ưth"))
STORED = Decimal(1).scaleb(-DECIMALS)
Row = list[Value]


@dataclass(frozen=True)
class Context:
    """What cells of one quantity and period have in common, and the units met so far."""

    period: str
    quantity: Quantity
    kinds: tuple[str, ...]
    forms: tuple[Form, ...]
    units: dict[Value, str]  # shared by all quantities of the same forms
    measure: str | None = (
        None  # what the column is in, where it states another one than the catalogue
    )


@dataclass
class TableReader:
    """Reads the rows of one table; what is a total is kept apart."""

    sheet: Sheet
    layout: Layout
    texts: Resolver
    entries: Entries = field(default_factory=Entries)
    _contexts: dict[tuple[Value | tuple[Value, ...], ...], Context] = field(default_factory=dict)
    _units: dict[tuple[str, tuple[str, ...]], dict[Value, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.total_rows = TotalRows(self.layout, self.texts)
        self._signed = signatures_from(self.sheet, self.layout.first_row, self.layout.stop)
        self.cells = CellReader(self.texts, Footnotes(self.sheet, self.layout))
        # Asked for every figure, of which a file may have 200 000.
        self._has_two = self.layout.has_two_period_columns
        self._measure_at, self._estimate_at = (
            self.layout.measure_column,
            self.layout.estimate_column,
        )
        self._sheet_name = self.sheet.name

    @property
    def totals(self) -> list[Total]:
        """The figures of total rows and columns."""
        return self.total_rows.totals

    def read(self) -> Entries:
        """Go through the rows below the heading."""
        columns = sorted({*self.layout.figure_columns, *self.layout.total_columns})
        label, known, is_total = (
            self.layout.label_at,
            self.total_rows.known,
            self.total_rows.is_total,
        )
        for line, row in self._rows():
            told = known.get(row[label])
            if is_total(row) if told is None else told:
                self._read_total(row, line)
                continue
            figures = [column for column in columns if not is_blank(row[column])]
            if not figures:
                self._pass_over(row, line)
            for column in figures:
                self._read_cell(row, line, column)
        for total in self.total_rows.settle(self.entries):
            self._read_total(total.cells, total.line, total.area)
        self._pass_over_signatures()
        return self.entries

    def _pass_over_signatures(self) -> None:
        part = slice(self._signed, self.layout.stop)
        for row, line in zip(self.sheet.rows[part], self.sheet.lines[part], strict=True):
            if not all(map(is_blank, row)):
                self.texts.skip("row-ignored", line, None, row)

    def _rows(self) -> Iterator[tuple[int, Row]]:
        """Rows with content and their lines, all of one width; the row of column numbers is said."""
        layout, width = self.layout, self.layout.width
        blank: Row = [None]
        unlike = {**dict.fromkeys(layout.repeated), **self._merged_labels()}
        first = True
        part = slice(layout.first_row, self._signed)
        numbered = enumerate(zip(self.sheet.rows[part], self.sheet.lines[part], strict=True))
        for index, (row, line) in numbered:
            if not any(row) and all(value is None or value == "" for value in row):
                continue
            if first and is_column_numbers(row):
                self.texts.skip("row-numbers", line, None, row)
                first = False
                continue
            first = False
            full = row + blank * (width - len(row))
            if unlike and index + layout.first_row in unlike:
                labels = unlike[index + layout.first_row]
                if labels is None:
                    self.texts.skip("heading-repeated", line, None, row)
                    first = True
                    continue
                full = [labels.get(column, value) for column, value in enumerate(full)]
            yield line, full

    def _merged_labels(self) -> dict[int, dict[int, Value]]:
        """Labels merged over several rows, for each row but their first."""
        found: dict[int, dict[int, Value]] = {}
        rows = self.sheet.rows
        for merge in self.sheet.merged:
            if merge.row >= self.layout.first_row and merge.column in self.layout.key_columns:
                above = rows[merge.row] if merge.row < len(rows) else []
                value = above[merge.column] if merge.column < len(above) else None
                for row in range(merge.row + 1, min(merge.last_row + 1, self.layout.stop)):
                    found.setdefault(row, {})[merge.column] = value
        return found

    def _pass_over(self, row: Row, line: int) -> None:
        """A row without figures: a line of the form left blank, or a remark, which is said."""
        keys = self.layout.key_columns
        is_of_form = len(keys) > 1 and self.layout.quantity_column is not None
        if not (is_of_form and all(text_at(row, column) for column in keys)):
            self.texts.skip("row-ignored", line, None, row)

    def _read_cell(self, row: Row, line: int, column: int) -> None:
        layout = self.layout
        when = layout.when(row) if self._has_two else row[layout.period_at]
        context = self._contexts.get((row[layout.quantity_at], when, column))
        if context is None and (context := self._context(row, line, column)) is None:
            return
        unit = context.units.get(row[layout.unit_at]) or self._unit(row, line, column, context)
        if unit is None:
            return
        stated = context.measure
        if self._measure_at is not None:
            own = text_at(row, self._measure_at)
            stated = self.texts.measure(own, line, context.quantity) or stated
        figure = self.cells.figure(row[column], line, column, context.quantity, stated)
        if figure is not None:
            self._add(row, line, column, unit, context, figure)

    def _unit(self, row: Row, line: int, column: int, context: Context) -> str | None:
        if self.layout.figure_columns[column].unit is not None:
            return self.layout.figure_columns[column].unit
        named = row[self.layout.unit_at]
        text = text_at([named], 0)
        unit = self.texts.unit(text, line, context.kinds, context.period, context.forms)
        if unit is not None:
            context.units[named] = unit
            return unit
        areas = self.texts.areas(text, context.period)
        if areas:
            self.total_rows.pending[line] = AreaRow(row, line, text, context.period, areas)
        figure = self.cells.total(row[column])
        if figure is None or figure.absence is not Absence.NOT_AVAILABLE:
            self.texts.with_figures.add((text, str(parse_period(context.period).end)))
        return None

    def _context(self, row: Row, line: int, column: int) -> Context | None:
        """Quantity and period of a cell, looked up; None (and said) where either is unknown."""
        layout = self.layout
        if column in layout.total_columns:
            self._keep_total(row, line, column, layout.total_columns[column].unit)
            return None
        meaning = layout.figure_columns[column]
        found = meaning.quantity or layout.quantity
        found = found or self.texts.quantity(text_at(row, layout.quantity_column), line)
        period = meaning.period or self.texts.period(row, line)
        if found is None or period is None:
            return None
        quantity = self.texts.deployment.catalogue.quantities[found]
        kinds = layout.kinds or quantity.kinds
        forms = self.texts.deployment.catalogue.forms_with(found)
        shared = (period, (*kinds, *(form.id for form in forms)))
        units = self._units.setdefault(shared, {})
        measure = self.texts.measure_of(column, quantity)
        context = Context(period, quantity, kinds, forms, units, measure)
        self._contexts[row[layout.quantity_at], layout.when(row), column] = context
        return context

    def _add(
        self, row: Row, line: int, column: int, unit: str, context: Context, figure: Figure
    ) -> None:
        entries = self.entries
        entries.unit.append(unit)
        entries.period.append(context.period)
        entries.quantity.append(context.quantity.id)
        is_marked = self._estimate_at is not None
        entries.figure.append(self._estimated(figure, row) if is_marked else figure)
        entries.sheet.append(self._sheet_name)
        entries.row.append(line)
        entries.column.append(column + 1)
        entries.raw.append(str(row[column]))

    def _estimated(self, figure: Figure, row: Row) -> Figure:
        if key(text_at(row, self._estimate_at)) not in ESTIMATED:
            return figure
        return Figure(figure.value, figure.absence, True, figure.note)

    def _read_total(self, row: Row, line: int, area: str | None = None) -> None:
        """Say that the row is a total, and keep its figures; or that it is set aside."""
        layout = self.layout
        if self.total_rows.is_set_aside(text_at(row, layout.label_column)):
            self.texts.skip("row-set-aside", line, layout.label_column, row)
            return
        self.texts.skip("row-total", line, layout.label_column, row)
        for column in (*layout.figure_columns, *layout.total_columns):
            self._keep_total(row, line, column, area)

    def _keep_total(self, row: Row, line: int, column: int, area: str | None) -> None:
        figure = self.cells.total(row[column])
        if figure is not None:
            quantity, period = self.total_rows.about(row, column)
            figure = self._total_in_measure(figure, column, quantity)
            about = (self._total_label(row, column), figure, quantity, period)
            area = area or self.total_rows.area(row, period)
            self.totals.append(Total(self.sheet.name, line, column + 1, *about, area))

    def _total_in_measure(self, figure: Figure, column: int, quantity: str | None) -> Figure:
        """The figure of a total in the catalogue's unit of measure, like those it stands over."""
        if quantity is None or figure.value is None:
            return figure
        spec = self.texts.deployment.catalogue.quantities[quantity]
        stated = self.texts.measure_of(column, spec)
        factor = self.texts.measures.factor(stated, spec.unit_of_measure) if stated else None
        return figure if factor is None else replace(figure, value=figure.value * factor)

    def _total_label(self, row: Row, column: int) -> str:
        """What the row is called, and the column where that is the total."""
        layout = self.layout
        beside = [row[c] for c in layout.label_texts if isinstance(row[c], str)]
        label = text_at(row, layout.label_column) or row_text(beside)
        return f"{label} | {layout.headings[column]}" if column in layout.total_columns else label
