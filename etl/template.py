"""The file to fill in: one row per quantity that a unit reports for a period, as Excel opens it."""

import csv
from collections import Counter
from io import StringIO

from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind, period_label
from indicators.units import Unit

BOM = "\ufeff"
HEADINGS = ("Đơn vị", "Kỳ báo cáo", "Số liệu", "Đơn vị tính", "Giá trị", "Ghi chú")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def template_csv(deployment: Deployment, unit: str, period: Period) -> bytes:
    """CSV (UTF-8 with BOM, semicolons): every quantity of the unit's forms for this period.

    The column of values is empty. Loading it filled in needs no further hint.
    """
    tree = deployment.units.at(period.end)
    name = _written(tree.units[unit], list(tree.units.values()))
    quantities = deployment.catalogue.quantities
    rows = [
        (name, period_label(period), quantities[q].name_vi, quantities[q].unit_of_measure, "", "")
        for form in forms_of(deployment, unit, period)
        for q in form.quantities
    ]
    text = StringIO(newline="")
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerows([harmless(cell) for cell in row] for row in (HEADINGS, *rows))
    return (BOM + text.getvalue()).encode("utf-8")


def forms_of(deployment: Deployment, unit: str, period: Period) -> list[Form]:
    """The forms that a unit fills in for exactly this period; none when it is not valid then."""
    tree = deployment.units.at(period.end)
    if unit not in tree.units:
        return []
    kind, path = tree.units[unit].kind, tree.path(unit)
    return [
        form
        for form in deployment.catalogue.forms.values()
        if kind in form.kinds and form.covers(path) and form.frequency is period.kind
    ]


def reporting_units(deployment: Deployment, scope: str, period: Period) -> list[str]:
    """The units in a scope that fill in any form, by level and name."""
    tree, catalogue = deployment.units.at(period.end), deployment.catalogue
    kinds = {kind for form in catalogue.forms.values() for kind in form.kinds}
    found = [u for u in tree.within(scope) if u.kind in kinds]
    return [u.id for u in sorted(found, key=lambda u: (catalogue.kinds[u.kind].order, u.name))]


def reporting_periods(deployment: Deployment, unit: str | None, years: range) -> list[Period]:
    """The periods of the forms of a unit (or of any form), newest first."""
    kinds = {form.frequency for form in deployment.catalogue.forms.values()}
    found = [
        part
        for year in years
        for kind in kinds
        for part in Period(year, PeriodKind.YEAR).parts(kind)
        if unit is None or forms_of(deployment, unit, part)
    ]
    return sorted(found, key=lambda period: period.sort_key, reverse=True)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _written(unit: Unit, units: list[Unit]) -> str:
    """The name of a unit, or its id where another unit has the same name."""
    return unit.name if Counter(u.name for u in units)[unit.name] == 1 else unit.id
