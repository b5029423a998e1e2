"""Assessing: a plan's targets for one scope and period, from measures to verdicts."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from indicators.catalogue import Indicator, IndicatorKind
from indicators.demands import history_periods
from indicators.deployment import Deployment
from indicators.due import due_date
from indicators.expect import (
    Point,
    Projection,
    best_step,
    expected_now,
    project,
    quarters_left,
)
from indicators.judge import (
    BAD,
    SLOW,
    UNJUDGED,
    Rule,
    Standing,
    Verdict,
    difference,
    direction,
    gap,
    judge,
    judge_each,
    meets,
    rule_for,
    worst,
)
from indicators.matching import Sums
from indicators.measure import Measure, Status, measure, share_of_units, value_of
from indicators.period import Period, PeriodKind
from indicators.plans import Comparator, Path, Plan, Target, test_of
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
    also: tuple["Assessment", ...] = ()
    units: tuple["Assessment", ...] = ()

    @property
    def is_getting_worse(self) -> bool:
        """Whether the last step went away from the target."""
        values = [p.value for p in self.history if p.value is not None]
        sign = direction(self.test)
        if len(values) < 2 or sign == 0 or self.target.path is Path.CUMULATIVE:
            return False
        return sign * (values[-1] - values[-2]) < 0

    @cached_property
    def failing(self) -> tuple["Assessment", ...]:
        """Of an "every unit" target: the units that do not pass."""
        return tuple(u for u in self.units if u.verdict in BAD | SLOW)


@dataclass(frozen=True)
class Looking:
    """Where a target is looked at: the scope, and how to measure there."""

    scope: str
    measure: Callable[[Indicator, Period], Measure]
    value: Callable[[Indicator, Period], Fraction | None]
    with_history: bool


@dataclass(frozen=True)
class Assessor:
    """Assesses targets of one plan over one scope. ``today`` is given, never read from a clock."""

    deployment: Deployment
    plan: Plan
    scope: str
    period: Period
    today: date
    source: Source
    with_history: bool = True  # False: only verdicts are wanted (what would a file change?)
    tables: dict[str, Table] = field(default_factory=dict)

    def table(self, grouping: str) -> Table:
        """The sums under one grouping, asked for once."""
        if grouping not in self.tables:
            self.tables[grouping] = self.source(grouping)
        return self.tables[grouping]

    def measure(self, indicator: Indicator, period: Period) -> Measure:
        """The indicator over the whole scope."""
        if indicator.kind is IndicatorKind.SHARE_OF_UNITS:
            return self._share(indicator, period)
        return self.measure_group(indicator, period, indicator.matched_by, None)

    def value(self, indicator: Indicator, period: Period) -> Fraction | None:
        """Only its value, for a point of a series."""
        if indicator.kind is IndicatorKind.SHARE_OF_UNITS:
            return self._share(indicator, period).value
        return self.value_group(indicator, period, indicator.matched_by, None)

    def measure_group(
        self, indicator: Indicator, period: Period, grouping: str, group: str | None
    ) -> Measure:
        """The indicator over one group of a grouping (one district, one commune)."""
        table, catalogue = self.table(grouping), self.deployment.catalogue
        return measure(
            indicator,
            period,
            roster=table.roster,
            cells=table.cells,
            catalogue=catalogue,
            group=group,
        )

    def value_group(
        self, indicator: Indicator, period: Period, grouping: str, group: str | None
    ) -> Fraction | None:
        """Only the value over one group."""
        table, catalogue = self.table(grouping), self.deployment.catalogue
        return value_of(
            indicator,
            period,
            roster=table.roster,
            cells=table.cells,
            catalogue=catalogue,
            group=group,
        )

    def _share(self, indicator: Indicator, period: Period) -> Measure:
        condition = indicator.condition
        if condition is None or indicator.counted is None:
            raise ValueError(f"{indicator.id} has no condition")  # refused at load
        inner = self.deployment.catalogue.indicators[condition.indicator]
        test, value = Comparator(condition.comparator), Fraction(condition.value)
        passed: dict[str, bool | None] = {}
        for unit in self.members(indicator.counted, period):
            found = self.value_group(inner, period, indicator.counted, unit)
            passed[unit] = None if found is None else meets(found, test, value)
        return share_of_units(indicator, period, passed)

    def members(self, kind: str, period: Period) -> tuple[str, ...]:
        """The units of a kind that are valid in the scope at the end of the period."""
        tree = self.deployment.units.at(period.end)
        return tuple(u.id for u in tree.within(self.scope) if u.kind == kind)

    def assess(self, target: Target) -> Assessment:
        """One target, with its further measures or its units where it has them."""
        indicator = self.deployment.catalogue.indicators[target.indicator]
        if target.each is not None:
            return self._assess_each(target, indicator)
        first = self._assess_over(target, indicator, self._whole())
        if not target.also:
            return first
        others = [
            self._assess_over(target, self.deployment.catalogue.indicators[name], self._whole())
            for name in target.also
        ]
        verdict = worst([first.verdict, *(other.verdict for other in others)])
        return dataclasses.replace(first, verdict=verdict, also=(first, *others))

    def _assess_each(self, target: Target, indicator: Indicator) -> Assessment:
        kind = target.each or ""
        units = tuple(
            self.assess_group(target, indicator, kind, unit)
            for unit in self.members(kind, self.period)
        )
        judged = [u for u in units if u.measure.status is not Status.NOT_APPLICABLE]
        absent = [Verdict.NO_DATA] * (len(units) - len(judged))
        verdict = judge_each([u.verdict for u in judged] + absent) if judged else Verdict.NO_DATA
        whole = self._assess_over(target, indicator, self._whole())
        return dataclasses.replace(whole, verdict=verdict, units=units)

    def _whole(self) -> "Looking":
        return Looking(self.scope, self.measure, self.value, self.with_history)

    def assess_group(
        self,
        target: Target,
        indicator: Indicator,
        grouping: str,
        group: str,
        *,
        with_history: bool = False,
    ) -> Assessment:
        """The target applied to one unit of a grouping."""

        def measured(asked: Indicator, period: Period) -> Measure:
            return self.measure_group(asked, period, grouping, group)

        def valued(asked: Indicator, period: Period) -> Fraction | None:
            return self.value_group(asked, period, grouping, group)

        looking = Looking(group, measured, valued, with_history)
        return self._assess_over(target, indicator, looking)

    def _assess_over(self, target: Target, indicator: Indicator, looking: "Looking") -> Assessment:
        found = looking.measure(indicator, self.period)
        baseline = self._baseline(target, indicator, looking)
        test = test_of(target, indicator)
        rule = rule_for(
            target,
            indicator,
            test,
            baseline=baseline.value if baseline else None,
            margin_percent=self.deployment.settings.exceeded_margin_percent,
        )
        due = due_date(indicator, self.period, self.deployment.catalogue)
        standing = self._standing(target, rule, baseline, due)
        verdict = judge(found, rule, standing)
        series = self._series(indicator, looking, wanted=verdict in SLOW)
        if verdict in SLOW:
            # The pace is looked at only where it matters: it takes the whole history.
            pace = best_step(target.path, series, direction(test))
            standing = dataclasses.replace(standing, best_step=pace)
            verdict = judge(found, rule, standing)
        if verdict not in UNJUDGED and not self._is_asked_of(target, looking.scope):
            verdict = Verdict.NO_TARGET
        return Assessment(
            target,
            indicator,
            looking.scope,
            self.period,
            found,
            test,
            rule,
            verdict,
            standing,
            due,
            gap(indicator, found, rule) if rule else None,
            difference(found.value, rule.value) if rule and found.value is not None else None,
            baseline,
            looking.value(indicator, self.period.previous_year()),
            series,
            self._projection(target, found, rule, series, baseline),
        )

    def _is_asked_of(self, target: Target, scope: str) -> bool:
        """Whether the plan asks the target of this very unit: its own unit, or "each" of a kind.

        A province's 36,5 beds per 10,000 are no target for one of its districts.
        """
        if target.each is None:
            return scope == self.plan.unit
        unit = self.deployment.units.at(self.period.end).units.get(scope)
        return unit is not None and unit.kind == target.each

    def _series(
        self, indicator: Indicator, looking: "Looking", *, wanted: bool
    ) -> tuple[Point, ...]:
        if not (looking.with_history or wanted):
            return ()
        periods = history_periods(indicator, self.plan, self.period, self.deployment)
        return tuple(Point(p, looking.value(indicator, p)) for p in periods)

    def _baseline(self, target: Target, indicator: Indicator, looking: "Looking") -> Point | None:
        """The value before the plan: as the document gives it, else as measured then."""
        before = self.plan.start(target)
        if target.baseline is not None:
            return Point(before, Fraction(target.baseline))
        if target.path is not Path.LINEAR and target.value is not None:
            return None
        value = looking.value(indicator, before)
        return Point(before, value) if value is not None else None

    def _horizon(self, target: Target) -> Period:
        """By when the value must be there: a cumulative one starts again each January."""
        if target.path is Path.CUMULATIVE:
            return Period(self.period.year, PeriodKind.YEAR)
        return self.plan.deadline(target)

    def _standing(
        self, target: Target, rule: Rule | None, baseline: Point | None, due: date | None
    ) -> Standing:
        is_due = due is None or self.today > due
        final = is_due and self.period.end >= self.plan.deadline(target).end
        if rule is None:
            return Standing(final, is_due)
        horizon = self._horizon(target)
        expected = expected_now(
            target.path, target=rule.value, baseline=baseline, now=self.period, deadline=horizon
        )
        left = quarters_left(self.period, horizon)
        return Standing(final, is_due, expected, steps_left=left)

    def _projection(
        self,
        target: Target,
        found: Measure,
        rule: Rule | None,
        series: tuple[Point, ...],
        baseline: Point | None,
    ) -> Projection | None:
        if rule is None:
            return None
        return project(
            target.path,
            value=found.value,
            target=rule.value,
            baseline=baseline,
            series=series,
            now=self.period,
            deadline=self._horizon(target),
        )

    def assess_all(self) -> list[Assessment]:
        """Every target of the plan, in the order of the document."""
        return [self.assess(target) for target in self.plan.targets]
