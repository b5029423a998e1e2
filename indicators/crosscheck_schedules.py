"""Regimes, deadlines and working days must name days that exist, and each deadline only one way."""

from indicators.catalogue import Catalogue
from indicators.plans import Plan, ReportingRule
from indicators.references import must_exist
from indicators.regimes import Regime, Schedule
from indicators.schema import Collector
from indicators.units import UnitRegistry
from indicators.working_days import SATURDAY, Swap

LAST_SURE_DAY = 28  # every month has it
YEAR = 12
WAYS = "due_months và due_day, due_in_month và due_day, hoặc due_working_days"
Place = tuple[str, str]


def check_calendars(catalogue: Catalogue, c: Collector) -> None:
    """Note every fault of the regimes and of the swapped working days."""
    for regime in catalogue.regimes.values():
        _check_regime(regime, c)
    for swap in catalogue.working_days.swaps:
        _check_swap(swap, c)


def _check_regime(regime: Regime, c: Collector) -> None:
    at = ("catalogue/regimes.toml", regime.id)
    if not 1 <= regime.first_day <= LAST_SURE_DAY:
        c.add(*at, "first_day phải từ 1 đến 28")
    if not 0 <= regime.months_before <= YEAR:
        c.add(*at, "months_before phải từ 0 đến 12")


def _check_swap(swap: Swap, c: Collector) -> None:
    at = ("catalogue/working_days.toml", f"swaps {swap.off.isoformat()}")
    if swap.off.weekday() >= SATURDAY:
        c.add(*at, "off phải là ngày làm việc trong tuần")
    if swap.worked.weekday() < SATURDAY:
        c.add(*at, "worked phải là thứ bảy hoặc chủ nhật")


def check_schedule(schedule: Schedule, catalogue: Catalogue, at: Place, c: Collector) -> None:
    """Note a window that is not known and a deadline that is given twice, by half, or on no day."""
    must_exist([schedule.regime], catalogue.regimes, at=at, c=c)
    given = (schedule.due_months, schedule.due_in_month, schedule.due_working_days)
    ways = [way for way in given if way is not None]
    by_day = schedule.due_day is not None
    if len(ways) > 1 or by_day != (bool(ways) and schedule.due_working_days is None):
        c.add(*at, f"hạn nộp ghi đúng một cách: {WAYS}")
    elif not _is_possible(schedule):
        c.add(
            *at,
            "hạn nộp không có trong lịch: ngày 1-31, tháng 1-12, số tháng từ 0, ngày làm việc từ 1",
        )


def _is_possible(s: Schedule) -> bool:
    day, months, month, days = s.due_day, s.due_months, s.due_in_month, s.due_working_days
    return (
        (day is None or 1 <= day <= 31)
        and (months is None or months >= 0)
        and (month is None or 1 <= month <= YEAR)
        and (days is None or days >= 1)
    )


def check_rules(
    plan: Plan, catalogue: Catalogue, units: UnitRegistry, file: str, c: Collector
) -> None:
    """Note every fault of the reporting rules of a plan."""
    for rule in plan.reporting:
        at = (file, rule.id)
        must_exist(rule.units, units.ids, at=at, c=c)
        must_exist(rule.kinds, catalogue.kinds, at=at, c=c)
        check_schedule(rule, catalogue, at, c)
        _check_rule(rule, at, c)


def _check_rule(rule: ReportingRule, at: Place, c: Collector) -> None:
    """How a rule is read must be enough to say who owes a report for which period."""
    try:
        rule.periods_in(2000, 2000)
    except ValueError as error:
        c.add(
            *at, f"periods: {error}; dùng month, quarter, half, nine_months, year, Q1, H1, 9M, 03"
        )
    if bool(rule.periods) != bool(rule.units or rule.kinds):
        c.add(*at, "periods và người báo cáo (units, kinds) phải có cùng nhau")
    if rule.has_deadline and not rule.periods:
        c.add(*at, "có hạn nộp thì phải có periods")
