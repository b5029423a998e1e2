"""How sheets of the workbook look: borders, headings, heights of rows, formats of numbers."""

from collections.abc import Sequence
from textwrap import wrap

from indicators.report.blocks import GridColumn, Shown

HEAD = {
    "bold": True,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "bg_color": "#E3E9ED",
}
GROUP = {"bold": True, "border": 1, "bg_color": "#EDF1F4"}
BOX = {"border": 1, "valign": "vcenter", "text_wrap": True}
LINE = 15.5  # points a line of text
CHARACTERS = 1.15  # of a column, a part of the width of the paper table


def height(cells: Sequence[Shown], heads: Sequence[GridColumn]) -> float:
    """Points of a row as its longest cell wraps, for programs that do not work it out."""
    room = (int(column.width * CHARACTERS) - 1 for column in heads)
    return LINE * max(len(wrap(c.text, width)) or 1 for c, width in zip(cells, room, strict=True))


def decimals_of(decimals: int) -> str:
    """How a number with so many decimals is shown."""
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")
