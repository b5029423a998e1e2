"""The cards beside the targets as tables: what is getting worse, who has not reported, forms."""

from __future__ import annotations

from indicators.movement import movement_text
from indicators.ranking_text import amount_text
from indicators.sentence import verdict_text
from indicators.table import Cell, Column, Figure, Table, figure
from indicators.target_words import unit_of
from indicators.text import say
from pages.parts.aside import worsening
from pages.parts.data import picture_of, ranking_of
from pages.parts.take.asked import Asked


def worsening_table(asked: Asked) -> Table:
    """A row for each unit that lacks something in a target that is getting worse."""
    language, names = asked.language, asked.names
    rows: list[list[Cell]] = []
    for a in worsening(picture_of(asked.view).assessments):
        head: list[Cell] = [
            asked.pick(a.indicator.short_vi, a.indicator.name_en),
            unit_of(a.indicator, language),
            figure(a.measure.value, a.indicator.decimals),
            verdict_text(a.verdict, language),
            movement_text(a, language),
        ]
        worst = ranking_of(asked.view, a).worst
        rows += [[*head, names[r.unit], amount_text(r, language)] for r in worst]
        rows += [] if worst else [[*head, None, None]]
    words = ("target", "measure", "actual", "verdict", "course", "unit", "gap")
    columns = [Column(say(f"take.col.{w}", language), is_number=w == "actual") for w in words]
    return Table(say("overview.worse", language), columns, rows)


def missing(asked: Asked) -> Table:
    """Every report that is owed and has not come, the longest overdue first."""
    language, names, today = asked.language, asked.names, asked.view.today
    forms = asked.deployment.catalogue.forms
    found = sorted(
        picture_of(asked.view).progress.missing,
        key=lambda r: (-r.days_overdue(today), names[r.unit], r.form),
    )
    rows: list[list[Cell]] = [
        [
            names[r.unit],
            asked.pick(forms[r.form].name_vi, forms[r.form].name_en),
            r.due,
            Figure(r.days_overdue(today)),
        ]
        for r in found
    ]
    words = ("unit", "form", "due", "overdue")
    columns = [Column(say(f"take.col.{w}", language), is_number=w == "overdue") for w in words]
    return Table(say("overview.missing", language), columns, rows)


def forms(asked: Asked) -> Table:
    """Each form: expected, received, on time."""
    language = asked.language
    catalogue = asked.deployment.catalogue.forms
    rows: list[list[Cell]] = [
        [
            asked.pick(catalogue[f.form].name_vi, catalogue[f.form].name_en),
            f.due,
            Figure(f.expected),
            Figure(f.received),
            Figure(f.on_time),
        ]
        for f in picture_of(asked.view).progress.by_form()
    ]
    words = ("form", "due", "expected", "received", "on_time")
    counts = words[2:]
    columns = [Column(say(f"take.col.{w}", language), is_number=w in counts) for w in words]
    return Table(say("overview.forms", language), columns, rows)
