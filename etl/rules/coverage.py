"""Coverage that shrank: units that reported a form for the period before and are missing now."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from etl.findings import Finding
from etl.rules.case import Case, unit_name
from etl.rules.groups import Codes, form_of
from indicators.catalogue import Form
from indicators.period import LENGTH, Period, parse_period

NAMED = 5  # units named in a finding; the rest are counted


def units_missing(case: Case) -> Iterator[Finding]:
    """Who reported a form for the period before, and neither here nor so far for this one."""
    forms: dict[str, list[int]] = {}
    for code, standing, quantity in case.groups:
        form = form_of(standing, case.quantities.ids[quantity], case.deployment)
        if form is not None:
            forms.setdefault(form.id, []).append(code)
    for form_id, codes in forms.items():
        rows = np.flatnonzero(np.isin(case.groups.of, codes))
        yield from _missing_of(case, case.deployment.catalogue.forms[form_id], rows)


def _missing_of(case: Case, form: Form, rows: Codes) -> Iterator[Finding]:
    here = _units_by_period(case, rows)
    before = {code: previous(code) for code in here}
    known = case.past.reporters(form.id, {*here, *before.values()})
    for code, units in here.items():
        earlier = known[before[code]] | here.get(before[code], frozenset())
        missing = _absent(case, form, code, units, earlier) - known[code]
        if missing:
            number = case.periods.ids.index(code)
            first = case.first_of(rows[case.periods.of[rows] == number].tolist())
            names = [unit_name(unit, case.deployment) for unit in sorted(missing)]
            facts = {"form": form.name_vi, "before": before[code], "count": len(names)}
            yield case.finding("units-missing", first, names="; ".join(names[:NAMED]), **facts)


def _units_by_period(case: Case, rows: Codes) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    count = len(case.units.ids)
    for pair in pd.unique(case.periods.of[rows] * count + case.units.of[rows]).tolist():
        period, unit = divmod(pair, count)
        found.setdefault(case.periods.ids[period], set()).add(case.units.ids[unit])
    return {period: frozenset(units) for period, units in found.items()}


def _absent(
    case: Case, form: Form, code: str, here: frozenset[str], earlier: frozenset[str]
) -> frozenset[str]:
    """Earlier reporters of the area the file is about; nobody where it has less than half of them."""
    end = parse_period(code).end
    if not form.is_asked(end):
        return frozenset()
    tree = case.deployment.units.at(end)
    paths = [tree.path(unit) for unit in here]
    areas = [step for step in paths[0] if all(step in path for path in paths)]
    alike = frozenset(u for u in earlier if areas and areas[-1] in tree.path(u))
    return alike - here if 2 * len(alike & here) >= len(alike) else frozenset()


def previous(code: str) -> str:
    """The period of the same kind before."""
    period = parse_period(code)
    if period.number > 1:
        return Period(period.year, period.kind, period.number - 1).code
    return Period(max(period.year - 1, 1), period.kind, 12 // LENGTH[period.kind]).code
