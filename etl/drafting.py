"""Keeping a file as a draft: it is looked at as when it is sent, and nothing of it counts."""

import hashlib
from datetime import datetime

from etl.entries import Entries, Hints
from etl.findings import Severity, severity_of
from etl.load import Loaded, examine
from etl.memory import informed
from etl.store.connect import Store
from etl.store.drafts import DraftFile, put_draft
from etl.store.originals import keep
from etl.store.past import Past
from indicators.deployment import Deployment
from indicators.period import parse_period


def keep_draft(
    store: Store,
    deployment: Deployment,
    name: str,
    content: bytes,
    *,
    hints: Hints,
    note: str,
    by: str,
    at: datetime,
) -> DraftFile:
    """Keep a file, with errors or without, to be opened and sent later."""
    loaded, cur = Loaded(name, hashlib.sha256(content).hexdigest()), store.cursor()
    entries = examine(name, content, informed(deployment, cur), hints, loaded, Past(cur))
    of = DraftFile(
        loaded.hash,
        name,
        tuple(loaded.units),
        tuple(loaded.periods),
        reports_in(entries, deployment),
        len(entries.unit),
        sum(severity_of(finding) is Severity.BLOCKS for finding in loaded.findings),
        note.strip(),
        hints.period.code if hints.period else "",
        hints.unit or "",
    )
    if store.uploads is not None:
        keep(store.uploads, content)
    put_draft(store, of, by=by, at=at)
    return of


def reports_in(entries: Entries, deployment: Deployment) -> tuple[tuple[str, str, str], ...]:
    """The reports that the figures belong to; a figure that belongs to none is left out."""
    found = set()
    for unit, period, quantity in set(
        zip(entries.unit, entries.period, entries.quantity, strict=True)
    ):
        tree = deployment.units.at(parse_period(period).end)
        if unit in tree.units:
            kind = tree.units[unit].kind
            form = deployment.catalogue.form_of(kind, quantity, tree.path(unit))
            found |= {(unit, period, form.id)} if form else set()
    return tuple(sorted(found))
