"""How much of the way to the target is done (Healthy People 2020/2030; methods 3.1).

A separate question from whether the target is met, which is judged on values alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from indicators.catalogue import Polarity


class GapState(StrEnum):
    """Whether there is a gap to close, and if no percentage is told, why."""

    MEASURED = "measured"
    MAINTAINING = "maintaining"  # the baseline was already better than the target
    NO_GAP = "no_gap"  # the target is the baseline: nothing to divide by
    NO_BASELINE = "no_baseline"  # not known from where
    NO_VALUE = "no_value"  # value or target is not known
    PARTIAL = "partial"  # measured on whoever reported


@dataclass(frozen=True)
class GapClosed:
    """Percent of the way from baseline to target; below 0 it leads away, above 100 beyond."""

    state: GapState
    percent: Fraction | None = None


def gap_closed(
    actual: Fraction, *, baseline: Fraction, target: Fraction, polarity: Polarity
) -> GapClosed:
    """100·(A − B)/(T − B), for both directions; no percentage without a gap."""
    sign = _sign(polarity)
    if target == baseline:
        return GapClosed(GapState.NO_GAP)
    if sign * (baseline - target) > 0:
        return GapClosed(GapState.MAINTAINING)
    return GapClosed(GapState.MEASURED, 100 * (actual - baseline) / (target - baseline))


def change_from_baseline(
    actual: Fraction, *, baseline: Fraction, polarity: Polarity
) -> Fraction | None:
    """Percent of the baseline, above 0 for the better; for an indicator without a target.

    None from a baseline of 0.
    """
    if baseline < 0:
        raise ValueError(f"a relative change needs a baseline of at least 0, got {baseline}")
    sign = _sign(polarity)
    return sign * 100 * (actual - baseline) / baseline if baseline else None


def _sign(polarity: Polarity) -> int:
    if polarity is Polarity.NEITHER:
        raise ValueError(f"progress needs to know which way is better, got {polarity.value}")
    return 1 if polarity is Polarity.HIGHER else -1
