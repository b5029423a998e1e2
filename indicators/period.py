"""Reporting periods: month, quarter, half, nine months, year; written as in design.md section 6."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MINYEAR, date
from enum import StrEnum
from functools import cached_property, lru_cache


class PeriodKind(StrEnum):
    """How long a period is; also the frequency at which a form is filled in."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


LENGTH = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
CODE = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<n>9)M|(?P<m>\d{2})))?", re.ASCII
)
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """A calendar window: ``year``, ``kind`` and which one of its kind in the year (from 1)."""

    year: int
    kind: PeriodKind
    number: int = 1

    @cached_property
    def first_month(self) -> int:
        """Month of the year in which the period starts, 1 to 12."""
        return (self.number - 1) * LENGTH[self.kind] + 1

    @cached_property
    def last_month(self) -> int:
        """Month of the year in which the period ends, 1 to 12."""
        return self.first_month + LENGTH[self.kind] - 1

    @cached_property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.first_month, 1)

    @cached_property
    def end(self) -> date:
        """Last day, included."""
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    @cached_property
    def code(self) -> str:
        """As written in files, addresses and the command line: ``2021-Q3``."""
        suffix = {
            PeriodKind.MONTH: f"-{self.number:02d}",
            PeriodKind.QUARTER: f"-Q{self.number}",
            PeriodKind.HALF: f"-H{self.number}",
            PeriodKind.NINE_MONTHS: "-9M",
            PeriodKind.YEAR: "",
        }
        return f"{self.year:04d}{suffix[self.kind]}"

    def __str__(self) -> str:
        return self.code

    @property
    def sort_key(self) -> tuple[date, int]:
        """Orders periods by where they end, shorter first."""
        return (self.end, LENGTH[self.kind])

    @property
    def before(self) -> "Period":
        """The window of the same kind right before this one (*kỳ trước*)."""
        last = len(Period(self.year - 1, PeriodKind.YEAR).parts(self.kind)) or 1
        earlier = (self.year, self.number - 1) if self.number > 1 else (self.year - 1, last)
        return Period(earlier[0], self.kind, earlier[1])

    def previous_year(self, years: int = 1) -> "Period":
        """The same window ``years`` earlier (*cùng kỳ*)."""
        return Period(self.year - years, self.kind, self.number)

    def holds(self, other: "Period") -> bool:
        """Whether another period lies wholly inside this one (or is this one)."""
        return self.start <= other.start and other.end <= self.end

    def parts(self, frequency: PeriodKind, *, from_january: bool = False) -> tuple["Period", ...]:
        """The periods of ``frequency`` that tile this window (or January to its end), in order.

        Empty when they cannot: a quarter has no yearly part.
        """
        return _tiles(
            self.year, 1 if from_january else self.first_month, self.last_month, frequency
        )


@lru_cache(maxsize=4096)
def _tiles(year: int, first: int, last: int, frequency: PeriodKind) -> tuple[Period, ...]:
    """The same objects every time: what was worked out of them (code, last day) is there already."""
    length = LENGTH[frequency]
    if (first - 1) % length or last % length:
        return ()
    numbers = (month // length + 1 for month in range(first - 1, last, length))
    return tuple(Period(year, frequency, number) for number in numbers)


@lru_cache(maxsize=4096)
def parse_period(code: str) -> Period:
    """The period written ``2021``, ``2021-Q3``, ``2021-H1``, ``2021-9M`` or ``2021-03``.

    Raises ValueError for anything else.
    """
    match = CODE.fullmatch(code)
    if not match:
        raise ValueError(f"not a period: {code!r}")
    year = _year(int(match["year"]))
    if match["q"]:
        return Period(year, PeriodKind.QUARTER, int(match["q"]))
    if match["h"]:
        return Period(year, PeriodKind.HALF, int(match["h"]))
    if match["n"]:
        return Period(year, PeriodKind.NINE_MONTHS)
    if match["m"]:
        return _month(year, int(match["m"]))
    return Period(year, PeriodKind.YEAR)


def periods_of(year: int, part: str) -> tuple[Period, ...]:
    """The periods of a year named by a kind (``quarter``: all four) or one by one (``H1``, ``03``).

    Raises ValueError for anything else.
    """
    if part == PeriodKind.NINE_MONTHS:
        return (Period(year, PeriodKind.NINE_MONTHS),)
    if part in list(PeriodKind):
        return Period(year, PeriodKind.YEAR).parts(PeriodKind(part))
    return (parse_period(f"{year:04d}-{part}"),)


def codes_inside(period: Period) -> list[str]:
    """The codes of every period that lies inside one, itself included: a quarter has its months."""
    found = (p for kind in PeriodKind for p in periods_of(period.year, kind))
    return [p.code for p in found if period.start <= p.start and p.end <= period.end]


def _year(year: int) -> int:
    if year < MINYEAR:
        raise ValueError(f"not a year: {year}")
    return year


def _month(year: int, month: int) -> Period:
    if not 1 <= month <= 12:
        raise ValueError(f"not a month: {month}")
    return Period(year, PeriodKind.MONTH, month)


def period_inside(period: Period, language: str = "vi") -> str:
    """A period inside a sentence: "quý II/2021"; English months keep their capital."""
    text = period_label(period, language)
    return text if language == "en" else text[:1].lower() + text[1:]


def period_label(period: Period, language: str = "vi") -> str:
    """The period as people write it: "Quý III/2021", "6 tháng đầu năm 2021", "Năm 2021"."""
    n, year = period.number, period.year
    if language == "en":
        return {
            PeriodKind.MONTH: f"{period.start:%B} {year}",
            PeriodKind.QUARTER: f"Q{n} {year}",
            PeriodKind.HALF: f"{('First', 'Second')[min(n, 2) - 1]} half of {year}",
            PeriodKind.NINE_MONTHS: f"Nine months of {year}",
            PeriodKind.YEAR: f"{year}",
        }[period.kind]
    return {
        PeriodKind.MONTH: f"Tháng {n}/{year}",
        PeriodKind.QUARTER: f"Quý {ROMAN[min(n, 4) - 1]}/{year}",
        PeriodKind.HALF: f"6 tháng {('đầu', 'cuối')[min(n, 2) - 1]} năm {year}",
        PeriodKind.NINE_MONTHS: f"9 tháng năm {year}",
        PeriodKind.YEAR: f"Năm {year}",
    }[period.kind]


def months_between(start: date, end: date) -> int:
    """Whole months from the month of ``start`` to the month of ``end``."""
    return (end.year - start.year) * 12 + end.month - start.month
