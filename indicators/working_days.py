"""Working days of Vietnamese public offices: weekends, days off by law, days swapped by notice.

The lunar days (Tết, the Hùng Kings) and their replacements come from the ``holidays`` package. The
days of one year become final only when the Government's notice of it is out, usually late in the
year before: a result that reaches past the last year known is provisional.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays
from holidays.countries.vietnam import VietnamStaticHolidays

SATURDAY = 5


@dataclass(frozen=True)
class Swap:
    """A working day exchanged for a day off by notice (*hoán đổi ngày làm việc*)."""

    off: date
    worked: date
    source: str


@dataclass(frozen=True)
class WorkingDays:
    """What a deployment knows beyond the package: swaps, and up to which year all are known."""

    swaps: tuple[Swap, ...] = ()
    known_through: int | None = None

    def is_working(self, day: date) -> bool:
        """Whether public offices work on ``day``."""
        if any(day == swap.worked for swap in self.swaps):
            return True
        if any(day == swap.off for swap in self.swaps):
            return False
        off, worked = _of_year(day.year)
        return day in worked or (day.weekday() < SATURDAY and day not in off)

    def is_known(self, year: int) -> bool:
        """Whether the days off of a year are published, and so will not move any more."""
        return FIRST_KNOWN <= year <= self.last_known

    @property
    def last_known(self) -> int:
        """The last year whose days off are published, as far as package and folder know."""
        return max(LAST_KNOWN, self.known_through or LAST_KNOWN)


# The years for which the package has days swapped by notice. It marks no year as complete: one
# without any swap (2020 to 2023) can be told from one not yet announced only by a later one.
FIRST_KNOWN = min(VietnamStaticHolidays.special_public_holidays)
LAST_KNOWN = max(VietnamStaticHolidays.special_public_holidays)


def working_days_after(day: date, count: int, known: WorkingDays) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself for 0."""
    found = day
    for _ in range(count):
        found += timedelta(days=1)
        while not known.is_working(found):
            found += timedelta(days=1)
    return found


@lru_cache(maxsize=64)
def _of_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off, and weekend days worked instead; with the neighbours, which swap across January."""
    # A calendar that grows when asked is not safe among threads: this one is made whole, and kept.
    found = country_holidays("VN", years=(year - 1, year, year + 1), expand=False)
    return frozenset(found), frozenset(found.weekend_workdays)
