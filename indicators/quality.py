"""How far the figures of a unit can be relied on: shares of what was right, and a score of them.

A score never changes a verdict and says nothing about the work of a unit, only about its figures.
What is not known is left out: it counts neither as 0 nor as 100.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from indicators.statistics.outliers import (
    MIN_HISTORY,
    expected_false_flags,
    false_alarm_rates,
)

HUNDRED = 100


class Part(StrEnum):
    """What is looked at; each is a share of things that were right among those looked at."""

    RECEIVED = "received"  # reports received, of those due
    ON_TIME = "on_time"  # received by the deadline, of those due
    FILLED = "filled"  # figures given, of those that the received forms ask for
    USUAL = "usual"  # figures not far off what the unit reported before, of those compared
    AGREES = "agrees"  # figures that agree with the level above or below, of those compared
    CLEAN = "clean"  # received reports without an open warning
    STEADY = "steady"  # received reports that were not changed after the deadline


@dataclass(frozen=True)
class Share:
    """So many were right, of so many. Of none at all nothing is known."""

    good: int = 0
    of: int = 0

    @property
    def value(self) -> Fraction | None:
        """From 0 to 1; None where nothing was looked at."""
        return Fraction(self.good, self.of) if self.of else None

    @property
    def percent(self) -> Fraction | None:
        """The same from 0 to 100."""
        return HUNDRED * Fraction(self.good, self.of) if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.good + other.good, self.of + other.of)


NOTHING = Share()


@dataclass(frozen=True)
class Score:
    """The shares of one unit, or of several together."""

    shares: Mapping[Part, Share] = field(default_factory=dict)

    def share(self, part: Part) -> Share:
        """One part; a share of nothing where it was not looked at."""
        return self.shares.get(part, NOTHING)

    @property
    def known(self) -> tuple[Part, ...]:
        """The parts that can be told."""
        return tuple(part for part in Part if self.share(part).of)

    @property
    def value(self) -> Fraction | None:
        """The plain mean of the known parts, from 0 to 100; None where no report was due yet."""
        if not self.share(Part.RECEIVED).of:
            return None
        values = [v for part in Part if (v := self.share(part).value) is not None]
        return HUNDRED * sum(values, Fraction(0)) / len(values)

    @property
    def worst(self) -> Part | None:
        """The part that pulls the score down most; None where all that is known is right."""
        found = [(value, part) for part in Part if (value := self.share(part).value) is not None]
        lowest = min(found, key=lambda item: item[0], default=None)
        return lowest[1] if lowest and lowest[0] < 1 else None


def together(scores: Iterable[Score]) -> Score:
    """Several units as one: their counts are added before anything is divided."""
    found: dict[Part, Share] = {}
    for score in scores:
        for part, share in score.shares.items():
            found[part] = found.get(part, NOTHING) + share
    return Score(found)


@dataclass(frozen=True)
class Alarms:
    """Comparisons made with earlier figures, and the flags to expect were nothing wrong.

    ``listed``: beyond the usual noise; ``asked``: so far out that a reason is asked for.
    """

    comparisons: int = 0
    listed: float = 0.0
    asked: float = 0.0


def alarms_of(earlier: Mapping[int, int]) -> Alarms:
    """From how many figures had how many earlier ones (methods 3.9)."""
    known = {count: many for count, many in earlier.items() if count >= MIN_HISTORY}
    listed = asked = 0.0
    for count, many in known.items():
        weak, strong = false_alarm_rates(count)
        listed += expected_false_flags(many, false_alarms=weak)
        asked += expected_false_flags(many, false_alarms=strong)
    return Alarms(sum(known.values()), listed, asked)


@dataclass(frozen=True)
class People:
    """How many people live where everything due was reported, of those whose number is known."""

    reported: Fraction
    known: Fraction
    unknown: int  # units that care for people whose number nobody has reported

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1; None where no number of people is known."""
        return self.reported / self.known if self.known else None

    @property
    def percent(self) -> Fraction | None:
        """The same from 0 to 100."""
        return HUNDRED * self.reported / self.known if self.known else None


def people_reported(people: Mapping[str, Fraction | None], missing: Iterable[str]) -> People:
    """Units with the people they care for (None: not known), and those that lack a report."""
    lacking = set(missing)
    known = {unit: number for unit, number in people.items() if number is not None}
    there = [number for unit, number in known.items() if unit not in lacking]
    everyone = sum(known.values(), Fraction(0))
    return People(sum(there, Fraction(0)), everyone, len(people) - len(known))
