"""The spine of a unit as a picture to take away: its place on the spread of its like."""

from fractions import Fraction

from indicators.charts.colours import INK, MUTE, OF_VERDICT, PAPER
from indicators.charts.plain import Plain, Type, box, lines, rule, words, wrapped
from indicators.judge import Verdict
from indicators.sentence import short_value
from indicators.spine import Group, Spine, Vertebra
from indicators.text import say

WIDTH, ROW, HEAD = 860, 38, 26
NAME, VALUE, LEFT, RIGHT = 250, 330, 356, 706  # right ends of the columns, and of the track
PALE, DARK = "#e6ebee", "#bcc8ce"
TONES = {Group.WORST: OF_VERDICT[Verdict.NOT_MET], Group.BEST: OF_VERDICT[Verdict.MET]}
SIGNS = {Group.WORST: "▼ ", Group.BEST: "▲ "}


def spine_picture(found: Spine, title: str, language: str) -> Plain:
    """One line an indicator, the worst side left, the median in the middle."""
    small = Type(11, MUTE)
    head = words(VALUE, 14, say("spine.here", language), Type(11, MUTE, anchor="end"))
    head += words(LEFT, 14, say("spine.worst_side", language), small)
    head += words(RIGHT, 14, say("spine.best_side", language), Type(11, MUTE, anchor="end"))
    head += words(RIGHT + 20, 14, say("spine.rank", language), small)
    rows = "".join(line(v, HEAD + n * ROW, language) for n, v in enumerate(found.vertebrae))
    return Plain(title, WIDTH, HEAD + ROW * len(found.vertebrae), head + rows)


def line(found: Vertebra, top: float, language: str) -> str:
    """Name, value, track, rank."""
    middle, shown = top + ROW / 2, found.indicator
    name = wrapped(shown.short_vi if language == "vi" else shown.name_en, NAME, 12)
    rank = say("spine.of", language, rank=found.rank, count=found.count)
    group = say(f"spine.group.{found.group}", language)
    if found.is_few:
        group = say("spine.few", language, count=found.count)
    value = short_value(found.value, shown, language)
    return (
        rule(top, WIDTH)
        + lines(0, middle, name[:2], Type(12))
        + lines(VALUE, middle, [value], Type(12, weight=600, anchor="end"))
        + track(found, middle)
        + lines(RIGHT + 20, middle, [SIGNS.get(found.group, "") + rank, group], Type(11))
    )


def track(found: Vertebra, y: float) -> str:
    """The whole spread, its middle half, the median, and the unit: a square where it is worst."""
    spread, tone = found.spread, TONES.get(found.group, INK)
    drawn = band(found, spread.low, spread.high, y, PALE)
    if not found.is_few:
        drawn += band(found, spread.first, spread.third, y, DARK)
        median = across(Fraction(50))
        drawn += f'<path d="M{median:.1f} {y - 9:g}v18" stroke="{MUTE}" stroke-width="2"/>'
    x = across(found.place(found.value))
    corner = 1 if found.group is Group.WORST else 6
    return drawn + (
        f'<rect x="{x - 6:.1f}" y="{y - 6:g}" width="12" height="12" rx="{corner}" fill="{tone}" '
        f'stroke="{PAPER}" stroke-width="2"/>'
    )


def band(found: Vertebra, one: Fraction, other: Fraction, y: float, fill: str) -> str:
    """From one value to another."""
    left, right = sorted(across(found.place(value)) for value in (one, other))
    return box(left, y - 4, max(right - left, 2), 8, fill)


def across(place: Fraction) -> float:
    """A place from 0 to 100 in pixels."""
    return LEFT + float(place) / 100 * (RIGHT - LEFT)
