"""The fingerprint of a heading block: the same form of another quarter has the same one."""

import hashlib
from collections.abc import Iterable, Sequence

from etl.normalise import key
from etl.periods import find_period

PERIOD = "#"  # stands for any period; no key contains it


def fingerprint_of(block: Iterable[Sequence[str]]) -> str:
    """SHA-256 of the heading rows, cell by cell, spelling evened out and periods left open.

    Blank cells count (they say in which column a heading stands), but not those at the end.
    """
    rows = [_row(row) for row in block]
    return hashlib.sha256("\n".join(row for row in rows if row).encode()).hexdigest()


def _row(cells: Sequence[str]) -> str:
    return "\t".join(PERIOD if find_period(text) else key(text) for text in cells).rstrip("\t")
