"""What all figures share: typeface, separators, quiet axes, labels in place of legends."""

from html import unescape
from textwrap import wrap
from typing import Any

from indicators.charts.colours import INK, LINE, MUTE
from indicators.formats import with_unit

Figure = dict[str, Any]
SEPARATORS = {"vi": ",.", "en": ".,"}
LABEL_GAP = 0.09  # of the height: closer labels at the edge would cover each other


def written(text: str) -> str:
    """Text as it stands on a figure: plotly draws links and type from tags that somebody wrote."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def finding(figure: Figure) -> str:
    """The title of a figure as text, for whoever draws it elsewhere."""
    return unescape(figure["layout"]["title"]["text"])


def layout(title: str, language: str, **more: Any) -> Figure:
    """The layout of a figure; ``more`` is added to it."""
    return {
        "title": {"text": written(title)},
        "font": {"family": "Be Vietnam Pro, sans-serif", "size": 12, "color": INK},
        "separators": SEPARATORS[language],
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": LINE, "font": {"color": INK}},
        "dragmode": False,
        **more,
    }


def axis(**more: Any) -> Figure:
    """A quiet axis: no box, thin grid, no zooming by accident."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": LINE,
        "tickfont": {"color": MUTE, "size": 11},
        "automargin": True,
        **more,
    }


def value_axis(unit: str, decimals: int, **more: Any) -> Figure:
    """An axis of values with their unit: behind each number where it is a sign, else as its title."""
    is_sign = len(unit) == 1
    return axis(
        tickformat=f",.{decimals}~f",
        ticksuffix=written(with_unit("", unit)) if is_sign else "",
        nticks=6,
        **more,
    )


def label(text: str, colour: str, **more: Any) -> Figure:
    """A word beside what it names."""
    return _label(written(text), colour, more)


def bold_label(text: str, colour: str, **more: Any) -> Figure:
    """The same in bold type."""
    return _label(f"<b>{written(text)}</b>", colour, more)


def label_in_lines(text: str, colour: str, width: int, **more: Any) -> Figure:
    """The same in lines of so many characters."""
    return _label("<br>".join(map(written, wrap(text, width))), colour, more)


def _label(text: str, colour: str, more: Figure) -> Figure:
    return {
        "text": text,
        "showarrow": False,
        "font": {"color": colour, "size": 11.5},
        **more,
    }


def unit_label(unit: str) -> list[Figure]:
    """The unit above the axis of values, where it is not a sign behind each number."""
    if len(unit) < 2:
        return []
    at = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return [label(unit, MUTE, **at, yshift=6)]


def apart(places: dict[str, float], least: float, most: float) -> dict[str, float]:
    """Labels at one edge moved up where they would cover each other, lowest first."""
    gap = (most - least) * LABEL_GAP
    found: dict[str, float] = {}
    before = float("-inf")
    for name in sorted(places, key=lambda key: places[key]):
        before = max(places[name], before + gap)
        found[name] = before
    over = max(0.0, before - most)
    return {name: height - over for name, height in found.items()}


# Lengths in pixels, which a screen seen from afar wants larger; data and shares are left alone.
LENGTHS = {"size", "l", "r", "t", "b", "height", "xshift", "yshift", "ax", "ay", "standoff"}


def enlarged(figure: Figure, factor: float) -> Figure:
    """The same picture with type, marks, lines and margins ``factor`` times as large."""
    return {key: _enlarged(node, key, factor) for key, node in figure.items()}


def _enlarged(node: Any, name: str, factor: float) -> Any:
    if isinstance(node, dict):
        lengths = LENGTHS | ({"width"} if name == "line" else set())
        return {
            key: _longer(inside, factor) if key in lengths else _enlarged(inside, key, factor)
            for key, inside in node.items()
        }
    if isinstance(node, list):
        return [_enlarged(inside, name, factor) for inside in node]
    return node


def _longer(length: Any, factor: float) -> Any:
    if isinstance(length, list):
        return [_longer(each, factor) for each in length]
    return round(length * factor, 2) if isinstance(length, int | float) else length
