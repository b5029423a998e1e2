"""Pictures of our own for a file: SVG put together from a few shapes, no browser needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from indicators.charts.colours import INK, LINE

WIDE = 0.57  # of the size of the type: what a letter of Be Vietnam Pro takes on average


@dataclass(frozen=True)
class Plain:
    """A picture: its finding, its size in pixels, and the SVG inside."""

    title: str
    width: int
    height: int
    inside: str


@dataclass(frozen=True)
class Type:
    """How words look; ``anchor``: start, middle or end."""

    size: float = 12
    fill: str = INK
    weight: int = 400
    anchor: str = "start"


def words(x: float, y: float, text: str, look: Type) -> str:
    """One line of text on its base line."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{look.size:g}" font-weight="{look.weight}" '
        f'fill="{look.fill}" text-anchor="{look.anchor}">{escape(text)}</text>'
    )


def lines(x: float, y: float, texts: Sequence[str], look: Type) -> str:
    """Lines below each other, the middle of all at ``y``."""
    step = look.size * 1.25
    top = y - step * (len(texts) - 1) / 2 + look.size * 0.35
    return "".join(words(x, top + n * step, text, look) for n, text in enumerate(texts))


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    """A rectangle with round corners."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
        f'rx="4" fill="{fill}" stroke="{stroke}"/>'
    )


def rule(y: float, width: float) -> str:
    """A thin line across."""
    return f'<path d="M0 {y:g}H{width:g}" stroke="{LINE}"/>'


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit, by the average width of a letter."""
    most, found = max(int(width / (size * WIDE)), 1), [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and len(longer) > most:
            found.append(word)
        else:
            found[-1] = longer
    return found
