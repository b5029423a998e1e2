"""Reporting progress: who was expected to report a period, who did, how late (methods 3.10)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from duckdb import DuckDBPyConnection

from etl.store.submissions import reported_units
from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.due import form_due
from indicators.period import Period

# Received moments are UTC; a day ends seven hours earlier in Vietnam.
VIETNAM = timedelta(hours=7)


@dataclass(frozen=True)
class Report:
    """One expected report: of a unit, on a form, for a period. ``received`` is the first time."""

    unit: str
    form: str
    period: str
    due: date
    received: datetime | None

    @property
    def days_late(self) -> int:
        """Days after the deadline at which it came; 0 when on time or not there."""
        if self.received is None:
            return 0
        return max(0, ((self.received + VIETNAM).date() - self.due).days)


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
    tree = deployment.units.at(period.end)
    inside = list(tree.within(scope))
    reports: list[Report] = []
    for form in deployment.catalogue.forms.values():
        parts = period.parts(form.frequency)
        members = [u.id for u in inside if u.kind in form.kinds and covers(form, tree.path(u.id))]
        if not parts or not members:
            continue
        found = reported_units(cur, parts[-1].code, form.id, known_on)
        due = form_due(form, parts[-1])
        reports += [Report(unit, form.id, parts[-1].code, due, found.get(unit)) for unit in members]
    return Progress(tuple(reports))


def covers(form: Form, path: tuple[str, ...]) -> bool:
    """Whether a form is for the units below any of its areas; one without areas is for all."""
    return not form.within or bool(set(form.within) & set(path))
