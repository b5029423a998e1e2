"""The units behind one number as a map to take away: tiles or shapes, with their values."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.atlas import Atlas, Tile
from indicators.charts.atlas import Scale, drawing, scale, shapes_here, tiles_here
from indicators.charts.colours import INK, LINE, MUTE, NONE, PAPER, colour_of
from indicators.charts.plain import Plain, Type, box, lines, words, wrapped
from indicators.charts.shapes import SHAPES
from indicators.formats import format_number
from indicators.judge import WORST_FIRST
from indicators.ranking import Rank, Ranking
from indicators.ranking_text import ranking_title
from indicators.sentence import difference_unit, short_value, verdict_text
from indicators.text import say

SIDE, TALL, GAP = 118, 66, 6  # of a tile
SHADES = (PAPER, "#dcecea", "#a5cfcb", "#3f8c8a", "#0a5555")  # as in indicator_units.css
DARK = SHADES[3:]
KEY = 18  # a line of the legend


@dataclass(frozen=True)
class Sheet:
    """What every place of the map needs."""

    found: Ranking
    painted: Scale
    names: Mapping[str, str]
    language: str


def map_picture(
    found: Ranking, atlas: Atlas, names: Mapping[str, str], language: str
) -> Plain | None:
    """Shapes where the deployment has them, else tiles; None where no unit has a place."""
    sheet = Sheet(found, scale(found), names, language)
    shapes = shapes_here(found, atlas)
    tiles = {} if shapes else tiles_here(found, atlas)
    if shapes:
        drawn = drawing(shapes)
        width, height = drawn.width, drawn.height
        inside = "".join(
            shaped(r, drawn.paths[r.unit], drawn.centres[r.unit], sheet)
            for r in found.ranks
            if r.unit in drawn.paths
        )
    elif tiles:
        width = max(tile.column for tile in tiles.values()) * (SIDE + GAP)
        height = max(tile.row for tile in tiles.values()) * (TALL + GAP)
        inside = "".join(tiled(r, tiles[r.unit], sheet) for r in found.ranks if r.unit in tiles)
    else:
        return None
    key = legend(sheet)
    top = KEY * len(key) + 8
    body = "".join(words_of_key(n, *entry) for n, entry in enumerate(key))
    moved = f'<g transform="translate(0 {top})">{inside}</g>'
    title = ranking_title(found, language)
    return Plain(title, int(max(width, 420)), int(top + height), body + moved)


def fill_of(rank: Rank, painted: Scale) -> str:
    """The colour of a place; grey where nothing is known."""
    if rank.assessment.measure.value is None:
        return LINE
    return colour_of(rank.assessment.verdict) if painted.by_verdict else SHADES[painted.shade(rank)]


def tiled(rank: Rank, tile: Tile, sheet: Sheet) -> str:
    """A tile: its shade, or the colour of the verdict at its side with the mark; name and value."""
    x, y = (tile.column - 1) * (SIDE + GAP), (tile.row - 1) * (TALL + GAP)
    name = wrapped(sheet.names[rank.unit], SIDE - 34, 11)[:2]
    fill, judged = fill_of(rank, sheet.painted), sheet.painted.by_verdict
    ink = PAPER if fill in DARK and not judged else INK
    ground = box(x, y, SIDE, TALL, PAPER if judged else fill, LINE)
    return (
        ground
        + (box(x, y, 8, TALL, fill, LINE) + icon(rank, x + SIDE - 19, y + 5) if judged else "")
        + lines(x + 14, y + 20, name, Type(11, ink))
        + words(x + 14, y + TALL - 9, value(rank, sheet.language), Type(13, ink, 600))
    )


def icon(rank: Rank, x: float, y: float) -> str:
    """The shape of the verdict."""
    tone = colour_of(rank.assessment.verdict)
    tone = MUTE if tone == NONE else tone
    shape = SHAPES[rank.assessment.verdict]
    return f'<g transform="translate({x:g} {y:g})" fill="{tone}" stroke="{tone}" stroke-width="0">{shape}</g>'


def shaped(rank: Rank, path: str, centre: tuple[float, float], sheet: Sheet) -> str:
    """An outline with its value."""
    fill = fill_of(rank, sheet.painted)
    said = words(*centre, value(rank, sheet.language), Type(11, INK, 600, "middle"))
    return f'<path d="{path}" fill="{fill}" stroke="{MUTE}" fill-rule="evenodd"/>{said}'


def value(rank: Rank, language: str) -> str:
    """The value as on the page."""
    a = rank.assessment
    beside = a.rule.value if a.rule else None
    return short_value(a.measure.value, a.indicator, language, beside=beside)


def legend(sheet: Sheet) -> list[tuple[str, str]]:
    """Colour and words of every paint that occurs."""
    found, painted, language = sheet.found, sheet.painted, sheet.language
    if painted.by_verdict:
        present = {r.assessment.verdict for r in found.ranks}
        return [(colour_of(v), verdict_text(v, language)) for v in WORST_FIRST if v in present]
    shown = found.ranks[0].assessment.indicator
    title = say("map.title", language, unit=difference_unit(shown, language))
    shades = [
        (SHADES[n], "–".join(format_number(end, shown.decimals, language) for end in ends))
        for n, ends in enumerate(painted.ends, 1)
    ]
    unknown = [(LINE, say("ranking.unknown", language))] if found.unknown else []
    return [("", title), *shades, (SHADES[0], say("map.enough", language)), *unknown]


def words_of_key(line: int, fill: str, text: str) -> str:
    """One line of the legend; the title has no colour."""
    y = line * KEY
    patch = box(0, y, 14, 12, fill, MUTE) if fill else ""
    return patch + words(22 if fill else 0, y + 10, text, Type(11, INK if fill else MUTE))
