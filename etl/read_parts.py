"""The parts of an XLSX archive: which of them are its sheets, looked at before the fast reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from posixpath import normpath
from xml.etree import ElementTree
from zipfile import ZipFile

from etl.grid import MAX_BOOK_CELLS, MAX_BOOK_CHARACTERS
from etl.read_guard import is_plain, is_sheet, lengths_of, shared_text
from etl.scan_sheet import Scan, leave_out_blanks, scan_xlsx

_SHEETS = "{*}sheets/{*}sheet"
_STRINGS = "sharedstrings.xml"


def scan_parts(archive: ZipFile) -> list[Scan] | None:
    """One scan for each sheet in the order of the workbook; None where it is not clear what they hold."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = list(ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")))
    sheets = list(_sheets(workbook, links, archive))
    # A part that is several sheets at once would be unpacked and held for each of them.
    if len({part for _, part in sheets}) < len(sheets):
        return None
    recalculates = _recalculates(workbook)
    scans = []
    for name, part in sheets:
        xml = archive.read(part)
        if not (is_sheet(xml) and is_plain(xml)):
            return None
        scans.append(scan_xlsx(xml, name=name, recalculates=recalculates))
    if sum(scan.cells for scan in scans) > MAX_BOOK_CELLS:
        for scan, (_, part) in zip(scans, sheets, strict=True):
            leave_out_blanks(archive.read(part), scan)
    _count_shared(scans, [part for _, part in sheets], links, archive)
    return scans


def _sheets(
    workbook: ElementTree.Element, links: Sequence[ElementTree.Element], archive: ZipFile
) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    parts = {link.get("Id"): _part_name(link, archive) for link in links}
    for sheet in workbook.iterfind(_SHEETS):
        yield sheet.get("name", ""), parts[_relation_id(sheet)]


def _recalculates(workbook: ElementTree.Element) -> bool:
    """Whether the stored results are placeholders: a program wrote them that cannot calculate."""
    found = workbook.iterfind(".//{*}calcPr")
    return any(each.get("fullCalcOnLoad") in {"1", "true"} for each in found)


def _count_shared(
    scans: Sequence[Scan],
    parts: Sequence[str],
    links: Sequence[ElementTree.Element],
    archive: ZipFile,
) -> None:
    """Note the characters that cells take from the shared strings: counted only where it may be many."""
    lengths = lengths_of(archive.read(part) for part in _shared_strings(links, archive))
    longest = max(lengths, default=0)
    most = [scan.cells * longest for scan in scans]
    is_little = sum(most) <= MAX_BOOK_CHARACTERS
    for scan, part, count in zip(scans, parts, most, strict=True):
        scan.characters = count if is_little else shared_text(archive.read(part), lengths)


def _shared_strings(links: Sequence[ElementTree.Element], archive: ZipFile) -> set[str]:
    """The parts that hold the texts which cells share."""
    named = {name for name in archive.namelist() if name.lower().endswith(_STRINGS)}
    strings = (link for link in links if link.get("Type", "").endswith("/sharedStrings"))
    return named | ({_part_name(link, archive) for link in strings} & set(archive.namelist()))


def _relation_id(sheet: ElementTree.Element) -> str:
    """The value of `r:id`, whichever of the two namespaces the file uses."""
    return next(value for key, value in sheet.attrib.items() if key.endswith("}id"))


def _part_name(link: ElementTree.Element, archive: ZipFile) -> str:
    """The archive path of a relation's target. Some programs write it from the root without saying so."""
    target = link.get("Target", "")
    if target.startswith("/"):
        return target[1:]
    path = normpath(f"xl/{target}")
    is_from_root = target.startswith("xl/") and path not in archive.namelist()
    return target if is_from_root else path
