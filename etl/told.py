"""Sheets whose heading nobody knows: shown as they are, and read by what a person says of them."""

from dataclasses import replace

from etl.cells import is_blank
from etl.columns import is_like_figure
from etl.entries import Untold
from etl.excerpt import shown
from etl.find_heading import HEADING_WITHIN, HeadingRows, lay
from etl.findings import column_letters
from etl.fingerprint import fingerprint_of
from etl.grid import Merge, Sheet
from etl.headings import Heading, heading_text
from etl.layout import heading_print
from etl.match_headings import HeadingMatcher
from indicators.deployment import Confirmed

NO_HEADING = 0  # stands for the line of the heading where there is none
ROWS = 20  # that a person sees


def untold(sheet: Sheet, headings: HeadingMatcher) -> Untold:
    """The first rows of a sheet with the fingerprint it would have by each of them."""
    filled = [at for at, row in enumerate(sheet.rows) if not all(map(is_blank, row))]
    first = [at for at in filled[:ROWS] if at < HEADING_WITHIN]
    prints = {sheet.lines[at]: heading_print(lay(sheet, at, at, headings).columns) for at in first}
    prints[NO_HEADING] = _sheet_print(sheet)
    rows = tuple((sheet.lines[at], shown(sheet.rows[at])) for at in first)
    return Untold(sheet.name, rows, len(filled), prints, _most_like(sheet, first))


def _most_like(sheet: Sheet, rows: list[int]) -> int:
    """The line with most words and no figure that has figures below it; 0 where there is none."""
    words = {
        at: sum(not is_blank(v) for v in sheet.rows[at]) for at in rows if _is_words(sheet, at)
    }
    likely = {at: n for at, n in words.items() if n > 1 and any(below > at for below in rows)}
    best = max(likely, key=lambda at: (likely[at], -at), default=None)
    return NO_HEADING if best is None else sheet.lines[best]


def _is_words(sheet: Sheet, at: int) -> bool:
    return not any(is_like_figure(v) for v in sheet.rows[at] if not is_blank(v))


def told_heading(
    sheet: Sheet, headings: HeadingMatcher, confirmed: Confirmed
) -> HeadingRows | None:
    """The heading row that somebody pointed out in a sheet of this form, or None."""
    prints = {column.fingerprint for column in confirmed.columns}
    if not prints:
        return None
    if sheet.rows and sheet.lines[0] == NO_HEADING:
        columns = {c: Heading((heading_text(v),)) for c, v in enumerate(sheet.rows[0])}
        return HeadingRows(0, 0, columns, _sheet_print(_without_letters(sheet)))
    rows = (lay(sheet, at, at, headings) for at in range(min(HEADING_WITHIN, len(sheet.rows))))
    return next((row for row in rows if heading_print(row.columns) in prints), None)


def with_letters(sheet: Sheet, confirmed: Confirmed) -> Sheet:
    """The sheet below a heading of its column letters, where somebody said that it has none."""
    print_of = _sheet_print(sheet) if confirmed.columns and sheet.rows else ""
    if not any(column.fingerprint == print_of for column in confirmed.columns):
        return sheet
    width = max(map(len, sheet.rows))
    letters = [column_letters(number) for number in range(1, width + 1)]
    return replace(
        sheet,
        rows=[[*letters], *sheet.rows],
        lines=[NO_HEADING, *sheet.lines],
        merged=tuple(
            Merge(m.row + 1, m.column, m.last_row + 1, m.last_column) for m in sheet.merged
        ),
    )


def _without_letters(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=sheet.rows[1:], lines=sheet.lines[1:])


def _sheet_print(sheet: Sheet) -> str:
    """The fingerprint of a sheet without heading: all its words, where they stand.

    Only the same units in the same rows are the same form; with others it is asked again.
    """
    rows = sheet.rows[:HEADING_WITHIN]
    words = ["" if is_like_figure(v) else heading_text(v) for row in rows for v in (*row, "\n")]
    return fingerprint_of([["no heading"], words])
