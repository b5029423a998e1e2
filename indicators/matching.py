"""Matching: which reported sums belong together, who is in them and who is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain

from indicators.catalogue import Indicator
from indicators.period import Period
from indicators.roster import NOBODY, Due, Role, Roster

ColumnKey = tuple[str, str, Role]  # quantity, reporting period, role
ZERO = Decimal(0)


@dataclass(frozen=True)
class Reported:
    """What was reported of one quantity for one period in one role, by group.

    ``who``: the units in the sum, only where not everybody expected is. A dictionary a column and
    no object a cell: a province's ten years have a hundred thousand cells.
    """

    totals: dict[str, Decimal] = field(default_factory=dict)
    who: dict[str, frozenset[str]] = field(default_factory=dict)
    estimated: frozenset[str] = NOBODY


NOTHING = Reported()


class Column:
    """One quantity in one reporting period and role, over the groups in which it is due."""

    def __init__(self, reported: Reported, due: Due) -> None:
        self.due, self.reported = due, reported

    @cached_property
    def there(self) -> frozenset[str]:
        """Groups due of which there is a figure."""
        return frozenset(self.due.keys() & self.reported.totals.keys())

    @cached_property
    def late(self) -> Due:
        """Groups in which somebody due is not in the sum, with who."""
        found = {group: self.due[group] for group in self.due.keys() - self.there}
        for group in self.there & self.reported.who.keys():
            if late := self.due[group] - self.reported.who[group]:
                found[group] = late
        return found

    @cached_property
    def expected(self) -> frozenset[str]:
        """Everybody due."""
        return NOBODY.union(*self.due.values())

    @cached_property
    def said(self) -> frozenset[str]:
        """Groups of which anybody reported anything."""
        return self.there - {group for group, who in self.reported.who.items() if not who}

    @cached_property
    def estimated(self) -> frozenset[str]:
        """Groups with an estimate (ước) in the sum."""
        return self.there & self.reported.estimated

    @cached_property
    def whole_total(self) -> Decimal:
        """The sum over all groups."""
        return self._sum(self.said)

    def total(self, without: frozenset[str]) -> Decimal | None:
        """The sum over the groups but some; None where nobody reported in the others."""
        if self.said <= without:
            return None
        return self.whole_total - self._sum(self.said & without)

    def _sum(self, groups: Iterable[str]) -> Decimal:
        return sum(map(self.reported.totals.__getitem__, groups), ZERO)


class Sums:
    """What was reported in one scope under one grouping, by column."""

    def __init__(self, reported: Mapping[ColumnKey, Reported]) -> None:
        self.reported = reported
        self._columns: dict[ColumnKey, Column] = {}

    def column(self, key: ColumnKey, due: Due) -> Column:
        """The column over all groups due, worked out once for a roster."""
        found = self._columns.get(key)
        if found is None or found.due is not due:
            found = self._columns[key] = Column(self.reported.get(key, NOTHING), due)
        return found

    @cached_property
    def periods(self) -> dict[tuple[str, Role], list[str]]:
        """(quantity, role) to the reporting periods there are figures for, in order."""
        found: dict[tuple[str, Role], list[str]] = {}
        for quantity, period, role in sorted(self.reported):
            found.setdefault((quantity, role), []).append(period)
        return found


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


class Matched:
    """The columns one measurement touches: chosen role, groups, what is due and what is there."""

    def __init__(
        self,
        indicator: Indicator,
        needed: dict[str, tuple[Period, ...]],
        roster: Roster,
        cells: Sums,
        group: str | None,
    ) -> None:
        self.upper, self.lower = indicator.numerator, indicator.denominator
        self.roster, self.cells, self.group = roster, cells, group
        self.needed = {q: tuple(p.code for p in parts) for q, parts in needed.items()}
        self.roles = {quantity: self._role(quantity) for quantity in self.needed}
        self.applicable = bool(self.roles) and None not in self.roles.values()
        self.columns = {q: self._columns(q, role) if role else [] for q, role in self.roles.items()}

    @property
    def role(self) -> Role:
        """The role of the first numerator: where the figures came from."""
        return self.roles[self.upper[0]] or Role.PARTS

    @property
    def reporters(self) -> int:
        """How many units are expected in all."""
        return len(self.expected)

    @cached_property
    def expected(self) -> frozenset[str]:
        """Everybody due anywhere."""
        return NOBODY.union(*(column.expected for column in self._all()))

    def _all(self) -> Iterable[Column]:
        return chain.from_iterable(self.columns.values())

    def _of(self, quantities: Iterable[str]) -> list[Column]:
        return [column for quantity in set(quantities) for column in self.columns[quantity]]

    def _columns(self, quantity: str, role: Role) -> list[Column]:
        return [self._column((quantity, period, role)) for period in self.needed[quantity]]

    def _column(self, key: ColumnKey) -> Column:
        due = self._own(key)
        if self.group is None:
            return self.cells.column(key, due)
        return Column(self.cells.reported.get(key, NOTHING), due)

    def _own(self, key: ColumnKey) -> Due:
        """The groups looked at in which the quantity is due: all, or those of one unit of today."""
        due = self.roster.due(*key)
        if self.group is None:
            return due
        groups = self.roster.groups_of(self.group, key[1])
        return {group: due[group] for group in groups if group in due}

    def _is_reported(self, quantity: str, role: Role) -> bool:
        keys = [(quantity, period, role) for period in self.needed[quantity]]
        totals = (self.cells.reported.get(key, NOTHING).totals for key in keys)
        return any(
            there and not self._own(key).keys().isdisjoint(there)
            for key, there in zip(keys, totals, strict=True)
        )

    def _is_due(self, quantity: str, role: Role) -> bool:
        return any(self._own((quantity, period, role)) for period in self.needed[quantity])

    def _role(self, quantity: str) -> Role | None:
        """Parts if any reported; else a total; else details where no parts exist; else who is due."""
        for role in (Role.PARTS, Role.TOTAL):
            if self._is_reported(quantity, role):
                return role
        due = [role for role in Role if self._is_due(quantity, role)]
        if Role.DETAIL in due and Role.PARTS not in due:
            return Role.DETAIL
        return due[0] if due else None

    @cached_property
    def _both_sides(self) -> frozenset[str]:
        """The groups that report numerators and denominators."""
        upper, lower = (self._due(self._of(side)) for side in (self.upper, self.lower))
        return upper & lower

    def _due(self, columns: Iterable[Column]) -> frozenset[str]:
        return NOBODY.union(*(column.due for column in columns))

    @cached_property
    def not_whole(self) -> frozenset[str]:
        """The groups in which something is missing."""
        return NOBODY.union(*(column.late for column in self._all()))

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Groups whose figures do not go into the sums.

        A group that reports both sides enters only whole, so that both sums are over the same
        units; one that reports one side (a provincial hospital has beds and no population), or
        that is looked at by itself, brings what it has.
        """
        if self.group is not None or not self.not_whole:
            return NOBODY
        return self.not_whole & self._both_sides

    def total(self, quantities: Iterable[str]) -> Decimal | None:
        """Sum over what entered; None when no unit reported any of it."""
        totals = [column.total(self.left_out) for column in self._of(quantities)]
        known = [total for total in totals if total is not None]
        return sum(known, ZERO) if known else None

    def coverage(self) -> Coverage:
        """Units expected, and those all of whose figures are in the sums."""
        late = NOBODY.union(*(who for column in self._all() for who in column.late.values()))
        return Coverage(self.expected, self.expected - late, self._share())

    def _share(self) -> Fraction | None:
        present, absent = self.total(self.lower), self.absent_denominator
        if present is None or absent is None or present + absent == 0:
            return None
        return Fraction(present) / Fraction(present + absent)

    @cached_property
    def absent_denominator(self) -> Decimal | None:
        """The denominators of the groups left out, by their latest figure; None if unknown."""
        total = ZERO
        for quantity in set(self.lower):
            for period, column in zip(self.needed[quantity], self.columns[quantity], strict=True):
                for group in self.left_out & column.due.keys():
                    known = self._last_known(quantity, period, group)
                    if known is None:
                        return None
                    total += known
        return total

    def _last_known(self, quantity: str, period: str, group: str) -> Decimal | None:
        """The newest sum up to the period to which everybody due had reported."""
        role = self.roles[quantity]
        assert role is not None  # it has a column
        for earlier in reversed(self.cells.periods.get((quantity, role), ())):
            key = (quantity, earlier, role)
            if earlier <= period and self._is_there(key, group):
                return self.cells.reported[key].totals[group]
        return None

    def _is_there(self, key: ColumnKey, group: str) -> bool:
        """Whether everybody due in a group is in its sum."""
        reported = self.cells.reported[key]
        who = reported.who.get(group)
        return group in reported.totals and (
            who is None or self.roster.expected(*key, group) <= who
        )

    def missing_periods(self) -> tuple[str, ...]:
        """Reporting periods in which some expected figure is not there, sorted."""
        return tuple(
            sorted(
                {
                    period
                    for quantity, columns in self.columns.items()
                    for period, column in zip(self.needed[quantity], columns, strict=False)
                    if column.late
                }
            )
        )

    def estimated(self) -> bool:
        """Whether any figure in the sums is marked as an estimate (ước)."""
        return any(column.estimated - self.left_out for column in self._all())

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all is missing."""
        return not self.not_whole

    @property
    def sums_are_whole(self) -> bool:
        """Whether nothing is missing in what entered, so that its sums are final."""
        return self.not_whole <= self.left_out

    def lower_is_whole(self) -> bool:
        """Whether every denominator of the groups that entered is there."""
        return all(column.late.keys() <= self.left_out for column in self._of(self.lower))
