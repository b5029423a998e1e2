"""A table as CSV that a spreadsheet opens with a double click, and that runs nothing."""

import csv
import re
from datetime import date
from io import StringIO

from indicators.formats import rounded
from indicators.table import Caption, Cell, Figure, Table

# How a spreadsheet set to that language splits a line and writes a decimal (DECISIONS).
MARKS = {"vi": (";", ","), "en": (",", ".")}
# A spreadsheet runs a cell that begins like this, full-width signs included.
_SIGN = "[=+\\-@＝＋－＠]"
_BEGINS = rf"(?=[\s\x00'\"]*{_SIGN}|'*[\t\r\n])"
# A program set to another language cuts the line elsewhere, quotation marks or not: what stands
# right behind such a sign begins a cell there.
_CUT = r"(?<=[;,|\t\r\n])"
_BLANK = r"[^\S\t\r\n]"
_FOLLOWS = rf"(?='*(?:{_BLANK}|[\x00\"])*{_SIGN})"
_NUMBER = r"(?:[+-]?\d+(?:[.,]\d+)*|-)"
_NO_NUMBER = rf"(?!{_NUMBER}\Z)"
_NO_NUMBER_FOLLOWS = rf"(?!{_BLANK}*{_NUMBER}{_BLANK}*(?:[;,\t\r\n]|\Z))"
# Where an apostrophe goes, and which one is ours. Before one that somebody wrote there another is
# put: so each text can be had back.
_RUNS = re.compile(rf"^{_NO_NUMBER}{_BEGINS}|{_CUT}{_NO_NUMBER_FOLLOWS}{_FOLLOWS}")
_OURS = re.compile(rf"^'{_BEGINS}|{_CUT}'{_FOLLOWS}")


def table_csv(table: Table, caption: Caption, language: str = "vi") -> bytes:
    """UTF-8 with a mark in front; title, caption and notes are lines of one cell."""
    kept = StringIO()
    separator, point = MARKS[language]
    writer = csv.writer(kept, delimiter=separator, lineterminator="\r\n")
    mark = (caption.simulated,) if caption.simulated else ()
    writer.writerows([harmless(line)] for line in (table.title, *mark, *caption.lines))
    writer.writerow([])
    writer.writerow([harmless(column.heading) for column in table.columns])
    writer.writerows([written(cell, point) for cell in row] for row in table.rows)
    writer.writerows([harmless(note)] for note in table.notes)
    return kept.getvalue().encode("utf-8-sig")


def written(cell: Cell, point: str) -> str:
    """One cell: numbers without dots between thousands, days as in Vietnam."""
    if isinstance(cell, Figure):
        return number(cell, point)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return harmless(cell or "")


def number(found: Figure, point: str) -> str:
    """The number with the decimals it is shown with: as on the screen."""
    return f"{rounded(found.value, found.decimals):f}".replace(".", point)


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it."""
    return _RUNS.sub("'", text)


def as_typed(text: str) -> str:
    """The text that was made harmless; what no text becomes by it stays as it is."""
    bare = _OURS.sub("", text)
    return bare if harmless(bare) == text else text
