"""The sentence above the heat table, and the table kept until the data change."""

from __future__ import annotations

from collections.abc import Mapping

from etl.context import opened
from indicators.formats import format_number
from indicators.heat import Heat, heat
from indicators.period import parse_period, period_inside
from indicators.text import lower_first, say
from pages.parts.data import picture_of
from pages.parts.heat.table import name_of
from pages.parts.html import e
from pages.parts.kept import kept_for_all
from pages.parts.unit.data import below
from pages.parts.view import View


def heat_of(view: View) -> Heat:
    """The areas below the view's unit."""
    key = ("heat", view.plan, view.period, view.unit, view.basis)
    return kept_for_all(key, lambda: heat(below(view), picture_of(view).assessments))


def answer(found: Heat, names: Mapping[str, str], view: View) -> str:
    """Which area is short on most indicators, which indicator has most areas short."""
    tree = opened().deployment.units.at(parse_period(view.period).end)
    whole = opened().deployment.units.latest_names[opened().deployment.plans[view.plan].unit].name
    unit = tree.units[view.unit].name if view.unit in tree.units else names[view.unit]
    note = e(say("heat.note", view.language, whole=lower_first(whole)))
    small = f'<p class="vd-sub">{note}</p>' if found.columns else ""
    text = e(_text(found, names, unit, view))
    return f'<div class="vd-summary vd-q-answer"><h1>{text}</h1>{small}</div>'


def _text(found: Heat, names: Mapping[str, str], unit: str, view: View) -> str:
    language = view.language
    if not found.rows:
        return say("heat.no_parts", language, unit=unit)
    if not found.columns:
        period = period_inside(parse_period(view.period), language)
        return say("heat.none", language, period=period)
    parts = [
        part for part in (_row_text(found, names, language), _column_text(found, language)) if part
    ]
    return f"{'. '.join(parts) or say('heat.all_reach', language)}."


def _row_text(found: Heat, names: Mapping[str, str], language: str) -> str:
    worst = found.rows[0]
    if not worst.worse:
        return ""
    counts = {"worse": worst.worse, "told": worst.told, "count": len(found.rows)}
    numbers = {name: format_number(count, 0, language) for name, count in counts.items()}
    kinds = opened().deployment.catalogue.kinds
    kind = kinds[opened().deployment.units.latest_names[worst.unit].kind]
    word = kind.plural_vi or kind.name_vi if language == "vi" else f"{kind.name_en.lower()}s"
    return say("heat.answer", language, unit=names[worst.unit], kind=word, **numbers)


def _column_text(found: Heat, language: str) -> str:
    first = found.columns[0]
    if not first.worse:
        return ""
    counts = {"worse": first.worse, "told": first.told}
    numbers = {name: format_number(count, 0, language) for name, count in counts.items()}
    name = name_of(first.indicator, language)
    return say("heat.answer_column", language, indicator=name, **numbers)
