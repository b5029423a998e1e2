"""The quality of figures as tables: what is missing, late, left out, doubtful, and every score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.context import local
from etl.doubts import NO_FIGURE, Doubt
from etl.looked import Gap
from indicators.assess import Assessment
from indicators.formats import decimals_of
from indicators.period import parse_period, period_label
from indicators.quality import Part
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.text import say
from pages.parts.data import picture_of
from pages.parts.named import file_told, words_told
from pages.parts.quality.cover import incomplete, quantity_name
from pages.parts.quality.data import looked_of
from pages.parts.quality.doubts import name_of, why
from pages.parts.quality.reports import form_name
from pages.parts.quality.words import Scene
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns


def scene_of(asked: Asked) -> Scene:
    """What the cards of the page look names up in."""
    return Scene(asked.view, asked.names, asked.deployment.catalogue)


def period_of(code: str, asked: Asked) -> str:
    """A period in words."""
    return period_label(parse_period(code), asked.language)


def late(asked: Asked) -> Table:
    """The latest report of each unit that sent one after its day."""
    scene, words = scene_of(asked), ("unit", "form", "period", "due", "received_on", "late")
    rows: list[list[Cell]] = [
        [
            scene.names.get(r.unit, r.unit),
            form_name(r.form, scene),
            period_of(r.period, asked),
            r.due,
            local(r.received).date() if r.received else "…",
            Figure(r.days_late),
        ]
        for r in looked_of(asked.view).late
    ]
    heads = columns(asked, *words, numbers=("late",))
    return Table(say("quality.late.title", asked.language), heads, rows)


def levels(asked: Asked) -> Table:
    """Every figure that two levels report: both, and their difference."""
    scene, found = scene_of(asked), looked_of(asked.view).compared
    words = ("unit", "quantity", "period", "whole_figure", "parts_sum", "difference")
    rows: list[list[Cell]] = [
        [
            scene.names.get(c.area, c.area),
            quantity_name(c.quantity, scene),
            period_of(c.period, asked),
            *(exact(n) for n in (c.whole, c.added, c.difference)),
        ]
        for c in sorted(found, key=lambda c: c.agrees)
    ]
    heads = columns(asked, *words, numbers=words[3:])
    return Table(say("quality.levels.title", asked.language), heads, rows)


def exact(value: Decimal) -> Figure:
    """A figure with the decimals that it has."""
    return Figure(value, decimals_of(value))


def gaps(asked: Asked) -> Table:
    """A row for each figure that a unit left out of a report that came."""
    scene, words = scene_of(asked), ("unit", "form", "quantity")
    rows = [line for gap in looked_of(asked.view).gaps for line in gap_rows(gap, scene)]
    return Table(say("quality.gaps.title", asked.language), columns(asked, *words), rows)


def gap_rows(gap: Gap, scene: Scene) -> list[list[Cell]]:
    """Each unit under each figure."""
    return [
        [scene.names.get(unit, unit), form_name(gap.form, scene), quantity_name(quantity, scene)]
        for quantity in gap.quantities
        for unit in gap.units
    ]


def targets(asked: Asked) -> Table:
    """Targets whose value lacks figures: how many are in, who is not, which periods are not."""
    words = ("target", "received", "expected", "without", "periods")
    heads = columns(asked, *words, numbers=("received", "expected"))
    rows = [target_row(a, asked) for a in incomplete(picture_of(asked.view))]
    return Table(say("quality.targets.title", asked.language), heads, rows)


def target_row(a: Assessment, asked: Asked) -> list[Cell]:
    """One of them."""
    coverage, names = a.measure.coverage, asked.names
    return [
        asked.pick(a.target.name_vi, a.indicator.name_en),
        Figure(len(coverage.reported)),
        Figure(len(coverage.expected)),
        "; ".join(names.get(unit, unit) for unit in coverage.missing) or None,
        "; ".join(period_of(code, asked) for code in a.measure.missing_periods) or None,
    ]


def doubts(asked: Asked) -> Table:
    """Every figure that is asked about."""
    title = say("quality.doubt.title", asked.language)
    return doubt_table(title, looked_of(asked.view).doubts, asked)


def value_of(doubt: Doubt) -> Cell:
    """The figure; nothing for a warning about no single figure, "…" where it is not known."""
    if doubt.figure == NO_FIGURE:
        return None
    return "…" if doubt.figure.value is None else exact(doubt.figure.value)


def unusual(asked: Asked) -> Table:
    """Every figure outside the usual noise."""
    title = say("quality.unusual.title", asked.language)
    return doubt_table(title, looked_of(asked.view).unusual, asked)


def doubt_table(title: str, found: Sequence[Doubt], asked: Asked) -> Table:
    """What, why, from which cell of which file, and what its sender said."""
    words = ("unit", "quantity", "period", "figure", "doubt", "reason_given", "file", "place")
    heads = columns(asked, *words, numbers=("figure",))
    scene = scene_of(asked)
    rows: list[list[Cell]] = [
        [
            scene.names.get(d.unit, d.unit),
            name_of(d, scene),
            period_of(d.period, asked),
            value_of(d),
            why(d, asked.language),
            words_told(d.reason, asked.language) or None,
            file_told(d.file, asked.language),
            d.cell,
        ]
        for d in found
    ]
    return Table(title, heads, rows)


def scores(asked: Asked) -> Table:
    """Each unit's score with its parts in per cent, lowest first."""
    language, names = asked.language, asked.names
    heads = columns(asked, "unit", "score", numbers=("score",))
    heads += [Column(say(f"quality.part.{part}", language), "%", is_number=True) for part in Part]
    rows: list[list[Cell]] = [
        [
            names.get(unit, unit),
            figure(score.value, 1),
            *(figure(score.share(part).percent, 1) for part in Part),
        ]
        for unit, score in looked_of(asked.view).scores
    ]
    return Table(say("quality.score.title", language), heads, rows)
