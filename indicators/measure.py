"""Measuring: sums over matched units, one division last, with coverage and bounds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from indicators.catalogue import Behaviour, Catalogue, Indicator, IndicatorKind
from indicators.period import Period
from indicators.roster import Role, Roster, parts_needed

CellKey = tuple[str, str, Role, str]  # quantity, reporting period, role, group


@dataclass(frozen=True)
class Cell:
    """The sum reported for one (quantity, reporting period, role, group) and who reported it.

    ``units`` is None when everybody expected did.
    """

    total: Decimal
    units: frozenset[str] | None = None
    estimated: bool = False


class Sums(dict[CellKey, Cell]):
    """The cells of one scope under one grouping, with the periods of each series at hand."""

    @cached_property
    def periods(self) -> dict[tuple[str, Role, str], list[str]]:
        """(quantity, role, group) to the reporting periods there are figures for, in order."""
        found: dict[tuple[str, Role, str], list[str]] = {}
        for quantity, period, role, group in sorted(self):
            found.setdefault((quantity, role, group), []).append(period)
        return found


NOBODY: frozenset[str] = frozenset()
NOTHING = Cell(Decimal(0), NOBODY)


class Status(StrEnum):
    """Whether there is a value, and if not, why."""

    VALUE = "value"
    NO_DATA = "no_data"  # expected, not there
    TOO_RARE = "too_rare"  # only known for a longer period (a yearly survey in a quarter)
    NOT_APPLICABLE = "not_applicable"  # nobody here reports it


@dataclass(frozen=True)
class Coverage:
    """Who of the expected units is in the value; ``share`` is by denominator, None if unknown."""

    expected: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    share: Fraction | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Units expected and not (fully) in the value, sorted."""
        return tuple(sorted(self.expected - self.reported))

    @property
    def is_complete(self) -> bool:
        """Whether every expected unit is in."""
        return self.expected <= self.reported


@dataclass(frozen=True)
class Bounds:
    """What the value could be once the missing have reported; None means without limit."""

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class Measure:
    """One indicator for one scope and period. ``value`` carries the factor and is never rounded."""

    indicator: str
    period: str
    status: Status
    value: Fraction | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    coverage: Coverage = field(default_factory=Coverage)
    bounds: Bounds | None = None
    missing_periods: tuple[str, ...] = ()
    estimated: bool = False
    role: Role = Role.PARTS


def divide(numerator: Decimal, denominator: Decimal, factor: int) -> Fraction | None:
    """factor x numerator / denominator, exactly; None over zero. The only division of sums."""
    return Fraction(numerator) * factor / Fraction(denominator) if denominator else None


def needed_parts(
    indicator: Indicator, period: Period, catalogue: Catalogue
) -> dict[str, tuple[Period, ...]] | None:
    """Quantity to the reporting periods that make up the value; None if one is too rare.

    A stock needs only the last of them (a count at a date), a flow needs all.
    """
    needed: dict[str, tuple[Period, ...]] = {}
    for quantity in indicator.quantities:
        parts = parts_needed(indicator, quantity, period, catalogue)
        if not parts:
            return None
        stock = catalogue.quantities[quantity].behaviour is Behaviour.STOCK
        needed[quantity] = parts[-1:] if stock else parts
    return needed


def measure(
    indicator: Indicator,
    period: Period,
    *,
    roster: Roster,
    cells: Sums,
    catalogue: Catalogue,
    group: str | None = None,
) -> Measure:
    """The indicator over the roster's scope, or over a single group of it."""
    needed = needed_parts(indicator, period, catalogue)
    if needed is None:
        return Measure(indicator.id, period.code, Status.TOO_RARE)
    keys = _Keys(indicator, needed, roster, cells, group)
    if not keys.applicable:
        return Measure(indicator.id, period.code, Status.NOT_APPLICABLE)
    entered = keys.entered
    top, bottom = (keys.total(side, entered) for side in (indicator.numerator, keys.lower))
    value = _value(indicator, top, bottom, keys)
    return Measure(
        indicator.id,
        period.code,
        Status.NO_DATA if value is None else Status.VALUE,
        value,
        top,
        bottom,
        keys.coverage(entered),
        _bounds(indicator, top, bottom, keys, entered),
        keys.missing_periods(),
        keys.estimated(entered),
        keys.role,
    )


def value_of(
    indicator: Indicator,
    period: Period,
    *,
    roster: Roster,
    cells: Sums,
    catalogue: Catalogue,
    group: str | None = None,
) -> Fraction | None:
    """Only the value of ``measure``, as a point of a series that carries no coverage.

    None also where the sums have a hole: a smaller sum would pass for a fall.
    """
    needed = needed_parts(indicator, period, catalogue)
    if needed is None:
        return None
    keys = _Keys(indicator, needed, roster, cells, group)
    if not keys.applicable or not keys.is_whole(keys.entered):
        return None
    top, bottom = (keys.total(side, keys.entered) for side in (indicator.numerator, keys.lower))
    return _value(indicator, top, bottom, keys)


def _value(
    indicator: Indicator, top: Decimal | None, bottom: Decimal | None, keys: "_Keys"
) -> Fraction | None:
    if top is None:
        return None
    if indicator.kind is IndicatorKind.RATIO:
        return None if bottom is None else divide(top, bottom, indicator.factor)
    if indicator.kind is IndicatorKind.REPORTED and keys.reporters > 1:
        return None  # a figure that exists only as such is never added up
    return Fraction(top) * indicator.factor


class _Keys:
    """The cells one measurement touches: chosen role, groups, what is expected and what is there."""

    def __init__(
        self,
        indicator: Indicator,
        needed: dict[str, tuple[Period, ...]],
        roster: Roster,
        cells: Sums,
        group: str | None,
    ) -> None:
        self.needed = {q: tuple(p.code for p in parts) for q, parts in needed.items()}
        self.upper, self.lower = indicator.numerator, indicator.denominator
        self.roster, self.cells, self.group = roster, cells, group
        self.roles = {quantity: self._role(quantity) for quantity in self.needed}
        self.applicable = bool(self.roles) and None not in self.roles.values()
        self.by_group = self._by_group()

    @property
    def role(self) -> Role:
        """The role of the first numerator: where the figures came from."""
        return self.roles[self.upper[0]] or Role.PARTS

    @property
    def reporters(self) -> int:
        """How many units are expected in all."""
        return len({u for keys in self.by_group.values() for k in keys for u in self._expected(k)})

    def _expected(self, key: CellKey) -> frozenset[str]:
        return self.roster.expected(*key)

    def _late(self, key: CellKey) -> frozenset[str]:
        """Units expected whose figure is not in the cell."""
        units = self.cells.get(key, NOTHING).units
        return frozenset() if units is None else self._expected(key) - units

    def _groups(self, quantity: str, period: str, role: Role) -> tuple[str, ...]:
        if self.group is None:
            return self.roster.groups(quantity, period, role)
        due = self.roster.expected(quantity, period, role, self.group)
        return (self.group,) if due else ()

    def _role(self, quantity: str) -> Role | None:
        """Parts if any reported; else a total; else details where no parts exist; else who is due."""
        due = {
            role: [(quantity, p, role, g) for p in periods for g in self._groups(quantity, p, role)]
            for role in Role
            for periods in [self.needed[quantity]]
        }
        for role in (Role.PARTS, Role.TOTAL):
            if any(key in self.cells for key in due[role]):
                return role
        if due[Role.DETAIL] and not due[Role.PARTS]:
            return Role.DETAIL
        return next((role for role in Role if due[role]), None)

    def _by_group(self) -> dict[str, list[CellKey]]:
        found: dict[str, list[CellKey]] = {}
        for quantity, role in self.roles.items():
            for period in self.needed[quantity] if role else ():
                for group in self._groups(quantity, period, role):  # type: ignore[arg-type]
                    found.setdefault(group, []).append((quantity, period, role, group))  # type: ignore[arg-type]
        return found

    def _is_there(self, key: CellKey) -> bool:
        return not self._late(key)

    def _has_both_sides(self, group: str) -> bool:
        quantities = {key[0] for key in self.by_group[group]}
        return bool(quantities & set(self.upper)) and bool(quantities & set(self.lower))

    @cached_property
    def entered(self) -> list[str]:
        """Groups whose figures go into the sums.

        A group that reports both sides enters only whole, so that both sums are over the same
        units; one that reports one side (a provincial hospital has beds and no population), or
        that is looked at by itself, brings what it has.
        """
        return [
            group
            for group, keys in self.by_group.items()
            if self.group is not None
            or not self._has_both_sides(group)
            or all(self._is_there(key) for key in keys)
        ]

    def total(self, quantities: Iterable[str], groups: Iterable[str]) -> Decimal | None:
        """Sum over the groups and periods; None when no unit reported any of it."""
        keys = [k for g in groups for k in self.by_group[g] if k[0] in set(quantities)]
        found = [
            self.cells[key] for key in keys if key in self.cells and self.cells[key].units != NOBODY
        ]
        return sum((cell.total for cell in found), Decimal(0)) if found else None

    def coverage(self, entered: list[str]) -> Coverage:
        """Units expected, and those all of whose figures are in the sums."""
        expected: set[str] = set()
        late: set[str] = set()
        for key in (key for keys in self.by_group.values() for key in keys):
            expected |= self._expected(key)
            late |= self._late(key)
        return Coverage(frozenset(expected), frozenset(expected - late), self._share(entered))

    def _share(self, entered: list[str]) -> Fraction | None:
        present = self.total(self.lower, entered)
        absent = self.absent_denominator
        if present is None or absent is None or present + absent == 0:
            return None
        return Fraction(present) / Fraction(present + absent)

    @cached_property
    def absent_denominator(self) -> Decimal | None:
        """The denominators of the groups left out, by their latest figure; None if unknown."""
        total = Decimal(0)
        for group in self.by_group.keys() - set(self.entered):
            for quantity, period, role, _ in self._lower_keys(group):
                known = self._last_known(quantity, period, role, group)
                if known is None:
                    return None
                total += known
        return total

    def _lower_keys(self, group: str) -> list[CellKey]:
        return [key for key in self.by_group[group] if key[0] in self.lower]

    def _last_known(self, quantity: str, period: str, role: Role, group: str) -> Decimal | None:
        """The newest sum up to the period to which everybody due had reported."""
        known = [
            self.cells[key].total
            for p in self.cells.periods.get((quantity, role, group), ())
            for key in [(quantity, p, role, group)]
            if p <= period and self._is_there(key)
        ]
        return known[-1] if known else None

    def missing_periods(self) -> tuple[str, ...]:
        """Reporting periods in which some expected figure is not there, sorted."""
        return tuple(
            sorted({k[1] for ks in self.by_group.values() for k in ks if not self._is_there(k)})
        )

    def estimated(self, entered: list[str]) -> bool:
        """Whether any figure in the sums is marked as an estimate (ước)."""
        return any(
            self.cells[key].estimated
            for group in entered
            for key in self.by_group[group]
            if key in self.cells
        )

    def is_whole(self, groups: Iterable[str]) -> bool:
        """Whether nothing is missing in these groups, so that their sums are final."""
        return all(self._is_there(key) for group in groups for key in self.by_group[group])

    def lower_is_whole(self, entered: list[str]) -> bool:
        """Whether every denominator of the groups that entered is there."""
        return all(self._is_there(key) for group in entered for key in self._lower_keys(group))


def _bounds(
    indicator: Indicator,
    top: Decimal | None,
    bottom: Decimal | None,
    keys: _Keys,
    entered: list[str],
) -> Bounds | None:
    """Lowest and highest value once the missing have reported 0 or everything (methods 3.11)."""
    if keys.is_whole(keys.by_group):
        return None
    if indicator.kind is not IndicatorKind.RATIO:
        return _bounds_of_sum(indicator, top)
    absent = keys.absent_denominator
    if absent is None or not keys.lower_is_whole(entered):
        return Bounds(indicator_floor(indicator), indicator_ceiling(indicator))
    whole = (bottom or Decimal(0)) + absent
    low = divide(top or Decimal(0), whole, indicator.factor)
    ceiling = indicator_ceiling(indicator)
    if ceiling is None or low is None or not keys.is_whole(entered):
        return Bounds(low, ceiling)
    most = divide((top or Decimal(0)) + absent, whole, indicator.factor) or ceiling
    return Bounds(low, max(low, min(ceiling, most)))


def _bounds_of_sum(indicator: Indicator, top: Decimal | None) -> Bounds | None:
    """A count can only grow by what is missing; of a single reported figure nothing is known."""
    if indicator.kind is IndicatorKind.REPORTED or top is None:
        return None
    return Bounds(Fraction(top) * indicator.factor, indicator_ceiling(indicator))


def indicator_floor(indicator: Indicator) -> Fraction | None:
    """The lowest value that is possible at all."""
    return None if indicator.minimum is None else Fraction(indicator.minimum)


def indicator_ceiling(indicator: Indicator) -> Fraction | None:
    """The highest value that is possible at all."""
    return None if indicator.maximum is None else Fraction(indicator.maximum)


def share_of_units(
    indicator: Indicator, period: Period, passed: Mapping[str, bool | None]
) -> Measure:
    """factor x units that meet the condition / units; None in ``passed`` means not known."""
    if not passed:
        return Measure(indicator.id, period.code, Status.NOT_APPLICABLE)
    known = {unit for unit, result in passed.items() if result is not None}
    good = Decimal(sum(result is True for result in passed.values()))
    total, unknown = Decimal(len(passed)), Decimal(len(passed) - len(known))
    coverage = Coverage(frozenset(passed), frozenset(known), Fraction(len(known), len(passed)))
    bounds = Bounds(
        divide(good, total, indicator.factor), divide(good + unknown, total, indicator.factor)
    )
    return Measure(
        indicator.id,
        period.code,
        Status.VALUE if known else Status.NO_DATA,
        divide(good, Decimal(len(known)), indicator.factor) if known else None,
        good if known else None,
        Decimal(len(known)) if known else None,
        coverage,
        bounds if unknown else None,
    )
