"""Charts of our own HTML as pictures: the spine of a unit, the map of the units behind a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import fontpkg_be_vietnam_pro as be_vietnam_pro

from indicators.charts.map import map_picture
from indicators.charts.plain import Plain
from indicators.charts.spine import spine_picture
from indicators.text import lower_first
from pages.parts.data import ranking_of
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import chosen_of
from pages.parts.unit.spine import spine_of, spine_title

FACES = {400: "Regular", 600: "SemiBold"}


def spine(asked: Asked) -> Plain | None:
    """The unit of the view among its like; None where nobody can be compared."""
    tree = asked.deployment.units.at(asked.period.end)
    unit = tree.units.get(asked.view.unit)
    found = spine_of(unit, asked.view) if unit else None
    if unit is None or found is None or not found.vertebrae:
        return None
    title = lower_first(spine_title(unit, found, tree, asked.language))
    return spine_picture(found, f"{unit.name}: {title}", asked.language)


def mapped(asked: Asked) -> Plain | None:
    """The units of the indicator of the view; None where none has a place."""
    chosen = chosen_of(asked)
    found = ranking_of(chosen.view, chosen.own) if chosen else None
    if chosen is None or found is None or not found.ranks:
        return None
    drawn = map_picture(found, asked.deployment.atlas, asked.names, asked.language)
    i = chosen.own.indicator
    name = asked.pick(i.short_vi, i.name_en)
    return drawn and replace(drawn, title=f"{name}: {lower_first(drawn.title)}")


PICTURES: dict[str, Callable[[Asked], Plain | None]] = {"spine": spine, "map": mapped}


@cache
def faces() -> dict[int, bytes]:
    """The faces that a picture is written in, by weight."""
    folder = be_vietnam_pro.ROOT / "files"
    return {w: (folder / f"BeVietnamPro-{name}.ttf").read_bytes() for w, name in FACES.items()}
