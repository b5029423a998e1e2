"""The evidence beside a verdict as JSON: the same keys for every target, absent is null."""

from typing import Any

from etl.commands.answer import number
from indicators.chance import Estimate, Placed
from indicators.contributions import Mix, Share
from indicators.evidence import Evidence, LastYear, Pace, Season, Way
from indicators.expect import Projection
from indicators.statistics.control_chart import ControlChart
from indicators.statistics.trend import RecentTrend
from indicators.variation import SeriesChart

Row = dict[str, Any]


def evidence_row(found: Evidence) -> Row:
    """One object for a row of ``verdicts``; numbers in the unit of the indicator."""
    return {
        "partial": found.partial,
        "gap_closed": _way(found.gap_closed),
        "so_far": _way(found.so_far),
        "too_few": found.too_few,
        "interval": _interval(found.estimate),
        "pace": _pace(found.pace),
        "projection": _projection(found.projection),
        "season": _season(found.season),
        "last_year": _last_year(found.last_year),
        "mix": _mix(found.mix),
        "shares": [_share(share) for share in found.shares.units],
        "rest": number(found.shares.rest),
        "rest_share": number(found.shares.rest_share),
        "funnel": [_placed(placed) for placed in found.placed],
        "control_chart": _chart(found.chart),
        "trend": _trend(found.trend),
        "beyond_chance": found.beyond_chance,
    }


def _way(found: Way) -> Row:
    return {
        "state": str(found.closed.state),
        "percent": number(found.closed.percent),
        "low": number(found.low),
        "high": number(found.high),
    }


def _interval(found: Estimate | None) -> Row:
    if found is None:
        return dict.fromkeys(("low", "high", "method", "confidence"))
    return {
        "low": found.low,
        "high": found.high,
        "method": str(found.method),
        "confidence": found.confidence,
    }


def _pace(found: Pace) -> Row:
    return {
        "required": number(found.required),
        "best": number(found.best),
        "never_achieved": found.never_achieved,
        "enough_history": found.best is not None,
    }


def _projection(found: Projection | None) -> Row:
    if found is None:
        return dict.fromkeys(("value", "low", "high", "method"))
    return {
        "value": number(found.value),
        "low": number(found.low),
        "high": number(found.high),
        "method": str(found.method),
    }


def _season(found: Season | None) -> Row:
    return {
        "shares": None if found is None else [float(share) for share in found.shares],
        "expected_now": None if found is None else number(found.expected),
        "projection": _projection(None if found is None else found.projection),
    }


def _last_year(found: LastYear) -> Row:
    return {
        "value": number(found.value),
        "change": number(found.change),
        "percent": number(found.percent),
        "in_points": found.in_points,
    }


def _mix(found: Mix | None) -> Row:
    if found is None:
        names = ("rate_effect", "mix_effect", "change", "reversed", "units", "of")
        return dict.fromkeys(names)
    return {
        "rate_effect": number(found.effect.rate),
        "mix_effect": number(found.effect.mix),
        "change": number(found.effect.change),
        "reversed": found.effect.is_reversed,
        "units": found.units,
        "of": found.of,
    }


def _share(found: Share) -> Row:
    return {"unit": found.unit, "gap": number(found.gap), "share": number(found.share)}


def _placed(found: Placed) -> Row:
    return {"unit": found.unit, "place": str(found.place), "low": found.low, "high": found.high}


def _chart(found: SeriesChart) -> Row:
    chart = found.chart
    return {
        "state": str(found.state),
        "points": len(found.points),
        "until": found.points[-1].period.code if found.points else None,
        **_limits(chart),
        "variation": None if found.variation is None else str(found.variation),
        "rule": None if chart is None else _rule(chart),
        "assurance": None if found.assurance is None else str(found.assurance),
        "trial_limits": found.is_trial,
        "seasonal": found.is_seasonal,
    }


def _limits(chart: ControlChart | None) -> Row:
    if chart is None:
        return dict.fromkeys(("centre", "low", "high"))
    return {"centre": chart.limits.centre, "low": chart.limits.low, "high": chart.limits.high}


def _rule(chart: ControlChart) -> str | None:
    """The rule the latest point falls under."""
    signal = chart.signals[-1]
    return None if signal is None else str(signal.rule)


def _trend(found: RecentTrend | None) -> Row:
    if found is None:
        return dict.fromkeys(("direction", "chi_squared", "points"))
    return {
        "direction": str(found.trend),
        "chi_squared": number(found.chi_squared),
        "points": found.points,
    }
