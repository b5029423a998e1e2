"""Bytes to grids. What a file is, is decided by its first bytes and never by its name."""

from __future__ import annotations

from pathlib import PurePath

from etl.findings import Finding, Place
from etl.grid import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    ErrorCell,
    Reading,
    Sheet,
    Value,
    in_mebibytes,
)
from etl.old_fonts import with_old_fonts_read
from etl.read_json import is_json, read_json
from etl.read_text import read_text
from etl.read_workbook import read_ole, read_zip

__all__ = [
    "MAX_BYTES",
    "MAX_CELL_CHARACTERS",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "ErrorCell",
    "Reading",
    "Sheet",
    "Value",
    "read",
]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Files that people send by mistake, so that the refusal can name what they sent.
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "GZIP",
    b"BZh": "BZIP2",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"{\\rtf": "RTF",
}
_MARKUP = {b"<!doctype html": "HTML", b"<html": "HTML", b"<table": "HTML", b"<?xml": "XML"}
_TEXT_NAMES = {"csv", "txt", "tsv", "tab", ""}
_SAME_FORMAT = {"xlsm": "xlsx"}


def read(name: str, content: bytes) -> Reading:
    """Every sheet of the file; anything that cannot be read is a blocking finding, never raised."""
    if len(content) > MAX_BYTES:
        return _too_large(name, len(content))
    if not content.strip():
        return Reading(findings=(Finding("file-empty", Place(name)),))
    foreign = _foreign_kind(content)
    if foreign:
        return _unsupported(name, foreign)
    reading = with_old_fonts_read(name, _read_by_content(name, content))
    return _with_name_checked(name, reading)


def _read_by_content(name: str, content: bytes) -> Reading:
    """The reader for these first bytes; whatever is no workbook is taken as text."""
    if content.startswith(_ZIP):
        return read_zip(name, content)
    if content.startswith(_OLE):
        return read_ole(name, content)
    if is_json(content):
        return read_json(name, content)
    return read_text(name, content)


def _foreign_kind(content: bytes) -> str | None:
    """The name of a kind that is recognised but cannot be read."""
    for magic, kind in _FOREIGN.items():
        if content.startswith(magic):
            return kind
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for magic, kind in _MARKUP.items() if head.startswith(magic)), None)


def _with_name_checked(name: str, reading: Reading) -> Reading:
    """The same reading, with a note where the name promises another kind."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    promised = "csv" if ending in _TEXT_NAMES else _SAME_FORMAT.get(ending, ending)
    if not reading.sheets or not ending or promised == reading.kind:
        return reading
    note = Finding("file-name-mismatch", Place(name), facts={"kind": reading.kind.upper()})
    return Reading(
        reading.sheets,
        (*reading.findings, note),
        reading.kind,
        reading.encoding,
        reading.delimiter,
    )


def _too_large(name: str, size: int) -> Reading:
    """Refused before anything is parsed."""
    facts = {"size": in_mebibytes(size), "limit": in_mebibytes(MAX_BYTES)}
    return Reading(findings=(Finding("file-too-large", Place(name), facts=facts),))


def _unsupported(name: str, kind: str) -> Reading:
    """Refused with the name of what was sent."""
    finding = Finding("file-kind-unsupported", Place(name), facts={"kind": kind})
    return Reading(findings=(finding,), kind=kind.lower())
