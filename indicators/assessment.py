"""What assessing is asked with and what it answers: the frame, the place looked at, the result."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from indicators.breaks import SeriesBreak
from indicators.catalogue import Indicator, Window
from indicators.deployment import Deployment
from indicators.due import due_date
from indicators.expect import Point, Projection
from indicators.judge import BAD, SLOW, UNJUDGED, Rule, Standing, Verdict, direction
from indicators.matching import Sums
from indicators.measure import Measure
from indicators.period import Period, PeriodKind
from indicators.plans import Comparator, Path, Plan, Target
from indicators.roster import Roster


@dataclass(frozen=True)
class Table:
    """The sums of one scope under one grouping, and who was expected to report them."""

    roster: Roster
    cells: Sums


# Asks for the sums under a grouping: "unit", "area" or a kind of unit. Files and databases are
# behind it; this folder never sees them.
Source = Callable[[str], Table]


@dataclass(frozen=True)
class Frame:
    """Which plan is looked at, and when. ``today`` is given, never read from a clock."""

    deployment: Deployment
    plan: Plan
    period: Period
    today: date
    with_history: bool = True  # False: only verdicts are wanted (what would a file change?)
    _days: dict[tuple[str, Period, frozenset[str]], date | None] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _here: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def due_day(self, indicator: Indicator, period: Period, scope: str) -> date | None:
        """When the last figure for the indicator is due, by the forms that anybody here fills."""
        here = self._here.get(scope)
        if here is None:
            here = self._here[scope] = self._local_forms(scope)
        key = (indicator.id, period, here)
        if key not in self._days:
            catalogue = self.deployment.catalogue
            self._days[key] = due_date(
                indicator, period, catalogue, lambda form: not form.within or form.id in here
            )
        return self._days[key]

    def _local_forms(self, scope: str) -> frozenset[str]:
        """Of the forms of some areas those filled in the scope, or by what the scope stands in."""
        tree = self.deployment.units.at(self.period.end)
        here = tree.path(scope)
        return frozenset(
            form.id
            for form in self.deployment.catalogue.forms.values()
            if any(area in here or scope in tree.path(area) for area in form.within)
        )


@dataclass(frozen=True)
class Looking:
    """Where a target is looked at: the scope, and how to measure there."""

    scope: str
    measure: Callable[[Indicator, Period], Measure]
    value: Callable[[Indicator, Period], Fraction | None]
    with_history: bool


@dataclass(frozen=True)
class Assessment:
    """One target for one scope and period: measure, expectation, verdict, gap, history."""

    target: Target
    indicator: Indicator
    scope: str
    period: Period
    measure: Measure
    test: Comparator
    rule: Rule | None
    verdict: Verdict
    standing: Standing
    due: date | None
    gap: Fraction | None = None
    difference: Fraction | None = None
    baseline: Point | None = None
    last_year: Fraction | None = None
    history: tuple[Point, ...] = ()
    projection: Projection | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    deadline: Period | None = None
    done_late: bool = False  # missed on its day, done since
    also: tuple["Assessment", ...] = ()
    units: tuple["Assessment", ...] = ()

    @property
    def starts_again(self) -> bool:
        """Whether the series counts from January: one quarter is then not the next of another.

        So does any figure for the year to date, whatever path its target takes. Of whole years
        each is the next of the one before.
        """
        from_january = (
            self.target.path in STARTS_AGAIN or self.indicator.window is Window.YEAR_TO_DATE
        )
        return from_january and any(p.period.kind is not PeriodKind.YEAR for p in self.history)

    @property
    def is_getting_worse(self) -> bool:
        """Whether the last step went away from the target."""
        values = [p.value for p in self.history if p.value is not None]
        sign = direction(self.test)
        if len(values) < 2 or sign == 0 or self.starts_again:
            return False
        return sign * (values[-1] - values[-2]) < 0

    @cached_property
    def failing(self) -> tuple["Assessment", ...]:
        """Of an "every unit" target: the units that do not pass."""
        return tuple(u for u in self.units if u.verdict in BAD | SLOW)

    @cached_property
    def tally(self) -> "Tally":
        """Of an "every unit" target: how many units stand how."""
        said = Counter(u.verdict for u in self.units)
        known = said.total() - sum(said[verdict] for verdict in UNJUDGED)
        waiting, nothing = said[Verdict.NOT_DUE], said[Verdict.NOTHING]
        failing = len(self.failing)
        unknown = said.total() - known - waiting - nothing
        return Tally(known - failing, failing, waiting, nothing, unknown)


@dataclass(frozen=True)
class Tally:
    """How many units pass, fail, are not due yet, had nothing to count, or are not known."""

    good: int
    failing: int
    waiting: int
    nothing: int
    unknown: int


# These count from 0 each January: one quarter is not the next of the one before.
STARTS_AGAIN = (Path.CUMULATIVE, Path.CEILING)
