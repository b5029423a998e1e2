"""Where the signatures below a table begin: who drew it up, who signs, where it goes."""

import re

from etl.cells import is_blank, text_at
from etl.columns import is_like_figure
from etl.grid import Sheet, Value
from etl.normalise import key

LAST_ROWS = 25  # rows at the end of a table looked at
WORDS = (
    "người lập", "người tổng hợp", "người kiểm tra", "người kiểm soát", "thủ trưởng", "giám đốc",
    "phó giám đốc", "trưởng phòng", "trưởng trạm", "trưởng khoa", "kế toán", "ký tên", "ký, ghi",
    "ký và ghi", "đã ký", "nơi nhận", "xác nhận của",
)  # fmt: skip
KEYS = tuple(key(word) for word in WORDS)
DAY = re.compile(r"ngày\s*[\d.…]+\s*tháng\s*[\d.…]+\s*năm", re.IGNORECASE)


def signatures_from(sheet: Sheet, first: int, stop: int) -> int:
    """The row (from 0) from which only signatures follow; ``stop`` where none do.

    Never a row with a figure, nor one above a figure: what is loaded stays loaded.
    """
    found = stop
    for index in range(stop - 1, max(first, stop - LAST_ROWS) - 1, -1):
        row = sheet.rows[index]
        if any(_is_figure(value) for value in row):
            break
        if any(_signs(text_at([value], 0)) for value in row if isinstance(value, str)):
            found = index
    return found


def _is_figure(value: Value) -> bool:
    if is_blank(value) or (isinstance(value, str) and _signs(value)):
        return False
    return is_like_figure(value)


def _signs(text: str) -> bool:
    return bool(DAY.search(text)) or key(text).startswith(KEYS)
