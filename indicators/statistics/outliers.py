"""Doubtful values in short quarterly series (methods 3.9).

Each function doubts one new value against the values before it. A doubt is a question to the
unit and never changes or blocks a value; only the impossible is an error.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import fmean, median, stdev

from indicators.statistics import Number

MIN_HISTORY = 3  # earlier values, for a median to mean anything
SLIP_WIDTH = 0.15  # of a power of ten, on the logarithm
SLIP_POWERS = (1, -1, 2, -2, 3, -3, 6, -6)  # 3 and 6: nghìn and triệu where units were meant
SLIP_FROM = 10  # below this count a true 1 -> 9 looks like a slip
MAD_TO_SD = 1.4826  # of normal noise; 1 / 0.6745
FLOOR = 0.05  # of the median: the least that counts as usual noise
DOUBTFUL = 3.5  # modified z (Iglewicz and Hoaglin 1993): listed
STRONG = 7.0  # with the floor at least 35 % off the median, WHO's third: asked about
NOISE_ASSUMED = 0.08  # of the median; the most noise at which the rates below hold
# Earlier values to the share of flags on normal noise of NOISE_ASSUMED: (doubtful, strong).
FALSE_ALARMS = {
    3: (0.046, 0.0004),
    4: (0.032, 0.0002),
    5: (0.027, 0.0001),
    6: (0.022, 0.0001),
    7: (0.020, 0.0001),
    8: (0.016, 0.0001),
}
MIN_FOR_STANDARD = 10  # earlier values, below which a standard deviation is itself noise
MODERATE, EXTREME = 2, 3  # standard deviations (WHO data quality review)


@dataclass(frozen=True)
class DigitSlip:
    """The value is about 10**power times the usual one; ``suggested`` may have been meant."""

    power: int
    usual: float
    suggested: Number


def digit_slip(value: Number, *, history: Sequence[Number], is_rate: bool) -> DigitSlip | None:
    """The slip of a digit or unit a value looks like; None if it does not or cannot be told."""
    _refuse_strange([value, *history])
    if len(history) < MIN_HISTORY:
        return None
    usual = median(map(float, history))
    if not _have_one_sign(value, usual) or (abs(usual) < SLIP_FROM and not is_rate):
        return None
    size = math.log10(abs(float(value))) - math.log10(abs(usual))
    power = next((j for j in SLIP_POWERS if abs(size - j) < SLIP_WIDTH), None)
    return DigitSlip(power, usual, value * Fraction(10) ** -power) if power else None


def _have_one_sign(one: Number, other: Number) -> bool:
    return (one > 0 and other > 0) or (one < 0 and other < 0)


def _refuse_strange(values: Sequence[Number]) -> None:
    strange = [value for value in values if not math.isfinite(value)]
    if strange:
        raise ValueError(f"values must be finite numbers, got {strange[0]}")


def modified_z(
    value: Number, *, history: Sequence[Number], step: Number, floor: float = FLOOR
) -> float | None:
    """How far a value is from the median before it, in robust standard deviations.

    ``step`` is the smallest difference that is reported (one person, 0.1 %). Without the floors
    a quiet series makes every small change an outlier. None with fewer than 3 earlier values.
    """
    _refuse_strange([value, *history])
    if not step > 0 or floor < 0:
        raise ValueError(f"step must be above 0 and floor at least 0, got {step} and {floor}")
    if len(history) < MIN_HISTORY:
        return None
    numbers = [float(other) for other in history]
    usual = median(numbers)
    noise = MAD_TO_SD * median(abs(number - usual) for number in numbers)
    return abs(float(value) - usual) / max(noise, floor * abs(usual), float(step))


def is_doubtful(score: float | None) -> bool:
    """Whether a modified z is large enough to ask for a justification."""
    return score is not None and score > DOUBTFUL


def false_alarm_rates(earlier: int) -> tuple[float, float]:
    """(doubtful, strong) flags to expect on one harmless value after so many earlier ones."""
    return FALSE_ALARMS[min(earlier, max(FALSE_ALARMS))] if earlier >= MIN_HISTORY else (0.0, 0.0)


class Distance(StrEnum):
    """How far out a standard score is."""

    USUAL = "usual"
    MODERATE = "moderate"  # from 2 standard deviations on
    EXTREME = "extreme"  # from 3 on
    TOO_FEW = "too_few"  # fewer than 10 earlier values: not computed, and to be said so
    NO_VARIATION = "no_variation"  # the earlier values are all the same


@dataclass(frozen=True)
class StandardScore:
    """Signed standard deviations from the mean of the earlier values, None if not computed."""

    distance: Distance
    score: float | None = None


def standard_score(value: Number, *, history: Sequence[Number]) -> StandardScore:
    """The score of WHO and DHIS2, from 10 earlier values on; the new value is not among them."""
    _refuse_strange([value, *history])
    if len(history) < MIN_FOR_STANDARD:
        return StandardScore(Distance.TOO_FEW)
    if len(set(history)) == 1:
        return StandardScore(Distance.NO_VARIATION)
    numbers = [float(other) for other in history]
    score = (float(value) - fmean(numbers)) / stdev(numbers)
    if abs(score) < MODERATE:
        return StandardScore(Distance.USUAL, score)
    return StandardScore(Distance.EXTREME if abs(score) >= EXTREME else Distance.MODERATE, score)


class Breach(StrEnum):
    """What is impossible about a value: an error, not an outlier."""

    BELOW_RANGE = "below_range"
    ABOVE_RANGE = "above_range"
    MORE_THAN_ALL = "more_than_all"  # numerator above its denominator


def range_breach(value: Number, *, low: Number | None, high: Number | None) -> Breach | None:
    """Whether a value lies outside its hard range; None for a limit means without."""
    _refuse_strange([value])
    if low is not None and high is not None and low > high:
        raise ValueError(f"low must not be above high, got {low} and {high}")
    if low is not None and value < low:
        return Breach.BELOW_RANGE
    return Breach.ABOVE_RANGE if high is not None and value > high else None


def part_breach(numerator: Number, *, denominator: Number) -> Breach | None:
    """Whether a part is more than its whole."""
    return Breach.MORE_THAN_ALL if numerator > denominator else None


def expected_false_flags(comparisons: int, *, false_alarms: float) -> float:
    """How many flags to expect where nothing is wrong; shown next to every list of flags.

    ``comparisons`` is units times indicators, ``false_alarms`` the share of flags on pure noise.
    """
    if comparisons < 0:
        raise ValueError(f"comparisons must be at least 0, got {comparisons}")
    if not 0 <= false_alarms <= 1:
        raise ValueError(f"false_alarms must lie between 0 and 1, got {false_alarms}")
    return comparisons * false_alarms
