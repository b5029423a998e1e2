"""Who stands in a scope on a day, put together to the boundaries of a later day, and in what group."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from indicators.boundaries import footprint, heir
from indicators.catalogue import Matching
from indicators.units import Unit, UnitRegistry, UnitTree


class Boundaries(StrEnum):
    """Whose boundaries past figures are shown in."""

    CURRENT = "current"  # put together to those of the day looked from (*địa giới hiện hành*)
    AS_REPORTED = "as_reported"  # those of the time (*địa giới lúc báo cáo*)


class Place(NamedTuple):
    """A unit in the scope: its kind, its group, whether it speaks for the scope, its path."""

    unit: str
    kind: str
    group: str
    speaks: bool
    path: tuple[str, ...]


class View(NamedTuple):
    """The scope on one day; ``made_of``: units of today with the groups of that day they were."""

    places: tuple[Place, ...]
    made_of: tuple[tuple[str, tuple[str, ...]], ...]


class Standing:
    """A scope under one grouping, seen from the day ``now``; each stretch without change once."""

    def __init__(
        self, scope: str, grouping: str, units: UnitRegistry, now: date, boundaries: Boundaries
    ) -> None:
        self.scope, self.grouping, self.units, self.now = scope, grouping, units, now
        self.recombined = boundaries is Boundaries.CURRENT
        self._seen: dict[date, View] = {}

    def on(self, day: date) -> View:
        """The scope as it stood on ``day``."""
        epoch = self.units.epoch(day)
        if epoch not in self._seen:
            past = self.recombined and day <= self.now
            # Days of the same stretch as ``now`` need no looking back.
            then = day if past and epoch != self.units.epoch(self.now) else None
            self._seen[epoch] = self._view(self.units.at(day), then)
        return self._seen[epoch]

    def _view(self, tree: UnitTree, then: date | None) -> View:
        places = [
            place
            for part in self._parts(tree, then)
            for unit in tree.within(part)
            if (place := self._place(unit, part, tree, then)) is not None
        ]
        return View(tuple(places), () if then is None else tuple(self._made_of(tree, then)))

    def _parts(self, tree: UnitTree, then: date | None) -> tuple[str, ...]:
        """What the scope was made of; itself where it cannot be put together."""
        if then is not None:
            found = footprint(self.units, self.scope, then, self.now)
            if found.is_whole:
                return found.parts
        return (self.scope,) if self.scope in tree.units else ()

    def _place(self, unit: Unit, part: str, tree: UnitTree, then: date | None) -> Place | None:
        path = tree.path(unit.id)
        group = self._group(unit.id, path[path.index(part) :], tree, then)
        if group is None:
            return None
        return Place(unit.id, unit.kind, group, part in (unit.parent, unit.id), path)

    def _group(
        self, unit: str, below: tuple[str, ...], tree: UnitTree, then: date | None
    ) -> str | None:
        """``below``: the path from the part of the scope down to the unit, both included."""
        if self.grouping == Matching.UNIT:
            return unit if then is None else heir(self.units, unit, then, self.now) or unit
        if self.grouping == Matching.AREA:
            return self._child(below[1:], tree, then)
        path = tree.path(unit)
        return next((s for s in reversed(path) if tree.units[s].kind == self.grouping), None)

    def _child(self, steps: tuple[str, ...], tree: UnitTree, then: date | None) -> str:
        """The child of the scope: the one of today that an area above the unit went into."""
        if not steps:
            return self.scope
        if then is None:
            return steps[0]
        areas = (s for s in steps if tree.units[s].kind in self.units.areas)
        return next(filter(None, (self._child_now(s, then) for s in areas)), steps[0])

    def _child_now(self, area: str, then: date) -> str | None:
        """The child of the scope of today in which an area lies, if that child is whole."""
        found = heir(self.units, area, then, self.now)
        path = self.units.at(self.now).path(found) if found else ()
        if self.scope not in path[:-1]:
            return None
        child = path[path.index(self.scope) + 1]
        return child if footprint(self.units, child, then, self.now).is_whole else None

    def _made_of(self, tree: UnitTree, then: date) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Under a kind the groups are the units of that day: a share counts those there were."""
        for unit in self.units.at(self.now).within(self.scope):
            if unit.kind == self.grouping:
                found = footprint(self.units, unit.id, then, self.now)
                if found.is_whole and found.parts != (unit.id,):
                    yield unit.id, found.parts
