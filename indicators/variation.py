"""Variation: a series as a control chart, where a steady mean is the right question (methods 3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from indicators.assessment import STARTS_AGAIN
from indicators.catalogue import (
    Behaviour,
    Catalogue,
    Indicator,
    IndicatorKind,
    Polarity,
    Window,
)
from indicators.expect import Point
from indicators.plans import Path
from indicators.statistics.control_chart import (
    Assurance,
    ControlChart,
    Variation,
    assurance,
    control_chart,
    variation,
)

ENOUGH = 5  # points; with fewer a mean says nothing about a process
# Of all movement the part that goes one way, from which a stock is called a trend.
ONE_WAY = Fraction(3, 4)


class ChartState(StrEnum):
    """Whether the chart is drawn, and if not, why."""

    DRAWN = "drawn"
    TOO_FEW = "too_few"  # fewer than 5 points without a gap
    STARTS_AGAIN = "starts_again"  # counted from 0 each January: no two quarters are alike
    TRENDS = "trends"  # a stock that moves one way: show the distance to its path instead


@dataclass(frozen=True)
class SeriesChart:
    """The latest unbroken points, their chart, and what it says of the last one and of the target.

    ``is_trial``: with fewer than 13 points the limits are on trial. ``is_seasonal``: amounts per
    quarter, which belong beside the same quarter last year before they belong here.
    """

    state: ChartState
    points: tuple[Point, ...] = ()
    chart: ControlChart | None = None
    variation: Variation | None = None
    assurance: Assurance | None = None
    is_seasonal: bool = False

    @property
    def is_trial(self) -> bool:
        """Whether the limits are on trial."""
        return self.chart is not None and self.chart.limits.is_trial


def series_chart(
    history: Sequence[Point],
    *,
    indicator: Indicator,
    catalogue: Catalogue,
    path: Path,
    polarity: Polarity,
    target: Fraction | None,
) -> SeriesChart:
    """The chart of a series, oldest first, or why there is none; ``polarity`` is the target's."""
    if path in STARTS_AGAIN or indicator.window is Window.YEAR_TO_DATE:
        return SeriesChart(ChartState.STARTS_AGAIN)
    points = latest_run(history)
    values = [point.value for point in points if point.value is not None]
    if len(values) < ENOUGH:
        return SeriesChart(ChartState.TOO_FEW, points)
    flows = is_of_flows(indicator, catalogue)
    if not flows and goes_one_way(values):
        return SeriesChart(ChartState.TRENDS, points)
    chart = control_chart(values)
    return SeriesChart(
        ChartState.DRAWN,
        points,
        chart,
        variation(chart, polarity=polarity),
        assurance(chart.limits, target=target, polarity=polarity),
        flows and indicator.kind is IndicatorKind.COUNT,
    )


def latest_run(history: Sequence[Point]) -> tuple[Point, ...]:
    """The points without a gap up to the last one that is known."""
    run: list[Point] = []
    for point in reversed(history):
        if point.value is not None:
            run.insert(0, point)
        elif run:
            break
    return tuple(run)


def goes_one_way(values: Sequence[Fraction]) -> bool:
    """Whether most of all movement goes one way: a climb with small returns is still a climb."""
    moves = [after - before for before, after in pairwise(values)]
    whole = sum((abs(move) for move in moves), Fraction(0))
    up = sum((move for move in moves if move > 0), Fraction(0))
    return whole > 0 and max(up, whole - up) >= ONE_WAY * whole


def is_of_flows(indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether what is counted happens in the period, rather than being there at its end."""
    found = [catalogue.quantities[name].behaviour for name in indicator.numerator]
    return Behaviour.FLOW in found
