"""Validating: what may refuse recognised figures. Every rule looks at all entries; none stops early."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.entries import Entries
from etl.findings import Finding, Place
from etl.numbers import Figure
from indicators.catalogue import Quantity
from indicators.deployment import Deployment
from indicators.period import PeriodKind, parse_period

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


@dataclass(frozen=True)
class Standing:
    """What decides whether a unit may report in a period: its kind, where it stands, how often."""

    kind: str
    path: tuple[str, ...]
    frequency: PeriodKind


Fault = tuple[str, dict[str, str]]


def reporters(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """A unit must be valid in the period, and of a kind that reports the quantity so often."""
    faults: dict[Standing | None, dict[str, Fault | None]] = {}
    known: dict[tuple[str, str], dict[str, Fault | None]] = {}
    columns = zip(entries.unit, entries.period, entries.quantity, strict=True)
    for i, (unit, period, quantity) in enumerate(columns):
        if (unit, period) not in known:
            standing = _standing(unit, period, deployment)
            known[unit, period] = faults.setdefault(standing, {})
        said = known[unit, period]
        if quantity not in said:
            said[quantity] = _reporter_fault(
                _standing(unit, period, deployment), quantity, deployment
            )
        fault = said[quantity]
        if fault is not None:
            yield _finding(fault[0], entries, i, file, deployment, **fault[1])


def _standing(unit_id: str, code: str, deployment: Deployment) -> Standing | None:
    """How the unit stands at the end of the period; None where it is not valid."""
    period = parse_period(code)
    tree = deployment.units.at(period.end)
    unit = tree.units.get(unit_id)
    return None if unit is None else Standing(unit.kind, tree.path(unit_id), period.kind)


def _reporter_fault(
    standing: Standing | None, quantity_id: str, deployment: Deployment
) -> Fault | None:
    if standing is None:
        return "unit-not-valid", {}
    catalogue = deployment.catalogue
    form = catalogue.form_of(standing.kind, quantity_id, standing.path)
    if form is None:
        kinds = catalogue.quantities[quantity_id].kinds
        names = ", ".join(catalogue.kinds[kind].name_vi for kind in kinds)
        return "quantity-not-of-unit", {"kinds": names}
    if form.frequency is not standing.frequency:
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
    first = {code: i for i, code in reversed(list(enumerate(entries.period)))}
    for code, i in first.items():
        if parse_period(code).end > today:
            end = f"{parse_period(code).end:%d/%m/%Y}"
            yield _finding("period-not-over", entries, i, file, deployment, end=end)


def bounds(entries: Entries, file: str, deployment: Deployment, today: date) -> Iterator[Finding]:
    """Whole numbers are whole; nothing lies outside the hard bounds of its quantity."""
    quantities = deployment.catalogue.quantities
    for i, (figure, name) in enumerate(zip(entries.figure, entries.quantity, strict=True)):
        quantity = quantities[name]
        code = _figure_fault(figure, quantity)
        if code is not None:
            low, high = _text(quantity.minimum), _text(quantity.maximum)
            facts = {"low": low, "high": high, "measure": quantity.unit_of_measure}
            yield _finding(code, entries, i, file, deployment, **facts)


def _figure_fault(figure: Figure, quantity: Quantity) -> str | None:
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
    return None


def _text(number: Decimal | None) -> str:
    return "…" if number is None else str(number).replace(".", ",")


def duplicates(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """The same figure twice in a file: equal ones are said, different ones block."""
    first: dict[tuple[str, str, str], int] = {}
    columns = zip(entries.unit, entries.period, entries.quantity, strict=True)
    for i, asked in enumerate(columns):
        j = first.setdefault(asked, i)
        if j != i:
            same = _stated(entries.figure[i]) == _stated(entries.figure[j])
            code = "duplicate-equal" if same else "duplicate-different"
            cell = _place(entries, j, file).cell
            yield _finding(
                code, entries, i, file, deployment, other=entries.raw[j], other_cell=cell
            )


def _stated(figure: Figure) -> tuple[object, ...]:
    """What is stored of a figure: 95% and 95 are the same where the unit is per cent."""
    return figure.value, figure.absence, figure.estimate


def parts_of_wholes(
    entries: Entries, file: str, deployment: Deployment, today: date
) -> Iterator[Finding]:
    """A part should not exceed its whole where the catalogue says so (insured over population)."""
    limits = {q.id: q.at_most for q in deployment.catalogue.quantities.values() if q.at_most}
    if not limits:
        return
    wholes = set(limits.values())
    columns = zip(entries.unit, entries.period, entries.quantity, entries.figure, strict=True)
    values = {(u, p, q): figure.value for u, p, q, figure in columns if q in wholes}
    for i, quantity in enumerate(entries.quantity):
        limit = limits.get(quantity)
        if limit is None:
            continue
        whole = values.get((entries.unit[i], entries.period[i], limit))
        value = entries.figure[i].value
        if whole is not None and value is not None and value > whole:
            name = deployment.catalogue.quantities[limit].name_vi
            yield _finding(
                "part-above-whole", entries, i, file, deployment, whole=_text(whole), name=name
            )


RULES: tuple[Rule, ...] = (reporters, periods_over, bounds, duplicates, parts_of_wholes)
