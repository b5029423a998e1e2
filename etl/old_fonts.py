"""Cells typed in an old Vietnamese font: a workbook is Unicode, its letters may still be TCVN3 or VNI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.findings import Finding, Place
from etl.grid import Reading, Sheet, Value
from etl.legacy import from_tcvn3, from_vni, is_vietnamese

DECODERS: dict[str, Callable[[bytes], str | None]] = {"TCVN3 (ABC)": from_tcvn3, "VNI": from_vni}
FEWEST = 3  # different cells; one odd cell is a typing mistake, not a font


def with_old_fonts_read(name: str, reading: Reading) -> Reading:
    """The same sheets with such cells as Unicode, and a note for each sheet that had any."""
    converted = [_convert(name, sheet) for sheet in reading.sheets]
    notes = tuple(note for _, note in converted if note is not None)
    if not notes:
        return reading
    sheets = tuple(sheet for sheet, _ in converted)
    return replace(reading, sheets=sheets, findings=(*reading.findings, *notes))


def _convert(name: str, sheet: Sheet) -> tuple[Sheet, Finding | None]:
    texts = {str(value) for row in sheet.rows for value in row if _is_suspect(value)}
    found = _spelled(texts) if len(texts) >= FEWEST else None
    if found is None:
        return sheet, None
    rows = [[_replaced(value, found.words) for value in row] for row in sheet.rows]
    got, example = next(iter(sorted(found.words.items())))
    count = sum(value in found.words for row in sheet.rows for value in row)
    facts = {"count": str(count), "encoding": found.encoding, "example": example}
    place = Place(name, sheet.name or name)
    return replace(sheet, rows=rows), Finding("text-old-font", place, got, facts)


def _replaced(value: Value, words: dict[str, str]) -> Value:
    return words.get(value, value) if isinstance(value, str) else value


def _is_suspect(value: Value) -> bool:
    """Whether a cell has letters beyond ASCII that read as no Vietnamese."""
    return isinstance(value, str) and not value.isascii() and not is_vietnamese(value)


@dataclass(frozen=True)
class _Spelling:
    encoding: str
    words: dict[str, str]


def _spelled(texts: set[str]) -> _Spelling | None:
    """The one font under which the cells read as Vietnamese, with what each then says."""
    fitting = []
    for encoding, decode in DECODERS.items():
        words = {t: said for t in texts if (said := _said(t, decode)) is not None}
        if len(words) >= max(FEWEST, len(texts) / 2):
            fitting.append(_Spelling(encoding, words))
    return fitting[0] if len(fitting) == 1 else None


def _said(text: str, decode: Callable[[bytes], str | None]) -> str | None:
    """What the cell says in this font; None where that is no Vietnamese either."""
    try:
        content = text.encode("cp1252")
    except UnicodeEncodeError:
        return None
    said = decode(content)
    return said if said is not None and is_vietnamese(said) else None
