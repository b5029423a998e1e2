"""Who is expected to report what for a scope and period: the roster sums are matched against."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from indicators.catalogue import Catalogue, Form, Indicator, Matching, Quantity, Window
from indicators.period import Period
from indicators.units import Unit, UnitRegistry, UnitTree


class Role(StrEnum):
    """In what capacity a unit reports a quantity (see Quantity)."""

    PARTS = "parts"
    TOTAL = "total"
    DETAIL = "detail"


@dataclass(frozen=True)
class Member:
    """A unit inside the scope in one period, and the group its figures are summed into.

    ``speaks``: it stands directly in the scope, so that its totals are totals of the scope.
    ``path``: where it stands, from the root down: a form may be for some areas only.
    """

    period: str
    unit: str
    kind: str
    group: str
    speaks: bool
    path: tuple[str, ...]


Due = dict[str, frozenset[str]]
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Roster:
    """The units of one scope under one grouping, period by period."""

    scope: str
    grouping: str
    catalogue: Catalogue
    members: tuple[Member, ...]
    # Worked out when first asked, and shared: most quantities are reported by the same kinds.
    _asked: dict[tuple[str, str, Role], Due] = field(
        default_factory=dict, compare=False, repr=False
    )
    _shared: dict[tuple[tuple[tuple[str, tuple[str, ...]], ...], str, Role], Due] = field(
        default_factory=dict, compare=False, repr=False
    )

    def expected(self, quantity: str, period: str, role: Role, group: str) -> frozenset[str]:
        """The units of a group that must report the quantity in this role."""
        return self.due(quantity, period, role).get(group, NOBODY)

    def groups(self, quantity: str, period: str, role: Role) -> tuple[str, ...]:
        """The groups in which anybody must report the quantity in this role, sorted."""
        return tuple(self.due(quantity, period, role))

    def due(self, quantity: str, period: str, role: Role) -> Due:
        """Group to the units of it that must report the quantity in this role, groups sorted."""
        key = (quantity, period, role)
        if key not in self._asked:
            self._asked[key] = self._due(self._forms(quantity, role), period, role)
        return self._asked[key]

    def _forms(self, quantity: str, role: Role) -> dict[str, tuple[Form, ...]]:
        kinds = kinds_of(self.catalogue.quantities[quantity], role)
        return {kind: self.catalogue.forms_of(kind, quantity) for kind in kinds}

    def _due(self, forms: dict[str, tuple[Form, ...]], period: str, role: Role) -> Due:
        asked = [(kind, form.within) for kind, found in forms.items() for form in found]
        shared = (tuple(sorted(asked)), period, role)
        if shared not in self._shared:
            found: dict[str, set[str]] = {}
            for member in self._by_period.get(period, ()):
                if _reports(member, forms.get(member.kind, ()), role):
                    found.setdefault(member.group, set()).add(member.unit)
            self._shared[shared] = {group: frozenset(found[group]) for group in sorted(found)}
        return self._shared[shared]

    @cached_property
    def _by_period(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.members:
            found.setdefault(member.period, []).append(member)
        return found


def _reports(member: Member, forms: tuple[Form, ...], role: Role) -> bool:
    """Whether a unit fills one of the forms in this role."""
    if not any(form.covers(member.path) for form in forms):
        return False
    return role is not Role.TOTAL or member.speaks


def kinds_of(quantity: Quantity, role: Role) -> tuple[str, ...]:
    """The kinds of unit that report a quantity in a role."""
    return {
        Role.PARTS: quantity.reported_by,
        Role.TOTAL: quantity.total_by,
        Role.DETAIL: quantity.detail_by,
    }[role]


def parts_needed(
    indicator: Indicator, quantity: str, period: Period, catalogue: Catalogue
) -> tuple[Period, ...]:
    """The reporting periods of ``quantity`` inside the indicator's window ending with ``period``.

    Empty when it is reported too rarely for this period (a yearly figure in a quarter).
    """
    frequency = catalogue.frequency_of(quantity)
    return period.parts(frequency, from_january=indicator.window is Window.YEAR_TO_DATE)


def build_roster(
    scope: str,
    periods: Iterable[Period],
    *,
    grouping: str,
    catalogue: Catalogue,
    units: UnitRegistry,
) -> Roster:
    """The units of ``scope`` valid at the end of each reporting period, with their groups.

    ``grouping``: "unit" (each by itself), "area" (the child of the scope it stands under), or a
    kind of unit (the ancestor of that kind; units outside any are left out).
    """
    members = [
        member
        for period in sorted(set(periods), key=lambda p: p.sort_key)
        for member in _members(scope, period.code, units.at(period.end), grouping)
    ]
    return Roster(scope, grouping, catalogue, tuple(members))


def _members(scope: str, period: str, tree: UnitTree, grouping: str) -> Iterator[Member]:
    for unit in tree.within(scope):
        path = tree.path(unit.id)
        group = _group(unit, scope, path, tree, grouping)
        if group is not None:
            speaks = scope in (unit.parent, unit.id)
            yield Member(period, unit.id, unit.kind, group, speaks, path)


def _group(
    unit: Unit, scope: str, path: tuple[str, ...], tree: UnitTree, grouping: str
) -> str | None:
    if grouping == Matching.UNIT:
        return unit.id
    if grouping == Matching.AREA:
        return path[path.index(scope) + 1] if unit.id != scope else scope
    return next((step for step in reversed(path) if tree.units[step].kind == grouping), None)
