"""Every report that is due, late, coming or received on a day: the data folder and the receipts."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from etl.progress import VIETNAM
from etl.store.submissions import receipts
from etl.store.taken_off import returns
from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.due import due_of
from indicators.period import periods_of
from indicators.plans import Plan, ReportingRule
from indicators.regimes import window_of
from indicators.reporting import DueReport, form_reporters, horizon, rule_reporters
from indicators.units import Unit, UnitTree

# A window may begin up to a year before its period, and twelve months are looked back.
YEARS_AROUND = 2


class Asked(NamedTuple):
    """What is asked for: of which deployment, on which day, of whom (all where ``scope`` is None)."""

    deployment: Deployment
    today: date
    scope: str | None
    known_on: datetime

    def units(self, tree: UnitTree) -> list[Unit]:
        """The units looked at, of those there are at the end of a period."""
        return list(tree.within(self.scope) if self.scope else tree.units.values())


def reports_on(
    cur: DuckDBPyConnection,
    deployment: Deployment,
    today: date,
    scope: str | None = None,
    known_on: datetime | None = None,
) -> tuple[DueReport, ...]:
    """The reports of the units in ``scope`` as known at the end of a day; by unit and deadline.

    ``known_on``: at this moment of the day instead of its end.

    Of each form and rule: the windows that ended last and that end next, and what is missing of
    those that ended in the twelve months before.
    """
    asked = Asked(deployment, today, scope, known_on or end_of(today))
    forms = deployment.catalogue.forms.values()
    rules = [(plan, rule) for plan in deployment.plans.values() for rule in plan.reporting]
    found = [r for form in forms for r in _of_form(cur, form, asked)]
    found += [r for plan, rule in rules for r in _of_rule(plan, rule, asked)]
    return tuple(sorted(found, key=_order))


def _order(report: DueReport) -> tuple[str, date, str, date]:
    day = report.due.day if report.due else report.window[1]
    return report.unit, day, f"{report.form or ''}/{report.plan}/{report.rule}", report.window[0]


def _of_form(cur: DuckDBPyConnection, form: Form, asked: Asked) -> Iterator[DueReport]:
    catalogue, units = asked.deployment.catalogue, asked.deployment.units
    years = range(asked.today.year - YEARS_AROUND, asked.today.year + YEARS_AROUND + 1)
    periods = [period for year in years for period in periods_of(year, form.frequency)]
    regime = catalogue.regimes[form.regime]
    looked_at = horizon(periods, regime, asked.today)
    codes = [p.code for p in periods]
    received = receipts(cur, codes, form.id, asked.known_on)
    returned = returns(cur, codes, form.id, asked.known_on)
    for period in (*looked_at.shown, *looked_at.older):
        window, due = window_of(period, regime), due_of(form, period, catalogue)
        tree = units.at(period.end)
        for unit in form_reporters(form, period, tree, asked.units(tree)):
            came, back = (_day(found.get((unit, period.code))) for found in (received, returned))
            if came is None or period in looked_at.shown:
                back = None if came else back
                yield DueReport(
                    unit, period, window, due, form=form.id, received=came, returned=back
                )


def _day(moment: datetime | None) -> date | None:
    """The day of a moment in Vietnam."""
    return None if moment is None else (moment + VIETNAM).date()


def _of_rule(plan: Plan, rule: ReportingRule, asked: Asked) -> Iterator[DueReport]:
    catalogue, units = asked.deployment.catalogue, asked.deployment.units
    regime = catalogue.regimes[rule.regime]
    looked_at = horizon(rule.periods_in(plan.first_year, plan.last_year), regime, asked.today)
    for period in (*looked_at.shown, *looked_at.older):
        window, due = window_of(period, regime), due_of(rule, period, catalogue)
        # Nobody notes whether it came: what is past and not the last one is over.
        if period in looked_at.shown or (due is not None and due.day >= asked.today):
            tree = units.at(period.end)
            inside = {unit.id for unit in asked.units(tree)}
            for unit in rule_reporters(rule, plan, tree):
                if unit in inside:
                    yield DueReport(unit, period, window, due, plan=plan.id, rule=rule.id)


def end_of(day: date) -> datetime:
    """The last moment of a day in Vietnam, in UTC as moments are stored."""
    return datetime.combine(day, time.max) - VIETNAM
