"""Opening a Word file that somebody sent: nothing in it may unpack to much, run, or call elsewhere.

The file is kept and handed to colleagues again, so what is dangerous is refused and not only left
out. What merely cannot come along is taken out by `clean` and told.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import OpcError

from etl.grid import MAX_UNPACKED_BYTES, MAX_UNPACKED_RATIO

MAX_SENT = 20 * 1024**2  # bytes: pictures of own text stand in every report made from then on
OLE = b"\xd0\xcf\x11\xe0"  # an old .doc, or a .docx with a password
ENCRYPTED = 1  # bit of a zip entry's flags
MACRO_PARTS = re.compile(r"vbaproject|vbadata|activex", re.IGNORECASE)
MACRO_TYPES = b"macroenabled"
DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
XML_PARTS = (".xml", ".rels")
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# A picture kept elsewhere and a link are taken out of own text; all else that is fetched is refused.
HARMLESS = ("/hyperlink", "/image")
# What reading a damaged package has been seen to raise; broken XML is a SyntaxError.
BROKEN = (
    BadZipFile, zlib.error, OpcError, KeyError, ValueError, AttributeError, TypeError, SyntaxError,
    RuntimeError, NotImplementedError, EOFError, OSError, IndexError,
)  # fmt: skip


class NotAReport(Exception):
    """The file is not taken. ``kind``: unreadable, locked, large, macro or remote."""

    def __init__(self, kind: str = "unreadable", detail: str = "") -> None:
        super().__init__(f"{kind} {detail}".strip())
        self.kind, self.detail = kind, detail


def opened(content: bytes) -> Any:
    """The Word document in these bytes. Raises NotAReport."""
    if content.startswith(OLE):
        raise NotAReport("locked")
    if len(content) > MAX_SENT:
        raise NotAReport("large")
    try:
        with ZipFile(BytesIO(content)) as archive:
            refuse(archive, len(content))
        return Document(BytesIO(content))
    except BROKEN as error:
        raise NotAReport("unreadable", type(error).__name__) from error


def refuse(archive: ZipFile, packed: int) -> None:
    """Raise NotAReport for a bomb by its directory, then for what its parts hold."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if size > MAX_UNPACKED_BYTES or size > packed * MAX_UNPACKED_RATIO:
        raise NotAReport("large")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise NotAReport("locked")
    # Two entries of one name: who looks and who reads would not agree on which of them counts.
    if len({entry.filename.lower() for entry in entries}) < len(entries) or archive.testzip():
        raise NotAReport
    for name in archive.namelist():
        refuse_part(name, archive)


def refuse_part(name: str, archive: ZipFile) -> None:
    """Raise NotAReport for macros, entities, and relations by which something is fetched."""
    if MACRO_PARTS.search(name):
        raise NotAReport("macro")
    if not name.lower().endswith(XML_PARTS):
        return
    xml = archive.read(name)
    # Another encoding than UTF-8 would hide words from the search below.
    if DECLARES.search(xml) or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAReport
    if name.lower() == "[content_types].xml" and MACRO_TYPES in xml.lower():
        raise NotAReport("macro")
    if name.lower().endswith(".rels"):
        refuse_relations(xml)


def refuse_relations(xml: bytes) -> None:
    """Raise NotAReport where the file would fetch a template, an object or a frame."""
    for kind, target in outside(xml):
        if not kind.lower().endswith(HARMLESS) and is_elsewhere(target):
            raise NotAReport("remote", target[:200])


def outside(xml: bytes) -> Iterator[tuple[str, str]]:
    """Type and target of every relation that leaves the file."""
    for relation in ElementTree.fromstring(xml).iter(RELATION):
        if relation.get("TargetMode", "").lower() == "external":
            yield relation.get("Type", ""), relation.get("Target", "")


def is_elsewhere(target: str) -> bool:
    """Whether an address leads to another machine. Word writes the path of its own template."""
    plain = target.strip().replace("\\", "/")
    if re.match(r"[A-Za-z]:/", plain):
        return False
    found = urlsplit(plain)
    is_file = found.scheme.lower() in ("file", "")
    return not is_file or bool(found.netloc) or found.path.startswith("//")
