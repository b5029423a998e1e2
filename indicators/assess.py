"""Assessing: a plan's targets for one scope and period, from measures to verdicts."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from indicators.appraise import appraise
from indicators.assessment import Assessment, Frame, Looking, Source, Table
from indicators.catalogue import Indicator, IndicatorKind, Matching
from indicators.deployment import Deployment
from indicators.judge import Verdict, judge_each, meets
from indicators.measure import (
    Measure,
    Status,
    count_of_units,
    measure,
    needed_parts,
    share_of_units,
    value_of,
)
from indicators.period import Period
from indicators.plans import Comparator, Plan, Target

__all__ = ["Assessment", "Assessor", "Source", "Table"]


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
        if needed_parts(inner, period, self.deployment.catalogue) is None:
            return Measure(indicator.id, period.code, Status.TOO_RARE)
        test, value = Comparator(condition.comparator), Fraction(condition.value)
        table = self.table(self.grouping_of(indicator.counted))
        roster, catalogue = table.roster.of_the_day, self.deployment.catalogue
        passed: dict[str, bool | None] = {}
        for unit in self._counted(indicator.counted, inner, period):
            found = measure(
                inner, period, roster=roster, cells=table.cells, catalogue=catalogue, group=unit
            )
            if found.status is not Status.NOTHING:
                known = found.value if found.is_whole else None
                passed[unit] = None if known is None else meets(known, test, value)
        return share_of_units(indicator, period, passed)

    def _counted(self, kind: str, inner: Indicator, period: Period) -> Iterable[str]:
        """The units of a kind there were in the scope, or in what it was made of then."""
        needed = needed_parts(inner, period, self.deployment.catalogue)
        if period == self.period or not needed or not self.deployment.catalogue.kinds[kind].area:
            return self.members((kind,), period)
        last = max((parts[-1] for parts in needed.values()), key=lambda part: part.sort_key)
        return self.table(kind).roster.units_in(last.code)

    def _sites(self, target: Target, indicator: Indicator, period: Period) -> Measure:
        """How many of the named units in the scope have it."""
        if needed_parts(indicator, period, self.deployment.catalogue) is None:
            return Measure(indicator.id, period.code, Status.TOO_RARE)
        values = {
            unit: self.value_group(indicator, period, Matching.UNIT, unit)
            for unit in self._inside(target.sites, period)
        }
        passed = {unit: None if v is None else v >= 1 for unit, v in values.items()}
        return count_of_units(indicator, period, passed)

    def members(self, kinds: Iterable[str], period: Period) -> tuple[str, ...]:
        """The units of some kinds that are valid in the scope at the end of the period."""
        tree, wanted = self.deployment.units.at(period.end), frozenset(kinds)
        return tuple(u.id for u in tree.within(self.scope) if u.kind in wanted)

    def grouping_of(self, kind: str) -> str:
        """Under which grouping a unit of the kind is looked at: an area holds what reports for it."""
        return kind if self.deployment.catalogue.kinds[kind].area else Matching.UNIT

    def assess(self, target: Target) -> Assessment:
        """One target, with its further measures or its units where it has them."""
        if target.each:
            return self._assess_each(target)
        if target.unit is not None and target.unit != self.scope:
            return self.assess_group(target, Matching.UNIT, target.unit, with_history=True)
        if target.sites:
            target = self._sites_here(target)
        return appraise(self._frame, target, self._whole(target))

    def _sites_here(self, target: Target) -> Target:
        """The target for the named units that stand in the scope: of a unit, only itself is asked."""
        if self.scope == self.plan.unit:
            return target
        here = self._inside(target.sites, self.period)
        return dataclasses.replace(target, value=Decimal(len(here)))

    def _inside(self, sites: Iterable[str], period: Period) -> tuple[str, ...]:
        inside = {u.id for u in self.deployment.units.at(period.end).within(self.scope)}
        return tuple(unit for unit in sites if unit in inside)

    def _assess_each(self, target: Target) -> Assessment:
        units = tuple(
            self.assess_group(target, self.grouping_of(kind), unit)
            for kind in target.each
            for unit in self.members((kind,), self.period)
        )
        judged = [u for u in units if u.measure.status is not Status.NOT_APPLICABLE]
        absent = [Verdict.NO_DATA] * (len(units) - len(judged))
        verdict = judge_each([u.verdict for u in judged] + absent) if judged else Verdict.NO_DATA
        whole = appraise(self._frame, target, self._whole(target))
        return dataclasses.replace(whole, target=target, verdict=verdict, units=units, also=())

    @cached_property
    def _frame(self) -> Frame:
        return Frame(self.deployment, self.plan, self.period, self.today, self.with_history)

    def _whole(self, target: Target) -> Looking:
        if not target.sites:
            return Looking(self.scope, self.measure, self.value, self.with_history)

        def counted(indicator: Indicator, period: Period) -> Measure:
            return self._sites(target, indicator, period)

        def number(indicator: Indicator, period: Period) -> Fraction | None:
            return self._sites(target, indicator, period).value

        return Looking(self.scope, counted, number, self.with_history)

    def assess_group(
        self, target: Target, grouping: str, group: str, *, with_history: bool = False
    ) -> Assessment:
        """The target applied to one unit of a grouping."""

        def measured(asked: Indicator, period: Period) -> Measure:
            return self.measure_group(asked, period, grouping, group)

        def valued(asked: Indicator, period: Period) -> Fraction | None:
            return self.value_group(asked, period, grouping, group)

        looking = Looking(group, measured, valued, with_history and self.with_history)
        return appraise(self._frame, target, looking)

    def assess_all(self) -> list[Assessment]:
        """Every target of the plan, in the order of the document."""
        return [self.assess(target) for target in self.plan.targets]
