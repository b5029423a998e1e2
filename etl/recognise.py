"""Recognising: from a grid of cells to figures with unit, period and quantity; nothing guessed."""

from collections.abc import Iterator
from dataclasses import replace

from etl.blocks import find_tables
from etl.cells import is_blank
from etl.columns import is_like_figure
from etl.describe_table import describe_table
from etl.entries import Entries, Hints, Recognised
from etl.find_layout import Around
from etl.findings import Finding, Place
from etl.grid import Sheet
from etl.layout import Layout
from etl.match_headings import HeadingMatcher
from etl.normalise import key
from etl.read_table import TableReader
from etl.resolve import Resolver
from etl.side_by_side import tables_beside
from etl.told import told_heading, untold, with_letters
from indicators.deployment import Deployment


def recognise(
    sheets: tuple[Sheet, ...], file: str, deployment: Deployment, hints: Hints
) -> Recognised:
    """The figures of every visible sheet, and a finding for whatever could not be told."""
    found = Recognised()
    headings = HeadingMatcher(
        deployment.catalogue, deployment.wording, deployment.confirmed.quantities
    )
    ignored = {key(name) for name in deployment.wording.sheets_ignored}
    for sheet in sheets:
        code = _why_not(sheet, ignored, alone=len(sheets) == 1)
        if code is None:
            _read_sheet(Around(sheet, file, deployment, headings, hints), found)
        elif code:
            found.findings.append(Finding(code, Place(file, sheet.name)))
    return found


def _why_not(sheet: Sheet, ignored: set[str], *, alone: bool) -> str | None:
    """Why a sheet is not looked at; "" where there is nothing on it, None where it is."""
    if sheet.hidden:
        return "sheet-hidden"
    if key(sheet.name or "") in ignored and sheet.name:
        return "sheet-ignored"
    cells = (
        [value for row in sheet.rows for value in row if not is_blank(value)] if not alone else []
    )
    if alone or any(is_like_figure(value) for value in cells):
        return None
    return "sheet-ignored" if cells else ""


def _read_sheet(around: Around, found: Recognised) -> None:
    confirmed = around.deployment.confirmed
    if told_heading(around.sheet, around.headings, confirmed):
        _read_part(around, found)
        return
    for part in tables_beside(with_letters(around.sheet, confirmed), around.headings):
        _read_part(replace(around, sheet=part), found)


def _read_part(around: Around, found: Recognised) -> None:
    """The tables below one another in a sheet, or in the part of it that one of several takes."""
    tables = find_tables(around)
    found.findings.extend(tables.lacks)
    if not tables.layouts and (tables.unread is None or not tables.unread.figure_columns):
        found.untold.append(untold(around.sheet, around.headings))
    if tables.unread is not None:
        unread = tables.unread
        described = describe_table(around.sheet, unread, _resolver(around, unread))
        described.is_read = False
        found.tables.append(described)
    for layout in tables.layouts:
        entries = _read_table(around, layout, found)
        found.findings.extend(_hidden_figures(around, entries))
        found.entries.extend(entries)


def _read_table(around: Around, layout: Layout, found: Recognised) -> Entries:
    texts = _resolver(around, layout)
    reader = TableReader(around.sheet, layout, texts)
    entries = reader.read()
    found.totals.extend(reader.totals)
    found.findings.extend(texts.finish())
    found.tables.append(describe_table(around.sheet, layout, texts))
    return entries


def _resolver(around: Around, layout: Layout) -> Resolver:
    known = around.deployment, around.headings
    return Resolver(around.sheet.name, around.file, layout, *known, list(layout.findings))


def _hidden_figures(around: Around, entries: Entries) -> Iterator[Finding]:
    """Figures that no one sees in the spreadsheet: whether they count is for a person to say."""
    sheet = around.sheet
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return
    rows = sorted(set(entries.row) & {row + 1 for row in sheet.hidden_rows})
    if rows:
        facts = {"count": str(len(rows))}
        place = Place(around.file, sheet.name, rows[0])
        yield Finding("rows-hidden", place, facts=facts)
    columns = sorted(set(entries.column) & {column + 1 for column in sheet.hidden_columns})
    if columns:
        facts = {"count": str(len(columns))}
        place = Place(around.file, sheet.name, entries.row[0], columns[0])
        yield Finding("columns-hidden", place, facts=facts)
