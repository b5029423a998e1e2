"""Rules between quantities of one unit and period (catalogue/rules.toml and ``at_most``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import pandas as pd

from etl.findings import Finding
from etl.rules.case import Case, Numbers, said
from etl.rules.groups import Codes
from etl.store.past import Cell
from indicators.rules import Rule, RuleKind

CODES = {RuleKind.AT_MOST: "part-above-whole", RuleKind.EQUAL: "parts-not-total"}
NEARLY = 1e-9  # of the larger side: floats only choose what is then compared exactly


def sides(case: Case) -> Iterator[Finding]:
    """Every rule of the catalogue that the file says anything about."""
    table = Sides(case)
    for rule in table.rules:
        yield from table.broken(rule)


@dataclass(frozen=True)
class Sides:
    """The figures of the file by quantity, each beside those of its unit and period.

    What a rule needs and the file does not have is taken from the warehouse.
    """

    case: Case

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules with a quantity of the file on either side."""
        here = set(self.case.quantities.ids)
        rules = self.case.deployment.catalogue.all_rules
        return [rule for rule in rules if rule.kind in CODES and here & {*rule.quantities}]

    @cached_property
    def _pairs(self) -> tuple[Codes, Codes]:
        """For each entry the number of its (unit, period), and what those numbers stand for."""
        case = self.case
        of, pairs = pd.factorize(case.units.of * len(case.periods.ids) + case.periods.of)
        return of, pairs

    @cached_property
    def _known(self) -> dict[Cell, Decimal]:
        """What the warehouse has of the quantities that the rules name."""
        wanted = sorted({name for rule in self.rules for name in rule.quantities})
        case = self.case
        return dict(case.past.cells(case.units.ids, wanted, case.periods.ids))

    @cached_property
    def _rows(self) -> dict[str, Codes]:
        """Quantity to the entry of each (unit, period), -1 where the file has none."""
        of, pairs = self._pairs
        found = {}
        for name in {name for rule in self.rules for name in rule.quantities}:
            at: Codes = np.full(len(pairs), -1, np.int64)
            if name in self.case.quantities.ids:
                rows = np.flatnonzero(
                    self.case.quantities.of == self.case.quantities.ids.index(name)
                )
                at[of[rows]] = rows
            found[name] = at
        return found

    @cached_property
    def _numbers(self) -> dict[str, Numbers]:
        """The same as numbers, with those of the warehouse; nan where neither knows."""
        padded = np.append(self.case.values, np.nan)
        found = {name: padded[rows] for name, rows in self._rows.items()}
        place = {self._at(int(number)): k for k, number in enumerate(self._pairs[1])}
        for (unit, period, name), value in self._known.items():
            k = place.get((unit, period))
            if k is not None and self._rows[name][k] < 0:
                found[name][k] = float(value)
        for name, rows in self._rows.items():
            for k in np.flatnonzero((rows >= 0) & np.isnan(found[name])).tolist():
                stated = self.case.exact(int(rows[k]))
                found[name][k] = np.nan if stated is None else float(stated)
        return found

    def _at(self, pair: int) -> tuple[str, str]:
        unit, period = divmod(pair, len(self.case.periods.ids))
        return self.case.units.ids[unit], self.case.periods.ids[period]

    def broken(self, rule: Rule) -> Iterator[Finding]:
        """A finding for each unit and period in which the rule does not hold."""
        left = sum(self._numbers[name] for name in rule.left)
        right = sum(self._numbers[name] for name in rule.right)
        least = NEARLY * np.maximum(np.abs(left), np.abs(right))
        difference = left - right
        off = difference if rule.kind is RuleKind.AT_MOST else np.abs(difference)
        for k in np.flatnonzero(off >= -least).tolist():
            finding = self._judge(rule, k)
            if finding is not None:
                yield finding

    def _judge(self, rule: Rule, k: int) -> Finding | None:
        """The exact comparison of one unit and period; nothing where only the warehouse is at odds."""
        rows = [int(self._rows[name][k]) for name in rule.quantities]
        cells = [row for row in rows if row >= 0]
        left, right = self._sum(rule.left, k), self._sum(rule.right, k)
        holds = left == right or (rule.kind is RuleKind.AT_MOST and left < right)
        if holds or not cells:
            return None
        facts = {
            "part": self._names(rule.left),
            "left": said(left),
            "name": self._names(rule.right),
            "whole": said(right),
        }
        return self.case.finding(CODES[rule.kind], cells[0], **facts)

    def _sum(self, names: tuple[str, ...], k: int) -> Decimal:
        return sum((self._exact(name, k) for name in names), Decimal(0))

    def _exact(self, name: str, k: int) -> Decimal:
        row = int(self._rows[name][k])
        if row >= 0:
            return self.case.exact(row) or Decimal(0)
        unit, period = self._at(int(self._pairs[1][k]))
        return self._known[unit, period, name]

    def _names(self, names: tuple[str, ...]) -> str:
        return " + ".join(self.case.deployment.catalogue.quantities[name].name_vi for name in names)
