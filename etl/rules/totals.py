"""Total rows and columns of a file against the figures they stand over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from etl.findings import Finding, Place
from etl.numbers import Figure
from etl.rules.case import Case, said, stated_value
from etl.rules.levels import adds_up, agree
from indicators.catalogue import Quantity
from indicators.period import parse_period


class Total(Protocol):
    """A figure of a row or column that is the total of others: compared, never loaded."""

    @property
    def sheet(self) -> str | None: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def figure(self) -> Figure: ...
    @property
    def quantity(self) -> str | None: ...
    @property
    def period(self) -> str | None: ...
    @property
    def area(self) -> str | None: ...


Key = tuple[str | None, str | None]  # sheet, quantity


def totals_of(case: Case, stated: Sequence[Total]) -> Iterator[Finding]:
    """A finding for each total that is the sum of nothing it may stand for."""
    table = Totals(case, stated)
    for total in stated:
        value, quantity = stated_value(total.figure), table.quantity(total)
        sums = [] if value is None or quantity is None else table.sums(total)
        if value is None or quantity is None or not sums:
            continue
        if not any(agree(value, added, count, quantity) for added, count in sums):
            added, count = min(sums, key=lambda found: abs(found[0] - value))
            facts = {
                "quantity": quantity.name_vi,
                "period": total.period or "…",
                "stated": said(value),
                "sum": said(added),
                "count": str(count),
            }
            place = Place(case.file, total.sheet, total.row, total.column)
            yield Finding("total-differs", place, total.label, facts)


@dataclass(frozen=True)
class Totals:
    """The totals of a file with the figures of the same sheet, quantity and period."""

    case: Case
    stated: Sequence[Total]

    @cached_property
    def _rows(self) -> dict[Key, list[int]]:
        e = self.case.entries
        found: dict[Key, list[int]] = {_key(total): [] for total in self.stated}
        for i, key in enumerate(zip(e.sheet, e.quantity, strict=True)):
            if key in found:
                found[key].append(i)
        return found

    def _under(self, total: Total) -> list[int]:
        """The entries of its period; where it names none, all of them if they are of one period."""
        period, rows = self.case.entries.period, self._rows[_key(total)]
        if total.period is not None:
            return [i for i in rows if period[i] == total.period]
        return rows if len({period[i] for i in rows}) == 1 else []

    def quantity(self, total: Total) -> Quantity | None:
        """What it is the total of; None where that is not known or is nothing that can be added."""
        catalogue = self.case.deployment.catalogue
        found = catalogue.quantities.get(total.quantity or "")
        return found if found is not None and adds_up(found, catalogue) else None

    def sums(self, total: Total) -> list[tuple[Decimal, int]]:
        """What the total may be the sum of, each with the number of its parts.

        In its area, where it names one; else everything of the sheet, or the figures between it
        and the total above or below it.
        """
        rows, e = self._under(total), self.case.entries
        if total.area is not None and rows:
            tree = self.case.deployment.units.at(parse_period(e.period[rows[0]]).end)
            choices = [[i for i in rows if total.area in tree.path(e.unit[i])]]
        else:
            choices = [rows, *self._stretches(total, rows)]
        return [self._sum(choice) for choice in choices if choice]

    def _stretches(self, total: Total, rows: list[int]) -> list[list[int]]:
        others = [t.row for t in self.stated if (_key(t), t.period) == (_key(total), total.period)]
        above = max((row for row in others if row < total.row), default=0)
        below = min((row for row in others if row > total.row), default=None)
        at = self.case.entries.row
        return [
            [i for i in rows if above < at[i] < total.row],
            [i for i in rows if total.row < at[i] and (below is None or at[i] < below)],
        ]

    def _sum(self, rows: list[int]) -> tuple[Decimal, int]:
        values = [self.case.exact(i) for i in rows]
        return sum((value for value in values if value is not None), Decimal(0)), len(rows)


def _key(total: Total) -> Key:
    return total.sheet, total.quantity
