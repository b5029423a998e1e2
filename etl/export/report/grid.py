"""A table of the report in Word: heading on every page, numbers of columns, groups, notes."""

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from etl.export.report.styled import before, set_style
from etl.export.report.wordml import cell_borders, element, fixed_widths, repeated, whole
from indicators.report.blocks import Grid, GridColumn, GridRow

TWIPS = 635  # EMU
PADDING = "55"  # twips on both sides of a cell
GROUP_FILL, HEAD_FILL = "EDF1F4", "E3E9ED"


def add_grid(document: Any, grid: Grid, anchor: WordParagraph) -> None:
    """The table before the anchor, as wide as the page's text, and its notes below."""
    heads = 2 if grid.is_numbered else 1
    table = document.add_table(rows=heads + len(grid.rows), cols=len(grid.columns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    cell_borders(table, lines=True)
    margins(table)
    fixed_widths(table, widths(grid, width_at(document, anchor)))
    rows = list(table.rows)
    head(rows[0], grid)
    if grid.is_numbered:
        numbered(rows[1], grid)
    for row in rows[:heads]:
        repeated(row)
        whole(row)
    for row, said in zip(rows[heads:], grid.rows, strict=True):
        fill(row, said, grid.columns)
        whole(row)
    anchor._p.addprevious(table._tbl)
    for note in grid.notes:
        before(anchor, note, "BC Ghi chú")
    before(anchor, "", "BC Ghi chú")


def width_at(document: Any, anchor: WordParagraph) -> int:
    """The width of the text in twips, of the section in which the anchor stands."""
    following = anchor._p.itersiblings()
    own = (p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for p in following if p.tag == qn("w:p"))
    found = next((s for s in own if s is not None), None)
    sections = list(document.sections)
    section = next((s for s in sections if s._sectPr is found), sections[-1])
    room = section.page_width - section.left_margin - section.right_margin
    return int(room // TWIPS)


def widths(grid: Grid, room: int) -> list[int]:
    """Twips of each column."""
    total = sum(column.width for column in grid.columns)
    return [room * column.width // total for column in grid.columns]


def margins(table: Any) -> None:
    """Little air beside the words of a cell: there are twelve columns."""
    made = element("tblCellMar")
    for side in ("left", "right"):
        made.append(element(side, w=PADDING, type="dxa"))
    table._tbl.tblPr.append(made)


def head(row: Any, grid: Grid) -> None:
    """The headings."""
    for cell, column in zip(row.cells, grid.columns, strict=True):
        write(cell, column.heading, "BC Đầu bảng")
        shade(cell, HEAD_FILL)


def numbered(row: Any, grid: Grid) -> None:
    """ "(1) (2) (3)…", with what is worked out from what."""
    for at, (cell, column) in enumerate(zip(row.cells, grid.columns, strict=True), start=1):
        formula = f"={column.formula}" if column.formula else ""
        write(cell, f"({at}){formula}", "BC Đầu bảng")
        for run in cell.paragraphs[0].runs:
            run.bold, run.italic, run.font.size = False, True, Pt(9)


def fill(row: Any, said: GridRow, columns: tuple[GridColumn, ...]) -> None:
    """One row; that of a group is one cell behind its number."""
    if said.kind == "group":
        group(row, said)
        return
    for at, (cell, shown, column) in enumerate(zip(row.cells, said.cells, columns, strict=True)):
        write(cell, shown.text, "BC Bảng")
        paragraph = cell.paragraphs[0]
        if column.is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif at == 0:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if said.kind == "part" and at == 1:
            paragraph.paragraph_format.left_indent = Pt(9)


def group(row: Any, said: GridRow) -> None:
    """Number and name in bold over the whole width."""
    cells = row.cells
    write(cells[0], said.cells[0].text, "BC Bảng")
    cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    wide = cells[1].merge(cells[-1])
    write(wide, said.cells[1].text, "BC Bảng")
    for cell in (cells[0], wide):
        shade(cell, GROUP_FILL)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        for run in cell.paragraphs[0].runs:
            run.bold = True


def write(cell: Any, text: str, style: str) -> None:
    """Words in a cell, in a style of the report."""
    paragraph = cell.paragraphs[0]
    set_style(paragraph, style)
    paragraph.add_run(text)
    cell.vertical_alignment = 1


def shade(cell: Any, colour: str) -> None:
    """A light ground that a copier does not turn black."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))
