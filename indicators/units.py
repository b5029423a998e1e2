"""Units through time: an id is an identity; names, kinds, codes and parents carry dates."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Relation(StrEnum):
    """Two hierarchies: where a unit stands, and who directs its work."""

    ADMINISTRATIVE = "administrative"
    PROFESSIONAL = "professional"


@dataclass(frozen=True)
class NameRow:
    """A unit is called so, and is of this kind, from ``valid_from`` until before ``valid_to``."""

    unit: str
    kind: str
    name: str
    short_name: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class CodeRow:
    """A code of a coding system, dated on its own: codes are reused under other names."""

    unit: str
    system: str
    code: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class ParentRow:
    """A unit belongs under another, in one of two hierarchies, for a time."""

    unit: str
    relation: Relation
    parent: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class AliasRow:
    """Another way the same unit is written."""

    unit: str
    alias: str
    source: str


class EventKind(StrEnum):
    """What happened to a unit (*sắp xếp đơn vị*)."""

    RENAME = "rename"
    UPGRADE = "upgrade"
    KIND = "kind"
    MERGE_WHOLE = "merge_whole"
    MERGE_PART = "merge_part"
    SPLIT = "split"
    DISSOLVE = "dissolve"
    TRANSFER = "transfer"
    UNKNOWN = "unknown"  # what became of it is not known: said openly, never left to be guessed


class Whole(StrEnum):
    """Whether all of the unit went there; only then may a series be recombined."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class EventRow:
    """One link of a reorganisation: ``unit`` went ``into`` another on ``day``."""

    event: str
    kind: EventKind
    day: date
    unit: str
    whole: Whole
    into: str | None = None
    resolution: str | None = None
    note: str | None = None


def is_valid(row: NameRow | CodeRow | ParentRow, day: date) -> bool:
    """Whether a dated row holds on ``day`` (half-open interval)."""
    return (row.valid_from is None or row.valid_from <= day) and (
        row.valid_to is None or day < row.valid_to
    )


@dataclass(frozen=True)
class Unit:
    """One unit as it stands on one day."""

    id: str
    kind: str
    name: str
    short_name: str
    parent: str | None
    professional_parent: str | None
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class UnitTree:
    """The units valid from one day until the next change, with both hierarchies."""

    day: date
    units: dict[str, Unit]

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Administrative children of every unit, in order of id."""
        return _grouped((u.parent, u.id) for u in self.units.values())

    @cached_property
    def directed(self) -> dict[str, tuple[str, ...]]:
        """Units whose work a unit directs (professional children)."""
        return _grouped((u.professional_parent, u.id) for u in self.units.values())

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """Units with no administrative parent."""
        return tuple(sorted(u.id for u in self.units.values() if u.parent is None))

    def within(self, scope: str) -> tuple[Unit, ...]:
        """The scope itself and everything below it, administratively."""
        if scope not in self._within:
            self._within[scope] = tuple(self._walk(scope))
        return self._within[scope]

    @cached_property
    def _within(self) -> dict[str, tuple[Unit, ...]]:
        return {}

    def _walk(self, scope: str) -> Iterator[Unit]:
        if scope in self.units:
            yield self.units[scope]
            for child in self.children.get(scope, ()):
                yield from self._walk(child)

    def path(self, unit: str) -> tuple[str, ...]:
        """From the root down to the unit, both included."""
        if unit not in self._paths:
            self._paths[unit] = self._climb(unit)
        return self._paths[unit]

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _climb(self, unit: str) -> tuple[str, ...]:
        steps: list[str] = []
        current: str | None = unit
        while current in self.units and current not in steps:
            steps.append(current)
            current = self.units[current].parent
        return tuple(reversed(steps))


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for parent, child in pairs:
        if parent is not None:
            groups.setdefault(parent, []).append(child)
    return {parent: tuple(sorted(members)) for parent, members in groups.items()}


@dataclass(frozen=True, eq=False)
class UnitRegistry:
    """Every dated row of every unit; ask it for a day to get a tree.

    ``areas``: the kinds of unit that are areas; all others are facilities and offices.
    """

    names: tuple[NameRow, ...]
    codes: tuple[CodeRow, ...]
    parents: tuple[ParentRow, ...]
    aliases: tuple[AliasRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    areas: frozenset[str] = frozenset()
    _trees: dict[date, UnitTree] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every unit that ever was."""
        return frozenset(row.unit for row in self.names)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Every day on which any name, code or parent begins or ends, in order."""
        rows: list[NameRow | CodeRow | ParentRow] = [*self.names, *self.codes, *self.parents]
        days = {day for row in rows for day in (row.valid_from, row.valid_to) if day is not None}
        return tuple(sorted(days))

    @cached_property
    def _turns(self) -> tuple[date, ...]:
        """Every day from which on the answer for a unit may be another, in order."""
        return tuple(sorted({*self.changes, *(event.day for event in self.events)}))

    def epoch(self, day: date) -> date:
        """The first day since which nothing in the register has changed up to ``day``."""
        past = bisect_right(self._turns, day)
        return self._turns[past - 1] if past else date.min

    @cached_property
    def first_days(self) -> dict[str, date]:
        """The day on which each unit first appears (``date.min`` where it always was there)."""
        found: dict[str, date] = {}
        for row in self.names:
            start = row.valid_from or date.min
            found[row.unit] = min(start, found.get(row.unit, start))
        return found

    def became(self, unit: str) -> tuple[EventRow, ...]:
        """The links by which a unit went into others, in order of days."""
        found = (e for e in self.events if e.unit == unit and e.into not in (None, unit))
        return tuple(sorted(found, key=lambda event: event.day))

    def made_of(self, unit: str) -> tuple[EventRow, ...]:
        """The links by which others went into a unit, in order of days."""
        found = (e for e in self.events if e.into == unit and e.unit != unit)
        return tuple(sorted(found, key=lambda event: event.day))

    def left_open(self, unit: str) -> tuple[EventRow, ...]:
        """Where nobody took the unit over, or nobody knows who did, in order of days."""
        kinds = (EventKind.DISSOLVE, EventKind.UNKNOWN)
        found = (e for e in self.events if e.unit == unit and e.into is None and e.kind in kinds)
        return tuple(sorted(found, key=lambda event: event.day))

    def at(self, day: date) -> UnitTree:
        """The units valid on ``day``; one tree for all days between two changes."""
        first = self.epoch(day)
        if first not in self._trees:
            self._trees[first] = self._build(first)
        return self._trees[first]

    def _build(self, day: date) -> UnitTree:
        parents = {
            (row.unit, row.relation): row.parent for row in self.parents if is_valid(row, day)
        }
        codes: dict[str, list[tuple[str, str]]] = {}
        for row in self.codes:
            if is_valid(row, day):
                codes.setdefault(row.unit, []).append((row.system, row.code))
        units = {
            row.unit: Unit(
                row.unit,
                row.kind,
                row.name,
                row.short_name,
                parents.get((row.unit, Relation.ADMINISTRATIVE)),
                parents.get((row.unit, Relation.PROFESSIONAL)),
                tuple(codes.get(row.unit, ())),
            )
            for row in self.names
            if is_valid(row, day)
        }
        return UnitTree(day, units)

    @cached_property
    def latest_names(self) -> dict[str, NameRow]:
        """The newest name of every unit, for lists that are not about one day."""
        ordered = sorted(self.names, key=lambda row: row.valid_from or date.min)
        return {row.unit: row for row in ordered}

    def short_names(self, day: date) -> dict[str, str]:
        """Short names on a day; a unit that was not there yet or any more has its latest name."""
        latest = {unit: row.short_name for unit, row in self.latest_names.items()}
        return latest | {unit.id: unit.short_name for unit in self.at(day).units.values()}
