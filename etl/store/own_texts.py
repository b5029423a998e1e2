"""Own text of reports: which edited Word file the report of a plan, period and unit takes it from.

Nothing but the log and the file itself is needed: both are kept, checked and made again already.
"""

from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from etl.store.audit import audit
from etl.store.connect import Store
from etl.store.current import FAR_FUTURE, whatever_came
from etl.store.originals import keep

KEPT, DROPPED = "own-text", "own-text-dropped"


@dataclass(frozen=True)
class Paper:
    """Which report."""

    plan: str
    period: str
    unit: str

    @property
    def said(self) -> str:
        """As the log says it."""
        return f"{self.plan} · {self.period} · {self.unit}"


@dataclass(frozen=True)
class OwnText:
    """An edited report that was sent: its file, by whom and when; the hash of its bytes."""

    hash: str
    file: str
    by: str
    at: datetime


class NotKept(Exception):
    """There is nothing to drop, or no place to keep a file in."""


def keep_own_text(
    store: Store, paper: Paper, file: str, content: bytes, *, by: str, at: datetime
) -> OwnText:
    """From now on the report takes its own text from this file. Raises NotKept in memory."""
    if store.uploads is None:
        raise NotKept("no folder of uploads")
    digest = keep(store.uploads, content)
    note_own_text(store, paper, file, digest, by=by, at=at)
    return OwnText(digest, file, by, at)


def note_own_text(
    store: Store, paper: Paper, file: str, digest: str, *, by: str, at: datetime
) -> None:
    """The line of the log that makes it so."""
    asked = {**vars(paper), "file": file, "hash": digest}
    with store.transaction() as cur:
        audit(cur, by, "own-text", f"{paper.said} · {file}", at, asked)


def drop_own_text(store: Store, paper: Paper, *, by: str, at: datetime) -> None:
    """From now on the report has no own text; the file stays. Raises NotKept where it had none."""
    with store.transaction() as cur:
        if own_text_of(cur, paper) is None:
            raise NotKept(paper.said)
        audit(cur, by, "own-text-dropped", paper.said, at, vars(paper))


def own_text_of(
    cur: DuckDBPyConnection, paper: Paper, known_on: datetime | None = None
) -> OwnText | None:
    """The file in force at a moment (None: now); None where none is."""
    row = cur.execute(
        """select action, json_extract_string(arguments, '$.hash'),
            json_extract_string(arguments, '$.file'), actor, occurred_at
        from audit where action in (?, ?) and occurred_at <= ?
            and json_extract_string(arguments, '$.plan') = ?
            and json_extract_string(arguments, '$.period') = ?
            and json_extract_string(arguments, '$.unit') = ?
        order by id desc limit 1""",
        [KEPT, DROPPED, whatever_came(known_on) or FAR_FUTURE, *vars(paper).values()],
    ).fetchone()
    return None if row is None or row[0] == DROPPED else OwnText(*row[1:])
