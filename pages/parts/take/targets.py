"""Targets as a table: what was asked, what was done, verdict and gap, one row a target."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.assess import Assessment
from indicators.catalogue import Catalogue
from indicators.formats import telling_decimals
from indicators.ranking_text import whole_of
from indicators.sentence import verdict_text, why
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.target_words import target_text, unit_of
from indicators.text import lower_first, say
from pages.parts.data import picture_of
from pages.parts.summary import chosen_of, counted
from pages.parts.take.asked import Asked
from pages.parts.targets import worst_first
from pages.parts.unit.data import footing_of

WORDS = ("field", "target", "measure", "plan")
NUMBERS = ("level", "actual", "needed", "last_year", "projected", "gap")


def targets(asked: Asked) -> Table:
    """The targets that the sentence of the overview counts, all or those with one verdict."""
    found = picture_of(asked.view).assessments
    shown = chosen_of(asked.more.get("verdict", ""), found) or counted(found)
    return target_table(say("overview.rows", asked.language), shown, asked)


def others(asked: Asked) -> Table:
    """What the sentence does not count: requirements to units, works, events."""
    found = picture_of(asked.view).assessments
    title = say("overview.others", asked.language)
    return target_table(title, [a for a in found if not a.target.headline], asked)


def judged(asked: Asked) -> Table:
    """The targets that the plan sets for the unit of the view."""
    title = say("unit.judged", asked.language, name=lower_first(asked.unit))
    return target_table(title, footing_of(asked.view).judged, asked)


def target_table(title: str, found: Sequence[Assessment], asked: Asked) -> Table:
    """Worst first; of several measures that must all pass, each has its row below."""
    rows = [
        row(part, asked.deployment.catalogue, asked.language)
        for a in worst_first(found)
        for part in (a, *a.also)
    ]
    return Table(title, columns(asked.language), rows)


def columns(language: str) -> list[Column]:
    """The headings."""
    words = [Column(say(f"take.col.{word}", language)) for word in WORDS]
    numbers = [Column(say(f"take.col.{word}", language), is_number=True) for word in NUMBERS]
    last = ("counted_in", "verdict", "reason")
    return [*words, *numbers, *(Column(say(f"take.col.{word}", language)) for word in last)]


def row(a: Assessment, catalogue: Catalogue, language: str) -> list[Cell]:
    """One target; what every unit must meet has counts of units instead of a value."""
    field = catalogue.fields[a.indicator.field]
    is_vi = language == "vi"
    return [
        field.name_vi if is_vi else field.name_en,
        a.target.name_vi if is_vi else a.indicator.name_en,
        unit_of(a.indicator, language),
        target_text(a.target, a.indicator, language),
        *numbers(a),
        verdict_text(a.verdict, language),
        why(a, catalogue, language),
    ]


def numbers(a: Assessment) -> list[Cell]:
    """Level, actual, needed, last year, projected, gap, and what the gap is counted in."""
    if a.units or a.also:
        return [None] * (len(NUMBERS) + 1)
    decimals = a.indicator.decimals
    level = a.rule.value if a.rule else None
    telling = telling_decimals(a.measure.value, level, decimals)
    return [
        Figure(level, telling_decimals(level, None, decimals)) if level is not None else None,
        figure(a.measure.value, telling),
        None if a.standing.expected is None else Figure(a.standing.expected, telling),
        figure(a.last_year, decimals),
        None if a.projection is None else Figure(a.projection.value, decimals),
        *gap(a),
    ]


def gap(a: Assessment) -> tuple[Cell, Cell]:
    """What is lacking in people, beds, doctors: below 0 there is something to spare."""
    if a.gap is None or a.indicator.gap_unit is None:
        return None, None
    return Figure(whole_of(a.gap)), a.indicator.gap_unit
