"""Columns without a heading that is known, told by what stands in them: units or quantities."""

from collections.abc import Callable
from datetime import date

from etl.cells import is_blank, text_at
from etl.grid import Sheet
from etl.layout import Layout
from etl.match_headings import Column, HeadingMatcher
from etl.match_units import matcher_for
from indicators.deployment import Deployment

LOOKED_AT = 40  # texts of a column
ENOUGH = 2  # texts that are known, and more than half of those looked at


def name_columns(
    layout: Layout, sheet: Sheet, headings: HeadingMatcher, deployment: Deployment, day: date
) -> None:
    """Give the roles of unit and quantity to columns left of the figures, where none has them.

    A printed table often leaves the corner above its row labels blank.
    """
    matcher = matcher_for(deployment, day)
    tests: dict[Column, Callable[[str], object]] = {
        Column.UNIT: lambda text: matcher.match(text).unit,
        Column.QUANTITY: headings.quantity,
    }
    for role, knows in tests.items():
        if role not in layout.roles and _is_asked(layout, role):
            _find(layout, sheet, role, knows)


def _is_asked(layout: Layout, role: Column) -> bool:
    """Quantities are asked of the rows only where no column of figures names its own."""
    if role is Column.UNIT:
        return bool(layout.figure_columns) and Column.QUANTITY not in layout.roles
    return not any(m.quantity for m in layout.figure_columns.values())


def _find(layout: Layout, sheet: Sheet, role: Column, knows: Callable[[str], object]) -> None:
    first_figure = min(layout.figure_columns, default=max(layout.columns, default=0))
    taken = {c for c, heading in layout.columns.items() if heading.is_known}
    for column in sorted(set(range(first_figure)) - taken - set(layout.roles.values())):
        texts = _texts(layout, sheet, column)
        known = sum(bool(knows(text)) for text in texts)
        if known >= ENOUGH and known * 2 > len(texts):
            layout.roles[role] = column
            layout.by_content.add(column)
            return


def labels_beside(layout: Layout, sheet: Sheet, deployment: Deployment, day: date) -> list[int]:
    """Columns between figures that name units and are not read: another table may begin there."""
    figures = [*layout.figure_columns, *layout.total_columns]
    within = range(min(figures, default=0) + 1, max(figures, default=0))
    read = {*figures, *layout.roles.values()}
    matcher = matcher_for(deployment, day)
    found = []
    for column in (c for c in within if c not in read and not _is_told(layout, c)):
        texts = _texts(layout, sheet, column)
        if sum(matcher.match(text).unit is not None for text in texts) * 2 > len(texts):
            found.append(column)
    return found


def _is_told(layout: Layout, column: int) -> bool:
    return column in layout.columns and layout.columns[column].is_known


def _texts(layout: Layout, sheet: Sheet, column: int) -> list[str]:
    """The first texts of a column below the heading."""
    found: list[str] = []
    for row in sheet.rows[layout.first_row : layout.stop]:
        value = row[column] if column < len(row) else None
        if isinstance(value, str) and not is_blank(value):
            found.append(text_at(row, column))
        if len(found) == LOOKED_AT:
            break
    return found
