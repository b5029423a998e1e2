"""Where a unit stands among units like it: lowest, quartiles, median, highest of each indicator.

Like units are those of the same kind below the same unit: the register of units knows no other
sort (plain or mountain). A place among others is no verdict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from statistics import quantiles

from indicators.assessment import Assessment
from indicators.breakdown import Breakdown
from indicators.catalogue import Indicator
from indicators.judge import direction
from indicators.measure import Measure, is_too_few
from indicators.units import UnitTree

FEW = 5  # like units below which quartiles mean nothing
MIDDLE = Fraction(50)


class Group(StrEnum):
    """Which part of the like units it stands in."""

    BEST = "best"  # better than the quartile on the good side
    MIDDLE = "middle"
    WORST = "worst"
    UNTOLD = "untold"  # too few units, no good side, or all alike


@dataclass(frozen=True)
class Spread:
    """Five numbers of the like units, lowest first."""

    low: Fraction
    first: Fraction
    median: Fraction
    third: Fraction
    high: Fraction


@dataclass(frozen=True)
class Vertebra:
    """One indicator: the unit's value among those of all like units, itself among them.

    ``sign``: +1 where more is better, -1 where less is, 0 where neither.
    """

    indicator: Indicator
    sign: int
    value: Fraction
    values: tuple[Fraction, ...]

    @property
    def count(self) -> int:
        """How many like units have a value that can be compared."""
        return len(self.values)

    @property
    def is_few(self) -> bool:
        """Whether they are too few for quartiles."""
        return self.count < FEW

    @cached_property
    def spread(self) -> Spread:
        """The five numbers; the quartiles are interpolated, both ends included."""
        if self.count < 2:
            return Spread(*[self.value] * 5)
        first, median, third = quantiles(self.values, n=4, method="inclusive")
        low, high = min(self.values), max(self.values)
        return Spread(low, Fraction(first), Fraction(median), Fraction(third), high)

    @property
    def rank(self) -> int:
        """1 for the best (where neither side is better: the highest); equals share a rank."""
        sign = self.sign or 1
        return 1 + sum(sign * (other - self.value) > 0 for other in self.values)

    @property
    def group(self) -> Group:
        """Best or worst quarter, or the middle half; on a quartile is in the middle."""
        spread = self.spread
        if self.is_few or not self.sign or spread.low == spread.high:
            return Group.UNTOLD
        better, worse = (
            (spread.third, spread.first) if self.sign > 0 else (spread.first, spread.third)
        )
        if self.sign * (self.value - better) > 0:
            return Group.BEST
        return Group.WORST if self.sign * (self.value - worse) < 0 else Group.MIDDLE

    def place(self, value: Fraction) -> Fraction:
        """Where a value stands from 0 to 100: the median in the middle, better to the right."""
        spread = self.spread
        half = max(spread.high - spread.median, spread.median - spread.low)
        if not half:
            return MIDDLE
        return MIDDLE + MIDDLE * (self.sign or 1) * (value - spread.median) / half


@dataclass(frozen=True)
class Spine:
    """The indicators of one unit, worst place first; ``untold``: it has no value to compare."""

    vertebrae: tuple[Vertebra, ...]
    untold: tuple[Indicator, ...]
    like: int  # units of the same kind below the same unit, itself among them

    def in_group(self, group: Group) -> tuple[Vertebra, ...]:
        """Those in which it stands in a part of the like units."""
        return tuple(v for v in self.vertebrae if v.group is group)


def spine_of_area(
    unit: str, found: Breakdown, assessments: Iterable[Assessment], tree: UnitTree
) -> Spine:
    """An area among the areas of its kind below the same unit, whose breakdown is given."""
    signs = {a.indicator.id: direction(a.test) for a in reversed(list(assessments))}
    like = [p for p in found.parts if tree.units[p.unit].kind == tree.units[unit].kind]
    measures = {i.id: {p.unit: p.measures.get(i.id) for p in like} for i in found.indicators}
    return _spine(unit, found.indicators, signs, measures, len(like))


def spine_of_facility(unit: str, assessments: Iterable[Assessment], tree: UnitTree) -> Spine:
    """A facility among those of its kind of which a target asks each."""
    kind = tree.units[unit].kind
    indicators: dict[str, Indicator] = {}
    signs: dict[str, int] = {}
    measures: dict[str, dict[str, Measure | None]] = {}
    for a in assessments:
        like = {u.scope: u.measure for u in a.units if _is_of(u.scope, kind, tree)}
        if unit in like and not a.also and a.indicator.id not in indicators:
            indicators[a.indicator.id], signs[a.indicator.id] = a.indicator, direction(a.test)
            measures[a.indicator.id] = dict(like)
    count = max((len(found) for found in measures.values()), default=0)
    return _spine(unit, indicators.values(), signs, measures, count)


def _is_of(unit: str, kind: str, tree: UnitTree) -> bool:
    return unit in tree.units and tree.units[unit].kind == kind


def _spine(
    unit: str,
    indicators: Iterable[Indicator],
    signs: Mapping[str, int],
    measures: Mapping[str, Mapping[str, Measure | None]],
    like: int,
) -> Spine:
    found, untold = [], []
    for indicator in indicators:
        known = {
            other: measure.value
            for other, measure in measures[indicator.id].items()
            if measure is not None and _is_comparable(measure, indicator)
        }
        values = {other: value for other, value in known.items() if value is not None}
        if unit in values and len(values) > 1:
            sign = signs.get(indicator.id, 0)
            found.append(Vertebra(indicator, sign, values[unit], tuple(values.values())))
        else:
            untold.append(indicator)
    found.sort(key=_order)
    return Spine(tuple(found), tuple(untold), like)


def _is_comparable(measure: Measure, indicator: Indicator) -> bool:
    """Only what is complete and not too small: a part of a district is no like district."""
    return measure.value is not None and measure.is_whole and not is_too_few(measure, indicator)


def _order(found: Vertebra) -> tuple[int, Fraction, str]:
    """Worst place first; where neither side is better, last."""
    groups = (Group.WORST, Group.MIDDLE, Group.BEST, Group.UNTOLD)
    return groups.index(found.group), Fraction(-found.rank, found.count), found.indicator.id
