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
STARTS_A_FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]|^[\t\r\n]")
# A program set to another language cuts the line elsewhere, quotation marks or not: what stands
# right behind such a sign begins a cell there.
CUTS = re.compile(r"([;,|\t\r\n])")
APOSTROPHE = re.compile(r"^'|(?<=[;,|\t\r\n])'(?=\"*[=+\-@＝＋－＠])")
BEGINS_ONE = re.compile(r"\"*[=+\-@＝＋－＠]")
ONLY_A_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*|-")


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
    if ONLY_A_NUMBER.fullmatch(text):
        return text
    first, *rest = CUTS.split(text)
    inner = "".join(f"'{part}" if begins_one(part) else part for part in rest)
    return f"'{first}{inner}" if STARTS_A_FORMULA.match(text) else f"{first}{inner}"


def begins_one(part: str) -> bool:
    """Whether a part of a text would be run if a cell began with it."""
    return bool(BEGINS_ONE.match(part)) and not ONLY_A_NUMBER.fullmatch(part.strip())
