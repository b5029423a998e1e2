"""One value against its target: where on a track from 0 to 100 each mark stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessment

# A track starts at zero only where that does not squeeze the distance to the target to nothing.
TELLING = Fraction(1, 5)
ROOM = Fraction(3, 5)  # of the spread, left free on both sides
SLACK = Fraction(3, 100)  # of the value, left free at least: a tenth of a point must look small
EDGE = 2  # per cent of the track kept free for the marks themselves


@dataclass(frozen=True)
class Bullet:
    """Places in per cent of the track; None is not drawn. ``from_zero``: the track starts at 0."""

    actual: float | None
    target: float | None
    expected: float | None
    low: float | None
    high: float | None
    from_zero: bool


def bullet(a: Assessment) -> Bullet:
    """Value, target, what is needed by now, and what the value may still become."""
    bounds = a.measure.bounds if a.measure.value is not None else None
    low, high = (bounds.low, bounds.high) if bounds else (None, None)
    low, high = (low, high) if low is not None and high is not None else (None, None)
    target = a.rule.value if a.rule else None
    expected = a.standing.expected if a.standing.expected != target else None
    marks = (a.measure.value, target, expected, low, high)
    start, end = track(m for m in marks if m is not None)
    actual, aim, needed, least, most = (None if m is None else place(m, start, end) for m in marks)
    return Bullet(actual, aim, needed, least, most, from_zero=start == 0)


def track(marks: Iterable[Fraction]) -> tuple[Fraction, Fraction]:
    """The two ends of a track that shows all marks apart from each other."""
    found = sorted(marks) or [Fraction(0)]
    least, most = found[0], found[-1]
    spread = most - least
    if least >= 0 and (most == 0 or len(found) == 1 or spread >= TELLING * most):
        return Fraction(0), most * (1 + TELLING) or Fraction(1)
    room = max(spread * ROOM, abs(most) * SLACK)
    return (least - room if least < 0 else max(Fraction(0), least - room)), most + room


def place(value: Fraction, start: Fraction, end: Fraction) -> float:
    """Per cent of the way from start to end, kept inside the track."""
    share = (value - start) / (end - start) * 100
    return round(float(max(Fraction(EDGE), min(Fraction(100 - EDGE), share))), 1)
