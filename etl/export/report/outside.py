"""What was changed in an edited report outside the places for own text: none of it comes along, so
all of it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any
from unicodedata import normalize

from docx.oxml.ns import qn

from etl.export.report.clean import blocks_in
from etl.export.report.kept import HOMELESS, places_in


@dataclass(frozen=True)
class Change:
    """A paragraph or row of a table: as the person left it, and as it is made now.

    ``got`` "": taken out by the person. ``made`` "": added, or no longer there.
    """

    got: str
    made: str


def lines_of(document: Any) -> list[str]:
    """Every paragraph and row with words, own text left out, spaces made one."""
    body = document.element.body
    taken = {element for _, _, elements in places_in(body) for element in elements}
    found = [
        line
        for child in body
        if child not in taken
        for block in blocks_in(child)
        for line in _lines(block, taken)
    ]
    return [line for line in found if line and line != HOMELESS]


def _lines(block: Any, taken: set[Any]) -> Iterator[str]:
    """The paragraph itself, or each row of a table with its cells."""
    if block.tag == qn("w:p"):
        yield _words(block, taken)
        return
    for row in block.iterchildren(qn("w:tr")):
        cells = (_words(cell, taken) for cell in row.iter(qn("w:tc")))
        yield " | ".join(filter(None, cells))


def _words(part: Any, taken: set[Any]) -> str:
    """Its words but for those of a place inside it."""
    texts = [
        t.text or "" for t in part.iter(qn("w:t")) if not any(a in taken for a in t.iterancestors())
    ]
    return " ".join(normalize("NFC", "".join(texts)).split())


def changes(got: Sequence[str], then: Sequence[str], now: Sequence[str]) -> list[Change]:
    """What differs between the file and what it was when it was made, beside what is made now.

    Compared with then and not with now: figures that came in the meantime are nobody's edit.
    """
    today = _places(then, now)
    found = []
    for kind, a, b, c, d in _opcodes(then, got):
        if kind == "equal":
            continue
        for i, j in zip_longest(range(a, b), range(c, d)):
            here = "" if j is None else got[j]
            found.append(Change(here, "" if i is None else today[i]))
    return [change for change in found if change.got != change.made]


def _opcodes(one: Sequence[str], other: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _places(then: Sequence[str], now: Sequence[str]) -> list[str]:
    """For every line of then the line that stands in its place now, "" where none does."""
    found = [""] * len(then)
    for _, a, b, c, d in _opcodes(then, now):
        for i, j in zip(range(a, b), range(c, d), strict=False):
            found[i] = now[j]
    return found
