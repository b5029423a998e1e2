"""The funnel: each unit by its size, and how far units of that size stray by chance alone."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import exp, log

from indicators.catalogue import Indicator
from indicators.chance import FunnelAt, Placed, funnel_at
from indicators.charts.colours import ACCENT, INK, MUTE, NONE
from indicators.charts.layout import Figure, axis, label, layout, unit_label, value_axis, written
from indicators.formats import format_number
from indicators.measure import Measure
from indicators.sentence import value_text
from indicators.statistics.funnel import Place
from indicators.target_words import unit_of
from indicators.text import say

HEIGHT = 460
STEPS = 48  # sizes at which the limits are drawn
ROOM = 1.12  # beyond the smallest and the largest unit
LABELLED = 14  # outliers named on the picture; all others say their name on touch
APART = (0.075, 0.045)  # of the width and the height: nearer names would cover each other
OUTSIDE = {Place.VERY_HIGH, Place.VERY_LOW}
NEAR = {Place.HIGH, Place.LOW}


def funnel(
    placed: Sequence[Placed],
    *,
    whole: Measure,
    indicator: Indicator,
    names: Mapping[str, str],
    language: str = "vi",
) -> Figure | None:
    """The figure; ``customdata`` of a point is the unit. None where no two units have a place."""
    shown = [p for p in placed if p.value is not None]
    if len(shown) < 2 or whole.value is None:
        return None
    sizes = _sizes(shown)
    limits = funnel_at(sizes, whole=whole, indicator=indicator)
    ends, heights = (log(sizes[0], 10), log(sizes[-1], 10)), _range(shown, limits)
    span = (ends[1] - ends[0], heights[1] - heights[0])
    unit = unit_of(indicator, language)
    return {
        "data": [
            *(_limit(limits, which, end) for which in ("outer", "inner") for end in (0, 1)),
            _average(sizes, float(whole.value)),
            _points(shown, indicator, names, language),
        ],
        "layout": layout(
            funnel_title(placed, language),
            language,
            height=HEIGHT,
            margin={"l": 8, "r": 92, "t": 28 if len(unit) > 1 else 10, "b": 44},
            xaxis=axis(
                type="log",
                showgrid=False,
                range=list(ends),
                tickvals=_ticks(sizes),
                tickformat=",~f",
                title={"text": say("funnel.axis", language), "font": {"size": 11.5, "color": MUTE}},
            ),
            yaxis=value_axis(unit, indicator.decimals, range=heights),
            annotations=[
                *_names(shown, names, float(whole.value), span),
                *_edge(limits[-1], float(whole.value), language),
                *unit_label(unit),
            ],
        ),
    }


def funnel_title(placed: Sequence[Placed], language: str = "vi") -> str:
    """The finding: how many units lie beyond the outer limits, and what is to be made of the rest."""
    beyond = sum(p.place in OUTSIDE for p in placed)
    key = "funnel.title" if beyond else "funnel.none"
    return say(key, language, count=beyond, all=len(placed))


def _sizes(placed: Sequence[Placed]) -> list[int]:
    least, most = min(p.size for p in placed) / ROOM, max(p.size for p in placed) * ROOM
    step = (log(most) - log(least)) / (STEPS - 1)
    return sorted({max(1, round(exp(log(least) + step * n))) for n in range(STEPS)})


def _ticks(sizes: Sequence[int]) -> list[int]:
    """1, 2 and 5 times the powers of ten that lie between the sizes."""
    found = [n * 10**power for power in range(10) for n in (1, 2, 5)]
    return [size for size in found if sizes[0] <= size <= sizes[-1]]


def _limit(limits: Sequence[FunnelAt], which: str, end: int) -> Figure:
    is_outer = which == "outer"
    return {
        "type": "scatter",
        "name": f"{which}-{('low', 'high')[end]}",
        "mode": "lines",
        "x": [at.size for at in limits],
        "y": [(at.outer if is_outer else at.inner)[end] for at in limits],
        "hoverinfo": "skip",
        "line": {"color": MUTE, "width": 1.2, "dash": "solid" if is_outer else "dot"},
    }


def _average(sizes: Sequence[int], value: float) -> Figure:
    return {
        "type": "scatter",
        "name": "whole",
        "mode": "lines",
        "x": [sizes[0], sizes[-1]],
        "y": [value, value],
        "hoverinfo": "skip",
        "line": {"color": INK, "width": 1.5},
    }


def _points(
    placed: Sequence[Placed], indicator: Indicator, names: Mapping[str, str], language: str
) -> Figure:
    return {
        "type": "scatter",
        "name": "units",
        "mode": "markers",
        "x": [p.size for p in placed],
        "y": [p.value for p in placed],
        "customdata": [p.unit for p in placed],
        "text": [_hover(p, indicator, names, language) for p in placed],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 10,
            "color": [_colour(p.place) for p in placed],
            "symbol": [_symbol(p.place) for p in placed],
            "line": {"color": INK, "width": 0.8},
        },
    }


def _colour(place: Place) -> str:
    return INK if place in OUTSIDE else ACCENT if place in NEAR else NONE


def _symbol(place: Place) -> str:
    """A shape of its own without colour: outside diamonds, near the edge squares, inside circles."""
    return "diamond" if place in OUTSIDE else "square" if place in NEAR else "circle"


def _hover(p: Placed, indicator: Indicator, names: Mapping[str, str], language: str) -> str:
    assert p.value is not None
    value = value_text(Fraction(p.value), indicator, language)
    size = format_number(p.size, 0, language)
    place = say(f"funnel.{p.place}", language)
    text = say("funnel.hover", language, name=names[p.unit], value=value, size=size, place=place)
    return written(text)


def _range(placed: Sequence[Placed], limits: Sequence[FunnelAt]) -> list[float]:
    """All units, and the outer limits as far as they do not squeeze the units together."""
    values = [p.value for p in placed if p.value is not None]
    spread = max(values) - min(values) or abs(values[0]) or 1
    ends = [end for at in limits for end in at.outer if end is not None]
    low = max(min(values) - spread, min([*ends, *values]))
    high = min(max(values) + spread, max([*ends, *values]))
    room = (high - low) * 0.06
    return [0 if low == 0 else low - room, high + room]


def _names(
    placed: Sequence[Placed], names: Mapping[str, str], whole: float, span: tuple[float, float]
) -> list[Figure]:
    """The outliers farthest from the whole; one that would cover a name already there stays silent.

    ``span``: of the two axes, in the logarithm of sizes and in values.
    """
    outside = [(log(p.size, 10), p.value, p.unit) for p in placed if p.place in OUTSIDE]
    known = [(x, y, unit) for x, y, unit in outside if y is not None]
    kept: list[tuple[float, float, str]] = []
    for x, y, unit in sorted(known, key=lambda point: -abs(point[1] - whole)):
        near = (
            abs(x - a) < span[0] * APART[0] and abs(y - b) < span[1] * APART[1] for a, b, _ in kept
        )
        if len(kept) < LABELLED and not any(near):
            kept.append((x, y, unit))
    return [
        label(names[unit], INK, x=x, y=y, yshift=13 if y > whole else -13) for x, y, unit in kept
    ]


def _edge(at: FunnelAt, whole: float, language: str) -> list[Figure]:
    """Which line is which, at the right edge: words for the average and the upper limits."""
    low, high = at.outer
    lines = (("whole", whole, INK), ("outer", high, MUTE), ("outer", low, MUTE))
    side = {"xref": "paper", "x": 1, "xanchor": "left", "align": "left", "xshift": 4}
    return [
        label(say(f"funnel.{key}", language), colour, y=height, **side)
        for key, height, colour in lines
        if height is not None
    ]
