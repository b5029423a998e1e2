"""Units on a map: which place, which paint, what the legend says; shapes as paths of a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, radians

from indicators.atlas import Atlas, Ring, Tile
from indicators.judge import UNJUDGED, Verdict, direction
from indicators.ranking import Rank, Ranking

STEPS = 4  # shades from a little short of the plan to the farthest
WIDTH = 760.0  # of a picture of shapes; its height follows
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Scale:
    """How units are painted: by verdict where they have one, else by how far short of the plan.

    ``ends``: between which differences each shade lies, from the smallest; none by verdict.
    """

    by_verdict: bool
    ends: tuple[tuple[Fraction, Fraction], ...] = ()

    def shade(self, rank: Rank) -> int:
        """From 1 (a little short) to 4; 0 for a unit that is not short or not known."""
        short = shortfall(rank)
        if self.by_verdict or short is None or short <= 0:
            return 0
        return next(n for n, (_, high) in enumerate(self.ends, 1) if short <= high)


def shortfall(rank: Rank) -> Fraction | None:
    """How far the value is short of the plan, below 0 where it is better; None where not known."""
    a = rank.assessment
    if a.difference is None:
        return None
    return -direction(a.test) * a.difference if direction(a.test) else abs(a.difference)


def scale(found: Ranking) -> Scale:
    """By verdict as soon as any unit is judged."""
    if any(r.assessment.verdict not in UNJUDGED | {Verdict.NO_TARGET} for r in found.ranks):
        return Scale(by_verdict=True)
    short = sorted(s for s in map(shortfall, found.ranks) if s is not None and s > 0)
    if not short:
        return Scale(by_verdict=False)
    least, most = short[0], short[-1]
    if least == most:
        return Scale(False, ((least, most),))
    step = (most - least) / STEPS
    return Scale(False, tuple((least + step * n, least + step * (n + 1)) for n in range(STEPS)))


def can_be_mapped(found: Ranking, atlas: Atlas) -> bool:
    """Whether half of the units or more have a place of one kind, no two the same."""
    units = [rank.unit for rank in found.ranks]
    if not units:
        return False
    if sum(unit in atlas.shapes for unit in units) >= len(units) * HALF:
        return True
    tiles = [atlas.tiles[unit] for unit in units if unit in atlas.tiles]
    return len(tiles) >= len(units) * HALF and len(set(tiles)) == len(tiles)


def shapes_here(found: Ranking, atlas: Atlas) -> dict[str, tuple[Ring, ...]]:
    """The shapes of the units where they are mapped by shapes, else none."""
    shapes = {r.unit: atlas.shapes[r.unit] for r in found.ranks if r.unit in atlas.shapes}
    return shapes if len(shapes) >= len(found.ranks) * HALF else {}


def tiles_here(found: Ranking, atlas: Atlas) -> dict[str, Tile]:
    """The tiles of the units, moved so that the first column and row are 1."""
    tiles = {r.unit: atlas.tiles[r.unit] for r in found.ranks if r.unit in atlas.tiles}
    left = min((tile.column for tile in tiles.values()), default=1) - 1
    top = min((tile.row for tile in tiles.values()), default=1) - 1
    return {unit: Tile(tile.column - left, tile.row - top) for unit, tile in tiles.items()}


@dataclass(frozen=True)
class Drawing:
    """Shapes as SVG paths in a picture of this width and height, each with a place for its name."""

    width: float
    height: float
    paths: Mapping[str, str]
    centres: Mapping[str, tuple[float, float]]


def drawing(shapes: Mapping[str, Sequence[Ring]]) -> Drawing:
    """Equirectangular at the middle latitude: shapes of a province keep their look."""
    points = [place for rings in shapes.values() for ring in rings for place in ring]
    east, north = [p[0] for p in points], [p[1] for p in points]
    squeeze = cos(radians((min(north) + max(north)) / 2))
    span = (max(east) - min(east)) * squeeze or 1.0
    unit = WIDTH / span

    def at(place: tuple[float, float]) -> tuple[float, float]:
        x, y = (place[0] - min_east) * squeeze * unit, (max_north - place[1]) * unit
        return round(x, 1), round(y, 1)

    min_east, max_north = min(east), max(north)
    placed = {u: [[at(place) for place in ring] for ring in rings] for u, rings in shapes.items()}
    return Drawing(
        WIDTH,
        round((max_north - min(north)) * unit, 1),
        {u: "".join(path(ring) for ring in rings) for u, rings in placed.items()},
        {u: centre(max(rings, key=len)) for u, rings in placed.items() if rings},
    )


def path(ring: Sequence[tuple[float, float]]) -> str:
    """A closed line; points that fall on the one before are left out."""
    kept = [p for n, p in enumerate(ring) if n == 0 or p != ring[n - 1]]
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept) + "Z"


def centre(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the box around a ring: near enough for a name."""
    x, y = [p[0] for p in ring], [p[1] for p in ring]
    return round((min(x) + max(x)) / 2, 1), round((min(y) + max(y)) / 2, 1)
