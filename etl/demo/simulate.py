"""The figures of every form that is simulated: from the story's functions or from a table of rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from etl.demo import story
from etl.demo.figures import quarter_number, staff
from etl.demo.forms import CONTENT
from etl.demo.marks import Enough, Flag, Rise, Score
from etl.demo.rules import Ask, Cell, Column, Counts, Named, Rule, Share, Size, Total
from indicators.catalogue import Behaviour, Form
from indicators.deployment import Deployment
from indicators.period import Period, PeriodKind
from indicators.reporting import form_reporters
from indicators.units import Unit

TABLES = (
    "hospitals.toml",
    "hospital_tasks.toml",
    "health_centres.toml",
    "nhu_thanh.toml",
    "provincial.toml",
)
KINDS: dict[str, type[Rule]] = {
    "named": Named,
    "size": Size,
    "share": Share,
    "total": Total,
    "flag": Flag,
    "score": Score,
    "rise": Rise,
    "enough": Enough,
}
Sent = dict[str, dict[str, Cell]]  # unit to quantity to what its form says


@cache
def rules() -> dict[str, dict[str, Rule]]:
    """The tables beside this file: form to quantity to how its figures come about."""
    found: dict[str, dict[str, Rule]] = {}
    for name in TABLES:
        text = Path(__file__).with_name(name).read_text("utf-8")
        for form, table in tomllib.loads(text, parse_float=Decimal).items():
            found[form] = {quantity: _rule(**said) for quantity, said in table.items()}
    return found


def _rule(how: str, **said: object) -> Rule:
    return KINDS[how](**said)


def periods_told(frequency: PeriodKind) -> list[Period]:
    """The periods of the story, oldest first."""
    years = [Period(year, PeriodKind.YEAR) for year in story.YEARS]
    return [part for year in years for part in year.parts(frequency)]


@dataclass(frozen=True)
class Province:
    """All that units of the simulated province report; worked out when first asked."""

    deployment: Deployment
    _known: dict[tuple[str, Period], Sent] = field(default_factory=dict)
    _columns: dict[tuple[str, str, Period], Column] = field(default_factory=dict)
    _owing: dict[tuple[str, Period], tuple[Unit, ...]] = field(default_factory=dict)

    def sent(self, form: Form, period: Period) -> Sent:
        """What every unit that owes the form says for the period, quantity by quantity."""
        key = (form.id, period)
        if key not in self._known:
            self._known[key] = self._told(form, period) or self._by_rule(form, period)
        return self._known[key]

    def _told(self, form: Form, period: Period) -> Sent:
        content = CONTENT.get(form.id)
        if content is None:
            return {}
        told = content(period, self.deployment.units.at(period.end))
        return {unit: dict(values) for unit, values in told.items()}

    def _by_rule(self, form: Form, period: Period) -> Sent:
        columns = {q: self._column(form, q, period) for q in form.quantities}
        return {
            unit.id: {q: columns[q][unit.id] for q in form.quantities}
            for unit in self._reporters(form, period)
        }

    def _reporters(self, form: Form, period: Period) -> tuple[Unit, ...]:
        key = (form.id, period)
        if key not in self._owing:
            tree = self.deployment.units.at(period.end)
            owing = form_reporters(form, period, tree, tree.within(story.PROVINCE))
            self._owing[key] = tuple(tree.units[unit] for unit in sorted(owing))
        return self._owing[key]

    def _column(self, form: Form, quantity: str, period: Period) -> Column:
        key = (form.id, quantity, period)
        if key not in self._columns:
            self._columns[key] = rules()[form.id][quantity].column(
                self._ask(form, quantity, period)
            )
        return self._columns[key]

    def _ask(self, form: Form, quantity: str, period: Period) -> Ask:
        told = periods_told(form.frequency)
        turn, units = told.index(period), self._reporters(form, period)
        flows = self.deployment.catalogue.quantities[quantity].behaviour is Behaviour.FLOW
        before = told[turn - 1] if flows and period.number > 1 else None
        return Ask(
            quantity=quantity,
            code=period.code,
            turn=turn,
            year=period.year - story.YEARS[0],
            units=units,
            base=lambda name: self._base(name, form, period, units),
            before=self._ask(form, quantity, before) if before else None,
        )

    def _base(self, name: str, form: Form, period: Period, units: tuple[Unit, ...]) -> Counts:
        """What a rule measures by: one for each unit, its people, stations, beds, or a column."""
        if name == "each":
            return {unit.id: 1 for unit in units}
        if name == "people":  # of the area, in the year before the story
            return {unit.id: 1000 * story.AREAS[unit.parent or ""][0] for unit in units}
        if name == "communes":
            return {unit.id: self._communes(unit, period) for unit in units}
        if name in form.quantities:
            return _whole(self._column(form, name, period))
        return self._elsewhere(name, period, units)

    def _communes(self, unit: Unit, period: Period) -> int:
        tree = self.deployment.units.at(period.end)
        return sum(tree.units[c].kind == "commune" for c in tree.children[unit.parent or ""])

    def _elsewhere(self, quantity: str, period: Period, units: tuple[Unit, ...]) -> Counts:
        """A column of another form of the same units, at the end of the period."""
        if quantity == "beds":
            beds = staff(quarter_number(period))[0]
            return {unit.id: beds[unit.id] for unit in units}
        tree = self.deployment.units.at(period.end)
        found: Column = {}
        for unit in units:
            form = self.deployment.catalogue.form_of(unit.kind, quantity, tree.path(unit.id))
            if form is None:
                raise AssertionError(f"{unit.id} does not report {quantity}")
            last = period.parts(form.frequency)[-1]
            found[unit.id] = self.sent(form, last)[unit.id][quantity]
        return _whole(found)


def _whole(column: Mapping[str, Cell]) -> Counts:
    return {unit: int(cell) for unit, cell in column.items() if isinstance(cell, Decimal)}
