"""How findings look in a workbook: the list in front, the colours and the comments of cells."""

from dataclasses import dataclass

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from etl.export.marks import Line, Marks
from etl.findings import Severity
from indicators.formats import format_number
from indicators.text import say

COLUMNS = ("number", "severity", "tab", "cell", "got", "problem", "allowed", "remedy")
WIDTHS = (5, 14, 18, 8, 20, 52, 40, 44)
HEADING = 5  # its row, from 0
LINK = COLUMNS.index("cell")
LINE, CHARACTERS = 16, 44


@dataclass(frozen=True)
class Colour:
    """How one severity looks; the kind of line tells them apart also in black and white."""

    fill: str  # RRGGBB
    line: str
    border: str  # name of the line in openpyxl
    border_number: int  # the same in xlsxwriter


# Pale tints and dark lines of a palette that colour-blind people can tell apart (Okabe, Ito).
COLOURS = {
    Severity.BLOCKS: Colour("FFD2BF", "B34700", "thin", 1),
    Severity.NEEDS_REASON: Colour("FFE9A8", "8A6A00", "dashed", 3),
    Severity.NOTE: Colour("D2E7F7", "00588A", "dotted", 4),
}
AUTHOR = "Vạn Dân"
# A formula that always holds and says whose colour it is.
ALWAYS = f'N("{AUTHOR}")=0'
COMMENT_WIDTH, COMMENT_LINE, COMMENT_CHARACTERS = 380, 17, 52  # pixels, pixels, of a line
LONGEST = 30_000  # a spreadsheet allows 32 767 characters in a cell or comment


def printable(text: str) -> str:
    """The text as a workbook can hold it: without control characters, and not endless."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))[:LONGEST]


def comment_height(text: str) -> int:
    """The pixels that a comment needs to be read whole."""
    rows = sum(1 + len(line) // COMMENT_CHARACTERS for line in text.splitlines())
    return COMMENT_LINE * rows + 14


def head_lines(name: str, marks: Marks, lost: tuple[str, ...], language: str) -> list[str]:
    """The lines above the table: what this is, how much there is, what to do, what is missing."""
    counts = {
        word: format_number(marks.counts[severity], 0, language)
        for word, severity in (
            ("blocks", Severity.BLOCKS),
            ("reasons", Severity.NEEDS_REASON),
            ("notes", Severity.NOTE),
        )
    }
    what = "; ".join(say(f"marked.lose.{part}", language) for part in lost)
    lacking = [say("marked.lost", language, what=what)] if lost else []
    return [
        say("marked.title", language, file=name),
        say("marked.summary", language, **counts),
        " ".join([say("marked.send_back", language), *lacking]),
    ]


def headings(language: str) -> list[str]:
    """The row of headings."""
    own = ("number", "tab")
    return [
        say(f"marked.{name}" if name in own else f"submit.column.{name}", language)
        for name in COLUMNS
    ]


def cells_of(number: int, line: Line, language: str) -> list[str]:
    """One finding, in the order of the headings."""
    level = say(f"submit.severity.{line.severity}", language)
    place = [line.sheet or "", line.cell]
    return [str(number), level, *place, line.got, line.sentence, line.allowed, line.remedy]


def row_height(line: Line) -> int:
    """Enough for the longest of its texts: a spreadsheet does not always do that by itself."""
    longest = max(len(line.sentence) * 44 // 52, len(line.allowed), len(line.remedy))
    return LINE * (1 + longest // CHARACTERS) + 4


def more_line(marks: Marks, language: str) -> str:
    """What is said below the list when it is not whole; "" when it is."""
    if not marks.left_out:
        return ""
    return say("marked.more", language, count=format_number(marks.left_out, 0, language))


def link_to(sheet: str, cell: str) -> str:
    """The place inside the workbook that a link names: 'Biểu 1'!C7."""
    return "'{}'!{}".format(sheet.replace("'", "''"), cell)
