"""The parts of a workbook in UTF-16, which the format allows and the fast reader takes for nothing."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_BEGINS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_ENDINGS = (".xml", ".rels")
_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]*\?>")
_QUICK = 1  # how hard to pack what is unpacked at once


def in_utf8(archive: ZipFile) -> bytes | None:
    """The archive with all its XML in UTF-8; None where it is so already.

    Raises ValueError (of decoding) where a part is not what its first bytes say.
    """
    encodings = {name: _encoding(archive, name) for name in archive.namelist()}
    if not any(encodings.values()):
        return None
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=_QUICK) as other:
        for name, encoding in encodings.items():
            content = archive.read(name)
            other.writestr(name, _again(content, encoding) if encoding else content)
    return made.getvalue()


def _encoding(archive: ZipFile, name: str) -> str | None:
    """The kind of UTF-16 that an XML part begins like, if any."""
    if not name.lower().endswith(_ENDINGS):
        return None
    with archive.open(name) as part:
        return _BEGINS.get(part.read(2))


def _again(xml: bytes, encoding: str) -> bytes:
    """The same XML in UTF-8, without the declaration that says otherwise."""
    return _DECLARATION.sub("", xml.decode(encoding), count=1).encode("utf-8")
