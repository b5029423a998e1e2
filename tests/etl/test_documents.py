"""The documents that the application shows: both languages alike, every row read, faults refused."""

from __future__ import annotations

import re

import pytest

from etl.documents import Section, methods, parse_methods, parse_terms, terms

FORMULA = re.compile(r"```formula\n(.+?)\n```", re.DOTALL)


def formulas(section: Section) -> list[str]:
    """The formulas of a section, in order."""
    return [text for piece in section.pieces for text in FORMULA.findall(piece.text)]


def test_both_languages_have_the_same_sections_and_formulas() -> None:
    vietnamese, english = methods("vi"), methods("en")
    assert [s.anchor for s in vietnamese] == [s.anchor for s in english]
    assert [formulas(s) for s in vietnamese] == [formulas(s) for s in english]
    assert sum(map(len, map(formulas, vietnamese))) >= 8


def test_every_english_stretch_has_its_vietnamese_one() -> None:
    known = {anchor for section in methods("vi") for anchor in section.anchors}
    assert {anchor for section in methods("en") for anchor in section.anchors} <= known
    assert {"projection", "compare", "outlook", "funnel", "gap"} <= known


def test_the_names_of_functions_are_the_same_in_both() -> None:
    def names(language: str) -> set[str]:
        text = " ".join(p.text for s in methods(language) for p in s.pieces)
        return set(re.findall(r"`([^`\n]+)`", text.replace("```", "")))

    assert names("en") <= names("vi") | {s for s in names("en") if s.endswith(".md")}


def test_a_section_or_a_stretch_out_of_place_is_refused() -> None:
    made = parse_methods("# T\n<!-- a -->\n## A (`f`)\none\n\n<!-- b -->\n**B.** two\n")
    assert [(s.title, s.anchors) for s in made] == [("A (`f`)", ("a", "b"))]
    assert made[0].pieces[0].text == "one"
    for faulty in (
        "<!-- b -->\n**B**\n<!-- a -->\n## A\n",
        "<!-- a -->\n## A\n## B\n",
        "<!-- a -->\n## A\n<!-- a -->\ntext\n",
    ):
        with pytest.raises(ValueError, match=r"section|anchor"):
            parse_methods(faulty)


def test_the_glossary_is_read_row_by_row() -> None:
    rows = parse_terms(
        "| A | B | C |\n|---|---|---|\n| x | y `z` | w |\n\n| D | E | F |\n|--|--|--|\n"
    )
    assert [(t.english, t.vietnamese, t.meaning) for t in rows] == [("x", "y z", "w")]
    known = {t.english: t.vietnamese for t in terms()}
    assert known["Quantity"] == "Số liệu gốc" and known["met"] == "Đạt"
    assert "Verdict" in known and "Mã nguồn" not in known
