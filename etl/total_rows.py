"""Rows that are the total of others: by what they are called, or by the area they name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from etl.cells import is_blank, text_at
from etl.entries import Entries, Total
from etl.grid import Value
from etl.headings import heading_text
from etl.layout import Layout
from etl.match_units import matcher_for
from etl.resolve import Resolver
from etl.titles import reporting_kinds
from etl.totals import is_called_total, is_set_aside, is_total
from indicators.period import parse_period

WITHIN = 2  # units of an area in the table make a row of that area its total


@dataclass(frozen=True)
class AreaRow:
    """A row with figures whose label names an area and no one unit."""

    cells: list[Value]
    line: int
    label: str
    period: str
    areas: tuple[str, ...]
    area: str | None = None


@dataclass
class TotalRows:
    """Tells the totals of one table from its units."""

    layout: Layout
    texts: Resolver
    totals: list[Total] = field(default_factory=list)
    pending: dict[int, AreaRow] = field(default_factory=dict)
    known: dict[Value, bool] = field(default_factory=dict)  # each label that is not blank

    def is_total(self, row: list[Value]) -> bool:
        """Whether the row is called a total, in its label or, where that is blank, beside it.

        Rows that the deployment sets aside are told together with them.
        """
        label = row[self.layout.label_at]
        if is_blank(label):
            return self._is_beside(row)
        if label not in self.known:
            self.known[label] = self._is_called(text_at([label], 0))
        return self.known[label]

    def _is_beside(self, row: list[Value]) -> bool:
        """A label column left blank: the word may stand in another column left of the figures."""
        if self.layout.label_column is None:
            return False
        texts = [text_at(row, column) for column in self.layout.label_texts]
        return any(self._is_called(text) for text in texts if text)

    def _is_called(self, text: str) -> bool:
        if self.is_set_aside(text) or is_total(text, self.texts.deployment.wording):
            return True
        if not is_called_total(text):
            return False
        if self.layout.unit_column is None:
            return False  # "Tổng số giường" is a quantity, or one that nobody knows
        day = self.layout.period.end if self.layout.period else date.max
        return matcher_for(self.texts.deployment, day).match(text).unit is None

    def area(self, row: list[Value], period: str | None) -> str | None:
        """The area that a row called a total is the total of, where its label names just one."""
        if self.layout.unit_column is None or period is None:
            return None
        text = text_at(row, self.layout.unit_column)
        kinds = self.layout.kinds or reporting_kinds(self.texts.deployment)
        matcher = matcher_for(self.texts.deployment, parse_period(period).end)
        areas = matcher.match(text, kinds).areas if text else ()
        return areas[0] if len(areas) == 1 else None

    def is_set_aside(self, text: str) -> bool:
        """Whether the deployment says that rows of this label are not to be read."""
        return is_set_aside(text, self.texts.deployment.wording)

    def settle(self, entries: Entries) -> Iterator[AreaRow]:
        """The pending rows that are totals of units of this table; the others are said unknown."""
        met = set(zip(entries.unit, entries.period, strict=True)) if self.pending else set()
        for row in self.pending.values():
            tree = self.texts.deployment.units.at(parse_period(row.period).end)
            units = {unit for unit, _ in met if unit in tree.units}
            holding = [
                area
                for area in row.areas
                if sum(area in tree.path(unit) for unit in units) >= WITHIN
            ]
            if holding:
                yield AreaRow(row.cells, row.line, row.label, row.period, row.areas, holding[0])
            else:
                self.texts.unit_unknown(row.label, row.line, row.period)

    def about(self, row: list[Value], column: int) -> tuple[str | None, str | None]:
        """Quantity and period of a figure of a total, None where its row does not say them."""
        layout = self.layout
        meaning = layout.figure_columns.get(column) or layout.total_columns[column]
        named = text_at(row, layout.quantity_column)
        quantity = meaning.quantity or layout.quantity or self.texts.headings.quantity(named)
        texts = tuple(heading_text(row[c]) for c in layout.period_columns)
        read = self.texts.read_period(texts) if texts else layout.period
        return quantity, meaning.period or (read.code if read else None)
