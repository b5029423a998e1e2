"""What stands over a column: one to four heading cells, and what they mean together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from etl.cells import text_at
from etl.grid import Sheet, Value
from etl.match_headings import Column, HeadingMatcher
from etl.normalise import key
from etl.periods import read_period, take_period
from indicators.period import Period, PeriodKind

FIGURES = (None, Column.VALUE)


@dataclass(frozen=True)
class Heading:
    """The heading cells of one column from top to bottom, and what they say."""

    path: tuple[str, ...]
    role: Column | None = None
    quantity: str | None = None
    period: str | None = None
    measure: str = ""  # the unit in brackets behind the quantity's name
    unknown: tuple[str, ...] = ()  # parts that nobody knows: the column cannot be told

    @property
    def is_known(self) -> bool:
        """Whether every part of it is understood and some part says something."""
        return not self.unknown and any((self.role, self.quantity, self.period))


def read_heading(path: Iterable[str], headings: HeadingMatcher) -> Heading:
    """The meaning of a path of heading cells; a cell repeated by a merge counts once."""
    cells = tuple(text for text, _ in groupby(path) if text)
    role = _role(cells, headings)
    if role is not None:
        return Heading(cells, role)
    periods, words = _split(cells, headings)
    quantity, unknown = _quantity(words, headings)
    period = _finest(periods)
    if periods and period is None:
        unknown = cells
    measure = next((headings.measure_in(w) for w in words if headings.quantity(w)), "")
    code = period.code if period else None
    return Heading(cells, None, quantity, code, measure, tuple(unknown))


def _role(cells: tuple[str, ...], headings: HeadingMatcher) -> Column | None:
    """The role of the lowest cell that has one; a value's column may hold a period or quantity."""
    roles = [role for cell in cells if (role := headings.role(cell)) is not None]
    rests = (take_period(cell)[1] for cell in cells if not headings.quantity(cell))
    passed = [r for rest in rests if (r := headings.role(rest)) in (Column.IGNORED, Column.NOTE)]
    if passed:
        return passed[-1]
    firm = [role for role in roles if role is not Column.VALUE]
    if firm:
        return firm[-1]
    only_values = bool(roles) and all(headings.is_neutral(cell) for cell in cells)
    return Column.VALUE if only_values else None


def _split(cells: Sequence[str], headings: HeadingMatcher) -> tuple[list[Period], list[str]]:
    """Periods and words of the cells, neutral words left out; "Quý I" under "Năm 2021" is one."""
    periods, words = [], []
    for cell in cells:
        period, rest = (None, cell) if headings.quantity(cell) else _period_in(cell, headings)
        periods += [period] if period else []
        words += [] if headings.is_neutral(rest) else [rest]
    years = [str(p.year) for p in periods if p.kind is PeriodKind.YEAR]
    for word in words[:] if years else []:
        part = read_period(f"{word} {years[0]}")
        if part is not None:
            periods.append(part)
            words.remove(word)
    return periods, words


def _period_in(cell: str, headings: HeadingMatcher) -> tuple[Period | None, str]:
    whole = headings.period(cell)
    return (whole, "") if whole else take_period(cell)


def _quantity(words: list[str], headings: HeadingMatcher) -> tuple[str | None, Sequence[str]]:
    """The one quantity of the words: of all together, else of each; and what is left unknown."""
    together = headings.quantity(" ".join(words)) if words else None
    if together is not None:
        return together, ()
    found = [q for word in words if (q := headings.quantity(word)) is not None]
    if not found:
        return None, words
    unit = key(headings.catalogue.quantities[found[-1]].unit_of_measure)
    others = [w for w in words if headings.quantity(w) != found[-1]]
    return found[-1], [w for w in others if key(w.strip("()")) != unit]


def _finest(periods: list[Period]) -> Period | None:
    """The shortest period where it lies within all the others."""
    if not periods:
        return None
    finest = min(periods, key=lambda p: (p.end - p.start, p.sort_key))
    inside = all(p.start <= finest.start and finest.end <= p.end for p in periods)
    return finest if inside else None


def heading_text(value: Value) -> str:
    """The text of a heading cell; the first day of a month stands for the month (Apr-20)."""
    if isinstance(value, date | datetime) and value.day == 1:
        return f"{value:%Y-%m}"
    return text_at([value], 0)


def filled(sheet: Sheet, first: int, last: int, headings: HeadingMatcher) -> list[list[str]]:
    """The texts of some rows, merged cells filled and spanning ones continued to the right."""
    rows = [[heading_text(value) for value in row] for row in sheet.rows[first : last + 1]]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    taken = _fill_merged(sheet, rows, first)
    for index in range(len(rows) - 1):
        _continue_right(rows, index, taken, headings)
    return rows


def _fill_merged(sheet: Sheet, rows: list[list[str]], first: int) -> set[tuple[int, int]]:
    """Write each merged cell over its range; the cells that belong to one."""
    taken = set()
    for merge in sheet.merged:
        if merge.last_row < first or merge.row >= first + len(rows):
            continue
        text = heading_text(_value(sheet, merge.row, merge.column))
        for row in range(max(merge.row, first), min(merge.last_row + 1, first + len(rows))):
            for column in range(merge.column, min(merge.last_column + 1, len(rows[0]))):
                rows[row - first][column] = text
                taken.add((row - first, column))
    return taken


def _value(sheet: Sheet, row: int, column: int) -> Value:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return cells[column] if column < len(cells) else None


def _continue_right(
    rows: list[list[str]], index: int, taken: set[tuple[int, int]], headings: HeadingMatcher
) -> None:
    """A blank cell beside a spanning one belongs to it, where a lower heading row has a text."""
    spanning = ""
    for column, text in enumerate(rows[index]):
        if text:
            is_key = headings.role(text) not in FIGURES
            spanning = "" if is_key or (index, column) in taken else text
        elif any(row[column] for row in rows[index + 1 :]) and (index, column) not in taken:
            rows[index][column] = spanning
        else:
            spanning = ""
