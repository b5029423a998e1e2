"""What the texts of a sheet mean: every distinct text is looked up once, and said once if unknown."""

from dataclasses import dataclass, field
from datetime import date

from etl.findings import Finding, Place
from etl.layout import Layout
from etl.match_headings import HeadingMatcher
from etl.match_units import Match, matcher_for
from etl.normalise import key
from etl.periods import read_period
from indicators.catalogue import Form
from indicators.deployment import Deployment
from indicators.period import parse_period

AREAS_NAMED = 5


@dataclass
class Unknown:
    """A text that could not be told: where it stands first, and in how many rows."""

    finding: Finding
    count: int = 0


@dataclass
class Resolver:
    """Texts of one sheet to unit, period and quantity, with a finding for each unknown text."""

    sheet: str | None
    file: str
    layout: Layout
    deployment: Deployment
    headings: HeadingMatcher
    findings: list[Finding] = field(default_factory=list)
    _unknown: dict[tuple[object, ...], Unknown] = field(default_factory=dict)
    _quantities: dict[str, str | None] = field(default_factory=dict)
    _units: dict[tuple[str, str, tuple[str, ...]], Match] = field(default_factory=dict)
    _areas: dict[str, str] = field(default_factory=dict)
    _measures: set[tuple[str, str]] = field(default_factory=set)

    def note(self, code: str, line: int, column: int | None, got: object, **facts: str) -> None:
        """Say something about a cell (columns from 0), a row or the sheet."""
        self.findings.append(self._finding(code, line, column, got, facts))

    def _finding(
        self, code: str, line: int, column: int | None, got: object, facts: dict[str, str]
    ) -> Finding:
        heading = self.layout.headings.get(column) if column is not None else None
        number = None if column is None else column + 1
        place = Place(self.file, self.sheet, line or None, number, heading)
        return Finding(code, place, str(got), facts)

    def _unknown_once(
        self, code: str, line: int, column: int | None, asked: tuple[str, ...], **facts: str
    ) -> None:
        """Note an unknown text at its first row; later rows are counted."""
        known = self._unknown.get((code, *asked))
        if known is None:
            finding = self._finding(code, line, column, asked[0], facts)
            known = self._unknown.setdefault((code, *asked), Unknown(finding))
        known.count += 1

    def quantity(self, text: str, line: int) -> str | None:
        """The quantity a cell of the quantity column names."""
        if text not in self._quantities:
            self._quantities[text] = self.headings.quantity(text)
        found = self._quantities[text]
        if found is None:
            near = "; ".join(self.headings.suggest(text)) or "…"
            column = self.layout.quantity_column
            self._unknown_once("quantity-unknown", line, column, (text,), suggestions=near)
        return found

    def period(self, text: str, line: int) -> str | None:
        """The period of a row: its cell, or what title and sender say where there is no column."""
        layout = self.layout
        if layout.period_column is None:
            return layout.period.code if layout.period else None
        found = read_period(text)
        if found is None:
            self._unknown_once("period-unknown", line, layout.period_column, (text,))
            return None
        if layout.asked_period is not None and found != layout.asked_period:
            facts = {"chosen": layout.asked_period.code, "used": found.code}
            self._unknown_once("choice-differs", line, layout.period_column, (text,), **facts)
        return found.code

    def unit(
        self,
        text: str,
        line: int,
        kinds: tuple[str, ...],
        period: str,
        forms: tuple[Form, ...] = (),
    ) -> str | None:
        """The unit of a row in a period, among those that fill the forms of the quantity."""
        layout = self.layout
        if layout.unit_column is None:
            return layout.unit
        asked = (text, period, (*kinds, *(form.id for form in forms)))
        if asked not in self._units:
            day = parse_period(period).end
            self._units[asked] = matcher_for(self.deployment, day).match(text, kinds, forms)
        match = self._units[asked]
        self._say(match, text, line, parse_period(period).end)
        return match.unit

    def _say(self, match: Match, text: str, line: int, day: date) -> None:
        column = self.layout.unit_column
        chosen = self.layout.asked_unit
        if match.unit is None:
            near = "; ".join(self.full_name(unit, day) for unit in match.candidates) or "…"
            facts = {"suggestions": near, "day": f"{day:%d/%m/%Y}"}
            self._unknown_once("unit-unknown", line, column, (text, str(day)), **facts)
        elif match.by_area:
            self._areas[text] = self.name(match.unit)
        if match.unit and chosen and match.unit != chosen:
            facts = {"chosen": self.name(chosen), "used": self.name(match.unit)}
            self._unknown_once("choice-differs", line, column, (text,), **facts)

    def name(self, unit: str) -> str:
        """The newest name of a unit."""
        return self.deployment.units.latest_names[unit].name

    def full_name(self, unit: str, day: date) -> str:
        """The name with the area it stands in: hospitals of two provinces share theirs."""
        tree = self.deployment.units.at(day)
        above = tree.units[unit].parent if unit in tree.units else None
        return f"{self.name(unit)} ({self.name(above)})" if above else self.name(unit)

    def measure(self, text: str, line: int, quantity: str) -> None:
        """Ask for a reason where a row states another unit of measure than the catalogue."""
        if (text, quantity) in self._measures or not text:
            return
        self._measures.add((text, quantity))
        spec = self.deployment.catalogue.quantities[quantity]
        if key(text) != key(spec.unit_of_measure):
            facts = {"quantity": spec.name_vi, "measure": spec.unit_of_measure}
            self.note("measure-differs", line, self.layout.measure_column, text, **facts)

    def finish(self) -> list[Finding]:
        """Every finding, unknown texts with the number of their rows."""
        for unknown in self._unknown.values():
            finding = unknown.finding
            facts = {**finding.facts, "count": str(unknown.count)}
            self.findings.append(Finding(finding.code, finding.place, finding.got, facts))
        if self._areas:
            named = [f"{text} → {unit}" for text, unit in sorted(self._areas.items())]
            got = "; ".join(named[:AREAS_NAMED])
            self.note("unit-by-area", 0, None, got, count=str(len(named)))
        return sorted(self.findings, key=lambda f: (f.place.row or 0, f.place.column or 0))
