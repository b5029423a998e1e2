"""One day of reorganisations: what a unit was made of the day before, and what happened to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from indicators.units import EventKind, EventRow, UnitRegistry, Whole


class Reason(StrEnum):
    """What a reorganisation did to the series of a unit."""

    ADDED = "added"  # whole units came into it: earlier figures are added together
    FORMED = "formed"  # it was made of whole units: likewise
    ABSORBED = "absorbed"  # whole units came into it, at or before a break: not added
    UNLISTED = "unlisted"  # whole units came into it of which the register lists no facility
    PART_IN = "part_in"  # a part of another unit came into it
    PART_OUT = "part_out"  # a part of it went into another unit
    SPLIT_OFF = "split_off"  # it was cut out of another unit
    AREA_IN = "area_in"  # an area came from under another
    AREA_OUT = "area_out"  # an area of it went under another
    RECEIVER_UNKNOWN = "receiver_unknown"  # a neighbour ended and no source says who received it
    UNTRACED = "untraced"  # of facilities that reported for it nobody knows what became
    NEW = "new"  # it begins, and the register does not say from what


JOINED = frozenset({Reason.ADDED, Reason.FORMED})
# The ground is the same; who reports for it is not.
SAME_GROUND = JOINED | {Reason.UNLISTED, Reason.UNTRACED}


@dataclass(frozen=True)
class Change:
    """One reorganisation in the series of a unit.

    ``unit``: whose boundary changed (the unit itself, or a part of it); ``others``: who came,
    went or was cut off. ``event`` and ``resolution`` are None where the register has no event.
    """

    day: date
    reason: Reason
    unit: str
    others: tuple[str, ...] = ()
    event: str | None = None
    resolution: str | None = None

    @property
    def is_break(self) -> bool:
        """Whether figures before the day cannot be compared with those after it."""
        return self.reason not in JOINED


class Step(NamedTuple):
    """A unit one day earlier: what it was made of, and what happened."""

    parts: tuple[str, ...]
    changes: tuple[Change, ...]


class Turn:
    """What happened on one day, found by the unit it touches; ``step`` goes back across it."""

    def __init__(self, units: UnitRegistry, day: date, events: Iterable[EventRow]) -> None:
        self.day, self.areas = day, units.areas
        self.before, self.after = units.at(day - timedelta(days=1)), units.at(day)
        self.into: dict[str, list[EventRow]] = {}
        self.out: dict[str, list[EventRow]] = {}
        self.moves: dict[tuple[str, Reason], list[EventRow]] = {}
        self.lost: dict[tuple[str, str | None], list[EventRow]] = {}
        linked = [event for event in events if event.unit in self.before.units]
        for event in linked:
            self._sort(event)
        for event in linked:
            self._note(event)
        self.touched = {*self.into, *self.out, *(unit for unit, _ in self.moves), *self._beside()}

    def _beside(self) -> Iterator[str]:
        """The areas beside one that ended without a receiver."""
        for unit in self.after.units.values() if self.lost else ():
            if unit.kind in self.areas and (unit.kind, unit.parent) in self.lost:
                yield unit.id

    def _sort(self, event: EventRow) -> None:
        if event.into is not None and event.into != event.unit:
            self.into.setdefault(event.into, []).append(event)
            self.out.setdefault(event.unit, []).append(event)
        elif event.kind is EventKind.DISSOLVE:
            unit = self.before.units[event.unit]
            self.lost.setdefault((unit.kind, unit.parent), []).append(event)

    def went(self, unit: str) -> str | None:
        """The unit that took all of this one over on the day."""
        return next((e.into for e in self.out.get(unit, ()) if e.whole is Whole.YES), None)

    def _note(self, event: EventRow) -> None:
        """What an event of a unit does to the areas it stood in."""
        above = self.before.path(event.unit)
        is_area = self.before.units[event.unit].kind in self.areas
        if event.kind is EventKind.UNKNOWN and not is_area:
            for unit in set(above[:-1]) & self.after.units.keys():
                self.moves.setdefault((unit, Reason.UNTRACED), []).append(event)
        elif event.into is not None and is_area:
            self._note_moves(event, above, self.after.path(event.into))

    def _note_moves(self, event: EventRow, above: tuple[str, ...], below: tuple[str, ...]) -> None:
        """An area that goes from under one area to under another changes both, unless whole."""
        took_all = {self.went(unit) for unit in above}
        left = set(above[:-1]) - set(below)
        came = set(below[:-1]) - set(above) - took_all
        for unit in left & self.after.units.keys():
            self.moves.setdefault((unit, Reason.AREA_OUT), []).append(event)
        for unit in came & self.before.units.keys():
            self.moves.setdefault((unit, Reason.AREA_IN), []).append(event)

    def step(self, unit: str) -> Step:
        """One unit of the day as it stood the day before."""
        if unit not in self.touched and unit in self.before.units:
            return Step((unit,), ())
        came = self.into.get(unit, [])
        whole = [event for event in came if event.whole is Whole.YES]
        stays = (unit,) if unit in self.before.units else ()
        if not stays and not came:
            return Step((), (Change(self.day, Reason.NEW, unit),))
        parts = (*stays, *(event.unit for event in whole))
        changes = [*self._parted(unit, came), *self._ended_beside(unit), *self._untraced(unit)]
        if whole:
            changes.append(self._joined(unit, parts, whole))
        return Step(parts, tuple(changes))

    def _parted(self, unit: str, came: list[EventRow]) -> Iterator[Change]:
        """Parts that came and went, by links of the unit itself, else of the areas in it."""
        part = [event for event in came if event.whole is Whole.NO]
        gone = self.out.get(unit, [])
        if part:
            cut = unit not in self.before.units and len(part) == len(came) == 1
            reason = Reason.SPLIT_OFF if cut else Reason.PART_IN
            yield self._change(reason, unit, part, [event.unit for event in part])
        elif moved := self.moves.get((unit, Reason.AREA_IN)):
            yield self._change(Reason.AREA_IN, unit, moved, [event.unit for event in moved])
        if gone:
            yield self._change(Reason.PART_OUT, unit, gone, [str(event.into) for event in gone])
        elif moved := self.moves.get((unit, Reason.AREA_OUT)):
            yield self._change(Reason.AREA_OUT, unit, moved, [event.unit for event in moved])

    def _ended_beside(self, unit: str) -> Iterator[Change]:
        """Ground does not vanish: where no source says who received it, a neighbour may have."""
        here = self.after.units[unit]
        lost = self.lost.get((here.kind, here.parent)) if here.kind in self.areas else None
        if lost:
            reason = Reason.RECEIVER_UNKNOWN
            yield self._change(reason, unit, lost, [event.unit for event in lost])

    def _untraced(self, unit: str) -> Iterator[Change]:
        """The facilities in it that are lost to sight from this day on."""
        if gone := self.moves.get((unit, Reason.UNTRACED)):
            yield self._change(Reason.UNTRACED, unit, gone, [event.unit for event in gone])

    def _joined(self, unit: str, parts: tuple[str, ...], whole: list[EventRow]) -> Change:
        silent = [part for part in parts if not self._has_facility(part)]
        if 0 < len(silent) < len(parts):
            return self._change(Reason.UNLISTED, unit, whole, silent)
        reason = Reason.ADDED if unit in parts else Reason.FORMED
        return self._change(reason, unit, whole, [event.unit for event in whole])

    def _has_facility(self, part: str) -> bool:
        return any(unit.kind not in self.areas for unit in self.before.within(part))

    def _change(
        self, reason: Reason, unit: str, events: list[EventRow], others: Iterable[str]
    ) -> Change:
        sources = dict.fromkeys(event.resolution for event in events if event.resolution)
        found = tuple(sorted(set(others)))
        return Change(self.day, reason, unit, found, events[0].event, ", ".join(sources) or None)
