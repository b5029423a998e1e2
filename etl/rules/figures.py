"""What a single figure may be: whole, inside its bounds, stated once."""

from collections.abc import Iterator
from decimal import Decimal
from math import inf

import numpy as np
import pandas as pd

from etl.findings import Finding
from etl.numbers import Figure
from etl.rules.case import Case, Numbers, said
from indicators.catalogue import Quantity

THOUSAND = 1000


def bounds(case: Case) -> Iterator[Finding]:
    """Whole numbers are whole; nothing lies outside the bounds or the band of its quantity."""
    for i in np.flatnonzero(_is_strange(case)).tolist():
        quantity = case.specs[int(case.quantities.of[i])]
        figure = case.entries.figure[i]
        code = figure_fault(figure, quantity)
        if code is not None:
            yield case.finding(code, i, **_facts(figure, quantity))


def _is_strange(case: Case) -> Numbers:
    """The few entries to look at one by one: cheap to ask of 200 000, never missing a fault."""
    values = case.values
    low = case.by_quantity(_low(q) for q in case.specs)
    high = case.by_quantity(_high(q) for q in case.specs)
    whole = case.by_quantity(q.whole_number for q in case.specs)
    with_sign = np.fromiter((f.note is not None for f in case.entries.figure), bool, len(values))
    with np.errstate(invalid="ignore"):
        broken = (whole > 0) & (values != np.floor(values)) & ~np.isnan(values)
        strange: Numbers = with_sign | broken | (values <= low) | (values >= high)
    return strange


def _low(quantity: Quantity) -> float:
    limits = [quantity.minimum, quantity.plausible[0] if quantity.plausible else None]
    return max((float(limit) for limit in limits if limit is not None), default=-inf)


def _high(quantity: Quantity) -> float:
    limits = [quantity.maximum, quantity.plausible[1] if quantity.plausible else None]
    return min((float(limit) for limit in limits if limit is not None), default=inf)


def figure_fault(figure: Figure, quantity: Quantity) -> str | None:
    """The code of what is wrong with a figure of a quantity, or None."""
    if figure.value is None:
        return None
    if figure.note is not None and figure.note not in quantity.unit_of_measure:
        return "number-percent"  # 95% of people is not 95 people
    return _bound_fault(figure.value, quantity)


def _bound_fault(value: Decimal, quantity: Quantity) -> str | None:
    if quantity.whole_number and value != value.to_integral_value():
        return "number-not-whole"
    if quantity.minimum is not None and value < quantity.minimum:
        return "number-too-small"
    if quantity.maximum is not None and value > quantity.maximum:
        return "number-above-maximum"
    band = quantity.plausible
    return "number-implausible" if band and not band[0] <= value <= band[1] else None


def _facts(figure: Figure, quantity: Quantity) -> dict[str, str]:
    band = quantity.plausible or (None, None)
    return {
        "low": said(quantity.minimum),
        "high": said(quantity.maximum),
        "measure": quantity.unit_of_measure,
        "usual_low": said(band[0]),
        "usual_high": said(band[1]),
        "suggestion": said(with_thousands(figure.value)),
    }


def with_thousands(value: Decimal | None) -> Decimal | None:
    """1.5 as 1500: what a spreadsheet made of 1.500; None where it can be no thousands dot."""
    if value is None or not 1 <= abs(value) < THOUSAND:
        return None
    meant = (value * THOUSAND).to_integral_value()
    return meant if meant == value * THOUSAND else None


def duplicates(case: Case) -> Iterator[Finding]:
    """The same figure twice in a file: equal ones are said, different ones block."""
    cell = case.units.of * len(case.periods.ids) + case.periods.of
    cell = cell * len(case.quantities.ids) + case.quantities.of
    twice = np.flatnonzero(pd.Series(cell).duplicated(keep=False)).tolist()
    first: dict[int, int] = {}
    for i in twice:
        j = first.setdefault(int(cell[i]), i)
        if j != i:
            same = _stated(case.entries.figure[i]) == _stated(case.entries.figure[j])
            code = "duplicate-equal" if same else "duplicate-different"
            other = {"other": case.entries.raw[j], "other_cell": case.place(j).cell}
            yield case.finding(code, i, **other)


def _stated(figure: Figure) -> tuple[object, ...]:
    """What is stored of a figure: 95% and 95 are the same where the unit is per cent."""
    return figure.value, figure.absence, figure.estimate
