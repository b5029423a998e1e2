"""What every rule looks at: the figures of one file as columns, and what was known before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from etl.entries import Entries
from etl.findings import Finding, NumberText, Place
from etl.numbers import Absence, Figure
from etl.rules.groups import Coded, Groups
from etl.store.past import NO_PAST, Past
from indicators.catalogue import Quantity
from indicators.deployment import Deployment

Numbers = NDArray[np.float64]


RATE_SIGNS = ("%", "‰")


@dataclass(frozen=True)
class Case:
    """The entries of one file with the deployment, the day, and what the warehouse holds."""

    entries: Entries
    file: str
    deployment: Deployment
    today: date
    past: Past = field(default=NO_PAST)

    @cached_property
    def units(self) -> Coded:
        """The column of units."""
        return Coded.from_texts(self.entries.unit)

    @cached_property
    def periods(self) -> Coded:
        """The column of periods."""
        return Coded.from_texts(self.entries.period)

    @cached_property
    def quantities(self) -> Coded:
        """The column of quantities."""
        return Coded.from_texts(self.entries.quantity)

    @cached_property
    def specs(self) -> list[Quantity]:
        """What the catalogue says about each of ``quantities.ids``."""
        return [self.deployment.catalogue.quantities[name] for name in self.quantities.ids]

    @cached_property
    def groups(self) -> Groups:
        """The entries by how their unit stands and by quantity."""
        return Groups.of_columns(self.units, self.periods, self.quantities, self.deployment)

    @cached_property
    def values(self) -> Numbers:
        """The numbers, nan where a cell says why there is none; for screening, never for keeping."""
        nan = float("nan")
        figures = self.entries.figure
        found = (nan if f.value is None else float(f.value) for f in figures)
        return np.fromiter(found, np.float64, len(figures))

    def by_quantity(self, numbers: Iterable[float]) -> Numbers:
        """One number for each quantity, spread over the entries."""
        spread: Numbers = np.fromiter(numbers, np.float64)[self.quantities.of]
        return spread

    def exact(self, i: int) -> Decimal | None:
        """What an entry adds to a sum: its value, 0 for *không phát sinh*, None where not known."""
        return stated_value(self.entries.figure[i])

    def place(self, i: int) -> Place:
        """Where an entry stands in the file."""
        entries = self.entries
        return Place(self.file, entries.sheet[i], entries.row[i], entries.column[i])

    def finding(self, code: str, i: int, **facts: object) -> Finding:
        """Something about one entry; unit, quantity and period are always among the facts."""
        names = {
            "unit": unit_name(self.entries.unit[i], self.deployment),
            "quantity": self.deployment.catalogue.quantities[self.entries.quantity[i]].name_vi,
            "period": self.entries.period[i],
        }
        texts = {n: fact if isinstance(fact, str) else str(fact) for n, fact in facts.items()}
        return Finding(code, self.place(i), self.entries.raw[i], names | texts)

    def first_of(self, rows: Iterable[int]) -> int:
        """The entry that stands first in the file, whatever order the entries come in."""
        e = self.entries
        return min(rows, key=lambda i: (e.sheet[i] or "", e.row[i], e.column[i]))


def stated_value(figure: Figure) -> Decimal | None:
    """The number of a figure, 0 for *không phát sinh*, None for *chưa có số liệu*."""
    return Decimal(0) if figure.absence is Absence.NIL else figure.value


def unit_name(unit: str, deployment: Deployment) -> str:
    """The newest name of a unit, or its id."""
    row = deployment.units.latest_names.get(unit)
    return row.name if row else unit


def said(number: Decimal | float | None, digits: int = 6) -> NumberText:
    """A number as a finding says it: decimal comma, no exponent, "…" where there is none."""
    if number is None:
        return NumberText("…")
    exact = number if isinstance(number, Decimal) else Decimal(f"{number:.{digits}g}")
    text = f"{exact:f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return NumberText(plain.replace(".", ","))
