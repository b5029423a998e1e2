"""Who is expected to report what for a scope and period: the roster sums are matched against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from indicators.catalogue import Catalogue, Form, Indicator, Quantity, Window
from indicators.period import Period
from indicators.standing import Boundaries, Standing
from indicators.units import UnitRegistry


class Role(StrEnum):
    """In what capacity a unit reports a quantity (see Quantity)."""

    PARTS = "parts"
    TOTAL = "total"
    DETAIL = "detail"


@dataclass(frozen=True)
class Member:
    """A unit inside the scope in one period, and the group its figures are summed into.

    ``speaks``: it stands directly in the scope (or in a part the scope was made of), so that its
    totals are totals of the scope. ``path``: where it stood, from the root down: a form may be for
    some areas only.
    """

    period: str
    unit: str
    kind: str
    group: str
    speaks: bool
    path: tuple[str, ...]


Due = dict[str, frozenset[str]]
NOBODY: frozenset[str] = frozenset()
KEPT = 64  # rosters; that of a province's ten years takes some megabytes


@dataclass(frozen=True)
class Roster:
    """The units of one scope under one grouping, period by period."""

    scope: str
    grouping: str
    catalogue: Catalogue
    members: tuple[Member, ...]
    # (period, unit of today) to the groups of that period it is made of, where they differ.
    made_of: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
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

    def groups_of(self, unit: str, period: str) -> tuple[str, ...]:
        """The groups of the period that make up the group of today that is asked for."""
        return self.made_of.get((period, unit), (unit,))

    def units_in(self, period: str) -> tuple[str, ...]:
        """Every group of the period: under a kind, the units of that kind there were then."""
        return tuple(sorted({member.group for member in self.members if member.period == period}))

    @cached_property
    def of_the_day(self) -> "Roster":
        """The same, but a group asked for is the unit of that day, not what today's was made of.

        For shares of units, which count the units there were.
        """
        return replace(self, made_of={})

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
            for kind, filled in forms.items():
                for member in self._by_kind.get((period, kind), ()):
                    if _reports(member, filled, role):
                        found.setdefault(member.group, set()).add(member.unit)
            self._shared[shared] = {group: frozenset(found[group]) for group in sorted(found)}
        return self._shared[shared]

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], list[Member]]:
        found: dict[tuple[str, str], list[Member]] = {}
        for member in self.members:
            found.setdefault((member.period, member.kind), []).append(member)
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
    as_of: date | None = None,
    boundaries: Boundaries = Boundaries.CURRENT,
) -> Roster:
    """The units valid at the end of each reporting period in the scope, with their groups.

    ``grouping``: "unit" (each by itself), "area" (the child of the scope it stands under), or a
    kind of unit (the ancestor of that kind; units outside any are left out).

    ``as_of``: the day whose boundaries count, the end of the last period when not given. With
    current boundaries a scope that was put together from whole units has their members in earlier
    periods, in the groups of today they went wholly into; where that is impossible, and with the
    boundaries as reported, it has the members it had then, and none before it began.
    """
    ordered = sorted(set(periods), key=lambda p: p.sort_key)
    now = as_of or max((p.end for p in ordered), default=date.max)
    standing = Standing(scope, grouping, units, now, boundaries)
    members, made_of = [], {}
    for period in ordered:
        view = standing.on(period.end)
        members += [Member(period.code, *place) for place in view.places]
        made_of.update({(period.code, unit): parts for unit, parts in view.made_of})
    return Roster(scope, grouping, catalogue, tuple(members), made_of)


class Rosters:
    """The rosters of one catalogue and register that were asked for; the newest are kept."""

    def __init__(self, catalogue: Catalogue, units: UnitRegistry) -> None:
        self.catalogue, self.units = catalogue, units
        self._made: dict[tuple[object, ...], Roster] = {}

    def of(self, scope: str, periods: Iterable[Period], *, grouping: str, as_of: date) -> Roster:
        """As ``build_roster``, with the boundaries of ``as_of``."""
        key = (scope, grouping, frozenset(periods), as_of)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = build_roster(
                scope,
                key[2],
                grouping=grouping,
                catalogue=self.catalogue,
                units=self.units,
                as_of=as_of,
            )
            for old in list(self._made)[:-KEPT]:
                self._made.pop(old, None)
        return found
