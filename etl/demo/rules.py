"""How a simulated figure comes about: the kinds of rule that the tables beside this file use.

A rule fills one column: one quantity of one form in one period, for every unit that owes it.
Lists in a rule run over the periods of the story; a list of one (or a bare number) holds for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache
from random import Random
from typing import Protocol

from etl.demo.figures import SEED, share_out
from etl.demo.story import AREAS
from indicators.units import Unit

NOTHING = "-"  # how a form says that nothing happened, or that the work is not theirs
Cell = Decimal | str
Column = dict[str, Cell]
Counts = dict[str, int]
Numbers = int | Decimal | Sequence[int | Decimal]
Range = Sequence[int | Decimal]


@dataclass(frozen=True)
class Ask:
    """The column asked for. ``turn``: which period of the story; ``year``: 0 for its first year.

    ``before``: the same column in the period before, inside the year; only a flow looks there.
    """

    quantity: str
    code: str
    turn: int
    year: int
    units: tuple[Unit, ...]
    base: Callable[[str], Counts]
    before: Ask | None


class Rule(Protocol):
    """What every kind of rule can do."""

    def column(self, ask: Ask) -> Column:
        """Unit to figure, for the units asked for."""


@cache
def draw(topic: str, unit: str) -> Decimal:
    """A number from 0 to 1 that always belongs to this unit and topic; four decimals."""
    return Decimal(f"{Random(f'{SEED}:{topic}:{unit}').random():.4f}")


def within(ends: Range, topic: str, unit: str) -> Decimal:
    """A number of a range that always belongs to this unit and topic."""
    low, high = map(Decimal, ends)
    return low + (high - low) * draw(topic, unit)


def around(spread: Decimal, topic: str, unit: str) -> Decimal:
    """A factor around 1 that always belongs to this unit and topic."""
    return within((1 - spread, 1 + spread), topic, unit)


def at(numbers: Numbers, turn: int) -> Decimal:
    """The number of a period."""
    if isinstance(numbers, int | Decimal):
        return Decimal(numbers)
    return Decimal(numbers[turn if len(numbers) > 1 else 0])


def to_step(value: Decimal, step: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """The value in whole steps, written with the decimals of the step."""
    return (value / step).to_integral_value(rounding) * step


ONE = Decimal(1)


@dataclass(frozen=True)
class Named:
    """What units say one by one; the others say ``default``, or nothing at all (``nil``)."""

    default: Numbers = 0
    units: Mapping[str, Numbers] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # period to unit to count
    nil: bool = False

    def column(self, ask: Ask) -> Column:
        return {unit.id: self._cell(unit.id, ask) for unit in ask.units}

    def _cell(self, unit: str, ask: Ask) -> Cell:
        happened = self.events.get(ask.code, {})
        if unit in happened:
            return Decimal(happened[unit])
        if unit in self.units:
            return at(self.units[unit], ask.turn)
        return NOTHING if self.nil else at(self.default, ask.turn)


@dataclass(frozen=True)
class Size:
    """As large as its unit: ``per`` of a base, or in a range; ``over`` follows the periods."""

    by: str = "each"
    per: Decimal = ONE
    between: Mapping[str, Range] = field(default_factory=dict)  # by kind of unit, before ``by``
    spread: Decimal = Decimal(0)
    add: int = 0
    over: Numbers = 1
    units: Mapping[str, Numbers] = field(default_factory=dict)  # as they are

    def column(self, ask: Ask) -> Column:
        base = ask.base(self.by)
        return {unit.id: self._figure(unit, base[unit.id], ask) for unit in ask.units}

    def _figure(self, unit: Unit, base: int, ask: Ask) -> Decimal:
        if unit.id in self.units:
            return at(self.units[unit.id], ask.turn)
        if unit.kind in self.between:
            size = within(self.between[unit.kind], ask.quantity, unit.id)
        else:
            size = base * self.per * around(self.spread, ask.quantity, unit.id) + self.add
        return to_step(size * at(self.over, ask.turn), ONE)


@dataclass(frozen=True)
class Share:
    """A part of another column, at a rate; what accumulates is rounded as it accumulates.

    ``change``: the second year against the first, a fall rounded so that it stays one; ``worse``:
    those where it goes the other way. ``exact``: a rate without any of that.
    """

    of: str
    rates: Numbers = 0
    rates_of: Mapping[str, Numbers] = field(default_factory=dict)  # of a unit, or of a kind
    spread: Decimal = Decimal(0)
    per: int = 100
    change: Range = ()
    worse: Sequence[str] = ()
    worse_change: Range = ()
    exact: Mapping[str, Numbers] = field(default_factory=dict)

    def column(self, ask: Ask) -> Column:
        so_far, before = self._so_far(ask), self._so_far(ask.before)
        wholes = ask.base(self.of)
        return {
            u.id: min(so_far[u.id] - before.get(u.id, 0), Decimal(wholes[u.id] * self._most))
            for u in ask.units
        }

    @property
    def _most(self) -> int:
        """What one of the whole can have at most: one of a hundred parts, days without end."""
        return 1 if self.per == 100 else 1000

    def _so_far(self, ask: Ask | None) -> dict[str, Decimal]:
        """Since the beginning of the year, in whole numbers."""
        if ask is None:
            return {}
        exact = self._exact_so_far(ask)
        return {u.id: exact[u.id].to_integral_value(self._rounding(u, ask)) for u in ask.units}

    def _exact_so_far(self, ask: Ask) -> dict[str, Decimal]:
        earlier = self._exact_so_far(ask.before) if ask.before else {}
        whole = ask.base(self.of)
        return {
            u.id: earlier.get(u.id, Decimal(0)) + whole[u.id] * self._rate(u, ask) / self.per
            for u in ask.units
        }

    def _rate(self, unit: Unit, ask: Ask) -> Decimal:
        if unit.id in self.exact:
            return at(self.exact[unit.id], ask.turn)
        usual = self.rates_of.get(unit.id, self.rates_of.get(unit.kind, self.rates))
        rate = at(usual, ask.turn) * around(self.spread, ask.quantity, unit.id)
        if ask.year and self.change:
            change = self.worse_change if unit.id in self.worse else self.change
            rate *= within(change, f"{ask.quantity} change", unit.id)
        return min(rate, Decimal(self.per * self._most))

    def _rounding(self, unit: Unit, ask: Ask) -> str:
        if unit.id in self.exact or not self.change:
            return ROUND_HALF_EVEN
        return ROUND_FLOOR if ask.year and unit.id not in self.worse else ROUND_CEILING


@dataclass(frozen=True)
class Total:
    """A total shared out to the units, exact to the last one and never above a cap.

    ``short``: shared out is what the total lacks of the caps, most to those with most weight.
    ``above``: the figure comes on top of another column. ``percent_of``: totals are per cent of it.
    """

    totals: Numbers
    by: str = "each"
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    mountain: Decimal = ONE  # weight in the mountains
    spread: Decimal = Decimal(0)
    cap: str | None = None
    short: bool = False
    above: str | None = None
    percent_of: str | None = None

    def column(self, ask: Ask) -> Column:
        weights, caps = self._weights(ask), ask.base(self.cap) if self.cap else None
        floor = ask.base(self.above) if self.above else dict.fromkeys(weights, 0)
        total = self._total(ask) - sum(floor.values())
        if self.short and caps is not None:
            lacking = share_out(sum(caps.values()) - total, weights, caps)
            return {unit: Decimal(caps[unit] - lacking[unit]) for unit in weights}
        room = {unit: caps[unit] - floor[unit] for unit in weights} if caps is not None else None
        return {u: Decimal(floor[u] + n) for u, n in share_out(total, weights, room).items()}

    def _total(self, ask: Ask) -> int:
        total = at(self.totals, ask.turn)
        if self.percent_of:
            total = total * sum(ask.base(self.percent_of).values()) / 100
        return int(to_step(total, ONE))

    def _weights(self, ask: Ask) -> dict[str, float]:
        base = ask.base(self.by)
        return {u.id: float(base[u.id] * self._weight(u, ask.quantity)) for u in ask.units}

    def _weight(self, unit: Unit, topic: str) -> Decimal:
        place = self.mountain if is_mountainous(unit) else ONE
        return self.weights.get(unit.id, ONE) * place * around(self.spread, topic, unit.id)


def is_mountainous(unit: Unit) -> bool:
    """Whether a unit stands in one of the mountainous districts."""
    return AREAS.get(unit.parent or "", (0, False))[1]
