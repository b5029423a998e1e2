"""Boundaries: which units of a past day make up a unit of a later day, and where a series breaks.

Only whole links are followed: what went into another unit in part is never apportioned (domain.md
4.4). The ground of an area is the areas it is made of; the facilities that report for it are
those that stood in them on the day, by the tree of that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from indicators.turn import SAME_GROUND, Change, Reason, Step, Turn
from indicators.units import EventRow, UnitRegistry


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


_Key = tuple[str, date, date]  # a unit, and two days that stand for their stretches


class _Crosswalk:
    """Footprints of one register, each worked out once for all days between two changes."""

    def __init__(self, units: UnitRegistry) -> None:
        self.units = units
        self._events: dict[date, list[EventRow]] = {}
        for event in sorted(units.events, key=lambda event: event.day):
            self._events.setdefault(event.day, []).append(event)
        self._turns: dict[date, Turn] = {}
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

    def _between(self, then: date, now: date) -> list[Turn]:
        """The days with links after ``then`` up to ``now``, in order."""
        return [self._turn(day) for day in self._events if then < day <= now]

    def _turn(self, day: date) -> Turn:
        if day not in self._turns:
            self._turns[day] = Turn(self.units, day, self._events[day])
        return self._turns[day]

    def _ground(self, unit: str, then: date, now: date) -> tuple[str, ...]:
        """The parts of the ground, () from the first day on that cannot be put together."""
        standing: tuple[str, ...] = (unit,)
        for turn in reversed(self._between(then, now)):
            steps = _steps(turn, standing)
            found = [change.reason for step in steps for change in step.changes]
            if not SAME_GROUND.issuperset(found):
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


def _steps(turn: Turn, standing: Iterable[str]) -> list[Step]:
    """Each unit a day earlier; one that began on an earlier, linkless day stays as it is."""
    return [turn.step(unit) if unit in turn.after.units else Step((unit,), ()) for unit in standing]


def _not_added(change: Change) -> Change:
    """A whole merger at or behind a break: what it went into cannot be put together."""
    return change if change.is_break else replace(change, reason=Reason.ABSORBED)


@lru_cache(maxsize=8)
def _crosswalk(units: UnitRegistry) -> _Crosswalk:
    return _Crosswalk(units)
