"""What one level reports against the sum of the level below: communes = centre = province.

Differences are reported and nothing is overwritten; where a part is missing nothing is compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from etl.findings import Finding
from etl.rules.case import RATE_SIGNS, Case, said, unit_name
from etl.store.past import Cell
from indicators.catalogue import Catalogue, IndicatorKind, Quantity
from indicators.period import parse_period
from indicators.units import UnitTree

ROUNDED = Decimal("0.05")  # a part that is no whole number may have been rounded by so much


def agree(whole: Decimal, added: Decimal, parts: int, quantity: Quantity) -> bool:
    """Whether a total is the sum of so many parts, within what rounding can have done."""
    slack = Decimal(0) if quantity.whole_number else ROUNDED * (parts + 1)
    return abs(whole - added) <= slack


def adds_up(quantity: Quantity, catalogue: Catalogue) -> bool:
    """Whether figures of several units may be added: not rates, nor what is only reported as such."""
    reported = (i for i in catalogue.indicators.values() if i.kind is IndicatorKind.REPORTED)
    alone = any(quantity.id in indicator.numerator for indicator in reported)
    return quantity.unit_of_measure not in RATE_SIGNS and not alone


@dataclass(frozen=True)
class Comparison:
    """What one level reports beside the sum of the level below, where all of both is known.

    ``first``: the first entry of the file that is on either side.
    """

    area: str
    quantity: str
    period: str
    wholes: tuple[str, ...]
    parts: tuple[str, ...]
    whole: Decimal
    added: Decimal
    agrees: bool
    first: int

    @property
    def difference(self) -> Decimal:
        """How far apart the two are."""
        return abs(self.whole - self.added)


def levels(case: Case) -> Iterator[Finding]:
    """Totals of an area against its parts, and parts against their details, that differ."""
    for found in comparisons(case):
        if not found.agrees:
            facts = {"area": unit_name(found.area, case.deployment), "count": len(found.parts)}
            whole, added = said(found.whole), said(found.added)
            yield case.finding("levels-differ", found.first, whole=whole, sum=added, **facts)


def comparisons(case: Case) -> Iterator[Comparison]:
    """Every area and figure of the file that two levels report, wherever all are known."""
    table = Levels(case)
    for number, quantity in enumerate(case.specs):
        has_levels = quantity.total_by or quantity.detail_by
        if has_levels and adds_up(quantity, case.deployment.catalogue):
            rows = np.flatnonzero(case.quantities.of == number)
            for code in np.unique(case.periods.of[rows]).tolist():
                here = rows[case.periods.of[rows] == code].tolist()
                yield from table.compared(quantity, case.periods.ids[code], here)


@dataclass(frozen=True)
class Levels:
    """Who reports totals, parts and details in the areas of a file, and what they report."""

    case: Case
    _asked: dict[tuple[object, ...], list[str]] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[Cell, Decimal]:
        """What the warehouse has for any unit of the areas of the file."""
        case = self.case
        names = [q.id for q in case.specs if q.total_by or q.detail_by]
        trees = [self.tree(period) for period in case.periods.ids]
        roots = {tree.path(unit)[:1] for tree in trees for unit in case.units.ids}
        units = {
            u.id for tree in trees for root in roots for area in root for u in tree.within(area)
        }
        return dict(case.past.cells(sorted(units), names, case.periods.ids))

    def tree(self, period: str) -> UnitTree:
        """The units of the last day of a period."""
        return self.case.deployment.units.at(parse_period(period).end)

    def compared(self, quantity: Quantity, period: str, rows: list[int]) -> Iterator[Comparison]:
        """One quantity in one period, in every area above a unit that the file is about."""
        here = {self.case.entries.unit[i]: i for i in rows}
        tree = self.tree(period)
        for area in sorted({area for unit in here for area in tree.path(unit)[:-1]}):
            children = tree.children.get(area, ())
            totals = [u for u in children if tree.units[u].kind in quantity.total_by]
            wholes = [u for u in children if tree.units[u].kind in quantity.reported_by]
            level = Level(self, quantity, period, here, area)
            for unit in totals:
                yield from level.compare([unit], level.reporting(quantity.reported_by))
            yield from level.compare(wholes, level.reporting(quantity.detail_by))

    def reporting(self, area: str, kinds: tuple[str, ...], quantity: str, period: str) -> list[str]:
        """The units of these kinds inside an area that have a form for the quantity."""
        tree, catalogue = self.tree(period), self.case.deployment.catalogue
        asked = (tree.day, area, kinds, quantity)
        if asked not in self._asked:
            self._asked[asked] = [
                unit.id
                for unit in (tree.within(area) if kinds else ())
                if unit.kind in kinds
                and catalogue.form_of(unit.kind, quantity, tree.path(unit.id)) is not None
            ]
        return self._asked[asked]


@dataclass(frozen=True)
class Level:
    """One area, quantity and period; ``here``: unit to its entry in the file."""

    table: Levels
    quantity: Quantity
    period: str
    here: dict[str, int]
    area: str

    def reporting(self, kinds: tuple[str, ...]) -> list[str]:
        """The units of these kinds that have to report here."""
        return self.table.reporting(self.area, kinds, self.quantity.id, self.period)

    def compare(self, wholes: list[str], parts: list[str]) -> Iterator[Comparison]:
        """Both sides where both are known and the file has a figure of either."""
        cells = [self.here[unit] for unit in (*wholes, *parts) if unit in self.here]
        whole, added = self._sum(wholes), self._sum(parts)
        if not cells or whole is None or added is None:
            return
        yield Comparison(
            self.area,
            self.quantity.id,
            self.period,
            tuple(wholes),
            tuple(parts),
            whole,
            added,
            agree(whole, added, len(parts), self.quantity),
            cells[0],
        )

    def _sum(self, units: list[str]) -> Decimal | None:
        """The sum over all of them; None where there is nobody, or one is not known."""
        values = [self._value(unit) for unit in units]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if units and len(known) == len(values) else None

    def _value(self, unit: str) -> Decimal | None:
        """What a unit reports: in the file, else in the warehouse."""
        if unit in self.here:
            return self.table.case.exact(self.here[unit])
        return self.table.known.get((unit, self.period, self.quantity.id))
