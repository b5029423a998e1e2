"""Columns that will not be read: nothing that may be a figure is dropped without a word."""

from collections.abc import Iterator

from etl.cells import is_blank, is_column_numbers
from etl.findings import Finding, Place
from etl.grid import ErrorCell, Sheet, Value
from etl.match_headings import HeadingMatcher
from etl.numbers import Unreadable, read_figure


def unread_columns(
    sheet: Sheet,
    index: int,
    texts: dict[int, str],
    unknown: list[int],
    headings: HeadingMatcher,
    heading: Place,
) -> Iterator[Finding]:
    """What to say about columns without a heading, or with one that nobody knows.

    Over figures it blocks, over words it is noted, over nothing it says nothing.
    """
    rows = sheet.rows[index + 1 :]
    width = max(map(len, rows), default=0)
    for column in sorted({*unknown, *range(width)} - (texts.keys() - set(unknown))):
        place = Place(heading.file, heading.sheet, heading.row, column + 1, texts.get(column))
        yield from _say(column, rows, texts.get(column), headings, place)


def _say(
    column: int, rows: list[list[Value]], text: str | None, headings: HeadingMatcher, place: Place
) -> Iterator[Finding]:
    cells = _cells(column, rows)
    figure = next((cell for cell in cells if is_like_figure(cell)), None)
    if figure is None:
        if text is not None and any(True for _ in _cells(column, rows)):
            yield Finding("column-ignored", place, text)
    elif text is None:
        shown = figure.text if isinstance(figure, ErrorCell) else str(figure)
        yield Finding("column-without-heading", place, shown)
    else:
        near = "; ".join(headings.suggest(text)) or "…"
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
    if isinstance(value, ErrorCell) or not isinstance(value, str):
        return True
    read = read_figure(value, whole_number=False)
    return not isinstance(read, Unreadable) or (read.reason != "not_a_number")
