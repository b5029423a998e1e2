"""Measuring: sums over matched units, one division last, with coverage and bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from indicators.catalogue import Behaviour, Catalogue, Chance, Indicator, IndicatorKind
from indicators.matching import Coverage, Matched, Sums
from indicators.period import Period
from indicators.roster import Role, Roster, parts_needed


class Status(StrEnum):
    """Whether there is a value, and if not, why."""

    VALUE = "value"
    NO_DATA = "no_data"  # expected, not there
    NOTHING = "nothing"  # all reported: nothing happened that a share could be taken of
    TOO_RARE = "too_rare"  # only known for a longer period (a yearly survey in a quarter)
    NOT_APPLICABLE = "not_applicable"  # nobody here reports it


@dataclass(frozen=True)
class Bounds:
    """What the value could be once the missing have reported; None means without limit."""

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class Measure:
    """One indicator for one scope and period. ``value`` carries the factor and is never rounded."""

    indicator: str
    period: str
    status: Status
    value: Fraction | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Coverage = field(default_factory=Coverage)
    bounds: Bounds | None = None
    missing_periods: tuple[str, ...] = ()
    estimated: bool = False
    role: Role = Role.PARTS

    @property
    def is_whole(self) -> bool:
        """Whether every figure it is made of is there."""
        return self.coverage.is_complete and not self.missing_periods


def divide(numerator: Decimal, denominator: Decimal, factor: int) -> Fraction | None:
    """factor x numerator / denominator, exactly; None over zero. The only division of sums."""
    return Fraction(numerator) * factor / Fraction(denominator) if denominator else None


def needed_parts(
    indicator: Indicator, period: Period, catalogue: Catalogue
) -> dict[str, tuple[Period, ...]] | None:
    """Quantity to the reporting periods that make up the value; None if one is too rare.

    A stock needs only the last of them (a count at a date), a flow needs all.
    """
    needed: dict[str, tuple[Period, ...]] = {}
    for quantity in indicator.quantities:
        parts = parts_needed(indicator, quantity, period, catalogue)
        if not parts:
            return None
        stock = catalogue.quantities[quantity].behaviour is Behaviour.STOCK
        needed[quantity] = parts[-1:] if stock else parts
    return needed


def measure(
    indicator: Indicator,
    period: Period,
    *,
    roster: Roster,
    cells: Sums,
    catalogue: Catalogue,
    group: str | None = None,
) -> Measure:
    """The indicator over the roster's scope, or over a single group of it."""
    needed = needed_parts(indicator, period, catalogue)
    if needed is None:
        return Measure(indicator.id, period.code, Status.TOO_RARE)
    keys = Matched(indicator, needed, roster, cells, group)
    if not keys.applicable:
        return Measure(indicator.id, period.code, Status.NOT_APPLICABLE)
    top, bottom = (keys.total(side) for side in (indicator.numerator, keys.lower))
    value = _value(indicator, top, bottom, keys)
    return Measure(
        indicator.id,
        period.code,
        _status(value, bottom, keys),
        value,
        top,
        bottom,
        keys.coverage(),
        _bounds(indicator, top, bottom, keys),
        keys.missing_periods(),
        keys.estimated(),
        keys.role,
    )


def _status(value: Fraction | None, bottom: Decimal | None, keys: Matched) -> Status:
    if value is not None:
        return Status.VALUE
    return Status.NOTHING if bottom == 0 and keys.is_whole else Status.NO_DATA


def value_of(
    indicator: Indicator,
    period: Period,
    *,
    roster: Roster,
    cells: Sums,
    catalogue: Catalogue,
    group: str | None = None,
) -> Fraction | None:
    """Only the value of ``measure``, as a point of a series that carries no coverage.

    None also where the sums have a hole: a smaller sum would pass for a fall.
    """
    needed = needed_parts(indicator, period, catalogue)
    if needed is None:
        return None
    keys = Matched(indicator, needed, roster, cells, group)
    if not keys.applicable or not keys.sums_are_whole:
        return None
    top, bottom = (keys.total(side) for side in (indicator.numerator, keys.lower))
    return _value(indicator, top, bottom, keys)


def _value(
    indicator: Indicator, top: Decimal | None, bottom: Decimal | None, keys: Matched
) -> Fraction | None:
    if top is None:
        return None
    if indicator.kind is IndicatorKind.RATIO:
        return None if bottom is None else divide(top, bottom, indicator.factor)
    if indicator.kind is IndicatorKind.REPORTED and keys.reporters > 1:
        return None  # a figure that exists only as such is never added up
    return Fraction(top) * indicator.factor


def _bounds(
    indicator: Indicator,
    top: Decimal | None,
    bottom: Decimal | None,
    keys: Matched,
) -> Bounds | None:
    """Lowest and highest value once the missing have reported 0 or everything (methods 3.11)."""
    if keys.is_whole:
        return None
    if indicator.kind is not IndicatorKind.RATIO:
        return _bounds_of_sum(indicator, top)
    absent = keys.absent_denominator
    if absent is None or not keys.lower_is_whole():
        return Bounds(indicator_floor(indicator), indicator_ceiling(indicator))
    whole = (bottom or Decimal(0)) + absent
    low = divide(top or Decimal(0), whole, indicator.factor)
    ceiling = indicator_ceiling(indicator)
    if ceiling is None or low is None or not keys.sums_are_whole:
        return Bounds(low, ceiling)
    most = divide((top or Decimal(0)) + absent, whole, indicator.factor) or ceiling
    return Bounds(low, max(low, min(ceiling, most)))


def _bounds_of_sum(indicator: Indicator, top: Decimal | None) -> Bounds | None:
    """A count can only grow by what is missing; of a single reported figure nothing is known."""
    if indicator.kind is IndicatorKind.REPORTED or top is None:
        return None
    return Bounds(Fraction(top) * indicator.factor, indicator_ceiling(indicator))


def indicator_floor(indicator: Indicator) -> Fraction | None:
    """The lowest value that is possible at all."""
    return None if indicator.minimum is None else Fraction(indicator.minimum)


def indicator_ceiling(indicator: Indicator) -> Fraction | None:
    """The highest value that is possible at all."""
    return None if indicator.maximum is None else Fraction(indicator.maximum)


def share_of_units(
    indicator: Indicator, period: Period, passed: Mapping[str, bool | None]
) -> Measure:
    """factor x units that meet the condition / units; None in ``passed`` means not known."""
    if not passed:
        return Measure(indicator.id, period.code, Status.NOT_APPLICABLE)
    known = {unit for unit, result in passed.items() if result is not None}
    good = Decimal(sum(result is True for result in passed.values()))
    total, unknown = Decimal(len(passed)), Decimal(len(passed) - len(known))
    coverage = Coverage(frozenset(passed), frozenset(known), Fraction(len(known), len(passed)))
    bounds = Bounds(
        divide(good, total, indicator.factor), divide(good + unknown, total, indicator.factor)
    )
    return Measure(
        indicator.id,
        period.code,
        Status.VALUE if known else Status.NO_DATA,
        divide(good, Decimal(len(known)), indicator.factor) if known else None,
        good if known else None,
        Decimal(len(known)) if known else None,
        coverage,
        bounds if unknown else None,
    )


def base_of(found: Measure, indicator: Indicator) -> Decimal | None:
    """How many were counted in all: the denominator, or both halves of what is set side by side."""
    if found.denominator is None or indicator.chance is not Chance.ODDS:
        return found.denominator
    return found.denominator + (found.numerator or Decimal(0))


def is_too_few(found: Measure, indicator: Indicator) -> bool:
    """Whether too few were counted to judge by: a few births make any sex ratio."""
    base = base_of(found, indicator)
    return indicator.enough is not None and base is not None and base < indicator.enough


def count_of_units(
    indicator: Indicator, period: Period, passed: Mapping[str, bool | None]
) -> Measure:
    """How many of some named units have it; None in ``passed`` means not known."""
    share = share_of_units(indicator, period, passed)
    if share.numerator is None or not share.coverage.expected:
        return share
    known = Fraction(share.numerator)
    most = known + len(share.coverage.missing)
    bounds = None if share.coverage.is_complete else Bounds(known, most)
    whole = Decimal(len(passed))
    return replace(share, value=known, denominator=whole, bounds=bounds)


def mean_of(yearly: Mapping[str, Fraction | None], last: Measure) -> Measure:
    """The mean of yearly values, each year counting once; partial while any year is not known.

    ``last`` is the measure of the period looked at: it says who reported.
    """
    known = [value for value in yearly.values() if value is not None]
    missing = tuple(code for code, value in yearly.items() if value is None)
    if not yearly:
        return Measure(last.indicator, last.period, Status.TOO_RARE)
    if not known:
        return Measure(last.indicator, last.period, last.status, coverage=last.coverage)
    mean = sum(known, Fraction(0)) / len(known)
    return Measure(
        last.indicator,
        last.period,
        Status.VALUE,
        mean,
        coverage=last.coverage,
        missing_periods=missing,
        estimated=last.estimated,
        role=last.role,
    )
