"""Boundaries: which units of a past day make up a unit of a later day, and where a series breaks.

Only whole links are followed: what went into another unit in part is never apportioned (domain.md
4.4). The ground of an area is the areas it is made of; the facilities that report for it are
those that stood in them on the day, by the tree of that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
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
    NEW = "new"  # it begins, and the register does not say from what


JOINED = frozenset({Reason.ADDED, Reason.FORMED})


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


@dataclass(frozen=True)
class Footprint:
    """What a unit of a later day was made of on an earlier one.

    ``parts``: the units of the earlier day that make up its ground exactly, () where that cannot
    be said. ``changes``: everything that happened between, in order of days.
    """

    parts: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    @property
    def breaks(self) -> tuple[Change, ...]:
        """The changes across which figures cannot be compared."""
        return tuple(change for change in self.changes if change.is_break)

    @property
    def is_whole(self) -> bool:
        """Whether the figures of the parts add up to those of the unit."""
        return bool(self.parts) and not self.breaks


def footprint(units: UnitRegistry, unit: str, then: date, now: date) -> Footprint:
    """Which units as they stood on ``then`` make up the ``unit`` of ``now``, or why none do.

    Without parts and changes where ``unit`` is not valid on ``now``. Raises ValueError when
    ``then`` is after ``now``.
    """
    return _crosswalk(units).footprint(unit, then, now)


def heir(units: UnitRegistry, unit: str, then: date, now: date) -> str | None:
    """The unit of ``now`` into which ``unit`` of ``then`` went wholly and which can be recombined.

    The unit itself where nothing happened to it; None where there is no such unit.
    """
    return _crosswalk(units).heir(unit, then, now)


def breaks_between(
    units: UnitRegistry, unit: str, first_day: date, last_day: date
) -> tuple[Change, ...]:
    """The reorganisations in the series of the ``unit`` of ``last_day`` since ``first_day``.

    Both the breaks and what was added together (``Change.is_break`` tells), in order of days.
    A change on ``first_day`` itself lies before the series.
    """
    return footprint(units, unit, first_day, last_day).changes


class _Step(NamedTuple):
    """A unit one day earlier: what it was made of, and what happened."""

    parts: tuple[str, ...]
    changes: tuple[Change, ...]


class _Turn:
    """The links of one day, found by the unit they touch."""

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
            self._note_moves(event)
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

    def _note_moves(self, event: EventRow) -> None:
        """An area that goes from under one area to under another changes both, unless whole."""
        if event.into is None or self.before.units[event.unit].kind not in self.areas:
            return
        above, below = self.before.path(event.unit), self.after.path(event.into)
        took_all = {self.went(unit) for unit in above}
        left = set(above[:-1]) - set(below)
        came = set(below[:-1]) - set(above) - took_all
        for unit in left & self.after.units.keys():
            self.moves.setdefault((unit, Reason.AREA_OUT), []).append(event)
        for unit in came & self.before.units.keys():
            self.moves.setdefault((unit, Reason.AREA_IN), []).append(event)

    def step(self, unit: str) -> _Step:
        """One unit of the day as it stood the day before."""
        if unit not in self.touched and unit in self.before.units:
            return _Step((unit,), ())
        came = self.into.get(unit, [])
        whole = [event for event in came if event.whole is Whole.YES]
        stays = (unit,) if unit in self.before.units else ()
        if not stays and not came:
            return _Step((), (Change(self.day, Reason.NEW, unit),))
        parts = (*stays, *(event.unit for event in whole))
        changes = [*self._parted(unit, came), *self._ended_beside(unit)]
        if whole:
            changes.append(self._joined(unit, parts, whole))
        return _Step(parts, tuple(changes))

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
        first = events[0]
        found = tuple(sorted(set(others)))
        return Change(self.day, reason, unit, found, first.event, first.resolution)


_Key = tuple[str, date, date]  # a unit, and two days that stand for their stretches


class _Crosswalk:
    """Footprints of one register, each worked out once for all days between two changes."""

    def __init__(self, units: UnitRegistry) -> None:
        self.units = units
        self._events: dict[date, list[EventRow]] = {}
        for event in sorted(units.events, key=lambda event: event.day):
            self._events.setdefault(event.day, []).append(event)
        self._turns: dict[date, _Turn] = {}
        self._footprints: dict[_Key, Footprint] = {}
        self._heirs: dict[_Key, str | None] = {}

    def footprint(self, unit: str, then: date, now: date) -> Footprint:
        """See ``footprint``."""
        if then > now:
            raise ValueError(f"{then} is after {now}")
        key = (unit, self.units.epoch(then), self.units.epoch(now))
        if key not in self._footprints:
            self._footprints[key] = self._footprint(unit, then, now)
        return self._footprints[key]

    def _footprint(self, unit: str, then: date, now: date) -> Footprint:
        if unit not in self.units.at(now).units:
            return Footprint(())
        changes = sorted(self._series(unit, then, now), key=lambda c: (c.day, c.unit, c.reason))
        return Footprint(self._ground(unit, then, now), tuple(changes))

    def _between(self, then: date, now: date) -> list[_Turn]:
        """The days with links after ``then`` up to ``now``, in order."""
        return [self._turn(day) for day in self._events if then < day <= now]

    def _turn(self, day: date) -> _Turn:
        if day not in self._turns:
            self._turns[day] = _Turn(self.units, day, self._events[day])
        return self._turns[day]

    def _ground(self, unit: str, then: date, now: date) -> tuple[str, ...]:
        """The parts of the ground, () from the first day on that cannot be put together."""
        standing: tuple[str, ...] = (unit,)
        for turn in reversed(self._between(then, now)):
            steps = _steps(turn, standing)
            found = [change.reason for step in steps for change in step.changes]
            if not JOINED.union({Reason.UNLISTED}).issuperset(found):
                return ()
            standing = tuple(sorted({part for step in steps for part in step.parts}))
        return standing if self.units.at(then).units.keys() >= set(standing) else ()

    def _series(self, unit: str, then: date, now: date) -> Iterator[Change]:
        """Changes from the newest to the oldest; behind a break only the unit itself goes on."""
        standing: tuple[str, ...] = (unit,)
        broken = False
        for turn in reversed(self._between(then, now)):
            steps = _steps(turn, standing)
            here = [change for step in steps for change in step.changes]
            broken = broken or any(change.is_break for change in here)
            yield from (_not_added(change) if broken else change for change in here)
            standing = tuple(part for step in steps for part in step.parts)
            if broken:
                standing = tuple({unit} & turn.before.units.keys())
        for part in standing:
            if part not in self.units.at(then).units:
                yield Change(self.units.first_days[part], Reason.NEW, part)

    def heir(self, unit: str, then: date, now: date) -> str | None:
        """See ``heir``."""
        key = (unit, self.units.epoch(then), self.units.epoch(now))
        if key not in self._heirs:
            self._heirs[key] = self._heir(unit, then, now)
        return self._heirs[key]

    def _heir(self, unit: str, then: date, now: date) -> str | None:
        current = unit
        for turn in self._between(then, now):
            current = turn.went(current) or current
        found = self.footprint(current, then, now)
        return current if found.is_whole and unit in found.parts else None


def _steps(turn: _Turn, standing: Iterable[str]) -> list[_Step]:
    """Each unit a day earlier; one that began on an earlier, linkless day stays as it is."""
    return [
        turn.step(unit) if unit in turn.after.units else _Step((unit,), ()) for unit in standing
    ]


def _not_added(change: Change) -> Change:
    """A whole merger at or behind a break: what it went into cannot be put together."""
    return change if change.is_break else replace(change, reason=Reason.ABSORBED)


@lru_cache(maxsize=8)
def _crosswalk(units: UnitRegistry) -> _Crosswalk:
    return _Crosswalk(units)
