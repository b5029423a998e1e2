"""Matching: which reported sums belong together, who is in them and who is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from indicators.catalogue import Indicator
from indicators.period import Period
from indicators.roster import NOBODY, Role, Roster

CellKey = tuple[str, str, Role, str]  # quantity, reporting period, role, group


class Cell(NamedTuple):
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


NOTHING = Cell(Decimal(0), NOBODY)


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
        return NOBODY if units is None else self._expected(key) - units

    def _groups(self, quantity: str, period: str, role: Role) -> Iterable[str]:
        due = self.roster.due(quantity, period, role)
        if self.group is None:
            return due
        return [group for group in self.roster.groups_of(self.group, period) if group in due]

    def _role(self, quantity: str) -> Role | None:
        """Parts if any reported; else a total; else details where no parts exist; else who is due."""
        for role in (Role.PARTS, Role.TOTAL):
            if any(key in self.cells for key in self._keys(quantity, role)):
                return role
        due = [role for role in Role if next(self._keys(quantity, role), None)]
        if Role.DETAIL in due and Role.PARTS not in due:
            return Role.DETAIL
        return due[0] if due else None

    def _keys(self, quantity: str, role: Role) -> Iterator[CellKey]:
        """Every cell of a quantity that this measurement would touch in a role."""
        for period in self.needed[quantity]:
            for group in self._groups(quantity, period, role):
                yield quantity, period, role, group

    def _by_group(self) -> dict[str, list[CellKey]]:
        found: dict[str, list[CellKey]] = {}
        for quantity, role in self.roles.items():
            for key in self._keys(quantity, role) if role else ():
                found.setdefault(key[3], []).append(key)
        return found

    def _is_there(self, key: CellKey) -> bool:
        units = self.cells.get(key, NOTHING).units
        return units is None or not self._expected(key) - units

    @cached_property
    def _both_sides(self) -> set[str]:
        """The groups that report numerators and denominators."""
        sides = [
            {key[3] for keys in self.by_group.values() for key in keys if key[0] in side}
            for side in (self.upper, self.lower)
        ]
        return sides[0] & sides[1]

    @cached_property
    def whole(self) -> set[str]:
        """The groups in which nothing is missing."""
        return {
            group
            for group, keys in self.by_group.items()
            if all(self._is_there(key) for key in keys)
        }

    @cached_property
    def entered(self) -> list[str]:
        """Groups whose figures go into the sums.

        A group that reports both sides enters only whole, so that both sums are over the same
        units; one that reports one side (a provincial hospital has beds and no population), or
        that is looked at by itself, brings what it has.
        """
        return [
            group
            for group in self.by_group
            if group in self.whole or self.group is not None or group not in self._both_sides
        ]

    def total(self, quantities: Iterable[str], groups: Iterable[str]) -> Decimal | None:
        """Sum over the groups and periods; None when no unit reported any of it."""
        wanted = frozenset(quantities)
        keys = (key for g in groups for key in self.by_group[g] if key[0] in wanted)
        found = [cell for key in keys if (cell := self.cells.get(key)) and cell.units != NOBODY]
        return sum((cell.total for cell in found), Decimal(0)) if found else None

    def coverage(self, entered: list[str]) -> Coverage:
        """Units expected, and those all of whose figures are in the sums."""
        expected: set[str] = set()
        late: set[str] = set()
        for group, keys in self.by_group.items():
            for key in keys:
                expected |= self._expected(key)
                late |= NOBODY if group in self.whole else self._late(key)
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
        holes = (key for group in self.by_group.keys() - self.whole for key in self.by_group[group])
        return tuple(sorted({key[1] for key in holes if not self._is_there(key)}))

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
        return self.whole.issuperset(groups)

    def lower_is_whole(self, entered: list[str]) -> bool:
        """Whether every denominator of the groups that entered is there."""
        return all(self._is_there(key) for group in entered for key in self._lower_keys(group))
