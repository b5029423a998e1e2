"""Special causes in words: what a control chart says of a series (methods 3.6), or nothing."""

from fractions import Fraction
from itertools import pairwise

from indicators.assess import Assessment
from indicators.movement import kind_name, possible
from indicators.period import period_inside
from indicators.sentence import short_value, value_text
from indicators.statistics.control_chart import Assurance, Rule, Signal
from indicators.text import say
from indicators.variation import ChartState, SeriesChart


def is_telling(found: SeriesChart) -> bool:
    """Whether the chart says anything: drawn, its values differ, and no season stands behind them."""
    return (
        found.state is ChartState.DRAWN
        and not found.is_seasonal
        and found.chart is not None
        and not found.chart.limits.is_flat
    )


def signal_texts(a: Assessment, found: SeriesChart, language: str = "vi") -> tuple[str, ...]:
    """The latest point against what is usual, earlier signals, and what that means for the plan."""
    if not is_telling(found) or found.chart is None:
        return ()
    latest = found.chart.signals[-1]
    text = usual(a, found, language) if latest is None else signal(a, found, latest, language)
    if found.is_trial:
        text += say("signal.trial", language, points=len(found.points))
    return (f"{text}.", earlier(found, language), assured(found, language))


def usual(a: Assessment, found: SeriesChart, language: str) -> str:
    """Within the limits, and which these are."""
    return say("signal.usual", language, **limits_of(a, found, language))


def limits_of(a: Assessment, found: SeriesChart, language: str) -> dict[str, str]:
    """The limits as values, kept inside what the indicator can be."""
    assert found.chart is not None
    limits = found.chart.limits
    low, high = (possible(a, Fraction(end)) for end in (limits.low, limits.high))
    return {
        "low": short_value(low, a.indicator, language, beside=high),
        "high": value_text(high, a.indicator, language, beside=low),
    }


def signal(a: Assessment, found: SeriesChart, latest: Signal, language: str) -> str:
    """Why the latest point is not common variation."""
    side = "high" if latest.side > 0 else "low"
    return say(
        f"signal.{latest.rule}_{side}",
        language,
        name=kind_name(found.points[-1].period.kind, language),
        count=run_of(found, latest),
        **limits_of(a, found, language),
    )


def run_of(found: SeriesChart, latest: Signal) -> int:
    """Over how many of the last points a run goes; 1 for a point that stands for itself."""
    assert found.chart is not None
    if latest.rule not in (Rule.TREND, Rule.SHIFT):
        return 1
    values = [float(p.value) for p in reversed(found.points) if p.value is not None]
    centre = found.chart.limits.centre
    if latest.rule is Rule.SHIFT:
        held = [latest.side * (value - centre) > 0 for value in values]
    else:
        held = [latest.side * (newer - older) > 0 for newer, older in pairwise(values)]
    return (*held, False).index(False)


def earlier(found: SeriesChart, language: str) -> str:
    """The periods before the latest that were unusual."""
    assert found.chart is not None
    marked = zip(found.points[:-1], found.chart.signals[:-1], strict=True)
    outside = [p.period for p, s in marked if s is not None and s.rule is Rule.OUTSIDE]
    periods = [period_inside(period, language) for period in outside]
    return say("signal.earlier", language, periods=", ".join(periods)) + "." if periods else ""


def assured(found: SeriesChart, language: str) -> str:
    """Whether the process as it runs meets the plan by itself; nothing on limits on trial."""
    if found.is_trial or found.assurance in (None, Assurance.NO_JUDGEMENT):
        return ""
    return say(f"signal.{found.assurance}", language) + "."
