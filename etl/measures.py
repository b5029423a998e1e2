"""Units of measure as files write them: nghìn, triệu, tỷ, đồng, tấn; converted only where stated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from etl.normalise import key
from indicators.catalogue import Catalogue
from indicators.rules import Measure

# "ĐVT: triệu đồng", "Đơn vị tính: 1.000 người", also in brackets or among other words of a title.
_STATED = re.compile(r"(?:đvt|đv tính|đơn vị tính)\s*:\s*(?P<measure>[^;,()\[\]]+)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[](?P<measure>[^()\[\]]+)[)\]]\s*$")
_CELL = re.compile(r"(?P<number>[-–−+(]?[0-9][0-9.,  ]*?)[  ]*(?P<words>[^\W\d_][^0-9]*)")


@dataclass(frozen=True)
class Measures:
    """The words of a deployment (catalogue/measures.toml)."""

    words: tuple[Measure, ...]

    @classmethod
    def of_catalogue(cls, catalogue: Catalogue) -> "Measures":
        """The words of measures.toml."""
        return cls(tuple(catalogue.measures.values()))

    @cached_property
    def _multiples(self) -> dict[str, Decimal]:
        return {key(word): m.factor for m in self.words if m.of is None for word in m.words}

    @cached_property
    def _named(self) -> dict[str, tuple[Decimal, str]]:
        return {key(word): (m.factor, key(m.of)) for m in self.words if m.of for word in m.words}

    def factor(self, stated: str, wanted: str) -> Decimal | None:
        """What a number in ``stated`` is multiplied by to be in ``wanted``; None where it cannot be.

        "triệu đồng" to "đồng" is 1000000, "nghìn" to "người" is 1000, "%" to "người" is None.
        """
        given, base = self._read(stated)
        asked, goal = self._read(wanted)
        if not base and asked == 1:
            return given
        return given / asked if base == goal else None

    def factor_of_column(self, stated: str, wanted: str) -> Decimal | None:
        """The same for the heading of a column, which may name what is counted in a wider word.

        "người" over doctors is 1; in a cell it stays another unit of measure.
        """
        found = self.factor(stated, wanted)
        if found is not None or not self._read(stated)[1]:
            return found
        factor, base = self._read(stated)
        return factor if key(wanted) in self._among.get(base, ()) else None

    @cached_property
    def _among(self) -> dict[str, set[str]]:
        return {key(m.of): {key(word) for word in m.among} for m in self.words if m.of and m.among}

    def _read(self, text: str) -> tuple[Decimal, str]:
        """The factor in front of a base unit, and the base."""
        factor, rest = Decimal(1), key(text)
        while (word := self._multiple_of(rest)) is not None:
            factor *= self._multiples[word]
            rest = rest[len(word) :].strip()
        named, base = self._named.get(rest, (Decimal(1), rest))
        return factor * named, base

    def _multiple_of(self, text: str) -> str | None:
        """The longest multiple that the text begins with."""
        found = [w for w in self._multiples if text == w or text.startswith(w + " ")]
        return max(found, key=len, default=None)


def measure_in_title(texts: Iterable[str]) -> str | None:
    """The unit of measure that a line above the table states, or None."""
    found = (_STATED.search(text) for text in texts)
    return next((match["measure"].strip() for match in found if match), None)


def measure_in_heading(text: str) -> str | None:
    """What stands in brackets at the end of a heading: a unit of measure, perhaps."""
    stated = _STATED.search(text) or _IN_BRACKETS.search(text)
    return stated["measure"].strip() if stated else None


def split_cell(text: str) -> tuple[str, str] | None:
    """ "1,2 tỷ đồng" as number and words, or None where it is not that."""
    match = _CELL.fullmatch(text.strip())
    return (match["number"].strip(), match["words"].strip()) if match else None
