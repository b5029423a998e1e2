"""Validating: what may refuse recognised figures. Every rule looks at all entries; none stops early."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from etl.entries import Entries
from etl.findings import Finding, Place
from indicators.catalogue import Quantity
from indicators.deployment import Deployment
from indicators.period import parse_period

Rule = Callable[[Entries, str, Deployment, date], Iterator[Finding]]


def validate(entries: Entries, file: str, deployment: Deployment, today: date) -> list[Finding]:
    """Everything the rules say about the entries of one file, in the order of its rows."""
    found = [finding for rule in RULES for finding in rule(entries, file, deployment, today)]
    return sorted(found, key=lambda f: (f.place.sheet or "", f.place.row or 0, f.place.column or 0))


def _place(entries: Entries, i: int, file: str) -> Place:
    return Place(file, entries.sheet[i], entries.row[i], entries.column[i])


def _finding(
    code: str, entries: Entries, i: int, file: str, deployment: Deployment, **facts: object
) -> Finding:
    names = {
        "unit": unit_name(entries.unit[i], deployment),
        "quantity": deployment.catalogue.quantities[entries.quantity[i]].name_vi,
        "period": entries.period[i],
    }
    texts = {name: str(fact) for name, fact in facts.items()}
    return Finding(code, _place(entries, i, file), entries.raw[i], names | texts)


def unit_name(unit: str, deployment: Deployment) -> str:
    """The newest name of a unit, or its id."""
    row = deployment.units.latest_names.get(unit)
    return row.name if row else unit


def reporters(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """A unit must be valid in the period, and of a kind that reports the quantity so often."""
    seen: dict[tuple[str, str, str], tuple[str, dict[str, str]] | None] = {}
    for i in range(len(entries)):
        asked = (entries.unit[i], entries.period[i], entries.quantity[i])
        if asked not in seen:
            seen[asked] = _reporter_fault(*asked, deployment)
        fault = seen[asked]
        if fault is not None:
            yield _finding(fault[0], entries, i, file, deployment, **fault[1])


def _reporter_fault(
    unit_id: str, code: str, quantity_id: str, deployment: Deployment
) -> tuple[str, dict[str, str]] | None:
    period, catalogue = parse_period(code), deployment.catalogue
    unit = deployment.units.at(period.end).units.get(unit_id)
    if unit is None:
        return "unit-not-valid", {}
    form = catalogue.form_of(unit.kind, quantity_id)
    if form is None:
        kinds = catalogue.quantities[quantity_id].kinds
        return "quantity-not-of-unit", {
            "kinds": ", ".join(catalogue.kinds[kind].name_vi for kind in kinds)
        }
    if form.frequency is not period.kind:
        return "period-not-of-form", {"form": form.name_vi, "frequency": FREQUENCY[form.frequency]}
    return None


FREQUENCY = {
    "month": "tháng",
    "quarter": "quý",
    "half": "6 tháng",
    "nine_months": "9 tháng",
    "year": "năm",
}


def periods_over(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """A period that is not over yet has no final figures."""
    said: set[str] = set()
    for i in range(len(entries)):
        code = entries.period[i]
        if code not in said and parse_period(code).end > today:
            said.add(code)
            end = f"{parse_period(code).end:%d/%m/%Y}"
            yield _finding("period-not-over", entries, i, file, deployment, end=end)


def bounds(entries: Entries, file: str, deployment: Deployment, today: date) -> Iterator[Finding]:
    """Whole numbers are whole; nothing lies outside the hard bounds of its quantity."""
    for i in range(len(entries)):
        value = entries.figure[i].value
        quantity = deployment.catalogue.quantities[entries.quantity[i]]
        code = None if value is None else _bound_fault(value, quantity)
        if code is not None:
            low, high = _text(quantity.minimum), _text(quantity.maximum)
            yield _finding(code, entries, i, file, deployment, low=low, high=high)


def _bound_fault(value: Decimal, quantity: Quantity) -> str | None:
    if quantity.whole_number and value != value.to_integral_value():
        return "number-not-whole"
    if quantity.minimum is not None and value < quantity.minimum:
        return "number-too-small"
    if quantity.maximum is not None and value > quantity.maximum:
        return "number-above-maximum"
    return None


def _text(number: Decimal | None) -> str:
    return "…" if number is None else str(number).replace(".", ",")


def duplicates(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """The same figure twice in a file: equal ones are said, different ones block."""
    first: dict[tuple[str, str, str], int] = {}
    for i in range(len(entries)):
        asked = (entries.unit[i], entries.period[i], entries.quantity[i])
        j = first.setdefault(asked, i)
        if j != i:
            same = entries.figure[i] == entries.figure[j]
            code = "duplicate-equal" if same else "duplicate-different"
            cell = _place(entries, j, file).cell
            yield _finding(
                code, entries, i, file, deployment, other=entries.raw[j], other_cell=cell
            )


def parts_of_wholes(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """A part should not exceed its whole where the catalogue says so (insured over population)."""
    limits = {q.id: q.at_most for q in deployment.catalogue.quantities.values() if q.at_most}
    if not limits:
        return
    values = {
        (entries.unit[i], entries.period[i], entries.quantity[i]): entries.figure[i].value
        for i in range(len(entries))
        if entries.quantity[i] in limits or entries.quantity[i] in set(limits.values())
    }
    for i in range(len(entries)):
        limit = limits.get(entries.quantity[i])
        whole = values.get((entries.unit[i], entries.period[i], limit or ""))
        value = entries.figure[i].value
        if limit and whole is not None and value is not None and value > whole:
            name = deployment.catalogue.quantities[limit].name_vi
            yield _finding(
                "part-above-whole", entries, i, file, deployment, whole=_text(whole), name=name
            )


RULES: tuple[Rule, ...] = (reporters, periods_over, bounds, duplicates, parts_of_wholes)
