"""The page for a meeting as PDF."""

from dataclasses import asdict, replace
from datetime import datetime

from etl.export.report.drawn import compiled, drawing_data, tone
from indicators.report.sheet import Sheet


def sheet_pdf(sheet: Sheet, moment: datetime, kind: str = "pdf") -> bytes:
    """The bytes of one page (or its picture, "png"); the same for the same sheet and moment (UTC)."""
    data = {
        **asdict(replace(sheet, split=None, rows=())),
        "split": None if sheet.split is None else drawing_data(sheet.split),
        "rows": [{**asdict(row), **tone(row.verdict)} for row in sheet.rows],
    }
    return compiled("sheet", data, kind=kind, moment=moment)
