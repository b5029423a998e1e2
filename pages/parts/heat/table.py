"""The table: a row an area, a column an indicator, each cell value, mark and shade."""

from __future__ import annotations

from collections.abc import Mapping

from etl.context import opened
from indicators.catalogue import Indicator
from indicators.formats import format_number
from indicators.heat import Cell, Column, Heat, Row, Step
from indicators.sentence import short_value, value_text
from indicators.text import say
from pages.parts.html import e
from pages.parts.take.menu import take
from pages.parts.view import View

# A mark for each shade, so that the table can be read without colour.
MARKS = {
    Step.FAR_WORSE: "▼▼▼",
    Step.WORSE: "▼▼",
    Step.SLIGHTLY_WORSE: "▼",
    Step.REACHES: "✓",
    Step.BETTER: "✓✓",
}
STATES = {"missing": "…", "partial": "◌", "too_few": "∴", "absent": "–"}


def table(found: Heat, names: Mapping[str, str], view: View) -> str:
    """The table with its legend; it scrolls on its own, the first row and column stay."""
    rows = "".join(_row(row, found, names, view) for row in found.rows)
    caption = e(say("heat.caption", view.language))
    menu = f'<div class="vd-right">{take("heat", say("take.heat", view.language), view)}</div>'
    return (
        f'<div class="vd-heat-page">{menu}{legend(view.language)}<div class="vd-heat-box" tabindex="0" '
        f'role="region" aria-label="{caption}"><table class="vd-heat"><caption>{caption}</caption>'
        f"{_head(found, view)}<tbody>{rows}</tbody></table></div></div>"
    )


def legend(language: str) -> str:
    """What shades and marks mean."""
    steps = "".join(
        f'<span><i class="vd-heat-{_name(step)}">{MARKS[step]}</i>'
        f"{e(say(f'heat.step.{_name(step)}', language))}</span>"
        for step in Step
    )
    others = "".join(
        f'<span><i class="vd-heat-{state}">{mark}</i>{e(say(f"heat.state.{state}", language))}</span>'
        for state, mark in STATES.items()
    )
    return f'<div class="vd-heat-key">{steps}{others}</div>'


def _name(step: Step) -> str:
    return step.name.lower()


def _head(found: Heat, view: View) -> str:
    language = view.language
    size = opened().deployment.catalogue.quantities[found.size] if found.size else None
    texts = [say("heat.area", language), say("heat.worse", language)]
    if size:
        texts.append(size.name_vi if language == "vi" else size.name_en)
    first = "".join(f'<th scope="col">{e(text)}</th>' for text in texts)
    return f"<thead><tr>{first}{''.join(_heading(c, view) for c in found.columns)}</tr></thead>"


def _heading(column: Column, view: View) -> str:
    """The indicator, the level it is compared with, how many are short of it."""
    language, indicator = view.language, column.indicator
    address = e(view.link("/chi-tieu", indicator=indicator.id))
    lines = [_level(column, language)]
    if column.told:
        counts = {"worse": column.worse, "told": column.told}
        lines.append(say("heat.below", language, **_numbers(counts, language)))
    small = "".join(f"<small>{e(line)}</small>" for line in lines)
    return f'<th scope="col"><a href="{address}">{e(name_of(indicator, language))}</a>{small}</th>'


def _level(column: Column, language: str) -> str:
    if column.level is None:
        return say("heat.no_level", language)
    key = "so_far" if column.level.so_far else "level"
    sign = say(f"target.{column.level.test}", language, value="", sign="").strip()
    value = short_value(column.level.value, column.indicator, language)
    return say(f"heat.{key}", language, level=f"{sign} {value}".strip())


def _row(row: Row, found: Heat, names: Mapping[str, str], view: View) -> str:
    name, language = names[row.unit], view.language
    counts = _numbers({"worse": row.worse, "told": row.told}, language)
    worse = e(say("heat.count", language, **counts)) if row.told else "…"
    size = f"<td>{format_number(row.size, 0, language)}</td>" if found.size else ""
    cells = "".join(
        _cell(cell, column, row.unit, name, view)
        for cell, column in zip(row.cells, found.columns, strict=True)
    )
    address = e(view.link("/don-vi", unit=row.unit))
    return (
        f'<tr><th scope="row"><a href="{address}">{e(name)}</a></th><td><b>{worse}</b></td>'
        f"{size}{cells}</tr>"
    )


def _cell(cell: Cell, column: Column, unit: str, name: str, view: View) -> str:
    language, indicator = view.language, column.indicator
    state = state_of(cell)
    kind = _name(cell.step) if cell.step is not None else state
    said = f"heat.step.{kind}" if cell.step is not None else f"heat.state.{state}"
    level = column.level.value if column.level else None
    title = say(
        "heat.cell",
        language,
        unit=name,
        indicator=name_of(indicator, language),
        value=value_text(cell.value, indicator, language, beside=level),
        state=say(said, language),
    )
    mark = MARKS[cell.step] if cell.step is not None else STATES.get(state, "")
    text = (
        short_value(cell.value, indicator, language, beside=level) if cell.value is not None else ""
    )
    address = e(view.link("/chi-tieu", unit=unit, indicator=indicator.id))
    inside = f"<b>{e(text)}</b> " if text else ""
    return (
        f'<td class="vd-heat-{kind}"><a href="{address}" title="{e(title)}">'
        f'{inside}<i aria-hidden="true">{mark}</i></a></td>'
    )


def state_of(cell: Cell) -> str:
    """Why a cell has no shade; "plain" where its column has no level."""
    if not cell.is_asked:
        return "absent"
    if cell.value is None:
        return "missing"
    if cell.is_partial:
        return "partial"
    return "too_few" if cell.too_few else "plain"


def name_of(indicator: Indicator, language: str) -> str:
    """An indicator in a few words."""
    return indicator.short_vi if language == "vi" else indicator.name_en


def _numbers(counts: Mapping[str, int], language: str) -> dict[str, str]:
    return {name: format_number(count, 0, language) for name, count in counts.items()}
