"""Small questions about the cells of a grid."""

from datetime import timedelta

from etl.grid import ErrorCell, Value
from etl.normalise import clean

_EXACT_IN_FLOAT = 2**53


def text_at(row: list[Value], column: int | None) -> str:
    """The text of a cell, "" where there is none."""
    if column is None or column >= len(row):
        return ""
    value = row[column]
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.text if isinstance(value, ErrorCell) else str(value).strip()


def is_blank(value: Value) -> bool:
    """Whether a cell shows nothing: empty, spaces, or marks that no one can see."""
    if value is None or value == "":
        return True
    return isinstance(value, str) and not value[0].isalnum() and not clean(value)


def is_column_numbers(row: list[Value]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), 1 2 3 or A B 1 2."""
    filled = [text_at([value], 0).strip("()") for value in row if value not in (None, "")]
    if len(filled) < 3:
        return False
    numbers = [text for text in filled if text.isdecimal()]
    rest = [text for text in filled if not text.isdecimal()]
    # Nobody has a thousand columns; Python refuses to turn thousands of digits into a number.
    if not numbers or max(map(len, numbers)) > 4 or int(numbers[0]) > 3:
        return False
    first = int(numbers[0])
    in_order = [int(n) for n in numbers] == list(range(first, first + len(numbers)))
    return in_order and all(len(text) == 1 for text in rest)


def row_text(row: list[Value]) -> str:
    """A row as one short text, for a finding."""
    return " | ".join(text_at([value], 0) for value in row if value not in (None, ""))[:120]


def whole(value: float) -> int | float:
    """A whole number as int (codes are compared as text), where a float holds it exactly."""
    is_whole = abs(value) < _EXACT_IN_FLOAT and value.is_integer()
    return int(value) if is_whole else value


def clock(duration: timedelta) -> str:
    """A duration as the spreadsheet shows it: 30:00:00."""
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
