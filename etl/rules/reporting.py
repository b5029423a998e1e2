"""Who may report what for which period."""

from collections.abc import Iterator

import numpy as np

from etl.findings import Finding
from etl.rules.case import Case
from etl.rules.groups import Standing, form_of
from indicators.deployment import Deployment
from indicators.period import parse_period

Fault = tuple[str, dict[str, str]]
FREQUENCY = {
    "month": "tháng",
    "quarter": "quý",
    "half": "6 tháng",
    "nine_months": "9 tháng",
    "year": "năm",
}


def reporters(case: Case) -> Iterator[Finding]:
    """A unit must be valid in the period, and of a kind that reports the quantity so often."""
    for code, standing, quantity in case.groups:
        fault = _fault(standing, case.quantities.ids[quantity], case.deployment)
        if fault is not None:
            for i in case.groups.rows(code):
                yield case.finding(fault[0], i, **fault[1])


def _fault(standing: Standing | None, quantity: str, deployment: Deployment) -> Fault | None:
    if standing is None:
        return "unit-not-valid", {}
    form = form_of(standing, quantity, deployment)
    if form is None:
        catalogue = deployment.catalogue
        kinds = catalogue.quantities[quantity].kinds
        names = ", ".join(catalogue.kinds[kind].name_vi for kind in kinds)
        return "quantity-not-of-unit", {"kinds": names}
    if form.frequency is not standing.frequency:
        return "period-not-of-form", {"form": form.name_vi, "frequency": FREQUENCY[form.frequency]}
    return None


def periods_over(case: Case) -> Iterator[Finding]:
    """A period that is not over yet has no final figures."""
    for code, name in enumerate(case.periods.ids):
        end = parse_period(name).end
        if end > case.today:
            first = case.first_of(np.flatnonzero(case.periods.of == code).tolist())
            yield case.finding("period-not-over", first, end=f"{end:%d/%m/%Y}")
