"""The usual variation of a series on its trend: a band, and a ring around what falls out of it."""

from fractions import Fraction

from indicators.charts.colours import INK, MUTE
from indicators.charts.course import Course
from indicators.charts.layout import Figure, label
from indicators.movement import possible
from indicators.text import say
from indicators.variation import SeriesChart

BAND = "rgba(92,111,121,0.10)"


def usual_band(course: Course, found: SeriesChart) -> list[Figure]:
    """The limits as a pale band over the points they were taken from."""
    low, high = ends(course, found)
    first, last = reach(course, found)
    band: Figure = {
        "type": "scatter",
        "name": "usual",
        "mode": "lines",
        "x": [first, last, last, first],
        "y": [low, low, high, high],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    return [band]


def signal_marks(course: Course, found: SeriesChart) -> list[Figure]:
    """A ring around every point that is not common variation."""
    assert found.chart is not None
    marked = [p for p, s in zip(found.points, found.chart.signals, strict=True) if s is not None]
    if not marked:
        return []
    rings: Figure = {
        "type": "scatter",
        "name": "signal",
        "mode": "markers",
        "x": [course.periods.index(point.period) for point in marked],
        "y": [float(point.value) for point in marked if point.value is not None],
        "hoverinfo": "skip",
        "marker": {"size": 17, "symbol": "circle-open", "color": INK, "line": {"width": 1.5}},
    }
    return [rings]


def band_label(course: Course, found: SeriesChart, language: str) -> list[Figure]:
    """What the band is, inside it at its lower left."""
    low, _ = ends(course, found)
    at = {"x": reach(course, found)[0], "y": low, "xanchor": "left", "yanchor": "bottom"}
    return [label(say("signal.band", language), MUTE, **at, xshift=4, yshift=1)]


def ends(course: Course, found: SeriesChart) -> tuple[float, float]:
    """The limits, inside what the indicator can be."""
    assert found.chart is not None
    limits = found.chart.limits
    low, high = (possible(course.a, Fraction(end)) for end in (limits.low, limits.high))
    return float(low), float(high)


def reach(course: Course, found: SeriesChart) -> tuple[float, float]:
    """From the first to the last of its points, on the axis of periods."""
    first, last = (course.periods.index(found.points[n].period) for n in (0, -1))
    return first - 0.4, last + 0.4
