"""Periods and moments as administrative Vietnamese writes them."""

from datetime import date, datetime, timedelta

from indicators.formats import format_number
from indicators.period import ROMAN, Period, PeriodKind

YEAR = 365  # days; beyond it the count of days overdue says nothing more
VIETNAM = timedelta(hours=7)  # stored moments are UTC
NUMBER_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def written(period: Period) -> str:
    """ "Quý III năm 2021", "tháng 9 năm 2021", "6 tháng đầu năm 2021"."""
    return f"{part_of(period)} {period.year}"


def part_of(period: Period) -> str:
    """The same without its year: "Quý III năm", "tháng 9 năm", "năm"."""
    return {
        PeriodKind.MONTH: f"tháng {period.number} năm",
        PeriodKind.QUARTER: f"Quý {ROMAN[min(period.number, 4) - 1]} năm",
        PeriodKind.HALF: f"6 tháng {('đầu', 'cuối')[min(period.number, 2) - 1]} năm",
        PeriodKind.NINE_MONTHS: "9 tháng năm",
        PeriodKind.YEAR: "năm",
    }[period.kind]


def following(period: Period) -> Period:
    """The period that a report looks ahead to: after nine months the fourth quarter."""
    year, kind, number = period.year, period.kind, period.number
    if kind is PeriodKind.NINE_MONTHS:
        return Period(year, PeriodKind.QUARTER, 4)
    last = len(Period(year, PeriodKind.YEAR).parts(kind))
    return Period(year, kind, number + 1) if number < last else Period(year + 1, kind, 1)


def both(period: Period, after: Period) -> tuple[str, str]:
    """Both periods as a title joins them: "Quý III", "Quý IV năm 2021"."""
    if period.year != after.year or period.kind is PeriodKind.YEAR:
        return written(period), written(after)
    return part_of(period).removesuffix(" năm"), written(after)


def day_text(day: date | None) -> str:
    """ "09/02/2022", "…" for none."""
    return f"{day:%d/%m/%Y}" if day else "…"


def overdue_text(days: int) -> str:
    """ "quá hạn 12 ngày", beyond a year "quá hạn trên một năm"."""
    return "quá hạn trên một năm" if days > YEAR else f"quá hạn {format_number(days)} ngày"


def day_of(moment: datetime) -> str:
    """The day of a stored moment as it was in Vietnam."""
    return day_text((moment + VIETNAM).date())


def moment_text(known: str, version: int) -> str:
    """Which data a paper was made from."""
    return f"Số liệu như đã biết lúc {known}; phiên bản số liệu {version}"
