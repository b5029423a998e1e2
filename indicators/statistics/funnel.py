"""Funnel limits: how far units of each size stray by chance alone (Spiegelhalter 2005; methods 3.8).

Real differences between communes put many outside. That reads "khác biệt lớn hơn ngẫu nhiên",
never "bad", and a small commune is not ranked by its rate.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from indicators.statistics import Number
from indicators.statistics.intervals import (
    Interval,
    chance_of_at_least,
    poisson_cdf,
    tail_of,
    z_of,
)

INNER = 0.95
OUTER = 0.998


class Place(StrEnum):
    """Where a unit lies; high and low, not good and bad. On a limit is within it."""

    WITHIN = "within"
    HIGH = "high"  # beyond the 95 % limit
    LOW = "low"
    VERY_HIGH = "very_high"  # beyond the 99.8 % limit
    VERY_LOW = "very_low"


@dataclass(frozen=True)
class Funnel:
    """The 95 % and the 99.8 % limits at one size, per one of the denominator."""

    inner: Interval
    outer: Interval


def funnel_of_proportions(average: Number, *, denominator: float) -> Funnel:
    """Limits around the proportion of the whole province for a unit of the given denominator."""
    return Funnel(
        proportion_limits(average, denominator=denominator, confidence=INNER),
        proportion_limits(average, denominator=denominator, confidence=OUTER),
    )


def funnel_of_rates(average: Number, *, denominator: float) -> Funnel:
    """Limits around the rate of the whole province for a unit of the given population."""
    return Funnel(
        rate_limits(average, denominator=denominator, confidence=INNER),
        rate_limits(average, denominator=denominator, confidence=OUTER),
    )


def proportion_limits(average: Number, *, denominator: float, confidence: float) -> Interval:
    """p ± z·√(p(1 − p)/n), cut off at 0 and 1."""
    _refuse_size(denominator)
    p = float(average)
    if not 0 <= p <= 1:
        raise ValueError(f"an average proportion must lie between 0 and 1 (0.95, not 95), got {p}")
    reach = z_of(confidence) * math.sqrt(p * (1 - p) / denominator)
    return Interval(max(0.0, p - reach), min(1.0, p + reach))


def rate_limits(average: Number, *, denominator: float, confidence: float) -> Interval:
    """The fewest and the most events that chance explains at the average, per one: exact Poisson.

    Beyond each limit lies at most half of what the confidence leaves. Byar's or exact limits of
    the *expected* events (methods 3.8) are those of a mean behind a count, the reverse question:
    at few events they call up to 9.9 % of ordinary units low where 2.5 % are meant.
    """
    _refuse_size(denominator)
    expected = float(average) * denominator
    if not 0 <= expected < math.inf:
        raise ValueError(f"an average rate must be at least 0, got {float(average)}")
    tail = tail_of(confidence)
    fewest = _first(lambda events: poisson_cdf(events, mean=expected) > tail)
    above = _first(lambda events: chance_of_at_least(events, mean=expected) <= tail)
    return Interval(fewest / denominator, (above - 1) / denominator)


def drawn_rate_limits(average: Number, *, denominator: float, confidence: float) -> Interval:
    """The same limits between whole numbers of events, so that their lines run smoothly.

    The exact limits jump by an event at a time; here each lies on the way to the next one, in
    proportion to the chance (Spiegelhalter 2005). No count changes its side of them.
    """
    exact = rate_limits(average, denominator=denominator, confidence=confidence)
    expected, tail = float(average) * denominator, tail_of(confidence)
    fewest, most = round(exact.low * denominator), round(exact.high * denominator)
    below, at = (poisson_cdf(n, mean=expected) if n >= 0 else 0.0 for n in (fewest - 1, fewest))
    above, more = (chance_of_at_least(n, mean=expected) for n in (most, most + 1))
    down = (at - tail) / (at - below) if fewest else 0.0
    up = (above - tail) / (above - more) if above > more else 0.0
    return Interval((fewest - down) / denominator, (most + min(up, 1.0)) / denominator)


def _first(holds: Callable[[int], bool]) -> int:
    """The smallest number of events for which a condition holds that stays true from there on."""
    high = 1
    while not holds(high):
        high *= 2
    low = 0
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _refuse_size(denominator: float) -> None:
    if not 0 < denominator < math.inf:
        raise ValueError(f"denominator must be above 0, got {denominator}")


def place(value: Number, funnel: Funnel) -> Place:
    """Where a value lies against the limits at its own size."""
    if value > funnel.inner.high:
        return Place.VERY_HIGH if value > funnel.outer.high else Place.HIGH
    if value < funnel.inner.low:
        return Place.VERY_LOW if value < funnel.outer.low else Place.LOW
    return Place.WITHIN
