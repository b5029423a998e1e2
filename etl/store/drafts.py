"""Drafts: files that were looked at and not sent yet. No figure of theirs counts anywhere.

They are acts of the log and files received, so that journal, backup, verify and rebuild cover them;
a draft is over when it is dropped, or when its very bytes are sent.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, whatever_came


@dataclass(frozen=True)
class DraftFile:
    """What is known of a file that is kept as a draft; ``reports``: unit, period and form."""

    hash: str
    file: str
    units: tuple[str, ...]
    periods: tuple[str, ...]
    reports: tuple[tuple[str, str, str], ...]
    figures: int
    errors: int
    note: str = ""
    period: str = ""  # told beside the file, as when it is sent
    unit: str = ""


@dataclass(frozen=True)
class Draft:
    """A draft: the file, by whom and when."""

    of: DraftFile
    by: str
    at: datetime


class NoSuchDraft(Exception):
    """It was sent or dropped before."""


def put_draft(store: Store, of: DraftFile, *, by: str, at: datetime) -> None:
    """Keep a file as a draft; kept again, the newer look at it stands."""
    with store.transaction() as cur:
        audit(cur, by, "draft", of.file, at, asdict(of))


def drop_draft(store: Store, digest: str, *, by: str, at: datetime) -> None:
    """Drop a draft; its bytes stay. Raises NoSuchDraft."""
    with store.transaction() as cur:
        found = next((d for d in drafts(cur) if d.of.hash == digest), None)
        if found is None:
            raise NoSuchDraft(digest)
        audit(cur, by, "draft-dropped", found.of.file, at, {"hash": digest})


def drafts(cur: DuckDBPyConnection, known_on: datetime | None = None) -> list[Draft]:
    """Every draft there was at a moment (None: now), the newest first."""
    moment = whatever_came(known_on) or FAR_FUTURE
    rows = cur.execute(
        """with told as (
            select id, action, actor, occurred_at, arguments,
                json_extract_string(arguments, '$.hash') as hash
            from audit where action in ('draft', 'draft-dropped', 'load') and occurred_at <= ?),
        last as (select max(id) as id from told group by hash)
        select arguments, actor, occurred_at from told join last using (id)
        where action = 'draft' order by id desc""",
        [moment],
    ).fetchall()
    return [Draft(file_of(json.loads(text)), by, at) for text, by, at in rows]


def file_of(asked: dict[str, Any]) -> DraftFile:
    """A draft as the log keeps it."""
    lists = {name: tuple(asked[name]) for name in ("units", "periods")}
    reports = tuple((unit, period, form) for unit, period, form in asked["reports"])
    return DraftFile(**{**asked, **lists, "reports": reports})


def entering(found: Iterable[Draft]) -> frozenset[tuple[str, str, str]]:
    """The reports (unit, period, form) that any of the drafts holds figures of."""
    return frozenset(report for draft in found for report in draft.of.reports)
