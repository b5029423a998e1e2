"""The map of a deployment: tiles and shapes, each fault by file and unit, and Thanh Hóa's own tiles."""

import json
from pathlib import Path
from typing import Any

import pytest

from indicators.atlas import MAP, TILES, Tile
from indicators.deployment import load_deployment
from indicators.schema import DataErrors
from tests.cli import ROOT
from tests.indicators.small import files, load

TILE_FILE = "units/x/tiles.csv"
HEAD = "unit,column,row,source"
SQUARE = [[105, 20], [106, 20], [106, 21], [105, 21], [105, 20]]


def tiles(*rows: str) -> dict[str, Any]:
    """The small deployment with a file of tiles."""
    return {**files(), TILE_FILE: [HEAD, *rows]}


def faults_of(folder: Path) -> list[tuple[str, str]]:
    """File and key of every fault of a folder."""
    try:
        load_deployment(folder)
    except DataErrors as found:
        return [(error.file, error.key) for error in found.errors]
    return []


def test_a_unit_has_its_tile(tmp_path: Path) -> None:
    found = load(tmp_path, tiles("d1,1,2,thử", "d2,3,1,thử")).atlas
    assert found.tiles == {"d1": Tile(1, 2), "d2": Tile(3, 1)} and not found.shapes


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (["nobody,1,1,thử"], "nobody"),
        (["d1,1,1,thử", "d1,2,2,thử"], "d1"),
        (["d1,0,1,thử"], "d1"),
        (["d1,một,1,thử"], "d1"),
        (["d1,1,1,thử", "d2,1,1,thử"], "d2"),
    ],
)
def test_a_wrong_tile_is_a_fault(tmp_path: Path, rows: list[str], key: str) -> None:
    with pytest.raises(DataErrors) as refused:
        load(tmp_path, tiles(*rows))
    assert [(error.file, error.key) for error in refused.value.errors] == [(TILES, key)]


def test_units_under_different_parents_may_share_a_tile(tmp_path: Path) -> None:
    assert len(load(tmp_path, tiles("d1,1,1,thử", "c1,1,1,thử")).atlas.tiles) == 2


def feature(unit: Any = "d1", kind: str = "Polygon", rings: Any = None) -> dict[str, Any]:
    """A feature of a map."""
    shape = {"type": kind, "coordinates": [SQUARE] if rings is None else rings}
    return {"type": "Feature", "properties": {"unit": unit}, "geometry": shape}


def mapped(folder: Path, content: Any) -> Path:
    """The small deployment with a map."""
    load(folder, files())
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / MAP).write_text(text, encoding="utf-8")
    return folder


def collection(*features: Any) -> dict[str, Any]:
    """A map of these features."""
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_shape_is_read_with_all_its_rings(tmp_path: Path) -> None:
    islands = feature("d2", "MultiPolygon", [[SQUARE], [SQUARE]])
    found = load_deployment(mapped(tmp_path, collection(feature(), islands))).atlas
    assert found.shapes["d1"] == (tuple((float(x), float(y)) for x, y in SQUARE),)
    assert len(found.shapes["d2"]) == 2


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("{", "-"),
        ({"type": "Feature"}, "-"),
        (collection({"properties": {}}), "feature 1"),
        (collection("d1"), "feature 1"),
        (collection(feature("nobody")), "nobody"),
        (collection(feature(), feature()), "d1"),
        (collection(feature(kind="Point")), "d1"),
        (collection({**feature(), "geometry": [1]}), "d1"),
        (collection(feature(rings=[SQUARE[:3]])), "d1"),
        (collection(feature(rings=[SQUARE[:-1]])), "d1"),
        (collection(feature(rings=[[[500000, 2000000], *SQUARE[1:-1], [500000, 2000000]]])), "d1"),
    ],
)
def test_a_wrong_shape_is_a_fault(tmp_path: Path, content: Any, key: str) -> None:
    assert faults_of(mapped(tmp_path, content)) == [(MAP, key)]


# Pairs of districts of which the first lies clearly to the west, or to the north, of the second.
WEST = [("muong-lat", "quan-hoa"), ("quan-hoa", "cam-thuy"), ("ngoc-lac", "ha-trung"), ("thuong-xuan", "tho-xuan"),
        ("tho-xuan", "hoang-hoa"), ("nhu-xuan", "nhu-thanh"), ("dong-son", "tp-thanh-hoa"), ("tp-thanh-hoa", "sam-son"),
        ("ha-trung", "nga-son"), ("nong-cong", "quang-xuong"), ("lang-chanh", "ngoc-lac")]  # fmt: skip
NORTH = [("muong-lat", "thuong-xuan"), ("thach-thanh", "vinh-loc"), ("bim-son", "ha-trung"), ("nga-son", "sam-son"),
         ("hau-loc", "hoang-hoa"), ("hoang-hoa", "tp-thanh-hoa"), ("tp-thanh-hoa", "quang-xuong"), ("nong-cong", "nghi-son"),
         ("tho-xuan", "trieu-son"), ("yen-dinh", "thieu-hoa"), ("quan-hoa", "quan-son"), ("cam-thuy", "ngoc-lac")]  # fmt: skip


def test_thanh_hoa_lies_as_it_does() -> None:
    deployment = load_deployment(ROOT / "data")
    kinds = {row.unit: row.kind for row in deployment.units.names}
    places = {unit.removeprefix("th-"): tile for unit, tile in deployment.atlas.tiles.items()}
    assert len(places) == 27 == len(set(places.values()))
    assert {kinds[unit] for unit in deployment.atlas.tiles} == {"district"}
    assert all(places[west].column < places[east].column for west, east in WEST)
    assert all(places[north].row < places[south].row for north, south in NORTH)
