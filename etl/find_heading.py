"""Where the heading rows of a table are: the row that says most, with those that belong to it."""

from dataclasses import dataclass

from etl.cells import is_blank, text_at
from etl.columns import is_like_figure
from etl.grid import Sheet, Value
from etl.headings import FIGURES, Heading, filled, heading_text, read_heading
from etl.match_headings import Column, HeadingMatcher

HEADING_WITHIN = 40  # rows looked at for the heading
ROWS_OF_HEADING = 4


@dataclass(frozen=True)
class HeadingRows:
    """The heading rows of one table, from 0, and what stands over each column."""

    first: int
    last: int
    columns: dict[int, Heading]
    known_as: str = ""  # the fingerprint of a sheet without a heading

    @property
    def keys(self) -> dict[int, Column]:
        """Columns that say what a row is about, or are no figures; a part left out of the figures
        ("Private" under a district) is headed like them.
        """
        first = min((c for c, h in self.columns.items() if h.role in FIGURES), default=0)
        return {
            c: h.role
            for c, h in self.columns.items()
            if h.role and h.role not in FIGURES and (h.role is not Column.IGNORED or c < first)
        }

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return sum(heading.is_known for heading in self.columns.values())

    @property
    def is_long(self) -> bool:
        """Whether each row is one figure: such a heading has one row."""
        roles = {heading.role for heading in self.columns.values()}
        return {Column.QUANTITY, Column.VALUE} <= roles


def find_heading(sheet: Sheet, headings: HeadingMatcher, start: int = 0) -> HeadingRows | None:
    """The heading rows of the first table from row ``start`` on, or None where there are none."""
    rows = sheet.rows[start : start + HEADING_WITHIN]
    scored = [(score(row, headings), -index) for index, row in enumerate(rows)]
    best, negative = max(scored, default=(0, 0))
    if best >= 2:
        return heading_at(sheet, start - negative, headings, start)
    bare = next((i for i, row in enumerate(rows) if _is_bare_heading(row, headings)), None)
    return None if bare is None else heading_at(sheet, start + bare, headings, start)


def _is_bare_heading(row: list[Value], headings: HeadingMatcher) -> bool:
    """A heading row with hardly a word that we know: units beside "Chỉ tiêu", or only periods."""
    texts = [text for value in row if (text := heading_text(value))]
    if any(headings.role(text) is Column.QUANTITY for text in texts):
        return len(texts) > 1 and not any(is_like_figure(v) for v in row if not is_blank(v))
    if not texts or not is_blank(row[0]) or not all(map(headings.period, texts)):
        return False
    years = [int(text) for text in texts if text.isdecimal()]
    return not years or (len(texts) > 1 and years == sorted(set(years)))


def heading_at(sheet: Sheet, row: int, headings: HeadingMatcher, start: int = 0) -> HeadingRows:
    """The heading rows around one of them; none above row ``start``."""
    found = lay(sheet, row, row, headings)
    while found.first > start and found.last - found.first + 1 < ROWS_OF_HEADING:
        taller = lay(sheet, found.first - 1, found.last, headings)
        if not _belongs_above(sheet, found, taller, headings):
            break
        found = taller
    while found.last - found.first + 1 < ROWS_OF_HEADING and found.last + 1 < len(sheet.rows):
        if found.is_long or not _belongs_below(sheet, found, headings):
            break
        found = lay(sheet, found.first, found.last + 1, headings)
    return found


def lay(sheet: Sheet, first: int, last: int, headings: HeadingMatcher) -> HeadingRows:
    """These rows taken for heading rows."""
    rows = filled(sheet, first, last, headings)
    paths = {column: [row[column] for row in rows] for column in range(len(rows[0]))}
    read = {c: read_heading(path, headings) for c, path in paths.items() if any(path)}
    return HeadingRows(first, last, read)


def score(row: list[Value], headings: HeadingMatcher) -> int:
    """How many cells of the row are headings we know; figures alone are none.

    A period is a heading only beside a word that is one: elsewhere 2015 is a number of people.
    """
    read = [read_heading((text,), headings) for v in row if (text := heading_text(v))]
    known = [heading for heading in read if not heading.unknown]
    roles = sum(bool(h.role) for h in known)
    words = roles + sum(bool(h.quantity) for h in known)
    periods = [h for h in known if h.period and not h.quantity]
    # Beside the name of a quantity 2015 is a figure of its row; beside "Chỉ tiêu" it is a year.
    counted = [h for h in periods if roles or not h.path[0].isdecimal()]
    return words + len(counted) if words else 0


def _belongs_above(
    sheet: Sheet, found: HeadingRows, taller: HeadingRows, headings: HeadingMatcher
) -> bool:
    """Whether the row above is a heading row: over several columns, and no title of the table."""
    cells = filled(sheet, taller.first, taller.last, headings)[0]
    if not _fits(sheet.rows[taller.first], cells, found, headings):
        return False
    figures = [c for c in found.columns if c not in found.keys]
    over = [cells[c] for c in figures if c < len(cells)]
    if len({text for text in over if text}) > 1:
        return True
    loses = any(found.columns[c].is_known and not taller.columns[c].is_known for c in figures)
    return bool(over) and all(over) and taller.known >= found.known and not loses


def _belongs_below(sheet: Sheet, found: HeadingRows, headings: HeadingMatcher) -> bool:
    """Whether the row below still heads columns: texts under figures, nothing under the labels."""
    at = found.last + 1
    cells = filled(sheet, at, at, headings)[0]
    if not found.keys or not _fits(sheet.rows[at], cells, found, headings):
        return False
    above = {c: heading.path[-1] for c, heading in found.columns.items()}
    fresh = [t for c, t in enumerate(cells) if t and c not in found.keys and t != above.get(c)]
    known = [read_heading((text,), headings) for text in fresh]
    if len(fresh) == 1:
        return known[0].is_known and not fresh[0].isdecimal()
    return len(fresh) > 1


def _fits(row: list[Value], cells: list[str], found: HeadingRows, headings: HeadingMatcher) -> bool:
    """Whether no cell is a figure, and none says something else where a row has its label."""
    for column, text in enumerate(cells):
        if not text:
            continue
        if column in found.keys:
            role = found.keys[column]
            known = text in found.columns[column].path or headings.is_neutral(text)
            if not known and headings.role(text) is not role:
                return False
        elif _is_figure(row, column, text, headings):
            return False
    return True


def _is_figure(row: list[Value], column: int, text: str, headings: HeadingMatcher) -> bool:
    """Whether the cell is a figure rather than a heading; a year may be either and is taken here."""
    value = row[column] if column < len(row) else None
    if is_blank(value) or read_heading((text,), headings).is_known:
        return False
    return is_like_figure(value) and not _is_worded(text_at(row, column))


def _is_worded(text: str) -> bool:
    """Whether a text with digits is words all the same: "Trẻ dưới 1 tuổi", "Penta 3"."""
    return sum(letter.isalpha() for letter in text) >= 5
