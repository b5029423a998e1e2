"""What the address asks of the methods page: which part, which anchor, which words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.documents import Section, Term, methods, terms
from indicators.catalogue import Catalogue, Indicator
from pages.parts.view import View

METHODS, TERMS, INDICATORS = PARTS = ("methods", "terms", "indicators")


@dataclass(frozen=True)
class Asked:
    """The part shown, the anchor or indicator to open, the words to look for; "" is none."""

    view: View
    part: str
    anchor: str
    words: str

    def link(self, **changes: str) -> str:
        """The address of this page with some of it changed."""
        return self.view.link("/phuong-phap", {"phan": self.part, "q": self.words} | changes)


def asked_of(params: Mapping[str, str], view: View, catalogue: Catalogue) -> Asked:
    """What is asked; an anchor leads to the part it stands in."""
    anchor, part = params.get("muc", ""), params.get("phan", "")
    if anchor in catalogue.indicators:
        part = INDICATORS
    elif any(anchor in section.anchors for section in methods(view.language)):
        part = METHODS
    else:
        anchor = ""
    return Asked(view, part if part in PARTS else METHODS, anchor, params.get("q", "").strip())


def plain(text: str) -> str:
    """Without marks and capitals: "phễu" is found by "pheu"."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def matches(words: str, texts: Iterable[str | None]) -> bool:
    """Whether every word stands in one of the texts."""
    whole = plain(" ".join(text for text in texts if text))
    return all(word in whole for word in plain(words).split())


def found_sections(asked: Asked) -> list[Section]:
    """The sections that hold the words."""
    return [
        section
        for section in methods(asked.view.language)
        if matches(asked.words, (section.title, *(piece.text for piece in section.pieces)))
    ]


def found_terms(asked: Asked) -> list[Term]:
    """The terms that hold the words, in either language or in what they mean."""
    return [t for t in terms() if matches(asked.words, (t.english, t.vietnamese, t.meaning))]


def found_indicators(asked: Asked, catalogue: Catalogue) -> list[Indicator]:
    """The indicators that hold the words in name, definition or basis."""
    return [i for i in catalogue.indicators.values() if matches(asked.words, _texts(i))]


def _texts(i: Indicator) -> tuple[str | None, ...]:
    names = (i.id, i.name_vi, i.short_vi, i.name_en)
    return (*names, i.definition_vi, i.definition_en, i.legal_basis, i.note)
