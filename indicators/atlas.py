"""Where units stand on a map: tiles laid out by hand, or the shapes of the deployment's own GeoJSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from indicators.references import must_exist
from indicators.schema import Collector
from indicators.units import UnitRegistry

MAP = "map.geojson"
TILES = "units/*/tiles.csv"

Place = tuple[float, float]  # longitude, latitude
Ring = tuple[Place, ...]
LIMITS = (180, 90)
SHORTEST = 4  # a triangle whose last point is its first again


@dataclass(frozen=True)
class TileRow:
    """A unit is the tile in this column and row, both counted from 1 at the north-west."""

    unit: str
    column: str
    row: str
    source: str


@dataclass(frozen=True)
class Tile:
    """A place on the grid, from 1."""

    column: int
    row: int


@dataclass(frozen=True)
class Atlas:
    """What a deployment has to draw its units with; either may be empty."""

    tiles: Mapping[str, Tile] = field(default_factory=dict)
    shapes: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)


def tiles_of(rows: Iterable[TileRow], units: UnitRegistry, c: Collector) -> dict[str, Tile]:
    """Unit to tile; noted: a unit that is not known or twice there, a tile that is no whole number.

    Units that follow one another in time may share a tile, neighbours of one day may not.
    """
    found: dict[str, Tile] = {}
    for row in rows:
        must_exist([row.unit], units.ids, at=(TILES, row.unit), c=c)
        if row.unit in found:
            c.add(TILES, row.unit, "đơn vị đã có ô khác")
        if not all(_is_place(text) for text in (row.column, row.row)):
            c.add(TILES, row.unit, "cột và hàng (column, row) phải là số nguyên từ 1")
            continue
        found[row.unit] = Tile(int(row.column), int(row.row))
    for one, other in combinations(found, 2):
        if found[one] == found[other] and _are_neighbours(one, other, units):
            c.add(TILES, other, f"trùng ô với «{one}»")
    return found


def _are_neighbours(one: str, other: str, units: UnitRegistry) -> bool:
    """Whether both ever stood under the same unit on one day."""
    days = [units.first_days[unit] for unit in (one, other) if unit in units.first_days]
    trees = [units.at(day).units for day in days]
    return any(
        one in tree and other in tree and tree[one].parent == tree[other].parent for tree in trees
    )


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def shapes_of(raw: Any, known: Iterable[str], c: Collector) -> dict[str, tuple[Ring, ...]]:
    """Unit to its rings, from GeoJSON whose features name their unit in the property ``unit``."""
    features = raw.get("features") if isinstance(raw, dict) else None
    if not isinstance(features, list) or raw.get("type") != "FeatureCollection":
        c.add(MAP, "-", "phải là một FeatureCollection có features")
        return {}
    found: dict[str, tuple[Ring, ...]] = {}
    for number, feature in enumerate(features, 1):
        unit = _unit_of(feature)
        key = unit or f"feature {number}"
        if unit is None:
            c.add(MAP, key, "thiếu thuộc tính unit (mã đơn vị)")
            continue
        must_exist([unit], known, at=(MAP, key), c=c)
        if unit in found:
            c.add(MAP, key, "đơn vị đã có hình khác")
        found[unit] = _rings(feature.get("geometry"), key, c)
    return found


def _unit_of(feature: Any) -> str | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    unit = properties.get("unit") if isinstance(properties, dict) else None
    return unit if isinstance(unit, str) and unit else None


def _rings(geometry: Any, key: str, c: Collector) -> tuple[Ring, ...]:
    """All rings of a polygon or of several: holes are drawn as holes by the even-odd rule."""
    known = geometry if isinstance(geometry, dict) else {}
    kind, found = known.get("type"), known.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(found, list):
        c.add(MAP, key, "hình phải là Polygon hoặc MultiPolygon")
        return ()
    polygons = [found] if kind == "Polygon" else found
    rings = [ring for polygon in polygons if isinstance(polygon, list) for ring in polygon]
    if not rings or not all(map(_is_ring, rings)):
        c.add(
            MAP, key, "mỗi vòng cần từ 4 điểm [kinh độ, vĩ độ] và điểm cuối trùng điểm đầu (WGS 84)"
        )
        return ()
    return tuple(tuple((float(p[0]), float(p[1])) for p in ring) for ring in rings)


def _is_ring(ring: Any) -> bool:
    closed = isinstance(ring, list) and len(ring) >= SHORTEST and ring[0] == ring[-1]
    return closed and all(map(_is_point, ring))


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    return all(
        isinstance(number, int | float) and not isinstance(number, bool) and abs(number) <= most
        for number, most in zip(point, LIMITS, strict=False)
    )
