"""Footnote marks on figures: which signs behind a number point to a remark below the table."""

import re
from dataclasses import dataclass
from functools import cached_property

from etl.cells import text_at
from etl.grid import Sheet
from etl.layout import Layout
from etl.marks import split_sign

_NUMBERED = re.compile(r"(?P<text>[^()]*\S)\s*(?P<mark>\([1-9a-e]\))")
_REMARK = re.compile(r"\s*(?P<mark>\([1-9a-e]\))\s*\S")


@dataclass(frozen=True)
class Footnotes:
    """The remarks of one table."""

    sheet: Sheet
    layout: Layout

    @cached_property
    def marks(self) -> frozenset[str]:
        """Marks such as (1) that begin a line of words below the heading."""
        found = set()
        for row in self.sheet.rows[self.layout.first_row :]:
            filled = [text_at([value], 0) for value in row if value not in (None, "")]
            match = _REMARK.match(filled[0]) if len(filled) == 1 else None
            if match is not None:
                found.add(match["mark"])
        return frozenset(found)

    def without(self, text: str) -> str:
        """The figure without its mark. "12 (1)" is 12 only where a remark (1) stands below."""
        bare, sign = split_sign(text)
        if sign:
            return bare
        match = _NUMBERED.fullmatch(text.strip())
        return match["text"] if match and match["mark"] in self.marks else text
