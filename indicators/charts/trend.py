"""The course of one indicator: what was, what the plan asks for by when, where it is heading."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from indicators.assess import Assessment
from indicators.charts.colours import ACCENT, INK, MUTE, PAPER, colour_of
from indicators.charts.course import Course
from indicators.charts.layout import (
    Figure,
    apart,
    axis,
    bold_label,
    label,
    label_in_lines,
    layout,
    unit_label,
    value_axis,
    written,
)
from indicators.charts.signals import band_label, signal_marks, usual_band
from indicators.expect import Point
from indicators.judge import GOOD
from indicators.movement import movement_text, possible
from indicators.period import ROMAN, Period, PeriodKind, period_inside, period_label
from indicators.plans import Plan
from indicators.sentence import short_value, value_text
from indicators.signal_text import is_telling
from indicators.target_words import target_text, unit_of
from indicators.text import say
from indicators.variation import SeriesChart

HEIGHT = 330
EDGE = 17  # characters of a label in the right margin
LEFT = 0.4  # of the axis: there is no room for words on the left of a point before
MANY = 13  # more periods than this: only the first of each year is named
ROOM = 0.14  # of the spread of the values, above and below


def trend(
    a: Assessment, plan: Plan, language: str = "vi", chart: SeriesChart | None = None
) -> Figure | None:
    """The figure, with the usual variation where ``chart`` tells of it; None without any value."""
    if not any(point.value is not None for point in a.history):
        return None
    course = Course(a, plan)
    shown = chart if chart is not None and is_telling(chart) else None
    traces = [
        *(usual_band(course, shown) if shown else []),
        *_target(course),
        *_expected(course),
        *_heading(course),
        *_actual(course, language),
        *(signal_marks(course, shown) if shown else []),
    ]
    least, most = _range(traces)
    right = apart(_edge(course), least, most)
    unit = unit_of(a.indicator, language)
    return {
        "data": traces,
        "layout": layout(
            trend_title(a, language),
            language,
            height=HEIGHT,
            margin={"l": 8, "r": 112, "t": 28 if len(unit) > 1 else 10, "b": 8},
            xaxis=axis(showgrid=False, range=[-0.4, len(course.periods) - 0.6], **_ticks(course)),
            yaxis=value_axis(unit, a.indicator.decimals, range=[least, most]),
            annotations=[
                *_edge_labels(course, right, language),
                *_now_labels(course, language),
                *unit_label(unit),
                *(band_label(course, shown, language) if shown else []),
            ],
        ),
    }


def trend_title(a: Assessment, language: str = "vi") -> str:
    """The finding: how the value has moved."""
    name = a.indicator.short_vi if language == "vi" else a.indicator.name_en
    moved = movement_text(a, language) or _moved_before(a, language)
    return f"{name}: {moved}" if moved else name


def _moved_before(a: Assessment, language: str) -> str:
    """How it moved up to the last value that is whole, where the newest is not; "" without two."""
    known = [n for n, point in enumerate(a.history) if point.value is not None]
    if not known or a.starts_again or known[-1] == len(a.history) - 1:
        return ""
    before = replace(a, history=a.history[: known[-1] + 1], last_year=None)
    period = period_inside(before.history[-1].period, language)
    moved = movement_text(before, language)
    return say("chart.until", language, period=period, moved=moved) if moved else ""


def _target(course: Course) -> list[Figure]:
    if course.a.rule is None:
        return []
    first = next((n for n, p in enumerate(course.periods) if p.year >= course.plan.first_year), 0)
    value = float(course.a.rule.value)
    ends = [first - 0.4, len(course.periods) - 0.6]
    return [_line("target", ends, [value, value], INK, dash="solid", width=2)]


def _expected(course: Course) -> list[Figure]:
    if not course.expected:
        return []
    places, values = zip(*course.expected, strict=True)
    line = _line("expected", list(places), [float(v) for v in values], MUTE, dash="dot")
    sizes = [7 if place == course.now else 0 for place in places]
    return [{**line, "mode": "lines+markers", "marker": {"size": sizes, "color": MUTE}}]


def _heading(course: Course) -> list[Figure]:
    a, to = course.a, course.heading
    if to is None or a.projection is None or a.measure.value is None:
        return []
    line = _line(
        "projection",
        [course.now, to[0]],
        [float(a.measure.value), float(to[1])],
        ACCENT,
        dash="dash",
    )
    low, high = a.projection.low, a.projection.high
    if low is None or high is None:
        return [line]
    ends = [float(possible(a, value)) for value in (low, high)]
    return [line, _line("range", [to[0], to[0]], ends, ACCENT, dash="solid", width=8, opacity=0.25)]


def _actual(course: Course, language: str) -> list[Figure]:
    a = course.a
    series: Figure = {
        "type": "scatter",
        "name": "actual",
        "mode": "lines+markers",
        "x": [place for place, _ in course.actual],
        "y": [_number(point) for _, point in course.actual],
        "text": [_hover(a, point, language) for _, point in course.actual],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": ACCENT, "width": 2.5},
        "marker": {"size": 6, "color": ACCENT},
    }
    return [series, *_mark(a, course.now)]


def _mark(a: Assessment, now: int) -> list[Figure]:
    """The value judged; hollow where units are missing, so that the series does not reach it."""
    if a.measure.value is None:
        return []
    is_whole = a.history[-1].value is not None
    colour = colour_of(a.verdict)
    inside, rim = (colour, PAPER) if is_whole else (PAPER, MUTE)
    mark: Figure = {
        "type": "scatter",
        "name": "now",
        "mode": "markers",
        "x": [now],
        "y": [float(a.measure.value)],
        "hoverinfo": "skip",
        "marker": {"size": 12, "color": inside, "line": {"color": rim, "width": 2}},
    }
    return [mark]


def _number(point: Point | None) -> float | None:
    return None if point is None or point.value is None else float(point.value)


def _hover(a: Assessment, point: Point | None, language: str) -> str:
    if point is None:
        return ""
    value = value_text(point.value, a.indicator, language)
    return written(f"{period_label(point.period, language)}: {value}")


def _line(
    name: str,
    x: Sequence[float],
    y: Sequence[float],
    colour: str,
    *,
    dash: str,
    width: float = 1.5,
    opacity: float = 1,
) -> Figure:
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "hoverinfo": "skip",
        "opacity": opacity,
        "line": {"color": colour, "width": width, "dash": dash},
    }


def _range(traces: Sequence[Figure]) -> tuple[float, float]:
    values = [y for trace in traces for y in trace["y"] if y is not None]
    least, most = min(values), max(values)
    room = (most - least) * ROOM or abs(most) * ROOM or 1
    return (least - room if least < 0 or least > room else 0), most + room


def _ticks(course: Course) -> Figure:
    many = len(course.periods) > MANY
    shown = [n for n, p in enumerate(course.periods) if not many or p.first_month == 1]
    return {
        "tickvals": shown,
        "ticktext": [_tick(course.periods[n], with_year=_is_first(course, n)) for n in shown],
        "tickangle": 0,
    }


def _is_first(course: Course, place: int) -> bool:
    return place == 0 or course.periods[place].year != course.periods[place - 1].year


def _tick(period: Period, *, with_year: bool) -> str:
    if period.kind is PeriodKind.YEAR:
        return str(period.year)
    roman = period.kind is not PeriodKind.MONTH
    part = ROMAN[period.number - 1] if roman else str(period.number)
    return f"{part}<br>{period.year}" if with_year else part


def _edge(course: Course) -> dict[str, float]:
    places = {}
    if course.a.rule is not None:
        places["target"] = float(course.a.rule.value)
    if course.heading is not None:
        places["projection"] = float(course.heading[1])
    return places


def _edge_labels(course: Course, heights: dict[str, float], language: str) -> list[Figure]:
    a = course.a
    words = {"target": say("chart.plan", language, value=_plan_text(a, language))}
    if course.heading is not None:
        value = short_value(course.heading[1], a.indicator, language)
        words["projection"] = say("chart.projection", language, value=value)
    colours = {"target": INK, "projection": ACCENT}
    side = {"xref": "paper", "x": 1, "xanchor": "left", "align": "left"}
    return [
        label_in_lines(words[name], colours[name], EDGE, y=height, **side)
        for name, height in heights.items()
    ]


def _plan_text(a: Assessment, language: str) -> str:
    """The target as written, without a unit that the axis shows already."""
    text, unit = target_text(a.target, a.indicator, language), unit_of(a.indicator, language)
    return text.removesuffix(f" {unit}")


def _now_labels(course: Course, language: str) -> list[Figure]:
    a = course.a
    value, expected = a.measure.value, a.standing.expected
    if value is None:
        return []
    above = expected is None or value >= expected
    text = short_value(value, a.indicator, language, beside=a.rule.value if a.rule else None)
    at = {"x": course.now, "y": float(value), "yshift": 16 if above else -16}
    found = [bold_label(text, INK, **at)]
    if expected is not None and _is_worth_saying(course):
        text = short_value(expected, a.indicator, language, beside=value)
        found.append(_needed_label(course, say("chart.expected", language, value=text), expected))
    return found


def _is_worth_saying(course: Course) -> bool:
    """What is needed by now says nothing at the deadline, on a level path, or once it is met."""
    is_last = course.now == len(course.periods) - 1
    a = course.a
    is_level = a.rule is not None and a.standing.expected == a.rule.value
    return bool(course.expected) and not (is_last or is_level) and a.verdict not in GOOD


def _needed_label(course: Course, text: str, expected: Fraction) -> Figure:
    """Left of its point, on the side from which the path does not come."""
    before = [value for place, value in course.expected if place < course.now]
    rising = not before or before[-1] <= expected
    at = {"x": course.now, "y": float(expected)}
    if course.now < len(course.periods) * LEFT:
        value = course.a.measure.value
        above = value is not None and value < expected  # the value itself is named on its far side
        side = {"xanchor": "left", "xshift": -20, "yshift": 22 if above else -22}
    else:
        side = {"xanchor": "right", "xshift": -6, "yshift": 9 if rising else -16}
    return label(text, MUTE, **at, **side)
