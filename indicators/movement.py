"""Movement in words: how many periods in a row a value rose or fell, against last year, where to."""

from dataclasses import dataclass
from fractions import Fraction

from indicators.assess import Assessment
from indicators.expect import Point
from indicators.period import PeriodKind
from indicators.sentence import difference_text, short_value, value_text
from indicators.text import say


@dataclass(frozen=True)
class Movement:
    """Steps in one direction (+1, -1, 0) up to the last value, unbroken by a gap."""

    direction: int
    steps: int
    first: Point
    last: Point


def movement(a: Assessment) -> Movement | None:
    """The last unbroken run of a series; None without two neighbouring values at its end."""
    points = list(a.history)
    if a.starts_again:
        return None
    if len(points) < 2 or points[-1].value is None or points[-2].value is None:
        return None
    way, steps, first = _sign(points[-2], points[-1]), 0, points[-1]
    for before in reversed(points[:-1]):
        if before.value is None or _sign(before, first) != way:
            break
        steps, first = steps + 1, before
    return Movement(way, steps, first, points[-1])


def _sign(before: Point, after: Point) -> int:
    assert before.value is not None and after.value is not None
    return (after.value > before.value) - (after.value < before.value)


def movement_text(a: Assessment, language: str = "vi") -> str:
    """ "giảm 6 quý liên tiếp, từ 90,2% xuống 88,9%"; "" where nothing can be said."""
    found = movement(a)
    if found is None:
        return _against_last_year(a, language)
    frequency = found.last.period.kind
    name = say(f"movement.{frequency}", language)
    if found.direction == 0:
        return say("movement.same", language, steps=found.steps, name=name)
    first, last = found.first.value, found.last.value
    return say(
        f"movement.{'rose' if found.direction > 0 else 'fell'}{'_once' * (found.steps == 1)}",
        language,
        steps=found.steps,
        name=name,
        first=short_value(first, a.indicator, language, beside=last),
        last=value_text(last, a.indicator, language, beside=first),
    )


def _against_last_year(a: Assessment, language: str) -> str:
    change = last_year_text(a, language)
    if not change or a.measure.value is None:
        return ""
    value = value_text(a.measure.value, a.indicator, language)
    return say("movement.against", language, value=value, change=change)


def last_year_text(a: Assessment, language: str = "vi") -> str:
    """The change against the same window a year ago: "cao hơn 0,3 điểm %"; "" when unknown."""
    if a.last_year is None or a.measure.value is None or not a.measure.is_whole:
        return ""  # a sum with units missing does not compare with a whole one
    change = a.measure.value - a.last_year
    if change == 0:
        return say("movement.unchanged", language)
    text = difference_text(change, a.indicator, language, _decimals(change, a.indicator.decimals))
    return say("why.higher" if change > 0 else "why.lower", language, difference=text)


def _decimals(change: Fraction, usual: int) -> int:
    """One decimal more where the usual number of them would print 0,0."""
    return usual if abs(change) * 10**usual * 2 >= 1 else usual + 1


def projection_texts(a: Assessment, language: str = "vi") -> tuple[str, str]:
    """Where the value is heading, and the range of past paces (or why there is none)."""
    if a.projection is None:
        return "", ""
    value = value_text(possible(a, a.projection.value), a.indicator, language)
    low, high = a.projection.low, a.projection.high
    if low is None or high is None:
        return value, say("movement.short_history", language)
    ends = [value_text(possible(a, v), a.indicator, language) for v in (low, high)]
    return value, say("movement.range", language, low=ends[0], high=ends[1])


def possible(a: Assessment, value: Fraction) -> Fraction:
    """A projected value kept inside what the indicator can be at all (methods 3.4)."""
    least, most = a.indicator.minimum, a.indicator.maximum
    value = value if least is None else max(value, Fraction(least))
    return value if most is None else min(value, Fraction(most))


def kind_name(kind: PeriodKind, language: str = "vi") -> str:
    """A kind of period as a word in a sentence: "quý"."""
    return say(f"movement.{kind}", language)
