"""One hash of every verdict: of each plan, for each period of its years that has figures."""

import hashlib
from collections.abc import Iterator
from datetime import date

from etl.results import assessor
from etl.store.connect import Store
from etl.store.dimensions import keys
from indicators.assess import Assessment
from indicators.deployment import Deployment
from indicators.period import Period, parse_period
from indicators.plans import Plan


def verdict_digest(store: Store, deployment: Deployment, today: date) -> str:
    """SHA-256 over target, indicator, unit, value and verdict of all of them, as judged on a day."""
    found = hashlib.sha256()
    periods = [parse_period(code) for code in keys(store.cursor(), "period").key_of]
    for _, plan in sorted(deployment.plans.items()):
        for period in sorted(_own(plan, periods), key=lambda p: p.sort_key):
            for line in _lines(store, deployment, plan, period, today):
                found.update(line.encode("utf-8") + b"\n")
    return found.hexdigest()


def _own(plan: Plan, periods: list[Period]) -> list[Period]:
    return [p for p in periods if plan.first_year <= p.end.year <= plan.last_year]


def _lines(
    store: Store, deployment: Deployment, plan: Plan, period: Period, today: date
) -> Iterator[str]:
    asked = assessor(store.cursor, deployment, plan, period, today=today, with_history=False)
    for a in asked.assess_all():
        for found in (a, *a.units):
            yield f"{plan.id}|{period.code}|{_said(found)}"


def _said(a: Assessment) -> str:
    return f"{a.target.id}|{a.indicator.id}|{a.scope}|{a.measure.value}|{a.verdict}"
