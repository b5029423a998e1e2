"""Loading a file: read → recognise → validate → stage → commit; nothing enters on a blocking finding."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.decided import decided
from etl.entries import Entries, Hints, Recognised, Recognition, Source, Untold
from etl.excerpt import Excerpt, excerpts
from etl.exchange.dhis2_in import columns_of, recognise_dhis2
from etl.findings import Finding, Place, Severity, describe, severity_of
from etl.flips import Flip, affected_by_staged, flips, verdicts_of
from etl.followup.compare import Step
from etl.memory import informed
from etl.own_sheets import data_sheets
from etl.read import Reading, read
from etl.recognise import recognise
from etl.rules.case import said, unit_name
from etl.store.commit import Received, commit
from etl.store.connect import Store
from etl.store.decisions import as_if_approved
from etl.store.originals import keep
from etl.store.past import NO_PAST, Past
from etl.store.stage import (
    CellChange,
    changed_cells,
    counts,
    revisions,
    stage,
)
from etl.validate import validate
from indicators.deployment import Deployment
from indicators.period import parse_period

SHOWN_CHANGES = 500
OF_EACH_CODE = 50  # findings of one code that are kept and printed


@dataclass
class Loaded:
    """What became of a file: its findings, what it changes, and whether it was written."""

    file: str
    hash: str
    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    changes: list[CellChange] = field(default_factory=list)
    flips: list[Flip] = field(default_factory=list)
    submissions: list[int] = field(default_factory=list)
    tables: list[Recognition] = field(default_factory=list)  # how each table was understood
    excerpts: list[Excerpt] = field(default_factory=list)  # the rows of each that a page shows
    untold: list[Untold] = field(default_factory=list)  # sheets for a person to explain
    units: list[str] = field(default_factory=list)  # what the file is about, each once
    periods: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)  # of a progress file: what each row does
    refused: bool = False
    committed: bool = False


@dataclass(frozen=True)
class Sending:
    """How a file is sent: by whom, when, with which reason for warnings, for real or not."""

    by: str
    at: datetime
    today: date
    reason: str = ""
    dry_run: bool = False
    simulated: bool = False
    compare: bool = True  # whether verdicts before and after are compared
    reasons: Mapping[str, str] = field(default_factory=dict)  # code of a finding to its own reason

    def reason_for(self, finding: Finding) -> str:
        """What the sender says about a finding that needs a reason: about its code, or about all."""
        if severity_of(finding) is not Severity.NEEDS_REASON:
            return ""
        return self.reasons.get(finding.code, "").strip() or self.reason.strip()


def load(
    store: Store, deployment: Deployment, name: str, content: bytes, *, hints: Hints, how: Sending
) -> Loaded:
    """Load one file, or with ``dry_run`` show what it would do; nothing is half-loaded."""
    loaded = Loaded(name, hashlib.sha256(content).hexdigest())
    taught = informed(deployment, store.cursor())
    entries = examine(name, content, taught, hints, loaded, Past(store.cursor()))
    loaded.refused = is_refused(loaded.findings, how)
    if loaded.refused or not entries:
        return loaded
    with store.lock:
        if store.uploads and not how.dry_run:
            keep(store.uploads, content)
        _write(store, deployment, entries, len(content), loaded, hints, how)
    return loaded


def examine(
    name: str,
    content: bytes,
    deployment: Deployment,
    hints: Hints,
    loaded: Loaded,
    past: Past = NO_PAST,
) -> Entries:
    """The first three steps; every finding is noted in ``loaded``."""
    reading = read(name, content)
    found = _recognised(reading, name, deployment, hints)
    loaded.findings = [*reading.findings, *found.findings]
    loaded.tables, loaded.excerpts = found.tables, excerpts(reading.sheets, found.tables)
    loaded.untold = found.untold
    if not found.entries and not any(_blocks(f) for f in loaded.findings):
        loaded.findings.append(_nothing_to_load(name, len(found.totals)))
    loaded.findings.extend(_sent_before(past, loaded))
    loaded.findings.extend(_chosen(found.tables, Place(name), deployment, hints))
    today, totals = hints.today, found.totals
    loaded.findings.extend(validate(found.entries, name, deployment, today, past, totals=totals))
    loaded.findings = distinct(loaded.findings)
    loaded.units = list(dict.fromkeys(found.entries.unit))
    loaded.periods = sorted(set(found.entries.period), key=lambda p: parse_period(p).sort_key)
    return found.entries


def _nothing_to_load(name: str, totals: int) -> Finding:
    """Why a file in which nothing is wrong has nothing to load."""
    if totals:
        return Finding("only-totals", Place(name), facts={"count": str(totals)})
    return Finding("no-figures", Place(name))


def _recognised(reading: Reading, name: str, deployment: Deployment, hints: Hints) -> Recognised:
    """By codes where DHIS2 wrote the file, by its words where a person did."""
    columns = columns_of(reading.sheets)
    if columns is not None:
        return recognise_dhis2(reading.sheets[0], columns, name, deployment)
    return recognise(data_sheets(reading.sheets), name, deployment, hints)


def distinct(findings: list[Finding]) -> list[Finding]:
    """Each finding once: a wrong period in a row of ten figures is one thing to mend."""
    return list({(f.code, f.place, f.got, *f.facts.values()): f for f in findings}.values())


def _chosen(
    tables: list[Recognition], place: Place, deployment: Deployment, hints: Hints
) -> list[Finding]:
    """What the file did not say and the sender did, where that was used: kept with the upload."""
    used = {
        part
        for t in tables
        for c in t.columns
        for part, source in c.sources
        if source is Source.SENDER
    }
    found = []
    if "period" in used and hints.period:
        found.append(Finding("period-chosen", place, facts={"period": hints.period.code}))
    if "unit" in used and hints.unit:
        facts = {"unit": unit_name(hints.unit, deployment)}
        found.append(Finding("unit-chosen", place, facts=facts))
    return found


def _sent_before(past: Past, loaded: Loaded) -> list[Finding]:
    """That exactly these bytes were received before, where that is so."""
    earlier = past.received(loaded.hash)
    if earlier is None:
        return []
    facts = {"by": earlier.by, "day": f"{earlier.at:%d/%m/%Y}"}
    return [Finding("file-again", Place(loaded.file), facts=facts)]


def is_refused(findings: list[Finding], how: Sending) -> bool:
    """Whether anything blocks, or something needs a reason and none was given."""
    return any(_blocks(f) or _is_unexplained(f, how) for f in findings)


def _is_unexplained(finding: Finding, how: Sending) -> bool:
    return severity_of(finding) is Severity.NEEDS_REASON and not how.reason_for(finding)


def _blocks(finding: Finding) -> bool:
    return severity_of(finding) is Severity.BLOCKS


class _Undo(Exception):
    """Leaves a transaction without writing: a dry run."""


def _write(
    store: Store,
    deployment: Deployment,
    entries: Entries,
    size: int,
    loaded: Loaded,
    hints: Hints,
    how: Sending,
) -> None:
    recorded = asked_of(loaded, hints, how)
    received = Received(
        loaded.hash, loaded.file, size, how.at, how.by, how.reason, how.simulated, recorded
    )
    try:
        with store.transaction() as cur:
            stage(cur, entries, deployment)
            loaded.counts = counts(cur)
            loaded.changes = changed_cells(cur, SHOWN_CHANGES)
            loaded.findings.extend(_revised(cur, loaded.file, deployment))
            loaded.findings.extend(decided(cur, loaded.file, deployment))
            loaded.refused = is_refused(loaded.findings, how)
            if loaded.refused:
                raise _Undo
            asked = affected_by_staged(cur, entries, deployment) if how.compare else []
            before = verdicts_of(cur, asked, deployment, how.today)
            loaded.submissions = commit(cur, received)
            _keep_findings(cur, loaded, how)
            # Nothing is looked at where nobody asked what would turn: loading is quick.
            with as_if_approved(cur, loaded.submissions if asked else []):
                after = verdicts_of(cur, asked, deployment, how.today)
            loaded.flips = flips(before, after, deployment)
            if how.dry_run:
                raise _Undo
        loaded.committed = True
    except _Undo:
        loaded.submissions = []


def _revised(cur: DuckDBPyConnection, file: str, deployment: Deployment) -> list[Finding]:
    """That figures of a unit and period are known with another value: a correction, to be seen."""
    return [
        Finding(
            "figures-revised",
            Place(file, r.sheet, r.row, r.column),
            said(r.new),
            {
                "unit": unit_name(r.unit, deployment),
                "period": r.period,
                "count": str(r.count),
                "quantity": deployment.catalogue.quantities[r.quantity].name_vi,
                "old": said(r.old),
                "new": said(r.new),
            },
        )
        for r in revisions(cur)
    ]


def _keep_findings(cur: DuckDBPyConnection, loaded: Loaded, how: Sending) -> None:
    if not loaded.submissions:
        return
    upload = (cur.execute("select max(id) from upload").fetchone() or (0,))[0]
    for finding in first_of_each_code(loaded.findings):
        text = describe(finding)
        cur.execute(
            "insert into finding values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                upload,
                finding.code,
                text["severity"],
                finding.place.sheet,
                finding.place.row,
                finding.place.column,
                finding.got,
                text["sentence"],
                how.reason_for(finding) or None,
            ],
        )


def first_of_each_code(findings: list[Finding]) -> list[Finding]:
    """At most so many of each code, in order: one mistake repeated 10 000 times hides no other."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= OF_EACH_CODE:
            kept.append(finding)
    return kept


def asked_of(loaded: Loaded, hints: Hints, how: Sending) -> dict[str, Any]:
    """What the log keeps of a load: with the bytes it can be done again (``etl.replay``)."""
    return {
        "hash": loaded.hash,
        "file": loaded.file,
        "today": hints.today.isoformat(),
        "period": hints.period.code if hints.period else None,
        "unit": hints.unit,
        "reason": how.reason,
        "reasons": dict(how.reasons),
        "simulated": how.simulated,
    }
