"""Confidence intervals of proportions and of event counts (PHE technical guide; methods 3.5).

For counts of events and small communes. Beds, cards and doctors are full counts, not samples:
there an interval only says how far so small a unit could move by chance.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

BYAR_FROM = 10  # events; below, Byar's approximation is too rough
NEGLIGIBLE = 1e-290  # below it a float loses its digits
HALVINGS = 200  # enough to reach neighbouring floats from any bracket that occurs


@dataclass(frozen=True)
class Interval:
    """A lower and an upper limit, in the unit of the value they belong to."""

    low: float
    high: float


def tail_of(confidence: float) -> float:
    """The chance left on either side of a confidence between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1 (0.95, not 95), got {confidence}")
    return (1 - confidence) / 2


def z_of(confidence: float) -> float:
    """How many standard deviations the confidence spans to either side: 0.95 gives 1.96."""
    return -NormalDist().inv_cdf(tail_of(confidence))


def wilson(numerator: int, *, denominator: int, confidence: float = 0.95) -> Interval:
    """Limits of the proportion numerator/denominator, 0 to 1 (Wilson 1927)."""
    if denominator < 1:
        raise ValueError(f"denominator must be at least 1, got {denominator}")
    if not 0 <= numerator <= denominator:
        raise ValueError(
            f"numerator must lie between 0 and the denominator {denominator}, got {numerator}"
        )
    z = z_of(confidence)
    low = _wilson_low(numerator, denominator, z)
    return Interval(low, 1 - _wilson_low(denominator - numerator, denominator, z))


def _wilson_low(x: int, n: int, z: float) -> float:
    """The upper limit is this one seen from the other side, so that both ends are exact."""
    if x == 0:
        return 0.0
    root = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    return (2 * x + z * z - root) / (2 * (n + z * z))


def difference_interval(
    before: tuple[int, int], after: tuple[int, int], *, confidence: float = 0.95
) -> Interval:
    """Limits of the change of a proportion, each (numerator, denominator): Newcombe 1998, method 10."""
    old, new = (wilson(x, denominator=n, confidence=confidence) for x, n in (before, after))
    p, q = before[0] / before[1], after[0] / after[1]
    down = math.hypot(q - new.low, old.high - p)
    up = math.hypot(new.high - q, p - old.low)
    return Interval(q - p - down, q - p + up)


def byar(events: float, *, confidence: float = 0.95) -> Interval:
    """Limits of the mean behind a count of at least 10 events (Byar, in Breslow and Day 1987)."""
    if not BYAR_FROM <= events < math.inf:
        raise ValueError(f"Byar's limits need at least {BYAR_FROM} events, got {events}")
    z = z_of(confidence)
    return Interval(_byar_limit(events, -z), _byar_limit(events + 1, z))


def _byar_limit(x: float, z: float) -> float:
    return x * (1 - 1 / (9 * x) + z / (3 * math.sqrt(x))) ** 3


def poisson_cdf(events: float, *, mean: float) -> float:
    """The chance of at most so many events, continued smoothly between whole numbers."""
    return 1 - chance_of_at_least(events + 1, mean=mean)


def chance_of_at_least(events: float, *, mean: float) -> float:
    """The chance of so many events or more: the incomplete gamma function, by its series."""
    if events < 0 or not 0 <= mean < math.inf:
        raise ValueError(f"events and mean must be at least 0, got {events} and {mean}")
    if events == 0 or mean == 0:
        return float(events == 0)
    term = math.exp(events * math.log(mean) - mean - math.lgamma(events + 1))
    if term < NEGLIGIBLE and events < mean:
        return 1.0  # so far below the mean that the series would start from a rounding to 0
    total, shape = 0.0, events
    while total + term != total:
        total += term
        shape += 1
        term *= mean / shape
    return min(1.0, total)


def exact_poisson(events: float, *, confidence: float = 0.95) -> Interval:
    """Limits of the mean behind a count (Garwood 1936), by bisection on the Poisson cdf.

    A number of events that is not whole is expected, not counted (see the funnel).
    """
    _refuse_count(events)
    tail = tail_of(confidence)
    high = _first(lambda mean: poisson_cdf(events, mean=mean) <= tail, events + 1)
    if events == 0:
        return Interval(0.0, high)
    return Interval(_first(lambda mean: chance_of_at_least(events, mean=mean) >= tail, high), high)


def _refuse_count(events: float) -> None:
    if not 0 <= events < math.inf:
        raise ValueError(f"events must be a number of at least 0, got {events}")


def _first(is_past: Callable[[float], bool], high: float) -> float:
    """The smallest positive number for which a condition holds that stays true from there on."""
    low = 0.0
    while not is_past(high):
        low, high = high, 2 * high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if is_past(middle) else (middle, high)
    return high


def count_interval(events: float, *, confidence: float = 0.95) -> Interval:
    """Limits of the mean behind a count: Byar from 10 events on, exact below."""
    _refuse_count(events)
    method = byar if events >= BYAR_FROM else exact_poisson
    return method(events, confidence=confidence)


def rate_interval(events: float, *, population: float, confidence: float = 0.95) -> Interval:
    """Limits of the rate events/population, per one of the population."""
    if not 0 < population < math.inf:
        raise ValueError(f"population must be above 0, got {population}")
    limits = count_interval(events, confidence=confidence)
    return Interval(limits.low / population, limits.high / population)
