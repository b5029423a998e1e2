"""The rows of a sheet that a page shows: the heading, the first rows, and those not understood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from etl.cells import text_at
from etl.entries import Recognition
from etl.grid import ErrorCell, Sheet, Value
from etl.match_headings import Column

ABOVE, FIRST, UNCLEAR = 3, 12, 12  # rows of titles, of data, and of those not understood
COLUMNS = 60


@dataclass(frozen=True)
class Excerpt:
    """Some rows of a sheet as (line, texts); lines count from 1 as the spreadsheet shows them."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    total: int  # rows of the table below its heading


def excerpts(sheets: Sequence[Sheet], tables: Iterable[Recognition]) -> list[Excerpt]:
    """One excerpt a table, in the same order."""
    by_name = {sheet.name: sheet for sheet in sheets}
    return [_excerpt(by_name[table.sheet], table) for table in tables]


def _excerpt(sheet: Sheet, table: Recognition) -> Excerpt:
    index = {line: at for at, line in enumerate(sheet.lines)}
    # A sheet without a heading has one of ours above its first row, which is not shown.
    first, last = (index.get(table.heading_rows[at], -1) for at in (0, -1))
    end = index[table.last_row]
    chosen = set(range(max(0, first - ABOVE), min(last + FIRST, end) + 1))
    chosen |= set(_unclear(sheet, table, range(last + 1, end + 1)))
    rows = tuple((sheet.lines[at], shown(sheet.rows[at])) for at in sorted(chosen))
    return Excerpt(rows, end - last)


def _unclear(sheet: Sheet, table: Recognition, below: range) -> list[int]:
    """Rows whose label was taken for nothing."""
    unknown = {text for (_, text), meaning in table.labels.items() if meaning is None}
    labels = [c.column - 1 for c in table.columns if c.role in (Column.UNIT, Column.QUANTITY)]
    if not unknown or not labels:
        return []
    found = (
        at for at in below if any(text_at(sheet.rows[at], column) in unknown for column in labels)
    )
    return [at for at, _ in zip(found, range(UNCLEAR), strict=False)]


def shown(row: Sequence[Value]) -> tuple[str, ...]:
    """The first cells of a row as texts."""
    return tuple(_text(value) for value in row[:COLUMNS])


def _text(value: Value) -> str:
    if isinstance(value, ErrorCell):
        return value.text
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return "" if value is None else str(value)
