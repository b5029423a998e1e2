"""Plans as data: targets, tasks, reporting rules, goals; what is written apart from its reading."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from indicators.catalogue import Indicator, Polarity
from indicators.deadline import due_date_of
from indicators.period import Period, parse_period, periods_of
from indicators.regimes import Schedule


class Comparator(StrEnum):
    """How a target compares, as written in the document."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    BARE = "bare"  # a number and nothing else
    MAINTAIN = "maintain"  # duy trì


TESTS = (
    Comparator.AT_LEAST,
    Comparator.MORE,
    Comparator.AT_MOST,
    Comparator.LESS,
    Comparator.EQUAL,
)


class Path(StrEnum):
    """Where the value should be before the deadline."""

    LEVEL = "level"  # at the target all the time
    LINEAR = "linear"  # from the value before the plan to the target in equal steps
    CUMULATIVE = "cumulative"  # from 0 each January to the target in equal steps


@dataclass(frozen=True)
class Target:
    """Indicator x scope x deadline x comparator x value, with the document's own words."""

    id: str
    name_vi: str
    section: str
    as_written: str
    indicator: str
    comparator: Comparator
    unit_of_measure: str
    path: Path
    value: Decimal | None = None
    read_as: Comparator | None = None  # how a bare or "maintain" target is tested
    each: str | None = None  # kind of unit every one of which must meet it
    also: tuple[str, ...] = ()  # further indicators that must pass the same test
    deadline: str | None = None  # period code; the end of the plan where absent
    baseline: Decimal | None = None
    baseline_period: str | None = None  # the year before the plan where absent
    exceeded_by: Decimal | None = None  # margin for "exceeded", in the indicator's unit
    headline: bool = True  # counted in the sentence of the first screen
    note: str | None = None


@dataclass(frozen=True)
class Task:
    """A deliverable with a deadline rule (*nhiệm vụ*); names as the document writes them."""

    id: str
    title_vi: str
    section: str
    deadline: str  # as written; «không nêu» where the document gives none
    lead: str
    due: date | None = None  # only where the words mislead; ``Plan.due`` computes it
    support: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()  # who carries it out, where that is not the lead
    sites: tuple[str, ...] = ()  # named places where it happens
    units: tuple[str, ...] = ()  # ids of the leads, executing units and sites that have one
    target: str | None = None  # id of the target it serves
    note: str | None = None


@dataclass(frozen=True)
class ReportingRule(Schedule):
    """Who reports what to whom, how often, by which day.

    ``reporter``, ``frequency`` and ``deadline`` are as written; ``units`` and ``kinds`` (every unit
    of these kinds in the area of the plan), ``periods`` and the schedule are how they are read.
    They stay empty where the document does not tell.
    """

    id: str
    section: str
    reporter: str
    recipient: str
    frequency: str
    deadline: str
    periods: tuple[str, ...] = ()  # as in ``periods_of``
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    note: str | None = None

    def periods_in(self, first_year: int, last_year: int) -> tuple[Period, ...]:
        """Every period that is reported in these years, in order of their ends."""
        years = range(first_year, last_year + 1)
        found = {p for year in years for part in self.periods for p in periods_of(year, part)}
        return tuple(sorted(found, key=lambda period: period.sort_key))


@dataclass(frozen=True)
class Goal:
    """What the document wants and nobody can test: no number, no day, no one responsible."""

    id: str
    section: str
    summary_vi: str
    reason_vi: str
    note: str | None = None


@dataclass(frozen=True)
class Plan:
    """A plan document (*kế hoạch*) with everything taken from it."""

    id: str
    name_vi: str
    short_vi: str
    document: str
    issuer: str
    unit: str
    first_year: int
    last_year: int
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    reporting: tuple[ReportingRule, ...] = ()
    goals: tuple[Goal, ...] = ()
    units: tuple[str, ...] = ()
    note: str | None = None

    @property
    def period(self) -> str:
        """The years it covers: ``2021`` or ``2021-2025``."""
        first, last = self.first_year, self.last_year
        return str(first) if first == last else f"{first}-{last}"

    @property
    def ids(self) -> list[str]:
        """The id of everything taken from the document, as often as it is used."""
        ids = [t.id for t in self.targets] + [t.id for t in self.tasks]
        return ids + [r.id for r in self.reporting] + [g.id for g in self.goals]

    def target(self, target_id: str) -> Target:
        """The target with this id; KeyError if the plan has none."""
        return next((t for t in self.targets if t.id == target_id), None) or _missing(target_id)

    def start(self, target: Target) -> Period:
        """The period whose end is the starting point of the target."""
        return parse_period(target.baseline_period or str(self.first_year - 1))

    def deadline(self, target: Target) -> Period:
        """The period by whose end the target must be met."""
        return parse_period(target.deadline or str(self.last_year))

    def due(self, task: Task) -> date | None:
        """The last day on which a task is done on time; None where no day can be told."""
        return task.due or due_date_of(task.deadline, year=self.last_year)


def _missing(target_id: str) -> Target:
    raise KeyError(target_id)


def test_of(target: Target, indicator: Indicator) -> Comparator:
    """The comparison that decides: as written, as read, or for a bare value by polarity."""
    if target.comparator in TESTS:
        return target.comparator
    if target.read_as is not None:
        return target.read_as
    by_polarity = {
        Polarity.HIGHER: Comparator.AT_LEAST,
        Polarity.LOWER: Comparator.AT_MOST,
        Polarity.NEITHER: Comparator.EQUAL,
    }
    return by_polarity[indicator.polarity]
