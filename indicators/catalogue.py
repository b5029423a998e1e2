"""The catalogue: what units report (quantities, forms) and what is computed from it (indicators)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from indicators.period import PeriodKind
from indicators.regimes import Regime, Schedule
from indicators.rules import Measure, Rule, RuleKind
from indicators.working_days import WorkingDays


class Behaviour(StrEnum):
    """How a quantity combines over time."""

    STOCK = "stock"  # a count at a date: take the last, never add
    FLOW = "flow"  # an amount in a window: add


class Polarity(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class IndicatorKind(StrEnum):
    """How an indicator is computed."""

    RATIO = "ratio"  # factor x sum of numerators / sum of denominators
    COUNT = "count"  # sum of the numerators
    SHARE_OF_UNITS = "share_of_units"  # units that meet a condition / units, x factor
    REPORTED = "reported"  # a figure that exists only as such: never added up


class Window(StrEnum):
    """Over which time an indicator looks."""

    PERIOD = "period"  # the period asked for
    YEAR_TO_DATE = "year_to_date"  # from 1 January to its end (lũy kế)


class Matching(StrEnum):
    """Within what numerator and denominator must both be present."""

    UNIT = "unit"  # the same unit reports both
    AREA = "area"  # different units of one area report them (beds: hospital; people: health centre)


class Chance(StrEnum):
    """What chance means for an indicator: of what its count could by luck have been another."""

    NONE = "none"  # a full count (beds, doctors, people with a card): nothing was drawn
    PROPORTION = "proportion"  # some of the counted (underweight among the weighed)
    ODDS = "odds"  # two halves of one whole set against each other (boys per 100 girls)
    RATE = "rate"  # events among so many (deaths per live births)


class SourceKind(StrEnum):
    """Where the figure comes from; the two are never compared with each other."""

    ADMINISTRATIVE = "administrative"
    SURVEY = "survey"


@dataclass(frozen=True)
class UnitKind:
    """A kind of unit: ``order`` sorts lists; an ``area`` holds others and reports nothing itself."""

    id: str
    name_vi: str
    name_en: str
    order: int
    area: bool = False
    plural_vi: str | None = None
    plural_en: str | None = None

    def plural(self, language: str = "vi") -> str:
        """Several of them, in a sentence: "xã, phường, thị trấn", "communes"."""
        if language == "vi":
            return self.plural_vi or self.name_vi
        return self.plural_en or self.name_en.lower()


@dataclass(frozen=True)
class Field:
    """A group of indicators (*nhóm chỉ tiêu*), in the order of the screen."""

    id: str
    name_vi: str
    name_en: str
    order: int


@dataclass(frozen=True)
class Quantity:
    """Something a unit reports (*số liệu gốc*).

    ``reported_by``: kinds of unit whose figures add up to the whole. ``total_by``: kinds that
    report the total of the area they stand in. ``detail_by``: kinds whose figures are a finer
    part of the same thing and are never added to the rest.
    """

    id: str
    name_vi: str
    name_en: str
    unit_of_measure: str
    unit_of_measure_en: str
    behaviour: Behaviour
    whole_number: bool
    reported_by: tuple[str, ...]
    total_by: tuple[str, ...] = ()
    detail_by: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    plausible: tuple[Decimal, Decimal] | None = None  # outside: questioned, never refused
    at_most: str | None = None  # a quantity that this one should not exceed
    headings: tuple[str, ...] = ()
    note: str | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of unit that reports it."""
        return self.reported_by + self.total_by + self.detail_by


@dataclass(frozen=True)
class Form(Schedule):
    """A report form (*biểu mẫu*): which kinds of unit fill it, how often, with which quantities."""

    id: str
    name_vi: str
    name_en: str
    kinds: tuple[str, ...]
    frequency: PeriodKind
    quantities: tuple[str, ...]
    due_source: str
    within: tuple[str, ...] = ()  # only units below these areas fill it; empty: all of the kinds
    asked_from: date | None = None  # nobody owes it for periods that end before, or after
    asked_to: date | None = None

    def is_asked(self, day: date) -> bool:
        """Whether it is owed for a period that ends on ``day``; sent it may be for any."""
        begun = self.asked_from is None or self.asked_from <= day
        return begun and (self.asked_to is None or day <= self.asked_to)

    def covers(self, path: tuple[str, ...]) -> bool:
        """Whether a unit that stands there (from the root down) fills it."""
        return not self.within or bool(set(self.within) & set(path))


@dataclass(frozen=True)
class Condition:
    """What a unit must meet to be counted by a share-of-units indicator."""

    indicator: str
    comparator: str
    value: Decimal


@dataclass(frozen=True)
class Break:
    """From this day on the definition is another: values before and after do not compare."""

    day: date
    reason_vi: str
    reason_en: str


@dataclass(frozen=True)
class Indicator:
    """A definition (*chỉ tiêu*). ``factor`` is applied once, at the end; values are never stored."""

    id: str
    name_vi: str
    short_vi: str
    name_en: str
    field: str
    kind: IndicatorKind
    unit_of_measure: str
    unit_of_measure_en: str
    decimals: int
    polarity: Polarity
    definition_vi: str
    definition_en: str
    legal_basis: str
    version: int
    source_kind: SourceKind
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    factor: int = 1
    matched_by: Matching = Matching.UNIT
    window: Window = Window.PERIOD
    counted: str | None = None  # kind of unit a share-of-units indicator counts
    condition: Condition | None = None
    minimum: Decimal | None = None  # hard bounds of the value
    maximum: Decimal | None = None
    plausible: tuple[Decimal, Decimal] | None = None  # outside: questioned, never refused
    gap_unit: str | None = None  # in what a gap is counted: giường, bác sĩ, người
    gap_unit_en: tuple[str, str] | None = None  # one of them and several: bed, beds
    chance: Chance = Chance.NONE  # whether intervals, funnels and trend tests mean anything
    enough: int | None = None  # smallest number of counted on which a unit is judged
    breaks: tuple[Break, ...] = ()
    valid_from: date | None = None
    note: str | None = None

    def gap_word(self, count: int | None = None, language: str = "vi") -> str:
        """In what a gap of ``count`` is counted, of any number for None; "" where in nothing."""
        if language == "vi" or self.gap_unit_en is None:
            return self.gap_unit or ""
        one, many = self.gap_unit_en
        return one if count is not None and abs(count) == 1 else many

    @property
    def quantities(self) -> tuple[str, ...]:
        """Everything it is computed from."""
        return self.numerator + self.denominator


@dataclass(frozen=True)
class Catalogue:
    """All definitions of a deployment, by id; and the calendar that its deadlines follow."""

    kinds: dict[str, UnitKind]
    fields: dict[str, Field]
    quantities: dict[str, Quantity]
    forms: dict[str, Form]
    indicators: dict[str, Indicator]
    regimes: dict[str, Regime]
    working_days: WorkingDays
    rules: dict[str, Rule] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules of ``rules.toml`` and one for every ``at_most`` of a quantity."""
        limits = [(q.id, q.at_most) for q in self.quantities.values() if q.at_most]
        short = (Rule(f"at_most.{q}", RuleKind.AT_MOST, (q,), (most,)) for q, most in limits)
        return (*short, *self.rules.values())

    def forms_of(self, kind: str, quantity: str) -> tuple[Form, ...]:
        """The forms on which units of ``kind`` report ``quantity``: each for areas of its own."""
        return tuple(form for form in self.forms_with(quantity) if kind in form.kinds)

    def form_of(self, kind: str, quantity: str, path: tuple[str, ...]) -> Form | None:
        """The form on which a unit of ``kind`` that stands there reports ``quantity``, or None."""
        return next((f for f in self.forms_of(kind, quantity) if f.covers(path)), None)

    def forms_with(self, quantity: str) -> tuple[Form, ...]:
        """Every form on which a quantity is reported."""
        return self._by_quantity.get(quantity, ())

    @cached_property
    def _by_quantity(self) -> dict[str, tuple[Form, ...]]:
        found: dict[str, list[Form]] = {}
        for form in self.forms.values():
            for quantity in form.quantities:
                found.setdefault(quantity, []).append(form)
        return {quantity: tuple(forms) for quantity, forms in found.items()}

    def frequency_of(self, quantity: str) -> PeriodKind:
        """How often a quantity is reported (one frequency for each, checked at load)."""
        return self._by_quantity[quantity][0].frequency
