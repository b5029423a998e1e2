"""What a trend shows, laid out on an axis of periods: series, path to the target, heading."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from indicators.assess import Assessment
from indicators.charts.spark import is_break
from indicators.expect import Point, expected_now, history_of
from indicators.movement import possible
from indicators.period import Period, PeriodKind
from indicators.plans import Path, Plan


@dataclass(frozen=True)
class Course:
    """What the figure shows, by place on the axis of periods (0, 1, 2 …)."""

    a: Assessment
    plan: Plan

    @cached_property
    def horizon(self) -> Period:
        """By when the target must be met; a cumulative value starts again each January."""
        if self.a.target.path is Path.CUMULATIVE:
            return Period(self.a.period.year, PeriodKind.YEAR)
        return self.plan.deadline(self.a.target)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period on the axis: from the first value to the deadline."""
        first = self.a.history[0].period
        last = max(self.horizon.year, self.a.history[-1].period.year)
        return history_of(Period(last, PeriodKind.YEAR), first.kind, first.year)

    @cached_property
    def now(self) -> int:
        """The place of the newest period of the series."""
        return len(self.a.history) - 1

    @cached_property
    def actual(self) -> list[tuple[int, Point | None]]:
        """The series, with None wherever the line must be broken."""
        found: list[tuple[int, Point | None]] = []
        for place, point in enumerate(self.a.history):
            if place and is_break(self.a.history, place, starts_again=self.a.starts_again):
                found.append((place, None))
            found.append((place, point))
        return found

    @cached_property
    def expected(self) -> list[tuple[int, Fraction]]:
        """The path to the target, where it is not the target itself."""
        a = self.a
        if a.rule is None or a.target.path is Path.LEVEL:
            return []
        start = a.baseline.period if a.baseline else self.plan.start(a.target)
        found = []
        for place, period in enumerate(self.periods):
            value = expected_now(
                a.target.path,
                target=a.rule.value,
                baseline=a.baseline,
                now=period,
                deadline=self.horizon,
            )
            before = period.end < start.end or period.year < self.plan.first_year - 1
            if value is not None and not before and not self._restarts(period):
                found.append((place, value))
        return found

    def _restarts(self, period: Period) -> bool:
        return self.a.target.path is Path.CUMULATIVE and period.year != self.horizon.year

    @cached_property
    def heading(self) -> tuple[int, Fraction] | None:
        """Where the value is heading at the deadline."""
        if self.a.projection is None or self.a.measure.value is None:
            return None
        return len(self.periods) - 1, possible(self.a, self.a.projection.value)
