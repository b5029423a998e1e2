"""How a target is read where its document leaves something open: its comparison, and its path."""

from indicators.catalogue import Indicator, Polarity
from indicators.plans import READINGS, TESTS, Comparator, Path, Plan, Target


def test_of(target: Target, indicator: Indicator) -> Comparator:
    """The comparison that decides: as written, as read, or for a bare value by polarity."""
    if target.comparator in TESTS:
        return target.comparator
    if target.read_as is not None:
        return target.read_as
    if target.comparator in READINGS:
        return _reading(target.comparator, by_a_percentage=target.value is not None)
    by_polarity = {
        Polarity.HIGHER: Comparator.AT_LEAST,
        Polarity.LOWER: Comparator.AT_MOST,
        Polarity.NEITHER: Comparator.EQUAL,
    }
    return by_polarity[indicator.polarity]


def _reading(comparator: Comparator, *, by_a_percentage: bool) -> Comparator:
    """ "Rises by at least 5 %" is met by 5 % exactly; "rises" by anything above."""
    strict = READINGS[comparator]
    milder = {Comparator.MORE: Comparator.AT_LEAST, Comparator.LESS: Comparator.AT_MOST}
    return milder.get(strict, strict) if by_a_percentage else strict


def is_interpolated(target: Target, plan: Plan) -> bool:
    """Whether the way to the target is ours: the document gives an end years away, and no path."""
    years = plan.deadline(target).year - plan.start(target).year
    return target.path is Path.LINEAR and not target.profile and years > 1
