"""Every indicator of a paper for every unit and period, as sums and their quotient."""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.assess import Assessment
from indicators.catalogue import Indicator
from indicators.measure import Measure, Status
from indicators.period import Period
from indicators.report.material import Material


@dataclass(frozen=True)
class SeriesRow:
    """One value: of which unit (the scope itself: ``is_whole``), when, and what it is made of."""

    indicator: Indicator
    unit: str
    unit_name: str
    period: Period
    measure: Measure
    is_whole: bool


def series(material: Material) -> list[SeriesRow]:
    """By indicator, unit and period; only where something is known or due."""
    found = (*material.judged, *(b.here for b in material.beside))
    unique = {a.indicator.id: a for a in found if not a.units and not a.also}
    return [row for a in unique.values() for row in of_indicator(a, material)]


def of_indicator(a: Assessment, material: Material) -> Iterator[SeriesRow]:
    """The scope, then the areas directly below it, over the periods of the course."""
    periods = [p.period for p in a.history] or [a.period]
    assessor = material.assessor
    for period in periods:
        whole = assessor.measure(a.indicator, period)
        yield SeriesRow(a.indicator, material.scope, material.scope_name, period, whole, True)
    if a.indicator.condition is not None:
        return  # a share of communes is one for the whole
    for unit in assessor.deployment.units.at(a.period.end).children.get(material.scope, ()):
        for period in periods:
            measure = assessor.measure_group(a.indicator, period, "area", unit)
            if measure.status in (Status.VALUE, Status.NO_DATA):
                name = material.names[unit]
                yield SeriesRow(a.indicator, unit, name, period, measure, False)
