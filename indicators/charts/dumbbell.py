"""Two sides of every target in per cent on one axis: a line from one to the other, widest first."""

from collections.abc import Sequence
from fractions import Fraction

from indicators.catalogue import Indicator
from indicators.charts.colours import INK, MUTE, NONE, OF_VERDICT, PAPER
from indicators.charts.layout import Figure, axis, label, layout, value_axis, written
from indicators.compare import Compared, Pair, Turn
from indicators.judge import Verdict
from indicators.sentence import difference_text, short_value
from indicators.text import say

ROW = 27  # pixels a target
LEAST = 3  # fewer are told by the rows themselves
SHARE = "%"
# Shape and colour both tell: better points up, worse points down, the rest is a circle.
LOOK = {
    Turn.BETTER: (OF_VERDICT[Verdict.MET], "triangle-up"),
    Turn.WORSE: (OF_VERDICT[Verdict.NOT_MET], "triangle-down"),
}
OTHER = (MUTE, "circle")


def dumbbell(
    found: Sequence[Compared], names: tuple[str, str], language: str = "vi", *, suffix: str = ""
) -> Figure | None:
    """The figure; None with fewer than three targets in per cent that compare.

    ``names``: this side and the other. ``suffix``: "" for periods, "_unit" for units.
    """
    pairs = sorted(drawn(found), key=_size)
    if len(pairs) < LEAST:
        return None
    rows = list(range(len(pairs)))
    margin = {"l": 8, "r": 96, "t": 30, "b": 8}
    ticks = {
        "tickvals": rows,
        "ticktext": [written(name_of(p.a.indicator, language)) for p in pairs],
    }
    return {
        "data": [
            *(_line(row, pair) for row, pair in zip(rows, pairs, strict=True)),
            _marks(pairs, names, language, suffix),
            _hollow(pairs),
        ],
        "layout": layout(
            title(pairs, language, suffix),
            language,
            height=ROW * len(pairs) + 64,
            margin=margin,
            xaxis=value_axis(SHARE, 0),
            yaxis=axis(showgrid=False, range=[-0.7, len(pairs) - 0.3], **ticks),
            annotations=[_key(names, language, suffix), *_changes(pairs, language)],
        ),
    }


def _size(pair: Pair) -> Fraction:
    return abs(pair.change or Fraction(0))


def drawn(found: Sequence[Compared]) -> list[Pair]:
    """The pairs in per cent that compare."""
    pairs = [pair for compared in found for pair in compared.pairs]
    return [
        pair
        for pair in pairs
        if pair.turn is not Turn.UNKNOWN
        and pair.a.indicator.unit_of_measure == SHARE
        and not pair.here.total
    ]


def title(pairs: Sequence[Pair], language: str, suffix: str) -> str:
    """The finding: how many are better, and what changed most."""
    most = pairs[-1]
    return say(
        f"compare.chart.title{suffix}",
        language,
        better=sum(pair.turn is Turn.BETTER for pair in pairs),
        total=len(pairs),
        name=name_of(most.a.indicator, language),
        amount=signed(most, language),
    )


def name_of(indicator: Indicator, language: str) -> str:
    """In a few words."""
    return indicator.short_vi if language == "vi" else indicator.name_en


def signed(pair: Pair, language: str) -> str:
    """The change with its sign: "+21,3 điểm %"."""
    change = pair.change or Fraction(0)
    text = difference_text(change, pair.a.indicator, language)
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{text}"


def look_of(pair: Pair) -> tuple[str, str]:
    """Colour and shape."""
    return LOOK.get(pair.turn, OTHER)


def _values(pair: Pair) -> tuple[float, float]:
    assert pair.here.value is not None and pair.there.value is not None
    return float(pair.there.value), float(pair.here.value)


def _line(row: int, pair: Pair) -> Figure:
    return {
        "type": "scatter",
        "name": "way",
        "mode": "lines",
        "x": list(_values(pair)),
        "y": [row, row],
        "hoverinfo": "skip",
        "line": {"color": look_of(pair)[0] if pair.turn in LOOK else NONE, "width": 3},
    }


def _marks(pairs: Sequence[Pair], names: tuple[str, str], language: str, suffix: str) -> Figure:
    return {
        "type": "scatter",
        "name": "here",
        "mode": "markers",
        "x": [_values(pair)[1] for pair in pairs],
        "y": list(range(len(pairs))),
        "text": [_hover(pair, names, language, suffix) for pair in pairs],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 11,
            "color": [look_of(pair)[0] for pair in pairs],
            "symbol": [look_of(pair)[1] for pair in pairs],
        },
    }


def _hollow(pairs: Sequence[Pair]) -> Figure:
    return {
        "type": "scatter",
        "name": "there",
        "mode": "markers",
        "x": [_values(pair)[0] for pair in pairs],
        "y": list(range(len(pairs))),
        "hoverinfo": "skip",
        "marker": {"size": 8, "color": PAPER, "line": {"color": MUTE, "width": 2}},
    }


def _hover(pair: Pair, names: tuple[str, str], language: str, suffix: str) -> str:
    text = say(
        "compare.chart.hover",
        language,
        name=name_of(pair.a.indicator, language),
        here=names[0],
        there=names[1],
        before=short_value(pair.there.value, pair.a.indicator, language),
        after=short_value(pair.here.value, pair.a.indicator, language),
        turn=say(f"compare.turn{suffix}.{pair.turn}", language),
    )
    return written(text)


def _key(names: tuple[str, str], language: str, suffix: str) -> Figure:
    words = {turn: say(f"compare.turn{suffix}.{turn}", language) for turn in LOOK}
    text = say(
        "compare.chart.key",
        language,
        here=names[0],
        there=names[1],
        better=words[Turn.BETTER],
        worse=words[Turn.WORSE],
    )
    at = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    return label(text, MUTE, yshift=4, **at)


def _changes(pairs: Sequence[Pair], language: str) -> list[Figure]:
    at = {"xref": "paper", "x": 1, "xanchor": "left"}
    return [label(signed(pair, language), INK, y=row, **at) for row, pair in enumerate(pairs)]
