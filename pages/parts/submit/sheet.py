"""The person's own table with what each column, row label and period was taken for."""

from __future__ import annotations

from etl.context import opened
from etl.entries import ColumnRead, Recognition
from etl.excerpt import Excerpt
from etl.match_headings import Column
from indicators.formats import format_number
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import e
from pages.parts.submit.sending import Preview

PLAIN = (Column.NOTE, Column.IGNORED)


def sheet_card(seen: Preview, language: str) -> str:
    """One labelled table for each table of the file; "" where none was found."""
    pairs = list(zip(seen.loaded.tables, seen.loaded.excerpts, strict=True))
    if not pairs:
        return ""
    tables = "".join(_table(table, excerpt, language) for table, excerpt in pairs)
    title, lead = (e(say(f"submit.read.{key}", language)) for key in ("title", "lead"))
    return (
        f'<section class="vd-card vd-reading"><h2>{title}</h2><p class="vd-quiet">{lead}</p>'
        f"{tables}</section>"
    )


def _table(table: Recognition, excerpt: Excerpt, language: str) -> str:
    columns = {column.column: column for column in table.columns}
    width = max([*columns, *(len(texts) for _, texts in excerpt.rows)])
    labels = "".join(f"<th>{_label(columns.get(n), language)}</th>" for n in range(1, width + 1))
    rows = _rows(table, excerpt, columns, width, language)
    shown = sum(line > table.heading_rows[-1] for line, _ in excerpt.rows)
    facts = {"shown": format_number(shown, 0, language)}
    facts["total"] = format_number(excerpt.total, 0, language)
    caption = say("submit.read.rows", language, **facts)
    name = f"{table.sheet} · " if table.sheet else ""
    return (
        f"<h3>{e(name + caption)}</h3>"
        f'<div class="vd-wide"><table class="vd-sheet vd-read"><thead><tr><td></td>{labels}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _label(column: ColumnRead | None, language: str) -> str:
    """What the column was taken for, as a chip; its colour says how."""
    if column is None:
        return ""
    tone, text = column_words(column, language)
    return f'<span class="vd-as vd-as-{tone}">{e(text)}</span>'


def column_words(column: ColumnRead, language: str) -> tuple[str, str]:
    """Tone (figure, key, plain, unknown) and words for one column."""
    if column.is_total:
        return "plain", say("submit.read.total_column", language)
    if column.role == Column.VALUE:
        return "figure", _figure_words(column, language)
    if not column.role:
        return "unknown", say("submit.read.unknown", language)
    return "plain" if column.role in PLAIN else "key", say(f"submit.read.{column.role}", language)


def _figure_words(column: ColumnRead, language: str) -> str:
    """Quantity, period and unit as far as the column settles them for all its rows."""
    deployment, parts = opened().deployment, []
    if column.quantity:
        quantity = deployment.catalogue.quantities[column.quantity]
        parts.append(quantity.name_vi if language == "vi" else quantity.name_en)
    if column.period:
        parts.append(period_label(parse_period(column.period), language))
    if column.unit:
        parts.append(deployment.units.latest_names[column.unit].short_name)
    return " · ".join(parts) or say("submit.read.value", language)


def _rows(
    table: Recognition,
    excerpt: Excerpt,
    columns: dict[int, ColumnRead],
    width: int,
    language: str,
) -> str:
    skipped = {row.row: row.reason for row in table.skipped}
    headings = set(table.heading_rows)
    html, before = [], None
    for line, texts in excerpt.rows:
        if before is not None and line > before + 1:
            html.append(f'<tr class="vd-gap"><td colspan="{width + 1}">⋮</td></tr>')
        before = line
        padded = (*texts, *[""] * (width - len(texts)))
        is_data = line > table.heading_rows[-1]
        reason = skipped.get(line) if is_data else None
        cells = "".join(
            _cell(text, columns.get(n), table, language, is_read=is_data and reason is None)
            for n, text in enumerate(padded, 1)
        )
        kind = "vd-heading" if line in headings else "vd-skipped" if reason or not is_data else ""
        why = f"<small>{e(_why(reason, language))}</small>" if reason else ""
        html.append(f'<tr class="{kind}"><th>{line}{why}</th>{cells}</tr>')
    return "".join(html)


def _cell(
    text: str, column: ColumnRead | None, table: Recognition, language: str, *, is_read: bool
) -> str:
    if column is None or not is_read or (column.role, text.strip()) not in table.labels:
        return f"<td>{e(text)}</td>"
    meaning = table.labels[column.role, text.strip()]
    if meaning is None:
        chip = f'<span class="vd-as vd-as-unknown">{e(say("submit.read.unknown", language))}</span>'
    else:
        words = label_words(column.role, meaning, language)
        chip = "" if words == text.strip() else f"<small>→ {e(words)}</small>"
    return f"<td>{e(text)}{chip}</td>"


def label_words(role: str, meaning: str, language: str) -> str:
    """The name of the unit, quantity or period that a row label was taken for."""
    deployment = opened().deployment
    if role == Column.UNIT:
        return deployment.units.latest_names[meaning].name
    if role == Column.QUANTITY:
        quantity = deployment.catalogue.quantities[meaning]
        return quantity.name_vi if language == "vi" else quantity.name_en
    return period_label(parse_period(meaning), language)


def _why(reason: str, language: str) -> str:
    return say(f"submit.read.{reason.replace('-', '_')}", language)
