"""Recognising: from a grid of cells to figures with unit, period and quantity; nothing guessed."""

from dataclasses import dataclass, field
from datetime import date

from etl.cells import is_column_numbers, row_text, text_at
from etl.entries import Entries, Hints, Recognised
from etl.findings import Finding, Place
from etl.grid import ErrorCell, Sheet, Value
from etl.layout import Layout, Shape, find_layout
from etl.match_headings import HeadingMatcher
from etl.match_units import Match, matcher_for
from etl.normalise import key
from etl.numbers import Absence, Figure, Unreadable, read_figure
from etl.periods import read_period
from indicators.deployment import Deployment
from indicators.period import parse_period

TOTALS = frozenset(
    key(text)
    for text in ["tổng cộng", "tổng số", "cộng", "tổng", "toàn tỉnh", "toàn huyện", "toàn ngành"]
)
UNREADABLE = {"not_a_number": "number-unreadable"}
ESTIMATED = frozenset(key(text) for text in ("x", "có", "1", "true", "yes", "ước", "ưth"))


def recognise(
    sheets: tuple[Sheet, ...], file: str, deployment: Deployment, hints: Hints
) -> Recognised:
    """The figures of every visible sheet, and a finding for whatever could not be told."""
    found = Recognised()
    headings = HeadingMatcher(deployment.catalogue)
    for sheet in sheets:
        if sheet.hidden:
            found.findings.append(Finding("sheet-hidden", Place(file, sheet.name)))
            continue
        layout = find_layout(sheet, file, deployment, headings, hints)
        if isinstance(layout, Finding):
            found.findings.append(layout)
            continue
        reader = SheetReader(sheet, file, layout, deployment, headings)
        reader.run()
        found.entries.extend(reader.entries)
        found.findings.extend(reader.findings)
    return found


@dataclass
class SheetReader:
    """Reads one sheet whose layout is known."""

    sheet: Sheet
    file: str
    layout: Layout
    deployment: Deployment
    headings: HeadingMatcher
    entries: Entries = field(default_factory=Entries)
    findings: list[Finding] = field(default_factory=list)
    _units: dict[tuple[str, str, frozenset[str]], str | None] = field(default_factory=dict)
    _quantities: dict[str, str | None] = field(default_factory=dict)
    _areas: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Go through the rows below the heading."""
        self.findings.extend(self.layout.findings)
        read_row = self._read_long if self.layout.shape is Shape.LONG else self._read_wide
        for index in range(self.layout.first_row, len(self.sheet.rows)):
            row = self.sheet.rows[index]
            if any(value not in (None, "") for value in row):
                read_row(row, self.sheet.lines[index])
        if self._areas:
            names = ", ".join(sorted(self._areas)[:5])
            self._note("unit-by-area", 0, None, names, count=str(len(self._areas)))

    def _note(self, code: str, row: int, column: int | None, got: object, **facts: str) -> None:
        heading = self.layout.headings.get(column) if column is not None else None
        place = Place(
            self.file,
            self.sheet.name,
            row or None,
            None if column is None else column + 1,
            heading,
        )
        self.findings.append(Finding(code, place, str(got), facts))

    def _read_long(self, row: list[Value], line: int) -> None:
        layout = self.layout
        figure_column = layout.value_column
        if text_at(row, figure_column) == "" and self._is_beside_table(row):
            self._note("row-ignored", line, None, row_text(row))
            return
        quantity = self._quantity(text_at(row, layout.quantity_column), line)
        period = self._period(row, line)
        kinds = self.deployment.catalogue.quantities[quantity].kinds if quantity else ()
        unit = self._unit(row, line, kinds, period)
        if unit and period and quantity:
            self._add(row, line, figure_column, unit, period, quantity)

    def _is_beside_table(self, row: list[Value]) -> bool:
        """Whether a row without a figure is no row of the table (a signature, a remark)."""
        keys = (self.layout.unit_column, self.layout.quantity_column, self.layout.period_column)
        filled = [column for column in keys if column is not None and text_at(row, column)]
        return len(filled) < sum(column is not None for column in keys)

    def _read_wide(self, row: list[Value], line: int) -> None:
        layout = self.layout
        figures = [c for c in layout.figure_columns if text_at(row, c) != ""]
        label = text_at(row, layout.label_column)
        if key(label) in TOTALS:
            self._note("row-total", line, layout.label_column, label)
            return
        if not figures or is_column_numbers(row):
            if label and not is_column_numbers(row):
                self._note("row-ignored", line, None, row_text(row))
            return
        for column in figures:
            target = self._target(row, line, column)
            if target is not None:
                self._add(row, line, column, *target)

    def _target(self, row: list[Value], line: int, column: int) -> tuple[str, str, str] | None:
        """(unit, period, quantity) of a cell of a wide table."""
        meaning = self.layout.figure_columns[column]
        quantity = meaning.quantity or self._quantity(text_at(row, self.layout.label_column), line)
        period = meaning.period or self._period(row, line)
        if quantity is None or period is None:
            return None
        unit = meaning.unit
        if unit is None:
            kinds = self.layout.kinds or self.deployment.catalogue.quantities[quantity].kinds
            unit = self._unit(row, line, kinds, period)
        return (unit, period, quantity) if unit else None

    def _quantity(self, text: str, line: int) -> str | None:
        if text not in self._quantities:
            found = self.headings.quantity(text)
            if found is None:
                near = "; ".join(self.headings.suggest(text)) or "…"
                column = self.layout.quantity_column
                self._note("quantity-unknown", line, column, text, suggestions=near)
            self._quantities[text] = found
        return self._quantities[text]

    def _period(self, row: list[Value], line: int) -> str | None:
        column = self.layout.period_column
        if column is None:
            return self.layout.period.code if self.layout.period else None
        text = text_at(row, column)
        found = read_period(text)
        if found is None:
            self._note("period-unknown", line, column, text)
        return found.code if found else None

    def _unit(
        self, row: list[Value], line: int, kinds: tuple[str, ...], period: str | None
    ) -> str | None:
        column = self.layout.unit_column
        if column is None:
            return self.layout.unit
        text = text_at(row, column)
        if period is None:
            return None  # already said; units are only valid in a period
        asked = (text, period, frozenset(kinds))
        if asked not in self._units:
            self._units[asked] = self._match_unit(text, line, kinds, period)
        return self._units[asked]

    def _match_unit(self, text: str, line: int, kinds: tuple[str, ...], period: str) -> str | None:
        day = parse_period(period).end
        match = matcher_for(self.deployment, day).match(text, kinds)
        if match.by_area:
            self._areas.add(text)
        if match.unit is None:
            self._note_unit(text, line, match, day)
        return match.unit

    def _note_unit(self, text: str, line: int, match: Match, day: date) -> None:
        names = [self.deployment.units.latest_names[u].name for u in match.candidates]
        facts = {"suggestions": "; ".join(names) or "…", "day": f"{day:%d/%m/%Y}"}
        self._note("unit-unknown", line, self.layout.unit_column, text, **facts)

    def _add(
        self, row: list[Value], line: int, column: int, unit: str, period: str, quantity: str
    ) -> None:
        raw = row[column] if column < len(row) else None
        figure = self._figure(raw, line, column, quantity)
        if figure is None or (figure.absence is Absence.NOT_AVAILABLE and raw in (None, "")):
            return  # a blank cell says nothing: it neither adds nor overwrites
        entries = self.entries
        entries.unit.append(unit)
        entries.period.append(period)
        entries.quantity.append(quantity)
        entries.figure.append(self._estimated(figure, row))
        entries.sheet.append(self.sheet.name)
        entries.row.append(line)
        entries.column.append(column + 1)
        entries.raw.append(str(raw))

    def _estimated(self, figure: Figure, row: list[Value]) -> Figure:
        column = self.layout.estimate_column
        if column is None or key(text_at(row, column)) not in ESTIMATED:
            return figure
        return Figure(figure.value, figure.absence, True, figure.note)

    def _figure(self, raw: Value, line: int, column: int, quantity: str) -> Figure | None:
        if isinstance(raw, ErrorCell):
            self._note("cell-error", line, column, raw.text)
            return None
        whole = self.deployment.catalogue.quantities[quantity].whole_number
        figure = read_figure(raw, whole_number=whole)
        if isinstance(figure, Unreadable):
            readings = " / ".join(str(value).replace(".", ",") for value in figure.readings)
            name = self.deployment.catalogue.quantities[quantity].name_vi
            code = UNREADABLE.get(figure.reason, f"number-{figure.reason.replace('_', '-')}")
            self._note(code, line, column, raw, readings=readings, quantity=name)
            return None
        return figure
