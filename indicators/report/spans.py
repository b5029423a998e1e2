"""What happened within the period beside what came together since January: two columns of papers.

They differ only for what happens (children immunised, transactions). How things stand at a day
(beds, doctors, people insured) has one value, that of the last day, which is both.
"""

from dataclasses import dataclass, replace

from indicators.assess import Assessment, Assessor
from indicators.catalogue import Catalogue, Indicator, IndicatorKind, Matching, Window
from indicators.measure import Measure
from indicators.period import Period
from indicators.variation import is_of_flows

OTHER = {Window.PERIOD: Window.YEAR_TO_DATE, Window.YEAR_TO_DATE: Window.PERIOD}


@dataclass(frozen=True)
class Spans:
    """Both measures of a target; None where one of them means nothing.

    ``by_period``: it is judged by the period alone, not by what came together since January.
    """

    within: Measure | None
    to_date: Measure | None
    by_period: bool = False

    @property
    def other(self) -> Measure | None:
        """The one that is not judged."""
        return self.to_date if self.by_period else self.within


def is_later(period: Period) -> bool:
    """Whether anything of the year lies before the period, so that the two differ."""
    return period.first_month > 1


def spans_of(a: Assessment, assessor: Assessor) -> Spans:
    """Both, each measured as every page measures: the indicator over another window."""
    catalogue = assessor.deployment.catalogue
    if is_put_together(a):
        return Spans(None, a.measure)
    if not happens(a, catalogue):
        return Spans(a.measure, a.measure)
    other = over_other_window(a, assessor)
    if counted_by(a.indicator, catalogue).window is Window.PERIOD:
        return Spans(a.measure, other, by_period=True)
    return Spans(other, a.measure)


def is_put_together(a: Assessment) -> bool:
    """Whether the value is of more than the period: a mean of years, a deadline gone by."""
    return a.target.average or (not a.units and a.measure.period != a.period.code)


def happens(a: Assessment, catalogue: Catalogue) -> bool:
    """Whether the target counts what happens, in a period that leaves room for a second number.

    Not where units or places that meet something are counted: they do at the end of the period.
    """
    if a.units or a.target.sites or is_put_together(a):
        return False
    flows = is_of_flows(counted_by(a.indicator, catalogue), catalogue)
    return flows and is_later(a.period)


def counted_by(indicator: Indicator, catalogue: Catalogue) -> Indicator:
    """The indicator whose figures are summed: of a share of units that of its condition."""
    if indicator.condition is None:
        return indicator
    return catalogue.indicators[indicator.condition.indicator]


def over_other_window(a: Assessment, assessor: Assessor) -> Measure | None:
    """The value over the window that is not judged; None of a share of units, which has no other."""
    if a.indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        return None
    indicator = replace(a.indicator, window=OTHER[a.indicator.window])
    if a.scope == assessor.scope:
        return assessor.measure(indicator, a.period)
    return assessor.measure_group(indicator, a.period, Matching.UNIT, a.scope)
