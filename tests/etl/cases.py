"""Files of figures made in code, and what the rules say about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from etl.entries import Entries
from etl.findings import Finding
from etl.numbers import Absence, Figure
from etl.rules.case import Case
from etl.store.past import NO_PAST, Past
from etl.validate import Rule
from indicators.catalogue import Behaviour, Quantity
from indicators.deployment import Deployment
from indicators.rules import Rule as Sides
from tests.indicators.small import world

TODAY = date(2030, 1, 1)
Row = tuple[str, str, str, int | str | None]  # unit, period, quantity, value; None: not available


def figure(value: int | str | None) -> Figure:
    """A number, "-" for nothing happened, None for not available."""
    if value is None:
        return Figure(None, Absence.NOT_AVAILABLE)
    return Figure(None, Absence.NIL) if value == "-" else Figure(Decimal(value), None)


def entries_of(rows: Iterable[Row], columns: Sequence[int] | None = None) -> Entries:
    """One line of the file for each row, or with ``columns`` one line for each unit and period."""
    found = Entries()
    lines: dict[tuple[str, str], int] = {}
    for n, (unit, period, quantity, value) in enumerate(rows):
        line = lines.setdefault((unit, period), len(lines) + 2)
        found.unit.append(unit)
        found.period.append(period)
        found.quantity.append(quantity)
        found.figure.append(figure(value))
        found.sheet.append(None)
        found.row.append(line if columns else n + 2)
        found.column.append(columns[n] if columns else 4)
        found.raw.append(str(value))
    return found


def case_of(
    rows: Iterable[Row],
    *,
    deployment: Deployment | None = None,
    past: Past = NO_PAST,
    columns: Sequence[int] | None = None,
) -> Case:
    """A file of the rows, in the small deployment unless told otherwise."""
    entries = entries_of(rows, columns)
    return Case(entries, "tep.csv", deployment or world(), TODAY, past)


def said(rule: Rule, rows: Iterable[Row], **more: object) -> list[Finding]:
    """What one rule says about the rows."""
    return list(rule(case_of(rows, **more)))  # type: ignore[arg-type]


def codes(rule: Rule, rows: Iterable[Row], **more: object) -> list[str]:
    """The codes of what it says, in alphabetical order."""
    return sorted(finding.code for finding in said(rule, rows, **more))


def quarters(
    first: int, values: Iterable[int | str | None]
) -> Iterator[tuple[str, int | str | None]]:
    """Values of one quarter after the other, from the first one of a year on."""
    for n, value in enumerate(values):
        yield f"{first + n // 4}-Q{n % 4 + 1}", value


def series(
    unit: str, quantity: str, values: Iterable[int | str | None], first: int = 2019
) -> list[Row]:
    """Quarters of one unit and quantity."""
    return [(unit, period, quantity, value) for period, value in quarters(first, values)]


def world_of(behaviours: dict[str, Behaviour], rules: Iterable[Sides] = ()) -> Deployment:
    """The small deployment with other quantities, which every kind of unit may report."""
    known = world()
    made = {name: quantity_of(name, behaviour) for name, behaviour in behaviours.items()}
    named = {rule.id: rule for rule in rules}
    catalogue = replace(known.catalogue, quantities=made, forms={}, indicators={}, rules=named)
    return replace(known, catalogue=catalogue)


def quantity_of(name: str, behaviour: Behaviour, **more: object) -> Quantity:
    """A whole number of people."""
    texts = {"name_vi": name, "name_en": name}
    texts |= {"unit_of_measure": "người", "unit_of_measure_en": "people"}
    whole = {"whole_number": True, "reported_by": ("centre",), **texts, **more}
    return Quantity(id=name, behaviour=behaviour, **whole)  # type: ignore[arg-type]
