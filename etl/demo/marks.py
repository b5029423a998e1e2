"""Rules for what is reached or not: flags by unit and period, scores, enough people for the beds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from etl.demo.rules import Ask, Column, Numbers, Range, at, draw, to_step, within
from indicators.units import Unit

Exact = Mapping[str, Sequence[Decimal]]  # unit to its figure of each year


@dataclass(frozen=True)
class Flag:
    """1 for so many of those that may have it, in an order of their own; once reached it stays.

    ``of``: only units with at least one of another column. ``only``: only these units.
    """

    counts: Numbers
    first: Sequence[str] = ()
    last: Sequence[str] = ()
    of: str = "each"
    only: Sequence[str] = ()

    def column(self, ask: Ask) -> Column:
        base, order = ask.base(self.of), sorted(ask.units, key=lambda u: self._rank(u, ask))
        may = [u.id for u in order if base[u.id] and (not self.only or u.id in self.only)]
        reached = set(may[: int(at(self.counts, ask.turn))])
        return {unit.id: Decimal(unit.id in reached) for unit in ask.units}

    def _rank(self, unit: Unit, ask: Ask) -> tuple[int, int, Decimal]:
        if unit.id in self.first:
            return 0, self.first.index(unit.id), Decimal(0)
        if unit.id in self.last:
            return 2, self.last.index(unit.id), Decimal(0)
        return 1, 0, draw(ask.quantity, unit.id)


def scores(ask: Ask, exact: Exact, drawn: Callable[[Unit, Ask], Decimal]) -> Column:
    """The score of each unit: as given outright, else as drawn."""
    return {
        unit.id: Decimal(exact[unit.id][ask.year]) if unit.id in exact else drawn(unit, ask)
        for unit in ask.units
    }


@dataclass(frozen=True)
class Score:
    """A score of the second year, in steps; some units are low; the first year lay below it."""

    step: Decimal
    between: Mapping[str, Range]  # by kind of unit
    earlier: Range
    low: Mapping[str, Range] = field(default_factory=dict)
    low_units: Sequence[str] = ()
    exact: Exact = field(default_factory=dict)

    def column(self, ask: Ask) -> Column:
        return scores(ask, self.exact, self._drawn)

    def _drawn(self, unit: Unit, ask: Ask) -> Decimal:
        ranges = self.low if unit.id in self.low_units else self.between
        score = within(ranges[unit.kind], ask.quantity, unit.id)
        if not ask.year:
            score -= within(self.earlier, f"{ask.quantity} earlier", unit.id)
        return to_step(score, self.step)


@dataclass(frozen=True)
class Rise:
    """A score of the first year, in steps, and by how much it rose in the second."""

    step: Decimal
    start: Mapping[str, Range]  # by kind of unit
    rise: Range
    slow: Sequence[str]
    slow_rise: Range
    exact: Exact = field(default_factory=dict)

    def column(self, ask: Ask) -> Column:
        return scores(ask, self.exact, self._drawn)

    def _drawn(self, unit: Unit, ask: Ask) -> Decimal:
        score = to_step(within(self.start[unit.kind], ask.quantity, unit.id), self.step)
        if not ask.year:
            return score
        is_slow = unit.id in self.slow
        rise = within(self.slow_rise if is_slow else self.rise, f"{ask.quantity} rise", unit.id)
        # Rounded to the side on which it was meant to be.
        return to_step(score * rise, self.step, ROUND_FLOOR if is_slow else ROUND_CEILING)


@dataclass(frozen=True)
class Enough:
    """One for every ``per`` of a base, rounded up; the first so many of ``lacking`` have one less."""

    by: str
    per: int
    lacking: Sequence[str]
    counts: Numbers

    def column(self, ask: Ask) -> Column:
        less = self.lacking[: int(at(self.counts, ask.turn))]
        needed = {unit: -(-size // self.per) for unit, size in ask.base(self.by).items()}
        return {unit.id: Decimal(needed[unit.id] - (unit.id in less)) for unit in ask.units}
