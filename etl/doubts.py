"""Figures that count now and that a rule asks about, with the reason given when they were sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.findings import Finding, Place, Severity, column_letters, severity_of
from etl.numbers import Figure
from etl.rules.case import Case
from etl.rules.history import against_history
from etl.rules.levels import levels
from etl.rules.rates import rates
from etl.rules.sides import sides
from etl.store.arrivals import CellKey, Held, Warned

RULES = (against_history, sides, rates, levels)
# What the comparison with the unit's own earlier figures says.
FAR_OFF = frozenset({"digit-slip", "measure-slip", "stock-jumps", "series-far", "series-unusual"})


@dataclass(frozen=True)
class Doubt:
    """One figure and what is asked about it. ``reason``: what its sender wrote, "" for nothing.

    ``asks``: a reason is wanted; without it the figure is only outside the usual noise.
    ``sentence``: as it was said when the file was sent, where no rule finds it again today.
    """

    code: str
    asks: bool
    unit: str
    period: str
    quantity: str
    form: str
    figure: Figure
    file: str
    cell: str
    facts: Mapping[str, str]
    reason: str = ""
    sentence: str = ""

    @property
    def is_far_off(self) -> bool:
        """Whether it is far from what the same unit reported before."""
        return self.asks and self.code in FAR_OFF


def doubts_of(case: Case, held: Held, warned: Iterable[tuple[CellKey, Warned]]) -> Iterator[Doubt]:
    """What the rules find in the current figures, then what was let in with a reason besides."""
    at = _cells(held)
    reasons = {(key, warning.code): warning for key, warning in warned}
    for rule in RULES:
        for finding in rule(case):
            place = finding.place
            key = (place.sheet or "", place.row or 0, place.column or 0)
            known = reasons.pop((key, finding.code), None)
            i = at[key]
            asks = severity_of(finding) is Severity.NEEDS_REASON
            yield _doubt(held, i, finding, asks=asks, reason=known.reason if known else "")
    for (key, code), warning in reasons.items():
        found = at.get(key)
        if found is not None:
            finding = Finding(code, Place("", *key), warning.got)
            yield _doubt(
                held, found, finding, asks=True, reason=warning.reason, sentence=warning.sentence
            )


def _cells(held: Held) -> dict[CellKey, int]:
    """The figure in each cell, and (column 0) the first of each row."""
    entries = held.entries
    found: dict[CellKey, int] = {}
    places = zip(entries.sheet, entries.row, entries.column, strict=True)
    for i, (sheet, row, column) in enumerate(places):
        found.setdefault((sheet or "", row, column), i)
        found.setdefault((sheet or "", row, 0), i)
    return found


def _doubt(
    held: Held, i: int, finding: Finding, *, asks: bool, reason: str, sentence: str = ""
) -> Doubt:
    entries = held.entries
    return Doubt(
        finding.code,
        asks,
        entries.unit[i],
        entries.period[i],
        entries.quantity[i],
        held.form[i],
        entries.figure[i],
        held.file[i],
        f"{column_letters(entries.column[i])}{entries.row[i]}",
        finding.facts,
        reason,
        sentence,
    )
