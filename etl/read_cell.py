"""The figure in one cell of a table: read, converted, asked about, or refused; all of it is said."""

from dataclasses import dataclass
from decimal import Decimal

from etl.cells import is_blank
from etl.figure_of import figure_of
from etl.footnotes import Footnotes
from etl.grid import ErrorCell, Value
from etl.numbers import DECIMALS, Absence, Figure, Raw, Unreadable, read_figure
from etl.resolve import Resolver
from indicators.catalogue import Quantity

STORED = Decimal(1).scaleb(-DECIMALS)


@dataclass
class CellReader:
    """Reads figures with the marks of one deployment and the footnotes of one table."""

    texts: Resolver
    footnotes: Footnotes

    def __post_init__(self) -> None:
        marks = self.texts.deployment.wording.marks
        self.marks: dict[Value, Figure] = {m: Figure(None, Absence.NIL) for m in marks.nil}
        self.marks |= {m: Figure(None, Absence.NOT_AVAILABLE) for m in marks.not_available}

    def figure(
        self, raw: Value, line: int, column: int, quantity: Quantity, stated: str | None
    ) -> Figure | None:
        """The figure of one cell, or None where it cannot be read, which is said."""
        if isinstance(raw, ErrorCell):
            self.texts.note("cell-error", line, column, raw.text)
            return None
        if self.marks and raw in self.marks:
            return self.marks[raw]
        figure = read_figure(raw, whole_number=quantity.whole_number)
        if isinstance(figure, Unreadable):
            marked = self._marked(figure, raw, line, column, quantity, stated)
            return marked or self._asked(raw, line, column, quantity, stated)
        is_plain = stated is None and not (isinstance(raw, float) and not raw.is_integer())
        return figure if is_plain else self._asked(raw, line, column, quantity, stated)

    def _asked(
        self, raw: Raw, line: int, column: int, quantity: Quantity, stated: str | None
    ) -> Figure | None:
        """A figure that is converted, settled by its band, or refused; everything is said."""
        read = figure_of(raw, quantity, self.texts.measures, stated)
        for remark in read.remarks:
            self.texts.note(remark.code, line, column, raw, **remark.facts)
        return read.figure

    def _marked(
        self,
        unread: Unreadable,
        raw: Raw,
        line: int,
        column: int,
        quantity: Quantity,
        stated: str | None,
    ) -> Figure | None:
        """A figure all the same where the cell needs only a mark taken off, or None.

        A spreadsheet computes rates to 15 digits whatever it shows; they are rounded to what the
        store keeps, and that is said. A figure with a footnote mark is the figure.
        """
        is_rate = not quantity.whole_number and stated is None
        if unread.reason == "too_precise" and isinstance(raw, float) and is_rate:
            self.texts.rounded(raw, line, column)
            return Figure(unread.readings[0].quantize(STORED), None)
        text = raw.strip() if isinstance(raw, str) else ""
        if text in self.marks:
            return self.marks[text]
        bare = self.footnotes.without(text)
        if bare == text:
            return None
        again = figure_of(bare, quantity, self.texts.measures, stated)
        if again.figure is not None and not again.remarks:
            self.texts.marked.append(text)
            return again.figure
        return None

    def total(self, value: Value) -> Figure | None:
        """The figure of a total; one that cannot be read is not kept, since it is not loaded."""
        if is_blank(value) or isinstance(value, ErrorCell):
            return None
        text = value.strip() if isinstance(value, str) else value
        if text in self.marks:
            return self.marks[text]
        bare = self.footnotes.without(text) if isinstance(text, str) else text
        read = read_figure(bare, whole_number=False)
        if isinstance(read, Unreadable) and len(read.readings) == 1:
            return Figure(read.readings[0], None)
        return read if isinstance(read, Figure) else None
