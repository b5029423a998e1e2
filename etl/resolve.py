"""What the texts of a sheet mean: every distinct text is looked up once, and said once if unknown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from etl.cells import row_text
from etl.entries import SkippedRow
from etl.findings import Finding, Place
from etl.grid import Value
from etl.headings import heading_text
from etl.layout import Layout
from etl.marks import without_mark
from etl.match_headings import Column, HeadingMatcher
from etl.match_units import Match, matcher_for
from etl.measures import Measures
from etl.periods import read_day, read_days, read_year_and_month
from etl.rules.case import said
from indicators.catalogue import Form, Quantity
from indicators.deployment import Deployment
from indicators.period import Period, parse_period

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
    _unknown: dict[tuple[str, ...], Unknown] = field(default_factory=dict)
    _quantities: dict[str, str | None] = field(default_factory=dict)
    _units: dict[tuple[str, str, tuple[str, ...]], Match] = field(default_factory=dict)
    _areas: dict[str, str] = field(default_factory=dict)
    _measures: set[tuple[str, str]] = field(default_factory=set)
    _periods: dict[tuple[str, ...], Period | None] = field(default_factory=dict)
    with_figures: set[tuple[object, ...]] = field(default_factory=set)
    """Unknown units and the days for which they have a figure and not only "…"."""
    marked: list[str] = field(default_factory=list)  # names and figures with a footnote mark
    skipped: list[SkippedRow] = field(default_factory=list)

    def skip(self, code: str, line: int, column: int | None, row: list[Value]) -> None:
        """Say that a row is not read as figures, and why."""
        self.note(code, line, column, row_text(row))
        self.skipped.append(SkippedRow(line, code))

    def rounded(self, raw: float, line: int, column: int) -> None:
        """Say once for each column that computed figures were rounded."""
        self._unknown_once("number-rounded", line, column, (str(raw), str(column)))

    def labels(self) -> dict[tuple[str, str], str | None]:
        """Each distinct label of a row, under the role of its column, with what it was taken for."""
        units = {(str(Column.UNIT), text): m.unit for (text, _, _), m in self._units.items()}
        named = {(str(Column.QUANTITY), text): q for text, q in self._quantities.items()}
        times = {
            (str(Column.PERIOD), " ".join(texts)): found.code if found else None
            for texts, found in self._periods.items()
        }
        return {**units, **named, **times}

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
        told = (code, *(asked if code != "number-rounded" else asked[1:]))
        known = self._unknown.get(told)
        if known is None:
            finding = self._finding(code, line, column, asked[0], facts)
            known = self._unknown.setdefault(told, Unknown(finding))
        known.count += 1

    def quantity(self, text: str, line: int) -> str | None:
        """The quantity a cell of the quantity column names."""
        if text not in self._quantities:
            self._quantities[text] = self.headings.quantity(text)
        found = self._quantities[text]
        if found is None:
            near = "; ".join(self.headings.suggest(text))
            column = self.layout.quantity_column
            self._unknown_once("quantity-unknown", line, column, (text,), suggestions=near)
        return found

    def period(self, row: list[Value], line: int) -> str | None:
        """The period of a row: its cells, or what title and sender say where there is no column."""
        layout = self.layout
        if not layout.period_columns:
            return layout.period.code if layout.period else None
        texts = tuple(heading_text(row[column]) for column in layout.period_columns)
        if texts not in self._periods:
            self._periods[texts] = self.read_period(texts)
        found = self._periods[texts]
        said = " ".join(texts).strip()
        if found is None:
            code = "dates-reversed" if self._is_reversed(texts) else "period-unknown"
            self._unknown_once(code, line, layout.period_at, (said,))
            return None
        if layout.asked_period is not None and found != layout.asked_period:
            facts = {"chosen": layout.asked_period.code, "used": found.code}
            self._unknown_once("choice-differs", line, layout.period_at, (said,), **facts)
        return found.code

    def read_period(self, texts: tuple[str, ...]) -> Period | None:
        """The period of one cell, of year and month, or of first and last day."""
        if Column.FIRST_DAY in self.layout.roles and len(texts) == 2:
            return read_days(*texts)
        if len(texts) == 2:
            return read_year_and_month(*texts)
        return self.headings.period(texts[0])

    def _is_reversed(self, texts: tuple[str, ...]) -> bool:
        """Whether two days stand in the wrong order: the columns may be exchanged."""
        if len(texts) < 2:
            return False
        first, last = read_day(texts[0]), read_day(texts[1])
        return first is not None and last is not None and first > last

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
            self._units[asked] = self._match(text, parse_period(period).end, kinds, forms)
        match = self._units[asked]
        if match.unit is None and match.areas:
            return None  # the total of an area, or a name too short: told when all rows are known
        self._say(match, text, line, parse_period(period).end)
        return match.unit

    def _match(
        self, text: str, day: date, kinds: tuple[str, ...], forms: tuple[Form, ...]
    ) -> Match:
        """The unit that a text means, a footnote mark behind it left out (and said)."""
        matcher = matcher_for(self.deployment, day)
        bare = without_mark(text)
        match = matcher.match(text, kinds, forms)
        if bare != text and not (match.unit or match.areas):
            match = matcher.match(bare, kinds, forms)
        if bare != text and (match.unit or match.areas):
            self.marked.append(text)
        return match

    def areas(self, text: str, period: str) -> tuple[str, ...]:
        """The areas that a row label names, where it means no one unit."""
        found = [m.areas for (t, p, _), m in self._units.items() if (t, p) == (text, period)]
        return found[0] if found else ()

    def unit_unknown(self, text: str, line: int, period: str) -> None:
        """Say that a label is no unit after all."""
        matches = (m for (t, p, _), m in self._units.items() if (t, p) == (text, period))
        self._say(next(matches, Match(None)), text, line, parse_period(period).end)

    def _say(self, match: Match, text: str, line: int, day: date) -> None:
        column = self.layout.unit_column
        chosen = self.layout.asked_unit
        if match.unit is None:
            near = "; ".join(self.full_name(unit, day) for unit in match.candidates)
            facts = {"suggestions": near, "day": f"{day:%d/%m/%Y}"}
            self._unknown_once("unit-unknown", line, column, (text, str(day)), **facts)
        elif match.by_area:
            self._areas[text] = self.name(match.unit)
        if match.unit and chosen and match.unit != chosen:
            facts = {"chosen": self.name(chosen), "used": self.name(match.unit)}
            self._unknown_once("choice-differs", line, column, (text,), **facts)

    def _is_of_other_time(self, code: str, asked: Sequence[object]) -> bool:
        """Whether a unit that is unknown on a day is one of another day, and no figure is given."""
        if code != "unit-unknown" or tuple(asked) in self.with_figures:
            return False
        return any(text == asked[0] and match.unit for (text, *_), match in self._units.items())

    def name(self, unit: str) -> str:
        """The newest name of a unit."""
        return self.deployment.units.latest_names[unit].name

    def full_name(self, unit: str, day: date) -> str:
        """The name with the area it stands in: hospitals of two provinces share theirs."""
        tree = self.deployment.units.at(day)
        above = tree.units[unit].parent if unit in tree.units else None
        return f"{self.name(unit)} ({self.name(above)})" if above else self.name(unit)

    @cached_property
    def measures(self) -> Measures:
        """The words of units of measure of the deployment."""
        return Measures.of_catalogue(self.deployment.catalogue)

    def measure_of(self, column: int, quantity: Quantity) -> str | None:
        """The unit of measure that a column of figures is in by its heading or a line above it.

        None where neither states one that can be converted to the catalogue's.
        """
        heading = self.layout.columns.get(column)
        own = heading.measure.removeprefix("ĐVT").strip(" :") if heading else ""
        text = own or self.layout.measure_above or ""
        # Above the table stands a word for whatever it fits: not for each kind of person in it.
        find = self.measures.factor_of_column if own else self.measures.factor
        factor = find(text, quantity.unit_of_measure) if text else None
        if factor is None:
            return None
        self._say_measure(text, self.layout.first_row, column, quantity, factor)
        return text

    def measure(self, text: str, line: int, quantity: Quantity) -> str | None:
        """The unit of measure a row states; a reason is asked for where it cannot be converted."""
        factor = self._factor(text, quantity) if text else Decimal(1)
        self._say_measure(text, line, self.layout.measure_column, quantity, factor)
        return text if text and factor is not None else None

    def _factor(self, text: str, quantity: Quantity) -> Decimal | None:
        return self.measures.factor_of_column(text, quantity.unit_of_measure)

    def _say_measure(
        self, text: str, line: int, column: int | None, quantity: Quantity, factor: Decimal | None
    ) -> None:
        """Say once for each quantity that another unit of measure is stated than the catalogue's."""
        if factor == 1 or (text, quantity.id) in self._measures:
            return
        self._measures.add((text, quantity.id))
        facts = {"quantity": quantity.name_vi, "measure": quantity.unit_of_measure}
        if factor is None:
            self.note("measure-differs", line, column, text, **facts)
        else:
            self.note("measure-converted", line, column, text, factor=said(factor), **facts)

    def finish(self) -> list[Finding]:
        """Every finding, unknown texts with the number of their rows."""
        for (code, *asked), unknown in self._unknown.items():
            finding = unknown.finding
            facts = {**finding.facts, "count": str(unknown.count)}
            said = "unit-not-in-period" if self._is_of_other_time(code, asked) else code
            self.findings.append(Finding(said, finding.place, finding.got, facts))
        if self.marked:
            got = "; ".join(dict.fromkeys(self.marked))
            self.note("footnote-mark", 0, None, got, count=str(len(set(self.marked))))
        if self._areas:
            named = [f"{text} → {unit}" for text, unit in sorted(self._areas.items())]
            got = "; ".join(named[:AREAS_NAMED])
            self.note("unit-by-area", 0, None, got, count=str(len(named)))
        return sorted(self.findings, key=lambda f: (f.place.row or 0, f.place.column or 0))
