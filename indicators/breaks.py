"""Breaks: days from which the values of a series no longer compare with those before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indicators.boundaries import breaks_between
from indicators.boundary_text import change_text
from indicators.catalogue import Indicator
from indicators.period import Period
from indicators.units import UnitRegistry


@dataclass(frozen=True)
class SeriesBreak:
    """From ``day`` on, another definition or other borders; the reason in both languages."""

    day: date
    reason_vi: str
    reason_en: str


def definition_breaks(indicator: Indicator) -> tuple[SeriesBreak, ...]:
    """The days on which the definition of the indicator changed, in order."""
    found = (SeriesBreak(b.day, b.reason_vi, b.reason_en) for b in indicator.breaks)
    return tuple(sorted(found, key=lambda b: b.day))


def border_breaks(
    units: UnitRegistry, unit: str, first_day: date, last_day: date
) -> tuple[SeriesBreak, ...]:
    """The days on which what the unit is made of changed so that sums do not compare."""
    return tuple(
        SeriesBreak(change.day, change_text(units, change), change_text(units, change, "en"))
        for change in breaks_between(units, unit, first_day, last_day)
        if change.is_break
    )


def between(breaks: Iterable[SeriesBreak], start: date, end: date) -> tuple[SeriesBreak, ...]:
    """Those after ``start`` up to ``end``: what lies on both sides of one does not compare."""
    return tuple(b for b in breaks if start < b.day <= end)


def is_comparable(breaks: Iterable[SeriesBreak], earlier: Period, later: Period) -> bool:
    """Whether no break lies between the ends of two periods."""
    return not between(breaks, earlier.end, later.end)
