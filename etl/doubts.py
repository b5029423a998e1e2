"""Figures that count now and that a rule asks about, with the reason given when they were sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

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
# What the rules can say again: where they no longer do, the question has gone.
ASKED_AGAIN = FAR_OFF | {
    *("looks-cumulative", "looks-single", "row-shifted", "levels-differ"),
    *("part-above-whole", "parts-not-total", "rate-differs"),
}
NO_FIGURE = Figure(None, None)


@dataclass(frozen=True)
class Doubt:
    """One figure and what is asked about it. ``reason``: what its sender wrote, "" for nothing.

    ``asks``: a reason is wanted; without it the figure is only outside the usual noise.
    ``sentence``: as it was said when the file was sent, of what only the whole file could show.
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
    """What the rules find in the current figures, then what only the whole file could show."""
    at, kept = _cells(held), list(warned)
    reasons = _reasons(held, at, kept)
    for rule in RULES:
        for finding in rule(case):
            i = at[_key(finding.place)]
            asks = severity_of(finding) is Severity.NEEDS_REASON
            subject = (finding.code, held.entries.quantity[i], held.entries.period[i])
            reason = reasons.get((_key(finding.place), finding.code)) or reasons.get(subject, "")
            yield _doubt(held, i, finding, asks=asks, reason=reason)
    for key, warning in kept:
        if warning.code not in ASKED_AGAIN:
            yield from _kept_doubt(held, at, key, warning)


def _key(place: Place) -> CellKey:
    return place.sheet or "", place.row or 0, place.column or 0


def _reasons(
    held: Held, at: Mapping[CellKey, int], kept: Iterable[tuple[CellKey, Warned]]
) -> dict[object, str]:
    """By cell and code; two levels may now be found at the other of them, so also by subject."""
    found: dict[object, str] = {}
    for key, warning in kept:
        found[key, warning.code] = warning.reason
        i = at.get(key)
        if i is not None and warning.code == "levels-differ":
            found[warning.code, held.entries.quantity[i], held.entries.period[i]] = warning.reason
    return found


def _kept_doubt(
    held: Held, at: Mapping[CellKey, int], key: CellKey, warning: Warned
) -> Iterator[Doubt]:
    """A warning of a file while any figure of its sheet still counts; a total is no figure."""
    own = at.get(key)
    i = own if own is not None else at.get((key[0], 0, 0))
    if i is None:
        return
    finding = Finding(warning.code, Place("", *key), warning.got)
    doubt = _doubt(held, i, finding, asks=True, reason=warning.reason, sentence=warning.sentence)
    cell = f"{column_letters(key[2])}{key[1]}" if key[2] else str(key[1])
    figure = doubt.figure if own is not None and key[2] else NO_FIGURE
    yield replace(doubt, figure=figure, cell=cell)


def _cells(held: Held) -> dict[CellKey, int]:
    """The figure in each cell, the first of each row (column 0) and of each sheet (row 0)."""
    entries = held.entries
    found: dict[CellKey, int] = {}
    places = zip(entries.sheet, entries.row, entries.column, strict=True)
    for i, (sheet, row, column) in enumerate(places):
        found.setdefault((sheet or "", row, column), i)
        found.setdefault((sheet or "", row, 0), i)
        found.setdefault((sheet or "", 0, 0), i)
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
