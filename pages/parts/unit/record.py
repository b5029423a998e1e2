"""The reporting record as a grid: a row a unit, a column a quarter, a mark and a word a cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from etl.record import Cell, Record
from indicators.formats import format_number
from indicators.period import Period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.take.menu import take
from pages.parts.view import View


def record_card(found: Record, names: Mapping[str, str], view: View, today: date) -> str:
    """Who was on time, late or silent in the last eight quarters."""
    language = view.language
    title = f"<h2>{e(say('unit.record.title', language))}</h2>"
    if not found.rows:
        text = e(say("unit.record.none", language))
        return f'<section class="vd-card">{title}<p class="vd-quiet">{text}</p></section>'
    menu = take("record", say("unit.record.title", language), view)
    heads = "".join(f'<th scope="col">{e(_quarter(p, language))}</th>' for p in found.periods)
    first = f'<th scope="col">{e(say("take.col.unit", language))}</th>'
    rows = "".join(_row(unit, cells, names, view, today) for unit, cells in found.rows)
    return (
        f'<section class="vd-card">{title}{menu}<p class="vd-quiet">{e(_summary(found, language, today))}</p>'
        f'<div class="vd-wide"><table class="vd-sheet vd-record"><thead><tr>{first}{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
        f'<p class="vd-quiet">{e(say("unit.record.key", language))}</p></section>'
    )


def _quarter(period: Period, language: str) -> str:
    return period_label(period, language).replace("Quý ", "Q.")


def _summary(found: Record, language: str, today: date) -> str:
    due = [r for r in found.reports if r.received is not None or r.due < today]
    counts = {
        "on_time": sum(r.received is not None and r.days_late == 0 for r in due),
        "late": sum(r.days_late > 0 for r in due),
        "missing": sum(r.received is None for r in due),
        "expected": len(due),
    }
    texts = {name: format_number(count, 0, language) for name, count in counts.items()}
    return say("unit.record.summary", language, **texts)


def _row(
    unit: str, cells: tuple[Cell, ...], names: Mapping[str, str], view: View, today: date
) -> str:
    name = e(names[unit])
    if unit != view.unit:
        name = f'<a href="{e(view.link("/don-vi", unit=unit))}">{name}</a>'
    return f"<tr><td>{name}</td>{''.join(_cell(c, view.language, today) for c in cells)}</tr>"


def _cell(cell: Cell, language: str, today: date) -> str:
    """A shape, and what it means in words for whoever cannot tell shapes apart."""
    if not cell.reports:
        return "<td></td>"
    if cell.missing:
        return _missing(cell, language, today)
    if cell.days_late:
        title = e(say("unit.record.late", language, days=cell.days_late))
        return f'<td class="vd-late" title="{title}">◐ {cell.days_late}</td>'
    return f'<td class="vd-on-time" title="{e(say("unit.record.on_time", language))}">●</td>'


def _missing(cell: Cell, language: str, today: date) -> str:
    if not cell.is_due(today):
        return f'<td title="{e(say("unit.record.waiting", language))}">·</td>'
    expected = len(cell.reports)
    text = say("unit.record.missing_of", language, missing=cell.missing, expected=expected)
    part = f" {cell.missing}/{expected}" if expected > 1 else ""
    return f'<td class="vd-missing" title="{e(text)}">○{part}</td>'
