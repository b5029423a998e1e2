"""The project's own documents as the application shows them: methods by section, terms by row."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
METHODS = {"vi": "METHODS.md", "en": "METHODS.en.md"}
ANCHOR = re.compile(r"^<!-- ([a-z0-9-]+) -->$", re.MULTILINE | re.ASCII)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A stretch of a section that can be linked to: its anchor and its Markdown."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Section:
    """One section of the methods: its title and its pieces, the first with the section's anchor."""

    title: str
    pieces: tuple[Piece, ...]

    @property
    def anchor(self) -> str:
        """The anchor of the section itself."""
        return self.pieces[0].anchor

    @property
    def anchors(self) -> tuple[str, ...]:
        """Every anchor in it."""
        return tuple(piece.anchor for piece in self.pieces)


@dataclass(frozen=True)
class Term:
    """A row of the glossary: the word of the code, the word of the screen, what it means."""

    english: str
    vietnamese: str
    meaning: str


@cache
def methods(language: str) -> tuple[Section, ...]:
    """The sections of the methods in order; ValueError where one has no anchor of its own."""
    return parse_methods((DOCS / METHODS[language]).read_text(encoding="utf-8"))


def parse_methods(text: str) -> tuple[Section, ...]:
    """Sections from Markdown in which ``<!-- anchor -->`` stands before what can be linked to."""
    _, *parts = ANCHOR.split(text)
    pieces = [
        Piece(anchor, body.strip()) for anchor, body in zip(parts[::2], parts[1::2], strict=True)
    ]
    found: list[Section] = []
    for piece in pieces:
        title = HEADING.match(piece.text)
        if title:
            own = Piece(piece.anchor, piece.text[title.end() :].strip())
            found.append(Section(title[1], (own,)))
        elif not found:
            raise ValueError(f"«{piece.anchor}» stands before the first section")
        else:
            last = found.pop()
            found.append(Section(last.title, (*last.pieces, piece)))
    _check(text, found)
    return tuple(found)


def _check(text: str, found: list[Section]) -> None:
    anchors = [anchor for section in found for anchor in section.anchors]
    if len(HEADING.findall(text)) != len(found):
        raise ValueError("a section has no anchor")
    if len(set(anchors)) != len(anchors):
        raise ValueError(f"an anchor is used twice: {anchors}")


@cache
def terms() -> tuple[Term, ...]:
    """Every row of the tables of the glossary, in order."""
    return parse_terms((DOCS / "GLOSSARY.md").read_text(encoding="utf-8"))


def parse_terms(text: str) -> tuple[Term, ...]:
    """Rows of three cells; the two lines that head a table are none."""
    lines = text.splitlines()
    rows = [line.strip().strip("|").split("|") for line in lines if line.startswith("|")]
    heads = {n - 1 for n, row in enumerate(rows) if _is_rule(row)}
    return tuple(
        Term(*(cell.strip().replace("`", "") for cell in row))
        for n, row in enumerate(rows)
        if n not in heads and not _is_rule(row)
    )


def _is_rule(row: list[str]) -> bool:
    return all(set(cell.strip()) <= {"-", ":"} for cell in row)
