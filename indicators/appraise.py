"""Appraising: one target at one place, from its measure to its verdict."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from indicators.assessment import Assessment, Frame, Looking
from indicators.breaks import (
    SeriesBreak,
    between,
    border_breaks,
    definition_breaks,
    is_comparable,
)
from indicators.catalogue import Indicator
from indicators.demands import history_periods, judged_period
from indicators.expect import (
    Point,
    Profile,
    Projection,
    best_step,
    expected_now,
    profile_by_shares,
    project,
    quarters_left,
    seasonal_shares,
)
from indicators.judge import (
    SLOW,
    UNJUDGED,
    Rule,
    Standing,
    Verdict,
    difference,
    direction,
    gap,
    judge,
    meets,
    rule_for,
    worst,
)
from indicators.measure import Measure, is_too_few, mean_of
from indicators.period import Period, PeriodKind
from indicators.plan_reading import test_of
from indicators.plans import Comparator, Path, Target


def appraise(frame: Frame, target: Target, looking: Looking) -> Assessment:
    """The target at this place: the worst of its measures where several must pass."""
    found = [Appraisal(frame, one, looking).assessment() for one in target.measures]
    if len(found) == 1:
        return found[0]
    verdict = worst(part.verdict for part in found)
    return dataclasses.replace(found[0], target=target, verdict=verdict, also=tuple(found))


@dataclass(frozen=True)
class Appraisal:
    """One measure of a target at one place, worked out step by step."""

    frame: Frame
    target: Target
    looking: Looking

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.frame.deployment.catalogue.indicators[self.target.indicator]

    def assessment(self) -> Assessment:
        """All of it; a target with another test for some units is judged by the one that holds."""
        if self.target.unless is None:
            return self._assess()
        excepted = self._is_excepted()
        usual = dataclasses.replace(self.target, unless=None)
        other = dataclasses.replace(usual, comparator=self.target.unless.comparator)
        if excepted is not None:
            return self._as(other if excepted else usual)
        return self._either(self._as(usual), self._as(other))

    def _as(self, target: Target) -> Assessment:
        return Appraisal(self.frame, target, self.looking)._assess()

    def _is_excepted(self) -> bool | None:
        """Whether the unit meets the condition of the exception; None when that is not known."""
        unless = self.target.unless
        assert unless is not None
        condition = self.frame.deployment.catalogue.indicators[unless.indicator]
        value = self.looking.value(condition, self.frame.period)
        return None if value is None else meets(value, unless.test, Fraction(unless.value))

    def _either(self, usual: Assessment, other: Assessment) -> Assessment:
        """A verdict only where both tests agree."""
        if usual.verdict is other.verdict:
            return usual
        return dataclasses.replace(usual, verdict=Verdict.PARTIAL)

    def _assess(self) -> Assessment:
        frame, target, indicator, looking = self.frame, self.target, self.indicator, self.looking
        found = self._measure()
        breaks = self._breaks
        baseline = self._baseline(breaks)
        test = test_of(target, indicator)
        margin = frame.deployment.settings.exceeded_margin_percent
        known = baseline.value if baseline else None
        rule = rule_for(target, test, baseline=known, margin_percent=margin)
        standing = self._standing(found, rule, baseline)
        verdict = judge(found, rule, standing)
        series = self._series(wanted=verdict in SLOW)
        if verdict in SLOW:
            # The pace is looked at only where it matters: it takes the whole history.
            pace = best_step(target.path, self._since_break(series, breaks), direction(test))
            standing = dataclasses.replace(standing, best_step=pace)
            verdict = judge(found, rule, standing)
        if verdict not in UNJUDGED and not self._is_asked():
            verdict = Verdict.NO_TARGET
        return Assessment(
            target,
            indicator,
            looking.scope,
            frame.period,
            found,
            test,
            rule,
            verdict,
            standing,
            self._due,
            gap(indicator, found, rule) if rule else None,
            difference(found.value, rule.value) if rule and found.value is not None else None,
            baseline,
            self._last_year(breaks),
            series,
            self._projection(found, rule, self._since_break(series, breaks), baseline),
            breaks,
            frame.plan.deadline(target),
            self._is_done_late(verdict, rule),
        )

    @cached_property
    def _profile(self) -> Profile | None:
        """How the way to the target spreads over time: as entered, or as in the years before."""
        if self.target.profile:
            return Profile(tuple(map(Fraction, self.target.profile)))
        if not self.target.seasonal:
            return None
        series = self._since_break(self._series(wanted=True), self._breaks)
        shares = seasonal_shares(series, before=self.frame.period.year)
        return None if shares is None else profile_by_shares(shares)

    @cached_property
    def _judged(self) -> Period:
        frame = self.frame
        return judged_period(
            self.indicator, self.target, frame.plan, frame.period, frame.deployment
        )

    @cached_property
    def _due(self) -> date | None:
        """When the figures were due."""
        return self.frame.due_day(self.indicator, self._judged, self.looking.scope)

    def _is_done_late(self, verdict: Verdict, rule: Rule | None) -> bool:
        """Whether what was missed on its day has been done since."""
        if verdict is not Verdict.NOT_MET or rule is None or self._judged == self.frame.period:
            return False
        now = self.looking.value(self.indicator, self.frame.period)
        return now is not None and meets(now, rule.test, rule.value)

    def _measure(self) -> Measure:
        """The value of the period, or the mean of the years of the plan up to it."""
        frame = self.frame
        if not self.target.average:
            return self.looking.measure(self.indicator, self._judged)
        years = range(frame.plan.first_year, frame.period.year + 1)
        periods = [Period(year, PeriodKind.YEAR) for year in years]
        if frame.period.kind is not PeriodKind.YEAR:
            periods = periods[:-1]
        yearly = {p.code: self.looking.value(self.indicator, p) for p in periods}
        return mean_of(yearly, self.looking.measure(self.indicator, frame.period))

    def _is_asked(self) -> bool:
        tree = self.frame.deployment.units.at(self.frame.period.end)
        unit = tree.units.get(self.looking.scope)
        kind = unit.kind if unit else None
        return self.frame.plan.asks(self.target, self.looking.scope, kind)

    @cached_property
    def _breaks(self) -> tuple[SeriesBreak, ...]:
        """Where the series breaks: another definition, or other borders of the unit looked at."""
        frame, units = self.frame, self.frame.deployment.units
        first = date(min(frame.plan.first_year, frame.period.year) - 1, 1, 1)
        borders = border_breaks(units, self.looking.scope, first, frame.period.end)
        return tuple(sorted((*definition_breaks(self.indicator), *borders), key=lambda b: b.day))

    def _series(self, *, wanted: bool) -> tuple[Point, ...]:
        if not (self.looking.with_history or wanted):
            return ()
        frame, value = self.frame, self.looking.value
        periods = history_periods(self.indicator, frame.plan, frame.period, frame.deployment)
        return tuple(Point(p, value(self.indicator, p)) for p in periods)

    def _since_break(
        self, series: Iterable[Point], breaks: tuple[SeriesBreak, ...]
    ) -> tuple[Point, ...]:
        """The points that compare with the period looked at."""
        return tuple(p for p in series if is_comparable(breaks, p.period, self.frame.period))

    def _last_year(self, breaks: tuple[SeriesBreak, ...]) -> Fraction | None:
        before = self.frame.period.previous_year()
        if self.target.average or not is_comparable(breaks, before, self.frame.period):
            return None
        return self.looking.value(self.indicator, before)

    def _baseline(self, breaks: tuple[SeriesBreak, ...]) -> Point | None:
        """The value before the plan: as the document gives it, else as measured then."""
        target, before = self.target, self.frame.plan.start(self.target)
        if target.baseline is not None:
            return Point(before, Fraction(target.baseline))
        needed = target.path is Path.LINEAR or target.is_relative or _is_open(target)
        if not needed or not is_comparable(breaks, before, self.frame.period):
            return None
        value = self.looking.value(self.indicator, before)
        return Point(before, value) if value is not None else None

    def _horizon(self) -> Period:
        """By when the value must be there: a cumulative one starts again each January."""
        if self.target.path in (Path.CUMULATIVE, Path.CEILING):
            return Period(self.frame.period.year, PeriodKind.YEAR)
        return self.frame.plan.deadline(self.target)

    def _standing(self, found: Measure, rule: Rule | None, baseline: Point | None) -> Standing:
        frame, path = self.frame, self.target.path
        is_due = self._due is None or frame.today > self._due
        final = is_due and frame.period.end >= frame.plan.deadline(self.target).end
        changes = definition_breaks(self.indicator)
        redefined = bool(between(changes, frame.plan.first_day, frame.period.end))
        too_few = is_too_few(found, self.indicator)
        standing = Standing(final, is_due, path=path, redefined=redefined, too_few=too_few)
        if rule is None:
            return standing
        horizon = self._horizon()
        expected = expected_now(
            path,
            target=rule.value,
            baseline=baseline,
            now=frame.period,
            deadline=horizon,
            profile=self._profile,
        )
        left = quarters_left(frame.period, horizon)
        return dataclasses.replace(standing, expected=expected, steps_left=left)

    def _projection(
        self,
        found: Measure,
        rule: Rule | None,
        series: tuple[Point, ...],
        baseline: Point | None,
    ) -> Projection | None:
        if rule is None or self.target.is_relative or self.target.average:
            return None
        return project(
            self.target.path,
            value=found.value,
            target=rule.value,
            baseline=baseline,
            series=series,
            now=self.frame.period,
            deadline=self._horizon(),
            profile=self._profile,
        )


def _is_open(target: Target) -> bool:
    """Whether "maintain" leaves the value to what was reached before."""
    return target.value is None and target.comparator is Comparator.MAINTAIN
