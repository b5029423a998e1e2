"""Small pictures inside a row: the value on its track, the share of units, the course."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.assess import Assessment
from indicators.charts.bullet import Bullet, bullet
from indicators.charts.spark import spark
from indicators.expect import Point
from pages.parts.verdicts import colour

WIDTH, HEIGHT = 54, 20


def track(a: Assessment) -> str:
    """The value, the target and what is needed by now on one line."""
    found = bullet(a)
    parts = (fill(found), span(found), ticks(found), dot(found))
    style = f'style="--c:{colour(a.verdict)}"'
    return f'<div class="vd-track" {style} aria-hidden="true">{"".join(parts)}</div>'


def fill(found: Bullet) -> str:
    """The bar up to the value; it fades in where the track does not start at zero."""
    if found.actual is None:
        return ""
    cut = "" if found.from_zero else " vd-cut-left"
    return f'<i class="vd-fill{cut}" style="width:{found.actual}%"></i>'


def span(found: Bullet) -> str:
    """What the value may still become while units are missing."""
    if found.low is None or found.high is None:
        return ""
    return f'<i class="vd-span" style="left:{found.low}%;right:{round(100 - found.high, 1)}%"></i>'


def ticks(found: Bullet) -> str:
    """The plan, solid, and what is needed by now, dotted."""
    places = (("vd-needed", found.expected), ("vd-target", found.target))
    return "".join(
        f'<i class="{name}" style="left:{at}%"></i>' for name, at in places if at is not None
    )


def dot(found: Bullet) -> str:
    """The value itself."""
    return (
        f'<i class="vd-dot" style="left:{found.actual}%"></i>' if found.actual is not None else ""
    )


def unit_track(a: Assessment) -> str:
    """Of an "every unit" target: the units that pass, those that do not, those not known yet."""
    tally = a.tally
    open_ones = tally.waiting + tally.unknown
    parts = (("vd-good", tally.good), ("vd-failing", tally.failing), ("vd-hatched", open_ones))
    bars = "".join(
        f'<span class="{name}" style="flex:{count}"></span>' for name, count in parts if count
    )
    return f'<div class="vd-units" aria-hidden="true">{bars}</div>'


def sparkline(a: Assessment) -> str:
    """The course of the series, the size of a word; "" where there is none."""
    return course(a.history, starts_again=a.starts_again)


def course(history: Sequence[Point], *, starts_again: bool = False) -> str:
    """The same for any series."""
    lines = spark(history, starts_again=starts_again)
    if not lines:
        return ""
    drawn = "".join(f'<polyline points="{points(line)}"/>' for line in lines)
    x, y = spot(lines[-1][-1])
    end = f'<circle cx="{x}" cy="{y}" r="2.2"/>'
    return (
        f'<svg class="vd-spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'aria-hidden="true">{drawn}{end}</svg>'
    )


def points(line: tuple[tuple[float, float], ...]) -> str:
    """A stretch as SVG points."""
    return " ".join(f"{x},{y}" for x, y in map(spot, line))


def spot(point: tuple[float, float]) -> tuple[float, float]:
    """A point of a series as a place in the picture, with room for the line's own width."""
    x, y = point
    return round(3 + x * (WIDTH - 6), 1), round(HEIGHT - 3 - y * (HEIGHT - 6), 1)
