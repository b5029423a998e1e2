"""What chance could have done to a value: its interval, its place in a funnel.

Only for indicators whose ``chance`` is on. Beds, doctors and insured people are counted in full:
nothing was drawn, and an interval would pass for doubt about the count (methods 3.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from indicators.catalogue import Chance, Indicator
from indicators.measure import Measure, base_of
from indicators.statistics.funnel import (
    INNER,
    OUTER,
    Funnel,
    Place,
    drawn_rate_limits,
    funnel_of_proportions,
    funnel_of_rates,
    place,
)
from indicators.statistics.intervals import (
    BYAR_FROM,
    Interval,
    difference_interval,
    rate_interval,
    wilson,
)

CONFIDENCE = 0.95


class Method(StrEnum):
    """How an interval is computed."""

    WILSON = "wilson"
    BYAR = "byar"
    EXACT = "exact"


@dataclass(frozen=True)
class Counted:
    """Events among the counted: boys among births, deaths among live births."""

    events: int
    base: int


@dataclass(frozen=True)
class Estimate:
    """Between which values chance leaves an indicator, in its own unit; None: without limit."""

    low: float
    high: float | None
    method: Method
    confidence: float = CONFIDENCE


def counted_of(measure: Measure, indicator: Indicator) -> Counted | None:
    """The counts chance works on, of whoever reported; None where it has no meaning."""
    base = base_of(measure, indicator)
    if indicator.chance is Chance.NONE or measure.value is None:
        return None
    if measure.numerator is None or base is None:
        return None
    if not 0 <= measure.numerator <= base or base == 0 or measure.numerator % 1 or base % 1:
        return None  # a weight, or more than there are: nothing that is counted one by one
    return Counted(int(measure.numerator), int(base))


def estimate_of(measure: Measure, indicator: Indicator) -> Estimate | None:
    """The 95 % interval: Wilson for parts, Byar (exact below 10 events) for rates.

    None while figures are missing: then who is absent matters more than luck, and there are bounds.
    """
    counted = counted_of(measure, indicator)
    if counted is None or not measure.is_whole:
        return None
    if indicator.chance is Chance.RATE:
        limits = rate_interval(counted.events, population=counted.base, confidence=CONFIDENCE)
        method = Method.BYAR if counted.events >= BYAR_FROM else Method.EXACT
    else:
        limits = wilson(counted.events, denominator=counted.base, confidence=CONFIDENCE)
        method = Method.WILSON
    low, high = (in_unit(end, indicator) for end in (limits.low, limits.high))
    return None if low is None else Estimate(low, high, method)


def in_unit(share: float, indicator: Indicator) -> float | None:
    """A share or rate per one, in the unit of the indicator; None where odds have no limit."""
    if indicator.chance is not Chance.ODDS:
        return share * indicator.factor
    return share / (1 - share) * indicator.factor if share < 1 else None


@dataclass(frozen=True)
class Placed:
    """A unit in the funnel of its scope; the 95 % limits at its size, in the indicator's unit.

    ``size``: of how many it was counted; ``value``: None where odds have no limit.
    """

    unit: str
    place: Place
    low: float | None
    high: float | None
    size: int
    value: float | None


def place_of(unit: str, measure: Measure, *, whole: Measure, indicator: Indicator) -> Placed | None:
    """Whether a unit differs from the whole by more than its size explains.

    The whole is whoever reported; None for a unit whose own figures are not all there.
    """
    own, all_of_it = counted_of(measure, indicator), counted_of(whole, indicator)
    if own is None or all_of_it is None or not measure.is_whole:
        return None
    funnel = _funnel(all_of_it, own.base, indicator)
    inner: Interval = funnel.inner
    share = own.events / own.base
    low, high, value = (in_unit(x, indicator) for x in (inner.low, inner.high, share))
    return Placed(unit, place(share, funnel), low, high, own.base, value)


@dataclass(frozen=True)
class FunnelAt:
    """The limits at one size, in the unit of the indicator; None: without limit."""

    size: int
    inner: tuple[float | None, float | None]
    outer: tuple[float | None, float | None]


def funnel_at(sizes: Iterable[int], *, whole: Measure, indicator: Indicator) -> list[FunnelAt]:
    """The limits around the whole at these sizes; none where chance has no meaning."""
    counted = counted_of(whole, indicator)
    if counted is None:
        return []
    found = []
    for size in sizes:
        limits = _drawn(counted, size, indicator)
        inner, outer = (
            (in_unit(ends.low, indicator), in_unit(ends.high, indicator))
            for ends in (limits.inner, limits.outer)
        )
        found.append(FunnelAt(size, inner, outer))
    return found


def _drawn(whole: Counted, size: int, indicator: Indicator) -> Funnel:
    if indicator.chance is not Chance.RATE:
        return _funnel(whole, size, indicator)
    average = whole.events / whole.base
    inner, outer = (
        drawn_rate_limits(average, denominator=size, confidence=level) for level in (INNER, OUTER)
    )
    return Funnel(inner, outer)


def is_beyond_chance(before: Measure, after: Measure, indicator: Indicator) -> bool | None:
    """Whether a change is more than chance explains at 95 %; None where that cannot be told.

    Parts: Newcombe's interval of the difference of two proportions (1998, method 10) leaves out
    0. Events: their split over both times is not what the sizes make likely (Wilson of the split).
    """
    if not (before.is_whole and after.is_whole):
        return None
    old, new = counted_of(before, indicator), counted_of(after, indicator)
    if old is None or new is None:
        return None
    if indicator.chance is not Chance.RATE:
        sides = ((c.events, c.base) for c in (old, new))
        ends = difference_interval(*sides, confidence=CONFIDENCE)
        return not ends.low <= 0 <= ends.high
    events = old.events + new.events
    if events == 0:
        return False
    split = wilson(new.events, denominator=events, confidence=CONFIDENCE)
    return not split.low <= new.base / (old.base + new.base) <= split.high


def _funnel(whole: Counted, size: int, indicator: Indicator) -> Funnel:
    make = funnel_of_rates if indicator.chance is Chance.RATE else funnel_of_proportions
    return make(whole.events / whole.base, denominator=size)
