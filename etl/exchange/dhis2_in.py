"""A DHIS2 dataValueSet, from CSV or JSON, as figures: codes looked up, numbers as machines write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from etl.cells import text_at
from etl.entries import Entries, Recognised
from etl.findings import Finding, Place
from etl.grid import Sheet
from etl.numbers import Absence, Figure, Unreadable, checked
from etl.read_json import HEADINGS
from indicators.deployment import Deployment
from indicators.dhis2 import UID, period_from, plain
from indicators.period import Period
from indicators.units import CodeRow, is_valid

NEEDED = ("dataelement", "period", "orgunit", "value")
OTHER_NAMES = {"timestamp": "lastupdated", "catoptcombo": "categoryoptioncombo"}
# What our own export writes into the comment, and what it means when it comes back.
NIL, ESTIMATE, SIMULATED = "-", "ước", "mô phỏng"
YES = frozenset({"true", "1"})
REASONS = {"too_precise": "number-too-precise", "too_large": "number-too-large"}


@dataclass(frozen=True)
class Columns:
    """Where each property stands in a row (from 0), and the first row of values."""

    at: dict[str, int]
    first: int


def columns_of(sheets: Sequence[Sheet]) -> Columns | None:
    """The columns of a file of DHIS2; None for any other file.

    Without headings the order is DHIS2's own, and the first row must look like a value.
    """
    rows = sheets[0].rows if len(sheets) == 1 else []
    if not rows:
        return None
    names = [bare(text_at(rows[0], at)).lower() for at in range(len(rows[0]))]
    at = {OTHER_NAMES.get(name, name): number for number, name in enumerate(names) if name}
    if all(name in at for name in NEEDED):
        return Columns(at, 1)
    is_value = len(names) >= 6 and all(UID.fullmatch(text_at(rows[0], at)) for at in (0, 2))
    if is_value and _period(text_at(rows[0], 1)) is not None:
        return Columns({name.lower(): number for number, name in enumerate(HEADINGS)}, 0)
    return None


def recognise_dhis2(
    sheet: Sheet, columns: Columns, file: str, deployment: Deployment
) -> Recognised:
    """The figures of a dataValueSet; every unknown code once, with the row it first stands in."""
    reader = Reader(sheet, columns, file, deployment)
    for number in range(columns.first, len(sheet.rows)):
        if any(text_at(sheet.rows[number], at) for at in range(len(sheet.rows[number]))):
            reader.take(number)
    return Recognised(reader.entries, [*reader.findings, *reader.repeated()])


@dataclass
class Reader:
    """One dataValueSet being read."""

    sheet: Sheet
    columns: Columns
    file: str
    deployment: Deployment
    entries: Entries = field(default_factory=Entries)
    findings: list[Finding] = field(default_factory=list)
    seen: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # code, got: rows
    _units: dict[tuple[str, date], str | None] = field(default_factory=dict)

    def take(self, number: int) -> None:
        """One row: a figure, or what is wrong with it."""
        element, combo = self.text(number, "dataelement"), self.text(number, "categoryoptioncombo")
        if element in self.deployment.dhis2.ignored:
            return self.note("dhis2-element-ignored", element, number)
        quantity = self.quantity(element, plain(combo))
        period = _period(self.text(number, "period"))
        code = self.text(number, "orgunit")
        unit = None if period is None else self.unit(code, period.end)
        if quantity is None:
            self.note("dhis2-element-unknown", " · ".join(filter(None, (element, combo))), number)
        if period is None:
            self.note("dhis2-period-unknown", self.text(number, "period"), number)
        elif unit is None:
            self.note("dhis2-unit-unknown", code, number)
        self.look_at_attribute(number)
        figure = self.figure(number)
        if figure is not None and quantity and period and unit:
            self.keep(number, (unit, period.code, quantity), figure)

    def keep(self, number: int, key: tuple[str, str, str], figure: Figure) -> None:
        """One figure with the cell it comes from."""
        entries = self.entries
        for column, part in zip((entries.unit, entries.period, entries.quantity), key, strict=True):
            column.append(part)
        entries.figure.append(figure)
        entries.sheet.append(self.sheet.name)
        entries.row.append(self.sheet.lines[number])
        entries.column.append(self.columns.at["value"] + 1)
        entries.raw.append(self.text(number, "value"))

    def text(self, number: int, name: str) -> str:
        """What a row says under a heading; "" where it says nothing."""
        at = self.columns.at.get(name)
        return "" if at is None else bare(text_at(self.sheet.rows[number], at))

    def note(self, code: str, got: str, number: int) -> None:
        """Remember where a thing was met; it is said once."""
        self.seen.setdefault((code, got), []).append(self.sheet.lines[number])

    def repeated(self) -> Iterator[Finding]:
        """What was noted, with how often."""
        for (code, got), rows in self.seen.items():
            place = Place(self.file, self.sheet.name, rows[0])
            yield Finding(code, place, got, {"count": str(len(rows))})

    def quantity(self, element: str, combo: str) -> str | None:
        """The quantity of a data element: by the mapping, else our own id."""
        mapping = self.deployment.dhis2
        if mapping.elements:
            return mapping.quantity_of.get((element, combo))
        return element if element in self.deployment.catalogue.quantities and not combo else None

    def unit(self, code: str, day: date) -> str | None:
        """The unit that has this code at the end of the period."""
        if (code, day) not in self._units:
            self._units[code, day] = unit_of(code, day, self.deployment)
        return self._units[code, day]

    def look_at_attribute(self, number: int) -> None:
        """Values of another attribute (a project, a donor) are not those of the department."""
        found = plain(self.text(number, "attributeoptioncombo"))
        if found and found != plain(self.deployment.dhis2.attribute):
            self.note("dhis2-attribute-unknown", found, number)

    def figure(self, number: int) -> Figure | None:
        """What a row states; None, and said, where it states nothing that can be used."""
        raw, said = self.text(number, "value"), marks(self.text(number, "comment"))
        if SIMULATED in said:
            self.note("dhis2-simulated", "", number)
        if self.text(number, "deleted").lower() in YES:
            self.note("dhis2-deleted", "", number)
            return Figure(None, Absence.NOT_AVAILABLE)
        if not raw:
            self.note("dhis2-value-missing", "", number)
            return None
        return self.number(raw, said, number)

    def number(self, raw: str, said: frozenset[str], number: int) -> Figure | None:
        """A number with a decimal point, as DHIS2 has them: 12.345 is not twelve thousand."""
        try:
            found = checked(Decimal(raw)) if raw.isascii() else Unreadable("not_a_number")
        except InvalidOperation:
            found = Unreadable("not_a_number")
        if isinstance(found, Figure):
            is_nil = NIL in said and not found.value
            absence = Absence.NIL if is_nil else None
            return Figure(None if is_nil else found.value, absence, ESTIMATE in said)
        column = self.columns.at["value"] + 1
        place = Place(self.file, self.sheet.name, self.sheet.lines[number], column)
        code = REASONS.get(found.reason, "dhis2-value-unreadable")
        self.findings.append(Finding(code, place, raw))
        return None


def marks(comment: str) -> frozenset[str]:
    """The words of a comment, apart."""
    return frozenset(part.strip() for part in comment.split(";"))


def bare(text: str) -> str:
    """A cell without the blanks and quotes that stay where a file has blanks behind its commas."""
    return text.strip().strip('"')


def _period(text: str) -> Period | None:
    try:
        return period_from(text)
    except ValueError:
        return None


def unit_of(code: str, day: date, deployment: Deployment) -> str | None:
    """The unit with a code of DHIS2 on a day; without a coding system the code is our own id."""
    system = deployment.dhis2.unit_system
    if system is None:
        return code if code in deployment.units.ids else None
    rows = (row for row in deployment.units.codes if is_code(row, system, day))
    return next((row.unit for row in rows if row.code == code), None)


def is_code(row: CodeRow, system: str, day: date) -> bool:
    """Whether a row is a code of the system that holds on the day."""
    return row.system == system and is_valid(row, day)
