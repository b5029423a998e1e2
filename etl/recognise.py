"""Recognising: from a grid of cells to figures with unit, period and quantity; nothing guessed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.cells import is_blank, is_column_numbers, row_text, text_at
from etl.entries import Entries, Hints, Recognised
from etl.findings import Finding, Place
from etl.grid import ErrorCell, Sheet, Value
from etl.layout import Layout, find_layout
from etl.match_headings import HeadingMatcher
from etl.normalise import key
from etl.numbers import Figure, Unreadable, read_figure
from etl.resolve import Resolver
from indicators.catalogue import Form, Quantity
from indicators.deployment import Deployment

TOTALS = frozenset(
    key(text)
    for text in ["tổng cộng", "tổng số", "cộng", "tổng", "toàn tỉnh", "toàn huyện", "toàn ngành"]
)
UNREADABLE = {"not_a_number": "number-unreadable"}
ESTIMATED = frozenset(key(text) for text in ("x", "có", "1", "true", "yes", "ước", "ưth"))
Row = list[Value]


def recognise(
    sheets: tuple[Sheet, ...], file: str, deployment: Deployment, hints: Hints
) -> Recognised:
    """The figures of every visible sheet, and a finding for whatever could not be told."""
    found = Recognised()
    headings = HeadingMatcher(deployment.catalogue, deployment.confirmed.quantities)
    for sheet in sheets:
        if sheet.hidden:
            found.findings.append(Finding("sheet-hidden", Place(file, sheet.name)))
            continue
        layout = find_layout(sheet, file, deployment, headings, hints)
        if isinstance(layout, Finding):
            found.findings.append(layout)
            continue
        texts = Resolver(sheet.name, file, layout, deployment, headings, list(layout.findings))
        found.entries.extend(SheetReader(sheet, layout, texts).read())
        found.findings.extend(texts.finish())
    return found


@dataclass(frozen=True)
class Context:
    """What cells of one quantity and period have in common, and the units met so far."""

    period: str
    quantity: Quantity
    kinds: tuple[str, ...]
    forms: tuple[Form, ...]
    units: dict[Value, str]  # shared by all quantities of the same forms


@dataclass
class SheetReader:
    """Reads one sheet whose layout is known."""

    sheet: Sheet
    layout: Layout
    texts: Resolver
    entries: Entries = field(default_factory=Entries)
    _contexts: dict[tuple[Value, Value, int], Context] = field(default_factory=dict)
    _units: dict[tuple[str, tuple[str, ...]], dict[Value, str]] = field(default_factory=dict)
    _totals: dict[Value, bool] = field(default_factory=dict)

    def read(self) -> Entries:
        """Go through the rows below the heading."""
        columns, label = sorted(self.layout.figure_columns), self.layout.label_at
        for line, row in self._rows():
            if self._is_total(row[label]):
                self.texts.note("row-total", line, self.layout.label_column, row_text(row))
                continue
            figures = [column for column in columns if not is_blank(row[column])]
            if not figures:
                self._pass_over(row, line)
            for column in figures:
                self._read_cell(row, line, column)
        return self.entries

    def _rows(self) -> Iterator[tuple[int, Row]]:
        """Rows with content and their lines, all of one width; the row of column numbers is said."""
        width = self.layout.width
        blank: Row = [None]
        first = True
        for index in range(self.layout.first_row, len(self.sheet.rows)):
            row, line = self.sheet.rows[index], self.sheet.lines[index]
            if not any(row) and all(value is None or value == "" for value in row):
                continue
            if first and is_column_numbers(row):
                self.texts.note("row-numbers", line, None, row_text(row))
            else:
                yield line, row + blank * (width - len(row))
            first = False

    def _is_total(self, label: Value) -> bool:
        if label not in self._totals:
            self._totals[label] = key(text_at([label], 0)) in TOTALS
        return self._totals[label]

    def _pass_over(self, row: Row, line: int) -> None:
        """A row without figures: a line of the form left blank, or a remark, which is said."""
        keys = self.layout.key_columns
        is_of_form = len(keys) > 1 and self.layout.quantity_column is not None
        if not (is_of_form and all(text_at(row, column) for column in keys)):
            self.texts.note("row-ignored", line, None, row_text(row))

    def _read_cell(self, row: Row, line: int, column: int) -> None:
        layout = self.layout
        asked = (row[layout.quantity_at], row[layout.period_at], column)
        context = self._contexts.get(asked) or self._context(row, line, column)
        if context is None:
            return
        unit = context.units.get(row[layout.unit_at]) or self._unit(row, line, context)
        if unit is None:
            return
        if layout.measure_column is not None:
            self.texts.measure(text_at(row, layout.measure_column), line, context.quantity.id)
        figure = self._figure(row[column], line, column, context.quantity)
        if figure is not None:
            self._add(row, line, column, unit, context, figure)

    def _unit(self, row: Row, line: int, context: Context) -> str | None:
        named = row[self.layout.unit_at]
        unit = self.texts.unit(
            text_at([named], 0), line, context.kinds, context.period, context.forms
        )
        if unit is not None:
            context.units[named] = unit
        return unit

    def _context(self, row: Row, line: int, column: int) -> Context | None:
        """Quantity and period of a cell, looked up; None (and said) where either is unknown."""
        layout = self.layout
        meaning = layout.figure_columns[column]
        found = meaning.quantity or self.texts.quantity(text_at(row, layout.quantity_column), line)
        period = meaning.period or self.texts.period(text_at(row, layout.period_column), line)
        if found is None or period is None:
            return None
        quantity = self.texts.deployment.catalogue.quantities[found]
        kinds = layout.kinds or quantity.kinds
        forms = self.texts.deployment.catalogue.forms_with(found)
        shared = (period, (*kinds, *(form.id for form in forms)))
        context = Context(period, quantity, kinds, forms, self._units.setdefault(shared, {}))
        self._contexts[row[layout.quantity_at], row[layout.period_at], column] = context
        return context

    def _add(
        self, row: Row, line: int, column: int, unit: str, context: Context, figure: Figure
    ) -> None:
        entries = self.entries
        entries.unit.append(unit)
        entries.period.append(context.period)
        entries.quantity.append(context.quantity.id)
        entries.figure.append(self._estimated(figure, row))
        entries.sheet.append(self.sheet.name)
        entries.row.append(line)
        entries.column.append(column + 1)
        entries.raw.append(str(row[column]))

    def _estimated(self, figure: Figure, row: Row) -> Figure:
        column = self.layout.estimate_column
        if column is None or key(text_at(row, column)) not in ESTIMATED:
            return figure
        return Figure(figure.value, figure.absence, True, figure.note)

    def _figure(self, raw: Value, line: int, column: int, quantity: Quantity) -> Figure | None:
        if isinstance(raw, ErrorCell):
            self.texts.note("cell-error", line, column, raw.text)
            return None
        figure = read_figure(raw, whole_number=quantity.whole_number)
        if isinstance(figure, Unreadable):
            readings = " / ".join(str(value).replace(".", ",") for value in figure.readings)
            code = UNREADABLE.get(figure.reason, f"number-{figure.reason.replace('_', '-')}")
            self.texts.note(code, line, column, raw, readings=readings, quantity=quantity.name_vi)
            return None
        return figure
