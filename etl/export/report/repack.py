"""A zip whose bytes depend on its content alone: fixed moments, the order of writing kept."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MOMENT = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by name."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = ZipInfo(name, MOMENT)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content)
    return kept.getvalue()


def repacked(content: bytes) -> bytes:
    """The same zip without the moments at which its parts were written."""
    with ZipFile(BytesIO(content)) as found:
        return zipped({name: found.read(name) for name in found.namelist()})
