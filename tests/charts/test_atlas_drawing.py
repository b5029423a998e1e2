"""Units on a map: which shade, which tile, how shapes become a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from etl import context
from indicators.atlas import Atlas, Tile
from indicators.charts.atlas import (
    can_be_mapped,
    drawing,
    scale,
    shapes_here,
    shortfall,
    tiles_here,
)
from indicators.deployment import Deployment
from indicators.judge import Verdict
from indicators.ranking import Ranking, rank
from pages.parts.indicator.mapped import mapped
from pages.parts.view import View
from tests.charts.test_figures import picture_of

SQUARE = ((105.0, 20.0), (106.0, 20.0), (106.0, 21.0), (105.0, 21.0), (105.0, 20.0))


@pytest.fixture(scope="module")
def doctors(demo_file: Path) -> Iterator[tuple[Ranking, Deployment]]:
    """The districts by doctors lacking, in the quarter in which one has not reported."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VANDAN_DB", str(demo_file))
        opened = context.opened()
        found = picture_of(opened, opened.deployment.plans["thanh-hoa-2021"], "2021-Q3")
        a = found.assessment("doctors")
        assert a is not None
        yield rank(found.assessor, a.target, a.indicator, a), opened.deployment
        context.close()


def test_shades_part_the_shortfalls_evenly(doctors: tuple[Ranking, Deployment]) -> None:
    found, _ = doctors
    painted = scale(found)
    assert not painted.by_verdict and len(painted.ends) == 4
    short = {r.unit: s for r in found.ranks if (s := shortfall(r)) is not None}
    assert (painted.ends[0][0], painted.ends[-1][1]) == (min(short.values()), max(short.values()))
    for each in found.ranks:
        shade = painted.shade(each)
        if each.unit not in short:
            assert shade == 0
            continue
        low, high = painted.ends[shade - 1]
        assert low <= short[each.unit] <= high


def test_judged_units_have_the_paint_of_their_verdict(doctors: tuple[Ranking, Deployment]) -> None:
    found, _ = doctors
    judged = replace(found.ranks[0].assessment, verdict=Verdict.NOT_MET)
    assert scale(Ranking((replace(found.ranks[0], assessment=judged),))).by_verdict


def test_a_unit_better_than_the_plan_has_no_shade(doctors: tuple[Ranking, Deployment]) -> None:
    found, _ = doctors
    better = replace(found.ranks[0].assessment, difference=Fraction(3))
    one = replace(found.ranks[0], assessment=better)
    assert shortfall(one) == -3 and scale(Ranking((one,))).shade(one) == 0


def test_a_map_needs_places_for_half_and_no_two_the_same(
    doctors: tuple[Ranking, Deployment],
) -> None:
    found, deployment = doctors
    units = [r.unit for r in found.ranks]
    assert can_be_mapped(found, deployment.atlas)
    assert not can_be_mapped(found, Atlas()) and not can_be_mapped(Ranking(), deployment.atlas)
    few = {unit: Tile(n, 1) for n, unit in enumerate(units[:13], 1)}
    assert not can_be_mapped(found, Atlas(few))
    assert can_be_mapped(found, Atlas({**few, units[13]: Tile(40, 2)}))
    assert not can_be_mapped(found, Atlas({**few, units[13]: Tile(1, 1)}))


def test_tiles_start_in_the_first_row_and_column(doctors: tuple[Ranking, Deployment]) -> None:
    found, _ = doctors
    units = [r.unit for r in found.ranks]
    moved = tiles_here(found, Atlas({units[0]: Tile(4, 7), units[1]: Tile(6, 5)}))
    assert moved == {units[0]: Tile(1, 3), units[1]: Tile(3, 1)}


def test_shapes_are_drawn_north_up_and_hardly_squeezed() -> None:
    north = tuple((x, y + 1) for x, y in SQUARE)
    found = drawing({"south": (SQUARE,), "north": (north,)})
    assert found.centres["north"][1] < found.centres["south"][1]
    assert found.height / found.width == pytest.approx(2 / 0.93, rel=0.01)  # cos 21° = 0.934
    assert re.fullmatch(r"M[\d.,]+(L[\d.,]+)+Z", found.paths["south"])
    assert found.paths["south"].count("L") == 4


def test_points_closer_than_a_tenth_of_a_pixel_are_one() -> None:
    fine = (SQUARE[0], (105.000001, 20.0), *SQUARE[1:])
    assert drawing({"a": (fine,)}).paths["a"].count("L") == 4


def test_own_shapes_come_before_tiles_and_the_rest_is_listed(
    doctors: tuple[Ranking, Deployment],
) -> None:
    found, deployment = doctors
    units = [r.unit for r in found.ranks]
    shapes = {
        unit: (tuple((x + n % 6, y + n // 6) for x, y in SQUARE),)
        for n, unit in enumerate(units[:-1])
    }
    atlas = Atlas(deployment.atlas.tiles, shapes)
    assert set(shapes_here(found, atlas)) == set(units[:-1])
    view = View("thanh-hoa-2021", "2021-Q3", "thanh-hoa", "doctors_per_10k")
    html = mapped(found, atlas, {unit: f"«{unit}»" for unit in units}, view)
    assert html.count("<path fill-rule") == 26 and "vd-tile" not in html
    assert (
        "Chưa có vị trí trên bản đồ: <a" in html and f"«{units[-1]}»" in html.split("Chưa có vị")[1]
    )
