"""How a table was understood, as a record for the page that shows it on the sheet itself."""

from collections.abc import Iterator

from etl.entries import ColumnRead, Recognition, Source
from etl.grid import Sheet
from etl.layout import Layout, Meaning
from etl.match_headings import Column
from etl.resolve import Resolver


def describe_table(sheet: Sheet, layout: Layout, texts: Resolver) -> Recognition:
    """The record of one table, after its rows were read."""
    lines = sheet.lines
    return Recognition(
        sheet.name,
        tuple(lines[row] for row in range(layout.first_heading, layout.first_row)),
        lines[layout.stop - 1],
        tuple(_columns(layout)),
        texts.labels(),
        sorted(texts.skipped, key=lambda row: row.row),
    )


def _columns(layout: Layout) -> Iterator[ColumnRead]:
    """Every column that has a heading or a meaning."""
    roles = {column: role for role, column in layout.roles.items()}
    for column in sorted({*layout.columns, *roles, *layout.figure_columns}):
        heading = layout.columns.get(column)
        path = heading.path if heading else ()
        meaning = layout.figure_columns.get(column) or layout.total_columns.get(column)
        if meaning is not None:
            is_total = column in layout.total_columns
            yield _figures(layout, column, path, meaning, is_total)
            continue
        role = roles.get(column) or (heading.role if heading else None)
        source = Source.CONTENT if column in layout.by_content else Source.HEADING
        sources = (("role", source),) if role else ()
        yield ColumnRead(column + 1, path, str(role or ""), sources=sources)


def _figures(
    layout: Layout, column: int, path: tuple[str, ...], meaning: Meaning, is_total: bool
) -> ColumnRead:
    """A column of figures: each part from its heading, the rows, the title or the sender."""
    own = {"quantity": meaning.quantity, "period": meaning.period, "unit": meaning.unit}
    whole = {
        "quantity": layout.quantity,
        "period": layout.period.code if layout.period else None,
        "unit": layout.unit,
    }
    in_rows = {
        "quantity": layout.quantity_column is not None,
        "period": bool(layout.period_columns),
        "unit": layout.unit_column is not None,
    }
    found, sources = {}, []
    for part, value in own.items():
        from_rows = value is None and in_rows[part]
        found[part] = value if value is not None or from_rows else whole[part]
        if value is not None or from_rows:
            sources.append((part, Source.ROW if from_rows else Source.HEADING))
        elif found[part] is not None:
            sources.append((part, layout.sources[part]))
    return ColumnRead(
        column + 1, path, str(Column.VALUE), **found, sources=tuple(sources), is_total=is_total
    )
