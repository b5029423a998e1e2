"""Deadlines of reports: by which day the figures of a period had to be in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from indicators.catalogue import Catalogue, Form, Indicator, Window
from indicators.period import Period, PeriodKind
from indicators.regimes import Schedule, day_of, window_of
from indicators.working_days import working_days_after


@dataclass(frozen=True)
class Due:
    """The last day on time; provisional where the days off of its year are not published yet."""

    day: date
    provisional: bool = False


def due_of(schedule: Schedule, period: Period, catalogue: Catalogue) -> Due | None:
    """When the report of ``period`` is due under a schedule; None where it gives no day."""
    if schedule.due_working_days is not None:
        return _after_working_days(schedule, schedule.due_working_days, period, catalogue)
    if schedule.due_day is None:
        return None
    month = schedule.due_in_month or period.last_month + (schedule.due_months or 0)
    return Due(day_of(period.year, month, schedule.due_day))


def _after_working_days(
    schedule: Schedule, count: int, period: Period, catalogue: Catalogue
) -> Due:
    known = catalogue.working_days
    last = window_of(period, catalogue.regimes[schedule.regime])[1]
    day = working_days_after(last, count, known)
    return Due(day, provisional=not all(map(known.is_known, {last.year, day.year})))


def form_due(form: Form, period: Period, catalogue: Catalogue) -> Due:
    """When the report of ``period`` is due; a form has a deadline, checked at load."""
    due = due_of(form, period, catalogue)
    if due is None:
        raise AssertionError(f"form {form.id} without a deadline")
    return due


def due_date(
    indicator: Indicator,
    period: Period,
    catalogue: Catalogue,
    concerns: Callable[[Form], bool] = lambda form: True,
) -> date | None:
    """When the last figure for the indicator in ``period`` is due; None if nothing is reported.

    ``concerns`` leaves out the forms of other areas, whose deadlines are no matter here.
    """
    if indicator.condition is not None:
        inner = catalogue.indicators[indicator.condition.indicator]
        return due_date(inner, period, catalogue, concerns)
    asked = {form.id: form for q in indicator.quantities for form in catalogue.forms_with(q)}
    days = [
        form_due(form, covering(period, form, indicator), catalogue).day
        for form in asked.values()
        if concerns(form)
    ]
    return max(days, default=None)


def covering(period: Period, form: Form, indicator: Indicator) -> Period:
    """The last period of the form inside the window, or the one that contains it."""
    from_january = indicator.window is Window.YEAR_TO_DATE
    parts = period.parts(form.frequency, from_january=from_january)
    if parts:
        return parts[-1]
    whole = Period(period.year, PeriodKind.YEAR).parts(form.frequency)
    return next(p for p in whole if p.end >= period.end)
