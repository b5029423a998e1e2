"""What a file says and does, as tables of HTML: findings, counts, changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.context import opened
from etl.findings import Finding, Severity, column_letters, describe, severity_of
from etl.load import SHOWN_CHANGES, Loaded
from etl.numbers import Absence
from etl.store.stage import CellChange, Change
from indicators.formats import Number, format_number, format_plain
from indicators.period import parse_period, period_label
from indicators.text import say
from pages.parts.html import e

SHOWN_FINDINGS = 50
FINDING = ("severity", "cell", "heading", "got", "problem", "allowed", "remedy")
CHANGED = ("unit", "period", "quantity", "old", "new")
NIL = {Absence.NIL: "-", Absence.NOT_AVAILABLE: "…"}


def finding_tables(findings: Sequence[Finding], language: str) -> str:
    """Findings by severity, worst first; notes stay folded when there is anything worse."""
    parts = {
        level: [f for f in findings if severity_of(f) is level]
        for level in (Severity.BLOCKS, Severity.NEEDS_REASON, Severity.NOTE)
    }
    serious = parts[Severity.BLOCKS] + parts[Severity.NEEDS_REASON]
    html = _findings(serious, language) if serious else ""
    notes = parts[Severity.NOTE]
    if not notes:
        return html
    count = format_number(len(notes), 0, language)
    summary = say("submit.more.notes", language, count=count)
    return html + folded(summary, _findings(notes, language))


def _findings(findings: Sequence[Finding], language: str) -> str:
    rows = "".join(_finding(f, language) for f in findings[:SHOWN_FINDINGS])
    rest = len(findings) - SHOWN_FINDINGS
    count = format_number(rest, 0, language)
    more = f"<p>{e(say('submit.more.findings', language, count=count))}</p>" if rest > 0 else ""
    return table("vd-findings", FINDING, rows, language) + more


def _finding(finding: Finding, language: str) -> str:
    text, level = describe(finding, language), severity_of(finding)
    cells = {
        "severity": f'<b class="vd-{level}">{e(say(f"submit.severity.{level}", language))}</b>',
        "cell": _address(finding, language),
        "heading": e(_column(finding)),
        "got": e(finding.got),
        "problem": f"<b>{e(text['sentence'])}</b>",
        "allowed": e(text["allowed"]),
        "remedy": e(text["remedy"]),
    }
    return row(cells, language)


def _column(finding: Finding) -> str:
    place = finding.place
    return place.heading or (column_letters(place.column) if place.column else "")


def _address(finding: Finding, language: str) -> str:
    place = finding.place
    if place.row is None:
        return ""
    where = place.cell if place.column else say("submit.more.row", language, row=place.row)
    sheet = say("submit.more.sheet", language, sheet=place.sheet) if place.sheet else ""
    return f"<b>{e(where)}</b>" + (f"<small>{e(sheet)}</small>" if sheet else "")


def counts(loaded: Loaded, language: str) -> str:
    """How many cells are new, changed, taken away, unchanged."""
    parts = "".join(
        f"<span{'' if n else ' class=vd-zero'}><b>{format_number(n, 0, language)}</b> "
        f"{e(say(f'submit.count.{name}', language))}</span>"
        for name, n in loaded.counts.items()
    )
    return f'<div class="vd-counts">{parts}</div>'


def change_tables(changes: Sequence[CellChange], language: str) -> str:
    """Old and new of every figure that differs; new figures are folded below the rest."""
    other = [c for c in changes if c.change != Change.ADDED]
    added = [c for c in changes if c.change == Change.ADDED]
    html = _changes(other, language) if other else ""
    if added:
        count = format_number(len(added), 0, language)
        summary = say("submit.more.added", language, count=count)
        html += folded(summary, _changes(added, language))
    if len(changes) == SHOWN_CHANGES:
        html += f"<p>{e(say('submit.more.changes', language, count=SHOWN_CHANGES))}</p>"
    return html


def _changes(changes: Sequence[CellChange], language: str) -> str:
    rows = "".join(_change(c, language) for c in changes)
    return table("vd-changes", CHANGED, rows, language)


def _change(change: CellChange, language: str) -> str:
    deployment = opened().deployment
    quantity = deployment.catalogue.quantities[change.quantity]
    name = quantity.name_vi if language == "vi" else quantity.name_en
    is_new = change.change == Change.ADDED
    old = "" if is_new else _value(change.old, change.old_absence, language)
    cells = {
        "unit": e(deployment.units.latest_names[change.unit].name),
        "period": e(period_label(parse_period(change.period), language)),
        "quantity": e(name),
        "old": e(old),
        "new": f"<b>{e(_value(change.new, change.new_absence, language))}</b>",
    }
    return row(cells, language)


def _value(value: Number | None, absence: Absence | None, language: str) -> str:
    return NIL[absence] if absence in NIL else format_plain(value, language)


def table(name: str, columns: Iterable[str], rows: str, language: str) -> str:
    """A table that turns into stacked cards on a narrow screen: every cell names its column."""
    heads = "".join(
        f'<th class="c-{c}" scope="col">{e(say(f"submit.column.{c}", language))}</th>'
        for c in columns
    )
    head = f"<thead><tr>{heads}</tr></thead>"
    return f'<div class="vd-wide"><table class="vd-sheet {name}">{head}<tbody>{rows}</tbody></table></div>'


def row(cells: dict[str, str], language: str) -> str:
    """One row; an empty cell is left out of the stacked form."""
    inner = "".join(
        f'<td class="c-{name}" data-name="{e(say(f"submit.column.{name}", language))}">{html}</td>'
        for name, html in cells.items()
    )
    return f"<tr>{inner}</tr>"


def folded(summary: str, html: str) -> str:
    """Something to open by a click."""
    return f"<details><summary>{e(summary)}</summary>{html}</details>"
