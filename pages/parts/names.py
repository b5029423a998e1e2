"""Names of units on a page: as they were called in the period that is looked at."""

from __future__ import annotations

from indicators.deployment import Deployment
from indicators.period import Period


def names_of(deployment: Deployment, period: Period) -> dict[str, str]:
    """Short names by unit; a unit that was not there yet or any more has its latest name."""
    return deployment.units.short_names(period.end)


def parents_of(deployment: Deployment, period: Period) -> dict[str, str]:
    """The unit above each unit at the end of the period."""
    units = deployment.units.at(period.end).units.values()
    return {unit.id: unit.parent for unit in units if unit.parent}
