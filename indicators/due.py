"""Deadlines of reports: by which day the figures of a period had to be in."""

from calendar import monthrange
from datetime import date

from indicators.catalogue import Catalogue, Form, Indicator, Window
from indicators.period import Period, PeriodKind


def form_due(form: Form, period: Period) -> date:
    """The last day on which the report of ``period`` is on time."""
    months = period.last_month + form.due_months
    year, month = period.year + (months - 1) // 12, (months - 1) % 12 + 1
    return date(year, month, min(form.due_day, monthrange(year, month)[1]))


def due_date(indicator: Indicator, period: Period, catalogue: Catalogue) -> date | None:
    """When the last figure for the indicator in ``period`` is due; None if nothing is reported."""
    if indicator.condition is not None:
        return due_date(catalogue.indicators[indicator.condition.indicator], period, catalogue)
    days = [
        form_due(form, covering(period, form, indicator))
        for form in catalogue.forms.values()
        if set(form.quantities) & set(indicator.quantities)
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
