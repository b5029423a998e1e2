"""Delimited text to one grid: encoding, delimiter and quotes are established, never guessed."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice

from etl.findings import Finding, Place
from etl.grid import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Reading, Sheet, Value
from etl.legacy import ENCODINGS, Decoded, first_line_apart, identify

_BOMS = (
    # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_RIVALS = (";", "\t", "|")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SEP = re.compile(r'"?sep=([^\r\n"])"?\s*', re.IGNORECASE)
_NO_DELIMITER = "\x1f"  # the csv module needs one even where a file has a single column
_NUL_SHARE = 0.25  # of the first bytes
_MAX_LINES = 5 * MAX_ROWS  # a record may span lines; beyond this they are not even split
_SAMPLE_RECORDS = 50
_SAMPLE_LINES = 500
_LEAST_SHARE = 0.2  # of the sampled records must agree on a width before a delimiter is believed


class _Refused(Exception):
    """Ends the reading of a text with the finding that explains it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_text(name: str, content: bytes) -> Reading:
    """One sheet of strings, each row with the line on which its record starts."""
    try:
        text, encoding = _decode(name, content)
        reading = _read_records(name, text, encoding)
    except _Refused as refused:
        return Reading(findings=(refused.finding,), kind="csv")
    if encoding not in ENCODINGS:
        return reading
    note = Finding("encoding-old", Place(name), facts={"encoding": encoding})
    return replace(reading, findings=(*reading.findings, note))


def _decode(name: str, content: bytes) -> tuple[str, str]:
    """The text and its encoding: as the file names it, UTF-8, or an old one that is beyond doubt."""
    mark, encoding = next((b for b in _BOMS if content.startswith(b[0])), (b"", None))
    encoding = encoding or _silent_utf16(content) or "utf-8"
    if mark in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE) and mark:
        raise _not_decodable(name, content, 0, "UTF-8")
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        decoded = None if mark else _decode_old(name, content)
        if decoded is None:
            at = len(mark) + error.start
            raise _not_decodable(name, content, at, encoding.upper()) from None
        text, encoding = decoded.text, decoded.encoding
    _refuse_unusable(name, text)
    return text, encoding


def _silent_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of plain letters and digits is NUL."""
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    if many < len(head) * _NUL_SHARE or few * 10 > many:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _decode_old(name: str, content: bytes) -> Decoded | None:
    """The text under an old Vietnamese encoding; refused where only a part of it is UTF-8."""
    line = first_line_apart(content)
    if line is not None:
        raise _Refused(Finding("encoding-mixed", Place(name, row=line)))
    return identify(content)


def _refuse_unusable(name: str, text: str) -> None:
    """Text without content, or with NUL characters, which are a sign of another encoding."""
    if not text.strip("\ufeff \t\r\n\v\f"):
        raise _Refused(Finding("file-empty", Place(name)))
    position = text.find("\0")
    if position >= 0:
        line = text.count("\n", 0, position) + 1
        raise _Refused(Finding("nul-bytes", Place(name, row=line)))
    if max(text.count("\n"), text.count("\r")) > _MAX_LINES:
        raise _Refused(_too_many_rows(name))


def _not_decodable(name: str, content: bytes, position: int, encoding: str) -> _Refused:
    """The refusal with the first byte (from 1) and line that do not fit."""
    line = content.count(b"\n", 0, position) + 1
    facts = {"byte": str(position + 1), "encoding": encoding}
    got = content[position : position + 1].hex().upper()
    return _Refused(Finding("encoding-unknown", Place(name, row=line), got=got, facts=facts))


def _read_records(name: str, text: str, encoding: str) -> Reading:
    """The grid under the delimiter the file declares (`sep=;`) or the one that fits it."""
    lines = list(StringIO(text, newline=""))
    declared = _SEP.fullmatch(lines[0])
    delimiter = declared[1] if declared else choose_delimiter(lines)
    source = _Source(name, lines, delimiter or _NO_DELIMITER, skipped=1 if declared else 0)
    sheet, notes = _read_sheet(source)
    return Reading((sheet,), notes, "csv", encoding, delimiter)


def choose_delimiter(lines: Iterable[str]) -> str | None:
    """The delimiter under which most records have one width; None for a single column."""
    sample = list(islice(lines, _SAMPLE_LINES))
    shares = {mark: _share_of_usual_width(sample, mark) for mark in _RIVALS}
    rival = max(_RIVALS, key=lambda mark: shares[mark])
    # Beside another delimiter that works, a comma between digits is a decimal comma.
    if shares[rival] >= 0.5:
        sample = [_DECIMAL_COMMA.sub("", line) for line in sample]
    comma = _share_of_usual_width(sample, ",")
    best, share = (",", comma) if comma > shares[rival] else (rival, shares[rival])
    return best if share >= _LEAST_SHARE else None


def _share_of_usual_width(sample: Iterable[str], delimiter: str) -> float:
    """Of the first records, the share that has the commonest width of two columns or more."""
    widths: list[int] = []
    try:
        for record in csv.reader(sample, delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == _SAMPLE_RECORDS:
                break
    except csv.Error:  # a cell beyond the csv module's limit; what was seen so far decides
        pass
    usual = Counter(width for width in widths if width > 1).most_common(1)
    return usual[0][1] / len(widths) if usual else 0.0


@dataclass(frozen=True)
class _Source:
    """The physical lines of a file and how to cut them."""

    name: str
    lines: list[str]
    delimiter: str
    skipped: int

    def records(self) -> Iterator[tuple[int, int, list[str]]]:
        """First line, last line and cells of each record, both counted from 1."""
        reader = csv.reader(islice(self.lines, self.skipped, None), delimiter=self.delimiter)
        start = self.skipped + 1
        try:
            for cells in reader:
                end = self.skipped + reader.line_num
                yield start, end, cells
                start = end + 1
        except csv.Error:  # only its own limit for one cell can stop the lenient reader
            raise self.refusal_of_long_cell(start, self.skipped + reader.line_num) from None

    def refusal_of_long_cell(self, start: int, end: int) -> _Refused:
        """An endless cell over many lines is a quote left open; on one line it is just long."""
        if end > start:
            line = start + self.line_of_open_quote(start, end)
            return _Refused(Finding("quote-unterminated", Place(self.name, row=line)))
        return _Refused(_cell_too_long(self.name, start))

    def is_well_quoted(self, start: int, end: int) -> bool:
        """Whether the record stands up to a strict reading of its quotation marks."""
        try:
            list(csv.reader(self.lines[start - 1 : end], delimiter=self.delimiter, strict=True))
        except csv.Error:
            return False
        return True

    def line_of_open_quote(self, start: int, end: int) -> int:
        """How many lines below `start` the quotation mark stands that was not properly closed."""
        inside, opened = False, 0
        for offset, line in enumerate(self.lines[start - 1 : end]):
            for mark in _quotes(line, self.delimiter, inside):
                inside = mark
                opened = offset if inside else opened
        return opened


def _quotes(line: str, delimiter: str, inside: bool) -> Iterator[bool]:
    """For each quotation mark that opens or closes a cell in the line, whether it opens."""
    at_start, position = not inside, 0
    while position < len(line):
        mark = line[position]
        if inside and line[position : position + 2] == '""':
            position += 1
        elif mark == '"' and (inside or at_start):
            inside = not inside
            yield inside
        at_start = not inside and mark == delimiter
        position += 1


def _read_sheet(source: _Source) -> tuple[Sheet, tuple[Finding, ...]]:
    """All records, blank cells as None; quotes that swallowed lines end the reading."""
    rows: list[list[Value]] = []
    starts: list[int] = []
    notes: list[Finding] = []
    for start, end, cells in source.records():
        _refuse_beyond_limits(source.name, start, cells, count=len(rows) + 1)
        # Only a record with a quotation mark can be misquoted; the others skip the second reading.
        if end > start or '"' in source.lines[start - 1]:
            notes += _check_quotes(source, start, end)
        rows.append([cell or None for cell in cells])
        starts.append(start)
    return Sheet(None, rows, starts), tuple(notes)


def _check_quotes(source: _Source, start: int, end: int) -> list[Finding]:
    """A note for a stray mark inside one line; a refusal where lines may have been swallowed."""
    if source.is_well_quoted(start, end):
        return []
    opened = start + source.line_of_open_quote(start, end)
    if end > start or _ends_inside(source, start):
        raise _Refused(Finding("quote-unterminated", Place(source.name, row=opened)))
    return [Finding("quote-misplaced", Place(source.name, row=start))]


def _ends_inside(source: _Source, line: int) -> bool:
    """Whether the last line of the file ends within quotation marks."""
    marks = list(_quotes(source.lines[line - 1], source.delimiter, False))
    return bool(marks) and marks[-1]


def _refuse_beyond_limits(name: str, line: int, cells: list[str], count: int) -> None:
    """Rows, columns and characters a cell may have."""
    if count > MAX_ROWS:
        raise _Refused(_too_many_rows(name))
    if len(cells) > MAX_COLUMNS:
        facts = {"count": str(len(cells)), "limit": str(MAX_COLUMNS)}
        raise _Refused(Finding("columns-too-many", Place(name, row=line), facts=facts))
    if sum(map(len, cells)) > MAX_CELL_CHARACTERS and max(map(len, cells)) > MAX_CELL_CHARACTERS:
        raise _Refused(_cell_too_long(name, line))


def _too_many_rows(name: str) -> Finding:
    """More records than a file may have."""
    return Finding("rows-too-many", Place(name), facts={"limit": str(MAX_ROWS)})


def _cell_too_long(name: str, line: int) -> Finding:
    """A cell longer than a spreadsheet can hold."""
    return Finding(
        "cell-too-long", Place(name, row=line), facts={"limit": str(MAX_CELL_CHARACTERS)}
    )
