"""The tables of one sheet: one, or several below one another, each with its own heading."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.cells import text_at
from etl.find_heading import HeadingRows, find_heading, heading_at, score
from etl.find_layout import Around, lay_out, missing
from etl.findings import Finding
from etl.layout import Layout
from etl.match_headings import Column
from etl.titles import titles_between, titles_of
from etl.told import told_heading


@dataclass(frozen=True)
class Tables:
    """The tables of a sheet from top to bottom, what they lack, and one that cannot be read."""

    layouts: list[Layout]
    lacks: list[Finding]
    unread: Layout | None = None  # its heading is there, but not enough of it is understood


def find_tables(around: Around) -> Tables:
    """The layouts of a sheet from top to bottom, and why there is none where there is none."""
    sheet = around.sheet
    rows = told_heading(sheet, around.headings, around.deployment.confirmed)
    rows = rows or find_heading(sheet, around.headings)
    if rows is None:
        return Tables([], [Finding("heading-not-found", around.place)])
    titles = titles_of(sheet, rows.first, around.file)
    first = lay_out(rows, len(sheet.rows), titles, around)
    lack = missing(first, around)
    if lack is not None:
        return Tables([], _all_that_is_wrong(lack, first), first)
    return Tables(*_follow(first, around))


def _all_that_is_wrong(lack: Finding, layout: Layout) -> list[Finding]:
    """What the table lacks with what was said of its columns.

    Two columns alike, or headings nobody knows, explain a lack by themselves.
    """
    codes = {f.code for f in layout.findings}
    if "column-twice" in codes:
        return layout.findings
    if lack.code == "heading-not-found" and "column-unknown" in codes:
        return [Finding("heading-not-understood", lack.place), *layout.findings]
    return [lack] if lack.code == "heading-not-found" else [lack, *layout.findings]


def _follow(first: Layout, around: Around) -> tuple[list[Layout], list[Finding]]:
    """The table and those below it; the same heading again is a printed page, no other table."""
    tables: list[Layout] = [first]
    lacks: list[Finding] = []
    for rows in _later_headings(first, around):
        previous = tables[-1]
        titles = titles_between(around.sheet, rows.first, around.file, previous.first_row)
        layout = lay_out(rows, len(around.sheet.rows), titles, around, previous)
        if layout.meanings == previous.meanings:
            previous.repeated |= set(range(rows.first, rows.last + 1))
            continue
        previous.stop = rows.first
        lack = missing(layout, around)
        if lack is not None:
            at = replace(lack.place, row=around.sheet.lines[rows.first])
            lacks.append(replace(lack, place=at))
        tables.append(layout)
    return tables, lacks


def _later_headings(first: Layout, around: Around) -> Iterator[HeadingRows]:
    """Heading rows below the first ones: only a row whose label is a heading word is looked at."""
    passed = first.first_row
    below = {first.first_row + index for index in _labelled_as_heading(first, around)}
    for index in sorted(below):
        if index >= passed and score(around.sheet.rows[index], around.headings) >= 2:
            found = heading_at(around.sheet, index, around.headings, passed)
            passed = found.last + 1
            yield found


def _labelled_as_heading(first: Layout, around: Around) -> Iterator[int]:
    """Rows below (from 0) with a heading word in the first column or where they have labels."""
    rows = around.sheet.rows[first.first_row :]
    for column in sorted({0, first.label_at}):
        values = [row[column] if column < len(row) else None for row in rows]
        words = {v for v in set(values) if _is_heading_word(text_at([v], 0), around)}
        if words:
            yield from (index for index, value in enumerate(values) if value in words)


def _is_heading_word(text: str, around: Around) -> bool:
    return around.headings.role(text) not in (None, Column.ESTIMATE, Column.NOTE)
