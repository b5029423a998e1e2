"""Taking a file in, whatever it is: figures, or how far tasks and agreed actions are."""

import hashlib

from etl.entries import Hints
from etl.findings import Finding, Place
from etl.followup.compare import Comparison, Move, OnRecord, compare, counts
from etl.followup.sheet import Row, rows_of
from etl.load import Loaded, Sending, is_refused, load
from etl.read import read
from etl.store.actions import Agreement, actions, put_action, put_move
from etl.store.audit import audit
from etl.store.connect import Store
from etl.store.originals import keep
from etl.store.stage import Change
from etl.store.tasks import in_force, put_record
from etl.tasks import checked_name
from indicators.deployment import Deployment

LARGEST = 2 * 1024**2  # bytes: a progress file is a list for people, and others are not read twice


def receive(
    store: Store, deployment: Deployment, name: str, content: bytes, *, hints: Hints, how: Sending
) -> Loaded:
    """Take one file in, or with ``dry_run`` show what it would do; nothing is half-taken."""
    rows = rows_of(name, read(name, content).sheets) if len(content) <= LARGEST else None
    if rows is None:
        return load(store, deployment, name, content, hints=hints, how=how)
    with store.lock:
        return _progress(
            store, deployment, Loaded(name, hashlib.sha256(content).hexdigest()), rows, content, how
        )


def _progress(
    store: Store,
    deployment: Deployment,
    loaded: Loaded,
    rows: list[Row],
    content: bytes,
    how: Sending,
) -> Loaded:
    found = compare(rows, on_record(store, deployment, how))
    loaded.steps, loaded.findings = found.steps, [*found.findings, *_silent(found, loaded.file)]
    loaded.refused = is_refused(loaded.findings, how)
    if loaded.refused:
        return loaded
    loaded.counts = counts(found.steps)
    if not how.dry_run and any(step.change != Change.UNCHANGED for step in found.steps):
        if store.uploads:
            keep(store.uploads, content)
        _write(store, loaded, how)
    return loaded


def on_record(store: Store, deployment: Deployment, how: Sending) -> OnRecord:
    """What is on record now."""
    cur = store.cursor()
    tasks = {plan: in_force(cur, plan, None) for plan in deployment.plans}
    known = {str(action.id): action for action in actions(cur)}
    return OnRecord(deployment, tasks, known, how.today)


def _silent(found: Comparison, file: str) -> list[Finding]:
    """That no row says anything, where that is so."""
    return [] if found.steps or found.findings else [Finding("progress-empty", Place(file))]


def _write(store: Store, loaded: Loaded, how: Sending) -> None:
    """All rows in one transaction, and which file they came from."""
    by = checked_name(how.by)
    asked = {"file": loaded.file, "hash": loaded.hash}
    with store.transaction() as cur:
        for step in loaded.steps:
            if step.change == Change.UNCHANGED:
                continue
            if isinstance(step.said, Agreement):
                put_action(cur, step.said, by=by, at=how.at)
            elif isinstance(step.said, Move):
                move = step.said
                put_move(cur, move.action.id, move.state, reason=move.reason, by=by, at=how.at)
            else:
                put_record(cur, step.said, by=by, at=how.at)
        audit(cur, by, "progress-file", loaded.file, how.at, asked)
    loaded.committed = True
