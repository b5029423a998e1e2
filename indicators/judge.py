"""Judging: one function decides every verdict, for page, export, command line and report."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from indicators.catalogue import Indicator, IndicatorKind, Polarity
from indicators.measure import Bounds, Measure, Status
from indicators.plans import Comparator, Path, Target


class Verdict(StrEnum):
    """What is said of a target; the last ones are honest ways of not saying."""

    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    NOT_YET_MET = "not_yet_met"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    PARTIAL = "partial"
    NOTHING = "nothing"
    TOO_FEW = "too_few"
    DEFINITION_CHANGED = "definition_changed"
    NO_BASELINE = "no_baseline"
    NO_TARGET = "no_target"


# Worst first: the order of lists, and what decides when two measures must both pass.
WORST_FIRST = (
    Verdict.NOT_MET,
    Verdict.NOT_YET_MET,
    Verdict.AT_RISK,
    Verdict.BEHIND,
    Verdict.NO_DATA,
    Verdict.PARTIAL,
    Verdict.TOO_FEW,
    Verdict.DEFINITION_CHANGED,
    Verdict.NO_BASELINE,
    Verdict.NOT_DUE,
    Verdict.NOTHING,
    Verdict.NO_TARGET,
    Verdict.ON_TRACK,
    Verdict.MET,
    Verdict.EXCEEDED,
)
GOOD = frozenset({Verdict.MET, Verdict.EXCEEDED})
BAD = frozenset({Verdict.NOT_MET, Verdict.NOT_YET_MET})
SLOW = frozenset({Verdict.BEHIND, Verdict.AT_RISK})
UNJUDGED = frozenset(
    {
        Verdict.NO_DATA,
        Verdict.PARTIAL,
        Verdict.TOO_FEW,
        Verdict.DEFINITION_CHANGED,
        Verdict.NO_BASELINE,
        Verdict.NOT_DUE,
        Verdict.NOTHING,
    }
)

# Stands for "without limit" in bounds; beyond any value an indicator can take.
LIMITLESS = Fraction(10**18)


@dataclass(frozen=True)
class Standing:
    """Where a target stands in time when it is judged."""

    final: bool  # its deadline is past and its reports were due
    due: bool  # the reports of the period were due
    expected: Fraction | None = None  # where the value should be by now
    best_step: Fraction | None = None  # largest step towards the target in one quarter so far
    steps_left: Fraction = Fraction(0)  # quarters until the deadline
    path: Path = Path.LEVEL
    too_few: bool = False  # the denominator is too small for a verdict
    redefined: bool = False  # the target was set for another definition


@dataclass(frozen=True)
class Rule:
    """A target made ready to test: comparison, value, and the margin beyond which it is exceeded."""

    test: Comparator
    value: Fraction
    margin: Fraction | None = None


def meets(value: Fraction, test: Comparator, target: Fraction) -> bool:
    """The met test, on unrounded values: strict is strict, a tie meets a non-strict target."""
    results = {
        Comparator.AT_LEAST: value >= target,
        Comparator.MORE: value > target,
        Comparator.AT_MOST: value <= target,
        Comparator.LESS: value < target,
        Comparator.EQUAL: value == target,
    }
    return results[test]


def direction(test: Comparator) -> int:
    """+1 where more is better for the test, -1 where less is, 0 for an exact value."""
    if test in (Comparator.AT_LEAST, Comparator.MORE):
        return 1
    return -1 if test in (Comparator.AT_MOST, Comparator.LESS) else 0


def judge(measure: Measure, rule: Rule | None, standing: Standing) -> Verdict:
    """The verdict on one measure.

    With units missing it is given only when it holds whether they report nothing or everything.
    """
    if measure.status is not Status.VALUE or measure.value is None:
        return _without_value(measure.status, standing)
    if standing.redefined:
        return Verdict.DEFINITION_CHANGED
    if standing.too_few:
        return Verdict.TOO_FEW
    if rule is None:
        return Verdict.NO_BASELINE
    if measure.coverage.is_complete and not measure.missing_periods:
        return _classify(measure.value, rule, standing)
    return _within_bounds(measure.bounds, rule, standing)


def _without_value(status: Status, standing: Standing) -> Verdict:
    if status is Status.NOTHING:
        return Verdict.NOTHING
    late = status is Status.TOO_RARE or standing.path is Path.DEADLINE
    waiting = late and not standing.final
    return Verdict.NOT_DUE if waiting or not standing.due else Verdict.NO_DATA


def _within_bounds(bounds: Bounds | None, rule: Rule, standing: Standing) -> Verdict:
    low, high = (bounds.low, bounds.high) if bounds else (None, None)
    lowest = _classify(-LIMITLESS if low is None else low, rule, standing)
    highest = _classify(LIMITLESS if high is None else high, rule, standing)
    if rule.test is Comparator.EQUAL and not _is_beside(rule.value, low, high):
        return Verdict.PARTIAL
    if lowest is highest:
        return lowest
    if Verdict.NOT_DUE in (lowest, highest):
        return Verdict.NOT_DUE
    for group, milder in ((GOOD, Verdict.MET), (SLOW, Verdict.BEHIND)):
        if {lowest, highest} <= group:
            return milder
    return Verdict.PARTIAL


def _is_beside(value: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    """Whether an exact value lies outside the bounds, so that nothing can still hit it."""
    return (low is not None and value < low) or (high is not None and value > high)


def _classify(value: Fraction, rule: Rule, standing: Standing) -> Verdict:
    is_met = meets(value, rule.test, rule.value)
    if standing.path is Path.CEILING:
        # It counts up: what is passed stays passed, what is kept may still be broken.
        return _against_ceiling(is_met, standing)
    if is_met:
        return _how_well(value, rule)
    if standing.final:
        return Verdict.NOT_MET
    return Verdict.NOT_DUE if standing.path is Path.DEADLINE else _on_the_way(value, rule, standing)


def _against_ceiling(is_met: bool, standing: Standing) -> Verdict:
    if not is_met:
        return Verdict.NOT_MET
    return Verdict.MET if standing.final else Verdict.ON_TRACK


def _how_well(value: Fraction, rule: Rule) -> Verdict:
    sign = direction(rule.test)
    beyond = rule.margin is not None and sign * (value - rule.value) >= rule.margin
    return Verdict.EXCEEDED if sign and beyond else Verdict.MET


def _on_the_way(value: Fraction, rule: Rule, standing: Standing) -> Verdict:
    sign = direction(rule.test)
    if standing.expected is None or sign == 0:
        return Verdict.NOT_YET_MET
    # On a level path the target itself is expected: what does not meet it is not on the way.
    if standing.path is not Path.LEVEL and sign * (value - standing.expected) >= 0:
        return Verdict.ON_TRACK
    return Verdict.BEHIND if _is_reachable(value, rule, standing) else Verdict.AT_RISK


def _is_reachable(value: Fraction, rule: Rule, standing: Standing) -> bool:
    """Whether the best pace ever seen would still reach the target; True while none is known."""
    if standing.best_step is None:
        return True
    needed = direction(rule.test) * (rule.value - value)
    return needed <= standing.best_step * standing.steps_left


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that decides when all must pass."""
    return min(verdicts, key=WORST_FIRST.index)


def judge_each(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on "every unit": any failure decides; otherwise all must be known.

    Units where nothing happened are asked nothing: 0 procedures for 0 new techniques.
    """
    said = set(verdicts)
    found = said - {Verdict.NOTHING}
    if not found:
        return Verdict.NOTHING if said else Verdict.NO_DATA
    failing = found & (BAD | SLOW)
    if failing:
        return worst(failing)
    unknown = found & UNJUDGED
    if Verdict.NOT_DUE in unknown and unknown <= {Verdict.NOT_DUE, Verdict.NO_DATA}:
        return Verdict.NOT_DUE  # some have time left, so all cannot be known yet
    if unknown:
        return next(iter(unknown)) if found == unknown and len(unknown) == 1 else Verdict.PARTIAL
    return next(iter(found)) if len(found) == 1 else _mildest(found)


def _mildest(found: set[Verdict]) -> Verdict:
    return Verdict.ON_TRACK if Verdict.ON_TRACK in found else Verdict.MET


def rule_for(
    target: Target,
    test: Comparator,
    *,
    baseline: Fraction | None,
    margin_percent: int,
) -> Rule | None:
    """The target as a rule; None when it is relative to a value that is not known."""
    value: Fraction | None = _threshold(target, baseline)
    if value is None:
        return None
    if target.comparator in (Comparator.NONE, Comparator.DONE) or target.sites:
        return Rule(test, value)  # nothing can be better than all of it
    if target.is_relative and target.value is None:
        return Rule(test, value)  # it asks for no amount that could be exceeded
    if target.exceeded_by is not None:
        return Rule(test, value, Fraction(target.exceeded_by))
    default = abs(value) * margin_percent / 100
    return Rule(test, value, default or None)


def _threshold(target: Target, baseline: Fraction | None) -> Fraction | None:
    """What the value is compared with; for a relative target, worked out from the baseline."""
    written = None if target.value is None else Fraction(target.value)
    if target.is_relative:
        sign = -1 if target.comparator is Comparator.FALLS else 1
        share = (written or Fraction(0)) / 100
        return None if baseline is None else baseline * (1 + sign * share)
    if target.comparator is Comparator.NONE:
        return written or Fraction(0)
    if target.comparator is Comparator.DONE:
        return Fraction(1) if written is None else written
    return written if written is not None else baseline


def difference(value: Fraction, target: Fraction) -> Fraction:
    """Value minus target, in the indicator's own unit (never a percentage of attainment)."""
    return value - target


def gap(indicator: Indicator, measure: Measure, rule: Rule) -> Fraction | None:
    """How many beds, doctors, people are lacking (above 0) or to spare (below 0).

    d x T - x, so that the gaps of the units add up to the gap of the whole (methods 3.11).
    """
    # A ratio without its denominator has no value, and no gap either.
    if measure.value is None or measure.numerator is None:
        return None
    if indicator.kind is IndicatorKind.REPORTED:
        return None
    # A count of named sites knows how many there are, and is compared as the count it is.
    is_count = indicator.kind is IndicatorKind.COUNT
    denominator = Decimal(1) if is_count else measure.denominator or Decimal(1)
    needed = Fraction(denominator) * rule.value / indicator.factor
    sign = direction(rule.test) or (-1 if indicator.polarity is Polarity.LOWER else 1)
    return sign * (needed - Fraction(measure.numerator))
