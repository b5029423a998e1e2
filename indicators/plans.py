"""Plans as data: targets, tasks, reporting rules, goals; what is written apart from its reading."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

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
    RISES = "rises"  # tăng (ít nhất x %) so với chính mình trước đây
    FALLS = "falls"  # giảm (ít nhất x %) so với chính mình trước đây
    NO_RISE = "no_rise"  # không tăng so với chính mình trước đây
    NONE = "none"  # không để xảy ra
    DONE = "done"  # một việc hoàn thành, trước một thời hạn


TESTS = (
    Comparator.AT_LEAST,
    Comparator.MORE,
    Comparator.AT_MOST,
    Comparator.LESS,
    Comparator.EQUAL,
)


# Compared with what the same unit had before: the target is known once that is.
RELATIVE = (Comparator.RISES, Comparator.FALLS, Comparator.NO_RISE)
READINGS = {
    Comparator.RISES: Comparator.MORE,
    Comparator.FALLS: Comparator.LESS,
    Comparator.NO_RISE: Comparator.AT_MOST,
    Comparator.NONE: Comparator.AT_MOST,
    Comparator.DONE: Comparator.AT_LEAST,
}


class Path(StrEnum):
    """Where the value should be before the deadline."""

    LEVEL = "level"  # at the target all the time
    LINEAR = "linear"  # from the value before the plan to the target in equal steps
    CUMULATIVE = "cumulative"  # from 0 each January to the target in equal steps
    CEILING = "ceiling"  # counts up from 0 each January and must never pass the target
    DEADLINE = "deadline"  # nothing is expected before the deadline


class Role(StrEnum):
    """Why a target has a further measure that must pass as well."""

    SECOND = "second"  # a second measure of the same thing
    RESIDUAL = "residual"  # what the first measure leaves over
    EXCEPTION = "exception"  # a group with a threshold and a denominator of its own


@dataclass(frozen=True)
class Also:
    """A further measure that must pass; what is absent is as in the target itself."""

    indicator: str
    role: Role = Role.SECOND
    comparator: Comparator | None = None
    read_as: Comparator | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Unless:
    """Another test for the units that meet a condition (*trừ các đơn vị đã …*)."""

    indicator: str  # the condition: this indicator of the unit …
    test: Comparator
    value: Decimal
    comparator: Comparator  # … and the test that then holds, on the target's own indicator
    note: str


@dataclass(frozen=True)
class Superior:
    """What a higher level asks for the same indicator at the same time."""

    unit: str
    value: Decimal
    source: str


@dataclass(frozen=True)
class Target:
    """Indicator x scope x deadline x comparator x value, with the document's own words.

    Scope: the plan's unit as a whole, or ``each`` unit of some kinds, or one named ``unit``, or a
    count of named ``sites``.
    """

    id: str
    name_vi: str
    section: str
    as_written: str
    indicator: str
    comparator: Comparator
    unit_of_measure: str
    path: Path
    value: Decimal | None = None  # for "rises" and "falls": by how many per cent
    read_as: Comparator | None = None  # how a bare or "maintain" target is tested
    each: tuple[str, ...] = ()  # kinds of unit every one of which must meet it
    unit: str | None = None  # the one unit it is set for, where that is not the plan's own
    sites: tuple[str, ...] = ()  # named units: the value counts those that have it
    also: tuple[Also, ...] = ()  # further measures that must pass
    unless: Unless | None = None
    average: bool = False  # the mean over the years of the plan so far
    profile: tuple[Decimal, ...] = ()  # shares of the way, at the ends of equal spans of time
    seasonal: bool = False  # shares of the year as in the years before
    deadline: str | None = None  # period code; the end of the plan where absent
    baseline: Decimal | None = None
    baseline_period: str | None = None  # the year before the plan where absent
    exceeded_by: Decimal | None = None  # margin for "exceeded", in the indicator's unit
    headline: bool = True  # counted in the sentence of the first screen
    condition_vi: str | None = None  # exclusions and conditions, in words
    superior: Superior | None = None
    note: str | None = None

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator it looks at, its own first."""
        others = [part.indicator for part in self.also]
        others += [self.unless.indicator] if self.unless else []
        return tuple(dict.fromkeys([self.indicator, *others]))

    @cached_property
    def measures(self) -> tuple["Target", ...]:
        """Itself and its further measures, each as a target of its own that must pass."""
        first = replace(self, also=()) if self.also else self
        return (first, *(_as_target(first, part) for part in self.also))

    @property
    def is_relative(self) -> bool:
        """Whether it compares a unit with what it had before."""
        return self.comparator in RELATIVE


def _as_target(target: Target, part: Also) -> Target:
    comparator = part.comparator or target.comparator
    value = target.value if part.value is None and part.comparator is None else part.value
    return replace(
        target,
        indicator=part.indicator,
        comparator=comparator,
        read_as=part.read_as or (None if part.comparator else target.read_as),
        value=value,
        unless=None,
    )


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
class OutlineRow:
    """One paragraph, bullet or heading of the document, in its order (*đề cương*)."""

    section: str  # the code that targets, tasks, reporting rules and goals cite
    title_vi: str
    lines: str  # of the collected text, from 1: ``45``, ``45-47``, ``45,47`` across a page break
    left_vi: str | None = None  # why nothing was taken: the kind of reason, a colon, the detail


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
    outline: tuple[OutlineRow, ...] = ()  # from the file beside the plan; empty where it has none

    @property
    def period(self) -> str:
        """The years it covers: ``2021`` or ``2021-2025``."""
        first, last = self.first_year, self.last_year
        return str(first) if first == last else f"{first}-{last}"

    @property
    def first_day(self) -> date:
        """The first day of the years it covers; a definition changed later is not the one meant."""
        return date(self.first_year, 1, 1)

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

    def asks(self, target: Target, unit: str, kind: str | None) -> bool:
        """Whether the target is set for this very unit: a verdict is given to nobody else.

        A province's 36,5 beds per 10,000 are no target for one of its districts.
        """
        if target.each:
            return kind in target.each
        return unit in target.sites or unit == (target.unit or self.unit)

    def deadline(self, target: Target) -> Period:
        """The period by whose end the target must be met."""
        return parse_period(target.deadline or str(self.last_year))

    def due(self, task: Task) -> date | None:
        """The last day on which a task is done on time; None where no day can be told."""
        return task.due or due_date_of(task.deadline, year=self.last_year)


def _missing(target_id: str) -> Target:
    raise KeyError(target_id)
