"""Columns that will not be read: nothing that may be a figure is dropped without a word."""

from collections.abc import Iterator
from dataclasses import replace

from etl.cells import is_blank, is_column_numbers
from etl.findings import Finding, Place
from etl.grid import ErrorCell, Sheet, Value
from etl.layout import Layout
from etl.match_headings import HeadingMatcher
from etl.numbers import Unreadable, read_figure


def unread_columns(
    sheet: Sheet, layout: Layout, taken: set[int], headings: HeadingMatcher, heading: Place
) -> Iterator[Finding]:
    """What to say about columns without a heading, or with one that nobody knows.

    Over figures it blocks; over words, or over nothing, it is noted.
    """
    rows = sheet.rows[layout.first_row : layout.stop]
    width = max(map(len, rows), default=0)
    for column in sorted({*layout.columns, *range(width)} - taken):
        text = layout.headings.get(column)
        place = replace(heading, column=column + 1, heading=text)
        yield from _say(column, rows, text, headings, place)


def _say(
    column: int, rows: list[list[Value]], text: str | None, headings: HeadingMatcher, place: Place
) -> Iterator[Finding]:
    cells = _cells(column, rows)
    first = next(cells, None)
    figure = first if is_like_figure(first) else next(filter(is_like_figure, cells), None)
    if first is None:
        if text is not None:
            yield Finding("column-empty", place, text)
    elif figure is None:
        if text is not None:
            yield Finding("column-ignored", place, text)
    elif text is None:
        shown = figure.text if isinstance(figure, ErrorCell) else str(figure)
        yield Finding("column-without-heading", place, shown)
    else:
        near = "; ".join(headings.suggest(text))
        yield Finding("column-unknown", place, text, {"suggestions": near})


def _cells(column: int, rows: list[list[Value]]) -> Iterator[Value]:
    """What stands in the column below the heading, the row of column numbers left out."""
    first = True
    for row in rows:
        if all(is_blank(value) for value in row):
            continue
        numbers = first and is_column_numbers(row)
        first = False
        if not numbers and column < len(row) and not is_blank(row[column]):
            yield row[column]


def is_like_figure(value: Value) -> bool:
    """Whether a cell may be a figure: a number, an absence, an error, or words with a digit."""
    if value is None or isinstance(value, ErrorCell) or not isinstance(value, str):
        return value is not None
    read = read_figure(value, whole_number=False)
    return not isinstance(read, Unreadable) or (read.reason != "not_a_number")
