"""Comparing: the same measure on two sides, two periods or two units; what moved, what cannot be said.

Nothing is compared across a break, between unlike parts of a year that counts up, or where those
who have not reported decide which side is better.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from indicators.assess import Assessment
from indicators.breaks import SeriesBreak
from indicators.chance import is_beyond_chance
from indicators.judge import LIMITLESS, WORST_FIRST, Verdict, direction
from indicators.measure import Measure, Status


class Turn(StrEnum):
    """Which way a measure differs on this side from the other; worst first."""

    WORSE = "worse"
    MIXED = "mixed"  # of measures that must all pass, one better and one worse
    UNKNOWN = "unknown"  # does not compare; the pair says why
    CHANGED = "changed"  # no side is the better one
    CHANCE = "chance"  # no more than luck explains
    SAME = "same"
    BETTER = "better"


class Reason(StrEnum):
    """Why two sides do not compare."""

    NOT_HERE = "not_here"
    NOT_THERE = "not_there"
    OTHER_QUARTER = "other_quarter"  # counts up from January: only the same quarter is alike
    DEFINITION = "definition"
    BORDERS = "borders"
    COVERAGE = "coverage"  # whoever has not reported may turn the difference around
    UNITS = "units"  # of an "every unit" target, some units are not known
    COUNTS = "counts"  # a number of things, of units of unlike size
    OUTSIDE = "outside"  # the plan was not in force then, and only it says what is counted


@dataclass(frozen=True)
class Side:
    """One side: a measure, the verdict where one is given, and what is compared.

    ``value`` is the measure's; of an "every unit" target the percentage of units that pass, with
    ``passing`` of ``total`` units.
    """

    measure: Measure
    verdict: Verdict | None = None
    value: Fraction | None = None
    passing: int = 0
    total: int = 0

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Between what the value may lie once everybody has reported."""
        if self.value is not None and (self.total or self.measure.is_whole):
            return self.value, self.value
        bounds = self.measure.bounds
        low = bounds.low if bounds else None
        high = bounds.high if bounds else None
        return (-LIMITLESS if low is None else low), (LIMITLESS if high is None else high)


@dataclass(frozen=True)
class Pair:
    """One measure of a target on two sides; ``broken`` is the break between them, if any."""

    a: Assessment
    here: Side
    there: Side
    reason: Reason | None = None
    broken: SeriesBreak | None = None

    @property
    def change(self) -> Fraction | None:
        """Here minus there, in the indicator's own unit; None where the two do not compare."""
        if self.here.value is None or self.there.value is None:
            return None
        return (
            self.here.value - self.there.value if self.reason in (None, Reason.COVERAGE) else None
        )

    @property
    def is_beyond_chance(self) -> bool | None:
        """Whether the change is more than luck explains; None where luck has no meaning."""
        if self.change is None or self.here.total or self.reason is not None:
            return None
        return is_beyond_chance(self.there.measure, self.here.measure, self.a.indicator)

    @property
    def turn(self) -> Turn:
        """Which way it goes."""
        change, sign = self.change, direction(self.a.test)
        if change is None or self.reason is not None:
            return Turn.UNKNOWN
        if change == 0:
            return Turn.SAME
        if self.is_beyond_chance is False:
            return Turn.CHANCE
        if not sign:
            return Turn.CHANGED
        return Turn.BETTER if sign * change > 0 else Turn.WORSE


@dataclass(frozen=True)
class Compared:
    """A target on two sides: its measure, or each of those that must all pass."""

    a: Assessment
    pairs: tuple[Pair, ...]
    here: Verdict | None  # the verdicts on the target as a whole; None where none is given
    there: Verdict | None

    @property
    def turn(self) -> Turn:
        """That of its measures; better and worse together are mixed."""
        found = {pair.turn for pair in self.pairs}
        if {Turn.BETTER, Turn.WORSE} <= found:
            return Turn.MIXED
        return next(turn for turn in Turn if turn in found)


def count_turns(found: Iterable[Compared]) -> Counter[Turn]:
    """How many targets go which way."""
    return Counter(compared.turn for compared in found)


def worst_turned_first(found: Iterable[Compared]) -> list[Compared]:
    """In the order in which a leader must look: what got worse, of it the worst verdict first."""
    turns = list(Turn)
    return sorted(found, key=lambda c: (turns.index(c.turn), WORST_FIRST.index(c.a.verdict)))


def side_of(a: Assessment, *, is_judged: bool) -> Side:
    """An assessment as one side; ``is_judged``: whether its verdict is one of the plan's."""
    verdict = a.verdict if is_judged and a.verdict is not Verdict.NO_TARGET else None
    if not a.units:
        return Side(a.measure, verdict, a.measure.value)
    known = a.tally.good + a.tally.failing
    share = Fraction(100 * a.tally.good, known) if known and known == len(a.units) else None
    return Side(a.measure, verdict, share, a.tally.good, len(a.units))


def reason_of(here: Side, there: Side) -> Reason | None:
    """Why two sides that are otherwise alike do not compare."""
    if here.value is None or there.value is None:
        return _absent(here, there)
    low, high = here.ends
    other_low, other_high = there.ends
    is_sure = low > other_high or high < other_low or (low == high == other_low == other_high)
    return None if is_sure else Reason.COVERAGE


def _absent(here: Side, there: Side) -> Reason:
    if (here.value is None and here.total) or (there.value is None and there.total):
        return Reason.UNITS
    return Reason.NOT_HERE if here.value is None else Reason.NOT_THERE


def parts_of(a: Assessment) -> Sequence[Assessment]:
    """The measures a target is compared by: its own, or each of those that must all pass."""
    return a.also if a.also and not a.units else (a,)


def own_of(a: Assessment) -> Assessment:
    """Of an "every unit" target looked at in one such unit: that unit's own assessment."""
    is_own = len(a.units) == 1 and a.units[0].scope == a.scope
    return a.units[0] if is_own else a


def is_silent(measure: Measure) -> bool:
    """Whether no value can be expected at all: nobody reports it here, or not so often."""
    return measure.status in (Status.NOT_APPLICABLE, Status.TOO_RARE)
