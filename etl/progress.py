"""Reporting progress: who was expected to report a period, who did, how late (methods 3.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duckdb import DuckDBPyConnection

from etl.store.arrivals import Arrival, ReportKey, arrivals
from indicators.deployment import Deployment
from indicators.due import form_due
from indicators.period import Period
from indicators.reporting import form_reporters

# Received moments are UTC; a day ends seven hours earlier in Vietnam.
VIETNAM = timedelta(hours=7)


@dataclass(frozen=True)
class Report:
    """One expected report: of a unit, on a form, for a period. ``received`` is the first time.

    ``provisional``: the days off of the year in which it is due are not published yet.
    """

    unit: str
    form: str
    period: str
    due: date
    received: datetime | None
    provisional: bool = False

    @property
    def days_late(self) -> int:
        """Days after the deadline at which it came; 0 when on time or not there."""
        if self.received is None:
            return 0
        return max(0, ((self.received + VIETNAM).date() - self.due).days)

    def days_overdue(self, today: date) -> int:
        """Days since the deadline of a report that is not there; 0 when it is, or not due yet."""
        return 0 if self.received else max(0, (today - self.due).days)


@dataclass(frozen=True)
class FormProgress:
    """How far one form is: reports expected, received, received by the deadline."""

    form: str
    due: date
    expected: int
    received: int
    on_time: int
    provisional: bool


@dataclass(frozen=True)
class Progress:
    """The expected reports of a scope and period."""

    reports: tuple[Report, ...]

    @property
    def received(self) -> tuple[Report, ...]:
        """Those that came."""
        return tuple(r for r in self.reports if r.received is not None)

    @property
    def missing(self) -> tuple[Report, ...]:
        """Those that did not."""
        return tuple(r for r in self.reports if r.received is None)

    @property
    def on_time(self) -> tuple[Report, ...]:
        """Those that came by the deadline."""
        return tuple(r for r in self.received if r.days_late == 0)

    @property
    def units_due(self) -> int:
        """Units of which any report is expected."""
        return len({r.unit for r in self.reports})

    @property
    def units_done(self) -> int:
        """Units of which no report is missing."""
        return self.units_due - len({r.unit for r in self.missing})

    def overdue(self, today: date) -> tuple[tuple[str, int], ...]:
        """Units that have not reported, with the days since their first deadline, longest first."""
        found: dict[str, int] = {}
        for report in self.missing:
            days = (today - report.due).days
            found[report.unit] = max(days, found.get(report.unit, days))
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def by_form(self) -> tuple[FormProgress, ...]:
        """How far each form is, the least complete first."""
        forms = dict.fromkeys(r.form for r in self.reports)
        return tuple(sorted(map(self._form, forms), key=lambda f: f.received / f.expected))

    def _form(self, form: str) -> FormProgress:
        reports = [r for r in self.reports if r.form == form]
        received = [r for r in self.received if r.form == form]
        on_time = [r for r in self.on_time if r.form == form]
        counts = len(reports), len(received), len(on_time)
        return FormProgress(form, reports[0].due, *counts, reports[0].provisional)


def progress(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    scope: str,
    period: Period,
    *,
    known_on: datetime | None = None,
) -> Progress:
    """Every report expected from the units of ``scope`` for the window that ends with ``period``.

    Forms reported more rarely than the period are left out, as are forms of another province.
    """
    arrived = arrivals(cur, last_parts(deployment, period), known_on)
    return progress_among(arrived, deployment, scope, period)


def last_parts(deployment: Deployment, period: Period) -> set[str]:
    """The codes of the periods of forms that end a window: 2021-H1 ends with 2021-Q2, too."""
    frequencies = {form.frequency for form in deployment.catalogue.forms.values()}
    return {parts[-1].code for f in frequencies if (parts := period.parts(f))}


def progress_among(
    arrived: Mapping[ReportKey, Arrival], deployment: Deployment, scope: str, period: Period
) -> Progress:
    """The same for reports that were asked for before: several periods cost one question."""
    tree = deployment.units.at(period.end)
    inside = list(tree.within(scope))
    reports: list[Report] = []
    for form in deployment.catalogue.forms.values():
        parts = period.parts(form.frequency)
        members = form_reporters(form, period, tree, inside)
        if not parts or not members:
            continue
        code = parts[-1].code
        due = form_due(form, parts[-1], deployment.catalogue)
        found = ((unit, arrived.get((unit, code, form.id))) for unit in members)
        reports += [
            Report(unit, form.id, code, due.day, came.first if came else None, due.provisional)
            for unit, came in found
        ]
    return Progress(tuple(reports))
