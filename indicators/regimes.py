"""Reporting regimes: which days a period covers and by which day it is reported, as data."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from indicators.period import Period


@dataclass(frozen=True)
class Regime:
    """A reporting regime (*chế độ báo cáo*): where the windows of its periods are cut.

    A window begins on ``first_day`` of the month ``months_before`` the first month of the period
    and ends the day before the next one begins, so that windows of one length leave no gap.
    """

    id: str
    name_vi: str
    name_en: str
    first_day: int
    months_before: int
    source: str


# What a form follows that names no regime, and all there is in a folder without regimes.toml.
CALENDAR = Regime("calendar", "Kỳ dương lịch", "Calendar periods", 1, 0, "dương lịch")


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a report is made: over which window, and due in one of three ways.

    On ``due_day`` of the month ``due_months`` after the period; on ``due_day`` of the month
    ``due_in_month`` of the period's own year; or ``due_working_days`` after its window.
    """

    regime: str = CALENDAR.id
    due_months: int | None = None
    due_in_month: int | None = None
    due_day: int | None = None
    due_working_days: int | None = None

    @property
    def has_deadline(self) -> bool:
        """Whether a day follows from it."""
        return self.due_day is not None or self.due_working_days is not None


def window_of(period: Period, regime: Regime) -> tuple[date, date]:
    """The first and the last day, both included, that a period covers under a regime."""
    first = day_of(period.year, period.first_month - regime.months_before, regime.first_day)
    after = day_of(period.year, period.last_month + 1 - regime.months_before, regime.first_day)
    return first, after - timedelta(days=1)


def day_of(year: int, month: int, day: int) -> date:
    """A day of a month counted from January of ``year`` (0: the December before it).

    The last of the month where the month is shorter.
    """
    years, rest = divmod(month - 1, 12)
    length = monthrange(year + years, rest + 1)[1]
    return date(year + years, rest + 1, min(day, length))
