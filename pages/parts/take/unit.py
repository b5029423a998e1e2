"""The cards of a unit's page as tables: beside the whole, its parts, its reports, its record."""

from __future__ import annotations

from etl.context import local, opened
from etl.numbers import Absence
from etl.progress import Report
from etl.record import Cell as Quarter
from etl.store.figures import Reported, reported_figures
from indicators.formats import decimals_of
from indicators.period import parse_period, period_label
from indicators.sentence import verdict_text
from indicators.spine import Vertebra
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.target_words import target_text, unit_of
from indicators.text import lower_first, say
from pages.parts.data import picture_of
from pages.parts.named import file_told, named
from pages.parts.take.asked import Asked
from pages.parts.take.indicator import columns
from pages.parts.take.targets import gap
from pages.parts.unit.data import below, footing_of, record_of
from pages.parts.unit.parts import standing_below, state_text
from pages.parts.unit.spine import spine_of, spine_title


def beside(asked: Asked) -> Table:
    """Values here and of the whole, under the plan's level; no verdict."""
    language, view = asked.language, asked.view
    whole = asked.names[asked.deployment.plans[view.plan].unit]
    words = ("target", "measure", "plan", "here", "whole", "difference", "lacking", "counted_in")
    heads = columns(asked, *words, numbers=("here", "whole", "difference", "lacking"))
    rows: list[list[Cell]] = []
    for found in footing_of(view).beside:
        a, decimals = found.here, found.here.indicator.decimals
        rows.append(
            [
                asked.pick(a.target.name_vi, a.indicator.name_en),
                unit_of(a.indicator, language),
                target_text(a.target, a.indicator, language),
                figure(a.measure.value, decimals),
                figure(found.whole.measure.value, decimals),
                figure(found.difference, decimals),
                *gap(a),
            ]
        )
    return Table(say("unit.beside", language, whole=whole), heads, rows)


def spine(asked: Asked) -> Table:
    """The unit among its like: value, rank, and the spread, a row an indicator."""
    language, tree = asked.language, asked.deployment.units.at(asked.period.end)
    words = (
        "target",
        "measure",
        "here",
        "rank",
        "among",
        "lowest",
        "quarter",
        "median",
        "three_quarters",
        "highest",
    )
    heads = columns(asked, *words, numbers=words[2:])
    unit = tree.units.get(asked.view.unit)
    if unit is None:
        return Table(say("take.spine", language), heads, [])
    found = spine_of(unit, asked.view)
    rows = [spine_row(v, asked) for v in found.vertebrae]
    title = spine_title(unit, found, tree, language) if rows else say("take.spine", language)
    return Table(title, heads, rows)


def spine_row(found: Vertebra, asked: Asked) -> list[Cell]:
    """One indicator; without quartiles where there are too few like units."""
    spread, decimals = found.spread, found.indicator.decimals
    quarters = (None, None) if found.is_few else (spread.first, spread.third)
    spots = (spread.low, quarters[0], spread.median, quarters[1], spread.high)
    return [
        asked.pick(found.indicator.name_vi, found.indicator.name_en),
        unit_of(found.indicator, asked.language),
        figure(found.value, decimals),
        Figure(found.rank),
        Figure(found.count),
        *(None if spot is None else Figure(spot, decimals) for spot in spots),
    ]


def parts(asked: Asked) -> Table:
    """The areas below: size, then every indicator that says anything about them."""
    found, language, names = below(asked.view), asked.language, asked.names
    catalogue = asked.deployment.catalogue
    size = catalogue.quantities[found.size] if found.size else None
    heads = columns(asked, "unit")
    heads += [Column(asked.pick(size.name_vi, size.name_en), is_number=True)] if size else []
    for i in found.indicators:
        name = asked.pick(i.short_vi, i.name_en)
        heads += [
            Column(name, unit_of(i, language), is_number=True),
            Column(say("take.col.verdict_of", language, name=name)),
        ]
    rows: list[list[Cell]] = []
    for part in found.parts:
        row: list[Cell] = [names[part.unit], *([figure(part.size)] if size else [])]
        for i in found.indicators:
            measure, verdict = part.measures.get(i.id), part.verdicts.get(i.id)
            row.append(figure(measure.value if measure else None, i.decimals))
            row.append(verdict_text(verdict, language) if verdict else None)
        rows.append(row)
    return Table(say("take.parts", language, name=lower_first(asked.unit)), *trimmed(heads, rows))


def trimmed(heads: list[Column], rows: list[list[Cell]]) -> tuple[list[Column], list[list[Cell]]]:
    """Without columns of words in which no row says anything."""
    kept = [n for n, h in enumerate(heads) if h.is_number or any(row[n] for row in rows) or n == 0]
    return [heads[n] for n in kept], [[row[n] for n in kept] for row in rows]


def facilities(asked: Asked) -> Table:
    """The facilities directly in the area, and whether this period's report is in."""
    tree = asked.deployment.units.at(asked.period.end)
    found = standing_below(tree, asked.deployment.catalogue, asked.view.unit)
    kinds, picture = asked.deployment.catalogue.kinds, picture_of(asked.view)
    rows: list[list[Cell]] = [
        [
            u.name,
            asked.pick(kinds[u.kind].name_vi, kinds[u.kind].name_en),
            state_text(u.id, picture, asked.view.today, asked.language),
        ]
        for u in found
    ]
    title = say("unit.parts.facilities", asked.language)
    return Table(title, columns(asked, "unit", "kind", "state"), rows)


def reported(asked: Asked) -> Table:
    """What the unit reported for the period on every form, with the file it came from."""
    context, view, language = opened(), asked.view, asked.language
    heads = columns(
        asked, "form", "period", "quantity", "measure", "figure", "file", "sender", "moment"
    )
    heads[4] = Column(heads[4].name, is_number=True)
    rows: list[list[Cell]] = []
    for report in picture_of(view).progress.reports:
        form = context.deployment.catalogue.forms[report.form]
        figures = reported_figures(
            context.store.cursor(), view.unit, [report.period], view.known_on
        )
        for name in form.quantities:
            quantity = context.deployment.catalogue.quantities[name]
            rows.append(
                [
                    asked.pick(form.name_vi, form.name_en),
                    period_label(parse_period(report.period), language),
                    asked.pick(quantity.name_vi, quantity.name_en),
                    unit_of(quantity, language),
                    *reported_cells(figures.get((report.period, name)), asked.language),
                ]
            )
    return Table(say("unit.figures.title", language), heads, rows)


def reported_cells(found: Reported | None, language: str) -> list[Cell]:
    """Figure, file, sender, moment; "-" where nothing occurred, "…" where it is not known."""
    if found is None:
        return ["…", None, None, None]
    nil = found.absence is Absence.NIL
    value = Figure(found.value, decimals_of(found.value)) if found.value is not None else "…"
    moment = f"{local(found.received_at):%H:%M %d/%m/%Y}"
    file, by = file_told(found.file_name, language), named(found.received_by, language)
    return ["-" if nil else value, file, by, moment]


def record(asked: Asked) -> Table:
    """A row for each report of eight quarters: due, received, days late."""
    language, names = asked.language, asked.names
    forms = asked.deployment.catalogue.forms
    heads = columns(
        asked, "part", "unit", "form", "period", "due", "received_on", "late", numbers=("late",)
    )
    rows: list[list[Cell]] = [
        [
            names[part],
            names[r.unit],
            asked.pick(forms[r.form].name_vi, forms[r.form].name_en),
            period_label(parse_period(r.period), language),
            r.due,
            *arrival(r),
        ]
        for part, quarters in record_of(asked.view).rows
        for r in reports_of(quarters)
    ]
    return Table(say("unit.record.title", language), heads, rows)


def reports_of(quarters: tuple[Quarter, ...]) -> list[Report]:
    """All reports of a row."""
    return [report for quarter in quarters for report in quarter.reports]


def arrival(report: Report) -> tuple[Cell, Cell]:
    """The day it came and the days it was late; "…" where it has not come."""
    if report.received is None:
        return "…", None
    return local(report.received).date(), Figure(report.days_late)
