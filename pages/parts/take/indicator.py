"""One indicator as tables: its course, its units, every figure behind its value."""

from __future__ import annotations

from dataclasses import replace

from etl.context import local
from indicators.assess import Assessment
from indicators.charts.course import Course
from indicators.charts.trend import trend_title
from indicators.evidence_text import readings
from indicators.formats import decimals_of, telling_decimals
from indicators.period import parse_period, period_label
from indicators.ranking import Rank
from indicators.ranking_text import amount_text, whole_of
from indicators.sentence import verdict_text
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.data import evidence_of, picture_of, ranking_of, sources_of
from pages.parts.indicator.chosen import Chosen, choose
from pages.parts.indicator.explain import asked_for
from pages.parts.indicator.facts import place
from pages.parts.indicator.shown import shown_of
from pages.parts.named import file_told, named
from pages.parts.names import parents_of
from pages.parts.take.asked import Asked


def chosen_of(asked: Asked) -> Chosen | None:
    """The indicator that the page is about."""
    return choose(asked.view, picture_of(asked.view).assessments)


def titled(key: str, a: Assessment, asked: Asked) -> str:
    """The heading of the card and the name of the indicator."""
    name = asked.pick(a.indicator.name_vi, a.indicator.name_en)
    return f"{name}: {say(key, asked.language).lower()}"


def columns(asked: Asked, *words: str, numbers: tuple[str, ...] = ()) -> list[Column]:
    """Headings by their key."""
    return [Column(say(f"take.col.{w}", asked.language), is_number=w in numbers) for w in words]


def course(asked: Asked) -> Table:
    """Value and path to the target, a row a period from the first value to the deadline."""
    chosen = chosen_of(asked)
    words = ("period", "actual", "needed", "level", "projected")
    heads = columns(asked, *words, numbers=words[1:])
    if chosen is None:
        return Table(say("overview.col_course", asked.language), heads, [])
    a, language = chosen.own, asked.language
    unit = unit_of(a.indicator, language)
    heads = [heads[0], *(replace(head, unit=unit) for head in heads[1:])]
    rows = course_rows(Course(a, asked.deployment.plans[asked.view.plan]), language)
    return Table(trend_title(a, language), heads, rows if a.history else [])


def course_rows(found: Course, language: str) -> list[list[Cell]]:
    """One row a period; a gap of the series is "…", what lies ahead is empty."""
    a, decimals = found.a, found.a.indicator.decimals
    values = [p.value for p in a.history]
    needed, level = dict(found.expected), a.rule.value if a.rule else None
    rows: list[list[Cell]] = []
    for at, period in enumerate(found.periods):
        value = figure(values[at], decimals) if at < len(values) else None
        path = Figure(needed[at], decimals) if at in needed else None
        target = None if level is None else Figure(level, telling_decimals(level, None, decimals))
        ends = found.heading is not None and found.heading[0] == at
        heading = Figure(found.heading[1], decimals) if ends and found.heading else None
        rows.append([period_label(period, language), value, path, target, heading])
    return rows


def ranked(asked: Asked) -> Table:
    """Every unit below with its value, verdict, what it lacks and its share of all lacking."""
    chosen, language = chosen_of(asked), asked.language
    heads = columns(
        asked,
        "unit",
        "actual",
        "verdict",
        "gap",
        "said",
        "share",
        numbers=("actual", "gap", "share"),
    )
    if chosen is None:
        return Table(say("take.ranking", language), heads, [])
    a, names = chosen.own, asked.names
    found = ranking_of(chosen.view, a)
    unit = unit_of(a.indicator, language)
    heads[1] = replace(heads[1], unit=unit)
    heads[3] = replace(heads[3], unit=a.indicator.gap_unit or unit)
    heads[5] = replace(heads[5], unit="%")
    rows = [rank_row(rank, names, language) for rank in found.ranks]
    return Table(titled("take.ranking", a, asked), heads, rows)


def rank_row(rank: Rank, names: dict[str, str], language: str) -> list[Cell]:
    """One unit."""
    a, decimals = rank.assessment, rank.assessment.indicator.decimals
    return [
        names[rank.unit],
        figure(a.measure.value, telling_decimals(a.measure.value, None, decimals)),
        verdict_text(a.verdict, language),
        amount(rank),
        amount_text(rank, language),
        None if rank.share is None else Figure(rank.share * 100, 1),
    ]


def amount(rank: Rank) -> Cell:
    """What the words beside it say: whole beds and people; the distance where nothing is counted."""
    if rank.gap is None:
        return figure(rank.amount, rank.assessment.indicator.decimals)
    return Figure(whole_of(rank.gap))


def every(asked: Asked) -> Table:
    """Targets that every unit must meet: all units, not only those that fail."""
    chosen, language, names = chosen_of(asked), asked.language, asked.names
    parents = parents_of(asked.deployment, asked.period)
    words = ("target", "unit", "above", "actual", "level", "verdict")
    heads = columns(asked, *words, numbers=("actual", "level"))
    rows: list[list[Cell]] = [
        [
            asked.pick(u.target.name_vi, u.indicator.name_en),
            names[u.scope],
            names.get(parents.get(u.scope, ""), ""),
            figure(u.measure.value, u.indicator.decimals),
            Figure(u.rule.value, decimals_of(u.rule.value)) if u.rule else None,
            verdict_text(u.verdict, language),
        ]
        for a in (chosen.every if chosen else ())
        for u in sorted(a.units, key=lambda u: (u not in a.failing, names[u.scope]))
    ]
    return Table(say("breakdown.every", language), heads, rows)


def read(asked: Asked) -> Table:
    """What may be read out of the number: a row a sentence."""
    chosen, language = chosen_of(asked), asked.language
    heads = columns(asked, "sentence")
    if chosen is None:
        return Table(say("reading.title", language), heads, [])
    said = readings(chosen.own, evidence_of(chosen.view, chosen.own), language)
    rows = [[sentence] for sentence in (*said.first, *said.more)]
    return Table(titled("reading.title", chosen.own, asked), heads, rows)


def explained(chosen: Chosen, asked: Asked) -> Assessment:
    """The number that the panel of the page is about, else the page's own."""
    shown = shown_of(dict(asked.more))
    return asked_for(chosen, ranking_of(chosen.view, chosen.own), shown) or chosen.own


def lineage(asked: Asked) -> Table:
    """Every figure behind the value: unit, period, quantity, file, sheet, row, column, sender, approver."""
    chosen, language, names = chosen_of(asked), asked.language, asked.names
    words = (
        "quantity",
        "unit",
        "period",
        "figure",
        "as_written",
        "file",
        "place",
        "sender",
        "moment",
        "approver",
        "approved",
        "file_hash",
    )
    heads = columns(asked, *words, numbers=("figure",))
    number = None if chosen is None else explained(chosen, asked)
    if number is None:
        return Table(say("take.lineage", language), heads, [])
    quantities = asked.deployment.catalogue.quantities
    rows: list[list[Cell]] = [
        [
            asked.pick(quantities[f.quantity].name_vi, quantities[f.quantity].name_en),
            names[f.unit],
            period_label(parse_period(f.period), language),
            "…" if f.value is None else Figure(f.value, decimals_of(f.value)),
            f.raw,
            file_told(f.file, language),
            place(f, language),
            named(f.received_by, language),
            f"{local(f.received_at):%H:%M %d/%m/%Y}",
            named(f.approved_by or "", language) or None,
            f"{local(f.approved_at):%H:%M %d/%m/%Y}" if f.approved_at else None,
            f.hash,
        ]
        for f in sources_of(asked.view, number).facts
    ]
    return Table(titled("take.lineage", number, asked), heads, rows)
