"""Sheets that we put into workbooks (instructions, findings): they come back and hold no figures."""

from collections.abc import Iterable

from etl.cells import text_at
from etl.grid import Sheet
from etl.normalise import key

# Stands in the first cell, where the person sees it too.
MARK = "Trang tính của Vạn Dân: không nạp số liệu ở đây"
_MARK = key(MARK)


def is_own(sheet: Sheet) -> bool:
    """Whether the first cell says that the sheet is ours."""
    return bool(sheet.rows) and key(text_at(sheet.rows[0], 0)) == _MARK


def data_sheets(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The sheets that a person filled in."""
    return tuple(sheet for sheet in sheets if not is_own(sheet))
