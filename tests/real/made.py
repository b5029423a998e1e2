"""A deployment made in memory for one real file: its units, its quantities, its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.entries import Entries, Hints, Recognised
from etl.findings import Severity, severity_of
from etl.grid import Reading
from etl.read import read
from etl.recognise import recognise
from indicators.catalogue import Behaviour, Catalogue, Form, Quantity, UnitKind
from indicators.deployment import Deployment, Settings
from indicators.period import PeriodKind, parse_period
from indicators.units import NameRow, ParentRow, Relation, UnitRegistry
from indicators.wording import Wording
from indicators.working_days import WorkingDays

ROOT, AREA, UNIT, FORM = "root", "area", "unit", "form"
SOURCE = "tests"
Cell = tuple[str, str, str, str]


def quantity(
    name: str, *headings: str, at_most: str | None = None, whole: bool = False
) -> Quantity:
    """A quantity called by an id, with the headings that the file writes over it."""
    texts = (name, name, name, "-", "-")
    return Quantity(*texts, Behaviour.FLOW, whole, (UNIT,), at_most=at_most, headings=headings)


def made(
    root: str,
    units: Mapping[str, str],
    quantities: Iterable[Quantity],
    frequency: PeriodKind,
    wording: Wording,
) -> Deployment:
    """Units (id to name) that stand in one area and report all of the quantities."""
    known = {q.id: q for q in quantities}
    form = Form(
        id=FORM, name_vi=FORM, name_en=FORM, kinds=(UNIT,), frequency=frequency,
        quantities=tuple(known), due_source=SOURCE,
    )  # fmt: skip
    kinds = {AREA: UnitKind(AREA, AREA, AREA, 1, True), UNIT: UnitKind(UNIT, UNIT, UNIT, 2)}
    names = [NameRow(ROOT, AREA, root, root, SOURCE)]
    names += [NameRow(unit, UNIT, name, name, SOURCE) for unit, name in units.items()]
    parents = [ParentRow(unit, Relation.ADMINISTRATIVE, ROOT, SOURCE) for unit in units]
    return Deployment(
        Settings(root, root, "-", "2020", 5),
        Catalogue(kinds, {}, known, {FORM: form}, {}, {}, WorkingDays()),
        {},
        UnitRegistry(tuple(names), (), tuple(parents), areas=frozenset({AREA})),
        wording,
    )


@dataclass(frozen=True)
class Read:
    """A real file as read, and as recognised in a deployment."""

    reading: Reading
    found: Recognised

    @property
    def codes(self) -> list[str]:
        """The codes of all findings."""
        return [f.code for f in (*self.reading.findings, *self.found.findings)]

    @property
    def refusing(self) -> set[str]:
        """The codes of those that stop the file."""
        findings = (*self.reading.findings, *self.found.findings)
        return {f.code for f in findings if severity_of(f) is Severity.BLOCKS}


def read_real(path: Path, deployment: Deployment, period: str | None = None) -> Read:
    """Read and recognise a file, with the period that the sender chose."""
    reading = read(path.name, path.read_bytes())
    hints = Hints(date(2026, 1, 1), parse_period(period) if period else None)
    return Read(reading, recognise(reading.sheets, path.name, deployment, hints))


def cells(entries: Entries) -> dict[tuple[str, str, str], str]:
    """(unit, period, quantity) to value as text, an absence by its name."""
    rows = zip(entries.unit, entries.period, entries.quantity, entries.figure, strict=True)
    return {(u, p, q): str(f.absence or f.value) for u, p, q, f in rows}
