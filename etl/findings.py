"""What may be said about a file: a stable code, the place, and the facts that fill its sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from indicators.period import parse_period, period_label

TEXTS = Path(__file__).with_name("findings.toml")
COUNTS = ("count", "limit")  # facts that are whole numbers whoever states them
# What the cells of a column were taken for.
ROLES = {
    "vi": {"unit": "tên đơn vị", "quantity": "tên số liệu"},
    "en": {"unit": "column of units", "quantity": "column of names of figures"},
}
# Stands behind "was not recognised", where anything is near.
NEAREST = {"vi": " Có thể là: {}.", "en": " It may be: {}."}


class Severity(StrEnum):
    """What a finding does to its file: stop it, ask for a reason, or only be shown."""

    BLOCKS = "blocks"
    NEEDS_REASON = "needs_reason"
    NOTE = "note"


@dataclass(frozen=True)
class Place:
    """Where in a file: row and column count from 1 as the spreadsheet or text editor shows them."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    heading: str | None = None

    @property
    def cell(self) -> str:
        """The address a person can look up: `C7`, `dòng 7` or nothing."""
        if self.row is None:
            return ""
        if self.column is None:
            return f"dòng {self.row}"
        return f"{column_letters(self.column)}{self.row}"


class NumberText(str):
    """A number as a fact: decimal comma, no grouping; a sentence groups it as its language does."""

    __slots__ = ()

    def in_language(self, language: str) -> str:
        """ "1234567,5" as "1.234.567,5" or "1,234,567.5"."""
        whole, comma, decimals = self.partition(",")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        if not digits.isdigit():
            return str(self)
        grouped = f"{sign}{int(digits):,}" if len(digits) > 3 else whole
        if language == "en":
            return f"{grouped}.{decimals}" if comma else grouped
        return grouped.replace(",", ".") + comma + decimals


@dataclass(frozen=True)
class Finding:
    """One thing worth saying about a file; `facts` fill the braces of the code's sentences."""

    code: str
    place: Place
    got: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def column_letters(column: int) -> str:
    """The spreadsheet letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def load_texts() -> dict[str, dict[str, str]]:
    """Every code of findings.toml with its severity and its sentences in both languages."""
    return tomllib.loads(TEXTS.read_text(encoding="utf-8"))


def severity_of(finding: Finding) -> Severity:
    """The severity of the finding's code; an unknown code is a KeyError."""
    return Severity(load_texts()[finding.code]["severity"])


def describe(finding: Finding, language: str = "vi") -> dict[str, str | int | None]:
    """The finding as flat, ordered text for page and command line; absent is None."""
    texts = load_texts()[finding.code]
    place, fill = finding.place, _values(finding, language)
    return {
        "code": finding.code,
        "severity": texts["severity"],
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "cell": place.cell,
        "got": finding.got,
        "sentence": texts[language].format_map(fill),
        "allowed": texts[f"allowed_{language}"].format_map(fill),
        "remedy": texts[f"remedy_{language}"].format_map(fill),
    }


def _values(finding: Finding, language: str) -> dict[str, str | int]:
    """What braces may name. Absent parts are left out, so a sentence can never print "None"."""
    place = finding.place
    known = {
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "cell": place.cell or None,
        "heading": place.heading,
        "got": finding.got,
    }
    facts = {name: _fact_text(name, fact, language) for name, fact in finding.facts.items()}
    if "period" in facts:
        facts["period"] = _period_text(facts["period"], language)
    if "role" in facts:
        facts["role"] = ROLES[language][facts["role"]]
    if "suggestions" in facts:
        near = facts["suggestions"]
        facts["maybe"] = NEAREST[language].format(near) if near else ""
    return {name: value for name, value in known.items() if value is not None} | facts


def _fact_text(name: str, fact: str, language: str) -> str:
    """A number grouped as the language does; anything else as it is."""
    number = NumberText(fact) if name in COUNTS else fact
    return number.in_language(language) if isinstance(number, NumberText) else fact


def _period_text(code: str, language: str) -> str:
    """A period as people write it; what is no code stays as it is."""
    try:
        return period_label(parse_period(code), language)
    except ValueError:
        return code
