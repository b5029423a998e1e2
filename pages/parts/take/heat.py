"""The heat table as numbers: a row an area, two columns an indicator: its value, and how it stands."""

from __future__ import annotations

from etl.context import opened
from indicators.heat import Cell as Heated
from indicators.heat import Column as Shade
from indicators.heat import Row
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.heat.answer import heat_of
from pages.parts.heat.table import name_of, state_of
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns


def heated(asked: Asked) -> Table:
    """Every area under every indicator, in the order of the page."""
    found, names, language = heat_of(asked.view), asked.names, asked.language
    size = opened().deployment.catalogue.quantities[found.size] if found.size else None
    heads = columns(asked, "unit", "worse", "told", numbers=("worse", "told"))
    heads += [Column(asked.pick(size.name_vi, size.name_en), is_number=True)] if size else []
    for shade in found.columns:
        heads += heading(shade, language)
    rows = [
        [
            names[row.unit],
            Figure(row.worse),
            Figure(row.told),
            *([figure(row.size)] if size else []),
            *cells(row, found.columns, language),
        ]
        for row in found.rows
    ]
    return Table(say("take.heat", language), heads, rows)


def heading(shade: Shade, language: str) -> list[Column]:
    """An indicator: its value in its unit, and how it stands."""
    name = name_of(shade.indicator, language)
    state = say("take.col.state_of", language, name=name)
    return [Column(name, unit_of(shade.indicator, language), is_number=True), Column(state)]


def cells(row: Row, shades: tuple[Shade, ...], language: str) -> list[Cell]:
    """Value and standing under every indicator."""
    found: list[Cell] = []
    for cell, shade in zip(row.cells, shades, strict=True):
        value = figure(cell.value, shade.indicator.decimals) if cell.is_asked else None
        found += [value, said(cell, language)]
    return found


def said(cell: Heated, language: str) -> Cell:
    """The shade in words, or why there is none; nothing where there is no level to compare with."""
    if cell.step is not None:
        return say(f"heat.step.{cell.step.name.lower()}", language)
    state = state_of(cell)
    return None if state == "plain" else say(f"heat.state.{state}", language)
