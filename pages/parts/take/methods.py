"""The glossary and the catalogue of indicators as tables: all that the page found."""

from __future__ import annotations

from indicators.catalogue import Indicator
from indicators.table import Cell, Column, Table
from indicators.text import say
from pages.parts.methods.asked import asked_of, found_indicators, found_terms
from pages.parts.methods.show import indicator_lines, users_of
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns


def glossary(asked: Asked) -> Table:
    """Every term in both languages."""
    catalogue = asked.deployment.catalogue
    found = found_terms(asked_of(asked.more, asked.view, catalogue))
    words = ("vietnamese", "english", "meaning")
    heads = [Column(say(f"methods.{word}", asked.language)) for word in words]
    rows: list[list[Cell]] = [[t.vietnamese, t.english, t.meaning] for t in found]
    return Table(say("take.glossary", asked.language), heads, rows)


def catalogue(asked: Asked) -> Table:
    """Every indicator with all that the catalogue says of it."""
    known, language = asked.deployment.catalogue, asked.language
    found = found_indicators(asked_of(asked.more, asked.view, known), known)
    users = users_of(list(asked.deployment.plans.values()))
    lines = [(i, indicator_lines(i, known, users.get(i.id, ()), language)) for i in found]
    keys = list(lines[0][1]) if lines else []
    heads = columns(asked, "field", "target")
    heads += [Column(say(f"methods.indicator.{key}", language)) for key in keys]
    order = {f.id: f.order for f in known.fields.values()}
    lines.sort(key=lambda line: order[line[0].field])
    rows = [[*named(i, asked), *(said[key] or None for key in keys)] for i, said in lines]
    return Table(say("take.catalogue", language), heads, rows)


def named(i: Indicator, asked: Asked) -> list[Cell]:
    """Its field and its name."""
    field = asked.deployment.catalogue.fields[i.field]
    return [asked.pick(field.name_vi, field.name_en), asked.pick(i.name_vi, i.name_en)]
